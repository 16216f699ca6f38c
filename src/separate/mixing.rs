//! How a colour becomes amounts of the inks that the method prints with.

use super::edit::PressInk;
use super::options::{Method, SeparateOptions};
use super::process::{self, Process};
use super::tones::Tones;
use crate::artwork::Artwork;
use crate::color::Rgb;
use crate::error::Result;

/// Inks by index, each at most once, and 0 to 1 of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mixed {
    pub inks: Vec<(usize, f64)>,
    /// The share of the material that stays bare.
    pub bare: f64,
}

/// A method's way with colours.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mixing {
    /// Every ink of the artwork is one on press.
    Spot,
    /// Four inks print everything.
    Process(Process),
    /// Tints of a few inks chosen from the art.
    Tones(Tones),
}

impl Mixing {
    /// The inks that `options` ask for, and how they mix.
    pub fn new(artwork: &Artwork, options: &SeparateOptions) -> Result<(Vec<PressInk>, Self)> {
        Ok(match options.method {
            Method::Spot => {
                let spot = |name: &str, rgb| PressInk { name: name.into(), rgb, angle_deg: None };
                let inks = artwork.inks.iter().map(|ink| spot(&ink.name, ink.rgb)).collect();
                (inks, Self::Spot)
            }
            Method::Process => (process::inks(), Self::Process(Process::new(options))),
            Method::Simulated | Method::Index => {
                let tones = Tones::new(artwork, options)?;
                (tones.inks(), Self::Tones(tones))
            }
        })
    }

    /// What prints for a colour. With [`Mixing::Spot`] only inks of the artwork can be printed.
    pub fn mixed(&self, rgb: Rgb) -> Mixed {
        match self {
            Self::Spot => Mixed::default(),
            Self::Process(process) => process.mixed(rgb),
            Self::Tones(tones) => tones.mixed(rgb),
        }
    }
}
