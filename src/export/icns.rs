//! ICNS: the icon of a macOS application (Apple, `IconStorage.h`).
//!
//! The two smallest pictures are run-length coded with a separate mask, since macOS shows PNG of
//! those sizes wrongly; all others are PNG.

use super::png;
use crate::error::Result;
use crate::raster::Raster;

/// The sides that the file holds, in px, smallest first.
pub const SIDES_PX: [u32; 7] = [16, 32, 64, 128, 256, 512, 1024];

/// Writes one square picture of each of [`SIDES_PX`], in that order, as an icon.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::export::{ICNS_SIDES_PX, icns, render};
///
/// let [a, b, c, d, e, f, g] = ICNS_SIDES_PX.map(|side_px| render(&artwork, side_px, side_px));
/// assert!(icns(&[a?, b?, c?, d?, e?, f?, g?])?.starts_with(b"icns"));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn icns(pictures: &[Raster; 7]) -> Result<Vec<u8>> {
    let [p16, p32, p64, p128, p256, p512, p1024] = pictures;
    let mut body = Vec::new();
    for (picture, color, mask) in [(p16, b"is32", b"s8mk"), (p32, b"il32", b"l8mk")] {
        let channel = |i: usize| picture.pixels().iter().map(move |p| p[i]);
        let colors: Vec<u8> =
            (0..3).flat_map(|i| packed(&channel(i).collect::<Vec<_>>())).collect();
        element(&mut body, *color, &colors);
        element(&mut body, *mask, &channel(3).collect::<Vec<_>>());
    }
    // Two names for one size: at scale 1 and, for half the size in points, at scale 2.
    for (picture, names) in [
        (p32, &[b"ic11"][..]),
        (p64, &[b"ic12"]),
        (p128, &[b"ic07"]),
        (p256, &[b"ic08", b"ic13"]),
        (p512, &[b"ic09", b"ic14"]),
        (p1024, &[b"ic10"]),
    ] {
        let data = png(picture)?;
        for name in names {
            element(&mut body, **name, &data);
        }
    }
    let mut bytes = Vec::new();
    element(&mut bytes, *b"icns", &body);
    Ok(bytes)
}

/// A name, a length that counts both, and the data.
fn element(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(name);
    out.extend((data.len() as u32 + 8).to_be_bytes());
    out.extend(data);
}

/// Run-length coding of one channel: 0..=127 says that 1..=128 bytes follow, 128..=255 that the
/// next byte stands for 3..=130.
fn packed(channel: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut literal: Vec<u8> = Vec::new();
    let flush = |literal: &mut Vec<u8>, out: &mut Vec<u8>| {
        for part in literal.chunks(128) {
            out.push(part.len() as u8 - 1);
            out.extend(part);
        }
        literal.clear();
    };
    let mut rest = channel;
    while let Some(&first) = rest.first() {
        let run = rest.iter().take(130).take_while(|byte| **byte == first).count();
        if run >= 3 {
            flush(&mut literal, &mut out);
            out.extend([run as u8 + 125, first]);
        } else {
            literal.extend(&rest[..run]);
        }
        rest = &rest[run..];
    }
    flush(&mut literal, &mut out);
    out
}
