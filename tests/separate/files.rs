//! The files of a separation: what other programs say of them, and films as they are measured.

use kurbo::Rect;
use logopress::separate::edit::Renames;
use logopress::separate::{Mm, Separation, output};
use logopress::{Error, SeparateOptions, separate};

use crate::judge::{
    artwork, composite, crop, ink_share, logos, parsed, plates, run, scratch, separation,
};
use crate::{TWO_INKS, bare, on_black, small};

#[test]
fn films_have_their_resolution() {
    for dpi in [600, 2880] {
        let options = SeparateOptions { film_dpi: dpi, width_mm: Some(Mm(12.0)), ..bare() };
        let job = separation(TWO_INKS, &options);
        let dots = |mm: f64| (mm / 25.4 * f64::from(dpi)).round() as i64;
        let sheet = (dots(job.sheet.width_mm), dots(job.sheet.height_mm));
        for plate in &job.plates {
            let png = output::film_png(&job, plate).unwrap();
            let tiff = output::film_tiff(&job, plate).unwrap();
            let films =
                [png, tiff].map(|film| image::load_from_memory(&film).unwrap().into_luma8());
            for film in &films {
                let (w, h) = film.dimensions();
                let off = (i64::from(w) - sheet.0).abs().max((i64::from(h) - sheet.1).abs());
                assert!(off <= 1, "{dpi}: {w} x {h}");
                assert!(film.pixels().all(|p| [0, 255].contains(&p.0[0])), "not of dots only");
            }
            assert_eq!(films[0], films[1]);
            let inked = crop(&films[0], dpi, job.sheet.trim);
            let share = 1.0 - ink_share(&inked);
            let trim_mm2 = job.sheet.trim.area();
            let asked = plate.area().size_mm2() / trim_mm2;
            assert!((share - asked).abs() < 0.01, "{dpi} {}: {share} {asked}", plate.name);
        }
    }
    let beyond = SeparateOptions { film_dpi: 4000, ..small() };
    assert!(matches!(separate(&artwork(TWO_INKS), &beyond), Err(Error::Option { .. })));
}

/// What a film has of a tint, in percent.
fn on_film(percent: f64, options: &SeparateOptions) -> f64 {
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" fill="#c01030" fill-opacity="{}"/></svg>"##,
        percent / 100.0
    );
    let job: Separation = separation(&svg, options);
    let film = output::film_tiff(&job, &job.plates[0]).unwrap();
    let film = image::load_from_memory(&film).unwrap().into_luma8();
    let inner = job.sheet.trim.inset(-1.0);
    100.0 * (1.0 - ink_share(&crop(&film, job.film.dpi, inner)))
}

#[test]
fn tints_measure_as_asked_on_film() {
    for dot in ["round", "ellipse", "square", "line"] {
        for percent in [5.0, 25.0, 50.0, 75.0, 95.0] {
            let options = SeparateOptions { dot: parsed(dot), ..bare() };
            let measured = on_film(percent, &options);
            assert!((measured - percent).abs() < 1.5, "{dot} {percent}: {measured}");
        }
    }
}

#[test]
fn other_judges_agree() {
    let dir = scratch("judges");
    let (_, svg) = logos().swap_remove(1);
    let options = SeparateOptions { bleed_mm: Mm(2.0), job: "Größe/1".into(), ..on_black() };
    let job = separation(&svg, &options);
    let pdf = composite(&job, &dir);
    let path = pdf.to_str().unwrap();
    for (name, bytes) in [
        ("plates.pdf", output::plates_pdf(&job).unwrap()),
        ("layers.pdf", output::layered_pdf(&job)),
        ("job.pdf", output::jobsheet_pdf(&job)),
    ] {
        let file = dir.join(name);
        std::fs::write(&file, bytes).unwrap();
        run("qpdf", &["--check", file.to_str().unwrap()]);
    }
    run("qpdf", &["--check", path]);
    let boxes = run("pdfinfo", &["-box", path]);
    let (sheet, trim) = (&job.sheet, job.sheet.trim);
    for (key, r) in [
        ("MediaBox", Rect::new(0.0, 0.0, sheet.width_mm, sheet.height_mm)),
        ("TrimBox", trim),
        ("BleedBox", trim.inflate(2.0, 2.0)),
    ] {
        let line = boxes.lines().find(|line| line.starts_with(key)).unwrap();
        let told: Vec<f64> =
            line.split_whitespace().skip(1).map(|number| number.parse().unwrap()).collect();
        let h = sheet.height_mm;
        let asked = [r.x0, h - r.y1, r.x1, h - r.y0].map(|mm| mm * 72.0 / 25.4);
        for (told, asked) in told.iter().zip(asked) {
            assert!((told - asked).abs() < 0.011, "{line}: {asked}");
        }
    }
    // A PSD from mutool holds CMYK and one channel for each spot ink, by name.
    let psd = dir.join("mutool.psd");
    let psd_path = psd.to_str().unwrap();
    run(
        "mutool",
        &["draw", "-q", "-r", "72", "-c", "cmyk", "-O", "2", "-F", "psd", "-o", psd_path, path],
    );
    let psd = std::fs::read(psd).unwrap();
    let channels = usize::from(u16::from_be_bytes([psd[12], psd[13]]));
    assert!([4, 5].contains(&(channels - job.plates.len())), "{channels}");
    for plate in &job.plates {
        let name = plate.name.as_bytes();
        assert!(psd.windows(name.len()).any(|window| window == name), "{}", plate.name);
    }
}

#[test]
fn layers_and_eps_make_the_same_plates() {
    let (_, svg) = logos().swap_remove(2);
    let job = separation(&svg, &small());
    let dir = scratch("same");
    let made = plates(&composite(&job, &dir), 300, &[]);
    let (layers, eps) = (dir.join("layers.pdf"), dir.join("art.eps"));
    std::fs::write(&layers, output::layered_pdf(&job)).unwrap();
    std::fs::write(&eps, output::composite_eps(&job)).unwrap();
    for (other, extra) in [(&layers, &[][..]), (&eps, &["-dEPSCrop"][..])] {
        let others = plates(other, 300, extra);
        for plate in &job.plates {
            let (a, b) = (&made[&plate.name], &others[&plate.name]);
            let cut = |image| crop(image, 300, job.sheet.trim);
            let differ = cut(a).pixels().zip(cut(b).pixels()).filter(|(a, b)| a != b).count();
            // Rounding of the page's size may move an edge by a dot.
            assert!(differ < 600, "{other:?} {}: {differ}", plate.name);
        }
    }
}

#[test]
fn names_survive() {
    let dir = scratch("names");
    let names = ["Brand Red", "PANTONE 286 C / Größe", "品牌黄", "a(b)#1 %"];
    let (_, svg) = logos().into_iter().find(|(name, _)| name == "kite").unwrap();
    let inks: Vec<String> = artwork(&svg).inks.iter().map(|ink| ink.name.clone()).collect();
    let renames: Vec<(String, String)> =
        inks.iter().zip(names).map(|(old, new)| (old.clone(), new.to_owned())).collect();
    let job = separation(&svg, &SeparateOptions { rename: Renames(renames), ..small() });
    let made = plates(&composite(&job, &dir), 72, &[]);
    for plate in &job.plates {
        assert!(
            names.contains(&plate.name.as_str()) && made.contains_key(&plate.name),
            "{made:?}",
            made = made.keys()
        );
    }
}

#[test]
fn films_make_up_for_what_the_press_adds() {
    // A press that makes 70 % of 50 % adds nothing at the ends (ISO 12647-1's curve is as flat there).
    let gaining = SeparateOptions { dot_gain_percent: 20.0, ..bare() };
    for percent in [25.0, 50.0, 75.0] {
        let film = on_film(percent, &gaining) / 100.0;
        let printed = 100.0 * (film + 4.0 * 0.2 * film * (1.0 - film));
        assert!((printed - percent).abs() < 1.5, "{percent}: {printed}");
    }
    // No dot is smaller or larger than the press holds; nothing and all stay what they are.
    let held = SeparateOptions { min_dot_percent: 10.0, max_dot_percent: 80.0, ..bare() };
    for (asked, made) in [(4.0, 10.0), (40.0, 40.0), (95.0, 80.0), (100.0, 100.0)] {
        let measured = on_film(asked, &held);
        assert!((measured - made).abs() < 1.5, "{asked}: {measured}");
    }
}

#[test]
fn the_printing_condition_is_named_if_asked_for() {
    let (_, svg) = logos().swap_remove(0);
    let dir = scratch("intent");
    for asked in [false, true] {
        let job = separation(&svg, &SeparateOptions { output_intent: asked, ..small() });
        for (name, bytes) in [
            ("composite.pdf", output::composite_pdf(&job)),
            ("layers.pdf", output::layered_pdf(&job)),
        ] {
            let file = dir.join(name);
            std::fs::write(&file, bytes).unwrap();
            let file = file.to_str().unwrap();
            let said = run("mutool", &["show", file, "trailer/Root/OutputIntents"]);
            assert_eq!(said.contains("(FOGRA39)") && said.contains("/GTS_PDFX"), asked, "{said}");
            run("qpdf", &["--check", file]);
        }
    }
}
