//! The picture with flat stand-ins for its gradients.

use super::apart;
use super::area::Areas;
use super::fit::Fit;
use crate::par;
use crate::quantize::{Noise, blend, difference, premultiplied};
use crate::raster::soft::Shadows;
use crate::raster::{Raster, unpremultiply};

/// How far from an area its edge pixels may lie, in px.
const NEAR_PX: isize = 3;
/// The same under noise, whose ripples are in none.
const RIPPLED_PX: isize = 8;
/// Side of the blocks that are looked at, or not, at once, in px: no reach is longer.
const BLOCK_PX: usize = 8;
/// How far to both sides areas that fade into each other are mixed, in px, and how near their colours
/// are there, in levels.
const FADE_PX: isize = 3;
const FADED: f32 = 8.0;
/// A pixel this near to a gradient's colour, premultiplied, is all gradient.
const SAME: f32 = 3.0;
/// Squared distance from a blend, premultiplied, that still counts as that blend: between an area
/// and its neighbour, where a hidden shape may shine through, and with colours that are not near.
const EXPLAINED: f32 = 1600.0;
const FAR_EXPLAINED: f32 = 48.0;
/// What an area is painted with.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Near {
    Flat([f32; 4]),
    Gradient(usize),
    /// Painted as what it lies on.
    Shadow(usize),
}

impl Near {
    fn is_shade(self) -> bool {
        !matches!(self, Self::Flat(_))
    }
}

/// Paints the picture over.
pub(super) struct Painter<'a> {
    pub raster: &'a Raster,
    pub noise: Noise,
    pub areas: &'a Areas,
    pub near: &'a [Option<Near>],
    pub fits: &'a [Fit],
    pub shadows: &'a Shadows,
    pub stand_ins: Vec<[f32; 4]>,
    pub flats: Vec<[f32; 4]>,
}

impl Painter<'_> {
    /// The picture with stand-ins for gradients.
    pub fn paint(&self) -> Option<Raster> {
        let (w, h) = (self.raster.width_px() as usize, self.raster.height_px() as usize);
        let near = self.near_gradients(w, h);
        let rows = par::map(h, |y| {
            let mut row = Vec::with_capacity(4 * w);
            for x in 0..w {
                let pixel = self.raster.pixels()[y * w + x];
                let near = near[y / BLOCK_PX * w.div_ceil(BLOCK_PX) + x / BLOCK_PX];
                match near.then(|| self.repainted(x, y, premultiplied(pixel))).flatten() {
                    Some(color) => {
                        let mut rgba = color.map(|c| c.round() as u8);
                        unpremultiply(&mut rgba);
                        row.extend(rgba);
                    }
                    None => row.extend(pixel),
                }
            }
            row
        });
        Raster::new(w as u32, h as u32, rows.concat()).ok()
    }

    /// The blocks in and beside which some gradient has pixels: all others stay as they are.
    fn near_gradients(&self, w: usize, h: usize) -> Vec<bool> {
        let (columns, rows) = (w.div_ceil(BLOCK_PX), h.div_ceil(BLOCK_PX));
        let mut near = vec![false; columns * rows];
        let areas =
            self.areas.list.iter().zip(self.near).filter(|(_, of)| of.is_some_and(Near::is_shade));
        let areas = areas.map(|(area, _)| &area.pixels);
        let shadows = self.shadows.list.iter().map(|shadow| &shadow.pixels);
        for &at in areas.chain(shadows).flatten() {
            let (column, row) = (at as usize % w / BLOCK_PX, at as usize / w / BLOCK_PX);
            for row in row.saturating_sub(1)..(row + 2).min(rows) {
                let columns_near = column.saturating_sub(1)..(column + 2).min(columns);
                near[row * columns..][columns_near].fill(true);
            }
        }
        near
    }

    /// What a pixel belongs to.
    fn own(&self, x: usize, y: usize) -> Option<Near> {
        let shadow = self.shadows.at(x, y).map(Near::Shadow);
        shadow.or_else(|| self.areas.at(x, y).and_then(|area| self.near[area]))
    }

    /// The new colour of a pixel in an area. Where one area fades into another, nobody sees an edge,
    /// and the pixels' steps tell little: it is drawn softly.
    fn faded(&self, x: usize, y: usize, own: Near) -> Option<[f32; 4]> {
        let plain = own.is_shade().then(|| self.painted(own));
        let near = |dx: isize, dy: isize| {
            let (x, y) = x.checked_add_signed(dx).zip(y.checked_add_signed(dy))?;
            self.own(x, y)
        };
        let around = [(-FADE_PX, 0), (FADE_PX, 0), (0, -FADE_PX), (0, FADE_PX)];
        let mut others = around.into_iter().filter_map(|(dx, dy)| near(dx, dy));
        let place = (x as f64 + 0.5, y as f64 + 0.5);
        let Some(other) = others.find(|other| {
            *other != own && apart(self.color(*other, place), self.color(own, place)) < FADED
        }) else {
            return plain;
        };
        let (mut here, mut there) = (0.0, 0.0);
        for dy in -FADE_PX..=FADE_PX {
            for dx in -FADE_PX..=FADE_PX {
                let near = near(dx, dy);
                here += f32::from(u8::from(near == Some(own)));
                there += f32::from(u8::from(near == Some(other)));
            }
        }
        Some(mixed(self.painted(own), self.painted(other), there / (here + there)))
    }

    /// The colour that an area has at a place, premultiplied.
    fn color(&self, of: Near, (x, y): (f64, f64)) -> [f32; 4] {
        match of {
            Near::Gradient(fit) => self.fits[fit].color(x, y),
            Near::Flat(color) => color,
            Near::Shadow(shadow) => self.shadows.color(self.raster, shadow, x as usize, y as usize),
        }
    }

    /// The colour that it is painted in.
    fn painted(&self, of: Near) -> [f32; 4] {
        match of {
            Near::Gradient(fit) => self.stand_ins[fit],
            Near::Flat(color) => color,
            Near::Shadow(shadow) => self.shadows.list[shadow].fade.ground,
        }
    }

    /// A share of a blend of colours some way apart without what ripples make of it: stand-ins are
    /// farther apart, and would enlarge them.
    fn settled(&self, t: f32, apart: f32) -> f32 {
        let ripple = self.noise.reach() / apart.max(1.0);
        if ripple == 0.0 {
            return t;
        }
        let ripple = ripple.min(0.5);
        if t < ripple {
            0.0
        } else if t > 1.0 - ripple {
            1.0
        } else {
            t
        }
    }

    /// A pixel's new colour, premultiplied; none if it stays.
    fn repainted(&self, x: usize, y: usize, p: [f32; 4]) -> Option<[f32; 4]> {
        if let Some(own) = self.own(x, y) {
            return self.faded(x, y, own);
        }
        let mut around: Vec<Near> = Vec::new();
        let is_calm = self.noise.is_none() && self.shadows.list.is_empty();
        let reach = if is_calm { NEAR_PX } else { RIPPLED_PX };
        for ring in 1..=reach {
            if ring > NEAR_PX && around.len() > 1 && around.iter().any(|near| near.is_shade()) {
                break;
            }
            for dy in -ring..=ring {
                let step = if dy.abs() == ring { 1 } else { 2 * ring as usize };
                for dx in (-ring..=ring).step_by(step) {
                    let at = x.checked_add_signed(dx).zip(y.checked_add_signed(dy));
                    if let Some(near) = at.and_then(|(x, y)| self.own(x, y))
                        && !around.contains(&near)
                    {
                        around.push(near);
                    }
                }
            }
        }
        let gradients: Vec<Near> = around.iter().filter(|near| near.is_shade()).copied().collect();
        let place = (x as f64 + 0.5, y as f64 + 0.5);
        let (mut best, mut least) = (None, EXPLAINED);
        for &own in &gradients {
            let color = self.color(own, place);
            if apart(p, color) <= SAME + 2.0 * self.noise.sigma {
                return self.faded(x, y, own);
            }
            // What ripples make of a gradient alone is that gradient.
            let near = around.iter().filter(|other| **other != own || !is_calm);
            let near = near.map(|other| (*other, 0.0));
            let far = self.flats.iter().map(|flat| (Near::Flat(*flat), EXPLAINED - FAR_EXPLAINED));
            for (other, penalty) in near.chain(far) {
                let seen = [p, color, self.color(other, place)].map(|c| self.noise.seen(c));
                let (t, off) = blend(seen[0], seen[1], seen[2]);
                let t = self.settled(t, difference(seen[1], seen[2]));
                if off + penalty < least {
                    least = off + penalty;
                    best = Some(mixed(self.painted(own), self.painted(other), t));
                }
            }
        }
        best
    }
}

fn mixed(a: [f32; 4], b: [f32; 4], t: f32) -> [f32; 4] {
    [0, 1, 2, 3].map(|i| a[i] * (1.0 - t) + b[i] * t)
}
