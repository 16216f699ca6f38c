//! Where the logo is in its picture, and the picture cut to it.

use serde::Serialize;

use super::background::Ground;
use super::{Raster, check_size};
use crate::error::Result;

/// An upright box of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PixelBox {
    /// Left edge.
    pub x_px: u32,
    /// Top edge.
    pub y_px: u32,
    /// Width, at least 1.
    pub width_px: u32,
    /// Height, at least 1.
    pub height_px: u32,
}

/// Alpha above this shows.
const VISIBLE: u8 = 8;

/// Difference from the ground that shows, in levels.
const DIFFERENT: f32 = 16.0;

/// The least box around everything that shows: that is not transparent and not ground.
pub(crate) fn content(raster: &Raster, ground: Option<&Ground>) -> Option<PixelBox> {
    let (width, height) = (raster.width_px(), raster.height_px());
    let shows = |x: u32, y: u32| {
        let [r, g, b, alpha] = raster.pixels()[(y * width + x) as usize];
        alpha > VISIBLE
            && ground.is_none_or(|ground| {
                let frame = ground.frame_px;
                let depth = x.min(y).min(width - 1 - x).min(height - 1 - y);
                depth >= frame && ground.distance(x, y, [r, g, b].map(f32::from)) > DIFFERENT
            })
    };
    let row_shows = |&y: &u32| (0..width).any(|x| shows(x, y));
    let top = (0..height).find(row_shows)?;
    let bottom = (top..height).rev().find(row_shows)?;
    let column_shows = |&x: &u32| (top..=bottom).any(|y| shows(x, y));
    let left = (0..width).find(column_shows)?;
    let right = (left..width).rev().find(column_shows)?;
    Some(PixelBox {
        x_px: left,
        y_px: top,
        width_px: right - left + 1,
        height_px: bottom - top + 1,
    })
}

/// The part of the picture in `content` with `padding_px` around it, which may reach beyond the
/// picture; `beyond` is the colour there.
pub(crate) fn crop(
    raster: &Raster,
    content: PixelBox,
    padding_px: u32,
    beyond: [u8; 4],
) -> Result<Raster> {
    let padded = |side: u32| side.saturating_add(padding_px.saturating_mul(2));
    let (width, height) = (padded(content.width_px), padded(content.height_px));
    check_size(width, height)?;
    let mut rgba = beyond.repeat(width as usize * height as usize);
    let padding = i64::from(padding_px);
    for (y, row) in rgba.chunks_exact_mut(width as usize * 4).enumerate() {
        let from_y = i64::from(content.y_px) + y as i64 - padding;
        if from_y < 0 || from_y >= i64::from(raster.height_px()) {
            continue;
        }
        let from_x = i64::from(content.x_px) - padding;
        let start = from_x.max(0);
        let end = (from_x + i64::from(width)).min(i64::from(raster.width_px()));
        let source = (from_y * i64::from(raster.width_px())) as usize;
        let source = &raster.rgba()[(source + start as usize) * 4..(source + end as usize) * 4];
        let to = (start - from_x) as usize * 4;
        row[to..to + source.len()].copy_from_slice(source);
    }
    Raster::new(width, height, rgba)
}
