//! Edits to an artwork's inks: other colours, merges, and inks that go.
//!
//! They are applied to the shapes, so every exporter follows them. Gradients keep their colours.

use kurbo::{BezPath, Rect, Shape as _};
use serde::{Deserialize, Serialize};

use super::{Artwork, Geometry, Paint, Shape};
use crate::color::Rgb;
use crate::error::{Error, Result};
use crate::limits::MAX_CROSSINGS;
use crate::options::{Kind, Value};
use crate::region;

/// What becomes of an ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InkEdit {
    /// Which ink, by the colour it has without edits.
    pub ink: Rgb,
    /// Its colour from now on; another ink's merges the two. `None`: it goes, and where it was
    /// nothing is painted.
    pub becomes: Option<Rgb>,
}

/// Edits of some inks, in text `#e4002b=#d0021b; #ffffff=none`. Each reads the inks as they are
/// without edits, so their order does not matter; inks that there are not are passed over.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{artwork::InkEdits, options::Value as _};
///
/// let edits = InkEdits::parse("#c8102e=#00843d").map_err(|expected| logopress::Error::Option {
///     name: "edits".into(), value: String::new(), expected,
/// })?;
/// assert_eq!(edits.apply(&artwork)?.inks[0].rgb.to_string(), "#00843d");
/// # Ok::<(), logopress::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InkEdits(pub Vec<InkEdit>);

/// Overlaps smaller than this, in px², are where outlines only touch.
const TOUCH_PX2: f64 = 1e-2;
const GONE: &str = "none";

impl InkEdits {
    /// The artwork with its inks edited.
    pub fn apply(&self, artwork: &Artwork) -> Result<Artwork> {
        let becomes = |rgb: Rgb| match self.0.iter().rev().find(|edit| edit.ink == rgb) {
            Some(edit) => edit.becomes,
            None => Some(rgb),
        };
        let mut out = Artwork::new(artwork.width, artwork.height);
        out.gradients.clone_from(&artwork.gradients);
        let mut places = Vec::with_capacity(artwork.inks.len());
        for ink in &artwork.inks {
            let merged = out.inks.len();
            let place = becomes(ink.rgb).map(|rgb| out.ink(rgb));
            // A name that came with the file stays with its ink.
            if place == Some(merged) && becomes(ink.rgb) == Some(ink.rgb) {
                out.inks[merged].name.clone_from(&ink.name);
            }
            places.push(place);
        }
        for shape in &artwork.shapes {
            let paint = match shape.paint {
                Paint::Ink(index) => places[index].map(Paint::Ink),
                gradient @ Paint::Gradient(_) => Some(gradient),
            };
            match paint {
                Some(paint) => out.shapes.push(Shape { paint, ..shape.clone() }),
                None => cut_below(&mut out.shapes, &shape.geometry).ok_or_else(refused)?,
            }
        }
        let merges = |ink: usize| places.iter().filter(|place| **place == Some(ink)).count() > 1;
        join(&mut out.shapes, merges).ok_or_else(refused)?;
        out.tidy();
        Ok(out)
    }
}

/// Takes `hole` out of all shapes painted so far.
fn cut_below(shapes: &mut Vec<Shape>, hole: &Geometry) -> Option<()> {
    let (bounds, hole) = (hole.bounds(), hole.path());
    for shape in &mut *shapes {
        if !region::overlap(shape.geometry.bounds(), bounds) {
            continue;
        }
        let outline = shape.geometry.path();
        if overlaps(&outline, &hole)? {
            shape.geometry = Geometry::Path(region::subtract(&outline, &hole)?);
        }
    }
    shapes.retain(|shape| shape.geometry.area() > TOUCH_PX2);
    Some(())
}

/// Joins opaque shapes of inks that were merged, or a seam would show between them. A shape joins
/// one below it only if nothing between them covers either.
fn join(shapes: &mut Vec<Shape>, merges: impl Fn(usize) -> bool) -> Option<()> {
    let mut bounds: Vec<Rect> = shapes.iter().map(|shape| shape.geometry.bounds()).collect();
    let mut at = 0;
    while at < shapes.len() {
        let shape = &shapes[at];
        let merged = matches!(shape.paint, Paint::Ink(ink) if merges(ink)) && shape.opacity == 1.0;
        let mut joined = None;
        if merged {
            let outline = shape.geometry.path();
            for below in (0..at).rev() {
                let other = &shapes[below];
                if other.paint == shape.paint && other.opacity == 1.0 {
                    joined = Some((below, region::unite(&other.geometry.path(), &outline)?));
                    break;
                }
                if region::overlap(bounds[below], bounds[at])
                    && overlaps(&other.geometry.path(), &outline)?
                {
                    break;
                }
            }
        }
        match joined {
            Some((below, outline)) => {
                shapes[below].geometry = Geometry::Path(outline);
                let moved = bounds.remove(at);
                bounds[below] = bounds[below].union(moved);
                shapes.remove(at);
            }
            None => at += 1,
        }
    }
    Some(())
}

/// Whether two outlines share more than a border.
fn overlaps(a: &BezPath, b: &BezPath) -> Option<bool> {
    Some(region::intersect(a, b)?.area().abs() > TOUCH_PX2)
}

fn refused() -> Error {
    Error::TooComplex { format: "edited", what: "crossings", limit: MAX_CROSSINGS }
}

impl Value for InkEdits {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Text
    }

    fn parse(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "edits such as #e4002b=#d0021b; #ffffff=none";
        let entries = text.split(';').map(str::trim).filter(|entry| !entry.is_empty());
        let edits = entries.map(|entry| {
            let (ink, becomes) = entry.split_once('=')?;
            let becomes = match becomes.trim() {
                GONE => None,
                color => Some(color.parse().ok()?),
            };
            Some(InkEdit { ink: ink.parse().ok()?, becomes })
        });
        edits.collect::<Option<_>>().map(Self).ok_or_else(|| EXPECTED.into())
    }

    fn show(&self) -> String {
        let entries = self.0.iter().map(|edit| {
            let becomes = edit.becomes.map_or(GONE.into(), |rgb| rgb.to_string());
            format!("{}={becomes}", edit.ink)
        });
        entries.collect::<Vec<_>>().join("; ")
    }
}

impl TryFrom<String> for InkEdits {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<InkEdits> for String {
    fn from(edits: InkEdits) -> Self {
        edits.show()
    }
}

#[cfg(test)]
mod tests {
    use kurbo::Circle;

    use super::*;

    const RED: Rgb = Rgb([200, 20, 30]);
    const BLUE: Rgb = Rgb([0, 40, 120]);

    /// A white disc on a red field beside a blue one.
    fn flag() -> Artwork {
        let mut artwork = Artwork::new(100.0, 50.0);
        for (rgb, geometry) in [
            (RED, Geometry::Rect(Rect::new(0.0, 0.0, 50.0, 50.0))),
            (BLUE, Geometry::Rect(Rect::new(50.0, 0.0, 100.0, 50.0))),
            (Rgb::WHITE, Geometry::Circle(Circle::new((25.0, 25.0), 10.0))),
        ] {
            let paint = Paint::Ink(artwork.ink(rgb));
            artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
        }
        artwork
    }

    fn edited(text: &str) -> Artwork {
        InkEdits::parse(text).expect("edits").apply(&flag()).expect("an artwork")
    }

    #[test]
    fn text_round_trips() {
        let edits = InkEdits::parse("#c8141e=#fa0;#ffffff = none").expect("edits");
        assert_eq!(edits.show(), "#c8141e=#ffaa00; #ffffff=none");
        assert!(InkEdits::parse("red=blue").is_err());
    }

    #[test]
    fn another_colour_changes_nothing_else() {
        let out = edited("#c8141e=#ffaa00");
        assert_eq!(out.inks[0].rgb, Rgb([255, 170, 0]));
        assert_eq!(out.shapes, flag().shapes);
    }

    #[test]
    fn merged_neighbours_are_one_shape() {
        let out = edited("#002878=#c8141e");
        assert_eq!(out.inks.len(), 2);
        assert_eq!(out.shapes.len(), 2);
        assert!((out.shapes[0].geometry.area() - 5000.0).abs() < 1e-6);
    }

    #[test]
    fn what_lies_between_keeps_two_shapes_apart() {
        // The disc takes the field's colour back where the field was covered.
        let mut artwork = flag();
        let green = Paint::Ink(artwork.ink(Rgb([0, 128, 0])));
        let geometry = Geometry::Rect(Rect::new(10.0, 10.0, 40.0, 40.0));
        artwork.shapes.insert(2, Shape { geometry, paint: green, opacity: 1.0 });
        let out = InkEdits::parse("#ffffff=#c8141e").expect("edits").apply(&artwork).expect("art");
        assert_eq!(out.shapes.len(), 4);
    }

    #[test]
    fn what_goes_leaves_a_hole() {
        let out = edited("#ffffff=none");
        assert_eq!(out.inks.len(), 2);
        let disc = std::f64::consts::PI * 100.0;
        assert!((out.shapes[0].geometry.area() - (2500.0 - disc)).abs() < 0.1);
        assert_eq!(out.shapes[1], flag().shapes[1]);
    }
}
