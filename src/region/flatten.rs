//! Outlines as short straight pieces on an integer grid, each of which knows its curve.

use i_overlay::core::edge_data::{EdgeDataMerge, OverlayEdgeData};
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::segm::boolean::ShapeCountBoolean;
use kurbo::{BezPath, ParamCurve, PathEl, PathSeg, Point, Rect, Vec2};

use crate::limits::MAX_PIECES;

/// The extent of all outlines is this many grid units: two bits below what `i_overlay` allows.
const EXTENT_UNITS: f64 = (1 << 28) as f64;

/// Pieces are this close to their curve, as a share of the extent.
const TOLERANCE: f64 = 1.0 / 32_768.0;

/// The tolerance in grid units.
pub(super) const TOLERANCE_UNITS: f64 = EXTENT_UNITS * TOLERANCE;

/// Curves and their pieces.
pub(super) struct Flat {
    pub curves: Vec<PathSeg>,
    pub pieces: Vec<Piece>,
    /// Index of the first curve of the second outline.
    pub first_of_b: u32,
    grid: Grid,
}

/// A chord of a curve between two parameters.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub curve: u32,
    pub t0: f64,
    pub t1: f64,
    pub from: IntPoint<i32>,
    pub to: IntPoint<i32>,
}

/// Index of a [`Piece`]; of pieces that coincide, the first stands for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PieceId(pub u32);

impl OverlayEdgeData for PieceId {
    type Store = ();

    fn merge(both: EdgeDataMerge<ShapeCountBoolean, Self>, (): &mut ()) -> Self {
        Self(both.lhs_data.0.min(both.rhs_data.0))
    }
}

struct Grid {
    center: Point,
    scale: f64,
}

impl Grid {
    fn snap(&self, p: Point) -> IntPoint<i32> {
        let units = (p - self.center) * self.scale;
        IntPoint::new(units.x.round() as i32, units.y.round() as i32)
    }
}

impl Flat {
    /// Flattens both outlines; `Some(None)` if there is nothing, `None` if there is too much.
    #[expect(clippy::option_option, reason = "nothing and too much are different answers")]
    pub fn new(a: &BezPath, b: &BezPath) -> Option<Option<Self>> {
        let mut curves = closed_segments(a);
        let first_of_b = curves.len() as u32;
        curves.extend(closed_segments(b));
        let Some(bounds) = control_box(&curves) else { return Some(None) };
        let extent = bounds.width().max(bounds.height());
        if !extent.is_finite() || !bounds.center().is_finite() {
            return None;
        }
        if extent <= 0.0 {
            return Some(None);
        }
        let grid = Grid { center: bounds.center(), scale: EXTENT_UNITS / extent };
        if !grid.scale.is_finite() {
            return Some(None);
        }
        let mut pieces = Vec::with_capacity(curves.len() * 4);
        for (index, curve) in curves.iter().enumerate() {
            let steps = steps(curve, extent * TOLERANCE);
            if pieces.len() + steps > MAX_PIECES {
                return None;
            }
            let at = |step: usize| {
                let t = step as f64 / steps as f64;
                (t, grid.snap(if step == steps { curve.end() } else { curve.eval(t) }))
            };
            let (mut t0, mut from) = (0.0, grid.snap(curve.start()));
            for step in 1..=steps {
                let (t1, to) = at(step);
                // What is shorter than a unit joins the next piece.
                if to != from {
                    pieces.push(Piece { curve: index as u32, t0, t1, from, to });
                    (t0, from) = (t1, to);
                }
            }
        }
        Some(Some(Self { curves, pieces, first_of_b, grid }))
    }

    /// A point of the grid, in the outlines' coordinates.
    pub fn point(&self, p: IntPoint<i32>) -> Point {
        self.grid.center + Vec2::new(f64::from(p.x), f64::from(p.y)) / self.grid.scale
    }

    /// The flattening tolerance, in the outlines' coordinates.
    pub fn tolerance(&self) -> f64 {
        TOLERANCE_UNITS / self.grid.scale
    }
}

/// Number of equal parameter steps whose chords stay within `tolerance`: Wang's formula, from the
/// greatest second difference of the control points (G. Wang, J. Zhejiang Univ., 1984).
fn steps(curve: &PathSeg, tolerance: f64) -> usize {
    let (second, factor) = match curve {
        PathSeg::Line(_) => return 1,
        PathSeg::Quad(q) => (bend(q.p0, q.p1, q.p2), 0.25),
        PathSeg::Cubic(c) => (bend(c.p0, c.p1, c.p2).max(bend(c.p1, c.p2, c.p3)), 0.75),
    };
    // At least four, so that a small loop or a cusp shows.
    libm::sqrt(factor * second / tolerance).ceil().clamp(4.0, 512.0) as usize
}

fn bend(a: Point, b: Point, c: Point) -> f64 {
    let second = a.to_vec2() - 2.0 * b.to_vec2() + c.to_vec2();
    libm::sqrt(second.hypot2())
}

fn control_box(curves: &[PathSeg]) -> Option<Rect> {
    let points = curves.iter().flat_map(|curve| {
        let c = curve.to_cubic();
        [c.p0, c.p1, c.p2, c.p3]
    });
    points.fold(None, |bounds: Option<Rect>, p| {
        Some(bounds.map_or(Rect::from_points(p, p), |r| r.union_pt(p)))
    })
}

/// All segments, with the line that closes a subpath wherever it is not closed already.
fn closed_segments(path: &BezPath) -> Vec<PathSeg> {
    let mut segments = Vec::with_capacity(path.elements().len());
    let (mut start, mut at) = (Point::ZERO, Point::ZERO);
    let close = |segments: &mut Vec<PathSeg>, at: Point, start: Point| {
        if at != start {
            segments.push(PathSeg::Line(kurbo::Line::new(at, start)));
        }
    };
    for el in path.elements() {
        match *el {
            PathEl::MoveTo(p) => {
                close(&mut segments, at, start);
                start = p;
            }
            PathEl::LineTo(p) => segments.push(PathSeg::Line(kurbo::Line::new(at, p))),
            PathEl::QuadTo(a, p) => segments.push(PathSeg::Quad(kurbo::QuadBez::new(at, a, p))),
            PathEl::CurveTo(a, b, p) => {
                segments.push(PathSeg::Cubic(kurbo::CubicBez::new(at, a, b, p)));
            }
            PathEl::ClosePath => {
                close(&mut segments, at, start);
                at = start;
                continue;
            }
        }
        at = el.end_point().unwrap_or(start);
    }
    close(&mut segments, at, start);
    segments
}
