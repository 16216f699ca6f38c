//! The printing condition of a PDF (ISO 32000-1, 14.11.5).

use pdf_writer::TextStr;
use pdf_writer::types::OutputIntentSubtype;
use pdf_writer::writers::Catalog;

/// Names the condition that our CMYK is made for, as the ICC's registry calls it, so that no profile
/// has to come along.
pub fn coated(catalog: &mut Catalog) {
    let mut intents = catalog.output_intents();
    let mut intent = intents.push();
    intent.subtype(OutputIntentSubtype::PDFX);
    intent.output_condition_identifier(TextStr("FOGRA39"));
    intent.output_condition(TextStr("Offset printing on coated paper (ISO 12647-2)"));
    intent.registry_name(TextStr("http://www.color.org"));
    intent.info(TextStr("Coated FOGRA39"));
}
