//! PDF pages: paper and boxes, title, layers, the printing condition.

use std::path::{Path, PathBuf};

use logopress::export::Format;

use crate::marks::{folder, mark, options, write};
use crate::render::{difference, read_png};
use crate::tools::{run, text};

const PT_PER_MM: f64 = 72.0 / 25.4;

/// A drawing of 640 × 400 px, on the page that the options name.
fn harbour(dir: &str, settings: &[(&str, &str)]) -> PathBuf {
    let file = folder(dir).join("harbour.pdf");
    write(&file, mark("harbour"), Format::Pdf, &options(settings));
    file
}

/// What poppler says of a file, by name.
fn said_of(file: &Path, name: &str) -> String {
    let said = run("pdfinfo", &["-box", text(file)]);
    let value = said.lines().find_map(|line| line.strip_prefix(&format!("{name}:")));
    value.unwrap_or_else(|| panic!("no {name} in {said}")).trim().into()
}

#[test]
fn art_is_centred_on_its_paper() {
    // Paper in mm, and the width that art may have with the margin, or its own 640 px.
    for (paper, margin, (width, height), art_width) in [
        ("a4", "", (210.0, 297.0), 640.0 / 96.0 * 25.4),
        ("a4", "40", (210.0, 297.0), 130.0),
        ("letter", "30", (215.9, 279.4), 155.9),
        (
            "fit",
            "10",
            (640.0 / 96.0 * 25.4 + 20.0, 400.0 / 96.0 * 25.4 + 20.0),
            640.0 / 96.0 * 25.4,
        ),
    ] {
        let settings = [("paper", paper), ("margin_mm", margin), ("bleed_mm", "3")];
        let file = harbour(&format!("page-{paper}{margin}"), &settings);
        let bleed = 3.0;
        let (whole_width, whole_height) = (width + 2.0 * bleed, height + 2.0 * bleed);
        let (left, art_height) = ((whole_width - art_width) / 2.0, art_width * 400.0 / 640.0);
        let bottom = (whole_height - art_height) / 2.0;
        for (name, expected) in [
            ("MediaBox", [0.0, 0.0, whole_width, whole_height]),
            ("BleedBox", [0.0, 0.0, whole_width, whole_height]),
            ("TrimBox", [bleed, bleed, bleed + width, bleed + height]),
            ("ArtBox", [left, bottom, left + art_width, bottom + art_height]),
        ] {
            let found = said_of(&file, name);
            let found = found.split_whitespace().map(|n| n.parse::<f64>().unwrap() / PT_PER_MM);
            for (found, expected) in found.zip(expected) {
                assert!((found - expected).abs() < 0.01, "{paper} {name}: {found} {expected}");
            }
        }
    }
}

#[test]
fn the_title_is_the_documents() {
    let file = harbour("page-title", &[("title", "Größe (1) 港")]);
    assert_eq!(said_of(&file, "Title"), "Größe (1) 港");
}

#[test]
fn layers_can_be_switched_off() {
    let file = harbour("page-layers", &[("layers", "on"), ("cut_line", "over")]);
    let plain = file.with_file_name("plain.pdf");
    run("qpdf", &["--qdf", "--object-streams=disable", text(&file), text(&plain)]);
    let bytes = std::fs::read(&plain).unwrap();
    let pdf = String::from_utf8_lossy(&bytes);
    // Five inks and the contour.
    assert_eq!(pdf.matches("/Type /OCG\n").count(), 6);
    let drawn = |file: &Path| {
        let png = file.with_extension("png");
        run("mutool", &["draw", "-q", "-r", "96", "-o", text(&png), text(file)]);
        read_png(&png, 640)
    };
    // As long as before, so that nothing in the file moves.
    let at = bytes.windows(5).position(|word| word == b"/ON [").unwrap();
    let mut off = bytes.clone();
    off[at..at + 5].copy_from_slice(b"/OFF[");
    let dark = file.with_file_name("off.pdf");
    std::fs::write(&dark, off).unwrap();
    let (shown, hidden) = (drawn(&plain), drawn(&dark));
    assert!(hidden.pixels().iter().all(|pixel| pixel.red() == 255), "nothing is left");
    assert!(difference(&shown, &hidden) > 0.5);
}

#[test]
fn the_printing_condition_is_the_registrys() {
    let settings = [("color_mode", "cmyk"), ("output_intent", "on")];
    let file = harbour("page-intent", &settings);
    let path = "trailer/Root/OutputIntents";
    let intent = run("mutool", &["show", text(&file), path]);
    assert!(intent.contains("(FOGRA39)") && intent.contains("/GTS_PDFX"), "{intent}");
    assert!(intent.contains("(http://www.color.org)"), "{intent}");
    // What is meant for screens has no press.
    let file = harbour("page-screen", &[("output_intent", "on")]);
    assert_eq!(run("mutool", &["show", text(&file), path]).trim(), "null");
}
