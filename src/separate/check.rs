//! What may go wrong on press, and where.

use kurbo::Rect;
use serde::Serialize;

use super::area::Area;
use super::options::SeparateOptions;
use super::plate::{Flat, Plate};
use crate::order;
use crate::par;

/// Most places that a warning lists, the largest first.
const MAX_PLACES: usize = 50;

/// Somewhere on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Left edge.
    pub x_mm: f64,
    /// Top edge.
    pub y_mm: f64,
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
}

/// Something that may go wrong on press.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Warning {
    /// A stable name for programs.
    pub code: &'static str,
    /// The ink that it is about; none if it is about the art as a whole.
    pub ink: Option<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it, in one sentence.
    pub advice: String,
    /// Where.
    pub places: Vec<Place>,
}

impl Warning {
    fn new(code: &'static str, ink: Option<&str>, parts: &[Area], words: (String, String)) -> Self {
        let mut bounds: Vec<Rect> = parts.iter().filter_map(Area::bounds).collect();
        order::by_key(&mut bounds, |r| order::float(r.y0));
        order::by_key(&mut bounds, |r| order::float(r.x0));
        order::by_key(&mut bounds, |r| !order::float(r.area()));
        bounds.truncate(MAX_PLACES);
        let places = bounds
            .iter()
            .map(|r| Place { x_mm: r.x0, y_mm: r.y0, width_mm: r.width(), height_mm: r.height() })
            .collect();
        let (message, advice) = words;
        Self { code, ink: ink.map(Into::into), message, advice, places }
    }

    /// Parts of the underbase that the choke leaves nothing of.
    pub(super) fn underbase_lost(parts: &[Area], choke_mm: f64) -> Self {
        let message = format!(
            "{} of the art {} too thin for an underbase choked by {choke_mm:.2} mm.",
            count(parts.len(), "part"),
            if parts.len() == 1 { "is" } else { "are" },
        );
        let advice = "Print larger, choke less, or accept these parts without white under them.";
        Self::new("underbase-lost", None, parts, (message, advice.into()))
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Lines too thin and gaps too narrow to print, plate by plate.
pub(super) fn features(plates: &[Plate], options: &SeparateOptions) -> Vec<Warning> {
    let (line_mm, gap_mm) = (options.min_line_mm.0, options.min_gap_mm.0);
    let found = par::map(plates.len(), |i| {
        let area = plates[i].area();
        (narrow(&area, line_mm), gaps(&area, gap_mm))
    });
    let mut warnings = Vec::new();
    for (plate, (thin, gaps)) in plates.iter().zip(found) {
        if !thin.is_empty() {
            let message = format!(
                "{} of {} thinner than {line_mm:.2} mm may not hold.",
                count(thin.len(), "line"),
                plate.name
            );
            let advice = "Print larger, thicken the lines, or use a finer mesh.".into();
            warnings.push(Warning::new("thin-line", Some(&plate.name), &thin, (message, advice)));
        }
        if !gaps.is_empty() {
            let message = format!(
                "{} in {} narrower than {gap_mm:.2} mm may close.",
                count(gaps.len(), "gap"),
                plate.name
            );
            let advice = "Print larger, widen the gaps, or use a finer mesh.".into();
            warnings.push(Warning::new("narrow-gap", Some(&plate.name), &gaps, (message, advice)));
        }
    }
    warnings
}

/// Traps that reach through the strokes they should hide under.
pub(super) fn traps(plates: &[Plate], trapped: &[Vec<Flat>], trap_mm: f64) -> Vec<Warning> {
    if trap_mm <= 0.0 {
        return Vec::new();
    }
    let found = par::map(plates.len(), |i| {
        let thin = narrow(&plates[i].area(), trap_mm);
        if thin.is_empty() {
            return thin;
        }
        let spread_into = Area::union_all(
            (0..plates.len()).filter(|j| *j != i).flat_map(|j| trapped[j].iter().map(|f| &f.area)),
        );
        thin.into_iter().filter(|part| !part.intersection(&spread_into).is_empty()).collect()
    });
    plates
        .iter()
        .zip(found)
        .filter(|(_, thin)| !thin.is_empty())
        .map(|(plate, thin)| {
            let message = format!(
                "The trap of {trap_mm:.2} mm is wider than {} of {}.",
                count(thin.len(), "stroke"),
                plate.name
            );
            let advice = "Trap less, or set the trap of this pair of inks to 0.".into();
            Warning::new("trap-wider-than-stroke", Some(&plate.name), &thin, (message, advice))
        })
        .collect()
}

/// The parts of `area` that a disc of `width_mm` does not fit into. Sharp corners are no thin
/// lines: parts smaller than the disc itself are left out.
fn narrow(area: &Area, width_mm: f64) -> Vec<Area> {
    if width_mm <= 0.0 {
        return Vec::new();
    }
    let opened = area.grown(-width_mm / 2.0).grown(width_mm / 2.0 * 1.05);
    area.difference(&opened).parts().filter(|part| part.size_mm2() > width_mm * width_mm).collect()
}

/// The parts of the gaps in `area` that a disc of `width_mm` does not fit into.
fn gaps(area: &Area, width_mm: f64) -> Vec<Area> {
    if width_mm <= 0.0 {
        return Vec::new();
    }
    let closed = area.grown(width_mm / 2.0).grown(-width_mm / 2.0 * 1.05);
    closed.difference(area).parts().filter(|part| part.size_mm2() > width_mm * width_mm).collect()
}
