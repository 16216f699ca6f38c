//! The page that artwork stands on, in points of 1/72 inch, for PDF, AI and EPS.

use kurbo::{Affine, Rect};

use super::Job;
use crate::color::{Cmyk, Rgb};
use crate::options::{choices, options};

choices! {
    /// How colours are written.
    pub enum ColorMode {
        /// As sRGB values, exactly the artwork's.
        Rgb = "rgb",
        /// As process inks on coated paper, by the rules for logos.
        Cmyk = "cmyk",
        /// As a spot colour for every ink; black and bare paper stay process colours.
        Spot = "spot",
    }
}

choices! {
    /// The paper's size.
    pub enum Paper {
        /// As large as the artwork.
        Fit = "fit",
        /// 210 × 297 mm.
        A4 = "a4",
        /// 8.5 × 11 inches.
        Letter = "letter",
    }
}

options! {
    /// Options of files that are pages.
    pub struct PageOptions {
        /// How colours are written.
        color_mode: ColorMode = ColorMode::Rgb;
        /// The paper's size; on A4 and Letter the artwork is centred, and made smaller if it must.
        paper: Paper = Paper::Fit;
        /// Least distance of the artwork from the paper's edges; empty for none around fitted paper
        /// and 15 mm on others.
        margin_mm: Option<f64> = None, in 0..=100;
        /// How far the page reaches beyond where it is cut.
        bleed_mm: f64 = 0.0, in 0..=25;
        /// A layer for every ink, which viewers can switch off.
        layers: bool = false;
        /// Says in PDF and AI files of process or spot colours which paper and press they are for
        /// (coated, FOGRA39), with its colour profile.
        output_intent: bool = false;
    }
}

/// Points per millimetre.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

/// Where things are on the page; x to the right, y up, the origin at the lower left.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The whole page, bleed included.
    pub media: Rect,
    /// What is left when the page is cut.
    pub trim: Rect,
    /// The artwork's place.
    pub art: Rect,
    /// From the artwork's pixels to the page.
    pub from_px: Affine,
}

impl Page {
    pub fn new(job: &Job, options: &PageOptions) -> Self {
        let margin_mm = options.margin_mm.unwrap_or(match options.paper {
            Paper::Fit => 0.0,
            Paper::A4 | Paper::Letter => 15.0,
        });
        let (margin, bleed) = (margin_mm * PT_PER_MM, options.bleed_mm * PT_PER_MM);
        let (width, height) = (job.canvas.width(), job.canvas.height());
        let natural = job.mm_per_px * PT_PER_MM;
        let (scale, trim_width, trim_height) = match options.paper {
            Paper::Fit => {
                (natural, width * natural + 2.0 * margin, height * natural + 2.0 * margin)
            }
            Paper::A4 => {
                fitted(210.0 * PT_PER_MM, 297.0 * PT_PER_MM, margin, (width, height), natural)
            }
            Paper::Letter => fitted(612.0, 792.0, margin, (width, height), natural),
        };
        let media = Rect::new(0.0, 0.0, trim_width + 2.0 * bleed, trim_height + 2.0 * bleed);
        let (art_width, art_height) = (width * scale, height * scale);
        let (left, bottom) = ((media.x1 - art_width) / 2.0, (media.y1 - art_height) / 2.0);
        Self {
            media,
            trim: media.inset(-bleed),
            art: Rect::new(left, bottom, left + art_width, bottom + art_height),
            from_px: Affine::translate((left, bottom + art_height))
                * Affine::scale_non_uniform(scale, -scale)
                * Affine::translate(-job.canvas.origin().to_vec2()),
        }
    }

    /// Points per pixel of the artwork.
    pub fn scale(&self) -> f64 {
        self.from_px.as_coeffs()[0]
    }
}

fn fitted(
    paper_width: f64,
    paper_height: f64,
    margin: f64,
    (width, height): (f64, f64),
    natural: f64,
) -> (f64, f64, f64) {
    // The margin leaves at least 10 mm of the narrowest paper.
    let room = ((paper_width - 2.0 * margin) / width).min((paper_height - 2.0 * margin) / height);
    (natural.min(room), paper_width, paper_height)
}

/// A colour as it stands in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Color {
    /// As on screen.
    Rgb(Rgb),
    /// Process inks.
    Cmyk(Cmyk),
    /// All of the ink with this index.
    Spot(usize),
}

impl ColorMode {
    /// How an ink of the artwork is written.
    pub(super) fn ink(self, job: &Job, index: usize) -> Color {
        let ink = &job.inks[index];
        match self {
            Self::Rgb => Color::Rgb(ink.rgb),
            Self::Spot if ink.is_spot() => Color::Spot(index),
            Self::Cmyk | Self::Spot => Color::Cmyk(ink.cmyk),
        }
    }

    /// How a colour in a gradient is written: never as a spot colour. Where it is that of an ink,
    /// it is mixed in the same way.
    pub(super) fn stop(self, job: &Job, rgb: Rgb) -> Color {
        if self == Self::Rgb {
            return Color::Rgb(rgb);
        }
        let ink = job.inks.iter().find(|ink| ink.rgb == rgb);
        let mixed = || Cmyk::from(rgb).limited(job.document.ink_limit_percent);
        Color::Cmyk(ink.map_or_else(mixed, |ink| ink.cmyk))
    }
}

/// A channel of 0 to 255 as a share of 1, with the five decimals that give back the same byte.
pub fn share(byte: u8) -> f64 {
    (f64::from(byte) / 255.0 * 1e5).round() / 1e5
}
