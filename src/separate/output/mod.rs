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
pub use films::{film_png, film_tiff};
pub use jobsheet::jobsheet_pdf;
pub use layered_pdf::layered_pdf;
pub use plates_pdf::plates_pdf;
pub use svg::plate_svg;

use super::Separation;
use crate::error::Result;
use crate::job::{Stage, Watch};

/// A file by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, with a folder before it where there is one.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Every file that a press may ask for, one after the other.
pub fn everything(
    job: &Separation,
    watch: Watch,
    mut each: impl FnMut(File) -> Result<()>,
) -> Result<()> {
    let mut put = |name: &str, bytes| each(File { name: name.into(), bytes });
    put("composite.pdf", composite_pdf(job))?;
    put("composite.eps", composite_eps(job))?;
    let layered = layered_pdf(job);
    put("layers.ai", layered.clone())?;
    put("layers.pdf", layered)?;
    put("plates.pdf", plates_pdf(job)?)?;
    put("job-sheet.pdf", jobsheet_pdf(job))?;
    for (i, plate) in job.plates.iter().enumerate() {
        watch(Stage::Export, i as f32 / job.plates.len() as f32)?;
        let name = format!("{}-{}", i + 1, file_name(&plate.name));
        put(&format!("plates/{name}.svg"), plate_svg(job, plate).into_bytes())?;
        put(&format!("films/{name}.tiff"), film_tiff(job, plate)?)?;
        put(&format!("films/{name}.png"), film_png(job, plate)?)?;
    }
    Ok(())
}

/// An ink's name as part of a file's: letters and digits of any script, dashes between.
fn file_name(ink: &str) -> String {
    let words: Vec<&str> =
        ink.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "ink".into() } else { words.join("-") }
}
