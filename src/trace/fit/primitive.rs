//! Rings that are one circle, ellipse, rectangle or rounded rectangle.
//!
//! Started from the area and its moments, which antialiasing keeps exactly, and refined by
//! Gauss–Newton on the points' distances. A primitive is taken if it leaves no more misfit than a
//! path of four segments could save, and no point lies visibly off.

use core::f64::consts::PI;

use kurbo::{Circle, Ellipse, Point, Rect, RoundedRect, Vec2};

use super::Fitted;
use super::dp::{CUBIC_PARAMS, LINE_PARAMS};
use super::samples::Samples;

/// Points looked at: more say nothing new about five unknowns.
const LOOKS: usize = 192;
/// No point may lie further off, in px.
const OFF_PX: f64 = 0.2;
/// Points within this of a sharp corner are blunted, in px.
const BLUNT_PX: f64 = 2.0;
/// Corners rounder than this are round, in px.
const ROUND_PX: f64 = 1.2;
/// Two radii of an ellipse that differ by less may be one, in px.
const EQUAL_PX: f64 = 0.3;

/// The primitive that explains a closed ring, if one does.
pub(super) fn primitive(samples: &Samples, lambda: f64) -> Option<Fitted> {
    if !samples.closed || samples.len() < 9 {
        return None;
    }
    let moments = Moments::of(samples);
    let looks = looks(samples);
    let path = 4.0 * CUBIC_PARAMS * lambda;
    round(&moments, &looks, path, lambda)
        .or_else(|| cornered(samples, &moments, &looks, path, lambda))
}

/// A circle or an ellipse.
fn round(moments: &Moments, looks: &Looks, path: f64, lambda: f64) -> Option<Fitted> {
    let (a, b) = moments.radii();
    if a.is_nan()
        || b.is_nan()
        || b < 1.0
        || (PI * a * b / moments.area - 1.0).abs() > 0.02 + 0.5 / b
    {
        return None;
    }
    let center = moments.center;
    if a - b < EQUAL_PX.max(0.02 * b) {
        let far = |q: &[f64; 3], p: Point| (p - Point::new(q[0], q[1])).hypot() - q[2];
        let start = [center.x, center.y, libm::sqrt(moments.area / PI)];
        if let Some(q) = looks.refine(start, far, |_| true, path - 3.0 * lambda) {
            return Some(Fitted::Circle(Circle::new((q[0], q[1]), q[2])));
        }
    }
    let far = |q: &[f64; 5], p: Point| {
        let (v, u) = (p - Point::new(q[0], q[1]), super::outline::unit(q[4]));
        let (x, y) = (v.dot(u), u.cross(v));
        let f = (x / q[2]) * (x / q[2]) + (y / q[3]) * (y / q[3]) - 1.0;
        let slope = 2.0 * Vec2::new(x / (q[2] * q[2]), y / (q[3] * q[3])).hypot();
        if slope > 0.0 { f / slope } else { -q[3] }
    };
    let level = moments.angle();
    let start = [center.x, center.y, a, b, level];
    let q = looks.refine(start, far, |_| true, path - 5.0 * lambda)?;
    // Upright where a turn to the nearest axis moves no point visibly.
    let quarter = (q[4] / (0.5 * PI)).round() * 0.5 * PI;
    let turn = q[4] - quarter;
    let angle = if (turn * (q[2] - q[3])).abs() < 0.1 { quarter } else { q[4] };
    Some(Fitted::Ellipse(Ellipse::new((q[0], q[1]), (q[2], q[3]), angle)))
}

/// An upright rectangle, its corners sharp or round.
fn cornered(
    samples: &Samples,
    moments: &Moments,
    looks: &Looks,
    path: f64,
    lambda: f64,
) -> Option<Fitted> {
    let bounds = samples.bounds();
    let missing = bounds.area() - moments.area;
    if bounds.width().min(bounds.height()) < 3.0 || missing > 0.22 * bounds.area() {
        return None;
    }
    let radius = libm::sqrt(missing.max(0.0) / (4.0 - PI));
    let far = |q: &[f64; 5], p: Point| {
        let center = Point::new(0.5 * (q[0] + q[2]), 0.5 * (q[1] + q[3]));
        let half = Vec2::new(0.5 * (q[2] - q[0]).abs() - q[4], 0.5 * (q[3] - q[1]).abs() - q[4]);
        let v = Vec2::new((p - center).x.abs() - half.x, (p - center).y.abs() - half.y);
        Vec2::new(v.x.max(0.0), v.y.max(0.0)).hypot() + v.x.max(v.y).min(0.0) - q[4]
    };
    if radius > ROUND_PX {
        let start = [bounds.x0, bounds.y0, bounds.x1, bounds.y1, radius];
        let budget = path + 4.0 * LINE_PARAMS * lambda - 5.0 * lambda;
        let q = looks.refine(start, far, |_| true, budget)?;
        let rect = Rect::new(q[0], q[1], q[2], q[3]);
        if 2.0 * q[4] > rect.width().min(rect.height()) {
            return None;
        }
        if q[4] > ROUND_PX {
            return Some(Fitted::RoundedRect(RoundedRect::from_rect(rect, q[4])));
        }
    }
    let corners = [
        (bounds.x0, bounds.y0),
        (bounds.x1, bounds.y0),
        (bounds.x0, bounds.y1),
        (bounds.x1, bounds.y1),
    ];
    let plain =
        |p: Point| corners.iter().all(|&c| (p - Point::from(c)).hypot2() > BLUNT_PX * BLUNT_PX);
    let sharp = |q: &[f64; 4], p: Point| far(&[q[0], q[1], q[2], q[3], 0.0], p);
    let start = [bounds.x0, bounds.y0, bounds.x1, bounds.y1];
    let q = looks.refine(start, sharp, plain, 4.0 * LINE_PARAMS * lambda)?;
    Some(Fitted::Rect(Rect::new(q[0], q[1], q[2], q[3])))
}

/// Area, centre and second moments of the polygon of the points.
struct Moments {
    area: f64,
    center: Point,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Moments {
    fn of(samples: &Samples) -> Self {
        let origin = samples.points[0];
        let (mut area, mut x, mut y, mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for pair in samples.points.windows(2) {
            let (p, q) = (pair[0] - origin, pair[1] - origin);
            let cross = p.cross(q);
            area += 0.5 * cross;
            x += cross * (p.x + q.x) / 6.0;
            y += cross * (p.y + q.y) / 6.0;
            xx += cross * (p.x * p.x + p.x * q.x + q.x * q.x) / 12.0;
            yy += cross * (p.y * p.y + p.y * q.y + q.y * q.y) / 12.0;
            xy += cross * (p.x * q.y + 2.0 * p.x * p.y + 2.0 * q.x * q.y + q.x * p.y) / 24.0;
        }
        let (mx, my) = (x / area, y / area);
        Self {
            area: area.abs(),
            center: origin + Vec2::new(mx, my),
            xx: xx / area - mx * mx,
            xy: xy / area - mx * my,
            yy: yy / area - my * my,
        }
    }

    /// Half axes of the ellipse with these moments, the longer first.
    fn radii(&self) -> (f64, f64) {
        let half = 0.5 * (self.xx + self.yy);
        let root = libm::sqrt(0.25 * (self.xx - self.yy) * (self.xx - self.yy) + self.xy * self.xy);
        (2.0 * libm::sqrt(half + root), 2.0 * libm::sqrt(half - root))
    }

    /// Direction of the longer axis, in radians.
    fn angle(&self) -> f64 {
        0.5 * libm::atan2(2.0 * self.xy, self.xx - self.yy)
    }
}

/// Points and weights, thinned, and how many points each stands for.
struct Looks(Vec<(Point, f64)>, f64);

fn looks(samples: &Samples) -> Looks {
    let count = samples.len() - 1;
    let taken = count.min(LOOKS);
    let scale = count as f64 / taken as f64;
    let at = |k: usize| k * count / taken;
    let points = (0..taken).map(|k| (samples.points[at(k)], scale * samples.weights[at(k)]));
    Looks(points.collect(), scale)
}

impl Looks {
    /// Refines parameters until `far`, the signed distance of a point, is least for the points
    /// that `counts` names; none if half the chi² exceeds what noise explains by more than `budget`.
    fn refine<const N: usize>(
        &self,
        mut q: [f64; N],
        far: impl Fn(&[f64; N], Point) -> f64,
        counts: impl Fn(Point) -> bool,
        budget: f64,
    ) -> Option<[f64; N]> {
        const STEP: f64 = 1e-4;
        for _ in 0..6 {
            let (mut normal, mut right) = ([[0.0; N]; N], [0.0; N]);
            for &(p, w) in self.0.iter().filter(|look| counts(look.0)) {
                let d = far(&q, p);
                let mut row = [0.0; N];
                for (i, slope) in row.iter_mut().enumerate() {
                    let mut moved = q;
                    moved[i] += STEP;
                    *slope = (far(&moved, p) - d) / STEP;
                }
                for i in 0..N {
                    right[i] -= w * row[i] * d;
                    for j in 0..N {
                        normal[i][j] += w * row[i] * row[j];
                    }
                }
            }
            let step = solve(normal, right)?;
            for (value, s) in q.iter_mut().zip(step) {
                *value += s;
            }
        }
        let (mut misfit, mut count) = (0.0, 0.0);
        for &(p, w) in self.0.iter().filter(|look| counts(look.0)) {
            let d = far(&q, p);
            if d.is_nan() || d.abs() > OFF_PX {
                return None;
            }
            misfit += 0.5 * w * d * d;
            count += 1.0;
        }
        let noise = 0.75 * count * self.1;
        (count > N as f64 && misfit < noise + budget && q.iter().all(|v| v.is_finite()))
            .then_some(q)
    }
}

/// Solves a symmetric positive system by elimination, slightly damped.
pub(in crate::trace) fn solve<const N: usize>(
    mut a: [[f64; N]; N],
    mut b: [f64; N],
) -> Option<[f64; N]> {
    for (i, row) in a.iter_mut().enumerate() {
        row[i] += 1e-9 * (1.0 + row[i]);
    }
    for i in 0..N {
        let pivot = a[i][i];
        if pivot.is_nan() || pivot <= 0.0 {
            return None;
        }
        for j in i + 1..N {
            let f = a[j][i] / pivot;
            let above = a[i];
            for (entry, over) in a[j].iter_mut().zip(above) {
                *entry -= f * over;
            }
            b[j] -= f * b[i];
        }
    }
    for i in (0..N).rev() {
        for k in i + 1..N {
            b[i] -= a[i][k] * b[k];
        }
        b[i] /= a[i][i];
    }
    Some(b)
}
