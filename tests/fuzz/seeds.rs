//! Small good inputs of every kind.

use std::io::{Cursor, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use logopress::Artwork;
use logopress::export::{self, ExportOptions, Format};
use logopress::import::{self, Drawing, IntakeOptions};

use crate::document;
use crate::hunt::Seed;

/// A small file of every format that is read.
pub fn files() -> Vec<Seed> {
    let picture = RgbaImage::from_fn(24, 16, |x, y| {
        if (x / 4 + y / 5) % 2 == 0 { Rgba([200, x as u8 * 9, 30, 255]) } else { Rgba([255; 4]) }
    });
    let rgba = DynamicImage::from(picture);
    let rgb = DynamicImage::from(rgba.to_rgb8());
    let mut seeds = Vec::new();
    for (format, picture) in [
        (ImageFormat::Png, rgba.clone()),
        (ImageFormat::Png, rgba.to_rgb16().into()),
        (ImageFormat::Png, rgba.to_luma_alpha8().into()),
        (ImageFormat::Jpeg, rgb.clone()),
        (ImageFormat::WebP, rgba.clone()),
        (ImageFormat::Gif, rgba.clone()),
        (ImageFormat::Bmp, rgb.clone()),
        (ImageFormat::Tiff, rgb.clone()),
        (ImageFormat::Ico, rgba.clone()),
        (ImageFormat::Pnm, rgb),
        (ImageFormat::Qoi, rgba),
    ] {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        seeds.push((format!("{format:?} {:?}", picture.color()), bytes.into_inner()));
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake");
    seeds.push(("cmyk.jpg".into(), std::fs::read(fixtures.join("cmyk.jpg")).unwrap()));
    let names = [
        "clip",
        "fill-rules",
        "gradients",
        "markers",
        "mask",
        "shapes",
        "strokes",
        "use-and-css",
        "entity-bomb",
        "use-bomb",
    ];
    for name in names {
        let file = fixtures.join(format!("svg/{name}.svg"));
        seeds.push((format!("{name}.svg"), std::fs::read(file).unwrap()));
    }
    let shapes = std::fs::read(fixtures.join("svg/shapes.svg")).unwrap();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&shapes).unwrap();
    seeds.push(("shapes.svgz".into(), packed.finish().unwrap()));
    seeds.extend(pdfs(&shapes));
    seeds
}

/// PDFs, packed and plain: paths, a form, named inks, a shading, a pattern, a soft mask, text and a
/// picture.
fn pdfs(svg: &[u8]) -> Vec<Seed> {
    let Ok((Drawing::Vector(artwork), _)) = import::open(svg, &IntakeOptions::default()) else {
        panic!("no vector");
    };
    let mut seeds = Vec::new();
    for format in [Format::Pdf, Format::Ai] {
        let bytes = export::export(&artwork, format, &ExportOptions::default()).unwrap();
        seeds.push((format!("packed {format:?}"), bytes));
    }
    let red = format!("[/Separation/Red/DeviceCMYK {}]", document::tint("0 1 0.8 0"));
    let shading = "/ShadingType 3/ColorSpace/DeviceRGB/Coords[50 50 0 50 50 40]/Function \
                   <</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>";
    let resources = format!(
        "/ColorSpace<</S {red}>>/XObject<</F 5 0 R/I 6 0 R>>/Shading<</H <<{shading}>>>>\
         /Pattern<</T 7 0 R>>/Font<</W <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>\
         /ExtGState<</M <</SMask<</S/Luminosity/G 5 0 R>>/ca 0.5/BM/Multiply>>>>"
    );
    let objects = [
        document::stream(
            "/Subtype/Form/BBox[0 0 99 99]/Group<</S/Transparency>>",
            "1 g 9 9 50 50 re f",
        ),
        document::stream(
            "/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray\
             /Filter/ASCIIHexDecode",
            "00ff7f20>",
        ),
        document::stream(
            "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4/Resources<<>>",
            "0 1 0 rg 0 0 2 2 re f",
        ),
    ];
    let content = "/S cs 0.8 scn 5 5 m 50 5 80 30 60 70 c h f [3 2] 0 d 2 w 9 9 80 80 re S \
                   q 20 0 0 20 40 40 cm /I Do Q /Pattern cs /T scn 60 60 20 20 re f* \
                   BT /W 20 Tf 5 80 Td (Logo) Tj ET q 0 0 50 50 re W n /H sh Q /M gs /F Do";
    let flat = String::from_utf8(document::one_page(&resources, content, &objects)).unwrap();
    // A soft mask is rendered: fewer pixels take less time.
    let flat = flat.replace("[0 0 100 100]", "[0 0 100 2  ]");
    seeds.push(("plain PDF".into(), flat.into_bytes()));
    for simple in ["/S cs 1 scn 10 10 30 30 re f", "BT /W 20 Tf 5 80 Td (Logo) Tj ET", "/F Do"] {
        seeds.push((format!("PDF {simple}"), document::one_page(&resources, simple, &objects)));
    }
    seeds
}

/// Pages as the reader of PDF writes them.
pub fn pages() -> Vec<Seed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake/svg");
    let page = |name: &str| {
        let svg = std::fs::read_to_string(folder.join(format!("{name}.svg"))).unwrap();
        let page = serde_json::json!({
            "svg": svg, "spots": [["Brand Red", "#c8001e"]], "pages": 3, "illustrator": true,
            "cmyk": true, "substituted": false, "incomplete": true,
        });
        (name.to_string(), page.to_string().into_bytes())
    };
    ["shapes", "gradients", "clip", "mask", "strokes"].map(page).into()
}

/// Texts of options that are read piece by piece.
pub fn options() -> Vec<Seed> {
    let table = r#"[{"platform":"X","slot":"post","w":1200,"h":675,"safe":[0,0,1200,675],"mask":"none",
        "opaque":true,"max_bytes":5000000,"mime":"image/png","source":"s","checked":"2026-11",
        "confidence":"official"}]"#;
    let texts = [
        "#c8001e=#d0021b; #ffffff=none",
        "#c8001e=Brand Red 0/95/80/0; #123456=PANTONE 286 C",
        "#c8001e>#ffffff@40; Pink>Red",
        "#c8001e=65@45; Black=55",
        "Yellow>Blue=0.5mm; Red>Black=0",
        "#ffffff; #123456",
        "#c8001e, #fff, #123456",
        "12.5",
        "0.25pt",
        "web/*, social, versions/*.svg",
        table,
    ];
    texts.map(|text| (text.to_string(), text.as_bytes().to_vec())).into()
}

/// The colour of a pixel of which so much is covered.
type Draw = fn(f64, u32, u32) -> [u8; 4];

/// Logos of few pixels with all that a tracer meets: flat inks, soft edges, a gradient, alpha, noise;
/// and drawings.
pub fn logos() -> Vec<Seed> {
    let disc = |x: u32, y: u32| {
        let off = (f64::from(x) - 15.5).hypot(f64::from(y) - 11.5);
        (10.5 - off).clamp(0.0, 1.0)
    };
    let kinds: [(&str, Draw); 4] = [
        ("on white", |share, _, _| {
            [(255.0 - share * 55.0) as u8, (255.0 - share * 255.0) as u8, 90, 255]
        }),
        ("on nothing", |share, _, _| [18, 52, 86, (share * 255.0) as u8]),
        ("gradient", |share, x, y| [(x * 8) as u8, (y * 9) as u8, 160, (share * 255.0) as u8]),
        (
            "bands",
            |_, x, y| if (x / 4 + y / 5) % 2 == 0 { [200, x as u8 * 7, 30, 255] } else { [255; 4] },
        ),
    ];
    let mut seeds = Vec::new();
    for (name, draw) in kinds {
        let picture = RgbaImage::from_fn(32, 24, |x, y| Rgba(draw(disc(x, y), x, y)));
        let picture = DynamicImage::from(picture);
        // Plain pixels, so that damage changes colours, not the file.
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Bmp).unwrap();
        seeds.push((format!("{name}, BMP"), bytes.into_inner()));
        let mut bytes = Cursor::new(Vec::new());
        picture.to_rgb8().write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        seeds.push((format!("{name}, JPEG"), bytes.into_inner()));
    }
    seeds.extend(
        files()
            .into_iter()
            .filter(|(name, _)| Path::new(name).extension().is_some_and(|ext| ext == "svg")),
    );
    seeds
}

/// A mark of two inks.
pub fn mark() -> Artwork {
    let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 52">
        <circle cx="30" cy="24" r="18" fill="#c8001e"/><path d="M22 16h16v16H22z" fill="#123456"/></svg>"##;
    match import::open(svg, &IntakeOptions::default()) {
        Ok((Drawing::Vector(artwork), _)) => artwork,
        other => panic!("no vector: {other:?}"),
    }
}
