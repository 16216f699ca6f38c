//! The engine for logos: flat inks with clean edges, recovered to a small fraction of a pixel.
//!
//! The order of its passes: the inks of pure pixels; a label for every pixel; specks go; the
//! labels' planar map; each edge located between its two inks; junctions where the edges meet;
//! each contour fitted once; shapes built from the fitted edges.

use kurbo::{BezPath, Point, Rect};

use super::centre::centred;
use super::contour::{self, Curves};
use super::fit::{Boundary, FitOptions, Fitted, fit};
use super::junction;
use super::map::{Edge, PlanarMap, planar_map};
use super::roughness;
use super::shade::{Shadow, shaded};
use super::unmix::{Located, Unmixer};
use super::{CentreLines, Layering, Preset, Shadows, TraceOptions};
use crate::artwork::{Artwork, Layers, Measured, Paint, Shape, build};
use crate::error::Result;
use crate::job::{Stage, Watch, unwatched};
use crate::par;
use crate::quantize::{self, MAX_INKS, Noise, Specks, Wish};
use crate::raster::Raster;

/// Most inks that are found without being asked for.
const AUTO_INKS: usize = 48;

/// How closely outlines of shadows are followed, in percent.
const SOFT_DETAIL_PERCENT: f64 = 10.0;

/// How far a ground's ink may be off the colour found below a shadow, in levels.
const GROUND: u8 = 8;

/// Traces `raster`, which is not blank.
pub(super) fn trace(raster: &Raster, options: &TraceOptions, watch: Watch) -> Result<Artwork> {
    trace_enlarged(raster, 1, options, watch)
}

/// The same with the edges looked for in `factor` times as many pixels a side.
pub(super) fn trace_enlarged(
    raster: &Raster,
    factor: u32,
    options: &TraceOptions,
    watch: Watch,
) -> Result<Artwork> {
    let by_pixel = options.preset == Preset::PixelArt;
    watch(Stage::Inks, 0.0)?;
    let noise = if by_pixel { Noise::NONE } else { Noise::measure(raster) };
    let shaded = if wants_gradients(options) { shaded(raster, noise) } else { None };
    let raster = shaded.as_ref().map_or(raster, |shaded| &shaded.raster);
    let mut palette = if by_pixel {
        quantize::every_color(raster, MAX_INKS)
    } else {
        quantize::palette(raster, AUTO_INKS, noise)
    };
    watch(Stage::Inks, 0.5)?;
    let seen = quantize::label(raster, &mut palette);
    let scale = f64::from(factor);
    let enlarged = (factor > 1).then(|| raster.enlarged(factor));
    let seen = match &enlarged {
        Some(large) => quantize::label_as(large, &palette),
        None => seen,
    };
    let raster = enlarged.as_ref().unwrap_or(raster);
    let merged = quantize::merge(&palette, &seen, &wish(options), &options.locked);
    let mut labels = if merged.is_identity() { seen.clone() } else { merged.apply(&seen) };
    let mut parts = quantize::components(&labels);
    let specks = Specks {
        area_px2: options.min_area_px2 * scale * scale,
        contrast: (0.01 * options.min_contrast_percent) as f32,
        colors: &merged.paints,
    };
    if !by_pixel && quantize::despeckle(&mut labels, &parts, &specks) {
        parts = quantize::components(&labels);
    }
    watch(Stage::Edges, 0.0)?;
    let unmixer = Unmixer::new(raster, &seen, &palette);
    let map = planar_map(&labels, parts, |x, y| !by_pixel && unmixer.joined(x, y));
    drop(labels);
    watch(Stage::Edges, 0.5)?;
    let size = (f64::from(raster.width_px()), f64::from(raster.height_px()));
    let located = if by_pixel { Vec::new() } else { locate(&map, &unmixer) };
    let fitted = if by_pixel {
        Curves { edges: map.edges.iter().map(steps).collect(), rings: Vec::new() }
    } else {
        curves(&map, &located, options, size, watch)?
    };
    watch(Stage::Curves, 0.9)?;
    let fit = |boundary: &Boundary| fit(boundary, &fit_options(options));
    let measured = Measured { located: &located, fit: &fit };
    let completes = options.layering == Layering::Completed && !by_pixel;
    let layering = match options.layering {
        Layering::CutOut => Layers::SideBySide,
        _ => Layers::Stacked(completes.then_some(&measured)),
    };
    let mut artwork = build(&map, &fitted, &merged.paints, layering, size);
    if !by_pixel && wants_lines(options) {
        artwork = centred(artwork, &fit_options(options));
    }
    artwork = artwork.scaled(1.0 / scale);
    watch(Stage::Curves, 1.0)?;
    Ok(match shaded {
        Some(shaded) => {
            let (shadows, mut artwork) = shaded.restore(artwork);
            for shadow in &shadows {
                artwork = shadow.under(artwork, options, watch)?;
            }
            artwork
        }
        None => artwork,
    })
}

impl Shadow {
    /// Puts shadows below a drawing, as the options say.
    fn under(&self, mut art: Artwork, options: &TraceOptions, watch: Watch) -> Result<Artwork> {
        let outlines = match options.shadows {
            Shadows::Gradient => self.soft(),
            Shadows::Flat => self.hard(),
            Shadows::Drop => Vec::new(),
        };
        let plain = TraceOptions { detail_percent: SOFT_DETAIL_PERCENT, ..TraceOptions::default() };
        let mut below = Vec::new();
        for (outline, opacity) in outlines {
            let outline = outline?;
            if outline.is_blank() {
                continue;
            }
            let paint = Paint::Ink(art.ink(self.rgb()));
            watch(Stage::Curves, 1.0)?;
            let traced = trace(&outline, &plain, &unwatched)?.stretched(art.width, art.height);
            let shapes = traced.shapes.into_iter();
            below.extend(shapes.map(|shape| Shape { geometry: shape.geometry, paint, opacity }));
        }
        let ground = self.bring_down_ground(&mut art);
        art.shapes.splice(ground..ground, below);
        Ok(art)
    }

    /// Puts the shape that the shadow lies on below all else; returns how many shapes that is.
    fn bring_down_ground(&self, art: &mut Artwork) -> usize {
        let Some(ground) = self.ground() else { return 0 };
        let is_ground = |shape: &Shape| {
            let Paint::Ink(ink) = shape.paint else { return false };
            let channels = art.inks[ink].rgb.0.into_iter().zip(ground.0);
            channels.into_iter().all(|(a, b)| a.abs_diff(b) <= GROUND)
        };
        let Some(at) = art.shapes.iter().position(is_ground) else { return 0 };
        art.shapes[..=at].rotate_right(1);
        1
    }
}

/// Whether gradients may stay gradients: not where inks are asked for.
fn wants_gradients(options: &TraceOptions) -> bool {
    options.preset == Preset::Logo && wish(options) == Wish::Every
}

/// The inks that the options ask for.
fn wish(options: &TraceOptions) -> Wish {
    match (options.preset, options.inks) {
        (Preset::OneColour, _) => Wish::Figure,
        (Preset::LineArt, _) => Wish::Dark,
        _ if !options.palette.is_empty() => Wish::These(options.palette.clone()),
        (_, Some(most)) => Wish::AtMost(most as usize),
        (_, None) => Wish::Every,
    }
}

/// Whether even lines become centre lines.
fn wants_lines(options: &TraceOptions) -> bool {
    match options.centre_lines {
        CentreLines::Auto => options.preset == Preset::LineArt,
        CentreLines::Always => true,
        CentreLines::Never => false,
    }
}

/// Locates every edge.
fn locate(map: &PlanarMap, unmixer: &Unmixer) -> Vec<Located> {
    let mut located = par::map(map.edges.len(), |i| unmixer.locate(&map.edges[i]));
    let roughness_px = roughness::sigma_px(&located);
    for sigma_px in located.iter_mut().flat_map(|located| &mut located.sigma_px) {
        *sigma_px = sigma_px.max(roughness_px);
    }
    located
}

/// How the options ask for fits.
fn fit_options(options: &TraceOptions) -> FitOptions {
    FitOptions {
        // From a quarter over one to four.
        detail: libm::exp2((options.detail_percent - 50.0) / 25.0),
        corner_deg: options.corner_deg,
        primitives: options.primitives,
    }
}

/// Fits every edge.
fn curves(
    map: &PlanarMap,
    located: &[Located],
    options: &TraceOptions,
    size: (f64, f64),
    watch: Watch,
) -> Result<Curves> {
    let junctions = junction::place(map, located, size.0, size.1);
    watch(Stage::Curves, 0.0)?;
    let fit_options = fit_options(options);
    Ok(contour::curves(map, located, &junctions, |contour, located| {
        let rim = match contour.halves[..] {
            [half] => rim(&map.edges[half.edge as usize], located, size),
            _ => None,
        };
        rim.unwrap_or_else(|| {
            let Located { points, sigma_px } = located;
            fit(&Boundary { points, sigma_px, closed: contour.closed }, &fit_options)
        })
    }))
}

/// A boundary that follows the pixels' sides.
fn steps(edge: &Edge) -> Fitted {
    let n = edge.corners.len();
    let closed = edge.ends.is_none();
    let at = |i: usize| edge.corners[i % n];
    let turns = (0..n).filter(|&i| {
        let is_end = !closed && (i == 0 || i + 1 == n);
        // A corner of the walk unless both neighbours lie in one row or column.
        let (before, after) = (at(i + n - 1), at(i + 1));
        is_end || before.0 != after.0 && before.1 != after.1
    });
    let mut path = BezPath::new();
    for i in turns {
        let point = Point::new(f64::from(at(i).0), f64::from(at(i).1));
        if path.elements().is_empty() {
            path.move_to(point);
        } else {
            path.line_to(point);
        }
    }
    if closed {
        path.close_path();
    }
    Fitted::Path(path)
}

/// A boundary that runs on the picture's border is exactly that.
fn rim(edge: &Edge, located: &Located, size: (f64, f64)) -> Option<Fitted> {
    let on_rim = |x: f64, y: f64| x == 0.0 || y == 0.0 || x == size.0 || y == size.1;
    let corners = || edge.corners.iter().map(|&(x, y)| Point::new(f64::from(x), f64::from(y)));
    if !located.points.iter().all(|p| on_rim(p.x, p.y)) || !corners().all(|p| on_rim(p.x, p.y)) {
        return None;
    }
    let full = Rect::new(0.0, 0.0, size.0, size.1);
    let is_corner =
        |p: &Point| (p.x == full.x0 || p.x == full.x1) && (p.y == full.y0 || p.y == full.y1);
    let turns: Vec<Point> = corners().filter(is_corner).collect();
    if edge.ends.is_none() {
        return (turns.len() == 4).then_some(Fitted::Rect(full));
    }
    let (start, end) = (*located.points.first()?, *located.points.last()?);
    let mut path = BezPath::new();
    path.move_to(start);
    for turn in turns.into_iter().filter(|p| *p != start && *p != end) {
        path.line_to(turn);
    }
    path.line_to(end);
    Some(Fitted::Path(path))
}

#[cfg(test)]
#[path = "logo_tests.rs"]
mod tests;
