//! Finds circular arcs among Bézier curves, to be written as the `a` of SVG path data.

use kurbo::{ParamCurve, PathSeg, Point, Vec2};

/// An arc from the current point, as SVG states it (SVG 1.1, 8.3.8).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arc {
    /// A whole number of units.
    pub radius: f64,
    /// Whether it spans more than half the circle.
    pub large: bool,
    /// Whether angles increase along it, y pointing down.
    pub sweep: bool,
    /// Where it ends.
    pub end: Point,
}

/// Points looked at on each curve, beside its ends.
const SAMPLES: usize = 8;

/// Two arcs make a circle; one longer than this would hang on the rounding of its ends.
const MAX_SWEEP: f64 = 1.5 * std::f64::consts::PI;

/// A circle drawn by four cubic curves strays from the true one by this share of its radius.
const FOUR_CUBICS: f64 = 2.8e-4;

/// The longest arc that the first of `segments` follow, with how many of them it replaces. Its
/// numbers are multiples of `unit`; it stays within a few units of the curves.
pub fn arc(segments: &[PathSeg], unit: f64) -> Option<(Arc, usize)> {
    let first = segments.first()?;
    let circle = Circle::through(first.start(), first.eval(0.5), first.end())?;
    let tolerance = unit + (FOUR_CUBICS * circle.radius).min(4.0 * unit);
    let mut points = vec![first.start()];
    // How far around the circle the curves have come, after each of them.
    let mut angles: Vec<f64> = Vec::new();
    for segment in segments {
        let Some(turn) = follow(&circle, segment, tolerance) else { break };
        let angle = angles.last().copied().unwrap_or_default();
        let onward = angle == 0.0 || (turn > 0.0) == (angle > 0.0);
        if !onward || (angle + turn).abs() > MAX_SWEEP {
            break;
        }
        angles.push(angle + turn);
        points.extend((1..=SAMPLES).map(|i| segment.eval(i as f64 / SAMPLES as f64)));
    }
    let arc_of = |(last, angle): (usize, &f64)| {
        let sagitta = circle.radius * (1.0 - libm::cos(angle / 2.0));
        let (large, sweep) = (angle.abs() > std::f64::consts::PI, *angle > 0.0);
        let end = segments[last].end();
        let (from, to) = (round(points[0], unit), round(end, unit));
        // A circle may lie between the true one and what curves make of it.
        let most = unit + (FOUR_CUBICS / 2.0 * circle.radius).min(2.0 * unit);
        let near = |arc: &Arc| {
            // Renderers widen what cannot reach; no more than rounding is left to that.
            let reaches = 2.0 * (arc.radius + unit) >= from.distance(to);
            let Some(drawn) = arc.circle(from, to).filter(|_| reaches) else { return false };
            let strays = |p: &Point| (drawn.center.distance(*p) - drawn.radius).abs() > most;
            !points[..=(last + 1) * SAMPLES].iter().any(strays)
        };
        let arcs = radii(circle.radius, unit).map(|radius| Arc { radius, large, sweep, end });
        let arc = arcs.into_iter().find(near)?;
        (sagitta >= 2.0 * tolerance).then_some((arc, last + 1))
    };
    angles.iter().enumerate().rev().find_map(arc_of)
}

/// Multiples of `unit` near `radius`, those with the fewest digits first.
fn radii(radius: f64, unit: f64) -> [f64; 6] {
    let whole = (radius / unit).round();
    let coarse = |step: f64| (whole / step).round() * step;
    [coarse(1000.0), coarse(100.0), coarse(10.0), whole, whole - 1.0, whole + 1.0].map(|n| n * unit)
}

/// The angle by which a cubic goes around the circle; `None` if it leaves it.
fn follow(circle: &Circle, segment: &PathSeg, tolerance: f64) -> Option<f64> {
    let PathSeg::Cubic(_) = segment else { return None };
    let mut from = segment.start() - circle.center;
    let mut angle = 0.0;
    for i in 1..=SAMPLES {
        let to = segment.eval(i as f64 / SAMPLES as f64) - circle.center;
        if (length(to) - circle.radius).abs() > tolerance {
            return None;
        }
        let turn = libm::atan2(from.cross(to), from.dot(to));
        if turn == 0.0 || (angle != 0.0 && (turn > 0.0) != (angle > 0.0)) {
            return None;
        }
        angle += turn;
        from = to;
    }
    Some(angle)
}

struct Circle {
    center: Point,
    radius: f64,
}

impl Circle {
    fn through(a: Point, b: Point, c: Point) -> Option<Self> {
        let (ab, ac) = (b - a, c - a);
        let twice_area = 2.0 * ab.cross(ac);
        if twice_area.abs() < 1e-9 * (ab.hypot2() + ac.hypot2()) {
            return None;
        }
        let (ab2, ac2) = (ab.hypot2(), ac.hypot2());
        let to_center = Vec2::new(ac.y * ab2 - ab.y * ac2, ab.x * ac2 - ac.x * ab2) / twice_area;
        Some(Self { center: a + to_center, radius: length(to_center) })
    }
}

impl Arc {
    /// The circle that a renderer would follow (SVG 1.1, F.6.5), from rounded ends.
    fn circle(&self, start: Point, end: Point) -> Option<Circle> {
        let half = (end - start) / 2.0;
        let half_length = length(half);
        if half_length == 0.0 {
            return None;
        }
        // A radius too small to reach is scaled up (F.6.6).
        let radius = self.radius.max(half_length);
        let rise = (radius * radius - half_length * half_length).max(0.0).sqrt();
        let side = if self.large == self.sweep { -1.0 } else { 1.0 };
        let normal = Vec2::new(-half.y, half.x) / half_length;
        Some(Circle { center: start + half + normal * (rise * side), radius })
    }
}

fn round(p: Point, unit: f64) -> Point {
    Point::new((p.x / unit).round() * unit, (p.y / unit).round() * unit)
}

fn length(v: Vec2) -> f64 {
    v.hypot2().sqrt()
}

#[cfg(test)]
mod tests {
    use kurbo::{BezPath, Shape as _};

    use super::*;

    fn segments(path: &BezPath) -> Vec<PathSeg> {
        path.segments().collect()
    }

    #[test]
    fn a_circle_is_two_arcs() {
        let path = kurbo::Circle::new((50.0, 40.0), 30.0).to_path(1e-3);
        let segments = segments(&path);
        let (first, used) = arc(&segments, 0.01).unwrap();
        assert!((first.radius - 30.0).abs() < 0.02 && first.large, "{first:?}");
        let (second, rest) = arc(&segments[used..], 0.01).unwrap();
        assert_eq!((used + rest, second.large), (segments.len(), false));
    }

    #[test]
    fn an_ellipse_has_no_arc() {
        let path = kurbo::Ellipse::new((50.0, 40.0), (30.0, 24.0), 0.0).to_path(1e-3);
        assert_eq!(arc(&segments(&path), 0.01), None);
    }

    #[test]
    fn the_side_is_right_both_ways() {
        for (sweep, path) in
            [(true, "M0 0C5.523 0 10 4.477 10 10"), (false, "M10 10C10 4.477 5.523 0 0 0")]
        {
            let segments = segments(&BezPath::from_svg(path).unwrap());
            let (arc, _) = arc(&segments, 0.01).unwrap();
            assert_eq!((arc.sweep, arc.large, arc.radius), (sweep, false, 10.0));
        }
    }
}
