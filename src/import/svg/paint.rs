//! Paints from `usvg`'s types to the artwork's.

use kurbo::{Affine, Point, Rect, Shape as _};
use usvg::SpreadMethod;

use super::outline::{affine, bez_path};
use crate::artwork::{self, Artwork, Gradient, GradientKind, Spread, Stop};
use crate::color::Rgb;

/// A fill that has no index in the artwork yet.
#[derive(Clone, PartialEq)]
pub(super) enum Paint {
    Flat(Rgb),
    Gradient(Gradient),
}

impl Paint {
    /// Whether no part of it is transparent.
    pub fn is_opaque(&self) -> bool {
        match self {
            Self::Flat(_) => true,
            Self::Gradient(gradient) => gradient.stops.iter().all(|stop| stop.opacity == 1.0),
        }
    }

    /// Its colour, if it has only one.
    pub fn flat(&self) -> Option<Rgb> {
        match self {
            Self::Flat(rgb) => Some(*rgb),
            Self::Gradient(_) => None,
        }
    }

    /// Its index in `artwork`, where it is added if it is new.
    pub fn place(self, artwork: &mut Artwork) -> artwork::Paint {
        match self {
            Self::Flat(rgb) => artwork::Paint::Ink(artwork.ink(rgb)),
            Self::Gradient(gradient) => {
                let known = artwork.gradients.iter().position(|other| *other == gradient);
                artwork::Paint::Gradient(known.unwrap_or_else(|| {
                    artwork.gradients.push(gradient);
                    artwork.gradients.len() - 1
                }))
            }
        }
    }
}

/// Converts the paint of what lies in `area`; `None` for a pattern.
pub(super) fn paint(paint: &usvg::Paint, area: Rect, transform: Affine) -> Option<Paint> {
    let number = f64::from;
    let point = |x: f32, y: f32| Point::new(number(x), number(y));
    let (kind, base): (_, &usvg::BaseGradient) = match paint {
        usvg::Paint::Color(color) => return Some(Paint::Flat(rgb(*color))),
        usvg::Paint::Pattern(pattern) => return shading(pattern, area, transform),
        usvg::Paint::LinearGradient(linear) => {
            let (start, end) = (point(linear.x1(), linear.y1()), point(linear.x2(), linear.y2()));
            (GradientKind::Linear { start, end }, linear)
        }
        usvg::Paint::RadialGradient(radial) => {
            let kind = GradientKind::Radial {
                center: point(radial.cx(), radial.cy()),
                radius: number(radial.r().get()),
                focus: point(radial.fx(), radial.fy()),
                focus_radius: number(radial.fr().get()),
            };
            (kind, radial)
        }
    };
    let stop = |stop: &usvg::Stop| Stop {
        offset: number(stop.offset().get()),
        rgb: rgb(stop.color()),
        opacity: number(stop.opacity().get()),
    };
    Some(Paint::Gradient(Gradient {
        kind,
        transform: transform * affine(base.transform()),
        stops: base.stops().iter().map(stop).collect(),
        spread: match base.spread_method() {
            SpreadMethod::Pad => Spread::Pad,
            SpreadMethod::Reflect => Spread::Reflect,
            SpreadMethod::Repeat => Spread::Repeat,
        },
    }))
}

/// The gradient that a pattern amounts to if one of its tiles, which nothing but the gradient
/// fills, reaches over all of `area`. Shadings of a PDF come so.
fn shading(pattern: &usvg::Pattern, area: Rect, transform: Affine) -> Option<Paint> {
    let usvg::Node::Path(tile) = super::only_node(pattern.root())? else { return None };
    let fill = tile.fill().filter(|fill| fill.opacity() == usvg::Opacity::ONE)?;
    let bounds = rect(tile.abs_bounding_box());
    let outline = affine(tile.abs_transform()) * bez_path(tile.data());
    let filled = outline.area().abs() >= bounds.area() * 0.999_999;
    let whole = bounds.intersect(rect(pattern.rect().to_rect()));
    let onto = affine(pattern.transform());
    // Bounds are of single precision.
    let slack = area.width().max(area.height()) * 1e-4;
    let area = (onto.inverse().transform_rect_bbox(area.inflate(-slack, -slack))).abs();
    let is_pattern = matches!(fill.paint(), usvg::Paint::Pattern(_));
    if tile.stroke().is_some() || is_pattern || !filled || whole.union(area) != whole {
        return None;
    }
    paint(fill.paint(), area, transform * onto * affine(tile.abs_transform()))
}

fn rect(rect: usvg::Rect) -> Rect {
    let [x0, y0, x1, y1] = [rect.left(), rect.top(), rect.right(), rect.bottom()].map(f64::from);
    Rect::new(x0, y0, x1, y1)
}

fn rgb(color: usvg::Color) -> Rgb {
    Rgb([color.red, color.green, color.blue])
}
