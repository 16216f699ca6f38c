//! The trace stage's options and presets.

use crate::options::{choices, options};

choices! {
    /// What kind of picture it is, and so which engine traces it and how.
    pub enum Preset {
        /// A logo: flat inks, clean edges.
        Logo = "logo",
        /// A drawing of many shades.
        Illustration = "illustration",
        /// A photograph.
        Photo = "photo",
    }
}

choices! {
    /// How shapes lie on each other.
    pub enum Layering {
        /// Shapes lie on top of each other; what is covered is filled.
        Stacked = "stacked",
        /// Shapes lie side by side; none covers another.
        CutOut = "cut-out",
    }
}

options! {
    /// Options of the trace stage.
    pub struct TraceOptions {
        /// What kind of picture it is.
        preset: Preset = Preset::Logo;
        /// How shapes lie on each other.
        layering: Layering = Layering::Stacked;
        /// Shapes smaller than this are dropped.
        min_area_px2: f64 = 2.0, in 0..=10_000;
        /// Turns sharper than this are corners; smoother ones are curves.
        corner_deg: f64 = 60.0, in 0..=180;
    }
}
