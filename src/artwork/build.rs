//! The planar map and its fitted edges become shapes.
//!
//! *Stacked*: shapes lie on each other, the lower ones reaching under the upper (`stack`,
//! `underlap`), so no background can show through between them. *Cut out*: each face keeps its
//! holes, whose outlines are the very curves of what lies inside.
//!
//! Shapes of one ink at one height are one compound path; outer loops run clockwise and holes
//! counter-clockwise, so that the nonzero and the even-odd rule agree.

use std::collections::HashSet;

use kurbo::{
    BezPath, CubicBez, Line, ParamCurve as _, ParamCurveArea as _, PathEl, PathSeg, Point, Rect,
    Shape as _,
};

use super::completion::{Completion, Measured, completed};
use super::stack::{Layer, side_by_side, stacked};
use super::underlap::underlap;
use super::{Artwork, Geometry, Paint, Shape};
use crate::color::Rgb;
use crate::order;
use crate::trace::contour::{Curves, Ring};
use crate::trace::fit::Fitted;
use crate::trace::map::{Half, PlanarMap};

/// What was cut and is put together again comes this near to what it was, in px.
const SAME_PX: f64 = 1e-6;

/// What encloses less, in px², is what fits leave of a row of pixels along a junction: nobody sees it.
const SLIVER_PX2: f64 = 0.25;

/// How shapes lie on each other.
#[derive(Clone, Copy)]
pub(crate) enum Layers<'a> {
    /// On top; those of which it is known what was measured are completed where others hide them.
    Stacked(Option<&'a Measured<'a>>),
    /// None covers another.
    SideBySide,
}

/// Builds the artwork of a map whose edges were `fitted`, with faces painted in `inks`.
pub(crate) fn build(
    map: &PlanarMap,
    curves: &Curves,
    inks: &[[u8; 4]],
    layering: Layers,
    size_px: (f64, f64),
) -> Artwork {
    let fitted = &curves.edges[..];
    let mut artwork = Artwork::new(size_px.0, size_px.1);
    // Inks are listed as the palette has them, the most used first, in whatever order they lie.
    for &[r, g, b, alpha] in inks {
        if alpha > 0 {
            artwork.ink(Rgb([r, g, b]));
        }
    }
    let mut layers = match layering {
        Layers::Stacked(_) => stacked(map, fitted, inks),
        Layers::SideBySide => side_by_side(map),
    };
    // What is lower is painted first; at one height inks in order.
    order::by_key(&mut layers, |layer| u64::from(layer.height) << 8 | u64::from(layer.label));
    for layers in layers.chunk_by(|a, b| (a.height, a.label) == (b.height, b.label)) {
        let [r, g, b, alpha] = inks[layers[0].label as usize];
        let mut compound = BezPath::new();
        let (mut shapes, mut taken) = (Vec::new(), Vec::new());
        for layer in layers {
            let loops = outline(map, &layer.region);
            if let Some(geometry) = whole(map, curves, &loops) {
                shapes.push(geometry);
                continue;
            }
            let loops: Vec<Vec<Run>> =
                loops.iter().map(|halves| runs(map, halves, layer)).collect();
            let found = match layering {
                Layers::Stacked(Some(measured)) => {
                    completed(map, fitted, measured, layer, &loops, &mut taken)
                }
                _ => None,
            };
            match found {
                Some(Completion::Shapes(found)) => shapes.extend(found),
                Some(Completion::Outlines(outlines)) => compound.extend(outlines),
                None => loops.iter().for_each(|runs| {
                    append(&mut compound, map, fitted, runs, layer, &mut taken);
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
fn whole(map: &PlanarMap, curves: &Curves, loops: &[Vec<Half>]) -> Option<Geometry> {
    let [halves] = loops else { return None };
    let primitive = |fitted: &Fitted| match Geometry::from(fitted) {
        Geometry::Path(_) => None,
        primitive => Some(primitive),
    };
    if let [half] = halves[..]
        && let Some(primitive) = primitive(&curves.edges[half.edge as usize])
    {
        return Some(primitive);
    }
    let is_ring = |ring: &&Ring| {
        ring.edges.len() == halves.len()
            && halves.iter().all(|half| ring.edges.contains(&half.edge))
    };
    if let Some(ring) = curves.rings.iter().find(is_ring) {
        return primitive(&ring.fitted);
    }
    // All of the picture.
    let around = map.size_px();
    let all = halves.iter().all(|half| map.on_rim(half.edge));
    all.then(|| Geometry::Rect(Rect::new(0.0, 0.0, f64::from(around.0), f64::from(around.1))))
}

/// Appends one loop as a closed subpath; `taken` is for [`underlap`].
pub(super) fn append(
    to: &mut BezPath,
    map: &PlanarMap,
    fitted: &[Fitted],
    loop_runs: &[Run],
    layer: &Layer,
    taken: &mut Vec<BezPath>,
) {
    if let [Run { halves, .. }] = loop_runs
        && let [half] = halves[..]
        && map.start(half).is_none()
    {
        let outline = Geometry::from(&fitted[half.edge as usize]).path();
        if outline.area().abs() >= SLIVER_PX2 {
            to.extend(turned(outline, map.sweep(half) > 0));
        }
        return;
    }
    let mut pen = Pen { to, start: None, joins: layer.is_stacked };
    for run in loop_runs {
        let way = run.hidden.then(|| underlap(map, fitted, run, layer, taken)).flatten();
        match way.as_ref().or(run.drawn.as_ref()) {
            Some(way) => pen.draw(way),
            None => run.halves.iter().for_each(|half| pen.draw(&walked(fitted, *half))),
        }
    }
    pen.close();
}

/// A closed path that runs this way round.
pub(super) fn turned(path: BezPath, clockwise: bool) -> BezPath {
    if (path.area() > 0.0) == clockwise { path } else { path.reverse_subpaths() }
}

/// Half-edges that follow each other along a region, all hidden under later layers or none, and the
/// half-edges before and after them.
#[derive(Clone)]
pub(super) struct Run {
    pub before: Half,
    pub halves: Vec<Half>,
    pub after: Half,
    pub hidden: bool,
    /// What is drawn instead, if that is not their fits.
    pub drawn: Option<BezPath>,
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
            drawn: None,
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
    /// Whether what was cut at a junction becomes one again. Side by side, shapes keep the points that
    /// they share.
    joins: bool,
}

impl Pen<'_> {
    fn draw(&mut self, path: &BezPath) {
        for &element in path.elements() {
            match (element, self.start) {
                (PathEl::MoveTo(_), Some(_)) => {}
                (PathEl::MoveTo(_), None) => {
                    self.start = Some(self.to.elements().len());
                    self.to.push(element);
                }
                (_, Some(start)) if self.to.elements().len() > start + 1 => self.go_on(element),
                _ => self.to.push(element),
            }
        }
    }

    /// A segment, in one with the last if both are parts of one.
    fn go_on(&mut self, element: PathEl) {
        let elements = self.to.elements();
        let last = segment(&elements[elements.len() - 2..]);
        let next = segment(&[elements[elements.len() - 1], element]);
        let whole = last.zip(next).and_then(|(last, next)| joined(last, next, self.joins));
        if whole.is_some() {
            self.to.pop();
        }
        self.to.push(whole.map_or(element, |whole| whole.as_path_el()));
    }

    fn close(self) {
        let Some(start) = self.start else { return };
        if let [PathEl::MoveTo(_), first, .., before, last] = self.to.elements()[start..]
            && let Some((last, first)) =
                segment(&[before, last]).zip(segment(&[self.to.elements()[start], first]))
            && last.end() == first.start()
            && let Some(whole) = joined(last, first, self.joins)
        {
            self.to.pop();
            let elements = self.to.elements_mut();
            elements[start] = PathEl::MoveTo(whole.start());
            elements[start + 1] = whole.as_path_el();
        }
        self.to.push(PathEl::ClosePath);
        let segments = kurbo::segments(self.to.elements()[start..].iter().copied());
        let area: f64 = segments.map(|segment| segment.signed_area()).sum();
        // Side by side, what is missing would be a gap.
        if self.joins && area.abs() < SLIVER_PX2 {
            self.to.truncate(start);
        }
    }
}

/// The segment that an element draws after another.
fn segment(elements: &[PathEl]) -> Option<PathSeg> {
    let start = elements.first()?.end_point()?;
    match *elements.get(1)? {
        PathEl::LineTo(p) => Some(Line::new(start, p).into()),
        PathEl::CurveTo(a, b, p) => Some(CubicBez::new(start, a, b, p).into()),
        _ => None,
    }
}

/// The segment that these two are parts of: lines along one row or column, or whatever was cut if that
/// is `asked`.
fn joined(first: PathSeg, next: PathSeg, asked: bool) -> Option<PathSeg> {
    match (first, next) {
        (PathSeg::Line(a), PathSeg::Line(b)) => {
            let level = a.p0.y == a.p1.y && b.p0.y == b.p1.y;
            let upright = a.p0.x == a.p1.x && b.p0.x == b.p1.x;
            let whole = Line::new(a.p0, b.p1);
            let off = (a.p1 - a.p0).cross(whole.p1 - whole.p0).abs();
            let straight = asked && off <= SAME_PX * (whole.p1 - whole.p0).hypot();
            let onward = (a.p1 - a.p0).dot(b.p1 - b.p0) > 0.0;
            (onward && (level || upright || straight)).then_some(whole.into())
        }
        (PathSeg::Cubic(a), PathSeg::Cubic(b)) if asked => {
            let (before, after) = ((a.p3 - a.p2).hypot(), (b.p1 - b.p0).hypot());
            let t = before / (before + after);
            let whole = CubicBez::new(
                a.p0,
                a.p0 + (a.p1 - a.p0) / t,
                b.p3 + (b.p2 - b.p3) / (1.0 - t),
                b.p3,
            );
            let parts = [whole.subsegment(0.0..t), whole.subsegment(t..1.0)];
            let near = |p: Point, q: Point| (p - q).hypot2() <= SAME_PX * SAME_PX;
            let same = parts.iter().zip([a, b]).all(|(part, drawn)| {
                near(part.p1, drawn.p1) && near(part.p2, drawn.p2) && near(part.p3, drawn.p3)
            });
            same.then_some(whole.into())
        }
        _ => None,
    }
}
