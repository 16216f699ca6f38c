//! Drawings become pixels, by resvg.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

/// Renders `tree` stretched onto a canvas of the given size.
pub fn render(tree: &usvg::Tree, width: u32, height: u32) -> Pixmap {
    let mut pixmap = Pixmap::new(width, height).expect("a size above zero");
    let size = tree.size();
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(tree, scale, &mut pixmap.as_mut());
    pixmap
}

/// Renders with near-exact area coverage: 8 × 8 samples a pixel, averaged premultiplied. (resvg's
/// own antialiasing knows about sixteen steps of coverage.)
pub fn render_exact(tree: &usvg::Tree, width: u32, height: u32) -> Pixmap {
    const SAMPLES: usize = 8;
    let large = render(tree, width * SAMPLES as u32, height * SAMPLES as u32);
    let stride = width as usize * SAMPLES * 4;
    let mut pixmap = Pixmap::new(width, height).expect("a size above zero");
    for (index, pixel) in pixmap.data_mut().chunks_exact_mut(4).enumerate() {
        let (x, y) = (index % width as usize, index / width as usize);
        for (channel, out) in pixel.iter_mut().enumerate() {
            let mut sum = 0;
            for dy in 0..SAMPLES {
                for dx in 0..SAMPLES {
                    let at = (y * SAMPLES + dy) * stride + (x * SAMPLES + dx) * 4 + channel;
                    sum += usize::from(large.data()[at]);
                }
            }
            *out = ((sum + SAMPLES * SAMPLES / 2) / (SAMPLES * SAMPLES)) as u8;
        }
    }
    pixmap
}

/// Lays a pixmap over a grey level; RGB in 0..1.
pub fn over(pixmap: &Pixmap, ground: f32) -> Vec<[f32; 3]> {
    pixmap
        .data()
        .chunks_exact(4)
        .map(|c| {
            let alpha = f32::from(c[3]) / 255.0;
            [0, 1, 2].map(|i| f32::from(c[i]) / 255.0 + (1.0 - alpha) * ground)
        })
        .collect()
}
