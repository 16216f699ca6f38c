//! The cheapest sequence of segments from the first knot to the last, by dynamic programming.
//!
//! The cost of a segment is half its chi² plus λ for every number it takes to write down (line 2,
//! cubic 6): minus the logarithm of its posterior probability, and the same criterion for every
//! edge of every drawing. λ is the logarithm of the number of places a coordinate can tell apart.
//!
//! The search is exact over the knots, but for the pruning: an end that has already lost against
//! another by its misfit alone will not win later (Killick, Fearnhead and Eckley 2012, "PELT"),
//! because a longer run is never explained better than its part.

use kurbo::CubicBez;

use super::cubic::fit_cubic;
use super::knot::Knot;
use super::samples::Samples;

/// What one segment is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A line between its ends.
    Line,
    /// A cubic; its ends are the knots'.
    Cubic(CubicBez),
}

/// One segment of the solution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Index of the knot that it starts from.
    pub from: usize,
    /// Index of the knot that it ends at.
    pub to: usize,
    /// What it is.
    pub kind: Kind,
}

/// Numbers that describe a line, once its start is known.
pub(super) const LINE_PARAMS: f64 = 2.0;
/// Numbers that describe a cubic, once its start is known.
pub(super) const CUBIC_PARAMS: f64 = 6.0;
/// A line must pass a corner within about this much, in px.
const CORNER_SIGMA_PX: f64 = 0.15;

/// Numbers that a corner adds: the second direction.
pub(super) const CORNER_PARAMS: f64 = 1.5;

/// The cheapest way to a knot with a last segment of one kind.
#[derive(Clone, Copy)]
struct Way {
    cost: f64,
    last: Piece,
}

/// The cheapest ways to a knot that end in a line and in a cubic.
#[derive(Clone, Copy)]
struct Ways([Way; 2]);

impl Ways {
    fn best(&self) -> &Way {
        if self.0[1].cost < self.0[0].cost { &self.0[1] } else { &self.0[0] }
    }
}

/// Finds the cheapest sequence.
pub(super) fn cheapest(samples: &Samples, knots: &[Knot], lambda: f64) -> Vec<Piece> {
    let count = knots.len();
    let none = |to: usize| Way {
        cost: f64::INFINITY,
        last: Piece { from: to.saturating_sub(1), to, kind: Kind::Line },
    };
    let mut ways: Vec<Ways> = Vec::with_capacity(count);
    ways.push(Ways([none(0), Way { cost: 0.0, ..none(0) }]));
    let mut open: Vec<usize> = vec![0];
    let mut lost = Vec::new();
    for to in 1..count {
        let mut best = Ways([none(to); 2]);
        lost.clear();
        for &from in &open {
            lost.push(f64::NEG_INFINITY);
            let (a, b) = (&knots[from], &knots[to]);
            if a.index >= b.index {
                continue;
            }
            let before = &ways[from];
            let base = before.best().cost;
            if base + LINE_PARAMS * lambda >= best.best().cost {
                continue;
            }
            let misfit = 0.5 * line_chi2(samples, a, b);
            // Two lines do not meet smoothly.
            let kink = if a.corner { 0.0 } else { CORNER_PARAMS * lambda };
            let cost =
                before.0[1].cost.min(before.0[0].cost + kink) + misfit + LINE_PARAMS * lambda;
            if cost < best.0[0].cost {
                best.0[0] = Way { cost, last: Piece { from, to, kind: Kind::Line } };
            }
            if misfit <= (CUBIC_PARAMS - LINE_PARAMS) * lambda
                || base + CUBIC_PARAMS * lambda >= best.best().cost
            {
                continue;
            }
            let ends = [a, b].map(|knot| (knot.point, samples.along_px[knot.index]));
            let Some(fit) = fit_cubic(samples, a.first, b.last, ends[0], ends[1]) else { continue };
            let misfit = 0.5 * fit.chi2;
            if let Some(last) = lost.last_mut() {
                *last = base + misfit;
            }
            let cost = base + misfit + CUBIC_PARAMS * lambda;
            if cost < best.0[1].cost {
                best.0[1] = Way { cost, last: Piece { from, to, kind: Kind::Cubic(fit.curve) } };
            }
        }
        // Misfit estimated from few points may be too high by chance: leave some room.
        let limit = best.best().cost + 2.0 * lambda;
        let mut slot = 0;
        open.retain(|_| {
            slot += 1;
            lost[slot - 1] < limit
        });
        let corner = if knots[to].corner { CORNER_PARAMS * lambda + knots[to].misfit } else { 0.0 };
        for way in &mut best.0 {
            way.cost += corner;
        }
        if best.best().cost.is_infinite() && knots[to].index > knots[to - 1].index {
            best.0[0].cost = ways[to - 1].best().cost + CUBIC_PARAMS * lambda;
        }
        ways.push(best);
        open.push(to);
    }
    let mut pieces = Vec::new();
    let mut at = count - 1;
    let mut way = *ways[at].best();
    while at > 0 {
        pieces.push(way.last);
        at = way.last.from;
        let before = &ways[at];
        let kink = if knots[at].corner { 0.0 } else { CORNER_PARAMS * lambda };
        let line = matches!(way.last.kind, Kind::Line);
        way = if before.0[0].cost + if line { kink } else { 0.0 } < before.0[1].cost {
            before.0[0]
        } else {
            before.0[1]
        };
    }
    pieces.reverse();
    pieces
}

/// How badly a line explains the points between two knots.
fn line_chi2(samples: &Samples, a: &Knot, b: &Knot) -> f64 {
    let past = |distance: f64| distance * distance / (CORNER_SIGMA_PX * CORNER_SIGMA_PX);
    if b.last >= a.first + 3
        && let Some(line) = samples.line(a.first, b.last)
    {
        let ends = [a, b].into_iter().filter(|knot| knot.corner);
        return line.chi2 + ends.map(|knot| past(line.distance(knot.point))).sum::<f64>();
    }
    // Too few points for a line of their own: between corners this close all are blunted.
    let chord = b.point - a.point;
    let length = chord.hypot();
    (a.index + 1..b.index)
        .map(|k| {
            if length > 0.0 { past(chord.cross(samples.points[k] - a.point) / length) } else { 0.0 }
        })
        .sum()
}
