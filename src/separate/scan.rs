//! Where an area's outline crosses the rows of a grid, row by row from the top.

use kurbo::Point;

use super::area::Area;
use crate::order;

/// An area's edges from the top down, and those that the current row crosses.
pub(super) struct Scan {
    edges: Vec<Edge>,
    next: usize,
    active: Vec<Edge>,
}

/// An edge from `top` to `bottom`.
#[derive(Clone, Copy)]
struct Edge {
    top: f64,
    bottom: f64,
    x: f64,
    x_per_y: f64,
}

impl Scan {
    /// The rows of a grid whose corner is at `origin` (mm), with so many dots per mm.
    pub fn new(area: &Area, origin: Point, per_mm: f64) -> Self {
        let mut edges = Vec::with_capacity(area.corners());
        let dots = |p: Point| ((p - origin) * per_mm).to_point();
        for contour in area.contours() {
            for (i, from) in contour.iter().enumerate() {
                let to = contour[(i + 1) % contour.len()];
                let (a, b) = if from.y <= to.y { (*from, to) } else { (to, *from) };
                let (a, b) = (dots(a), dots(b));
                if a.y < b.y {
                    let x_per_y = (b.x - a.x) / (b.y - a.y);
                    edges.push(Edge { top: a.y, bottom: b.y, x: a.x, x_per_y });
                }
            }
        }
        order::by_key(&mut edges, |edge| order::float(edge.top));
        Self { edges, next: 0, active: Vec::new() }
    }

    /// The dots of a row whose middles lie inside, as ranges of columns from 0 to `width`. Called
    /// with growing `row`.
    pub fn runs(&mut self, row: u32, width: u32) -> Vec<(usize, usize)> {
        let y = f64::from(row) + 0.5;
        while let Some(edge) = self.edges.get(self.next).filter(|edge| edge.top <= y) {
            self.active.push(*edge);
            self.next += 1;
        }
        self.active.retain(|edge| edge.bottom > y);
        let mut crossings: Vec<f64> =
            self.active.iter().map(|edge| edge.x + (y - edge.top) * edge.x_per_y).collect();
        crossings.sort_unstable_by(f64::total_cmp);
        let column = |x: f64| (x - 0.5).ceil().clamp(0.0, f64::from(width)) as usize;
        crossings.chunks_exact(2).map(|pair| (column(pair[0]), column(pair[1]))).collect()
    }
}
