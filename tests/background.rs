//! Backgrounds go without a halo; the truth is a drawing of our own whose coverage is known, or a
//! real logo's.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgba, RgbaImage};
use logopress::Raster;
use logopress::import::{self, BackgroundChoice, Drawing, IntakeOptions, Opened};
use logopress::raster::GroundKind;
use resvg::{tiny_skia, usvg};

const SIDE: u32 = 160;

/// How much of a pixel a ring with a hole covers: radius 30 to 50 px.
fn coverage(x: u32, y: u32) -> f64 {
    let d = (f64::from(x) + 0.5 - 80.0).hypot(f64::from(y) + 0.5 - 80.0);
    let inside = |radius: f64| (radius - d + 0.5).clamp(0.0, 1.0);
    inside(50.0) - inside(30.0)
}

const LOGO: [f64; 3] = [200.0, 20.0, 60.0];

fn flattened(ground: impl Fn(u32, u32) -> [f64; 3]) -> RgbaImage {
    RgbaImage::from_fn(SIDE, SIDE, |x, y| {
        let (share, under) = (coverage(x, y), ground(x, y));
        let mix = |c: usize| (LOGO[c] * share + under[c] * (1.0 - share)).round() as u8;
        Rgba([mix(0), mix(1), mix(2), 255])
    })
}

fn png(image: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(image, SIDE, SIDE, ExtendedColorType::Rgba8)
        .unwrap();
    bytes
}

fn removed(bytes: &[u8], enclosed: bool) -> (Raster, Opened) {
    let options = IntakeOptions {
        background: BackgroundChoice::Remove,
        background_enclosed: enclosed,
        ..IntakeOptions::default()
    };
    match import::open(bytes, &options).unwrap() {
        (Drawing::Raster(raster), opened) => (raster, opened),
        _ => panic!("no raster"),
    }
}

/// Mean and greatest error of alpha over all pixels outside the hole.
fn alpha_error(raster: &Raster, hole: bool) -> (f64, f64) {
    let (mut sum, mut count, mut most) = (0.0, 0.0, 0.0_f64);
    for (i, pixel) in raster.pixels().iter().enumerate() {
        let (x, y) = (i as u32 % SIDE, i as u32 / SIDE);
        let d = (f64::from(x) - 79.5).hypot(f64::from(y) - 79.5);
        if !hole && d < 40.0 {
            continue;
        }
        let error = (f64::from(pixel[3]) / 255.0 - coverage(x, y)).abs();
        sum += error;
        count += 1.0;
        most = most.max(error);
    }
    (sum / count, most)
}

#[test]
fn grounds_of_every_kind_go() {
    let white = flattened(|_, _| [255.0; 3]);
    let brand = flattened(|_, _| [20.0, 60.0, 160.0]);
    let soft = flattened(|x, y| {
        let d = (f64::from(x) - 80.0).powi(2) + (f64::from(y) - 80.0).powi(2);
        [250.0 - d / 400.0, 250.0 - d / 400.0, 245.0 - d / 400.0]
    });
    let checker = flattened(|x, y| [if (x / 8 + y / 8) % 2 == 0 { 255.0 } else { 204.0 }; 3]);
    let framed =
        flattened(
            |x, y| {
                if x.min(y).min(159 - x).min(159 - y) < 3 { [0.0; 3] } else { [255.0; 3] }
            },
        );
    for (image, kind) in [
        (white, GroundKind::Flat),
        (brand, GroundKind::Flat),
        (soft, GroundKind::Soft),
        (checker, GroundKind::Checkerboard),
        (framed, GroundKind::Framed),
    ] {
        let (raster, opened) = removed(&png(&image), true);
        let background = opened.background.unwrap();
        assert_eq!((background.kind, background.removed), (kind, true));
        let (mean, most) = alpha_error(&raster, true);
        assert!(mean < 0.002 && most < 0.15, "{kind:?}: mean {mean:.4}, most {most:.3}");
    }
}

#[test]
fn no_halo_is_left() {
    let (raster, _) = removed(&png(&flattened(|_, _| [255.0; 3])), true);
    for pixel in raster.pixels().iter().filter(|pixel| pixel[3] > 0) {
        let off = (0..3).map(|c| (f64::from(pixel[c]) - LOGO[c]).abs()).fold(0.0, f64::max);
        assert!(off <= 2.0, "{pixel:?}");
    }
}

#[test]
fn what_the_logo_encloses_stays_unless_asked() {
    let bytes = png(&flattened(|_, _| [255.0; 3]));
    let center = (80 * SIDE + 80) as usize;
    assert_eq!(removed(&bytes, false).0.pixels()[center], [255; 4]);
    assert_eq!(removed(&bytes, true).0.pixels()[center][3], 0);
    let (mean, _) = alpha_error(&removed(&bytes, false).0, false);
    assert!(mean < 0.002, "{mean}");
}

#[test]
fn compression_noise_goes_too() {
    let rgb: Vec<u8> =
        flattened(|_, _| [255.0; 3]).pixels().flat_map(|p| [p[0], p[1], p[2]]).collect();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 75)
        .write_image(&rgb, SIDE, SIDE, ExtendedColorType::Rgb8)
        .unwrap();
    let (raster, _) = removed(&bytes, true);
    for (i, pixel) in raster.pixels().iter().enumerate() {
        let (x, y) = (i as u32 % SIDE, i as u32 / SIDE);
        let d = (f64::from(x) - 79.5).hypot(f64::from(y) - 79.5);
        assert!((27.0..53.0).contains(&d) || pixel[3] == 0, "{pixel:?} at {x}, {y}");
    }
}

/// How much shadow the ring throws at a pixel, to the lower right: blurred over some pixels, at 40 %.
fn shade(x: u32, y: u32) -> f64 {
    const BLUR_PX: f64 = 4.0;
    let d = (f64::from(x) - 83.5).hypot(f64::from(y) - 85.5);
    // Of an edge far straighter than the blur is wide, a logistic curve is near enough.
    let inside = |radius: f64| 1.0 / (1.0 + ((d - radius) * 1.702 / BLUR_PX).exp());
    0.4 * (inside(50.0) - inside(30.0))
}

/// The ring on a shadow of some colour, on a ground.
fn shaded(ground: [f64; 3], shadow: [f64; 3]) -> RgbaImage {
    flattened(|x, y| [0, 1, 2].map(|c| ground[c] + (shadow[c] - ground[c]) * shade(x, y)))
}

/// What is seen of a pixel on a ground.
fn on(pixel: [u8; 4], ground: [f64; 3]) -> [f64; 3] {
    let alpha = f64::from(pixel[3]) / 255.0;
    [0, 1, 2].map(|c| f64::from(pixel[c]) * alpha + ground[c] * (1.0 - alpha))
}

/// The greatest difference over the channels.
fn apart(a: [f64; 3], b: [f64; 3]) -> f64 {
    (0..3).map(|c| (a[c] - b[c]).abs()).fold(0.0, f64::max)
}

/// How far a picture without its ground is, on that or another ground, from what was drawn: on the mean
/// and at most, but for one pixel in five hundred.
fn shadow_off(raster: &Raster, ground: [f64; 3], shadow: [f64; 3]) -> (f64, f64) {
    let drawn = shaded(ground, shadow);
    let seen = raster.pixels().iter().zip(drawn.pixels());
    let mut off: Vec<f64> =
        seen.map(|(got, drawn)| apart(on(*got, ground), on(drawn.0, ground))).collect();
    off.sort_by(f64::total_cmp);
    (off.iter().sum::<f64>() / off.len() as f64, off[off.len() * 499 / 500])
}

#[test]
fn a_soft_shadow_stays_on_nothing() {
    const WHITE: [f64; 3] = [255.0; 3];
    const NAVY: [f64; 3] = [20.0, 33.0, 61.0];
    const BLACK: [f64; 3] = [0.0; 3];
    // A shadow's colour is the strongest that there is on its ground.
    for (ground, shadow) in [
        (WHITE, BLACK),
        ([244.0, 239.0, 230.0], BLACK),
        ([20.0, 90.0, 180.0], BLACK),
        (NAVY, [255.0, 220.0, 120.0]),
    ] {
        let (raster, opened) = removed(&png(&shaded(ground, shadow)), true);
        assert!(opened.background.unwrap().removed);
        for other in [ground, [255.0, 0.0, 255.0], [50.0; 3]] {
            let (mean, most) = shadow_off(&raster, other, shadow);
            assert!(mean < 0.2 && most <= 10.0, "{ground:?} on {other:?}: {mean:.3}, {most}");
        }
        // It fades away: no edge is left where it is hardly seen.
        for (i, pixel) in raster.pixels().iter().enumerate() {
            let (x, y) = (i as u32 % SIDE, i as u32 / SIDE);
            let alpha = f64::from(pixel[3]) / 255.0;
            let off = (alpha - shade(x, y)).abs();
            assert!(coverage(x, y) > 0.0 || off < 0.03, "{ground:?} at {x}, {y}: {pixel:?}");
        }
    }
}

#[test]
fn a_soft_shadow_is_told_from_compression_noise() {
    let ground = [255.0; 3];
    let rgb: Vec<u8> = shaded(ground, [0.0; 3]).pixels().flat_map(|p| [p[0], p[1], p[2]]).collect();
    for quality in [90, 75] {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .write_image(&rgb, SIDE, SIDE, ExtendedColorType::Rgb8)
            .unwrap();
        let (raster, _) = removed(&bytes, true);
        for other in [ground, [50.0; 3]] {
            let (mean, _) = shadow_off(&raster, other, [0.0; 3]);
            assert!(mean < 2.0, "{quality} on {other:?}: {mean:.3}");
        }
    }
}

#[test]
fn a_shadow_in_a_hole_stays_with_its_ground() {
    let image = shaded([255.0; 3], [0.0; 3]);
    let (raster, _) = removed(&png(&image), false);
    for (i, pixel) in raster.pixels().iter().enumerate() {
        let (x, y) = (i as u32 % SIDE, i as u32 / SIDE);
        if (f64::from(x) - 79.5).hypot(f64::from(y) - 79.5) < 29.0 {
            assert_eq!(*pixel, image.get_pixel(x, y).0, "{x}, {y}");
        }
    }
}

#[test]
fn what_is_no_soft_shadow_stays_opaque() {
    // A grey shape beside the ring, with an edge; and a band that fades to the ground but has edges.
    let hard = |x: u32, y: u32| {
        let d = (f64::from(x) - 87.5).hypot(f64::from(y) - 87.5);
        [if d < 50.0 { 150.0 } else { 255.0 }; 3]
    };
    let fading = |x: u32, y: u32| {
        let share = f64::from(x.clamp(10, 150) - 10) / 140.0;
        let is_band = (120..150).contains(&y);
        if is_band { [30.0 + 225.0 * share, 100.0 + 155.0 * share, 240.0] } else { [255.0; 3] }
    };
    for (name, image) in [("hard", flattened(hard)), ("fading", flattened(fading))] {
        let (raster, _) = removed(&png(&image), true);
        let faint = raster.pixels().iter().filter(|p| (1..255).contains(&p[3])).count();
        // Its edges are one pixel wide.
        assert!(faint < 900, "{name}: {faint}");
    }
}

#[test]
fn nothing_goes_unasked() {
    let image = flattened(|_, _| [255.0; 3]);
    let (drawing, opened) = import::open(&png(&image), &IntakeOptions::default()).unwrap();
    let Drawing::Raster(raster) = drawing else { panic!("no raster") };
    assert_eq!(raster.rgba(), image.as_raw().as_slice());
    assert!(opened.background.is_some_and(|background| !background.removed));
    let content = opened.content.unwrap();
    assert_eq!((content.x_px, content.y_px, content.width_px), (30, 30, 100));
}

#[test]
fn trimming_leaves_the_padding_that_was_asked_for() {
    let options = IntakeOptions { trim: true, padding_percent: 10.0, ..IntakeOptions::default() };
    let bytes = png(&flattened(|_, _| [255.0; 3]));
    let (Drawing::Raster(raster), _) = import::open(&bytes, &options).unwrap() else { panic!() };
    assert_eq!((raster.width_px(), raster.height_px()), (120, 120));
    assert_eq!(raster.pixels()[0], [255; 4]);
}

#[test]
fn a_logo_scaled_up_is_recognized() {
    let small = image::imageops::resize(
        &flattened(|_, _| [255.0; 3]),
        64,
        64,
        image::imageops::FilterType::Triangle,
    );
    for filter in [image::imageops::FilterType::Nearest, image::imageops::FilterType::Triangle] {
        let large = image::imageops::resize(&small, 512, 512, filter);
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::DynamicImage::from(large).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let (_, opened) = import::open(bytes.get_ref(), &IntakeOptions::default()).unwrap();
        let found = opened.upscaled_from_px.unwrap();
        assert!((40..=110).contains(&found), "{filter:?}: {found}");
    }
    let sharp = import::open(&png(&flattened(|_, _| [255.0; 3])), &IntakeOptions::default());
    assert_eq!(sharp.unwrap().1.upscaled_from_px, None);
}

/// A real logo's pixels, with its own transparency, and those within 3 px of its outline.
fn drawn(svg: &str) -> (tiny_skia::Pixmap, Vec<bool>) {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = 472.0 / width.max(height);
    let side = |length: f32| (length * scale).round() as u32 + 40;
    let mut map = tiny_skia::Pixmap::new(side(width), side(height)).unwrap();
    let view = tiny_skia::Transform::from_scale(scale, scale).post_translate(20.0, 20.0);
    resvg::render(&tree, view, &mut map.as_mut());
    let alpha = |x: u32, y: u32| map.pixel(x, y).map_or(0, tiny_skia::PremultipliedColorU8::alpha);
    let mut band = vec![false; map.pixels().len()];
    for y in 1..map.height() - 1 {
        for x in 1..map.width() - 1 {
            let solid = alpha(x, y) > 127;
            if solid == (alpha(x + 1, y) > 127) && solid == (alpha(x, y + 1) > 127) {
                continue;
            }
            for near in y.saturating_sub(3)..(y + 4).min(map.height()) {
                let row = (near * map.width()) as usize;
                let (left, right) = (x.saturating_sub(3), (x + 4).min(map.width()));
                band[row + left as usize..row + right as usize].fill(true);
            }
        }
    }
    (map, band)
}

#[test]
fn real_logos_lose_their_ground() {
    const BRAND: [f64; 3] = [20.0, 90.0, 180.0];
    let translucent = |logo: &logos::Logo| logo.svg.contains("opacity");
    let logos: Vec<_> = logos::some(40).unwrap().into_iter().filter(|l| !translucent(l)).collect();
    for ground in [[255.0; 3], BRAND] {
        let (mut sum, mut count, mut clean) = (0.0, 0.0, 0.0);
        for logo in &logos {
            let (map, band) = drawn(&logo.svg);
            let differs = |pixel: &tiny_skia::PremultipliedColorU8| {
                let rgb = [pixel.red(), pixel.green(), pixel.blue()].map(f64::from);
                (0..3).any(|c| (rgb[c] - ground[c]).abs() > 48.0)
            };
            let solid = |i: &usize| band[*i] && map.pixels()[*i].alpha() == 255;
            // What has the ground's own colour at its edge cannot be told from it.
            if (0..band.len()).filter(solid).any(|i| !differs(&map.pixels()[i])) {
                continue;
            }
            let rgb = map.pixels().iter().flat_map(|pixel| {
                let clear = 1.0 - f64::from(pixel.alpha()) / 255.0;
                let rgb = [pixel.red(), pixel.green(), pixel.blue()].map(f64::from);
                [0, 1, 2].map(|c| (rgb[c] + ground[c] * clear).round() as u8)
            });
            let mut bytes = Vec::new();
            JpegEncoder::new_with_quality(&mut bytes, 75)
                .write_image(
                    &rgb.collect::<Vec<u8>>(),
                    map.width(),
                    map.height(),
                    ExtendedColorType::Rgb8,
                )
                .unwrap();
            let (raster, _) = removed(&bytes, true);
            let errors = raster
                .pixels()
                .iter()
                .zip(map.pixels())
                .map(|(got, drawn)| f64::from(got[3].abs_diff(drawn.alpha())) / 255.0);
            let (inside, outside): (Vec<_>, Vec<_>) =
                errors.enumerate().partition(|(i, _)| band[*i]);
            sum += inside.iter().map(|(_, error)| error).sum::<f64>() / inside.len() as f64;
            count += 1.0;
            let kept = |(i, error): &(usize, f64)| map.pixels()[*i].alpha() == 0 && *error > 0.0;
            clean += f64::from(u8::from(!outside.iter().any(kept)));
        }
        let (mean, clean) = (sum / count, clean / count);
        println!("On {ground:?}: {count} logos, alpha off by {mean:.4}, {clean:.3} clean");
        assert!(
            count >= 15.0 && mean <= 0.05 && clean >= 0.95,
            "{ground:?}: {mean:.4}, {clean:.3}"
        );
    }
}
