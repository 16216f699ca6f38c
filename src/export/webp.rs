//! WebP, lossless (RFC 9649, section 3).

use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

use crate::error::{Error, Result};
use crate::raster::Raster;

/// Writes `raster` as a lossless WebP file.
pub fn webp(raster: &Raster) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .write_image(raster.rgba(), raster.width_px(), raster.height_px(), ExtendedColorType::Rgba8)
        .map_err(|e| Error::Encoder { format: "WebP", detail: e.to_string() })?;
    Ok(bytes)
}
