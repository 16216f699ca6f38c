//! The contour along which a cutter cuts: the artwork's outline, at a distance, smoothed.
//!
//! It is a hairline in a spot colour of the name that cutters look for, exactly `CutContour`
//! (Roland, Mimaki, Summa and others), and a layer of that name in DXF.

use kurbo::BezPath;

use crate::artwork::Artwork;
use crate::color::{Cmyk, Rgb};
use crate::error::{Error, Result};
use crate::limits::MAX_CROSSINGS;
use crate::options::{choices, options};
use crate::region;

/// The name that cutters look for.
pub const NAME: &str = "CutContour";
/// How it looks on screen.
pub const RGB: Rgb = Rgb([255, 0, 255]);
/// What it is made of where there are no spot colours.
pub const CMYK: Cmyk = Cmyk([0, 100, 0, 0]);
/// The hairline's width.
pub const WIDTH_MM: f64 = 0.25 / super::page::PT_PER_MM;

choices! {
    /// Whether a file has a cutting contour.
    pub enum CutLine {
        /// No contour.
        None = "none",
        /// The contour over the artwork.
        Over = "over",
        /// The contour alone, without the artwork.
        Alone = "alone",
    }
}

options! {
    /// Options of the cutting contour, in SVG, PDF, AI, EPS and DXF.
    pub struct CutOptions {
        /// Whether the file has one.
        cut_line: CutLine = CutLine::None;
        /// Distance of the contour from the artwork.
        cut_offset_mm: f64 = 2.0, in 0..=50;
        /// Hollows narrower than twice this are closed.
        cut_smooth_mm: f64 = 1.0, in 0..=50;
        /// Keeps holes inside the contour.
        cut_holes: bool = false;
    }
}

/// The contour, in the artwork's pixels.
pub fn contour(artwork: &Artwork, options: &CutOptions, mm_per_px: f64) -> Result<BezPath> {
    let refused =
        || Error::TooComplex { format: "cutting", what: "crossings", limit: MAX_CROSSINGS };
    let outlines: Vec<BezPath> = artwork.shapes.iter().map(|s| s.geometry.path()).collect();
    let outline = region::unite_all(&outlines).ok_or_else(refused)?;
    let (distance, smooth) = (options.cut_offset_mm / mm_per_px, options.cut_smooth_mm / mm_per_px);
    // Out and back in again fills hollows and rounds inner corners.
    let mut contour = region::offset(&outline, distance + smooth).ok_or_else(refused)?;
    contour = region::offset(&contour, -smooth).ok_or_else(refused)?;
    if options.cut_holes { Ok(contour) } else { without_holes(&contour).ok_or_else(refused) }
}

/// The outlines without what they enclose.
fn without_holes(path: &BezPath) -> Option<BezPath> {
    let mut subpaths: Vec<BezPath> = Vec::new();
    let mut subpath = BezPath::new();
    for el in path.elements() {
        subpath.push(*el);
        if *el == kurbo::PathEl::ClosePath {
            // Alone, a hole is as solid as an outline; the outline around it swallows it.
            subpaths.push(std::mem::take(&mut subpath));
        }
    }
    region::unite_all(&subpaths)
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, PathEl, Shape as _};

    use super::*;
    use crate::artwork::{Geometry, Paint, Shape};

    fn ring() -> Artwork {
        let mut artwork = Artwork::new(100.0, 100.0);
        let ink = artwork.ink(Rgb::BLACK);
        let mut path = Circle::new((50.0, 50.0), 40.0).to_path(1e-3);
        path.extend(Circle::new((50.0, 50.0), 30.0).to_path(1e-3).reverse_subpaths());
        let geometry = Geometry::Path(path);
        artwork.shapes.push(Shape { geometry, paint: Paint::Ink(ink), opacity: 1.0 });
        artwork
    }

    fn subpaths(path: &BezPath) -> usize {
        path.elements().iter().filter(|el| matches!(el, PathEl::MoveTo(_))).count()
    }

    #[test]
    fn the_contour_keeps_its_distance() {
        let options = CutOptions { cut_offset_mm: 5.0, ..CutOptions::default() };
        let path = contour(&ring(), &options, 1.0).unwrap();
        assert_eq!(subpaths(&path), 1);
        let bounds = path.bounding_box();
        assert!((bounds.x0 - 5.0).abs() < 0.05 && (bounds.y1 - 95.0).abs() < 0.05, "{bounds:?}");
    }

    #[test]
    fn holes_are_kept_if_asked_for_and_wide_enough() {
        let options = CutOptions { cut_holes: true, cut_offset_mm: 5.0, ..CutOptions::default() };
        assert_eq!(subpaths(&contour(&ring(), &options, 1.0).unwrap()), 2);
        let options = CutOptions { cut_offset_mm: 31.0, ..options };
        assert_eq!(subpaths(&contour(&ring(), &options, 1.0).unwrap()), 1);
    }
}
