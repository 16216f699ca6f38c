//! A plate as a film: black or clear dots at a true resolution, row by row.
//!
//! A dot is black if its middle lies in an inked area and, for a tint, inside a halftone dot. Rows
//! are made one at a time, so a film never stands in memory as a whole.

use kurbo::{Point, Rect};

use super::dots::Dots;
use super::plate::Flat;
use super::scan::Scan;
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
    /// Where it begins, in mm on the sheet.
    origin: Point,
    layers: Vec<Layer>,
    squares: Option<Dots>,
    cells: Cells,
    mirrored: bool,
    negative: bool,
    y: u32,
    row: Vec<bool>,
}

/// One flat.
struct Layer {
    scan: Scan,
    /// The level of its halftone; none if it is solid.
    level: Option<f64>,
}

impl Film {
    /// The film of a plate of `job`.
    pub fn new(job: &Separation, plate: &Plate) -> Result<Self> {
        let whole = Rect::new(0.0, 0.0, job.sheet.width_mm, job.sheet.height_mm);
        let mut film = Self::part(job, plate, whole, job.film.dpi)?;
        (film.mirrored, film.negative) = (job.film.mirrored, job.film.negative);
        Ok(film)
    }

    /// Part of the sheet (mm) at any resolution, right-reading and positive.
    pub fn part(job: &Separation, plate: &Plate, part: Rect, dpi: u32) -> Result<Self> {
        let per_mm = f64::from(dpi) / 25.4;
        let dots = |mm: f64| (mm * per_mm).round() as u32;
        let (width_px, height_px) = (dots(part.width()), dots(part.height()));
        if width_px.max(height_px) > MAX_FILM_SIDE_PX {
            return Err(Error::FilmTooLarge { width_px, height_px });
        }
        let cells = plate.screen.cells();
        let origin = part.origin();
        let layer = |Flat { area, tint }: &Flat| Layer {
            scan: Scan::new(area, origin, per_mm),
            level: (*tint < 1.0).then(|| cells.level(plate.screen.on_film(*tint))),
        };
        let mut layers: Vec<Layer> =
            plate.flats.iter().chain(&plate.own_marks).map(layer).collect();
        layers.push(Layer { scan: Scan::new(&job.marks.area, origin, per_mm), level: None });
        Ok(Self {
            width_px,
            height_px,
            dpi,
            origin,
            layers,
            squares: plate.dots.clone(),
            cells,
            mirrored: false,
            negative: false,
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
        let mm_per_px = 25.4 / f64::from(self.dpi);
        let y_mm = self.origin.y + (f64::from(self.y) + 0.5) * mm_per_px;
        let x_mm = |x: usize| self.origin.x + (x as f64 + 0.5) * mm_per_px;
        for layer in &mut self.layers {
            for (from, to) in layer.scan.runs(self.y, self.width_px) {
                let Some(level) = layer.level else {
                    self.row[from..to].fill(true);
                    continue;
                };
                for x in from..to {
                    if self.cells.is_black(Point::new(x_mm(x), y_mm), level) {
                        self.row[x] = true;
                    }
                }
            }
        }
        if let Some(squares) = &self.squares {
            let row = (y_mm - squares.at.y0) / squares.at.height() * squares.height as f64;
            if row >= 0.0 && row < squares.height as f64 {
                let columns_per_mm = squares.width as f64 / squares.at.width();
                for (x, dot) in self.row.iter_mut().enumerate() {
                    let column = (x_mm(x) - squares.at.x0) * columns_per_mm;
                    *dot |= column >= 0.0 && squares.is_printed(column as usize, row as usize);
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
