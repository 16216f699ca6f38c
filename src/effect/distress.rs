//! A worn print: specks and scratches are cut out of every shape alike, denser in some places than
//! in others. The texture is made from a number, so that it comes out the same each time.

use kurbo::{BezPath, PathEl, Point, Shape as _, Vec2};

use super::random::Random;
use super::{EffectOptions, refused};
use crate::artwork::{Artwork, Geometry, Shape};
use crate::error::{Error, Result};
use crate::region::{self, FillRule};

/// Most specks of a texture.
const MAX_SPECKS: usize = 5000;

/// The smallest speck's size, as a share of the largest's.
const SMALLEST: f64 = 0.1;

/// One speck in this many is a scratch.
const SCRATCHES: f64 = 0.03;

/// Patches of wear along the logo's longer side.
const PATCHES: f64 = 6.0;

/// The logo, worn.
pub fn distressed(artwork: &Artwork, options: &EffectOptions) -> Result<Artwork> {
    let specks = specks(artwork, options)?;
    let mut out = Artwork { shapes: Vec::new(), ..artwork.clone() };
    for shape in &artwork.shapes {
        let bounds = shape.geometry.bounds();
        let near = specks.iter().filter(|speck| region::overlap(speck.bounding_box(), bounds));
        let worn: BezPath = near.flatten().collect();
        let kept = region::subtract(&shape.geometry.path(), &worn).ok_or_else(refused)?;
        if !kept.is_empty() {
            out.shapes.push(Shape { geometry: Geometry::Path(kept), ..shape.clone() });
        }
    }
    out.tidy();
    if out.shapes.is_empty() { Err(Error::Blank) } else { Ok(out) }
}

/// Outlines of what is worn off, none crossing another.
fn specks(artwork: &Artwork, options: &EffectOptions) -> Result<Vec<BezPath>> {
    let longest = artwork.width.max(artwork.height);
    let grain = longest * options.distress_grain_percent / 100.0;
    let wanted = artwork.width * artwork.height * options.distress_percent / 100.0;
    let mut random = Random::new(options.distress_seed);
    let wear = Wear::new(artwork, &mut random);
    let (mut all, mut area, mut tried) = (BezPath::new(), 0.0, 0);
    while area < wanted && tried < MAX_SPECKS {
        let at = Point::new(random.unit() * artwork.width, random.unit() * artwork.height);
        if random.unit() > wear.at(at) {
            continue;
        }
        tried += 1;
        let speck = speck(at, grain, &mut random);
        area += speck.area().abs();
        all.extend(speck);
    }
    let united = region::simplify(&all, FillRule::NonZero).ok_or_else(refused)?;
    Ok(united.elements().split_inclusive(|el| *el == PathEl::ClosePath).map(contour).collect())
}

fn contour(elements: &[PathEl]) -> BezPath {
    elements.iter().copied().collect()
}

/// A ragged spot, most of them small, or a scratch.
fn speck(at: Point, grain: f64, random: &mut Random) -> BezPath {
    let scratch = random.unit() < SCRATCHES;
    let rare = random.unit();
    let size = grain * (SMALLEST + (1.0 - SMALLEST) * rare * rare * rare * rare);
    let stretch = if scratch { random.within(10.0, 24.0) } else { random.within(1.0, 2.2) };
    let across = if scratch { grain * random.within(0.04, 0.1) } else { size / stretch };
    let along = across * stretch;
    let (sin, cos) = libm::sincos(random.unit() * std::f64::consts::TAU);
    let corners = if scratch { 8 } else { random.within(7.0, 13.0) as u32 };
    let mut path = BezPath::new();
    for corner in 0..corners {
        let turn = f64::from(corner) / f64::from(corners) * std::f64::consts::TAU;
        let reach = random.within(0.5, 1.2);
        let (y, x) = libm::sincos(turn);
        let (x, y) = (x * reach * along, y * reach * across);
        let p = at + Vec2::new(x * cos - y * sin, x * sin + y * cos);
        if corner == 0 { path.move_to(p) } else { path.line_to(p) }
    }
    path.close_path();
    path
}

/// How worn each place is: smooth noise.
struct Wear {
    step: f64,
    columns: usize,
    values: Vec<f64>,
}

impl Wear {
    fn new(artwork: &Artwork, random: &mut Random) -> Self {
        let step = artwork.width.max(artwork.height) / PATCHES;
        let count = |length: f64| (length / step).ceil() as usize + 2;
        let (columns, rows) = (count(artwork.width), count(artwork.height));
        let values = (0..columns * rows).map(|_| random.unit()).collect();
        Self { step, columns, values }
    }

    fn at(&self, p: Point) -> f64 {
        let (x, y) = (p.x / self.step, p.y / self.step);
        let smooth = |t: f64| t * t * (3.0 - 2.0 * t);
        let (tx, ty) = (smooth(x.fract()), smooth(y.fract()));
        let value =
            |dx: usize, dy: usize| self.values[(y as usize + dy) * self.columns + x as usize + dx];
        let mix = |a: f64, b: f64, t: f64| a + (b - a) * t;
        let noise = mix(mix(value(0, 0), value(1, 0), tx), mix(value(0, 1), value(1, 1), tx), ty);
        // Some places stay almost whole, none quite.
        (noise * noise * 1.4 + 0.04).min(1.0)
    }
}
