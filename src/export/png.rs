//! PNG (Third Edition), lossless and small: the least colour type and depth that holds the pixels.
//!
//! What is left out and why: oxipng needs a C compiler for wasm; zopfli takes a hundred times as
//! long for a few percent of a flat logo.

use png::{BitDepth, ColorType, Encoder, SrgbRenderingIntent};

use super::idat::ImageData;
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
    encoded(raster, Palette::of(raster.pixels()), || raster.pixels().iter().all(|p| p[3] == 255))
}

/// Writes `raster` with 32 bits a pixel, as some readers ask.
pub(super) fn png32(raster: &Raster) -> Result<Vec<u8>> {
    encoded(raster, None, || false)
}

fn encoded(
    raster: &Raster,
    palette: Option<Palette>,
    opaque: impl Fn() -> bool,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(raster, palette, opaque, &mut bytes)
        .map_err(|e| Error::Encoder { format: "PNG", detail: e.to_string() })?;
    Ok(bytes)
}

fn write(
    raster: &Raster,
    palette: Option<Palette>,
    opaque: impl Fn() -> bool,
    bytes: &mut Vec<u8>,
) -> std::result::Result<(), png::EncodingError> {
    let mut encoder = Encoder::new(bytes, raster.width_px(), raster.height_px());
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let pixels = raster.pixels();
    let width = raster.width_px() as usize;
    let mut image = ImageData::new();
    if let Some(palette) = palette {
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(palette.depth());
        encoder.set_palette(palette.rgb());
        let alpha = palette.alpha();
        if !alpha.is_empty() {
            encoder.set_trns(alpha);
        }
        for row in pixels.chunks_exact(width) {
            image.row(&palette.pack(row));
        }
    } else {
        let opaque = opaque();
        encoder.set_color(if opaque { ColorType::Rgb } else { ColorType::Rgba });
        // Runs of one colour pack best as they are, what varies by its difference to the row above.
        let flat = raster.is_flat();
        let mut above = None;
        for row in pixels.chunks_exact(width) {
            let row: Vec<u8> = if opaque {
                row.iter().flat_map(|p| [p[0], p[1], p[2]]).collect()
            } else {
                row.concat()
            };
            image.row_below(above.as_deref().filter(|_| !flat), &row);
            above = Some(row);
        }
    }
    image.write(&mut encoder.write_header()?)
}

/// Up to 256 colours, those with the least alpha first: then `tRNS` may end early.
struct Palette {
    colors: Vec<[u8; 4]>,
}

impl Palette {
    /// The colours of `pixels`, unless there are too many.
    fn of(pixels: &[[u8; 4]]) -> Option<Self> {
        let mut colors: Vec<[u8; 4]> = Vec::new();
        let mut last = None;
        for pixel in pixels {
            if last == Some(pixel) {
                continue;
            }
            last = Some(pixel);
            if let Err(at) = colors.binary_search_by_key(&key(*pixel), |c| key(*c)) {
                if colors.len() == 256 {
                    return None;
                }
                colors.insert(at, *pixel);
            }
        }
        Some(Self { colors })
    }

    fn depth(&self) -> BitDepth {
        match self.colors.len() {
            0..=2 => BitDepth::One,
            3..=4 => BitDepth::Two,
            5..=16 => BitDepth::Four,
            _ => BitDepth::Eight,
        }
    }

    fn rgb(&self) -> Vec<u8> {
        self.colors.iter().flat_map(|c| [c[0], c[1], c[2]]).collect()
    }

    /// Alpha of all colours up to the last that is not opaque.
    fn alpha(&self) -> Vec<u8> {
        self.colors.iter().map(|c| c[3]).filter(|alpha| *alpha < 255).collect()
    }

    /// A row of indices, padded to whole bytes, the leftmost pixel in the high bits.
    fn pack(&self, row: &[[u8; 4]]) -> Vec<u8> {
        let bits = self.depth() as usize;
        let mut last = (row[0], self.index(row[0]));
        let mut byte = |group: &[[u8; 4]]| {
            let mut byte = 0;
            for (at, pixel) in group.iter().enumerate() {
                if *pixel != last.0 {
                    last = (*pixel, self.index(*pixel));
                }
                byte |= last.1 << (8 - bits * (at + 1));
            }
            byte
        };
        row.chunks(8 / bits).map(&mut byte).collect()
    }

    fn index(&self, pixel: [u8; 4]) -> u8 {
        // Every pixel is in its own picture's palette.
        self.colors.binary_search_by_key(&key(pixel), |c| key(*c)).unwrap_or_default() as u8
    }
}

/// Sorts by alpha, then by colour.
fn key([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    [a, r, g, b]
}
