//! Films as files: TIFF with Group 4 compression (ITU-T T.6), what image setters read, and PNG.

use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use kurbo::Rect;

use crate::error::{Error, Result};
use crate::export::ImageData;
use crate::raster::check_size;
use crate::separate::film::Film;
use crate::separate::{Plate, Separation};

/// Part of a film for a screen: a byte a dot, 255 where it is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// Width in dots.
    pub width_px: u32,
    /// Height in dots.
    pub height_px: u32,
    /// Row by row.
    pub alpha: Vec<u8>,
}

/// What a part of the sheet (left, top, width and height in mm) looks like on the film of a plate,
/// by index, at any resolution.
pub fn mask(job: &Separation, plate: usize, part_mm: &[f64], dpi: u32) -> Result<Mask> {
    let (Some(plate), &[x, y, width, height]) = (job.plates.get(plate), part_mm) else {
        return Err(Error::NoSuchFile { path: format!("plate {plate}") });
    };
    let part = Rect::from_origin_size((x, y), (width.abs(), height.abs()));
    let mut film = Film::part(job, plate, part, dpi)?;
    let (width_px, height_px) = (film.width_px, film.height_px);
    check_size(width_px.max(1), height_px.max(1))?;
    let mut alpha = Vec::with_capacity(width_px as usize * height_px as usize);
    while let Some(row) = film.next_row() {
        alpha.extend(row.iter().map(|black| u8::from(*black) * 255));
    }
    Ok(Mask { width_px, height_px, alpha })
}

/// A plate as a 1-bit TIFF at the film's resolution.
pub fn film_tiff(job: &Separation, plate: &Plate) -> Result<Vec<u8>> {
    let mut film = Film::new(job, plate)?;
    let (width_px, height_px, dpi) = (film.width_px, film.height_px, film.dpi);
    let mut encoder = Encoder::new(VecWriter::new());
    while let Some(row) = film.next_row() {
        let dots = row.iter().map(|black| if *black { Color::Black } else { Color::White });
        let Ok(()) = encoder.encode_line(dots, width_px);
    }
    let Ok(writer) = encoder.finish();
    Ok(tiff(&writer.finish(), width_px, height_px, dpi))
}

/// A TIFF file (revision 6.0, baseline and section 11) around one strip of T.6 data.
fn tiff(data: &[u8], width_px: u32, height_px: u32, dpi: u32) -> Vec<u8> {
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;
    // Header, number of entries, entries, end of directories, one rational, data.
    let entries = 13;
    let rational_at = 8 + 2 + entries * 12 + 4;
    let data_at = rational_at + 8;
    let fields: [(u16, u16, u32); 13] = [
        (256, LONG, width_px),          // ImageWidth
        (257, LONG, height_px),         // ImageLength
        (258, SHORT, 1),                // BitsPerSample
        (259, SHORT, 4),                // Compression: T.6
        (262, SHORT, 0),                // PhotometricInterpretation: white is zero
        (266, SHORT, 1),                // FillOrder
        (273, LONG, data_at),           // StripOffsets
        (277, SHORT, 1),                // SamplesPerPixel
        (278, LONG, height_px),         // RowsPerStrip
        (279, LONG, data.len() as u32), // StripByteCounts
        (282, RATIONAL, rational_at),   // XResolution
        (283, RATIONAL, rational_at),   // YResolution
        (296, SHORT, 2),                // ResolutionUnit: inch
    ];
    let mut out = Vec::with_capacity(data_at as usize + data.len());
    out.extend_from_slice(b"II*\0");
    out.extend_from_slice(&8u32.to_le_bytes());
    out.extend_from_slice(&(entries as u16).to_le_bytes());
    for (tag, kind, value) in fields {
        out.extend_from_slice(&tag.to_le_bytes());
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&1u32.to_le_bytes());
        out.extend_from_slice(&value.to_le_bytes());
    }
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&dpi.to_le_bytes());
    out.extend_from_slice(&1u32.to_le_bytes());
    out.extend_from_slice(data);
    out
}

/// A plate as a 1-bit PNG at the film's resolution.
pub fn film_png(job: &Separation, plate: &Plate) -> Result<Vec<u8>> {
    let mut film = Film::new(job, plate)?;
    let mut bytes = Vec::new();
    let failed = |e: &dyn std::fmt::Display| Error::Engine { engine: "png", detail: e.to_string() };
    let mut encoder = png::Encoder::new(&mut bytes, film.width_px, film.height_px);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let per_m = (f64::from(film.dpi) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_m,
        yppu: per_m,
        unit: png::Unit::Meter,
    }));
    let mut image = ImageData::new();
    while let Some(row) = film.next_row() {
        let packed: Vec<u8> = row.chunks(8).map(packed_white).collect();
        image.row(&packed);
    }
    encoder.write_header().and_then(|mut png| image.write(&mut png)).map_err(|e| failed(&e))?;
    Ok(bytes)
}

/// Up to eight dots in a byte, the first in the highest bit, 1 for white.
fn packed_white(dots: &[bool]) -> u8 {
    dots.iter().enumerate().fold(0, |byte, (i, black)| byte | u8::from(!black) << (7 - i))
}
