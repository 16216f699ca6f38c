//! Pixels become shapes. Every engine has the same signature: a [`Raster`] and [`TraceOptions`]
//! in, an [`Artwork`] out.

pub mod fit;
mod junction;
mod logo;
pub mod map;
mod options;
mod preview;
mod unmix;
mod vtracer;

pub use options::{Layering, Preset, TraceOptions};
pub use preview::preview;

use crate::artwork::Artwork;
use crate::error::Result;
use crate::job::Watch;
use crate::options::Options as _;
use crate::raster::Raster;

/// Traces `raster` with the engine that the preset names.
///
/// A blank raster gives an artwork without shapes.
pub fn trace(raster: &Raster, options: &TraceOptions, watch: Watch) -> Result<Artwork> {
    options.check()?;
    if raster.is_blank() {
        return Ok(Artwork::new(f64::from(raster.width_px()), f64::from(raster.height_px())));
    }
    let traced = match options.preset {
        Preset::Logo | Preset::OneColour | Preset::LineArt | Preset::PixelArt => {
            logo::trace(raster, options, watch)
        }
        Preset::Illustration | Preset::Photo => vtracer::trace(raster, options, watch),
    }?;
    if options.edits.0.is_empty() { Ok(traced) } else { options.edits.apply(&traced) }
}
