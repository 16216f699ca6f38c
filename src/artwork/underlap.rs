//! How a lower shape reaches under the upper one beside it.
//!
//! Two shapes that only share an edge let what lies below both shine through, faintly, in every
//! renderer that smooths edges one shape at a time. So the lower one goes on under the upper: along
//! a line, or along a curve that continues its own outline, or else beside the edge. What nobody
//! sees may be simple; it must only keep clear of every edge that somebody sees.

use kurbo::{BezPath, CubicBez, Line, ParamCurve as _, PathSeg, Point, Shape as _, Vec2};

use super::build::{Run, walked};
use super::stack::{Layer, heading};
use crate::trace::fit::Fitted;
use crate::trace::map::{Edge, PlanarMap};

/// How far a hidden edge keeps from what is seen, in px.
pub(super) const CLEAR_PX: f64 = 0.8;
/// The same where it runs beside the edge that it hides, and how far from that it runs, in px.
const BESIDE_PX: [f64; 2] = [0.3, 1.0];
/// This near to its ends it need not, in px.
const NEAR_PX: f64 = 2.5;
/// Shared edges shorter than this stay, in px.
const SHORT_PX: f64 = 4.0;
/// An outline goes on the way it came if that leads in by at least this much, in radians.
const LEADS_IN: f64 = 0.35;
/// How deep a curve reaches, as shares of what continues an arc.
const DEPTHS: [f64; 8] = [1.0, 0.7, 0.5, 0.35, 0.25, 0.15, 1.5, 2.2];

/// The way under the cover that takes the place of a hidden run, if there is one. `taken` holds
/// what other runs of the same compound path have added under covers.
pub(super) fn underlap(
    map: &PlanarMap,
    fitted: &[Fitted],
    run: &Run,
    layer: &Layer,
    taken: &mut Vec<BezPath>,
) -> Option<BezPath> {
    let (first, last) = (*run.halves.first()?, *run.halves.last()?);
    let mut seen = BezPath::new();
    for path in run.halves.iter().map(|half| walked(fitted, *half)) {
        let skip = usize::from(!seen.is_empty());
        seen.extend(path.elements().iter().skip(skip).copied());
    }
    let (start, end) = (seen.segments().next()?.start(), seen.segments().last()?.end());
    if start == end || seen.perimeter(0.1) < SHORT_PX {
        return None;
    }
    let under = Under { map, layer, start, end, seen: &seen };
    let way_in = lead_in(
        [first, map.beside(first, false)].map(|half| heading(fitted, half)),
        -heading(fitted, run.before.reversed()),
        -1.0,
    );
    let back = last.reversed();
    let way_out = lead_in(
        [back, map.beside(back, true)].map(|half| heading(fitted, half)),
        -heading(fitted, run.after),
        1.0,
    );
    let chord = end - start;
    let half_turn = 0.5 * (angle(chord, way_in).abs() + angle(-chord, way_out).abs());
    // Of a circular arc with these tangents.
    let reach = chord.hypot() * 2.0 / 3.0 / (1.0 + libm::cos(half_turn)).max(0.3);
    let curve = |depth: f64| {
        let arm = depth * reach;
        let curve = CubicBez::new(start, start + arm * way_in, end + arm * way_out, end);
        curve.to_path(0.1)
    };
    let line = std::iter::once(Line::new(start, end).to_path(0.1));
    let ways = line.chain(DEPTHS.into_iter().map(curve)).map(|way| (way, CLEAR_PX));
    let beside = std::iter::once_with(|| (beside(&seen), BESIDE_PX[0]));
    let (way, area) = ways
        .chain(beside)
        .find_map(|(way, clear_px)| Some((under.area(&way, clear_px, taken)?, way)))
        .map(|(area, way)| (way, area))?;
    taken.push(area);
    Some(way)
}

/// A run and what hides it.
struct Under<'a> {
    map: &'a PlanarMap,
    layer: &'a Layer,
    start: Point,
    end: Point,
    /// The run as seen.
    seen: &'a BezPath,
}

impl Under<'_> {
    /// The area that the shape gains if it takes this way; none if somebody would see it.
    fn area(&self, way: &BezPath, clear_px: f64, taken: &[BezPath]) -> Option<BezPath> {
        let points = samples(way);
        let ends = [self.start, self.end];
        if !points.iter().all(|&p| is_hidden(self.map, self.layer, ends, p, clear_px)) {
            return None;
        }
        let mut area = self.seen.clone();
        area.extend(way.reverse_subpaths().elements().iter().skip(1).copied());
        area.close_path();
        // The shape, on the right of its outline, must not lose anything.
        if area.area() >= 0.0 {
            return None;
        }
        let bounds = area.bounding_box();
        let holds = |p: Point| bounds.contains(p) && area.winding(p) != 0;
        let apart = |other: &&BezPath| other.bounding_box().intersect(bounds).area() <= 0.0;
        let crosses = |other: &BezPath| {
            points.iter().any(|&p| other.winding(p) != 0) || samples(other).into_iter().any(holds)
        };
        let is_free = taken.iter().filter(|other| !apart(other)).all(|other| !crosses(other));
        let mut ends = cover_ends(self.map, self.layer).map(middle);
        (is_free && !ends.any(holds)).then_some(area)
    }
}

/// Whether a point is well inside of what covers a layer, on a way between two `ends` of the cover.
pub(super) fn is_hidden(
    map: &PlanarMap,
    layer: &Layer,
    ends: [Point; 2],
    p: Point,
    clear_px: f64,
) -> bool {
    let covers = |p: Point| layer.cover.contains(&map.face_at(p.x, p.y));
    let from_end = (p - ends[0]).hypot().min((p - ends[1]).hypot());
    if from_end < NEAR_PX {
        return from_end < 0.5 * NEAR_PX || covers(p);
    }
    let around = [(clear_px, 0.0), (-clear_px, 0.0), (0.0, clear_px), (0.0, -clear_px)];
    around.into_iter().all(|d| covers(p + Vec2::from(d)))
}

/// The edges where a layer's cover ends and the layer itself does not begin.
pub(super) fn cover_ends<'a>(
    map: &'a PlanarMap,
    layer: &'a Layer,
) -> impl Iterator<Item = &'a Edge> {
    let beyond = |face| !layer.cover.contains(&face) && !layer.region.contains(&face);
    let around = layer.cover.iter().flat_map(|&face| map.around(face));
    around
        .filter(move |half| beyond(map.face(half.reversed())))
        .map(|half| &map.edges[half.edge as usize])
}

/// The point halfway along an edge.
pub(super) fn middle(edge: &Edge) -> Point {
    let (x, y) = edge.corners[edge.corners.len() / 2];
    Point::new(f64::from(x), f64::from(y))
}

/// Points along a path, about a pixel apart.
pub(super) fn samples(path: &BezPath) -> Vec<Point> {
    let mut points = Vec::new();
    for segment in path.segments() {
        let box_px = segment.bounding_box();
        let steps = (box_px.width() + box_px.height()).ceil().clamp(1.0, 4096.0);
        points.extend((1..=steps as u32).map(|k| segment.eval(f64::from(k) / steps)));
    }
    points
}

/// The direction in which a hidden edge leaves a junction, between the two sides of its cover there:
/// on along `wish` if that leads in, else midway. `turn` is 1 if the second side lies clockwise of
/// the first, else -1.
fn lead_in([from, to]: [Vec2; 2], wish: Vec2, turn: f64) -> Vec2 {
    let full = 2.0 * core::f64::consts::PI;
    let round = |v: Vec2| {
        let angle = turn * angle(from, v);
        if angle < 0.0 { angle + full } else { angle }
    };
    let (width, wished) = (round(to), round(wish));
    if wished > LEADS_IN && wished < width - LEADS_IN {
        return wish;
    }
    let half = 0.5 * turn * width;
    let (sin, cos) = (libm::sin(half), libm::cos(half));
    Vec2::new(cos * from.x - sin * from.y, sin * from.x + cos * from.y)
}

/// The angle from one vector to another, positive clockwise (y down), in radians.
fn angle(from: Vec2, to: Vec2) -> f64 {
    libm::atan2(from.cross(to), from.dot(to))
}

/// The same path a little to the left, but for its ends.
fn beside(path: &BezPath) -> BezPath {
    let left = |v: Vec2| {
        let length = v.hypot();
        if length > 0.0 { Vec2::new(v.y, -v.x) * (BESIDE_PX[1] / length) } else { Vec2::ZERO }
    };
    // What is left of the way ahead, turned to the right, lies ahead.
    let ahead = |v: Vec2| Vec2::new(-left(v).y, left(v).x);
    let segments: Vec<PathSeg> = path.segments().collect();
    let mut moved = BezPath::new();
    for (index, segment) in segments.iter().enumerate() {
        let CubicBez { p0, p1, p2, p3 } = segment.to_cubic();
        let is_line = matches!(segment, PathSeg::Line(_));
        let (a, b) = if is_line { (p3 - p0, p3 - p0) } else { (p1 - p0, p3 - p2) };
        if index == 0 {
            moved.move_to(p0);
            moved.line_to(p0 + left(a) + ahead(a));
        }
        let is_last = index + 1 == segments.len();
        let end = p3 + left(b) - if is_last { ahead(b) } else { Vec2::ZERO };
        if is_line {
            moved.line_to(end);
        } else {
            moved.curve_to(p1 + left(a), p2 + left(b), end);
        }
        if is_last {
            moved.line_to(p3);
        }
    }
    moved
}
