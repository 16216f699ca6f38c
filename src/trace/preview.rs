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
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{TraceOptions, export::render, trace, unwatched};
///
/// let quick = trace::preview(&render(&artwork, 200, 200)?, &TraceOptions::default(), &unwatched)?;
/// assert_eq!(quick.width, 200.0);
/// # Ok::<(), logopress::Error>(())
/// ```
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
