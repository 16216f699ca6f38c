//! Outlines of shapes: primitives stay primitives for as long as they can.

use kurbo::{Affine, BezPath, Circle, Ellipse, PathEl, Rect, RoundedRect, Shape as _, Vec2};

use super::Stroke;
use crate::trace::fit::Fitted;

/// An outline; see the guarantees in [`artwork`](super).
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// Any closed subpaths of lines and curves.
    Path(BezPath),
    /// A circle.
    Circle(Circle),
    /// An ellipse, perhaps rotated.
    Ellipse(Ellipse),
    /// An upright rectangle.
    Rect(Rect),
    /// An upright rectangle with four equal round corners.
    RoundedRect(RoundedRect),
    /// Lines of an even width.
    Stroke(Stroke),
}

/// How far a primitive's Bézier path may be from the true curve, in px.
const TOLERANCE_PX: f64 = 1e-3;

impl From<&Fitted> for Geometry {
    fn from(fitted: &Fitted) -> Self {
        match fitted {
            Fitted::Path(path) => Self::Path(path.clone()),
            Fitted::Circle(circle) => Self::Circle(*circle),
            Fitted::Ellipse(ellipse) => Self::Ellipse(*ellipse),
            Fitted::Rect(rect) => Self::Rect(*rect),
            Fitted::RoundedRect(rect) => Self::RoundedRect(*rect),
        }
    }
}

impl Geometry {
    /// The outline as a Bézier path, within a thousandth of a pixel.
    pub fn path(&self) -> BezPath {
        match self {
            Self::Path(path) => path.clone(),
            Self::Circle(circle) => circle.to_path(TOLERANCE_PX),
            Self::Ellipse(ellipse) => {
                let mut path = ellipse.to_path(TOLERANCE_PX);
                // `kurbo` leaves ellipses open.
                if path.elements().last() != Some(&PathEl::ClosePath) {
                    path.close_path();
                }
                path
            }
            Self::Rect(rect) => rect.to_path(TOLERANCE_PX),
            Self::RoundedRect(rect) => rect.to_path(TOLERANCE_PX),
            Self::Stroke(stroke) => stroke.outline().clone(),
        }
    }

    /// The outline put through `view`, which scales each axis on its own.
    pub(super) fn stretched(&self, view: Affine) -> Self {
        let even = view.as_coeffs()[0] == view.as_coeffs()[3];
        match self {
            Self::Path(path) => Self::Path(view * path),
            Self::Circle(circle) if even => {
                Self::Circle(Circle::new(view * circle.center, circle.radius * view.as_coeffs()[0]))
            }
            Self::Circle(circle) => Self::Ellipse(view * Ellipse::from(*circle)),
            Self::Ellipse(ellipse) => Self::Ellipse(view * *ellipse),
            Self::Rect(rect) => Self::Rect(view.transform_rect_bbox(*rect)),
            Self::RoundedRect(rect) if even => Self::RoundedRect(RoundedRect::from_rect(
                view.transform_rect_bbox(rect.rect()),
                rect.radii().top_left * view.as_coeffs()[0],
            )),
            Self::RoundedRect(rect) => Self::Path(view * rect.to_path(TOLERANCE_PX)),
            Self::Stroke(stroke) if even => Self::Stroke(stroke.placed(view)),
            Self::Stroke(stroke) => Self::Path(view * stroke.outline()),
        }
    }

    /// The smallest upright rectangle around it.
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Path(path) => path.bounding_box(),
            Self::Circle(circle) => circle.bounding_box(),
            Self::Ellipse(ellipse) => ellipse.bounding_box(),
            Self::Rect(rect) => *rect,
            Self::RoundedRect(rect) => rect.rect(),
            Self::Stroke(stroke) => stroke.outline().bounding_box(),
        }
    }

    /// The area that it fills.
    pub fn area(&self) -> f64 {
        match self {
            Self::Path(path) => path.area().abs(),
            Self::Circle(circle) => circle.area(),
            Self::Ellipse(ellipse) => ellipse.area(),
            Self::Rect(rect) => rect.area(),
            Self::RoundedRect(rect) => rect.area(),
            Self::Stroke(stroke) => stroke.outline().area().abs(),
        }
    }

    /// The outline scaled by `scale` and then moved by `offset`.
    #[must_use]
    pub fn placed(&self, scale: f64, offset: Vec2) -> Self {
        let view = Affine::translate(offset) * Affine::scale(scale);
        match self {
            Self::Path(path) => Self::Path(view * path),
            Self::Circle(c) => Self::Circle(Circle::new(view * c.center, c.radius * scale)),
            Self::Ellipse(ellipse) => Self::Ellipse(view * *ellipse),
            Self::Rect(rect) => Self::Rect(rect.scale_from_origin(scale) + offset),
            Self::RoundedRect(rounded) => Self::RoundedRect(RoundedRect::from_rect(
                rounded.rect().scale_from_origin(scale) + offset,
                rounded.radii().top_left * scale,
            )),
            Self::Stroke(stroke) => Self::Stroke(stroke.placed(view)),
        }
    }

    /// Number of path segments, closing lines not counted.
    pub fn segments(&self) -> usize {
        let draws = |el: &PathEl| !matches!(el, PathEl::MoveTo(_) | PathEl::ClosePath);
        match self {
            Self::Path(path) => path.elements().iter().filter(|el| draws(el)).count(),
            Self::Stroke(stroke) => stroke.path.elements().iter().filter(|el| draws(el)).count(),
            other => other.path().elements().iter().filter(|el| draws(el)).count(),
        }
    }
}
