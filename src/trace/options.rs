//! The trace stage's options and presets.

use crate::artwork::InkEdits;
use crate::color::Rgb;
use crate::options::{choices, options};

choices! {
    /// What kind of picture it is, and so which engine traces it and how.
    pub enum Preset {
        /// A logo: flat inks, clean edges.
        Logo = "logo",
        /// A logo in one ink: all that differs from the ground, on nothing.
        OneColour = "one-colour",
        /// Dark lines on a light ground, which goes.
        LineArt = "line-art",
        /// Pixels that are meant to be seen: every colour, every edge along the pixels.
        PixelArt = "pixel-art",
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
        /// Shapes lie on top of each other; what they hide of a line or a circle is completed.
        Completed = "completed",
        /// Shapes lie side by side; none covers another.
        CutOut = "cut-out",
    }
}

choices! {
    /// Whether lines of an even width become centre lines with a width.
    pub enum CentreLines {
        /// With the preset for line art.
        Auto = "auto",
        /// Wherever that takes fewer numbers for the same picture.
        Always = "always",
        /// Never: all shapes are outlines.
        Never = "never",
    }
}

choices! {
    /// What becomes of soft shadows and glows.
    pub enum Shadows {
        /// They stay soft.
        Gradient = "gradient",
        /// They become one see-through shape.
        Flat = "flat",
        /// They go.
        Drop = "drop",
    }
}

options! {
    /// Options of the trace stage.
    ///
    /// ```
    /// use logopress::{TraceOptions, options::Options as _};
    ///
    /// let mut options = TraceOptions::default();
    /// options.set("preset", "line-art")?;
    /// options.check()?;
    /// # Ok::<(), logopress::Error>(())
    /// ```
    pub struct TraceOptions {
        /// What kind of picture it is.
        preset: Preset = Preset::Logo;
        /// How shapes lie on each other.
        layering: Layering = Layering::Stacked;
        /// Most inks; as many as there are if left empty.
        inks: Option<u32> = None, in 1..=128;
        /// The only inks to use; each colour becomes the nearest of them.
        palette: Vec<Rgb> = Vec::new();
        /// Inks that stay inks whatever else is merged.
        locked: Vec<Rgb> = Vec::new();
        /// What becomes of the inks found: other colours, merges, none, as in
        /// `#e4002b=#d0021b; #ffffff=none`.
        edits: InkEdits = InkEdits::default();
        /// Shapes smaller than this are dropped.
        min_area_px2: f64 = 2.0, in 0..=10_000;
        /// Shapes that differ less than this from the larger shape around them are dropped; black and
        /// white differ by 100, and 2 can just be seen.
        min_contrast_percent: f64 = 0.0, in 0..=100;
        /// More follows smaller wiggles with more segments; 50 is what the pixels call for.
        detail_percent: f64 = 50.0, in 0..=100;
        /// Turns sharper than this are corners; smoother ones are curves.
        corner_deg: f64 = 15.0, in 0..=180;
        /// Whether lines of an even width become centre lines with a width.
        centre_lines: CentreLines = CentreLines::Auto;
        /// What becomes of soft shadows and glows around shapes, on nothing or on one colour.
        shadows: Shadows = Shadows::Gradient;
        /// Whether circles, ellipses and rectangles are written as such.
        primitives: bool = true;
    }
}
