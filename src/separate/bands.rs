//! Gradients as bands of one colour each, for plates that hold areas only.
//!
//! Bands are so narrow that neighbours differ by a few steps of tint, less than a screen of 65
//! lines per inch tells apart.

use kurbo::{Affine, BezPath, Circle, Point, Rect, Shape as _};

use super::area::Area;
use crate::artwork::{Gradient, GradientKind, Spread, Stop};
use crate::color::Rgb;

/// Bands of one pass through a gradient.
const BANDS: usize = 48;
/// Most passes of a repeating gradient.
const MAX_PASSES: f64 = 64.0;

/// A band: where it lies, its colour and opacity.
pub(super) struct Band {
    pub area: Area,
    pub rgb: Rgb,
    pub opacity: f64,
}

/// What `area` looks like when it is filled with `gradient`; `to_sheet` takes the artwork's
/// coordinates to the sheet's.
pub(super) fn bands(area: &Area, gradient: &Gradient, to_sheet: Affine) -> Vec<Band> {
    let to_sheet = to_sheet * gradient.transform;
    let Some(bounds) = area.bounds().filter(|_| to_sheet.determinant().abs() > 1e-12) else {
        return Vec::new();
    };
    let seen = to_sheet.inverse().transform_rect_bbox(bounds);
    let last = match gradient.spread {
        Spread::Pad => 1.0,
        Spread::Reflect | Spread::Repeat => reach(gradient, seen).clamp(1.0, MAX_PASSES).ceil(),
    };
    let first = match (gradient.spread, gradient.kind) {
        (Spread::Pad, _) | (_, GradientKind::Radial { .. }) => 0.0,
        _ => 1.0 - last,
    };
    let steps = ((last - first) as usize) * BANDS;
    let at = |step: usize| first + (last - first) * step as f64 / steps as f64;
    let mut left = area.clone();
    let mut bands = Vec::with_capacity(steps);
    for step in 0..steps {
        let (t0, t1) = (at(step), at(step + 1));
        // The last band takes all that is beyond.
        let mut part = left.clone();
        if step + 1 < steps {
            let up_to = Area::from_path(&up_to(gradient, t1, seen), to_sheet);
            part = left.intersection(&up_to);
            left = left.difference(&up_to);
        }
        if !part.is_empty() {
            let (rgb, opacity) = color(gradient, f64::midpoint(t0, t1));
            bands.push(Band { area: part, rgb, opacity });
        }
    }
    bands
}

/// The largest offset that is seen.
fn reach(gradient: &Gradient, seen: Rect) -> f64 {
    let corners = [
        Point::new(seen.x0, seen.y0),
        Point::new(seen.x1, seen.y0),
        Point::new(seen.x0, seen.y1),
        Point::new(seen.x1, seen.y1),
    ];
    let offset = |p: Point| match gradient.kind {
        GradientKind::Linear { start, end } => {
            let along = end - start;
            ((p - start).dot(along) / along.hypot2().max(1e-12)).abs()
        }
        GradientKind::Radial { center, radius, .. } => {
            libm::sqrt((p - center).hypot2()) / radius.max(1e-12)
        }
    };
    corners.into_iter().map(offset).fold(1.0, f64::max)
}

/// Where the offset is at most `t`, as far as it is seen.
fn up_to(gradient: &Gradient, t: f64, seen: Rect) -> BezPath {
    match gradient.kind {
        GradientKind::Linear { start, end } => {
            let along = end - start;
            let far = seen.union_pt(start).union_pt(end);
            let size = far.width() + far.height() + libm::sqrt(along.hypot2());
            let unit = along / libm::sqrt(along.hypot2()).max(1e-12);
            let across = kurbo::Vec2::new(-unit.y, unit.x) * size * 2.0;
            let (edge, back) = (start + along * t, start + along * t - unit * size * 4.0);
            let mut path = BezPath::new();
            path.move_to(edge - across);
            path.line_to(edge + across);
            path.line_to(back + across);
            path.line_to(back - across);
            path.close_path();
            path
        }
        GradientKind::Radial { center, radius, focus, focus_radius } => {
            let middle = focus + (center - focus) * t;
            let radius = focus_radius + (radius - focus_radius) * t;
            Circle::new(middle, radius.max(0.0)).to_path(radius.abs() * 1e-4 + 1e-9)
        }
    }
}

/// The colour and opacity at an offset.
fn color(gradient: &Gradient, t: f64) -> (Rgb, f64) {
    let t = match gradient.spread {
        Spread::Pad => t.clamp(0.0, 1.0),
        Spread::Repeat => t - t.floor(),
        Spread::Reflect => {
            let t = t - 2.0 * (t / 2.0).floor();
            if t > 1.0 { 2.0 - t } else { t }
        }
    };
    let after = gradient.stops.iter().position(|stop| stop.offset >= t);
    let (a, b) = match after {
        Some(0) => (gradient.stops.first(), gradient.stops.first()),
        Some(i) => (gradient.stops.get(i - 1), gradient.stops.get(i)),
        None => (gradient.stops.last(), gradient.stops.last()),
    };
    let none = Stop { offset: 0.0, rgb: Rgb::BLACK, opacity: 0.0 };
    let (a, b) = (a.unwrap_or(&none), b.unwrap_or(&none));
    let span = b.offset - a.offset;
    let share = if span > 0.0 { (t - a.offset) / span } else { 1.0 };
    let mix = |a: f64, b: f64| a + (b - a) * share;
    let mut rgb = a.rgb;
    for (out, end) in rgb.0.iter_mut().zip(b.rgb.0) {
        *out = mix(f64::from(*out), f64::from(end)).round() as u8;
    }
    (rgb, mix(a.opacity, b.opacity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_fill_the_area_and_run_from_end_to_end() {
        let stop = |offset, rgb| Stop { offset, rgb, opacity: 1.0 };
        let stops = vec![stop(0.0, Rgb([200, 0, 0])), stop(1.0, Rgb([0, 0, 200]))];
        let area = Area::rect(Rect::new(10.0, 10.0, 50.0, 30.0));
        let linear =
            GradientKind::Linear { start: Point::new(20.0, 0.0), end: Point::new(40.0, 0.0) };
        let radial = GradientKind::Radial {
            center: Point::new(30.0, 20.0),
            radius: 15.0,
            focus: Point::new(30.0, 20.0),
            focus_radius: 0.0,
        };
        for kind in [linear, radial] {
            let gradient = Gradient {
                kind,
                transform: Affine::IDENTITY,
                stops: stops.clone(),
                spread: Spread::Pad,
            };
            let bands = bands(&area, &gradient, Affine::IDENTITY);
            let whole: f64 = bands.iter().map(|band| band.area.size_mm2()).sum();
            assert!((whole - area.size_mm2()).abs() < 1e-2, "{whole}");
            let (first, last) = (&bands[0], &bands[bands.len() - 1]);
            assert!(first.rgb.0[0] > 190 && last.rgb.0[2] > 190);
        }
    }
}
