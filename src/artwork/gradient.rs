//! Gradients, with the terms and meaning of SVG 2 (chapter 14, "Paint Servers").

use kurbo::{Affine, Point};

use crate::color::Rgb;

/// A gradient: colours along a line or around a circle, interpolated in sRGB.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// Where the colours run, in the gradient's own coordinates.
    pub kind: GradientKind,
    /// Takes the gradient's coordinates to the artwork's.
    pub transform: Affine,
    /// At least two, by ascending offset.
    pub stops: Vec<Stop>,
    /// What lies before the first and after the last stop.
    pub spread: Spread,
}

/// Where a gradient's colours run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientKind {
    /// From `start` (offset 0) to `end` (offset 1).
    Linear {
        /// Where the offset is 0.
        start: Point,
        /// Where the offset is 1.
        end: Point,
    },
    /// From a point or small circle (offset 0) to a circle (offset 1).
    Radial {
        /// Centre of the circle where the offset is 1.
        center: Point,
        /// Its radius.
        radius: f64,
        /// Centre of the circle where the offset is 0.
        focus: Point,
        /// Its radius; 0 for a point.
        focus_radius: f64,
    },
}

/// One colour of a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Where it stands, 0 to 1.
    pub offset: f64,
    /// Its colour.
    pub rgb: Rgb,
    /// Its opacity, 0 to 1.
    pub opacity: f64,
}

/// What lies beyond a gradient's ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spread {
    /// The end's colour goes on.
    #[default]
    Pad,
    /// The gradient runs back and forth.
    Reflect,
    /// The gradient starts anew.
    Repeat,
}
