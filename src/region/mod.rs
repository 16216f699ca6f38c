//! Boolean operations on outlines that keep their curves.
//!
//! Outlines are flattened finely onto an integer grid, where `i_overlay` (MIT OR Apache-2.0) solves
//! the topology exactly; every edge of its answer remembers which piece of which curve it came
//! from, so the answer is put together from the original curves, whole or cut at intersections.
//!
//! Guarantees of every result: closed subpaths; the nonzero and the even-odd rule fill the same; a
//! curve that no operation cuts keeps its control points (perhaps in the other direction).
//!
//! Limits: details below 1/32768 of the extent are lost, in particular slivers of that width. What
//! would cross itself more often than [`MAX_CROSSINGS`](crate::limits::MAX_CROSSINGS) times is
//! refused with `None`.

mod contours;
mod crossings;
mod flatten;
mod offset;
mod rebuild;

use i_overlay::core::edge_overlay::{EdgeOverlay, InputEdge};
use i_overlay::core::overlay::ShapeType;
use i_overlay::core::overlay_rule::OverlayRule;
use kurbo::{BezPath, Rect, Shape as _};

use flatten::Flat;
pub use offset::offset;

/// Which points an outline fills, as in SVG 1.1, 11.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillRule {
    /// Points with a winding number other than zero.
    NonZero,
    /// Points with an odd winding number.
    EvenOdd,
}

/// What `path` fills under `rule`, as an outline that fills the same under either rule.
pub fn simplify(path: &BezPath, rule: FillRule) -> Option<BezPath> {
    solve(path, &BezPath::new(), rule, OverlayRule::Subject)
}

/// What both fill. Both must fill the same under either rule.
pub fn intersect(a: &BezPath, b: &BezPath) -> Option<BezPath> {
    if !overlap(a.bounding_box(), b.bounding_box()) {
        return Some(BezPath::new());
    }
    solve(a, b, FillRule::NonZero, OverlayRule::Intersect)
}

/// What either fills. Both must fill the same under either rule.
pub fn unite(a: &BezPath, b: &BezPath) -> Option<BezPath> {
    solve(a, b, FillRule::NonZero, OverlayRule::Union)
}

/// What any of them fills. Each must fill the same under either rule. Halves are put together first:
/// one after the other, what is there already would be gone through for each.
pub fn unite_all(paths: &[BezPath]) -> Option<BezPath> {
    match paths {
        [] => Some(BezPath::new()),
        [path] => Some(path.clone()),
        _ => {
            let (first, second) = paths.split_at(paths.len() / 2);
            let (mut first, second) = (unite_all(first)?, unite_all(second)?);
            if overlap(first.bounding_box(), second.bounding_box()) {
                return unite(&first, &second);
            }
            first.extend(second);
            Some(first)
        }
    }
}

/// What `a` fills and `b` does not. Both must fill the same under either rule.
pub fn subtract(a: &BezPath, b: &BezPath) -> Option<BezPath> {
    if !overlap(a.bounding_box(), b.bounding_box()) {
        return Some(a.clone());
    }
    solve(a, b, FillRule::NonZero, OverlayRule::Difference)
}

/// Whether two boxes share more than an edge.
pub fn overlap(a: Rect, b: Rect) -> bool {
    let common = a.intersect(b);
    common.width() > 0.0 && common.height() > 0.0
}

fn solve(a: &BezPath, b: &BezPath, rule: FillRule, operation: OverlayRule) -> Option<BezPath> {
    let Some(flat) = Flat::new(a, b)? else { return Some(BezPath::new()) };
    if !crossings::are_bearable(&flat.pieces) {
        return None;
    }
    let mut overlay = EdgeOverlay::<i32, flatten::PieceId>::new(flat.pieces.len());
    for (index, piece) in flat.pieces.iter().enumerate() {
        let operand =
            if piece.curve < flat.first_of_b { ShapeType::Subject } else { ShapeType::Clip };
        let data = flatten::PieceId(index as u32);
        overlay.add_edge(InputEdge { a: piece.from, b: piece.to, data }, operand);
    }
    let rule = match rule {
        FillRule::NonZero => i_overlay::core::fill_rule::FillRule::NonZero,
        FillRule::EvenOdd => i_overlay::core::fill_rule::FillRule::EvenOdd,
    };
    let edges = overlay.build_vectors(operation, rule);
    let mut out = BezPath::new();
    for contour in contours::contours(&edges, operation) {
        rebuild::contour(&flat, &contour, &mut out);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, PathEl};

    use super::*;

    fn circle(x: f64, y: f64, radius: f64) -> BezPath {
        Circle::new((x, y), radius).to_path(1e-3)
    }

    fn count(path: &BezPath, kind: fn(&PathEl) -> bool) -> usize {
        path.elements().iter().filter(|el| kind(el)).count()
    }

    fn curves(path: &BezPath) -> usize {
        count(path, |el| matches!(el, PathEl::CurveTo(..)))
    }

    fn close_to(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-3 * expected.abs().max(1.0), "{actual} {expected}");
    }

    #[test]
    fn uncut_curves_are_kept() {
        let path = circle(50.0, 50.0, 20.0);
        let out = simplify(&path, FillRule::NonZero).unwrap();
        assert_eq!(curves(&out), curves(&path));
        close_to(out.area().abs(), path.area().abs());
    }

    #[test]
    fn two_circles_cut_where_they_meet() {
        let (a, b) = (circle(0.0, 0.0, 10.0), circle(10.0, 0.0, 10.0));
        let lens = intersect(&a, &b).unwrap();
        // Area of the lens of two circles of radius r at distance r.
        let exact = 100.0 * (2.0 * std::f64::consts::PI / 3.0 - 3f64.sqrt() / 2.0);
        close_to(lens.area().abs(), exact);
        let both = unite(&a, &b).unwrap();
        close_to(both.area().abs(), 2.0 * a.area().abs() - exact);
        let rest = subtract(&a, &b).unwrap();
        close_to(rest.area().abs(), a.area().abs() - exact);
        let corner = lens
            .elements()
            .iter()
            .filter_map(PathEl::end_point)
            .any(|p| (p.x - 5.0).abs() < 1e-3 && (p.y.abs() - 75f64.sqrt()).abs() < 1e-3);
        assert!(corner, "{}", lens.to_svg());
    }

    #[test]
    fn even_odd_star_gets_its_hole() {
        let mut star = BezPath::new();
        for i in 0..5 {
            let angle = f64::from(i) * 4.0 * std::f64::consts::PI / 5.0;
            let p = (libm::cos(angle), libm::sin(angle));
            if i == 0 { star.move_to(p) } else { star.line_to(p) }
        }
        star.close_path();
        let full = simplify(&star, FillRule::NonZero).unwrap();
        let holed = simplify(&star, FillRule::EvenOdd).unwrap();
        assert_eq!(count(&full, |el| matches!(el, PathEl::MoveTo(_))), 1);
        assert!(holed.area().abs() < full.area().abs() - 0.1);
    }

    #[test]
    fn holes_wind_the_other_way() {
        let mut path = circle(0.0, 0.0, 10.0);
        path.extend(circle(0.0, 0.0, 5.0));
        let ring = simplify(&path, FillRule::EvenOdd).unwrap();
        close_to(ring.area().abs(), std::f64::consts::PI * 75.0);
        assert_eq!(curves(&ring), curves(&path));
    }

    #[test]
    fn what_crosses_itself_without_end_is_refused() {
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        for i in 0..4000 {
            let t = f64::from(i);
            path.line_to(if i % 2 == 0 { (t, 1000.0) } else { (4000.0 - t, 0.0) });
        }
        path.close_path();
        assert_eq!(simplify(&path, FillRule::NonZero), None);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(simplify(&BezPath::new(), FillRule::NonZero), Some(BezPath::new()));
        let line = BezPath::from_svg("M0 0L5 5Z").unwrap();
        assert_eq!(simplify(&line, FillRule::NonZero), Some(BezPath::new()));
    }
}
