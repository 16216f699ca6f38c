//! Known drawings, rasterised exactly, must come back as they were drawn.

use kurbo::{Circle, Point, Rect, Shape as _};

use super::*;
use crate::artwork::{Geometry, Paint};
use crate::color::Rgb;
use crate::trace::drawn::*;
use crate::unwatched;

#[test]
fn a_disc_has_its_radius_and_its_exact_colour() {
    let art = traced(&[CLEAR, RED], |x, y| usize::from(inside(x, y, 20.25)));
    assert_eq!(art.inks.len(), 1);
    assert_eq!(art.inks[0].rgb, Rgb([200, 30, 40]));
    let [shape] = &art.shapes[..] else { panic!("{} shapes", art.shapes.len()) };
    let radius = (shape.geometry.path().area().abs() / std::f64::consts::PI).sqrt();
    assert!((radius - 20.25).abs() < 0.01, "{radius}");
}

#[test]
fn a_square_has_its_corners() {
    let square = Rect::new(10.3, 12.8, 50.6, 49.45);
    let art = traced(&[CLEAR, BLACK], |x, y| {
        usize::from((10.3..50.6).contains(&x) && (12.8..49.45).contains(&y))
    });
    let [shape] = &art.shapes[..] else { panic!("{} shapes", art.shapes.len()) };
    let bounds = shape.geometry.bounds();
    for (found, drawn) in [
        (bounds.x0, square.x0),
        (bounds.y0, square.y0),
        (bounds.x1, square.x1),
        (bounds.y1, square.y1),
    ] {
        // Sixteen samples a pixel place an edge within a thirty-second.
        assert!((found - drawn).abs() < 0.033, "{bounds:?}");
    }
    assert!((shape.geometry.path().area().abs() - bounds.area()).abs() < 0.5);
}

#[test]
fn a_ring_leaves_its_middle_open() {
    let art =
        traced(&[CLEAR, BLACK], |x, y| usize::from(inside(x, y, 24.0) && !inside(x, y, 15.0)));
    let [shape] = &art.shapes[..] else { panic!("{} shapes", art.shapes.len()) };
    let path = shape.geometry.path();
    let area = std::f64::consts::PI * (24.0 * 24.0 - 15.0 * 15.0);
    assert!((path.area().abs() - area).abs() < 2.0, "{}", path.area());
    // Nonzero and even-odd agree: in the middle, in the ring, outside.
    for (x, winds) in [(31.3, false), (31.3 + 19.5, true), (1.0, false)] {
        let winding = path.winding(Point::new(x, 32.6));
        assert_eq!((winding != 0, winding % 2 != 0), (winds, winds));
    }
}

#[test]
fn three_inks_meet_in_a_point_and_share_their_edges() {
    let drawing: Drawing = |x, y| {
        if y < 30.4 {
            1
        } else if x < 33.7 {
            2
        } else {
            3
        }
    };
    let inks = [CLEAR, WHITE, RED, BLACK];
    let options = TraceOptions { layering: Layering::CutOut, ..Default::default() };
    let art = trace(&raster(&inks, drawing), &options, &unwatched).unwrap();
    assert_eq!(art.shapes.len(), 3);
    for shape in &art.shapes {
        let apart = distance(&shape.geometry, Point::new(33.7, 30.4));
        assert!(apart < 0.05, "{apart}");
    }
    let area: f64 = art.shapes.iter().map(|s| s.geometry.path().area().abs()).sum();
    assert!((area - f64::from(SIDE * SIDE)).abs() < 1e-6, "no gap, no overlap: {area}");
}

#[test]
fn a_hairline_thinner_than_a_pixel_is_kept() {
    let art = traced(&[WHITE, BLACK], |x, y| {
        // Slanted, 0.6 px wide; a block beside it shows what black is.
        let off = (x - 30.0) - 0.2 * (y - 32.0);
        let hairline = off.abs() < 0.306 && (6.0..58.0).contains(&y);
        usize::from(hairline || x < 8.0)
    });
    let ink = art.inks.iter().position(|ink| ink.rgb == Rgb::BLACK).unwrap();
    let area: f64 = art
        .shapes
        .iter()
        .filter(|shape| shape.paint == Paint::Ink(ink))
        .map(|shape| shape.geometry.path().area().abs())
        .sum();
    let drawn = 0.612 * 52.0;
    let found = area - 8.0 * f64::from(SIDE);
    assert!((found - drawn).abs() < 0.25 * drawn, "{found} for {drawn}");
}

#[test]
fn a_translucent_fill_keeps_its_alpha_and_lies_on_nothing() {
    let art = traced(&[CLEAR, [200, 30, 40, 128], BLACK], |x, y| {
        if inside(x, y, 10.0) { 1 } else { usize::from(inside(x, y, 25.0)) * 2 }
    });
    let veil = art.shapes.iter().find(|shape| shape.opacity < 1.0).unwrap();
    assert!((veil.opacity - 128.0 / 255.0).abs() < 1e-9);
    let under = art.shapes.iter().find(|shape| shape.opacity == 1.0).unwrap();
    assert_eq!(under.geometry.path().winding(Point::new(31.3, 32.6)), 0);
}

#[test]
fn one_flat_colour_is_one_rectangle() {
    let art = traced(&[RED], |_, _| 0);
    assert_eq!(art.shapes.len(), 1);
    assert_eq!(art.shapes[0].geometry.bounds(), Rect::new(0.0, 0.0, 64.0, 64.0));
}

#[test]
fn pixel_art_keeps_every_pixel() {
    let drawing: Drawing = |x, y| 1 + usize::from((x as u32 / 8 + y as u32 / 8).is_multiple_of(2));
    let options = TraceOptions { preset: Preset::PixelArt, ..Default::default() };
    let art = trace(&raster(&[CLEAR, WHITE, BLACK], drawing), &options, &unwatched).unwrap();
    for (x, y) in [(0, 0), (1, 0), (3, 5), (7, 7)] {
        let middle = Point::new(f64::from(x * 8 + 4), f64::from(y * 8 + 4));
        let top = art.shapes.iter().rfind(|s| s.geometry.path().winding(middle) != 0).unwrap();
        let Paint::Ink(ink) = top.paint else { panic!("a gradient") };
        let black = (x + y) % 2 == 0;
        assert_eq!(art.inks[ink].rgb.0, if black { [0; 3] } else { [255; 3] });
    }
}

#[test]
fn one_colour_is_one_ink_on_nothing() {
    let drawing: Drawing = |x, y| {
        if inside(x, y, 10.0) { 2 } else { usize::from(!inside(x, y, 25.0)) }
    };
    let options = TraceOptions { preset: Preset::OneColour, ..Default::default() };
    let art = trace(&raster(&[RED, WHITE, BLACK], drawing), &options, &unwatched).unwrap();
    assert_eq!(art.inks.len(), 1);
    let circle = Circle::new((31.3, 32.6), 25.0).area();
    let area: f64 = art.shapes.iter().map(|s| s.geometry.path().area().abs()).sum();
    assert!((area - circle).abs() < 3.0, "{area} for {circle}");
}

#[test]
fn threads_do_not_change_the_result() {
    let drawing: Drawing =
        |x, y| usize::from(inside(x, y, 22.0)) + usize::from(inside(x * 1.4, y * 0.9, 14.0));
    let raster = raster(&[CLEAR, RED, WHITE], drawing);
    let once = trace(&raster, &TraceOptions::default(), &unwatched).unwrap();
    for _ in 0..3 {
        assert_eq!(once, trace(&raster, &TraceOptions::default(), &unwatched).unwrap());
    }
}

/// Number of shapes that cover a point.
fn covers(art: &Artwork, x: f64, y: f64) -> usize {
    art.shapes.iter().filter(|s| s.geometry.path().winding(Point::new(x, y)) != 0).count()
}

#[test]
fn of_two_shapes_side_by_side_the_lower_reaches_under_the_upper() {
    // A disc in two halves, the border between them wavy.
    let art = traced(&[CLEAR, RED, BLACK], |x, y| {
        let border = 31.3 + 4.0 * (y / 5.0).sin();
        if inside(x, y, 24.0) { 1 + usize::from(x < border) } else { 0 }
    });
    assert_eq!(art.shapes.len(), 2);
    for y in 14..52 {
        let y = f64::from(y);
        let border = 31.3 + 4.0 * (y / 5.0).sin();
        let around = [-0.5, 0.5].map(|d| covers(&art, border + d, y));
        assert!(around == [1, 2] || around == [2, 1], "{around:?} at {y}");
    }
    for (x, y) in [(10.0, 32.0), (50.0, 32.0), (31.3, 12.0), (31.3, 53.0)] {
        assert!(covers(&art, x, y) <= 2);
    }
    assert_eq!(covers(&art, 5.0, 32.0) + covers(&art, 58.0, 32.0), 0);
}

#[test]
fn a_ground_that_a_shape_cuts_in_two_is_one_rectangle() {
    // Between two sixteenths, where the samples are.
    let art = traced(&[WHITE, RED], |x, y| usize::from((x - y).abs() < 9.0 + 1.0 / 32.0));
    let [ground, band] = &art.shapes[..] else { panic!("{} shapes", art.shapes.len()) };
    assert_eq!(ground.geometry, Geometry::Rect(Rect::new(0.0, 0.0, 64.0, 64.0)));
    let area = band.geometry.path().area().abs();
    assert!((area - (64.0 * 64.0 - 54.97 * 54.97)).abs() < 0.5, "{area}");
}

fn colors(art: &Artwork) -> Vec<[u8; 3]> {
    art.inks.iter().map(|ink| ink.rgb.0).collect()
}

#[test]
fn line_art_is_what_is_dark() {
    let drawing: Drawing = |x, y| usize::from(inside(x, y, 24.0) && !inside(x, y, 18.0)) + 1;
    let options = TraceOptions { preset: Preset::LineArt, ..Default::default() };
    let art = traced_with(&[CLEAR, WHITE, BLACK], drawing, &options);
    assert_eq!(colors(&art), [[0; 3]]);
    assert_eq!(covers(&art, 31.3, 32.6) + covers(&art, 2.0, 2.0), 0);
    assert_eq!(covers(&art, 31.3 + 21.0, 32.6), 1);
}

#[test]
fn inks_are_limited_or_given() {
    let drawing: Drawing = |x, y| match (inside(x, y, 28.0), x < 31.0, y < 32.0) {
        (false, ..) => 0,
        (_, true, _) => 1,
        (_, false, true) => 2,
        _ => 3,
    };
    let inks = [CLEAR, RED, [190, 40, 40, 255], BLACK];
    let most = TraceOptions { inks: Some(2), ..Default::default() };
    let mut found = colors(&traced_with(&inks, drawing, &most));
    found.sort_unstable();
    assert_eq!(found, [[0; 3], [200, 30, 40]]);
    let palette = vec![Rgb([255, 0, 0]), Rgb([10, 10, 10])];
    let given = TraceOptions { palette, ..Default::default() };
    let mut found = colors(&traced_with(&inks, drawing, &given));
    found.sort_unstable();
    assert_eq!(found, [[10; 3], [255, 0, 0]]);
}

#[test]
fn primitives_may_be_off_and_small_shapes_go() {
    let drawing: Drawing = |x, y| {
        let dot = (4.0..7.0).contains(&x) && (4.0..7.0).contains(&y);
        usize::from(dot || inside(x, y, 20.0))
    };
    let on = traced(&[CLEAR, RED], drawing);
    assert!(on.shapes.iter().any(|s| matches!(s.geometry, Geometry::Circle(_))));
    let off = TraceOptions { primitives: false, ..Default::default() };
    let off = traced_with(&[CLEAR, RED], drawing, &off);
    assert!(off.shapes.iter().all(|s| matches!(s.geometry, Geometry::Path(_))));
    let large = TraceOptions { min_area_px2: 20.0, ..Default::default() };
    let large = traced_with(&[CLEAR, RED], drawing, &large);
    assert_eq!((covers(&on, 5.5, 5.5), covers(&large, 5.5, 5.5)), (1, 0));
}

#[test]
fn faint_shapes_go_and_clear_ones_stay() {
    let inks = [[240, 240, 240, 255], [228, 228, 228, 255], RED];
    let drawing: Drawing = |x, y| {
        let faint = (4.0..24.0).contains(&x) && (40.0..60.0).contains(&y);
        let clear = (4.0..7.0).contains(&x) && (4.0..7.0).contains(&y);
        if clear { 2 } else { usize::from(faint) }
    };
    let found = |min_contrast_percent| {
        let options = TraceOptions { min_contrast_percent, ..Default::default() };
        let inks = traced_with(&inks, drawing, &options).inks;
        inks.iter().map(|ink| ink.rgb.0[1]).collect::<Vec<_>>()
    };
    assert_eq!(found(0.0), [240, 228, 30]);
    assert_eq!(found(2.0), [240, 228, 30]);
    // The faint square goes, though it is the larger one; the ground stays.
    assert_eq!(found(10.0), [240, 30]);
}

#[test]
fn detail_follows_wiggles_and_corners_are_as_sharp_as_asked() {
    let wiggly: Drawing = |x, y| usize::from(y > 30.0 + 0.25 * (x * 0.9).sin());
    let segments = |detail_percent| {
        let options = TraceOptions { detail_percent, ..Default::default() };
        traced_with(&[CLEAR, RED], wiggly, &options).segments()
    };
    assert!(segments(100.0) > segments(0.0), "{} {}", segments(100.0), segments(0.0));
    // A polygon of twelve sides turns by 30° at each corner.
    let polygon: Drawing = |x, y| {
        let side = |k: u32| {
            let angle = f64::from(k) * std::f64::consts::PI / 6.0;
            (x - 32.0) * angle.cos() + (y - 32.0) * angle.sin() < 26.0
        };
        usize::from((0..12).all(side))
    };
    let lines = |corner_deg| {
        let options = TraceOptions { corner_deg, primitives: false, ..Default::default() };
        let art = traced_with(&[CLEAR, RED], polygon, &options);
        let path = art.shapes[0].geometry.path();
        path.segments().filter(|segment| matches!(segment, kurbo::PathSeg::Line(_))).count()
    };
    assert_eq!(lines(15.0), 12);
    assert!(lines(60.0) < 12, "{}", lines(60.0));
}

/// The exact coverage of a rectangle.
fn exact(rect: Rect) -> Raster {
    let share = |low: f64, high: f64, k: u32| {
        (high.min(f64::from(k + 1)) - low.max(f64::from(k))).clamp(0.0, 1.0)
    };
    let mut bytes = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let area = share(rect.x0, rect.x1, x) * share(rect.y0, rect.y1, y);
            bytes.extend([0, 0, 0, (255.0 * area).round() as u8]);
        }
    }
    Raster::new(SIDE, SIDE, bytes).unwrap()
}

#[test]
fn a_square_has_its_corners_to_two_hundredths_of_a_pixel() {
    for (primitives, x) in [(true, 0.0), (false, 0.0), (true, 0.37), (false, 0.71)] {
        let square = Rect::new(10.3 + x, 12.8 - x, 50.6 + x, 49.45 - x);
        let options = TraceOptions { primitives, ..Default::default() };
        let art = trace(&exact(square), &options, &unwatched).unwrap();
        let [shape] = &art.shapes[..] else { panic!("{} shapes", art.shapes.len()) };
        let path = shape.geometry.path();
        for corner in [(square.x0, square.y0), (square.x1, square.y0), (square.x1, square.y1)] {
            let apart =
                |s: kurbo::PathSeg| (kurbo::ParamCurve::start(&s) - Point::from(corner)).hypot();
            let apart = path.segments().map(apart).fold(f64::INFINITY, f64::min);
            assert!(apart < 0.02, "{apart} at {corner:?}, primitives {primitives}");
        }
    }
}

/// E, F, H and L, ten pixels high, their strokes a pixel and a half wide.
fn letters(x: f64, y: f64) -> bool {
    let column = (x / 12.0).floor();
    let x = x - 12.0 * column;
    let row = |top: f64| (top..top + 1.5).contains(&y) && (2.3..8.3).contains(&x);
    let stem = |left: f64| (left..left + 1.5).contains(&x) && (20.2..30.2).contains(&y);
    match column as i32 {
        0 => stem(2.3) || row(20.2) || row(24.4) || row(28.7),
        1 => stem(2.3) || row(20.2) || row(24.4),
        2 => stem(2.3) || stem(6.8) || row(24.4),
        3 => stem(2.3) || row(28.7),
        _ => false,
    }
}

#[test]
fn small_letters_stay_letters() {
    let art = traced(&[WHITE, BLACK], |x, y| usize::from(letters(x, y)));
    assert_eq!(colors(&art).len(), 2);
    let black = art.inks.iter().position(|ink| ink.rgb.0 == [0; 3]).unwrap();
    let bounds = art.painted_area(Paint::Ink(black));
    // They had spikes of ten pixels.
    let around = Rect::new(2.3, 20.2, 44.3, 30.2).inflate(1.25, 1.25);
    assert_eq!(around.union(bounds), around, "{bounds}");
    let top = |x: f64, y: f64| {
        let shape = art.shapes.iter().rfind(|s| s.geometry.path().winding(Point::new(x, y)) != 0);
        shape.map(|shape| art.mean_color(shape.paint).0)
    };
    for column in 0..4 {
        for (x, y) in [(3.0, 22.5), (3.0, 27.0), (5.0, 20.9), (5.0, 25.1), (5.0, 29.4), (6.0, 27.0)]
        {
            let x = 12.0 * f64::from(column) + x;
            let drawn = if letters(x, y) { [0; 3] } else { [255; 3] };
            assert_eq!(top(x, y), Some(drawn), "at {x}, {y}");
        }
    }
}

#[test]
fn details_of_a_tiny_drawing_are_no_noise() {
    let inks = [CLEAR, [74, 94, 63, 255], [64, 82, 54, 255]];
    let stripes: Drawing = |x, y| {
        let stripe = usize::from((((x + 0.5 * y) / 6.7) as u32).is_multiple_of(2));
        if inside(x, y, 14.0) { 1 + stripe } else { 0 }
    };
    assert!(Noise::measure(&raster(&inks, stripes)).is_none());
}

#[test]
fn a_tiny_drawing_may_be_all_edges() {
    // Strokes so thin and so many that most pixels are mixed and none stands in a pure block.
    let drawing: Drawing = |x, _| usize::from(x > 10.0 && x.rem_euclid(3.0) < 1.3);
    let art = traced(&[CLEAR, RED], drawing);
    let area: f64 = art.shapes.iter().map(|s| s.geometry.path().area().abs()).sum();
    let drawn = 18.0 * 1.3 * f64::from(SIDE);
    assert!((area - drawn).abs() < 0.1 * drawn, "{area} of {drawn}");
}
