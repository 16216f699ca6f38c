//! Soft shadows and glows: what fades away around shapes, in one colour, too freely for a gradient.
//!
//! Its pixels are taken out of the picture, and it is drawn again under all else: as a few nested
//! outlines whose opacities add up to the fade, or as one. They run on below what lies on the shadow.
//!
//! Limits: shadows on nothing only, not those blended into a ground.

use super::area::Areas;
use crate::color::Rgb;
use crate::error::Result;
use crate::par;
use crate::quantize::{Noise, premultiplied};
use crate::raster::Raster;

/// Least and most alpha of a shadow's strongest pixel: less is nothing, more the edge of an ink.
const STRONGEST: std::ops::RangeInclusive<u8> = 14..=225;
/// Most alpha of its faintest pixels.
const FAINTEST: u8 = 14;
/// How far its pixels may be off its colour, root mean square, in levels.
const OFF: f64 = 2.0;
/// Pixels for each one at its rim: thinner is a soft edge.
const PIXELS_PER_RIM: usize = 2;
/// How far from it something lies that throws it, in px, and the least alpha of that.
const BESIDE_PX: isize = 6;
const SOLID: f32 = 250.0;
/// How far alpha is averaged before outlines are drawn, in px, and how often.
const CALMED_PX: usize = 2;
const CALMED: usize = 2;
/// How far below what lies on it a shadow is filled, in px from that one's edge.
const INSET_PX: usize = 2;
/// Alphas from one outline to the next, at least, and most outlines.
const STEP: f64 = 10.0;
const MOST: usize = 8;
/// An alpha that hides what is below.
const HIDING: f32 = 255.0;

/// The shadows of a picture.
pub(in crate::trace) struct Shadow {
    w: usize,
    rgb: Rgb,
    /// Alpha of each pixel; full below what lies on the shadow.
    alpha: Vec<f32>,
    /// Alpha where it is strongest.
    most: f64,
    /// Mean alpha inside the outline at half of that.
    mean: f64,
}

/// Whether area `i` is a shadow.
pub(super) fn is_shadow(raster: &Raster, noise: Noise, areas: &Areas, i: usize) -> bool {
    let pixels = &areas.list[i].pixels;
    let alpha = |at: &u32| raster.pixels()[*at as usize][3];
    let most = pixels.iter().map(alpha).max().unwrap_or(0);
    let least = pixels.iter().map(alpha).min().unwrap_or(0);
    if !STRONGEST.contains(&most) || least > FAINTEST.min(most / 2) {
        return false;
    }
    let w = raster.width_px() as usize;
    let near = |at: u32, dx: isize, dy: isize| {
        let (x, y) = (at as usize % w, at as usize / w);
        let (x, y) = x.checked_add_signed(dx).zip(y.checked_add_signed(dy))?;
        areas.at(x, y)
    };
    let sides = |px: isize| [(-px, 0), (px, 0), (0, -px), (0, px)];
    let is_rim = |at: &&u32| sides(1).iter().any(|&(dx, dy)| near(**at, dx, dy) != Some(i));
    let throws =
        |area: usize| areas.list[area].is_flat && areas.list[area].mean(raster)[3] >= SOLID;
    let rim: Vec<u32> = pixels.iter().filter(is_rim).copied().collect();
    let beside = |&at: &u32| {
        let mut around = sides(BESIDE_PX).into_iter().filter_map(|(dx, dy)| near(at, dx, dy));
        around.any(|other| other != i && throws(other))
    };
    pixels.len() > PIXELS_PER_RIM * rim.len()
        && rim.iter().any(beside)
        && is_one_color(raster, noise, pixels)
}

/// Whether pixels differ by no more than their alpha.
fn is_one_color(raster: &Raster, noise: Noise, pixels: &[u32]) -> bool {
    let color = color(raster, pixels.iter());
    let off = |at: &u32| {
        let p = premultiplied(raster.pixels()[*at as usize]).map(f64::from);
        (0..3).map(|i| p[i] - color[i] * p[3]).map(|d| d * d).sum::<f64>()
    };
    (pixels.iter().map(off).sum::<f64>() / pixels.len() as f64).sqrt()
        <= OFF.hypot(2.0 * f64::from(noise.sigma))
}

/// The colour of pixels that differ by their alpha, 0 to 1.
fn color<'a>(raster: &Raster, pixels: impl Iterator<Item = &'a u32>) -> [f64; 3] {
    let mut sum = [0.0; 4];
    for at in pixels {
        let p = premultiplied(raster.pixels()[*at as usize]);
        (0..4).for_each(|i| sum[i] += f64::from(p[i]));
    }
    [0, 1, 2].map(|i| sum[i] / sum[3].max(1.0))
}

impl Shadow {
    /// The shadow that some areas of `raster` are, if there are any, under the picture without it.
    pub(super) fn of(
        raster: &Raster,
        areas: &Areas,
        which: &[usize],
        without: &Raster,
    ) -> Option<Self> {
        let pixels = || which.iter().flat_map(|&i| &areas.list[i].pixels);
        let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
        let most = pixels().map(|&at| raster.pixels()[at as usize][3]).max()?;
        let rgb = Rgb(color(raster, pixels()).map(|c| (255.0 * c).round().clamp(0.0, 255.0) as u8));
        let mut alpha = vec![0.0; w * h];
        let is_solid = |x: usize, y: usize| {
            let mut rows = y.saturating_sub(INSET_PX)..(y + INSET_PX + 1).min(h);
            rows.all(|y| {
                let row = &without.pixels()[y * w..(y + 1) * w];
                let near = x.saturating_sub(INSET_PX)..(x + INSET_PX + 1).min(w);
                row[near].iter().all(|p| p[3] == u8::MAX)
            })
        };
        par::for_each_chunk(&mut alpha, w, |y, row| {
            for (x, alpha) in row.iter_mut().enumerate() {
                *alpha = if is_solid(x, y) {
                    HIDING
                } else {
                    nearest(raster, areas, which, x, y).map_or(0.0, |p| p[3])
                };
            }
        });
        for _ in 0..CALMED {
            alpha = averaged(&averaged(&alpha, w, 1, h, w), 1, w, w, h);
        }
        let half = pixels().map(|&at| f64::from(raster.pixels()[at as usize][3]));
        let half: Vec<f64> = half.filter(|&alpha| alpha >= 0.5 * f64::from(most)).collect();
        let mean = half.iter().sum::<f64>() / half.len().max(1) as f64;
        Some(Self { w, rgb, alpha, most: f64::from(most), mean })
    }

    /// The shadow's colour.
    pub fn rgb(&self) -> Rgb {
        self.rgb
    }

    /// The outlines of a soft shadow, and the opacity of each.
    pub fn soft(&self) -> Vec<(Result<Raster>, f64)> {
        let n = ((self.most / STEP) as usize).clamp(1, MOST);
        // Outer steps are seen more than those close to the shape, and are smaller.
        let strength = |k: usize| self.most / 255.0 * libm::pow(k as f64 / n as f64, 1.5);
        let outline = |k: usize| {
            let (before, after) = (strength(k), strength(k + 1));
            // What is painted on what is there already.
            let opacity = 1.0 - (1.0 - after) / (1.0 - before);
            (self.outline(0.5 * 255.0 * (before + after)), opacity)
        };
        (0..n).map(outline).collect()
    }

    /// The outline of a hard one.
    pub fn hard(&self) -> Vec<(Result<Raster>, f64)> {
        vec![(self.outline(0.5 * self.most), self.mean / 255.0)]
    }

    /// A picture of what is stronger than `level`, with an edge one pixel wide.
    fn outline(&self, level: f64) -> Result<Raster> {
        let (w, h) = (self.w, self.alpha.len() / self.w);
        let at = |x: usize, y: usize| f64::from(self.alpha[y * w + x]);
        let rows = par::map(h, |y| {
            let pixel = |x: usize| {
                let across = at((x + 1).min(w - 1), y) - at(x.saturating_sub(1), y);
                let down = at(x, (y + 1).min(h - 1)) - at(x, y.saturating_sub(1));
                let slope = (0.5 * across.hypot(down)).max(0.05);
                let covered = (0.5 + (at(x, y) - level) / slope).clamp(0.0, 1.0);
                let [r, g, b] = self.rgb.0;
                [r, g, b, (255.0 * covered).round() as u8]
            };
            (0..w).flat_map(pixel).collect::<Vec<u8>>()
        });
        Raster::new(w as u32, h as u32, rows.concat())
    }
}

/// The colour of the nearest pixel in some of the areas, premultiplied, if one is near.
pub(super) fn nearest(
    raster: &Raster,
    areas: &Areas,
    which: &[usize],
    x: usize,
    y: usize,
) -> Option<[f32; 4]> {
    let w = raster.width_px() as usize;
    for ring in 0..=BESIDE_PX {
        for dy in -ring..=ring {
            let step = if dy.abs() == ring { 1 } else { 2 * ring as usize };
            for dx in (-ring..=ring).step_by(step.max(1)) {
                let Some((x, y)) = x.checked_add_signed(dx).zip(y.checked_add_signed(dy)) else {
                    continue;
                };
                if areas.at(x, y).is_some_and(|area| which.contains(&area)) {
                    return Some(premultiplied(raster.pixels()[y * w + x]));
                }
            }
        }
    }
    None
}

/// Means along lines of `n` values, `step` apart, of which `lines` start `next` apart; what is hidden
/// counts for nothing.
fn averaged(alpha: &[f32], step: usize, next: usize, n: usize, lines: usize) -> Vec<f32> {
    let mut out = alpha.to_vec();
    for line in 0..lines {
        let at = |i: usize| line * next + i * step;
        for i in (0..n).filter(|&i| alpha[at(i)] < HIDING) {
            let around = i.saturating_sub(CALMED_PX)..(i + CALMED_PX + 1).min(n);
            let seen = around.map(|i| alpha[at(i)]).filter(|&alpha| alpha < HIDING);
            let (sum, count) = seen.fold((0.0, 0.0), |(sum, n), alpha| (sum + alpha, n + 1.0));
            out[at(i)] = sum / count;
        }
    }
    out
}
