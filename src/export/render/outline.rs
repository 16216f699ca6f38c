//! Outlines as straight edges in pixels.

use kurbo::{Affine, BezPath, PathEl, Point};

use crate::artwork::{Artwork, Shape};

/// A straight piece of a shape's outline, from its upper to its lower end.
#[derive(Clone, Copy)]
pub struct Edge {
    pub top: Point,
    pub bottom: Point,
    /// Index of the shape.
    pub shape: u32,
}

impl Edge {
    /// Where it crosses the level `y`, which lies between its ends.
    pub fn x_at(&self, y: f64) -> f64 {
        let share = (y - self.top.y) / (self.bottom.y - self.top.y);
        self.top.x + share * (self.bottom.x - self.top.x)
    }
}

/// Furthest that an edge may be from its curve, in px.
const FLATNESS_PX: f64 = 0.02;

/// Points are snapped to a grid this fine, so that the last bit of a platform's arithmetic cannot
/// show.
const GRID_PER_PX: f64 = 4096.0;

/// Coordinates are held within this, in px: far outside any picture, well inside exact integers.
const FAR_PX: f64 = 1e6;

/// The edges of all shapes that reach into `0..height_px`.
pub fn edges(artwork: &Artwork, view: Affine, height_px: f64) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (shape, Shape { geometry, .. }) in artwork.shapes.iter().enumerate() {
        let mut pen = Pen { edges: &mut edges, shape: shape as u32, height_px };
        pen.trace(&(view * geometry.path()));
    }
    edges
}

struct Pen<'a> {
    edges: &'a mut Vec<Edge>,
    shape: u32,
    height_px: f64,
}

impl Pen<'_> {
    fn trace(&mut self, path: &BezPath) {
        let (mut start, mut at) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => {
                    self.line(at, start);
                    (start, at) = (p, p);
                }
                PathEl::LineTo(p) => {
                    self.line(at, p);
                    at = p;
                }
                PathEl::QuadTo(p1, p2) => {
                    self.curve(at, at.lerp(p1, 2.0 / 3.0), p2.lerp(p1, 2.0 / 3.0), p2);
                    at = p2;
                }
                PathEl::CurveTo(p1, p2, p3) => {
                    self.curve(at, p1, p2, p3);
                    at = p3;
                }
                PathEl::ClosePath => {
                    self.line(at, start);
                    at = start;
                }
            }
        }
        self.line(at, start);
    }

    /// Cuts a curve into equal steps of its parameter, as many as keep the chords within
    /// [`FLATNESS_PX`] of it (Wang's bound).
    fn curve(&mut self, p0: Point, p1: Point, p2: Point, p3: Point) {
        // Always from the same end, so that two shapes along one curve get the same edges.
        if (p3.y, p3.x) < (p0.y, p0.x) {
            return self.curve(p3, p2, p1, p0);
        }
        let bend2 = ((p0 - p1) - (p1 - p2)).hypot2().max(((p1 - p2) - (p2 - p3)).hypot2());
        let steps = (0.75 * bend2.sqrt() / FLATNESS_PX).sqrt().ceil().clamp(1.0, 1000.0) as u32;
        let mut last = p0;
        for step in 1..steps {
            let t = f64::from(step) / f64::from(steps);
            let (a, b, c) = (p0.lerp(p1, t), p1.lerp(p2, t), p2.lerp(p3, t));
            let next = a.lerp(b, t).lerp(b.lerp(c, t), t);
            self.line(last, next);
            last = next;
        }
        self.line(last, p3);
    }

    fn line(&mut self, from: Point, to: Point) {
        let snap = |v: f64| (v.clamp(-FAR_PX, FAR_PX) * GRID_PER_PX).round() / GRID_PER_PX;
        let snap = |p: Point| Point::new(snap(p.x), snap(p.y));
        let (mut top, mut bottom) = (snap(from), snap(to));
        if top.y > bottom.y {
            std::mem::swap(&mut top, &mut bottom);
        }
        if top.y < bottom.y && bottom.y > 0.0 && top.y < self.height_px {
            self.edges.push(Edge { top, bottom, shape: self.shape });
        }
    }
}
