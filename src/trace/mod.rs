//! Pixels become shapes. Every engine has the same signature: a [`Raster`] and [`TraceOptions`]
//! in, an [`Artwork`] out.

mod centre;
mod congruence;
pub(crate) mod contour;
#[cfg(test)]
pub(crate) mod drawn;
pub mod fit;
mod grain;
mod junction;
mod logo;
pub mod map;
mod options;
mod preview;
mod roughness;
mod shade;
pub(crate) mod unmix;
mod vtracer;

pub use options::{CentreLines, Layering, Preset, Shadows, TraceOptions};
pub use preview::preview;

use crate::artwork::Artwork;
use crate::error::Result;
use crate::fidelity::fidelity;
use crate::job::{Watch, unwatched};
use crate::options::Options as _;
use crate::quantize;
use crate::raster::{self, Raster};

/// How many pixels a side become of each of some tiny pictures', and how much nearer to the picture
/// the drawing has to come for that.
const ENLARGED: u32 = 3;
const NEARER: f64 = 0.8;

/// Traces `raster` with the engine that the preset names.
///
/// A blank raster gives an artwork without shapes.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{TraceOptions, export::render, trace, unwatched};
///
/// let traced = trace::trace(&render(&artwork, 200, 200)?, &TraceOptions::default(), &unwatched)?;
/// assert!(matches!(traced.shapes[0].geometry, Geometry::Circle(circle) if (circle.radius - 75.0).abs() < 0.1));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn trace(raster: &Raster, options: &TraceOptions, watch: Watch) -> Result<Artwork> {
    options.check()?;
    if raster.is_blank() {
        return Ok(Artwork::new(f64::from(raster.width_px()), f64::from(raster.height_px())));
    }
    let traced = match options.preset {
        Preset::Logo | Preset::OneColour | Preset::LineArt | Preset::PixelArt => {
            traced_small(raster, options, watch)
        }
        Preset::Illustration | Preset::Photo => vtracer::trace(raster, options, watch),
    }?;
    if options.edits.0.is_empty() { Ok(traced) } else { options.edits.apply(&traced) }
}

/// Traces what was scaled up at the size that it was scaled up from.
fn traced_small(raster: &Raster, options: &TraceOptions, watch: Watch) -> Result<Artwork> {
    let Some(small) = raster::original(raster) else {
        return logo::trace_enlarged(raster, enlarged(raster, options)?, options, watch);
    };
    let (width, height) = (f64::from(raster.width_px()), f64::from(raster.height_px()));
    let shrunk = f64::from(small.width_px()) * f64::from(small.height_px()) / (width * height);
    let options = TraceOptions { min_area_px2: options.min_area_px2 * shrunk, ..options.clone() };
    let traced = logo::trace_enlarged(&small, enlarged(&small, &options)?, &options, watch)?;
    Ok(traced.stretched(width, height))
}

/// How many pixels a side are to be made of each. Tiny drawings have their edges to a hundredth of a
/// pixel, but strokes hardly wider than that, as letters are, hang together only in curves through the
/// pixels: there they are looked for if the drawing then comes nearer to the picture.
fn enlarged(raster: &Raster, options: &TraceOptions) -> Result<u32> {
    if !quantize::is_tiny(raster) || options.preset == Preset::PixelArt {
        return Ok(1);
    }
    let off = |factor| {
        let traced = logo::trace_enlarged(raster, factor, &TraceOptions::default(), &unwatched)?;
        Ok(fidelity(&traced, raster, &unwatched)?.mean_px)
    };
    Ok(if off(ENLARGED)? < NEARER * off(1)? { ENLARGED } else { 1 })
}
