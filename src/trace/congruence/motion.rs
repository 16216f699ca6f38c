//! Motions that take one contour onto another, or onto itself.
//!
//! Places along both are compared by their distance from the middle, at all shifts and in both
//! directions; what fits is refined until the distances across the contours are least (iterative
//! closest points, measured to lines; Y. Chen and G. Medioni, "Object modelling by registration of
//! multiple range images", 1992).

use core::f64::consts::{FRAC_PI_2, TAU};

use kurbo::{Affine, Point, Vec2};

use super::ring::{PLACES, Ring};
use crate::order;
use crate::trace::fit::solve;

/// How far distances from the middle may differ on the mean, in px, and beyond that in shares of
/// the way from place to place.
const NEAR_PX: f64 = 0.4;
const NEAR: f64 = 0.2;
/// Most shifts that are refined.
const MOST: usize = 12;
/// Rounds of refinement, and points that are looked at in each.
const ROUNDS: usize = 4;
const LOOKS: usize = 400;
/// How far apart contours may be after a round, on the mean, in standard deviations and in px.
const FAR: f64 = 4.0;
const FAR_PX: f64 = 0.1;
/// How far from where it is expected a point's other is looked for, in px, and as a share of the way
/// from place to place.
const REACH_PX: f64 = 3.0;
const REACH: f64 = 0.2;
/// A turn is a quarter, or a part of a full one, if it is off by no more than this at the radius, in px.
const TURNED_PX: f64 = 0.08;
/// Parts that a full turn may have.
const MOST_PARTS: usize = 12;
/// How far points may be apart on the mean, in standard deviations.
const LIKE: f64 = 2.0;
/// Share of the points that have to be away from corners, and how many at least.
const SEEN: f64 = 0.7;
const LEAST_SEEN: usize = 16;
/// Points of which means are taken: what is left there is drawn.
const STRETCH: usize = 16;
/// The median difference of two that deviate normally, in standard deviations.
const MEDIAN_STEP: f64 = 0.954;
/// How far those means may be off, usually and anywhere, in standard deviations; and beyond that in px.
const DEVIATIONS: [f64; 2] = [2.0, 6.0];
const USUAL_PX: f64 = 0.005;

/// Takes one contour onto another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Motion {
    pub map: Affine,
    /// Where the other's start lies along the one that is moved, in px,
    start_px: f64,
    /// and how far one walks along that for each px along the other, backward if negative.
    pace: f64,
    /// Whether it is reflected.
    pub mirrored: bool,
}

impl Motion {
    /// How far the moved contour `from` lies to the left of point `i` of `onto`, in px; none at corners.
    pub fn off_px(&self, from: &Ring, onto: &Ring, i: usize) -> Option<f64> {
        let (p, on) = (onto.located.points[i], self.beside(from, onto, i)?);
        Some((on - p).dot(onto.normal(i)))
    }

    /// The moved contour's point beside point `i` of another.
    fn beside(&self, from: &Ring, onto: &Ring, i: usize) -> Option<Point> {
        let along = self.start_px + self.pace * onto.along_px[i];
        let reach = REACH_PX + REACH * from.length_px() / PLACES as f64;
        from.nearest(self.map.inverse() * onto.located.points[i], along, reach)
            .map(|p| self.map * p)
    }

    /// Angle of the turn, or twice that of the axis, in radians.
    fn angle(&self) -> f64 {
        let [a, b, ..] = self.map.as_coeffs();
        libm::atan2(b, a)
    }

    fn moved(self, by: Affine) -> Self {
        Self { map: by * self.map, ..self }
    }
}

/// The motions that take `from` onto `onto`, as well as that can be measured; the plainest first. If
/// they are the same, those that are not nothing.
pub(super) fn motions(from: &Ring, onto: &Ring, same: bool) -> Vec<Motion> {
    let mut starts = [false, true].map(|mirrored| starts(from, onto, mirrored, same)).concat();
    order::by_key(&mut starts, |(_, off)| order::float(*off));
    starts.truncate(MOST);
    let refined = starts.into_iter().filter_map(|(start, _)| refined(start, from, onto, same));
    let mut found: Vec<Motion> = refined.collect();
    let last = |motion: &Motion| if motion.mirrored { TAU } else { 0.0 };
    order::by_key(&mut found, |motion| order::float(motion.angle().abs() + last(motion)));
    found
}

/// Shifts at which distances from the middle agree, and how far off they are there.
fn starts(from: &Ring, onto: &Ring, mirrored: bool, same: bool) -> Vec<(Motion, f64)> {
    let backward = mirrored != (from.clockwise != onto.clockwise);
    let off = |shift: usize| {
        let other = |i: usize| if backward { shift + PLACES - i } else { shift + i };
        let apart = |i: usize| onto.radii_px[i] - from.radii_px[other(i) % PLACES];
        let squares: f64 = (0..PLACES).map(|i| apart(i) * apart(i)).sum();
        squares / PLACES as f64
    };
    let off: Vec<f64> = (0..PLACES).map(off).collect();
    let step_px = from.length_px() / PLACES as f64;
    let most = NEAR_PX + NEAR * step_px;
    let found = (0..PLACES).filter_map(|shift| {
        let (before, here, after) =
            (off[(shift + PLACES - 1) % PLACES], off[shift], off[(shift + 1) % PLACES]);
        let nothing = same && !mirrored && shift.min(PLACES - shift) < PLACES / MOST_PARTS / 2;
        if nothing || here > before || here >= after || here > most * most {
            return None;
        }
        let curved = before + after - 2.0 * here;
        let start = shift as f64 + 0.5 * (before - after) / curved;
        let pace = from.length_px() / onto.length_px() * if backward { -1.0 } else { 1.0 };
        let map = nearly(from, onto, start, backward, mirrored);
        Some((Motion { map, start_px: start * step_px, pace, mirrored }, here))
    });
    found.collect()
}

/// The motion that takes places onto places, by least squares.
fn nearly(from: &Ring, onto: &Ring, start: f64, backward: bool, mirrored: bool) -> Affine {
    let flip = if mirrored { Affine::FLIP_Y } else { Affine::IDENTITY };
    let (mut dot, mut cross) = (0.0, 0.0);
    for i in 0..PLACES {
        let i = i as f64;
        let a = onto.place(i) - onto.center;
        let b = from.place(if backward { start - i } else { start + i }) - from.center;
        let b = (flip * b.to_point()).to_vec2();
        dot += b.dot(a);
        cross += b.cross(a);
    }
    Affine::translate(onto.center.to_vec2())
        * Affine::rotate(libm::atan2(cross, dot))
        * flip
        * Affine::translate(-from.center.to_vec2())
}

/// A motion with the least distances, if those are what the points are uncertain by.
fn refined(start: Motion, from: &Ring, onto: &Ring, same: bool) -> Option<Motion> {
    let mut motion = start;
    let most_px = FAR * sigma_px(from, onto) + FAR_PX;
    for round in 0..ROUNDS {
        let (by, off_px) = nearer(&motion, from, onto, true)?;
        if round > 0 && off_px > most_px {
            return None;
        }
        motion = motion.moved(by);
    }
    let angle = motion.angle();
    let quarters = (angle / FRAC_PI_2).round() * FRAC_PI_2;
    let is_near = |even: &f64| ((angle - even) * onto.radius_px).abs() < TURNED_PX;
    let parts = (2..=MOST_PARTS).map(|order| {
        let order = order as f64;
        (angle / (TAU / order)).round() * (TAU / order)
    });
    let even = if same && !motion.mirrored {
        Some(parts.filter(|even| *even != 0.0).find(is_near)?)
    } else {
        Some(quarters).filter(is_near)
    };
    if let Some(even) = even {
        motion = motion.moved(Affine::rotate_about(even - angle, onto.center));
        motion = motion.moved(nearer(&motion, from, onto, false)?.0);
    }
    if same && motion.mirrored {
        // What is reflected twice is where it was: nothing moves along the axis.
        let axis = 0.5 * motion.angle();
        let along = Vec2::new(libm::cos(axis), libm::sin(axis));
        let slid = (motion.map * onto.center - onto.center).dot(along);
        motion = motion.moved(Affine::translate(-slid * along));
    }
    is_like(&motion, from, onto).then_some(motion)
}

/// The small motion that brings a contour nearer to the other, with or without a turn, and how far off
/// it was on the mean, in px.
fn nearer(motion: &Motion, from: &Ring, onto: &Ring, turns: bool) -> Option<(Affine, f64)> {
    let n = onto.located.points.len();
    let looks = n.min(LOOKS);
    let (mut normal, mut right) = ([[0.0; 3]; 3], [0.0; 3]);
    let (mut squares, mut count) = (0.0, 0.0);
    for i in (0..looks).map(|k| k * n / looks) {
        let Some(on) = motion.beside(from, onto, i) else { continue };
        let across = onto.normal(i);
        let off = (on - onto.located.points[i]).dot(across);
        let turn = if turns { (on - onto.center).turn_90().dot(across) } else { 0.0 };
        let row = [across.x, across.y, turn];
        for (j, slope) in row.into_iter().enumerate() {
            right[j] -= slope * off;
            for (entry, other) in normal[j].iter_mut().zip(row) {
                *entry += slope * other;
            }
        }
        squares += off * off;
        count += 1.0;
    }
    let [x, y, turn] = solve(normal, right)?;
    let by = Affine::translate((x, y)) * Affine::rotate_about(turn, onto.center);
    Some((by, (squares / f64::max(count, 1.0)).sqrt()))
}

/// How far points of two contours may lie apart by chance, in px.
fn sigma_px(from: &Ring, onto: &Ring) -> f64 {
    from.sigma_px.hypot(onto.sigma_px)
}

/// Whether contours differ by no more than their points are uncertain by: by noise, which neighbours do
/// not agree on.
fn is_like(motion: &Motion, from: &Ring, onto: &Ring) -> bool {
    let all = onto.located.points.len();
    let off: Vec<f64> = (0..all).filter_map(|i| motion.off_px(from, onto, i)).collect();
    let n = off.len();
    if (n as f64) < SEEN * all as f64 || n < LEAST_SEEN {
        return false;
    }
    let stretch = STRETCH.min(n / 4);
    let step = |i: usize| (off[i] - off[(i + stretch / 2) % n]).abs();
    let mut steps: Vec<f64> = (0..n).map(step).collect();
    let (_, step, _) = steps.select_nth_unstable_by(n / 2, f64::total_cmp);
    // Of the mean of a stretch.
    let noise_px = *step / (MEDIAN_STEP * (stretch as f64).sqrt());
    let mean = |i: usize| (0..stretch).map(|k| off[(i + k) % n]).sum::<f64>() / stretch as f64;
    let means: Vec<f64> = (0..n).map(mean).collect();
    let usual_px = |off: &[f64]| (off.iter().map(|off| off * off).sum::<f64>() / n as f64).sqrt();
    let [usual, anywhere] = DEVIATIONS.map(|deviations| deviations * noise_px);
    usual_px(&off) <= LIKE * sigma_px(from, onto)
        && usual_px(&means) <= usual + USUAL_PX
        && means.iter().all(|mean| mean.abs() <= anywhere + 2.0 * USUAL_PX)
}
