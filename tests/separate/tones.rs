//! Simulated process and index separations: the films, laid over each other, show the art.

use std::collections::BTreeSet;

use image::{GrayImage, RgbaImage};
use logopress::separate::{Method, Mm, Paper, Role, Separation, output};
use logopress::{Error, Oklab, Rgb, SeparateOptions, separate};

use crate::judge::{
    artwork, composite, crop, drawn, ink_share, parsed, plates, scratch, separation,
};

const ART: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
    <linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="#ffd23a"/><stop offset=".5" stop-color="#f0542d"/><stop offset="1" stop-color="#7a1f6e"/></linearGradient>
    <radialGradient id="h"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#1ba5e0"/></radialGradient>
    <rect x="20" y="20" width="360" height="260" rx="30" fill="#14213d"/><circle cx="150" cy="140" r="90" fill="url(#g)"/>
    <circle cx="280" cy="110" r="60" fill="url(#h)"/><path d="M40 250L150 170 230 250Z" fill="#2a9d4a"/>
    <rect x="250" y="200" width="100" height="50" fill="#fff"/><path d="M185 180h40v40h-40z" fill="#101010"/></svg>"##;

const GARMENT: Rgb = Rgb([16; 3]);

fn options(method: Method) -> SeparateOptions {
    SeparateOptions {
        method,
        substrate: GARMENT,
        paper: Paper::Fit,
        width_mm: Some(Mm(50.0)),
        bleed_mm: Mm(1.0),
        underbase_choke_mm: Some(Mm(0.2)),
        marks: false,
        film_dpi: 600,
        ..SeparateOptions::default()
    }
}

/// The films of the art, inks as black.
fn films(job: &Separation) -> Vec<GrayImage> {
    let read = |plate| {
        let film = output::film_png(job, plate).unwrap();
        let mut film = image::load_from_memory(&film).unwrap().into_luma8();
        image::imageops::invert(&mut film);
        crop(&film, job.film.dpi, job.sheet.trim)
    };
    job.plates.iter().map(read).collect()
}

/// The films laid over each other on the garment, each ink opaque, and what the art looks like
/// there: how much they differ over blocks of 1 mm.
fn misses(job: &Separation, films: &[GrayImage]) -> Vec<f64> {
    const BLOCK: u32 = 24;
    let (width, height) = films[0].dimensions();
    let art = drawn(ART, (width, height));
    let light = |v: u8| (f64::from(v) / 255.0).powf(2.2);
    let seen = |x, y| {
        let on_top = films.iter().rposition(|film| film.get_pixel(x, y).0[0] > 0);
        on_top.map_or(GARMENT, |i| job.plates[i].rgb).0.map(light)
    };
    let asked = |x, y| over_garment(&art, x, y).map(light);
    let mut misses = Vec::new();
    for top in (0..height - BLOCK).step_by(BLOCK as usize) {
        for left in (0..width - BLOCK).step_by(BLOCK as usize) {
            let mean = |of: &dyn Fn(u32, u32) -> [f64; 3]| {
                let mut sum = [0.0; 3];
                for y in top..top + BLOCK {
                    for x in left..left + BLOCK {
                        sum.iter_mut().zip(of(x, y)).for_each(|(sum, v)| *sum += v);
                    }
                }
                let n = f64::from(BLOCK * BLOCK);
                Oklab::from(Rgb(sum.map(|v| ((v / n).powf(1.0 / 2.2) * 255.0).round() as u8)))
            };
            misses.push(mean(&seen).distance(mean(&asked)));
        }
    }
    misses
}

fn over_garment(art: &RgbaImage, x: u32, y: u32) -> [u8; 3] {
    // Premultiplied, as it was drawn.
    let [r, g, b, a] = art.get_pixel(x, y).0;
    let under = (255 - u16::from(a)) * 16 / 255;
    [r, g, b].map(|v| (u16::from(v) + under).min(255) as u8)
}

#[test]
fn films_laid_over_each_other_show_the_art() {
    for (method, mean_at_most, most_at_most) in
        [(Method::Simulated, 0.03, 0.15), (Method::Index, 0.03, 0.15)]
    {
        let job = separation(ART, &options(method));
        let misses = misses(&job, &films(&job));
        let mean = misses.iter().sum::<f64>() / misses.len() as f64;
        let most = misses.iter().copied().fold(0.0, f64::max);
        println!("{method:?}: mean {mean:.4}, most {most:.4}");
        assert!(mean < mean_at_most && most < most_at_most, "{method:?}: {mean} {most}");
    }
}

#[test]
fn tones_have_a_plate_for_each_ink_and_no_other() {
    for method in [Method::Simulated, Method::Index] {
        let dir = scratch(&format!("tones-{}", method.word()));
        let job = separation(ART, &options(method));
        assert!((5..=9).contains(&job.plates.len()), "{method:?}: {}", job.plates.len());
        assert_eq!(job.plates[0].role, Role::Underbase);
        assert_eq!(job.plates.last().unwrap().role, Role::Highlight);
        let pdf = composite(&job, &dir);
        let made = plates(&pdf, 600, &[]);
        assert_eq!(made, plates(&pdf, 600, &["-dOverprint=/disable"]), "{method:?}");
        let inks: BTreeSet<&str> = job.plates.iter().map(|p| p.name.as_str()).collect();
        for (name, plate) in &made {
            let inked = ink_share(&crop(plate, 600, job.sheet.trim));
            match job.plates.iter().find(|plate| plate.name == *name) {
                Some(plate) => {
                    let told = plate.coverage_percent / 100.0;
                    assert!((inked - told).abs() < 0.01, "{method:?} {name}: {inked} {told}");
                }
                None => assert_eq!(inked, 0.0, "{method:?} {name}"),
            }
        }
        assert!(inks.iter().all(|ink| made.contains_key(*ink)), "{method:?}: {inks:?}");
        // The other files agree.
        for (name, bytes, extra) in [
            ("art.eps", output::composite_eps(&job), &["-dEPSCrop"][..]),
            ("layers.pdf", output::layered_pdf(&job), &[][..]),
        ] {
            let file = dir.join(name);
            std::fs::write(&file, bytes).unwrap();
            let others = plates(&file, 300, extra);
            for plate in &job.plates {
                let share = ink_share(&crop(&others[&plate.name], 300, job.sheet.trim));
                let told = plate.coverage_percent / 100.0;
                assert!((share - told).abs() < 0.02, "{name} {}: {share} {told}", plate.name);
            }
        }
    }
}

#[test]
fn an_index_prints_squares_of_one_ink_each() {
    let job = separation(ART, &SeparateOptions { most_inks: 5, ..options(Method::Index) });
    assert_eq!(job.plates.len(), 6, "five inks and the white under them");
    let dots: Vec<_> = job.plates.iter().map(|plate| plate.dots.as_ref().unwrap()).collect();
    let side_mm = dots[0].at.width() / dots[0].width as f64;
    assert!((side_mm - 25.4 / 180.0).abs() < 0.001, "{side_mm}");
    for y in 0..dots[0].height {
        for x in 0..dots[0].width {
            let inks = dots[1..].iter().filter(|plate| plate.is_printed(x, y)).count();
            assert!(inks <= 1, "{x} {y}");
        }
    }
    // A dot on film is as large as one of the grid: seven times seven at 1260 dpi.
    let job =
        separate(&artwork(ART), &SeparateOptions { film_dpi: 1260, ..options(Method::Index) });
    let job = job.unwrap();
    for (plate, film) in job.plates.iter().zip(films(&job)) {
        let dots = plate.dots.as_ref().unwrap();
        let differ = (0..dots.height * dots.width).filter(|i| {
            let (x, y) = (i % dots.width, i / dots.width);
            let middle = |i: usize| (i * 7 + 3) as u32;
            let on_film = film.get_pixel_checked(middle(x), middle(y)).is_some_and(|p| p.0[0] > 0);
            on_film != dots.is_printed(x, y)
        });
        assert_eq!(differ.count(), 0, "{}", plate.name);
    }
}

#[test]
fn inks_of_tones_are_edited_like_others() {
    let plain = separation(ART, &options(Method::Simulated));
    let names: Vec<&str> = plain.plates.iter().map(|plate| plate.name.as_str()).collect();
    let (first, second) = (names[1], names[2]);
    for method in [Method::Simulated, Method::Index] {
        let edited = SeparateOptions {
            rename: parsed(&format!("{first}=Brand Gold")),
            merge: parsed(&format!("{second}>Brand Gold")),
            ..options(method)
        };
        let job = separation(ART, &edited);
        assert!(job.plates.iter().any(|plate| plate.name == "Brand Gold"));
        assert!(job.plates.iter().all(|plate| plate.name != second));
        assert_eq!(job.plates.len(), plain.plates.len() - 1);
    }
    let tinted = SeparateOptions {
        merge: parsed(&format!("{second}>{first}@40")),
        ..options(Method::Index)
    };
    assert!(matches!(separate(&artwork(ART), &tinted), Err(Error::Option { .. })));
}
