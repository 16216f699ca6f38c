//! Marks around the art: registration targets, crop and centre marks on every plate; a label and a
//! colour bar of each plate's own.
//!
//! Sizes follow Scribus and Acrobat: an 18 pt cross with a 12 pt ring, lines of 0.25 pt for offset
//! and 0.75 pt for screen printing. One target is turned by 45°, so that no film can be laid on the
//! wrong way round.

use std::f64::consts::FRAC_PI_4;

use kurbo::{Affine, Circle, Point, Rect, Shape as _, Vec2};

use super::PT_PER_MM;
use super::area::{Area, TOLERANCE_MM};
use super::options::{Press, SeparateOptions};
use super::plate::{Flat, Plate};
use super::sheet::{EDGE_MM, LABEL_ADVANCE_MM, LABEL_LINE_MM, Sheet};
use super::stroke_font;

/// The steps of the colour bar.
const BAR_TINTS: [f64; 4] = [1.0, 0.75, 0.5, 0.25];
/// Side of a field of the colour bar.
const BAR_FIELD_MM: f64 = 4.0;
/// Marks keep this far from the bleed.
const GAP_MM: f64 = 1.0;
const CROP_LENGTH_MM: f64 = 5.0;
const CENTER_LENGTH_MM: f64 = 2.0;
/// From the bleed to the middle of a target.
const TARGET_AT_MM: f64 = 6.8;

/// Marks that stand at the same place on every plate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Targets, crop and centre marks.
    pub area: Area,
    /// The middles of the four targets: top, right, bottom, left (turned by 45°).
    pub targets: Vec<Point>,
}

impl Marks {
    pub(super) fn new(sheet: &Sheet, options: &SeparateOptions) -> Self {
        if !options.marks {
            return Self::default();
        }
        let weight_mm = match options.press {
            Press::Offset => 0.25,
            Press::Screen | Press::AutomaticScreen => 0.75,
        } / PT_PER_MM;
        let (trim, from) = (sheet.trim, sheet.bleed_mm + GAP_MM);
        let mut lines: Vec<Vec<Point>> = Vec::new();
        for (corner, x, y) in [
            (Point::new(trim.x0, trim.y0), -1.0, -1.0),
            (Point::new(trim.x1, trim.y0), 1.0, -1.0),
            (Point::new(trim.x1, trim.y1), 1.0, 1.0),
            (Point::new(trim.x0, trim.y1), -1.0, 1.0),
        ] {
            for along in [Vec2::new(x, 0.0), Vec2::new(0.0, y)] {
                lines.push(vec![corner + along * from, corner + along * (from + CROP_LENGTH_MM)]);
            }
        }
        let center = trim.center();
        let sides = [
            (Point::new(center.x, trim.y0), Vec2::new(0.0, -1.0)),
            (Point::new(trim.x1, center.y), Vec2::new(1.0, 0.0)),
            (Point::new(center.x, trim.y1), Vec2::new(0.0, 1.0)),
            (Point::new(trim.x0, center.y), Vec2::new(-1.0, 0.0)),
        ];
        for (edge, out) in sides {
            lines.push(vec![edge + out * from, edge + out * (from + CENTER_LENGTH_MM)]);
        }
        let targets = sides.map(|(edge, out)| edge + out * (sheet.bleed_mm + TARGET_AT_MM));
        let mut rings = Vec::new();
        for (i, target) in targets.iter().enumerate() {
            let turn = Affine::rotate_about(if i == 3 { FRAC_PI_4 } else { 0.0 }, *target);
            let arm = 9.0 / PT_PER_MM;
            for arm in [Vec2::new(arm, 0.0), Vec2::new(0.0, arm)] {
                lines.push(vec![turn * (*target - arm), turn * (*target + arm)]);
            }
            rings.push(ring(*target, 6.0 / PT_PER_MM, weight_mm));
        }
        let lines = lines.iter().map(|line| Area::lines(std::slice::from_ref(line), weight_mm));
        let all: Vec<Area> = lines.chain(rings).collect();
        Self { area: Area::union_all(&all), targets: targets.to_vec() }
    }
}

fn ring(center: Point, radius_mm: f64, weight_mm: f64) -> Area {
    let disc = |radius| {
        Area::from_path(&Circle::new(center, radius).to_path(TOLERANCE_MM), Affine::IDENTITY)
    };
    disc(radius_mm + weight_mm / 2.0).difference(&disc(radius_mm - weight_mm / 2.0))
}

/// The label and colour bar of the plate at `index`; those of different plates stand side by side.
pub(super) fn of_plate(
    plates: &[Plate],
    index: usize,
    sheet: &Sheet,
    options: &SeparateOptions,
) -> Vec<Flat> {
    let fields = plates.len() * BAR_TINTS.len();
    let width = BAR_FIELD_MM.min((sheet.width_mm - 2.0 * EDGE_MM) / fields as f64);
    let left = (sheet.width_mm - width * fields as f64) / 2.0;
    let mut flats: Vec<Flat> = BAR_TINTS
        .iter()
        .enumerate()
        .map(|(step, tint)| {
            let x = left + width * (index * BAR_TINTS.len() + step) as f64;
            let field = Rect::new(x, sheet.bar_y_mm, x + width, sheet.bar_y_mm + BAR_FIELD_MM);
            Flat { area: Area::rect(field), tint: *tint }
        })
        .collect();
    let letters = ((sheet.width_mm - 2.0 * EDGE_MM) / LABEL_ADVANCE_MM) as usize;
    let text: Vec<char> = label(plates, index, options).chars().collect();
    for (row, line) in text.chunks(letters.max(1)).take(sheet.label_lines).enumerate() {
        let row = index * sheet.label_lines + row;
        let y = sheet.bar_y_mm + super::sheet::BAR_BAND_MM + row as f64 * LABEL_LINE_MM;
        let at = Point::new(EDGE_MM, y);
        flats.push(Flat { area: stroke_font::line(line, at, LABEL_ADVANCE_MM), tint: 1.0 });
    }
    flats.retain(|flat| !flat.area.is_empty());
    flats
}

/// Job, ink, place in the order, screen, mesh, date, coverage.
fn label(plates: &[Plate], index: usize, options: &SeparateOptions) -> String {
    let plate = &plates[index];
    let clipped = |text: &str| text.chars().take(40).collect::<String>();
    let mut parts = Vec::new();
    if !options.job.is_empty() {
        parts.push(clipped(&options.job));
    }
    parts.push(clipped(&plate.name));
    parts.push(format!("{} of {}", index + 1, plates.len()));
    parts.push(format!("{} lpi {}°", plate.screen.lpi, plate.screen.angle_deg));
    parts.push(format!("mesh {}", plate.mesh));
    if !options.date.is_empty() {
        parts.push(options.date.chars().take(12).collect());
    }
    parts.push(format!("{:.2} %", plate.coverage_percent));
    parts.join(" - ")
}
