//! The stack of paints that every composite is made of.
//!
//! No paint relies on overprint, because many workflows ignore it for spot inks. Each plate is
//! painted whole; then every region where plates print over each other (traps, underbase) is
//! painted once more in just those inks. Whether overprint is honoured or not, the last paint on a
//! region names all its inks, and nothing is lost. Colours in tints and dots do not overlap to begin
//! with: each is one paint of all its inks.

use crate::separate::area::Area;
use crate::separate::dots::Dots;
use crate::separate::{Role, Separation};

/// Where something is painted.
pub(super) enum Region {
    /// Inside an outline.
    Area(Area),
    /// On a grid of dots.
    Dots(Dots),
}

/// A region, and the plates that print there with their tints.
pub(super) struct Paint {
    pub region: Region,
    pub inks: Vec<(usize, f64)>,
}

/// [`Paint`] of an outline.
struct Painted {
    area: Area,
    inks: Vec<(usize, f64)>,
}

/// The art of `job`, in painting order.
pub(super) fn stack(job: &Separation) -> Vec<Paint> {
    let mut paints = squares(job);
    let areas = if job.cells.is_empty() { overlaid(job) } else { cells(job) };
    let areas = areas.into_iter();
    paints.extend(areas.map(|Painted { area, inks }| Paint { region: Region::Area(area), inks }));
    paints
}

/// Dots, each with all its inks.
fn squares(job: &Separation) -> Vec<Paint> {
    let dots = || job.plates.iter().enumerate().filter_map(|(i, p)| Some((i, p, p.dots.as_ref()?)));
    let base = dots().find(|(_, plate, _)| plate.role == Role::Underbase);
    let mut paints = Vec::new();
    for (i, _, own) in dots() {
        match base {
            Some((under, _, base)) if under != i => {
                paints.push((own.without(base), vec![(i, 1.0)]));
                paints.push((own.and(base), vec![(under, 1.0), (i, 1.0)]));
            }
            _ => paints.push((own.clone(), vec![(i, 1.0)])),
        }
    }
    paints.retain(|(dots, _)| dots.count() > 0);
    let paint = |(dots, inks)| Paint { region: Region::Dots(dots), inks };
    paints.into_iter().map(paint).collect()
}

/// Regions that print the same everywhere.
fn cells(job: &Separation) -> Vec<Painted> {
    let printed = job.cells.iter().filter(|cell| !cell.printed.inks.is_empty());
    printed
        .map(|cell| Painted { area: cell.area.clone(), inks: cell.printed.inks.clone() })
        .collect()
}

/// Every plate, then every overlap.
fn overlaid(job: &Separation) -> Vec<Painted> {
    let flats = || {
        job.plates.iter().enumerate().flat_map(|(i, plate)| {
            plate
                .flats
                .iter()
                .map(move |flat| Painted { area: flat.area.clone(), inks: vec![(i, flat.tint)] })
        })
    };
    let mut paints: Vec<Painted> = flats().collect();
    let single = paints.len();
    // Regions of two plates, then of three, and so on: later ones lie inside earlier ones.
    let mut level = 0..single;
    while !level.is_empty() {
        let mut deeper = Vec::new();
        for region in &paints[level.clone()] {
            let last = region.inks.last().map_or(0, |(i, _)| *i);
            for flat in paints[..single].iter().filter(|flat| flat.inks[0].0 > last) {
                let area = region.area.intersection(&flat.area);
                if !area.is_empty() {
                    deeper.push(Painted { area, inks: [&region.inks[..], &flat.inks].concat() });
                }
            }
        }
        level = paints.len()..paints.len() + deeper.len();
        paints.extend(deeper);
    }
    paints
}
