//! Primitives told from their outlines, so that a circle stays a circle in the files made from it.

use kurbo::{BezPath, Circle, Ellipse, ParamCurve as _, PathEl, PathSeg, Point, Rect, RoundedRect};
use kurbo::{Shape as _, Vec2};

use crate::artwork::Geometry;

/// Deviation that still counts as none, as a share of the extent.
const SAME: f64 = 1e-5;

/// Deviation of curves from the arc that they stand for, as a share of its radius: the usual cubic
/// for a quarter of a circle deviates by 0.000 27.
const ARC: f64 = 5e-4;

/// Most segments that a primitive is looked for in: four sides and four corners of two curves each.
const MAX_SEGMENTS: usize = 16;

/// The primitive that `path` is, or else the path, which must not cross itself.
pub(super) fn recognize(path: BezPath) -> Geometry {
    let elements = path.elements();
    let moves = elements.iter().filter(|el| matches!(el, PathEl::MoveTo(_))).count();
    if moves != 1 || elements.len() > MAX_SEGMENTS + 2 {
        return Geometry::Path(path);
    }
    let sides: Vec<PathSeg> = path.segments().collect();
    let bounds = path.bounding_box();
    if bounds.width().min(bounds.height()) <= 0.0 {
        return Geometry::Path(path);
    }
    let primitive = if sides.iter().all(|side| matches!(side, PathSeg::Line(_))) {
        (sides.len() == 4 && follows(&sides, bounds, 0.0)).then_some(Geometry::Rect(bounds))
    } else if sides.iter().any(|side| matches!(side, PathSeg::Line(_))) {
        corner_radius(&sides, bounds)
            .filter(|&radius| follows(&sides, bounds, radius))
            .map(|radius| Geometry::RoundedRect(RoundedRect::from_rect(bounds, radius)))
    } else {
        ellipse(&sides, bounds)
    };
    primitive.unwrap_or(Geometry::Path(path))
}

/// The distance from a straight side's end to the corner of `bounds`.
fn corner_radius(sides: &[PathSeg], bounds: Rect) -> Option<f64> {
    let extent = bounds.width().max(bounds.height());
    sides.iter().find_map(|side| {
        let PathSeg::Line(line) = side else { return None };
        let corner = |p: Point| (p.x - bounds.x0).min(bounds.x1 - p.x);
        let flat = (line.p0.y - line.p1.y).abs() <= SAME * extent;
        flat.then(|| corner(line.p0).min(corner(line.p1))).filter(|radius| *radius > 0.0)
    })
}

/// Whether all sides run along the rectangle's edge.
fn follows(sides: &[PathSeg], bounds: Rect, radius: f64) -> bool {
    let same = SAME * bounds.width().max(bounds.height());
    let inner = bounds.size() / 2.0 - kurbo::Size::new(radius, radius);
    // Signed distance to the edge of a rounded rectangle.
    let distance = |p: Point| {
        let q = p - bounds.center();
        let q = Vec2::new(q.x.abs() - inner.width, q.y.abs() - inner.height);
        let outside = Vec2::new(q.x.max(0.0), q.y.max(0.0));
        libm::sqrt(outside.hypot2()) + q.x.max(q.y).min(0.0) - radius
    };
    radius <= bounds.width().min(bounds.height()) / 2.0 + same
        && all_near(sides, |p| distance(p).abs(), same, same + ARC * radius)
}

/// The ellipse that fills `bounds`, if all sides run along it.
fn ellipse(sides: &[PathSeg], bounds: Rect) -> Option<Geometry> {
    let extent = bounds.width().max(bounds.height());
    let (center, radii) = (bounds.center(), bounds.size() / 2.0);
    let same = SAME * extent / radii.width.min(radii.height);
    let deviation = |p: Point| {
        let q = Vec2::new((p.x - center.x) / radii.width, (p.y - center.y) / radii.height);
        (libm::sqrt(q.hypot2()) - 1.0).abs()
    };
    if sides.len() < 4 || !all_near(sides, deviation, same, same + ARC) {
        return None;
    }
    Some(if (radii.width - radii.height).abs() <= SAME * extent {
        Geometry::Circle(Circle::new(center, f64::midpoint(radii.width, radii.height)))
    } else {
        Geometry::Ellipse(Ellipse::new(center, (radii.width, radii.height), 0.0))
    })
}

/// Whether the ends of all sides deviate by no more than `end`, and points between by `between`.
fn all_near(sides: &[PathSeg], deviation: impl Fn(Point) -> f64, end: f64, between: f64) -> bool {
    sides.iter().all(|side| {
        deviation(side.start()) <= end
            && [0.2, 0.4, 0.5, 0.6, 0.8].iter().all(|&t| deviation(side.eval(t)) <= between)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::{FillRule, simplify};

    #[test]
    fn primitives_are_told_from_their_outlines() {
        // As every outline comes here: simplified, which closes it exactly.
        let recognize = |path| recognize(simplify(&path, FillRule::NonZero).unwrap());
        let circle = Circle::new((12.0, 12.0), 5.0).to_path(1e-3);
        let Geometry::Circle(found) = recognize(circle) else { panic!("no circle") };
        assert!((found.radius - 5.0).abs() < 1e-4);
        let rect = Rect::new(1.0, 2.0, 30.0, 4.0);
        assert_eq!(recognize(rect.to_path(1.0)), Geometry::Rect(rect));
        let rounded = RoundedRect::new(2.0, 1.0, 22.0, 13.0, 4.0);
        let Geometry::RoundedRect(found) = recognize(rounded.to_path(1e-3)) else { panic!() };
        assert!((found.radii().top_left - 4.0).abs() < 1e-4, "{found:?}");
        let quarters =
            "M9 0C9 2.20914 4.97056 4 0 4S-9 2.20914 -9 0S-4.97056 -4 0 -4S9 -2.20914 9 0Z";
        let ellipse = recognize(BezPath::from_svg(quarters).unwrap());
        let Geometry::Ellipse(found) = ellipse else { panic!("no ellipse: {ellipse:?}") };
        assert!((found.radii() - Vec2::new(9.0, 4.0)).hypot2() < 1e-8);
    }

    #[test]
    fn what_only_looks_like_a_primitive_stays_a_path() {
        for d in [
            "M0 0L10 1L10 10L0 10Z",
            "M0 0L10 0L10 10Z",
            "M2 0L8 0C9 0 10 2 10 3L10 10L0 10L0 3C0 2 1 0 2 0Z",
            "M5 0C8 0 10 2 10 5C10 8 8 10 5 10C2 10 0 8 0 5C0 2 2 0 5 0Z",
        ] {
            let path = BezPath::from_svg(d).unwrap();
            assert!(matches!(recognize(path), Geometry::Path(_)), "{d}");
        }
    }
}
