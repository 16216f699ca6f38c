//! Inks of strokes so thin that no 2 × 2 block is pure: small text, hairlines, thin frames.
//!
//! Pixels that no blend of the known inks nearby explains are odd. Along a thin stroke the oddest
//! ones are those that it covers most, so their colours are candidates: the one seen most often,
//! unless others go farther in its direction. Each new ink explains some odd pixels; what is left
//! may hold another.

use std::collections::HashMap;

use super::label::{Inks, Odd, read};
use super::palette::is_blend;
use super::{Labels, Palette, blend, difference, premultiplied};
use crate::order;
use crate::raster::Raster;

/// Most inks that are found this way.
const MOST: usize = 12;
/// Fewer connected odd pixels than this are a junction of three inks, not a stroke.
const LEAST_PIXELS: usize = 4;
/// Peaks of one colour that an ink needs.
const LEAST_PEAKS: usize = 3;
/// The same under noise.
const NOISY_PEAKS: usize = 8;
/// How far compression carries a color beyond an ink, as a share of what that differs from its
/// neighbour by (9 % is what a cut series does to a step; J. W. Gibbs, 1899), and how far from that
/// line, in levels.
const OVERSHOOT: f32 = 0.14;
const OVERSHOOT_STEPS: u32 = 7;
const OFF_LINE: f32 = 8.0;
/// Alpha that a pixel needs for its color to be told.
const TELLING: u8 = 64;
/// Peaks this near in every channel, premultiplied, show one colour.
const SAME: f32 = 10.0;

/// Finds inks that explain the `odd` pixels and adds them to `palette`. Returns whether it did.
pub(super) fn rescue(
    raster: &Raster,
    palette: &mut Palette,
    seeds: &Labels,
    mut odd: Vec<Odd>,
) -> bool {
    let before = palette.inks.len();
    for _ in 0..MOST {
        drop_crumbs(&mut odd, seeds.width_px);
        let Some(ink) = candidate(raster, palette, seeds.width_px, &odd) else { break };
        palette.inks.push(ink);
        let inks = Inks::new(palette);
        let width = seeds.width_px;
        for pixel in &mut odd {
            let at = pixel.at as usize;
            pixel.off = read(raster, &inks, seeds, (at % width) as i32, (at / width) as i32).off;
        }
        odd.retain(|pixel| pixel.is_odd(&inks));
    }
    palette.inks.len() > before
}

/// Drops odd pixels that are connected to too few others.
fn drop_crumbs(odd: &mut Vec<Odd>, width_px: usize) {
    let index: HashMap<u32, usize> = odd.iter().enumerate().map(|(i, o)| (o.at, i)).collect();
    let mut size = vec![0; odd.len()];
    let mut group = Vec::new();
    for first in 0..odd.len() {
        if size[first] != 0 {
            continue;
        }
        group.clear();
        group.push(first);
        size[first] = 1;
        let mut next = 0;
        while let Some(&i) = group.get(next) {
            next += 1;
            for at in neighbours(odd[i].at, width_px) {
                if let Some(&j) = index.get(&at)
                    && size[j] == 0
                {
                    size[j] = 1;
                    group.push(j);
                }
            }
        }
        for &i in &group {
            size[i] = group.len();
        }
    }
    let mut sizes = size.into_iter();
    odd.retain(|_| sizes.next().is_some_and(|size| size >= LEAST_PIXELS));
}

/// The eight pixels around one; some of them may lie on the other side of the picture.
fn neighbours(at: u32, width_px: usize) -> [u32; 8] {
    let w = width_px as u32;
    [
        at.wrapping_sub(w + 1),
        at.wrapping_sub(w),
        at.wrapping_sub(w - 1),
        at.wrapping_sub(1),
        at + 1,
        at + w - 1,
        at + w,
        at + w + 1,
    ]
}

/// The colour that explains most.
fn candidate(raster: &Raster, palette: &Palette, width_px: usize, odd: &[Odd]) -> Option<[u8; 4]> {
    let noise = palette.noise;
    let same = SAME + 1.1 * noise.sigma;
    let is_tiny = super::is_tiny(raster);
    let least = if noise.is_none() { LEAST_PEAKS } else { NOISY_PEAKS };
    let oddness: HashMap<u32, f32> = odd.iter().map(|o| (o.at, o.off)).collect();
    let mut seen: HashMap<[u8; 4], usize> = HashMap::new();
    for pixel in odd {
        let is_peak = is_tiny
            || neighbours(pixel.at, width_px)
                .iter()
                .all(|at| oddness.get(at).is_none_or(|&other| other <= pixel.off));
        let color = raster.pixels()[pixel.at as usize];
        if is_peak && color[3] >= TELLING {
            *seen.entry(opaque(color)).or_default() += 1;
        }
    }
    let mut seen: Vec<_> = seen.into_iter().collect();
    order::most_first(&mut seen);
    let mut clusters: Vec<([u8; 4], usize)> = Vec::new();
    for (color, n) in seen {
        let near = clusters
            .iter_mut()
            .find(|c| difference(premultiplied(c.0), premultiplied(color)) <= same);
        match near {
            Some(cluster) => cluster.1 += n,
            None => clusters.push((color, n)),
        }
    }
    let is_ripple = |color: [u8; 4]| {
        palette.inks.iter().any(|&ink| {
            noise.apart(opaque(color), ink) < noise.ripple() || overshoots(color, ink, palette)
        })
    };
    let is_known = |color: [u8; 4]| {
        let near =
            |ink: &[u8; 4]| difference(premultiplied(*ink), premultiplied(color)) <= 2.0 * SAME;
        is_tiny && (is_blend(color, &palette.inks) || palette.inks.iter().any(near))
    };
    let strong: Vec<_> = clusters
        .into_iter()
        .filter(|c| c.1 >= least && !is_ripple(c.0) && !is_known(c.0))
        .collect();
    let mut best = *strong.iter().max_by_key(|c| (c.1, std::cmp::Reverse(c.0)))?;
    let distance = |a: [u8; 4], b: [u8; 4]| {
        let (a, b) = (premultiplied(a), premultiplied(b));
        (0..4).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum::<f32>()
    };
    for &ground in &palette.inks {
        for &other in &strong {
            let beyond = distance(ground, other.0) > 1.1 * distance(ground, best.0);
            let (_, off) =
                blend(premultiplied(best.0), premultiplied(ground), premultiplied(other.0));
            if beyond && off < same * same && other.1 * 8 >= best.1 {
                best = other;
            }
        }
    }
    // What alpha such a stroke has is coverage: thin strokes are not translucent as well.
    Some(opaque(best.0))
}

fn opaque([r, g, b, _]: [u8; 4]) -> [u8; 4] {
    [r, g, b, 255]
}

/// Whether a colour is an ink as compression or resampling exaggerates it beside another ink.
fn overshoots(color: [u8; 4], ink: [u8; 4], palette: &Palette) -> bool {
    let (p, ink) = (premultiplied(color), premultiplied(ink));
    palette.inks.iter().any(|&other| {
        let beside = premultiplied(other);
        let beyond = |step: u32| {
            let share = OVERSHOOT * step as f32 / OVERSHOOT_STEPS as f32;
            // Where a channel ends, it goes no farther.
            [0, 1, 2, 3].map(|i| (ink[i] + share * (ink[i] - beside[i])).clamp(0.0, 255.0))
        };
        ink != beside && (1..=OVERSHOOT_STEPS).any(|step| difference(beyond(step), p) <= OFF_LINE)
    })
}
