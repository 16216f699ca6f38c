//! Bytes become a [`Raster`], by way of the `image` crate. Sizes are checked before pixels are
//! decoded.

use std::io::Cursor;

use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::profile::{self, Profile};
use super::{Raster, check_size, jpeg};
use crate::error::{Error, Result};
use crate::limits::{MAX_DECODER_BYTES, MAX_SIDE_PX};

/// A picture and what was done to it on the way.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub raster: Raster,
    pub profile: Profile,
    /// Whether it was made for print, in CMYK.
    pub cmyk: bool,
}

/// Decodes the picture in `bytes`, which are of the given format: upright, in sRGB. Of several
/// pictures the first one is taken, or the largest icon.
pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Decoded> {
    let name = format_name(format);
    if format == ImageFormat::Jpeg && !jpeg::is_complete(bytes) {
        return Err(Error::Truncated { format: name });
    }
    let fault = |error| fault(name, &error);
    if format == ImageFormat::Png
        && let Some((width_px, height_px)) = png_size(bytes)
    {
        // The decoder knows it too, but where addresses have 32 bits it turns down what they
        // cannot reach without telling the size.
        check_size(width_px, height_px)?;
    }
    let mut cursor = Vec::new();
    let bytes = if format == ImageFormat::Ico && bytes.starts_with(&[0, 0, 2]) {
        // A cursor is an icon in all but this number.
        cursor.extend_from_slice(bytes);
        cursor[2] = 1;
        &cursor
    } else {
        bytes
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    limits.max_image_width = Some(MAX_SIDE_PX);
    limits.max_image_height = Some(MAX_SIDE_PX);
    reader.limits(Limits::no_limits());
    let mut decoder = reader.into_decoder().map_err(fault)?;
    let (width_px, height_px) = decoder.dimensions();
    check_size(width_px, height_px)?;
    decoder.set_limits(limits).map_err(fault)?;
    // Metadata that cannot be read is as good as none.
    let icc = decoder.icc_profile().unwrap_or(None);
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let cmyk = if format == ImageFormat::Jpeg { jpeg::cmyk(bytes, icc.as_deref()) } else { None };
    let (mut image, profile, cmyk) = match cmyk {
        Some(jpeg::Cmyk::Converted(image)) => (image, Profile::Converted, true),
        Some(jpeg::Cmyk::Unprofiled) => {
            (DynamicImage::from_decoder(decoder).map_err(fault)?, Profile::Srgb, true)
        }
        None => {
            let image = DynamicImage::from_decoder(decoder).map_err(fault)?;
            let (image, profile) = profile::to_srgb(image, icc.as_deref());
            (image, profile, false)
        }
    };
    image.apply_orientation(orientation);
    let (width_px, height_px) = (image.width(), image.height());
    let raster = Raster::new(width_px, height_px, image.into_rgba8().into_raw())?;
    Ok(Decoded { raster, profile, cmyk })
}

/// The size that a PNG's first chunk claims (PNG, 11.2.2).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let word = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    Some((word(16)?, word(20)?))
}

/// Translates what a decoder says; every decoder words the end of a file in its own way.
fn fault(format: &'static str, error: &ImageError) -> Error {
    let detail = error.to_string();
    let lower = detail.to_lowercase();
    let cut_short = [
        "unexpected eof",
        "unexpected end",
        "failed to fill whole buffer",
        "exhausted",
        "too short",
        "truncated",
    ];
    if matches!(error, ImageError::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof)
        || cut_short.iter().any(|words| lower.contains(words))
    {
        return Error::Truncated { format };
    }
    let detail = detail.split_whitespace().collect::<Vec<_>>().join(" ");
    Error::Damaged { format, detail: detail.trim_end_matches('.').into() }
}

/// The format as people call it.
pub(crate) fn format_name(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "PNG",
        ImageFormat::Jpeg => "JPEG",
        ImageFormat::WebP => "WebP",
        ImageFormat::Gif => "GIF",
        ImageFormat::Bmp => "BMP",
        ImageFormat::Tiff => "TIFF",
        ImageFormat::Ico => "ICO",
        ImageFormat::Pnm => "PNM",
        ImageFormat::Qoi => "QOI",
        _ => "image",
    }
}
