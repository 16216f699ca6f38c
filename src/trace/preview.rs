//! A first answer: the picture at reduced resolution, traced in a fraction of the time.

use super::{Preset, TraceOptions, trace};
use crate::artwork::Artwork;
use crate::error::Result;
use crate::job::Watch;
use crate::raster::Raster;

/// Longer side that pictures are reduced to, at least.
const SIDE_PX: u32 = 512;

/// What [`trace()`] gives, roughly: of the same size and with every shape in its place, so that the
/// full trace can take its place without a jump. A small picture is traced in full, and so is pixel
/// art, whose pixels are what counts.
pub fn preview(raster: &Raster, options: &TraceOptions, watch: Watch) -> Result<Artwork> {
    let factor = raster.width_px().max(raster.height_px()) / SIDE_PX;
    if factor < 2 || options.preset == Preset::PixelArt {
        return trace(raster, options, watch);
    }
    let scale = f64::from(factor);
    let min_area_px2 = options.min_area_px2 / (scale * scale);
    let reduced = raster.reduced(factor);
    let small = trace(&reduced, &TraceOptions { min_area_px2, ..options.clone() }, watch)?;
    let (width, height) = (f64::from(raster.width_px()), f64::from(raster.height_px()));
    Ok(Artwork { width, height, ..small.scaled(scale) })
}
