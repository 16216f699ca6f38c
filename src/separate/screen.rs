//! Halftone screens: the dots that make a tint.

use crate::options::choices;

choices! {
    /// The shape of a dot.
    pub enum Dot {
        /// Round.
        Round = "round",
        /// Elliptical: joins along one axis first, which smooths the middle tones.
        Ellipse = "ellipse",
        /// Square.
        Square = "square",
        /// Lines instead of dots.
        Line = "line",
    }
}

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// Lines of dots per inch.
    pub lpi: f64,
    /// Their angle, counterclockwise from the horizontal.
    pub angle_deg: f64,
    /// Their shape.
    pub dot: Dot,
}
