//! Separations, judged by the programs that print shops use.

mod files;
mod judge;
mod real;
mod tones;

use std::path::Path;

use judge::{
    artwork, composite, crop, drawn, ink_share, logos, parsed, plates, scratch, separation,
};
use kurbo::{Point, Rect};
use logopress::separate::area::Area;
use logopress::separate::edit::{Merges, Names, Renames};
use logopress::separate::{Method, Mm, Paper, Separation, Trapping, Underbase};
use logopress::{Cmyk, Error, Rgb, SeparateOptions, separate};

const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

fn small() -> SeparateOptions {
    SeparateOptions { paper: Paper::Fit, width_mm: Some(Mm(60.0)), ..SeparateOptions::default() }
}

/// Art alone, for what needs no marks.
fn bare() -> SeparateOptions {
    SeparateOptions { marks: false, width_mm: Some(Mm(30.0)), bleed_mm: Mm(1.0), ..small() }
}

fn on_black() -> SeparateOptions {
    SeparateOptions { substrate: Rgb::BLACK, ..small() }
}

/// A window around the target at `center`.
fn around(center: Point) -> Rect {
    Rect::from_center_size(center, (7.0, 7.0))
}

#[test]
fn every_ink_has_one_plate_whether_overprint_is_honoured_or_not() {
    for (name, svg) in logos() {
        for (ground, options) in [("light", small()), ("dark", on_black())] {
            let dir = scratch(&format!("inks-{name}-{ground}"));
            let job = separation(&svg, &options);
            let pdf = composite(&job, &dir);
            let made = plates(&pdf, 150, &[]);
            let mut named: Vec<&str> = made.keys().map(String::as_str).collect();
            named.retain(|ink| !PROCESS.contains(ink));
            let mut asked: Vec<&str> = job.plates.iter().map(|p| p.name.as_str()).collect();
            asked.sort_unstable();
            assert_eq!(named, asked, "{name}");
            // Ghostscript always makes the process plates: they hold the marks and nothing else.
            for ink in PROCESS {
                let art = crop(&made[ink], 150, job.sheet.trim);
                assert_eq!(ink_share(&art), 0.0, "{name}: {ink}");
            }
            assert_eq!(made, plates(&pdf, 150, &["-dOverprint=/disable"]), "{name}");
        }
    }
}

#[test]
fn marks_stand_at_one_place_on_every_plate() {
    let dir = scratch("marks");
    let (_, svg) = logos().swap_remove(0);
    let job = separation(&svg, &on_black());
    // A dot of 1200 dpi is 0.021 mm.
    let made = plates(&composite(&job, &dir), 1200, &[]);
    assert_eq!(job.marks.targets.len(), 4);
    let trim = job.sheet.trim;
    let crop_mark = around(Point::new(trim.x1 + 6.5, trim.y0));
    let places = job.marks.targets.iter().map(|t| around(*t)).chain([crop_mark]);
    for place in places {
        let first = crop(made.values().next().unwrap(), 1200, place);
        let inked = ink_share(&first);
        assert!(inked > 0.01 && inked < 0.5, "{place:?}: {inked}");
        for (ink, plate) in &made {
            assert!(crop(plate, 1200, place) == first, "{ink} {place:?}");
        }
    }
    let target = |i: usize| crop(&made["Cyan"], 1200, around(job.marks.targets[i]));
    let upright = target(0);
    let differ = |other: image::GrayImage| {
        upright.pixels().zip(other.pixels()).filter(|(a, b)| a != b).count()
    };
    // Upright targets differ by the rounding of their edges to dots.
    let (alike, turned) = (differ(target(2)), differ(target(3)));
    assert!(turned > 10 * alike.max(200), "one target is turned: {alike} {turned}");
}

#[test]
fn plates_cover_the_art_and_nothing_else() {
    const DPI: u32 = 600;
    for (name, svg) in logos() {
        let dir = scratch(&format!("cover-{name}"));
        let options = SeparateOptions { knock_out_substrate: false, ..bare() };
        let job = separation(&svg, &options);
        let made = plates(&composite(&job, &dir), DPI, &[]);
        let trim = job.sheet.trim;
        let cut: Vec<_> = job.plates.iter().map(|p| crop(&made[&p.name], DPI, trim)).collect();
        let art = drawn(&svg, cut[0].dimensions());
        let inked = |x: u32, y: u32| cut.iter().any(|plate| plate.get_pixel(x, y).0[0] > 0);
        let (width, height) = cut[0].dimensions();
        let (mut holes, mut strays) = (0, 0);
        for y in 2..height - 2 {
            for x in 2..width - 2 {
                // One dot of doubt along the edge of the art.
                let near = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
                let alphas: Vec<u8> = near.map(|(x, y)| art.get_pixel(x, y).0[3]).collect();
                holes += u32::from(alphas.iter().all(|a| *a == 255) && !inked(x, y));
                strays += u32::from(alphas.iter().all(|a| *a == 0) && inked(x, y));
            }
        }
        assert_eq!((holes, strays), (0, 0), "{name}");
    }
}

const TWO_INKS: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">
    <rect width="60" height="40" fill="#102a6b"/><rect x="20" y="10" width="20" height="20" fill="#ffd84a"/></svg>"##;

/// Ghostscript inks every dot that an area touches: about a dot too much, so dots must be small.
const TRAP_DPI: u32 = 4800;

/// How wide the two inks of [`TWO_INKS`] overlap at each of the two edges that a row crosses.
fn overlap_mm(job: &Separation, dir: &Path) -> f64 {
    let made = plates(&composite(job, dir), TRAP_DPI, &[]);
    let row = |ink: &str| {
        let (trim, y) = (job.sheet.trim, job.sheet.trim.center().y);
        crop(&made[ink], TRAP_DPI, Rect::new(trim.x0, y, trim.x1, y + 0.1))
    };
    let (light, dark) = (row("#ffd84a"), row("#102a6b"));
    let both = light.pixels().zip(dark.pixels()).filter(|(a, b)| a.0[0] > 0 && b.0[0] > 0);
    let dots = both.count() as f64 / 2.0 / f64::from(light.height());
    dots * 25.4 / f64::from(TRAP_DPI)
}

#[test]
fn traps_are_as_wide_as_asked() {
    let art = || SeparateOptions { width_mm: Some(Mm(12.0)), ..bare() };
    for width_mm in [0.2, 0.5, 1.0] {
        let job = separation(TWO_INKS, &SeparateOptions { trap_mm: Some(Mm(width_mm)), ..art() });
        let measured_mm = overlap_mm(&job, &scratch(&format!("trap-{width_mm}")));
        assert!((measured_mm / width_mm - 1.0).abs() < 0.05, "{width_mm}: {measured_mm}");
    }
    let none = SeparateOptions { trapping: Trapping::None, ..small() };
    let job = separation(TWO_INKS, &none);
    assert!(job.plates[0].area().intersection(&job.plates[1].area()).is_empty());
}

#[test]
fn a_pair_of_inks_has_its_own_trap() {
    // The dark ink spreads under the light one, wider than all others would, or not at all.
    let art = SeparateOptions { width_mm: Some(Mm(12.0)), ..bare() };
    let plain = separation(TWO_INKS, &art);
    let area = |job: &Separation, ink: &str| {
        job.plates.iter().find(|plate| plate.name == ink).unwrap().area().size_mm2()
    };
    let options = SeparateOptions { trap_pairs: parsed("#102a6b>#ffd84a=0.6mm"), ..art.clone() };
    let job = separation(TWO_INKS, &options);
    let measured_mm = overlap_mm(&job, &scratch("trap-pair"));
    assert!((measured_mm / 0.6 - 1.0).abs() < 0.05, "{measured_mm}");
    assert!(area(&job, "#102a6b") > area(&plain, "#102a6b"));
    assert!(area(&job, "#ffd84a") < area(&plain, "#ffd84a"));
    let options = SeparateOptions { trap_pairs: parsed("#ffd84a>#102a6b=0"), ..art };
    let job = separation(TWO_INKS, &options);
    assert!(job.plates[0].area().intersection(&job.plates[1].area()).is_empty());
    let options = SeparateOptions { trap_pairs: parsed("Mauve>#102a6b=0.6mm"), ..small() };
    let refused = separate(&artwork(TWO_INKS), &options);
    assert_eq!(refused, Err(Error::UnknownInk { name: "Mauve".into() }));
}

#[test]
fn process_colours_come_out_as_tints_of_four_inks() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
        <linearGradient id="g"><stop offset="0" stop-color="#00a0e0"/><stop offset="1" stop-color="#ffe000"/></linearGradient>
        <rect width="20" height="20" fill="#8a3b20"/><rect x="20" width="20" height="20" fill="url(#g)"/></svg>"##;
    let spot = separate(&artwork(svg), &bare()).unwrap_err();
    assert_eq!(spot, Error::GradientsInSpots);
    let dir = scratch("process");
    let job = separation(svg, &SeparateOptions { method: Method::Process, ..bare() });
    let pdf = composite(&job, &dir);
    let made = plates(&pdf, 600, &[]);
    let mut names: Vec<&str> = made.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["Black", "Cyan", "Magenta", "Yellow"]);
    assert_eq!(made, plates(&pdf, 600, &["-dOverprint=/disable"]));
    let trim = job.sheet.trim;
    let at = |ink: &str, x: f64| {
        let middle = Point::new(trim.x0 + trim.width() * x, trim.center().y);
        100.0 * ink_share(&crop(&made[ink], 600, Rect::from_center_size(middle, (0.6, 0.6))))
    };
    let flat = Cmyk::from(Rgb([0x8a, 0x3b, 0x20])).limited(300).0;
    for (ink, percent) in PROCESS.iter().zip(flat) {
        assert!((at(ink, 0.25) - f64::from(percent)).abs() < 1.0, "{ink}");
    }
    // From blue to yellow.
    assert!(at("Cyan", 0.53) > 70.0 && at("Cyan", 0.97) < 15.0);
    assert!(at("Yellow", 0.53) < 30.0 && at("Yellow", 0.97) > 80.0);
}

#[test]
fn labels_tell_the_measured_coverage() {
    for (name, svg) in logos() {
        let dir = scratch(&format!("coverage-{name}"));
        let job = separation(&svg, &SeparateOptions { substrate: Rgb::BLACK, ..bare() });
        let made = plates(&composite(&job, &dir), 1200, &[]);
        for plate in &job.plates {
            let measured = 100.0 * ink_share(&crop(&made[&plate.name], 1200, job.sheet.trim));
            let told = plate.coverage_percent;
            assert!((measured - told).abs() < 1.0, "{name} {}: {measured} {told}", plate.name);
        }
    }
}

#[test]
fn inks_are_merged_dropped_tinted_and_ordered() {
    let (_, svg) = logos().into_iter().find(|(name, _)| name == "quilt").unwrap();
    let options = SeparateOptions {
        merge: parsed::<Merges>("#8e24aa>#c62828@40; #00838f > #1565c0"),
        drop: parsed::<Names>("#2e7d32"),
        order: parsed::<Names>("#4e342e; #1565c0"),
        ..small()
    };
    let job = separation(&svg, &options);
    let names: Vec<&str> = job.plates.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names[..2], ["#4e342e", "#1565c0"]);
    for gone in ["#8e24aa", "#00838f", "#2e7d32"] {
        assert!(!names.contains(&gone), "{gone}");
    }
    let red = job.plates.iter().find(|p| p.name == "#c62828").unwrap();
    assert_eq!(red.flats.iter().map(|f| f.tint).collect::<Vec<_>>(), [1.0, 0.4]);
}

#[test]
fn the_underbase_hides_under_the_inks() {
    let (_, svg) = logos().into_iter().find(|(name, _)| name == "harbor").unwrap();
    let options = SeparateOptions { underbase_choke_mm: Some(Mm(0.4)), ..on_black() };
    let job = separation(&svg, &options);
    let base = job.plates[0].area();
    assert_eq!(job.plates[0].name, "Underbase White");
    let art = Area::union_all(
        job.plates[1..].iter().flat_map(|p| p.flats.iter().map(|f| &f.area)).collect::<Vec<_>>(),
    );
    assert!(base.grown(0.39).difference(&art).size_mm2() < 1e-3, "stays 0.4 mm inside");
    assert!(art.difference(&base.grown(0.45)).size_mm2() < 0.5, "and no farther");
    let light = separation(&svg, &small());
    assert!(light.plates.iter().all(|p| p.name != "Underbase White"));
    let forced = separation(&svg, &SeparateOptions { underbase: Underbase::On, ..small() });
    assert_eq!(forced.plates[0].name, "Underbase White");
}

#[test]
fn warnings_point_at_their_places() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><rect width="60" height="40" fill="#e8c020"/>
        <rect x="10" y="5" width=".2" height="30" fill="#101010"/><rect x="30" y="5" width="10" height="30" fill="#101010"/>
        <rect x="40.2" y="5" width="10" height="30" fill="#101010"/></svg>"##;
    let job = separation(svg, &small());
    let at = |code: &str, x_mm: f64| {
        job.warnings.iter().filter(|w| w.code == code).flat_map(|w| &w.places).any(|place| {
            let x = place.x_mm - job.sheet.trim.x0;
            x <= x_mm + 0.1 && x + place.width_mm >= x_mm - 0.1
        })
    };
    assert!(at("thin-line", 10.1), "{:?}", job.warnings);
    assert!(at("narrow-gap", 40.1), "{:?}", job.warnings);
    assert!(at("trap-wider-than-stroke", 10.1), "{:?}", job.warnings);
    assert!(!at("thin-line", 35.0));
}

#[test]
fn what_cannot_be_printed_is_said() {
    let (_, svg) = logos().swap_remove(0);
    let art = artwork(&svg);
    let all: Vec<String> = art.inks.iter().map(|ink| ink.name.clone()).collect();
    let refused = |options: SeparateOptions| separate(&art, &options).unwrap_err();
    let drop_all = SeparateOptions { drop: Names(all.clone()), ..small() };
    assert_eq!(refused(drop_all), Error::NoInks);
    let twice = Renames(vec![(all[0].clone(), "Red".into()), (all[2].clone(), " red ".into())]);
    assert!(matches!(
        refused(SeparateOptions { rename: twice, ..small() }),
        Error::DuplicateInk { .. }
    ));
    let large = SeparateOptions { width_mm: Some(Mm(400.0)), ..SeparateOptions::default() };
    assert!(matches!(refused(large), Error::DoesNotFit { .. }));
    let unknown = SeparateOptions { drop: parsed("Mauve"), ..small() };
    assert_eq!(refused(unknown), Error::UnknownInk { name: "Mauve".into() });
    let strip = |i: u8| {
        let (red, blue) = (i * 6, 255 - i * 6);
        format!("<rect x='{i}' width='1' height='9' fill='#{red:02x}40{blue:02x}'/>")
    };
    let many = (0..40).map(strip).collect::<Vec<_>>().concat();
    let many =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 9\">{many}</svg>");
    assert!(matches!(
        separate(&artwork(&many), &small()),
        Err(Error::TooManyInks { count: 40, .. })
    ));
}
