//! Opacity worked out into plain colours, for formats that know none.
//!
//! Every translucent shape is painted blended with white, and again, blended with what is under it,
//! wherever it lies over another shape; a gradient under another becomes bands. Limits: the artwork
//! stands on white from then on, and bands count as opaque even if their gradient was not.

use kurbo::{BezPath, Shape as _};

use super::{Artwork, Geometry, Gradient, Paint, Shape, Stop};
use crate::color::Rgb;
use crate::region;

/// Shapes beyond which overlaps are no longer worked out.
const MAX_SHAPES: usize = 20_000;

/// Stops that stand for a stretch between two, where colour and opacity vary at once.
const STEPS: u32 = 8;

impl Artwork {
    /// The artwork without opacity, looking the same on white paper.
    #[must_use]
    pub fn opaque(&self) -> Self {
        let mut out = Self::new(self.width, self.height);
        for shape in &self.shapes {
            let top = Top { artwork: self, shape };
            if top.is_opaque() {
                let paint = top.blended(&mut out, None);
                out.shapes.push(Shape { paint, ..shape.clone() });
                continue;
            }
            top.paint(&mut out);
        }
        out
    }
}

/// The shape that is being painted.
struct Top<'a> {
    artwork: &'a Artwork,
    shape: &'a Shape,
}

impl Top<'_> {
    fn is_opaque(&self) -> bool {
        let gradient = match self.shape.paint {
            Paint::Ink(_) => None,
            Paint::Gradient(index) => Some(&self.artwork.gradients[index]),
        };
        self.shape.opacity == 1.0 && !gradient.is_some_and(Gradient::is_translucent)
    }

    /// Paints this shape, as it looks over each one of `out`.
    fn paint(&self, out: &mut Artwork) {
        let outline = self.shape.geometry.path();
        let bounds = self.shape.geometry.bounds();
        let under = if out.shapes.len() < MAX_SHAPES { &out.shapes[..] } else { &[] };
        let (mut parts, mut hides_white) = (Vec::new(), false);
        // From the top, as what lies below all of this shape hides whatever is under it: otherwise
        // outlines in outlines, as soft shadows are, would double the shapes each time.
        for below in under.iter().rev() {
            if !region::overlap(below.geometry.bounds(), bounds) {
                continue;
            }
            let path = below.geometry.path();
            let common = region::intersect(&outline, &path);
            let Some(common) = common.filter(|path| !path.is_empty()) else { continue };
            parts.push((below.paint, common));
            let beyond = region::subtract(&outline, &path);
            if beyond.is_some_and(|path| path.is_empty()) {
                hides_white = true;
                break;
            }
        }
        if !hides_white {
            let paint = self.blended(out, None);
            out.shapes.push(Shape { paint, opacity: 1.0, ..self.shape.clone() });
        }
        for (below, common) in parts.into_iter().rev() {
            self.paint_over(out, below, common);
        }
    }

    /// Paints what this shape has in common with one of `out`.
    fn paint_over(&self, out: &mut Artwork, below: Paint, common: BezPath) {
        let opaque = |geometry, paint| Shape { geometry, paint, opacity: 1.0 };
        if let (Paint::Gradient(index), Paint::Gradient(under)) = (self.shape.paint, below) {
            let gradient = &self.artwork.gradients[index];
            for (band, rgb) in out.gradients[under].bands(common.bounding_box()) {
                let part = region::intersect(&common, &band).unwrap_or_default();
                if !part.is_empty() {
                    let paint = gradient_of(out, over(gradient, rgb, self.shape.opacity));
                    out.shapes.push(opaque(Geometry::Path(part), paint));
                }
            }
            return;
        }
        let paint = self.blended(out, Some(below));
        out.shapes.push(opaque(Geometry::Path(common), paint));
    }

    /// The paint of `out` that looks like this shape's over another of `out`, or over white.
    fn blended(&self, out: &mut Artwork, below: Option<Paint>) -> Paint {
        let opacity = self.shape.opacity;
        let under = match below {
            None => Rgb::WHITE,
            Some(below) => out.mean_color(below),
        };
        match (self.shape.paint, below) {
            (Paint::Ink(index), Some(Paint::Gradient(under))) => {
                let rgb = self.artwork.inks[index].rgb;
                let mut gradient = out.gradients[under].clone();
                for stop in &mut gradient.stops {
                    stop.rgb = mix(stop.rgb, rgb, opacity);
                }
                gradient_of(out, gradient)
            }
            (Paint::Ink(index), _) => {
                let ink = &self.artwork.inks[index];
                let rgb = mix(under, ink.rgb, opacity);
                let known = out.inks.len();
                let at = out.ink(rgb);
                if at == known && rgb == ink.rgb {
                    out.inks[at].name.clone_from(&ink.name);
                }
                Paint::Ink(at)
            }
            (Paint::Gradient(index), _) => {
                let gradient = over(&self.artwork.gradients[index], under, opacity);
                gradient_of(out, gradient)
            }
        }
    }
}

/// The index of the gradient, added if it is new.
fn gradient_of(out: &mut Artwork, gradient: Gradient) -> Paint {
    let known = out.gradients.iter().position(|known| *known == gradient);
    Paint::Gradient(known.unwrap_or_else(|| {
        out.gradients.push(gradient);
        out.gradients.len() - 1
    }))
}

/// The gradient over a flat colour.
fn over(gradient: &Gradient, under: Rgb, opacity: f64) -> Gradient {
    let mut stops = Vec::with_capacity(gradient.stops.len());
    for pair in gradient.stops.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let steps = if from.opacity == to.opacity { 1 } else { STEPS };
        stops
            .extend((0..steps).map(|step| between(&from, &to, f64::from(step) / f64::from(steps))));
    }
    stops.extend(gradient.stops.last());
    for stop in &mut stops {
        stop.rgb = mix(under, stop.rgb, stop.opacity * opacity);
        stop.opacity = 1.0;
    }
    Gradient { stops, ..gradient.clone() }
}

fn between(from: &Stop, to: &Stop, t: f64) -> Stop {
    Stop {
        offset: from.offset + (to.offset - from.offset) * t,
        rgb: mix(from.rgb, to.rgb, t),
        opacity: from.opacity + (to.opacity - from.opacity) * t,
    }
}

/// `share` of `b` over `a`, in sRGB as browsers blend.
pub(crate) fn mix(a: Rgb, b: Rgb, share: f64) -> Rgb {
    let channel = |i: usize| f64::from(a.0[i]) + (f64::from(b.0[i]) - f64::from(a.0[i])) * share;
    Rgb([0, 1, 2].map(|i| channel(i).round() as u8))
}

#[cfg(test)]
mod tests {
    use kurbo::Rect;

    use super::*;

    #[test]
    fn a_veil_over_a_square_makes_two_colours() {
        let mut artwork = Artwork::new(30.0, 10.0);
        for (x, rgb, opacity) in [(0.0, Rgb([200, 0, 0]), 1.0), (10.0, Rgb::BLACK, 0.5)] {
            let ink = artwork.ink(rgb);
            let geometry = Geometry::Rect(Rect::new(x, 0.0, x + 20.0, 10.0));
            artwork.shapes.push(Shape { geometry, paint: Paint::Ink(ink), opacity });
        }
        let opaque = artwork.opaque();
        let colors: Vec<Rgb> = opaque.inks.iter().map(|ink| ink.rgb).collect();
        assert_eq!(colors, [Rgb([200, 0, 0]), Rgb([128; 3]), Rgb([100, 0, 0])]);
        assert_eq!(opaque.shapes[2].geometry.bounds(), Rect::new(10.0, 0.0, 20.0, 10.0));
        assert!(opaque.shapes.iter().all(|shape| shape.opacity == 1.0));
    }

    #[test]
    fn outlines_in_outlines_hide_what_is_under_them() {
        let mut artwork = Artwork::new(100.0, 100.0);
        let ground = Paint::Ink(artwork.ink(Rgb::WHITE));
        let geometry = Geometry::Rect(Rect::new(0.0, 0.0, 100.0, 100.0));
        artwork.shapes.push(Shape { geometry, paint: ground, opacity: 1.0 });
        let paint = Paint::Ink(artwork.ink(Rgb::BLACK));
        for k in 0..10 {
            let inset = 5.0 + 4.0 * f64::from(k);
            let geometry = Geometry::Rect(Rect::new(inset, inset, 100.0 - inset, 100.0 - inset));
            artwork.shapes.push(Shape { geometry, paint, opacity: 0.1 });
        }
        let opaque = artwork.opaque();
        assert_eq!(opaque.shapes.len(), 11);
        let Paint::Ink(last) = opaque.shapes[10].paint else { panic!("{:?}", opaque.shapes[10]) };
        // Ten times nine tenths of the light, each rounded.
        let expected = 255.0 * libm::pow(0.9, 10.0);
        assert!((f64::from(opaque.inks[last].rgb.0[0]) - expected).abs() < 4.0);
    }
}
