//! Areas in which colour changes evenly.

use std::collections::BTreeMap;

use crate::par;
use crate::quantize::{Noise, premultiplied};
use crate::raster::Raster;
use crate::raster::soft::{beside, calmed};

/// Second differences of an even change, in levels: what rounding makes of none, and a little.
const EVEN: i32 = 3;
/// Neighbours differ by no more in a gradient, in levels.
const STEP: u8 = 24;
/// Smaller areas are not looked at, in px.
const LEAST_PX: usize = 48;
/// The same for the strips of one colour that are too thin to be even, in px.
const LEAST_THIN_PX: usize = 16;
/// A flat area varies by no more, in levels, or under noise deviates by no more.
const FLAT: u8 = 4;
const RIPPLED: f64 = 1.0;
/// How far around a pixel of a noisy picture colour has to change evenly, in px.
const FAR_PX: usize = 4;
/// Share of an area that has to have one colour for the rest to fade into it, and how near to that
/// colour nobody sees a difference, in levels.
const LEAST_SHARE: f64 = 0.1;
const FADED: u8 = 2;
/// Pixels of an area that are looked at when it is fitted.
const SAMPLES: usize = 6000;

/// The area of a pixel that is in none, and of one that is still to be asked.
const NONE: u32 = u32::MAX;
const OPEN: u32 = u32::MAX - 1;

/// The areas of a picture.
pub(super) struct Areas {
    w: usize,
    /// The area of each pixel, or one that does not exist.
    of: Vec<u32>,
    /// Its colour, premultiplied; under noise calmed.
    levels: Vec<[u8; 4]>,
    /// How much of a difference is none.
    noise: Noise,
    /// The areas.
    pub list: Vec<Area>,
}

/// One of them.
pub(super) struct Area {
    /// Indices of its pixels.
    pub pixels: Vec<u32>,
    /// Whether it has one colour.
    pub is_flat: bool,
}

/// A pixel's place and colour, premultiplied.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    /// Its middle.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// Red, green, blue, alpha.
    pub color: [f32; 4],
}

/// Samples of one area.
pub(super) struct Samples {
    /// Some of its pixels, evenly.
    pub of: Vec<Sample>,
    /// Differences between pixels some way apart: where, and by how much in x and y per px.
    pub slopes: Vec<(f64, f64, [f32; 4], [f32; 4])>,
}

impl Areas {
    /// Finds them, if there is one that is not flat.
    pub fn find(raster: &Raster, noise: Noise) -> Option<Self> {
        let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
        if w < 8 || h < 8 {
            return None;
        }
        let levels = calmed(raster, noise);
        let bend = |a: usize, b: usize, c: usize| {
            let level = |at: usize, i: usize| i32::from(levels[at][i]);
            (0..4).all(|i| (level(a, i) - 2 * level(b, i) + level(c, i)).abs() <= EVEN)
        };
        // Calmed, a faint edge is a ramp: only from farther away it is seen to be none.
        // Where something shows through there is no lossy block.
        let is_lossy = |at: usize| !noise.is_none() && matches!(levels[at][3], 0 | u8::MAX);
        let steps = |at: usize| if is_lossy(at) { &[1, FAR_PX][..] } else { &[1] };
        let is_near = |a: usize, b: usize| off(levels[a], levels[b]) <= STEP;
        let mut of = vec![NONE; w * h];
        par::for_each_chunk(&mut of, w, |y, row| {
            for (x, area) in row.iter_mut().enumerate() {
                let at = y * w + x;
                let even = |place: usize, end: usize, stride: usize, step: usize| {
                    let (before, after) = (at.wrapping_sub(step * stride), at + step * stride);
                    place < step
                        || place + step >= end
                        || bend(before, at, after)
                        || step > 1 && !(is_near(before, at) && is_near(at, after))
                };
                if steps(at).iter().all(|&step| even(x, w, 1, step) && even(y, h, w, step)) {
                    *area = OPEN;
                }
            }
        });
        let mut areas = Self { w, of, list: Vec::new(), levels, noise };
        for start in 0..w * h {
            areas.gather(start);
        }
        if areas.list.iter().all(|area| area.is_flat) {
            return None;
        }
        if noise.is_none() {
            areas.add_thin();
        }
        Some(areas)
    }

    /// The colours of all pixels as they are seen here, without ripples.
    pub fn levels(&self) -> &[[u8; 4]] {
        &self.levels
    }

    fn mark(&mut self, pixels: &[u32], area: u32) {
        for &at in pixels {
            self.of[at as usize] = area;
        }
    }

    /// Makes an area of the open pixels that hang together with one; too few are in none.
    fn gather(&mut self, start: usize) {
        if self.of[start] != OPEN {
            return;
        }
        let (w, all) = (self.w, self.of.len());
        let id = self.list.len() as u32;
        self.of[start] = id;
        let mut pixels = vec![start as u32];
        let mut next = 0;
        while let Some(&at) = pixels.get(next) {
            next += 1;
            let at = at as usize;
            for other in beside(at, w, all) {
                if self.of[other] == OPEN && off(self.levels[at], self.levels[other]) <= STEP {
                    self.of[other] = id;
                    pixels.push(other as u32);
                }
            }
        }
        if pixels.len() < LEAST_PX {
            self.mark(&pixels, NONE);
        } else {
            let is_flat = self.is_flat(&pixels);
            self.list.push(Area { pixels, is_flat });
        }
    }

    /// Whether pixels have one colour: what ripples a little around its mean has.
    fn is_flat(&self, pixels: &[u32]) -> bool {
        let n = pixels.len() as f64;
        (0..4).all(|i| {
            let levels = || pixels.iter().map(|&at| self.levels[at as usize][i]);
            let least = levels().min().unwrap_or(0);
            let most = levels().max().unwrap_or(0);
            let sum: f64 = levels().map(f64::from).sum();
            let squares: f64 = levels().map(|v| f64::from(v) * f64::from(v)).sum();
            let deviation = (squares / n - (sum / n) * (sum / n)).max(0.0).sqrt();
            most - least <= FLAT
                || !self.noise.is_none() && deviation <= RIPPLED + 0.2 * f64::from(self.noise.sigma)
        })
    }

    /// Takes apart an area of which a good part has one colour, into which the rest fades: the parts
    /// are new areas at the end of the list, and this one is empty. Returns whether it was.
    pub fn part(&mut self, i: usize) -> bool {
        let mut seen: BTreeMap<[u8; 4], usize> = BTreeMap::new();
        for &at in &self.list[i].pixels {
            *seen.entry(self.levels[at as usize]).or_default() += 1;
        }
        let most = seen.into_iter().max_by_key(|&(color, n)| (n, color));
        let Some((color, n)) = most else { return false };
        if n < LEAST_PX || (n as f64) < LEAST_SHARE * self.list[i].pixels.len() as f64 {
            return false;
        }
        let pixels = std::mem::take(&mut self.list[i].pixels);
        let (flat, rest): (Vec<u32>, Vec<u32>) =
            pixels.into_iter().partition(|&at| off(self.levels[at as usize], color) <= FADED);
        for mut part in [flat, rest] {
            part.sort_unstable();
            self.mark(&part, OPEN);
            for at in part {
                self.gather(at as usize);
            }
        }
        true
    }

    /// Gives up pixels that are something else's, and areas of which most are.
    pub fn give_up(&mut self, is_taken: impl Fn(u32) -> bool) {
        for i in 0..self.list.len() {
            let pixels = std::mem::take(&mut self.list[i].pixels);
            let all = pixels.len();
            let (taken, mut rest): (Vec<u32>, Vec<u32>) =
                pixels.into_iter().partition(|&at| is_taken(at));
            self.mark(&taken, NONE);
            if 2 * taken.len() > all {
                self.mark(&rest, NONE);
                rest.clear();
            } else if !taken.is_empty() {
                self.list[i].is_flat = self.is_flat(&rest);
            }
            self.list[i].pixels = rest;
        }
    }

    /// Adds strips too thin to be even anywhere: per colour, the blocks of 2 × 2 equal pixels that
    /// are in no area.
    fn add_thin(&mut self) {
        let w = self.w;
        let mut of_color: BTreeMap<[u8; 4], Vec<u32>> = BTreeMap::new();
        for at in 0..self.of.len() - w - 1 {
            let block = [at, at + 1, at + w, at + w + 1];
            let equal =
                |&other: &usize| self.levels[other] == self.levels[at] && self.of[other] == NONE;
            if (at + 1) % w != 0 && block.iter().all(equal) {
                of_color.entry(self.levels[at]).or_default().extend(block.map(|at| at as u32));
            }
        }
        for mut pixels in of_color.into_values() {
            pixels.sort_unstable();
            pixels.dedup();
            if pixels.len() >= LEAST_THIN_PX {
                let id = self.list.len() as u32;
                self.mark(&pixels, id);
                self.list.push(Area { pixels, is_flat: true });
            }
        }
    }

    /// The area of a pixel.
    pub fn at(&self, x: usize, y: usize) -> Option<usize> {
        if x >= self.w {
            return None;
        }
        let area = *self.of.get(y * self.w + x)? as usize;
        (area < self.list.len()).then_some(area)
    }

    /// Samples of area `i`.
    pub fn samples(&self, raster: &Raster, i: usize) -> Samples {
        let pixels = &self.list[i].pixels;
        let color = |at: usize| premultiplied(raster.pixels()[at]);
        let step = pixels.len().div_ceil(SAMPLES);
        let mut sorted = pixels.clone();
        sorted.sort_unstable();
        let place = |at: u32| (at as usize % self.w, at as usize / self.w);
        let (mut of, mut slopes) = (Vec::new(), Vec::new());
        for &at in sorted.iter().step_by(step) {
            let (x, y) = place(at);
            let (cx, cy) = (x as f64 + 0.5, y as f64 + 0.5);
            of.push(Sample { x: cx, y: cy, color: color(at as usize) });
            for reach in [8, 4, 2] {
                let inside = |dx: isize, dy: isize| {
                    let (x, y) = x.checked_add_signed(dx).zip(y.checked_add_signed(dy))?;
                    (self.at(x, y) == Some(i)).then(|| color(y * self.w + x))
                };
                let all =
                    (inside(-reach, 0), inside(reach, 0), inside(0, -reach), inside(0, reach));
                if let (Some(left), Some(right), Some(above), Some(below)) = all {
                    let per_px = |a: [f32; 4], b: [f32; 4]| {
                        [0, 1, 2, 3].map(|c| (b[c] - a[c]) / (2 * reach) as f32)
                    };
                    slopes.push((cx, cy, per_px(left, right), per_px(above, below)));
                    break;
                }
            }
        }
        Samples { of, slopes }
    }
}

impl Area {
    /// Its mean colour, premultiplied.
    pub fn mean(&self, raster: &Raster) -> [f32; 4] {
        let step = self.pixels.len().div_ceil(64).max(1);
        let mut sum = [0.0; 4];
        let mut n = 0.0;
        for &at in self.pixels.iter().step_by(step) {
            let p = premultiplied(raster.pixels()[at as usize]);
            (0..4).for_each(|i| sum[i] += p[i]);
            n += 1.0;
        }
        sum.map(|s| s / f32::max(n, 1.0))
    }
}

/// The greatest difference of two colours in a channel.
fn off(a: [u8; 4], b: [u8; 4]) -> u8 {
    (0..4).map(|i| a[i].abs_diff(b[i])).max().unwrap_or(0)
}
