//! One plate as an SVG of the sheet's true size, black on nothing; tints are opacities.

use crate::export::number;
use crate::separate::area::Area;
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
    out.push_str("</svg>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
