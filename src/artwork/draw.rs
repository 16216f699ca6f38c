//! Drawings laid into drawings.

use kurbo::{Affine, Vec2};

use super::{Artwork, Paint, Shape};

impl Artwork {
    /// Adds `drawing`, scaled by `scale` and then moved by `offset`, on top.
    pub fn draw(&mut self, drawing: &Artwork, offset: Vec2, scale: f64) {
        let view = Affine::translate(offset) * Affine::scale(scale);
        let first_gradient = self.gradients.len();
        self.gradients.extend(drawing.gradients.iter().cloned().map(|mut gradient| {
            gradient.transform = view * gradient.transform;
            gradient
        }));
        for shape in &drawing.shapes {
            let paint = match shape.paint {
                Paint::Ink(ink) => Paint::Ink(self.ink(drawing.inks[ink].rgb)),
                Paint::Gradient(index) => Paint::Gradient(first_gradient + index),
            };
            let geometry = shape.geometry.placed(scale, offset);
            self.shapes.push(Shape { geometry, paint, opacity: shape.opacity });
        }
    }
}
