//! A quick look at whether a picture may have gradients, as most have none.

use crate::par;
use crate::quantize::{Noise, premultiplied};
use crate::raster::Raster;

/// Share of neighbours that differ a little, below which a picture has no gradients.
const SHADED: f64 = 0.004;
/// The same of a noisy picture's blocks.
const NOISY_SHADED: f64 = 0.002;
/// How far a block's pixels may be off a plane, in levels beside half the noise.
const OFF_PLANE: f32 = 2.0;
/// Side of a lossy block, and of its middle part, in px.
const BLOCK_PX: usize = 8;
const MIDDLE_PX: usize = 4;
/// How much the means of blocks differ in a gradient, in levels.
const RISE: std::ops::RangeInclusive<f32> = 4.0..=90.0;

/// Whether enough neighbours differ a little.
pub(super) fn is_shaded(raster: &Raster, noise: Noise) -> bool {
    if noise.is_none() {
        is_stepped(raster, u8::MAX)
    } else {
        is_rising(raster, noise) || is_stepped(raster, u8::MAX - 1)
    }
}

/// Looks at every third row and, as a gradient may run down the picture, at the one below; at pixels
/// of no more than some alpha: where something shows through, noise is little.
fn is_stepped(raster: &Raster, most_alpha: u8) -> bool {
    let w = raster.width_px() as usize;
    let rows: Vec<&[[u8; 4]]> = raster.pixels().chunks_exact(w).collect();
    let little = |a: &[u8; 4], b: &[u8; 4]| {
        let most = (0..4).map(|i| a[i].abs_diff(b[i])).max().unwrap_or(0);
        usize::from((1..=6).contains(&most) && (1..=most_alpha).contains(&a[3]))
    };
    let seen = par::map(rows.len().div_ceil(3), |i| {
        let row = rows[3 * i];
        let along: usize = row.windows(2).map(|pair| little(&pair[0], &pair[1])).sum();
        let Some(below) = rows.get(3 * i + 1) else { return (along, w) };
        let down: usize = row.iter().zip(*below).map(|(a, b)| little(a, b)).sum();
        (along + down, 2 * w)
    });
    let (some, all) = seen.into_iter().fold((0, 0), |sum, (some, all)| (sum.0 + some, sum.1 + all));
    some as f64 > SHADED * all as f64
}

/// Looks at the middles of blocks, where ripples are least and mean out: those that are even, and two
/// blocks further differ a little.
fn is_rising(raster: &Raster, noise: Noise) -> bool {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let (columns, rows) = (w / BLOCK_PX, h / BLOCK_PX);
    let most = OFF_PLANE + 0.5 * noise.sigma;
    let means = par::map(rows, |row| {
        let mean = |column: usize| {
            let inset = (BLOCK_PX - MIDDLE_PX) / 2;
            let (left, top) = (column * BLOCK_PX + inset, row * BLOCK_PX + inset);
            let pixels: [[f32; 4]; MIDDLE_PX * MIDDLE_PX] = std::array::from_fn(|k| {
                let at = (top + k / MIDDLE_PX) * w + left + k % MIDDLE_PX;
                premultiplied(raster.pixels()[at])
            });
            (0..4).all(|i| off_plane(pixels.map(|p| p[i])) <= most).then(|| {
                [0, 1, 2, 3].map(|i| pixels.iter().map(|p| p[i]).sum::<f32>() / pixels.len() as f32)
            })
        };
        (0..columns).map(mean).collect::<Vec<_>>()
    });
    let mut some = 0_usize;
    for row in 0..rows {
        for column in 0..columns {
            let at = |dx: usize, dy: usize| *means.get(row + dy)?.get(column + dx)?;
            let rises = |dx: usize, dy: usize| {
                let (a, b, c) = (at(0, 0)?, at(dx, dy)?, at(2 * dx, 2 * dy)?);
                let rise = super::apart(a, c);
                let bend = (0..4).map(|i| (a[i] - 2.0 * b[i] + c[i]).abs()).fold(0.0, f32::max);
                Some(RISE.contains(&rise) && bend <= 1.0 + 0.25 * rise)
            };
            let some_way = |step| rises(step, 0) == Some(true) || rises(0, step) == Some(true);
            some += usize::from([1, 2, 4].into_iter().any(some_way));
        }
    }
    some as f64 > NOISY_SHADED * (rows * columns) as f64
}

/// How far the levels of a block's middle are off the plane through them, at most.
fn off_plane(levels: [f32; MIDDLE_PX * MIDDLE_PX]) -> f32 {
    let middle = 0.5 * (MIDDLE_PX as f32 - 1.0);
    let place = |k: usize| ((k % MIDDLE_PX) as f32 - middle, (k / MIDDLE_PX) as f32 - middle);
    let (mut mean, mut right, mut down, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for (k, level) in levels.iter().enumerate() {
        let (x, y) = place(k);
        mean += level / levels.len() as f32;
        right += x * level;
        down += y * level;
        squares += x * x;
    }
    let off = |(k, level): (usize, &f32)| {
        let (x, y) = place(k);
        (level - mean - (x * right + y * down) / squares).abs()
    };
    levels.iter().enumerate().map(off).fold(0.0, f32::max)
}
