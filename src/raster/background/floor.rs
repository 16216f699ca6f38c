//! What a logo lies on: its ground, and on that the soft shadows that it throws.

use super::Ground;
use super::shadow::shadows;
use crate::raster::Raster;

/// A ground and what lies on it.
pub(super) struct Floor<'a> {
    pub ground: &'a Ground,
    width: usize,
    /// Colour and alpha of the shadows at each pixel, seen or not; empty without any.
    shadows: Vec<[u8; 4]>,
}

impl<'a> Floor<'a> {
    /// A ground without shadows.
    pub fn bare(raster: &Raster, ground: &'a Ground) -> Self {
        Self { ground, width: raster.width_px() as usize, shadows: Vec::new() }
    }

    /// The same with the shadows on it, if there are any; `distances` says how far all pixels are from
    /// the ground.
    pub fn shaded(&self, raster: &Raster, distances: &[u8]) -> Option<Self> {
        Some(Self { shadows: shadows(raster, self.ground, distances)?, ..*self })
    }

    /// The shadow at a pixel, straight.
    pub fn shadow(&self, x: usize, y: usize) -> [u8; 4] {
        self.shadows.get(y * self.width + x).copied().unwrap_or_default()
    }

    /// The colour at a pixel.
    pub fn at(&self, x: usize, y: usize) -> [f32; 3] {
        let ground = self.ground.at(x as u32, y as u32);
        if self.shadows.is_empty() {
            return ground;
        }
        let [r, g, b, alpha] = self.shadow(x, y).map(f32::from);
        let shadow = [r, g, b];
        std::array::from_fn(|c| ground[c] + (shadow[c] - ground[c]) * alpha / 255.0)
    }

    /// A colour with some alpha, straight, painted on the shadow at a pixel.
    pub fn painted(&self, x: usize, y: usize, color: [f32; 3], alpha: f32) -> [u8; 4] {
        let shadow = self.shadow(x, y).map(f32::from);
        let below = (1.0 - alpha) * shadow[3] / 255.0;
        let all = alpha + below;
        // How much of the shadow there is in the mixture; without any, its colour stays exact.
        let share = if below > 0.0 { below / all } else { 0.0 };
        let [r, g, b] = [0, 1, 2].map(|c| color[c] + (shadow[c] - color[c]) * share);
        [r, g, b, 255.0 * all].map(|v| v.round().clamp(0.0, 255.0) as u8)
    }
}
