//! ICO: several sizes of one icon in one file (Microsoft, "Icons", 1995; PNG since Windows Vista).
//!
//! Small pictures are bitmaps, which every reader of icons knows; those of 256 px are PNG of 32 bits a
//! pixel, the only ones that Windows promises to read. They stand in the order given: browsers have shown the first one, so a favicon
//! begins with its largest.

use super::png::png32;
use crate::error::Result;
use crate::raster::Raster;

/// The largest picture that an ICO can hold, in px.
const MAX_SIDE_PX: u32 = 256;

const HEADER_BYTES: usize = 6;
const ENTRY_BYTES: usize = 16;

/// Writes square `pictures` of up to 256 px as an icon, in the order given.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::export::{ico, render};
///
/// let pictures = [render(&artwork, 16, 16)?, render(&artwork, 32, 32)?];
/// assert!(ico(&pictures)?.starts_with(&[0, 0, 1, 0, 2]));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn ico(pictures: &[Raster]) -> Result<Vec<u8>> {
    let images = pictures.iter().map(image).collect::<Result<Vec<_>>>()?;
    let mut bytes = Vec::new();
    for field in [0, 1, pictures.len() as u16] {
        bytes.extend(field.to_le_bytes());
    }
    let mut offset = HEADER_BYTES + ENTRY_BYTES * pictures.len();
    for (picture, image) in pictures.iter().zip(&images) {
        // A side of 256 is written as 0.
        bytes.extend([picture.width_px() as u8, picture.height_px() as u8, 0, 0]);
        bytes.extend([1_u16, 32].map(u16::to_le_bytes).as_flattened());
        bytes.extend([image.len() as u32, offset as u32].map(u32::to_le_bytes).as_flattened());
        offset += image.len();
    }
    bytes.extend(images.concat());
    Ok(bytes)
}

fn image(picture: &Raster) -> Result<Vec<u8>> {
    if picture.width_px() < MAX_SIDE_PX { Ok(bitmap(picture)) } else { png32(picture) }
}

/// A BITMAPINFOHEADER, BGRA rows from the bottom up, and a mask of what is fully transparent.
fn bitmap(picture: &Raster) -> Vec<u8> {
    let (width, height) = (picture.width_px(), picture.height_px());
    let mut bytes = Vec::new();
    // The height counts the mask as well.
    bytes.extend([40, width, height * 2].map(u32::to_le_bytes).as_flattened());
    bytes.extend([1_u16, 32].map(u16::to_le_bytes).as_flattened());
    bytes.extend([0; 24]);
    let rows = || picture.pixels().chunks_exact(width as usize).rev();
    bytes.extend(rows().flatten().flat_map(|&[r, g, b, a]| [b, g, r, a]));
    for row in rows() {
        let mut mask = vec![0_u8; (width as usize).div_ceil(32) * 4];
        for (x, _) in row.iter().enumerate().filter(|(_, pixel)| pixel[3] == 0) {
            mask[x / 8] |= 0x80 >> (x % 8);
        }
        bytes.extend(mask);
    }
    bytes
}
