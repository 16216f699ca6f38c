//! Process printing: cyan, magenta, yellow and black print every colour as tints.
//!
//! Colours go through the table of [`Cmyk`] (coated paper), which generates black and keeps greys
//! and black on the black plate alone; the ink limit takes the rest.

use super::edit::{PressInk, is_like};
use super::mixing::Mixed;
use super::options::SeparateOptions;
use crate::color::{Cmyk, Rgb};

/// Names, colours and screen angles; 30° between the strong inks, none along the threads.
const INKS: [(&str, Rgb, f64); 4] = [
    ("Cyan", Rgb([0, 158, 224]), 22.5),
    ("Magenta", Rgb([226, 0, 122]), 52.5),
    ("Yellow", Rgb([255, 236, 0]), 7.5),
    ("Black", Rgb([26, 23, 27]), 82.5),
];

/// A process ink in terms of the four.
pub(super) fn alternate(name: &str) -> Option<[f32; 4]> {
    let at = INKS.iter().position(|(ink, ..)| *ink == name)?;
    let mut cmyk = [0.0; 4];
    cmyk[at] = 1.0;
    Some(cmyk)
}

/// The four inks.
pub(super) fn inks() -> Vec<PressInk> {
    INKS.iter()
        .map(|(name, rgb, angle)| PressInk {
            name: (*name).into(),
            rgb: *rgb,
            angle_deg: Some(*angle),
        })
        .collect()
}

/// Colours as tints of the four.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Process {
    ink_limit_percent: u32,
    /// The colour that is left bare.
    bare: Option<Rgb>,
}

impl Process {
    pub fn new(options: &SeparateOptions) -> Self {
        Self {
            ink_limit_percent: options.ink_limit_percent,
            bare: options.knock_out_substrate.then_some(options.substrate),
        }
    }

    /// What prints for a colour.
    pub fn mixed(&self, rgb: Rgb) -> Mixed {
        if self.bare.is_some_and(|bare| is_like(rgb, bare)) {
            return Mixed { inks: Vec::new(), bare: 1.0 };
        }
        let percent = Cmyk::from(rgb).limited(self.ink_limit_percent).0;
        let share = |percent: &u8| f64::from(*percent) / 100.0;
        let inks = percent.iter().map(share).enumerate().filter(|(_, share)| *share > 0.0);
        Mixed { inks: inks.collect(), bare: 0.0 }
    }
}
