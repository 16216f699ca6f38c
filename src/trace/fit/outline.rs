//! The path being refined: nodes with directions, and the lines and cubics between them.

use kurbo::{BezPath, CubicBez, Line, PathEl, PathSeg, Point, Vec2};

use super::corner::angle_between;
use super::dp::{Kind, Piece};
use super::knot::Knot;
use super::samples::Samples;
use super::stray::{strays, thinned};

/// Where two segments meet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Where it is.
    pub point: Point,
    /// Direction in which the path arrives, in radians.
    pub arrival: f64,
    /// Direction in which it leaves; the same if smooth.
    pub departure: f64,
    /// Whether it arrives and leaves in one direction.
    pub smooth: bool,
    /// The directions that its sides have of their own.
    pub own: [f64; 2],
    /// Whether it must stay where it is.
    pub fixed: bool,
    /// The point of the edge that it comes from,
    pub origin: Point,
    /// and how far from there it may be, in px.
    pub reach_px: f64,
}

/// A line or a cubic from one node to the next.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// Lengths of the handles at both ends, in px; none for a line.
    pub arms_px: Option<[f64; 2]>,
    /// Most that they may be.
    pub most_px: f64,
    /// The points that it explains: from here,
    pub from: usize,
    /// to before here.
    pub to: usize,
    /// The points at its ends.
    pub ends: [usize; 2],
}

/// Nodes and segments; segment `i` leads from node `i` to the next.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    /// The nodes, one more than segments unless closed.
    pub nodes: Vec<Node>,
    /// The segments.
    pub segments: Vec<Segment>,
    /// Whether the last segment leads back to the first node.
    pub closed: bool,
}

/// A smooth knot at which the segments differ by more is a corner after all, in radians.
const LEAST_CORNER: f64 = 0.35;
/// One at which they differ by more may be one, if the points call for it, in radians.
const MAYBE_CORNER: f64 = 0.06;
/// Any node may be this far from its point, in px,
const REACH_PX: f64 = 1.0;
/// and this share of the shorter of its sides: the tip of a needle lies beyond all points.
const REACH: f64 = 0.3;
/// A handle is this share of the way that its curve makes at most.
const ARM: f64 = 1.2;

impl Node {
    /// Moves it, as far as it may go.
    pub fn shift(&mut self, by: Vec2) {
        if !self.fixed {
            let off = self.point + by - self.origin;
            self.point = self.origin + off * (self.reach_px / off.hypot().max(self.reach_px));
        }
    }
}

impl Outline {
    /// Joins the pieces of a solution.
    pub fn new(samples: &Samples, knots: &[Knot], pieces: &[Piece]) -> Self {
        let count = pieces.len();
        let node_count = if samples.closed { count } else { count + 1 };
        let curve = |piece: &Piece| match piece.kind {
            Kind::Line => None,
            Kind::Cubic(curve) => Some(curve),
        };
        let chord = |piece: &Piece| knots[piece.to].point - knots[piece.from].point;
        let starts = |piece: &Piece| {
            curve(piece).map_or(chord(piece), |c| handle(c.p1 - c.p0, c.p2 - c.p0, c.p3 - c.p0))
        };
        let ends = |piece: &Piece| {
            curve(piece).map_or(chord(piece), |c| handle(c.p3 - c.p2, c.p3 - c.p1, c.p3 - c.p0))
        };
        let way = |piece: &Piece| {
            samples.along_px[knots[piece.to].index] - samples.along_px[knots[piece.from].index]
        };
        let nodes = (0..node_count)
            .map(|i| {
                let before = if i > 0 {
                    Some(&pieces[i - 1])
                } else {
                    samples.closed.then(|| &pieces[count - 1])
                };
                let after = pieces.get(i);
                let knot =
                    after.map_or_else(|| &knots[pieces[count - 1].to], |piece| &knots[piece.from]);
                let (u, v) = (before.map(ends), after.map(starts));
                let (u, v) = (u.or(v).unwrap_or_default(), v.or(u).unwrap_or_default());
                let curved = before.into_iter().chain(after).any(|piece| curve(piece).is_some());
                let turn = angle_between(u, v).abs();
                let smooth = !knot.corner
                    && curved
                    && turn < LEAST_CORNER
                    && before.is_some()
                    && after.is_some();
                let (mut arrival, mut departure) = (libm::atan2(u.y, u.x), libm::atan2(v.y, v.x));
                let own = [arrival, departure];
                if smooth {
                    // A line knows its direction better than a curve knows its tangent.
                    let line =
                        |piece: Option<&Piece>| piece.is_some_and(|piece| curve(piece).is_none());
                    let mean = u / u.hypot() + v / v.hypot();
                    let direction = if line(before) {
                        u
                    } else if line(after) {
                        v
                    } else {
                        mean
                    };
                    arrival = libm::atan2(direction.y, direction.x);
                    departure = arrival;
                }
                let sides = before.into_iter().chain(after);
                let shorter = sides.map(way).fold(f64::INFINITY, f64::min);
                let mut node = Node {
                    point: knot.point,
                    arrival,
                    departure,
                    smooth,
                    own,
                    fixed: !samples.closed && (before.is_none() || after.is_none()),
                    origin: samples.points[knot.index],
                    reach_px: REACH_PX.max(REACH * shorter),
                };
                node.shift(Vec2::ZERO);
                node
            })
            .collect();
        let segments = pieces
            .iter()
            .map(|piece| Segment {
                arms_px: curve(piece).map(|c| [(c.p1 - c.p0).hypot(), (c.p3 - c.p2).hypot()]),
                most_px: ARM * way(piece),
                from: knots[piece.from].first,
                to: knots[piece.to].last,
                ends: [knots[piece.from].index, knots[piece.to].index],
            })
            .collect();
        Self { nodes, segments, closed: samples.closed }
    }

    /// The same with corners at the smooth nodes whose sides differ and are more than `most` off
    /// together, and how many those are.
    pub fn loosened(&self, off: impl Fn(usize) -> f64, most: f64) -> (Self, usize) {
        let (mut out, mut count) = (self.clone(), 0);
        for i in 0..self.segments.len() {
            let end = self.end(i);
            let node = &mut out.nodes[end];
            let next = if end < self.segments.len() { off(end) } else { 0.0 };
            let turn = libm::remainder(node.own[1] - node.own[0], core::f64::consts::TAU);
            if node.smooth && turn.abs() > MAYBE_CORNER && off(i) + next > most {
                node.smooth = false;
                [node.arrival, node.departure] = node.own;
                count += 1;
            }
        }
        (out, count)
    }

    /// Index of the node that segment `i` ends at.
    pub fn end(&self, i: usize) -> usize {
        if i + 1 < self.nodes.len() { i + 1 } else { 0 }
    }

    /// Segment `i` as a cubic, if it is one.
    pub fn cubic(&self, i: usize) -> Option<CubicBez> {
        let [a, b] = self.segments[i].arms_px?;
        let (p, q) = (&self.nodes[i], &self.nodes[self.end(i)]);
        Some(CubicBez::new(
            p.point,
            p.point + a * unit(p.departure),
            q.point - b * unit(q.arrival),
            q.point,
        ))
    }

    /// Segment `i` as a line between its nodes.
    pub fn chord(&self, i: usize) -> Line {
        Line::new(self.nodes[i].point, self.nodes[self.end(i)].point)
    }

    /// As a Bézier path. Where a segment strays from the points between its ends, lines take its
    /// place.
    pub fn path(&self, samples: &Samples) -> BezPath {
        let mut path = BezPath::new();
        path.move_to(self.nodes[0].point);
        for (i, segment) in self.segments.iter().enumerate() {
            let chord = self.chord(i);
            let drawn = self.cubic(i).map_or(PathSeg::Line(chord), PathSeg::Cubic);
            let [from, to] = segment.ends;
            let inner = samples.points.get(from + 1..to).into_iter().flatten().copied();
            let points: Vec<Point> =
                [chord.p0].into_iter().chain(inner).chain([chord.p1]).collect();
            // Closing draws a last line by itself.
            let last = self.closed && i + 1 == self.segments.len();
            if strays(&drawn, &points, segment.to.saturating_sub(segment.from)) {
                path.extend(thinned(&points).into_iter().map(PathEl::LineTo));
            } else if !(last && segment.arms_px.is_none()) {
                path.push(drawn.as_path_el());
            }
        }
        if self.closed {
            path.close_path();
        }
        path
    }
}

/// The unit vector of a direction in radians.
pub(super) fn unit(direction: f64) -> Vec2 {
    Vec2::new(libm::cos(direction), libm::sin(direction))
}

/// The first of these vectors that has a length.
fn handle(first: Vec2, second: Vec2, third: Vec2) -> Vec2 {
    let tiny = 1e-3 * third.hypot();
    if first.hypot() > tiny {
        first
    } else if second.hypot() > tiny {
        second
    } else {
        third
    }
}
