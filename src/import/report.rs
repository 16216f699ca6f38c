//! What there is to say about a file that was opened.

use serde::Serialize;

use crate::color::Rgb;
use crate::raster::{GroundKind, PixelBox};

/// A file's description, as plain data.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// The file's format, as people call it.
    pub format: &'static str,
    /// Whether the logo is made of pixels or of shapes.
    pub kind: Kind,
    /// Width: pixels of a raster, or user units of a drawing.
    pub width_px: f64,
    /// Height: pixels of a raster, or user units of a drawing.
    pub height_px: f64,
    /// Number of pages, or of pictures that could have been chosen.
    pub pages: u32,
    /// What was left out or done differently.
    pub warnings: Vec<Warning>,
    /// The ground that a raster's logo lies on, if it is one that can be removed.
    pub background: Option<Background>,
    /// Where a raster's logo is: what is left without its margins.
    pub content: Option<PixelBox>,
    /// The longest side that the picture seems to have had before it was scaled up.
    pub upscaled_from_px: Option<u32>,
    /// Room to keep free around the logo: a quarter of its shorter side.
    pub clear_space_px: f64,
}

/// A ground that can be removed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Background {
    /// What kind of ground it is.
    pub kind: GroundKind,
    /// Its colour, or the mean of its colours.
    pub rgb: Rgb,
    /// Whether it has been removed, as the options asked.
    pub removed: bool,
}

/// What a logo is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Pixels, to be traced.
    Raster,
    /// Shapes, taken as they are.
    Vector,
}

/// Something that a person should know about the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable name for programs.
    pub code: &'static str,
    /// One or two sentences for people.
    pub text: String,
}

impl Warning {
    pub(crate) fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }
}
