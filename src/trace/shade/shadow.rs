//! How soft shadows and glows are drawn again: on what they lay on and under all else, as a few nested
//! outlines whose opacities add up to the fade, or as one. They run on below what lies on the shadow.

use super::fade::Fade;
use super::soft::{COVERED, Shadows};
use super::{apart, beside};
use crate::color::Rgb;
use crate::error::Result;
use crate::par;
use crate::quantize::premultiplied;
use crate::raster::Raster;

/// How far alpha is averaged before outlines are drawn, in px, and how often.
const CALMED_PX: usize = 2;
const CALMED: usize = 2;
/// How far below what lies on it a shadow is filled, in px from that one's edge.
const INSET_PX: usize = 2;
/// Alphas from one outline to the next, at least, and most outlines.
const STEP: f64 = 8.0;
const MOST: usize = 10;
/// An alpha that hides what is below.
const HIDING: f32 = 255.0;

/// A shadow of a picture.
pub(in crate::trace) struct Shadow {
    w: usize,
    rgb: Rgb,
    /// The colour of what it lies on; none if it lies on nothing.
    ground: Option<Rgb>,
    /// Alpha of each pixel; full below what lies on the shadow.
    alpha: Vec<f32>,
    /// Alpha where it is strongest.
    most: f64,
    /// Mean alpha inside the outline at half of that.
    mean: f64,
}

impl Shadow {
    /// How a shadow of `raster` is drawn again under the picture without it.
    pub(super) fn of(shadows: &Shadows, which: usize, without: &Raster) -> Self {
        let (w, h) = (without.width_px() as usize, without.height_px() as usize);
        let soft = &shadows.list[which];
        let Fade { ground, color } = soft.fade;
        let is_covered = |pixel: &[u8; 4]| {
            if ground[3] == 0.0 {
                pixel[3] == u8::MAX
            } else {
                apart(premultiplied(*pixel), ground) > COVERED
            }
        };
        let is_solid = |x: usize, y: usize| {
            let mut rows = y.saturating_sub(INSET_PX)..(y + INSET_PX + 1).min(h);
            rows.all(|y| {
                let row = &without.pixels()[y * w..(y + 1) * w];
                let near = x.saturating_sub(INSET_PX)..(x + INSET_PX + 1).min(w);
                row[near].iter().all(is_covered)
            })
        };
        let mut alpha = vec![0.0; w * h];
        par::for_each_chunk(&mut alpha, w, |y, row| {
            for (x, alpha) in row.iter_mut().enumerate() {
                *alpha = if is_solid(x, y) {
                    HIDING
                } else {
                    soft.fade.alpha(shadows.color(which, x, y))
                };
            }
        });
        forget_hidden(&mut alpha, w, &soft.pixels);
        for _ in 0..CALMED {
            alpha = averaged(&averaged(&alpha, w, 1, h, w), 1, w, w, h);
        }
        Self {
            w,
            rgb: rgb(color),
            ground: (ground[3] > 0.0).then(|| rgb(ground)),
            alpha,
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

fn rgb([r, g, b, _]: [f32; 4]) -> Rgb {
    Rgb([r, g, b].map(|c| c.round() as u8))
}

/// Makes nothing of what does not hang together with one of the shadow's own pixels.
fn forget_hidden(alpha: &mut [f32], w: usize, own: &[u32]) {
    let mut is_seen = vec![false; alpha.len()];
    let mut open = own.to_vec();
    for &at in own {
        is_seen[at as usize] = true;
    }
    while let Some(at) = open.pop() {
        for other in beside(at as usize, w, alpha.len()) {
            if !is_seen[other] && alpha[other] > 0.0 {
                is_seen[other] = true;
                open.push(other as u32);
            }
        }
    }
    for (alpha, is_seen) in alpha.iter_mut().zip(is_seen) {
        if !is_seen {
            *alpha = 0.0;
        }
    }
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
