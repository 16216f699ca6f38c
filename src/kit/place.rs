//! Parts of drawings, and drawings in other colours.

use super::contrast::{is_visible, opposite};
use crate::artwork::{Artwork, Ink, Paint, Shape};
use crate::color::Rgb;
use crate::export;
use crate::raster::Raster;

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
/// whichever reads, and what already had that colour and lies inside them takes the ground's instead,
/// so that white lettering on a black plate becomes dark lettering on a white plate. What lies inside
/// other colours stays as it is. `sample` is a small picture of the drawing.
pub fn reversed(artwork: &Artwork, sample: &Raster, ground: Rgb) -> Artwork {
    let other = opposite(ground);
    let is_faint = |rgb: Rgb| !is_visible(rgb, ground);
    let changed = |ink: &&Ink| is_faint(ink.rgb) && export::meets_ground(sample, ink.rgb, None);
    let changed: Vec<Rgb> = artwork.inks.iter().filter(changed).map(|ink| ink.rgb).collect();
    // What is no ink is of a gradient, or a mixture at an edge.
    let is_ink = |rgb| artwork.inks.iter().any(|ink| ink.rgb == rgb);
    let beside = |beside: Option<Rgb>| match beside {
        Some(rgb) => is_ink(rgb).then(|| changed.contains(&rgb)),
        None => Some(false),
    };
    let is_hidden = |ink: &&Ink| {
        let alike = !is_visible(ink.rgb, other) && is_neutral(ink.rgb);
        let share = alike.then(|| export::edge_share(sample, ink.rgb, &beside)).flatten();
        share.is_some_and(|share| share > 0.5)
    };
    let hidden: Vec<Rgb> = artwork.inks.iter().filter(is_hidden).map(|ink| ink.rgb).collect();
    recolored(artwork, |rgb| match rgb {
        rgb if changed.contains(&rgb) || (is_faint(rgb) && !is_ink(rgb)) => other,
        rgb if hidden.contains(&rgb) => ground,
        rgb => rgb,
    })
}

/// Whether it is a grey, black or white: vivid colours keep theirs.
fn is_neutral(rgb: Rgb) -> bool {
    let (low, high) = (rgb.0.iter().min(), rgb.0.iter().max());
    high.zip(low).is_none_or(|(high, low)| high - low < 32)
}
