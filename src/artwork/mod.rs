//! The one vector document: every importer and tracer makes it, every exporter reads it.
//!
//! Guarantees, for whoever reads an [`Artwork`]:
//! * coordinates are in pixels of the source, x to the right and y down, inside or near
//!   `0..=width` × `0..=height`; all are finite;
//! * `shapes` are in painting order, the first at the bottom; each is filled: a [`Stroke`] has an
//!   outline for that;
//! * every outline consists of closed subpaths and fills the same with the nonzero and with the
//!   even-odd rule;
//! * every index in a [`Paint`] is valid, and every ink and gradient is used by some shape;
//! * no clips, groups, transforms, text or bitmaps are left: all of that has become geometry.

mod bands;
mod build;
mod completion;
mod draw;
mod geometry;
mod gradient;
mod inks;
mod onecolor;
mod onward;
mod opaque;
mod stack;
mod stroke;
mod underlap;

pub(crate) use build::{Layers, build};
pub(crate) use completion::Measured;
pub use geometry::Geometry;
pub use gradient::{Gradient, GradientKind, Spread, Stop};
pub use inks::{InkEdit, InkEdits};
pub use onecolor::{Detail, Version, VersionOptions, version};
pub use stroke::{Pen, Stroke};

use kurbo::{Affine, Rect, Vec2};

use crate::color::Rgb;

/// A drawing: shapes filled with inks or gradients.
///
/// ```
/// use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
///
/// let mut artwork = Artwork::new(40.0, 40.0);
/// let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// assert_eq!(artwork.scaled(2.0).width, 80.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Artwork {
    /// Width, in px.
    pub width: f64,
    /// Height, in px.
    pub height: f64,
    /// The flat colours, each once.
    pub inks: Vec<Ink>,
    /// The gradients that paints refer to.
    pub gradients: Vec<Gradient>,
    /// What is painted, from the bottom up.
    pub shapes: Vec<Shape>,
}

/// A flat colour with a name, as a printer would mix it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ink {
    /// Its name, unique within the artwork; the hex colour until somebody names it.
    pub name: String,
    /// Its colour on screen.
    pub rgb: Rgb,
}

impl Ink {
    /// Its name, if somebody gave it one.
    pub fn own_name(&self) -> Option<&str> {
        Some(self.name.as_str()).filter(|name| *name != self.rgb.to_string())
    }
}

/// What a shape is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paint {
    /// An index into [`Artwork::inks`].
    Ink(usize),
    /// An index into [`Artwork::gradients`].
    Gradient(usize),
}

/// One filled shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its outline.
    pub geometry: Geometry,
    /// Its fill.
    pub paint: Paint,
    /// How opaque the fill is, above 0 and at most 1; on top of any alpha in a gradient's stops.
    pub opacity: f64,
}

impl Artwork {
    /// An empty drawing of the given size.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// The index of the ink of this colour, added if it is new.
    pub fn ink(&mut self, rgb: Rgb) -> usize {
        if let Some(index) = self.inks.iter().position(|ink| ink.rgb == rgb) {
            return index;
        }
        self.inks.push(Ink { name: rgb.to_string(), rgb });
        self.inks.len() - 1
    }

    /// Forgets inks and gradients that no shape uses.
    pub(crate) fn tidy(&mut self) {
        let used = |paint| self.shapes.iter().any(|shape| shape.paint == paint);
        let inks: Vec<bool> = (0..self.inks.len()).map(|i| used(Paint::Ink(i))).collect();
        let gradients: Vec<bool> =
            (0..self.gradients.len()).map(|i| used(Paint::Gradient(i))).collect();
        let place = |kept: &[bool], index: usize| kept[..index].iter().filter(|k| **k).count();
        for shape in &mut self.shapes {
            shape.paint = match shape.paint {
                Paint::Ink(index) => Paint::Ink(place(&inks, index)),
                Paint::Gradient(index) => Paint::Gradient(place(&gradients, index)),
            };
        }
        let mut kept = inks.into_iter();
        self.inks.retain(|_| kept.next().unwrap_or_default());
        let mut kept = gradients.into_iter();
        self.gradients.retain(|_| kept.next().unwrap_or_default());
    }

    /// The drawing at another size.
    #[must_use]
    pub fn scaled(mut self, scale: f64) -> Self {
        (self.width, self.height) = (self.width * scale, self.height * scale);
        for gradient in &mut self.gradients {
            gradient.transform = Affine::scale(scale) * gradient.transform;
        }
        for shape in &mut self.shapes {
            shape.geometry = shape.geometry.placed(scale, Vec2::ZERO);
        }
        self
    }

    /// The same drawing stretched to another size.
    #[must_use]
    pub fn stretched(mut self, width: f64, height: f64) -> Self {
        let view = Affine::scale_non_uniform(width / self.width, height / self.height);
        for gradient in &mut self.gradients {
            gradient.transform = view * gradient.transform;
        }
        for shape in &mut self.shapes {
            shape.geometry = shape.geometry.stretched(view);
        }
        Self { width, height, ..self }
    }

    /// The drawing within `frame`, which becomes its canvas; nothing is cut.
    #[must_use]
    pub fn framed(mut self, frame: Rect) -> Self {
        let offset = -frame.origin().to_vec2();
        for gradient in &mut self.gradients {
            gradient.transform = Affine::translate(offset) * gradient.transform;
        }
        for shape in &mut self.shapes {
            shape.geometry = shape.geometry.placed(1.0, offset);
        }
        Self { width: frame.width(), height: frame.height(), ..self }
    }

    /// The box around all shapes of this paint.
    pub fn painted_area(&self, paint: Paint) -> Rect {
        let mut bounds =
            self.shapes.iter().filter(|s| s.paint == paint).map(|s| s.geometry.bounds());
        let first = bounds.next().unwrap_or_default();
        bounds.fold(first, |all, bounds| all.union(bounds))
    }

    /// The ink's colour, or the mean of the gradient's.
    pub fn mean_color(&self, paint: Paint) -> Rgb {
        match paint {
            Paint::Ink(index) => self.inks[index].rgb,
            Paint::Gradient(index) => self.gradients[index].mean_color(),
        }
    }

    /// Number of path segments over all shapes, closing lines not counted.
    pub fn segments(&self) -> usize {
        self.shapes.iter().map(|shape| shape.geometry.segments()).sum()
    }
}
