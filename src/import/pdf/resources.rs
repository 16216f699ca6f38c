//! Looks through what a page can use before any of it is read: the reader follows references, and
//! programs within programs, by recursion that knows no end.

use std::collections::BTreeMap;

use hayro_svg::hayro_interpret::hayro_syntax::object::{
    Array, Dict, MaybeRef, Object, ObjectIdentifier, Stream,
};
use hayro_svg::hayro_interpret::hayro_syntax::page::Page;
use hayro_svg::hayro_interpret::hayro_syntax::xref::XRef;

use super::FORMAT;
use crate::error::{Error, Result};
use crate::limits::MAX_PDF_DEPTH;

/// Entries that lead up again, or to what is never drawn.
const ELSEWHERE: [&[u8]; 3] = [b"Metadata", b"Parent", b"PieceInfo"];

/// Fails if something that the page can use is nested too deeply.
pub(super) fn check(page: &Page) -> Result<()> {
    let resources = page.resources();
    let mut walk = Walk { xref: page.xref(), heights: BTreeMap::new() };
    for group in [
        &resources.ext_g_states,
        &resources.fonts,
        &resources.properties,
        &resources.color_spaces,
        &resources.x_objects,
        &resources.patterns,
        &resources.shadings,
    ] {
        walk.dict(group, 0)?;
    }
    Ok(())
}

fn too_deep() -> Error {
    Error::TooComplex { format: FORMAT, what: "levels of nesting", limit: MAX_PDF_DEPTH }
}

struct Walk<'a> {
    xref: &'a XRef,
    /// Levels below each object that was looked through; none for those under way.
    heights: BTreeMap<ObjectIdentifier, usize>,
}

/// Each method gives the number of levels below what it looks through, which is itself at `depth`.
impl<'a> Walk<'a> {
    fn value(&mut self, value: MaybeRef<Object<'a>>, depth: usize) -> Result<usize> {
        let MaybeRef::Ref(reference) = value else {
            return match value {
                MaybeRef::NotRef(object) => self.object(&object, depth),
                MaybeRef::Ref(_) => Ok(0),
            };
        };
        let id = reference.into();
        if let Some(height) = self.heights.get(&id) {
            return if depth + height > MAX_PDF_DEPTH { Err(too_deep()) } else { Ok(*height) };
        }
        // What leads back to itself is skipped by the reader, too.
        self.heights.insert(id, 0);
        let height = match self.xref.get::<Object>(id) {
            Some(object) => self.object(&object, depth)?,
            None => 0,
        };
        self.heights.insert(id, height);
        Ok(height)
    }

    fn object(&mut self, object: &Object<'a>, depth: usize) -> Result<usize> {
        match object {
            Object::Array(array) => self.array(array, depth),
            Object::Dict(dict) => self.dict(dict, depth),
            Object::Stream(stream) => self.stream(stream, depth),
            _ => Ok(0),
        }
    }

    fn array(&mut self, array: &Array<'a>, depth: usize) -> Result<usize> {
        self.all(array.raw_iter(), depth)
    }

    fn dict(&mut self, dict: &Dict<'a>, depth: usize) -> Result<usize> {
        let entries = dict.entries().filter(|(key, _)| !ELSEWHERE.contains(&&**key));
        self.all(entries.map(|(_, value)| value), depth)
    }

    fn stream(&mut self, stream: &Stream<'a>, depth: usize) -> Result<usize> {
        // A program in PostScript (7.10.5).
        if stream.dict().get::<u32>("FunctionType") == Some(4)
            && let Ok(program) = stream.decoded_data()
            && nesting(&program) > MAX_PDF_DEPTH
        {
            return Err(too_deep());
        }
        self.dict(stream.dict(), depth)
    }

    fn all(
        &mut self,
        values: impl Iterator<Item = MaybeRef<Object<'a>>>,
        depth: usize,
    ) -> Result<usize> {
        if depth >= MAX_PDF_DEPTH {
            return Err(too_deep());
        }
        let mut height = 0;
        for value in values {
            height = height.max(1 + self.value(value, depth + 1)?);
        }
        Ok(height)
    }
}

/// How deep the braces of a program are nested.
fn nesting(program: &[u8]) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    for byte in program {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}
