//! A sticker: the logo on a border that follows its outline at a distance, smoothed as cutters need
//! it. The drawing grows by the border.

use kurbo::Vec2;

use super::EffectOptions;
use crate::artwork::{Artwork, Geometry, Paint, Shape};
use crate::error::Result;
use crate::export::{CutOptions, cut_contour};

/// How far hollows are closed, as a share of the border's width.
const SMOOTHING: f64 = 0.8;

/// The logo as a sticker.
pub fn sticker(artwork: &Artwork, options: &EffectOptions) -> Result<Artwork> {
    let border = artwork.width.max(artwork.height) * options.sticker_percent / 100.0;
    let (width, height) = (artwork.width + 2.0 * border, artwork.height + 2.0 * border);
    let mut out = Artwork::new(width, height);
    out.draw(artwork, Vec2::new(border, border), 1.0);
    // Distances are in the drawing's own pixels.
    let cut = CutOptions {
        cut_offset_mm: border,
        cut_smooth_mm: border * SMOOTHING,
        ..CutOptions::default()
    };
    let contour = cut_contour(&out, &cut, 1.0)?;
    let paint = Paint::Ink(out.ink(options.sticker_color));
    out.shapes.insert(0, Shape { geometry: Geometry::Path(contour), paint, opacity: 1.0 });
    Ok(out)
}
