//! Fewer pixels: the mean of every square of them.

use super::{Raster, unpremultiply};
use crate::par;

impl Raster {
    /// The picture with `factor × factor` pixels averaged into one, by what they cover; squares at the
    /// right and lower edges may be cut short. `factor` is 1 to 256.
    #[must_use]
    pub fn reduced(&self, factor: u32) -> Self {
        let (width, side) = (self.width_px as usize, factor as usize);
        let (width_px, height_px) =
            (self.width_px.div_ceil(factor), self.height_px.div_ceil(factor));
        let row_bytes = 4 * width_px as usize;
        let mut rgba = vec![0; row_bytes * height_px as usize];
        par::for_each_chunk(&mut rgba, row_bytes, |y, row| {
            let top = y * side;
            let lines: Vec<&[[u8; 4]]> =
                self.pixels()[top * width..].chunks(width).take(side).collect();
            for (x, out) in row.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let columns = x * side..((x + 1) * side).min(width);
                let square = || lines.iter().map(|line| &line[columns.clone()]);
                let first = lines[0][columns.start];
                // Most squares have one colour: to see that takes less than to average them.
                *out = if square().all(|part| part.iter().all(|&pixel| pixel == first)) {
                    first
                } else {
                    mean(square())
                };
            }
        });
        Self { width_px, height_px, rgba }
    }
}

/// The mean of the pixels of some lines, by what they cover.
fn mean<'a>(lines: impl Iterator<Item = &'a [[u8; 4]]>) -> [u8; 4] {
    // Premultiplied red, green and blue, then alpha.
    let mut sum = [0_u32; 4];
    let mut whole = 0;
    for &pixel in lines.flatten() {
        let [r, g, b, a] = pixel.map(u32::from);
        let values = [r * a, g * a, b * a, 255 * a];
        sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        whole += 255;
    }
    let mut out = sum.map(|value| ((value + whole / 2) / whole) as u8);
    unpremultiply(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_become_their_mean_by_what_they_cover() {
        // Opaque red beside nothing, and a column that is left over.
        let rgba = [[200, 0, 0, 255], [0, 0, 0, 0], [0, 80, 0, 255]].concat();
        let reduced = Raster::new(3, 1, rgba).unwrap().reduced(2);
        assert_eq!((reduced.width_px(), reduced.height_px()), (2, 1));
        assert_eq!(reduced.pixels(), [[199, 0, 0, 128], [0, 80, 0, 255]]);
    }
}
