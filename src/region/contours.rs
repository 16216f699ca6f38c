//! Contours from the edges of a solved overlay.
//!
//! `i_overlay` can walk contours as well, but does not end where snapping to the grid has lost an
//! edge; here such a contour is closed across the gap.

use std::cmp::Ordering;

use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::vector::edge::{CLIP_LEFT, DataVectorEdge, SUBJ_LEFT, SideFill};

use super::flatten::PieceId;

/// A piece of a contour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub from: IntPoint<i32>,
    pub to: IntPoint<i32>,
    pub piece: PieceId,
}

/// The contours that the edges of an operation's result make, what is filled on their left.
pub(super) fn contours(
    edges: &[DataVectorEdge<i32, PieceId>],
    operation: OverlayRule,
) -> Vec<Vec<Edge>> {
    let directed = edges.iter().map(|edge| {
        let (a, b, piece) = (edge.a, edge.b, edge.data);
        let (from, to) = if is_filled(edge.fill, operation) { (a, b) } else { (b, a) };
        Edge { from, to, piece }
    });
    walks(directed.collect())
}

/// Whether the left side belongs to the result.
fn is_filled(sides: SideFill, operation: OverlayRule) -> bool {
    let (a, b) = (sides & SUBJ_LEFT != 0, sides & CLIP_LEFT != 0);
    match operation {
        OverlayRule::Subject => a,
        OverlayRule::Clip => b,
        OverlayRule::Intersect => a && b,
        OverlayRule::Union => a || b,
        OverlayRule::Difference => a && !b,
        OverlayRule::InverseDifference => b && !a,
        OverlayRule::Xor => a != b,
    }
}

/// Every edge in one contour, each contour as short as it can be.
fn walks(mut edges: Vec<Edge>) -> Vec<Vec<Edge>> {
    edges.sort_unstable();
    let mut walker = Walker { used: vec![false; edges.len()], edges: &edges };
    let mut contours = Vec::new();
    // What begins at a gap ends at one; all others come back to where they began.
    for first in walker.after_gaps().into_iter().chain(0..edges.len()) {
        if !walker.used[first] {
            contours.push(walker.walk(first));
        }
    }
    contours
}

struct Walker<'a> {
    /// In order.
    edges: &'a [Edge],
    used: Vec<bool>,
}

impl Walker<'_> {
    /// Edges from points where more edges begin than end.
    fn after_gaps(&self) -> Vec<usize> {
        let mut ends: Vec<IntPoint<i32>> = self.edges.iter().map(|edge| edge.to).collect();
        ends.sort_unstable();
        let mut surplus = Vec::new();
        let mut at = 0;
        for here in self.edges.chunk_by(|a, b| a.from == b.from) {
            let point = here[0].from;
            let ending = ends.partition_point(|end| *end <= point)
                - ends.partition_point(|end| *end < point);
            surplus.extend((at..at + here.len()).skip(ending));
            at += here.len();
        }
        surplus
    }

    /// Goes on from an edge until it is back, or until there is nowhere to go.
    fn walk(&mut self, first: usize) -> Vec<Edge> {
        let start = self.edges[first].from;
        let (mut contour, mut next) = (Vec::new(), Some(first));
        while let Some(index) = next {
            let edge = self.edges[index];
            self.used[index] = true;
            contour.push(edge);
            next = if edge.to == start { None } else { self.sharpest_left(edge) };
        }
        contour
    }

    /// The next edge around what is filled: the first one to the left of the way back.
    fn sharpest_left(&self, edge: Edge) -> Option<usize> {
        let begin = self.edges.partition_point(|other| other.from < edge.to);
        let leaving = self.edges[begin..].iter().take_while(|other| other.from == edge.to);
        let free = (begin..).zip(leaving).filter(|(index, _)| !self.used[*index]);
        let back = vector(edge.to, edge.from);
        let turn = |other: &Edge| vector(other.from, other.to);
        free.min_by(|(_, a), (_, b)| clockwise(back, turn(a), turn(b))).map(|(index, _)| index)
    }
}

type Vector = (i64, i64);

fn vector(from: IntPoint<i32>, to: IntPoint<i32>) -> Vector {
    (i64::from(to.x) - i64::from(from.x), i64::from(to.y) - i64::from(from.y))
}

fn cross(u: Vector, v: Vector) -> i64 {
    u.0 * v.1 - u.1 * v.0
}

/// Which of `u` and `v` comes first when `back` is turned clockwise.
fn clockwise(back: Vector, u: Vector, v: Vector) -> Ordering {
    let quarter = |w: Vector| match cross(back, w).cmp(&0) {
        Ordering::Less => 0,
        Ordering::Equal if back.0 * w.0 + back.1 * w.1 < 0 => 1,
        Ordering::Greater => 2,
        Ordering::Equal => 3,
    };
    quarter(u).cmp(&quarter(v)).then_with(|| cross(u, v).cmp(&0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(i32, i32)]) -> Vec<Edge> {
        let point = |(x, y): (i32, i32)| IntPoint::new(x, y);
        let next = points.iter().cycle().skip(1);
        points
            .iter()
            .zip(next)
            .map(|(from, to)| Edge { from: point(*from), to: point(*to), piece: PieceId(0) })
            .collect()
    }

    fn lengths(edges: Vec<Edge>) -> Vec<usize> {
        walks(edges).iter().map(Vec::len).collect()
    }

    #[test]
    fn what_touches_in_a_point_is_two_contours() {
        let mut edges = ring(&[(0, 0), (4, 0), (4, 4)]);
        edges.extend(ring(&[(4, 4), (8, 4), (8, 8), (4, 8)]));
        assert_eq!(lengths(edges), [3, 4]);
    }

    #[test]
    fn a_lost_edge_is_a_gap_and_no_endless_walk() {
        let mut edges = ring(&[(0, 0), (4, 0), (4, 4), (0, 4)]);
        edges.remove(1);
        edges.extend(ring(&[(9, 9), (12, 9), (12, 12)]));
        let contours = walks(edges);
        assert_eq!(contours.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3]);
        assert_eq!((contours[0][0].from, contours[0][2].to), ((4, 4).into(), (4, 0).into()));
    }
}
