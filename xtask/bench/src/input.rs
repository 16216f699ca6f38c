//! What is traced: real logos, drawn at several sizes.

use std::path::{Path, PathBuf};

use resvg::{tiny_skia, usvg};

/// One logo at one size.
pub struct Input {
    pub name: String,
    /// Its longer side.
    pub size_px: u32,
    pub pixels: u32,
    pub file: PathBuf,
}

/// Draws `count` logos on white, and writes them as PNG files.
pub fn write(folder: &Path, sizes: &[u32], count: usize) -> Result<Vec<Input>, String> {
    std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    let mut inputs = Vec::new();
    for logo in logos::some(count)? {
        let tree = usvg::Tree::from_str(&logo.svg, &usvg::Options::default())
            .map_err(|e| format!("{}: {e}", logo.name))?;
        for &size_px in sizes {
            let (width, height) = (tree.size().width(), tree.size().height());
            let scale = size_px as f32 / width.max(height);
            let side = |length: f32| ((length * scale).round() as u32).max(1);
            let mut pixmap =
                tiny_skia::Pixmap::new(side(width), side(height)).ok_or("no such size")?;
            pixmap.fill(tiny_skia::Color::WHITE);
            resvg::render(
                &tree,
                tiny_skia::Transform::from_scale(scale, scale),
                &mut pixmap.as_mut(),
            );
            let file = folder.join(format!("{}-{size_px}.png", logo.name));
            pixmap.save_png(&file).map_err(|e| e.to_string())?;
            let pixels = pixmap.width() * pixmap.height();
            inputs.push(Input { name: logo.name.clone(), size_px, pixels, file });
        }
    }
    Ok(inputs)
}
