//! Pixels become a palette and one label a pixel.
//!
//! Inks come from *pure* pixels, those that equal their neighbours; an antialiased pixel is a blend
//! of two inks nearby and never becomes one itself. Colours are handled premultiplied, in which
//! space blending in sRGB is linear, and transparency is an ink like any other.
//!
//! Guarantees: label 0 is transparency, whether it occurs or not; at most [`MAX_INKS`] others; the
//! colours of flat areas are exact; the result does not depend on the number of threads.

mod component;
mod label;
mod merge;
mod noise;
mod palette;
mod plateau;
mod rescue;

use crate::raster::Raster;
pub use component::{Components, Specks, components, despeckle};
pub use label::{label, label_as};
pub use merge::{Merged, Wish, merge};
pub use noise::Noise;
pub use palette::{every_color, palette};

/// Most inks beside transparency.
pub const MAX_INKS: usize = 128;

/// In a picture of so many pixels or fewer most may lie at edges.
const TINY_PX: usize = 128 * 128;

/// In a picture whose longer side has so many pixels most do.
const TINY_SIDE_PX: u32 = 96;

/// The inks of a picture, straight-alpha sRGB; the first is transparency.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// The inks.
    pub inks: Vec<[u8; 4]>,
    /// How far from its ink a pixel of a flat area may lie, a channel, premultiplied.
    pub tolerance: u8,
    /// How noisy the picture is.
    pub noise: Noise,
}

/// One label a pixel, an index into [`Palette::inks`].
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// Width in pixels.
    pub width_px: usize,
    /// Height in pixels.
    pub height_px: usize,
    /// The labels, row by row from the top left.
    pub of: Vec<u8>,
}

impl Labels {
    /// The label at a pixel; transparency outside.
    pub fn at(&self, x: i32, y: i32) -> u8 {
        if x < 0 || y < 0 || x as usize >= self.width_px || y as usize >= self.height_px {
            return 0;
        }
        self.of[y as usize * self.width_px + x as usize]
    }
}

/// A pixel with its colour multiplied by its alpha, 0 to 255.
pub(crate) fn premultiplied([r, g, b, a]: [u8; 4]) -> [f32; 4] {
    let alpha = f32::from(a) / 255.0;
    [f32::from(r) * alpha, f32::from(g) * alpha, f32::from(b) * alpha, f32::from(a)]
}

/// Whether a picture is so small that most of its pixels lie at edges.
pub(crate) fn is_tiny(raster: &Raster) -> bool {
    raster.width_px().max(raster.height_px()) <= TINY_SIDE_PX
}

/// The greatest difference of two premultiplied colours in a channel.
pub(crate) fn difference(a: [f32; 4], b: [f32; 4]) -> f32 {
    (0..4).map(|i| (a[i] - b[i]).abs()).fold(0.0, f32::max)
}

/// Where `p` lies between `a` (0) and `b` (1), and the square of its
/// distance from there.
pub(crate) fn blend(p: [f32; 4], a: [f32; 4], b: [f32; 4]) -> (f32, f32) {
    let (mut dot, mut len) = (0.0, 0.0);
    for i in 0..4 {
        dot += (p[i] - a[i]) * (b[i] - a[i]);
        len += (b[i] - a[i]) * (b[i] - a[i]);
    }
    let t = if len > 0.0 { (dot / len).clamp(0.0, 1.0) } else { 0.0 };
    let off = (0..4).map(|i| {
        let d = p[i] - a[i] - t * (b[i] - a[i]);
        d * d
    });
    (t, off.sum())
}
