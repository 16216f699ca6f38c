//! Linked chains become paths: each stretch between corners is fitted like any other boundary.

use kurbo::{BezPath, Cap, CubicBez, ParamCurve as _, PathEl, Point};

use super::border::Border;
use super::chain::Chain;
use super::link::{End, Link, Tip};
use crate::artwork::Geometry;
use crate::trace::fit::{Boundary, FitOptions, fit};

/// Standard deviation of a point of the middle line, in px: two borders' mean.
const SIGMA_PX: f64 = 0.03;

/// The same of points where lines run into each other.
const LOOSE_PX: f64 = 0.5;

/// A line whose ends differ by less is level or upright, in px.
const LEVEL_PX: f64 = 0.2;

/// What all chains of a shape have in common.
pub(super) struct Drawing<'a> {
    pub border: &'a Border,
    pub chains: &'a [Chain],
    pub tips: &'a [Tip],
    pub links: &'a [Link],
    pub width_px: f64,
    pub options: &'a FitOptions,
}

/// A stretch between two corners.
#[derive(Default)]
struct Leg {
    points: Vec<Point>,
    sigma_px: Vec<f64>,
}

impl Leg {
    fn add(&mut self, point: Point, sigma_px: f64) {
        self.points.push(point);
        self.sigma_px.push(sigma_px);
    }
}

impl Drawing<'_> {
    /// The middle lines as a path, their open ends set back as caps of this kind need it.
    pub fn path(&self, cap: Cap) -> BezPath {
        let mut path = BezPath::new();
        let mut drawn = vec![false; self.chains.len()];
        let ends = (0..self.chains.len())
            .flat_map(|chain| [false, true].map(|last| End { chain, last }))
            .filter(|end| !self.chains[end.chain].closed);
        let goes_on =
            |end: &End| matches!(self.links[end.index()], Link::Straight(_) | Link::Corner(..));
        let is_corner = |end: &End| matches!(self.links[end.index()], Link::Corner(..));
        // Lines with ends first; of the rings, those with corners begin at one.
        let starts: Vec<End> = ends.clone().filter(|end| !goes_on(end)).collect();
        let corners = ends.clone().filter(is_corner);
        for start in starts.into_iter().chain(corners).chain(ends) {
            if !drawn[start.chain] {
                self.line(start, cap, &mut drawn, &mut path);
            }
        }
        for chain in self.chains.iter().filter(|chain| chain.closed) {
            let sigma_px = vec![SIGMA_PX; chain.points.len()];
            self.fitted(&chain.points, &sigma_px, true, &mut path);
        }
        path
    }

    /// The line that begins at `start`.
    fn line(&self, start: End, cap: Cap, drawn: &mut [bool], path: &mut BezPath) {
        let mut legs = vec![Leg::default()];
        let mut enter = start;
        let mut closed = false;
        if let Some(at) = self.end(start, cap) {
            legs[0].add(at, SIGMA_PX);
        }
        loop {
            drawn[enter.chain] = true;
            let leave = enter.across();
            let Some(leg) = legs.last_mut() else { break };
            self.along(enter, cap, leg);
            if let Some(at) = self.end(leave, cap) {
                leg.add(at, SIGMA_PX);
            }
            enter = match self.links[leave.index()] {
                Link::Cap | Link::Stop(_) => break,
                Link::Straight(next) => {
                    self.bridge(leave, next, leg);
                    next
                }
                Link::Corner(at, next) => {
                    if !drawn[next.chain] {
                        legs.push(Leg { points: vec![at], sigma_px: vec![SIGMA_PX] });
                    }
                    next
                }
            };
            if drawn[enter.chain] {
                closed = enter == start;
                break;
            }
        }
        let smooth = closed && matches!(self.links[start.index()], Link::Straight(_));
        let mut line = BezPath::new();
        for leg in &legs {
            self.fitted(&leg.points, &leg.sigma_px, smooth, &mut line);
        }
        if closed && !smooth {
            line.close_path();
        }
        level(&mut line);
        path.extend(line);
    }

    /// The points of the chain that is entered at `enter`, without those beyond its ends.
    fn along(&self, enter: End, cap: Cap, leg: &mut Leg) {
        let mut points = self.chains[enter.chain].points.clone();
        if enter.last {
            points.reverse();
        }
        let ends = [enter, enter.across()].map(|end| (self.tips[end.index()], self.end(end, cap)));
        let is_beyond = |p: Point| {
            ends.iter().any(|(tip, end)| {
                end.is_some_and(|end| {
                    (p - tip.at).hypot() < self.width_px
                        && (p - end).dot(tip.way) > -0.25 * self.border.step_px
                })
            })
        };
        points.into_iter().filter(|p| !is_beyond(*p)).for_each(|p| leg.add(p, SIGMA_PX));
    }

    /// Where a line ends that does not go straight on: an open end's cap reaches to the border.
    fn end(&self, end: End, cap: Cap) -> Option<Point> {
        let Tip { at, way } = self.tips[end.index()];
        match self.links[end.index()] {
            Link::Straight(_) => return None,
            Link::Stop(point) | Link::Corner(point, _) => return Some(point),
            Link::Cap => {}
        }
        let narrow = (0.15 * self.width_px).max(0.7 * self.border.step_px);
        let ahead = self.border.points.iter().zip(&self.border.inward).filter_map(|(p, inward)| {
            let to = *p - at;
            (to.cross(way).abs() <= narrow && inward.dot(way) < -0.5).then(|| to.dot(way))
        });
        let ahead: Vec<f64> = ahead.filter(|d| (0.0..2.0 * self.width_px).contains(d)).collect();
        let near = ahead.iter().copied().fold(f64::INFINITY, f64::min);
        let within = |d: &f64| *d <= near + 0.25 * self.width_px;
        let reach = ahead.into_iter().filter(within).fold(0.0, f64::max);
        let depth = if cap == Cap::Round { 0.5 * self.width_px } else { 0.0 };
        Some(at + (reach - depth) * way)
    }

    /// Goes on smoothly to another chain.
    fn bridge(&self, from: End, to: End, leg: &mut Leg) {
        let (a, b) = (self.tips[from.index()], self.tips[to.index()]);
        let length = (b.at - a.at).hypot();
        let arm = length / 3.0;
        let curve = CubicBez::new(a.at, a.at + arm * a.way, b.at + arm * b.way, b.at);
        let count = (length / self.border.step_px) as usize;
        for i in 1..count {
            leg.add(curve.eval(i as f64 / count as f64), LOOSE_PX);
        }
    }

    /// Fits points and goes on with them in `path`.
    fn fitted(&self, points: &[Point], sigma_px: &[f64], closed: bool, path: &mut BezPath) {
        let fitted = fit(&Boundary { points, sigma_px, closed }, self.options);
        for &element in Geometry::from(&fitted).path().elements() {
            if matches!(element, PathEl::MoveTo(_)) && !path.elements().is_empty() && !closed {
                continue;
            }
            path.push(element);
        }
    }
}

/// Makes a single line that is level or upright within the measure exactly so.
fn level(line: &mut BezPath) {
    if let [PathEl::MoveTo(a), PathEl::LineTo(b)] = line.elements_mut() {
        let (x, y) = (f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y));
        if (a.y - b.y).abs() < LEVEL_PX {
            (a.y, b.y) = (y, y);
        } else if (a.x - b.x).abs() < LEVEL_PX {
            (a.x, b.x) = (x, x);
        }
    }
}
