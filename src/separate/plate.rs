//! Plates: what one ink prints.

use serde::Serialize;

use super::area::Area;
use super::dots::Dots;
use super::edit::{Inks, PressInk, same_name};
use super::knockout::{Cell, flats_of};
use super::marks;
use super::options::SeparateOptions;
use super::screen::Screen;
use super::sheet::Sheet;
use crate::color::Rgb;

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
    /// What it prints of the art as square dots, in an index separation.
    pub dots: Option<Dots>,
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

    /// Whether it prints nothing of the art.
    pub fn is_empty(&self) -> bool {
        self.flats.is_empty() && self.dots.as_ref().is_none_or(|dots| dots.count() == 0)
    }
}

/// Plates in printing order, without traps, underbase and marks; inks that print nothing have none.
pub(super) fn plates(cells: &[Cell], options: &SeparateOptions, inks: Inks) -> Vec<Plate> {
    let made = inks.inks.into_iter().enumerate();
    let made = made.map(|(i, ink)| of_ink(ink, flats_of(cells, i), options));
    made.filter(|plate| !plate.flats.is_empty()).collect()
}

/// The plate of an ink of the art.
pub(super) fn of_ink(ink: PressInk, flats: Vec<Flat>, options: &SeparateOptions) -> Plate {
    let role = if options.is_highlight(ink.rgb) { Role::Highlight } else { Role::Spot };
    Plate::new(ink.name, ink.rgb, role, flats, ink.angle_deg, options)
}

impl Plate {
    pub(super) fn new(
        name: String,
        rgb: Rgb,
        role: Role,
        flats: Vec<Flat>,
        angle_deg: Option<f64>,
        options: &SeparateOptions,
    ) -> Self {
        let mut screen = Screen::new(options);
        screen.angle_deg = angle_deg.unwrap_or(screen.angle_deg);
        if let Some(own) = options.screens.0.iter().find(|own| same_name(&own.ink, &name)) {
            screen.lpi = own.lpi;
            screen.angle_deg = own.angle_deg.unwrap_or(screen.angle_deg);
        }
        let tinted = flats.iter().any(|flat| flat.tint < 1.0);
        // Atlas Screen Supply: 110 for the base, 156 for solids; screenprinting.com: threads are
        // 4 to 5 times the lines.
        let advised = match role {
            Role::Underbase => 110,
            _ if tinted => (screen.lpi * 4.5).round() as u32,
            _ => 156,
        };
        let mesh = options.mesh.unwrap_or(advised);
        Self {
            name,
            rgb,
            role,
            flats,
            dots: None,
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
        plate.coverage_mm2 += plate.dots.as_ref().map_or(0.0, Dots::size_mm2);
        plate.coverage_percent = plate.coverage_mm2 / sheet.trim.area() * 100.0;
    }
    if options.marks {
        for index in 0..plates.len() {
            plates[index].own_marks = marks::of_plate(plates, index, sheet, options);
        }
    }
}
