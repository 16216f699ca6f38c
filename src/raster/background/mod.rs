//! Takes the ground away from under a logo.
//!
//! The ground is found on the picture's rim (see [`GroundKind`]) and removed where it is connected
//! to the rim; on request, enclosed areas of the same colour go as well. Pixels at the edge are a
//! mixture of logo and ground: their share of the logo becomes alpha and the ground's colour is
//! taken out of them (Porter and Duff, "Compositing Digital Images", SIGGRAPH 1984, solved for the
//! foreground), so no halo is left.
//!
//! Soft shadows and glows on a ground of one colour stay, as what they are: their place between the
//! ground's colour and the strongest that there is on the way becomes alpha. The ground is then what the
//! logo's edges are mixed with, shadow and all.
//!
//! Limits: shadows on grounds of more than one colour, and those that lossy files hardly keep (faint, or
//! dark on dark), go in part, as far as they are near the ground; the shadow of a shape in the ground's own
//! colour stays as it is; parts of the logo in the ground's own colour that reach the ground cannot be told from
//! it; a ground that changes quickly, such as a photograph, is not found.

mod floor;
mod ground;
mod mask;
mod shadow;
mod unmix;
mod ways;

pub(crate) use ground::Ground;
pub use ground::GroundKind;

use super::Raster;
use floor::Floor;
use mask::Mask;

/// Least difference from the ground that makes a pixel part of the logo, in levels.
const LEAST_TOLERANCE: f32 = 5.0;

/// Most tolerance that is chosen automatically, in levels.
const MOST_TOLERANCE: f32 = 28.0;

/// What differs from the ground by this much, in levels, is not noise.
const STRONG: u8 = 72;

/// Noise of compression reaches this far from an edge, in pixels: over the block that holds it.
const BLOCK_PX: usize = 16;

/// Single pixels of noise differ by up to this many tolerances.
const NOISE: f32 = 4.0;

/// How to remove a ground.
pub(crate) struct Removal<'a> {
    pub ground: &'a Ground,
    /// Difference that still counts as ground, in levels; `None` to measure the noise.
    pub tolerance: Option<f32>,
    /// Whether areas go that the logo encloses.
    pub enclosed: bool,
}

/// The picture without its ground.
pub(crate) fn remove(raster: &Raster, removal: &Removal) -> Raster {
    let (width, height) = (raster.width_px() as usize, raster.height_px() as usize);
    let mut floor = Floor::bare(raster, removal.ground);
    let mut distances = distances(raster, removal.ground);
    if let Some(shaded) = floor.shaded(raster, &distances) {
        floor = shaded;
        for (i, distance) in distances.iter_mut().enumerate() {
            let [r, g, b, _] = raster.pixels()[i].map(f32::from);
            let below = floor.at(i % width, i / width);
            *distance = ground::distance([r, g, b], below).round() as u8;
        }
    }
    let tolerance = removal.tolerance.unwrap_or_else(|| tolerance(&distances, width, height));
    let frame = removal.ground.frame_px as usize;
    let in_frame = |i: usize| {
        let (x, y) = (i % width, i / width);
        x.min(y).min(width - 1 - x).min(height - 1 - y) < frame
    };
    let alike = Mask::new(width, height, |i| {
        f32::from(distances[i]) <= tolerance || frame > 0 && in_frame(i)
    });
    let outside = alike.connected(alike.rim());
    let mut gone = if removal.enclosed { alike } else { outside };
    // Around the edges of a noisy picture lie pixels that are neither: they go, unless they are so
    // near to the logo that they may be its edge. It is where at least half of the neighbourhood's
    // contrast is.
    let noisy = removal.tolerance.is_none() && tolerance > LEAST_TOLERANCE;
    if noisy {
        let most = mask::greatest_near(&distances, width, height, BLOCK_PX);
        let solid = Mask::new(width, height, |i| {
            gone.on[i] == 0
                && distances[i] > most[i] / 2
                && f32::from(distances[i]) > 2.0 * tolerance
        });
        let near = solid.grown(2);
        let stray = |i: usize| near.on[i] == 0 && f32::from(distances[i]) <= NOISE * tolerance;
        let weak = Mask::new(width, height, |i| gone.on[i] == 1 || stray(i));
        let seeds = (0..gone.on.len()).filter(|&i| gone.on[i] == 1);
        gone = weak.connected(seeds);
    }
    unmix::unmix(raster, &floor, &distances, &gone, noisy)
}

/// How far every pixel is from the ground, in levels.
fn distances(raster: &Raster, ground: &Ground) -> Vec<u8> {
    let width = raster.width_px() as usize;
    let mut out = vec![0; raster.pixels().len()];
    crate::par::for_each_chunk(&mut out, width, |y, row| {
        for (x, to) in row.iter_mut().enumerate() {
            let [r, g, b, _] = raster.pixels()[y * width + x].map(f32::from);
            *to = ground.distance(x as u32, y as u32, [r, g, b]).round() as u8;
        }
    });
    out
}

/// The noise that compression leaves around edges: what differs a little from the ground, a few
/// pixels away from what differs much.
fn tolerance(distances: &[u8], width: usize, height: usize) -> f32 {
    let strong = Mask::new(width, height, |i| distances[i] >= STRONG);
    let (inner, outer) = (strong.grown(2), strong.grown(7));
    let mut histogram = [0_usize; 256];
    for (i, &d) in distances.iter().enumerate() {
        if outer.on[i] == 1 && inner.on[i] == 0 && f32::from(d) <= 1.5 * MOST_TOLERANCE {
            histogram[usize::from(d)] += 1;
        }
    }
    let total: usize = histogram.iter().sum();
    let mut seen = 0;
    let level = histogram.iter().position(|count| {
        seen += count;
        seen * 100 >= total * 98
    });
    let noise = if total == 0 { 0.0 } else { level.unwrap_or(0) as f32 };
    (noise + 2.0).clamp(LEAST_TOLERANCE, MOST_TOLERANCE)
}
