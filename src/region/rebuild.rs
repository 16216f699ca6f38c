//! Puts a solved contour together from the original curves.

use i_overlay::i_float::int::point::IntPoint;
use kurbo::{BezPath, ParamCurve, ParamCurveDeriv, PathSeg, Point, Vec2};

use super::contours::Edge;
use super::flatten::{Flat, Piece};

/// A stretch of one curve; backwards where `t0 > t1`.
#[derive(Clone, Copy)]
struct Run {
    curve: u32,
    t0: f64,
    t1: f64,
    /// The grid point where it starts.
    from: IntPoint<i32>,
}

/// Appends the contour to `out`, unless it is a sliver.
pub(super) fn contour(flat: &Flat, edges: &[Edge], out: &mut BezPath) {
    if is_sliver(flat, edges) {
        return;
    }
    let mut runs = runs(flat, edges);
    if runs.is_empty() {
        return;
    }
    let joints: Vec<Point> = (0..runs.len())
        .map(|i| {
            let before = if i == 0 { runs.len() - 1 } else { i - 1 };
            joint(flat, &mut runs, before, i)
        })
        .collect();
    out.move_to(joints[0]);
    for (i, run) in runs.iter().enumerate() {
        let (start, end) = (joints[i], joints[(i + 1) % joints.len()]);
        append(flat, run, start, end, out);
    }
    out.close_path();
}

/// Whether the contour is nowhere wider than the tolerance.
fn is_sliver(flat: &Flat, edges: &[Edge]) -> bool {
    let (mut area, mut length) = (0.0, 0.0);
    // From the first point, so that the products stay small beside the area.
    let Some(origin) = edges.first().map(|edge| flat.point(edge.from)) else { return true };
    for edge in edges {
        let (a, b) = (flat.point(edge.from) - origin, flat.point(edge.to) - origin);
        area += a.cross(b) / 2.0;
        length += libm::sqrt((b - a).hypot2());
    }
    area.abs() < flat.tolerance() * length / 4.0
}

/// Edges joined into the longest stretches of one curve.
fn runs(flat: &Flat, edges: &[Edge]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for edge in edges {
        let piece = &flat.pieces[edge.piece.0 as usize];
        let next = Run {
            curve: piece.curve,
            t0: parameter(piece, edge.from),
            t1: parameter(piece, edge.to),
            from: edge.from,
        };
        match runs.last_mut() {
            Some(last) if continues(last, &next) => last.t1 = next.t1,
            _ => runs.push(next),
        }
    }
    if let [first, .., last] = runs.as_mut_slice()
        && continues(last, first)
    {
        (first.t0, first.from) = (last.t0, last.from);
        runs.pop();
    }
    runs
}

fn continues(run: &Run, next: &Run) -> bool {
    const SAME: f64 = 1e-6;
    run.curve == next.curve
        && (run.t1 - next.t0).abs() < SAME
        && (run.t1 >= run.t0) == (next.t1 >= next.t0)
}

/// The curve's parameter at a point on a piece.
fn parameter(piece: &Piece, p: IntPoint<i32>) -> f64 {
    if p == piece.from {
        return piece.t0;
    }
    if p == piece.to {
        return piece.t1;
    }
    let vector = |q: IntPoint<i32>| {
        Vec2::new(
            f64::from(q.x) - f64::from(piece.from.x),
            f64::from(q.y) - f64::from(piece.from.y),
        )
    };
    let (chord, to) = (vector(piece.to), vector(p));
    let share = (to.dot(chord) / chord.hypot2()).clamp(0.0, 1.0);
    piece.t0 + share * (piece.t1 - piece.t0)
}

/// Where run `before` ends and run `after` starts, exactly: the end of a curve, or the point where
/// two curves meet. Moves the parameters there.
fn joint(flat: &Flat, runs: &mut [Run], before: usize, after: usize) -> Point {
    let (a, b) = (runs[before], runs[after]);
    let (curve_a, curve_b) = (&flat.curves[a.curve as usize], &flat.curves[b.curve as usize]);
    if let Some(p) = end_at(curve_a, a.t1).or_else(|| end_at(curve_b, b.t0)) {
        return p;
    }
    match meet(curve_a, a.t1, curve_b, b.t0, flat.tolerance()) {
        Some((ta, tb, p)) => {
            runs[before].t1 = ta;
            runs[after].t0 = tb;
            p
        }
        None => flat.point(b.from),
    }
}

fn end_at(curve: &PathSeg, t: f64) -> Option<Point> {
    if t == 0.0 {
        Some(curve.start())
    } else if t == 1.0 {
        Some(curve.end())
    } else {
        None
    }
}

/// Newton's method for `a(ta) = b(tb)` from a start near the solution; `None` if it leads away.
fn meet(a: &PathSeg, ta: f64, b: &PathSeg, tb: f64, tolerance: f64) -> Option<(f64, f64, Point)> {
    let start = a.eval(ta);
    let (mut s, mut t) = (ta, tb);
    for _ in 0..4 {
        let gap = b.eval(t) - a.eval(s);
        let (da, db) = (derivative(a, s), derivative(b, t));
        let det = da.cross(db);
        // Nearly parallel: a step would be wild.
        if det.abs() <= 1e-3 * libm::sqrt(da.hypot2() * db.hypot2()) {
            return None;
        }
        s += gap.cross(db) / det;
        t += gap.cross(da) / det;
    }
    let p = a.eval(s);
    let near = |q: Point| (q - start).hypot2() <= 16.0 * tolerance * tolerance;
    let inside = (0.0..=1.0).contains(&s) && (0.0..=1.0).contains(&t);
    (inside && near(p) && near(b.eval(t))).then_some((s, t, p))
}

fn derivative(curve: &PathSeg, t: f64) -> Vec2 {
    match curve {
        PathSeg::Line(line) => line.p1 - line.p0,
        PathSeg::Quad(quad) => quad.deriv().eval(t).to_vec2(),
        PathSeg::Cubic(cubic) => cubic.deriv().eval(t).to_vec2(),
    }
}

/// Appends a run from `start` to `end`; control points move along with the end that they belong to.
fn append(flat: &Flat, run: &Run, start: Point, end: Point, out: &mut BezPath) {
    let curve = &flat.curves[run.curve as usize];
    let curve = if run.t0 <= run.t1 {
        cut(curve, run.t0, run.t1)
    } else {
        cut(curve, run.t1, run.t0).reverse()
    };
    match curve {
        PathSeg::Line(_) => out.line_to(end),
        PathSeg::Quad(q) => {
            out.quad_to(q.p1 + ((start - q.p0) + (end - q.p2)) / 2.0, end);
        }
        PathSeg::Cubic(c) => out.curve_to(c.p1 + (start - c.p0), c.p2 + (end - c.p3), end),
    }
}

fn cut(curve: &PathSeg, t0: f64, t1: f64) -> PathSeg {
    if t0 == 0.0 && t1 == 1.0 { *curve } else { curve.subsegment(t0..t1) }
}
