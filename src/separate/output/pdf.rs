//! What the PDF outputs share: ink colour spaces, paths, pages (ISO 32000-1).
//!
//! Pages are drawn in mm from the top left corner of the sheet; one matrix takes that to points, so
//! the numbers in a file are grid points of [`Area`], unrounded.

use std::fmt::Write as _;

use kurbo::{BezPath, PathEl, Point};
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, TextStr};

use crate::color::{Cmyk, Rgb};
use crate::export::number;
use crate::separate::area::Area;
use crate::separate::dots::Dots;
use crate::separate::process;
use crate::separate::{PT_PER_MM, Plate, Role, Sheet};

/// Decimals of mm that tell all grid points apart.
const DECIMALS: usize = 4;

/// A document under construction.
pub(super) struct Document {
    pub pdf: Pdf,
    next: i32,
    pub catalog: Ref,
    pages: Ref,
    kids: Vec<Ref>,
}

impl Document {
    pub fn new(title: &str) -> Self {
        let mut pdf = Pdf::new();
        // Layers and DeviceN attributes need 1.5; PDF/X-4 is based on 1.6.
        pdf.set_version(1, 6);
        let mut document =
            Self { pdf, next: 0, catalog: Ref::new(1), pages: Ref::new(2), kids: Vec::new() };
        document.next = 2;
        let info = document.new_ref();
        let mut writer = document.pdf.document_info(info);
        writer.creator(TextStr("Logopress")).producer(TextStr("Logopress"));
        if !title.is_empty() {
            writer.title(TextStr(title));
        }
        writer.finish();
        document
    }

    pub fn new_ref(&mut self) -> Ref {
        self.next += 1;
        Ref::new(self.next)
    }

    /// A page of the sheet's size with its boxes; `resources` fills in what the content names.
    pub fn page(
        &mut self,
        sheet: &Sheet,
        drawing: &Drawing,
        resources: impl FnOnce(&mut pdf_writer::writers::Resources),
    ) {
        let (page, stream) = (self.new_ref(), self.new_ref());
        self.kids.push(page);
        let bytes = deflated(drawing.content.as_bytes());
        self.pdf.stream(stream, &bytes).filter(Filter::FlateDecode);
        let images: Vec<Ref> = drawing.dots.iter().map(|dots| self.mask(dots)).collect();
        let trim = sheet.trim;
        let bleed = trim.inflate(sheet.bleed_mm, sheet.bleed_mm);
        let whole = kurbo::Rect::new(0.0, 0.0, sheet.width_mm, sheet.height_mm);
        let mut writer = self.pdf.page(page);
        writer.parent(self.pages).contents(stream);
        writer.media_box(pdf_rect(whole, sheet)).crop_box(pdf_rect(whole, sheet));
        writer.bleed_box(pdf_rect(bleed.intersect(whole), sheet));
        writer.trim_box(pdf_rect(trim, sheet));
        let mut named = writer.resources();
        resources(&mut named);
        if !images.is_empty() {
            let mut entries = named.x_objects();
            for (i, image) in images.iter().enumerate() {
                entries.pair(Name(format!("M{i}").as_bytes()), *image);
            }
        }
    }

    /// A stencil (8.9.6.2) that lets through what the dots print.
    fn mask(&mut self, dots: &Dots) -> Ref {
        let id = self.new_ref();
        let bytes = deflated(dots.rows());
        let mut image = self.pdf.image_xobject(id, &bytes);
        image.width(dots.width as i32).height(dots.height as i32);
        image.bits_per_component(1).image_mask(true).decode([1.0, 0.0]);
        image.filter(Filter::FlateDecode);
        id
    }

    /// The finished file; `catalog` adds to the document catalog.
    pub fn finish(mut self, catalog: impl FnOnce(&mut pdf_writer::writers::Catalog)) -> Vec<u8> {
        let mut writer = self.pdf.catalog(self.catalog);
        writer.pages(self.pages);
        catalog(&mut writer);
        writer.finish();
        let count = self.kids.len() as i32;
        self.pdf.pages(self.pages).kids(self.kids).count(count);
        self.pdf.finish()
    }
}

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}

fn pdf_rect(r: kurbo::Rect, sheet: &Sheet) -> Rect {
    let pt = |mm: f64| (mm * PT_PER_MM) as f32;
    let h = sheet.height_mm;
    Rect::new(pt(r.x0), pt(h - r.y1), pt(r.x1), pt(h - r.y0))
}

/// Content that draws in mm from the top left corner.
pub(super) struct Drawing {
    pub content: String,
    /// Grids of dots that the content paints as `/M0`, `/M1`, …
    dots: Vec<Dots>,
}

impl Drawing {
    pub fn new(sheet: &Sheet) -> Self {
        let mut drawing = Self { content: String::new(), dots: Vec::new() };
        let flip = sheet.height_mm * PT_PER_MM;
        for value in [PT_PER_MM, 0.0, 0.0, -PT_PER_MM, 0.0, flip] {
            drawing.number(value, 9);
        }
        drawing.content.push_str("cm\n");
        drawing
    }

    fn number(&mut self, value: f64, decimals: usize) {
        number::push(&mut self.content, value, decimals);
        self.content.push(' ');
    }

    /// Sets the fill to `tints` of the colour space called `space`.
    pub fn ink(&mut self, space: &str, tints: &[f64]) {
        // Writing to a `String` cannot fail.
        let _ = write!(self.content, "/{space} cs ");
        for tint in tints {
            self.number(*tint, DECIMALS);
        }
        self.content.push_str("scn\n");
    }

    /// Sets the fill to a grey, 0 for black.
    pub fn gray(&mut self, gray: f64) {
        self.number(gray, DECIMALS);
        self.content.push_str("g\n");
    }

    /// Sets the fill to a colour on screen.
    pub fn rgb(&mut self, rgb: Rgb) {
        for channel in rgb.0 {
            self.number(f64::from(channel) / 255.0, DECIMALS);
        }
        self.content.push_str("rg\n");
    }

    /// Draws what follows the other way round, left for right.
    pub fn mirror(&mut self, sheet: &Sheet) {
        self.content.push_str("-1 0 0 1 ");
        self.number(sheet.width_mm, DECIMALS);
        self.content.push_str("0 cm\n");
    }

    /// Fills the whole sheet.
    pub fn fill_sheet(&mut self, sheet: &Sheet) {
        self.content.push_str("0 0 ");
        self.number(sheet.width_mm, DECIMALS);
        self.number(sheet.height_mm, DECIMALS);
        self.content.push_str("re f\n");
    }

    /// Fills outlines where they lie inside `area`.
    pub fn clipped(&mut self, area: &Area, outlines: &[BezPath]) {
        self.content.push_str("q\n");
        self.trace(area);
        self.content.push_str("W n\n");
        for el in outlines.iter().flatten() {
            let (points, operator): (&[Point], _) = match &el {
                PathEl::MoveTo(p) => (&[*p], "m\n"),
                PathEl::LineTo(p) => (&[*p], "l\n"),
                PathEl::QuadTo(a, p) => (&[*a, *a, *p], "c\n"),
                PathEl::CurveTo(a, b, p) => (&[*a, *b, *p], "c\n"),
                PathEl::ClosePath => (&[], "h\n"),
            };
            for p in points {
                self.number(p.x, DECIMALS);
                self.number(p.y, DECIMALS);
            }
            self.content.push_str(operator);
        }
        self.content.push_str("f\nQ\n");
    }

    /// Draws inside the optional content group called `L` and `index`.
    pub fn layer(&mut self, index: usize, draw: impl FnOnce(&mut Self)) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.content, "/OC /L{index} BDC");
        draw(self);
        self.content.push_str("EMC\n");
    }

    /// Fills an area.
    pub fn fill(&mut self, area: &Area) {
        if area.is_empty() {
            return;
        }
        self.trace(area);
        self.content.push_str("f\n");
    }

    /// Paints dots in the current colour, stretched to fill a rectangle.
    pub fn dots(&mut self, dots: &Dots, to: kurbo::Rect) {
        self.content.push_str("q\n");
        for value in [to.width(), 0.0, 0.0, -to.height(), to.x0, to.y1] {
            self.number(value, DECIMALS);
        }
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.content, "cm\n/M{} Do\nQ", self.dots.len());
        self.dots.push(dots.clone());
    }

    /// Appends an area's outline to the current path.
    pub fn trace(&mut self, area: &Area) {
        for contour in area.contours() {
            for (i, p) in contour.iter().enumerate() {
                self.number(p.x, DECIMALS);
                self.number(p.y, DECIMALS);
                self.content.push_str(if i == 0 { "m\n" } else { "l\n" });
            }
            self.content.push_str("h\n");
        }
    }
}

/// How an ink shows where nothing knows the ink. White shows as a light tint, or it could not be
/// told from the paper.
pub(super) fn alternate(plate: &Plate) -> [f32; 4] {
    if let Some(cmyk) = process::alternate(&plate.name) {
        return cmyk;
    }
    if plate.role != Role::Spot {
        return [0.08, 0.02, 0.0, 0.04];
    }
    Cmyk::from(plate.rgb).0.map(|percent| f32::from(percent) / 100.0)
}

/// A Separation colour space (8.6.6.4) for one ink.
pub(super) fn separation(document: &mut Document, name: &str, cmyk: [f32; 4]) -> Ref {
    let id = document.new_ref();
    let mut space = document.pdf.color_space(id).separation(Name(name.as_bytes()));
    space.alternate_color_space().device_cmyk();
    let mut tint = space.tint_exponential();
    tint.domain([0.0, 1.0]).c0([0.0; 4]).c1(cmyk).n(1.0);
    tint.finish();
    space.finish();
    id
}

/// A `DeviceN` colour space (8.6.6.5) for inks that print over each other; their alternates add up.
pub(super) fn device_n(document: &mut Document, inks: &[(&Plate, Ref)]) -> Ref {
    let (id, function) = (document.new_ref(), document.new_ref());
    let code = adding_up(&inks.iter().map(|(plate, _)| alternate(plate)).collect::<Vec<_>>());
    document
        .pdf
        .post_script_function(function, code.as_bytes())
        .domain(inks.iter().flat_map(|_| [0.0, 1.0]))
        .range([0.0, 1.0].repeat(4));
    // By hand: pdf-writer has no way to name colour spaces that are objects of their own.
    let mut space = document.pdf.indirect(id).array();
    space.item(Name(b"DeviceN"));
    space.push().array().items(inks.iter().map(|(plate, _)| Name(plate.name.as_bytes())));
    space.item(Name(b"DeviceCMYK")).item(function);
    let mut attributes = space.push().dict();
    let mut colorants = attributes.insert(Name(b"Colorants")).dict();
    for (plate, separation) in inks {
        colorants.pair(Name(plate.name.as_bytes()), *separation);
    }
    colorants.finish();
    attributes.finish();
    space.finish();
    id
}

/// A calculator function (7.10.5) from tints to the sum of their CMYK values, at most 1 each.
pub(super) fn adding_up(alternates: &[[f32; 4]]) -> String {
    let n = alternates.len();
    let mut code = String::from("{ ");
    for channel in 0..4 {
        code.push_str("0 ");
        for (i, cmyk) in alternates.iter().enumerate() {
            // Above tint i lie the later tints, the channels so far, and the sum.
            let _ = write!(code, "{} index {:.3} mul add ", channel + n - i, cmyk[channel]);
        }
        code.push_str("dup 1 gt { pop 1 } if ");
    }
    let _ = write!(code, "{} 4 roll ", n + 4);
    code.push_str(&"pop ".repeat(n));
    code.push('}');
    code
}
