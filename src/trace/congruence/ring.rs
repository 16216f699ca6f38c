//! A closed contour as it is compared with others.

use kurbo::{Line, ParamCurveNearest as _, Point, Vec2};

use crate::trace::unmix::Located;

/// Places at which contours are compared: what turns onto itself by any number of times up to six,
/// or by eight, ten or twelve, does so from place to place.
pub(super) const PLACES: usize = 120;
/// Contours of fewer points tell nothing.
const LEAST_POINTS: usize = 12;
/// How far lengths of contours that are alike may differ, as a share and in px,
const LENGTH: f64 = 0.01;
const LENGTH_PX: f64 = 1.0;
/// and their mean distances from the middle, in px.
const RADIUS_PX: f64 = 0.5;
/// No point is known better, in px.
const LEAST_SIGMA_PX: f64 = 0.01;
/// Points to either side that tell which way a contour runs and turns.
const SPAN: usize = 3;
/// Second differences above this are of corners, or of curves as tight, in px.
const CORNER_PX: f64 = 1.5;

/// A closed contour, measured along its length.
pub(super) struct Ring<'a> {
    pub located: &'a Located,
    /// How far each point is along it, in px; then its length.
    pub along_px: Vec<f64>,
    /// The mean of its places.
    pub center: Point,
    /// How far places that lie evenly along it are from there, in px.
    pub radii_px: Vec<f64>,
    /// The same on the mean.
    pub radius_px: f64,
    /// Whether it is walked clockwise.
    pub clockwise: bool,
    /// Standard deviation of its points, in px.
    pub sigma_px: f64,
}

impl<'a> Ring<'a> {
    pub fn new(located: &'a Located) -> Option<Self> {
        let points = &located.points;
        let n = points.len();
        if n < LEAST_POINTS {
            return None;
        }
        let mut along_px = vec![0.0];
        let (mut length, mut area) = (0.0, 0.0);
        for (i, &p) in points.iter().enumerate() {
            let q = points[(i + 1) % n];
            length += (q - p).hypot();
            area += (p - points[0]).cross(q - points[0]);
            along_px.push(length);
        }
        let squares: f64 = located.sigma_px.iter().map(|sigma| sigma * sigma).sum();
        let mut ring = Self {
            located,
            along_px,
            center: Point::ORIGIN,
            radii_px: Vec::new(),
            radius_px: 0.0,
            clockwise: area > 0.0,
            sigma_px: (squares / n as f64).sqrt().max(LEAST_SIGMA_PX),
        };
        let places: Vec<Point> = (0..PLACES).map(|i| ring.place(i as f64)).collect();
        let sum: Vec2 = places.iter().map(|p| p.to_vec2()).sum();
        ring.center = (sum / PLACES as f64).to_point();
        ring.radii_px = places.iter().map(|p| (*p - ring.center).hypot()).collect();
        ring.radius_px = ring.radii_px.iter().sum::<f64>() / PLACES as f64;
        (length.is_finite() && length > 0.0).then_some(ring)
    }

    /// Whether it is about as large as another.
    pub fn is_about(&self, other: &Self) -> bool {
        let [longer_px, wider_px] =
            [self.length_px() - other.length_px(), self.radius_px - other.radius_px].map(f64::abs);
        longer_px <= LENGTH_PX + LENGTH * self.length_px() && wider_px <= RADIUS_PX
    }

    pub fn length_px(&self) -> f64 {
        self.along_px[self.along_px.len() - 1]
    }

    fn point(&self, i: usize) -> Point {
        self.located.points[i % self.located.points.len()]
    }

    /// The point at so many of its places.
    pub fn place(&self, place: f64) -> Point {
        let along = self.wrapped(place / PLACES as f64 * self.length_px());
        let i = self.segment(along);
        let [from, to] = [self.along_px[i], self.along_px[i + 1]];
        let t = if to > from { (along - from) / (to - from) } else { 0.0 };
        self.point(i).lerp(self.point(i + 1), t)
    }

    fn wrapped(&self, along_px: f64) -> f64 {
        let length = self.length_px();
        along_px - (along_px / length).floor() * length
    }

    /// Between which points something lies.
    fn segment(&self, along_px: f64) -> usize {
        let after = self.along_px.partition_point(|&along| along <= along_px);
        after.clamp(1, self.along_px.len() - 1) - 1
    }

    /// Direction to the left of point `i`.
    pub fn normal(&self, i: usize) -> Vec2 {
        let n = self.located.points.len();
        let along = self.point(i + SPAN) - self.point(i + n - SPAN);
        let length = along.hypot();
        if length > 0.0 { along.turn_90() / length } else { Vec2::ZERO }
    }

    /// The place of the contour nearest to `p` within `reach_px` of a place along it; none at a corner,
    /// which no point lies on.
    pub fn nearest(&self, p: Point, along_px: f64, reach_px: f64) -> Option<Point> {
        let n = self.located.points.len();
        let first = self.segment(self.wrapped(along_px - reach_px));
        let (mut best, mut least, mut walked) = (None, f64::INFINITY, 0.0);
        for i in first..first + n {
            let line = Line::new(self.point(i), self.point(i + 1));
            let near = line.nearest(p, 1e-6);
            if near.distance_sq < least {
                least = near.distance_sq;
                best = Some((i, near.t));
            }
            walked += (line.p1 - line.p0).hypot();
            if walked > 2.0 * reach_px + 2.0 {
                break;
            }
        }
        let (i, t) = best?;
        let bends = [self.bend(i), self.bend(i + 1)];
        // Between points a contour bends as it does at them.
        let bulge = (bends[0] + bends[1]) * (0.25 * t * (1.0 - t) / (SPAN * SPAN) as f64);
        let is_smooth = bends.iter().all(|bend| bend.hypot() < CORNER_PX);
        is_smooth.then(|| self.point(i).lerp(self.point(i + 1), t) - bulge)
    }

    /// How a contour turns around a point: its second difference, in px.
    fn bend(&self, i: usize) -> Vec2 {
        let n = self.located.points.len();
        let (before, here, after) = (self.point(i + n - SPAN), self.point(i), self.point(i + SPAN));
        (after - here) - (here - before)
    }
}
