//! The engine for illustrations and photographs: the `vtracer` crate (MIT OR Apache-2.0), whose
//! hierarchical clustering copes with many shades. Its paths become an [`Artwork`].

use kurbo::{BezPath, Point, Rect};
use visioncortex::{CompoundPathElement, PathSimplifyMode, PointF64};
use vtracer::{ColorImage, ColorMode, Config, Hierarchical};

use super::{Layering, Preset, TraceOptions};
use crate::artwork::{Artwork, Geometry, Paint, Shape};
use crate::color::Rgb;
use crate::error::{Error, Result};
use crate::job::{Stage, Watch};
use crate::raster::Raster;

/// Traces `raster`, which is not blank.
pub(super) fn trace(raster: &Raster, options: &TraceOptions, watch: Watch) -> Result<Artwork> {
    watch(Stage::Edges, 0.0)?;
    let traced = vtracer::convert(keyed(raster), config(raster, options))
        .map_err(|detail| Error::Engine { engine: "vtracer", detail })?;
    watch(Stage::Curves, 0.0)?;
    let mut artwork = Artwork::new(f64::from(raster.width_px()), f64::from(raster.height_px()));
    for traced in &traced.paths {
        let path = path(&traced.path.paths);
        if path.is_empty() {
            continue;
        }
        let ink = artwork.ink(Rgb([traced.color.r, traced.color.g, traced.color.b]));
        artwork.shapes.push(Shape {
            geometry: Geometry::Path(path),
            paint: Paint::Ink(ink),
            opacity: 1.0,
        });
    }
    if artwork.shapes.is_empty() {
        cover(&mut artwork, raster);
    }
    watch(Stage::Curves, 1.0)?;
    Ok(artwork)
}

/// Covers everything with the mean colour of what is visible: vtracer finds no shape in a picture
/// of a pixel or two.
fn cover(artwork: &mut Artwork, raster: &Raster) {
    let weight: u64 = raster.pixels().iter().map(|p| u64::from(p[3])).sum();
    let mean = [0, 1, 2].map(|channel| {
        let sum: u64 =
            raster.pixels().iter().map(|p| u64::from(p[channel]) * u64::from(p[3])).sum();
        ((sum + weight / 2) / weight.max(1)) as u8
    });
    let ink = artwork.ink(Rgb(mean));
    artwork.shapes.push(Shape {
        geometry: Geometry::Rect(Rect::new(0.0, 0.0, artwork.width, artwork.height)),
        paint: Paint::Ink(ink),
        opacity: 1.0,
    });
}

/// The pixels, such that vtracer treats what is transparent as such, and in the same way each time.
///
/// vtracer knows only fully transparent pixels, and replaces them by a colour that the image does
/// not use: the first free one of the six pure colours, else a random one. Moving magenta aside by
/// one level keeps one of the six free.
fn keyed(raster: &Raster) -> ColorImage {
    let mut pixels = raster.rgba().to_vec();
    for pixel in pixels.as_chunks_mut::<4>().0 {
        if pixel[3] < 128 {
            *pixel = [0; 4];
        } else if pixel[..3] == [255, 0, 255] {
            pixel[1] = 1;
        }
    }
    ColorImage { pixels, width: raster.width_px() as usize, height: raster.height_px() as usize }
}

fn config(raster: &Raster, options: &TraceOptions) -> Config {
    // A tiny picture's largest shape is not a speck.
    let min_area_px2 = options.min_area_px2.min(raster.pixels().len() as f64 / 16.0);
    let photo = options.preset == Preset::Photo;
    Config {
        color_mode: ColorMode::Color,
        hierarchical: match options.layering {
            Layering::Stacked | Layering::Completed => Hierarchical::Stacked,
            Layering::CutOut => Hierarchical::Cutout,
        },
        mode: PathSimplifyMode::Spline,
        // vtracer takes the side of a square.
        filter_speckle: min_area_px2.sqrt().floor() as usize,
        color_precision: if photo { 8 } else { 6 },
        layer_difference: if photo { 48 } else { 16 },
        // vtracer measures turns between pixels, which are 45° steeper than they were drawn.
        corner_threshold: (options.corner_deg + 45.0).min(180.0).round() as i32,
        ..Config::default()
    }
}

fn path(elements: &[CompoundPathElement]) -> BezPath {
    let mut path = BezPath::new();
    for element in elements {
        match element {
            CompoundPathElement::PathI32(polygon) => {
                let points =
                    polygon.path.iter().map(|p| Point::new(f64::from(p.x), f64::from(p.y)));
                close(&mut path, points, BezPath::line_to);
            }
            CompoundPathElement::PathF64(polygon) => {
                close(&mut path, polygon.path.iter().map(point), BezPath::line_to);
            }
            CompoundPathElement::Spline(spline) => {
                let Some((first, rest)) = spline.points.split_first() else { continue };
                path.move_to(point(first));
                for [a, b, c] in rest.as_chunks().0 {
                    path.curve_to(point(a), point(b), point(c));
                }
                path.close_path();
            }
        }
    }
    path
}

fn close(
    path: &mut BezPath,
    mut points: impl Iterator<Item = Point>,
    line_to: impl Fn(&mut BezPath, Point),
) {
    if let Some(first) = points.next() {
        path.move_to(first);
        points.for_each(|p| line_to(path, p));
        path.close_path();
    }
}

fn point(p: &PointF64) -> Point {
    Point::new(p.x, p.y)
}
