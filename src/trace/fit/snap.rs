//! What a drawing probably means: lines that are level, upright or at 45°, nodes whose tangents
//! are level or upright. Wished only where it moves nothing further than the points are sure of.

use core::f64::consts::PI;

use super::outline::Outline;
use super::polish::Wish;

/// A wish may move the end of a line by this much, in px.
const LINE_PX: f64 = 0.06;
/// A wish may move a curve by about this much, in px.
const CURVE_PX: f64 = 0.03;
/// No wish turns anything further, in radians.
const MOST: f64 = 0.035;

/// The wishes that the outline as fitted comes close to.
pub(super) fn wishes(outline: &Outline) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for (i, segment) in outline.segments.iter().enumerate() {
        if segment.arms_px.is_none() {
            let along = outline.chord(i).p1 - outline.chord(i).p0;
            let direction = libm::atan2(along.y, along.x);
            let snapped = nearest(direction, 0.25 * PI);
            let turn = (direction - snapped).abs();
            if turn < MOST && 0.5 * turn * along.hypot() < LINE_PX {
                wishes.push(Wish::LineAlong(i, snapped));
            }
        }
    }
    for (i, node) in outline.nodes.iter().enumerate() {
        let before =
            if i > 0 { Some(i - 1) } else { outline.closed.then(|| outline.segments.len() - 1) };
        let Some(before) = before.filter(|_| node.smooth && i < outline.segments.len()) else {
            continue;
        };
        let (Some([_, arm_in]), Some([arm_out, _])) =
            (outline.segments[before].arms_px, outline.segments[i].arms_px)
        else {
            continue;
        };
        let snapped = nearest(node.arrival, 0.5 * PI);
        let turn = (node.arrival - snapped).abs();
        if turn < MOST && 0.4 * turn * arm_in.max(arm_out) < CURVE_PX {
            wishes.push(Wish::NodeAlong(i, snapped));
        }
    }
    wishes
}

/// The multiple of `step` nearest to `angle`.
fn nearest(angle: f64, step: f64) -> f64 {
    (angle / step).round() * step
}
