//! Process printing: cyan, magenta, yellow and black print every colour as tints.
//!
//! Colours go through the table of [`Cmyk`] (coated paper), which generates black and keeps greys
//! and black on the black plate alone; the ink limit takes the rest.

use super::edit::{Inks, PressInk, is_like};
use super::options::SeparateOptions;
use crate::artwork::Artwork;
use crate::color::{Cmyk, Rgb};

/// Names, colours and screen angles; 30° between the strong inks, none along the threads.
const INKS: [(&str, Rgb, f64); 4] = [
    ("Cyan", Rgb([0, 158, 224]), 22.5),
    ("Magenta", Rgb([226, 0, 122]), 52.5),
    ("Yellow", Rgb([255, 236, 0]), 7.5),
    ("Black", Rgb([26, 23, 27]), 82.5),
];

/// The angle of a process ink's dots.
pub(super) fn angle_deg(name: &str) -> Option<f64> {
    INKS.iter().find(|(ink, ..)| *ink == name).map(|(_, _, angle)| *angle)
}

/// A process ink in terms of the four.
pub(super) fn alternate(name: &str) -> Option<[f32; 4]> {
    let at = INKS.iter().position(|(ink, ..)| *ink == name)?;
    let mut cmyk = [0.0; 4];
    cmyk[at] = 1.0;
    Some(cmyk)
}

/// The four inks, and what prints for each of the artwork's.
pub(super) fn inks(artwork: &Artwork, options: &SeparateOptions) -> Inks {
    Inks {
        inks: INKS
            .iter()
            .map(|(name, rgb, _)| PressInk { name: (*name).into(), rgb: *rgb })
            .collect(),
        prints: artwork.inks.iter().map(|ink| prints(ink.rgb, options)).collect(),
    }
}

/// What prints for a colour.
pub(super) fn prints(rgb: Rgb, options: &SeparateOptions) -> Vec<(usize, f64)> {
    if options.knock_out_substrate && is_like(rgb, options.substrate) {
        return Vec::new();
    }
    let percent = Cmyk::from(rgb).limited(options.ink_limit_percent).0;
    percent
        .iter()
        .enumerate()
        .filter(|(_, percent)| **percent > 0)
        .map(|(ink, percent)| (ink, f64::from(*percent) / 100.0))
        .collect()
}
