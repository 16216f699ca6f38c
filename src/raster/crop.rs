//! Where the logo is in its picture, and the picture cut to it.

use std::ops::Range;

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
const DIFFERENT: u8 = 16;

/// Pixels that are looked at together.
const AT_ONCE: usize = 64;

/// The least box around everything that shows: that is not transparent and not ground.
pub(crate) fn content(raster: &Raster, ground: Option<&Ground>) -> Option<PixelBox> {
    let frame = ground.map_or(0, |ground| ground.frame_px);
    match ground {
        None => bounds(raster, 0, true, |_, _, _| true),
        // Whole numbers are a good deal faster, and most grounds have one colour.
        Some(ground) if ground.is_constant() => {
            let rgb = ground.rgb.0;
            bounds(raster, frame, true, |_, _, color| {
                (0..3).any(|c| color[c].abs_diff(rgb[c]) > DIFFERENT)
            })
        }
        Some(ground) => bounds(raster, frame, false, |x, y, color| {
            ground.distance(x, y, color.map(f32::from)) > f32::from(DIFFERENT)
        }),
    }
}

/// The box around all visible pixels that differ; row by row, looking only where the box may grow.
/// `even` says whether the same colour differs either everywhere or nowhere.
fn bounds(
    raster: &Raster,
    frame_px: u32,
    even: bool,
    differs: impl Fn(u32, u32, [u8; 3]) -> bool,
) -> Option<PixelBox> {
    let (width, height) = (raster.width_px() as usize, raster.height_px());
    let (start, end) = (frame_px as usize, width.saturating_sub(frame_px as usize));
    let differs = |x: usize, y: u32, [r, g, b, alpha]: [u8; 4]| {
        alpha > VISIBLE && differs(x as u32, y, [r, g, b])
    };
    // Most of what does not show is of the very same colour, which is passed over quickly.
    let corner = *raster.pixels().get(start * (width + 1))?;
    let plain = (even && !differs(start, frame_px, corner)).then(|| u32::from_ne_bytes(corner));
    let parts = (start..end).step_by(AT_ONCE).map(|from| from..end.min(from + AT_ONCE));
    let mut content: Option<[usize; 4]> = None;
    for y in frame_px..height.saturating_sub(frame_px) {
        let row = &raster.pixels()[y as usize * width..][..width];
        let shows = |x: &usize| differs(*x, y, row[*x]);
        let is_plain = |part: &Range<usize>| {
            plain.is_some_and(|plain| {
                let other = |seen, pixel: &[u8; 4]| seen | (u32::from_ne_bytes(*pixel) ^ plain);
                row[part.clone()].iter().fold(0, other) == 0
            })
        };
        let parts = parts.clone().filter(|part| !is_plain(part));
        let Some(first) = parts.clone().flatten().find(shows) else {
            continue;
        };
        let known = content.map_or(first, |[_, right, ..]| right.max(first));
        let beyond = parts.rev().flat_map(Range::rev).take_while(|x| *x > known).find(shows);
        let [left, _, top, _] = content.unwrap_or([first, first, y as usize, 0]);
        content = Some([left.min(first), beyond.unwrap_or(known), top, y as usize]);
    }
    content.map(|sides| {
        let [left, right, top, bottom] = sides.map(|side| side as u32);
        PixelBox { x_px: left, y_px: top, width_px: right - left + 1, height_px: bottom - top + 1 }
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
