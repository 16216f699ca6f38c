//! Where the edge may have a corner, and where exactly that corner is.
//!
//! An antialiased corner is blunt: the points within a pixel of it lie inside of the true corner,
//! the more so the sharper it is. So a corner is found by comparing the directions of its two
//! sides a little away from it, and placed where the two sides, fitted without the blunted
//! points, meet. This only proposes: whether a corner pays is for the [dynamic
//! programme](super::dp) to say.

use kurbo::{Point, Vec2};

use super::samples::Samples;
use crate::order;

/// A place that may be a corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    /// Index of the point nearest to it.
    pub index: usize,
    /// Where its sides meet.
    pub point: Point,
    /// How much the edge turns there, in radians, without sign.
    pub turn: f64,
    /// Along each side, the length in which points are blunted, in px.
    pub blunt_px: f64,
}

/// The directions of the sides are first compared over this length, in px.
const REACH_PX: f64 = 2.5;
/// A side is fitted to this much of its length, in px.
const SIDE_PX: f64 = 5.0;
/// Between two points as close as this only the sharper one can be a corner, in px.
const APART_PX: f64 = 1.2;
/// Two corners this close may as well be one that is blunted, in px.
const LONE_PX: f64 = 3.0;

/// Finds the places that turn by more than `least_turn` radians and are sharper than an arc.
///
/// Two places close together may be two corners, as at the end of a hairline, or one blunted
/// corner: then both and the one in their stead are proposed.
pub(super) fn corners(samples: &Samples, least_turn: f64) -> Vec<Corner> {
    let turns = turns(samples, least_turn);
    let mut corners = Vec::new();
    for apart_px in [LONE_PX, APART_PX] {
        let places = sharpest(samples, &turns, least_turn, apart_px);
        for corner in located(samples, &places, least_turn) {
            let known = |other: &Corner| {
                (other.point - corner.point).hypot() < 0.1 && other.index == corner.index
            };
            if !corners.iter().any(known) {
                corners.push(corner);
            }
        }
    }
    order::by_key(&mut corners, |corner| corner.index as u64);
    corners
}

/// Fits the sides of each place; those whose sides do not meet there are none.
fn located(samples: &Samples, places: &[usize], least_turn: f64) -> Vec<Corner> {
    let total = samples.along_px.last().copied().unwrap_or(0.0);
    let count = places.len();
    let mut corners = Vec::with_capacity(count);
    for (k, &index) in places.iter().enumerate() {
        let here = samples.along_px[index];
        // How far the next place is, on each side; around the ring where closed.
        let gap = |other: Option<usize>, limit: f64, sign: f64| {
            let Some(other) = other else { return limit };
            let d = sign * (samples.along_px[places[other]] - here);
            if d > 0.0 { d } else { d + total }
        };
        let (before, after) = if samples.closed {
            (Some((k + count - 1) % count), Some((k + 1) % count))
        } else {
            (k.checked_sub(1), (k + 1 < count).then_some(k + 1))
        };
        let (before, after) = (gap(before, here, -1.0), gap(after, total - here, 1.0));
        let mut found = None;
        // Once more with the length that the turn found calls for.
        let mut blunt = blunt_px(core::f64::consts::FRAC_PI_2);
        for _ in 0..2 {
            let side = |gap: f64, sign: f64| {
                let from = blunt.min(0.4 * gap);
                Side::fit(samples, here, sign * from, sign * (blunt + SIDE_PX).min(gap - from))
            };
            let Some((point, turn)) =
                meet(&side(before, -1.0), &side(after, 1.0), samples.points[index])
            else {
                break;
            };
            blunt = blunt_px(turn);
            found = Some((point, turn));
        }
        let Some((point, turn)) = found else { continue };
        if turn >= least_turn && (point - samples.points[index]).hypot() < 0.7 + blunt {
            corners.push(Corner { index, point, turn, blunt_px: blunt });
        }
    }
    corners
}

/// Along each side of a corner of this turn, the length in which its points are blunted: where
/// a pixel can still touch both sides, in px.
fn blunt_px(turn: f64) -> f64 {
    let half_inside = 0.5 * (core::f64::consts::PI - turn.abs());
    let tangent = libm::tan(half_inside.clamp(0.05, 1.57));
    (0.7 + 0.5 / tangent).clamp(0.8, 4.0)
}

/// How much the chords to both sides of each point turn, in radians.
fn turns(samples: &Samples, least_turn: f64) -> Vec<f64> {
    let n = if samples.closed { samples.len() - 1 } else { samples.len() };
    let total = samples.along_px[samples.len() - 1];
    let reach = REACH_PX.min(0.2 * total);
    let turn = |k: usize| {
        let s = samples.along_px[k];
        if !samples.closed && (s < 1.0 || s > total - 1.0) {
            return 0.0;
        }
        let (p, a, b) =
            (samples.points[k], samples.point_at(s - reach), samples.point_at(s + reach));
        let turn = angle_between(p - a, b - p).abs();
        if turn < least_turn { 0.0 } else { turn }
    };
    (0..n).map(turn).collect()
}

/// Indices of the points that turn more than all others within `apart_px`, the first of equals.
fn sharpest(samples: &Samples, turns: &[f64], least_turn: f64, apart_px: f64) -> Vec<usize> {
    let n = turns.len();
    let total = samples.along_px[samples.len() - 1];
    let mut found = Vec::new();
    for (k, &turn) in turns.iter().enumerate() {
        if turn < least_turn {
            continue;
        }
        let beaten = |sign: isize| {
            for step in 1..n as isize {
                let other = k as isize + sign * step;
                let other = if samples.closed { other.rem_euclid(n as isize) } else { other };
                let Some(&rival) = usize::try_from(other).ok().and_then(|o| turns.get(o)) else {
                    break;
                };
                let d = (samples.along_px[other as usize] - samples.along_px[k]).abs();
                if d.min(if samples.closed { total - d } else { d }) >= apart_px {
                    break;
                }
                if rival > turn || (sign < 0 && rival == turn) {
                    return true;
                }
            }
            false
        };
        if !beaten(-1) && !beaten(1) {
            found.push(k);
        }
    }
    found
}

/// The angle from `a` to `b` in radians, −π to π.
pub(super) fn angle_between(a: Vec2, b: Vec2) -> f64 {
    libm::atan2(a.cross(b), a.dot(b))
}

/// One side of a corner: a line or a parabola in a frame along it.
#[derive(Clone, Copy)]
struct Side {
    origin: Point,
    /// Unit vector in the direction of travel.
    direction: Vec2,
    /// Height over the frame's axis: c₀ + c₁x + c₂x².
    c: [f64; 3],
}

impl Side {
    /// Fits the points between two offsets from `here`, both of one sign, in px.
    fn fit(samples: &Samples, here: f64, near: f64, far: f64) -> Self {
        let (a, b) = (samples.point_at(here + near), samples.point_at(here + far));
        let run = if near < 0.0 || far < 0.0 { a - b } else { b - a };
        let length = run.hypot();
        let direction = if length > 0.0 { run / length } else { Vec2::new(1.0, 0.0) };
        // Even steps of half a pixel see every point, and need no wrapping of indices.
        let steps = ((far - near).abs() / 0.5) as usize;
        let mut side = Self { origin: a, direction, c: [0.0; 3] };
        if steps < 3 {
            return side;
        }
        let at = |k: usize| {
            let v = samples.point_at(here + near + (far - near) * k as f64 / steps as f64) - a;
            (v.dot(direction), direction.cross(v))
        };
        let mut m = [0.0; 8];
        for k in 0..=steps {
            let (x, y) = at(k);
            for (sum, term) in
                m.iter_mut().zip([1.0, x, x * x, x * x * x, x * x * x * x, y, x * y, x * x * y])
            {
                *sum += term;
            }
        }
        let [s0, s1, s2, s3, s4, y0, y1, y2] = m;
        let det = s0 * s2 - s1 * s1;
        let line = [(s2 * y0 - s1 * y1) / det, (s0 * y1 - s1 * y0) / det, 0.0];
        let det3 = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
        let bent = [
            (y0 * (s2 * s4 - s3 * s3) - s1 * (y1 * s4 - y2 * s3) + s2 * (y1 * s3 - y2 * s2)) / det3,
            (s0 * (y1 * s4 - y2 * s3) - y0 * (s1 * s4 - s2 * s3) + s2 * (s1 * y2 - s2 * y1)) / det3,
            (s0 * (s2 * y2 - s3 * y1) - s1 * (s1 * y2 - s2 * y1) + y0 * (s1 * s3 - s2 * s2)) / det3,
        ];
        let residual = |c: [f64; 3]| {
            (0..=steps)
                .map(at)
                .map(|(x, y)| y - c[0] - x * (c[1] + x * c[2]))
                .map(|r| r * r)
                .sum::<f64>()
        };
        // A bend must be worth it: three points, or a length that says little, make none.
        let bends = steps >= 7
            && bent.iter().all(|c| c.is_finite())
            && residual(line) > 0.004 + 4.0 * residual(bent);
        side.c = if bends { bent } else { line };
        if !side.c.iter().all(|c| c.is_finite()) {
            side.c = [0.0; 3];
        }
        side
    }

    /// The tangent line where `p` projects onto it: a point and a direction.
    fn tangent(&self, p: Point) -> (Point, Vec2) {
        let x = (p - self.origin).dot(self.direction);
        let left = Vec2::new(-self.direction.y, self.direction.x);
        let [c0, c1, c2] = self.c;
        (
            self.origin + x * self.direction + (c0 + x * (c1 + x * c2)) * left,
            self.direction + (c1 + 2.0 * x * c2) * left,
        )
    }
}

/// Where two sides meet near `p`, and the turn there in radians.
fn meet(back: &Side, ahead: &Side, mut p: Point) -> Option<(Point, f64)> {
    let mut turn = 0.0;
    for _ in 0..3 {
        let ((a, u), (b, v)) = (back.tangent(p), ahead.tangent(p));
        turn = angle_between(u, v).abs();
        let cross = u.cross(v);
        if cross.abs() < 0.02 * u.hypot() * v.hypot() {
            return None;
        }
        p = a + u * ((b - a).cross(v) / cross);
    }
    p.is_finite().then_some((p, turn))
}
