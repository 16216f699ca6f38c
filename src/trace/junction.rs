//! Where boundaries meet.
//!
//! The pixels at a junction mix three inks and tell nothing exactly; the boundaries that meet there
//! do. A junction is put where their last straight stretches, each weighted by how well it is
//! known, come closest together. Two of them that run on into each other are one contour, which the
//! others end at.

use kurbo::{Point, Vec2};

use super::map::{Half, PlanarMap};
use super::unmix::Located;

/// Points of a boundary that tell where it is heading.
const STRETCH: usize = 5;
/// Farthest that a junction moves from the pixel corner where it was found, in px.
const LEASH_PX: f64 = 1.5;
/// How much better a parabola must explain a stretch than a line, as chi².
const BEND_CHI2: f64 = 12.0;
/// Points within this distance of the pixel corner mix three inks.
const MIXED_PX: f64 = 1.0;

/// The border is known much better than any boundary, in px.
const RIM_SIGMA_PX: f64 = 1e-4;

/// Two boundaries run on into each other that turn less than this, in radians,
const ONWARD: f64 = 0.14;
/// that pass the junction this near to each other, in px,
const ASIDE_PX: f64 = 0.4;
/// and that are known this well, in px: what is said of pale edges and thin strokes is no proof.
const CLEAR_PX: f64 = 0.03;

/// The nodes of a map.
pub struct Junctions {
    /// Where each is.
    pub points: Vec<Point>,
    /// For each, the half-edge that arrives there and the one that it runs on into, if one does.
    pub through: Vec<Option<[Half; 2]>>,
}

/// How a boundary leaves a junction.
struct Arm {
    half: Half,
    on: Point,
    away: Vec2,
    sigma_px: f64,
}

/// Places all nodes of `map`, whose edges were `located`.
pub fn place(map: &PlanarMap, located: &[Located], width_px: f64, height_px: f64) -> Junctions {
    let corner =
        |node: usize| Point::new(f64::from(map.nodes[node].0), f64::from(map.nodes[node].1));
    let mut arms: Vec<Vec<Arm>> = (0..map.nodes.len()).map(|_| Vec::new()).collect();
    for (index, (edge, points)) in map.edges.iter().zip(located).enumerate() {
        let Some(ends) = edge.ends else { continue };
        for (node, forward) in [(ends[0] as usize, true), (ends[1] as usize, false)] {
            let from = corner(node);
            if let Some((on, direction, sigma_px)) = stretch(points, from, !forward) {
                let away = if (on - from).dot(direction) < 0.0 { -direction } else { direction };
                let half = Half { edge: index as u32, forward };
                arms[node].push(Arm { half, on, away, sigma_px });
            }
        }
    }
    let on_rim = |p: Point| p.x == 0.0 || p.x == width_px || p.y == 0.0 || p.y == height_px;
    let place = |(node, arms): (usize, &Vec<Arm>)| {
        let from = corner(node);
        let mut sum = Normal::default();
        for arm in arms {
            sum.add(arm.on, arm.away, arm.sigma_px);
        }
        // On the picture's border a junction slides along it.
        for (on_rim, along) in [
            (from.x == 0.0 || from.x == width_px, Vec2::new(0.0, 1.0)),
            (from.y == 0.0 || from.y == height_px, Vec2::new(1.0, 0.0)),
        ] {
            if on_rim {
                sum.add(from, along, RIM_SIGMA_PX);
            }
        }
        let mut at = sum.solve(from);
        let moved = at - from;
        if moved.hypot2() > LEASH_PX * LEASH_PX {
            at = from + moved * (LEASH_PX / moved.hypot2().sqrt());
        }
        // A junction on the picture's border stays on it.
        if from.x == 0.0 || from.x == width_px {
            at.x = from.x;
        }
        if from.y == 0.0 || from.y == height_px {
            at.y = from.y;
        }
        Point::new(at.x.clamp(0.0, width_px), at.y.clamp(0.0, height_px))
    };
    let points: Vec<Point> = arms.iter().enumerate().map(place).collect();
    let through = |(&point, arms): (&Point, &Vec<Arm>)| {
        if on_rim(point) { None } else { through(arms, point) }
    };
    let through = points.iter().zip(&arms).map(through).collect();
    Junctions { points, through }
}

/// The two boundaries at `node` that run on into each other most straightly, if any do.
fn through(arms: &[Arm], node: Point) -> Option<[Half; 2]> {
    let mut best = None;
    let mut least = ONWARD;
    let clear: Vec<&Arm> = arms.iter().filter(|arm| arm.sigma_px < CLEAR_PX).collect();
    for (k, a) in clear.iter().enumerate() {
        for b in &clear[..k] {
            let turn = libm::atan2(a.away.cross(-b.away), a.away.dot(-b.away)).abs();
            let passes = |arm: &Arm| arm.on + arm.away * (node - arm.on).dot(arm.away);
            if turn < least && (passes(a) - passes(b)).hypot() < ASIDE_PX {
                least = turn;
                best = Some([a.half.reversed(), b.half]);
            }
        }
    }
    best
}

/// The line along which a boundary reaches a junction: a point on it, its direction, and its
/// standard deviation.
fn stretch(located: &Located, node: Point, backward: bool) -> Option<(Point, Vec2, f64)> {
    let n = located.points.len();
    let at = |i: usize| if backward { n - 1 - i } else { i };
    let good: Vec<(Point, f64)> = (0..n.min(3 * STRETCH))
        .map(|i| (located.points[at(i)], located.sigma_px[at(i)]))
        .filter(|(p, sigma)| *sigma < 0.1 && (*p - node).hypot2() > MIXED_PX * MIXED_PX)
        .take(STRETCH)
        .collect();
    if good.len() < 2 {
        return None;
    }
    let count = good.len() as f64;
    let mean = good.iter().fold(Vec2::ZERO, |sum, (p, _)| sum + p.to_vec2()) / count;
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (p, _) in &good {
        let d = p.to_vec2() - mean;
        xx += d.x * d.x;
        xy += d.x * d.y;
        yy += d.y * d.y;
    }
    // The eigenvector of the greater eigenvalue.
    let half = (xx - yy) / 2.0;
    let root = (half * half + xy * xy).sqrt();
    let direction =
        if half >= 0.0 { Vec2::new(half + root, xy) } else { Vec2::new(xy, root - half) };
    if direction.hypot2() == 0.0 {
        return None;
    }
    let direction = direction / direction.hypot2().sqrt();
    let residual = (f64::midpoint(xx, yy) - root).max(0.0) / count;
    let sigma2 = good[0].1 * good[0].1;
    let line = (mean.to_point(), direction, (residual + sigma2).sqrt());
    Some(bent(&good, line, node).unwrap_or(line))
}

/// The tangent at `node` of the parabola through the points, if they leave `line` by more than
/// their noise.
fn bent(
    good: &[(Point, f64)],
    (mean, along, _): (Point, Vec2, f64),
    node: Point,
) -> Option<(Point, Vec2, f64)> {
    let left = Vec2::new(-along.y, along.x);
    let frame = |p: Point| ((p - mean).dot(along), (p - mean).dot(left));
    let count = good.len() as f64;
    let (mut second, mut third) = (0.0, 0.0);
    for x in good.iter().map(|(p, _)| frame(*p).0) {
        second += x * x;
        third += x * x * x;
    }
    // Orthogonal to 1 and x over the points.
    let square = |x: f64| x * x - third / second * x - second / count;
    let (mut dot, mut length2, mut squares) = (0.0, 0.0, 0.0);
    for (p, _) in good {
        let (x, y) = frame(*p);
        dot += square(x) * y;
        length2 += square(x) * square(x);
        squares += y * y;
    }
    let explained = dot * dot / length2;
    let sigma2 = good[0].1 * good[0].1;
    if good.len() < 4 || explained.is_nan() || explained < BEND_CHI2 * sigma2 {
        return None;
    }
    let bend = dot / length2;
    let x = frame(node).0;
    let slope = bend * (2.0 * x - third / second);
    let direction = (along + slope * left) / (1.0 + slope * slope).sqrt();
    let on = mean + x * along + bend * square(x) * left;
    // It reaches as far beyond the points as they reach themselves: that is never so sure.
    let residual = (squares - explained).max(0.0) / count;
    Some((on, direction, (residual + 4.0 * sigma2).sqrt()))
}

/// Normal equations of the point nearest to several lines.
#[derive(Clone, Copy, Default)]
struct Normal {
    xx: f64,
    xy: f64,
    yy: f64,
    x: f64,
    y: f64,
}

impl Normal {
    fn add(&mut self, on: Point, direction: Vec2, sigma_px: f64) {
        let normal = Vec2::new(-direction.y, direction.x);
        let weight = 1.0 / (sigma_px * sigma_px);
        let offset = normal.dot(on.to_vec2()) * weight;
        self.xx += weight * normal.x * normal.x;
        self.xy += weight * normal.x * normal.y;
        self.yy += weight * normal.y * normal.y;
        self.x += normal.x * offset;
        self.y += normal.y * offset;
    }

    /// The point; what the lines leave open stays near `prior`.
    fn solve(self, prior: Point) -> Point {
        let (xx, yy) = (self.xx + 1.0, self.yy + 1.0);
        let (x, y) = (self.x + prior.x, self.y + prior.y);
        let det = xx * yy - self.xy * self.xy;
        Point::new((x * yy - y * self.xy) / det, (y * xx - x * self.xy) / det)
    }
}
