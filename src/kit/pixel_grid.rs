//! Small icons on the pixel grid: of a few placements that hardly differ, the one with the crispest
//! edges.
//!
//! Where a stem's edge falls between two pixels both turn half-tone; at 16 px that blurs a logo. So
//! the logo is tried a little smaller, a whole number of pixels long, and moved until its left and
//! upper edges lie on the grid; the rendering with the least half-tone wins.

use kurbo::{Rect, Vec2};

use super::picture::centered;
use super::subject::Subject;
use crate::artwork::Artwork;
use crate::export::render;

/// What a pixel of size or position is worth in half-tone: small changes for the better do not count.
const PER_PIXEL: f64 = 0.06;

/// The offset and scale for `subject` inside `area`; `contain` is the largest scale that fits.
pub fn placement(subject: &Subject, area: Rect, contain: f64) -> (Vec2, f64) {
    let longest = subject.artwork.width.max(subject.artwork.height);
    let whole = (contain * longest).floor().max(1.0) / longest;
    let mut best = (f64::INFINITY, Vec2::ZERO, contain);
    for scale in [contain, whole] {
        let middle = centered(subject, area, scale);
        for offset in offsets(subject, area, scale, middle) {
            let cost = half_tone(subject, area, offset, scale)
                + (contain - scale) * longest * PER_PIXEL
                + (offset - middle).hypot() * PER_PIXEL;
            if cost < best.0 {
                best = (cost, offset, scale);
            }
        }
    }
    (best.1, best.2)
}

/// `middle`, and that with x, y or both on the grid, as far as the logo then stays inside the area.
fn offsets(subject: &Subject, area: Rect, scale: f64, middle: Vec2) -> [Vec2; 4] {
    let size = Vec2::new(subject.artwork.width, subject.artwork.height) * scale;
    let x = middle.x.round().clamp(area.x0, (area.x1 - size.x).max(area.x0));
    let y = middle.y.round().clamp(area.y0, (area.y1 - size.y).max(area.y0));
    [middle, Vec2::new(x, middle.y), Vec2::new(middle.x, y), Vec2::new(x, y)]
}

/// How much of the rendered logo is half-tone: 0 if every pixel is full or empty.
fn half_tone(subject: &Subject, area: Rect, offset: Vec2, scale: f64) -> f64 {
    let mut scene = Artwork::new((area.x0 + area.x1).ceil(), (area.y0 + area.y1).ceil());
    scene.draw(&subject.artwork, offset, scale);
    let Ok(raster) = render(&scene, scene.width as u32, scene.height as u32) else {
        return f64::INFINITY;
    };
    let alphas = || raster.pixels().iter().map(|p| f64::from(p[3]) / 255.0);
    let ink: f64 = alphas().sum();
    alphas().map(|alpha| alpha * (1.0 - alpha)).sum::<f64>() / ink
}
