//! PDF 1.6 (ISO 32000-1), written with `pdf-writer`: one page with the artwork, for viewers,
//! printers and, as `.ai`, drawing programs.
//!
//! Guarantees: the same bytes every time (no date, no random id); sRGB colours stand in the content
//! with five decimals, which give back the same bytes; every ink name stands for one separation with
//! one alternate; nothing overprints; no fonts.
//!
//! Limits: gradients between process colours run straight through CMYK.

mod content;
mod gradient;

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::writers::{Catalog, ColorSpace, ExtGraphicsState, Resources};
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, TextStr};

use super::page::{Color, ColorMode, Page, PageOptions};
use super::{Job, cut, intent};
use crate::color::Cmyk;
use content::Content;

/// Hands out the numbers of objects.
struct Ids(i32);

impl Ids {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }

    fn some(&mut self, count: usize) -> Vec<Ref> {
        (0..count).map(|_| self.next()).collect()
    }
}

/// Writes the artwork as a PDF document.
pub(super) fn pdf(job: &Job, options: &PageOptions) -> Vec<u8> {
    let page = Page::new(job, options);
    let content = Content::new(job, options, &page);

    let mut ids = Ids(0);
    let [root, pages, leaf, stream, info] = std::array::from_fn(|_| ids.next());
    let layers = ids.some(content.layers.len());
    let mut pdf = Pdf::new();
    pdf.set_version(1, 6);
    let mut catalog = pdf.catalog(root);
    catalog.pages(pages);
    if !job.document.title.is_empty() {
        catalog.viewer_preferences().display_doc_title(true);
    }
    if options.output_intent && options.color_mode != ColorMode::Rgb {
        intent::coated(&mut catalog);
    }
    list_layers(&mut catalog, &layers);
    catalog.finish();
    for (id, name) in layers.iter().zip(&content.layers) {
        let mut group = pdf.indirect(*id).dict();
        group.pair(Name(b"Type"), Name(b"OCG"));
        group.pair(Name(b"Name"), TextStr(name));
    }
    let mut document = pdf.document_info(info);
    if !job.document.title.is_empty() {
        document.title(TextStr(&job.document.title));
    }
    document.creator(TextStr("Logopress"));
    document.finish();
    pdf.pages(pages).kids([leaf]).count(1);
    let gradients: Vec<gradient::Refs> = (0..job.artwork.gradients.len())
        .map(|index| gradient::write(&mut pdf, &mut ids, job, options.color_mode, &page, index))
        .collect();

    let mut writer = pdf.page(leaf);
    writer.parent(pages).contents(stream);
    writer.media_box(rect(page.media)).bleed_box(rect(page.media));
    writer.trim_box(rect(page.trim)).art_box(rect(page.art));
    if content.is_translucent() {
        let mut group = writer.group();
        group.transparency();
        match options.color_mode {
            ColorMode::Rgb => group.color_space().device_rgb(),
            ColorMode::Cmyk | ColorMode::Spot => group.color_space().device_cmyk(),
        }
    }
    resources(&mut writer.resources(), job, options.color_mode, &content, &gradients, &layers);
    writer.finish();
    pdf.stream(stream, &compressed(&content.bytes)).filter(Filter::FlateDecode);
    pdf.finish()
}

fn list_layers(catalog: &mut Catalog, layers: &[Ref]) {
    if layers.is_empty() {
        return;
    }
    let mut properties = catalog.insert(Name(b"OCProperties")).dict();
    properties.insert(Name(b"OCGs")).array().items(layers.iter().copied());
    // Without an order, Acrobat's list of layers is empty.
    let mut default = properties.insert(Name(b"D")).dict();
    default.insert(Name(b"Order")).array().items(layers.iter().rev().copied());
    default.insert(Name(b"ON")).array().items(layers.iter().copied());
}

fn resources(
    resources: &mut Resources,
    job: &Job,
    mode: ColorMode,
    content: &Content,
    gradients: &[gradient::Refs],
    layers: &[Ref],
) {
    let mut spaces = resources.color_spaces();
    for (index, ink) in job.inks.iter().enumerate() {
        if mode.ink(job, index) == Color::Spot(index) {
            let space = spaces.insert(Name(content::spot(index).as_bytes())).start();
            separation(space, &ink.name, ink.cmyk);
        }
    }
    if job.cut.is_some() {
        let space = spaces.insert(Name(content::CUT.as_bytes())).start();
        separation(space, cut::NAME, cut::CMYK);
    }
    spaces.finish();
    let mut patterns = resources.patterns();
    for (index, refs) in gradients.iter().enumerate() {
        patterns.pair(Name(content::pattern(index).as_bytes()), refs.pattern);
    }
    patterns.finish();
    let mut states = resources.ext_g_states();
    for (index, opacity) in content.opacities.iter().enumerate() {
        let mut state: ExtGraphicsState =
            states.insert(Name(content::opacity(index).as_bytes())).start();
        state.non_stroking_alpha(*opacity);
    }
    for (index, refs) in gradients.iter().enumerate() {
        if let Some(mask) = refs.mask {
            states.pair(Name(content::mask(index).as_bytes()), mask);
        }
    }
    states.finish();
    let mut properties = resources.insert(Name(b"Properties")).dict();
    for (index, layer) in layers.iter().enumerate() {
        properties.pair(Name(content::layer(index).as_bytes()), *layer);
    }
}

/// A spot colour; without its plate it is shown and printed by the mixture.
fn separation(space: ColorSpace, name: &str, Cmyk(mixture): Cmyk) {
    let mut separation = space.separation(Name(name.as_bytes()));
    separation.alternate_color_space().device_cmyk();
    let full = mixture.map(|percent| f32::from(percent) / 100.0);
    separation.tint_exponential().domain([0.0, 1.0]).c0([0.0; 4]).c1(full).n(1.0);
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    /// Of deflate's ten levels: higher ones take up to twice as long for hardly fewer bytes.
    const LEVEL: u8 = 6;
    compress_to_vec_zlib(bytes, LEVEL)
}

fn rect(rect: kurbo::Rect) -> Rect {
    let [x0, y0, x1, y1] = [rect.x0, rect.y0, rect.x1, rect.y1].map(|v| rounded(v, 3));
    Rect::new(x0, y0, x1, y1)
}

/// A number with at most so many decimals.
fn rounded(value: f64, decimals: i32) -> f32 {
    let scale = 10_f64.powi(decimals);
    ((value * scale).round() / scale) as f32
}
