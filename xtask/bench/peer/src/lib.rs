//! vtracer at its own defaults, for browsers.

use wasm_bindgen::prelude::wasm_bindgen;

/// Traces straight-alpha RGBA; the length of the SVG, or 0 where it fails.
#[wasm_bindgen]
pub fn trace(width_px: usize, height_px: usize, rgba: Vec<u8>) -> usize {
    let image = vtracer::ColorImage { pixels: rgba, width: width_px, height: height_px };
    vtracer::convert(image, vtracer::Config::default()).map_or(0, |svg| svg.to_string().len())
}
