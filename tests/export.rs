//! Exported files before judges that we did not write: every file of twenty marks opens without a
//! warning and looks like its artwork.

#[path = "export/render.rs"]
mod render;
#[path = "export/tools.rs"]
mod tools;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use logopress::artwork::{Paint, VersionOptions, version};
use logopress::export::{self, ColorMode, CutLine, ExportOptions, Format};
use logopress::import::{self, Drawing, IntakeOptions};
use logopress::options::Options as _;
use logopress::{Artwork, Rgb};
use resvg::tiny_skia::Pixmap;
use resvg::usvg;

use render::{difference, read_png, render};
use tools::{run, text};

const WIDTH_PX: u32 = 1024;

/// The most pixels that may differ.
const TOLERANCE: f64 = 0.01;

struct Mark {
    name: String,
    artwork: Artwork,
    /// What it must look like.
    pixels: Pixmap,
}

/// The marks, read and drawn once.
fn marks() -> &'static [Mark] {
    static MARKS: LazyLock<Vec<Mark>> = LazyLock::new(read_marks);
    &MARKS
}

fn read_marks() -> Vec<Mark> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/export");
    let mut paths: Vec<PathBuf> = ["", "icons"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "svg"))
        .collect();
    paths.sort();
    let marks = paths.iter().map(|path| {
        let bytes = std::fs::read(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_string();
        match import::open(&bytes, &IntakeOptions::default()) {
            Ok((Drawing::Vector(artwork), _)) => {
                let pixels = render(&artwork, WIDTH_PX);
                Mark { name, artwork, pixels }
            }
            other => panic!("{name}: {other:?}"),
        }
    });
    let marks: Vec<_> = marks.collect();
    assert_eq!(marks.len(), 20);
    marks
}

fn mark(name: &str) -> &'static Artwork {
    &marks().iter().find(|mark| mark.name == name).unwrap().artwork
}

/// A folder of the test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn bytes(artwork: &Artwork, format: Format, options: &ExportOptions) -> Vec<u8> {
    export::export(artwork, format, options).unwrap()
}

fn write(path: &Path, artwork: &Artwork, format: Format, options: &ExportOptions) {
    std::fs::write(path, bytes(artwork, format, options)).unwrap();
}

/// Options as they stand on a command line.
fn options(settings: &[(&str, &str)]) -> ExportOptions {
    let mut options = ExportOptions::default();
    for (name, value) in settings {
        let ExportOptions { document, version, cut, svg, page, dxf } = &mut options;
        let known = document.set(name, value).is_ok()
            || version.set(name, value).is_ok()
            || cut.set(name, value).is_ok()
            || svg.set(name, value).is_ok()
            || page.set(name, value).is_ok()
            || dxf.set(name, value).is_ok();
        assert!(known, "{name}");
    }
    options
}

/// Exports every mark, has each drawn by `draw(file, png, artwork)` and compares.
fn look_alike(format: Format, settings: &[(&str, &str)], draw: impl Fn(&Path, &Path, &Artwork)) {
    let dir = folder(&format!("{}-{}", format.suffix(), std::thread::current().name().unwrap()));
    let mut worst = (0.0, "");
    for Mark { name, artwork, pixels } in marks() {
        let file = dir.join(name).with_extension(format.suffix());
        let png = dir.join(name).with_extension("png");
        write(&file, artwork, format, &options(settings));
        draw(&file, &png, artwork);
        let differs = difference(pixels, &read_png(&png));
        assert!(differs <= TOLERANCE, "{name}: {:.2} % of pixels differ", differs * 100.0);
        if differs > worst.0 {
            worst = (differs, name);
        }
    }
    println!("worst {:.3} % ({})", worst.0 * 100.0, worst.1);
}

fn width() -> String {
    WIDTH_PX.to_string()
}

/// The resolution at which a page of this width gives the pixels wanted.
fn dpi(artwork: &Artwork) -> String {
    (f64::from(WIDTH_PX) / (artwork.width / 96.0)).to_string()
}

#[test]
fn svg_in_librsvg() {
    look_alike(Format::Svg, &[], |file, png, _| {
        run("rsvg-convert", &["-w", &width(), "-o", text(png), text(file)]);
    });
}

#[test]
fn svg_with_classes_in_librsvg() {
    let settings = [("classes", "on"), ("dark_mode", "on"), ("title", "Größe & <Form>")];
    look_alike(Format::Svg, &settings, |file, png, _| {
        run("rsvg-convert", &["-w", &width(), "-o", text(png), text(file)]);
    });
}

#[test]
fn pdf_in_mupdf() {
    look_alike(Format::Pdf, &[], |file, png, artwork| {
        run("mutool", &["draw", "-q", "-r", &dpi(artwork), "-o", text(png), text(file)]);
    });
}

#[test]
fn pdf_with_layers_in_poppler() {
    look_alike(Format::Pdf, &[("layers", "on"), ("title", "Größe (1)")], |file, png, _| {
        let stem = png.with_extension("");
        let scale = ["-png", "-singlefile", "-scale-to-x", &width(), "-scale-to-y", "-1"];
        run("pdftoppm", &[&scale[..], &[text(file), text(&stem)]].concat());
    });
}

#[test]
fn pdf_is_sound() {
    let dir = folder("sound");
    for Mark { name, artwork, .. } in marks() {
        for mode in ["rgb", "cmyk", "spot"] {
            let settings = [("color_mode", mode), ("layers", "on"), ("cut_line", "over")];
            let file = dir.join(format!("{name}-{mode}.pdf"));
            write(&file, artwork, Format::Pdf, &options(&settings));
            let said = run("qpdf", &["--check", text(&file)]);
            assert!(said.contains("No syntax or stream encoding errors"), "{name}: {said}");
        }
    }
}

#[test]
fn ai_in_inkscape() {
    let dir = folder("ai");
    let marks = marks();
    let files: Vec<PathBuf> =
        marks.iter().map(|mark| dir.join(&mark.name).with_extension("ai")).collect();
    for (file, mark) in files.iter().zip(marks) {
        write(file, &mark.artwork, Format::Ai, &ExportOptions::default());
    }
    let width = format!("--export-width={WIDTH_PX}");
    let style = ["--export-type=png", &width, "--export-area-page", "--export-background=#ffffff"];
    let names: Vec<&str> = files.iter().map(|file| text(file)).collect();
    run("inkscape", &[&style[..], &names].concat());
    for (file, Mark { name, pixels, .. }) in files.iter().zip(marks) {
        let differs = difference(pixels, &read_png(&file.with_extension("png")));
        assert!(differs <= TOLERANCE, "{name}: {:.2} % of pixels differ", differs * 100.0);
    }
}

#[test]
fn eps_in_ghostscript() {
    look_alike(Format::Eps, &[], |file, png, artwork| {
        let (dpi, out) = (format!("-r{}", dpi(artwork)), format!("-sOutputFile={}", text(png)));
        let smooth = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"];
        let base = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dEPSCrop", "-sDEVICE=png16m"];
        run("gs", &[&base[..], &smooth, &[&dpi, &out, text(file)]].concat());
    });
}

#[test]
fn colours_are_the_palettes() {
    for Mark { name, artwork, .. } in marks() {
        let plain = folder("colours").join("plain.pdf");
        let packed = plain.with_file_name("packed.pdf");
        write(&packed, artwork, Format::Pdf, &ExportOptions::default());
        run("qpdf", &["--qdf", "--object-streams=disable", text(&packed), text(&plain)]);
        let pdf = std::fs::read(&plain).unwrap();
        let pdf = String::from_utf8_lossy(&pdf);
        let mut found: Vec<Rgb> = Vec::new();
        for line in pdf.lines().filter_map(|line| line.strip_suffix(" rg")) {
            let channels =
                line.split(' ').map(|v| (v.parse::<f64>().unwrap() * 255.0).round() as u8);
            let channels: Vec<u8> = channels.collect();
            found.push(Rgb(channels.try_into().unwrap()));
        }
        found.sort_unstable();
        found.dedup();
        let mut inks: Vec<Rgb> = artwork.inks.iter().map(|ink| ink.rgb).collect();
        inks.sort_unstable();
        assert_eq!(found, inks, "{name}");
    }
}

#[test]
fn spot_colours_have_plates() {
    let artwork = mark("harbour");
    let names = "#ef5b5b=PANTONE 2345 C; #0b2545=Deep (Blue)";
    let settings = options(&[("color_mode", "spot"), ("inks", names), ("cut_line", "over")]);
    for format in [Format::Pdf, Format::Eps] {
        let dir = folder(&format!("plates-{}", format.suffix()));
        let file = dir.join("harbour").with_extension(format.suffix());
        write(&file, artwork, format, &settings);
        let out = format!("-sOutputFile={}/p.tif", text(&dir));
        let base =
            ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dEPSCrop", "-sDEVICE=tiffsep", "-r36"];
        run("gs", &[&base[..], &[&out, text(&file)]].concat());
        let mut plates: Vec<String> = std::fs::read_dir(&dir)
            .unwrap()
            .filter_map(|entry| {
                let name = entry.unwrap().file_name().into_string().unwrap();
                Some(name.strip_prefix("p(")?.strip_suffix(").tif")?.to_string())
            })
            .collect();
        plates.sort();
        let process = ["Black", "Cyan", "Magenta", "Yellow"];
        plates.retain(|plate| !process.contains(&plate.as_str()));
        let expected = ["CutContour", "Deep (Blue)", "PANTONE 2345 C"];
        assert!(expected.iter().all(|name| plates.contains(&(*name).to_string())), "{plates:?}");
    }
}

#[test]
fn one_colour_versions_have_one_colour() {
    for Mark { name, artwork, .. } in marks() {
        for version_word in ["black", "white", "brand"] {
            let settings = options(&[("version", version_word), ("version_color", "#00a050")]);
            let options: &VersionOptions = &settings.version;
            let one = version(artwork, options).unwrap();
            assert_eq!(one.inks.len(), 1, "{name} {version_word}");
            let grounds = one.shapes.iter().filter(|s| matches!(s.paint, Paint::Gradient(_)));
            assert_eq!(grounds.count(), 0, "{name}");
        }
    }
}

#[test]
fn bimi_is_a_small_square_without_arcs() {
    for Mark { name, artwork, .. } in marks() {
        let svg =
            String::from_utf8(bytes(artwork, Format::Bimi, &ExportOptions::default())).unwrap();
        assert!(svg.len() <= 32_000 && svg.contains("<title>"), "{name}");
        assert!(
            svg.contains("baseProfile=\"tiny-ps\"") && svg.contains("version=\"1.2\""),
            "{name}"
        );
        let root = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
        assert_eq!(root.size().width(), root.size().height(), "{name}");
        for forbidden in ["gradientTransform", "spreadMethod", "fx=", "style", "class", "script"] {
            assert!(!svg.contains(forbidden), "{name}: {forbidden}");
        }
        let paths = svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
        assert!(paths.into_iter().all(|data| !data.contains(['a', 'A'])), "{name}");
    }
}

#[test]
fn dxf_is_clean() {
    let dir = folder("dxf");
    for Mark { name, artwork, .. } in marks() {
        let file = dir.join(name).with_extension("dxf");
        write(&file, artwork, Format::Dxf, &options(&[("cut_line", "over")]));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/audit_dxf.py");
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let said = run(&python, &[text(&script), text(&dir)]);
    assert_eq!(said.lines().count(), 20, "{said}");
}

#[test]
fn swatches_read_back() {
    let artwork = mark("harbour");
    let settings = options(&[("inks", "#ef5b5b=Coral Sea 0/80/60/0")]);
    let json = bytes(artwork, Format::Json, &settings);
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let coral = json["colors"].as_array().unwrap().iter().find(|c| c["hex"] == "#ef5b5b").unwrap();
    assert_eq!(coral["name"], "Coral Sea");
    assert_eq!(coral["cmyk_percent"], serde_json::json!([0, 80, 60, 0]));
    let css = String::from_utf8(bytes(artwork, Format::Css, &settings)).unwrap();
    assert!(css.contains("--coral-sea: #ef5b5b;"), "{css}");
    let ase = bytes(artwork, Format::Ase, &settings);
    assert_eq!((&ase[..4], u32::from_be_bytes(ase[8..12].try_into().unwrap())), (&b"ASEF"[..], 5));
    // The blocks fill the file to its last byte.
    let mut at = 12;
    while at < ase.len() {
        at += 6 + u32::from_be_bytes(ase[at + 2..at + 6].try_into().unwrap()) as usize;
    }
    assert_eq!(at, ase.len());
    // Two sections of five colours; in the second each has a name.
    let aco = bytes(artwork, Format::Aco, &settings);
    assert_eq!((aco[1], aco[3], aco[4 + 50 + 1], aco[4 + 50 + 3]), (1, 5, 2, 5));
}

#[test]
fn files_are_the_same_every_time() {
    let settings = options(&[("cut_line", "over"), ("layers", "on"), ("color_mode", "spot")]);
    assert_eq!(settings.page.color_mode, ColorMode::Spot);
    assert_eq!(settings.cut.cut_line, CutLine::Over);
    for Mark { name, artwork, .. } in marks() {
        for (format, suffix) in Format::ALL {
            let again = || bytes(artwork, format, &settings);
            assert_eq!(again(), again(), "{name}.{suffix}");
        }
    }
}
