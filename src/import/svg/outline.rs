//! Geometry from `usvg`'s types to kurbo's, and strokes to outlines.

use kurbo::{Affine, BezPath, Cap, Join, PathEl, Shape as _, Stroke, StrokeOpts};
use usvg::tiny_skia_path::{self, PathSegment, Transform};

use crate::limits::MAX_DASHES;

/// Outlines of strokes are this exact, as a share of the path's extent.
const STROKE_TOLERANCE: f64 = 2e-5;

/// A transform.
pub(super) fn affine(t: Transform) -> Affine {
    Affine::new([t.sx, t.ky, t.kx, t.sy, t.tx, t.ty].map(f64::from))
}

/// A path.
pub(super) fn bez_path(path: &tiny_skia_path::Path) -> BezPath {
    let point = |p: tiny_skia_path::Point| kurbo::Point::new(f64::from(p.x), f64::from(p.y));
    path.segments()
        .map(|segment| match segment {
            PathSegment::MoveTo(p) => PathEl::MoveTo(point(p)),
            PathSegment::LineTo(p) => PathEl::LineTo(point(p)),
            PathSegment::QuadTo(a, p) => PathEl::QuadTo(point(a), point(p)),
            PathSegment::CubicTo(a, b, p) => PathEl::CurveTo(point(a), point(b), point(p)),
            PathSegment::Close => PathEl::ClosePath,
        })
        .collect()
}

/// The outline of a stroke, which may overlap itself (nonzero rule). `None` if there would be more
/// than [`MAX_DASHES`] dashes.
pub(super) fn stroked(path: &BezPath, stroke: &usvg::Stroke) -> Option<BezPath> {
    let width = f64::from(stroke.width().get());
    let bounds = path.bounding_box();
    let extent = bounds.width().max(bounds.height()) + width;
    let tolerance = extent * STROKE_TOLERANCE;
    let cap = match stroke.linecap() {
        usvg::LineCap::Butt => Cap::Butt,
        usvg::LineCap::Round => Cap::Round,
        usvg::LineCap::Square => Cap::Square,
    };
    let join = match stroke.linejoin() {
        usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => Join::Miter,
        usvg::LineJoin::Round => Join::Round,
        usvg::LineJoin::Bevel => Join::Bevel,
    };
    let style = Stroke::new(width)
        .with_caps(cap)
        .with_join(join)
        .with_miter_limit(f64::from(stroke.miterlimit().get()));
    let options = StrokeOpts::default();
    let Some(dashes) = stroke.dasharray() else {
        return Some(kurbo::stroke(path, &style, &options, tolerance));
    };
    let dashes: Vec<f64> = dashes.iter().map(|&dash| f64::from(dash)).collect();
    let period: f64 = dashes.iter().sum();
    let length = path.perimeter(tolerance);
    let count = length / period * dashes.len() as f64;
    if count.is_nan() || count > MAX_DASHES {
        return None;
    }
    let dashes = with_dots(dashes, period);
    let style = style.with_dashes(f64::from(stroke.dashoffset()).rem_euclid(period), dashes);
    Some(kurbo::stroke(path, &style, &options, tolerance))
}

/// Dashes without length still get caps (SVG 1.1, 11.4); kurbo draws them if they have a little.
fn with_dots(mut dashes: Vec<f64>, period: f64) -> Vec<f64> {
    let dot = period * 1e-4;
    for i in (0..dashes.len()).step_by(2) {
        let gap = (i + 1) % dashes.len();
        if dashes[i] == 0.0 && dashes[gap] > dot {
            dashes[i] = dot;
            dashes[gap] -= dot;
        }
    }
    dashes
}
