//! The middle of a shape between two borders that run beside each other.
//!
//! For every point of the border the largest disc inside the shape that touches it there is found by
//! shrinking (Ma, Bae and Choi 2012, "3D medial axis point approximation using nearest neighbors and
//! the normal field"). Where it touches an opposite border, its middle is on the middle line, and where
//! all discs are about as large as the median, the shape is a line of that width.

use kurbo::{Point, Vec2};

use super::border::Border;

/// A disc that touches the border at two opposite places.
#[derive(Clone, Copy)]
struct Disc {
    center: Point,
    radius_px: f64,
    /// The border's point on the other side.
    other: usize,
}

/// Borders are opposite if their normals are at least so contrary (cosine).
const OPPOSITE: f64 = -0.94;

/// How far a disc may be from the median width, as a share of it and in px.
const UNEVEN: (f64, f64) = (0.08, 0.2);

/// Share of the border that must lie along lines; the rest is ends and crossings, and a short line
/// consists of little else.
const LEAST_SHARE: f64 = 0.25;

/// Lines are thinner than this share of the drawing's extent.
const THICKEST: f64 = 0.35;

/// Times that a disc is made smaller at most; three are common.
const SHRINKS: usize = 24;

/// A run of the middle line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chain {
    /// Points in order, about a step apart.
    pub points: Vec<Point>,
    /// Whether the last point is followed by the first.
    pub closed: bool,
}

/// The middle lines of a shape and their width in px, if it consists of lines.
pub(super) fn chains(border: &Border, extent_px: f64) -> Option<(Vec<Chain>, f64)> {
    let discs = discs(border, THICKEST * extent_px);
    let mut radii: Vec<f64> = discs.iter().flatten().map(|disc| disc.radius_px).collect();
    if radii.len() < 8 {
        return None;
    }
    radii.sort_unstable_by(f64::total_cmp);
    let typical = radii[radii.len() / 2];
    let is_even =
        |disc: &Disc| 2.0 * (disc.radius_px - typical).abs() <= 2.0 * UNEVEN.0 * typical + UNEVEN.1;
    let even: Vec<Option<Disc>> = discs.into_iter().map(|disc| disc.filter(is_even)).collect();
    let known: Vec<f64> = even.iter().flatten().map(|disc| disc.radius_px).collect();
    if (known.len() as f64) < LEAST_SHARE * even.len() as f64 {
        return None;
    }
    let width_px = 2.0 * known.iter().sum::<f64>() / known.len() as f64;
    let mut runs: Vec<Run> =
        border.loops.iter().flat_map(|range| runs(border, &even, range.clone())).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.indices.len()));
    let least = (0.4 * width_px / border.step_px).max(2.0) as usize;
    let mut covered = vec![false; even.len()];
    let mut chains = Vec::new();
    for run in &runs {
        for part in run.uncovered(&covered) {
            if part.indices.len() < least {
                continue;
            }
            part.cover(&even, &mut covered);
            let points = part.indices.iter().filter_map(|&i| even[i]).map(|disc| disc.center);
            chains.push(Chain { points: points.collect(), closed: part.closed });
        }
    }
    Some((chains, width_px))
}

/// The disc at every point of the border, where there is one that touches an opposite border.
fn discs(border: &Border, most_px: f64) -> Vec<Option<Disc>> {
    let mut guess = most_px.min(8.0 * border.step_px);
    (0..border.points.len())
        .map(|i| {
            let disc = disc(border, i, guess, most_px);
            if let Some(disc) = disc {
                guess = (2.0 * disc.radius_px + 2.0 * border.step_px).min(most_px);
            }
            disc
        })
        .collect()
}

fn disc(border: &Border, i: usize, guess_px: f64, most_px: f64) -> Option<Disc> {
    let (p, inward) = (border.points[i], border.inward[i]);
    let inside = |radius: f64| {
        border.nearest(p + radius * inward, radius - 1e-4, Some(i)).filter(|&j| {
            // What is not ahead cannot make the disc smaller.
            (border.points[j] - p).dot(inward) > 1e-6
        })
    };
    let mut radius = guess_px;
    let mut touched = inside(radius);
    while touched.is_none() && radius < most_px {
        radius = (2.0 * radius).min(most_px);
        touched = inside(radius);
    }
    let mut other = touched?;
    for _ in 0..SHRINKS {
        let way = border.points[other] - p;
        let smaller = way.hypot2() / (2.0 * way.dot(inward));
        if smaller > radius - 1e-4 {
            break;
        }
        radius = smaller;
        match inside(radius) {
            Some(next) => other = next,
            None => break,
        }
    }
    // Points of the other side lie somewhere along it: what is touched is its tangent.
    let facing = border.inward[other];
    let cosine = inward.dot(facing);
    let radius_px = (p - border.points[other]).dot(facing) / (1.0 - cosine);
    (cosine < OPPOSITE && radius_px > 0.0).then(|| Disc {
        center: p + radius_px * inward,
        radius_px,
        other,
    })
}

/// Points of the border that follow each other, all with discs.
struct Run {
    indices: Vec<usize>,
    closed: bool,
}

/// The runs of one loop of the border.
fn runs(border: &Border, discs: &[Option<Disc>], range: std::ops::Range<usize>) -> Vec<Run> {
    let n = range.len();
    let at = |i: usize| range.start + i % n;
    let goes_on = |i: usize| {
        let pair = discs[at(i)].zip(discs[at(i + 1)]);
        pair.is_some_and(|(a, b)| (a.center - b.center).hypot() < 3.0 * border.step_px)
    };
    let Some(cut) = (0..n).find(|&i| !goes_on(i)) else {
        return if n > 0 {
            vec![Run { indices: range.collect(), closed: true }]
        } else {
            Vec::new()
        };
    };
    let mut runs = Vec::new();
    let mut indices = Vec::new();
    for i in cut + 1..=cut + n {
        if discs[at(i)].is_some() {
            indices.push(at(i));
        }
        if !goes_on(i) && !indices.is_empty() {
            runs.push(Run { indices: std::mem::take(&mut indices), closed: false });
        }
    }
    runs
}

impl Run {
    /// The parts whose other side has not been taken.
    fn uncovered(&self, covered: &[bool]) -> Vec<Self> {
        let parts = self.indices.chunk_by(|a, b| covered[*a] == covered[*b]);
        let free = parts.filter(|part| !covered[part[0]]).map(|part| Self {
            indices: part.to_vec(),
            closed: self.closed && part.len() == self.indices.len(),
        });
        free.collect()
    }

    /// Marks its points and those on the other side.
    fn cover(&self, discs: &[Option<Disc>], covered: &mut [bool]) {
        let mut last: Option<usize> = None;
        for disc in self.indices.iter().filter_map(|&i| discs[i]) {
            let from = last.filter(|last| last.abs_diff(disc.other) <= 8).unwrap_or(disc.other);
            covered[from.min(disc.other)..=from.max(disc.other)].fill(true);
            last = Some(disc.other);
        }
        for &i in &self.indices {
            covered[i] = true;
        }
    }
}

/// The direction in which a chain leaves at its last point, told from the stretch of `length_px` before.
pub(super) fn heading(points: &[Point], length_px: f64) -> Vec2 {
    let Some(&last) = points.last() else { return Vec2::ZERO };
    let back = |length: f64| {
        points.iter().rev().find(|p| (last - **p).hypot() >= length).copied().unwrap_or(points[0])
    };
    let (middle, far) = (back(0.5 * length_px), back(length_px));
    let (near, before) = (last - middle, middle - far);
    let unit = |v: Vec2| if v.hypot() > 1e-9 { v / v.hypot() } else { Vec2::ZERO };
    // A bend goes on for half of what it turned from one half to the other.
    let bend = if before.hypot() > 1e-9 { 0.5 * (unit(near) - unit(before)) } else { Vec2::ZERO };
    unit(unit(near) + bend)
}
