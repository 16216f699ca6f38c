//! A [`Separation`] becomes files. No output reads another.

mod composite_pdf;
mod eps;
mod films;
mod jobsheet;
mod layered_pdf;
mod paint;
mod pdf;
mod plates_pdf;
mod svg;

pub use composite_pdf::composite_pdf;
pub use eps::composite_eps;
pub use films::{Mask, film_png, film_tiff, mask};
pub use jobsheet::jobsheet_pdf;
pub use layered_pdf::layered_pdf;
pub use plates_pdf::plates_pdf;
pub use svg::plate_svg;

use super::{Plate, Separation};
use crate::error::{Error, Result};
use crate::job::{Stage, Watch};

/// A file by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, with a folder before it where there is one.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The names of every file that a press may ask for.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{SeparateOptions, separate, separate::output};
///
/// let job = separate(&artwork, &SeparateOptions::default())?;
/// assert!(output::names(&job).contains(&"job-sheet.pdf".to_owned()));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn names(job: &Separation) -> Vec<String> {
    let whole = SHEETS.iter().map(|(name, _)| (*name).to_owned());
    let single = (0..job.plates.len()).flat_map(|i| {
        let stem = format!("{}-{}", i + 1, file_name(&job.plates[i].name));
        SINGLES.iter().map(move |(folder, suffix, _)| format!("{folder}/{stem}.{suffix}"))
    });
    whole.chain(single).collect()
}

/// One of the files that [`names`] lists.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{SeparateOptions, separate, separate::output};
///
/// let job = separate(&artwork, &SeparateOptions::default())?;
/// assert!(output::file(&job, "composite.pdf")?.starts_with(b"%PDF"));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn file(job: &Separation, name: &str) -> Result<Vec<u8>> {
    let unknown = || Error::NoSuchFile { path: name.into() };
    let at = names(job).iter().position(|other| other == name).ok_or_else(unknown)?;
    match at.checked_sub(SHEETS.len()) {
        None => SHEETS[at].1(job),
        Some(at) => SINGLES[at % SINGLES.len()].2(job, &job.plates[at / SINGLES.len()]),
    }
}

/// Every file that a press may ask for, one after the other.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{SeparateOptions, separate, separate::output, unwatched};
///
/// let options = SeparateOptions { film_dpi: 600, ..SeparateOptions::default() };
/// let mut bytes = 0;
/// output::everything(&separate(&artwork, &options)?, &unwatched, |file| {
///     bytes += file.bytes.len();
///     Ok(())
/// })?;
/// assert!(bytes > 0);
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn everything(
    job: &Separation,
    watch: Watch,
    mut each: impl FnMut(File) -> Result<()>,
) -> Result<()> {
    let names = names(job);
    for (i, name) in names.iter().enumerate() {
        watch(Stage::Export, i as f32 / names.len() as f32)?;
        each(File { name: name.clone(), bytes: file(job, name)? })?;
    }
    Ok(())
}

/// How a file of the whole job is made.
type OfJob = fn(&Separation) -> Result<Vec<u8>>;

/// Files of the whole job.
const SHEETS: [(&str, OfJob); 6] = [
    ("composite.pdf", |job| Ok(composite_pdf(job))),
    ("composite.eps", |job| Ok(composite_eps(job))),
    ("layers.ai", |job| Ok(layered_pdf(job))),
    ("layers.pdf", |job| Ok(layered_pdf(job))),
    ("plates.pdf", plates_pdf),
    ("job-sheet.pdf", |job| Ok(jobsheet_pdf(job))),
];

/// How a file of one plate is made.
type OfPlate = fn(&Separation, &Plate) -> Result<Vec<u8>>;

/// Files of one plate: folder and suffix.
const SINGLES: [(&str, &str, OfPlate); 3] = [
    ("plates", "svg", |job, plate| Ok(plate_svg(job, plate).into_bytes())),
    ("films", "tiff", film_tiff),
    ("films", "png", film_png),
];

/// An ink's name as part of a file's: letters and digits of any script, dashes between.
fn file_name(ink: &str) -> String {
    let words: Vec<&str> =
        ink.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "ink".into() } else { words.join("-") }
}
