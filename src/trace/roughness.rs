//! How roughly a picture's curves were drawn.
//!
//! Browsers and drawing programs make chords of curves before they fill them, a few where they are in a
//! hurry: a circle comes as a polygon that strays from it by a twentieth of a pixel, which coverage tells
//! exactly. Nobody drew that. So boundaries are compared with the smoothest curve through each stretch of
//! them, and if curves stray from it all over the picture, no boundary is known better than that.

use kurbo::{Point, Vec2};

use super::unmix::Located;
use crate::par;

/// Points of short and long stretches: about as many pixels, more than small and large curves' chords.
const STRETCHES: [usize; 2] = [32, 96];
/// A stretch that bends by less, in px, may be a line, which is not made of chords.
const LEAST_BEND_PX: f64 = 0.8;
/// One that bends by more, as a share of its length, is no graph of a smooth function.
const MOST_BEND: f64 = 0.2;
/// Stretches that must be seen before anything is said.
const LEAST_STRETCHES: usize = 6;
/// Share of the stretches that may be smooth all the same.
const QUANTILE: f64 = 0.2;
/// Chords are as rough on half a stretch; what is drawn, a joint of a line and an arc, is much smoother.
const STAYS: f64 = 0.4;
/// Deviation below which curves are smooth, in px: exactly covered pixels leave half a hundredth.
const SMOOTH_PX: f64 = 0.012;
/// One that is more than chords stray by: those are drawn.
const DRAWN_PX: f64 = 0.1;
/// Neighbouring points stray together, which makes a deviation less likely to be chance than it is.
const TOGETHER: f64 = 2.0;
/// Coefficients of the smoothest curve.
const TERMS: usize = 5;

/// Standard deviation of all boundaries for that reason, in px.
pub(super) fn sigma_px(located: &[Located]) -> f64 {
    STRETCHES.iter().map(|&stretch| usual_px(located, stretch)).fold(0.0, f64::max) * TOGETHER
}

/// How far stretches of one length usually stray; 0 if not for that reason.
fn usual_px(located: &[Located], stretch: usize) -> f64 {
    let strays = par::map(located.len(), |i| {
        let stretches = located[i].points.windows(stretch).step_by(stretch / 2);
        stretches.filter_map(stray_px).collect::<Vec<_>>()
    });
    let mut strays = strays.concat();
    if strays.len() < LEAST_STRETCHES {
        return 0.0;
    }
    strays.sort_unstable_by(f64::total_cmp);
    let usual = strays[(QUANTILE * strays.len() as f64) as usize];
    if (SMOOTH_PX..DRAWN_PX).contains(&usual) { usual } else { 0.0 }
}

/// How far the points of a stretch stray from the smoothest curve through them, in px: 0 if that has to do
/// with what is drawn, none if they do not bend, or bend too much.
fn stray_px(points: &[Point]) -> Option<f64> {
    let across = across(points)?;
    let whole = deviation(&across);
    let (first, second) = across.split_at(across.len() / 2);
    let halves = [first, second].map(deviation).iter().map(|d| d * d).sum::<f64>();
    Some(if (0.5 * halves).sqrt() < STAYS * whole { 0.0 } else { whole })
}

/// The points' distances from the chord from the first to the last of them, with their places along it.
fn across(points: &[Point]) -> Option<Vec<(f64, f64)>> {
    let (first, last) = (points[0], points[points.len() - 1]);
    let length = (last - first).hypot();
    if length < 0.5 * points.len() as f64 {
        return None;
    }
    let unit: Vec2 = (last - first) / length;
    let place = |p: &Point| ((*p - first).dot(unit), unit.cross(*p - first));
    let across: Vec<(f64, f64)> = points.iter().map(place).collect();
    let bend = across.iter().map(|(_, v)| v.abs()).fold(0.0, f64::max);
    (bend >= LEAST_BEND_PX && bend <= MOST_BEND * length).then_some(across)
}

/// Standard deviation of distances from the polynomial of degree 4 that fits them best.
fn deviation(across: &[(f64, f64)]) -> f64 {
    let (from, to) = (across[0].0, across[across.len() - 1].0);
    let mut rest: Vec<(f64, f64)> =
        across.iter().map(|&(u, v)| (2.0 * (u - from) / (to - from) - 1.0, v)).collect();
    // Legendre's polynomials are nearly independent on even points; a few rounds make them so.
    for _ in 0..4 {
        for degree in 0..TERMS {
            let (mut dot, mut norm) = (0.0, 0.0);
            for &(u, v) in &rest {
                let p = legendre(degree, u);
                dot += p * v;
                norm += p * p;
            }
            for (u, v) in &mut rest {
                *v -= dot / norm * legendre(degree, *u);
            }
        }
    }
    let squares: f64 = rest.iter().map(|(_, v)| v * v).sum();
    (squares / (rest.len() - TERMS) as f64).sqrt()
}

/// Legendre's polynomial of a degree up to 4.
fn legendre(degree: usize, u: f64) -> f64 {
    match degree {
        0 => 1.0,
        1 => u,
        2 => 1.5 * u * u - 0.5,
        3 => (2.5 * u * u - 1.5) * u,
        _ => (4.375 * u * u - 3.75) * u * u + 0.375,
    }
}

#[cfg(test)]
mod tests {
    use core::f64::consts::PI;

    use kurbo::Circle;

    use super::*;
    use crate::artwork::Geometry;
    use crate::trace::drawn::{BLACK, CLEAR, traced};

    /// A circle made of chords.
    fn chords(x: f64, y: f64) -> usize {
        const COUNT: f64 = 40.0;
        let (x, y) = (x - 31.3, y - 32.6);
        let turn = 2.0 * PI / COUNT;
        let from_middle = libm::atan2(y, x).rem_euclid(turn) - 0.5 * turn;
        usize::from(x.hypot(y) * libm::cos(from_middle) < 25.0 * libm::cos(0.5 * turn))
    }

    #[test]
    fn a_circle_of_chords_is_a_circle() {
        let artwork = traced(&[CLEAR, BLACK], chords);
        let Geometry::Circle(Circle { radius, .. }) = artwork.shapes[0].geometry else {
            panic!("{:?}", artwork.shapes)
        };
        // Between the chords' ends and their middles.
        assert!((radius - 24.97).abs() < 0.05, "{radius}");
    }

    #[test]
    fn what_is_covered_exactly_is_smooth() {
        let around = |stray: f64| -> Located {
            let at = |k: usize| {
                let (angle, off) =
                    (k as f64 / 60.0, if (k / 6).is_multiple_of(2) { stray } else { -stray });
                Point::new(0.0, 0.0) + (60.0 + off) * Vec2::new(libm::cos(angle), libm::sin(angle))
            };
            let points: Vec<Point> = (0..370).map(at).collect();
            let sigma_px = vec![0.01; points.len()];
            Located { points, sigma_px }
        };
        assert_eq!(sigma_px(&[around(0.005)]), 0.0);
        let rough = sigma_px(&[around(0.04)]);
        assert!((0.06..0.1).contains(&rough), "{rough}");
    }
}
