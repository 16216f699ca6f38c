//! Small icons on the pixel grid: of many placements that hardly differ, the one with the crispest
//! edges.
//!
//! Where a stem's edge falls between two pixels both turn half-tone; at 16 px that blurs a logo. So
//! the logo is tried a little smaller and moved by parts of a pixel, and the rendering with the least
//! half-tone wins.

use kurbo::{Rect, Vec2};

use super::picture::centered;
use super::place::draw;
use super::subject::Subject;
use crate::artwork::Artwork;
use crate::export::render;

/// Steps in size, each making the logo half a pixel smaller.
const SIZES: u32 = 4;

/// Steps in position along each axis, within a pixel.
const OFFSETS: i32 = 4;

/// What half a pixel of size is worth in half-tone: small changes for the better do not count.
const PER_HALF_PIXEL: f64 = 0.03;

/// The offset and scale for `subject` inside `area`; `contain` is the largest scale that fits.
pub fn placement(subject: &Subject, area: Rect, contain: f64) -> (Vec2, f64) {
    let longest = subject.artwork.width.max(subject.artwork.height);
    let mut best = (f64::INFINITY, Vec2::ZERO, contain);
    for size in 0..SIZES {
        let scale = contain - f64::from(size) * 0.5 / longest;
        if scale < contain * 0.75 {
            break;
        }
        let middle = centered(subject, area, scale);
        for offset in offsets(subject, area, scale, middle) {
            let cost = half_tone(subject, area, offset, scale)
                + f64::from(size) * PER_HALF_PIXEL
                + (offset - middle).hypot() * PER_HALF_PIXEL;
            if cost < best.0 {
                best = (cost, offset, scale);
            }
        }
    }
    (best.1, best.2)
}

/// Positions around `middle` at which the logo stays inside the area.
fn offsets(subject: &Subject, area: Rect, scale: f64, middle: Vec2) -> Vec<Vec2> {
    let size = Vec2::new(subject.artwork.width, subject.artwork.height) * scale;
    let steps = |middle: f64, low: f64, high: f64| {
        (-OFFSETS / 2..=OFFSETS / 2)
            .map(|step| middle + f64::from(step) / f64::from(OFFSETS))
            .map(|at| at.clamp(low, high.max(low)))
            .collect::<Vec<_>>()
    };
    let xs = steps(middle.x, area.x0, area.x1 - size.x);
    let ys = steps(middle.y, area.y0, area.y1 - size.y);
    xs.iter().flat_map(|x| ys.iter().map(move |y| Vec2::new(*x, *y))).collect()
}

/// How much of the rendered logo is half-tone: 0 if every pixel is full or empty.
fn half_tone(subject: &Subject, area: Rect, offset: Vec2, scale: f64) -> f64 {
    let mut scene = Artwork::new((area.x0 + area.x1).ceil(), (area.y0 + area.y1).ceil());
    draw(&mut scene, &subject.artwork, offset, scale);
    let Ok(raster) = render(&scene, scene.width as u32, scene.height as u32) else {
        return f64::INFINITY;
    };
    let alphas = || raster.pixels().iter().map(|p| f64::from(p[3]) / 255.0);
    let ink: f64 = alphas().sum();
    alphas().map(|alpha| alpha * (1.0 - alpha)).sum::<f64>() / ink
}
