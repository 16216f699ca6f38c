//! What the `image` crate does not say about a JPEG: whether it is whole, and its inks.

use image::{DynamicImage, RgbaImage};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::profile;

/// Whether an end-of-image marker follows the first scan (ITU-T T.81, B.1.1.3). The decoder itself
/// fills what is missing with grey, which nobody wants to have traced.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
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

/// The size in pixels that the file's header states.
#[cfg(feature = "pdf")]
pub(crate) fn size_px(bytes: &[u8]) -> Option<(u32, u32)> {
    // Sizes are the caller's to check.
    let options = DecoderOptions::default().set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut headers = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    headers.decode_headers().ok()?;
    headers.dimensions().map(|(width, height)| (width as u32, height as u32))
}

/// A JPEG of four inks.
pub(super) enum Cmyk {
    /// Converted as its own profile says.
    Converted(DynamicImage),
    /// Without a usable profile; the decoder's own simple conversion will do.
    Unprofiled,
}

/// The picture, if it is CMYK or YCCK. Its size must have been checked.
pub(super) fn cmyk(bytes: &[u8], icc: Option<&[u8]>) -> Option<Cmyk> {
    let mut headers = JpegDecoder::new(ZCursor::new(bytes));
    headers.decode_headers().ok()?;
    let inks = headers.input_colorspace()?;
    if !matches!(inks, ColorSpace::CMYK | ColorSpace::YCCK) {
        return None;
    }
    Some(converted(bytes, inks, icc).map_or(Cmyk::Unprofiled, Cmyk::Converted))
}

fn converted(bytes: &[u8], inks: ColorSpace, icc: Option<&[u8]>) -> Option<DynamicImage> {
    let icc = icc?;
    // As stored: the decoder would mix the inks by a formula.
    let options = DecoderOptions::default().jpeg_set_out_colorspace(inks);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let mut pixels = decoder.decode().ok()?;
    let info = decoder.info()?;
    for pixel in pixels.as_chunks_mut::<4>().0 {
        if inks == ColorSpace::YCCK {
            let [y, cb, cr, _] = pixel.map(f32::from);
            let (cb, cr) = (cb - 128.0, cr - 128.0);
            // ITU-T T.871, clause 7.
            let rgb = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
            pixel[..3].copy_from_slice(&rgb.map(|v| v.round().clamp(0.0, 255.0) as u8));
        }
        // Adobe's programs store inks inverted, and all others have followed.
        *pixel = pixel.map(|v| 255 - v);
    }
    let rgba = profile::cmyk_to_rgba(&pixels, icc)?;
    let image = RgbaImage::from_raw(u32::from(info.width), u32::from(info.height), rgba)?;
    Some(DynamicImage::ImageRgba8(image))
}
