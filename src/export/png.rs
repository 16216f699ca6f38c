//! PNG (Third Edition), lossless and small: the least colour type and depth that holds the pixels.
//!
//! What is left out and why: oxipng needs a C compiler for wasm; zopfli takes a hundred times as
//! long for a few percent of a flat logo.

use png::{BitDepth, ColorType, Encoder, SrgbRenderingIntent, chunk};

use super::idat::ImageData;
use super::palette::{Order, Palette};
use super::runs;
use crate::error::{Error, Result};
use crate::raster::Raster;

/// Writes `raster` as a PNG file, marked as sRGB.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::export::{png, render};
///
/// assert!(png(&render(&artwork, 16, 16)?)?.starts_with(b"\x89PNG"));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn png(raster: &Raster) -> Result<Vec<u8>> {
    encoded(raster, Palette::of(raster.pixels()).as_ref(), || {
        raster.pixels().iter().all(|p| p[3] == 255)
    })
}

/// Writes `raster` with 32 bits a pixel, as some readers ask.
pub(super) fn png32(raster: &Raster) -> Result<Vec<u8>> {
    encoded(raster, None, || false)
}

fn encoded(
    raster: &Raster,
    palette: Option<&Palette>,
    opaque: impl Fn() -> bool,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(raster, palette, opaque, &mut bytes)
        .map_err(|e| Error::Encoder { format: "PNG", detail: e.to_string() })?;
    Ok(bytes)
}

fn write(
    raster: &Raster,
    palette: Option<&Palette>,
    opaque: impl Fn() -> bool,
    bytes: &mut Vec<u8>,
) -> std::result::Result<(), png::EncodingError> {
    let mut encoder = Encoder::new(bytes, raster.width_px(), raster.height_px());
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let pixels = if let Some(palette) = palette {
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(match palette.depth() {
            1 => BitDepth::One,
            2 => BitDepth::Two,
            4 => BitDepth::Four,
            _ => BitDepth::Eight,
        });
        let rgb = palette.colors.iter().flat_map(|c| [c[0], c[1], c[2]]);
        encoder.set_palette(rgb.collect::<Vec<_>>());
        // Those that are opaque come last and may be left out.
        let alpha = palette.colors.iter().map(|c| c[3]).filter(|alpha| *alpha < 255);
        let alpha: Vec<u8> = alpha.collect();
        if !alpha.is_empty() {
            encoder.set_trns(alpha);
        }
        Pixels::Indexed(palette)
    } else if opaque() {
        encoder.set_color(ColorType::Rgb);
        Pixels::Rgb
    } else {
        encoder.set_color(ColorType::Rgba);
        Pixels::Rgba
    };
    let rows = raster.pixels().chunks_exact(raster.width_px() as usize);
    let mut png = encoder.write_header()?;
    if raster.is_flat() {
        let mut bytes = Vec::new();
        for row in rows.clone() {
            bytes.push(0);
            pixels.write(row, &mut bytes);
        }
        let row_bytes = bytes.len() / rows.len();
        png.write_chunk(chunk::IDAT, &packed(bytes, pixels.bytes(), row_bytes))?;
        return png.finish();
    }
    let mut image = ImageData::new();
    let mut above: Option<Vec<u8>> = None;
    for row in rows {
        let mut bytes = Vec::new();
        pixels.write(row, &mut bytes);
        // Indices next to each other are not colours next to each other.
        image.row_below(above.as_deref().filter(|_| palette.is_none()), &bytes);
        above = Some(bytes);
    }
    image.write(&mut png)
}

/// How pixels are written.
#[derive(Clone, Copy)]
enum Pixels<'a> {
    Indexed(&'a Palette),
    Rgb,
    Rgba,
}

impl Pixels<'_> {
    /// Bytes to a pixel, at least one.
    fn bytes(self) -> usize {
        match self {
            Self::Indexed(_) => 1,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    fn write(self, row: &[[u8; 4]], bytes: &mut Vec<u8>) {
        match self {
            Self::Indexed(palette) => palette.pack(row, Order::HighFirst, bytes),
            Self::Rgb => bytes.extend(row.iter().flat_map(|p| [p[0], p[1], p[2]])),
            Self::Rgba => bytes.extend(row.as_flattened()),
        }
    }
}

/// Rows with their filter types, packed: as they are, or as differences to the rows above.
fn packed(mut rows: Vec<u8>, pixel_bytes: usize, row_bytes: usize) -> Vec<u8> {
    if runs_down(&rows, pixel_bytes, row_bytes) {
        // Filter type Up (9.2). From below, so that the row above is still as it was.
        for end in (2 * row_bytes..=rows.len()).rev().step_by(row_bytes) {
            let (above, row) = rows[end - 2 * row_bytes..end].split_at_mut(row_bytes);
            for (byte, above) in row.iter_mut().zip(above) {
                *byte = byte.wrapping_sub(*above);
            }
            row[0] = 2;
        }
    }
    runs::zlib(&rows, pixel_bytes, row_bytes)
}

/// Whether a picture of straight columns is smaller as differences to the rows above: if far fewer of
/// them are unlike what is at their left.
fn runs_down(rows: &[u8], pixel_bytes: usize, row_bytes: usize) -> bool {
    /// Of real logos, those that gain have about 0.4, those that lose 1.3.
    const FAR_FEWER: f64 = 0.6;
    let (mut plain, mut down) = (0_usize, 0_usize);
    let rows = || rows.chunks_exact(row_bytes);
    for (above, row) in rows().zip(rows().skip(1)) {
        let left = row.iter().zip(above);
        let here = row[pixel_bytes..].iter().zip(&above[pixel_bytes..]);
        for ((a, above_a), (b, above_b)) in left.zip(here) {
            plain += usize::from(a != b);
            down += usize::from(a.wrapping_sub(*above_a) != b.wrapping_sub(*above_b));
        }
    }
    (down as f64) < plain as f64 * FAR_FEWER
}
