//! Inked areas of a sheet, on a grid of 0.1 µm.
//!
//! All areas share one grid, so results of different operations meet exactly: what is cut out of
//! one plate is, point for point, what another plate fills. Topology and offsets are solved in
//! integers by `i_overlay` (MIT OR Apache-2.0), which makes them the same on every platform.
//!
//! Guarantees: contours are closed and do not cross; the nonzero and the even-odd rule fill the
//! same. Limits: curves are flattened to within [`TOLERANCE_MM`], a tenth of a dot of a 1200 dpi
//! film.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::simplify::Simplify as _;
use i_overlay::i_float::int::angle::Angle;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntShape, IntShapes};
use i_overlay::mesh::int::arc::ArcOptions;
use i_overlay::mesh::int::outline::offset::IntOutlineOffset as _;
use i_overlay::mesh::int::stroke::offset::IntStrokeOffset as _;
use i_overlay::mesh::int::style::{IntLineCap, IntLineJoin, IntOutlineStyle, IntStrokeStyle};
use kurbo::{Affine, BezPath, Point, Rect};

/// How far a flattened curve may be from the curve.
pub const TOLERANCE_MM: f64 = 0.002;

/// Gaps up to twice as wide come from rounding.
const HAIRLINE_MM: f64 = 0.003;

const UNITS_PER_MM: f64 = 10_000.0;

/// Part of the sheet, in mm from its top left corner.
///
/// ```
/// use logopress::{kurbo::Rect, separate::area::Area};
///
/// let square = Area::rect(Rect::new(0.0, 0.0, 10.0, 10.0));
/// assert!((square.choked(1.0).size_mm2() - 64.0).abs() < 0.01);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Area {
    shapes: IntShapes<i32>,
}

impl Area {
    /// What `path` fills (nonzero), once `to_sheet` has brought it to mm on the sheet.
    pub fn from_path(path: &BezPath, to_sheet: Affine) -> Self {
        let mut contours: Vec<Vec<IntPoint<i32>>> = Vec::new();
        kurbo::flatten(to_sheet * path, TOLERANCE_MM, |el| match el {
            kurbo::PathEl::MoveTo(p) => contours.push(vec![grid_point(p)]),
            kurbo::PathEl::LineTo(p) => {
                if let Some(contour) = contours.last_mut() {
                    contour.push(grid_point(p));
                }
            }
            _ => {}
        });
        Self { shapes: contours[..].simplify(FillRule::NonZero, IntOverlayOptions::default()) }
    }

    /// An upright rectangle.
    pub fn rect(rect: Rect) -> Self {
        Self::from_path(&kurbo::Shape::to_path(&rect, TOLERANCE_MM), Affine::IDENTITY)
    }

    /// Lines of the given width; their ends are cut off square, their corners bevelled.
    pub fn lines(polylines: &[Vec<Point>], width_mm: f64) -> Self {
        let paths: Vec<Vec<_>> =
            polylines.iter().map(|line| line.iter().map(|p| grid_point(*p)).collect()).collect();
        let mut style = IntStrokeStyle::new(units(width_mm));
        (style.start_cap, style.end_cap) = (IntLineCap::Square, IntLineCap::Square);
        Self { shapes: paths[..].stroke(&style, false).unwrap_or_default() }
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// What either covers.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        self.solve(other, OverlayRule::Union)
    }

    /// What any of `areas` covers.
    pub fn union_all<'a>(areas: impl IntoIterator<Item = &'a Self>) -> Self {
        let shapes: Vec<_> = areas.into_iter().flat_map(|area| area.shapes.clone()).collect();
        Self { shapes: shapes[..].simplify(FillRule::NonZero, IntOverlayOptions::default()) }
    }

    /// What both cover.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        if !self.may_meet(other) {
            return Self::default();
        }
        self.solve(other, OverlayRule::Intersect)
    }

    /// What this covers and `other` does not.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        if !self.may_meet(other) {
            return self.clone();
        }
        self.solve(other, OverlayRule::Difference)
    }

    /// What this covers and none of `others` does.
    #[must_use]
    pub fn difference_all<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        let others: Vec<_> = others.into_iter().filter(|other| self.may_meet(other)).collect();
        if others.is_empty() {
            return self.clone();
        }
        let corners = self.corners() + others.iter().map(|other| other.corners()).sum::<usize>();
        let mut overlay = Overlay::new(corners);
        overlay.add_source(&self.shapes, ShapeType::Subject);
        for other in others {
            overlay.add_source(&other.shapes, ShapeType::Clip);
        }
        Self { shapes: overlay.overlay(OverlayRule::Difference, FillRule::NonZero) }
    }

    fn solve(&self, other: &Self, rule: OverlayRule) -> Self {
        let mut overlay = Overlay::from_subj_and_clip(&self.shapes, &other.shapes);
        Self { shapes: overlay.overlay(rule, FillRule::NonZero) }
    }

    /// Grown by `by_mm` on every side, or shrunk if that is negative; corners are rounded, so that
    /// no point of the result is farther from (or nearer to) the old edge than asked.
    #[must_use]
    pub fn grown(&self, by_mm: f64) -> Self {
        let by = units(by_mm);
        if by == 0 || self.is_empty() {
            return self.clone();
        }
        // The step whose chord stays within the tolerance of the arc.
        let radius_mm = by_mm.abs().max(TOLERANCE_MM);
        let step = Angle::from_radians(2.0 * libm::acos(1.0 - TOLERANCE_MM / 2.0 / radius_mm));
        let max_step = step.unwrap_or(ArcOptions::MAX_STEP);
        let style = IntOutlineStyle::new(by)
            .line_join(IntLineJoin::Round(ArcOptions { max_step, rotation_precision: 16 }));
        Self { shapes: self.shapes.outline(&style).unwrap_or_default() }
    }

    /// Shrunk by `by_mm` along edges that face something else; hairlines between neighbours whose
    /// cuts were rounded to the grid are no edges.
    #[must_use]
    pub fn choked(&self, by_mm: f64) -> Self {
        self.grown(HAIRLINE_MM).grown(-by_mm - HAIRLINE_MM)
    }

    /// The connected parts, each with its own holes.
    pub fn parts(&self) -> impl Iterator<Item = Self> {
        self.shapes.iter().map(|shape| Self { shapes: vec![shape.clone()] })
    }

    /// Its size in mm².
    pub fn size_mm2(&self) -> f64 {
        self.shapes.iter().flatten().map(|contour| contour_mm2(contour)).sum::<f64>().abs()
    }

    /// The smallest upright rectangle around it; `None` if it is empty.
    pub fn bounds(&self) -> Option<Rect> {
        let mut points = self.shapes.iter().flatten().flatten();
        let first = points.next()?;
        let (mut min, mut max) = (*first, *first);
        for p in points {
            (min.x, min.y) = (min.x.min(p.x), min.y.min(p.y));
            (max.x, max.y) = (max.x.max(p.x), max.y.max(p.y));
        }
        Some(Rect::from_points(sheet_point(min), sheet_point(max)))
    }

    fn may_meet(&self, other: &Self) -> bool {
        match (self.bounds(), other.bounds()) {
            (Some(a), Some(b)) => a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1,
            _ => false,
        }
    }

    /// Its contours as closed polygons, in mm.
    pub fn contours(&self) -> impl Iterator<Item = Vec<Point>> {
        self.shapes.iter().flatten().map(|c| c.iter().map(|p| sheet_point(*p)).collect())
    }

    /// Number of corners of all contours.
    pub fn corners(&self) -> usize {
        self.shapes.iter().map(shape_corners).sum()
    }

    /// Its outline in mm.
    pub fn path(&self) -> BezPath {
        let mut path = BezPath::new();
        for contour in self.contours() {
            for (i, p) in contour.iter().enumerate() {
                if i == 0 { path.move_to(*p) } else { path.line_to(*p) }
            }
            path.close_path();
        }
        path
    }
}

fn shape_corners(shape: &IntShape<i32>) -> usize {
    shape.iter().map(Vec::len).sum()
}

/// Signed area by the shoelace formula, relative to the first corner so that products stay exact.
fn contour_mm2(contour: &[IntPoint<i32>]) -> f64 {
    let Some(origin) = contour.first() else { return 0.0 };
    let at = |p: &IntPoint<i32>| {
        (i64::from(p.x) - i64::from(origin.x), i64::from(p.y) - i64::from(origin.y))
    };
    let doubled: i128 = contour
        .windows(2)
        .map(|pair| {
            let ((ax, ay), (bx, by)) = (at(&pair[0]), at(&pair[1]));
            i128::from(ax * by - bx * ay)
        })
        .sum();
    doubled as f64 / 2.0 / (UNITS_PER_MM * UNITS_PER_MM)
}

fn units(mm: f64) -> i32 {
    (mm * UNITS_PER_MM).round() as i32
}

fn grid_point(p: Point) -> IntPoint<i32> {
    IntPoint::new(units(p.x), units(p.y))
}

fn sheet_point(p: IntPoint<i32>) -> Point {
    Point::new(f64::from(p.x) / UNITS_PER_MM, f64::from(p.y) / UNITS_PER_MM)
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, Shape as _};

    use super::*;

    fn disc(x: f64, y: f64, radius: f64) -> Area {
        Area::from_path(&Circle::new((x, y), radius).to_path(1e-4), Affine::IDENTITY)
    }

    #[test]
    fn cutting_apart_and_joining_gives_the_same_size() {
        let (a, b) = (disc(50.0, 50.0, 20.0), disc(65.0, 50.0, 20.0));
        let (both, common, rest) = (a.union(&b), a.intersection(&b), a.difference(&b));
        assert!((a.size_mm2() + b.size_mm2() - both.size_mm2() - common.size_mm2()).abs() < 1e-3);
        assert!((rest.size_mm2() + common.size_mm2() - a.size_mm2()).abs() < 1e-3);
        assert!(rest.intersection(&common).size_mm2() < 1e-6);
    }

    #[test]
    fn growing_moves_the_edge_by_the_distance() {
        let a = disc(50.0, 50.0, 20.0);
        for by_mm in [-5.0, -0.5, -0.05, 0.05, 0.5, 5.0] {
            let exact = std::f64::consts::PI * (20.0 + by_mm) * (20.0 + by_mm);
            let size = a.grown(by_mm).size_mm2();
            // Within 3 µm all the way around.
            assert!((size - exact).abs() < 0.003 * 2.0 * 3.2 * 25.0, "{by_mm}: {size} {exact}");
        }
        assert!(a.grown(-20.1).is_empty());
    }

    #[test]
    fn shrinking_clears_the_corners_of_a_star() {
        let mut star = BezPath::new();
        for i in 0..10 {
            let (angle, r) = (f64::from(i) * 0.628_318_53, if i % 2 == 0 { 20.0 } else { 6.0 });
            let p = (30.0 + r * libm::cos(angle), 30.0 + r * libm::sin(angle));
            if i == 0 { star.move_to(p) } else { star.line_to(p) }
        }
        star.close_path();
        let star = Area::from_path(&star, Affine::IDENTITY);
        let shrunk = star.grown(-1.0);
        // Grown back by less, nothing may stand out of the star.
        assert!(shrunk.grown(0.99).difference(&star).size_mm2() < 1e-3);
        assert!(!shrunk.is_empty());
    }
}
