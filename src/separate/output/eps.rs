//! The composite as Encapsulated PostScript (level 3): the same stack of paints as the PDF.

use std::fmt::Write as _;

use super::paint::{self, Region};
use super::pdf::{adding_up, alternate, deflated};
use crate::export::number;
use crate::separate::area::Area;
use crate::separate::dots::Dots;
use crate::separate::{PT_PER_MM, Separation};

/// The composite of `job` as an EPS file.
pub fn composite_eps(job: &Separation) -> Vec<u8> {
    let (width, height) = (job.sheet.width_mm * PT_PER_MM, job.sheet.height_mm * PT_PER_MM);
    let mut out = String::from("%!PS-Adobe-3.0 EPSF-3.0\n%%Creator: Logopress\n");
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "%%BoundingBox: 0 0 {:.0} {:.0}", width.ceil(), height.ceil());
    let _ = writeln!(out, "%%HiResBoundingBox: 0 0 {width:.4} {height:.4}");
    out.push_str("%%LanguageLevel: 3\n");
    for (i, plate) in job.plates.iter().enumerate() {
        let key = if i == 0 { "%%DocumentCustomColors:" } else { "%%+" };
        let _ = writeln!(out, "{key} ({})", escaped(&plate.name));
    }
    out.push_str("%%EndComments\ngsave\n");
    let _ = writeln!(out, "0 {height:.4} translate {PT_PER_MM:.9} -{PT_PER_MM:.9} scale");
    for paint in paint::stack(job) {
        let names: Vec<&str> =
            paint.inks.iter().map(|(i, _)| job.plates[*i].name.as_str()).collect();
        let alternates: Vec<_> =
            paint.inks.iter().map(|(i, _)| alternate(&job.plates[*i])).collect();
        let tints: Vec<f64> = paint.inks.iter().map(|(_, tint)| *tint).collect();
        inked(&mut out, &names, &alternates, &tints);
        match &paint.region {
            Region::Area(area) => fill(&mut out, area),
            Region::Dots(dots) => stencil(&mut out, dots),
        }
    }
    for plate in &job.plates {
        for mark in &plate.own_marks {
            inked(&mut out, &[&plate.name], &[alternate(plate)], &[mark.tint]);
            fill(&mut out, &mark.area);
        }
    }
    inked(&mut out, &["All"], &[[1.0; 4]], &[1.0]);
    fill(&mut out, &job.marks.area);
    out.push_str("grestore\n%%EOF\n");
    out.into_bytes()
}

fn inked(out: &mut String, names: &[&str], alternates: &[[f32; 4]], tints: &[f64]) {
    let literal = |name: &str| format!("({}) cvn", escaped(name));
    let names: Vec<String> = names.iter().map(|name| literal(name)).collect();
    let space = match &names[..] {
        [name] => format!("/Separation {name}"),
        names => format!("/DeviceN [ {} ]", names.join(" ")),
    };
    let _ = write!(out, "[ {space} /DeviceCMYK {} ] setcolorspace ", adding_up(alternates));
    for tint in tints {
        number::push(out, *tint, 4);
        out.push(' ');
    }
    out.push_str("setcolor\n");
}

fn fill(out: &mut String, area: &Area) {
    for contour in area.contours() {
        for (i, p) in contour.iter().enumerate() {
            number::push(out, p.x, 4);
            out.push(' ');
            number::push(out, p.y, 4);
            out.push_str(if i == 0 { " moveto\n" } else { " lineto\n" });
        }
        out.push_str("closepath\n");
    }
    out.push_str("fill\n");
}

/// Paints dots: a stencil whose data follow in hexadecimal digits, deflated.
fn stencil(out: &mut String, dots: &Dots) {
    const BYTES_A_LINE: usize = 36;
    let Dots { at, width, height, .. } = dots;
    let _ =
        writeln!(out, "gsave {} {} translate {} {} scale", at.x0, at.y0, at.width(), at.height());
    let _ = writeln!(
        out,
        "{width} {height} true [{width} 0 0 {height} 0 0] currentfile /ASCIIHexDecode filter \
         /FlateDecode filter imagemask"
    );
    for line in deflated(dots.rows()).chunks(BYTES_A_LINE) {
        for byte in line {
            let _ = write!(out, "{byte:02x}");
        }
        out.push('\n');
    }
    out.push_str(">\ngrestore\n");
}

/// Text inside a PostScript string; what is not ASCII in octal.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"()\\".contains(&byte) || byte == b' ' {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "\\{byte:03o}");
        }
    }
    out
}
