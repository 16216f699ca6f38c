//! Gradients, with the terms and meaning of SVG 2 (chapter 14, "Paint Servers").

use kurbo::{Affine, Point, Rect, Vec2};

use crate::color::Rgb;

/// A gradient: colours along a line or around a circle, interpolated in sRGB.
///
/// ```
/// use logopress::artwork::{Gradient, GradientKind, Spread, Stop};
/// use logopress::{Rgb, kurbo::{Affine, Point}};
///
/// let stop = |offset, rgb| Stop { offset, rgb, opacity: 1.0 };
/// let gradient = Gradient {
///     kind: GradientKind::Linear { start: Point::ZERO, end: Point::new(40.0, 0.0) },
///     stops: vec![stop(0.0, Rgb::BLACK), stop(1.0, Rgb::WHITE)],
///     spread: Spread::Pad,
///     transform: Affine::IDENTITY,
/// };
/// assert!(!gradient.is_translucent());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// Where the colours run, in the gradient's own coordinates.
    pub kind: GradientKind,
    /// Takes the gradient's coordinates to the artwork's.
    pub transform: Affine,
    /// At least two, by ascending offset.
    pub stops: Vec<Stop>,
    /// What lies before the first and after the last stop.
    pub spread: Spread,
}

/// Where a gradient's colours run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientKind {
    /// From `start` (offset 0) to `end` (offset 1).
    Linear {
        /// Where the offset is 0.
        start: Point,
        /// Where the offset is 1.
        end: Point,
    },
    /// From a point or small circle (offset 0) to a circle (offset 1).
    Radial {
        /// Centre of the circle where the offset is 1.
        center: Point,
        /// Its radius.
        radius: f64,
        /// Centre of the circle where the offset is 0.
        focus: Point,
        /// Its radius; 0 for a point.
        focus_radius: f64,
    },
}

/// One colour of a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Where it stands, 0 to 1.
    pub offset: f64,
    /// Its colour.
    pub rgb: Rgb,
    /// Its opacity, 0 to 1.
    pub opacity: f64,
}

/// What lies beyond a gradient's ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spread {
    /// The end's colour goes on.
    #[default]
    Pad,
    /// The gradient runs back and forth.
    Reflect,
    /// The gradient starts anew.
    Repeat,
}

/// Repetitions that a spread gradient is written out with, at most.
const MAX_PERIODS: f64 = 64.0;

impl Gradient {
    /// Whether any stop shows what is under it.
    pub fn is_translucent(&self) -> bool {
        self.stops.iter().any(|stop| stop.opacity < 1.0)
    }

    /// The mean of its stops, as seen on white.
    pub fn mean_color(&self) -> Rgb {
        let count = self.stops.len().max(1) as f64;
        let seen =
            |stop: &Stop, i: usize| 255.0 - (255.0 - f64::from(stop.rgb.0[i])) * stop.opacity;
        let mean = |i: usize| self.stops.iter().map(|stop| seen(stop, i)).sum::<f64>() / count;
        Rgb([0, 1, 2].map(|i| mean(i).round() as u8))
    }

    /// The gradient with what its spread repeats written out as stops, as far as `area` reaches (in
    /// the artwork's coordinates): [`Spread::Pad`] then looks the same there.
    #[must_use]
    pub fn padded(&self, area: Rect) -> Self {
        let Some((first, last)) = self.periods(area) else { return self.clone() };
        let periods = f64::from(last - first);
        let mut stops = Vec::with_capacity(self.stops.len() * (last - first) as usize);
        for period in first..last {
            let turned = self.spread == Spread::Reflect && period.rem_euclid(2) == 1;
            let place = |stop: &Stop| {
                let offset = if turned { 1.0 - stop.offset } else { stop.offset };
                Stop { offset: (f64::from(period - first) + offset) / periods, ..*stop }
            };
            if turned {
                stops.extend(self.stops.iter().rev().map(place));
            } else {
                stops.extend(self.stops.iter().map(place));
            }
        }
        let (from, to) = (f64::from(first), f64::from(last));
        let kind = match self.kind {
            GradientKind::Linear { start, end } => {
                GradientKind::Linear { start: start.lerp(end, from), end: start.lerp(end, to) }
            }
            GradientKind::Radial { center, radius, focus, focus_radius } => GradientKind::Radial {
                center: focus.lerp(center, to),
                radius: focus_radius + (radius - focus_radius) * to,
                focus,
                focus_radius,
            },
        };
        Self { kind, stops, spread: Spread::Pad, ..self.clone() }
    }

    /// The range of whole periods that `area` shows; `None` if one suffices.
    fn periods(&self, area: Rect) -> Option<(i32, i32)> {
        if self.spread == Spread::Pad || self.transform.determinant() == 0.0 {
            return None;
        }
        let inverse = self.transform.inverse();
        let corners =
            [(area.x0, area.y0), (area.x1, area.y0), (area.x1, area.y1), (area.x0, area.y1)];
        let offsets = corners.map(|corner| self.offset_at(inverse * Point::from(corner)));
        if !offsets.iter().all(|t| t.is_finite()) {
            return None;
        }
        let least = offsets.iter().copied().fold(0.0, f64::min).floor().max(-MAX_PERIODS / 2.0);
        let most = offsets.iter().copied().fold(1.0, f64::max).ceil().min(MAX_PERIODS / 2.0);
        let radial = matches!(self.kind, GradientKind::Radial { .. });
        Some((if radial { 0 } else { least as i32 }, most as i32))
    }

    /// The offset at a point in the gradient's coordinates, spread left aside. For a radial gradient
    /// an upper bound.
    fn offset_at(&self, p: Point) -> f64 {
        match self.kind {
            GradientKind::Linear { start, end } => {
                let run = end - start;
                (p - start).dot(run) / run.hypot2()
            }
            GradientKind::Radial { center, radius, focus, focus_radius } => {
                let grows = radius - focus_radius - center.distance(focus);
                p.distance(focus) / grows.max(1e-3 * radius)
            }
        }
    }

    /// The gradient in the artwork's coordinates, without a transform. Limit: a radial gradient that
    /// the transform makes oval becomes round, with the mean radius.
    #[must_use]
    pub fn untransformed(&self) -> Self {
        let transform = self.transform;
        let kind = match self.kind {
            GradientKind::Linear { start, end } => {
                // Lines of one colour stay lines but not perpendicular to the run: the new run goes
                // from the line through `start` straight to the line through `end`.
                let across = Vec2::new(start.y - end.y, end.x - start.x);
                let [a, b, c, d, ..] = transform.as_coeffs();
                let across = Vec2::new(a * across.x + c * across.y, b * across.x + d * across.y);
                let (start, end) = (transform * start, transform * end);
                let normal = Vec2::new(-across.y, across.x);
                let run =
                    normal * ((end - start).dot(normal) / normal.hypot2().max(f64::MIN_POSITIVE));
                GradientKind::Linear { start, end: start + run }
            }
            GradientKind::Radial { center, radius, focus, focus_radius } => {
                let scale = transform.determinant().abs().sqrt();
                GradientKind::Radial {
                    center: transform * center,
                    radius: radius * scale,
                    focus: transform * focus,
                    focus_radius: focus_radius * scale,
                }
            }
        };
        Self { kind, transform: Affine::IDENTITY, ..self.clone() }
    }

    /// The same gradient without a transform, where one without looks the same: any linear one, and
    /// a radial one that the transform leaves round.
    #[must_use]
    pub fn simplified(&self) -> Self {
        let [a, b, c, d, ..] = self.transform.as_coeffs();
        let area = self.transform.determinant().abs();
        let round = (a * c + b * d).abs() <= 1e-6 * area
            && (a * a + b * b - c * c - d * d).abs() <= 1e-6 * area;
        let can = round || matches!(self.kind, GradientKind::Linear { .. });
        if can && area > 0.0 { self.untransformed() } else { self.clone() }
    }

    /// The gradient with the focus, if it has one, in the centre.
    #[must_use]
    pub fn centered(&self) -> Self {
        let kind = match self.kind {
            GradientKind::Radial { center, radius, .. } => {
                GradientKind::Radial { center, radius, focus: center, focus_radius: 0.0 }
            }
            linear @ GradientKind::Linear { .. } => linear,
        };
        Self { kind, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(spread: Spread, transform: Affine) -> Gradient {
        let stop = |offset, rgb| Stop { offset, rgb, opacity: 1.0 };
        Gradient {
            kind: GradientKind::Linear { start: Point::new(10.0, 0.0), end: Point::new(20.0, 0.0) },
            transform,
            stops: vec![stop(0.0, Rgb::BLACK), stop(1.0, Rgb::WHITE)],
            spread,
        }
    }

    #[test]
    fn a_reflected_gradient_is_written_out() {
        let padded =
            linear(Spread::Reflect, Affine::IDENTITY).padded(Rect::new(0.0, 0.0, 40.0, 9.0));
        let GradientKind::Linear { start, end } = padded.kind else { panic!("{padded:?}") };
        assert_eq!((start.x, end.x, padded.spread), (0.0, 40.0, Spread::Pad));
        let colors: Vec<u8> = padded.stops.iter().map(|stop| stop.rgb.0[0]).collect();
        assert_eq!(colors, [255, 0, 0, 255, 255, 0, 0, 255]);
    }

    #[test]
    fn a_sheared_gradient_keeps_its_lines_of_colour() {
        // Shearing along x leaves horizontal distances but tilts the lines of one colour.
        let shear = Affine::new([1.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        let sheared = linear(Spread::Pad, shear).untransformed();
        for p in [Point::new(10.0, 3.0), Point::new(13.0, 8.0), Point::new(20.0, -5.0)] {
            let expected = linear(Spread::Pad, shear).offset_at(p);
            assert!((sheared.offset_at(shear * p) - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn only_an_oval_gradient_needs_its_transform() {
        let center = Point::new(1.0, 2.0);
        let kind = GradientKind::Radial { center, radius: 3.0, focus: center, focus_radius: 0.0 };
        let radial =
            |transform| Gradient { kind, ..linear(Spread::Pad, transform) }.simplified().transform;
        let oval = Affine::scale_non_uniform(2.0, 3.0);
        assert_eq!(radial(oval), oval);
        assert_eq!(radial(Affine::rotate(0.3) * Affine::scale(2.0)), Affine::IDENTITY);
        assert_eq!(linear(Spread::Pad, oval).simplified().transform, Affine::IDENTITY);
    }
}
