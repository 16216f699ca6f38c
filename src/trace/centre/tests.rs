use kurbo::{BezPath, Cap, Join};

use super::*;
use crate::Rgb;
use crate::artwork::Paint;

/// A drawing of one shape, traced as far as outlines go without an error.
fn outlined(path: &BezPath, pen: Pen) -> Artwork {
    let stroke = Stroke::new(path.clone(), pen).unwrap();
    let mut artwork = Artwork::new(100.0, 100.0);
    let paint = Paint::Ink(artwork.ink(Rgb::BLACK));
    let geometry = Geometry::Path(stroke.outline().clone());
    artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
    artwork
}

fn centred_stroke(d: &str, pen: Pen) -> Stroke {
    let art = centred(outlined(&BezPath::from_svg(d).unwrap(), pen), &FitOptions::default());
    let [Shape { geometry: Geometry::Stroke(stroke), .. }] = &art.shapes[..] else {
        panic!("{d}: {:?}", art.shapes)
    };
    stroke.clone()
}

const ROUND: Pen = Pen { width: 6.0, cap: Cap::Round, join: Join::Round };
const SHARP: Pen = Pen { width: 6.0, cap: Cap::Butt, join: Join::Miter };

/// Lines come back as lines: the same width and looks, and as many segments as were drawn.
#[test]
fn lines_are_what_was_drawn() {
    for (d, pen, segments) in [
        ("M10 20L80 60", ROUND, 1),
        ("M10 20L80 60", SHARP, 1),
        ("M10 20L60 20L60 80", ROUND, 2),
        ("M10 20L60 20L60 80", SHARP, 2),
        ("M10 20L60 20L40 80Z", SHARP, 3),
        ("M10 50C30 10 60 90 90 40", ROUND, 1),
        ("M20 20L80 80M80 20L20 80", ROUND, 2),
        ("M50 10L50 90M50 50L90 50", ROUND, 2),
    ] {
        let stroke = centred_stroke(d, pen);
        assert!((stroke.pen.width - 6.0).abs() < 0.05, "{d}: {}", stroke.pen.width);
        assert_eq!((stroke.pen.cap, stroke.pen.join), (pen.cap, pen.join), "{d}");
        let drawn = BezPath::from_svg(d).unwrap();
        let found = Geometry::Stroke(stroke.clone()).segments();
        assert!(found <= segments + 1, "{d}: {} for {}", stroke.path.to_svg(), drawn.to_svg());
    }
}

/// What is no line of one width stays what it was.
#[test]
fn other_shapes_stay_outlines() {
    for d in [
        "M10 10H90V90H10Z",
        "M10 10L90 50L10 90Z",
        "M10 50C10 10 90 10 90 50C90 60 10 60 10 50Z",
        "M10 20L90 20L90 26L10 40Z",
    ] {
        let path = BezPath::from_svg(d).unwrap();
        let mut artwork = Artwork::new(100.0, 100.0);
        let paint = Paint::Ink(artwork.ink(Rgb::BLACK));
        artwork.shapes.push(Shape { geometry: Geometry::Path(path), paint, opacity: 1.0 });
        assert_eq!(centred(artwork.clone(), &FitOptions::default()), artwork, "{d}");
    }
}

/// Of a drawing with both, lines become lines and the rest stays.
#[test]
fn lines_beside_shapes_become_lines() {
    let mut artwork = outlined(&BezPath::from_svg("M10 20L80 60").unwrap(), ROUND);
    let Geometry::Path(path) = &mut artwork.shapes[0].geometry else { panic!() };
    path.extend(BezPath::from_svg("M60 10H90V35H60Z").unwrap());
    let art = centred(artwork, &FitOptions::default());
    let kinds: Vec<bool> =
        art.shapes.iter().map(|shape| matches!(shape.geometry, Geometry::Stroke(_))).collect();
    assert_eq!(kinds, [false, true]);
}
