//! Colour separations: an [`Artwork`] becomes one plate per ink, placed on a sheet with marks.
//!
//! Guarantees of a [`Separation`]:
//! * everything is in mm on the sheet, from its top left corner, y down;
//! * plates stand in printing order; each holds what is visible of its ink and nothing else, so
//!   that no plate relies on overprint or knockout in whatever reads it;
//! * plates overlap only where that was asked for: in traps and over an underbase;
//! * the areas of one plate do not overlap each other.
//!
//! What shops expect (mark sizes, traps, chokes, screens) follows the sources named beside each
//! default in [`SeparateOptions`].

pub mod area;
mod bands;
mod check;
pub mod edit;
pub mod film;
pub mod knockout;
mod length;
mod marks;
mod options;
pub mod output;
mod plate;
mod process;
mod report;
mod screen;
mod sheet;
mod stroke_font;
mod trap;
mod underbase;

pub use check::{Place, Warning};
pub use length::{Mm, PT_PER_MM};
pub use marks::Marks;
pub use options::{Method, Paper, Press, SeparateOptions, Trapping, Underbase};
pub use plate::{Flat, Plate, Role};
pub use report::{PlateReport, Report};
pub use screen::{Dot, Screen};
pub use sheet::Sheet;

use crate::artwork::Artwork;
use crate::color::Rgb;
use crate::error::Result;
use crate::options::Options as _;

/// Plates on a sheet, ready for every kind of output.
#[derive(Clone, Debug, PartialEq)]
pub struct Separation {
    /// What is printed on: size, where the art stands, bleed.
    pub sheet: Sheet,
    /// The colour of the material.
    pub substrate: Rgb,
    /// One plate per ink, the first printed first.
    pub plates: Vec<Plate>,
    /// Process printing: the art as regions that print the same everywhere, by index of plate.
    /// Empty where plates overlap in traps and an underbase only.
    pub cells: Vec<knockout::Cell>,
    /// Marks that all plates share.
    pub marks: Marks,
    /// The job's name.
    pub title: String,
    /// The date, as it should read.
    pub date: String,
    /// How films are made.
    pub film: FilmSettings,
    /// What may go wrong on press, and where.
    pub warnings: Vec<Warning>,
}

/// How films and plates in grey are made.
#[derive(Clone, Debug, PartialEq)]
pub struct FilmSettings {
    /// Dots per inch.
    pub dpi: u32,
    /// Whether they read the other way round (emulsion down).
    pub mirrored: bool,
    /// Whether black and clear are exchanged.
    pub negative: bool,
    /// Whether tints of the plates in grey are drawn as dots.
    pub vector_dots: bool,
}

/// Separates `artwork` as `options` say.
pub fn separate(artwork: &Artwork, options: &SeparateOptions) -> Result<Separation> {
    options.check()?;
    let inks = edit::Inks::new(artwork, options)?;
    let sheet = Sheet::new(artwork, options, inks.plates_at_most())?;
    let mut cells = knockout::visible(artwork, sheet.from_px, &inks, options)?;
    let mut plates = plate::plates(&cells, options, inks)?;
    let (base, lost) = underbase::underbase(&plates, options);
    let mut warnings = Vec::from_iter(lost);
    if options.method == Method::Spot {
        warnings.extend(check::features(&plates, options));
        let trapped = trap::trapped(&plates, options)?;
        warnings.extend(check::traps(&plates, &trapped, options.trap_mm()));
        for (plate, flats) in plates.iter_mut().zip(trapped) {
            plate.flats = flats;
        }
    }
    if options.method == Method::Spot || base.is_some() {
        cells.clear();
    }
    underbase::insert(&mut plates, base, options);
    let marks = Marks::new(&sheet, options);
    plate::finish(&mut plates, &sheet, options);
    Ok(Separation {
        sheet,
        substrate: options.substrate,
        plates,
        cells,
        marks,
        title: options.job.clone(),
        date: options.date.clone(),
        film: FilmSettings {
            dpi: options.film_dpi,
            mirrored: options.mirrored,
            negative: options.negative,
            vector_dots: options.vector_dots,
        },
        warnings,
    })
}
