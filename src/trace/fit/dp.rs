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

/// Finds the cheapest sequence.
pub(super) fn cheapest(samples: &Samples, knots: &[Knot], lambda: f64) -> Vec<Piece> {
    let count = knots.len();
    let mut best: Vec<(f64, Piece)> = Vec::with_capacity(count);
    best.push((0.0, Piece { from: 0, to: 0, kind: Kind::Line }));
    let mut open: Vec<usize> = vec![0];
    for to in 1..count {
        let mut winner = (f64::INFINITY, Piece { from: to - 1, to, kind: Kind::Line });
        let mut lost = vec![f64::NEG_INFINITY; open.len()];
        for (slot, &from) in open.iter().enumerate() {
            let base = best[from].0;
            if knots[from].index >= knots[to].index {
                continue;
            }
            if base + LINE_PARAMS * lambda >= winner.0 {
                continue;
            }
            let misfit = 0.5 * line_chi2(samples, &knots[from], &knots[to]);
            let cost = base + misfit + LINE_PARAMS * lambda;
            if cost < winner.0 {
                winner = (cost, Piece { from, to, kind: Kind::Line });
            }
            lost[slot] = base + misfit;
            if misfit <= (CUBIC_PARAMS - LINE_PARAMS) * lambda
                || base + CUBIC_PARAMS * lambda >= winner.0
            {
                lost[slot] = lost[slot].min(base);
                continue;
            }
            let (a, b) = (&knots[from], &knots[to]);
            let ends = [a, b].map(|knot| (knot.point, samples.along_px[knot.index]));
            let Some(fit) = fit_cubic(samples, a.first, b.last, ends[0], ends[1]) else { continue };
            let misfit = 0.5 * fit.chi2;
            lost[slot] = lost[slot].min(base + misfit);
            let cost = base + misfit + CUBIC_PARAMS * lambda;
            if cost < winner.0 {
                winner = (cost, Piece { from, to, kind: Kind::Cubic(fit.curve) });
            }
        }
        // Misfit estimated from few points may be too high by chance: leave some room.
        let limit = winner.0 + 2.0 * lambda;
        let mut slot = 0;
        open.retain(|_| {
            slot += 1;
            lost[slot - 1] < limit
        });
        if !winner.0.is_finite() {
            winner.0 = best[to - 1].0 + CUBIC_PARAMS * lambda;
        }
        best.push(winner);
        open.push(to);
    }
    let mut pieces = Vec::new();
    let mut at = count - 1;
    while at > 0 {
        pieces.push(best[at].1);
        at = best[at].1.from;
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
