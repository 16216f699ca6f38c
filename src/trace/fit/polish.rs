//! All nodes, directions and handles of a path at once, by least squares on the distances of the
//! points across it.
//!
//! What the drawing implies is part of the parameters or a further equation: a smooth node has
//! one direction, a line that meets a curve smoothly lends it its own, and [`Wish`]es (level,
//! upright, …) hold where the points allow it. Levenberg–Marquardt; each round costs time in
//! proportion to the points looked at.

use kurbo::{CubicBez, Point, Vec2};

use super::band::{BLOCK, System};
use super::cubic::{Basis, project};
use super::outline::{Node, Outline, unit};
use super::samples::Samples;

/// Numbers of the unknowns of a node.
const X: usize = 0;
const Y: usize = 1;
const ARRIVAL: usize = 2;
const DEPARTURE: usize = 3;
const ARM_IN: usize = 4;
const ARM_OUT: usize = 5;

/// Points looked at per segment: a stretch of many more is thinned.
const LOOKS: usize = 48;
/// A smooth join of a line and a curve is this exact, in radians.
const TANGENT_SIGMA: f64 = 2e-4;
/// How far a node may stray along the path, where the points do not say, in px.
const DRIFT_SIGMA_PX: f64 = 1.0;

/// Something wished of the path besides passing the points.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wish {
    /// Segment `.0`, a line, has direction `.1`, in radians.
    LineAlong(usize, f64),
    /// Smooth node `.0` has direction `.1`, in radians.
    NodeAlong(usize, f64),
}

/// How exactly a wish is met, in px or radians.
const WISH_SIGMA: f64 = 1e-4;

/// One point that a segment has to pass.
#[derive(Clone, Copy)]
struct Look {
    point: Point,
    weight: f64,
    /// Parameter of the nearest point of the curve.
    u: f64,
}

/// The points that each segment has to pass.
pub(super) struct Looks(Vec<Vec<Look>>);

impl Looks {
    /// Chooses them.
    pub fn new(samples: &Samples, outline: &Outline) -> Self {
        let looks = outline.segments.iter().map(|segment| {
            let count = segment.to.saturating_sub(segment.from);
            let looks = count.min(LOOKS);
            let scale = count as f64 / looks.max(1) as f64;
            (0..looks)
                .map(|k| {
                    let at = (2 * k + 1) * count / (2 * looks);
                    let index = segment.from + at;
                    let u = (at as f64 + 0.5) / count as f64;
                    Look { point: samples.points[index], weight: scale * samples.weights[index], u }
                })
                .collect()
        });
        let mut looks = Self(looks.collect());
        for _ in 0..3 {
            looks.project(outline);
        }
        looks
    }

    /// Finds the nearest points again.
    fn project(&mut self, outline: &Outline) {
        for (i, looks) in self.0.iter_mut().enumerate() {
            let (cubic, chord) = (outline.cubic(i), outline.chord(i));
            let (along, length2) = (chord.p1 - chord.p0, (chord.p1 - chord.p0).hypot2());
            for look in looks {
                match &cubic {
                    Some(curve) => project(curve, look.point, &mut look.u),
                    None if length2 > 0.0 => look.u = (look.point - chord.p0).dot(along) / length2,
                    None => {}
                }
            }
        }
    }

    /// Half the chi² of all segments.
    pub fn misfits(&self, outline: &Outline) -> f64 {
        (0..outline.segments.len()).map(|i| self.misfit(outline, i)).sum()
    }

    /// Half the chi² of segment `i`.
    pub fn misfit(&self, outline: &Outline, i: usize) -> f64 {
        let (cubic, chord) = (outline.cubic(i), outline.chord(i));
        self.0[i]
            .iter()
            .map(|look| 0.5 * look.weight * across(cubic.as_ref(), chord, look).0.powi(2))
            .sum()
    }
}

/// Distance of a point across its segment, and the unit normal there.
fn across(cubic: Option<&CubicBez>, chord: kurbo::Line, look: &Look) -> (f64, Vec2) {
    let (at, tangent) = if let Some(curve) = cubic {
        let basis = Basis::at(look.u);
        (basis.eval(curve), basis.derivative(curve))
    } else {
        (chord.p0.lerp(chord.p1, look.u), chord.p1 - chord.p0)
    };
    let length = tangent.hypot();
    if length == 0.0 {
        return (0.0, Vec2::ZERO);
    }
    let normal = Vec2::new(-tangent.y, tangent.x) / length;
    (normal.dot(look.point - at), normal)
}

/// Refines `outline`, for so many rounds at most.
pub(super) fn polish(outline: &mut Outline, looks: &mut Looks, wishes: &[Wish], rounds: usize) {
    let mut damping = 1e-3;
    let mut cost = cost_of(outline, looks, wishes);
    for _ in 0..rounds {
        let system = system(outline, looks, wishes);
        let Some(step) = system.solve(damping, 1e-9) else { break };
        let mut trial = outline.clone();
        apply(&mut trial, &step);
        let saved: Vec<Vec<Look>> = looks.0.clone();
        looks.project(&trial);
        let next = cost_of(&trial, looks, wishes);
        if next < cost && sound(&trial) {
            *outline = trial;
            let gain = cost - next;
            cost = next;
            damping *= 0.1;
            if gain < 1e-3 * cost + 0.01 {
                break;
            }
        } else {
            looks.0 = saved;
            damping = (damping * 30.0).max(1e-3);
            if damping > 1e4 {
                break;
            }
        }
    }
}

/// Whether all handles point forward and all numbers are numbers.
fn sound(outline: &Outline) -> bool {
    let positive = |arms: &[f64; 2]| arms.iter().all(|&a| a >= 0.0 && a.is_finite());
    outline.segments.iter().all(|segment| segment.arms_px.as_ref().is_none_or(positive))
        && outline.nodes.iter().all(|node| {
            node.point.is_finite() && node.arrival.is_finite() && node.departure.is_finite()
        })
}

fn cost_of(outline: &Outline, looks: &Looks, wishes: &[Wish]) -> f64 {
    let mut cost = looks.misfits(outline);
    equations(outline, wishes, |_, value, weight| cost += 0.5 * weight * value * value);
    cost
}

/// The slot of the direction at a node on one side.
fn slot(outline: &Outline, node: usize, unknown: usize) -> (usize, usize) {
    if outline.nodes[node].smooth { (node, ARRIVAL) } else { (node, unknown) }
}

/// The linearised equations of all points and wishes.
fn system(outline: &Outline, looks: &Looks, wishes: &[Wish]) -> System {
    let mut system = System::new(outline.nodes.len(), outline.closed);
    for (i, looks) in looks.0.iter().enumerate() {
        let (a, b) = (i, outline.end(i));
        let (cubic, chord) = (outline.cubic(i), outline.chord(i));
        for look in looks {
            let (distance, n) = across(cubic.as_ref(), chord, look);
            if let (Some(_), Some([out, arm_in])) = (cubic, outline.segments[i].arms_px) {
                let basis = Basis::at(look.u).b;
                let (u, v) = (unit(outline.nodes[a].departure), unit(outline.nodes[b].arrival));
                let (ul, vl) = (Vec2::new(-u.y, u.x), Vec2::new(-v.y, v.x));
                let row = [
                    ((a, X), (basis[0] + basis[1]) * n.x),
                    ((a, Y), (basis[0] + basis[1]) * n.y),
                    (slot(outline, a, DEPARTURE), basis[1] * out * n.dot(ul)),
                    ((a, ARM_OUT), basis[1] * n.dot(u)),
                    ((b, X), (basis[2] + basis[3]) * n.x),
                    ((b, Y), (basis[2] + basis[3]) * n.y),
                    (slot(outline, b, ARRIVAL), -basis[2] * arm_in * n.dot(vl)),
                    ((b, ARM_IN), -basis[2] * n.dot(v)),
                ];
                system.add(&row, distance, look.weight);
            } else {
                let (s, t) = (1.0 - look.u, look.u);
                let row =
                    [((a, X), s * n.x), ((a, Y), s * n.y), ((b, X), t * n.x), ((b, Y), t * n.y)];
                system.add(&row, distance, look.weight);
            }
        }
    }
    equations(outline, wishes, |row, value, weight| system.add(row, value, weight));
    for node in 0..outline.nodes.len() {
        // What no point determines stays; fixed nodes stay in any case.
        let hold =
            if outline.nodes[node].fixed { 1e12 } else { 1.0 / (DRIFT_SIGMA_PX * DRIFT_SIGMA_PX) };
        for unknown in 0..BLOCK {
            let weight = if unknown < ARRIVAL { hold } else { 1.0 };
            system.add(&[((node, unknown), 1.0)], 0.0, weight);
        }
    }
    system
}

/// Every equation that is not about a point: coefficients, what is missing, and weight.
fn equations(
    outline: &Outline,
    wishes: &[Wish],
    mut add: impl FnMut(&[((usize, usize), f64)], f64, f64),
) {
    for (i, segment) in outline.segments.iter().enumerate() {
        if segment.arms_px.is_some() {
            continue;
        }
        let chord = outline.chord(i);
        let (along, length2) = (chord.p1 - chord.p0, (chord.p1 - chord.p0).hypot2());
        if length2 == 0.0 {
            continue;
        }
        for node in [i, outline.end(i)] {
            let Node { smooth: true, arrival, .. } = outline.nodes[node] else { continue };
            let d = unit(arrival);
            // Direction of the line less that of the node; it turns as its ends move across.
            let off = libm::atan2(d.cross(along), d.dot(along));
            let turn = Vec2::new(-along.y, along.x) / length2;
            let (a, b) = (i, outline.end(i));
            let row = [
                ((node, ARRIVAL), 1.0),
                ((a, X), turn.x),
                ((a, Y), turn.y),
                ((b, X), -turn.x),
                ((b, Y), -turn.y),
            ];
            add(&row, off, 1.0 / (TANGENT_SIGMA * TANGENT_SIGMA));
        }
    }
    for wish in wishes {
        let weight = 1.0 / (WISH_SIGMA * WISH_SIGMA);
        match *wish {
            Wish::LineAlong(i, direction) => {
                let (d, chord) = (unit(direction), outline.chord(i));
                let n = Vec2::new(-d.y, d.x);
                let (a, b) = (i, outline.end(i));
                let row = [((a, X), -n.x), ((a, Y), -n.y), ((b, X), n.x), ((b, Y), n.y)];
                add(&row, -n.dot(chord.p1 - chord.p0), weight);
            }
            Wish::NodeAlong(node, direction) => {
                let (d, now) = (unit(direction), unit(outline.nodes[node].arrival));
                add(&[((node, ARRIVAL), 1.0)], libm::atan2(now.cross(d), now.dot(d)), weight);
            }
        }
    }
}

fn apply(outline: &mut Outline, step: &[f64]) {
    for (node, s) in outline.nodes.iter_mut().zip(step.chunks_exact(BLOCK)) {
        node.shift(Vec2::new(s[X], s[Y]));
        node.arrival += s[ARRIVAL];
        node.departure = if node.smooth { node.arrival } else { node.departure + s[DEPARTURE] };
    }
    for i in 0..outline.segments.len() {
        let end = outline.end(i);
        let segment = &mut outline.segments[i];
        if let Some([out, arm_in]) = &mut segment.arms_px {
            *out = (*out + step[i * BLOCK + ARM_OUT]).min(segment.most_px);
            *arm_in = (*arm_in + step[end * BLOCK + ARM_IN]).min(segment.most_px);
        }
    }
}
