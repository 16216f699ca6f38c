//! One-colour versions that keep their inner detail: black, white on dark, grey, or a brand's colour.
//!
//! Light inks are paper and stay open; the others become tints of the one colour by their lightness,
//! or are all solid, parted by a hairline where two of them meet. The darker keeps its outline: the
//! trade traps light under dark.
//!
//! Limits: a gradient counts as the mean of its colours, opacity as if on white.

use kurbo::BezPath;

use super::{Artwork, Geometry, Paint, Shape, opaque::mix};
use crate::color::{Oklab, Rgb};
use crate::error::{Error, Result};
use crate::limits::MAX_CROSSINGS;
use crate::options::{choices, options};
use crate::order;
use crate::region;

choices! {
    /// Which version of the logo.
    pub enum Version {
        /// All colours.
        Full = "full",
        /// Black, for light grounds.
        Black = "black",
        /// White, for dark grounds.
        White = "white",
        /// Greys as light as the colours.
        Grey = "grey",
        /// The colour that `version_color` names.
        Brand = "brand",
    }
}

choices! {
    /// How inks stay apart in one colour.
    pub enum Detail {
        /// A hairline of ground between neighbours, all solid.
        Gap = "gap",
        /// Tints of the colour, by lightness.
        Tints = "tints",
    }
}

options! {
    /// Options of one-colour versions.
    pub struct VersionOptions {
        /// Which version of the logo.
        version: Version = Version::Full;
        /// The colour of the version `brand`.
        version_color: Rgb = Rgb::BLACK;
        /// How inks stay apart in one colour.
        version_detail: Detail = Detail::Gap;
        /// Width of the hairline, in percent of the logo's longer side.
        version_gap_percent: f64 = 0.8, in 0..=5;
    }
}

/// Inks at least this light in `OKLab` are paper, unless all are.
const PAPER_LIGHTNESS: f64 = 0.93;

/// The faintest tint.
const LEAST_TINT: f64 = 0.25;

/// Slivers up to twice this wide, in shares of the longer side, are where shapes fail to meet.
const SLIVER: f64 = 5e-4;

/// The version of `artwork` that the options name.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::artwork::{Version, VersionOptions, version};
///
/// let options = VersionOptions { version: Version::White, ..VersionOptions::default() };
/// assert_eq!(version(&artwork, &options)?.inks[0].rgb, Rgb::WHITE);
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn version(artwork: &Artwork, options: &VersionOptions) -> Result<Artwork> {
    let color = match options.version {
        Version::Full => return Ok(artwork.clone()),
        Version::Grey => return Ok(grey(artwork)),
        Version::Black => Rgb::BLACK,
        Version::White => Rgb::WHITE,
        Version::Brand => options.version_color,
    };
    let outlines = match options.version_detail {
        Detail::Gap => parted(artwork, color, options.version_gap_percent / 100.0),
        Detail::Tints => tinted(artwork, color),
    };
    let mut out = Artwork::new(artwork.width, artwork.height);
    for (rgb, outline) in outlines.ok_or_else(refused)? {
        if !outline.is_empty() {
            let paint = Paint::Ink(out.ink(rgb));
            out.shapes.push(Shape { geometry: Geometry::Path(outline), paint, opacity: 1.0 });
        }
    }
    Ok(out)
}

fn refused() -> Error {
    Error::TooComplex { format: "one-colour", what: "crossings", limit: MAX_CROSSINGS }
}

/// A shape's colour as seen on white, and whether that is paper.
struct Seen {
    rgb: Rgb,
    lightness: f64,
    is_paper: bool,
}

/// What is seen of each shape.
fn seen(artwork: &Artwork) -> Vec<Seen> {
    let colors = artwork.shapes.iter().map(|shape| {
        let rgb = mix(Rgb::WHITE, artwork.mean_color(shape.paint), shape.opacity);
        let lightness = Oklab::from(rgb).l;
        Seen { rgb, lightness, is_paper: lightness >= PAPER_LIGHTNESS }
    });
    let mut colors: Vec<Seen> = colors.collect();
    if colors.iter().all(|color| color.is_paper) {
        for color in &mut colors {
            color.is_paper = false;
        }
    }
    colors
}

/// All shapes solid, parted by a gap where two colours meet; the darker keeps its outline.
fn parted(artwork: &Artwork, color: Rgb, gap: f64) -> Option<Vec<(Rgb, BezPath)>> {
    let longer = artwork.width.max(artwork.height);
    let mut out = Vec::new();
    let mut darker = BezPath::new();
    for region in regions(artwork)? {
        let whole = without_slivers(&region, SLIVER * longer)?;
        let around = region::offset(&darker, gap * longer)?;
        out.push((color, region::subtract(&whole, &around)?));
        darker = region::unite(&darker, &whole)?;
    }
    Some(out)
}

/// What is seen of each colour but paper, the darkest first.
fn regions(artwork: &Artwork) -> Option<Vec<BezPath>> {
    let mut regions: Vec<(Seen, BezPath)> = Vec::new();
    let mut above = BezPath::new();
    for (shape, color) in artwork.shapes.iter().zip(seen(artwork)).rev() {
        let outline = shape.geometry.path();
        let visible = region::subtract(&outline, &above)?;
        above = region::unite(&above, &outline)?;
        match regions.iter_mut().find(|(known, _)| known.rgb == color.rgb) {
            Some((_, known)) => *known = region::unite(known, &visible)?,
            None => regions.push((color, visible)),
        }
    }
    regions.retain(|(color, _)| !color.is_paper);
    order::by_key(&mut regions, |region| order::float(region.0.lightness));
    Some(regions.into_iter().map(|(_, outline)| outline).collect())
}

/// The parts of an outline that are wider than twice `half_width`, corners and all.
fn without_slivers(outline: &BezPath, half_width: f64) -> Option<BezPath> {
    let core = region::offset(outline, -half_width)?;
    region::intersect(outline, &region::offset(&core, 2.0 * half_width)?)
}

/// All shapes in tints of the colour by their lightness, open where paper lies over them.
fn tinted(artwork: &Artwork, color: Rgb) -> Option<Vec<(Rgb, BezPath)>> {
    // Tints are mixed with the ground that the version is made for.
    let ground = if color == Rgb::WHITE { Rgb::BLACK } else { Rgb::WHITE };
    let colors = seen(artwork);
    let painted = || colors.iter().filter(|color| !color.is_paper).map(|color| color.lightness);
    let (darkest, lightest) = (painted().fold(1.0, f64::min), painted().fold(0.0, f64::max));
    let range = (lightest - darkest).max(f64::MIN_POSITIVE);
    // Close lightnesses give close tints: a range of half black to white uses half the tints.
    let depth = range.min(1.0 - LEAST_TINT);
    let mut out = Vec::new();
    let mut paper_above = BezPath::new();
    for (shape, seen) in artwork.shapes.iter().zip(&colors).rev() {
        let outline = shape.geometry.path();
        if seen.is_paper {
            paper_above = region::unite(&paper_above, &outline)?;
        } else {
            let tint = 1.0 - (seen.lightness - darkest) / range * depth;
            let open = region::subtract(&outline, &paper_above)?;
            let longer = artwork.width.max(artwork.height);
            let whole =
                if open == outline { open } else { without_slivers(&open, SLIVER * longer)? };
            out.push((mix(ground, color, tint), whole));
        }
    }
    out.reverse();
    Some(out)
}

/// Every colour as the grey of its lightness.
fn grey(artwork: &Artwork) -> Artwork {
    let grey = |rgb: Rgb| Rgb::from(Oklab { a: 0.0, b: 0.0, ..Oklab::from(rgb) });
    let mut out = Artwork::new(artwork.width, artwork.height);
    out.gradients.clone_from(&artwork.gradients);
    for stop in out.gradients.iter_mut().flat_map(|gradient| &mut gradient.stops) {
        stop.rgb = grey(stop.rgb);
    }
    for shape in &artwork.shapes {
        let paint = match shape.paint {
            Paint::Ink(index) => Paint::Ink(out.ink(grey(artwork.inks[index].rgb))),
            gradient @ Paint::Gradient(_) => gradient,
        };
        out.shapes.push(Shape { paint, ..shape.clone() });
    }
    out
}

#[cfg(test)]
mod tests {
    use kurbo::{Rect, Shape as _};

    use super::*;

    /// A white word on a red field beside a blue one.
    fn flag() -> Artwork {
        let mut artwork = Artwork::new(100.0, 50.0);
        for (rgb, rect) in [
            (Rgb([200, 20, 30]), Rect::new(0.0, 0.0, 50.0, 50.0)),
            (Rgb([0, 40, 120]), Rect::new(50.0, 0.0, 100.0, 50.0)),
            (Rgb::WHITE, Rect::new(10.0, 20.0, 90.0, 30.0)),
        ] {
            let paint = Paint::Ink(artwork.ink(rgb));
            artwork.shapes.push(Shape { geometry: Geometry::Rect(rect), paint, opacity: 1.0 });
        }
        artwork
    }

    fn area(artwork: &Artwork) -> f64 {
        artwork.shapes.iter().map(|shape| shape.geometry.area()).sum()
    }

    #[test]
    fn white_stays_open_and_neighbours_are_parted() {
        let options = VersionOptions {
            version: Version::Black,
            version_gap_percent: 1.0,
            ..VersionOptions::default()
        };
        let black = version(&flag(), &options).unwrap();
        assert_eq!((black.inks.len(), black.inks[0].rgb), (1, Rgb::BLACK));
        // The field, the word left open, and a hairline of 1 px along the 40 px where they meet.
        assert!((area(&black) - (5000.0 - 800.0 - 40.0)).abs() < 1.0, "{}", area(&black));
    }

    #[test]
    fn tints_keep_the_order_of_lightness() {
        let options = VersionOptions {
            version: Version::Brand,
            version_color: Rgb([0, 100, 50]),
            version_detail: Detail::Tints,
            ..VersionOptions::default()
        };
        let tinted = version(&flag(), &options).unwrap();
        // Blue is the darker one.
        let [red, blue] = [0, 1].map(|shape| tinted.mean_color(tinted.shapes[shape].paint));
        assert_eq!(blue, Rgb([0, 100, 50]));
        assert!(Oklab::from(red).l > Oklab::from(blue).l, "{red}");
    }

    #[test]
    fn a_light_logo_is_painted_all_the_same() {
        let mut artwork = Artwork::new(10.0, 10.0);
        let paint = Paint::Ink(artwork.ink(Rgb::WHITE));
        let geometry = Geometry::Path(Rect::new(1.0, 1.0, 9.0, 9.0).to_path(0.1));
        artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
        let options = VersionOptions { version: Version::Black, ..VersionOptions::default() };
        assert_eq!(area(&version(&artwork, &options).unwrap()), 64.0);
    }
}
