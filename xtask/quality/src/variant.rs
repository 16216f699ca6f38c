//! The states in which people have a logo: from a clean transparent PNG to a small JPEG.

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage, imageops};
use resvg::tiny_skia::Pixmap;
use resvg::usvg;

use crate::render::{over, render, render_exact};

/// How a logo was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Transparent PNG, near-exact area coverage.
    Alpha,
    /// Transparent PNG with resvg's own antialiasing.
    Coarse,
    /// PNG on white.
    White,
    /// JPEG on white, of the given quality.
    Jpeg(u8),
    /// Lossy WebP on white, quality 75.
    Webp,
    /// On white, a third of the size, scaled up.
    Blur,
    /// On white, drawn at 1.67 times the size and scaled down by 0.6 with a sharp filter.
    Resample,
}

impl Variant {
    pub const ALL: [(&str, Self); 9] = [
        ("alpha", Self::Alpha),
        ("coarse", Self::Coarse),
        ("white", Self::White),
        ("jpeg90", Self::Jpeg(90)),
        ("jpeg", Self::Jpeg(75)),
        ("jpeg50", Self::Jpeg(50)),
        ("webp", Self::Webp),
        ("blur", Self::Blur),
        ("resample", Self::Resample),
    ];

    /// Whether the trace is compared on black as well as on white.
    pub fn has_alpha(self) -> bool {
        matches!(self, Self::Alpha | Self::Coarse)
    }

    /// The file that a person would have.
    pub fn file(self, tree: &usvg::Tree, width: u32, height: u32) -> Vec<u8> {
        let drawn = || on_white(&render_exact(tree, width, height));
        let bytes = match self {
            Self::Alpha => {
                render_exact(tree, width, height).encode_png().map_err(|e| e.to_string())
            }
            Self::Coarse => render(tree, width, height).encode_png().map_err(|e| e.to_string()),
            Self::White => Ok(png(&drawn())),
            Self::Jpeg(quality) => {
                let mut out = Vec::new();
                JpegEncoder::new_with_quality(&mut out, quality)
                    .encode_image(&drawn())
                    .map(|()| out)
                    .map_err(|e| e.to_string())
            }
            Self::Webp => {
                Ok(webp::Encoder::from_rgb(drawn().as_raw(), width, height).encode(75.0).to_vec())
            }
            Self::Blur => {
                let small = on_white(&render_exact(tree, (width / 3).max(8), (height / 3).max(8)));
                Ok(png(&imageops::resize(&small, width, height, imageops::CatmullRom)))
            }
            Self::Resample => {
                let large = on_white(&render_exact(tree, width * 5 / 3, height * 5 / 3));
                Ok(png(&imageops::resize(&large, width, height, imageops::Lanczos3)))
            }
        };
        bytes.expect("encoding into memory")
    }
}

fn png(image: &RgbImage) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Png).expect("encoding into memory");
    out.into_inner()
}

fn on_white(pixmap: &Pixmap) -> RgbImage {
    let bytes =
        over(pixmap, 1.0).iter().flat_map(|c| c.map(|v| (v * 255.0).round() as u8)).collect();
    RgbImage::from_raw(pixmap.width(), pixmap.height(), bytes).expect("three bytes a pixel")
}
