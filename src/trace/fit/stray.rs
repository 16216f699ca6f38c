//! Segments that leave their points.
//!
//! Where strokes are hardly wider than a pixel nearly all points are vague, and a cubic is free to
//! swing out between them, even across itself. Such a segment is drawn as the points say it, by lines.

use kurbo::{Line, ParamCurve as _, ParamCurveNearest as _, PathSeg, Point};

/// How far a segment may be from the polyline of its points, in px.
const STRAY_PX: f64 = 2.0;
/// How far it and the polyline may be from each other where few points had a say in it, in px.
const UNHEARD_PX: f64 = 0.6;
/// So many points are few; a cubic has four freedoms.
const FEW: usize = 8;
/// How far the lines that take its place may be from a point, in px.
const LINE_PX: f64 = 0.3;
/// Places along a segment that are looked at.
const LOOKS: u32 = 8;

/// Whether `segment` and the polyline through `points` leave each other; it was fitted to `heard` of
/// them, as the others are near corners.
pub(super) fn strays(segment: &PathSeg, points: &[Point], heard: usize) -> bool {
    let few = heard < FEW || 2 * heard < points.len();
    let most_px = if few { UNHEARD_PX } else { STRAY_PX };
    let near = |p: Point| {
        let ways = points.windows(2).map(|pair| Line::new(pair[0], pair[1]));
        ways.into_iter().any(|way| way.nearest(p, 1e-3).distance_sq < most_px * most_px)
    };
    let missed = |p: &Point| segment.nearest(*p, 1e-2).distance_sq > UNHEARD_PX * UNHEARD_PX;
    (1..LOOKS).any(|k| !near(segment.eval(f64::from(k) / f64::from(LOOKS))))
        || (few && points.iter().any(missed))
}

/// The fewest of `points`, after the first, that lines come close to all of them with (Ramer 1972,
/// Douglas and Peucker 1973).
pub(super) fn thinned(points: &[Point]) -> Vec<Point> {
    let mut out = Vec::new();
    // Runs still to be drawn, the first on top: no recursion, as it could be as deep as points are many.
    let mut todo = vec![points];
    while let Some(run) = todo.pop() {
        let [first, .., last] = run else {
            out.extend_from_slice(run);
            continue;
        };
        let chord = Line::new(*first, *last);
        let off = |p: &Point| chord.nearest(*p, 1e-3).distance_sq;
        let farthest = (1..run.len() - 1).max_by(|&a, &b| off(&run[a]).total_cmp(&off(&run[b])));
        match farthest {
            Some(k) if off(&run[k]) > LINE_PX * LINE_PX => todo.extend([&run[k..], &run[..=k]]),
            _ => out.push(*last),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use kurbo::CubicBez;

    use super::*;

    #[test]
    fn a_loop_strays_and_an_arch_does_not() {
        let points: Vec<Point> = (0..=10).map(|k| Point::new(f64::from(k), 0.0)).collect();
        let (start, end) = (points[0], points[10]);
        let arch = CubicBez::new(start, Point::new(3.0, 0.8), Point::new(7.0, 0.8), end);
        assert!(!strays(&arch.into(), &points, 11));
        let knot = CubicBez::new(start, Point::new(30.0, 9.0), Point::new(-20.0, 9.0), end);
        assert!(strays(&knot.into(), &points, 11));
    }

    #[test]
    fn unheard_points_are_not_cut_off() {
        let corner = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (2.0, 2.0)].map(Point::from);
        let across = PathSeg::Line(Line::new(corner[0], corner[4]));
        assert!(strays(&across, &corner, 1));
        assert!(!strays(&across, &corner, 8));
        assert!(!strays(&Line::new(corner[0], corner[2]).into(), &corner[..3], 0));
    }

    #[test]
    fn thinned_points_keep_the_turns() {
        let turn = |k: i32| Point::new(f64::from(k.min(10)), f64::from((k - 10).max(0)));
        let points: Vec<Point> = (0..=20).map(turn).collect();
        assert_eq!(thinned(&points), [turn(10), turn(20)]);
        assert_eq!(thinned(&points[..1]), points[..1]);
    }
}
