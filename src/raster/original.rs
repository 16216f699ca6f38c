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
/// Rows that sizes are tried on, and those that the best are compared on.
const TRIED: usize = 2;
const COMPARED: usize = 10;
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
    let sizes = size(1.5 * scale)..=size((0.7 * scale).max(LEAST_SCALE));
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
    let solved = planes.map(|plane| {
        if flat(&plane) {
            return vec![plane[0]; small_w * small_h];
        }
        let rows: Vec<&[f64]> = plane.chunks(w).collect();
        let narrow = par::map(rows.len(), |y| across.solve(rows[y]).0);
        let columns = par::map(small_w, |x| {
            let column: Vec<f64> = narrow.iter().map(|row| row[x].clamp(0.0, 255.0)).collect();
            down.solve(&column).0
        });
        let mut out = vec![0.0; small_w * small_h];
        for (x, column) in columns.iter().enumerate() {
            for (y, value) in column.iter().enumerate() {
                out[y * small_w + x] = *value;
            }
        }
        out
    });
    let mut rgba = Vec::with_capacity(small_w * small_h * 4);
    let [red, green, blue, alpha] = &solved;
    for (((r, g), b), a) in red.iter().zip(green).zip(blue).zip(alpha) {
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
    const ALL: [Self; 3] = [Self::Linear, Self::CatmullRom, Self::Lanczos3];

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
}

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
        Self { filter, small, mixtures: (0..large).map(mixture).collect() }
    }

    /// The small line that explains `line` best, and the sum of the squares that are left.
    fn solve(&self, line: &[f64]) -> (Vec<f64>, f64) {
        let is_cut = |v: f64| v <= 0.0 || v >= 255.0;
        let mut weights = vec![1.0; line.len()];
        let mut x = self.weighted(line, &weights);
        for _ in 0..ROUNDS {
            let mut changed = false;
            for ((weight, &v), mixture) in weights.iter_mut().zip(line).zip(&self.mixtures) {
                let mixed = mix(&x, mixture);
                let beyond = is_cut(v) && (v - 127.5) * (mixed - v) > 0.0;
                let next = if beyond { CUT_OFF } else { 1.0 };
                changed |= *weight != next && (mixed - v).abs() > 0.5;
                *weight = next;
            }
            if !changed {
                break;
            }
            x = self.weighted(line, &weights);
        }
        let off = |(v, mixture): (&f64, &Mixture)| {
            let d = mix(&x, mixture).clamp(0.0, 255.0) - v;
            d * d
        };
        let left = line.iter().zip(&self.mixtures).map(off).sum();
        (x, left)
    }

    /// Least squares: the normal equations are banded.
    fn weighted(&self, line: &[f64], weights: &[f64]) -> Vec<f64> {
        let n = self.small;
        let reach = 2 * self.filter.reach() - 1;
        // Row i holds the entries i−TAPS+1 ..= i.
        let mut band = vec![[0.0; TAPS]; n];
        let mut x = vec![0.0; n];
        for ((v, weight), (first, taps)) in line.iter().zip(weights).zip(&self.mixtures) {
            for (i, a) in taps.iter().enumerate().filter(|tap| *tap.1 != 0.0) {
                x[first + i] += weight * a * v;
                for (j, b) in taps[..=i].iter().enumerate() {
                    band[first + i][TAPS - 1 + j - i] += weight * a * b;
                }
            }
        }
        for i in 0..n {
            band[i][TAPS - 1] += 1e-6;
            for j in i.saturating_sub(reach)..=i {
                let mut sum = band[i][TAPS - 1 + j - i];
                for k in i.saturating_sub(reach)..j {
                    sum -= band[i][TAPS - 1 + k - i] * band[j][TAPS - 1 + k - j];
                }
                band[i][TAPS - 1 + j - i] =
                    if i == j { sum.max(1e-9).sqrt() } else { sum / band[j][TAPS - 1] };
            }
            for k in i.saturating_sub(reach)..i {
                x[i] -= band[i][TAPS - 1 + k - i] * x[k];
            }
            x[i] /= band[i][TAPS - 1];
        }
        for i in (0..n).rev() {
            for k in i + 1..=(i + reach).min(n - 1) {
                x[i] -= band[k][TAPS - 1 + i - k] * x[k];
            }
            x[i] /= band[i][TAPS - 1];
        }
        x
    }

    /// How far off it leaves `lines`, root mean square.
    fn off(&self, lines: &[Vec<f64>]) -> f64 {
        let count = lines.len() * self.mixtures.len();
        (lines.iter().map(|line| self.solve(line).1).sum::<f64>() / count.max(1) as f64).sqrt()
    }
}

/// How `lines` were scaled up, from one of some sizes with one of some filters.
fn resampling(
    lines: &[Vec<f64>],
    sizes: RangeInclusive<usize>,
    filters: &[Filter],
) -> Option<Resampling> {
    let large = lines.first()?.len();
    let sizes: Vec<usize> = sizes.collect();
    let tried = &lines[..lines.len().min(TRIED)];
    let mut ways: Vec<(f64, usize)> = par::map(sizes.len(), |i| {
        let off = |&filter: &Filter| Resampling::new(filter, sizes[i], large).off(tried);
        (filters.iter().map(off).fold(f64::INFINITY, f64::min), sizes[i])
    });
    order::by_key(&mut ways, |way| order::float(way.0));
    let mut best: Option<(f64, Resampling)> = None;
    for &(_, small) in ways.iter().take(3) {
        for &filter in filters {
            let way = Resampling::new(filter, small, large);
            let off = way.off(lines);
            if best.as_ref().is_none_or(|best| off < best.0) {
                best = Some((off, way));
            }
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
