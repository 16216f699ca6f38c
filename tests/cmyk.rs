//! The CMYK table in `src/color/fogra39.bin` against the profile it comes from, read by `moxcms`.
//! `BLESS=1` writes the table anew.

use std::path::Path;

use logopress::{Cmyk, Rgb};
use moxcms::{ColorProfile, Layout, RenderingIntent, TransformOptions};

/// Grid points along each axis of the table.
const GRID: usize = 17;

fn profile() -> ColorProfile {
    ColorProfile::new_from_slice(&std::fs::read("tests/fixtures/fogra39.icc").unwrap()).unwrap()
}

fn options() -> TransformOptions {
    TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    }
}

/// Colours through the profile, CMYK in bytes.
fn to_cmyk(colors: &[[u8; 3]]) -> Vec<[u8; 4]> {
    let mut out = vec![0; colors.len() * 4];
    ColorProfile::new_srgb()
        .create_transform_8bit(Layout::Rgb, &profile(), Layout::Rgba, options())
        .unwrap()
        .transform(colors.as_flattened(), &mut out)
        .unwrap();
    out.as_chunks().0.to_vec()
}

fn to_rgb(colors: &[[u8; 4]]) -> Vec<[u8; 3]> {
    let mut out = vec![0; colors.len() * 3];
    profile()
        .create_transform_8bit(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options())
        .unwrap()
        .transform(colors.as_flattened(), &mut out)
        .unwrap();
    out.as_chunks().0.to_vec()
}

/// CIE lightness of an sRGB colour, 0 to 100.
fn lightness(rgb: [u8; 3]) -> f64 {
    let y = logopress::luminance(Rgb(rgb));
    if y > 216.0 / 24389.0 { 116.0 * y.cbrt() - 16.0 } else { y * 24389.0 / 27.0 }
}

/// For every grey, the percentage of black ink alone that looks as light, black ink being as dark
/// as it gets (black point compensation).
fn black_ink() -> Vec<u8> {
    let ramp: Vec<[u8; 4]> =
        (0..=100_u16).map(|percent| [0, 0, 0, ((percent * 255 + 50) / 100) as u8]).collect();
    let printed: Vec<f64> = to_rgb(&ramp).into_iter().map(lightness).collect();
    let darkest = printed[100];
    (0..=255_u8)
        .map(|grey| {
            let wanted = darkest + lightness([grey; 3]) * (100.0 - darkest) / 100.0;
            let off = |percent: &usize| (printed[*percent] - wanted).abs();
            (0..=100).min_by(|a, b| off(a).total_cmp(&off(b))).unwrap() as u8
        })
        .collect()
}

fn table() -> Vec<u8> {
    let axis = |i: usize| (i * 255 / (GRID - 1)) as u8;
    let colors: Vec<[u8; 3]> = (0..GRID.pow(3))
        .map(|i| [axis(i / GRID / GRID), axis(i / GRID % GRID), axis(i % GRID)])
        .collect();
    let mut table = to_cmyk(&colors).into_flattened();
    table.extend(black_ink());
    table
}

#[test]
fn the_table_is_the_profile() {
    let path = Path::new("src/color/fogra39.bin");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, table()).unwrap();
    }
    // One step off: `moxcms` rounds differently from processor to processor.
    let close = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 1;
    let (kept, fresh) = (std::fs::read(path).unwrap(), table());
    assert_eq!(kept.len(), fresh.len());
    assert!(kept.iter().zip(&fresh).all(close), "BLESS=1 writes the table anew");
}

#[test]
fn saturated_colours_print_as_the_profile_says() {
    // Colours off the grid; what the rules for logos change (little ink, stray black) is left out
    // by the tolerance for channels near an end.
    let colors: Vec<[u8; 3]> = (0..512_u32)
        .map(|i| {
            let [r, g, b, _] = i.wrapping_mul(2_654_435_761).to_le_bytes();
            [r, g, b]
        })
        .filter(|c| c.iter().max().unwrap() - c.iter().min().unwrap() > 60)
        .collect();
    let mut worst = [0; 4];
    let mut off = 0;
    for (rgb, exact) in colors.iter().zip(to_cmyk(&colors)) {
        let Cmyk(ours) = Cmyk::from(Rgb(*rgb));
        for channel in 0..4 {
            let percent = (f64::from(exact[channel]) / 2.55).round() as i32;
            // Up to 12 % of black is stray and left away.
            let least = if channel == 3 { 13 } else { 10 };
            if (least..=96).contains(&percent) {
                let difference = (i32::from(ours[channel]) - percent).abs();
                worst[channel] = worst[channel].max(difference);
                off += usize::from(difference > 2);
            }
        }
    }
    println!("worst {worst:?}, {off} channels of {} off by more than 2 %", colors.len() * 4);
    assert!(worst.iter().all(|percent| *percent <= 6), "{worst:?}");
    assert!(off * 50 < colors.len() * 4, "{off} channels of {}", colors.len() * 4);
}
