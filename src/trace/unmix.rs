//! Where between two pixels a boundary runs, from the ink that covers each.
//!
//! Of the pixels across a boundary, walked along the row or the column that crosses it at the
//! steeper angle, each is unmixed into the two inks beside it. The sum of the coverage on the far
//! side and of what is missing on the near side is the boundary's mean position over the width of
//! that row: exactly, for a straight boundary, and without any estimate of its direction. Where it
//! bends, the mean lies off by f″/24, which the difference to both neighbours undoes. (After
//! A. Trujillo-Pino et al., "Accurate subpixel edge location based on partial area effect", 2013.)
//!
//! A stroke so thin that no pixel is its own ink alone has its width from the sum of its coverage
//! and its centre from the mean, for both sides at once.

use kurbo::Point;

use super::grain;
use super::map::{Corner, Edge};
use crate::quantize::{Labels, Noise, Palette, blend};
use crate::raster::Raster;

/// Coverage beyond which a pixel counts as one ink alone.
const FULL: f64 = 0.985;
/// Most pixels that a boundary is followed to either side.
const REACH: usize = 4;
/// Standard deviation of a position that the pixels tell exactly but for rounding, in px.
const SIGMA_PX: f64 = 0.008;
/// The same for a position that they only suggest, in px.
const VAGUE_PX: f64 = 0.25;
/// Standard deviations of a pixel's noise in that of a boundary, which several pixels place whose
/// noise is not independent.
const NOISE: f64 = 4.4;
/// Contrast above which a pixel tells coverage to a hundredth, in levels.
const CLEAR: f64 = 120.0;
/// Every so many rows are looked at before those between.
const ROUNDS: usize = 8;
/// Corners to either side that tell which way a boundary runs.
const SPAN: usize = 3;

/// The points of a boundary and how well each is known.
#[derive(Clone, Debug, Default)]
pub struct Located {
    /// The points in order.
    pub points: Vec<Point>,
    /// Standard deviation of each along the normal, in px.
    pub sigma_px: Vec<f64>,
}

impl Located {
    /// Standard deviation of the mean of all points, in px.
    pub fn mean_sigma_px(&self) -> f64 {
        let weight: f64 = self.sigma_px.iter().map(|sigma| 1.0 / (sigma * sigma)).sum();
        1.0 / weight.sqrt()
    }
}

/// Reads coverage from a picture.
pub struct Unmixer<'a> {
    raster: &'a Raster,
    labels: &'a Labels,
    inks: Vec<[f32; 4]>,
    noise: Noise,
    /// Standard deviation of all boundaries, in px, if coverage comes in steps.
    grain_px: f64,
}

/// A measured crossing of a boundary with the middle of a row or a column.
#[derive(Clone, Copy)]
struct Crossing {
    /// Whether it was measured along a row.
    along_row: bool,
    /// Number of that row or column.
    line: i32,
    /// Position along it, in px.
    at: f64,
    sigma_px: f64,
}

impl<'a> Unmixer<'a> {
    /// Reads `raster`, whose pixels have `labels` that name its `inks` (straight alpha); areas that
    /// are to be painted alike may have several of them.
    pub fn new(raster: &'a Raster, labels: &'a Labels, palette: &Palette) -> Self {
        let noise = palette.noise;
        let inks = palette.inks.iter().map(|&ink| noise.color(ink)).collect();
        let mut unmixer = Self { raster, labels, inks, noise, grain_px: 0.0 };
        if noise.is_none() {
            unmixer.grain_px = grain::sigma_px(&unmixer);
        }
        unmixer
    }

    /// How much of some pixels their ink covers that stand beside another in their row, where that is
    /// neither nothing nor all: about `most`, from all over the picture.
    pub fn coverages(&self, most: usize) -> Vec<f64> {
        let (w, h) = (self.labels.width_px, self.labels.height_px);
        let mut found = Vec::new();
        for y in (0..ROUNDS).flat_map(|from| (from..h).step_by(ROUNDS)) {
            let row = &self.labels.of[y * w..(y + 1) * w];
            for (k, pair) in row.windows(2).enumerate().filter(|(_, pair)| pair[0] != pair[1]) {
                if self.contrast(pair[0], pair[1]) < CLEAR {
                    continue;
                }
                for (own, other) in [(0, 1), (1, 0)] {
                    let x = (k + own) as i32;
                    let coverage = self.coverage(x, y as i32, pair[other], pair[own]);
                    if coverage > 0.02 && coverage < 0.98 {
                        found.push(coverage);
                    }
                }
            }
            if found.len() >= most {
                break;
            }
        }
        found
    }

    /// How much of a pixel `b` covers, of the two inks `a` and `b`; nothing outside the picture.
    pub fn coverage(&self, x: i32, y: i32, a: u8, b: u8) -> f64 {
        let (w, h) = (self.labels.width_px as i32, self.labels.height_px as i32);
        let (ink_a, ink_b) = (self.inks[a as usize], self.inks[b as usize]);
        if !self.noise.is_none() && self.is_deep(x, y) {
            return f64::from(u8::from(self.labels.at(x, y) == b));
        }
        if ink_a[3] == 0.0 || ink_b[3] == 0.0 {
            // Against transparency alpha tells all, even where a third ink mixes in.
            let inside = x >= 0 && y >= 0 && x < w && y < h;
            let alpha = if inside { self.raster.pixels()[(y * w + x) as usize][3] } else { 0 };
            let share = f64::from(alpha) / f64::from(ink_a[3].max(ink_b[3]).max(1.0));
            return if ink_a[3] == 0.0 { share.min(1.0) } else { 1.0 - share.min(1.0) };
        }
        let pixel = if x < 0 || y < 0 || x >= w || y >= h {
            [0.0; 4]
        } else {
            self.noise.color(self.raster.pixels()[(y * w + x) as usize])
        };
        f64::from(blend(pixel, ink_a, ink_b).0)
    }

    /// Whether no other ink comes near a pixel: what it deviates is noise.
    fn is_deep(&self, x: i32, y: i32) -> bool {
        let own = self.labels.at(x, y);
        (-1..=1).all(|dy| (-1..=1).all(|dx| self.labels.at(x + dx, y + dy) == own))
    }

    /// Whether, where two inks touch like the fields of a chessboard, the upper left and the lower
    /// right pixel are one area: the ink that covers more of the four pixels is in one piece.
    pub fn joined(&self, x: i32, y: i32) -> bool {
        let (a, b) = (self.labels.at(x - 1, y - 1), self.labels.at(x, y - 1));
        let of = |x, y| self.coverage(x, y, b, a);
        let (first, second) = (of(x - 1, y - 1) + of(x, y), of(x, y - 1) + of(x - 1, y));
        // A pixel that is labelled against its coverage is part of a thin stroke: that is in one
        // piece.
        if first < 1.0 {
            return true;
        }
        if second > 1.0 {
            return false;
        }
        first + second >= 2.0
    }

    /// Locates a boundary. For a closed edge the points go around once; for an open one they lie
    /// strictly between its nodes.
    pub fn locate(&self, edge: &Edge) -> Located {
        let cracks = self.crossings(edge);
        let straightened = unbend(&cracks, edge.ends.is_none());
        let mut located = Located::default();
        for (crossing, at) in cracks.iter().zip(straightened) {
            let line = f64::from(crossing.line) + 0.5;
            let point =
                if crossing.along_row { Point::new(at, line) } else { Point::new(line, at) };
            if located.points.last() != Some(&point) {
                located.points.push(point);
                located.sigma_px.push(crossing.sigma_px);
            }
        }
        located
    }

    /// One crossing for each crack that lies the way the boundary runs.
    fn crossings(&self, edge: &Edge) -> Vec<Crossing> {
        let n = edge.corners.len();
        let closed = edge.ends.is_none();
        let cracks = if closed { n } else { n - 1 };
        let corner = |i: isize| {
            if closed {
                edge.corners[i.rem_euclid(n as isize) as usize]
            } else {
                edge.corners[i.clamp(0, n as isize - 1) as usize]
            }
        };
        let mut out = Vec::with_capacity(cracks);
        // Near 45° either way will do; taking both in turn would put points out of order.
        let mut by_rows = true;
        for i in 0..cracks as isize {
            let (from, to) = (corner(i), corner(i + 1));
            let span = SPAN as isize;
            let (tail, head) = (corner(i - span), corner(i + 1 + span));
            let (run_x, run_y) = ((head.0 - tail.0).abs(), (head.1 - tail.1).abs());
            if (run_x - run_y).abs() > 1 {
                by_rows = run_y > run_x;
            }
            let along_row = from.0 == to.0;
            if along_row == by_rows {
                out.push(self.cross(from, to, along_row));
            }
        }
        out
    }

    /// Measures where the boundary crosses the row or column of one crack.
    fn cross(&self, from: Corner, to: Corner, along_row: bool) -> Crossing {
        // The first pixel on the right of the walk, and the way that leads on from there.
        let (line, border, sign) = if along_row {
            (from.1.min(to.1), from.0, if to.1 > from.1 { -1 } else { 1 })
        } else {
            (from.0.min(to.0), from.1, if to.0 > from.0 { 1 } else { -1 })
        };
        let pixel = |k: i32| {
            // k = 0, 1, … on the right side, −1, −2, … on the left.
            let along = if sign > 0 { border + k } else { border - 1 - k };
            if along_row { (along, line) } else { (line, along) }
        };
        let ink = |k: i32| self.labels.at(pixel(k).0, pixel(k).1);
        let inks = (ink(-1), ink(0));
        let right = self.side(pixel, inks.0, inks.1);
        let left = self.side(|k| pixel(-1 - k), inks.1, inks.0);
        // Into the right side is positive.
        let mut inward = right.missing - left.missing;
        let levels = SIGMA_PX * 255.0 + NOISE * f64::from(self.noise.sigma);
        let mut sigma_px = (levels / self.contrast(inks.0, inks.1).max(1.0)).min(VAGUE_PX);
        match (&right.stroke, &left.stroke) {
            (None, None) => {}
            (Some(near), None) => inward = near - left.missing,
            (None, Some(near)) => inward = right.missing - near,
            (Some(near_right), Some(near_left)) => inward = near_right - near_left,
        }
        sigma_px = sigma_px.max(self.grain_px);
        if right.stroke.is_some() || left.stroke.is_some() {
            sigma_px *= 4.0;
        }
        if right.vague || left.vague {
            sigma_px = VAGUE_PX;
            inward = inward.clamp(-1.0, 1.0);
        }
        let at = f64::from(border) + f64::from(sign) * inward;
        Crossing { along_row, line, at, sigma_px }
    }

    /// How far apart two inks are, 0 to 510.
    fn contrast(&self, a: u8, b: u8) -> f64 {
        let (a, b) = (self.inks[a as usize], self.inks[b as usize]);
        let sum: f32 = (0..4).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum();
        f64::from(sum.sqrt())
    }

    /// Follows one side of a boundary, pixel by pixel, until its own ink is alone.
    fn side(&self, pixel: impl Fn(i32) -> (i32, i32), other: u8, own: u8) -> Side {
        let coverage = |k: usize| {
            let (x, y) = pixel(k as i32);
            self.coverage(x, y, other, own)
        };
        let mut missing = 0.0;
        let mut last = -1.0;
        for k in 0..=REACH {
            let (x, y) = pixel(k as i32);
            let label = self.labels.at(x, y);
            if label != own && label != other {
                // A third ink: what was seen so far is all there is.
                return Side { missing, stroke: None, vague: last < FULL };
            }
            let t = coverage(k);
            if t >= FULL {
                return Side { missing: missing + 1.0 - t, stroke: None, vague: false };
            }
            if t < last - 0.02 {
                return self.stroke(&pixel, other, own, missing, last, k - 1);
            }
            missing += 1.0 - t;
            last = t;
        }
        Side { missing, stroke: None, vague: true }
    }

    /// The near side of a stroke whose fullest pixel, number `peak`, is not full.
    fn stroke(
        &self,
        pixel: &impl Fn(i32) -> (i32, i32),
        other: u8,
        own: u8,
        missing: f64,
        peak_coverage: f64,
        peak: usize,
    ) -> Side {
        let coverage = |k: i32| {
            let (x, y) = pixel(k);
            (self.coverage(x, y, other, own), self.labels.at(x, y))
        };
        // What lies on the near side of the peak, beyond the crack too, and on its far side.
        let (mut near, mut far) = (0.0, 0.0);
        let mut last = peak_coverage;
        for k in (peak as i32 - REACH as i32..peak as i32).rev() {
            let t = coverage(k).0;
            if t > last + 0.02 {
                break;
            }
            near += t;
            last = t;
        }
        last = peak_coverage;
        for k in peak as i32 + 1..=(peak + REACH) as i32 {
            let (t, label) = coverage(k);
            if t > last + 0.02 || (label != own && label != other) {
                break;
            }
            far += t;
            last = t;
        }
        // What the peak lacks is shared by the two sides; the side that has more coverage beyond
        // the peak is the one that the stroke leans to.
        let lacks = 1.0 - peak_coverage;
        let share = if near + far > 0.0 { far / (near + far) } else { 0.5 };
        // `missing` counts all that the peak lacks; the part of it that is the far side's goes.
        Side { missing, stroke: Some(missing - lacks * (1.0 - share)), vague: false }
    }
}

/// What one side of a boundary tells.
struct Side {
    /// Coverage that the side lacks, in px.
    missing: f64,
    /// The same if the side is a stroke too thin to be full anywhere.
    stroke: Option<f64>,
    /// Whether the side could not be followed to the end.
    vague: bool,
}

/// Undoes the mean over a row's width where a boundary bends: a row's mean lies off by f″/24.
///
/// Of the second differences here and beside, the least counts, and only if all agree in sign: a
/// corner is no bend.
fn unbend(crossings: &[Crossing], closed: bool) -> Vec<f64> {
    let n = crossings.len();
    let neighbour = |i: usize, d: isize| {
        let j = i as isize + d;
        let j = if closed { j.rem_euclid(n as isize) } else { j };
        let other = crossings.get(usize::try_from(j).ok()?)?;
        let here = &crossings[i];
        let beside = other.along_row == here.along_row && (other.line - here.line).abs() == 1;
        (beside && other.sigma_px < VAGUE_PX).then_some(other.at)
    };
    let bend: Vec<f64> = (0..n)
        .map(|i| match (neighbour(i, -1), neighbour(i, 1)) {
            (Some(before), Some(after)) => before - 2.0 * crossings[i].at + after,
            _ => 0.0,
        })
        .collect();
    (0..n)
        .map(|i| {
            let beside = |d: isize| {
                let j = i as isize + d;
                let j = if closed { j.rem_euclid(n as isize) } else { j };
                usize::try_from(j).ok().and_then(|j| bend.get(j)).copied().unwrap_or(0.0)
            };
            let (a, b, c) = (beside(-1), bend[i], beside(1));
            let agree = (a > 0.0) == (b > 0.0) && (b > 0.0) == (c > 0.0);
            let least = if agree { a.abs().min(b.abs()).min(c.abs()).copysign(b) } else { 0.0 };
            crossings[i].at - least / 24.0
        })
        .collect()
}
