//! A PDF to edit: each plate is a layer of its own in its own ink, set to overprint, with all
//! knockouts cut as geometry. Saved as `.ai` it opens in drawing programs that read PDF-compatible
//! Illustrator files.
//!
//! The underbase's layer is marked as white ink by ISO 19593-1.

use pdf_writer::writers::ExtGraphicsState;
use pdf_writer::{Finish as _, Name, Ref, TextStr};

use super::pdf::{Document, Drawing, alternate, separation};
use crate::export::intent;
use crate::separate::{Role, Separation};

/// All plates of `job` as layers of a PDF file.
pub fn layered_pdf(job: &Separation) -> Vec<u8> {
    let mut document = Document::new(&job.title);
    let mut drawing = Drawing::new(&job.sheet);
    let (mut spaces, mut layers) = (Vec::new(), Vec::new());
    drawing.content.push_str("/Over gs\n");
    for (i, plate) in job.plates.iter().enumerate() {
        spaces.push((format!("S{i}"), separation(&mut document, &plate.name, alternate(plate))));
        layers.push(layer(&mut document, &plate.name, plate.role == Role::Underbase));
        drawing.layer(i, |drawing| {
            for flat in plate.flats.iter().chain(&plate.own_marks) {
                drawing.ink(&format!("S{i}"), &[flat.tint]);
                drawing.fill(&flat.area);
            }
            if let Some(dots) = &plate.dots {
                drawing.ink(&format!("S{i}"), &[1.0]);
                drawing.dots(dots, dots.at);
            }
        });
    }
    if !job.marks.area.is_empty() {
        spaces.push(("All".into(), separation(&mut document, "All", [1.0; 4])));
        layers.push(layer(&mut document, "Marks", false));
        drawing.layer(job.plates.len(), |drawing| {
            drawing.ink("All", &[1.0]);
            drawing.fill(&job.marks.area);
        });
    }
    document.page(&job.sheet, &drawing, |resources| {
        let mut entries = resources.color_spaces();
        for (name, id) in &spaces {
            entries.pair(Name(name.as_bytes()), *id);
        }
        entries.finish();
        let mut states = resources.ext_g_states();
        let mut over = states.insert(Name(b"Over")).start::<ExtGraphicsState>();
        over.overprint(true).overprint_fill(true);
        over.finish();
        states.finish();
        let mut properties = resources.insert(Name(b"Properties")).dict();
        for (i, id) in layers.iter().enumerate() {
            properties.pair(Name(format!("L{i}").as_bytes()), *id);
        }
    });
    document.finish(|catalog| {
        if job.output_intent {
            intent::coated(catalog);
        }
        let mut groups = catalog.insert(Name(b"OCProperties")).dict();
        groups.insert(Name(b"OCGs")).array().items(layers.iter().copied());
        let mut shown = groups.insert(Name(b"D")).dict();
        shown.pair(Name(b"Name"), TextStr("Plates"));
        // Without an order Acrobat lists no layers.
        shown.insert(Name(b"Order")).array().items(layers.iter().copied());
        shown.insert(Name(b"ON")).array().items(layers.iter().copied());
    })
}

fn layer(document: &mut Document, name: &str, is_white: bool) -> Ref {
    let id = document.new_ref();
    let mut group = document.pdf.indirect(id).dict();
    group.pair(Name(b"Type"), Name(b"OCG")).pair(Name(b"Name"), TextStr(name));
    if is_white {
        let mut step = group.insert(Name(b"GTS_Metadata")).dict();
        step.pair(Name(b"GTS_ProcStepsGroup"), Name(b"White"));
    }
    id
}
