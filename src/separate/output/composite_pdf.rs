//! The production composite: one page with all inks, from which any workflow makes the same plates,
//! whether it honours overprint or not; see [`paint`](super::paint).

use pdf_writer::{Name, Ref};

use super::paint::{self, Region};
use super::pdf::{Document, Drawing, alternate, device_n, separation};
use crate::export::intent;
use crate::separate::Separation;

/// The composite of `job` as a PDF file.
pub fn composite_pdf(job: &Separation) -> Vec<u8> {
    let mut document = Document::new(&job.title);
    let mut spaces: Vec<(String, Ref)> = Vec::new();
    for (i, plate) in job.plates.iter().enumerate() {
        let id = separation(&mut document, &plate.name, alternate(plate));
        spaces.push((format!("S{i}"), id));
    }
    let inks: Vec<Ref> = spaces.iter().map(|(_, id)| *id).collect();
    let all = separation(&mut document, "All", [1.0; 4]);
    spaces.push(("All".into(), all));
    let mut drawing = Drawing::new(&job.sheet);
    for paint in paint::stack(job) {
        let names: Vec<String> = paint.inks.iter().map(|(i, _)| format!("S{i}")).collect();
        let name = names.concat();
        if !spaces.iter().any(|(other, _)| *other == name) {
            let parts: Vec<_> =
                paint.inks.iter().map(|(i, _)| (&job.plates[*i], inks[*i])).collect();
            spaces.push((name.clone(), device_n(&mut document, &parts)));
        }
        drawing.ink(&name, &paint.inks.iter().map(|(_, tint)| *tint).collect::<Vec<_>>());
        match &paint.region {
            Region::Area(area) => drawing.fill(area),
            Region::Dots(dots) => drawing.dots(dots, dots.at),
        }
    }
    for (i, plate) in job.plates.iter().enumerate() {
        for mark in &plate.own_marks {
            drawing.ink(&format!("S{i}"), &[mark.tint]);
            drawing.fill(&mark.area);
        }
    }
    if !job.marks.area.is_empty() {
        drawing.ink("All", &[1.0]);
        drawing.fill(&job.marks.area);
    }
    document.page(&job.sheet, &drawing, |resources| {
        let mut entries = resources.color_spaces();
        for (name, id) in &spaces {
            entries.pair(Name(name.as_bytes()), *id);
        }
    });
    document.finish(|catalog| {
        if job.output_intent {
            intent::coated(catalog);
        }
    })
}
