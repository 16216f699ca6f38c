//! PDF, and Illustrator files that carry one, become an [`Artwork`], in two steps:
//! [`read`] makes a [`Page`] of plain data, `drawing` makes shapes of it.
//!
//! The first takes a library nearly as large as the rest of Logopress together. It is there with the
//! feature `pdf`; the engine for browsers leaves it out, answers [`Error::NeedsReader`], and takes the
//! page from a module that is only loaded then.

#[cfg(feature = "pdf")]
mod check;
#[cfg(feature = "pdf")]
mod content;
#[cfg(feature = "pdf")]
mod read;
#[cfg(feature = "pdf")]
mod resources;
#[cfg(feature = "pdf")]
mod spots;

use serde::{Deserialize, Serialize};

use super::report::Warning;
use super::{Drawing, svg};
use crate::artwork::Artwork;
use crate::color::Rgb;
use crate::error::{Error, Result};

#[cfg(feature = "pdf")]
pub use read::read;

const FORMAT: &str = "PDF";

/// Reads one page, counted from 1.
#[cfg(not(feature = "pdf"))]
pub fn read(_: &[u8], _: u32) -> Result<Page> {
    Err(Error::NeedsReader { format: FORMAT })
}

/// One page of a document, as plain data that can be handed from one module to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is found or not, independently")]
pub struct Page {
    /// What it shows, as SVG without text.
    svg: String,
    /// The inks that it names, each with its colour on screen.
    spots: Vec<(String, Rgb)>,
    /// Number of pages of the document.
    pages: u32,
    /// Whether Illustrator made it for itself.
    illustrator: bool,
    /// Whether it has colours for print.
    cmyk: bool,
    /// Whether its text uses fonts that it does not bring along.
    substituted: bool,
    /// Whether fonts or pictures could not be read.
    incomplete: bool,
}

impl Page {
    /// The page as text, for another module.
    #[cfg(feature = "pdf")]
    pub fn to_json(&self) -> String {
        // Plain data of our own can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The page that another module wrote as text; no page if that one failed.
    pub fn from_json(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(|_| damaged(SENSELESS))
    }

    /// The format of the document, as people call it.
    pub(super) fn format(&self) -> &'static str {
        if self.illustrator { "Illustrator" } else { FORMAT }
    }

    /// Number of pages of the document.
    pub(super) fn pages(&self) -> u32 {
        self.pages
    }
}

/// What the page shows.
pub(super) fn drawing(page: &Page) -> Result<(Drawing, Vec<Warning>)> {
    let (mut drawing, mut warnings) = svg::import(page.svg.as_bytes()).map_err(of_pdf)?;
    if let Drawing::Vector(artwork) = &mut drawing {
        name_inks(artwork, &page.spots);
    }
    let all = [
        (
            page.cmyk,
            "cmyk",
            "This file was made for print (CMYK); its colours on screen are an approximation.",
        ),
        (
            page.substituted,
            "font-missing",
            "Text in this file uses a font that the file does not bring along; a similar font \
             stands in. Turn text into outlines where the file was made.",
        ),
        (
            page.incomplete,
            "incomplete",
            "A font or a picture in this file could not be read, so something is missing.",
        ),
    ];
    let found = all.into_iter().filter(|(found, ..)| *found);
    warnings.extend(found.map(|(_, code, text)| Warning::new(code, text)));
    Ok((drawing, warnings))
}

/// Gives inks the names under which the document has their colours.
fn name_inks(artwork: &mut Artwork, spots: &[(String, Rgb)]) {
    for (name, rgb) in spots {
        if artwork.inks.iter().all(|ink| ink.name != *name)
            && let Some(ink) = artwork.inks.iter_mut().find(|ink| ink.rgb == *rgb)
        {
            ink.name.clone_from(name);
        }
    }
}

/// What is said of a file on which the reader failed.
const SENSELESS: &str = "its content makes no sense";

fn damaged(detail: &str) -> Error {
    Error::Damaged { format: FORMAT, detail: detail.into() }
}

/// The document's format is what a person knows; that it goes by way of SVG is not.
fn of_pdf(error: Error) -> Error {
    match error {
        Error::TooComplex { what, limit, .. } => Error::TooComplex { format: FORMAT, what, limit },
        Error::Damaged { detail, .. } => Error::Damaged { format: FORMAT, detail },
        Error::Truncated { .. } => Error::Truncated { format: FORMAT },
        other => other,
    }
}
