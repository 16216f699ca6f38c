//! Plates, a page each, in grey: what a film printer without separations prints as it is.
//!
//! In `DeviceGray`, because a tint of black ink alone comes out lighter than asked in some
//! workflows. Tints stay tints, for a RIP to screen, or become dots with `vector_dots`.

use super::pdf::{Document, Drawing};
use crate::error::{Error, Result};
use crate::limits::MAX_DOTS;
use crate::separate::{Flat, Separation};

/// All plates of `job` as a PDF file.
pub fn plates_pdf(job: &Separation) -> Result<Vec<u8>> {
    let mut document = Document::new(&job.title);
    let film = &job.film;
    for plate in &job.plates {
        let mut drawing = Drawing::new(&job.sheet);
        if film.mirrored {
            drawing.mirror(&job.sheet);
        }
        if film.negative {
            drawing.gray(0.0);
            drawing.fill_sheet(&job.sheet);
        }
        let gray = |tint: f64| if film.negative { tint } else { 1.0 - tint };
        let cells = plate.screen.cells();
        let mut dots_left = MAX_DOTS;
        for flat in plate.flats.iter().chain(&plate.own_marks) {
            if flat.tint < 1.0 && film.vector_dots {
                drawing.gray(gray(1.0));
                let Flat { area, tint } = flat;
                let Some(bounds) = area.bounds() else { continue };
                let dots = cells
                    .outlines(*tint, bounds, dots_left)
                    .ok_or(Error::TooManyDots { limit: MAX_DOTS })?;
                dots_left -= dots.len();
                drawing.clipped(area, &dots);
            } else {
                drawing.gray(gray(flat.tint));
                drawing.fill(&flat.area);
            }
        }
        drawing.gray(gray(1.0));
        if let Some(dots) = &plate.dots {
            drawing.dots(dots, dots.at);
        }
        drawing.fill(&job.marks.area);
        document.page(&job.sheet, &drawing, |_| {});
    }
    Ok(document.finish(|_| {}))
}
