//! What all files have in common: title, size on paper, date.

use super::ink::InkNames;
use crate::artwork::Artwork;
use crate::options::options;

options! {
    /// Options that all files share.
    pub struct DocumentOptions {
        /// A title, for screen readers, tooltips and document lists.
        title: String = String::new();
        /// Width of the artwork on paper, in mm; empty for 96 pixels per inch.
        width_mm: Option<f64> = None, in 1..=5000;
        /// Names of inks and, if they differ from the colour profile's, percentages of process inks,
        /// as in `#e4002b=Brand Red 0/95/80/0; #002f87=PANTONE 286 C`.
        ink_names: InkNames = InkNames::default();
        /// The most ink that may lie on one spot of paper.
        ink_limit_percent: u32 = 300, in 200..=400;
    }
}

/// One pixel at 96 per inch, as in CSS.
const CSS_PX_MM: f64 = 25.4 / 96.0;

impl DocumentOptions {
    /// Size of a pixel on paper.
    pub fn mm_per_px(&self, artwork: &Artwork) -> f64 {
        self.width_mm.map_or(CSS_PX_MM, |width_mm| width_mm / artwork.width)
    }
}
