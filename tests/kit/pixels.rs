//! Files of pixels, read by others: every kind of picture comes back as it was.

use image::ImageFormat;
use logopress::Raster;
use logopress::export::{png, webp};

/// A picture whose pixel at x, y has the colour `color` says.
fn picture(width_px: u32, height_px: u32, color: impl Fn(u32, u32) -> [u8; 4]) -> Raster {
    let places = (0..height_px).flat_map(|y| (0..width_px).map(move |x| (x, y)));
    let rgba = places.flat_map(|(x, y)| color(x, y)).collect();
    Raster::new(width_px, height_px, rgba).unwrap()
}

/// A number that looks like chance.
fn scattered(x: u32, y: u32) -> u32 {
    let mixed =
        (x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77)).wrapping_mul(0xc2b2_ae3d);
    mixed ^ mixed >> 15
}

#[test]
fn pictures_of_every_kind_come_back_as_they_were() {
    let mut pictures = vec![
        picture(1, 1, |_, _| [7, 8, 9, 10]),
        picture(300, 200, |_, _| [0; 4]),
        // More rows and columns than blocks and copies are long.
        picture(1030, 520, |x, y| [(x / 4) as u8, (y / 4) as u8, (x * y / 999) as u8, 255]),
        picture(5000, 3, |x, _| [(x / 4500) as u8, 0, 0, 255]),
        picture(3, 5000, |x, y| [(x / 2) as u8, (y / 4990) as u8, 0, 255]),
        picture(64, 64, |x, y| scattered(x, y).to_le_bytes()),
    ];
    for colors in [1, 2, 3, 4, 5, 16, 17, 256, 257, 5000] {
        // Bands of one colour, and in them specks.
        pictures.push(picture(301, 211, |x, y| {
            let color =
                if scattered(x, y).is_multiple_of(9) { scattered(x, y) } else { y / 7 } % colors;
            [color as u8, (color >> 8) as u8, 77, if color % 3 == 0 { 255 } else { color as u8 }]
        }));
        pictures.push(picture(33, 9, |x, y| {
            let color = (x + y) % colors;
            [color as u8, 9, (color >> 8) as u8, 255]
        }));
    }
    for raster in pictures {
        let name = format!("{} × {}", raster.width_px(), raster.height_px());
        for (format, bytes) in
            [(ImageFormat::Png, png(&raster).unwrap()), (ImageFormat::WebP, webp(&raster))]
        {
            let image = image::load_from_memory_with_format(&bytes, format);
            let image = image.unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(image.into_rgba8().as_raw(), raster.rgba(), "{name} as {format:?}");
        }
    }
}
