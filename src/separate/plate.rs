//! Plates: what one ink prints.

use serde::Serialize;

use super::area::Area;
use super::edit::{Inks, is_white};
use super::knockout::{Cell, flats_of};
use super::marks;
use super::options::{Method, SeparateOptions};
use super::process;
use super::screen::Screen;
use super::sheet::Sheet;
use crate::color::Rgb;
use crate::error::{Error, Result};

/// An area printed in one tint.
#[derive(Clone, Debug, PartialEq)]
pub struct Flat {
    /// Where.
    pub area: Area,
    /// How much ink, above 0 and at most 1.
    pub tint: f64,
}

/// What a plate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// White under other inks, printed first.
    Underbase,
    /// An ink of the art.
    Spot,
    /// White art on top of an underbase, printed last.
    Highlight,
}

/// One plate.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// The ink's name.
    pub name: String,
    /// The ink's colour on screen.
    pub rgb: Rgb,
    /// What it is for.
    pub role: Role,
    /// What it prints of the art; areas do not overlap.
    pub flats: Vec<Flat>,
    /// Its own marks: label and colour bar.
    pub own_marks: Vec<Flat>,
    /// The dots of its tints.
    pub screen: Screen,
    /// Threads of the mesh per inch.
    pub mesh: u32,
    /// Size of what it prints of the art, tints counted by their share.
    pub coverage_mm2: f64,
    /// The same, in percent of the trimmed area.
    pub coverage_percent: f64,
}

impl Plate {
    /// Everything that it prints of the art, whatever the tint.
    pub fn area(&self) -> Area {
        Area::union_all(self.flats.iter().map(|flat| &flat.area))
    }
}

/// Plates in printing order, without traps, underbase and marks.
pub(super) fn plates(cells: &[Cell], options: &SeparateOptions, inks: Inks) -> Result<Vec<Plate>> {
    let highlight = options.has_underbase() && options.highlight_white;
    let mut plates: Vec<Plate> = inks
        .inks
        .into_iter()
        .enumerate()
        .map(|(i, ink)| (ink, flats_of(cells, i)))
        // Process printing has four plates, inked or not.
        .filter(|(_, flats)| options.method == Method::Process || !flats.is_empty())
        .map(|(ink, flats)| {
            let white = is_white(ink.rgb);
            let role = if highlight && white { Role::Highlight } else { Role::Spot };
            Plate::new(ink.name, ink.rgb, role, flats, options)
        })
        .collect();
    if plates.iter().all(|plate| plate.flats.is_empty()) {
        return Err(Error::NoInks);
    }
    if options.order.0.is_empty() {
        // The highlight stands on top of everything.
        plates.sort_by_key(|plate| plate.role == Role::Highlight);
    }
    Ok(plates)
}

impl Plate {
    pub(super) fn new(
        name: String,
        rgb: Rgb,
        role: Role,
        flats: Vec<Flat>,
        options: &SeparateOptions,
    ) -> Self {
        let mut screen = Screen::new(options);
        if options.method == Method::Process {
            screen.angle_deg = process::angle_deg(&name).unwrap_or(screen.angle_deg);
        }
        let tinted = flats.iter().any(|flat| flat.tint < 1.0);
        // Atlas Screen Supply: 110 for the base, 156 for solids; screenprinting.com: threads are
        // 4 to 5 times the lines.
        let advised = match role {
            Role::Underbase => 110,
            _ if tinted => (options.lpi * 4.5).round() as u32,
            _ => 156,
        };
        let mesh = options.mesh.unwrap_or(advised);
        Self {
            name,
            rgb,
            role,
            flats,
            own_marks: Vec::new(),
            screen,
            mesh,
            coverage_mm2: 0.0,
            coverage_percent: 0.0,
        }
    }
}

/// Measures the plates and gives each its own marks.
pub(super) fn finish(plates: &mut [Plate], sheet: &Sheet, options: &SeparateOptions) {
    for plate in &mut *plates {
        plate.coverage_mm2 = plate.flats.iter().map(|f| f.area.size_mm2() * f.tint).sum();
        plate.coverage_percent = plate.coverage_mm2 / sheet.trim.area() * 100.0;
    }
    if options.marks {
        for index in 0..plates.len() {
            plates[index].own_marks = marks::of_plate(plates, index, sheet, options);
        }
    }
}
