//! The sheet: its size, and where the art, its marks and its labels stand on it.
//!
//! From the trim outwards: bleed, crop and centre marks, registration targets; below them the
//! colour bar and one label for each plate.

use kurbo::{Affine, Rect, Size, Vec2};

use super::options::{Paper, SeparateOptions};
use crate::artwork::Artwork;
use crate::error::{Error, Result};

/// Width of the band of marks around the bleed.
pub(super) const MARK_BAND_MM: f64 = 11.0;
/// Height of the colour bar with the space around it.
pub(super) const BAR_BAND_MM: f64 = 6.0;
/// Height of a line of a label.
pub(super) const LABEL_LINE_MM: f64 = 2.9;
/// Width of a letter of a label.
pub(super) const LABEL_ADVANCE_MM: f64 = 1.5;
/// Letters that a label never exceeds.
pub(super) const LABEL_LETTERS: usize = 140;
/// What stays free along the edges of the sheet.
pub(super) const EDGE_MM: f64 = 4.0;
/// No sheet is narrower if it carries labels.
const LABELLED_WIDTH_MM: f64 = 110.0;

/// A sheet or film and where the art stands on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
    /// Where the art stands, in mm from the top left corner.
    pub trim: Rect,
    /// How far the art may run over the trim.
    pub bleed_mm: f64,
    /// Takes the artwork's pixels to mm on the sheet.
    pub from_px: Affine,
    /// Top of the colour bar.
    pub(super) bar_y_mm: f64,
    /// Lines that each label takes.
    pub(super) label_lines: usize,
}

/// What the art's surroundings take, in mm.
struct Around {
    side: f64,
    below: f64,
    label_lines: usize,
}

impl Around {
    fn new(sheet_width_mm: f64, plates: usize, options: &SeparateOptions) -> Self {
        if !options.marks {
            return Self { side: options.bleed_mm.0, below: 0.0, label_lines: 0 };
        }
        let letters = (sheet_width_mm - 2.0 * EDGE_MM) / LABEL_ADVANCE_MM;
        let label_lines = (LABEL_LETTERS as f64 / letters.max(10.0)).ceil() as usize;
        let below = BAR_BAND_MM + (plates * label_lines) as f64 * LABEL_LINE_MM + EDGE_MM;
        Self { side: options.bleed_mm.0 + MARK_BAND_MM, below, label_lines }
    }

    fn size(&self, art: Size) -> Size {
        Size::new(art.width + 2.0 * self.side, art.height + 2.0 * self.side + self.below)
    }
}

impl Sheet {
    /// Places `artwork` on the sheet that `options` ask for, with room for the labels of `plates`.
    pub(super) fn new(artwork: &Artwork, options: &SeparateOptions, plates: usize) -> Result<Self> {
        let px = Size::new(artwork.width, artwork.height);
        if !(px.width > 0.0 && px.height > 0.0) {
            return Err(Error::NoInks);
        }
        let asked = options.width_mm.map(|width| px * (width.0 / px.width));
        let Some(paper) = paper_size(options) else {
            let art = asked.unwrap_or(px * (100.0 / px.width));
            let least = if options.marks { LABELLED_WIDTH_MM } else { 0.0 };
            let width = (art.width + 2.0 * (options.bleed_mm.0 + MARK_BAND_MM)).max(least);
            let around = Around::new(width, plates, options);
            let size = around.size(art);
            return Ok(Self::placed(
                Size::new(size.width.max(least), size.height),
                art,
                &around,
                px,
                options,
            ));
        };
        let turned = Size::new(paper.height, paper.width);
        // Upright if the art fits that way; of two sheets that fit, the one with larger art.
        let fits = [paper, turned].map(|sheet| {
            let around = Around::new(sheet.width, plates, options);
            let none = around.size(Size::ZERO);
            let most = ((sheet.width - none.width) / px.width)
                .min((sheet.height - none.height) / px.height);
            let scale = asked.map_or(most, |art| art.width / px.width);
            let fits = scale > 0.0 && scale <= most + 1e-9;
            fits.then(|| (sheet, px * scale, around))
        });
        let best = match fits {
            [Some(upright), Some(turned)] if turned.1.width > upright.1.width => Some(turned),
            [Some(upright), _] => Some(upright),
            [None, turned] => turned,
        };
        let Some((sheet, art, around)) = best else {
            let art = asked.unwrap_or(px * (10.0 / px.width));
            let needs = Around::new(paper.width, plates, options).size(art);
            return Err(Error::DoesNotFit {
                needs_width_mm: needs.width,
                needs_height_mm: needs.height,
                sheet_width_mm: paper.width,
                sheet_height_mm: paper.height,
            });
        };
        Ok(Self::placed(sheet, art, &around, px, options))
    }

    /// A page without marks.
    pub(super) fn plain(size: Size) -> Self {
        Self {
            width_mm: size.width,
            height_mm: size.height,
            trim: Rect::from_origin_size((0.0, 0.0), size),
            bleed_mm: 0.0,
            from_px: Affine::IDENTITY,
            bar_y_mm: size.height,
            label_lines: 0,
        }
    }

    fn placed(
        sheet: Size,
        art: Size,
        around: &Around,
        px: Size,
        options: &SeparateOptions,
    ) -> Self {
        let free = sheet - around.size(art);
        let at = Vec2::new((sheet.width - art.width) / 2.0, around.side + free.height / 2.0);
        Self {
            width_mm: sheet.width,
            height_mm: sheet.height,
            trim: Rect::from_origin_size(at.to_point(), art),
            bleed_mm: options.bleed_mm.0,
            from_px: Affine::translate(at) * Affine::scale(art.width / px.width),
            bar_y_mm: at.y + art.height + around.side,
            label_lines: around.label_lines,
        }
    }
}

/// The paper's size, upright; none if the sheet follows the art.
fn paper_size(options: &SeparateOptions) -> Option<Size> {
    const IN: f64 = 25.4;
    Some(match options.paper {
        Paper::Fit => return None,
        Paper::A4 => Size::new(210.0, 297.0),
        Paper::A3 => Size::new(297.0, 420.0),
        Paper::Letter => Size::new(8.5 * IN, 11.0 * IN),
        Paper::Tabloid => Size::new(11.0 * IN, 17.0 * IN),
        Paper::SuperB => Size::new(13.0 * IN, 19.0 * IN),
        Paper::Custom => Size::new(options.paper_width_mm.0, options.paper_height_mm.0),
    })
}
