//! Which faces lie on which.
//!
//! An area of opaque faces that touch each other is painted from the bottom up. At its bottom lies
//! an ink that its outline shows: the only one, or the one that the others seem to lie on. Where
//! two faces' boundaries run on smoothly past a third that ends there, like the top of a T, the
//! third lies below (D. Waltz, "Understanding line drawings of scenes with shadows", 1975). What
//! the bottom leaves of the area falls into smaller areas, which lie on it. Those that it surrounds
//! it is painted whole under; under the others it reaches (`underlap`).
//!
//! Nothing is ever painted below a translucent face.

use std::collections::HashSet;

use kurbo::{ParamCurve as _, Vec2};

use super::build::walked;
use crate::trace::fit::Fitted;
use crate::trace::map::{Half, PlanarMap};

/// What is painted at once, in one ink.
pub(super) struct Layer {
    /// How many layers lie below.
    pub height: u32,
    /// The ink's label.
    pub label: u8,
    /// The faces that are painted, those that lie on them included.
    pub region: Vec<u32>,
    /// The faces beside them that later layers paint: the region may reach under these.
    pub cover: HashSet<u32>,
    /// Whether it is one of several on top of each other.
    pub is_stacked: bool,
}

/// Two boundaries run on into each other if they turn less than this, in radians.
const SMOOTH: f64 = 0.3;
/// A third boundary ends there if it leaves at more than this, in radians.
const ENDS: f64 = 0.5;
/// Where a boundary is heading is told from this far along it, in px.
const AHEAD_PX: f64 = 2.5;

/// Every visible face by itself.
pub(super) fn side_by_side(map: &PlanarMap) -> Vec<Layer> {
    visible(map).map(|face| single(map, face)).collect()
}

/// Faces on top of each other.
pub(super) fn stacked(map: &PlanarMap, fitted: &[Fitted], inks: &[[u8; 4]]) -> Vec<Layer> {
    let (opaque, translucent): (Vec<u32>, Vec<u32>) =
        visible(map).partition(|&face| inks[map.faces[face as usize].label as usize][3] == 255);
    let mut layers: Vec<Layer> = translucent.into_iter().map(|face| single(map, face)).collect();
    let lowness = lowness(map, fitted, inks.len());
    let mut stack = Stack { map, area_of: vec![0; map.faces.len()], areas: 0 };
    let mut todo: Vec<(u32, Vec<u32>)> =
        stack.areas(&opaque).into_iter().map(|area| (0, area)).collect();
    while let Some((height, area)) = todo.pop() {
        let outline = stack.outline(&area);
        let label = bottom(map, &outline, &lowness);
        let own = |face: &u32| map.faces[*face as usize].label == label;
        let seen: HashSet<u32> = outline.iter().map(|half| map.face(*half)).filter(own).collect();
        let rest: Vec<u32> = area.iter().copied().filter(|face| !seen.contains(face)).collect();
        let mut layer =
            Layer { height, label, region: Vec::new(), cover: HashSet::new(), is_stacked: true };
        layer.region.extend(area.iter().filter(|face| seen.contains(face)));
        for part in stack.areas(&rest) {
            let held =
                |half: &Half| seen.contains(&map.face(half.reversed())) || map.on_rim(half.edge);
            if stack.outline(&part).iter().all(held) {
                layer.region.extend(&part);
            } else {
                layer.cover.extend(&part);
            }
            todo.push((height + 1, part));
        }
        layers.push(layer);
    }
    layers
}

fn visible(map: &PlanarMap) -> impl Iterator<Item = u32> {
    (1..map.faces.len() as u32).filter(|&face| map.faces[face as usize].label != 0)
}

fn single(map: &PlanarMap, face: u32) -> Layer {
    let label = map.faces[face as usize].label;
    Layer { height: 0, label, region: vec![face], cover: HashSet::new(), is_stacked: false }
}

/// The label at the bottom of an area with this outline.
fn bottom(map: &PlanarMap, outline: &[Half], lowness: &[i32]) -> u8 {
    let label = |half: &Half| map.faces[map.face(*half) as usize].label;
    let inner: Vec<Half> = outline.iter().copied().filter(|half| !map.on_rim(half.edge)).collect();
    // An area that is the whole picture lies on the ink that most of its border shows.
    let shown = if inner.is_empty() { outline } else { &inner[..] };
    let mut lengths = [0; 256];
    for half in shown {
        lengths[label(half) as usize] += map.edges[half.edge as usize].corners.len();
    }
    let lowness = |ink: usize| if inner.is_empty() { 0 } else { lowness[ink] };
    (0..256)
        .filter(|&ink| lengths[ink] > 0)
        .max_by_key(|&ink| (lowness(ink), lengths[ink], std::cmp::Reverse(ink)))
        .unwrap_or(0) as u8
}

/// Areas of faces that touch each other.
struct Stack<'a> {
    map: &'a PlanarMap,
    /// For every face the area that it was last put in.
    area_of: Vec<u32>,
    areas: u32,
}

impl Stack<'_> {
    /// Falls `faces` apart into those that touch along edges.
    fn areas(&mut self, faces: &[u32]) -> Vec<Vec<u32>> {
        self.areas += 1;
        let open = self.areas;
        for &face in faces {
            self.area_of[face as usize] = open;
        }
        let mut areas = Vec::new();
        for &first in faces {
            if self.area_of[first as usize] != open {
                continue;
            }
            self.areas += 1;
            self.area_of[first as usize] = self.areas;
            let mut area = vec![first];
            let mut next = 0;
            while let Some(&face) = area.get(next) {
                next += 1;
                for half in self.map.around(face) {
                    let beyond = self.map.face(half.reversed());
                    if self.area_of[beyond as usize] == open {
                        self.area_of[beyond as usize] = self.areas;
                        area.push(beyond);
                    }
                }
            }
            area.sort_unstable();
            areas.push(area);
        }
        areas
    }

    /// The half-edges around an area, which is the last that its faces were put in.
    fn outline(&self, area: &[u32]) -> Vec<Half> {
        let of = |face: u32| self.area_of[face as usize];
        let ends = |half: &Half| of(self.map.face(half.reversed())) != of(self.map.face(*half));
        area.iter().flat_map(|&face| self.map.around(face)).filter(ends).collect()
    }
}

/// How much speaks for each ink to lie below others.
fn lowness(map: &PlanarMap, fitted: &[Fitted], inks: usize) -> Vec<i32> {
    let mut lowness = vec![0; inks];
    for node in 0..map.nodes.len() {
        let leaving: Vec<Half> = map.leaving(node as u32).collect();
        let [a, b, c] = leaving[..] else { continue };
        let turn = |p: Half, q: Half| {
            let (p, q) = (heading(fitted, p), -heading(fitted, q));
            libm::fabs(libm::atan2(p.cross(q), p.dot(q)))
        };
        for (one, other, third) in [(a, b, c), (b, c, a), (c, a, b)] {
            let ends = |half| turn(half, third) > ENDS;
            if turn(one, other) < SMOOTH && ends(one) && ends(other) {
                let label = |face: u32| map.faces[face as usize].label as usize;
                let below = [map.face(third), map.face(third.reversed())];
                let faces = [one, other].map(|half| [map.face(half), map.face(half.reversed())]);
                let above = faces.into_iter().flatten().find(|face| !below.contains(face));
                for face in below {
                    lowness[label(face)] += 1;
                }
                if let Some(face) = above {
                    lowness[label(face)] -= 1;
                }
            }
        }
    }
    lowness
}

/// The direction in which a half-edge leaves its node, of unit length.
pub(super) fn heading(fitted: &[Fitted], half: Half) -> Vec2 {
    const STEPS: u32 = 8;
    let path = walked(fitted, half);
    let points = path.segments().flat_map(|segment| {
        (0..=STEPS).map(move |k| segment.eval(f64::from(k) / f64::from(STEPS)))
    });
    let mut ahead = Vec2::ZERO;
    let mut start = None;
    for p in points {
        ahead = p - *start.get_or_insert(p);
        if ahead.hypot2() > AHEAD_PX * AHEAD_PX {
            break;
        }
    }
    if ahead.hypot2() > 0.0 { ahead / ahead.hypot2().sqrt() } else { Vec2::ZERO }
}
