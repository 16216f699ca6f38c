//! Gradients are found before inks are, so that no band of one becomes an ink.
//!
//! 1. *Areas*: pixels across which colour changes evenly (second differences next to none) hang
//!    together; an edge, however faint, separates them, a shade does not.
//! 2. *Fits*: an area that is not flat is explained as one linear or radial gradient, by least
//!    squares over its pixels, with the fewest stops that leave no visible error. One of which a good
//!    part has one colour is taken apart: that part, and what fades into it.
//! 3. *Stand-ins*: the picture is painted over with one flat colour for each gradient, which lies far
//!    from all others, edge pixels with as much of it as they had of the gradient. From there on a
//!    gradient is an ink like any other, located and fitted as exactly; the finished drawing has the
//!    gradient put in for its stand-in.
//!
//! Lossy files ripple. There areas are those of the picture without its ripples, which edges and
//! shades survive; what counts as even, and as explained, is as wide as the noise; a gradient has to
//! explain most of what an area varies by, so that what is flat but for ripples stays flat; and a pixel
//! that is off its gradient by no more than ripples are is all of it.
//!
//! What fades away beside a shape and is no gradient is its shadow, or its glow: see [`Shadows`].
//!
//! This is not the segmentation of patent US 12657729 B2, which reconstructs gradients while it
//! minimises an energy over all segmentations (Mumford-Shah, by multicuts): here no energy over
//! segmentations is minimised and no graph is cut. Areas come from local evenness alone (region
//! growing; R. Haralick and L. Shapiro, "Image segmentation techniques", 1985), and a gradient is
//! fitted to each only afterwards.
//!
//! Limits: no conic or mesh gradients; two gradients that meet without an edge are one area, and
//! stay bands unless one gradient explains both.

mod area;
mod fit;
mod look;
mod paint;
mod shadow;
mod stops;

use crate::artwork::{Artwork, Gradient, Paint};
use crate::color::Rgb;
use crate::order;
use crate::quantize::{Noise, blend, premultiplied};
use crate::raster::Raster;
use crate::raster::soft::{self, Scene, Shadows};
use area::Areas;
use fit::Fit;
use paint::{Near, Painter};
pub(super) use shadow::Shadow;

/// Most flat colours that may mix with a gradient without an area of their own nearby.
const FLATS: usize = 12;

/// A picture without its gradients, and what they were.
pub(super) struct Shaded {
    /// The picture with stand-ins for gradients.
    pub raster: Raster,
    /// Stand-ins and what they stand for.
    pub gradients: Vec<(Rgb, Gradient)>,
    /// Its shadows, one of each colour.
    pub shadows: Vec<Shadow>,
}

/// The gradients of `raster`, if it has any.
pub(super) fn shaded(raster: &Raster, noise: Noise) -> Option<Shaded> {
    if !look::is_shaded(raster, noise) {
        return None;
    }
    let mut areas = Areas::find(raster, noise)?;
    let mut shades = Shades::of(&mut areas, raster, noise);
    let w = raster.width_px() as usize;
    let area = |at: usize| areas.at(at % w, at / w);
    let scene = Scene {
        raster,
        noise,
        levels: areas.levels(),
        // Of noisy areas ripples leave only pieces.
        is_even: &|at| !noise.is_none() || area(at).is_some(),
        shade: &|at| area(at).and_then(|i| shades.of[i]),
    };
    let grounds = [Some([0.0; 4]), soft::border(raster, noise)];
    let shadows = Shadows::find(&scene, &grounds.into_iter().flatten().collect::<Vec<_>>());
    if !shadows.list.is_empty() {
        // What fades is no part of what it fades into.
        areas.give_up(|at| shadows.has(at));
        shades = Shades::of(&mut areas, raster, noise);
    }
    let Shades { fits, mut of, order } = shades;
    if fits.is_empty() && shadows.list.is_empty() {
        return None;
    }
    if !noise.is_none() {
        // A small part of a gradient hardly varies by more than ripples do.
        for &i in &order {
            if of[i].is_some() {
                continue;
            }
            let samples = areas.samples(raster, i);
            of[i] = fits.iter().position(|fit| fit.covers(&samples, noise));
        }
    }
    let mut flats: Vec<[f32; 4]> = vec![[0.0; 4]];
    for &i in order.iter().filter(|&&i| of[i].is_none() && areas.list[i].is_flat) {
        let color = areas.list[i].mean(raster);
        if flats.iter().all(|flat| apart(*flat, color) > 8.0 + noise.sigma) {
            flats.push(color);
        }
    }
    let stand_ins = stand_ins(&flats, &fits, noise);
    let mut near = vec![None; areas.list.len()];
    for i in order {
        near[i] = Some(match of[i] {
            Some(fit) => Near::Gradient(fit),
            None => Near::Flat(areas.list[i].mean(raster)),
        });
    }
    flats.truncate(FLATS);
    let painter = Painter {
        raster,
        noise,
        areas: &areas,
        near: &near,
        fits: &fits,
        shadows: &shadows,
        stand_ins: stand_ins.iter().map(|&color| premultiplied(color)).collect(),
        flats,
    };
    let without = painter.paint()?;
    let draw = |which| Shadow::of(&shadows, which, raster, noise);
    let shadows = (0..shadows.list.len()).map(draw).collect();
    let gradients = fits
        .iter()
        .zip(&stand_ins)
        .map(|(fit, &[r, g, b, _])| (Rgb([r, g, b]), fit.gradient()))
        .collect();
    Some(Shaded { raster: without, gradients, shadows })
}

/// The gradients of areas.
struct Shades {
    fits: Vec<Fit>,
    /// For each area the gradient that it is part of.
    of: Vec<Option<usize>>,
    /// The areas that have pixels, the largest first.
    order: Vec<usize>,
}

impl Shades {
    fn of(areas: &mut Areas, raster: &Raster, noise: Noise) -> Self {
        let mut fits: Vec<Fit> = Vec::new();
        let mut of: Vec<Option<usize>> = vec![None; areas.list.len()];
        let mut order: Vec<usize> = (0..areas.list.len()).collect();
        order::by_key(&mut order, |&i| !(areas.list[i].pixels.len() as u64));
        let mut next = 0;
        while let Some(&i) = order.get(next) {
            next += 1;
            if areas.list[i].is_flat || areas.list[i].pixels.is_empty() {
                continue;
            }
            let samples = areas.samples(raster, i);
            let known = fits.iter().position(|fit| fit.explains(&samples, noise));
            of[i] = known.or_else(|| {
                fits.push(Fit::of(&samples, noise)?);
                Some(fits.len() - 1)
            });
            if of[i].is_none() && areas.part(i) {
                order.extend(of.len()..areas.list.len());
                of.resize(areas.list.len(), None);
            }
        }
        order.retain(|&i| !areas.list[i].pixels.is_empty());
        Self { fits, of, order }
    }
}

impl Shaded {
    /// Puts the gradients in for their stand-ins; what is left are shadows.
    pub fn restore(self, artwork: Artwork) -> (Vec<Shadow>, Artwork) {
        let mut out = Artwork { inks: Vec::new(), shapes: Vec::new(), ..artwork.clone() };
        let mut number = vec![None; self.gradients.len()];
        for mut shape in artwork.shapes {
            if let Paint::Ink(ink) = shape.paint {
                let rgb = artwork.inks[ink].rgb;
                shape.paint = match self.gradients.iter().position(|known| known.0 == rgb) {
                    Some(at) => {
                        let gradients = &mut out.gradients;
                        let index = *number[at].get_or_insert_with(|| {
                            gradients.push(self.gradients[at].1.clone());
                            gradients.len() - 1
                        });
                        shape.opacity = 1.0;
                        Paint::Gradient(index)
                    }
                    None => Paint::Ink(out.ink(rgb)),
                };
            }
            out.shapes.push(shape);
        }
        (self.shadows, out)
    }
}

/// One colour for each gradient, as far as can be from all flat ones, each other, and their blends.
fn stand_ins(flats: &[[f32; 4]], fits: &[Fit], noise: Noise) -> Vec<[u8; 4]> {
    let mut taken: Vec<[f32; 4]> = flats.iter().map(|&flat| noise.seen(flat)).collect();
    let mut out = Vec::new();
    for fit in fits {
        // What shows through must not be painted under: an alpha just short of full tells.
        let alpha: u8 = if fit.is_translucent() { 254 } else { 255 };
        let levels = [0_u8, 51, 102, 153, 204, 255];
        let colors = levels
            .iter()
            .flat_map(|&r| levels.iter().flat_map(move |&g| levels.map(|b| [r, g, b, alpha])));
        let distance = |c: &[u8; 4]| {
            let p = noise.color(*c);
            let mut least = f32::MAX;
            for (i, a) in taken.iter().enumerate() {
                for b in &taken[..=i] {
                    least = least.min(blend(p, *a, *b).1);
                }
            }
            least
        };
        let best = colors.max_by(|a, b| distance(a).total_cmp(&distance(b)));
        let color = best.unwrap_or([255, 0, 255, alpha]);
        taken.push(noise.color(color));
        out.push(color);
    }
    out
}

/// The greatest difference of two premultiplied colours in a channel.
fn apart(a: [f32; 4], b: [f32; 4]) -> f32 {
    (0..4).map(|i| (a[i] - b[i]).abs()).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests;
