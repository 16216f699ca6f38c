//! What there is to say about a file that was opened.

use serde::Serialize;

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
