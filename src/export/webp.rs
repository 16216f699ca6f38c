//! WebP, lossless (RFC 9649, section 3).

use image_webp::{ColorType, EncoderParams, WebPEncoder};

use crate::error::{Error, Result};
use crate::raster::Raster;

/// Writes `raster` as a lossless WebP file.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::export::{render, webp};
///
/// assert!(webp(&render(&artwork, 16, 16)?)?.starts_with(b"RIFF"));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn webp(raster: &Raster) -> Result<Vec<u8>> {
    let mut params = EncoderParams::default();
    // Predicted from its neighbours, a run of one colour is no longer one.
    params.use_predictor_transform = !raster.is_flat();
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new(&mut bytes);
    encoder.set_params(params);
    encoder
        .encode(raster.rgba(), raster.width_px(), raster.height_px(), ColorType::Rgba8)
        .map_err(|e| Error::Encoder { format: "WebP", detail: e.to_string() })?;
    Ok(bytes)
}
