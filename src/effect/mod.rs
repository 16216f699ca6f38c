//! Effects: a logo as a halftone, worn, in outline or as a sticker. What comes out is an [`Artwork`]
//! again, so that every exporter can write it: nothing becomes a bitmap.

mod distress;
mod halftone;
mod outline;
mod random;
mod sticker;

use crate::artwork::Artwork;
use crate::color::Rgb;
use crate::error::{Error, Result};
use crate::limits::MAX_CROSSINGS;
use crate::options::{Options as _, choices, options};

choices! {
    /// What is done to the logo.
    pub enum Effect {
        /// Nothing.
        None = "none",
        /// Dots or lines, the larger the darker.
        Halftone = "halftone",
        /// Worn off in specks and scratches.
        Distressed = "distressed",
        /// A line along the inside of its edges.
        Outline = "outline",
        /// A border all around, as of a sticker; no shadow.
        Sticker = "sticker",
    }
}

choices! {
    /// The shape of halftone dots.
    pub enum Dot {
        /// Circles.
        Round = "round",
        /// Ellipses along the screen's lines.
        Ellipse = "ellipse",
        /// Lines of varying width.
        Line = "line",
    }
}

options! {
    /// Options of effects.
    pub struct EffectOptions {
        /// What is done to the logo.
        effect: Effect = Effect::None;
        /// The shape of halftone dots.
        halftone_dot: Dot = Dot::Round;
        /// Halftone lines per inch, at the size that the file states.
        halftone_lpi: f64 = 14.0, in 1..=150;
        /// The angle of the halftone's lines, counter-clockwise from level.
        halftone_angle_deg: f64 = 45.0, in -180..=180;
        /// How much lighter the halftone gets from top to bottom.
        halftone_fade_percent: f64 = 60.0, in 0..=100;
        /// The share of the surface that is worn off.
        distress_percent: f64 = 14.0, in 0..=60;
        /// The size of the largest specks, in percent of the logo's longer side.
        distress_grain_percent: f64 = 1.4, in 0.3..=10;
        /// Another number wears off other places.
        distress_seed: u32 = 1;
        /// Width of the outline, in percent of the logo's longer side.
        outline_percent: f64 = 0.9, in 0.1..=10;
        /// The outline's colour.
        outline_color: Rgb = Rgb::BLACK;
        /// Width of the sticker's border, in percent of the logo's longer side.
        sticker_percent: f64 = 4.0, in 0.5..=25;
        /// The border's colour.
        sticker_color: Rgb = Rgb::WHITE;
    }
}

/// The logo with the effect that the options name. `mm_per_px` is the size of a pixel on paper.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::effect::{Effect, EffectOptions, apply};
///
/// let options = EffectOptions { effect: Effect::Sticker, ..EffectOptions::default() };
/// assert_eq!(apply(&artwork, &options, 0.25)?.inks.len(), 2);
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn apply(artwork: &Artwork, options: &EffectOptions, mm_per_px: f64) -> Result<Artwork> {
    options.check()?;
    match options.effect {
        Effect::None => Ok(artwork.clone()),
        Effect::Halftone => halftone::halftone(artwork, options, mm_per_px),
        Effect::Distressed => distress::distressed(artwork, options),
        Effect::Outline => outline::outline(artwork, options),
        Effect::Sticker => sticker::sticker(artwork, options),
    }
}

/// The error of outlines that cross too often.
fn refused() -> Error {
    Error::TooComplex { format: "effect", what: "crossings", limit: MAX_CROSSINGS }
}
