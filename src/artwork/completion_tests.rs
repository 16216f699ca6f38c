//! What lies behind other shapes is drawn whole, and looks as it did.

use kurbo::{Point, Rect};

use super::super::{Artwork, Geometry, Paint};
use crate::color::Rgb;
use crate::export::render;
use crate::trace::drawn::*;
use crate::trace::{Layering, TraceOptions};

const BLUE: [u8; 4] = [20, 60, 160, 255];
const INKS: [[u8; 4]; 4] = [CLEAR, WHITE, RED, BLUE];
/// How much worse a channel may be, in levels: at one pixel, and on average.
const WORSE: (f64, f64) = (8.0, 0.01);

/// A drawing stacked and completed, which have to look alike.
fn both(drawing: Drawing) -> [Artwork; 2] {
    let picture = raster(&INKS, drawing);
    let arts = [Layering::Stacked, Layering::Completed].map(|layering| {
        traced_with(&INKS, drawing, &TraceOptions { layering, ..Default::default() })
    });
    let [stacked, completed] = arts.each_ref().map(|art| {
        let rendered = render(art, SIDE, SIDE).unwrap();
        let pixels = picture.pixels().iter().zip(rendered.pixels());
        let off = |(a, b): (&[u8; 4], &[u8; 4])| {
            let shown = |pixel: &[u8; 4], k: usize| {
                f64::from(pixel[k]) * if k < 3 { f64::from(pixel[3]) / 255.0 } else { 1.0 }
            };
            (0..4).map(|k| (shown(a, k) - shown(b, k)).abs()).fold(0.0, f64::max)
        };
        let off: Vec<f64> = pixels.map(off).collect();
        (off.iter().copied().fold(0.0, f64::max), off.iter().sum::<f64>() / off.len() as f64)
    });
    assert!(completed.0 <= stacked.0 + WORSE.0, "{stacked:?} {completed:?}");
    assert!(completed.1 <= stacked.1 + WORSE.1, "{stacked:?} {completed:?}");
    arts
}

fn ring(x: f64, y: f64, (cx, cy): (f64, f64)) -> bool {
    let far = (x - cx).hypot(y - cy);
    (12.0..18.0).contains(&far)
}

fn shapes(art: &Artwork, rgb: [u8; 4]) -> Vec<&Geometry> {
    let ink = art.inks.iter().position(|ink| ink.rgb == Rgb([rgb[0], rgb[1], rgb[2]])).unwrap();
    let inked = art.shapes.iter().filter(|shape| shape.paint == Paint::Ink(ink));
    inked.map(|shape| &shape.geometry).collect()
}

/// The radii of shapes that are all circles around a point.
fn radii(shapes: &[&Geometry], center: Point) -> Vec<f64> {
    let radius = |shape: &&Geometry| match shape {
        Geometry::Circle(circle) if (circle.center - center).hypot() < 0.05 => circle.radius,
        other => panic!("{other:?}"),
    };
    shapes.iter().map(radius).collect()
}

#[test]
fn a_ring_behind_a_bar_is_two_circles() {
    let [stacked, completed] = both(|x, y| {
        let bar = (x - 31.3 + 0.3 * (y - 32.6)).abs() < 4.5 && (8.4..57.2).contains(&y);
        if bar { 3 } else { 1 + usize::from(ring(x, y, (31.3, 32.6))) }
    });
    let center = Point::new(31.3, 32.6);
    for (ink, radius) in [(RED, 18.0), (WHITE, 12.0)] {
        let mut shapes = shapes(&completed, ink);
        shapes.retain(|shape| !matches!(shape, Geometry::Rect(_)));
        let [found] = radii(&shapes, center)[..] else { panic!("{shapes:?}") };
        assert!((found - radius).abs() < 0.03, "{found}");
    }
    assert_eq!(completed.shapes.len(), 4);
    assert!(completed.segments() < stacked.segments());
}

#[test]
fn a_ring_on_nothing_keeps_its_hole() {
    let [_, completed] = both(|x, y| {
        let bar = (x - 31.3 + 0.3 * (y - 32.6)).abs() < 4.5 && (8.4..57.2).contains(&y);
        if bar { 3 } else { 2 * usize::from(ring(x, y, (31.3, 32.6))) }
    });
    let [Geometry::Path(path)] = shapes(&completed, RED)[..] else { panic!("{completed:?}") };
    let area = kurbo::Shape::area(path).abs();
    let drawn = std::f64::consts::PI * (18.0 * 18.0 - 12.0 * 12.0);
    assert!((area - drawn).abs() < 0.01 * drawn, "{area} {drawn}");
}

#[test]
fn a_bar_behind_a_disc_is_a_rectangle() {
    let [stacked, completed] = both(|x, y| {
        let bar = Rect::new(5.3, 26.6, 58.4, 38.2).contains(Point::new(x, y));
        if inside(x, y, 14.0) { 3 } else { 1 + usize::from(bar) }
    });
    let [Geometry::Rect(bar)] = shapes(&completed, RED)[..] else { panic!("{completed:?}") };
    let off = [bar.x0 - 5.3, bar.y0 - 26.6, bar.x1 - 58.4, bar.y1 - 38.2];
    assert!(off.iter().all(|off| off.abs() < 0.04), "{bar:?}");
    assert!(completed.segments() < stacked.segments());
}

#[test]
fn bars_that_cross_behind_a_disc_are_two() {
    let [_, completed] = both(|x, y| {
        let level = Rect::new(5.3, 28.6, 58.4, 35.2).contains(Point::new(x, y));
        let upright = Rect::new(27.3, 5.6, 34.4, 60.2).contains(Point::new(x, y));
        if inside(x, y, 14.0) { 3 } else { 2 * usize::from(level || upright) }
    });
    let bars = shapes(&completed, RED);
    assert!(matches!(bars[..], [Geometry::Rect(_), Geometry::Rect(_)]), "{bars:?}");
}

#[test]
fn steps_behind_a_disc_stay_apart() {
    let [stacked, completed] = both(|x, y| {
        let y = if x > 31.0 { y - 2.0 } else { y };
        let bar = Rect::new(5.3, 26.6, 58.4, 38.2).contains(Point::new(x, y));
        if (x - 31.3).hypot(y - 32.6) < 14.0 { 3 } else { 1 + usize::from(bar) }
    });
    assert_eq!(stacked, completed);
}

#[test]
fn interlaced_rings_stay_interlaced() {
    let drawing: Drawing = |x, y| {
        let (left, right) = (ring(x, y, (22.3, 32.6)), ring(x, y, (40.1, 31.4)));
        match (left, right) {
            (true, true) => 2 + usize::from(y > 32.0),
            (true, false) => 2,
            (false, true) => 3,
            _ => 1,
        }
    };
    both(drawing);
    both(|x, y| {
        let (left, right) = (ring(x, y, (22.3, 32.6)), ring(x, y, (40.1, 31.4)));
        match (left, right) {
            (true, true) => 2 + usize::from(y > 32.0),
            (true, false) => 2,
            (false, true) => 3,
            _ => 0,
        }
    });
}

#[test]
fn what_shows_through_a_hole_is_not_painted_over() {
    // The disc on the bar has a hole, through which there is no bar.
    let [stacked, completed] = both(|x, y| {
        let bar = Rect::new(5.3, 26.6, 58.4, 38.2).contains(Point::new(x, y));
        if inside(x, y, 4.0) {
            0
        } else if inside(x, y, 14.0) {
            3
        } else {
            2 * usize::from(bar)
        }
    });
    assert_eq!(stacked, completed);
}
