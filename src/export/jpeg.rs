//! JPEG (ITU-T T.81), baseline: for the few places that take nothing else or limit the bytes.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

use crate::error::{Error, Result};
use crate::raster::Raster;

/// Writes `raster` as a JPEG file of the given quality, 1 to 100. Transparency turns white.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::export::{jpeg, render};
///
/// assert!(jpeg(&render(&artwork, 16, 16)?, 90)?.starts_with(&[0xff, 0xd8]));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn jpeg(raster: &Raster, quality: u8) -> Result<Vec<u8>> {
    let over_white = |p: &[u8; 4]| {
        let alpha = u32::from(p[3]);
        [0, 1, 2].map(|i| ((u32::from(p[i]) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
    };
    let rgb: Vec<u8> = raster.pixels().iter().flat_map(over_white).collect();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .write_image(&rgb, raster.width_px(), raster.height_px(), ExtendedColorType::Rgb8)
        .map_err(|e| Error::Encoder { format: "JPEG", detail: e.to_string() })?;
    Ok(bytes)
}
