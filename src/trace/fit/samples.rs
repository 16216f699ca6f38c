//! The points of one edge with what the fits keep asking of them: weights, arc length, and prefix
//! sums that make the best line through any run of points a matter of a few additions.

use kurbo::{Point, Rect, Vec2};

use super::Boundary;

/// Points closer together than this are one point.
const COINCIDENT_PX: f64 = 1e-3;
/// No point is trusted further than this: half the last bit of an 8-bit coverage, and what is
/// left of the bend of an edge inside its pixel.
const LEAST_SIGMA_PX: f64 = 0.01;

/// Points in order, and sums over them.
pub(super) struct Samples {
    /// The points; of a closed boundary, the first again at the end.
    pub points: Vec<Point>,
    /// One over the variance of each point across the edge, in px⁻².
    pub weights: Vec<f64>,
    /// Length of the polyline up to each point, in px.
    pub along_px: Vec<f64>,
    /// Whether the last point is the first again.
    pub closed: bool,
    sums: Vec<Sums>,
}

/// Weighted sums of 1, x, y, x², xy, y² over the points before an index.
#[derive(Clone, Copy, Default)]
struct Sums([f64; 6]);

/// The best line through a run of points.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineFit {
    /// A point on it: the weighted mean of the points.
    pub center: Point,
    /// Its unit direction, the way the points run.
    pub direction: Vec2,
    /// Sum of the squared distances over their variances.
    pub chi2: f64,
}

impl Samples {
    /// Copies a boundary without its coincident points. A closed one starts at point `start`.
    pub fn new(boundary: &Boundary, start: usize) -> Self {
        let n = boundary.points.len().min(boundary.sigma_px.len());
        let (mut points, mut weights) = (Vec::with_capacity(n + 1), Vec::with_capacity(n + 1));
        for k in 0..n {
            let index = (start + k) % n;
            let (p, sigma) = (boundary.points[index], boundary.sigma_px[index].max(LEAST_SIGMA_PX));
            if points.last().is_none_or(|&q| far(p, q)) {
                points.push(p);
                weights.push(1.0 / (sigma * sigma));
            }
        }
        if boundary.closed && !points.is_empty() {
            while points.len() > 1 && !far(points[0], points[points.len() - 1]) {
                points.pop();
                weights.pop();
            }
            points.push(points[0]);
            weights.push(weights[0]);
        }
        Self::with_sums(points, weights, boundary.closed)
    }

    fn with_sums(points: Vec<Point>, weights: Vec<f64>, closed: bool) -> Self {
        let origin = points.first().copied().unwrap_or_default();
        let mut along_px = Vec::with_capacity(points.len());
        let mut sums = Vec::with_capacity(points.len() + 1);
        let (mut length, mut sum) = (0.0, Sums::default());
        for (k, (&p, &w)) in points.iter().zip(&weights).enumerate() {
            if k > 0 {
                length += (p - points[k - 1]).hypot();
            }
            along_px.push(length);
            sums.push(sum);
            let v = p - origin;
            for (s, term) in sum.0.iter_mut().zip([1.0, v.x, v.y, v.x * v.x, v.x * v.y, v.y * v.y])
            {
                *s += w * term;
            }
        }
        sums.push(sum);
        Self { points, weights, along_px, closed, sums }
    }

    /// Number of points, the repeated one of a closed boundary included.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// The line of least squares through the points `from..to`, by total least squares.
    pub fn line(&self, from: usize, to: usize) -> Option<LineFit> {
        if to > self.len() || from + 2 > to {
            return None;
        }
        let mut sum = [0.0; 6];
        for (s, (b, a)) in sum.iter_mut().zip(self.sums[to].0.iter().zip(&self.sums[from].0)) {
            *s = b - a;
        }
        let [w, x, y, xx, xy, yy] = sum;
        let (mx, my) = (x / w, y / w);
        let (xx, xy, yy) = (xx - mx * x, xy - mx * y, yy - my * y);
        // The scatter matrix: its small eigenvalue is the residual, its other vector the line.
        let (half, diff) = (0.5 * (xx + yy), 0.5 * (xx - yy));
        let root = (diff * diff + xy * xy).sqrt();
        let direction =
            if diff >= 0.0 { Vec2::new(diff + root, xy) } else { Vec2::new(xy, root - diff) };
        let length = direction.hypot();
        if length == 0.0 {
            return None;
        }
        let direction = direction / length;
        let run = self.points[to - 1] - self.points[from];
        let direction = if direction.dot(run) < 0.0 { -direction } else { direction };
        let center = self.points[0] + Vec2::new(mx, my);
        Some(LineFit { center, direction, chi2: (half - root).max(0.0) })
    }

    /// The first point that lies at least this far along.
    pub fn at_px(&self, along_px: f64) -> usize {
        self.along_px.partition_point(|&s| s < along_px)
    }

    /// The point some way along, between two points if need be; around the ring where closed.
    pub fn point_at(&self, along_px: f64) -> Point {
        let n = self.len();
        let total = self.along_px[n - 1];
        let s = if self.closed && total > 0.0 { rem_euclid(along_px, total) } else { along_px };
        let k = self.at_px(s).clamp(1, n - 1);
        let span = self.along_px[k] - self.along_px[k - 1];
        let t = if span > 0.0 { ((s - self.along_px[k - 1]) / span).clamp(0.0, 1.0) } else { 0.0 };
        self.points[k - 1].lerp(self.points[k], t)
    }

    /// The box around the points.
    pub fn bounds(&self) -> Rect {
        let first = self.points.first().copied().unwrap_or_default();
        self.points.iter().fold(Rect::from_points(first, first), |bounds, &p| bounds.union_pt(p))
    }
}

impl LineFit {
    /// Distance of `p` from the line, in px; positive to the left of its direction (y down).
    pub fn distance(&self, p: Point) -> f64 {
        self.direction.cross(p - self.center)
    }
}

fn far(p: Point, q: Point) -> bool {
    (p - q).hypot2() > COINCIDENT_PX * COINCIDENT_PX
}

fn rem_euclid(a: f64, b: f64) -> f64 {
    a - b * (a / b).floor()
}
