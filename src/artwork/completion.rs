//! Shapes that others hide in part, completed behind them.
//!
//! Where two visible stretches of a layer's outline end at what lies on it, and both lie on one line
//! or on one circle, the outline goes on along that from one to the other (P. Kellman and T. Shipley,
//! "A theory of visual interpolation in object perception", 1991), if all that this adds is covered.
//! The stretches are then fitted once more as one contour, whose part in between counts for little:
//! two arcs of a ring are a circle, two ends of a bar a rectangle.

use kurbo::{BezPath, ParamCurve as _, ParamCurveNearest as _, PathSeg, Point, Shape as _, Vec2};

use super::Geometry;
use super::build::{Run, append, turned, walked};
use super::onward::{Arm, leaving, onward};
use super::stack::Layer;
use super::underlap::{CLEAR_PX, cover_ends, is_hidden, middle, samples};
use crate::order;
use crate::trace::fit::{Boundary, Fitted};
use crate::trace::map::{Half, PlanarMap};
use crate::trace::unmix::Located;

/// How fits are made, and of what.
pub(crate) struct Measured<'a> {
    /// The points of each edge.
    pub located: &'a [Located],
    /// Fits a boundary.
    pub fit: &'a dyn Fn(&Boundary) -> Fitted,
}

/// A layer with its hidden parts.
pub(super) enum Completion {
    /// Shapes that are complete and may overlap.
    Shapes(Vec<Geometry>),
    /// Subpaths of one path.
    Outlines(BezPath),
}

/// One outline of a layer.
enum Outline {
    /// It is complete, and runs clockwise or not.
    Whole(Geometry, bool),
    /// It is complete in part: the rest reaches under its cover as it would otherwise.
    Runs(Vec<Run>),
}

/// Stretches lie on one curve that is at most this far from both, in px,
const AGREE_PX: f64 = 0.06;
/// plus so many standard deviations of the points.
const DEVIATIONS: f64 = 2.5;
/// Nearer to a junction than this a stretch does not count, in px,
const BLURRED_PX: f64 = 1.5;
/// and its fit may be so many times as far off.
const SLACK: f64 = 4.0;
/// A stretch runs smoothly where it turns by less than this, in radians.
const KINK: f64 = 0.2;
/// How well the end of a stretch is known that is not completed, in px.
const END_SIGMA_PX: f64 = 0.01;
/// The same of a point that nobody sees.
const UNSEEN_SIGMA_PX: f64 = 0.5;
/// A fit may come this near to where its cover ends, though the way that it follows keeps farther
/// away, in px.
const HIDDEN_PX: f64 = 0.4;
/// A side is told at this distance from the outline, in px.
const ASIDE_PX: f64 = 0.3;

/// A visible stretch of an outline.
struct Stretch<'a> {
    run: &'a Run,
    /// What is drawn of it.
    segments: Vec<PathSeg>,
    /// Its points, but for those at its ends, and how well each is known, in px.
    points: Vec<(Point, f64)>,
    /// How far its points may lie off, in px.
    tolerance_px: f64,
    /// The stretch that follows in the same loop,
    next: usize,
    /// and the hidden run before it.
    hidden: &'a Run,
}

impl Stretch<'_> {
    /// Where it starts and where it ends.
    fn ends(&self) -> Option<[Point; 2]> {
        Some([self.segments.first()?.start(), self.segments.last()?.end()])
    }

    /// What tells how it goes on at its end, or at its start: all as far as it runs smoothly, or else
    /// its outermost segment.
    fn arms(&self, at_end: bool) -> Vec<Arm> {
        let mut inward: Vec<PathSeg> = self.segments.clone();
        if at_end {
            inward = inward.iter().rev().map(PathSeg::reverse).collect();
        }
        let smooth = |pair: &[PathSeg]| {
            let (before, after) = (-leaving(&pair[0].reverse()), leaving(&pair[1]));
            libm::atan2(before.cross(after), before.dot(after)).abs() < KINK
        };
        let count = 1 + inward.windows(2).take_while(|pair| smooth(pair)).count();
        let arm = |count: usize| {
            let segments = inward.get(..count).unwrap_or_default();
            let on = |p: &Point| {
                let near = segments.iter().map(|segment| segment.nearest(*p, 1e-3).distance_sq);
                near.fold(f64::INFINITY, f64::min) < self.tolerance_px * self.tolerance_px
            };
            let points = self.points.iter().map(|(p, _)| *p).filter(on).collect();
            Arm::new(segments, points)
        };
        let counts = if count > 1 { &[count, 1][..] } else { &[count] };
        counts.iter().filter_map(|&count| arm(count)).collect()
    }
}

/// The way from the end of one stretch to the start of another.
#[derive(Clone)]
struct Link {
    to: usize,
    way: BezPath,
    ends: [Point; 2],
}

/// Completes a layer, whose outlines are `loops` of runs; none if nothing is to be completed, or if
/// somebody would see it. `taken` is what underlaps have added so far.
pub(super) fn completed(
    map: &PlanarMap,
    fitted: &[Fitted],
    measured: &Measured,
    layer: &Layer,
    loops: &[Vec<Run>],
    taken: &mut Vec<BezPath>,
) -> Option<Completion> {
    let stretches = stretches(fitted, measured, loops);
    let links = links(map, layer, &stretches);
    let hiding = Hiding { map, layer, stretches: &stretches, links: &links };
    let mut outlines = hiding.outlines(measured)?;
    let plain = loops.iter().filter(|runs| runs.len() < 2);
    outlines.extend(plain.map(|runs| Outline::Runs(runs.clone())));
    let shape = |outline: &Outline| match outline {
        Outline::Whole(geometry, true) => Some(geometry.clone()),
        _ => None,
    };
    if let Some(shapes) = outlines.iter().map(shape).collect::<Option<Vec<Geometry>>>() {
        let paths: Vec<BezPath> = shapes.iter().map(Geometry::path).collect();
        return is_sound(map, fitted, layer, &paths).then_some(Completion::Shapes(shapes));
    }
    let ways: Vec<Vec<Point>> = links.iter().flatten().map(|link| samples(&link.way)).collect();
    if crossing(&ways) {
        return None;
    }
    let before = taken.len();
    taken.extend(links.iter().flatten().map(|link| link.way.clone()));
    let mut path = BezPath::new();
    for outline in outlines {
        match outline {
            Outline::Whole(geometry, clockwise) => path.extend(turned(geometry.path(), clockwise)),
            Outline::Runs(runs) => append(&mut path, map, fitted, &runs, layer, taken),
        }
    }
    let paths = [path];
    if !is_sound(map, fitted, layer, &paths) {
        taken.truncate(before);
        return None;
    }
    let [path] = paths;
    Some(Completion::Outlines(path))
}

/// The visible stretches of loops that are hidden in part.
fn stretches<'a>(
    fitted: &[Fitted],
    measured: &Measured,
    loops: &'a [Vec<Run>],
) -> Vec<Stretch<'a>> {
    let mut stretches = Vec::new();
    for runs in loops.iter().filter(|runs| runs.len() > 1) {
        let first = stretches.len();
        let seen: Vec<usize> = (0..runs.len()).filter(|&i| !runs[i].hidden).collect();
        for (k, &i) in seen.iter().enumerate() {
            let run = &runs[i];
            let drawn = run.halves.iter().map(|half| walked(fitted, *half));
            let segments = drawn.flat_map(|path| path.segments().collect::<Vec<_>>()).collect();
            let mut stretch = Stretch {
                run,
                segments,
                points: Vec::new(),
                tolerance_px: 0.0,
                next: first + (k + 1) % seen.len(),
                hidden: &runs[(i + runs.len() - 1) % runs.len()],
            };
            let Some(ends) = stretch.ends() else { continue };
            for half in &run.halves {
                let Located { points, sigma_px } = &measured.located[half.edge as usize];
                let count = points.len();
                for k in (0..count).map(|k| if half.forward { k } else { count - 1 - k }) {
                    if ends.iter().all(|&end| (points[k] - end).hypot() > BLURRED_PX) {
                        stretch.points.push((points[k], sigma_px[k]));
                    }
                }
            }
            let weights: f64 = stretch.points.iter().map(|(_, sigma)| 1.0 / (sigma * sigma)).sum();
            let sigma_px = (stretch.points.len() as f64 / weights.max(1.0)).sqrt();
            stretch.tolerance_px = AGREE_PX + DEVIATIONS * sigma_px;
            stretches.push(stretch);
        }
    }
    stretches
}

/// Whether two of these rows of points, a pixel apart, cross.
fn crossing(ways: &[Vec<Point>]) -> bool {
    let meet =
        |a: &[Point], b: &[Point]| a.iter().any(|p| b.iter().any(|q| (*p - *q).hypot2() < 1.0));
    (0..ways.len()).any(|i| ways[..i].iter().any(|way| meet(way, &ways[i])))
}

/// Whether paths together paint a layer on the side of each visible edge where it lies and not on
/// the other, and nothing beyond its cover.
fn is_sound(map: &PlanarMap, fitted: &[Fitted], layer: &Layer, paths: &[BezPath]) -> bool {
    let holds = |p: Point| paths.iter().any(|path| path.winding(p) != 0);
    let sides = |half: &Half| {
        let outline = match &fitted[half.edge as usize] {
            Fitted::Path(path) => path.clone(),
            primitive => Geometry::from(primitive).path(),
        };
        let segments: Vec<PathSeg> = outline.segments().collect();
        let Some(segment) = segments.get(segments.len() / 2) else { return true };
        let way = segment.eval(0.51) - segment.eval(0.49);
        let aside = Vec2::new(-way.y, way.x) * (ASIDE_PX / way.hypot());
        let [one, other] = [aside, -aside].map(|aside| holds(segment.eval(0.5) + aside));
        one != other || way.hypot() == 0.0
    };
    let region = layer.region.iter().flat_map(|&face| map.around(face));
    let mut seen = region.filter(|half| {
        let beyond = map.face(half.reversed());
        !layer.cover.contains(&beyond) && !layer.region.contains(&beyond)
    });
    // Short edges lie wherever pixels let them.
    let mut far =
        cover_ends(map, layer).filter(|edge| edge.ends.is_none() || edge.corners.len() > 6);
    seen.all(|half| sides(&half)) && !far.any(|edge| holds(middle(edge)))
}

/// Which stretch each runs on into behind its cover.
fn links(map: &PlanarMap, layer: &Layer, stretches: &[Stretch]) -> Vec<Option<Link>> {
    let arms: Vec<(Vec<Arm>, Vec<Arm>)> =
        stretches.iter().map(|stretch| (stretch.arms(true), stretch.arms(false))).collect();
    let mut found = Vec::new();
    for (from, a) in stretches.iter().enumerate() {
        for (to, b) in stretches.iter().enumerate() {
            let tolerance_px = a.tolerance_px.max(b.tolerance_px);
            let (tails, heads) = (&arms[from].0, &arms[to].1);
            let mut ways = tails.iter().flat_map(|tail| heads.iter().map(move |head| (tail, head)));
            let way = ways.find_map(|(tail, head)| onward(tail, head, tolerance_px));
            let (Some(way), Some(a), Some(b)) = (way, a.ends(), b.ends()) else { continue };
            let ends = [a[1], b[0]];
            let hidden = |&p: &Point| is_hidden(map, layer, ends, p, CLEAR_PX);
            if samples(&way).iter().all(hidden) {
                found.push((from, Link { to, way, ends }));
            }
        }
    }
    order::by_key(&mut found, |(_, link)| order::float((link.ends[1] - link.ends[0]).hypot()));
    let mut links = vec![None; stretches.len()];
    let mut taken = vec![false; stretches.len()];
    for (from, link) in found {
        if links[from].is_none() && !taken[link.to] {
            taken[link.to] = true;
            links[from] = Some(link);
        }
    }
    // What is not linked goes on to the next of its loop, which must be free.
    let mut before = vec![0; stretches.len()];
    for (i, stretch) in stretches.iter().enumerate() {
        before[stretch.next] = i;
    }
    loop {
        let mut to = vec![false; stretches.len()];
        links.iter().flatten().for_each(|link: &Link| to[link.to] = true);
        let fits =
            |i: usize, link: &Link| to[stretches[i].next] && links[before[link.to]].is_some();
        let loose = |&i: &usize| links[i].as_ref().is_some_and(|link| !fits(i, link));
        match (0..links.len()).find(loose) {
            Some(i) => links[i] = None,
            None => return links,
        }
    }
}

/// What is completed, and what hides it.
struct Hiding<'a> {
    map: &'a PlanarMap,
    layer: &'a Layer,
    stretches: &'a [Stretch<'a>],
    links: &'a [Option<Link>],
}

impl Hiding<'_> {
    /// The outlines that the stretches and their links make; none if nothing is linked, or if a fit
    /// is not what was asked for.
    fn outlines(&self, measured: &Measured) -> Option<Vec<Outline>> {
        let linked = |i: usize| self.links.iter().flatten().any(|link| link.to == i);
        if self.links.iter().all(Option::is_none) {
            return None;
        }
        let count = self.stretches.len();
        let mut used = vec![false; count];
        let mut outlines = Vec::new();
        // What follows a run that stays hidden comes first; outlines without such runs are left over.
        for start in (0..count).filter(|&i| !linked(i)).chain(0..count) {
            let mut runs = Vec::new();
            let mut at = start;
            while !used[at] {
                let mut group = Vec::new();
                let mut next = Some(at);
                while let Some(i) = next.filter(|&i| !used[i]) {
                    used[i] = true;
                    group.push(i);
                    next = self.links[i].as_ref().map(|link| link.to);
                }
                let closed = next.is_some();
                let mut seen = self.stretches[at].run.clone();
                if closed || group.len() > 1 {
                    let (fitted, clockwise) = self.fit(measured, &group, closed)?;
                    let geometry = Geometry::from(&fitted);
                    if closed {
                        outlines.push(Outline::Whole(geometry, clockwise));
                        break;
                    }
                    seen.drawn = Some(geometry.path());
                }
                runs.extend([self.stretches[at].hidden.clone(), seen]);
                at = self.stretches[*group.last()?].next;
            }
            if !runs.is_empty() {
                outlines.push(Outline::Runs(runs));
            }
        }
        Some(outlines)
    }

    /// Fits a group of linked stretches as one contour, and tells whether it runs clockwise; none if
    /// the result leaves the stretches or the cover.
    fn fit(&self, measured: &Measured, group: &[usize], closed: bool) -> Option<(Fitted, bool)> {
        let (mut points, mut sigma_px) = (Vec::new(), Vec::new());
        let mut push = |point: Point, sigma: f64| {
            points.push(point);
            sigma_px.push(sigma);
        };
        let (first, last) = (&self.stretches[*group.first()?], &self.stretches[*group.last()?]);
        if !closed {
            push(first.ends()?[0], END_SIGMA_PX);
        }
        for &i in group {
            for &(point, sigma) in &self.stretches[i].points {
                push(point, sigma);
            }
            if let Some(link) = &self.links[i] {
                for point in samples(&link.way) {
                    push(point, UNSEEN_SIGMA_PX);
                }
            }
        }
        if !closed {
            push(last.ends()?[1], END_SIGMA_PX);
        }
        let turned = points.iter().zip(points.iter().cycle().skip(1));
        let clockwise = turned.map(|(a, b)| a.to_vec2().cross(b.to_vec2())).sum::<f64>() > 0.0;
        let fitted = (measured.fit)(&Boundary { points: &points, sigma_px: &sigma_px, closed });
        let path = Geometry::from(&fitted).path();
        self.holds(&path, group).then_some((fitted, clockwise))
    }

    /// Whether a path runs along all stretches of a group, and otherwise where nobody sees it.
    fn holds(&self, path: &BezPath, group: &[usize]) -> bool {
        let off = |segments: &[PathSeg], p: Point| {
            let off2 = segments.iter().map(|segment| segment.nearest(p, 1e-3).distance_sq);
            off2.fold(f64::INFINITY, f64::min).sqrt()
        };
        let drawn: Vec<PathSeg> = path.segments().collect();
        let stretches = || group.iter().map(|&i| &self.stretches[i]);
        let along = stretches().all(|stretch| {
            let path = BezPath::from_path_segments(stretch.segments.iter().copied());
            samples(&path).into_iter().all(|p| {
                let near = |end: &Point| (p - *end).hypot() < BLURRED_PX;
                let slack = if stretch.ends().iter().flatten().any(near) { SLACK } else { 1.0 };
                off(&drawn, p) < slack * stretch.tolerance_px
            })
        });
        let hidden = |p: Point| {
            let mut links = group.iter().filter_map(|&i| self.links[i].as_ref());
            links.any(|link| is_hidden(self.map, self.layer, link.ends, p, HIDDEN_PX))
        };
        let seen = |p: Point| {
            stretches().any(|stretch| off(&stretch.segments, p) < SLACK * stretch.tolerance_px)
        };
        along && samples(path).into_iter().all(|p| hidden(p) || seen(p))
    }
}

#[cfg(test)]
#[path = "completion_tests.rs"]
mod tests;
