//! Encapsulated PostScript (Adobe technical notes 5001 and 5002) that is an Illustrator 7 file at the
//! same time: one layer per run of an ink, spot colours, plain operators with a prolog of our own.
//!
//! Guarantees: the bounding box is the page, and nothing is painted outside of it; 7-bit text; no
//! opacity (it is worked out into colours on white). Level 2, or level 3 with gradients.
//!
//! Limits: programs that read Illustrator 7 files as text do not see gradients, which are written as
//! PostScript shadings.

mod gradient;

use std::fmt::Write as _;

use kurbo::{Affine, BezPath, PathEl, Point};

use super::page::{Color, ColorMode, Page, PageOptions, share};
use super::{Job, cut, number};
use crate::artwork::Paint;
use crate::color::Cmyk;

static PROLOG: &str = include_str!("prolog.ps");

/// Writes the artwork as an EPS file; it must be opaque.
pub(super) fn eps(job: &Job, options: &PageOptions) -> String {
    let page = Page::new(job, options);
    let mut writer = Writer {
        job,
        mode: options.color_mode,
        from_px: page.from_px,
        decimals: number::decimals(page.art.width(), page.art.height()),
        out: String::new(),
    };
    writer.header(&page);
    writer.line("Logopress_AI begin gsave");
    let [width, height] = [page.media.width(), page.media.height()].map(|v| number::text(v, 3));
    writer.line(&format!("0 0 {width} {height} rectclip newpath"));
    for run in job.artwork.shapes.chunk_by(|a, b| a.paint == b.paint) {
        writer.begin_layer(&writer.layer_name(run[0].paint));
        match run[0].paint {
            Paint::Ink(index) => {
                writer.fill_color(index);
                for shape in run {
                    writer.filled(&shape.geometry.path());
                }
            }
            Paint::Gradient(index) => {
                let area = job.artwork.painted_area(run[0].paint);
                let gradient = job.artwork.gradients[index].padded(area);
                for shape in run {
                    writer.line("gsave");
                    writer.outline(&shape.geometry.path(), "closepath");
                    writer.line("clip newpath");
                    gradient::shading(&mut writer, &gradient);
                    writer.line("grestore");
                }
            }
        }
        writer.line("LB\n%AI5_EndLayer--");
    }
    if let Some(contour) = &job.cut {
        writer.begin_layer(cut::NAME);
        let Cmyk([c, m, y, k]) = cut::CMYK;
        let [c, m, y, k] = [c, m, y, k].map(|p| number::text(f64::from(p) / 100.0, 2));
        let width = number::text(cut::WIDTH_MM * super::page::PT_PER_MM, 3);
        writer.line(&format!("{c} {m} {y} {k} ({}) 0 X\n{width} w 1 j", cut::NAME));
        writer.outline(contour, "s");
        writer.line("LB\n%AI5_EndLayer--");
    }
    writer.line("grestore\n%%PageTrailer\nshowpage\n%%Trailer\nend\n%%EOF");
    writer.out
}

/// The next whole number, unless `value` is one but for rounding.
fn whole(value: f64) -> f64 {
    (value - 5e-4).ceil()
}

struct Writer<'a> {
    job: &'a Job<'a>,
    mode: ColorMode,
    from_px: Affine,
    decimals: usize,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn header(&mut self, page: &Page) {
        let (width, height) = (page.media.width(), page.media.height());
        let [w, h] = [width, height].map(|v| number::text(v, 3));
        let title =
            if self.job.document.title.is_empty() { "Logo" } else { &self.job.document.title };
        let title = string(title);
        let level = if self.job.artwork.gradients.is_empty() { 2 } else { 3 };
        // Illustrator opens the file as its own only if the creator says so.
        let _ = write!(
            self.out,
            "%!PS-Adobe-3.0 EPSF-3.0\n\
             %%Creator: Logopress, as Adobe Illustrator(R) 7.0\n\
             %%Title: {title}\n\
             %%BoundingBox: 0 0 {} {}\n\
             %%HiResBoundingBox: 0 0 {w} {h}\n\
             %%LanguageLevel: {level}\n\
             %%DocumentData: Clean7Bit\n",
            whole(width),
            whole(height),
        );
        self.custom_colors();
        let _ = write!(
            self.out,
            "%AI5_FileFormat 3.0\n\
             %AI3_ColorUsage: Color\n\
             %AI5_ArtSize: {w} {h}\n\
             %AI5_RulerUnits: 1\n\
             %AI3_TemplateBox: 0 0 {w} {h}\n\
             %AI3_TileBox: 0 0 {w} {h}\n\
             %AI3_DocumentPreview: None\n\
             %%Pages: 1\n\
             %%EndComments\n\
             %%BeginProlog\n{PROLOG}%%EndProlog\n\
             %%BeginSetup\n%%EndSetup\n\
             %%Page: 1 1\n",
        );
    }

    /// Names and mixtures of the spot colours.
    fn custom_colors(&mut self) {
        let inks = self.job.inks.iter().enumerate();
        let spots = inks.filter(|(i, _)| self.mode.ink(self.job, *i) == Color::Spot(*i));
        let mut spots: Vec<(&str, Cmyk)> =
            spots.map(|(_, ink)| (ink.name.as_str(), ink.cmyk)).collect();
        if self.job.cut.is_some() {
            spots.push((cut::NAME, cut::CMYK));
        }
        let mut key = "%%DocumentCustomColors:";
        for (name, _) in &spots {
            let _ = writeln!(self.out, "{key} {}", string(name));
            key = "%%+";
        }
        key = "%%CMYKCustomColor:";
        for (name, cmyk) in &spots {
            let _ = writeln!(self.out, "{key} {} {}", mixture(*cmyk), string(name));
            key = "%%+";
        }
    }

    fn layer_name(&self, paint: Paint) -> String {
        match paint {
            Paint::Ink(index) => self.job.inks[index].name.clone(),
            Paint::Gradient(index) => format!("Gradient {}", index + 1),
        }
    }

    fn begin_layer(&mut self, name: &str) {
        // Visible, shown in preview, enabled, printing, not dimmed, without masks; then its colour.
        let _ = write!(
            self.out,
            "%AI5_BeginLayer\n1 1 1 1 0 0 0 79 128 255 Lb\n{} Ln\n0 A\n0 O\n0 XR\n",
            string(name)
        );
    }

    fn fill_color(&mut self, ink: usize) {
        let line = match self.mode.ink(self.job, ink) {
            Color::Rgb(rgb) => {
                let [r, g, b] = rgb.0.map(|channel| number::text(share(channel), 5));
                format!("{r} {g} {b} Xa")
            }
            Color::Cmyk(cmyk) => format!("{} k", mixture(cmyk)),
            Color::Spot(spot) => {
                let ink = &self.job.inks[spot];
                format!("{} {} 0 x", mixture(ink.cmyk), string(&ink.name))
            }
        };
        self.line(&line);
    }

    /// A filled path; several subpaths are one compound.
    fn filled(&mut self, path: &BezPath) {
        let moves = path.elements().iter().filter(|el| matches!(el, PathEl::MoveTo(_))).count();
        if moves > 1 {
            self.line("*u");
        }
        self.outline(path, "f");
        if moves > 1 {
            self.line("*U");
        }
    }

    /// Subpaths, each ended by an operator.
    fn outline(&mut self, path: &BezPath, end: &str) {
        let mut at = Point::ZERO;
        for el in path.elements() {
            match *el {
                PathEl::MoveTo(p) => self.points(&[p], "m"),
                PathEl::LineTo(p) => self.points(&[p], "L"),
                PathEl::QuadTo(c, p) => {
                    let cubic = kurbo::QuadBez::new(at, c, p).raise();
                    self.points(&[cubic.p1, cubic.p2, p], "C");
                }
                PathEl::CurveTo(a, b, p) => self.points(&[a, b, p], "C"),
                PathEl::ClosePath => self.line(end),
            }
            at = el.end_point().unwrap_or(at);
        }
    }

    fn points(&mut self, points: &[Point], operator: &str) {
        for point in points {
            let p = self.from_px * *point;
            for value in [p.x, p.y] {
                number::push(&mut self.out, value, self.decimals);
                self.out.push(' ');
            }
        }
        self.line(operator);
    }
}

fn mixture(cmyk: Cmyk) -> String {
    cmyk.0.map(|percent| number::text(f64::from(percent) / 100.0, 2)).join(" ")
}

/// A PostScript string of 7-bit text (PLRM 3.2.2).
fn string(text: &str) -> String {
    let mut out = String::from("(");
    for byte in text.bytes() {
        match byte {
            b'(' | b')' | b'\\' => {
                out.push('\\');
                out.push(char::from(byte));
            }
            b' '..=b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "\\{byte:03o}");
            }
        }
    }
    out.push(')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped() {
        assert_eq!(string(r"a (b) \ ü"), r"(a \(b\) \\ \303\274)");
    }
}
