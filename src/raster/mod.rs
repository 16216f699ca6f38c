//! Pixels, as every later stage reads them.

pub(crate) mod background;
mod crop;
mod decode;
mod enlarge;
mod jpeg;
mod original;
mod profile;
mod reduce;
mod resampling;
pub(crate) mod soft;
pub(crate) mod upscale;

pub use background::GroundKind;
pub use crop::PixelBox;
pub(crate) use crop::{content, crop};
pub(crate) use decode::{Decoded, decode, format_name};
#[cfg(feature = "pdf")]
pub(crate) use jpeg::size_px as jpeg_size_px;
pub(crate) use original::original;
pub(crate) use profile::Profile;

use crate::error::{Error, Result};
use crate::limits::{MAX_PIXELS, MAX_SIDE_PX};

/// A picture of straight-alpha sRGB pixels, 8 bits a channel, row by row from the top left.
///
/// Both sides are at least 1 px and within [`limits`](crate::limits).
///
/// ```
/// use logopress::Raster;
///
/// let raster = Raster::new(2, 1, vec![255, 0, 0, 255, 0, 0, 0, 0])?;
/// assert!(raster.has_alpha());
/// assert_eq!(raster.pixels()[0], [255, 0, 0, 255]);
/// # Ok::<(), logopress::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    width_px: u32,
    height_px: u32,
    rgba: Vec<u8>,
}

impl Raster {
    /// Takes `width_px × height_px × 4` bytes of RGBA.
    pub fn new(width_px: u32, height_px: u32, rgba: Vec<u8>) -> Result<Self> {
        check_size(width_px, height_px)?;
        let expected = width_px as usize * height_px as usize * 4;
        if rgba.len() != expected {
            return Err(Error::Damaged {
                format: "raster",
                detail: format!("{} bytes where {expected} were expected", rgba.len()),
            });
        }
        Ok(Self { width_px, height_px, rgba })
    }

    /// Width in pixels.
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Height in pixels.
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// All pixels as bytes, four to a pixel: red, green, blue, alpha.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// All pixels, row by row.
    pub fn pixels(&self) -> &[[u8; 4]] {
        self.rgba.as_chunks().0
    }

    /// What `of` makes of the pixels of some neighbouring columns, each from the top. They are taken
    /// from the rows together, as the memory is laid out in rows.
    pub(crate) fn columns<T>(
        &self,
        columns: std::ops::Range<u32>,
        of: impl Fn([u8; 4]) -> T,
    ) -> Vec<Vec<T>> {
        let (from, to) = (columns.start as usize, columns.end.min(self.width_px) as usize);
        let empty = || Vec::with_capacity(self.height_px as usize);
        let mut taken: Vec<Vec<T>> = (from..to).map(|_| empty()).collect();
        for row in self.pixels().chunks_exact(self.width_px as usize) {
            for (column, pixel) in taken.iter_mut().zip(&row[from..to]) {
                column.push(of(*pixel));
            }
        }
        taken
    }

    /// Whether most pixels look like the one at their left, as in a drawing of flat colours.
    pub fn is_flat(&self) -> bool {
        let pixels = self.pixels();
        let same = pixels.windows(2).filter(|pair| pair[0] == pair[1]).count();
        same * 10 > pixels.len() * 8
    }

    /// Whether any pixel is not fully opaque.
    pub fn has_alpha(&self) -> bool {
        self.pixels().chunks(1024).any(|run| run.iter().fold(255, |all, p| all & p[3]) != 255)
    }

    /// Whether every pixel is fully transparent.
    pub fn is_blank(&self) -> bool {
        self.pixels().iter().all(|p| p[3] == 0)
    }
}

/// Refuses a size outside the limits; called before any memory is taken for the pixels.
pub(crate) fn check_size(width_px: u32, height_px: u32) -> Result<()> {
    let side = width_px.max(height_px);
    let pixels = u64::from(width_px) * u64::from(height_px);
    if side > MAX_SIDE_PX || pixels > MAX_PIXELS || pixels == 0 {
        return Err(Error::TooLarge { width_px, height_px });
    }
    Ok(())
}

/// Turns premultiplied alpha into straight alpha, in place.
pub(crate) fn unpremultiply(rgba: &mut [u8]) {
    for pixel in rgba.as_chunks_mut::<4>().0 {
        let [.., alpha] = *pixel;
        if alpha != 0 && alpha != 255 {
            let alpha = u32::from(alpha);
            for channel in &mut pixel[..3] {
                *channel = ((u32::from(*channel) * 255 + alpha / 2) / alpha).min(255) as u8;
            }
        }
    }
}
