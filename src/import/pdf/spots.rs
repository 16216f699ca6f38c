//! The inks that a page names (ISO 32000-1, 8.6.6.4 and 8.6.6.5), each with the colour that it
//! has on screen.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use hayro_svg::hayro_interpret::font::GlyphRun;
use hayro_svg::hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_svg::hayro_interpret::hayro_syntax::object::dict_or_stream;
use hayro_svg::hayro_interpret::hayro_syntax::object::{
    Array, Dict, Name, Object, ObjectIdentifier,
};
use hayro_svg::hayro_interpret::hayro_syntax::page::{Page, Resources};
use hayro_svg::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, Paint, SoftMask, interpret,
};
use kurbo::{Affine, BezPath, Rect};

use crate::color::Rgb;
use crate::limits::{MAX_PDF_FORM_DEPTH, MAX_PDF_SPOTS};

/// Names that stand for the press's own inks, for all inks, or for none.
const PROCESS: [&str; 6] = ["Cyan", "Magenta", "Yellow", "Black", "All", "None"];

/// Most inks of one space (Annex C).
const MOST_OF_A_SPACE: usize = 32;

/// All inks that are named in the page's resources and in those of what it uses, each once for
/// every colour under which it goes.
pub(super) fn spots(page: &Page) -> Vec<(String, Rgb)> {
    let mut search = Search { page, seen: BTreeSet::new(), spots: Vec::new() };
    search.resources(page.resources(), 0);
    search.spots
}

struct Search<'a, 'p> {
    page: &'p Page<'a>,
    /// The objects that have been looked at.
    seen: BTreeSet<ObjectIdentifier>,
    spots: Vec<(String, Rgb)>,
}

impl<'a> Search<'a, '_> {
    fn resources(&mut self, resources: &Resources<'a>, depth: usize) {
        if depth > MAX_PDF_FORM_DEPTH {
            return;
        }
        for key in resources.color_spaces.keys() {
            if let Some(space) = resources.color_spaces.get::<Array>(&*key) {
                self.color_space(&key, &space, resources);
            }
        }
        for group in [&resources.x_objects, &resources.patterns] {
            for key in group.keys() {
                let object = group.get::<Object>(&*key);
                let Some((dict, _)) = object.as_ref().and_then(dict_or_stream) else { continue };
                let new = dict.obj_id().is_none_or(|id| self.seen.insert(id));
                if let Some(inner) = dict.get::<Dict>("Resources").filter(|_| new) {
                    self.resources(&Resources::new(inner), depth + 1);
                }
            }
        }
    }

    /// Adds the inks of a Separation or `DeviceN` space, which the resources have as `key`.
    fn color_space(&mut self, key: &Name, space: &Array<'a>, resources: &Resources<'a>) {
        let mut parts = space.flex_iter();
        let kind = parts.next::<Name>();
        let names: Vec<Name> = match kind.as_deref() {
            Some(b"Separation") => parts.next::<Name>().into_iter().collect(),
            Some(b"DeviceN") => {
                parts.next::<Array>().iter().flat_map(Array::iter::<Name>).collect()
            }
            _ => return,
        };
        if names.len() > MOST_OF_A_SPACE {
            return;
        }
        for (i, name) in names.iter().enumerate() {
            let name = text(name);
            if PROCESS.contains(&name.as_str()) || self.spots.len() >= MAX_PDF_SPOTS {
                continue;
            }
            let solid = (0..names.len()).map(|ink| if ink == i { "1 " } else { "0 " });
            let fill =
                format!("/{} cs {}scn 0 0 1 1 re f", escaped(key), solid.collect::<String>());
            if let Some(rgb) = self.painted(&fill, resources)
                && !self.spots.contains(&(name.clone(), rgb))
            {
                self.spots.push((name, rgb));
            }
        }
    }

    /// The colour that an instruction paints with, as the page itself would.
    fn painted(&self, fill: &str, resources: &Resources<'a>) -> Option<Rgb> {
        let unit = Rect::new(0.0, 0.0, 1.0, 1.0);
        let cache = InterpreterCache::new();
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, unit, &cache, self.page.xref(), settings);
        let mut swatch = Swatch(None);
        interpret(TypedIter::new(fill.as_bytes()), resources, &mut context, &mut swatch);
        swatch.0
    }
}

/// A name's text: UTF-8, or else Latin-1.
fn text(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(text) => text.into(),
        Err(_) => name.iter().map(|&b| char::from(b)).collect(),
    }
}

/// A name as it is written in a file (7.3.5).
fn escaped(name: &[u8]) -> String {
    name.iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "#{byte:02x}");
        text
    })
}

/// Takes down the colour of what is painted.
struct Swatch(Option<Rgb>);

impl Swatch {
    fn take(&mut self, paint: &Paint) {
        if let Paint::Color(color) = paint {
            let [r, g, b, _] = color.to_rgba().to_rgba8();
            self.0 = Some(Rgb([r, g, b]));
        }
    }
}

impl<'a> Device<'a> for Swatch {
    fn draw_path(&mut self, _: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.take(&props.paint);
    }
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
