//! How soft shadows and glows are drawn again: on what they lay on and under all else, as a few nested
//! outlines whose opacities add up to the fade, or as one. They run on below what lies on the shadow.

use super::apart;
use crate::color::Rgb;
use crate::error::Result;
use crate::par;
use crate::quantize::{Noise, premultiplied};
use crate::raster::Raster;
use crate::raster::soft::{Cell, Fade, Grid, Shadows};

/// Cells that a side of the grid has at most: what fades over pixels needs no more.
const MOST_CELLS: usize = 1024;
/// How far alpha is averaged before outlines are drawn, in cells, and how often.
const CALMED: usize = 2;
const CALMED_TIMES: usize = 2;
/// How far a pixel may be off the ground's colour that shows none of a shadow, in levels.
const NOTHING: f32 = 2.0;
/// Alphas from one outline to the next, at least, and most outlines.
const STEP: f64 = 8.0;
const MOST: usize = 10;

/// A shadow of a picture.
pub(in crate::trace) struct Shadow {
    /// How much of it there is in each cell, from 0 to 255, below what lies on it too.
    alpha: Vec<f32>,
    w: usize,
    rgb: Rgb,
    /// The colour of what it lies on; none if it lies on nothing.
    ground: Option<Rgb>,
    /// Alpha where it is strongest.
    most: f64,
    /// Mean alpha inside the outline at half of that.
    mean: f64,
}

impl Shadow {
    /// A shadow of `raster`.
    pub(super) fn of(shadows: &Shadows, which: usize, raster: &Raster, noise: Noise) -> Self {
        let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
        let soft = &shadows.list[which];
        let Fade { ground, color } = soft.fade;
        let mut cells = vec![Cell::default(); w * h];
        par::for_each_chunk(&mut cells, w, |y, row| {
            for (x, cell) in row.iter_mut().enumerate() {
                let pixel = premultiplied(raster.pixels()[y * w + x]);
                let value = match shadows.at(x, y) {
                    Some(own) if own == which => Some(soft.fade.alpha(pixel)),
                    Some(_) => Some(0.0),
                    None => (apart(pixel, ground) <= NOTHING + 2.0 * noise.sigma).then_some(0.0),
                };
                if let Some(value) = value {
                    *cell = Cell { value, weight: 1.0 };
                }
            }
        });
        let grid = Grid { w, h, cells }.coarser(w.max(h).div_ceil(MOST_CELLS));
        let mut alpha = grid.filled();
        for _ in 0..CALMED_TIMES {
            alpha =
                averaged(&averaged(&alpha, grid.w, 1, grid.h, grid.w), 1, grid.w, grid.w, grid.h);
        }
        Self {
            alpha,
            w: grid.w,
            rgb: rgb(color),
            ground: (ground[3] > 0.0).then(|| rgb(ground)),
            most: f64::from(soft.most),
            mean: f64::from(soft.mean),
        }
    }

    /// The colour of what it lies on; none if it lies on nothing.
    pub fn ground(&self) -> Option<Rgb> {
        self.ground
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

    /// A picture of what is stronger than `level`, with an edge one cell wide.
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

fn rgb([r, g, b, _]: [f32; 4]) -> Rgb {
    Rgb([r, g, b].map(|c| c.round() as u8))
}

/// Means along lines of `n` values, `step` apart, of which `lines` start `next` apart.
fn averaged(alpha: &[f32], step: usize, next: usize, n: usize, lines: usize) -> Vec<f32> {
    let mut out = alpha.to_vec();
    for line in 0..lines {
        let at = |i: usize| line * next + i * step;
        for i in 0..n {
            let around = i.saturating_sub(CALMED)..(i + CALMED + 1).min(n);
            let count = around.len() as f32;
            out[at(i)] = around.map(|i| alpha[at(i)]).sum::<f32>() / count;
        }
    }
    out
}
