//! Looks through a page's instructions before any is carried out: how many there are once every
//! form is drawn where it is used, and what they say.

use std::collections::BTreeMap;

use hayro_svg::hayro_interpret::hayro_syntax::content::UntypedIter;
use hayro_svg::hayro_interpret::hayro_syntax::object::{
    Dict, Name, Object, ObjectIdentifier, Stream,
};
use hayro_svg::hayro_interpret::hayro_syntax::page::{Page, Resources};

use super::FORMAT;
use crate::error::{Error, Result};
use crate::limits::{MAX_PDF_FORM_DEPTH, MAX_PDF_OPERATIONS};

/// Bytes of text that are kept, to look for a sentence.
const TEXT: usize = 4096;

/// What was found.
#[derive(Default)]
pub(super) struct Content {
    /// Whether colours for print are used.
    pub cmyk: bool,
    /// The first words, in the fonts' own codes, without spaces.
    text: Vec<u8>,
    /// Instructions that each form stands for, by its object.
    counted: BTreeMap<ObjectIdentifier, usize>,
}

impl Content {
    /// Whether the page's text, without its spaces, has these words.
    pub fn says(&self, words: &[u8]) -> bool {
        self.text.windows(words.len()).any(|window| window == words)
    }
}

/// Looks through the page's instructions and those of all that it uses.
pub(super) fn content(page: &Page) -> Result<Content> {
    let mut content = Content::default();
    content.count(page.operations(), page.resources(), 0)?;
    Ok(content)
}

fn too_complex(what: &'static str, limit: usize) -> Error {
    Error::TooComplex { format: FORMAT, what, limit }
}

impl Content {
    fn count(
        &mut self,
        mut instructions: UntypedIter,
        resources: &Resources,
        depth: usize,
    ) -> Result<usize> {
        if depth > MAX_PDF_FORM_DEPTH {
            return Err(too_complex("levels of nesting", MAX_PDF_FORM_DEPTH));
        }
        let mut total = 0_usize;
        while let Some(instruction) = instructions.next() {
            total += 1;
            match &**instruction.operator {
                b"k" | b"K" => self.cmyk = true,
                b"Do" => {
                    if let Some(Object::Name(name)) = instruction.operands().next()
                        && let Some(form) = resources.get_x_object(name)
                    {
                        total = total.saturating_add(self.form(&form, resources, depth)?);
                    }
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    for operand in instruction.operands() {
                        total += self.read(operand);
                    }
                }
                _ => {}
            }
            if total > MAX_PDF_OPERATIONS {
                return Err(too_complex("drawing instructions", MAX_PDF_OPERATIONS));
            }
        }
        Ok(total)
    }

    /// Number of instructions of a form, which is looked through once.
    fn form(&mut self, form: &Stream, resources: &Resources, depth: usize) -> Result<usize> {
        let is_form = form.dict().get::<Name>("Subtype").is_some_and(|kind| &*kind == b"Form");
        if !is_form {
            return Ok(0);
        }
        if let Some(known) = self.counted.get(&form.obj_id()) {
            return Ok(*known);
        }
        let Ok(instructions) = form.decoded_data() else { return Ok(0) };
        let own = form.dict().get::<Dict>("Resources").map(Resources::new);
        let count = self.count(
            UntypedIter::new(&instructions),
            own.as_ref().unwrap_or(resources),
            depth + 1,
        )?;
        self.counted.insert(form.obj_id(), count);
        Ok(count)
    }

    /// Keeps the words of a string, or of an array of them, and counts their characters.
    fn read(&mut self, operand: &Object) -> usize {
        match operand {
            Object::String(words) => {
                let words = words.as_bytes();
                let room = TEXT.saturating_sub(self.text.len());
                self.text.extend(words.iter().filter(|&&b| b != b' ' && b != 0).take(room));
                words.len()
            }
            Object::Array(parts) => parts
                .iter::<Object>()
                .map(|part| match part {
                    Object::String(_) => self.read(&part),
                    _ => 0,
                })
                .sum(),
            _ => 0,
        }
    }
}
