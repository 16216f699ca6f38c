//! The production composite: one page with all inks, from which any workflow makes the same plates.
//!
//! No object relies on overprint, because many workflows ignore it for spot inks. Each plate is
//! painted whole in its Separation; then every region where plates print over each other (traps,
//! underbase) is painted once more in a `DeviceN` of just those inks. Whether overprint is honoured or
//! not, the last paint on a region names all its inks, and nothing is lost.

use pdf_writer::{Name, Ref};

use super::pdf::{Document, Drawing, alternate, device_n, separation};
use crate::separate::Separation;
use crate::separate::area::Area;

/// A region where several plates print: the plates' indices and tints.
struct Overlap {
    area: Area,
    inks: Vec<(usize, f64)>,
}

/// The composite of `job` as a PDF file.
pub fn composite_pdf(job: &Separation, title: &str) -> Vec<u8> {
    let mut document = Document::new(title);
    let mut spaces: Vec<(String, Ref)> = Vec::new();
    let inks: Vec<Ref> = job
        .plates
        .iter()
        .enumerate()
        .map(|(i, plate)| {
            let id = separation(&mut document, &plate.name, alternate(plate));
            spaces.push((format!("S{i}"), id));
            id
        })
        .collect();
    let all = separation(&mut document, "All", [1.0; 4]);
    spaces.push(("All".into(), all));
    let mut drawing = Drawing::new(&job.sheet);
    for (i, plate) in job.plates.iter().enumerate() {
        for flat in plate.flats.iter().chain(&plate.own_marks) {
            drawing.ink(&format!("S{i}"), &[flat.tint]);
            drawing.fill(&flat.area);
        }
    }
    for overlap in overlaps(job) {
        let names: Vec<String> = overlap.inks.iter().map(|(i, _)| format!("S{i}")).collect();
        let name = names.concat();
        if !spaces.iter().any(|(other, _)| *other == name) {
            let parts: Vec<_> =
                overlap.inks.iter().map(|(i, _)| (&job.plates[*i], inks[*i])).collect();
            spaces.push((name.clone(), device_n(&mut document, &parts)));
        }
        drawing.ink(&name, &overlap.inks.iter().map(|(_, tint)| *tint).collect::<Vec<_>>());
        drawing.fill(&overlap.area);
    }
    if !job.marks.area.is_empty() {
        drawing.ink("All", &[1.0]);
        drawing.fill(&job.marks.area);
    }
    document.page(&job.sheet, &drawing.content, |resources| {
        let mut entries = resources.color_spaces();
        for (name, id) in &spaces {
            entries.insert(Name(name.as_bytes())).primitive(*id);
        }
    });
    document.finish(|_| {})
}

/// Where two plates print over each other, then where three do, and so on: later regions lie
/// inside earlier ones.
fn overlaps(job: &Separation) -> Vec<Overlap> {
    let single = job.plates.iter().enumerate().flat_map(|(i, plate)| {
        plate
            .flats
            .iter()
            .map(move |flat| Overlap { area: flat.area.clone(), inks: vec![(i, flat.tint)] })
    });
    let flats: Vec<Overlap> = single.collect();
    let mut found = Vec::new();
    let mut level: Vec<&Overlap> = flats.iter().collect();
    let mut next: Vec<Overlap>;
    loop {
        next = level
            .iter()
            .flat_map(|region| {
                let last = region.inks.last().map_or(0, |(i, _)| *i);
                flats.iter().filter(move |flat| flat.inks[0].0 > last).filter_map(move |flat| {
                    let area = region.area.intersection(&flat.area);
                    let inks = region.inks.iter().chain(&flat.inks).copied().collect();
                    (!area.is_empty()).then_some(Overlap { area, inks })
                })
            })
            .collect();
        if next.is_empty() {
            return found;
        }
        let start = found.len();
        found.extend(next);
        level = found[start..].iter().collect();
    }
}
