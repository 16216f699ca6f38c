//! One page for the press: each plate with a thumbnail, its place in the order, mesh, screen and
//! coverage.

use kurbo::{Affine, Point, Rect, Size};

use super::pdf::{Document, Drawing};
use crate::color::Rgb;
use crate::separate::area::Area;
use crate::separate::{Plate, Separation, Sheet, stroke_font};

const WIDTH_MM: f64 = 210.0;
const HEIGHT_MM: f64 = 297.0;
const MARGIN_MM: f64 = 15.0;
const HEAD_MM: f64 = 28.0;
const ADVANCE_MM: f64 = 2.1;
const LINE_MM: f64 = 5.0;
/// Letters of a name that fit beside a thumbnail.
const NAME_LETTERS: usize = 34;

/// The job sheet of `job` as a PDF file.
pub fn jobsheet_pdf(job: &Separation) -> Vec<u8> {
    let mut document = Document::new(&job.title);
    let page = Sheet::plain(Size::new(WIDTH_MM, HEIGHT_MM));
    let mut drawing = Drawing::new(&page);
    let title = if job.title.is_empty() { "Job sheet" } else { &job.title };
    drawing.rgb(Rgb::BLACK);
    text(&mut drawing, title, Point::new(MARGIN_MM, MARGIN_MM), 1.6);
    let trim = job.sheet.trim;
    let mut facts = vec![
        format!("{} inks", job.plates.len()),
        format!("art {:.1} x {:.1} mm", trim.width(), trim.height()),
        format!("sheet {:.0} x {:.0} mm", job.sheet.width_mm, job.sheet.height_mm),
        format!("on {}", job.substrate),
    ];
    if !job.date.is_empty() {
        facts.push(job.date.clone());
    }
    text(&mut drawing, &facts.join("  "), Point::new(MARGIN_MM, MARGIN_MM + 8.0), 0.8);
    // One column up to six plates, then as many as it takes.
    let columns = if job.plates.len() <= 6 { 1 } else { 2 };
    let rows = job.plates.len().div_ceil(columns).max(4);
    let row_mm = (HEIGHT_MM - MARGIN_MM - HEAD_MM - MARGIN_MM) / rows as f64;
    let column_mm = (WIDTH_MM - 2.0 * MARGIN_MM) / columns as f64;
    for (i, plate) in job.plates.iter().enumerate() {
        let corner = Point::new(
            MARGIN_MM + (i / rows) as f64 * column_mm,
            MARGIN_MM + HEAD_MM - 8.0 + (i % rows) as f64 * row_mm,
        );
        entry(&mut drawing, job, i, plate, Rect::from_origin_size(corner, (column_mm, row_mm)));
    }
    document.page(&page, &drawing, |_| {});
    document.finish(|_| {})
}

fn entry(drawing: &mut Drawing, job: &Separation, index: usize, plate: &Plate, place: Rect) {
    let side = (place.height() - 4.0).min(place.width() * 0.4).max(1.0);
    let trim = job.sheet.trim;
    let scale = side / trim.width().max(trim.height());
    let to_thumbnail = Affine::translate(place.origin().to_vec2())
        * Affine::scale(scale)
        * Affine::translate(-trim.origin().to_vec2());
    drawing.rgb(job.substrate);
    drawing.fill(&Area::rect(to_thumbnail.transform_rect_bbox(trim)));
    for flat in &plate.flats {
        drawing.rgb(mixed(plate.rgb, job.substrate, flat.tint));
        drawing.fill(&Area::from_path(&flat.area.path(), to_thumbnail));
    }
    if let Some(dots) = &plate.dots {
        drawing.rgb(plate.rgb);
        drawing.dots(dots, to_thumbnail.transform_rect_bbox(dots.at));
    }
    drawing.rgb(Rgb::BLACK);
    let at = Point::new(place.x0 + side + 5.0, place.y0);
    let name: String = plate.name.chars().take(NAME_LETTERS).collect();
    let letter_scale = if place.width() < 100.0 { 0.6 } else { 0.9 };
    let lines = [
        format!("{}. {name}", index + 1),
        format!("mesh {}   {} lpi {}°", plate.mesh, plate.screen.lpi, plate.screen.angle_deg),
        format!("{:.2} cm2   {:.2} %", plate.coverage_mm2 / 100.0, plate.coverage_percent),
    ];
    for (row, line) in lines.iter().enumerate() {
        let at = Point::new(at.x, at.y + row as f64 * LINE_MM * letter_scale);
        text(drawing, line, at, letter_scale);
    }
}

fn text(drawing: &mut Drawing, text: &str, at: Point, scale: f64) {
    let letters: Vec<char> = text.chars().collect();
    drawing.fill(&stroke_font::line(&letters, at, ADVANCE_MM * scale));
}

fn mixed(Rgb(ink): Rgb, Rgb(ground): Rgb, tint: f64) -> Rgb {
    let mut out = ground;
    for (out, ink) in out.iter_mut().zip(ink) {
        let value = f64::from(*out) + (f64::from(ink) - f64::from(*out)) * tint;
        *out = value.round() as u8;
    }
    Rgb(out)
}
