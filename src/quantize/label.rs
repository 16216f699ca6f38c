//! Every pixel gets an ink.
//!
//! A pixel of an ink's colour is that ink. Any other is read as a blend of two inks that occur
//! nearby, and goes to the one that covers more of it. Where a stroke is so thin that it covers less
//! than half of every pixel that it crosses, the ridge of its coverage keeps it in one piece.

use super::rescue::rescue;
use super::{Labels, Noise, Palette, TINY_PX, blend, difference};
use crate::par;
use crate::raster::Raster;

/// Rows that one task labels; fixed, so that results do not depend on the number of threads.
const BAND_ROWS: usize = 64;
/// A pixel that no ink explains by itself; stands only until it is resolved.
const UNKNOWN: u8 = u8::MAX;
/// Squared distance from a blend, premultiplied, that still counts as that blend.
const EXPLAINED: f32 = 64.0;
/// Pictures with more inks than this are not looked through for fringes: they are no drawings.
const FRINGE_INKS: usize = 12;
/// Colours that are remembered while labelling.
const KNOWN: usize = 1 << 12;
/// What a partner that was not seen nearby must be better by.
const FAR_PENALTY: f32 = 48.0;
/// Least coverage of a ridge that is kept.
const RIDGE: f32 = 0.16;

/// An unknown pixel's reading: `ground` with `t` of `other` on it.
#[derive(Clone, Copy)]
pub(super) struct Blend {
    ground: u8,
    other: u8,
    t: f32,
    /// Squared distance of the pixel's colour from the blend, premultiplied.
    pub(super) off: f32,
    /// The same with what speaks against the reading.
    cost: f32,
}

/// A pixel that no blend explains.
#[derive(Clone, Copy)]
pub(super) struct Odd {
    /// Its index.
    pub(super) at: u32,
    /// Squared distance from the best blend, premultiplied.
    pub(super) off: f32,
}

impl Odd {
    pub(super) fn is_odd(self, inks: &Inks) -> bool {
        self.off > inks.explained
    }
}

/// Labels every pixel of `raster`; inks that strokes need which are thinner than two pixels are
/// added to `palette`.
pub fn label(raster: &Raster, palette: &mut Palette) -> Labels {
    let may_be_shades = raster.pixels().len() > TINY_PX;
    let (mut labels, mut resolved) = labelled(raster, &Inks::new(palette), may_be_shades);
    let odd: Vec<Odd> = resolved.iter().flat_map(|band| band.odd.iter().copied()).collect();
    if rescue(raster, palette, &labels, odd) {
        (labels, resolved) = labelled(raster, &Inks::new(palette), may_be_shades);
    }
    labels.with(resolved)
}

/// Labels every pixel of `raster` with an ink of `palette` as it is, however many lie at edges.
pub fn label_as(raster: &Raster, palette: &Palette) -> Labels {
    let (labels, resolved) = labelled(raster, &Inks::new(palette), false);
    labels.with(resolved)
}

/// Labels of the pixels that have an ink's colour, and what became of all others.
fn labelled(raster: &Raster, inks: &Inks, may_be_shades: bool) -> (Labels, Vec<Resolved>) {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let mut labels = Labels { width_px: w, height_px: h, of: vec![UNKNOWN; w * h] };
    let bands = h.div_ceil(BAND_ROWS);
    let seed_all = |labels: &mut Labels, inks: &Inks| {
        par::for_each_chunk(&mut labels.of, BAND_ROWS * w, |band, rows| {
            seed(raster, inks, band * BAND_ROWS, rows);
        });
    };
    seed_all(&mut labels, inks);
    let unknown = labels.of.iter().map(|&l| usize::from(l == UNKNOWN)).sum::<usize>();
    if may_be_shades && unknown * 2 > w * h {
        // Shades, not edges: nothing better can be done than to take the nearest ink.
        seed_all(&mut labels, &inks.boundless());
    }
    let resolved = par::map(bands, |band| {
        resolve(raster, inks, &labels, band * BAND_ROWS..((band + 1) * BAND_ROWS).min(h))
    });
    (labels, resolved)
}

impl Labels {
    /// With what became of the pixels that had none.
    fn with(mut self, resolved: Vec<Resolved>) -> Self {
        for (at, ink) in resolved.into_iter().flat_map(|band| band.labels) {
            self.of[at as usize] = ink;
        }
        self
    }
}

/// What became of the unknown pixels of some rows.
#[derive(Default)]
struct Resolved {
    /// Indices and inks.
    labels: Vec<(u32, u8)>,
    /// Those that no blend explains.
    odd: Vec<Odd>,
}

/// The inks, ready to compare with.
#[derive(Clone)]
pub(super) struct Inks {
    colors: Vec<[f32; 4]>,
    /// Whether an ink is a blend of two others, so that edge pixels may have its colour.
    between: Vec<bool>,
    tolerance: f32,
    noise: Noise,
    /// Squared distance from a blend that still counts as that blend.
    explained: f32,
}

impl Inks {
    pub(super) fn new(palette: &Palette) -> Self {
        let noise = palette.noise;
        let colors: Vec<_> = palette.inks.iter().map(|&ink| noise.color(ink)).collect();
        let tolerance = f32::from(palette.tolerance);
        let reach = (2.0 * tolerance) * (2.0 * tolerance);
        let between = (0..colors.len()).map(|k| {
            let ends = |i: usize, j: usize| {
                i != k && j != k && blend(colors[k], colors[i], colors[j]).1 < reach
            };
            // Under noise every ink is one that a ripple may come near to.
            !noise.is_none() || (0..colors.len()).any(|i| (0..i).any(|j| ends(i, j)))
        });
        let explained = EXPLAINED.max(noise.reach() * noise.reach());
        Self { between: between.collect(), tolerance, noise, explained, colors }
    }

    /// The same inks, for which no pixel is too far.
    fn boundless(&self) -> Self {
        Self { between: vec![false; self.colors.len()], tolerance: f32::MAX, ..self.clone() }
    }

    /// Squared distance of a colour from the mixtures of three of the inks `of`.
    fn mixture(&self, p: [f32; 4], of: &[u8]) -> f32 {
        let of = &of[..of.len().min(6)];
        let color = |i: usize| self.colors[of[i] as usize];
        let mut best = f32::MAX;
        for i in 0..of.len() {
            for j in 0..i {
                for k in 0..j {
                    best = best.min(off_triangle(p, color(i), color(j), color(k)));
                }
            }
        }
        best
    }

    /// Squared distance of a colour from the fringes that two of the inks `of` can have.
    ///
    /// Where a shape is drawn over another with the same edge, pixels on it that both cover by
    /// `a` let a little of the hidden ink `m` through: `g(1-a)² + m·a(1-a) + t·a`, with the ground
    /// `g` and the ink on top `t` (T. Porter and T. Duff, "Compositing Digital Images", 1984).
    fn fringe(&self, p: [f32; 4], of: &[u8]) -> f32 {
        if self.colors.len() > FRINGE_INKS {
            return f32::MAX;
        }
        let color = |ink: &u8| self.colors[*ink as usize];
        let mut best = f32::MAX;
        for g in of.iter().map(color) {
            for t in of.iter().map(color) {
                for m in &self.colors {
                    best = best.min(off_fringe(p, g, *m, t));
                }
            }
        }
        best
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

/// Squared distance of `p` from the triangle of three colours; infinite beside it.
fn off_triangle(p: [f32; 4], a: [f32; 4], b: [f32; 4], c: [f32; 4]) -> f32 {
    let minus = |p: [f32; 4], q: [f32; 4]| [0, 1, 2, 3].map(|i| p[i] - q[i]);
    let dot = |p: [f32; 4], q: [f32; 4]| (0..4).map(|i| p[i] * q[i]).sum::<f32>();
    let (u, v, w) = (minus(b, a), minus(c, a), minus(p, a));
    let (uu, uv, vv, uw, vw) = (dot(u, u), dot(u, v), dot(v, v), dot(u, w), dot(v, w));
    let det = uu * vv - uv * uv;
    if det < 1.0 {
        return f32::MAX;
    }
    let (s, t) = ((uw * vv - vw * uv) / det, (vw * uu - uw * uv) / det);
    // Rounding may put a mixture a little outside.
    if s < -0.02 || t < -0.02 || s + t > 1.02 {
        return f32::MAX;
    }
    let off = [0, 1, 2, 3].map(|i| w[i] - s * u[i] - t * v[i]);
    dot(off, off)
}

/// Squared distance of `p` from the fringe of `m` between `g` and `t`; see [`Inks::fringe`].
fn off_fringe(p: [f32; 4], g: [f32; 4], m: [f32; 4], t: [f32; 4]) -> f32 {
    let linear = [0, 1, 2, 3].map(|i| m[i] - 2.0 * g[i] + t[i]);
    let square = [0, 1, 2, 3].map(|i| g[i] - m[i]);
    let off = |a: f32| [0, 1, 2, 3].map(|i| p[i] - g[i] - a * (linear[i] + a * square[i]));
    let mut a: f32 = 0.5;
    // The curve is gently bent: Gauss-Newton is there in a few steps.
    for _ in 0..4 {
        let (r, slope) = (off(a), [0, 1, 2, 3].map(|i| linear[i] + 2.0 * a * square[i]));
        let (mut along, mut length2) = (0.0, 0.0);
        for i in 0..4 {
            along += r[i] * slope[i];
            length2 += slope[i] * slope[i];
        }
        if length2 == 0.0 {
            break;
        }
        a = (a + along / length2).clamp(0.0, 1.0);
    }
    off(a).iter().map(|d| d * d).sum()
}

/// One number for a colour; everything fully transparent is the same.
fn word(p: [u8; 4]) -> u32 {
    if p[3] == 0 { 0 } else { u32::from_ne_bytes(p) }
}

/// Labels the pixels that have an ink's colour.
fn seed(raster: &Raster, inks: &Inks, top: usize, rows: &mut [u8]) {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let bottom = top + rows.len() / w;
    let first = top.saturating_sub(1);
    let near = alike(inks, &raster.pixels()[first * w..(bottom + 1).min(h) * w]);
    let from = (top - first) * w;
    rows.copy_from_slice(&near[from..from + rows.len()]);
    if !inks.between.contains(&true) {
        return;
    }
    for (i, label) in rows.iter_mut().enumerate() {
        if *label == UNKNOWN || !inks.between[*label as usize] {
            continue;
        }
        let (x, y) = (i % w, from / w + i / w);
        let same = |x: usize, y: usize| near[y * w + x] == *label;
        let (x0, x1) = (x.saturating_sub(1), (x + 1).min(w - 1));
        let (y0, y1) = (y.saturating_sub(1), (y + 1).min(near.len() / w - 1));
        let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)];
        let block = corners.into_iter().any(|(nx, ny)| same(nx, y) && same(x, ny) && same(nx, ny));
        if !block {
            *label = UNKNOWN;
        }
    }
}

/// The ink whose colour each pixel has.
fn alike(inks: &Inks, pixels: &[[u8; 4]]) -> Vec<u8> {
    let ink = |pixel: [u8; 4]| {
        let (ink, apart) = inks.nearest(inks.noise.color(pixel));
        if apart <= inks.tolerance { ink } else { UNKNOWN }
    };
    // Colours come again: what was last said of those with the same hash.
    let mut known = vec![(0, ink([0; 4])); KNOWN];
    let alike = |pixel: &[u8; 4]| {
        let key = word(*pixel);
        let hash = key.wrapping_mul(0x9e37_79b1) as usize >> 16;
        let slot = &mut known[hash % KNOWN];
        if slot.0 != key {
            *slot = (key, ink(*pixel));
        }
        slot.1
    };
    pixels.iter().map(alike).collect()
}

/// Labels the unknown pixels of some rows.
fn resolve(raster: &Raster, inks: &Inks, seeds: &Labels, rows: std::ops::Range<usize>) -> Resolved {
    let w = seeds.width_px;
    let mut out = Resolved::default();
    for at in rows.start * w..rows.end * w {
        if seeds.of[at] != UNKNOWN {
            continue;
        }
        let (x, y) = ((at % w) as i32, (at / w) as i32);
        let read = read(raster, inks, seeds, x, y);
        let read = if read.t < 0.5 { read } else { read.swapped() };
        let on_top = is_ridge(raster, inks, seeds, x, y, read);
        out.labels.push((at as u32, if on_top { read.other } else { read.ground }));
        let odd = Odd { at: at as u32, off: read.off };
        if odd.is_odd(inks) {
            out.odd.push(odd);
        }
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
pub(super) fn read(raster: &Raster, inks: &Inks, seeds: &Labels, x: i32, y: i32) -> Blend {
    let p = inks.noise.color(raster.pixels()[y as usize * seeds.width_px + x as usize]);
    let scale = inks.explained / EXPLAINED;
    let mut near = Vec::with_capacity(8);
    around(seeds, x, y, 1..=2, &mut near);
    let mut best = Blend { ground: 0, other: 0, t: 0.0, off: f32::MAX, cost: f32::MAX };
    for (j, &b) in near.iter().enumerate() {
        for &a in &near[..j] {
            best.offer(p, inks, a, b, 0.0);
        }
    }
    if best.cost <= inks.explained {
        return best;
    }
    // A thin stroke or the tip of a shape: one of the inks may be seen only from farther away.
    around(seeds, x, y, 3..=6, &mut near);
    if near.is_empty() {
        near.push(inks.nearest(p).0);
    }
    for &ink in &near {
        best.offer(p, inks, ink, ink, 0.0);
    }
    for &a in &near {
        for b in 0..inks.colors.len() as u8 {
            let penalty = scale * if near.contains(&b) { 16.0 } else { FAR_PENALTY };
            best.offer(p, inks, a, b, penalty);
        }
    }
    if best.off > inks.explained {
        // Three inks in one pixel are nothing new; only what no inks nearby make up is.
        best.off = best.off.min(inks.mixture(p, &near)).min(inks.fringe(p, &near));
    }
    best
}

impl Blend {
    /// The same reading with the inks' roles exchanged.
    fn swapped(self) -> Self {
        Self { ground: self.other, other: self.ground, t: 1.0 - self.t, ..self }
    }

    fn offer(&mut self, p: [f32; 4], inks: &Inks, a: u8, b: u8, penalty: f32) {
        let (t, off) = blend(p, inks.colors[a as usize], inks.colors[b as usize]);
        if off + penalty < self.cost {
            *self = Self { ground: a, other: b, t, off, cost: off + penalty };
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
    let ripple = inks.noise.reach() / difference(a, b).max(1.0);
    if !inks.noise.is_none() && read.t < RIDGE + ripple {
        return false;
    }
    let coverage = |x: i32, y: i32| {
        if x < 0 || y < 0 || x >= w || y >= h {
            return 0.0;
        }
        let (t, off) = blend(inks.noise.color(raster.pixels()[(y * w + x) as usize]), a, b);
        if off > inks.explained { 1.0 } else { t }
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
