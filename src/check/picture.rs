//! What can be measured of an icon's pixels.

use image::ImageFormat;

use crate::raster::{Raster, decode};

/// A picture of the formats that icons come in.
pub struct Picture {
    pub raster: Raster,
}

impl Picture {
    /// Reads PNG, JPEG and WebP.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let format = image::guess_format(bytes).ok()?;
        let known = matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP);
        let decoded = known.then(|| decode(bytes, format).ok())??;
        Some(Self { raster: decoded.raster })
    }

    pub fn size(&self) -> (u32, u32) {
        (self.raster.width_px(), self.raster.height_px())
    }

    /// Its size as people write it.
    pub fn measures(&self) -> String {
        format!("{} × {}", self.raster.width_px(), self.raster.height_px())
    }

    pub fn is_opaque(&self) -> bool {
        self.raster.pixels().iter().all(|pixel| pixel[3] == 255)
    }

    /// How far from the middle anything reaches that differs from the corner's colour, as a share of
    /// the width.
    pub fn reach(&self) -> f64 {
        let (width, height) = (f64::from(self.size().0), f64::from(self.size().1));
        let pixels = self.raster.pixels();
        let ground = pixels[0];
        let differs = |p: &[u8; 4]| p.iter().zip(ground).any(|(a, b)| a.abs_diff(b) > 24);
        let far = |at: usize| {
            let (x, y) = (at as u32 % self.size().0, at as u32 / self.size().0);
            (f64::from(x) + 0.5 - width / 2.0).hypot(f64::from(y) + 0.5 - height / 2.0) / width
        };
        let reached = pixels.iter().enumerate().filter(|(_, p)| differs(p)).map(|(at, _)| far(at));
        reached.fold(0.0, f64::max)
    }
}
