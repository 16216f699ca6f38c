//! DXF release 12 (AC1009), for cutters, plotters and routers: closed polylines in mm, a layer per
//! ink. Release 12 is what every program reads; it has no curves, so they are flattened. Lines of an
//! even width are their middle, for tools that follow a line instead of going around it.
//!
//! Guarantees: every polyline around an area is closed; all stay within the tolerance of their curve.

use std::fmt::Write as _;

use kurbo::{BezPath, PathEl, Point, Rect};

use super::{Job, cut, number};
use crate::artwork::{Geometry, Paint};
use crate::color::{Oklab, Rgb};
use crate::options::options;

options! {
    /// Options of DXF files.
    pub struct DxfOptions {
        /// How far polylines may be from the curves.
        tolerance_mm: Option<f64> = None, in 0..=5;
    }
}

/// Without a wish: finer than cutters step.
const TOLERANCE_MM: f64 = 0.01;
/// Finest tolerance, whatever is wished.
const LEAST_TOLERANCE_MM: f64 = 1e-4;

/// Decimals of coordinates in mm.
const DECIMALS: usize = 4;

/// The first colours of the `AutoCAD` Color Index, which all programs agree on.
const ACI: [(u8, Rgb); 9] = [
    (1, Rgb([255, 0, 0])),
    (2, Rgb([255, 255, 0])),
    (3, Rgb([0, 255, 0])),
    (4, Rgb([0, 255, 255])),
    (5, Rgb([0, 0, 255])),
    (6, Rgb([255, 0, 255])),
    (7, Rgb([0, 0, 0])),
    (8, Rgb([128, 128, 128])),
    (9, Rgb([192, 192, 192])),
];

/// Writes the artwork as a DXF drawing.
pub(super) fn dxf(job: &Job, options: &DxfOptions) -> String {
    let tolerance_mm = options.tolerance_mm.unwrap_or(TOLERANCE_MM).max(LEAST_TOLERANCE_MM);
    let mut layers = Layers::default();
    let mut entities = String::new();
    let polylines = Polylines {
        mm_per_px: job.mm_per_px,
        canvas: job.canvas,
        tolerance: tolerance_mm / job.mm_per_px,
    };
    for shape in &job.artwork.shapes {
        let layer = match shape.paint {
            Paint::Ink(index) => layers.name(&job.inks[index].name, job.inks[index].rgb),
            Paint::Gradient(index) => {
                let stops = &job.artwork.gradients[index].stops;
                layers.name("Gradient", stops.first().map_or(Rgb::BLACK, |stop| stop.rgb))
            }
        };
        match &shape.geometry {
            Geometry::Stroke(stroke) => polylines.append(&stroke.path, &layer, &mut entities),
            geometry => polylines.append(&geometry.path(), &layer, &mut entities),
        }
    }
    if let Some(contour) = &job.cut {
        layers.list.push((cut::NAME.into(), cut::RGB));
        polylines.append(contour, cut::NAME, &mut entities);
    }
    let mut out = String::new();
    header(job, &mut out);
    layers.table(&mut out);
    pair(&mut out, 0, "SECTION");
    pair(&mut out, 2, "ENTITIES");
    out.push_str(&entities);
    pair(&mut out, 0, "ENDSEC");
    pair(&mut out, 0, "EOF");
    out
}

fn header(job: &Job, out: &mut String) {
    let mm = |px: f64| number::text(px * job.mm_per_px, DECIMALS);
    pair(out, 0, "SECTION");
    pair(out, 2, "HEADER");
    pair(out, 9, "$ACADVER");
    pair(out, 1, "AC1009");
    for (name, x, y) in
        [("$EXTMIN", 0.0, 0.0), ("$EXTMAX", job.canvas.width(), job.canvas.height())]
    {
        pair(out, 9, name);
        pair(out, 10, &mm(x));
        pair(out, 20, &mm(y));
        pair(out, 30, "0");
    }
    // Metric: programs that ask for units take millimetres.
    pair(out, 9, "$MEASUREMENT");
    pair(out, 70, "1");
    pair(out, 0, "ENDSEC");
}

/// The layers in use, each with its colour.
#[derive(Default)]
struct Layers {
    list: Vec<(String, Rgb)>,
}

impl Layers {
    /// The layer of an ink: up to 31 letters, digits, `-` and `_` (`AutoCAD` release 12).
    fn name(&mut self, ink: &str, rgb: Rgb) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
        let stem: String = ink.chars().map(plain).take(28).collect();
        let numbered = |n: usize| if n == 1 { stem.clone() } else { format!("{stem}-{n}") };
        for n in 1.. {
            let name = numbered(n);
            match self.list.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
                Some((_, known)) if *known == rgb => return name,
                Some(_) => {}
                None => {
                    self.list.push((name.clone(), rgb));
                    return name;
                }
            }
        }
        stem
    }

    fn table(&self, out: &mut String) {
        pair(out, 0, "SECTION");
        pair(out, 2, "TABLES");
        pair(out, 0, "TABLE");
        pair(out, 2, "LTYPE");
        pair(out, 70, "1");
        for (code, value) in [
            (0, "LTYPE"),
            (2, "CONTINUOUS"),
            (70, "0"),
            (3, "Solid line"),
            (72, "65"),
            (73, "0"),
            (40, "0"),
        ] {
            pair(out, code, value);
        }
        pair(out, 0, "ENDTAB");
        pair(out, 0, "TABLE");
        pair(out, 2, "LAYER");
        pair(out, 70, &(self.list.len() + 1).to_string());
        let zero = ("0".to_string(), Rgb::BLACK);
        for (name, rgb) in std::iter::once(&zero).chain(&self.list) {
            pair(out, 0, "LAYER");
            pair(out, 2, name);
            pair(out, 70, "0");
            pair(out, 62, &color_index(*rgb).to_string());
            pair(out, 6, "CONTINUOUS");
        }
        pair(out, 0, "ENDTAB");
        pair(out, 0, "ENDSEC");
    }
}

struct Polylines {
    mm_per_px: f64,
    canvas: Rect,
    tolerance: f64,
}

impl Polylines {
    fn append(&self, path: &BezPath, layer: &str, out: &mut String) {
        let mut points: Vec<(String, String)> = Vec::new();
        let mut start = Point::ZERO;
        kurbo::flatten(path.elements().iter().copied(), self.tolerance, |el| match el {
            PathEl::MoveTo(p) => {
                Self::polyline(&mut points, layer, out);
                points.push(self.point(p));
                start = p;
            }
            PathEl::LineTo(p) => self.go(&mut points, p),
            PathEl::ClosePath => self.go(&mut points, start),
            // Flattening leaves no curves.
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        });
        Self::polyline(&mut points, layer, out);
    }

    fn go(&self, points: &mut Vec<(String, String)>, p: Point) {
        let p = self.point(p);
        if points.last() != Some(&p) {
            points.push(p);
        }
    }

    /// In mm, y up.
    fn point(&self, p: Point) -> (String, String) {
        let mm = |px: f64| number::text(px * self.mm_per_px, DECIMALS);
        (mm(p.x - self.canvas.x0), mm(self.canvas.y1 - p.y))
    }

    /// Writes the points as one polyline, closed if it ends where it began, and empties them.
    fn polyline(points: &mut Vec<(String, String)>, layer: &str, out: &mut String) {
        let closed = points.len() > 1 && points.first() == points.last();
        if closed {
            points.pop();
        }
        if points.len() > if closed { 2 } else { 1 } {
            let flag = if closed { "1" } else { "0" };
            for (code, value) in [
                (0, "POLYLINE"),
                (8, layer),
                (66, "1"),
                (70, flag),
                (10, "0"),
                (20, "0"),
                (30, "0"),
            ] {
                pair(out, code, value);
            }
            for (x, y) in points.iter() {
                for (code, value) in [(0, "VERTEX"), (8, layer), (10, x), (20, y), (30, "0")] {
                    pair(out, code, value);
                }
            }
            pair(out, 0, "SEQEND");
            pair(out, 8, layer);
        }
        points.clear();
    }
}

/// The nearest of the colours that release 12 knows.
fn color_index(rgb: Rgb) -> u8 {
    let lab = Oklab::from(rgb);
    let distance = |other: Rgb| lab.distance(Oklab::from(other));
    let nearest = ACI.iter().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    nearest.map_or(7, |(index, _)| *index)
}

fn pair(out: &mut String, code: u16, value: &str) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{code}\n{value}\n");
}
