//! Whether two stretches of an outline are parts of one line or of one circle.

use std::f64::consts::{PI, TAU};

use kurbo::{
    Arc, BezPath, Circle, Line, ParamCurve as _, ParamCurveArclen as _, PathSeg, Point, Shape as _,
    Vec2,
};

/// Stretches shorter than this tell nothing, in px.
const SHORT_PX: f64 = 4.0;
/// Most that lies between the stretches, as a share of both together.
const UNSEEN: f64 = 2.0;

/// One end of a stretch.
pub(super) struct Arm {
    /// The end itself,
    tip: Point,
    /// and the way from there into the stretch.
    inward: Vec2,
    length_px: f64,
    is_line: bool,
    /// The points measured along it.
    points: Vec<Point>,
}

impl Arm {
    /// Of segments, from the end inward, along which these points were measured.
    pub fn new(segments: &[PathSeg], points: Vec<Point>) -> Option<Self> {
        let tip = segments.first()?.start();
        let is_line = matches!(segments, [PathSeg::Line(_)]);
        let length_px = segments.iter().map(|segment| segment.arclen(0.1)).sum();
        let inward = leaving(segments.first()?);
        (points.len() > 2).then_some(Self { tip, inward, length_px, is_line, points })
    }
}

/// The way on from the end of `tail` to the start of `head` along the line or the circle that no
/// point of both lies off by more than `tolerance_px`.
pub(super) fn onward(tail: &Arm, head: &Arm, tolerance_px: f64) -> Option<BezPath> {
    let (from, to) = (tail.tip, head.tip);
    let most_px = UNSEEN * (tail.length_px + head.length_px);
    if (to - from).hypot() > most_px || tail.length_px.min(head.length_px) < SHORT_PX {
        return None;
    }
    let mut points = tail.points.iter().chain(&head.points).copied();
    if tail.is_line && head.is_line {
        let (start, end) = (mean(&tail.points)?, mean(&head.points)?);
        let along = (end - start) / (end - start).hypot();
        let ahead = [-tail.inward, to - from, head.inward].iter().all(|v| v.dot(along) > 0.0);
        return (ahead && points.all(|p| along.cross(p - start).abs() < tolerance_px))
            .then(|| Line::new(from, to).to_path(0.1));
    }
    let circle = circle(&points.clone().collect::<Vec<Point>>())?;
    let turn = |v: Vec2, at: Point| (at - circle.center).cross(v);
    let (arriving, leaving) = (turn(-tail.inward, from), turn(head.inward, to));
    let angle = |p: Point| (p - circle.center).atan2();
    let sign = arriving.signum();
    let sweep = sign * (libm::remainder(sign * (angle(to) - angle(from)) - PI, TAU) + PI);
    let on = |p: Point| ((p - circle.center).hypot() - circle.radius).abs() < tolerance_px;
    let agrees =
        arriving * leaving > 0.0 && sweep.abs() * circle.radius < most_px && points.all(on);
    let radii = Vec2::new(circle.radius, circle.radius);
    agrees.then(|| Arc::new(circle.center, radii, angle(from), sweep, 0.0).to_path(1e-3))
}

/// Which way a segment leaves its start.
pub(super) fn leaving(segment: &PathSeg) -> Vec2 {
    segment.eval(0.02) - segment.start()
}

/// The centre of points.
fn mean(points: &[Point]) -> Option<Point> {
    let sum = points.iter().fold(Vec2::ZERO, |sum, p| sum + p.to_vec2());
    (!points.is_empty()).then(|| (sum / points.len() as f64).to_point())
}

/// The circle of least squares through points (I. Kåsa, 1976).
fn circle(points: &[Point]) -> Option<Circle> {
    let mean = mean(points)?;
    let (mut xx, mut xy, mut yy, mut xz, mut yz, mut z) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for v in points.iter().map(|p| *p - mean) {
        let square = v.hypot2();
        xx += v.x * v.x;
        xy += v.x * v.y;
        yy += v.y * v.y;
        xz += v.x * square;
        yz += v.y * square;
        z += square;
    }
    let det = 2.0 * (xx * yy - xy * xy);
    let center = Vec2::new(xz * yy - yz * xy, yz * xx - xz * xy) / det;
    let radius = (center.hypot2() + z / points.len() as f64).sqrt();
    radius.is_finite().then(|| Circle::new(mean + center, radius))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_circle_through_points_is_found() {
        let drawn = Circle::new((12.5, -3.0), 40.0);
        let on = |angle: f64| drawn.center + drawn.radius * Vec2::from_angle(angle);
        let found = circle(&[0.1, 0.4, 0.5, 1.1].map(on)).unwrap();
        assert!((found.center - drawn.center).hypot() < 1e-6, "{found:?}");
        assert!((found.radius - 40.0).abs() < 1e-6);
    }
}
