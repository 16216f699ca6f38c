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
pub mod dots;
pub mod edit;
pub mod film;
mod index;
pub mod knockout;
mod length;
mod marks;
mod mixing;
mod options;
pub mod output;
mod plate;
mod process;
mod report;
mod scan;
mod screen;
mod sheet;
mod stroke_font;
mod tones;
mod trap;
mod underbase;

pub use check::{Place, Warning};
pub use length::{Mm, PT_PER_MM};
pub use marks::Marks;
pub use options::{Method, Paper, Press, SeparateOptions, Trapping, Underbase};
pub use plate::{Flat, Plate, Role};
pub use report::{InkReport, PlateReport, Report};
pub use screen::{Dot, Screen};
pub use sheet::Sheet;

use crate::artwork::Artwork;
use crate::color::Rgb;
use crate::error::{Error, Result};
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
    /// Printing in tints: the art as regions that print the same everywhere, by index of plate.
    /// Empty where plates overlap in traps and an underbase only, and where they are dots.
    pub cells: Vec<knockout::Cell>,
    /// The method's inks before any edit.
    pub own_inks: Vec<edit::PressInk>,
    /// Marks that all plates share.
    pub marks: Marks,
    /// The job's name.
    pub title: String,
    /// The date, as it should read.
    pub date: String,
    /// Whether the composite and the layers name the printing condition.
    pub output_intent: bool,
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
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{SeparateOptions, separate};
///
/// let job = separate(&artwork, &SeparateOptions::default())?;
/// assert_eq!(job.plates.len(), 1);
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn separate(artwork: &Artwork, options: &SeparateOptions) -> Result<Separation> {
    options.check()?;
    let inks = edit::Inks::new(artwork, options)?;
    let sheet = Sheet::new(artwork, options, inks.plates_at_most())?;
    let own_inks = inks.own.clone();
    let mut warnings = Vec::new();
    let cells = knockout::visible(artwork, sheet.from_px, &inks, options)?;
    let (mut plates, cells) = match options.method {
        Method::Spot => (spots(&cells, inks, options, &mut warnings)?, Vec::new()),
        Method::Process | Method::Simulated => tints(cells, inks, options),
        Method::Index => (index::plates(artwork, &sheet, &cells, inks, options)?, Vec::new()),
    };
    if plates.iter().all(Plate::is_empty) {
        return Err(Error::NoInks);
    }
    for screen in &options.screens.0 {
        if !plates.iter().any(|plate| edit::same_name(&plate.name, &screen.ink)) {
            return Err(Error::UnknownInk { name: screen.ink.clone() });
        }
    }
    let marks = Marks::new(&sheet, options);
    plate::finish(&mut plates, &sheet, options);
    Ok(Separation {
        sheet,
        substrate: options.substrate,
        plates,
        cells,
        own_inks,
        marks,
        title: options.job.clone(),
        date: options.date.clone(),
        output_intent: options.output_intent,
        film: FilmSettings {
            dpi: options.film_dpi,
            mirrored: options.mirrored,
            negative: options.negative,
            vector_dots: options.vector_dots,
        },
        warnings,
    })
}

/// Spot inks: trapped, over an underbase.
fn spots(
    cells: &[knockout::Cell],
    inks: edit::Inks,
    options: &SeparateOptions,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Plate>> {
    let mut plates = plate::plates(cells, options, inks);
    let (base, lost) = underbase::underbase(&plates, options);
    warnings.extend(lost);
    warnings.extend(check::features(&plates, options));
    let trapped = trap::trapped(&plates, options)?;
    warnings.extend(check::traps(&plates, &trapped, options.trap_mm()));
    for (plate, flats) in plates.iter_mut().zip(trapped) {
        plate.flats = flats;
    }
    underbase::insert(&mut plates, base, options);
    Ok(plates)
}

/// Inks that mix in tints, over tints of white.
fn tints(
    mut cells: Vec<knockout::Cell>,
    inks: edit::Inks,
    options: &SeparateOptions,
) -> (Vec<Plate>, Vec<knockout::Cell>) {
    if options.method == Method::Simulated {
        for cell in &mut cells {
            cell.printed = inks.nested(&cell.printed, options);
        }
    }
    let mut plates = Vec::new();
    if options.has_underbase() {
        cells = underbase::under_cells(cells, options);
        plates.push(underbase::base_plate(knockout::flats_of(&cells, 0), options));
    }
    let first = plates.len();
    let inks = inks.inks.into_iter().enumerate();
    plates.extend(
        inks.map(|(i, ink)| plate::of_ink(ink, knockout::flats_of(&cells, first + i), options)),
    );
    (plates, cells)
}
