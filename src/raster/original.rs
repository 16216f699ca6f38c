//! The small picture that a large one was scaled up from.
//!
//! Scaling up makes every row a fixed mixture of the small picture's columns, and every column one of
//! its rows. So the small picture is found by least squares: of the sizes and filters that a
//! program may have used, those that explain some rows best, if they explain them to the rounding
//! of their pixels; then all rows and columns are solved with them. Blocks of equal pixels are
//! undone exactly. What a filter overshoots beyond black or white is cut off in the large picture:
//! pixels there only have to be that far, not farther.

use std::ops::RangeInclusive;

use super::upscale::{block_px, edge_scale};
use super::{Raster, unpremultiply};
use crate::order;
use crate::par;

/// Scales below this are left alone: there is little to gain.
const LEAST_SCALE: f64 = 1.6;
/// Smaller pictures than this are no originals, in px.
const LEAST_SIDE_PX: usize = 8;
/// How far off, root mean square, an explanation may be, in levels.
const EXPLAINED: f64 = 2.0;
/// What rounding alone leaves, and a little, in levels.
const ROUNDING: f64 = 0.32;
/// Rows that sizes are compared on.
const COMPARED: usize = 10;
/// Rows that sizes are tried on, and how many of them are kept; these are compared on all.
const KEPT: [(usize, usize); 2] = [(1, 24), (2, 4)];
/// Times that it is asked again which pixels were cut off.
const ROUNDS: usize = 2;
/// Weight of a pixel that was cut off.
const CUT_OFF: f64 = 0.02;

/// The picture that `raster` was scaled up from, if it was.
pub(crate) fn original(raster: &Raster) -> Option<Raster> {
    if let Some(block) = block_px(raster) {
        return blocks(raster, block);
    }
    let scale = edge_scale(raster).filter(|&scale| scale >= LEAST_SCALE)?;
    let planes = planes(raster);
    let plane = most_varied(&planes);
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let size = |scale: f64| ((w as f64 / scale).round() as usize).max(4);
    let sizes = size(1.5 * scale)..=size((0.85 * scale).max(LEAST_SCALE));
    let across = resampling(&rows(&planes[plane], w), sizes, &Filter::ALL)?;
    // Both axes were scaled alike, but for rounding.
    let size = (h as f64 * across.small as f64 / w as f64).round() as usize;
    let sizes = size.saturating_sub(2).max(4)..=size + 2;
    let down = resampling(&columns(&planes[plane], w), sizes, &[across.filter])?;
    if across.small.min(down.small) < LEAST_SIDE_PX {
        return None;
    }
    let (small_w, small_h) = (across.small, down.small);
    let flat = |line: &[f64]| line.iter().all(|v| *v == line[0]);
    let solve = |plane: &[f64]| {
        if flat(plane) {
            return vec![plane[0]; small_w * small_h];
        }
        let rows: Vec<&[f64]> = plane.chunks(w).collect();
        let narrow = par::map(rows.len(), |y| across.solve(rows[y], ROUNDS));
        let columns = par::map(small_w, |x| {
            let column: Vec<f64> = narrow.iter().map(|row| row[x].clamp(0.0, 255.0)).collect();
            down.solve(&column, ROUNDS)
        });
        let mut out = vec![0.0; small_w * small_h];
        for (x, column) in columns.iter().enumerate() {
            for (y, value) in column.iter().enumerate() {
                out[y * small_w + x] = *value;
            }
        }
        out
    };
    let red = solve(&planes[0]);
    // Grey pictures need be solved but once.
    let like_red = |plane: &Vec<f64>| if *plane == planes[0] { red.clone() } else { solve(plane) };
    let [green, blue, alpha] = [1, 2, 3].map(|i| like_red(&planes[i]));
    let mut rgba = Vec::with_capacity(small_w * small_h * 4);
    for (((r, g), b), a) in red.iter().zip(&green).zip(&blue).zip(&alpha) {
        let byte = |v: &f64| v.clamp(0.0, a.clamp(0.0, 255.0)).round() as u8;
        rgba.extend([r, g, b, a].map(byte));
    }
    unpremultiply(&mut rgba);
    Raster::new(small_w as u32, small_h as u32, rgba).ok()
}

/// One pixel of each block.
fn blocks(raster: &Raster, block: u32) -> Option<Raster> {
    let (w, h) = (raster.width_px(), raster.height_px());
    if !w.is_multiple_of(block) || !h.is_multiple_of(block) {
        return None;
    }
    let rows = raster.pixels().chunks(w as usize).step_by(block as usize);
    let rgba = rows.flat_map(|row| row.iter().step_by(block as usize).flatten().copied());
    Raster::new(w / block, h / block, rgba.collect()).ok()
}

/// The four channels, premultiplied.
fn planes(raster: &Raster) -> [Vec<f64>; 4] {
    [0, 1, 2, 3].map(|c| {
        let level = |p: &[u8; 4]| {
            let alpha = f64::from(p[3]);
            if c == 3 { alpha } else { f64::from(p[c]) * alpha / 255.0 }
        };
        raster.pixels().iter().map(level).collect()
    })
}

fn variation(line: &[f64]) -> f64 {
    line.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum()
}

/// The channel that varies most.
fn most_varied(planes: &[Vec<f64>; 4]) -> usize {
    (0..4).max_by(|&a, &b| variation(&planes[a]).total_cmp(&variation(&planes[b]))).unwrap_or(3)
}

/// The rows that tell most.
fn rows(plane: &[f64], w: usize) -> Vec<Vec<f64>> {
    telling(&plane.chunks(w).map(<[f64]>::to_vec).collect::<Vec<_>>())
}

/// The columns that tell most.
fn columns(plane: &[f64], w: usize) -> Vec<Vec<f64>> {
    let column = |x: usize| plane.iter().skip(x).step_by(w).copied().collect();
    telling(&(0..w).map(column).collect::<Vec<Vec<f64>>>())
}

/// Of lines, those that vary most in each of several parts of the picture.
fn telling(lines: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let part = lines.len().div_ceil(COMPARED);
    let mut best: Vec<Vec<f64>> = lines
        .chunks(part)
        .filter_map(|part| {
            part.iter().max_by(|a, b| variation(a).total_cmp(&variation(b))).cloned()
        })
        .collect();
    order::by_key(&mut best, |line| !order::float(variation(line)));
    best
}

/// How a program interpolates.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Filter {
    Linear,
    CatmullRom,
    Lanczos3,
}

impl Filter {
    const ALL: [Self; 3] = [Self::CatmullRom, Self::Linear, Self::Lanczos3];

    /// How many pixels of the small picture it reaches to either side.
    fn reach(self) -> usize {
        match self {
            Self::Linear => 1,
            Self::CatmullRom => 2,
            Self::Lanczos3 => 3,
        }
    }

    /// Weight of a pixel at this distance.
    fn at(self, x: f64) -> f64 {
        let x = x.abs();
        let sinc = |x: f64| {
            let p = core::f64::consts::PI * x;
            if x == 0.0 { 1.0 } else { libm::sin(p) / p }
        };
        match self {
            Self::Linear => (1.0 - x).max(0.0),
            Self::CatmullRom if x < 1.0 => 1.0 + x * x * (1.5 * x - 2.5),
            Self::CatmullRom if x < 2.0 => 2.0 + x * (-4.0 + x * (2.5 - 0.5 * x)),
            Self::Lanczos3 if x < 3.0 => sinc(x) * sinc(x / 3.0),
            _ => 0.0,
        }
    }
}

/// Most pixels of the small picture that one of the large consists of.
const TAPS: usize = 6;

/// What a pixel of the large line consists of: the first pixel of the small line, and the weights
/// from there on.
type Mixture = (usize, [f64; TAPS]);

fn mix(x: &[f64], (first, weights): &Mixture) -> f64 {
    x[*first..].iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// How a line was scaled up.
struct Resampling {
    filter: Filter,
    small: usize,
    mixtures: Vec<Mixture>,
    /// The normal equations of the small line, and their factor.
    normal: Band,
    factor: Band,
}

/// A symmetric banded matrix, or its Cholesky factor: row i holds the entries i−TAPS+1 ..= i.
type Band = Vec<[f64; TAPS]>;

impl Resampling {
    fn new(filter: Filter, small: usize, large: usize) -> Self {
        let taps = (2 * filter.reach()).min(small);
        let mixture = |j: usize| {
            let at = (j as f64 + 0.5) * small as f64 / large as f64 - 0.5;
            let first = (at.floor() as isize - filter.reach() as isize + 1)
                .clamp(0, (small - taps) as isize) as usize;
            let mut weights = [0.0; TAPS];
            for (k, weight) in weights.iter_mut().enumerate().take(taps) {
                *weight = filter.at(at - (first + k) as f64);
            }
            let sum: f64 = weights.iter().sum();
            (first, weights.map(|weight| weight / sum))
        };
        let mixtures: Vec<Mixture> = (0..large).map(mixture).collect();
        let mut normal = vec![[0.0; TAPS]; small];
        for mixture in &mixtures {
            add(&mut normal, mixture, 1.0);
        }
        let factor = factored(normal.clone(), filter);
        Self { filter, small, mixtures, normal, factor }
    }

    /// The small line that explains `line` best, asked `rounds` times which pixels were cut off.
    fn solve(&self, line: &[f64], rounds: usize) -> Vec<f64> {
        if line.iter().all(|v| *v == line[0]) {
            return vec![line[0]; self.small];
        }
        let is_cut = |v: f64| v <= 0.0 || v >= 255.0;
        let mut right = vec![0.0; self.small];
        let count = 2 * self.filter.reach();
        for (v, (first, taps)) in line.iter().zip(&self.mixtures) {
            right[*first..].iter_mut().zip(&taps[..count]).for_each(|(sum, tap)| *sum += tap * v);
        }
        let mut x = substituted(&self.factor, right.clone(), self.filter);
        let mut cut = vec![false; line.len()];
        for _ in 0..rounds {
            let mut changed = false;
            for (j, &v) in line.iter().enumerate().filter(|(_, v)| is_cut(**v)) {
                let mixed = mix(&x, &self.mixtures[j]);
                let beyond = (v - 127.5) * (mixed - v) > 0.0;
                changed |= cut[j] != beyond && (mixed - v).abs() > 0.5;
                cut[j] = beyond;
            }
            if !changed {
                break;
            }
            let (mut band, mut right) = (self.normal.clone(), right.clone());
            for j in (0..line.len()).filter(|&j| cut[j]) {
                let (first, taps) = &self.mixtures[j];
                let less = CUT_OFF - 1.0;
                add(&mut band, &self.mixtures[j], less);
                let sums = right[*first..].iter_mut();
                sums.zip(taps).for_each(|(sum, tap)| *sum += less * tap * line[j]);
            }
            x = substituted(&factored(band, self.filter), right, self.filter);
        }
        x
    }

    /// How far off it leaves `lines`, root mean square.
    fn off(&self, lines: &[Vec<f64>], rounds: usize) -> f64 {
        // What a larger picture explains merely because it has more pixels does not count.
        let count = lines.len() * self.mixtures.len().saturating_sub(self.small);
        let off = |line: &Vec<f64>| {
            let x = self.solve(line, rounds);
            let off = |(v, mixture): (&f64, &Mixture)| {
                let d = mix(&x, mixture).clamp(0.0, 255.0) - v;
                d * d
            };
            line.iter().zip(&self.mixtures).map(off).sum::<f64>()
        };
        (lines.iter().map(off).sum::<f64>() / count.max(1) as f64).sqrt()
    }
}

/// Adds a pixel that is this mixture to the normal equations.
fn add(band: &mut Band, (first, taps): &Mixture, weight: f64) {
    for (i, a) in taps.iter().enumerate().filter(|tap| *tap.1 != 0.0) {
        for (j, b) in taps[..=i].iter().enumerate() {
            band[first + i][TAPS - 1 + j - i] += weight * a * b;
        }
    }
}

/// The Cholesky factor of normal equations, slightly damped, with the diagonal inverted.
fn factored(mut band: Band, filter: Filter) -> Band {
    let reach = 2 * filter.reach() - 1;
    for i in 0..band.len() {
        let (above, below) = band.split_at_mut(i);
        let row = &mut below[0];
        for (j, other) in above.iter().enumerate().skip(i.saturating_sub(reach)) {
            // What rows i and j have in common lies this many entries apart.
            let apart = i - j;
            let common = TAPS - 1 - reach..TAPS - 1 - apart;
            let done: f64 = common.map(|k| row[k] * other[k + apart]).sum();
            row[TAPS - 1 - apart] = (row[TAPS - 1 - apart] - done) * other[TAPS - 1];
        }
        let done: f64 = row[..TAPS - 1].iter().map(|v| v * v).sum();
        row[TAPS - 1] = 1.0 / (row[TAPS - 1] + 1e-6 - done).max(1e-9).sqrt();
    }
    band
}

/// Solves factored equations for their right side.
fn substituted(factor: &Band, mut x: Vec<f64>, filter: Filter) -> Vec<f64> {
    let reach = 2 * filter.reach() - 1;
    for (i, row) in factor.iter().enumerate() {
        let from = i.saturating_sub(reach);
        let before = row[TAPS - 1 - (i - from)..TAPS - 1].iter().zip(&x[from..i]);
        let done: f64 = before.map(|(a, b)| a * b).sum();
        x[i] = (x[i] - done) * row[TAPS - 1];
    }
    for (i, row) in factor.iter().enumerate().rev() {
        let from = i.saturating_sub(reach);
        let value = x[i] * row[TAPS - 1];
        x[i] = value;
        let before = row[TAPS - 1 - (i - from)..TAPS - 1].iter().zip(&mut x[from..i]);
        before.for_each(|(a, b)| *b -= a * value);
    }
    x
}

/// How `lines` were scaled up, from one of some sizes with one of some filters: the first that
/// explains all but the rounding, or else the best.
fn resampling(
    lines: &[Vec<f64>],
    sizes: RangeInclusive<usize>,
    filters: &[Filter],
) -> Option<Resampling> {
    let large = lines.first()?.len();
    let mut best: Option<(f64, Resampling)> = None;
    for &filter in filters {
        let off = |small: usize, tried| Resampling::new(filter, small, large).off(tried, 1);
        let mut ways: Vec<usize> = sizes.clone().collect();
        for (count, kept) in KEPT {
            let tried = &lines[..lines.len().min(count)];
            let offs = par::map(ways.len(), |i| off(ways[i], tried));
            let mut ranked: Vec<(f64, usize)> = offs.into_iter().zip(ways).collect();
            order::by_key(&mut ranked, |way| order::float(way.0));
            ways = ranked.into_iter().take(kept).map(|way| way.1).collect();
        }
        for small in ways {
            let way = Resampling::new(filter, small, large);
            let off = way.off(lines, ROUNDS);
            if best.as_ref().is_none_or(|best| off < best.0) {
                best = Some((off, way));
            }
        }
        if best.as_ref().is_some_and(|best| best.0 < ROUNDING) {
            break;
        }
    }
    best.filter(|(off, _)| *off < EXPLAINED).map(|(_, way)| way)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disc, antialiased, on white.
    fn disc(side: u32) -> image::RgbaImage {
        image::RgbaImage::from_fn(side, side, |x, y| {
            let (dx, dy) = (f64::from(x) - 30.3, f64::from(y) - 31.8);
            let level = (libm::hypot(dx, dy) - 20.0 + 0.5).clamp(0.0, 1.0) * 255.0;
            image::Rgba([level as u8, level as u8, 255, 255])
        })
    }

    fn raster(image: &image::RgbaImage) -> Raster {
        Raster::new(image.width(), image.height(), image.as_raw().clone()).unwrap()
    }

    #[test]
    fn what_was_scaled_up_comes_back() {
        use image::imageops::{FilterType, resize};
        let small = disc(64);
        for filter in [FilterType::CatmullRom, FilterType::Triangle, FilterType::Lanczos3] {
            for side in [192, 205] {
                let large = resize(&small, side, side, filter);
                let found = original(&raster(&large)).expect("scaled up");
                assert_eq!((found.width_px(), found.height_px()), (64, 64), "{filter:?} {side}");
                let off = |(a, b): (&u8, &u8)| a.abs_diff(*b);
                let most = found.rgba().iter().zip(small.as_raw()).map(off).max().unwrap();
                // A twentieth of the contrast, where what the filter overshot was cut off.
                assert!(most <= 12, "{filter:?} {side}: {most}");
            }
        }
    }

    #[test]
    fn blocks_come_back_exactly() {
        use image::imageops::{FilterType, resize};
        let small = disc(64);
        let large = resize(&small, 256, 256, FilterType::Nearest);
        assert_eq!(original(&raster(&large)), Some(raster(&small)));
    }

    #[test]
    fn what_was_not_scaled_up_stays() {
        assert_eq!(original(&raster(&disc(64))), None);
        assert_eq!(original(&raster(&disc(256))), None);
    }
}
