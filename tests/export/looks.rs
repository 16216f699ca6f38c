//! Files of all formats look like their artwork in programs that we did not write.

use std::path::{Path, PathBuf};

use logopress::Artwork;
use logopress::export::Format;

use crate::marks::{Mark, WIDTH_PX, folder, marks, options, write};
use crate::render::{difference, read_png};
use crate::tools::{run, text};

/// The most pixels that may differ.
const TOLERANCE: f64 = 0.01;

/// Poppler knows 16 shades of an edge, and widens shapes by a part of a pixel. It draws this many times
/// larger, and pixels are averaged: then it comes as near to coverage as others.
const POPPLER_LARGER: u32 = 3;
/// So does ghostscript, which widens them more.
const GHOSTSCRIPT_LARGER: u32 = 6;

/// Exports every mark, has each drawn by `draw(file, png, artwork)` and compares.
fn look_alike(format: Format, settings: &[(&str, &str)], draw: impl Fn(&Path, &Path, &Artwork)) {
    let dir = folder(&format!("{}-{}", format.suffix(), std::thread::current().name().unwrap()));
    let mut worst = (0.0, "");
    for Mark { name, artwork, pixels } in marks() {
        let file = dir.join(name).with_extension(format.suffix());
        let png = dir.join(name).with_extension("png");
        write(&file, artwork, format, &options(settings));
        draw(&file, &png, artwork);
        let differs = difference(pixels, &read_png(&png, WIDTH_PX));
        if differs > worst.0 {
            worst = (differs, name);
        }
    }
    println!("{}: worst {:.3} % ({})", format.suffix(), worst.0 * 100.0, worst.1);
    assert!(worst.0 <= TOLERANCE, "{}: {:.2} % of pixels differ", worst.1, worst.0 * 100.0);
}

fn width(larger: u32) -> String {
    (larger * WIDTH_PX).to_string()
}

/// The resolution at which a page of this width gives the pixels wanted.
fn dpi(artwork: &Artwork, larger: u32) -> String {
    (f64::from(larger * WIDTH_PX) / (artwork.width / 96.0)).to_string()
}

#[test]
fn svg_in_librsvg() {
    look_alike(Format::Svg, &[], |file, png, _| {
        run("rsvg-convert", &["-w", &width(1), "-o", text(png), text(file)]);
    });
}

#[test]
fn svg_with_classes_in_librsvg() {
    let settings = [("classes", "on"), ("dark_mode", "on"), ("title", "Größe & <Form>")];
    look_alike(Format::Svg, &settings, |file, png, _| {
        run("rsvg-convert", &["-w", &width(1), "-o", text(png), text(file)]);
    });
}

#[test]
fn pdf_in_mupdf() {
    look_alike(Format::Pdf, &[], |file, png, artwork| {
        run("mutool", &["draw", "-q", "-r", &dpi(artwork, 1), "-o", text(png), text(file)]);
    });
}

#[test]
fn pdf_with_layers_in_poppler() {
    look_alike(Format::Pdf, &[("layers", "on"), ("title", "Größe (1)")], |file, png, _| {
        let stem = png.with_extension("");
        let scale =
            ["-png", "-singlefile", "-scale-to-x", &width(POPPLER_LARGER), "-scale-to-y", "-1"];
        run("pdftoppm", &[&scale[..], &[text(file), text(&stem)]].concat());
    });
}

#[test]
fn ai_in_inkscape() {
    look_alike_in_inkscape(Format::Ai);
}

/// Inkscape opens an EPS file by having ghostscript make a PDF of it (its `ps_input.py`, the same call
/// as here). It wants a screen for that itself.
#[test]
fn eps_in_inkscape() {
    look_alike_through(Format::Eps, |eps| {
        let pdf = eps.with_extension("pdf");
        run("ps2pdf", &["-dEPSCrop", "-dAutoRotatePages=/None", text(eps), text(&pdf)]);
        pdf
    });
}

#[test]
fn svg_in_inkscape() {
    look_alike_in_inkscape(Format::Svg);
}

fn look_alike_in_inkscape(format: Format) {
    look_alike_through(format, Path::to_owned);
}

/// What `opened` makes of the files looks right in Inkscape; all at once, for it takes a second to start.
fn look_alike_through(format: Format, opened: impl Fn(&Path) -> PathBuf) {
    let dir = folder(&format!("inkscape-{}", format.suffix()));
    let marks = marks();
    let file = |mark: &Mark| dir.join(&mark.name).with_extension(format.suffix());
    let files: Vec<PathBuf> = marks.iter().map(file).collect();
    for (file, mark) in files.iter().zip(marks) {
        write(file, &mark.artwork, format, &options(&[]));
    }
    let width = format!("--export-width={WIDTH_PX}");
    let style = ["--export-type=png", &width, "--export-area-page", "--export-background=#ffffff"];
    let opened: Vec<PathBuf> = files.iter().map(|file| opened(file)).collect();
    let names: Vec<&str> = opened.iter().map(|file| text(file)).collect();
    run("inkscape", &[&style[..], &names].concat());
    for (file, Mark { name, pixels, .. }) in files.iter().zip(marks) {
        let differs = difference(pixels, &read_png(&file.with_extension("png"), WIDTH_PX));
        assert!(differs <= TOLERANCE, "{name}: {:.2} % of pixels differ", differs * 100.0);
    }
}

#[test]
fn eps_in_ghostscript() {
    look_alike(Format::Eps, &[], |file, png, artwork| {
        let (dpi, out) = (
            format!("-r{}", dpi(artwork, GHOSTSCRIPT_LARGER)),
            format!("-sOutputFile={}", text(png)),
        );
        let smooth = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"];
        let base = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dEPSCrop", "-sDEVICE=png16m"];
        run("gs", &[&base[..], &smooth, &[&dpi, &out, text(file)]].concat());
    });
}
