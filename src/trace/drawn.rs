//! Known drawings, rasterised exactly.

use kurbo::{ParamCurveNearest as _, Point};

use super::{TraceOptions, logo};
use crate::artwork::{Artwork, Geometry};
use crate::raster::Raster;
use crate::unwatched;

pub(crate) const SIDE: u32 = 64;

/// What covers a point: the index of an ink.
pub(crate) type Drawing = fn(f64, f64) -> usize;

/// Samples `drawing` 16 × 16 times a pixel and averages premultiplied.
pub(crate) fn raster(inks: &[[u8; 4]], drawing: Drawing) -> Raster {
    sampled(inks, drawing, 16)
}

/// The same with `k` × `k` samples.
pub(crate) fn sampled(inks: &[[u8; 4]], drawing: Drawing, k: usize) -> Raster {
    let mut bytes = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let mut sum = [0.0; 4];
            for sample in 0..k * k {
                let at = |pixel: u32, i: usize| f64::from(pixel) + (i as f64 + 0.5) / k as f64;
                let ink = inks[drawing(at(x, sample % k), at(y, sample / k))];
                let alpha = f64::from(ink[3]);
                for (channel, total) in sum.iter_mut().enumerate() {
                    *total += if channel == 3 { alpha } else { f64::from(ink[channel]) * alpha };
                }
            }
            let byte = |v: f64| v.round() as u8;
            for channel in &sum[..3] {
                bytes.push(byte(if sum[3] > 0.0 { channel / sum[3] } else { 0.0 }));
            }
            bytes.push(byte(sum[3] / (k * k) as f64));
        }
    }
    Raster::new(SIDE, SIDE, bytes).unwrap()
}

pub(crate) fn traced(inks: &[[u8; 4]], drawing: Drawing) -> Artwork {
    logo::trace(&raster(inks, drawing), &TraceOptions::default(), &unwatched).unwrap()
}

pub(crate) const CLEAR: [u8; 4] = [0; 4];
pub(crate) const BLACK: [u8; 4] = [0, 0, 0, 255];
pub(crate) const WHITE: [u8; 4] = [255; 4];
pub(crate) const RED: [u8; 4] = [200, 30, 40, 255];

pub(crate) fn inside(x: f64, y: f64, radius: f64) -> bool {
    (x - 31.3) * (x - 31.3) + (y - 32.6) * (y - 32.6) < radius * radius
}

/// The distance from `p` to the nearest point of an outline.
pub(crate) fn distance(geometry: &Geometry, p: Point) -> f64 {
    let near = |s: kurbo::PathSeg| s.nearest(p, 1e-6).distance_sq;
    geometry.path().segments().map(near).fold(f64::INFINITY, f64::min).sqrt()
}

pub(crate) fn traced_with(inks: &[[u8; 4]], drawing: Drawing, options: &TraceOptions) -> Artwork {
    logo::trace(&raster(inks, drawing), options, &unwatched).unwrap()
}
