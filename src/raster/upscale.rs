//! Tells a small picture that was scaled up from one that is large: its edges are wider than
//! antialiasing makes them, or its pixels come in blocks.
//!
//! Limits: what is soft by intention everywhere, such as a blurred logo, looks the same.

use super::Raster;

/// Least contrast of an edge that is measured, in levels.
const CONTRAST: i32 = 64;

/// Widest edge that is measured, in pixels.
const WIDEST_PX: usize = 40;

/// Edges that must be found before anything is said.
const LEAST_EDGES: usize = 60;

/// Rows and columns that are looked at.
const LINES: u32 = 128;

/// Columns side by side that are.
const STRIP_PX: u32 = 16;

/// Scales below this are not told from ordinary softness.
const LEAST_SCALE: f64 = 2.5;

/// The longest side that the picture seems to have had before it was scaled up, in pixels.
pub(crate) fn original_side_px(raster: &Raster) -> Option<u32> {
    let side = raster.width_px().max(raster.height_px());
    let scale = block_px(raster).map(f64::from).or_else(|| blur_scale(raster))?;
    (scale >= LEAST_SCALE.min(2.0)).then(|| (f64::from(side) / scale).round().max(1.0) as u32)
}

/// Some rows and columns.
fn lines(raster: &Raster) -> impl Iterator<Item = Vec<i32>> {
    let (width, height) = (raster.width_px(), raster.height_px());
    let rows = raster.pixels().chunks_exact(width as usize);
    let rows = rows.step_by(height.div_ceil(LINES) as usize);
    let rows = rows.map(|row| row.iter().copied().map(level).collect());
    let strips = (0..width).step_by((width.div_ceil(LINES) * STRIP_PX) as usize);
    rows.chain(strips.flat_map(|from| raster.columns(from..from + STRIP_PX, level)))
}

/// Luminance over mid grey, transparency included.
fn level(pixel: [u8; 4]) -> i32 {
    let [r, g, b, alpha] = pixel.map(i32::from);
    let luminance = (54 * r + 183 * g + 19 * b) / 256;
    if alpha == 255 { luminance } else { (luminance * alpha + 128 * (255 - alpha)) / 255 }
}

/// The side of the blocks that a picture consists of, if it does: all changes are at multiples.
pub(super) fn block_px(raster: &Raster) -> Option<u32> {
    let (mut common, mut changes) = (0_usize, 0);
    for line in lines(raster) {
        for i in (1..line.len()).filter(|&i| line[i] != line[i - 1]) {
            common = gcd(common, i);
            changes += 1;
            if common == 1 {
                return None;
            }
        }
    }
    (changes >= LEAST_EDGES && common >= 2).then_some(common as u32)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// By how much the sharpest edges are wider than they need be.
fn blur_scale(raster: &Raster) -> Option<f64> {
    edge_scale(raster).filter(|&scale| scale >= LEAST_SCALE)
}

/// The same, however little it is.
pub(super) fn edge_scale(raster: &Raster) -> Option<f64> {
    let mut widths: Vec<f64> = lines(raster).flat_map(|line| edge_widths(&line)).collect();
    if widths.len() < LEAST_EDGES {
        return None;
    }
    widths.sort_unstable_by(f64::total_cmp);
    // Edges that run nearly along the line seem wide; so do soft shadows. A third at least is
    // crossed squarely.
    let sharp = widths[widths.len() / 3];
    // An edge of one pixel, interpolated linearly, rises over about one and a half pixels of the
    // small picture.
    Some(sharp / 1.5)
}

/// Contrast over steepest step, for every monotone run of enough contrast.
fn edge_widths(line: &[i32]) -> Vec<f64> {
    let mut widths = Vec::new();
    let mut i = 0;
    while i + 1 < line.len() {
        let sign = (line[i + 1] - line[i]).signum();
        let mut end = i + 1;
        let mut steepest = 0;
        while end < line.len() && sign != 0 && (line[end] - line[end - 1]).signum() == sign {
            steepest = steepest.max((line[end] - line[end - 1]).abs());
            end += 1;
        }
        if sign == 0 {
            i += 1;
            continue;
        }
        let contrast = (line[end - 1] - line[i]).abs();
        if contrast >= CONTRAST && end - i <= WIDEST_PX {
            widths.push(f64::from(contrast) / f64::from(steepest));
        }
        i = end - 1;
    }
    widths
}
