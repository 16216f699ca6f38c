//! One plate as an SVG of the sheet's true size, black on nothing; tints are opacities.

use std::fmt::Write as _;

use crate::export::number;
use crate::separate::area::Area;
use crate::separate::dots::Dots;
use crate::separate::{Plate, Separation};

/// A plate of `job` as an SVG document.
pub fn plate_svg(job: &Separation, plate: &Plate) -> String {
    let (width, height) = (job.sheet.width_mm, job.sheet.height_mm);
    let size = |mm: f64| number::text(mm, 4);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}mm\" height=\"{h}mm\" \
         viewBox=\"0 0 {w} {h}\"><title>{}</title>",
        escaped(&plate.name),
        w = size(width),
        h = size(height),
    );
    let mut path = |area: &Area, tint: f64| {
        if area.is_empty() {
            return;
        }
        out.push_str("<path ");
        if tint < 1.0 {
            out.push_str("fill-opacity=\"");
            number::push(&mut out, tint, 3);
            out.push_str("\" ");
        }
        out.push_str("d=\"");
        for contour in area.contours() {
            for (i, p) in contour.iter().enumerate() {
                out.push(if i == 0 { 'M' } else { 'L' });
                number::push(&mut out, p.x, 4);
                out.push(' ');
                number::push(&mut out, p.y, 4);
            }
            out.push('Z');
        }
        out.push_str("\"/>");
    };
    for flat in plate.flats.iter().chain(&plate.own_marks) {
        path(&flat.area, flat.tint);
    }
    path(&job.marks.area, 1.0);
    if let Some(dots) = &plate.dots {
        squares(&mut out, dots);
    }
    out.push_str("</svg>\n");
    out
}

/// Dots as one path, a rectangle for each stretch of a row.
fn squares(out: &mut String, dots: &Dots) {
    let (w, h) = (dots.at.width() / dots.width as f64, dots.at.height() / dots.height as f64);
    out.push_str("<path transform=\"matrix(");
    for value in [w, 0.0, 0.0, h, dots.at.x0, dots.at.y0] {
        number::push(out, value, 9);
        out.push(' ');
    }
    out.push_str(")\" d=\"");
    for y in 0..dots.height {
        for (from, to) in dots.runs(y) {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "M{from} {y}H{to}v1H{from}z");
        }
    }
    out.push_str("\"/>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
