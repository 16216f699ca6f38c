//! Effects, judged on pixels rendered from what they make.

use kurbo::{Circle, Rect};
use logopress::artwork::{Artwork, Geometry, Paint, Shape};
use logopress::effect::{Dot, Effect, EffectOptions, apply};
use logopress::export::render;
use logopress::{Error, Rgb};

const NAVY: Rgb = Rgb([0x14, 0x2a, 0x6b]);
const CORAL: Rgb = Rgb([0xf2, 0x5c, 0x54]);

/// A navy square on the left, a coral disc on the right.
fn logo() -> Artwork {
    let mut artwork = Artwork::new(400.0, 200.0);
    for (geometry, rgb) in [
        (Geometry::Rect(Rect::new(0.0, 0.0, 200.0, 200.0)), NAVY),
        (Geometry::Circle(Circle::new((300.0, 100.0), 100.0)), CORAL),
    ] {
        let paint = Paint::Ink(artwork.ink(rgb));
        artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
    }
    artwork
}

fn options(effect: Effect) -> EffectOptions {
    EffectOptions { effect, ..EffectOptions::default() }
}

/// The share of a box that is covered, and whether `rgb` is the only colour there.
fn covered(artwork: &Artwork, area: [u32; 4], rgb: Rgb) -> (f64, bool) {
    let raster = render(artwork, artwork.width as u32, artwork.height as u32).unwrap();
    let [x0, y0, x1, y1] = area;
    let (mut alpha, mut pure) = (0.0, true);
    for y in y0..y1 {
        for x in x0..x1 {
            let pixel = raster.pixels()[(y * raster.width_px() + x) as usize];
            alpha += f64::from(pixel[3]) / 255.0;
            pure &= pixel[3] < 250 || pixel[..3] == rgb.0;
        }
    }
    (alpha / f64::from((x1 - x0) * (y1 - y0)), pure)
}

#[test]
fn dots_cover_more_of_what_is_darker_and_of_the_top() {
    for dot in [Dot::Round, Dot::Ellipse, Dot::Line] {
        let options =
            EffectOptions { halftone_dot: dot, halftone_lpi: 20.0, ..options(Effect::Halftone) };
        let halftone = apply(&logo(), &options, 100.0 / 400.0).unwrap();
        let (dark, navy) = covered(&halftone, [20, 60, 180, 140], NAVY);
        let (light, coral) = covered(&halftone, [240, 60, 360, 140], CORAL);
        let (top, _) = covered(&halftone, [20, 10, 180, 60], NAVY);
        let (bottom, _) = covered(&halftone, [20, 140, 180, 190], NAVY);
        assert!(dark > light + 0.1 && top > bottom + 0.1, "{dark} {light} {top} {bottom}");
        assert!(navy && coral);
        assert!(light > 0.2 && dark < 0.95, "{light} {dark}");
    }
}

#[test]
fn the_screen_has_the_lines_and_the_angle_asked_for() {
    let at = |halftone_angle_deg, halftone_lpi| {
        let options = EffectOptions {
            halftone_dot: Dot::Line,
            halftone_angle_deg,
            halftone_lpi,
            halftone_fade_percent: 0.0,
            ..options(Effect::Halftone)
        };
        let mut square = Artwork::new(254.0, 254.0);
        let paint = Paint::Ink(square.ink(CORAL));
        let geometry = Geometry::Rect(Rect::new(0.0, 0.0, 254.0, 254.0));
        square.shapes.push(Shape { geometry, paint, opacity: 1.0 });
        // One inch is 25.4 mm: at 0.1 mm to a pixel, 254 px.
        let halftone = apply(&square, &options, 0.1).unwrap();
        let raster = render(&halftone, 254, 254).unwrap();
        let inked = |x: usize, y: usize| raster.pixels()[y * 254 + x][3] > 127;
        let changes =
            |line: &dyn Fn(usize) -> bool| (1..254).filter(|i| line(*i) != line(i - 1)).count();
        (changes(&|i| inked(127, i)), changes(&|i| inked(i, 127)))
    };
    // Level lines: ten down the picture, none across.
    let (down, across) = at(0.0, 10.0);
    assert!((19..=21).contains(&down) && across == 0, "{down} {across}");
    let (down, across) = at(90.0, 10.0);
    assert!((19..=21).contains(&across) && down == 0, "{down} {across}");
}

#[test]
fn wear_repeats_and_takes_about_what_was_asked() {
    let at = |distress_seed, distress_percent| {
        let options =
            EffectOptions { distress_seed, distress_percent, ..options(Effect::Distressed) };
        apply(&logo(), &options, 1.0).unwrap()
    };
    assert_eq!(at(1, 14.0), at(1, 14.0));
    assert_ne!(at(1, 14.0), at(2, 14.0));
    let kept = |artwork: &Artwork| covered(artwork, [0, 0, 200, 200], NAVY).0;
    let (little, much) = (kept(&at(1, 5.0)), kept(&at(1, 30.0)));
    assert!(little > 0.9 && little < 0.99 && much < little - 0.08, "{little} {much}");
    assert_eq!(at(1, 0.0).inks.len(), 2);
}

#[test]
fn an_outline_is_as_wide_as_asked_and_hollow() {
    let options = EffectOptions { outline_percent: 2.5, ..options(Effect::Outline) };
    let outline = apply(&logo(), &options, 1.0).unwrap();
    // 2.5 % of 400 px are 10 px.
    assert!(covered(&outline, [1, 20, 9, 180], Rgb::BLACK).0 > 0.99);
    assert!(covered(&outline, [30, 30, 170, 170], Rgb::BLACK).0 < 0.01);
    assert!(covered(&outline, [280, 80, 320, 120], Rgb::BLACK).0 < 0.01);
}

#[test]
fn a_sticker_has_a_border_all_around_and_grows_by_it() {
    let options = EffectOptions { sticker_percent: 5.0, ..options(Effect::Sticker) };
    let sticker = apply(&logo(), &options, 1.0).unwrap();
    assert_eq!((sticker.width, sticker.height), (440.0, 240.0));
    // 5 % of 400 px are 20 px.
    let (border, white) = covered(&sticker, [2, 60, 18, 180], Rgb::WHITE);
    assert!(border > 0.99 && white, "{border}");
    assert!(covered(&sticker, [40, 40, 200, 200], NAVY).1);
}

#[test]
fn screens_too_fine_to_draw_are_refused() {
    let options = EffectOptions { halftone_lpi: 150.0, ..options(Effect::Halftone) };
    let refused = apply(&logo(), &options, 50.0);
    assert!(matches!(refused, Err(Error::TooManyDots { .. })));
}
