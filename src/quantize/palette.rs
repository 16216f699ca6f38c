//! The inks of a picture.
//!
//! Every 2 × 2 block of equal pixels votes for its colour: an antialiased edge varies across itself
//! and so never fills such a block. Colours are taken in order of popularity, each as it is, unless
//! it lies so near to one taken before that nobody could tell them apart (leader clustering in
//! `OKLab`; B. Ottosson, "A perceptual color space for image processing", 2020).

use std::collections::HashMap;

use super::plateau::plateaus;
use super::{MAX_INKS, Noise, Palette, blend, difference, premultiplied};
use crate::order;
use crate::par;
use crate::raster::Raster;

/// Votes that a blend of two more popular inks needs to be an ink itself: a few equal blocks may
/// be thin strokes side by side.
const BLEND_VOTES: usize = 40;
/// It needs no more than one in so many of all: a tiny picture has few.
const BLEND_SHARE: usize = 100;
/// Rows that one task counts; fixed, so that results do not depend on the number of threads.
const BAND_ROWS: usize = 64;
/// Colours nearer than this in `OKLab` are one ink; about the smallest difference that can be seen.
const NEAR: f32 = 0.012;
/// Pictures with fewer equal blocks than this share of their pixels are noisy or shaded.
const FLAT_SHARE: f64 = 0.05;

/// Finds the inks of `raster`, which has this noise, at most `most` beside transparency.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{export::render, quantize::{Noise, palette}};
///
/// let raster = render(&artwork, 200, 200)?;
/// let inks = palette(&raster, 16, Noise::measure(&raster));
/// assert!(inks.inks.contains(&[200, 16, 46, 255]));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn palette(raster: &Raster, most: usize, noise: Noise) -> Palette {
    let most = most.clamp(1, MAX_INKS);
    let pixels = raster.width_px() as usize * raster.height_px() as usize;
    if !noise.is_none() {
        let votes = plateaus(raster, noise);
        let flat: usize = votes.iter().map(|v| v.1).sum();
        if flat as f64 >= FLAT_SHARE * pixels as f64 {
            return taken(&votes, most, (6.0 + 2.2 * noise.sigma) as u8, noise);
        }
    }
    let mut votes = count(raster, 0, true);
    let flat: usize = votes.iter().map(|v| v.1).sum();
    let mut tolerance = 2;
    if (flat as f64) < FLAT_SHARE * pixels as f64 {
        votes = count(raster, 3, true);
        tolerance = 16;
    }
    let mut palette = taken(&votes, most, tolerance, Noise::NONE);
    if super::is_tiny(raster) {
        drop_blends(&mut palette.inks, &votes);
    }
    palette
}

/// Drops inks of few votes that are blends of two others, however popular: in a tiny picture four
/// equal pixels are soon found on an edge.
fn drop_blends(inks: &mut Vec<[u8; 4]>, votes: &[([u8; 4], usize)]) {
    let mut at = 1;
    while let Some(&ink) = inks.get(at) {
        let others: Vec<[u8; 4]> = inks.iter().copied().filter(|&other| other != ink).collect();
        let votes = votes.iter().find(|vote| vote.0 == ink).map_or(0, |vote| vote.1);
        let is_edge = votes < 4 && ink[3] < u8::MAX;
        if is_edge || votes < BLEND_VOTES && is_blend(ink, &others) {
            inks.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Every colour of `raster` is an ink, whether it fills an area or a single pixel, until there are
/// too many.
pub fn every_color(raster: &Raster, most: usize) -> Palette {
    taken(&count(raster, 0, false), most.clamp(1, MAX_INKS), 0, Noise::NONE)
}

/// Takes at most `most` inks, if need be by merging what is farther and farther apart.
fn taken(votes: &[([u8; 4], usize)], most: usize, mut tolerance: u8, noise: Noise) -> Palette {
    let mut near = NEAR;
    loop {
        let inks = leaders(votes, near, tolerance);
        if inks.len() <= most + 1 {
            return Palette { inks, tolerance, noise };
        }
        near *= 1.25;
        // What is merged must still be recognised as flat.
        tolerance = tolerance.max((near * 255.0) as u8);
    }
}

/// Colours of equal 2 × 2 `blocks`, or of all pixels, and how many there are, the most popular
/// first. Colours that agree but for their `drop_bits` lowest bits count as equal.
fn count(raster: &Raster, drop_bits: u32, blocks: bool) -> Vec<([u8; 4], usize)> {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let pixels = raster.pixels();
    let mask = u32::from_ne_bytes([0xff << drop_bits; 4]);
    let word = |p: [u8; 4]| if p[3] == 0 { 0 } else { u32::from_ne_bytes(p) & mask };
    let bands = par::map(h.div_ceil(BAND_ROWS), |band| {
        // For a colour class: its blocks, and the exact colour first seen in it.
        let mut votes: HashMap<u32, (usize, [u8; 4])> = HashMap::new();
        let mut vote = |key: u32, n: usize, seen: [u8; 4]| {
            votes.entry(key).or_insert((0, seen)).0 += n;
        };
        for y in band * BAND_ROWS..((band + 1) * BAND_ROWS).min(h) {
            let row = &pixels[y * w..(y + 1) * w];
            // A picture of one row has no blocks; then its pairs count.
            let above = if y == 0 || !blocks { row } else { &pixels[(y - 1) * w..y * w] };
            if y == 0 && h > 1 && blocks {
                continue;
            }
            let mut x = 0;
            while x < w {
                let key = word(row[x]);
                let start = x;
                while x < w && word(row[x]) == key && word(above[x]) == key {
                    x += 1;
                }
                let run = x - start;
                let in_row = usize::from(blocks && w > 1);
                if run > in_row {
                    vote(key, run - in_row, row[start]);
                }
                x += usize::from(run == 0);
            }
        }
        votes
    });
    let mut all: HashMap<u32, (usize, [u8; 4])> = HashMap::new();
    for (key, (n, seen)) in bands.into_iter().flatten() {
        all.entry(key)
            .and_modify(|kept| *kept = (kept.0 + n, kept.1.min(seen)))
            .or_insert((n, seen));
    }
    let clear = |p: [u8; 4]| if p[3] == 0 { [0; 4] } else { p };
    let mut votes: Vec<_> = all.into_values().map(|(n, seen)| (clear(seen), n)).collect();
    order::most_first(&mut votes);
    votes
}

/// Takes colours by popularity unless one taken before is `near`.
fn leaders(votes: &[([u8; 4], usize)], near: f32, tolerance: u8) -> Vec<[u8; 4]> {
    let oklab = Oklab::new();
    let blend_votes = BLEND_VOTES.min(votes.iter().map(|v| v.1).sum::<usize>() / BLEND_SHARE);
    let mut inks = vec![[0; 4]];
    let mut labs = vec![oklab.of([0; 4])];
    for &(color, n) in votes {
        let lab = oklab.of(color);
        let taken = labs.iter().zip(&inks).any(|(l, ink)| {
            distance(*l, lab) < near
                || difference(premultiplied(*ink), premultiplied(color)) <= f32::from(tolerance)
        });
        if taken || (n < blend_votes && is_blend(color, &inks)) {
            continue;
        }
        inks.push(color);
        labs.push(lab);
        labs.push(lab);
        if inks.len() > 4 * MAX_INKS {
            break;
        }
    }
    inks
}

/// Whether `color` is a blend of two of the inks.
pub(super) fn is_blend(color: [u8; 4], inks: &[[u8; 4]]) -> bool {
    let p = premultiplied(color);
    inks.iter().enumerate().any(|(i, a)| {
        let a = premultiplied(*a);
        inks[..i].iter().any(|b| blend(p, a, premultiplied(*b)).1 < 64.0)
    })
}

pub(super) fn distance(a: [f32; 4], b: [f32; 4]) -> f32 {
    (0..4).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum::<f32>().sqrt()
}

/// `OKLab` with the sRGB transfer function tabulated.
pub(super) struct Oklab {
    linear: [f32; 256],
}

impl Oklab {
    pub(super) fn new() -> Self {
        let linear = std::array::from_fn(|i| {
            let v = i as f32 / 255.0;
            if v <= 0.04045 { v / 12.92 } else { libm::powf((v + 0.055) / 1.055, 2.4) }
        });
        Self { linear }
    }

    /// Lightness, a, b and alpha, each scaled by alpha: what is transparent has no colour.
    pub(super) fn of(&self, [r, g, b, a]: [u8; 4]) -> [f32; 4] {
        let [r, g, b] = [r, g, b].map(|c| self.linear[c as usize]);
        let l = libm::cbrtf(0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b);
        let m = libm::cbrtf(0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b);
        let s = libm::cbrtf(0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b);
        let alpha = f32::from(a) / 255.0;
        [
            alpha * (0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s),
            alpha * (1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s),
            alpha * (0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s),
            alpha,
        ]
    }
}
