//! A gradient as bands of plain colours, fine enough not to be seen.

use kurbo::{BezPath, Circle, Point, Rect, Shape as _, Vec2};

use super::{Gradient, GradientKind};
use crate::color::Rgb;

/// Neighbouring bands differ by at most this much in any channel, unless there would be too many.
const STEP: f64 = 6.0;

/// Most bands between two stops.
const MAX_STEPS: f64 = 48.0;

impl Gradient {
    /// Outlines and colours that, painted one over the other onto `area`, look like the gradient:
    /// each covers its band and all that follow.
    pub(super) fn bands(&self, area: Rect) -> Vec<(BezPath, Rgb)> {
        let gradient = self.padded(area);
        let mut bands = vec![(0.0, gradient.stops.first().map_or(Rgb::BLACK, |stop| stop.rgb))];
        for pair in gradient.stops.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let difference = (0..3).map(|i| from.rgb.0[i].abs_diff(to.rgb.0[i])).max().unwrap_or(0);
            let steps = (f64::from(difference) / STEP).ceil().clamp(1.0, MAX_STEPS);
            for step in 0..steps as u32 {
                let t = f64::from(step) / steps;
                let color = super::opaque::mix(from.rgb, to.rgb, t + 0.5 / steps);
                bands.push((from.offset + (to.offset - from.offset) * t, color));
            }
        }
        bands.extend(gradient.stops.last().map(|stop| (stop.offset, stop.rgb)));
        if matches!(gradient.kind, GradientKind::Radial { .. }) {
            // Circles cover what lies inside of them: from the outermost inwards, each with the
            // colour that lies before its offset.
            let colors: Vec<Rgb> = bands.iter().map(|band| band.1).collect();
            let mut inwards: Vec<(BezPath, Rgb)> = bands
                .iter()
                .skip(1)
                .zip(&colors)
                .rev()
                .map(|((t, _), color)| (gradient.beyond(*t, area), *color))
                .collect();
            let outermost = colors.last().copied().unwrap_or(Rgb::BLACK);
            inwards.insert(0, (area.to_path(1e-3), outermost));
            return inwards;
        }
        let outline = |(index, (t, color)): (usize, &(f64, Rgb))| {
            let whole = index == 0;
            (if whole { area.to_path(1e-3) } else { gradient.beyond(*t, area) }, *color)
        };
        bands.iter().enumerate().map(outline).collect()
    }

    /// What of `area` has a greater offset, or, for a radial gradient, a smaller one.
    fn beyond(&self, t: f64, area: Rect) -> BezPath {
        match self.kind {
            GradientKind::Linear { start, end } => {
                let inverse = self.transform.inverse();
                let run = end - start;
                let across = Vec2::new(-run.y, run.x);
                // Places of the area's corners along the run and across it.
                let corners = [
                    (area.x0, area.y0),
                    (area.x1, area.y0),
                    (area.x1, area.y1),
                    (area.x0, area.y1),
                ];
                let corners = corners.map(|corner| {
                    let to = inverse * Point::from(corner) - start;
                    (to.dot(run) / run.hypot2(), to.dot(across) / run.hypot2())
                });
                let most = corners.iter().map(|c| c.0).fold(t, f64::max) + 0.1;
                let sides = corners.iter().map(|c| c.1.abs()).fold(0.0, f64::max) + 0.1;
                let at = |along: f64, side: f64| -> Point {
                    self.transform * (start + run * along + across * side)
                };
                let mut path = BezPath::new();
                path.move_to(at(t, -sides));
                path.line_to(at(most, -sides));
                path.line_to(at(most, sides));
                path.line_to(at(t, sides));
                path.close_path();
                path
            }
            GradientKind::Radial { center, radius, focus, focus_radius } => {
                let circle =
                    Circle::new(focus.lerp(center, t), focus_radius + (radius - focus_radius) * t);
                self.transform * circle.to_path(1e-3)
            }
        }
    }
}
