//! More pixels: what smooth curves through them have in between.

use super::resampling::{Filter, Resampling};
use super::{Raster, unpremultiply};
use crate::quantize::premultiplied;

impl Raster {
    /// The picture with `factor × factor` pixels for each, by cubic curves (E. Catmull and R. Rom, "A
    /// class of local interpolating splines", 1974) through what they cover. For tiny pictures: it is
    /// not made for speed.
    pub(crate) fn enlarged(&self, factor: u32) -> Self {
        let (width, height) = (self.width_px as usize, self.height_px as usize);
        let larger =
            |side: usize| Resampling::new(Filter::CatmullRom, side, side * factor as usize);
        let (across, down) = (larger(width), larger(height));
        let planes = [0, 1, 2, 3].map(|i| {
            let level = |pixel: &[u8; 4]| f64::from(premultiplied(*pixel)[i]);
            let rows = self.pixels().chunks_exact(width);
            let rows: Vec<Vec<f64>> =
                rows.map(|row| across.apply(&row.iter().map(level).collect::<Vec<_>>())).collect();
            let column = |x: usize| rows.iter().map(|row| row[x]).collect::<Vec<_>>();
            (0..rows[0].len()).map(|x| down.apply(&column(x))).collect::<Vec<_>>()
        });
        let (width_px, height_px) = (self.width_px * factor, self.height_px * factor);
        let mut rgba = Vec::with_capacity(4 * (width_px * height_px) as usize);
        for y in 0..height_px as usize {
            for x in 0..width_px as usize {
                let [r, g, b, a] = planes.each_ref().map(|plane| plane[x][y]);
                let alpha = a.clamp(0.0, 255.0);
                rgba.extend([r, g, b, a].map(|level| level.clamp(0.0, alpha).round() as u8));
            }
        }
        unpremultiply(&mut rgba);
        Self { width_px, height_px, rgba }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_flat_stays_and_edges_become_ramps() {
        let pixel = |i: usize| if i < 4 { [200, 40, 0, 255] } else { [0; 4] };
        let row: Vec<u8> = (0..8).flat_map(pixel).collect();
        let large = Raster::new(8, 3, row.repeat(3)).unwrap().enlarged(3);
        assert_eq!((large.width_px(), large.height_px()), (24, 9));
        let row = &large.pixels()[4 * 24..5 * 24];
        assert_eq!((row[2], row[20][3]), ([200, 40, 0, 255], 0));
        let alphas: Vec<u8> = row[9..15].iter().map(|pixel| pixel[3]).collect();
        assert!(alphas.is_sorted_by(|a, b| a >= b), "{alphas:?}");
        // Half covered where the edge is.
        let edge = u32::from(alphas[2]) + u32::from(alphas[3]);
        assert!((250..=260).contains(&edge), "{alphas:?}");
        assert!(row[9..12].iter().all(|pixel| pixel[0].abs_diff(200) < 20), "{row:?}");
    }
}
