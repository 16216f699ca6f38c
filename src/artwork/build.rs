//! The planar map and its fitted edges become shapes.
//!
//! *Stacked*: shapes lie on each other, the lower ones reaching under the upper (`stack`,
//! `underlap`), so no background can show through between them. *Cut out*: each face keeps its
//! holes, whose outlines are the very curves of what lies inside.
//!
//! Shapes of one ink at one height are one compound path; outer loops run clockwise and holes
//! counter-clockwise, so that the nonzero and the even-odd rule agree.

use std::collections::HashSet;

use kurbo::{BezPath, PathEl, Point, Rect, Shape as _};

use super::stack::{Layer, side_by_side, stacked};
use super::underlap::underlap;
use super::{Artwork, Geometry, Paint, Shape};
use crate::color::Rgb;
use crate::order;
use crate::trace::Layering;
use crate::trace::fit::Fitted;
use crate::trace::map::{Half, PlanarMap};

/// Builds the artwork of a map whose edges were `fitted`, with faces painted in `inks`.
pub(crate) fn build(
    map: &PlanarMap,
    fitted: &[Fitted],
    inks: &[[u8; 4]],
    layering: Layering,
    size_px: (f64, f64),
) -> Artwork {
    let mut artwork = Artwork::new(size_px.0, size_px.1);
    // Inks are listed as the palette has them, the most used first, in whatever order they lie.
    for &[r, g, b, alpha] in inks {
        if alpha > 0 {
            artwork.ink(Rgb([r, g, b]));
        }
    }
    let mut layers = match layering {
        Layering::Stacked => stacked(map, fitted, inks),
        Layering::CutOut => side_by_side(map),
    };
    // What is lower is painted first; at one height inks in order.
    order::by_key(&mut layers, |layer| u64::from(layer.height) << 8 | u64::from(layer.label));
    for layers in layers.chunk_by(|a, b| (a.height, a.label) == (b.height, b.label)) {
        let [r, g, b, alpha] = inks[layers[0].label as usize];
        let mut compound = BezPath::new();
        let (mut shapes, mut taken) = (Vec::new(), Vec::new());
        for layer in layers {
            let loops = outline(map, &layer.region);
            match whole(map, fitted, &loops) {
                Some(geometry) => shapes.push(geometry),
                None => loops.iter().for_each(|halves| {
                    append(&mut compound, map, fitted, halves, layer, &mut taken);
                }),
            }
        }
        if !compound.is_empty() {
            shapes.push(Geometry::Path(compound));
        }
        let paint = Paint::Ink(artwork.ink(Rgb([r, g, b])));
        let opacity = f64::from(alpha) / 255.0;
        let shapes = shapes.into_iter().map(|geometry| Shape { geometry, paint, opacity });
        artwork.shapes.extend(shapes);
    }
    artwork.tidy();
    artwork
}

/// The loops around a set of faces.
fn outline(map: &PlanarMap, region: &[u32]) -> Vec<Vec<Half>> {
    let inside: HashSet<u32> = region.iter().copied().collect();
    let mut used = HashSet::new();
    let mut loops = Vec::new();
    for &face in region {
        for start in map.around(face) {
            let mut halves = Vec::new();
            let mut half = start;
            let ends_here = |half: Half| !inside.contains(&map.face(half.reversed()));
            while ends_here(half) && used.insert((half.edge, half.forward)) {
                halves.push(half);
                half = map.next(half, |face| inside.contains(&face));
            }
            if !halves.is_empty() {
                loops.push(halves);
            }
        }
    }
    loops
}

/// The primitive that a region is, if it is one.
fn whole(map: &PlanarMap, fitted: &[Fitted], loops: &[Vec<Half>]) -> Option<Geometry> {
    let [halves] = loops else { return None };
    if let [half] = halves[..] {
        return primitive(&fitted[half.edge as usize]);
    }
    // All of the picture.
    let around = map.size_px();
    let all = halves.iter().all(|half| map.on_rim(half.edge));
    all.then(|| Geometry::Rect(Rect::new(0.0, 0.0, f64::from(around.0), f64::from(around.1))))
}

/// A fit that is a primitive as such.
fn primitive(fitted: &Fitted) -> Option<Geometry> {
    Some(match fitted {
        Fitted::Path(_) => return None,
        Fitted::Circle(circle) => Geometry::Circle(*circle),
        Fitted::Ellipse(ellipse) => Geometry::Ellipse(*ellipse),
        Fitted::Rect(rect) => Geometry::Rect(*rect),
        Fitted::RoundedRect(rect) => Geometry::RoundedRect(*rect),
    })
}

/// Appends one loop as a closed subpath; `taken` is for [`underlap`].
fn append(
    to: &mut BezPath,
    map: &PlanarMap,
    fitted: &[Fitted],
    halves: &[Half],
    layer: &Layer,
    taken: &mut Vec<BezPath>,
) {
    if halves.len() == 1 && map.start(halves[0]).is_none() {
        let clockwise = map.sweep(halves[0]) > 0;
        let fit = &fitted[halves[0].edge as usize];
        let path = match fit {
            Fitted::Path(path) => path.clone(),
            _ => primitive(fit).map(|geometry| geometry.path()).unwrap_or_default(),
        };
        let path = if (path.area() > 0.0) == clockwise { path } else { path.reverse_subpaths() };
        to.extend(path);
        return;
    }
    let mut pen = Pen { to, start: None };
    for run in runs(map, halves, layer) {
        let way = run.hidden.then(|| underlap(map, fitted, &run, layer, taken)).flatten();
        match way {
            Some(way) => pen.draw(&way),
            None => run.halves.iter().for_each(|half| pen.draw(&walked(fitted, *half))),
        }
    }
    if pen.start.is_some() {
        to.push(PathEl::ClosePath);
    }
}

/// Half-edges that follow each other along a region, all hidden under later layers or none, and the
/// half-edges before and after them.
pub(super) struct Run {
    pub before: Half,
    pub halves: Vec<Half>,
    pub after: Half,
    hidden: bool,
}

/// The runs of a loop.
fn runs(map: &PlanarMap, halves: &[Half], layer: &Layer) -> Vec<Run> {
    let hidden = |half: Half| layer.cover.contains(&map.face(half.reversed()));
    let n = halves.len();
    // From where a run starts.
    let first = (0..n).find(|&i| hidden(halves[i]) != hidden(halves[(i + n - 1) % n])).unwrap_or(0);
    let mut turned = halves.to_vec();
    turned.rotate_left(first);
    let mut runs: Vec<Run> = turned
        .chunk_by(|a, b| hidden(*a) == hidden(*b))
        .map(|run| Run {
            before: run[0],
            halves: run.to_vec(),
            after: run[0],
            hidden: hidden(run[0]),
        })
        .collect();
    let count = runs.len();
    for i in 0..count {
        runs[i].before = *runs[(i + count - 1) % count].halves.last().unwrap_or(&runs[i].before);
        runs[i].after = runs[(i + 1) % count].halves[0];
    }
    // A loop that is hidden all around has no visible ends to go on from.
    if let [run] = &mut runs[..] {
        run.hidden = false;
    }
    runs
}

/// An open fit in the direction of a half-edge.
pub(super) fn walked(fitted: &[Fitted], half: Half) -> BezPath {
    match &fitted[half.edge as usize] {
        Fitted::Path(path) if half.forward => path.clone(),
        Fitted::Path(path) => path.reverse_subpaths(),
        _ => BezPath::new(),
    }
}

/// Draws the pieces of one subpath.
struct Pen<'a> {
    to: &'a mut BezPath,
    /// Number of elements before the subpath.
    start: Option<usize>,
}

impl Pen<'_> {
    fn draw(&mut self, path: &BezPath) {
        for element in path.elements() {
            match (*element, self.start) {
                (PathEl::MoveTo(_), Some(_)) => {}
                (PathEl::MoveTo(_), None) => {
                    self.start = Some(self.to.elements().len());
                    self.to.push(*element);
                }
                (PathEl::LineTo(p), Some(start)) => self.line(p, start),
                _ => self.to.push(*element),
            }
        }
    }

    /// A line, in one with the last if both run along the same row or column.
    fn line(&mut self, p: Point, start: usize) {
        let elements = &self.to.elements()[start..];
        if let [.., before, PathEl::LineTo(q)] = elements
            && let Some(o) = before.end_point()
            && (o.x == q.x && q.x == p.x && (q.y - o.y) * (p.y - q.y) > 0.0
                || o.y == q.y && q.y == p.y && (q.x - o.x) * (p.x - q.x) > 0.0)
        {
            self.to.pop();
        }
        self.to.line_to(p);
    }
}
