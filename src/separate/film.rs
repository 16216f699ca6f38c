//! A plate as a film: black or clear dots at a true resolution, row by row.
//!
//! A dot is black if its middle lies in an inked area and, for a tint, inside a halftone dot. Rows
//! are made one at a time, so a film never stands in memory as a whole.

use kurbo::Point;

use super::area::Area;
use super::plate::Flat;
use super::screen::Cells;
use super::{Plate, Separation};
use crate::error::{Error, Result};
use crate::limits::MAX_FILM_SIDE_PX;

/// A film that can be read row by row.
pub struct Film {
    /// Width in dots.
    pub width_px: u32,
    /// Height in dots.
    pub height_px: u32,
    /// Dots per inch.
    pub dpi: u32,
    layers: Vec<Layer>,
    cells: Cells,
    mirrored: bool,
    negative: bool,
    y: u32,
    row: Vec<bool>,
}

/// One flat: its edges from the top down, and those that the current row crosses.
struct Layer {
    edges: Vec<Edge>,
    next: usize,
    active: Vec<Edge>,
    /// The level of its halftone; none if it is solid.
    level: Option<f64>,
}

/// An edge in dots, from `top` to `bottom`.
#[derive(Clone, Copy)]
struct Edge {
    top: f64,
    bottom: f64,
    x: f64,
    x_per_y: f64,
}

impl Film {
    /// The film of a plate of `job`.
    pub fn new(job: &Separation, plate: &Plate) -> Result<Self> {
        let dpi = job.film.dpi;
        let per_mm = f64::from(dpi) / 25.4;
        let dots = |mm: f64| (mm * per_mm).round() as u32;
        let (width_px, height_px) = (dots(job.sheet.width_mm), dots(job.sheet.height_mm));
        if width_px.max(height_px) > MAX_FILM_SIDE_PX {
            return Err(Error::FilmTooLarge { width_px, height_px });
        }
        let cells = plate.screen.cells();
        let layer = |flat: &Flat| {
            let level = (flat.tint < 1.0).then(|| cells.level(plate.screen.on_film(flat.tint)));
            Layer::new(&flat.area, per_mm, level)
        };
        let mut layers: Vec<Layer> =
            plate.flats.iter().chain(&plate.own_marks).map(layer).collect();
        layers.push(Layer::new(&job.marks.area, per_mm, None));
        Ok(Self {
            width_px,
            height_px,
            dpi,
            layers,
            cells,
            mirrored: job.film.mirrored,
            negative: job.film.negative,
            y: 0,
            row: Vec::new(),
        })
    }

    /// The next row, `true` for black; none after the last.
    pub fn next_row(&mut self) -> Option<&[bool]> {
        if self.y == self.height_px {
            return None;
        }
        self.row.clear();
        self.row.resize(self.width_px as usize, false);
        let y = f64::from(self.y) + 0.5;
        let mm_per_px = 25.4 / f64::from(self.dpi);
        for layer in &mut self.layers {
            let crossings = layer.crossings(y);
            for pair in crossings.chunks_exact(2) {
                // A dot belongs to the run if its middle does.
                let column =
                    |x: f64| (x - 0.5).ceil().clamp(0.0, f64::from(self.width_px)) as usize;
                for x in column(pair[0])..column(pair[1]) {
                    let at = Point::new((x as f64 + 0.5) * mm_per_px, y * mm_per_px);
                    if layer.level.is_none_or(|level| self.cells.is_black(at, level)) {
                        self.row[x] = true;
                    }
                }
            }
        }
        if self.mirrored {
            self.row.reverse();
        }
        if self.negative {
            self.row.iter_mut().for_each(|dot| *dot = !*dot);
        }
        self.y += 1;
        Some(&self.row)
    }
}

impl Layer {
    fn new(area: &Area, per_mm: f64, level: Option<f64>) -> Self {
        let mut edges = Vec::with_capacity(area.corners());
        for contour in area.contours() {
            for (i, from) in contour.iter().enumerate() {
                let to = contour[(i + 1) % contour.len()];
                let (a, b) = if from.y <= to.y { (*from, to) } else { (to, *from) };
                if a.y < b.y {
                    let x_per_y = (b.x - a.x) / (b.y - a.y);
                    let (top, bottom) = (a.y * per_mm, b.y * per_mm);
                    edges.push(Edge { top, bottom, x: a.x * per_mm, x_per_y });
                }
            }
        }
        edges.sort_by(|a, b| a.top.total_cmp(&b.top));
        Self { edges, next: 0, active: Vec::new(), level }
    }

    /// Where the outline crosses the line at `y`, from left to right. Called with growing `y`.
    fn crossings(&mut self, y: f64) -> Vec<f64> {
        while let Some(edge) = self.edges.get(self.next).filter(|edge| edge.top <= y) {
            self.active.push(*edge);
            self.next += 1;
        }
        self.active.retain(|edge| edge.bottom > y);
        let mut crossings: Vec<f64> =
            self.active.iter().map(|edge| edge.x + (y - edge.top) * edge.x_per_y).collect();
        crossings.sort_by(f64::total_cmp);
        crossings
    }
}
