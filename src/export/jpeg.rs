//! JPEG (ITU-T T.81), baseline: for the few places that take nothing else or limit the bytes.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

use crate::error::{Error, Result};
use crate::raster::Raster;

/// Writes `raster` as a JPEG file of the given quality, 1 to 100. Transparency turns white.
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
