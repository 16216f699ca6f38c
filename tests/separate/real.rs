//! Ten real logos, screens and sheets.

use kurbo::{Point, Vec2};
use logopress::separate::{Method, Mm, Paper, Separation, output};
use logopress::{
    Error, IntakeOptions, SeparateOptions, Session, TraceOptions, separate, unwatched,
};

use crate::judge::{artwork, composite, crop, logos, parsed, plates, scratch, separation};
use crate::{PROCESS, small};

/// Real logos of flat colours only, as many as a press has stations for.
fn flat_logos() -> Vec<(String, String)> {
    let plain = |svg: &str| !svg.contains("Gradient") && !svg.contains("opacity");
    let colors = |svg: &str| {
        let fills: std::collections::BTreeSet<&str> =
            svg.split("fill=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        fills.len()
    };
    let all = ::logos::some(200).unwrap().into_iter();
    let fitting = all.filter(|logo| plain(&logo.svg) && (2..=8).contains(&colors(&logo.svg)));
    fitting.take(10).map(|logo| (logo.name, logo.svg)).collect()
}

#[test]
fn real_logos_have_a_plate_for_each_ink_and_no_other() {
    let logos = flat_logos();
    assert_eq!(logos.len(), 10);
    for (name, svg) in logos {
        let dir = scratch(&format!("real-{name}"));
        let mut session = Session::new();
        session.open(svg.as_bytes(), &IntakeOptions::default(), &unwatched).unwrap();
        let art = session.artwork(&TraceOptions::default(), &unwatched).unwrap();
        let options = SeparateOptions { knock_out_substrate: false, ..small() };
        let job = separate(art, &options).unwrap_or_else(|e| panic!("{name}: {e}"));
        let pdf = composite(&job, &dir);
        let made = plates(&pdf, 150, &[]);
        let mut named: Vec<&str> = made.keys().map(String::as_str).collect();
        named.retain(|ink| !PROCESS.contains(ink));
        let mut asked: Vec<&str> = art.inks.iter().map(|ink| ink.name.as_str()).collect();
        // An ink that other shapes hide altogether has no plate.
        asked.retain(|ink| job.plates.iter().any(|plate| plate.name == *ink));
        asked.sort_unstable();
        assert_eq!(named, asked, "{name}");
        assert_eq!(job.plates.len(), asked.len(), "{name}");
        for ink in PROCESS {
            let art = crop(&made[ink], 150, job.sheet.trim);
            assert!(art.pixels().all(|p| p.0[0] == 0), "{name}: {ink}");
        }
        assert_eq!(made, plates(&pdf, 150, &["-dOverprint=/disable"]), "{name}");
    }
}

#[test]
fn screens_have_the_lines_and_angle_asked_for() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" fill="#c01030" fill-opacity=".4"/></svg>"##;
    for (screen, lpi, angle_deg) in
        [("#c01030=45", 45.0, 22.5), ("#c01030=60@7.5", 60.0, 7.5), ("#c01030=33@82.5", 33.0, 82.5)]
    {
        let options = SeparateOptions { screens: parsed(screen), film_dpi: 2400, ..bare() };
        let job = separation(svg, &options);
        let film = output::film_png(&job, &job.plates[0]).unwrap();
        let film = image::load_from_memory(&film).unwrap().into_luma8();
        // Moved by one line along the angle, a screen is itself; by half a line it is not.
        let line = Vec2::from_angle(-f64::to_radians(angle_deg)) * (2400.0 / lpi);
        let differ = |by: Vec2| {
            let (x, y) = (by.x.round() as i64, by.y.round() as i64);
            let inner = 400..1500_i64;
            let at = |x: i64, y: i64| film.get_pixel(x as u32, y as u32).0[0];
            let points = inner.clone().step_by(3).flat_map(|i| inner.clone().map(move |j| (i, j)));
            let (all, off) = points.fold((0, 0), |(all, off), (i, j)| {
                (all + 1, off + u32::from(at(i, j) != at(i + x, j + y)))
            });
            f64::from(off) / f64::from(all)
        };
        // Eight lines away an error of half a degree or of 1 % in the lines would be seen.
        let (whole, half) = (differ(line * 4.0), differ(line * 4.5));
        assert!(whole < 0.05 && half > 0.3, "{screen}: {whole} {half}");
    }
    let unknown = SeparateOptions { screens: parsed("Mauve=45"), ..bare() };
    let refused = separate(&artwork(svg), &unknown);
    assert_eq!(refused, Err(Error::UnknownInk { name: "Mauve".into() }));
}

#[test]
fn process_screens_stand_at_their_angles() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" fill="#8a5b40"/></svg>"##;
    let job = separation(svg, &SeparateOptions { method: Method::Process, ..bare() });
    let angles: Vec<(&str, f64)> =
        job.plates.iter().map(|p| (p.name.as_str(), p.screen.angle_deg)).collect();
    assert_eq!(angles, [("Cyan", 22.5), ("Magenta", 52.5), ("Yellow", 7.5), ("Black", 82.5)]);
}

fn bare() -> SeparateOptions {
    SeparateOptions { marks: false, width_mm: Some(Mm(30.0)), bleed_mm: Mm(1.0), ..small() }
}

#[test]
fn sheets_have_their_sizes() {
    let art = artwork(&logos().swap_remove(0).1);
    let job = |paper: &str, width: &str| -> Separation {
        let width_mm = parsed(width);
        separate(&art, &SeparateOptions { paper: parsed(paper), width_mm, ..Default::default() })
            .unwrap()
    };
    for (paper, width_mm, height_mm) in [
        ("a4", 210.0, 297.0),
        ("a3", 297.0, 420.0),
        ("letter", 215.9, 279.4),
        ("tabloid", 279.4, 431.8),
        ("13x19", 330.2, 482.6),
    ] {
        let sheet = job(paper, "4in").sheet;
        let mut sides = [sheet.width_mm, sheet.height_mm];
        sides.sort_by(f64::total_cmp);
        assert!((sides[0] - width_mm).abs() < 1e-9 && (sides[1] - height_mm).abs() < 1e-9);
        assert!((sheet.trim.width() - 101.6).abs() < 1e-9, "4 in");
    }
    let custom = SeparateOptions {
        paper: Paper::Custom,
        paper_width_mm: Mm(400.0),
        paper_height_mm: Mm(500.0),
        ..Default::default()
    };
    let sheet = separate(&art, &custom).unwrap().sheet;
    assert_eq!((sheet.width_mm, sheet.height_mm), (400.0, 500.0));
    assert!(sheet.trim.contains(Point::new(200.0, 200.0)));
}
