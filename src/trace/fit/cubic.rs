//! The cubic of least squares through a run of points, its ends given.
//!
//! Both inner control points are free. Gauss–Newton on the distance across the curve ("tangent
//! distance minimisation", Wang, Pottmann and Liu, ACM TOG 25(2), 2006), started from the linear
//! fit by arc length, damped because what moves along the curve is hardly determined.

use kurbo::{CubicBez, Point, Vec2};

use super::samples::Samples;

/// Points looked at per fit: more say nothing new about four unknowns.
const LOOKS: usize = 16;
/// Rounds of Gauss–Newton.
const ROUNDS: usize = 3;

/// A cubic and how well it explains the points.
#[derive(Clone, Copy, Debug)]
pub(super) struct CubicFit {
    /// The curve.
    pub curve: CubicBez,
    /// Sum of the squared distances over their variances, scaled up to all points.
    pub chi2: f64,
}

/// Fits the points `from..to`; the curve runs from `start` to `end`, which stand at the given
/// lengths along the edge.
pub(super) fn fit_cubic(
    samples: &Samples,
    from: usize,
    to: usize,
    start: (Point, f64),
    end: (Point, f64),
) -> Option<CubicFit> {
    let count = to.checked_sub(from).filter(|&n| n > 0)?;
    let looks = count.min(LOOKS);
    let scale = count as f64 / looks as f64;
    let mut data = [(Point::ZERO, 0.0, 0.0); LOOKS];
    let span = end.1 - start.1;
    if span <= 0.0 {
        return None;
    }
    for (k, slot) in data[..looks].iter_mut().enumerate() {
        let index = from + (2 * k + 1) * count / (2 * looks);
        let u = ((samples.along_px[index] - start.1) / span).clamp(0.0, 1.0);
        *slot = (samples.points[index], samples.weights[index], u);
    }
    let data = &mut data[..looks];
    let mut curve = by_parameter(data, start.0, end.0)?;
    let mut chi2 = f64::INFINITY;
    for round in 0..=ROUNDS {
        let (mut normal, mut right, mut sum) = ([[0.0; 4]; 4], [0.0; 4], 0.0);
        for (p, w, u) in data.iter_mut() {
            project(&curve, *p, u);
            let c = Basis::at(*u);
            let tangent = c.derivative(&curve);
            let length = tangent.hypot();
            let n =
                if length > 0.0 { Vec2::new(-tangent.y, tangent.x) / length } else { Vec2::ZERO };
            let across = n.dot(*p - c.eval(&curve));
            // At the ends a point may lie before or past the curve: then the whole distance counts.
            let r = if *u > 0.0 && *u < 1.0 { across } else { (*p - c.eval(&curve)).hypot() };
            sum += *w * r * r;
            let row = [c.b[1] * n.x, c.b[1] * n.y, c.b[2] * n.x, c.b[2] * n.y];
            for i in 0..4 {
                right[i] += *w * row[i] * across;
                for j in 0..=i {
                    normal[i][j] += *w * row[i] * row[j];
                }
            }
        }
        chi2 = sum * scale;
        if round == ROUNDS || !chi2.is_finite() {
            break;
        }
        let damping = 1e-4 * (normal[0][0] + normal[1][1] + normal[2][2] + normal[3][3]) + 1e-9;
        for (i, row) in normal.iter_mut().enumerate() {
            row[i] += damping;
        }
        let Some(step) = solve4(normal, right) else { break };
        curve.p1 += Vec2::new(step[0], step[1]);
        curve.p2 += Vec2::new(step[2], step[3]);
    }
    (chi2.is_finite() && tame(&curve, span)).then_some(CubicFit { curve, chi2 })
}

/// Whether the handles neither run backwards nor beyond the length of the edge: such curves loop.
fn tame(curve: &CubicBez, span_px: f64) -> bool {
    let (a, b, chord) = (curve.p1 - curve.p0, curve.p3 - curve.p2, curve.p3 - curve.p0);
    let short = a.hypot() <= 1.2 * span_px && b.hypot() <= 1.2 * span_px;
    let back = a.dot(chord) < 0.0 && b.dot(chord) < 0.0 && (curve.p2 - curve.p1).dot(chord) < 0.0;
    short && !back
}

/// The inner control points of least squares for points at known parameters.
fn by_parameter(data: &[(Point, f64, f64)], start: Point, end: Point) -> Option<CubicBez> {
    let (mut a11, mut a12, mut a22) = (0.0, 0.0, 0.0);
    let (mut r1, mut r2) = (Vec2::ZERO, Vec2::ZERO);
    for &(p, w, u) in data {
        let c = Basis::at(u);
        let rest = p.to_vec2() - c.b[0] * start.to_vec2() - c.b[3] * end.to_vec2();
        a11 += w * c.b[1] * c.b[1];
        a12 += w * c.b[1] * c.b[2];
        a22 += w * c.b[2] * c.b[2];
        r1 += w * c.b[1] * rest;
        r2 += w * c.b[2] * rest;
    }
    // A trace of the chord keeps one or two points from deciding alone.
    let ridge = 1e-3 * (a11 + a22) + 1e-12;
    let (t1, t2) = (start.lerp(end, 1.0 / 3.0).to_vec2(), start.lerp(end, 2.0 / 3.0).to_vec2());
    let (a11, a22, r1, r2) = (a11 + ridge, a22 + ridge, r1 + ridge * t1, r2 + ridge * t2);
    let det = a11 * a22 - a12 * a12;
    (det > 0.0).then(|| {
        let p1 = (a22 * r1 - a12 * r2) / det;
        let p2 = (a11 * r2 - a12 * r1) / det;
        CubicBez::new(start, p1.to_point(), p2.to_point(), end)
    })
}

/// Moves `u` towards the parameter of the point of the curve nearest to `p`: one Newton step.
pub(super) fn project(curve: &CubicBez, p: Point, u: &mut f64) {
    let basis = Basis::at(*u);
    let (error, d1) = (basis.eval(curve) - p, basis.derivative(curve));
    let d2 = second_derivative(curve, *u);
    let slope = d1.hypot2() + error.dot(d2);
    let slope = if slope > 0.2 * d1.hypot2() { slope } else { d1.hypot2() };
    if slope > 0.0 {
        *u = (*u - error.dot(d1) / slope).clamp(0.0, 1.0);
    }
}

fn second_derivative(c: &CubicBez, u: f64) -> Vec2 {
    let (a, b) = ((c.p2 - c.p1) - (c.p1 - c.p0), (c.p3 - c.p2) - (c.p2 - c.p1));
    6.0 * ((1.0 - u) * a + u * b)
}

/// The Bernstein polynomials of degree 3 and 2 at one parameter.
pub(super) struct Basis {
    /// Of degree 3.
    pub b: [f64; 4],
    d: [f64; 3],
}

impl Basis {
    /// At `u`.
    pub fn at(u: f64) -> Self {
        let v = 1.0 - u;
        Self {
            b: [v * v * v, 3.0 * u * v * v, 3.0 * u * u * v, u * u * u],
            d: [3.0 * v * v, 6.0 * u * v, 3.0 * u * u],
        }
    }

    /// The point of the curve.
    pub fn eval(&self, c: &CubicBez) -> Point {
        (self.b[0] * c.p0.to_vec2()
            + self.b[1] * c.p1.to_vec2()
            + self.b[2] * c.p2.to_vec2()
            + self.b[3] * c.p3.to_vec2())
        .to_point()
    }

    /// The derivative of the curve by its parameter.
    pub fn derivative(&self, c: &CubicBez) -> Vec2 {
        self.d[0] * (c.p1 - c.p0) + self.d[1] * (c.p2 - c.p1) + self.d[2] * (c.p3 - c.p2)
    }
}

/// Solves a symmetric positive system of four equations, its lower half given.
fn solve4(mut a: [[f64; 4]; 4], mut b: [f64; 4]) -> Option<[f64; 4]> {
    for i in 0..4 {
        for j in 0..=i {
            let known = a[i][..j].iter().zip(&a[j][..j]).map(|(p, q)| p * q).sum::<f64>();
            let sum = a[i][j] - known;
            if i == j {
                if sum <= 0.0 {
                    return None;
                }
                a[i][i] = sum.sqrt();
            } else {
                a[i][j] = sum / a[j][j];
            }
        }
    }
    for i in 0..4 {
        for k in 0..i {
            b[i] -= a[i][k] * b[k];
        }
        b[i] /= a[i][i];
    }
    for i in (0..4).rev() {
        for k in i + 1..4 {
            b[i] -= a[k][i] * b[k];
        }
        b[i] /= a[i][i];
    }
    Some(b)
}
