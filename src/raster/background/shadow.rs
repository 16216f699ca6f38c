//! The soft shadows that a logo throws on its ground.

use super::Ground;
use super::ways::Ways;
use crate::quantize::{Noise, difference, premultiplied};
use crate::raster::Raster;
use crate::raster::soft::{self, Cell, Grid, Scene, Shadows, Soft};

/// So many rows and columns tell whether there may be shadows, by the share of ways off the ground that
/// are soft.
const LINES: usize = 128;
const SOFT_SHARE: f64 = 0.06;
/// The share of ways into a shadow that are, and under noise, where what fades away is told from what has
/// an edge less well.
const SOFT_INTO: f64 = 0.3;
const SOFT_INTO_NOISY: f64 = 0.45;
/// Second differences in a shadow, in levels beside twice the noise.
const EVEN: f32 = 9.0;
/// How far from the ground a pixel of hardly any shadow is, in levels beside twice the noise.
const FAINT: f32 = 3.0;
/// How far beside what is surely shadow its pixels are found by their colour, in px, and by how much they
/// differ from their neighbours, in levels.
const BESIDE_PX: u8 = 4;
const BESIDE: f32 = 24.0;
/// How many times the noise compression may bleed colour beside an edge.
const BLEEDS: f32 = 4.0;

/// Colour and alpha of the shadows on a ground of one colour at each pixel, if there are any.
/// `distances` says how far all pixels are from the ground, in levels.
pub(super) fn shadows(raster: &Raster, ground: &Ground, distances: &[u8]) -> Option<Vec<[u8; 4]>> {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    // A quick look, as most pictures have none.
    let is_hard =
        || Ways::of(distances, w, (w.max(h) / LINES).max(1), &|_| true).soft() <= SOFT_SHARE;
    if !ground.is_constant() || is_hard() || raster.has_alpha() {
        return None;
    }
    let noise = Noise::measure(raster);
    let levels = soft::calmed(raster, noise);
    let even = (EVEN + 2.0 * noise.sigma) as i32;
    let is_even = |at: usize| {
        let (x, y) = (at % w, at / w);
        let bends = |step: usize| {
            let bend = |i: usize| {
                let [a, b, c] = [at - step, at, at + step].map(|at| i32::from(levels[at][i]));
                (a - 2 * b + c).abs()
            };
            (0..4).any(|i| bend(i) > even)
        };
        !((1..w - 1).contains(&x) && bends(1) || (1..h - 1).contains(&y) && bends(w))
    };
    let scene = Scene { raster, noise, levels: &levels, is_even: &is_even, shade: &|_| None };
    let [r, g, b] = ground.at(0, 0);
    let ground = [r, g, b, 255.0];
    let mut shadows = Shadows::find(&scene, &[ground]).list;
    shadows.retain(|shadow| {
        let mut is_own = vec![false; levels.len()];
        shadow.pixels.iter().for_each(|&at| is_own[at as usize] = true);
        let ways = |levels: &[u8]| Ways::of(levels, w, 1, &|at| is_own[at]).soft();
        if noise.is_none() {
            return ways(distances) > SOFT_INTO;
        }
        // Chroma fades beside every edge: luma tells.
        let luma = |color: [f32; 4]| soft::level(color, noise)[0];
        let off = |&pixel: &[u8; 4]| (luma(premultiplied(pixel)) - luma(ground)).abs().round();
        let lumas: Vec<u8> = raster.pixels().iter().map(|pixel| off(pixel) as u8).collect();
        ways(&lumas) > SOFT_INTO_NOISY
    });
    let mut all = vec![[0; 4]; raster.pixels().len()];
    for (which, shadow) in shadows.iter().enumerate() {
        let [r, g, b] = [0, 1, 2].map(|c| shadow.fade.color[c].round() as u8);
        for (pixel, alpha) in all.iter_mut().zip(alphas(raster, noise, &shadows, which)) {
            let alpha = alpha.round() as u8;
            if alpha > pixel[3] {
                *pixel = [r, g, b, alpha];
            }
        }
    }
    (!shadows.is_empty()).then_some(all)
}

/// How strong a shadow is at every pixel; where something hides it, as it runs on from around that.
fn alphas(raster: &Raster, noise: Noise, shadows: &[Soft], which: usize) -> Vec<f32> {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let Soft { fade, pixels, .. } = &shadows[which];
    let known = |value: f32| Cell { value, weight: 1.0 };
    let pixel = |at: usize| premultiplied(raster.pixels()[at]);
    let is_faint = |at: usize| difference(pixel(at), fade.ground) <= FAINT + 2.0 * noise.sigma;
    let mut cells = vec![Cell::default(); w * h];
    let mut open: Vec<(usize, u8)> = pixels.iter().map(|&at| (at as usize, 0)).collect();
    for &(at, _) in &open {
        cells[at] = known(fade.alpha(pixel(at)));
    }
    // It runs out where the ground seems to be, and up to the edges of what lies on it.
    let mut next = 0;
    while let Some(&(at, far)) = open.get(next) {
        next += 1;
        for other in soft::beside(at, w, w * h) {
            let color = pixel(other);
            let alpha = fade.alpha(color);
            let is_near = || far < BESIDE_PX && (alpha - cells[at].value).abs() <= BESIDE;
            if cells[other].weight > 0.0 || alpha == 0.0 || !fade.has(color, noise) {
                continue;
            }
            if is_faint(other) {
                open.push((other, far));
            } else if is_near() {
                open.push((other, far + 1));
            } else {
                continue;
            }
            cells[other] = known(alpha);
        }
    }
    for (at, cell) in cells.iter_mut().enumerate() {
        if cell.weight == 0.0 && is_faint(at) {
            *cell = known(0.0);
        }
    }
    // What another shadow has is none of this one.
    let others = shadows.iter().enumerate().filter(|&(i, _)| i != which);
    for &at in others.flat_map(|(_, other)| &other.pixels) {
        cells[at as usize] = known(0.0);
    }
    let grid = Grid { w, h, cells };
    let mut alphas = grid.filled();
    for (at, alpha) in alphas.iter_mut().enumerate().filter(|&(at, _)| grid.cells[at].weight == 0.0)
    {
        // No more than is seen, even where a shape's colour bleeds into it.
        if fade.has(pixel(at), Noise { sigma: BLEEDS * noise.sigma }) {
            *alpha = alpha.min(fade.alpha(pixel(at)));
        }
    }
    alphas
}
