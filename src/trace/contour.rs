//! Boundaries that run on through junctions.
//!
//! Where a shape lies on others, their boundaries end at it like the stem of a T, and its own outline
//! runs on past them: one line or one curve, though it is several edges of the map. Such edges are
//! fitted as one, without the pixels around the junctions, which mix three inks; then the fit is cut
//! where the others end. So it has no kink there and no more nodes than an outline that nothing
//! touches, and a disc that other shapes touch is still a circle.

use kurbo::{
    BezPath, ParamCurve as _, ParamCurveDeriv as _, ParamCurveNearest as _, PathEl, PathSeg, Point,
    Shape as _, Vec2,
};

use super::congruence;
use super::fit::{Fitted, agree};
use super::junction::Junctions;
use super::map::{Half, PlanarMap};
use super::unmix::Located;
use crate::artwork::Geometry;
use crate::par;

/// Edges that follow each other without a turn.
pub struct Contour {
    /// The edges, in order.
    pub halves: Vec<Half>,
    /// Whether the last is followed by the first.
    pub closed: bool,
}

/// The edges of a map, fitted.
#[derive(Debug, Default)]
pub struct Curves {
    /// What each edge is.
    pub edges: Vec<Fitted>,
    /// Contours of several edges that are one primitive.
    pub rings: Vec<Ring>,
}

/// A primitive whose outline is several edges.
#[derive(Debug)]
pub struct Ring {
    /// Their indices.
    pub edges: Vec<u32>,
    /// What they are together.
    pub fitted: Fitted,
}

/// Points nearer to a junction than this are of pixels that mix three inks, in px.
const MIXED_PX: f64 = 1.0;
/// How well a junction is known, in px.
const NODE_SIGMA_PX: f64 = 0.01;
/// A contour that passes a junction farther away than this does not run through it, in px.
const PASSES_PX: f64 = 0.6;
/// What ends at a contour meets it at more than this, as the sine of the angle.
const MEETS: f64 = 0.3;
/// A cut this near to a node is made there, in px.
const AT_NODE_PX: f64 = 0.02;

/// All edges of a map as contours: each edge is part of one.
pub fn contours(map: &PlanarMap, junctions: &Junctions) -> Vec<Contour> {
    let mut onward: Vec<[Option<Half>; 2]> = vec![[None; 2]; map.edges.len()];
    for [arriving, leaving] in junctions.through.iter().flatten().copied() {
        for (from, to) in [(arriving, leaving), (leaving.reversed(), arriving.reversed())] {
            onward[from.edge as usize][usize::from(from.forward)] = Some(to);
        }
    }
    let next = |half: Half| onward[half.edge as usize][usize::from(half.forward)];
    let mut seen = vec![false; map.edges.len()];
    let mut found = Vec::new();
    for edge in 0..map.edges.len() as u32 {
        if seen[edge as usize] {
            continue;
        }
        let start = Half { edge, forward: true };
        let mut first = start;
        while let Some(before) = next(first.reversed()).map(Half::reversed) {
            first = before;
            if first == start {
                break;
            }
        }
        let mut halves = vec![first];
        let mut last = first;
        while let Some(half) = next(last).filter(|half| *half != first) {
            halves.push(half);
            last = half;
        }
        for half in &halves {
            seen[half.edge as usize] = true;
        }
        let closed = map.edges[edge as usize].ends.is_none() || next(last).is_some();
        found.push(Contour { halves, closed });
    }
    found
}

impl Contour {
    /// The points along it. Where it ends it has the junctions.
    pub fn located(&self, map: &PlanarMap, located: &[Located], nodes: &[Point]) -> Located {
        let mut out = Located::default();
        let mut push = |point: Point, sigma_px: f64| {
            out.points.push(point);
            out.sigma_px.push(sigma_px);
        };
        let node = |half: Half| map.start(half).map(|node| nodes[node as usize]);
        if let Some(start) = self.halves.first().and_then(|half| node(*half))
            && !self.closed
        {
            push(start, NODE_SIGMA_PX);
        }
        for half in &self.halves {
            let ends = [node(*half), node(half.reversed())];
            let mixed = |p: Point| {
                ends.iter().flatten().any(|&end| (p - end).hypot2() < MIXED_PX * MIXED_PX)
            };
            let Located { points, sigma_px } = &located[half.edge as usize];
            for k in 0..points.len() {
                let k = if half.forward { k } else { points.len() - 1 - k };
                if !mixed(points[k]) {
                    push(points[k], sigma_px[k]);
                }
            }
        }
        if let Some(end) = self.halves.last().and_then(|half| node(half.reversed()))
            && !self.closed
        {
            push(end, NODE_SIGMA_PX);
        }
        out
    }

    /// The nodes that it runs through, in order.
    fn passed(&self, map: &PlanarMap) -> impl Iterator<Item = u32> {
        self.halves[usize::from(!self.closed)..].iter().filter_map(move |half| map.start(*half))
    }
}

/// A contour's fit in pieces, one for each of its edges.
struct Cut {
    pieces: Vec<BezPath>,
    /// The nodes that it runs through and where it passes them.
    passed: Vec<(u32, Point)>,
}

/// Fits all edges of a map, with `fit` for a whole contour. What ends at a contour is moved onto it.
pub fn curves(
    map: &PlanarMap,
    located: &[Located],
    junctions: &Junctions,
    fit: impl Fn(&Contour, &Located) -> Fitted + Sync + Send,
) -> Curves {
    let nodes = &junctions.points;
    let fit_all = |contours: &[Contour]| {
        let fit = |i: usize| {
            let located = contours[i].located(map, located, nodes);
            (fit(&contours[i], &located), located)
        };
        par::map(contours.len(), fit).into_iter().unzip()
    };
    let mut contours = contours(map, junctions);
    let (mut fits, whole): (Vec<Fitted>, Vec<Located>) = fit_all(&contours);
    let fit_one = |i: usize, located: &Located| fit(&contours[i], located);
    congruence::share(&mut fits, &whole, |i| contours[i].closed, fit_one);
    let sigma_px: Vec<f64> = whole.iter().map(Located::mean_sigma_px).collect();
    agree(&mut fits, &sigma_px);
    let ending = ending(map, &contours, &fits);
    let cut = |i: usize| cut(&contours[i], &fits[i], map, nodes, &ending);
    let mut cuts: Vec<Option<Cut>> = (0..contours.len()).map(cut).collect();
    // What does not pass its junctions is fitted edge by edge.
    let mut lone = Vec::new();
    for (contour, cut) in contours.iter_mut().zip(&mut cuts) {
        if cut.is_none() {
            let halves = std::mem::take(&mut contour.halves);
            lone.extend(
                halves.into_iter().map(|half| Contour { halves: vec![half], closed: false }),
            );
        }
    }
    fits.extend(fit_all(&lone).0);
    contours.extend(lone);
    let mut at = nodes.clone();
    for (node, point) in cuts.iter().flatten().flat_map(|cut| &cut.passed) {
        at[*node as usize] = *point;
    }
    let mut out = Curves { edges: Vec::new(), rings: Vec::new() };
    out.edges.resize(map.edges.len(), Fitted::Path(BezPath::new()));
    cuts.resize_with(contours.len(), || None);
    for ((contour, fitted), cut) in contours.into_iter().zip(fits).zip(cuts) {
        if let [Half { edge, .. }] = contour.halves[..]
            && map.edges[edge as usize].ends.is_none()
        {
            out.edges[edge as usize] = fitted;
            continue;
        }
        let pieces = cut.map_or_else(|| vec![Geometry::from(&fitted).path()], |cut| cut.pieces);
        for (half, mut piece) in contour.halves.iter().zip(pieces) {
            let end = |half: Half| map.start(half).map(|node| at[node as usize]);
            join(&mut piece, end(*half), end(half.reversed()));
            let piece = if half.forward { piece } else { piece.reverse_subpaths() };
            out.edges[half.edge as usize] = Fitted::Path(piece);
        }
        if !matches!(fitted, Fitted::Path(_)) && !contour.halves.is_empty() {
            let edges = contour.halves.iter().map(|half| half.edge).collect();
            out.rings.push(Ring { edges, fitted });
        }
    }
    out
}

/// For each node the direction of a contour that ends there.
fn ending(map: &PlanarMap, contours: &[Contour], fits: &[Fitted]) -> Vec<Option<Vec2>> {
    let mut ending = vec![None; map.nodes.len()];
    for (contour, fitted) in contours.iter().zip(fits) {
        let (Fitted::Path(path), false) = (fitted, contour.closed) else { continue };
        let halves = [contour.halves.first(), contour.halves.last()];
        let ends = [path.segments().next(), path.segments().last().map(|s| s.reverse())];
        for ((half, segment), last) in halves.into_iter().zip(ends).zip([false, true]) {
            let half = half.map(|half| if last { half.reversed() } else { *half });
            if let (Some(node), Some(segment)) = (half.and_then(|half| map.start(half)), segment) {
                ending[node as usize] = Some(at(&[segment], 0.0).1);
            }
        }
    }
    ending
}

/// Cuts a contour's fit where it passes junctions; none if it does not pass them, or not in order.
fn cut(
    contour: &Contour,
    fitted: &Fitted,
    map: &PlanarMap,
    nodes: &[Point],
    ending: &[Option<Vec2>],
) -> Option<Cut> {
    let passed: Vec<u32> = contour.passed(map).collect();
    if passed.is_empty() {
        return Some(Cut { pieces: vec![Geometry::from(fitted).path()], passed: Vec::new() });
    }
    let segments: Vec<PathSeg> = along(fitted, contour, map).segments().collect();
    let count = segments.len() as f64;
    let stops =
        passed.iter().map(|&node| stop(&segments, nodes[node as usize], ending[node as usize]));
    let mut stops = stops.collect::<Option<Vec<f64>>>()?;
    if contour.closed {
        // Once round, from the first to the first.
        let first = *stops.first()?;
        stops.iter_mut().filter(|stop| **stop < first).for_each(|stop| *stop += count);
        stops.push(first + count);
    } else {
        stops.insert(0, 0.0);
        stops.push(count);
    }
    let pieces = stops.windows(2).map(|ends| piece(&segments, ends[0], ends[1]));
    let pieces = pieces.collect::<Option<Vec<BezPath>>>()?;
    let starts = pieces.iter().skip(usize::from(!contour.closed));
    let starts = starts.filter_map(|piece| piece.elements().first()?.end_point());
    Some(Cut { passed: passed.into_iter().zip(starts).collect(), pieces })
}

/// The fit of a contour in the direction of its edges.
fn along(fitted: &Fitted, contour: &Contour, map: &PlanarMap) -> BezPath {
    let path = Geometry::from(fitted).path();
    let clockwise = contour.halves.iter().map(|half| map.sweep(*half)).sum::<i64>() > 0;
    if contour.closed && (path.area() > 0.0) != clockwise { path.reverse_subpaths() } else { path }
}

/// Where segments pass `node`: the number of the segment plus the parameter on it. What ends there in
/// this direction goes on straight until it meets them.
fn stop(segments: &[PathSeg], node: Point, ending: Option<Vec2>) -> Option<f64> {
    let mut stop = nearest(segments, node)?;
    if let Some(direction) = ending.filter(|d| d.hypot2() > 0.0) {
        let (on, tangent) = at(segments, stop);
        let cross = tangent.cross(direction);
        if cross.abs() > MEETS * tangent.hypot() * direction.hypot() {
            let meets = on + tangent * ((node - on).cross(direction) / cross);
            if (meets - on).hypot() < PASSES_PX {
                stop = nearest(segments, meets)?;
            }
        }
    }
    // No slivers beside a node that is there anyway.
    let (on, whole) = (at(segments, stop).0, stop.round());
    let node = at(segments, whole.min(segments.len() as f64)).0;
    Some(if (on - node).hypot() < AT_NODE_PX { whole } else { stop })
}

/// The place on segments that is nearest to a point, if it is near.
fn nearest(segments: &[PathSeg], p: Point) -> Option<f64> {
    let near = segments.iter().map(|segment| segment.nearest(p, 1e-4));
    let (i, near) = near.enumerate().min_by(|a, b| a.1.distance_sq.total_cmp(&b.1.distance_sq))?;
    (near.distance_sq < PASSES_PX * PASSES_PX).then_some(i as f64 + near.t)
}

/// The point and the tangent at a place on segments.
fn at(segments: &[PathSeg], place: f64) -> (Point, Vec2) {
    let i = (place as usize).min(segments.len() - 1);
    let t = place - i as f64;
    let chord = segments[i].end() - segments[i].start();
    let tangent = match segments[i] {
        PathSeg::Cubic(curve) => curve.deriv().eval(t).to_vec2(),
        _ => chord,
    };
    (segments[i].eval(t), if tangent.hypot2() > 1e-9 { tangent } else { chord })
}

/// The part of segments, which may go round, between two places; none if there is none.
fn piece(segments: &[PathSeg], from: f64, to: f64) -> Option<BezPath> {
    let count = segments.len();
    let mut path = BezPath::new();
    for i in from as usize..to.ceil() as usize {
        let range = (from - i as f64).max(0.0)..(to - i as f64).min(1.0);
        let whole = segments[i % count];
        if range.start >= range.end {
            continue;
        }
        let part = if range == (0.0..1.0) { whole } else { whole.subsegment(range) };
        if path.elements().is_empty() {
            path.move_to(part.start());
        }
        path.push(part.as_path_el());
    }
    (!path.elements().is_empty()).then_some(path)
}

/// Puts the ends of an open path where they belong.
fn join(path: &mut BezPath, start: Option<Point>, end: Option<Point>) {
    let elements = path.elements_mut();
    if let (Some(start), [PathEl::MoveTo(p), next, ..]) = (start, &mut *elements) {
        let by = start - *p;
        *p = start;
        if let PathEl::CurveTo(a, ..) = next {
            *a += by;
        }
    }
    if let Some(end) = end {
        match elements.last_mut() {
            Some(PathEl::LineTo(p)) => *p = end,
            Some(PathEl::CurveTo(_, b, p)) => {
                *b += end - *p;
                *p = end;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, Point, Shape as _};

    use crate::artwork::{Artwork, Geometry, Paint};
    use crate::color::Rgb;
    use crate::trace::drawn::*;
    use crate::trace::{Layering, TraceOptions};

    const INKS: [[u8; 4]; 4] = [CLEAR, BLACK, WHITE, RED];

    /// A red disc on fields that end at it.
    fn disc(x: f64, y: f64) -> usize {
        if inside(x, y, 18.0) { 3 } else { 1 + usize::from(x + 0.3 * y > 40.0) }
    }

    fn red(art: &Artwork) -> &Geometry {
        let ink = art.inks.iter().position(|ink| ink.rgb == Rgb([200, 30, 40])).unwrap();
        &art.shapes.iter().find(|shape| shape.paint == Paint::Ink(ink)).unwrap().geometry
    }

    #[test]
    fn a_disc_that_others_touch_is_a_circle() {
        let art = traced(&INKS, disc);
        let Geometry::Circle(Circle { center, radius }) = red(&art) else {
            panic!("{:?}", red(&art));
        };
        assert!((radius - 18.0).abs() < 0.01, "{radius}");
        assert!((*center - Point::new(31.3, 32.6)).hypot() < 0.02, "{center}");
    }

    #[test]
    fn what_ends_at_a_contour_ends_on_it() {
        let options = TraceOptions { layering: Layering::CutOut, ..Default::default() };
        let art = traced_with(&INKS, disc, &options);
        let area: f64 = art.shapes.iter().map(|s| s.geometry.path().area()).sum();
        assert!((area - f64::from(SIDE * SIDE)).abs() < 1e-3, "{area}");
    }

    #[test]
    fn a_line_runs_straight_through_a_junction() {
        // Above a slanted line one ink, below it two side by side.
        let drawing: Drawing = |x, y| {
            if y < 22.3 + 0.25 * x { 3 } else { 1 + usize::from(x - 0.2 * y > 21.0) }
        };
        let options = TraceOptions { layering: Layering::CutOut, ..Default::default() };
        let art = traced_with(&INKS, drawing, &options);
        let path = red(&art).path();
        let slanted = |line: &kurbo::Line| (line.p0.x - line.p1.x) * (line.p0.y - line.p1.y) != 0.0;
        let lines = path.segments().filter_map(|segment| match segment {
            kurbo::PathSeg::Line(line) => Some(line).filter(slanted),
            _ => panic!("{segment:?}"),
        });
        let lines: Vec<kurbo::Line> = lines.collect();
        for line in &lines {
            let slope = (line.p1.y - line.p0.y) / (line.p1.x - line.p0.x);
            assert!((slope - 0.25).abs() < 1e-3, "{lines:?}");
        }
        assert_eq!(lines.len(), 2, "{lines:?}");
    }
}
