//! A `usvg` tree becomes an [`Artwork`]: strokes become outlines, clips and plain masks are applied
//! to the shapes below them, group opacity is shared out.
//!
//! What geometry cannot say ends the conversion with an [`Obstacle`]; the caller then renders.
//! Numbers in comments refer to SVG 1.1 (Second Edition).

use kurbo::{Affine, BezPath, Rect, Shape as _};
use usvg::{ClipPath, Group, Mask, Node, PaintOrder, Path, Tree};

use super::outline::{self, affine, bez_path};
use super::paint::{self, Paint};
use crate::artwork::{Artwork, Shape};
use crate::import::geometry;
use crate::region::{self, FillRule};

/// Why a drawing has no equivalent in plain filled shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    Blend,
    Bitmap,
    Complexity,
    Fade,
    Filter,
    Pattern,
    SoftMask,
}

impl Obstacle {
    /// What it is called, to go on after "because it uses".
    pub fn label(self) -> &'static str {
        match self {
            Self::Blend => "blend modes",
            Self::Bitmap => "bitmaps among shapes",
            Self::Complexity => "paths that cross themselves thousands of times",
            Self::Fade => "transparent groups of transparent shapes",
            Self::Filter => "filter effects",
            Self::Pattern => "patterns",
            Self::SoftMask => "soft masks",
        }
    }
}

type Result<T> = std::result::Result<T, Obstacle>;

/// A filled outline before it gets its place in the artwork.
#[derive(Clone)]
struct Layer {
    /// Fills the same under either rule.
    path: BezPath,
    paint: Paint,
    opacity: f64,
}

impl Layer {
    fn is_opaque(&self) -> bool {
        self.opacity == 1.0 && self.paint.is_opaque()
    }
}

/// Converts the whole tree; what lies outside its viewport is cut off.
pub(super) fn artwork(tree: &Tree) -> Result<Artwork> {
    let size = tree.size();
    let mut artwork = Artwork::new(f64::from(size.width()), f64::from(size.height()));
    let viewport = Rect::new(0.0, 0.0, artwork.width, artwork.height);
    let layers = children(tree.root(), Affine::IDENTITY)?;
    for layer in clipped(layers, &viewport.to_path(1.0))? {
        let paint = layer.paint.place(&mut artwork);
        let geometry = geometry::recognize(layer.path);
        artwork.shapes.push(Shape { geometry, paint, opacity: layer.opacity });
    }
    Ok(artwork)
}

fn children(group: &Group, transform: Affine) -> Result<Vec<Layer>> {
    let mut layers = Vec::new();
    for node in group.children() {
        match node {
            Node::Group(child) => layers.extend(self::group(child, transform)?),
            Node::Path(path) if path.is_visible() => layers.extend(self::path(path, transform)?),
            Node::Image(image) if image.is_visible() => return Err(Obstacle::Bitmap),
            // Text is dealt with before the conversion starts.
            Node::Path(_) | Node::Image(_) | Node::Text(_) => {}
        }
    }
    Ok(layers)
}

fn group(group: &Group, transform: Affine) -> Result<Vec<Layer>> {
    if !group.filters().is_empty() {
        return Err(Obstacle::Filter);
    }
    if group.blend_mode() != usvg::BlendMode::Normal {
        return Err(Obstacle::Blend);
    }
    let transform = transform * affine(group.transform());
    let mut layers = children(group, transform)?;
    // 14.1: clip, then mask, then opacity.
    if let Some(clip) = group.clip_path() {
        layers = clipped(layers, &clip_region(clip, transform)?)?;
    }
    if let Some(mask) = group.mask() {
        layers = clipped(layers, &mask_region(mask, transform)?)?;
    }
    let opacity = f64::from(group.opacity().get());
    if opacity < 1.0 {
        layers = faded(layers, opacity)?;
    }
    Ok(layers)
}

fn path(path: &Path, transform: Affine) -> Result<Vec<Layer>> {
    let data = bez_path(path.data());
    let fill = path.fill().map(|fill| {
        let rule = rule(fill.rule());
        let outline = simplified(&(transform * data.clone()), rule)?;
        layer(outline, data.bounding_box(), fill.paint(), fill.opacity(), transform)
    });
    let stroke = path.stroke().map(|stroke| {
        let outline = outline::stroked(&data, stroke).ok_or(Obstacle::Complexity)?;
        let area = outline.bounding_box();
        let outline = simplified(&(transform * outline), FillRule::NonZero)?;
        layer(outline, area, stroke.paint(), stroke.opacity(), transform)
    });
    let (first, second) = match path.paint_order() {
        PaintOrder::FillAndStroke => (fill, stroke),
        PaintOrder::StrokeAndFill => (stroke, fill),
    };
    let mut layers = Vec::with_capacity(2);
    for part in [first, second].into_iter().flatten() {
        layers.extend(part?);
    }
    Ok(layers)
}

/// A layer, unless nothing of it would be seen; `area` is its box before the transform.
fn layer(
    path: BezPath,
    area: Rect,
    paint: &usvg::Paint,
    opacity: usvg::Opacity,
    transform: Affine,
) -> Result<Option<Layer>> {
    let opacity = f64::from(opacity.get());
    if opacity == 0.0 || path.is_empty() {
        return Ok(None);
    }
    let paint = paint::paint(paint, area, transform).ok_or(Obstacle::Pattern)?;
    Ok(Some(Layer { path, paint, opacity }))
}

fn rule(rule: usvg::FillRule) -> FillRule {
    match rule {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}

fn simplified(path: &BezPath, rule: FillRule) -> Result<BezPath> {
    region::simplify(path, rule).ok_or(Obstacle::Complexity)
}

/// The parts of the layers that lie in `region`.
fn clipped(layers: Vec<Layer>, region: &BezPath) -> Result<Vec<Layer>> {
    let whole = as_rect(region);
    let mut kept = Vec::with_capacity(layers.len());
    for layer in layers {
        if whole.is_some_and(|rect| contains(rect, layer.path.bounding_box())) {
            kept.push(layer);
            continue;
        }
        let path = region::intersect(&layer.path, region).ok_or(Obstacle::Complexity)?;
        if !path.is_empty() {
            kept.push(Layer { path, ..layer });
        }
    }
    Ok(kept)
}

/// Whether `inner` lies in `outer`, but for what rounding to f32 adds.
fn contains(outer: Rect, inner: Rect) -> bool {
    let slack = outer.width().max(outer.height()) * 1e-6;
    let outer = outer.inflate(slack, slack);
    outer.union(inner) == outer
}

/// The upright rectangle that the region is, if it is one.
fn as_rect(region: &BezPath) -> Option<Rect> {
    let bounds = region.bounding_box();
    let straight = region.segments().all(|s| matches!(s, kurbo::PathSeg::Line(_)));
    (straight && region.segments().count() == 4 && region.area().abs() >= bounds.area() * 0.999_999)
        .then_some(bounds)
}

/// The region that a clip path lets through: 14.3.5.
fn clip_region(clip: &ClipPath, transform: Affine) -> Result<BezPath> {
    let mut parts = BezPath::new();
    clip_parts(clip.root(), transform * affine(clip.transform()), &mut parts)?;
    let region = simplified(&parts, FillRule::NonZero)?;
    match clip.clip_path() {
        Some(outer) => {
            region::intersect(&region, &clip_region(outer, transform)?).ok_or(Obstacle::Complexity)
        }
        None => Ok(region),
    }
}

/// Appends the outlines below `group`. Each has a winding number of 0 or 1 everywhere, so the
/// nonzero rule unites them.
fn clip_parts(group: &Group, transform: Affine, parts: &mut BezPath) -> Result<()> {
    for node in group.children() {
        match node {
            Node::Path(path) if path.is_visible() => {
                let rule = path.fill().map_or(FillRule::NonZero, |fill| rule(fill.rule()));
                parts.extend(simplified(&(transform * bez_path(path.data())), rule)?);
            }
            Node::Group(child) => {
                let transform = transform * affine(child.transform());
                match child.clip_path() {
                    Some(clip) => {
                        let mut inner = BezPath::new();
                        clip_parts(child, transform, &mut inner)?;
                        let inner = simplified(&inner, FillRule::NonZero)?;
                        let clip = clip_region(clip, transform)?;
                        let part = region::intersect(&inner, &clip).ok_or(Obstacle::Complexity)?;
                        parts.extend(part);
                    }
                    None => clip_parts(child, transform, parts)?,
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The region that a mask (14.4) of pure black and white, or of opaque shapes, lets through.
fn mask_region(mask: &Mask, transform: Affine) -> Result<BezPath> {
    let mut region = BezPath::new();
    for layer in children(mask.root(), transform)? {
        let combine = match (mask.kind(), layer.paint.flat(), layer.is_opaque()) {
            (usvg::MaskType::Alpha, _, true) => region::unite,
            (usvg::MaskType::Luminance, Some(rgb), true) if rgb.0.iter().all(|&c| c >= 254) => {
                region::unite
            }
            (usvg::MaskType::Luminance, Some(rgb), true) if rgb.0.iter().all(|&c| c <= 1) => {
                region::subtract
            }
            _ => return Err(Obstacle::SoftMask),
        };
        region = combine(&region, &layer.path).ok_or(Obstacle::Complexity)?;
    }
    let bounds = mask.rect().to_rect();
    let bounds = Rect::new(
        f64::from(bounds.left()),
        f64::from(bounds.top()),
        f64::from(bounds.right()),
        f64::from(bounds.bottom()),
    );
    let bounds = simplified(&(transform * bounds.to_path(1.0)), FillRule::NonZero)?;
    region = region::intersect(&region, &bounds).ok_or(Obstacle::Complexity)?;
    match mask.mask() {
        Some(outer) => {
            region::intersect(&region, &mask_region(outer, transform)?).ok_or(Obstacle::Complexity)
        }
        None => Ok(region),
    }
}

/// Most layers of a group whose overlaps are looked for in pairs.
const MAX_FADED: usize = 200;

/// Applies a group's opacity (14.5). Shapes that overlap are first cut where others cover them, as
/// the group is composed before it fades.
fn faded(layers: Vec<Layer>, opacity: f64) -> Result<Vec<Layer>> {
    let mut out: Vec<Layer> = Vec::with_capacity(layers.len());
    let may_overlap = |layers: &[Layer]| {
        let boxes: Vec<Rect> = layers.iter().map(|layer| layer.path.bounding_box()).collect();
        boxes.iter().enumerate().any(|(i, a)| boxes[..i].iter().any(|b| region::overlap(*a, *b)))
    };
    if layers.len() > MAX_FADED {
        return Err(Obstacle::Complexity);
    }
    if may_overlap(&layers) {
        for upper in layers {
            for lower in &mut out {
                let rest =
                    region::subtract(&lower.path, &upper.path).ok_or(Obstacle::Complexity)?;
                let cut = !upper.is_opaque()
                    && (rest.area().abs() - lower.path.area().abs()).abs()
                        > 1e-3 * lower.path.area().abs();
                if cut {
                    return Err(Obstacle::Fade);
                }
                lower.path = rest;
            }
            out.retain(|lower| !lower.path.is_empty());
            // Same paint: one shape, so that no seam shows between them.
            match out.last_mut() {
                Some(lower) if lower.paint == upper.paint && lower.opacity == upper.opacity => {
                    lower.path =
                        region::unite(&lower.path, &upper.path).ok_or(Obstacle::Complexity)?;
                }
                _ => out.push(upper),
            }
        }
    } else {
        out = layers;
    }
    for layer in &mut out {
        layer.opacity *= opacity;
    }
    out.retain(|layer| layer.opacity > 0.0);
    Ok(out)
}
