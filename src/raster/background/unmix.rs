//! Alpha for the pixels where logo and ground are mixed.

use super::LEAST_TOLERANCE;
use super::floor::Floor;
use super::mask::Mask;
use crate::par;
use crate::raster::Raster;

/// Pixels up to this far from the ground may be mixed with it.
const BAND_PX: usize = 2;

/// How far inside a mixed pixel its unmixed colour is looked for.
const REACH_PX: isize = 4;

/// What differs from the ground by no more than this, in levels, may be the ringing of compression
/// even where a picture has no other noise.
const FAINT: f32 = 20.0;

/// Above this share of the logo a pixel is the logo's alone.
const WHOLE: f32 = 0.985;

/// The picture with `gone` transparent and its edges unmixed; those of a noisy one have pixels of
/// any colour.
pub(super) fn unmix(
    raster: &Raster,
    floor: &Floor,
    distances: &[u8],
    gone: &Mask,
    noisy: bool,
) -> Raster {
    let (width, height) = (gone.width, gone.height);
    let near = gone.grown(BAND_PX);
    let pixels = raster.pixels();
    let mut rgba = raster.rgba().to_vec();
    par::for_each_chunk(&mut rgba, width * 4, |y, row| {
        for (x, pixel) in row.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let i = y * width + x;
            if near.on[i] == 0 {
                continue;
            }
            if gone.on[i] == 1 {
                *pixel = floor.shadow(x, y);
                continue;
            }
            let base = floor.at(x, y);
            let from_ground = |k: usize| {
                let [r, g, b, _] = pixels[k].map(f32::from);
                [r - base[0], g - base[1], b - base[2]]
            };
            let own = from_ground(i);
            // How strong a shadow is below is not known exactly, and in what direction a pixel differs.
            let shaded = floor.shadow(x, y)[3] > 0;
            let Some(full) = unmixed(own, noisy, shaded, [x, y], [width, height], |k| {
                (near.on[k] == 0)
                    .then(|| from_ground(k))
                    .or_else(|| {
                        // In a stroke too thin to have an inside, the pixel that differs most counts.
                        (gone.on[k] == 0 && distances[k] > distances[i]).then(|| from_ground(k))
                    })
                    .map(|color| (color, near.on[k] == 0))
            }) else {
                continue;
            };
            let share = dot(own, full) / dot(full, full);
            if share >= WHOLE {
                continue;
            }
            let color = [0, 1, 2].map(|c| base[c] + full[c]);
            *pixel = floor.painted(x, y, color, share.max(0.0));
        }
    });
    // The size is the raster's own, so this cannot fail.
    Raster::new(raster.width_px(), raster.height_px(), rgba).unwrap_or_else(|_| raster.clone())
}

/// The logo's own colour near a mixed pixel, as a difference from the ground: that of the nearest
/// pixel inside, or else of the pixel that differs most in the same direction. What differs little
/// from the ground, in whatever direction, is noise on it; on a shadow, rather than the colour of some
/// pixel that differs more.
fn unmixed(
    own: [f32; 3],
    noisy: bool,
    shaded: bool,
    [x, y]: [usize; 2],
    [width, height]: [usize; 2],
    color: impl Fn(usize) -> Option<([f32; 3], bool)>,
) -> Option<[f32; 3]> {
    let mut inside: Option<(isize, [f32; 3])> = None;
    let mut strongest: Option<(f32, [f32; 3])> = None;
    let mut beside: Option<(isize, [f32; 3])> = None;
    for dy in -REACH_PX..=REACH_PX {
        for dx in -REACH_PX..=REACH_PX {
            let far = dx * dx + dy * dy;
            let (Some(x), Some(y)) = (x.checked_add_signed(dx), y.checked_add_signed(dy)) else {
                continue;
            };
            if x >= width || y >= height || far > REACH_PX * REACH_PX {
                continue;
            }
            let Some((full, is_inside)) = color(y * width + x) else { continue };
            let length = dot(full, full);
            let faint = noisy || shaded || dot(own, own) <= FAINT * FAINT;
            let weak = faint && is_inside && 4.0 * dot(own, own) < length;
            if weak && beside.is_none_or(|(nearest, _)| far < nearest) {
                beside = Some((far, full));
            }
            // A mixture lies between the ground and the logo's colour.
            let along = dot(own, full);
            if length <= LEAST_TOLERANCE * LEAST_TOLERANCE
                || along * along < 0.9 * length * dot(own, own)
                || along <= 0.0
            {
                continue;
            }
            if is_inside && inside.is_none_or(|(nearest, _)| far < nearest) {
                inside = Some((far, full));
            } else if far <= 8 && strongest.is_none_or(|(most, _)| length > most) {
                strongest = Some((length, full));
            }
        }
    }
    let strongest = strongest.map(|(_, full)| full);
    let beside = beside.map(|(_, full)| full);
    let [first, second] = if shaded { [beside, strongest] } else { [strongest, beside] };
    inside.map(|(_, full)| full).or(first).or(second)
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
