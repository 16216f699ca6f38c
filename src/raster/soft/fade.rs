//! How a shadow's colour fades into what it lies on.

use super::shadows::COVERED;
use crate::quantize::{Noise, blend, difference};

/// How far its pixels may be off its colour, in levels.
const OFF: f32 = 3.0;
/// How near the colours of two shadows are that are one, in levels.
const SAME: f32 = 32.0;

/// From what a shadow fades, and to what; premultiplied.
#[derive(Clone, Copy)]
pub(crate) struct Fade {
    pub ground: [f32; 4],
    pub color: [f32; 4],
}

impl Fade {
    /// That of some colours on a ground, unless they all are the ground's.
    pub fn of(colors: impl Iterator<Item = [f32; 4]>, ground: [f32; 4]) -> Option<Self> {
        let mut sum = [0.0; 4];
        for color in colors {
            (0..4).for_each(|i| sum[i] += f64::from(color[i] - ground[i]));
        }
        // As far as some channel goes; on nothing that is alpha.
        let far = (0..4).map(|i| {
            let room = if sum[i] > 0.0 { 255.0 - ground[i] } else { ground[i] };
            f64::from(room) / sum[i].abs()
        });
        let far = far.filter(|far| far.is_finite()).fold(f64::MAX, f64::min);
        let color = [0, 1, 2, 3].map(|i| ground[i] + (far * sum[i]) as f32);
        (far < f64::MAX && difference(color, ground) > COVERED).then_some(Self { ground, color })
    }

    /// How much of its colour a pixel has, from 0 to 255.
    pub fn alpha(&self, pixel: [f32; 4]) -> f32 {
        255.0 * blend(pixel, self.ground, self.color).0
    }

    /// Whether a pixel is some of its colour.
    pub fn has(&self, pixel: [f32; 4], noise: Noise) -> bool {
        let [pixel, ground, color] = [pixel, self.ground, self.color].map(|c| noise.seen(c));
        blend(pixel, ground, color).1.sqrt() <= OFF + 2.0 * noise.sigma
    }

    /// Whether the other is of the same colour on the same ground.
    pub fn is(&self, other: &Self) -> bool {
        self.ground == other.ground && difference(self.color, other.color) <= SAME
    }
}
