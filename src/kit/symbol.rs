//! The symbol of a logo without its lettering, for places where lettering cannot be read.
//!
//! Method: the shapes are gathered into clusters along the logo's long side, wherever a gap goes
//! through all of it. A symbol is a first (or, in a column, upper) cluster that is roughly square,
//! while what follows is wider than it. Logos whose lettering touches the symbol get no proposal.

use kurbo::Rect;

use crate::artwork::Artwork;
use crate::order;

/// A logo this many times as wide as high is asked for a symbol at its left.
const WIDE: f64 = 1.8;

/// A symbol is at most this many times as wide as high, or as high as wide.
const SQUARE: f64 = 1.5;

/// The gap beside a symbol is at least this share of the logo's short side.
const GAP: f64 = 0.08;

/// Indices of the shapes that make up the symbol, if there seems to be one.
pub fn find(artwork: &Artwork) -> Option<Vec<usize>> {
    let bounds: Vec<Rect> = artwork.shapes.iter().map(|shape| shape.geometry.bounds()).collect();
    let wide = artwork.width > artwork.height * WIDE;
    let along = |rect: &Rect| if wide { (rect.x0, rect.x1) } else { (rect.y0, rect.y1) };
    let across = if wide { artwork.height } else { artwork.width };
    let mut order: Vec<usize> = (0..bounds.len()).collect();
    order::by_key(&mut order, |i| order::float(along(&bounds[*i]).0));
    let mut symbol: Vec<usize> = Vec::new();
    let mut reach: Option<Rect> = None;
    for index in order {
        match reach {
            Some(rect) if along(&bounds[index]).0 - along(&rect).1 > across * GAP => break,
            _ => reach = Some(reach.map_or(bounds[index], |rect| rect.union(bounds[index]))),
        }
        symbol.push(index);
    }
    let reach = reach?;
    let ratio = reach.width() / reach.height();
    let lettering = symbol.len() < bounds.len();
    let square = (1.0 / SQUARE..=SQUARE).contains(&ratio);
    // In a row the symbol is about as high as the logo; in a column it is higher than the letters.
    let large = if wide {
        reach.height() > artwork.height * 0.75
    } else {
        reach.height() > artwork.height * 0.5
    };
    (lettering && square && large).then(|| {
        symbol.sort_unstable();
        symbol
    })
}
