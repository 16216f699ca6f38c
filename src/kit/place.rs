//! Parts of drawings, and drawings in other colours.

use super::contrast::{is_visible, opposite};
use crate::artwork::{Artwork, Paint, Shape};
use crate::color::Rgb;

/// A drawing of the same size with some shapes of `artwork`, and the paints that they use.
pub fn only(artwork: &Artwork, shapes: &[usize]) -> Artwork {
    let mut kept = Artwork::new(artwork.width, artwork.height);
    let mut gradients: Vec<usize> = Vec::new();
    for shape in shapes.iter().map(|index| &artwork.shapes[*index]) {
        let paint = match shape.paint {
            Paint::Ink(ink) => Paint::Ink(kept.ink(artwork.inks[ink].rgb)),
            Paint::Gradient(index) => {
                let known = gradients.iter().position(|known| *known == index);
                Paint::Gradient(known.unwrap_or_else(|| {
                    gradients.push(index);
                    kept.gradients.push(artwork.gradients[index].clone());
                    gradients.len() - 1
                }))
            }
        };
        kept.shapes.push(Shape { paint, ..shape.clone() });
    }
    kept
}

/// The drawing with every colour, in inks and gradients, put through `change`.
pub fn recolored(artwork: &Artwork, change: impl Fn(Rgb) -> Rgb) -> Artwork {
    let mut out = Artwork { shapes: Vec::new(), inks: Vec::new(), ..artwork.clone() };
    for stop in out.gradients.iter_mut().flat_map(|gradient| &mut gradient.stops) {
        stop.rgb = change(stop.rgb);
    }
    for shape in &artwork.shapes {
        let paint = match shape.paint {
            Paint::Ink(ink) => Paint::Ink(out.ink(change(artwork.inks[ink].rgb))),
            gradient @ Paint::Gradient(_) => gradient,
        };
        out.shapes.push(Shape { paint, ..shape.clone() });
    }
    out
}

/// The drawing for a ground that some of its colours are lost on: those become white or black,
/// whichever reads, and what already had that colour takes the ground's instead, so that white
/// lettering on a black plate becomes dark lettering on a white plate.
pub fn reversed(artwork: &Artwork, ground: Rgb) -> Artwork {
    let other = opposite(ground);
    recolored(artwork, |rgb| {
        if !is_visible(rgb, ground) {
            other
        } else if !is_visible(rgb, other) && is_neutral(rgb) {
            ground
        } else {
            rgb
        }
    })
}

/// Whether it is a grey, black or white: vivid colours keep theirs.
fn is_neutral(rgb: Rgb) -> bool {
    let (low, high) = (rgb.0.iter().min(), rgb.0.iter().max());
    high.zip(low).is_none_or(|(high, low)| high - low < 32)
}
