//! Every limit on what a file may ask of us, in one place. Each is checked before the memory or
//! the time that it bounds is taken.

use crate::error::{Error, Result};

/// Largest input file, in bytes.
pub const MAX_BYTES: u64 = 100 << 20;

/// Longest side of a raster, in pixels.
pub const MAX_SIDE_PX: u32 = 16_384;

/// Most pixels in a raster: 8192 × 8192.
pub const MAX_PIXELS: u64 = 1 << 26;

/// Most memory that a decoder may take beside the pixels themselves, in bytes.
pub const MAX_DECODER_BYTES: u64 = 1 << 30;

/// Fails if a file of this size is not read.
///
/// ```
/// use logopress::limits::{MAX_BYTES, check_bytes};
///
/// assert!(check_bytes(MAX_BYTES).is_ok());
/// assert!(check_bytes(MAX_BYTES + 1).is_err());
/// ```
pub fn check_bytes(bytes: u64) -> Result<()> {
    if bytes > MAX_BYTES { Err(Error::TooManyBytes { bytes, limit: MAX_BYTES }) } else { Ok(()) }
}

/// Most straight pieces that the outlines of one boolean operation may be flattened to.
pub const MAX_PIECES: usize = 400_000;

/// Most crossings that a boolean operation solves.
pub const MAX_CROSSINGS: usize = 200_000;

/// Most elements of an SVG, counted with every reference replaced by what it refers to.
pub const MAX_SVG_ELEMENTS: usize = 200_000;

/// Most levels that an SVG's elements may be nested in, references included.
pub const MAX_SVG_DEPTH: usize = 96;

/// Most style rules times elements of an SVG.
pub const MAX_SVG_STYLE_WORK: usize = 20_000_000;

/// Most steps for each pixel that an SVG's filters may take together.
pub const MAX_SVG_FILTER_STEPS: usize = 200;

/// Most objects of a PDF.
pub const MAX_PDF_OBJECTS: usize = 300_000;

/// Most pages of a PDF.
pub const MAX_PDF_PAGES: usize = 10_000;

/// Longest side of a PDF's page, in points: what PDF 1.6 and later allow.
pub const MAX_PDF_SIDE_PT: f32 = 14_400.0;

/// Most bytes that all streams of a PDF may unpack to.
pub const MAX_PDF_UNPACKED_BYTES: u64 = 1 << 29;

/// Most drawing instructions of a PDF's page, counted with every form drawn where it is used;
/// characters and pictures count as those that take as long.
pub const MAX_PDF_OPERATIONS: usize = 1_000_000;

/// Most levels that a PDF's objects may be nested in, references included.
pub const MAX_PDF_DEPTH: usize = 256;

/// Most levels that a PDF's forms may be nested in.
pub const MAX_PDF_FORM_DEPTH: usize = 32;

/// Most named inks of a PDF's page.
pub const MAX_PDF_SPOTS: usize = 256;

/// Most dashes of one stroke.
pub const MAX_DASHES: f64 = 20_000.0;

/// Most pixels that may be painted, one over the other, to render a drawing.
pub const MAX_RENDER_PX: f64 = 6e8;

/// Most plates of a separation.
pub const MAX_PLATES: usize = 24;

/// Most corners of all flattened outlines of a separation.
pub const MAX_CORNERS: usize = 4_000_000;

/// Longest side of a film in dots: what Group 4 encoders agree on.
pub const MAX_FILM_SIDE_PX: u32 = 32_767;

/// Most halftone dots that one plate draws as outlines.
pub const MAX_DOTS: usize = 400_000;

/// Most files of a site that is checked.
pub const MAX_SITE_FILES: usize = 20_000;
