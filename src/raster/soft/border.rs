//! What is all around a picture.

use super::shadows::{GROUND, SOLID};
use crate::quantize::{Noise, difference, premultiplied};
use crate::raster::Raster;

/// Share of the border's pixels that a ground has.
const GROUND_SHARE: f64 = 0.5;

/// The colour that most of the border has, if it hides all.
pub(crate) fn border(raster: &Raster, noise: Noise) -> Option<[f32; 4]> {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let across = (0..w).flat_map(|x| [(x, 0), (x, h - 1)]);
    let down = (0..h).flat_map(|y| [(0, y), (w - 1, y)]);
    let pixels: Vec<[f32; 4]> =
        across.chain(down).map(|(x, y)| premultiplied(raster.pixels()[y * w + x])).collect();
    let mut middle = [0.0; 4];
    for (i, middle) in middle.iter_mut().enumerate() {
        let mut levels: Vec<f32> = pixels.iter().map(|p| p[i]).collect();
        let half = levels.len() / 2;
        *middle = *levels.select_nth_unstable_by(half, f32::total_cmp).1;
    }
    let alike = pixels.iter().filter(|p| difference(**p, middle) <= GROUND + noise.sigma).count();
    (middle[3] >= SOLID && alike as f64 >= GROUND_SHARE * pixels.len() as f64).then_some(middle)
}
