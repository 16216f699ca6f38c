//! Outlines moved outwards or inwards, with round joins: mitred ones leave ink inside the distance
//! at sharp corners.

use kurbo::{BezPath, Join, ParamCurve as _, PathEl, PathSeg, Point, Stroke, StrokeOpts};

use super::{FillRule, simplify, subtract, unite};

/// How far an offset curve may be from the true one, as a share of the distance.
const TOLERANCE: f64 = 1e-3;

/// What lies within `distance` of what `path` fills, or, below zero, what lies at least that deep
/// inside of it. `path` must fill the same under either rule. `None` as for the other operations.
pub fn offset(path: &BezPath, distance: f64) -> Option<BezPath> {
    if distance == 0.0 || path.is_empty() {
        return Some(path.clone());
    }
    let width = 2.0 * distance.abs();
    let style = Stroke::new(width).with_join(Join::Round);
    let elements = path.elements().iter().copied();
    let band = kurbo::stroke(elements, &style, &StrokeOpts::default(), width * TOLERANCE);
    let band = simplify(&band, FillRule::NonZero)?;
    let moved = if distance > 0.0 { unite(path, &band) } else { subtract(path, &band) }?;
    Some(without_ghosts(&moved, path, distance.abs()))
}

/// The contours without those that are nearer to `path` than the distance all along. Where a curve
/// is tighter than the distance, its parallel curve turns inside out and can leave such contours.
fn without_ghosts(moved: &BezPath, path: &BezPath, distance: f64) -> BezPath {
    let mut chords: Vec<(Point, Point)> = Vec::new();
    let (mut at, mut start) = (Point::ZERO, Point::ZERO);
    kurbo::flatten(path.elements().iter().copied(), 0.02 * distance, |el| match el {
        PathEl::MoveTo(p) => (at, start) = (p, p),
        PathEl::LineTo(p) => {
            chords.push((at, p));
            at = p;
        }
        // Flattening leaves no curves.
        PathEl::ClosePath | PathEl::QuadTo(..) | PathEl::CurveTo(..) => {
            chords.push((at, start));
            at = start;
        }
    });
    let limit = 0.95 * distance;
    let is_near = |p: Point| chords.iter().any(|(a, b)| near(p, *a, *b, limit));
    let mut out = BezPath::new();
    let mut rest = moved.elements();
    while !rest.is_empty() {
        let end = rest.iter().position(|el| *el == PathEl::ClosePath).map_or(rest.len(), |n| n + 1);
        let (contour, after) = rest.split_at(end);
        let segments: Vec<PathSeg> = kurbo::segments(contour.iter().copied()).collect();
        if !segments.iter().all(|segment| is_near(segment.eval(0.5))) {
            out.extend(contour.iter().copied());
        }
        rest = after;
    }
    out
}

/// Whether `p` is nearer than `limit` to the line from `a` to `b`.
fn near(p: Point, a: Point, b: Point, limit: f64) -> bool {
    let (chord, to) = (b - a, p - a);
    let length2 = chord.hypot2();
    let t = if length2 > 0.0 { (to.dot(chord) / length2).clamp(0.0, 1.0) } else { 0.0 };
    (to - chord * t).hypot2() < limit * limit
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, Rect, Shape as _};

    use super::*;

    #[test]
    fn a_circle_grows_and_shrinks_by_the_distance() {
        let path = Circle::new((0.0, 0.0), 10.0).to_path(1e-4);
        for (distance, radius) in [(3.0, 13.0), (-3.0, 7.0)] {
            let moved = offset(&path, distance).unwrap();
            let exact = Circle::new((0.0, 0.0), radius).area();
            assert!((moved.area().abs() - exact).abs() < 2e-3 * exact, "{distance}");
        }
        assert!(offset(&path, -11.0).unwrap().is_empty());
    }

    #[test]
    fn corners_grow_round() {
        let moved = offset(&Rect::new(0.0, 0.0, 10.0, 10.0).to_path(1e-3), 2.0).unwrap();
        let exact = 100.0 + 4.0 * 20.0 + std::f64::consts::PI * 4.0;
        assert!((moved.area().abs() - exact).abs() < 0.1, "{}", moved.area());
    }
}
