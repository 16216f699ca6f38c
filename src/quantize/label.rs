//! Every pixel gets an ink.
//!
//! A pixel of an ink's colour is that ink. Any other is read as a blend of two inks that occur
//! nearby, and goes to the one that covers more of it. Where a stroke is so thin that it covers less
//! than half of every pixel that it crosses, the ridge of its coverage keeps it in one piece.

use std::collections::HashMap;

use super::{Labels, Palette, blend, difference, premultiplied};
use crate::par;
use crate::raster::Raster;

/// Rows that one task labels; fixed, so that results do not depend on the number of threads.
const BAND_ROWS: usize = 64;
/// A pixel that no ink explains by itself; stands only until it is resolved.
const UNKNOWN: u8 = u8::MAX;
/// Squared distance from a blend, premultiplied, that still counts as that blend.
const EXPLAINED: f32 = 64.0;
/// What a partner that was not seen nearby must be better by.
const FAR_PENALTY: f32 = 48.0;
/// Least coverage of a ridge that is kept.
const RIDGE: f32 = 0.16;

/// An unknown pixel's reading: `ground` with `t` of `other` on it.
#[derive(Clone, Copy)]
struct Blend {
    ground: u8,
    other: u8,
    t: f32,
    cost: f32,
}

/// Labels every pixel of `raster`.
pub fn label(raster: &Raster, palette: &Palette) -> Labels {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let mut labels = Labels { width_px: w, height_px: h, of: vec![UNKNOWN; w * h] };
    let inks = Inks::new(palette);
    par::for_each_chunk(&mut labels.of, BAND_ROWS * w, |band, rows| {
        seed(raster, &inks, band * BAND_ROWS, rows);
    });
    let unknown = labels.of.iter().map(|&l| usize::from(l == UNKNOWN)).sum::<usize>();
    if unknown * 2 > w * h {
        par::for_each_chunk(&mut labels.of, BAND_ROWS * w, |band, rows| {
            nearest(raster, &inks, band * BAND_ROWS, rows);
        });
        return labels;
    }
    let resolved = par::map(h.div_ceil(BAND_ROWS), |band| {
        let rows = band * BAND_ROWS..((band + 1) * BAND_ROWS).min(h);
        resolve(raster, &inks, &labels, rows)
    });
    for (pixel, ink) in resolved.into_iter().flatten() {
        labels.of[pixel as usize] = ink;
    }
    labels
}

/// The inks, ready to compare with.
struct Inks {
    colors: Vec<[f32; 4]>,
    /// Whether an ink is a blend of two others, so that edge pixels may have its colour.
    between: Vec<bool>,
    tolerance: f32,
}

impl Inks {
    fn new(palette: &Palette) -> Self {
        let colors: Vec<_> = palette.inks.iter().map(|&ink| premultiplied(ink)).collect();
        let tolerance = f32::from(palette.tolerance);
        let reach = (2.0 * tolerance) * (2.0 * tolerance);
        let between = (0..colors.len()).map(|k| {
            let ends = |i: usize, j: usize| {
                i != k && j != k && blend(colors[k], colors[i], colors[j]).1 < reach
            };
            (0..colors.len()).any(|i| (0..i).any(|j| ends(i, j)))
        });
        Self { between: between.collect(), tolerance, colors }
    }

    /// The ink nearest to a colour, and how far it is in its farthest channel.
    fn nearest(&self, p: [f32; 4]) -> (u8, f32) {
        let mut best = (0, f32::MAX);
        for (i, color) in self.colors.iter().enumerate() {
            let apart = difference(*color, p);
            if apart < best.1 {
                best = (i as u8, apart);
            }
        }
        best
    }
}

/// One number for a colour; everything fully transparent is the same.
fn word(p: [u8; 4]) -> u32 {
    if p[3] == 0 { 0 } else { u32::from_ne_bytes(p) }
}

/// Labels the pixels that have an ink's colour.
fn seed(raster: &Raster, inks: &Inks, top: usize, rows: &mut [u8]) {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let pixels = &raster.pixels();
    let mut known: HashMap<u32, u8> = HashMap::new();
    let mut last = (0, 0);
    for (i, label) in rows.iter_mut().enumerate() {
        let at = top * w + i;
        let key = word(pixels[at]);
        if key != last.0 {
            let ink = *known.entry(key).or_insert_with(|| {
                let (ink, apart) = inks.nearest(premultiplied(pixels[at]));
                if apart <= inks.tolerance { ink } else { UNKNOWN }
            });
            last = (key, ink);
        }
        *label = last.1;
        if last.1 != UNKNOWN && inks.between[last.1 as usize] {
            let (x, y) = (at % w, at / w);
            let same = |x: usize, y: usize| {
                let p = premultiplied(pixels[y * w + x]);
                difference(p, inks.colors[last.1 as usize]) <= inks.tolerance
            };
            let (x0, x1) = (x.saturating_sub(1), (x + 1).min(w - 1));
            let (y0, y1) = (y.saturating_sub(1), (y + 1).min(h - 1));
            let block = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)]
                .into_iter()
                .any(|(nx, ny)| same(nx, y) && same(x, ny) && same(nx, ny));
            if !block {
                *label = UNKNOWN;
            }
        }
    }
}

/// Gives every unknown pixel the nearest ink: all that can be done without flat areas.
fn nearest(raster: &Raster, inks: &Inks, top: usize, rows: &mut [u8]) {
    let pixels = &raster.pixels()[top * raster.width_px() as usize..];
    let mut known: HashMap<u32, u8> = HashMap::new();
    for (label, &pixel) in rows.iter_mut().zip(pixels) {
        if *label == UNKNOWN {
            *label =
                *known.entry(word(pixel)).or_insert_with(|| inks.nearest(premultiplied(pixel)).0);
        }
    }
}

/// Labels the unknown pixels of some rows.
fn resolve(
    raster: &Raster,
    inks: &Inks,
    seeds: &Labels,
    rows: std::ops::Range<usize>,
) -> Vec<(u32, u8)> {
    let w = seeds.width_px;
    let mut out = Vec::new();
    for at in rows.start * w..rows.end * w {
        if seeds.of[at] != UNKNOWN {
            continue;
        }
        let (x, y) = ((at % w) as i32, (at / w) as i32);
        let read = read(raster, inks, seeds, x, y);
        let on_top = read.t >= 0.5 || is_ridge(raster, inks, seeds, x, y, read);
        out.push((at as u32, if on_top { read.other } else { read.ground }));
    }
    out
}

/// Inks that occur around a pixel, nearest first.
fn around(
    seeds: &Labels,
    x: i32,
    y: i32,
    rings: std::ops::RangeInclusive<i32>,
    found: &mut Vec<u8>,
) {
    let mut see = |x: i32, y: i32| {
        if x < 0 || y < 0 || x as usize >= seeds.width_px || y as usize >= seeds.height_px {
            return;
        }
        let ink = seeds.at(x, y);
        if ink != UNKNOWN && !found.contains(&ink) {
            found.push(ink);
        }
    };
    for ring in rings {
        for d in -ring..=ring {
            see(x + d, y - ring);
            see(x + d, y + ring);
            see(x - ring, y + d);
            see(x + ring, y + d);
        }
    }
}

/// Reads a pixel as a blend of two inks, preferably of those around it.
fn read(raster: &Raster, inks: &Inks, seeds: &Labels, x: i32, y: i32) -> Blend {
    let p = premultiplied(raster.pixels()[y as usize * seeds.width_px + x as usize]);
    let mut near = Vec::with_capacity(8);
    around(seeds, x, y, 1..=2, &mut near);
    let mut best = Blend { ground: 0, other: 0, t: 0.0, cost: f32::MAX };
    for (j, &b) in near.iter().enumerate() {
        for &a in &near[..j] {
            best.offer(p, inks, a, b, 0.0);
        }
    }
    if best.cost <= EXPLAINED {
        return best;
    }
    // A thin stroke or the tip of a shape: one of the inks may be seen only from farther away.
    around(seeds, x, y, 3..=6, &mut near);
    if near.is_empty() {
        let (ink, _) = inks.nearest(p);
        return Blend { ground: ink, other: ink, t: 0.0, cost: 0.0 };
    }
    for &a in &near {
        for b in 0..inks.colors.len() as u8 {
            let penalty = if near.contains(&b) { 16.0 } else { FAR_PENALTY };
            best.offer(p, inks, a, b, penalty);
        }
    }
    best
}

impl Blend {
    fn offer(&mut self, p: [f32; 4], inks: &Inks, a: u8, b: u8, penalty: f32) {
        if a == b {
            return;
        }
        let (t, off) = blend(p, inks.colors[a as usize], inks.colors[b as usize]);
        if off + penalty < self.cost {
            *self = Self { ground: a, other: b, t, cost: off + penalty };
        }
    }
}

/// Whether the lesser ink of an unknown pixel is the ridge of a stroke too thin to cover half of it.
fn is_ridge(raster: &Raster, inks: &Inks, seeds: &Labels, x: i32, y: i32, read: Blend) -> bool {
    if read.t < RIDGE || read.ground == read.other {
        return false;
    }
    let (w, h) = (seeds.width_px as i32, seeds.height_px as i32);
    let (a, b) = (inks.colors[read.ground as usize], inks.colors[read.other as usize]);
    let coverage = |x: i32, y: i32| {
        if x < 0 || y < 0 || x >= w || y >= h {
            return 0.0;
        }
        let (t, off) = blend(premultiplied(raster.pixels()[(y * w + x) as usize]), a, b);
        if off > EXPLAINED { 1.0 } else { t }
    };
    [(1, 0), (0, 1)].into_iter().any(|(dx, dy)| {
        let (before, after) = (coverage(x - dx, y - dy), coverage(x + dx, y + dy));
        let (before2, after2) =
            (coverage(x - 2 * dx, y - 2 * dy), coverage(x + 2 * dx, y + 2 * dy));
        // The greater-or-equal on one side only: of two equal pixels one is the ridge.
        before < read.t
            && after <= read.t
            && before.min(before2) < 0.3 * read.t
            && after.min(after2) < 0.3 * read.t
    })
}
