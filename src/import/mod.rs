//! Files become a [`Drawing`]: pixels to be traced, or shapes that are used as they are.
//!
//! The format is told from the content, never from a file's name. Sizes and complexity are checked
//! against [`limits`](crate::limits) before the memory or time that they would take is taken.

mod geometry;
mod report;
mod sniff;
mod svg;

pub use report::{Kind, Opened, Warning};

use crate::artwork::Artwork;
use crate::error::{Error, Result};
use crate::limits;
use crate::options::options;
use crate::raster::{self, Decoded, Profile, Raster};
use sniff::Format;

options! {
    /// Options of the intake stage.
    pub struct IntakeOptions {
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
pub fn open(bytes: &[u8], _options: &IntakeOptions) -> Result<(Drawing, Opened)> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    limits::check_bytes(bytes.len() as u64)?;
    let (name, drawing, warnings) = match sniff::format(bytes)? {
        Format::Raster(format) => {
            let decoded = raster::decode(bytes, format)?;
            let warnings = raster_warnings(&decoded);
            (raster::format_name(format), Drawing::Raster(decoded.raster), warnings)
        }
        Format::Svg => {
            let (drawing, warnings) = svg::import(bytes)?;
            ("SVG", drawing, warnings)
        }
        Format::Svgz => {
            let (drawing, warnings) = svg::import(&sniff::gunzip(bytes)?)?;
            ("SVGZ", drawing, warnings)
        }
    };
    let (kind, width_px, height_px) = match &drawing {
        Drawing::Raster(raster) if raster.is_blank() => return Err(Error::Blank),
        Drawing::Raster(raster) => {
            (Kind::Raster, f64::from(raster.width_px()), f64::from(raster.height_px()))
        }
        Drawing::Vector(artwork) => (Kind::Vector, artwork.width, artwork.height),
    };
    let opened = Opened { format: name, kind, width_px, height_px, pages: 1, warnings };
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
