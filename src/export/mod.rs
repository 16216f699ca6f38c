//! The artwork becomes files. Every exporter reads a [`Job`] and nothing that another exporter
//! wrote; the same artwork and options give the same bytes.

mod document;
mod ink;
pub(crate) mod number;
mod page;
mod pdf;
mod svg;

use serde::{Deserialize, Serialize};

use crate::artwork::Artwork;
use crate::error::Result;
use crate::options::{Options as _, choices};

pub use document::DocumentOptions;
pub use ink::{InkName, InkNames, PrintInk, print_inks};
pub use page::{ColorMode, PageOptions, Paper};
pub use svg::SvgOptions;

choices! {
    /// A kind of file.
    pub enum Format {
        /// Scalable vector graphics, for the web and for every drawing program.
        Svg = "svg",
        /// Portable document, for print and exchange.
        Pdf = "pdf",
        /// Illustrator's format as far as others read it: a PDF with a layer per ink.
        Ai = "ai",
        /// SVG Tiny Portable/Secure, for the logo beside e-mails (BIMI).
        Bimi = "bimi",
    }
}

impl Format {
    /// The formats, each with how the names of its files end; of two that fit, the first counts.
    pub const ALL: [(Self, &str); 4] =
        [(Self::Bimi, "bimi.svg"), (Self::Svg, "svg"), (Self::Pdf, "pdf"), (Self::Ai, "ai")];

    /// How the names of its files end, without the dot before.
    pub fn suffix(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, suffix)| suffix)
    }

    /// The format of a file of this name; upper and lower case count alike.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let ends = |(_, suffix): &&(Self, &str)| {
            name.strip_suffix(suffix).is_some_and(|stem| stem.ends_with('.'))
        };
        Self::ALL.iter().find(ends).map(|(format, _)| *format)
    }
}

/// The options of every format; each reads its own group and the document's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExportOptions {
    /// What all files share.
    pub document: DocumentOptions,
    /// SVG files.
    pub svg: SvgOptions,
    /// Files that are pages: PDF and AI.
    pub page: PageOptions,
}

impl ExportOptions {
    /// Checks every value against its range.
    pub fn check(&self) -> Result<()> {
        self.document.check()?;
        self.svg.check()?;
        self.page.check()
    }
}

/// What an exporter reads.
struct Job<'a> {
    artwork: &'a Artwork,
    /// Like the artwork's inks.
    inks: Vec<PrintInk>,
    document: &'a DocumentOptions,
    mm_per_px: f64,
}

/// Writes `artwork` as a file of the given format.
pub fn export(artwork: &Artwork, format: Format, options: &ExportOptions) -> Result<Vec<u8>> {
    options.check()?;
    let document = &options.document;
    let job = Job {
        artwork,
        inks: print_inks(artwork, &document.inks, document.ink_limit_percent)?,
        document,
        mm_per_px: document.mm_per_px(artwork),
    };
    match format {
        Format::Svg => Ok(svg::svg(&job, &options.svg).into_bytes()),
        Format::Pdf => Ok(pdf::pdf(&job, &options.page)),
        Format::Ai => Ok(pdf::pdf(&job, &PageOptions { layers: true, ..options.page.clone() })),
        Format::Bimi => svg::tiny_ps::tiny_ps(&job).map(String::into_bytes),
    }
}
