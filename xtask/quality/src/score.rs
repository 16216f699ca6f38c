//! How good is a trace? It is compared with the original drawing, rendered at four times the
//! input's size, so that guessing the shape behind the pixels beats copying the pixels.

use std::collections::BTreeSet;

use palette::color_difference::Ciede2000;
use palette::{IntoColor, Lab, Srgb};
use resvg::tiny_skia::PathSegment;
use resvg::usvg;

use crate::render::{over, render};

/// How much larger than the input both drawings are compared.
const UP: u32 = 4;
/// Differences up to this are a fill's tint, not a displaced edge.
const TINT: f32 = 4.5 / 255.0;
/// Colours closer than this count as the same when a detail is looked for nearby.
const SAME: f32 = 0.1;

/// The figures for one trace.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// Mean displacement of boundaries in input px, weighted by contrast: the summed difference
    /// over the original's total variation.
    pub shift_px: f64,
    /// Share of pixels, in ppm, whose colour stands nowhere in the original within one input px:
    /// lost details, slivers, wrong fills.
    pub defect_ppm: f64,
    /// Mean CIEDE2000 on white at 1024 px.
    pub delta_e: f64,
    /// Coordinates of all paths over the original's.
    pub params: f64,
    /// Distinct paints over the original's.
    pub fills: f64,
    /// Size of the SVG in bytes.
    pub bytes: f64,
    /// Time for decoding, tracing and writing, in ms.
    pub time_ms: f64,
}

/// Scores `svg` against the drawing it was traced from at `width × height` px.
pub fn score(
    original: &usvg::Tree,
    svg: &[u8],
    (width, height): (u32, u32),
    grounds: &[f32],
) -> Result<Score, String> {
    let traced =
        usvg::Tree::from_data(svg, &usvg::Options::default()).map_err(|e| e.to_string())?;
    let (large_w, large_h) = (width * UP, height * UP);
    let (a, b) = (render(original, large_w, large_h), render(&traced, large_w, large_h));
    let (mut shift_px, mut defect_ppm) = (0.0, 0.0);
    for ground in grounds {
        let (shift, defect) = compare(&over(&a, *ground), &over(&b, *ground), large_w as usize);
        shift_px += shift / grounds.len() as f64;
        defect_ppm += defect / grounds.len() as f64;
    }
    let (was, is) = (complexity(original), complexity(&traced));
    Ok(Score {
        shift_px,
        defect_ppm,
        delta_e: delta_e(original, &traced, width, height),
        params: is.params as f64 / was.params.max(1) as f64,
        fills: is.paints.len() as f64 / was.paints.len().max(1) as f64,
        bytes: svg.len() as f64,
        time_ms: 0.0,
    })
}

/// Shift and defect between two pictures of `width` px.
fn compare(original: &[[f32; 3]], traced: &[[f32; 3]], width: usize) -> (f64, f64) {
    let height = original.len() / width;
    let reach = UP as usize;
    let (mut difference, mut variation, mut defects) = (0.0, 0.0, 0_usize);
    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            let d = distance(original[at], traced[at]);
            if d > TINT {
                difference += f64::from(d);
            }
            let step = |inside: bool, to: usize| {
                if inside { f64::from(distance(original[at], original[to])) } else { 0.0 }
            };
            let (dx, dy) = (step(x + 1 < width, at + 1), step(y + 1 < height, at + width));
            variation += (dx * dx + dy * dy).sqrt();
            let nearby = || {
                (y.saturating_sub(reach)..(y + reach + 1).min(height)).any(|y| {
                    (x.saturating_sub(reach)..(x + reach + 1).min(width))
                        .any(|x| distance(original[y * width + x], traced[at]) <= SAME)
                })
            };
            if d > SAME && !nearby() {
                defects += 1;
            }
        }
    }
    let shift = difference / f64::max(variation, 1.0) / f64::from(UP);
    (shift, defects as f64 * 1e6 / original.len() as f64)
}

fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3).map(|i| (a[i] - b[i]).abs()).fold(0.0, f32::max)
}

fn delta_e(original: &usvg::Tree, traced: &usvg::Tree, width: u32, height: u32) -> f64 {
    let scale = 1024.0 / f64::from(width.max(height));
    let side = |px: u32| ((f64::from(px) * scale).round() as u32).max(1);
    let picture = |tree| over(&render(tree, side(width), side(height)), 1.0);
    let lab = |c: [f32; 3]| -> Lab { Srgb::from(c).into_color() };
    let (a, b) = (picture(original), picture(traced));
    let sum: f64 = a
        .iter()
        .zip(&b)
        .map(|(p, q)| if p == q { 0.0 } else { f64::from(lab(*p).difference(lab(*q))) })
        .sum();
    sum / a.len() as f64
}

/// What it takes to write a drawing down.
#[derive(Default)]
pub struct Complexity {
    /// Coordinates: a line has 2, a quadratic 4, a cubic 6.
    pub params: usize,
    /// Distinct paints.
    pub paints: BTreeSet<String>,
}

/// Counts coordinates and paints over the whole tree.
pub fn complexity(tree: &usvg::Tree) -> Complexity {
    let mut found = Complexity::default();
    count(tree.root(), &mut found);
    found
}

fn count(group: &usvg::Group, found: &mut Complexity) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => count(group, found),
            usvg::Node::Path(path) => {
                found.params += path
                    .data()
                    .segments()
                    .map(|segment| match segment {
                        PathSegment::MoveTo(_) | PathSegment::LineTo(_) => 2,
                        PathSegment::QuadTo(..) => 4,
                        PathSegment::CubicTo(..) => 6,
                        PathSegment::Close => 0,
                    })
                    .sum::<usize>();
                let paints =
                    [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
                for paint in paints.into_iter().flatten() {
                    found.paints.insert(match paint {
                        usvg::Paint::Color(color) => format!("{color:?}"),
                        _ => "gradient".into(),
                    });
                }
            }
            usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}
