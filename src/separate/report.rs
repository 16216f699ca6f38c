//! What there is to say about a separation, as plain data for a light table.

use serde::Serialize;

use super::check::Warning;
use super::{Role, Separation, output};
use crate::color::Rgb;

/// A separation in words, numbers and one SVG for each plate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Width of the sheet.
    pub width_mm: f64,
    /// Height of the sheet.
    pub height_mm: f64,
    /// Where the art stands: left, top, width, height.
    pub trim_mm: [f64; 4],
    /// The colour of the material.
    pub substrate: Rgb,
    /// The plates in printing order.
    pub plates: Vec<PlateReport>,
    /// The method's inks before any edit; options refer to them by these names.
    pub inks: Vec<InkReport>,
    /// The names of all files.
    pub files: Vec<String>,
    /// Dots per inch of films.
    pub film_dpi: u32,
    /// What may go wrong on press; places are in mm on the sheet.
    pub warnings: Vec<Warning>,
}

/// An ink of a [`Report`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InkReport {
    /// Its name before it got another.
    pub name: String,
    /// Its colour on screen.
    pub rgb: Rgb,
}

/// One plate of a [`Report`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlateReport {
    /// The ink's name.
    pub name: String,
    /// The ink's colour on screen.
    pub rgb: Rgb,
    /// What the plate is for.
    pub role: Role,
    /// Threads of the mesh per inch.
    pub mesh: u32,
    /// Lines of dots per inch.
    pub lpi: f64,
    /// Their angle.
    pub angle_deg: f64,
    /// Size of what it prints of the art.
    pub coverage_mm2: f64,
    /// The same, in percent of the trimmed area.
    pub coverage_percent: f64,
    /// The plate in black on nothing, of the sheet's size.
    pub svg: String,
}

impl From<&Separation> for Report {
    fn from(job: &Separation) -> Self {
        let trim = job.sheet.trim;
        let plates = job
            .plates
            .iter()
            .map(|plate| PlateReport {
                name: plate.name.clone(),
                rgb: plate.rgb,
                role: plate.role,
                mesh: plate.mesh,
                lpi: plate.screen.lpi,
                angle_deg: plate.screen.angle_deg,
                coverage_mm2: plate.coverage_mm2,
                coverage_percent: plate.coverage_percent,
                svg: output::plate_svg(job, plate),
            })
            .collect();
        Self {
            width_mm: job.sheet.width_mm,
            height_mm: job.sheet.height_mm,
            trim_mm: [trim.x0, trim.y0, trim.width(), trim.height()],
            substrate: job.substrate,
            plates,
            inks: job
                .own_inks
                .iter()
                .map(|ink| InkReport { name: ink.name.clone(), rgb: ink.rgb })
                .collect(),
            files: output::names(job),
            film_dpi: job.film.dpi,
            warnings: job.warnings.clone(),
        }
    }
}
