//! A halftone in vector dots: their area is the logo's darkness, their colour the ink under them.
//!
//! Method: amplitude modulation on a turned grid, as film screens do it. The logo is rendered with a
//! few pixels to a cell; each cell's mean coverage and lightness give the size of its dot. White is
//! paper.

use kurbo::{Affine, BezPath, Circle, Ellipse, Point, Vec2};

use super::{Dot, EffectOptions};
use crate::artwork::{Artwork, Geometry, Paint, Shape};
use crate::color::{Oklab, Rgb};
use crate::error::{Error, Result};
use crate::export::render;
use crate::limits::MAX_DOTS;

const MM_PER_INCH: f64 = 25.4;

/// Rendered pixels along a cell's side.
const SAMPLES: f64 = 4.0;

/// Longest side of the rendering, in px.
const MAX_SAMPLED_PX: f64 = 8192.0;

/// The tone of the lightest ink: less would be lost.
const LEAST_TONE: f64 = 0.35;

/// Inks at least this light in `OKLab` are paper.
const PAPER_LIGHTNESS: f64 = 0.96;

/// Cells with less tone than this stay empty.
const EMPTY: f64 = 0.03;

/// How much longer than round an elliptical dot is.
const STRETCH: f64 = 1.35;

/// One cell of the screen.
#[derive(Clone, Copy, Default)]
struct Cell {
    samples: u32,
    alpha: u32,
    /// Inks by index, and how many samples are nearest to each: the dot has the colour that most of
    /// them have. A cell of more inks than fit forgets the late ones.
    votes: [(u16, u16); 4],
}

/// The screen: cells along turned axes, the first one's corner at `-half`, `-half`.
struct Screen {
    cells: Vec<Cell>,
    half: i32,
    /// From cells to pixels of the artwork.
    to_px: Affine,
    pitch_px: f64,
    angle: f64,
}

/// The logo as a halftone.
pub fn halftone(artwork: &Artwork, options: &EffectOptions, mm_per_px: f64) -> Result<Artwork> {
    let inks = candidates(artwork);
    let screen = Screen::new(artwork, &inks, options, mm_per_px)?;
    let fade = options.halftone_fade_percent / 100.0;
    let mut out = Artwork::new(artwork.width, artwork.height);
    for v in -screen.half..screen.half {
        let mut run: Vec<(i32, f64)> = Vec::new();
        let mut run_ink = Rgb::BLACK;
        // One cell more than there is, so that the last run ends.
        for u in -screen.half..=screen.half {
            let (tone, ink) = screen.tone(u, v, &inks, fade, artwork.height);
            if options.halftone_dot != Dot::Line {
                if tone >= EMPTY {
                    let geometry = screen.dot(u, v, tone, options.halftone_dot);
                    add(&mut out, geometry, ink);
                }
                continue;
            }
            if !run.is_empty() && (tone < EMPTY || ink != run_ink) {
                add(&mut out, Geometry::Path(screen.line(v, &run)), run_ink);
                run.clear();
            }
            if tone >= EMPTY {
                run.push((u, tone));
                run_ink = ink;
            }
        }
    }
    if out.shapes.is_empty() { Err(Error::Blank) } else { Ok(out) }
}

fn add(out: &mut Artwork, geometry: Geometry, rgb: Rgb) {
    let paint = Paint::Ink(out.ink(rgb));
    out.shapes.push(Shape { geometry, paint, opacity: 1.0 });
}

/// The colours that dots may have.
fn candidates(artwork: &Artwork) -> Vec<Rgb> {
    let stops = artwork.gradients.iter().flat_map(|gradient| &gradient.stops).map(|stop| stop.rgb);
    artwork.inks.iter().map(|ink| ink.rgb).chain(stops).collect()
}

/// The index of the ink that is most like a colour.
fn nearest(inks: &[Rgb], rgb: [u8; 3]) -> u16 {
    let distance = |ink: &Rgb| -> u32 {
        ink.0.iter().zip(rgb).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let closest = inks.iter().enumerate().min_by_key(|(_, ink)| distance(ink));
    closest.map_or(0, |(index, _)| index as u16)
}

impl Cell {
    fn vote(&mut self, ink: u16) {
        let known = self.votes.iter().position(|(of, votes)| *votes == 0 || *of == ink);
        if let Some(place) = known {
            self.votes[place] = (ink, self.votes[place].1 + 1);
        }
    }
}

impl Screen {
    fn new(
        artwork: &Artwork,
        inks: &[Rgb],
        options: &EffectOptions,
        mm_per_px: f64,
    ) -> Result<Self> {
        let pitch_px = MM_PER_INCH / options.halftone_lpi / mm_per_px;
        let center = Vec2::new(artwork.width, artwork.height) / 2.0;
        let half = (center.hypot() / pitch_px).ceil() + 1.0;
        if 4.0 * half * half > 4.0 * MAX_DOTS as f64 {
            return Err(Error::TooManyDots { limit: MAX_DOTS });
        }
        let angle = -options.halftone_angle_deg.to_radians();
        let (sin, cos) = libm::sincos(angle);
        let to_px = Affine::translate(center)
            * Affine::new([cos, sin, -sin, cos, 0.0, 0.0])
            * Affine::scale(pitch_px);
        let half = half as i32;
        let cells = vec![Cell::default(); (4 * half * half) as usize];
        let mut screen = Self { cells, half, to_px, pitch_px, angle };
        screen.sample(artwork, inks)?;
        Ok(screen)
    }

    /// Renders the artwork and counts each pixel into its cell.
    fn sample(&mut self, artwork: &Artwork, inks: &[Rgb]) -> Result<()> {
        let longest = artwork.width.max(artwork.height);
        let scale = (SAMPLES / self.pitch_px).min(MAX_SAMPLED_PX / longest);
        let side = |length: f64| (length * scale).ceil().max(1.0) as u32;
        let (width, height) = (side(artwork.width), side(artwork.height));
        let raster = render(artwork, width, height)?;
        let (step_x, step_y) =
            (artwork.width / f64::from(width), artwork.height / f64::from(height));
        let to_cells = self.to_px.inverse();
        for (at, pixel) in raster.pixels().iter().enumerate() {
            let (x, y) = (at as u32 % width, at as u32 / width);
            let p = Point::new((f64::from(x) + 0.5) * step_x, (f64::from(y) + 0.5) * step_y);
            let cell = to_cells * p;
            let Some(index) = self.index(cell.x.floor() as i32, cell.y.floor() as i32) else {
                continue;
            };
            let cell = &mut self.cells[index];
            let alpha = u32::from(pixel[3]);
            cell.samples += 1;
            cell.alpha += alpha;
            if alpha > 127 {
                cell.vote(nearest(inks, [pixel[0], pixel[1], pixel[2]]));
            }
        }
        Ok(())
    }

    fn index(&self, u: i32, v: i32) -> Option<usize> {
        let range = -self.half..self.half;
        (range.contains(&u) && range.contains(&v))
            .then(|| ((v + self.half) * 2 * self.half + u + self.half) as usize)
    }

    /// How dark a cell is, 0 to 1, and the ink of its dot.
    fn tone(&self, u: i32, v: i32, inks: &[Rgb], fade: f64, height: f64) -> (f64, Rgb) {
        let cell = self.index(u, v).map_or(Cell::default(), |index| self.cells[index]);
        if cell.alpha == 0 {
            return (0.0, Rgb::BLACK);
        }
        let most = cell.votes.iter().max_by_key(|(_, votes)| *votes);
        let ink = most.map_or(Rgb::BLACK, |(ink, _)| inks[usize::from(*ink)]);
        let lightness = Oklab::from(ink).l;
        let paper = lightness >= PAPER_LIGHTNESS && inks.len() > 1;
        let darkness =
            if paper { 0.0 } else { LEAST_TONE + (1.0 - LEAST_TONE) * (1.0 - lightness) };
        let coverage = f64::from(cell.alpha) / 255.0 / f64::from(cell.samples);
        let y = (self.center(u, v).y / height).clamp(0.0, 1.0);
        // The lightest ink of the top row would else be as pale as the faded end.
        (coverage * (darkness * (1.0 + 0.35 * fade)).min(1.0) * (1.0 - fade * y), ink)
    }

    fn center(&self, u: i32, v: i32) -> Point {
        self.to_px * Point::new(f64::from(u) + 0.5, f64::from(v) + 0.5)
    }

    /// A dot that covers the share `tone` of its cell.
    fn dot(&self, u: i32, v: i32, tone: f64, dot: Dot) -> Geometry {
        let radius = (tone / std::f64::consts::PI).sqrt() * self.pitch_px;
        let center = self.center(u, v);
        if dot == Dot::Round {
            return Geometry::Circle(Circle::new(center, radius));
        }
        let radii = (radius * STRETCH, radius / STRETCH);
        Geometry::Ellipse(Ellipse::new(center, radii, self.angle))
    }

    /// A line through neighbouring cells of the row `v`, as wide in each as its tone asks.
    fn line(&self, v: i32, run: &[(i32, f64)]) -> BezPath {
        let middle = f64::from(v) + 0.5;
        let (first, last) = (run[0], run[run.len() - 1]);
        let mut stations: Vec<(f64, f64)> = vec![(f64::from(first.0), first.1)];
        stations.extend(run.iter().map(|(u, tone)| (f64::from(*u) + 0.5, *tone)));
        stations.push((f64::from(last.0) + 1.0, last.1));
        let upper = stations.iter().map(|(u, tone)| Point::new(*u, middle - tone / 2.0));
        let lower = stations.iter().rev().map(|(u, tone)| Point::new(*u, middle + tone / 2.0));
        let mut path = BezPath::new();
        for (at, p) in upper.chain(lower).enumerate() {
            let p = self.to_px * p;
            if at == 0 { path.move_to(p) } else { path.line_to(p) }
        }
        path.close_path();
        path
    }
}
