//! The picture with flat stand-ins for its gradients.

use super::apart;
use super::area::Areas;
use super::fit::Fit;
use crate::par;
use crate::quantize::{blend, premultiplied};
use crate::raster::{Raster, unpremultiply};

/// How far from an area its edge pixels may lie, in px.
const NEAR_PX: isize = 3;
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
}

/// Paints the picture over.
pub(super) struct Painter<'a> {
    pub raster: &'a Raster,
    pub areas: &'a Areas,
    pub near: &'a [Near],
    pub fits: &'a [Fit],
    pub stand_ins: Vec<[f32; 4]>,
    pub flats: Vec<[f32; 4]>,
}

impl Painter<'_> {
    /// The picture with stand-ins for gradients.
    pub fn paint(&self) -> Option<Raster> {
        let (w, h) = (self.raster.width_px() as usize, self.raster.height_px() as usize);
        let rows = par::map(h, |y| {
            let mut row = Vec::with_capacity(4 * w);
            for x in 0..w {
                let pixel = self.raster.pixels()[y * w + x];
                match self.repainted(x, y, premultiplied(pixel)) {
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

    /// The new colour of a pixel in an area. Where one area fades into another, nobody sees an edge,
    /// and the pixels' steps tell little: it is drawn softly.
    fn faded(&self, x: usize, y: usize, own: Near) -> Option<[f32; 4]> {
        let plain = matches!(own, Near::Gradient(_)).then(|| self.painted(own));
        let near = |dx: isize, dy: isize| {
            let (x, y) = x.checked_add_signed(dx).zip(y.checked_add_signed(dy))?;
            self.areas.at(x, y).map(|area| self.near[area])
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
        }
    }

    /// The colour that it is painted in.
    fn painted(&self, of: Near) -> [f32; 4] {
        match of {
            Near::Gradient(fit) => self.stand_ins[fit],
            Near::Flat(color) => color,
        }
    }

    /// A pixel's new colour, premultiplied; none if it stays.
    fn repainted(&self, x: usize, y: usize, p: [f32; 4]) -> Option<[f32; 4]> {
        if let Some(area) = self.areas.at(x, y) {
            return self.faded(x, y, self.near[area]);
        }
        let mut around: Vec<Near> = Vec::new();
        for ring in 1..=NEAR_PX {
            for dy in -ring..=ring {
                let step = if dy.abs() == ring { 1 } else { 2 * ring as usize };
                for dx in (-ring..=ring).step_by(step) {
                    let at = x.checked_add_signed(dx).zip(y.checked_add_signed(dy));
                    if let Some(area) = at.and_then(|(x, y)| self.areas.at(x, y))
                        && !around.contains(&self.near[area])
                    {
                        around.push(self.near[area]);
                    }
                }
            }
        }
        let gradients: Vec<Near> =
            around.iter().filter(|near| matches!(near, Near::Gradient(_))).copied().collect();
        let place = (x as f64 + 0.5, y as f64 + 0.5);
        let (mut best, mut least) = (None, EXPLAINED);
        for &own in &gradients {
            let color = self.color(own, place);
            if apart(p, color) <= SAME {
                return self.faded(x, y, own);
            }
            let near = around.iter().filter(|other| **other != own).map(|other| (*other, 0.0));
            let far = self.flats.iter().map(|flat| (Near::Flat(*flat), EXPLAINED - FAR_EXPLAINED));
            for (other, penalty) in near.chain(far) {
                let (t, off) = blend(p, color, self.color(other, place));
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
