//! Pixels without their ripples.

use crate::par;
use crate::quantize::{Noise, premultiplied};
use crate::raster::Raster;

/// How far around a pixel others vouch for it, in px.
const RADIUS: usize = 3;
/// How far from it they may be, in levels beside twice the noise.
const ALIKE: f32 = 2.0;
/// What makes luma of a colour under noise as wide as levels are.
const ROOT3: f32 = 1.732_050_8;
/// Columns that are taken at once.
const STRIP_PX: usize = 16;

/// The levels of a picture's pixels, premultiplied. Under noise they are luma and, weaker, chroma,
/// each the mean of those in its row and then in its column that it differs from by no more than
/// noise does: edges stay where they are, and ramps do (J.-S. Lee, "Digital image smoothing and the
/// sigma filter", 1983).
pub(crate) fn calmed(raster: &Raster, noise: Noise) -> Vec<[u8; 4]> {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let alike = (ALIKE + 2.0 * noise.sigma) as i32;
    let mut levels = vec![[0; 4]; w * h];
    par::for_each_chunk(&mut levels, w, |y, row| {
        for (level, pixel) in row.iter_mut().zip(&raster.pixels()[y * w..]) {
            *level = self::level(premultiplied(*pixel), noise).map(|c| c.round() as u8);
        }
        if !noise.is_none() {
            let calm = calm(row, alike);
            row.copy_from_slice(&calm);
        }
    });
    if noise.is_none() {
        return levels;
    }
    let strips = par::map(w.div_ceil(STRIP_PX), |strip| {
        let columns = strip * STRIP_PX..((strip + 1) * STRIP_PX).min(w);
        let column = |x| (0..h).map(|y| levels[y * w + x]).collect::<Vec<_>>();
        columns.map(|x| calm(&column(x), alike)).collect::<Vec<_>>()
    });
    for (x, column) in strips.into_iter().flatten().enumerate() {
        for (y, level) in column.into_iter().enumerate() {
            levels[y * w + x] = level;
        }
    }
    levels
}

/// A colour, premultiplied, in the levels that pixels are calmed in.
pub(crate) fn level(color: [f32; 4], noise: Noise) -> [f32; 4] {
    if noise.is_none() {
        return color;
    }
    let [luma, blue, red, alpha] = noise.seen(color);
    [luma / ROOT3, 128.0 + blue / ROOT3, 128.0 + red / ROOT3, alpha]
}

/// A row or column, calmed.
fn calm(line: &[[u8; 4]], alike: i32) -> Vec<[u8; 4]> {
    let calm = |i: usize| {
        let own = line[i];
        let (mut sum, mut n) = ([0_u32; 4], 0);
        for other in &line[i.saturating_sub(RADIUS)..(i + RADIUS + 1).min(line.len())] {
            let off = |k: usize| (i32::from(own[k]) - i32::from(other[k])).abs();
            if (0..4).all(|k| off(k) <= alike) {
                (0..4).for_each(|k| sum[k] += u32::from(other[k]));
                n += 1;
            }
        }
        sum.map(|s| ((s + n / 2) / n) as u8)
    };
    (0..line.len()).map(calm).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ramps_and_edges_stay_and_ripples_go() {
        let ripple = |i: usize| if i.is_multiple_of(2) { 2 } else { 0 };
        let level = |i: usize| if i < 20 { 40 + i as u8 } else { 200 + ripple(i) };
        let line: Vec<[u8; 4]> = (0..40).map(|i| [level(i), 128, 128, 255]).collect();
        let calm = calm(&line, 6);
        assert_eq!(calm[3..17], line[3..17]);
        assert!(calm[..20].iter().all(|p| p[0] < 64), "{calm:?}");
        assert!(calm[20..].iter().all(|p| p[0] == 201), "{calm:?}");
    }
}
