//! Files become drawings: what SVG says is judged by rendering our result and the original with
//! `resvg`; what must be refused is refused, with the reason.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use logopress::artwork::Geometry;
use logopress::export::{self, ExportOptions, Format};
use logopress::import::{self, BackgroundChoice, Drawing, IntakeOptions, Opened};
use logopress::{Artwork, Error};
use resvg::{tiny_skia, usvg};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake").join(name)
}

fn open(bytes: &[u8]) -> Result<(Drawing, Opened), Error> {
    import::open(bytes, &IntakeOptions::default())
}

fn open_fixture(name: &str) -> Result<(Drawing, Opened), Error> {
    open(&std::fs::read(fixture(name)).unwrap())
}

fn vector(name: &str) -> Artwork {
    match open_fixture(name) {
        Ok((Drawing::Vector(artwork), _)) => artwork,
        other => panic!("{name} is no vector: {other:?}"),
    }
}

fn written(artwork: &Artwork) -> String {
    let svg = export::export(artwork, Format::Svg, &ExportOptions::default()).unwrap();
    String::from_utf8(svg).unwrap()
}

fn codes(opened: &Opened) -> Vec<&'static str> {
    opened.warnings.iter().map(|warning| warning.code).collect()
}

/// Renders the drawing with its longer side that long, or else as large as it says itself.
fn render(svg: &[u8], longer_px: Option<f32>) -> tiny_skia::Pixmap {
    let tree = usvg::Tree::from_data(svg, &usvg::Options::default()).unwrap();
    let size = tree.size();
    let scale = longer_px.map_or(1.0, |px| px / size.width().max(size.height()));
    let side = |length: f32| (length * scale).round() as u32;
    let mut pixmap = tiny_skia::Pixmap::new(side(size.width()), side(size.height())).unwrap();
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap
}

/// Fixtures are rendered this much finer than they are compared: resvg's own antialiasing has only 16
/// steps, and 4 for edges that are level, so that the least shift of an edge may count as 64 of 255.
const FINER: u32 = 4;

fn render_finely(svg: &[u8]) -> tiny_skia::Pixmap {
    render(svg, Some(320.0 * FINER as f32))
}

/// Share of pixels, each of `finer` × `finer` rendered ones, that differ by more than 8 of 255 in a
/// channel.
fn difference(a: &tiny_skia::Pixmap, b: &tiny_skia::Pixmap, finer: u32) -> f64 {
    assert_eq!((a.width(), a.height()), (b.width(), b.height()));
    let (width, height) = (a.width() / finer, a.height() / finer);
    let sum = |of: &tiny_skia::Pixmap, x: u32, y: u32, channel: usize| -> u32 {
        let rows = (y * finer..(y + 1) * finer).map(|row| row * of.width());
        let pixels = rows.flat_map(|row| row + x * finer..row + (x + 1) * finer);
        pixels.map(|pixel| u32::from(of.data()[pixel as usize * 4 + channel])).sum()
    };
    let differs = |&(x, y): &(u32, u32)| {
        (0..4).any(|c| sum(a, x, y, c).abs_diff(sum(b, x, y, c)) > 8 * finer * finer)
    };
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    pixels.filter(differs).count() as f64 / f64::from(width * height)
}

/// Of real logos, drawn as large as they say they are and large enough for a poster's proof, hardly a
/// pixel changes.
#[test]
fn real_logos_look_as_before() {
    let logos = logos::some(200).unwrap();
    for longer_px in [None, Some(1024.0)] {
        let mut worse = Vec::new();
        for logo in &logos {
            let artwork = match open(logo.svg.as_bytes()) {
                Ok((Drawing::Vector(artwork), _)) => artwork,
                // One of them lies beside its own view box.
                Err(Error::Blank) => continue,
                other => panic!("{} is no vector: {other:?}", logo.name),
            };
            let before = render(logo.svg.as_bytes(), longer_px);
            let share = difference(&before, &render(written(&artwork).as_bytes(), longer_px), 1);
            if share > 0.005 {
                worse.push(format!("{} {:.2} %", logo.name, share * 100.0));
            }
        }
        println!("  {longer_px:?}: {} of {} differ in more: {worse:?}", worse.len(), logos.len());
        assert!(worse.len() * 50 <= logos.len(), "{longer_px:?}: {worse:?}");
    }
}

#[test]
fn drawings_look_as_before() {
    let names = [
        "beyond-viewport",
        "clip",
        "fill-rules",
        "gradients",
        "group-opacity",
        "markers",
        "mask",
        "shapes",
        "strokes",
        "use-and-css",
    ];
    for name in names {
        let name = format!("svg/{name}.svg");
        let before = render_finely(&std::fs::read(fixture(&name)).unwrap());
        let share = difference(&before, &render_finely(written(&vector(&name)).as_bytes()), FINER);
        assert!(share <= 0.005, "{name} differs in {:.2} % of pixels", share * 100.0);
    }
}

#[test]
fn both_fill_rules_give_the_same() {
    for name in ["svg/fill-rules.svg", "svg/strokes.svg", "svg/clip.svg"] {
        let svg = written(&vector(name));
        let even_odd = svg.replacen("<svg ", "<svg fill-rule=\"evenodd\" ", 1);
        assert_eq!(
            difference(&render_finely(svg.as_bytes()), &render_finely(even_odd.as_bytes()), FINER),
            0.0,
            "{name}"
        );
    }
}

#[test]
fn primitives_stay_primitives() {
    let artwork = vector("svg/shapes.svg");
    let kinds: Vec<&str> = artwork
        .shapes
        .iter()
        .map(|shape| match shape.geometry {
            Geometry::Rect(_) => "rect",
            Geometry::RoundedRect(_) => "rounded",
            Geometry::Circle(_) => "circle",
            Geometry::Ellipse(_) => "ellipse",
            Geometry::Path(_) => "path",
            Geometry::Stroke(_) => "stroke",
        })
        .collect();
    assert_eq!(kinds, ["rect", "rounded", "circle", "ellipse", "path", "path", "path"]);
}

#[test]
fn what_shapes_cannot_say_is_rendered_with_a_warning() {
    let (drawing, opened) = open_fixture("svg/filter.svg").unwrap();
    assert!(matches!(drawing, Drawing::Raster(_)));
    assert_eq!(codes(&opened), ["rendered"]);
}

#[test]
fn scripts_and_other_files_are_left_alone() {
    let (drawing, opened) = open_fixture("svg/script.svg").unwrap();
    assert!(matches!(drawing, Drawing::Vector(_)));
    assert_eq!(codes(&opened), ["scripts-removed", "external-removed"]);
}

#[test]
fn a_wrapped_bitmap_comes_out_at_its_own_size() {
    // Two red and two blue pixels.
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4zwAE/xkgFAAb8gP91pbyKwAAAABJRU5ErkJggg==";
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 50 50'>\
         <image href='data:image/png;base64,{png}' width='50' height='50'/></svg>"
    );
    let (drawing, opened) = open(svg.as_bytes()).unwrap();
    let Drawing::Raster(raster) = drawing else { panic!("no raster") };
    assert_eq!((raster.width_px(), raster.height_px()), (2, 2));
    assert_eq!(codes(&opened), ["svg-wraps-bitmap"]);
}

#[test]
fn bitmaps_of_every_kind_within_a_drawing_are_drawn() {
    let red = image::RgbImage::from_pixel(16, 16, image::Rgb([255, 0, 0]));
    for format in [image::ImageFormat::Jpeg, image::ImageFormat::Gif, image::ImageFormat::WebP] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        red.write_to(&mut bytes, format).unwrap();
        let mut data = String::from("data:image/x,");
        for byte in bytes.into_inner() {
            write!(data, "%{byte:02x}").unwrap();
        }
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 50'>\
             <image href='{data}' width='50' height='50'/>\
             <path fill='#00f' d='M50 0h50v50h-50z'/></svg>"
        );
        let options =
            IntakeOptions { background: BackgroundChoice::Keep, ..IntakeOptions::default() };
        let (drawing, opened) = import::open(svg.as_bytes(), &options).unwrap();
        let Drawing::Raster(raster) = drawing else { panic!("{format:?}: no raster") };
        assert!(codes(&opened).contains(&"rendered"), "{format:?}");
        let at =
            |x: u32| raster.pixels()[(raster.height_px() / 2 * raster.width_px() + x) as usize];
        let [r, g, b, a] = at(raster.width_px() / 4);
        // A JPEG keeps red to a level or two.
        assert!(r >= 253 && g <= 2 && b <= 2 && a == 255, "{format:?}: {r} {g} {b} {a}");
        assert_eq!(at(raster.width_px() / 4 * 3), [0, 0, 255, 255], "{format:?}");
    }
}

#[test]
fn text_is_left_to_the_browser() {
    let error = open_fixture("svg/text.svg").unwrap_err();
    assert_eq!(error.code(), "browser-decoder");
}

#[test]
fn bombs_are_refused() {
    for name in ["svg/entity-bomb.svg", "svg/use-bomb.svg"] {
        let error = open_fixture(name).unwrap_err();
        assert_eq!(error.code(), "too-complex", "{name}: {error}");
    }
    let deep = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{}{}</svg>",
        "<g>".repeat(5000),
        "</g>".repeat(5000)
    );
    assert_eq!(open(deep.as_bytes()).unwrap_err().code(), "too-complex");
    let dashes = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9' \
                  stroke='red' stroke-dasharray='1e-7'/></svg>";
    assert_eq!(open(dashes.as_bytes()).unwrap_err().code(), "too-complex");
}

#[test]
fn refusals_say_what_to_do() {
    for (bytes, code, words) in [
        (&b"%!PS-Adobe-3.0 EPSF-3.0\n"[..], "unsupported", "ps2pdf"),
        (b"%!PS-Adobe-3.0\n%%Creator: Adobe Illustrator(R) 7.0\n", "unsupported", "PDF Compatible"),
        (b"8BPS\0\x01", "unsupported", "PNG"),
        (b"\0\0\0\x20ftypavif", "browser-decoder", "web page"),
        (b"\0\0\0\x20ftypheic", "browser-decoder", "web page"),
        (b"\xff\x0a\x00", "browser-decoder", "web page"),
        (b"<!DOCTYPE html><html><svg></svg></html>", "unknown-format", "SVG"),
        (b"<svg", "truncated", "again"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>", "blank", "layers"),
    ] {
        let error = open(bytes).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.advice().contains(words), "{}", error.advice());
    }
}

#[test]
fn trimming_a_drawing_leaves_the_padding_that_was_asked_for() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 50'>\
               <path fill='red' d='M20 10h20v10h-20z'/></svg>";
    let options = IntakeOptions { trim: true, padding_percent: 10.0, ..IntakeOptions::default() };
    let Ok((Drawing::Vector(artwork), opened)) = import::open(svg.as_bytes(), &options) else {
        panic!("no vector");
    };
    assert_eq!((opened.width_px, opened.height_px), (24.0, 14.0));
    assert_eq!(artwork.shapes[0].geometry.bounds(), kurbo::Rect::new(2.0, 2.0, 22.0, 12.0));
}
