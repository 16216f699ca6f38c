//! The stack of paints that every composite is made of.
//!
//! No paint relies on overprint, because many workflows ignore it for spot inks. Each plate is
//! painted whole; then every region where plates print over each other (traps, underbase) is
//! painted once more in just those inks. Whether overprint is honoured or not, the last paint on a
//! region names all its inks, and nothing is lost. Process colours do not overlap to begin with:
//! each is one paint of all its inks.

use crate::separate::Separation;
use crate::separate::area::Area;

/// A region, and the plates that print there with their tints.
pub(super) struct Paint {
    pub area: Area,
    pub inks: Vec<(usize, f64)>,
}

/// The art of `job`, in painting order.
pub(super) fn stack(job: &Separation) -> Vec<Paint> {
    if !job.cells.is_empty() {
        let printed = job.cells.iter().filter(|cell| !cell.prints.is_empty());
        return printed
            .map(|cell| Paint { area: cell.area.clone(), inks: cell.prints.clone() })
            .collect();
    }
    let flats = || {
        job.plates.iter().enumerate().flat_map(|(i, plate)| {
            plate
                .flats
                .iter()
                .map(move |flat| Paint { area: flat.area.clone(), inks: vec![(i, flat.tint)] })
        })
    };
    let mut paints: Vec<Paint> = flats().collect();
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
                    deeper.push(Paint { area, inks: [&region.inks[..], &flat.inks].concat() });
                }
            }
        }
        level = paints.len()..paints.len() + deeper.len();
        paints.extend(deeper);
    }
    paints
}
