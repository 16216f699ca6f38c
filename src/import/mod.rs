//! Files become a [`Drawing`]: pixels to be traced, or shapes that are used as they are.
//!
//! The format is told from the content, never from a file's name. Sizes and complexity are checked
//! against [`limits`] before the memory or time that they would take is taken.

mod geometry;
pub mod pdf;
mod prepare;
mod report;
mod sniff;
mod svg;

pub use report::{Background, Kind, Opened, Warning};

use crate::artwork::Artwork;
use crate::color::Rgb;
use crate::error::{Error, Result};
use crate::limits;
use crate::options::{choices, options};
use crate::raster::{self, Decoded, Profile, Raster};
use sniff::Format;

choices! {
    /// What becomes of the ground that a logo lies on.
    pub enum BackgroundChoice {
        /// It stays as it is.
        Keep = "keep",
        /// It becomes transparent; edges become half transparent, without a halo.
        Remove = "remove",
    }
}

options! {
    /// Options of the intake stage.
    ///
    /// ```
    /// use logopress::{IntakeOptions, options::Options as _};
    ///
    /// let mut options = IntakeOptions::default();
    /// assert!(options.set("background", "purple dots").is_err());
    /// options.set("background", "keep")?;
    /// # Ok::<(), logopress::Error>(())
    /// ```
    pub struct IntakeOptions {
        /// What becomes of the ground that a bitmap's logo lies on.
        background: BackgroundChoice = BackgroundChoice::Keep;
        /// The ground's colour; found on the picture's rim if not given.
        background_color: Option<Rgb> = None;
        /// How different from the ground a pixel may be and still belong to it, in levels of 255;
        /// measured if not given.
        background_tolerance: Option<f64> = None, in 0..=128;
        /// Whether areas of the ground's colour go that the logo encloses.
        background_enclosed: bool = false;
        /// Cuts margins off, down to the logo.
        trim: bool = false;
        /// Room to leave around a trimmed logo, in pixels.
        padding_px: u32 = 0, in 0..=4096;
        /// Room to leave around a trimmed logo, in percent of its longer side.
        padding_percent: f64 = 0.0, in 0..=100;
        /// Which page of a document, from 1.
        page: u32 = 1, in 1..=10_000;
    }
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// Pixels, to be traced.
    Raster(Raster),
    /// Shapes.
    Vector(Artwork),
}

/// Reads the logo in `bytes`.
///
/// ```
/// use logopress::{IntakeOptions, import::{Drawing, open}};
///
/// let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>"#;
/// let (drawing, opened) = open(svg, &IntakeOptions::default())?;
/// assert!(matches!(drawing, Drawing::Vector(artwork) if artwork.shapes.len() == 1));
/// assert_eq!(opened.format, "SVG");
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn open(bytes: &[u8], options: &IntakeOptions) -> Result<(Drawing, Opened)> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    limits::check_bytes(bytes.len() as u64)?;
    let (name, (drawing, warnings)) = match sniff::format(bytes)? {
        Format::Raster(format) => {
            let decoded = raster::decode(bytes, format)?;
            let warnings = raster_warnings(&decoded);
            (raster::format_name(format), (Drawing::Raster(decoded.raster), warnings))
        }
        Format::Pdf => return open_page(&pdf::read(bytes, options.page)?, options),
        Format::Svg => ("SVG", svg::import(bytes)?),
        Format::Svgz => ("SVGZ", svg::import(&sniff::gunzip(bytes)?)?),
    };
    finish(name, 1, drawing, warnings, options)
}

/// Opens a document's page that somebody else has read, with [`pdf::read`].
pub fn open_page(page: &pdf::Page, options: &IntakeOptions) -> Result<(Drawing, Opened)> {
    let (drawing, warnings) = pdf::drawing(page)?;
    finish(page.format(), page.pages(), drawing, warnings, options)
}

/// Opens pixels that somebody else has decoded: straight-alpha sRGB, four bytes each.
///
/// ```
/// use logopress::{IntakeOptions, Raster, import::open_pixels};
///
/// let raster = Raster::new(1, 1, vec![0, 0, 0, 255])?;
/// assert_eq!(open_pixels(raster, &IntakeOptions::default())?.1.format, "pixels");
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn open_pixels(raster: Raster, options: &IntakeOptions) -> Result<(Drawing, Opened)> {
    finish("pixels", 1, Drawing::Raster(raster), Vec::new(), options)
}

/// Opens what a browser has drawn of an SVG whose text needs fonts.
///
/// ```
/// use logopress::{IntakeOptions, Raster, import::open_drawn};
///
/// let raster = Raster::new(1, 1, vec![0, 0, 0, 255])?;
/// let (_, opened) = open_drawn(raster, &IntakeOptions::default())?;
/// assert_eq!(opened.warnings[0].code, "text-drawn");
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn open_drawn(raster: Raster, options: &IntakeOptions) -> Result<(Drawing, Opened)> {
    let warning = Warning::new(
        "text-drawn",
        "The text in this SVG is drawn with the fonts of this device, and traced. Turn text into \
         outlines where the file was made, for exact shapes.",
    );
    finish("SVG", 1, Drawing::Raster(raster), vec![warning], options)
}

/// Prepares the drawing as the options ask, and says what there is to say.
fn finish(
    format: &'static str,
    pages: u32,
    drawing: Drawing,
    mut warnings: Vec<Warning>,
    options: &IntakeOptions,
) -> Result<(Drawing, Opened)> {
    let (drawing, facts) = match drawing {
        Drawing::Raster(raster) => {
            let (raster, facts) = prepare::raster(raster, options, &mut warnings)?;
            (Drawing::Raster(raster), facts)
        }
        Drawing::Vector(artwork) => {
            (Drawing::Vector(prepare::artwork(artwork, options)), prepare::Facts::default())
        }
    };
    let (kind, width_px, height_px) = match &drawing {
        Drawing::Raster(raster) => {
            (Kind::Raster, f64::from(raster.width_px()), f64::from(raster.height_px()))
        }
        Drawing::Vector(artwork) => (Kind::Vector, artwork.width, artwork.height),
    };
    let (logo_width, logo_height) = facts.content.map_or((width_px, height_px), |content| {
        (f64::from(content.width_px), f64::from(content.height_px))
    });
    let opened = Opened {
        format,
        kind,
        width_px,
        height_px,
        pages,
        warnings,
        background: facts.background,
        content: facts.content,
        upscaled_from_px: facts.upscaled_from_px,
        clear_space_px: (logo_width.min(logo_height) / 4.0).round(),
    };
    Ok((drawing, opened))
}

fn raster_warnings(decoded: &Decoded) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if decoded.cmyk {
        warnings.push(Warning::new(
            "cmyk",
            "This picture was made for print (CMYK); its colours on screen are an approximation.",
        ));
    }
    if decoded.profile == Profile::Unusable {
        warnings.push(Warning::new(
            "profile-unusable",
            "The colour profile in this file cannot be used, so its colours are taken for sRGB.",
        ));
    }
    warnings
}

/// Decodes a bitmap that another file carries.
fn raster_image(bytes: &[u8]) -> Result<Raster> {
    match sniff::format(bytes)? {
        Format::Raster(format) => raster::decode(bytes, format).map(|decoded| decoded.raster),
        _ => Err(Error::UnknownFormat { looks_like: "no bitmap" }),
    }
}
