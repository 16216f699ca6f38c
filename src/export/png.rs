//! PNG (Third Edition), lossless and small: the least colour type and depth that holds the pixels.
//!
//! What is left out and why: oxipng needs a C compiler for wasm; zopfli takes a hundred times as
//! long for a few percent of a flat logo.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, SrgbRenderingIntent};

use crate::error::{Error, Result};
use crate::raster::Raster;

/// Writes `raster` as a PNG file, marked as sRGB.
pub fn png(raster: &Raster) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(raster, &mut bytes)
        .map_err(|e| Error::Encoder { format: "PNG", detail: e.to_string() })?;
    Ok(bytes)
}

fn write(raster: &Raster, bytes: &mut Vec<u8>) -> std::result::Result<(), png::EncodingError> {
    let mut encoder = Encoder::new(bytes, raster.width_px(), raster.height_px());
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    let pixels = raster.pixels();
    let data = if let Some(palette) = Palette::of(pixels) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(palette.depth());
        encoder.set_filter(Filter::NoFilter);
        encoder.set_palette(palette.rgb());
        let alpha = palette.alpha();
        if !alpha.is_empty() {
            encoder.set_trns(alpha);
        }
        palette.pack(pixels, raster.width_px() as usize)
    } else {
        // Runs of one colour pack best as they are, what varies by its difference to the row above.
        let filter = if raster.is_flat() { Filter::NoFilter } else { Filter::Up };
        encoder.set_filter(filter);
        let opaque = pixels.iter().all(|p| p[3] == 255);
        encoder.set_color(if opaque { ColorType::Rgb } else { ColorType::Rgba });
        if opaque {
            pixels.iter().flat_map(|p| [p[0], p[1], p[2]]).collect()
        } else {
            raster.rgba().to_vec()
        }
    };
    encoder.write_header()?.write_image_data(&data)
}

/// Of zlib's nine levels: measured, higher ones take longer for hardly fewer bytes.
const LEVEL: u8 = 6;

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

    /// Indices, rows padded to whole bytes, the leftmost pixel in the high bits.
    fn pack(&self, pixels: &[[u8; 4]], width: usize) -> Vec<u8> {
        let bits = self.depth() as usize;
        let mut last = (pixels[0], self.index(pixels[0]));
        let mut packed = Vec::with_capacity(pixels.len() * bits / 8);
        for row in pixels.chunks_exact(width) {
            for group in row.chunks(8 / bits) {
                let mut byte = 0;
                for (at, pixel) in group.iter().enumerate() {
                    if *pixel != last.0 {
                        last = (*pixel, self.index(*pixel));
                    }
                    byte |= last.1 << (8 - bits * (at + 1));
                }
                packed.push(byte);
            }
        }
        packed
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
