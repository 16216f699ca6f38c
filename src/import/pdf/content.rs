//! Looks through a page's instructions before any is carried out: how much work there is once every
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

/// Instructions that take as long as an outlined character.
const OF_A_CHARACTER: usize = 200;

/// Pixels of a picture that take as long as an instruction.
const PIXELS_OF_ONE: usize = 64;

/// What was found.
#[derive(Default)]
pub(super) struct Content {
    /// Whether colours for print are used.
    pub cmyk: bool,
    /// The first words, in the fonts' own codes, without spaces.
    text: Vec<u8>,
    /// Instructions that each form or font stands for, by its object.
    counted: BTreeMap<ObjectIdentifier, usize>,
    /// Instructions of the greatest character of any font that draws by such.
    character: usize,
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
                b"BI" => {
                    if let Some(Object::Stream(picture)) = instruction.operands().next() {
                        total = total.saturating_add(pixels(picture.dict()));
                    }
                }
                b"Tf" => {
                    if let Some(Object::Name(name)) = instruction.operands().next()
                        && let Some(font) = resources.get_font(name)
                    {
                        let most = self.font(&font, resources, depth)?;
                        self.character = self.character.max(most);
                    }
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    for operand in instruction.operands() {
                        let each = OF_A_CHARACTER.saturating_add(self.character);
                        total = total.saturating_add(self.read(operand).saturating_mul(each));
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

    /// Number of instructions of a form, which is looked through once; of a picture, as many as take
    /// as long.
    fn form(&mut self, form: &Stream, resources: &Resources, depth: usize) -> Result<usize> {
        match form.dict().get::<Name>("Subtype").as_deref() {
            Some(b"Image") => return Ok(pixels(form.dict())),
            Some(b"Form") => {}
            _ => return Ok(0),
        }
        if let Some(known) = self.counted.get(&form.obj_id()) {
            return Ok(*known);
        }
        let own = form.dict().get::<Dict>("Resources").map(Resources::new);
        let count = self.stream(form, own.as_ref().unwrap_or(resources), depth)?;
        self.counted.insert(form.obj_id(), count);
        Ok(count)
    }

    /// Number of instructions of a font's greatest character; only type 3 has any (9.6.4).
    fn font(&mut self, font: &Dict, resources: &Resources, depth: usize) -> Result<usize> {
        if font.get::<Name>("Subtype").as_deref() != Some(b"Type3") {
            return Ok(0);
        }
        if let Some(known) = font.obj_id().and_then(|id| self.counted.get(&id)) {
            return Ok(*known);
        }
        let own = font.get::<Dict>("Resources").map(Resources::new);
        let characters = font.get::<Dict>("CharProcs").unwrap_or_default();
        let mut most = 0;
        for name in characters.keys() {
            if let Some(character) = characters.get::<Stream>(&*name) {
                let count = self.stream(&character, own.as_ref().unwrap_or(resources), depth)?;
                most = most.max(count);
            }
        }
        self.counted.extend(font.obj_id().map(|id| (id, most)));
        Ok(most)
    }

    fn stream(&mut self, stream: &Stream, resources: &Resources, depth: usize) -> Result<usize> {
        let Ok(instructions) = stream.decoded_data() else { return Ok(0) };
        self.count(UntypedIter::new(&instructions), resources, depth + 1)
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

/// What a picture costs; within instructions, the names of its sides may be short (8.9.7).
fn pixels(picture: &Dict) -> usize {
    let side = |name: &str, short: &str| {
        let side = picture.get::<u32>(name).or_else(|| picture.get::<u32>(short));
        side.unwrap_or(0) as usize
    };
    side("Width", "W").saturating_mul(side("Height", "H")) / PIXELS_OF_ONE
}
