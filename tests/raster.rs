//! Bitmaps of every format become the same pixels: upright, in sRGB.

use std::io::Cursor;
use std::path::Path;

use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgba, RgbaImage};
use logopress::import::{self, Drawing, IntakeOptions, Opened};
use logopress::{Error, Raster};

fn open(bytes: &[u8]) -> Result<(Raster, Opened), Error> {
    import::open(bytes, &IntakeOptions::default()).map(|(drawing, opened)| match drawing {
        Drawing::Raster(raster) => (raster, opened),
        Drawing::Vector(_) => panic!("no raster"),
    })
}

/// Left half red, right half blue; the top left quarter green.
fn flag() -> RgbaImage {
    RgbaImage::from_fn(32, 16, |x, y| match (x < 16, y < 8) {
        (true, true) => Rgba([0, 160, 0, 255]),
        (true, false) => Rgba([220, 0, 0, 255]),
        _ => Rgba([0, 0, 220, 255]),
    })
}

fn encode(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn near(raster: &Raster, expected: &RgbaImage, by: u8) -> bool {
    (raster.width_px(), raster.height_px()) == expected.dimensions()
        && raster.rgba().iter().zip(expected.as_raw()).all(|(a, b)| a.abs_diff(*b) <= by)
}

#[test]
fn every_format_gives_the_same_pixels() {
    let (rgba, rgb) = (DynamicImage::from(flag()), DynamicImage::from(flag()).into_rgb8().into());
    for (format, name, picture) in [
        (ImageFormat::Png, "PNG", &rgba),
        (ImageFormat::WebP, "WebP", &rgba),
        (ImageFormat::Gif, "GIF", &rgba),
        (ImageFormat::Bmp, "BMP", &rgba),
        (ImageFormat::Tiff, "TIFF", &rgba),
        (ImageFormat::Ico, "ICO", &rgba),
        (ImageFormat::Qoi, "QOI", &rgba),
        (ImageFormat::Pnm, "PNM", &rgb),
    ] {
        let (raster, opened) = open(&encode(picture, format)).unwrap();
        assert!(near(&raster, &flag(), 0), "{name}");
        assert_eq!(opened.format, name);
        assert!(opened.warnings.is_empty(), "{name} {:?}", opened.warnings);
    }
}

#[test]
fn grey_palette_and_sixteen_bits_are_read() {
    let flag = DynamicImage::from(flag());
    for picture in [flag.to_luma8().into(), flag.to_luma_alpha16().into(), flag.to_rgb16().into()] {
        let picture: DynamicImage = picture;
        let (raster, _) = open(&encode(&picture, ImageFormat::Png)).unwrap();
        assert!(near(&raster, &picture.to_rgba8(), 0), "{:?}", picture.color());
    }
}

#[test]
fn a_cursor_is_an_icon() {
    let mut bytes = encode(&flag().into(), ImageFormat::Ico);
    bytes[2] = 2;
    assert!(near(&open(&bytes).unwrap().0, &flag(), 0));
}

#[test]
fn an_embedded_profile_is_applied() {
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let pixel = |profile: Option<Vec<u8>>, rgb: [u8; 3]| {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile).unwrap();
        }
        encoder.write_image(&rgb.repeat(4), 2, 2, ExtendedColorType::Rgb8).unwrap();
        open(&bytes).unwrap().0.pixels()[0]
    };
    assert_eq!(pixel(None, [200, 100, 50]), [200, 100, 50, 255]);
    let srgb = moxcms::ColorProfile::new_srgb().encode().unwrap();
    assert_eq!(pixel(Some(srgb), [200, 100, 50]), [200, 100, 50, 255]);
    // Display P3 (200, 100, 50) in sRGB, computed with the matrices of CSS Color 4, 10.
    let [r, g, b, _] = pixel(Some(p3), [200, 100, 50]);
    for (actual, expected) in [(r, 214), (g, 95), (b, 33)] {
        assert!(actual.abs_diff(expected) <= 2, "{:?}", [r, g, b]);
    }
}

#[test]
fn a_picture_lying_on_its_side_is_set_upright() {
    let upright = RgbaImage::from_fn(16, 32, |_, y| {
        if y < 16 { Rgba([230, 20, 20, 255]) } else { Rgba([20, 20, 230, 255]) }
    });
    let lying = DynamicImage::from(upright.clone()).rotate270();
    let jpeg = encode(&lying.into_rgb8().into(), ImageFormat::Jpeg);
    // One directory entry: orientation (0x112), short, 1 value, 6 (turn by 90° to the right).
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
    bytes.extend(exif);
    bytes.extend(&jpeg[2..]);
    assert!(near(&open(&bytes).unwrap().0, &upright, 12));
}

#[test]
fn print_colours_become_screen_colours_with_a_warning() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake/cmyk.jpg");
    let (raster, opened) = open(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(opened.warnings[0].code, "cmyk");
    let [r, g, b, _] = raster.pixels()[0];
    assert!(r > 200 && g < 60 && b < 60, "full magenta and yellow is red, not {r} {g} {b}");
    let [r, g, b, _] = raster.pixels()[15];
    assert!(r < 60 && g > 100 && b > 200, "full cyan is not {r} {g} {b}");
}
