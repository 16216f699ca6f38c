//! Bytes become a [`Raster`], by way of the `image` crate. Sizes are checked before pixels are
//! decoded.

use std::io::Cursor;

use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::{Raster, check_size};
use crate::error::{Error, Result};
use crate::limits::{MAX_DECODER_BYTES, MAX_SIDE_PX};

/// Decodes the picture in `bytes`, which are of the given format.
pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Raster> {
    let name = format_name(format);
    if format == ImageFormat::Jpeg && !jpeg_is_complete(bytes) {
        return Err(Error::Truncated { format: name });
    }
    let fault = |error| fault(name, &error);

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
    let image = DynamicImage::from_decoder(decoder).map_err(fault)?;
    Raster::new(width_px, height_px, image.into_rgba8().into_raw())
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

/// Whether an end-of-image marker follows the first scan (ITU-T T.81, B.1.1.3). The decoder itself
/// fills what is missing with grey, which nobody wants to have traced.
fn jpeg_is_complete(bytes: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xda;
    const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];
    // Segments before the scan carry their length, so that a thumbnail's own markers are skipped.
    let mut at = 2;
    while let Some(&[marker, code, high, low]) = bytes.get(at..at + 4) {
        if marker != 0xff || code == START_OF_SCAN {
            break;
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    bytes.get(at..).is_some_and(|scan| scan.windows(2).any(|pair| pair == END_OF_IMAGE))
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
