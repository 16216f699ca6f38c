//! A boundary's points become the fewest segments that explain them.
//!
//! In: sub-pixel points in order along an edge, each with the standard deviation of its position
//! across the edge. Out: a path, or a primitive where the whole ring is one.
//!
//! Guarantees: the same points give the same result on every machine; an open boundary's ends stay
//! where they are; no input panics, however few or coincident its points.

mod agree;
mod band;
mod corner;
mod cubic;
mod dp;
mod knot;
mod outline;
mod polish;
mod primitive;
mod samples;
mod snap;
mod stray;
#[cfg(test)]
mod tests;

use kurbo::{BezPath, Circle, Ellipse, Point, Rect, RoundedRect};

pub(super) use agree::agree;
use corner::Corner;
use outline::Outline;
use polish::{Looks, polish};
pub(super) use primitive::solve;
use samples::Samples;

/// One edge of the planar map, measured.
#[derive(Clone, Copy, Debug)]
pub struct Boundary<'a> {
    /// Points in order along the edge, roughly one a pixel.
    pub points: &'a [Point],
    /// Standard deviation of each point across the edge, in px.
    pub sigma_px: &'a [f64],
    /// Whether the last point is followed by the first (which is not repeated). The ends of an
    /// open boundary are junctions and stay where they are.
    pub closed: bool,
}

/// How closely and how freely to fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitOptions {
    /// More keeps smaller wiggles, less gives fewer segments; 1 is the balance that the noise
    /// of the points calls for.
    pub detail: f64,
    /// Turns sharper than this may be corners, in degrees; smoother ones are curves.
    pub corner_deg: f64,
    /// Whether rings may become circles, ellipses and rectangles.
    pub primitives: bool,
}

impl Default for FitOptions {
    fn default() -> Self {
        Self { detail: 1.0, corner_deg: 15.0, primitives: true }
    }
}

/// What a boundary turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Fitted {
    /// Lines and cubics: from the first to the last point, or one closed subpath.
    Path(BezPath),
    /// A circle.
    Circle(Circle),
    /// An ellipse, perhaps rotated.
    Ellipse(Ellipse),
    /// An upright rectangle.
    Rect(Rect),
    /// An upright rectangle with four equal round corners.
    RoundedRect(RoundedRect),
}

/// A slight corner has to explain as much as so many parameters.
const SLIGHT: f64 = 8.0;

/// Fits `boundary`.
pub fn fit(boundary: &Boundary, options: &FitOptions) -> Fitted {
    let least_turn = options.corner_deg.to_radians();
    let mut samples = Samples::new(boundary, 0);
    if samples.len() < 4 {
        return Fitted::Path(polygon(&samples));
    }
    let extent_px = samples.bounds().size().to_vec2().hypot();
    let lambda = libm::log(extent_px.max(2.0) / 0.1) / options.detail;
    if options.primitives
        && let Some(primitive) = primitive::primitive(&samples, lambda)
    {
        return primitive;
    }
    let mut corners = corner::corners(&samples, least_turn);
    if boundary.closed {
        samples = Samples::new(boundary, start(&samples, &corners));
        corners = corner::corners(&samples, least_turn);
        if let Some(first) = corners.iter().find(|corner| corner.index == 0).copied() {
            corners.push(Corner { index: samples.len() - 1, ..first });
        }
    }
    let knots = knot::knots(&samples, &corners);
    let pieces = dp::cheapest(&samples, &knots, lambda);
    let mut outline = Outline::new(&samples, &knots, &pieces);
    let mut looks = Looks::new(&samples, &outline);
    polish(&mut outline, &mut looks, &[], 8);
    // A slight corner that was taken for a bend keeps both its sides off their points.
    let off = |i: usize| looks.misfit(&outline, i);
    let (mut loose, count) = outline.loosened(off, SLIGHT * lambda);
    if count > 0 {
        let mut again = Looks::new(&samples, &loose);
        polish(&mut loose, &mut again, &[], 8);
        let price = SLIGHT * lambda * count as f64;
        if again.misfits(&loose) + price < looks.misfits(&outline) {
            (outline, looks) = (loose, again);
        }
    }
    let wishes = snap::wishes(&outline);
    polish(&mut outline, &mut looks, &wishes, 4);
    Fitted::Path(outline.path(&samples))
}

/// Where a ring is best cut open: at its sharpest corner, or else at its top, where a designer
/// puts a node too.
fn start(samples: &Samples, corners: &[Corner]) -> usize {
    let sharpest = corners.iter().reduce(|a, b| if b.turn > a.turn { b } else { a });
    let top = (0..samples.len())
        .reduce(|a, b| if samples.points[b].y < samples.points[a].y { b } else { a });
    sharpest.map_or(top.unwrap_or(0), |corner| corner.index)
}

/// The points joined by lines.
fn polygon(samples: &Samples) -> BezPath {
    let mut path = BezPath::new();
    let mut points = samples.points.iter();
    if let Some(&first) = points.next() {
        path.move_to(first);
        for &point in points {
            path.line_to(point);
        }
        if samples.closed {
            path.close_path();
        }
    }
    path
}
