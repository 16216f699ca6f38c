//! The places where a segment may end: few enough that every run between two of them can be
//! tried, placed where drawings have their nodes.
//!
//! These are the possible corners, the ends of straight runs, the extrema in x and y, and between
//! them a knot for every so many degrees that the edge turns.

use kurbo::{Point, Vec2};

use super::corner::{Corner, angle_between};
use super::samples::Samples;
use crate::order;

/// A place where a segment may end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Knot {
    /// Index of its point.
    pub index: usize,
    /// Where it is.
    pub point: Point,
    /// Whether the edge has a corner here; if not, it is smooth.
    pub corner: bool,
    /// How badly the points around a corner fit it: part of the cost.
    pub misfit: f64,
    /// The points before this index belong to a segment that ends here: those after are blunted.
    pub last: usize,
    /// The points from this index on belong to a segment that starts here.
    pub first: usize,
}

/// Between knots a curve turns at most this much, in radians.
const TURN: f64 = 0.28;
/// A corner that turns less may be a smooth bend, in radians.
const BEND: f64 = 1.2;
/// A straight run ends where the edge turns away by more than this, in radians, and by more than
/// an arc would on which the same run is straight within [`BOW_PX`].
const TURN_AWAY: f64 = 0.012;
/// See there.
const BOW_PX: f64 = 0.05;
/// Antialiasing takes up to this much off a corner, in px².
const BLUNT_PX2: f64 = 0.45;
/// Standard deviation of that, in px².
const BLUNT_SIGMA_PX2: f64 = 0.08;
/// Directions are taken over chords of this many pixels.
const CHORD_PX: f64 = 4.0;
/// A straight run shorter than this does not get knots of its own, in px.
const RUN_PX: f64 = 5.0;
/// No two smooth knots are closer than this, in px.
const APART_PX: f64 = 1.5;

/// Places knots. The first and the last point always get one.
pub(super) fn knots(samples: &Samples, corners: &[Corner]) -> Vec<Knot> {
    let n = samples.len();
    let mut knots: Vec<Knot> = corners.iter().map(|corner| at_corner(samples, corner)).collect();
    // A gentle corner may be a bend after all.
    knots.extend(corners.iter().filter(|c| c.turn < BEND).map(|c| smooth(samples, c.index)));
    for end in [0, n - 1] {
        if !knots.iter().any(|knot| knot.index == end) {
            let junction = !samples.closed;
            knots.push(Knot { corner: junction, ..smooth(samples, end) });
        }
    }
    order::by_key(&mut knots, |knot| knot.index as u64);
    let hard = knots.clone();
    for pair in hard.windows(2) {
        if pair[0].index >= pair[1].index {
            continue;
        }
        let (from, to) = (pair[0].first.min(n), pair[1].last.min(n));
        if to <= from + 2 || samples.line(from, to).is_some_and(|line| straight(&line, to - from)) {
            continue;
        }
        let mut soft = run_ends(samples, from, to);
        soft.extend(extrema(samples, from, to));
        soft.sort_unstable();
        soft.push(pair[1].index);
        let mut last = pair[0].index;
        for index in soft {
            fill(samples, last, index, &mut knots);
            let room = |other: usize| samples.along_px[index] - samples.along_px[other] >= APART_PX;
            if index < pair[1].index
                && room(last)
                && samples.along_px[pair[1].index] - samples.along_px[index] >= APART_PX
            {
                knots.push(smooth(samples, index));
                last = index;
            }
        }
    }
    order::by_key(&mut knots, |knot| knot.index as u64);
    knots
}

fn smooth(samples: &Samples, index: usize) -> Knot {
    Knot {
        index,
        point: samples.points[index],
        corner: false,
        misfit: 0.0,
        last: index + 1,
        first: index,
    }
}

fn at_corner(samples: &Samples, corner: &Corner) -> Knot {
    let s = samples.along_px[corner.index];
    let (last, first) = (samples.at_px(s - corner.blunt_px), samples.at_px(s + corner.blunt_px));
    // A true corner loses little area to antialiasing, a rounded one more.
    let run = &samples.points[last.saturating_sub(1)..(first + 1).min(samples.len())];
    let lost_px2: f64 = run
        .windows(2)
        .map(|pair| 0.5 * (pair[0] - corner.point).cross(pair[1] - corner.point))
        .sum();
    let excess = (lost_px2.abs() - BLUNT_PX2).max(0.0) / BLUNT_SIGMA_PX2;
    Knot {
        index: corner.index,
        point: corner.point,
        corner: true,
        misfit: 0.5 * excess * excess,
        last,
        first,
    }
}

/// Whether the points are as near to the line as their noise explains.
fn straight(line: &super::samples::LineFit, count: usize) -> bool {
    line.chi2 < 8.0 + 1.5 * count as f64
}

/// Ends of the longest straight runs.
fn run_ends(samples: &Samples, from: usize, to: usize) -> Vec<usize> {
    let fits = |a: usize, b: usize| samples.line(a, b).is_some_and(|line| straight(&line, b - a));
    let mut ends = Vec::new();
    let mut a = from;
    while a + 3 < to {
        // Gallop to the longest run from here, then back to where it really starts.
        let mut b = a + reach(to - a, |k| fits(a, a + k));
        b = b.max(a + 2).min(to);
        let start = b - reach(b - from, |k| fits(b - k, b)).max(2).min(b - from);
        let (tail, head) = (samples.along_px[start], samples.along_px[b - 1]);
        if head - tail >= RUN_PX
            && let Some(line) = samples.line(start, b)
        {
            let length = head - tail;
            let arc = 6.0 * BOW_PX * (length + CHORD_PX) / (length * length);
            let turns = |from: Point, to: Point| {
                angle_between(line.direction, to - from).abs() > arc.max(TURN_AWAY)
            };
            let limits = (samples.along_px[from], samples.along_px[to - 1]);
            if tail > limits.0
                && turns(samples.point_at((tail - CHORD_PX).max(limits.0)), samples.points[start])
            {
                ends.push(start);
            }
            if head < limits.1
                && turns(samples.points[b - 1], samples.point_at((head + CHORD_PX).min(limits.1)))
            {
                ends.push(b - 1);
            }
        }
        a = b.max(a + 1);
    }
    ends
}

/// The greatest `k` up to `most` for which `holds`, as far as doubling and halving can tell.
fn reach(most: usize, holds: impl Fn(usize) -> bool) -> usize {
    let mut good = 2.min(most);
    let mut bad = most + 1;
    let mut step = 4;
    while good + step < bad {
        if holds(good + step) {
            good += step;
            step *= 2;
        } else {
            bad = good + step;
        }
        if good + step > most {
            break;
        }
    }
    while good + 1 < bad {
        let middle = usize::midpoint(good, bad);
        if middle <= most && holds(middle) { good = middle } else { bad = middle }
    }
    good
}

/// Where the edge runs exactly upright or level between running both ways.
fn extrema(samples: &Samples, from: usize, to: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for axis in [Vec2::new(1.0, 0.0), Vec2::new(0.0, 1.0)] {
        let mut sign = 0.0;
        let mut flattest = (f64::INFINITY, from);
        for k in from..to {
            let slope = direction(samples, k, from, to).dot(axis);
            if slope.abs() < 0.12 {
                if slope.abs() < flattest.0 {
                    flattest = (slope.abs(), k);
                }
                continue;
            }
            if sign * slope < 0.0 && flattest.0.is_finite() {
                found.push(flattest.1);
            }
            sign = slope;
            flattest = (f64::INFINITY, k);
        }
    }
    found
}

/// Unit direction at a point, from the chord around it.
fn direction(samples: &Samples, k: usize, from: usize, to: usize) -> Vec2 {
    let s = samples.along_px[k];
    let (low, high) = (samples.along_px[from], samples.along_px[to - 1]);
    let a = samples.point_at((s - 0.5 * CHORD_PX).max(low));
    let b = samples.point_at((s + 0.5 * CHORD_PX).min(high));
    let v = b - a;
    let length = v.hypot();
    if length > 0.0 { v / length } else { Vec2::ZERO }
}

/// Knots between two others, one for every [`TURN`].
fn fill(samples: &Samples, from: usize, to: usize, knots: &mut Vec<Knot>) {
    let (a, b) = (samples.along_px[from], samples.along_px[to]);
    let chords = ((b - a) / CHORD_PX) as usize;
    if b - a < 2.0 * APART_PX
        || samples.line(from, to + 1).is_some_and(|line| straight(&line, to - from))
    {
        return;
    }
    let at = |k: usize| samples.point_at(a + (b - a) * k as f64 / (chords + 1) as f64);
    // Turning so far at the end of each chord.
    let mut turned = vec![0.0; chords + 1];
    for k in 1..=chords {
        let (u, v) = (at(k) - at(k - 1), at(k + 1) - at(k));
        turned[k] = turned[k - 1] + angle_between(u, v).abs();
    }
    let total = turned[chords];
    let most = ((b - a) / APART_PX) as usize;
    let parts = ((total / TURN) as usize + 2).min(most);
    let mut chord = 0;
    for part in 1..parts {
        // Half by turning, half by length: gentle stretches need some knots too.
        let share = part as f64 / parts as f64;
        let progress = |k: usize| {
            let by_turn = if total > 0.0 { turned[k] / total } else { 0.0 };
            0.75 * by_turn + 0.25 * k as f64 / (chords + 1) as f64
        };
        while chord < chords && progress(chord) < share {
            chord += 1;
        }
        let (lo, hi) =
            (progress(chord.saturating_sub(1)), if chord < chords { progress(chord) } else { 1.0 });
        let t = if hi > lo { ((share - lo) / (hi - lo)).clamp(0.0, 1.0) } else { 0.5 };
        let s = a + (b - a) * (chord.saturating_sub(1) as f64 + t) / (chords + 1) as f64;
        let index = samples.at_px(s);
        if index > from && index < to {
            knots.push(smooth(samples, index));
        }
    }
}
