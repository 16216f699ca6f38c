//! The small picture that a large one was scaled up from.
//!
//! Scaling up makes every row a fixed mixture of the small picture's columns, and every column one of
//! its rows. So the small picture is found by least squares: of the sizes and filters that a
//! program may have used, those that explain some rows best, if they explain them to the rounding
//! of their pixels; then all rows and columns are solved with them. Blocks of equal pixels are
//! undone exactly. What a filter overshoots beyond black or white is cut off in the large picture:
//! pixels there only have to be that far, not farther.

use std::ops::{Range, RangeInclusive};

use super::resampling::{Filter, Resampling};
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
/// No need to look further at one that a part of the lines is off by more.
const UNLIKELY: f64 = 3.0 * EXPLAINED;
/// What rounding alone leaves, and a little, in levels.
const ROUNDING: f64 = 0.32;
/// Rows that tell which channel varies most.
const LOOKED_AT: usize = 64;
/// Rows that sizes are compared on.
const COMPARED: usize = 10;
/// All sizes are tried on this much of one row; there are hundreds, and most are nothing like it.
const GLIMPSE_PX: usize = 128;
/// How many are kept of them, and of these after one whole row and after two; these are compared on
/// all.
const KEPT: [usize; 3] = [24, 8, 4];
/// Times that it is asked again which pixels were cut off.
const ROUNDS: usize = 2;

/// The picture that `raster` was scaled up from, if it was.
pub(crate) fn original(raster: &Raster) -> Option<Raster> {
    if let Some(block) = block_px(raster) {
        return blocks(raster, block);
    }
    let scale = edge_scale(raster).filter(|&scale| scale >= LEAST_SCALE)?;
    let planes = [0, 1, 2, 3].map(|channel| Plane { raster, channel });
    let liveliest = most_varied(&planes);
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let size = |scale: f64| ((w as f64 / scale).round() as usize).max(4);
    let sizes = size(1.5 * scale)..=size((0.85 * scale).max(LEAST_SCALE));
    let across = resampling(&liveliest.telling_rows(), sizes, &Filter::ALL)?;
    // Both axes were scaled alike, but for rounding.
    let size = (h as f64 * across.small as f64 / w as f64).round() as usize;
    let sizes = size.saturating_sub(2).max(4)..=size + 2;
    let down = resampling(&liveliest.telling_columns(), sizes, &[across.filter])?;
    if across.small.min(down.small) < LEAST_SIDE_PX {
        return None;
    }
    let (small_w, small_h) = (across.small, down.small);
    let solve = |plane: &Plane| {
        let first = plane.level(0);
        if (1..w * h).all(|i| plane.level(i) == first) {
            return vec![first; small_w * small_h];
        }
        let narrow = par::map(h, |y| across.solve(&plane.row(y), ROUNDS));
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
    let is_red = |c: usize| raster.pixels().iter().all(|p| p[0] == p[c]);
    let of = |c: usize| if c < 3 && is_red(c) { red.clone() } else { solve(&planes[c]) };
    let [green, blue, alpha] = [1, 2, 3].map(of);
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

/// One channel of a picture, premultiplied.
struct Plane<'a> {
    raster: &'a Raster,
    channel: usize,
}

impl Plane<'_> {
    fn level(&self, at: usize) -> f64 {
        let p = &self.raster.pixels()[at];
        let (level, alpha) = (f64::from(p[self.channel]), f64::from(p[3]));
        if self.channel == 3 { alpha } else { level * alpha / 255.0 }
    }

    fn row(&self, y: usize) -> Vec<f64> {
        let w = self.raster.width_px() as usize;
        (y * w..(y + 1) * w).map(|at| self.level(at)).collect()
    }

    fn column(&self, x: usize) -> Vec<f64> {
        let w = self.raster.width_px() as usize;
        (x..self.raster.pixels().len()).step_by(w).map(|at| self.level(at)).collect()
    }

    /// The rows that tell most.
    fn telling_rows(&self) -> Vec<Vec<f64>> {
        let rows = 0..self.raster.height_px() as usize;
        let variations: Vec<f64> = rows.map(|y| variation(&self.row(y))).collect();
        telling(&variations).into_iter().map(|y| self.row(y)).collect()
    }

    /// The columns that tell most.
    fn telling_columns(&self) -> Vec<Vec<f64>> {
        let mut above = self.row(0);
        let mut variations = vec![0.0; above.len()];
        for y in 1..self.raster.height_px() as usize {
            let row = self.row(y);
            for ((sum, a), b) in variations.iter_mut().zip(&above).zip(&row) {
                *sum += (b - a).abs();
            }
            above = row;
        }
        telling(&variations).into_iter().map(|x| self.column(x)).collect()
    }
}

fn variation(line: &[f64]) -> f64 {
    line.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum()
}

/// The channel that varies most along a few rows.
fn most_varied<'a>(planes: &'a [Plane<'a>; 4]) -> &'a Plane<'a> {
    let h = planes[0].raster.height_px() as usize;
    let step = h.div_ceil(LOOKED_AT);
    let along = |plane: &Plane| (0..h).step_by(step).map(|y| variation(&plane.row(y))).sum::<f64>();
    let along = [0, 1, 2, 3].map(|c| along(&planes[c]));
    let most = (0..4).max_by(|&a, &b| along[a].total_cmp(&along[b]));
    &planes[most.unwrap_or(3)]
}

/// Of lines with these variations, those that vary most in each of several parts of the picture, the
/// liveliest first.
fn telling(variations: &[f64]) -> Vec<usize> {
    let part = variations.len().div_ceil(COMPARED);
    let most = |part: &[usize]| {
        part.iter().copied().max_by(|&a, &b| variations[a].total_cmp(&variations[b]))
    };
    let lines: Vec<usize> = (0..variations.len()).collect();
    let mut best: Vec<usize> = lines.chunks(part).filter_map(most).collect();
    order::by_key(&mut best, |&line| !order::float(variations[line]));
    best
}

/// How `lines`, of which the first tells most, were scaled up, from one of some sizes with one of some
/// filters: the first that explains all but the rounding, or else the best.
fn resampling(
    lines: &[Vec<f64>],
    sizes: RangeInclusive<usize>,
    filters: &[Filter],
) -> Option<Resampling> {
    let large = lines.first()?.len();
    let glimpse = glimpse(&lines[0]);
    let part = vec![lines[0][glimpse.clone()].to_vec()];
    let mut best: Option<(f64, Resampling)> = None;
    for &filter in filters {
        let mut ways: Vec<usize> = sizes.clone().collect();
        for (stage, kept) in KEPT.into_iter().enumerate() {
            let off = |i: usize| match stage {
                0 => Resampling::within(filter, ways[i], large, glimpse.clone()).off(&part, 1),
                _ => {
                    Resampling::new(filter, ways[i], large).off(&lines[..stage.min(lines.len())], 1)
                }
            };
            let offs = par::map(ways.len(), off);
            let mut ranked: Vec<(f64, usize)> = offs.into_iter().zip(ways).collect();
            ranked.retain(|way| way.0 < UNLIKELY);
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

/// The part of a line that varies most.
fn glimpse(line: &[f64]) -> Range<usize> {
    let parts = (0..line.len()).step_by(GLIMPSE_PX / 2);
    let parts = parts.map(|from| from.min(line.len().saturating_sub(GLIMPSE_PX)));
    let parts = parts.map(|from| from..(from + GLIMPSE_PX).min(line.len()));
    let liveliest =
        parts.max_by(|a, b| variation(&line[a.clone()]).total_cmp(&variation(&line[b.clone()])));
    liveliest.unwrap_or(0..line.len())
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
