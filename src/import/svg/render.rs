//! Renders an SVG that plain shapes cannot express, for tracing, with `resvg`.

use usvg::{Group, Node, Tree};

use super::convert::Obstacle;
use crate::error::{Error, Result};
use crate::limits::{MAX_DASHES, MAX_RENDER_PX};
use crate::raster::Raster;

/// Longest side of a rendering, in pixels: enough for a tracer to place edges finely.
const SIDE_PX: f64 = 2048.0;

/// Shortest side to which a costly drawing's rendering may shrink.
const LEAST_SIDE_PX: f64 = 256.0;

/// Renders the tree as large as its cost allows.
pub(super) fn render(tree: &Tree, why: Obstacle) -> Result<Raster> {
    let size = tree.size();
    let (width, height) = (f64::from(size.width()), f64::from(size.height()));
    let longest = width.max(height);
    let too_complex =
        Error::TooComplex { format: "SVG", what: why.label(), limit: MAX_RENDER_PX as usize };
    let mut side_px = SIDE_PX;
    while work(tree.root(), side_px / longest, side_px * side_px) > MAX_RENDER_PX {
        side_px /= 2.0;
        if side_px < LEAST_SIDE_PX {
            return Err(too_complex);
        }
    }
    let scale = side_px / longest;
    let (width_px, height_px) =
        ((width * scale).round().max(1.0) as u32, (height * scale).round().max(1.0) as u32);
    crate::raster::check_size(width_px, height_px)?;
    let mut pixmap = resvg::tiny_skia::Pixmap::new(width_px, height_px).ok_or(too_complex)?;
    let transform = usvg::Transform::from_scale(
        (f64::from(width_px) / width) as f32,
        (f64::from(height_px) / height) as f32,
    );
    resvg::render(tree, transform, &mut pixmap.as_mut());
    let mut rgba = pixmap.take();
    crate::raster::unpremultiply(&mut rgba);
    Raster::new(width_px, height_px, rgba)
}

/// Pixels that are touched while `group` is rendered at `scale`, at most `canvas_px2` at once; what
/// is not known for sure is taken for infinite.
fn work(group: &Group, scale: f64, canvas_px2: f64) -> f64 {
    let area = |width: f32, height: f32, most: f64| {
        let px2 = f64::from(width) * f64::from(height) * scale * scale;
        if px2.is_finite() { px2.min(most) } else { most }
    };
    let mut total = 0.0;
    for node in group.children() {
        match node {
            Node::Path(path) => {
                let bounds = path.abs_stroke_bounding_box();
                total += area(bounds.width(), bounds.height(), canvas_px2);
                let fill = path.fill().map(usvg::Fill::paint);
                let stroke = path.stroke().map(usvg::Stroke::paint);
                for paint in [fill, stroke].into_iter().flatten() {
                    if let usvg::Paint::Pattern(pattern) = paint {
                        total += pattern_work(pattern, path.abs_transform(), scale, canvas_px2);
                    }
                }
                total += path.stroke().map_or(0.0, |stroke| dash_work(path, stroke));
            }
            Node::Image(image) => {
                let bounds = image.abs_bounding_box();
                total += area(bounds.width(), bounds.height(), canvas_px2);
                total += f64::from(image.size().width()) * f64::from(image.size().height());
            }
            Node::Group(child) => {
                total += work(child, scale, canvas_px2);
                if child.should_isolate() {
                    // A layer, and one more for each of clip and mask.
                    let bounds = child.abs_layer_bounding_box();
                    // A filter's region reaches up to two canvases beyond each side.
                    let most = if child.filters().is_empty() { 1.0 } else { 25.0 } * canvas_px2;
                    let steps: usize =
                        child.filters().iter().map(|f| 4 * (1 + f.primitives().len())).sum();
                    let clip = clip_depth(child.clip_path());
                    total +=
                        area(bounds.width(), bounds.height(), most) * (2 + steps + 2 * clip) as f64;
                }
                let mut masks = child.mask();
                while let Some(mask) = masks {
                    total += canvas_px2 + work(mask.root(), scale, canvas_px2);
                    masks = mask.mask();
                }
            }
            Node::Text(_) => {}
        }
    }
    total
}

fn clip_depth(mut clip: Option<&usvg::ClipPath>) -> usize {
    let mut depth = 0;
    while let Some(outer) = clip {
        depth += 1;
        clip = outer.clip_path();
    }
    depth
}

/// A pattern's tile is drawn once, at its size on the canvas.
fn pattern_work(
    pattern: &usvg::Pattern,
    transform: usvg::Transform,
    scale: f64,
    canvas_px2: f64,
) -> f64 {
    let t = transform.pre_concat(pattern.transform());
    let stretch = f64::from((t.sx * t.sy).abs().max((t.kx * t.ky).abs())) * scale * scale;
    let rect = pattern.rect();
    let tile_px2 = f64::from(rect.width()) * f64::from(rect.height()) * stretch;
    // A tile beyond the canvas would be drawn whole, at any size.
    let tile_px2 = if tile_px2 <= 4.0 * canvas_px2 { tile_px2 } else { f64::INFINITY };
    tile_px2 + work(pattern.root(), scale, canvas_px2)
}

/// Dashes cost little each, but their number knows no bound.
fn dash_work(path: &usvg::Path, stroke: &usvg::Stroke) -> f64 {
    use kurbo::Shape as _;
    let Some(dashes) = stroke.dasharray() else { return 0.0 };
    let period: f32 = dashes.iter().sum();
    let length = super::outline::bez_path(path.data()).perimeter(1.0);
    // Written so that NaN is infinite.
    let count = length / f64::from(period) * dashes.len() as f64;
    if count <= MAX_DASHES { count * 1000.0 } else { f64::INFINITY }
}
