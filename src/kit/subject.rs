//! The logo as the kit uses it: its ground taken away, cut to its ink, measured.

use kurbo::{Affine, BezPath, Circle, PathEl, Point, Rect, Shape as _};

use super::circle::enclosing_circle;
use super::contrast::is_visible;
use super::place::{only, recolored};
use super::{Ground, Symbol};
use crate::artwork::{self, Artwork, Geometry, Paint, Shape, Version, VersionOptions};
use crate::color::{Rgb, luminance};
use crate::error::{Error, Result};
use crate::export::{SAMPLE_PX, render};
use crate::raster::Raster;

/// A drawing cut to its ink, with its top left corner at the origin.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The drawing.
    pub artwork: Artwork,
    /// The drawing in black alone, open where it is white.
    pub solid: Artwork,
    /// The drawing in greys.
    pub grey: Artwork,
    /// The smallest circle around its ink.
    pub circle: Circle,
    /// The centre of its ink's mass, where the eye sees its middle.
    pub mass: Point,
    /// Whether it stands on a plate of its own.
    plated: bool,
    /// A small rendering, to judge colours by.
    pub sample: Raster,
}

/// Share of a logo's outer edge that may be invisible on a ground before the logo counts as lost.
const LOST: f64 = 0.2;

impl Subject {
    /// The whole logo, without its ground.
    pub fn new(artwork: &Artwork, ground: Ground) -> Result<Self> {
        let shapes: Vec<usize> = (0..artwork.shapes.len()).collect();
        let dropped = usize::from(has_ground(artwork, ground));
        Self::of(artwork, &shapes[dropped..])
    }

    /// Its symbol without the lettering, if it seems to have one.
    pub fn symbol(&self, wanted: Symbol) -> Option<Self> {
        let shapes = match wanted {
            Symbol::Auto => super::symbol::find(&self.artwork)?,
            Symbol::Whole => return None,
        };
        Self::of(&self.artwork, &shapes).ok()
    }

    fn of(source: &Artwork, shapes: &[usize]) -> Result<Self> {
        let bounds = shapes
            .iter()
            .map(|i| source.shapes[*i].geometry.bounds())
            .reduce(|a, b| a.union(b))
            .filter(|bounds| bounds.width() > 0.0 && bounds.height() > 0.0)
            .ok_or(Error::Blank)?;
        let mut cut = Artwork::new(bounds.width(), bounds.height());
        cut.draw(&only(source, shapes), -bounds.origin().to_vec2(), 1.0);
        let longest = cut.width.max(cut.height);
        let side = |length: f64| (length / longest * SAMPLE_PX).ceil().max(1.0) as u32;
        let sample = render(&cut, side(cut.width), side(cut.height))?;
        let circle = enclosing_circle(&outline_points(&cut));
        let as_version = |version| {
            let options = VersionOptions { version, ..VersionOptions::default() };
            artwork::version(&cut, &options)
        };
        Ok(Self {
            // A drawing too complex for that becomes a silhouette.
            solid: as_version(Version::Black).unwrap_or_else(|_| recolored(&cut, |_| Rgb::BLACK)),
            grey: as_version(Version::Grey)?,
            circle,
            mass: mass(&sample, cut.width, cut.height),
            plated: is_plated(&cut, &sample),
            sample,
            artwork: cut,
        })
    }

    /// Its width for a height of one.
    pub fn aspect(&self) -> f64 {
        self.artwork.width / self.artwork.height
    }

    /// The colour that people will call the brand's: the most used of the vivid ones, else the most
    /// used of all.
    pub fn brand_color(&self) -> Rgb {
        let mut counts: Vec<(Rgb, usize)> = Vec::new();
        for [r, g, b, _] in self.sample.pixels().iter().filter(|p| p[3] == 255) {
            let rgb = Rgb([*r, *g, *b]);
            match counts.iter_mut().find(|(known, _)| near(*known, rgb)) {
                Some((_, count)) => *count += 1,
                None => counts.push((rgb, 1)),
            }
        }
        let vivid = |rgb: Rgb| {
            let (low, high) = (rgb.0.iter().min(), rgb.0.iter().max());
            high.zip(low).is_some_and(|(high, low)| high - low >= 48)
        };
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let score = |(rgb, count): &(Rgb, usize)| (vivid(*rgb) && count * 20 >= total, *count);
        counts.iter().max_by_key(|entry| score(entry)).map_or(Rgb::BLACK, |(rgb, _)| *rgb)
    }

    /// Whether it fills its box, corners and all.
    pub fn is_solid_box(&self) -> bool {
        self.sample.pixels().iter().all(|pixel| pixel[3] == 255)
    }

    /// Whether it can be told from `ground` all around, or brings a plate of its own, on which it
    /// reads wherever the plate itself may be lost.
    pub fn reads_on(&self, ground: Rgb) -> bool {
        if self.plated {
            return true;
        }
        let (width, height) = (self.sample.width_px() as usize, self.sample.height_px() as usize);
        let pixels = self.sample.pixels();
        let (mut edge, mut lost) = (0, 0);
        for (at, pixel) in pixels.iter().enumerate().filter(|(_, p)| p[3] >= 192) {
            let (x, y) = (at % width, at / width);
            let clear = |x: usize, y: usize| pixels[y * width + x][3] < 64;
            let outside = x == 0
                || y == 0
                || x + 1 == width
                || y + 1 == height
                || (x > 1 && clear(x - 2, y))
                || (y > 1 && clear(x, y - 2))
                || (x + 2 < width && clear(x + 2, y))
                || (y + 2 < height && clear(x, y + 2));
            edge += usize::from(outside);
            let faint = !is_visible(Rgb([pixel[0], pixel[1], pixel[2]]), ground);
            lost += usize::from(outside && faint);
        }
        (lost as f64) <= LOST * edge as f64
    }
}

/// Whether two colours are the same but for the edge of a gradient's step.
fn near(a: Rgb, b: Rgb) -> bool {
    a.0.iter().zip(b.0).all(|(a, b)| a.abs_diff(b) <= 16)
}

/// Whether one outline, filled, is all there is to see of the logo, and other paints lie inside it.
fn is_plated(artwork: &Artwork, sample: &Raster) -> bool {
    /// How much the filled outline may differ from what is opaque.
    const SAME: f64 = 0.06;
    let opaque = sample.pixels().iter().filter(|p| p[3] > 127).count() as f64;
    let seen = opaque / sample.pixels().len() as f64 * artwork.width * artwork.height;
    let paints = artwork.inks.len() + artwork.gradients.len();
    let widest = |shape: &Shape| -> f64 {
        let path = shape.geometry.path();
        let contours = path.elements().split_inclusive(|el| *el == PathEl::ClosePath);
        let areas = contours.map(|c| c.iter().copied().collect::<BezPath>().area().abs());
        areas.fold(0.0, f64::max)
    };
    let spans = |shape: &Shape| {
        let bounds = shape.geometry.bounds();
        let (across, down) = (bounds.width() / artwork.width, bounds.height() / artwork.height);
        across.min(down) > 1.0 - SAME / 2.0
    };
    let covers = |shape: &Shape| (widest(shape) / seen - 1.0).abs() < SAME;
    paints > 1 && artwork.shapes.iter().any(|shape| spans(shape) && covers(shape))
}

/// Whether the lowest shape is a ground that the logo stands on.
fn has_ground(artwork: &Artwork, wanted: Ground) -> bool {
    let [lowest, _, ..] = &artwork.shapes[..] else { return false };
    let white = match lowest.paint {
        Paint::Ink(ink) => luminance(artwork.inks[ink].rgb) > 0.9,
        Paint::Gradient(_) => false,
    };
    match wanted {
        Ground::Keep => false,
        Ground::Auto => white && fills_corners(artwork, lowest),
        Ground::Drop => fills_corners(artwork, lowest),
    }
}

/// Whether a shape reaches into all four corners of the drawing.
fn fills_corners(artwork: &Artwork, shape: &Shape) -> bool {
    let inset = artwork.width.min(artwork.height) * 0.01;
    let (left, top) = (inset, inset);
    let (right, bottom) = (artwork.width - inset, artwork.height - inset);
    let path = shape.geometry.path();
    [(left, top), (right, top), (left, bottom), (right, bottom)]
        .iter()
        .all(|corner| path.contains(Point::from(*corner)))
}

/// Points whose hull is the outline's, within a hundredth of a percent.
fn outline_points(artwork: &Artwork) -> Vec<Point> {
    let mut points = Vec::new();
    for shape in &artwork.shapes {
        match &shape.geometry {
            Geometry::Rect(rect) => points.extend(corners(*rect)),
            other => {
                for segment in other.path().segments() {
                    points.extend(
                        (0..=32)
                            .map(|step| kurbo::ParamCurve::eval(&segment, f64::from(step) / 32.0)),
                    );
                }
            }
        }
    }
    points
}

fn corners(rect: Rect) -> [Point; 4] {
    let Rect { x0, y0, x1, y1 } = rect;
    [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(Point::from)
}

/// The centre of all opacity.
fn mass(sample: &Raster, width: f64, height: f64) -> Point {
    let across = sample.width_px() as usize;
    let (mut total, mut x_sum, mut y_sum) = (0_u64, 0_u64, 0_u64);
    for (at, pixel) in sample.pixels().iter().enumerate() {
        let alpha = u64::from(pixel[3]);
        total += alpha;
        x_sum += alpha * (at % across) as u64;
        y_sum += alpha * (at / across) as u64;
    }
    let middle = |sum: u64| sum as f64 / total.max(1) as f64 + 0.5;
    let to_artwork = Affine::scale_non_uniform(
        width / f64::from(sample.width_px()),
        height / f64::from(sample.height_px()),
    );
    to_artwork * Point::new(middle(x_sum), middle(y_sum))
}
