//! Files of all formats say what they should, and programs that we did not write find them sound.

use std::path::Path;

use logopress::Rgb;
use logopress::export::{ColorMode, CutLine, ExportOptions, Format};

use crate::marks::{Mark, bytes, folder, mark, marks, options, write};
use crate::tools::{run, text};

#[test]
fn pdf_is_sound() {
    let dir = folder("sound");
    let mut files = Vec::new();
    for Mark { name, artwork, .. } in marks() {
        for mode in ["rgb", "cmyk", "spot"] {
            let settings = [("color_mode", mode), ("layers", "on"), ("cut_line", "over")];
            let file = dir.join(format!("{name}-{mode}.pdf"));
            write(&file, artwork, Format::Pdf, &options(&settings));
            let said = run("qpdf", &["--check", text(&file)]);
            assert!(said.contains("No syntax or stream encoding errors"), "{name}: {said}");
            files.push(file);
        }
    }
    // Ghostscript reads every operator; all at once, for it takes long to start.
    let quiet = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage"];
    let names: Vec<&str> = files.iter().map(|file| text(file)).collect();
    run("gs", &[&quiet[..], &names].concat());
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
    let settings = options(&[("color_mode", "spot"), ("ink_names", names), ("cut_line", "over")]);
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
fn dxf_is_clean() {
    let dir = folder("dxf");
    for Mark { name, artwork, .. } in marks() {
        let file = dir.join(name).with_extension("dxf");
        write(&file, artwork, Format::Dxf, &options(&[("cut_line", "over")]));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/audit_dxf.py");
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let said = run(&python, &[text(&script), text(&dir)]);
    assert_eq!(said.lines().count(), marks().len(), "{said}");
}

#[test]
fn swatches_read_back() {
    let artwork = mark("harbour");
    let settings = options(&[("ink_names", "#ef5b5b=Coral Sea 0/80/60/0")]);
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
