//! Known gradients come back.

use kurbo::Point;

use super::*;
use crate::artwork::GradientKind;
use crate::trace::{TraceOptions, trace};
use crate::unwatched;

const SIDE: u32 = 128;

/// A disc on nothing, coloured as `color` says: red, green, blue and alpha, 0 to 255.
fn disc(color: impl Fn(f64, f64) -> [f64; 4]) -> Artwork {
    trace(&drawn_disc(color), &TraceOptions::default(), &unwatched).unwrap()
}

/// The same on white, as a JPEG.
fn jpeg_disc(quality: u8, color: impl Fn(f64, f64) -> [f64; 4]) -> Artwork {
    let on_white = |p: &[u8; 4]| {
        let under = 255.0 - f64::from(p[3]);
        [0, 1, 2].map(|i| (f64::from(p[i]) * f64::from(p[3]) / 255.0 + under).round() as u8)
    };
    let rgb: Vec<u8> = drawn_disc(color).pixels().iter().flat_map(on_white).collect();
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode(&rgb, SIDE, SIDE, image::ExtendedColorType::Rgb8)
        .unwrap();
    let decoded = image::load_from_memory(&jpeg).unwrap().into_rgba8();
    let raster = Raster::new(SIDE, SIDE, decoded.into_raw()).unwrap();
    assert!(!Noise::measure(&raster).is_none());
    trace(&raster, &TraceOptions::default(), &unwatched).unwrap()
}

fn drawn_disc(color: impl Fn(f64, f64) -> [f64; 4]) -> Raster {
    let mut rgba = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
            let inside = |k: u32| {
                let (dx, dy) = (f64::from(k % 8) / 8.0 - 0.4375, f64::from(k / 8) / 8.0 - 0.4375);
                (Point::new(x + dx, y + dy) - Point::new(63.3, 64.6)).hypot() < 55.0
            };
            let covered = (0..64).filter(|&k| inside(k)).count() as f64 / 64.0;
            let [r, g, b, alpha] = color(x, y);
            rgba.extend([r, g, b, alpha * covered].map(|c| c.round() as u8));
        }
    }
    Raster::new(SIDE, SIDE, rgba).unwrap()
}

/// The only gradient of an artwork that is one disc.
fn only(art: &Artwork) -> &Gradient {
    assert_eq!((art.inks.len(), art.shapes.len(), art.gradients.len()), (0, 1, 1), "{art:?}");
    &art.gradients[0]
}

fn linear(gradient: &Gradient) -> (Point, Point) {
    let GradientKind::Linear { start, end } = gradient.kind else { panic!("{gradient:?}") };
    (start, end)
}

fn lerp(a: [f64; 4], b: [f64; 4], t: f64) -> [f64; 4] {
    [0, 1, 2, 3].map(|i| a[i] + (b[i] - a[i]) * t.clamp(0.0, 1.0))
}

/// Whether the stops have the colours that `color` says, in levels, at their places.
fn check_stops(gradient: &Gradient, off: f64, color: impl Fn(f64, f64) -> [f64; 4]) {
    let (start, end) = linear(gradient);
    for stop in &gradient.stops {
        let place = start.lerp(end, stop.offset);
        let expected = color(place.x, place.y);
        for i in 0..3 {
            let apart = (f64::from(stop.rgb.0[i]) - expected[i]).abs();
            assert!(apart < off, "{stop:?} at {place} is not {expected:?}");
        }
        assert!((stop.opacity * 255.0 - expected[3]).abs() < off, "{stop:?}, not {expected:?}");
    }
}

#[test]
fn a_linear_gradient_has_its_angle_and_two_stops() {
    let color = |x: f64, y: f64| {
        let t = (0.6 * x + 0.8 * y) / 180.0;
        lerp([250.0, 60.0, 30.0, 255.0], [50.0, 80.0, 210.0, 255.0], t)
    };
    let art = disc(color);
    let gradient = only(&art);
    let (start, end) = linear(gradient);
    let along = (end - start) / (end - start).hypot();
    assert!((along.x.abs() - 0.6).abs() < 0.005, "{along:?}");
    assert_eq!(gradient.stops.len(), 2, "{gradient:?}");
    check_stops(gradient, 2.0, color);
}

#[test]
fn a_gradient_with_a_start_and_an_end_has_stops_there() {
    // Red until 40, blue from 90.
    let color = |x: f64, _: f64| {
        lerp([220.0, 30.0, 30.0, 255.0], [20.0, 60.0, 200.0, 255.0], (x - 40.0) / 50.0)
    };
    let art = disc(color);
    let gradient = only(&art);
    assert_eq!(gradient.stops.len(), 4, "{gradient:?}");
    let (start, end) = linear(gradient);
    let mut places = gradient.stops[1..3].iter().map(|stop| start.lerp(end, stop.offset).x);
    let (a, b) = (places.next().unwrap(), places.next().unwrap());
    assert!((a.min(b) - 40.0).abs() < 1.0 && (a.max(b) - 90.0).abs() < 1.0, "{a} to {b}");
    check_stops(gradient, 3.0, color);
}

#[test]
fn a_radial_gradient_has_its_centre() {
    let art = disc(|x, y| {
        let t = (Point::new(x, y) - Point::new(50.0, 46.0)).hypot() / 90.0;
        lerp([240.0, 230.0, 90.0, 255.0], [80.0, 190.0, 90.0, 255.0], t)
    });
    let gradient = only(&art);
    let GradientKind::Radial { radius, .. } = gradient.kind else { panic!("{gradient:?}") };
    let center = gradient.transform * Point::ORIGIN;
    assert!((center - Point::new(50.0, 46.0)).hypot() < 0.5, "{gradient:?}");
    assert_eq!(gradient.stops.len(), 2, "{gradient:?}");
    let end = 240.0 - 160.0 * radius / 90.0;
    assert!((f64::from(gradient.stops[1].rgb.0[0]) - end).abs() < 2.0, "{gradient:?}");
}

#[test]
fn a_ramp_of_opacity_keeps_its_colour() {
    let color = |_: f64, y: f64| [200.0, 40.0, 90.0, 250.0 - 1.5 * y];
    let art = disc(color);
    let gradient = only(&art);
    assert_eq!((gradient.stops.len(), art.shapes[0].opacity), (2, 1.0), "{gradient:?}");
    check_stops(gradient, 3.0, color);
}

#[test]
fn what_fades_away_keeps_its_colour() {
    let art = disc(|_, y| [200.0, 40.0, 90.0, (250.0 - 2.5 * y).max(0.0)]);
    let gradient = only(&art);
    for stop in &gradient.stops {
        let off = (0..3).map(|i| stop.rgb.0[i].abs_diff([200, 40, 90][i])).max();
        assert!(off < Some(6), "{gradient:?}");
    }
}

#[test]
fn what_fades_into_a_flat_colour_leaves_that_flat() {
    let flat = [40.0, 130.0, 250.0, 255.0];
    let art = disc(|x, y| {
        // A shade that falls on the lower right and ends at an edge above.
        let t = if y > 50.0 { (0.8 * x + 0.6 * y - 90.0) / 60.0 } else { 0.0 };
        lerp(flat, [0.0, 70.0, 180.0, 255.0], t)
    });
    assert_eq!((art.inks.len(), art.gradients.len()), (1, 1), "{art:?}");
    assert_eq!(art.inks[0].rgb, Rgb([40, 130, 250]));
}

#[test]
fn flat_colours_are_no_gradients() {
    let art =
        disc(|x, _| if x < 60.0 { [250.0, 10.0, 10.0, 255.0] } else { [10.0, 90.0, 10.0, 255.0] });
    assert_eq!((art.inks.len(), art.gradients.len()), (2, 0));
}

#[test]
fn a_jpeg_has_its_gradient() {
    let color = |x: f64, y: f64| {
        let t = (0.6 * x + 0.8 * y) / 180.0;
        lerp([250.0, 60.0, 30.0, 255.0], [50.0, 80.0, 210.0, 255.0], t)
    };
    for quality in [60, 75, 90] {
        let art = jpeg_disc(quality, color);
        let counts = (art.inks.len(), art.shapes.len(), art.gradients.len());
        assert_eq!(counts, (1, 2, 1), "{quality}: {art:?}");
        let (start, end) = linear(&art.gradients[0]);
        let along = (end - start) / (end - start).hypot();
        assert!((along.x.abs() - 0.6).abs() < 0.03, "{quality}: {along:?}");
        check_stops(&art.gradients[0], 10.0, color);
    }
}

#[test]
fn a_jpeg_has_its_radial_gradient() {
    let art = jpeg_disc(75, |x, y| {
        let t = (Point::new(x, y) - Point::new(50.0, 46.0)).hypot() / 90.0;
        lerp([250.0, 240.0, 90.0, 255.0], [20.0, 110.0, 60.0, 255.0], t)
    });
    assert_eq!((art.inks.len(), art.gradients.len()), (1, 1), "{art:?}");
    let center = art.gradients[0].transform * Point::ORIGIN;
    assert!((center - Point::new(50.0, 46.0)).hypot() < 3.0, "{center:?}");
}

#[test]
fn ripples_are_no_gradients() {
    let flat = |x: f64, y: f64| {
        let is_left = x < 60.0 || y > 90.0;
        if is_left { [250.0, 10.0, 10.0, 255.0] } else { [10.0, 90.0, 10.0, 255.0] }
    };
    for quality in [50, 75, 90] {
        let art = jpeg_disc(quality, flat);
        assert_eq!((art.inks.len(), art.gradients.len()), (3, 0), "{quality}: {art:?}");
    }
}

#[test]
fn a_faint_edge_in_a_jpeg_is_no_gradient() {
    let faint =
        |x: f64, _| if x < 60.0 { [240.0, 80.0, 40.0, 255.0] } else { [228.0, 68.0, 28.0, 255.0] };
    let art = jpeg_disc(75, faint);
    assert!(art.gradients.is_empty(), "{art:?}");
}
