//! What colour a stack of shapes has at a point.

use kurbo::{Affine, Point};

use crate::artwork::{Artwork, Gradient, GradientKind, Paint, Spread, Stop};

/// A premultiplied colour; red, green, blue and alpha from 0 to [`FULL`].
pub type Mixed = [i64; 4];

/// The value of a full channel of a [`Mixed`].
pub const FULL: i64 = 255 << 8;

/// The paint of each shape, ready to be mixed.
pub struct Shader<'a> {
    fills: Vec<Fill<'a>>,
}

enum Fill<'a> {
    Flat(Mixed),
    Gradient { gradient: &'a Gradient, from_pixels: Affine, opacity: f64 },
}

impl<'a> Shader<'a> {
    /// Prepares the paints of `artwork`, drawn through `view`.
    pub fn new(artwork: &'a Artwork, view: Affine) -> Self {
        let fill = |shape: &crate::artwork::Shape| match shape.paint {
            Paint::Ink(ink) => Fill::Flat(mixed(
                artwork.inks[ink].rgb.0.map(|c| f64::from(c) / 255.0),
                shape.opacity,
            )),
            Paint::Gradient(index) => {
                let gradient = &artwork.gradients[index];
                Fill::Gradient {
                    gradient,
                    from_pixels: (view * gradient.transform).inverse(),
                    opacity: shape.opacity,
                }
            }
        };
        Self { fills: artwork.shapes.iter().map(fill).collect() }
    }

    /// Whether `shape` hides what is under it.
    pub fn hides(&self, shape: u32) -> bool {
        match &self.fills[shape as usize] {
            Fill::Flat(color) => color[3] == FULL,
            Fill::Gradient { gradient, opacity, .. } => {
                *opacity >= 1.0 && gradient.stops.iter().all(|stop| stop.opacity >= 1.0)
            }
        }
    }

    /// The colour of a stack of shapes, from the top down, if it is the same everywhere.
    pub fn flat(&self, stack: &[u32]) -> Option<Mixed> {
        stack.iter().try_fold([0; 4], |above, shape| match &self.fills[*shape as usize] {
            Fill::Flat(color) => Some(under(above, *color)),
            Fill::Gradient { .. } => None,
        })
    }

    /// The colour of a stack of shapes, from the top down, at a point in pixels.
    pub fn at(&self, stack: &[u32], p: Point) -> Mixed {
        stack.iter().fold([0; 4], |above, shape| match &self.fills[*shape as usize] {
            Fill::Flat(color) => under(above, *color),
            Fill::Gradient { gradient, from_pixels, opacity } => {
                under(above, gradient_at(gradient, *from_pixels * p, *opacity))
            }
        })
    }
}

/// `color` below `above`.
fn under(above: Mixed, color: Mixed) -> Mixed {
    let through = FULL - above[3];
    [0, 1, 2, 3].map(|i| above[i] + (color[i] * through + FULL / 2) / FULL)
}

fn mixed(rgb: [f64; 3], opacity: f64) -> Mixed {
    let fixed = |v: f64| (v * FULL as f64).round() as i64;
    let [r, g, b] = rgb.map(|c| fixed(c * opacity));
    [r, g, b, fixed(opacity)]
}

fn gradient_at(gradient: &Gradient, p: Point, opacity: f64) -> Mixed {
    let Some(offset) = offset_at(&gradient.kind, p) else { return [0; 4] };
    let offset = match gradient.spread {
        Spread::Pad => offset.clamp(0.0, 1.0),
        Spread::Repeat => offset - offset.floor(),
        Spread::Reflect => {
            let t = offset - 2.0 * (offset / 2.0).floor();
            if t > 1.0 { 2.0 - t } else { t }
        }
    };
    let after = gradient.stops.partition_point(|stop| stop.offset <= offset);
    let parts = |stop: &Stop| (stop.rgb.0.map(|c| f64::from(c) / 255.0), stop.opacity);
    let (rgb, alpha) = match (after.checked_sub(1), gradient.stops.get(after)) {
        (Some(before), Some(next)) => {
            let stop = &gradient.stops[before];
            let share = (offset - stop.offset) / (next.offset - stop.offset);
            let ((a, a_alpha), (b, b_alpha)) = (parts(stop), parts(next));
            let mix = |a: f64, b: f64| a + (b - a) * share;
            ([0, 1, 2].map(|i| mix(a[i], b[i])), mix(a_alpha, b_alpha))
        }
        (Some(before), None) => parts(&gradient.stops[before]),
        (None, Some(next)) => parts(next),
        (None, None) => return [0; 4],
    };
    mixed(rgb, alpha * opacity)
}

/// The offset at a point in the gradient's own coordinates; none where nothing is painted.
fn offset_at(kind: &GradientKind, p: Point) -> Option<f64> {
    match *kind {
        GradientKind::Linear { start, end } => {
            let along = end - start;
            let offset = (p - start).dot(along) / along.hypot2();
            // A gradient of no length shows its last colour (SVG 2, 14.2.2).
            Some(if offset.is_finite() { offset } else { 1.0 })
        }
        GradientKind::Radial { center, radius, focus, focus_radius } => {
            // The greatest offset whose circle passes through p and has a radius of at least 0
            // (SVG 2, 14.2.3; HTML canvas, createRadialGradient).
            let (to_center, to_p, grow) = (center - focus, p - focus, radius - focus_radius);
            let a = to_center.hypot2() - grow * grow;
            let b = to_p.dot(to_center) + focus_radius * grow;
            let c = to_p.hypot2() - focus_radius * focus_radius;
            let valid = |offset: f64| offset.is_finite() && focus_radius + offset * grow >= 0.0;
            if a == 0.0 {
                return Some(c / (2.0 * b)).filter(|offset| valid(*offset));
            }
            let root = (b * b - a * c).sqrt();
            let (one, two) = ((b + root) / a, (b - root) / a);
            [one.max(two), one.min(two)].into_iter().find(|offset| valid(*offset))
        }
    }
}
