//! Pages of PDF become drawings. PDFs come from programs that we did not write, and what is made of
//! them is judged by rendering it beside the drawing that the PDF was made from; what no program
//! writes at a wish is written here, object by object.

#[path = "pdf/document.rs"]
mod document;
#[path = "export/render.rs"]
#[expect(dead_code, reason = "this test reads no PNG")]
mod render;
#[path = "export/tools.rs"]
mod tools;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use logopress::import::{self, Drawing, IntakeOptions, Opened};
use logopress::{Artwork, Error};
use resvg::{tiny_skia, usvg};

use document::{one_page, pdf, stream, tint};
use render::{difference, render};
use tools::{run, text};

fn open(bytes: &[u8], page: u32) -> Result<(Drawing, Opened), Error> {
    import::open(bytes, &IntakeOptions { page, ..IntakeOptions::default() })
}

fn vector(bytes: &[u8], page: u32) -> (Artwork, Opened) {
    match open(bytes, page) {
        Ok((Drawing::Vector(artwork), opened)) => (artwork, opened),
        other => panic!("no vector: {other:?}"),
    }
}

fn codes(opened: &Opened) -> Vec<&'static str> {
    opened.warnings.iter().map(|warning| warning.code).collect()
}

fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// A page of so many characters, each of many curves.
fn words(characters: usize) -> Vec<u8> {
    let font = "/Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
    one_page(font, &format!("BT /F 1 Tf 5 20 Td ({}) Tj ET", "g".repeat(characters)), &[])
}

const SQUARE: &str = "10 10 30 30 re f";

#[test]
fn drawings_look_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake/svg");
    for name in ["clip", "fill-rules", "group-opacity", "shapes", "strokes"] {
        let svg = folder.join(format!("{name}.svg"));
        let file = temporary(&format!("{name}.pdf"));
        run("rsvg-convert", &["-f", "pdf", "-o", text(&file), text(&svg)]);
        let (artwork, opened) = vector(&std::fs::read(&file).unwrap(), 1);
        assert_eq!((opened.format, codes(&opened)), ("PDF", vec![]), "{name}");
        let tree = usvg::Tree::from_data(&std::fs::read(&svg).unwrap(), &usvg::Options::default());
        let tree = tree.unwrap();
        let after = render(&artwork, 800);
        let mut before = tiny_skia::Pixmap::new(after.width(), after.height()).unwrap();
        before.fill(tiny_skia::Color::WHITE);
        let scale = tiny_skia::Transform::from_scale(
            after.width() as f32 / tree.size().width(),
            after.height() as f32 / tree.size().height(),
        );
        resvg::render(&tree, scale, &mut before.as_mut());
        let share = difference(&before, &after);
        assert!(share <= 0.01, "{name} differs in {:.2} % of pixels", share * 100.0);
    }
}

#[test]
fn inks_keep_their_names() {
    let red = format!("[/Separation/Brand#20Red/DeviceCMYK {}]", tint("0 1 0.8 0"));
    let two = "[/DeviceN[/Gr\u{fc}n/Black]/DeviceCMYK 6 0 R]";
    let mix = "{ exch dup 0.9 mul exch 0 exch 0.7 mul 4 -1 roll }";
    let objects = [
        stream(
            &format!(
                "/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</ColorSpace<</N {two}>>>>"
            ),
            "/N cs 1 0 scn 50 50 20 20 re f",
        ),
        stream("/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1 0 1]", mix),
    ];
    let content = format!("/S cs 1 scn {SQUARE} 0 0 1 rg 60 10 9 9 re f /F Do");
    let resources = format!("/ColorSpace<</S {red}>>/XObject<</F 5 0 R>>");
    let (artwork, _) = vector(&one_page(&resources, &content, &objects), 1);
    let names: Vec<&str> = artwork.inks.iter().map(|ink| ink.name.as_str()).collect();
    assert_eq!(names, ["Brand Red", "#0000ff", "Gr\u{fc}n"]);
}

#[test]
fn gradients_stay_gradients() {
    let shading = "<</ShadingType 2/ColorSpace/DeviceRGB/Coords[10 0 90 0]/Function \
                   <</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>/Extend[true true]>>";
    let pattern = format!("/Pattern<</P <</PatternType 2/Shading {shading}>>>>");
    let content = "/Pattern cs /P scn 10 10 80 60 re f";
    let (artwork, _) = vector(&one_page(&pattern, content, &[]), 1);
    assert_eq!((artwork.gradients.len(), artwork.inks.len()), (1, 0));
    let image = render(&artwork, 100);
    let middle = image.pixel(50, 60).unwrap();
    assert!(middle.red().abs_diff(126) < 4 && middle.blue().abs_diff(129) < 4, "{middle:?}");
}

#[test]
fn a_page_can_be_chosen() {
    let page =
        |content| format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 60]/Contents {content} 0 R>>");
    let bytes = pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>".into(),
        page(5),
        page(6),
        stream("", "1 0 0 rg 0 0 9 9 re f"),
        stream("", "0 1 0 rg 0 0 9 9 re f"),
    ]);
    for (number, rgb) in [(1, [255, 0, 0]), (2, [0, 255, 0])] {
        let (artwork, opened) = vector(&bytes, number);
        assert_eq!((artwork.inks[0].rgb.0, opened.pages), (rgb, 2));
        assert_eq!((opened.width_px, opened.height_px), (90.0, 60.0));
    }
    assert_eq!(open(&bytes, 3).unwrap_err(), Error::NoSuchPage { page: 3, pages: 2 });
}

#[test]
fn text_becomes_outlines() {
    let font = "/Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
    let (artwork, opened) = vector(&one_page(font, "BT /F 40 Tf 5 20 Td (Wil) Tj ET", &[]), 1);
    assert_eq!(codes(&opened), ["font-missing"]);
    let letters: Vec<_> = artwork.shapes.iter().map(|shape| shape.geometry.bounds()).collect();
    assert_eq!(letters.len(), 3);
    // Widths of Helvetica: W 944, i 222, l 222 of 1000.
    assert!((letters[0].width() - 37.0).abs() < 2.0 && letters[1].x0 > 42.0, "{letters:?}");
}

#[test]
fn a_protected_file_opens_only_without_its_password() {
    let plain = temporary("plain.pdf");
    std::fs::write(&plain, one_page("", SQUARE, &[])).unwrap();
    for (user, opens) in [("", true), ("secret", false)] {
        let file = temporary(&format!("protected-{opens}.pdf"));
        run("qpdf", &["--encrypt", user, "owner", "256", "--", text(&plain), text(&file)]);
        let result = open(&std::fs::read(&file).unwrap(), 1);
        match result {
            Ok((Drawing::Vector(artwork), _)) => assert!(opens && artwork.shapes.len() == 1),
            Ok(other) => panic!("{other:?}"),
            Err(error) => assert!(!opens && error.code() == "encrypted", "{error}"),
        }
    }
}

#[test]
fn colours_for_print_are_said_to_be() {
    let (artwork, opened) = vector(&one_page("", &format!("0 1 1 0 k {SQUARE}"), &[]), 1);
    let [r, g, b] = artwork.inks[0].rgb.0;
    assert!(r > 200 && g < 60 && b < 60, "{:?}", artwork.inks);
    assert_eq!(codes(&opened), ["cmyk"]);
}

#[test]
fn an_illustrator_file_without_its_page_says_how_to_save_it() {
    let words = "BT (This is an Adobe Illustrator File that was saved without PDF Content.) Tj ET";
    let bytes = one_page("", words, &[]);
    let bytes = String::from_utf8(bytes).unwrap();
    let bytes =
        bytes.replace("/Type/Page/Parent", "/PieceInfo<</Illustrator<<>>>>/Type/Page/Parent");
    let error = open(bytes.as_bytes(), 1).unwrap_err();
    assert_eq!(error.code(), "unsupported");
    assert!(error.advice().contains("Create PDF Compatible File"));
    let drawn = bytes.replace("saved without", "kept with");
    assert!(open(drawn.as_bytes(), 1).is_ok());
}

#[test]
fn broken_files_are_refused() {
    assert_eq!(open(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", 1).unwrap_err().code(), "damaged");
    assert_eq!(open(b"%PDF-1.4\n1 0 obj\n<</Type/Cat", 1).unwrap_err().code(), "truncated");
    assert_eq!(open(&one_page("", "", &[]), 1).unwrap_err().code(), "blank");
}

#[test]
fn bombs_are_refused() {
    // Forms that draw forms that draw forms, ten of each.
    let forms: Vec<String> = (0..9)
        .map(|i| {
            let inner = format!("/Resources<</XObject<</F {} 0 R>>>>", i + 6);
            let content = if i < 8 { "/F Do ".repeat(10) } else { SQUARE.into() };
            stream(&format!("/Subtype/Form/BBox[0 0 99 99]{inner}"), &content)
        })
        .collect();
    let drawn = one_page("/XObject<</F 5 0 R>>", "/F Do", &forms);
    // A form that draws itself.
    let own = "/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</F 5 0 R>>>>";
    let endless = one_page("/XObject<</F 5 0 R>>", "/F Do", &[stream(own, "/F Do")]);
    // Zeros, deflated twice.
    let mut zeros = Vec::new();
    let deflate = |bytes: &[u8]| miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9);
    let much = deflate(&vec![0; 600 << 20]);
    for _ in 0..2 {
        zeros = deflate(if zeros.is_empty() { &much } else { &zeros });
    }
    let mut packed = b"%PDF-1.7\n1 0 obj\n<</Filter[/Fl/Fl/Fl]>>\nstream\n".to_vec();
    packed.extend_from_slice(&zeros);
    packed.extend_from_slice(b"\nendstream\nendobj\n");
    // A picture larger than any memory.
    let picture =
        "/Subtype/Image/Width 999999/Height 999999/BitsPerComponent 8/ColorSpace/DeviceGray";
    let huge = one_page("/XObject<</I 5 0 R>>", "/I Do", &[stream(picture, "x")]);
    for (bytes, code) in [
        (&drawn, "too-complex"),
        // What draws itself is skipped.
        (&endless, "blank"),
        (&packed, "too-complex"),
        (&huge, "too-large"),
    ] {
        let error = open(bytes, 1).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn what_knows_no_end_is_refused() {
    let numbered = |from: usize, count: usize, object: &dyn Fn(usize) -> String| {
        (from..from + count).map(|i| object(i + 1)).collect::<Vec<_>>()
    };
    let painted = "/S cs 1 scn 10 10 30 30 re f";
    // Colour spaces and functions that are made of others, thousands deep.
    let tint = "<</FunctionType 2/Domain[0 1]/N 1>>";
    let spaces = numbered(5, 20_000, &|next| format!("[/Separation/R {next} 0 R {tint}]"));
    let functions = numbered(5, 20_000, &|next| {
        format!("<</FunctionType 3/Domain[0 1]/Bounds[]/Encode[0 1]/Functions[{next} 0 R]>>")
    });
    let braces = "{".repeat(100_000) + &"}".repeat(100_000);
    let program = stream("/FunctionType 4/Domain[0 1]/Range[0 1]", &braces);
    let by_function = "/ColorSpace<</S[/Separation/R/DeviceGray 5 0 R]>>";
    let patterns = numbered(5, 3_000, &|next| {
        let inner = format!("/Resources<</Pattern<</P {next} 0 R>>>>");
        let entries = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9";
        stream(&format!("{entries}{inner}"), "/Pattern cs /P scn 0 0 9 9 re f")
    });
    // Fonts whose characters are words in the next font.
    let fonts: Vec<String> = (0..9)
        .flat_map(|i| {
            let font = format!(
                "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]\
                 /FirstChar 97/LastChar 97/Widths[1]/Encoding<</Differences[97/a]>>\
                 /CharProcs<</a {} 0 R>>/Resources<</Font<</F {} 0 R>>>>>>",
                6 + 2 * i,
                7 + 2 * i
            );
            [font, stream("", "1 0 d0 BT /F 9 Tf (aaaaaaaaaa) Tj ET")]
        })
        .collect();
    let picture = stream(
        "/Subtype/Image/Width 4000/Height 4000/BitsPerComponent 8/ColorSpace/DeviceGray",
        "x",
    );
    let nested = "<</A ".repeat(100_000) + "1" + &">>".repeat(100_000);
    for (name, bytes) in [
        ("spaces", one_page("/ColorSpace<</S 5 0 R>>", painted, &spaces)),
        ("functions", one_page(by_function, painted, &functions)),
        ("program", one_page(by_function, painted, &[program])),
        (
            "patterns",
            one_page("/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 9 9 re f", &patterns),
        ),
        ("text", words(6_000)),
        ("fonts", one_page("/Font<</F 5 0 R>>", "BT /F 9 Tf (a) Tj ET", &fonts)),
        ("pictures", one_page("/XObject<</I 5 0 R>>", &"/I Do ".repeat(50), &[picture])),
        ("dictionaries", one_page("", SQUARE, &[nested])),
    ] {
        let started = Instant::now();
        let error = open(&bytes, 1).unwrap_err();
        assert_eq!(error.code(), "too-complex", "{name}: {error}");
        assert!(started.elapsed() < Duration::from_secs(2), "{name}: {:?}", started.elapsed());
    }
    let started = Instant::now();
    assert!(open(&words(4_000), 1).is_ok());
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    let inks: Vec<String> = (0..20_000).map(|i| format!("/N{i}")).collect();
    let inks = inks.concat();
    let space = format!("/ColorSpace<</S[/DeviceN[{inks}]/DeviceGray {tint}]>>");
    assert!(open(&one_page(&space, SQUARE, &[]), 1).is_ok());
    let pageless = pdf(&["<</Type/Catalog/Pages 2 0 R>>".into(), "<</Type/Pages/Kids[]>>".into()]);
    assert_eq!(open(&pageless, 1).unwrap_err().code(), "damaged");
}

#[test]
fn the_fixture_is_its_drawing() {
    let logos = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/logos");
    let (artwork, _) = vector(&std::fs::read(logos.join("heron.pdf")).unwrap(), 1);
    let drawn =
        import::open(&std::fs::read(logos.join("heron.svg")).unwrap(), &IntakeOptions::default());
    let Ok((Drawing::Vector(drawn), _)) = drawn else { panic!("no vector") };
    let inks = |artwork: &Artwork| artwork.inks.iter().map(|ink| ink.rgb).collect::<Vec<_>>();
    assert_eq!((artwork.shapes.len(), inks(&artwork)), (drawn.shapes.len(), inks(&drawn)));
}
