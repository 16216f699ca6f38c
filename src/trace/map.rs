//! The planar map: how the areas of a label map lie beside each other.
//!
//! Boundaries run on *cracks*, the sides between pixels. Where three or more areas meet stands a
//! node; the cracks between two nodes are one edge, which both areas beside it share. What an edge
//! is later replaced by is therefore the same for both, so no seam can open between them (a
//! half-edge structure over crack codes; V. Kovalevsky, "Finite topology as applied to image
//! analysis", 1989).
//!
//! Guarantees: every loop is closed; walking along a half-edge its face lies on the right (y down);
//! a face has one outer loop (clockwise) and any number of holes (counter-clockwise); face 0 is the
//! outside together with the transparency that touches it, and has no outer loop.

use crate::par;
use crate::quantize::{Components, Labels};

/// A point on the grid of pixel corners.
pub type Corner = (i32, i32);

/// The planar map of a label map.
#[derive(Debug, Default)]
pub struct PlanarMap {
    /// Where three or more areas meet.
    pub nodes: Vec<Corner>,
    /// The boundaries between two nodes, and those that close on themselves.
    pub edges: Vec<Edge>,
    /// The closed walks around faces.
    pub loops: Vec<Loop>,
    /// The areas.
    pub faces: Vec<Face>,
    /// The half-edges that leave each node: to the east, south, west and north.
    outs: Vec<[Option<Half>; 4]>,
    /// The connected areas of equal labels,
    parts: Components,
    /// and the face that each belongs to.
    face_of: Vec<u32>,
    /// Width and height of the picture.
    size_px: (i32, i32),
}

/// A boundary between two faces.
#[derive(Debug)]
pub struct Edge {
    /// Its pixel corners in order; a closed edge does not repeat its first.
    pub corners: Vec<Corner>,
    /// The nodes at its ends; none if it is closed.
    pub ends: Option<[u32; 2]>,
    /// Label on the left of its walk.
    pub left: u8,
    /// Label on the right of its walk.
    pub right: u8,
    /// The faces on its left and on its right.
    pub faces: [u32; 2],
}

/// An edge, walked forward or backward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Half {
    /// Index of the edge.
    pub edge: u32,
    /// Whether it is walked in its own direction.
    pub forward: bool,
}

/// A closed walk around a face, which lies on its right.
#[derive(Debug)]
pub struct Loop {
    /// The half-edges in order.
    pub halves: Vec<Half>,
    /// The face on the right.
    pub face: u32,
    /// Twice the area inside, positive for outer loops.
    pub area2: i64,
}

/// A connected area.
#[derive(Clone, Debug, Default)]
pub struct Face {
    /// Its label.
    pub label: u8,
    /// Index of its outer loop; none for the outside.
    pub outer: Option<u32>,
    /// Indices of its holes' loops.
    pub holes: Vec<u32>,
}

impl PlanarMap {
    /// The face on the right of a half-edge.
    pub fn face(&self, half: Half) -> u32 {
        self.edges[half.edge as usize].faces[usize::from(half.forward)]
    }

    /// The half-edge that follows `half` around the area of all faces that are `inside`, which lies
    /// on the right: of those that leave the node the first from the right on which `inside` ends.
    pub fn next(&self, half: Half, inside: impl Fn(u32) -> bool) -> Half {
        let edge = &self.edges[half.edge as usize];
        let Some(ends) = edge.ends else { return half };
        let step = last_step(edge, half.forward);
        let node = &self.outs[ends[usize::from(half.forward)] as usize];
        [(step + 1) % 4, step, (step + 3) % 4]
            .into_iter()
            .filter_map(|turn| node[turn])
            .find(|&out| inside(self.face(out)) && !inside(self.face(out.reversed())))
            .unwrap_or(half)
    }

    /// Twice the signed area that a half-edge sweeps out as seen from the origin.
    pub fn sweep(&self, half: Half) -> i64 {
        sweep(&self.edges[half.edge as usize]) * if half.forward { 1 } else { -1 }
    }

    /// The face at a point; face 0 outside the picture.
    pub fn face_at(&self, x: f64, y: f64) -> u32 {
        let (width, height) = (f64::from(self.size_px.0), f64::from(self.size_px.1));
        if !(x >= 0.0 && y >= 0.0 && x < width && y < height) {
            return 0;
        }
        self.face_of[self.parts.at(x as u32, y as u32) as usize]
    }

    /// Width and height of the picture.
    pub fn size_px(&self) -> (i32, i32) {
        self.size_px
    }

    /// Whether an edge runs on the picture's border.
    pub fn on_rim(&self, edge: u32) -> bool {
        let (w, h) = self.size_px;
        let on_rim = |&(x, y): &Corner| x == 0 || y == 0 || x == w || y == h;
        self.edges[edge as usize].corners.iter().all(on_rim)
    }

    /// The half-edges around a face, which lies on their right.
    pub fn around(&self, face: u32) -> impl Iterator<Item = Half> {
        let face = &self.faces[face as usize];
        let loops = face.outer.iter().chain(&face.holes);
        loops.flat_map(|&index| self.loops[index as usize].halves.iter().copied())
    }

    /// The half-edges that leave a node, clockwise.
    pub fn leaving(&self, node: u32) -> impl Iterator<Item = Half> {
        self.outs[node as usize].iter().copied().flatten()
    }

    /// The next half-edge, clockwise or counter-clockwise, that leaves the node where `half` does.
    pub fn beside(&self, half: Half, clockwise: bool) -> Half {
        let Some(node) = self.start(half) else { return half };
        let outs = &self.outs[node as usize];
        let from = outs.iter().position(|out| *out == Some(half)).unwrap_or(0);
        let step = if clockwise { 1 } else { 3 };
        (1..4).find_map(|k| outs[(from + k * step) % 4]).unwrap_or(half)
    }

    /// The node where a half-edge begins; none if its edge is closed.
    pub fn start(&self, half: Half) -> Option<u32> {
        self.edges[half.edge as usize].ends.map(|ends| ends[usize::from(!half.forward)])
    }
}

impl Half {
    /// The same edge walked the other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { forward: !self.forward, ..self }
    }
}

/// East, south, west, north.
const STEPS: [Corner; 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
/// Offset of the pixel on the right of a step from the corner where the step begins.
const RIGHT: [Corner; 4] = [(0, 0), (-1, 0), (-1, -1), (0, -1)];
/// Offset of the pixel on the left.
const LEFT: [Corner; 4] = [(0, -1), (0, 0), (-1, 0), (-1, -1)];

const EAST: u8 = 1;
const SOUTH: u8 = 2;
/// The same bits moved by this mark cracks that an edge holds already.
const DONE_SHIFT: u32 = 2;

/// Builds the map. `joined(x, y)` decides for a corner where two labels stand like the fields of a
/// chessboard whether the upper left and the lower right pixel are one area.
pub fn planar_map(
    labels: &Labels,
    parts: Components,
    joined: impl Fn(i32, i32) -> bool,
) -> PlanarMap {
    let mut tracer = Tracer::new(labels, joined);
    let size_px = (labels.width_px as i32, labels.height_px as i32);
    let mut map = PlanarMap { parts, size_px, ..PlanarMap::default() };
    map.outs = tracer.open_edges(&mut map);
    tracer.closed_edges(&mut map);
    loops(&mut map);
    faces(&mut map, labels, &tracer.pinches);
    map
}

struct Tracer<'a, J> {
    labels: &'a Labels,
    joined: J,
    /// Which cracks leave a corner to the east and south, and which of these are done.
    cracks: Vec<u8>,
    stride: usize,
    /// Pairs of pixels that touch at a corner and are one area.
    pinches: Vec<(Corner, Corner)>,
}

impl<'a, J: Fn(i32, i32) -> bool> Tracer<'a, J> {
    fn new(labels: &'a Labels, joined: J) -> Self {
        let (w, h) = (labels.width_px, labels.height_px);
        let stride = w + 1;
        let mut cracks = vec![0; stride * (h + 1)];
        let blank = vec![0; w];
        par::for_each_chunk(&mut cracks, stride, |y, row| {
            let above = if y == 0 { &blank } else { &labels.of[(y - 1) * w..y * w] };
            let below = if y == h { &blank } else { &labels.of[y * w..(y + 1) * w] };
            for (bits, (a, b)) in row.iter_mut().zip(above.iter().zip(below)) {
                *bits = EAST * u8::from(a != b);
            }
            if y < h {
                row[0] |= SOUTH * u8::from(below[0] != 0);
                row[w] |= SOUTH * u8::from(below[w - 1] != 0);
                for (bits, pair) in row[1..].iter_mut().zip(below.windows(2)) {
                    *bits |= SOUTH * u8::from(pair[0] != pair[1]);
                }
            }
        });
        Self { labels, joined, cracks, stride, pinches: Vec::new() }
    }

    /// The cracks at a corner: bit 0 east, 1 south, 2 west, 3 north.
    fn at(&self, (x, y): Corner) -> u8 {
        let i = y as usize * self.stride + x as usize;
        let mut bits = self.cracks[i] & (EAST | SOUTH);
        if x > 0 {
            bits |= (self.cracks[i - 1] & EAST) << 2;
        }
        if y > 0 {
            bits |= (self.cracks[i - self.stride] & SOUTH) << 2;
        }
        bits
    }

    /// The labels around a corner: upper left, upper right, lower left, lower right.
    fn around(&self, (x, y): Corner) -> [u8; 4] {
        [(-1, -1), (0, -1), (-1, 0), (0, 0)].map(|(dx, dy)| self.labels.at(x + dx, y + dy))
    }

    fn is_pinch(&self, at: Corner) -> bool {
        let [a, b, c, d] = self.around(at);
        a == d && b == c && a != b
    }

    /// Where a walk that came to `at` by `step` goes on; none at a node.
    fn onward(&self, at: Corner, step: usize) -> Option<usize> {
        let bits = self.at(at);
        let came = (step + 2) % 4;
        match bits.count_ones() {
            2 => (0..4).find(|&s| s != came && bits >> s & 1 == 1),
            4 if self.is_pinch(at) => {
                // Pairs turn around the pixels that are not joined.
                let partner = if (self.joined)(at.0, at.1) { [3, 2, 1, 0] } else { [1, 0, 3, 2] };
                Some(partner[came])
            }
            _ => None,
        }
    }

    /// Marks the crack that leaves `at` by `step`; false if it was marked before.
    fn mark(&mut self, (x, y): Corner, step: usize) -> bool {
        let i = y as usize * self.stride + x as usize;
        let (i, bit) = match step {
            0 => (i, EAST),
            1 => (i, SOUTH),
            2 => (i - 1, EAST),
            _ => (i - self.stride, SOUTH),
        };
        let fresh = self.cracks[i] & bit << DONE_SHIFT == 0;
        self.cracks[i] |= bit << DONE_SHIFT;
        fresh
    }

    /// Walks from `start` by `step` until a node or back to the start; returns the last step too.
    fn walk(&mut self, start: Corner, step: usize) -> (Edge, Corner, usize) {
        let beside = |offset: [Corner; 4]| {
            self.labels.at(start.0 + offset[step].0, start.1 + offset[step].1)
        };
        let (left, right) = (beside(LEFT), beside(RIGHT));
        let mut corners = vec![start];
        let (mut at, mut step) = (start, step);
        loop {
            if !self.mark(at, step) {
                // A closed walk has come round.
                corners.pop();
                break;
            }
            at = (at.0 + STEPS[step].0, at.1 + STEPS[step].1);
            corners.push(at);
            match self.onward(at, step) {
                Some(next) => step = next,
                None => break,
            }
        }
        (Edge { corners, ends: None, left, right, faces: [0; 2] }, at, step)
    }

    /// All edges between nodes. Returns, for each node, the half-edges that leave it by direction.
    fn open_edges(&mut self, map: &mut PlanarMap) -> Vec<[Option<Half>; 4]> {
        let mut outs = Vec::new();
        let mut node_of = std::collections::HashMap::new();
        for i in 0..self.cracks.len() {
            // Cheap tests first: most corners have no crack at all, and of three one goes east or south.
            if self.cracks[i] == 0 {
                continue;
            }
            let at = ((i % self.stride) as i32, (i / self.stride) as i32);
            if self.at(at).count_ones() < 3 {
                continue;
            }
            if self.is_pinch(at) {
                let pair = if (self.joined)(at.0, at.1) {
                    ((at.0 - 1, at.1 - 1), at)
                } else {
                    ((at.0, at.1 - 1), (at.0 - 1, at.1))
                };
                self.pinches.push(pair);
                continue;
            }
            node_of.insert(at, map.nodes.len() as u32);
            map.nodes.push(at);
            outs.push([None; 4]);
        }
        for node in 0..map.nodes.len() {
            let start = map.nodes[node];
            for step in 0..4 {
                if self.at(start) >> step & 1 == 0 || outs[node][step].is_some() {
                    continue;
                }
                let (mut edge, end, last) = self.walk(start, step);
                let end = node_of[&end] as usize;
                edge.ends = Some([node as u32, end as u32]);
                let half = Half { edge: map.edges.len() as u32, forward: true };
                outs[node][step] = Some(half);
                outs[end][(last + 2) % 4] = Some(half.reversed());
                map.edges.push(edge);
            }
        }
        outs
    }

    /// The edges that meet no node.
    fn closed_edges(&mut self, map: &mut PlanarMap) {
        for i in 0..self.cracks.len() {
            let bits = self.cracks[i];
            if bits & EAST == 0 || bits >> DONE_SHIFT & EAST != 0 {
                continue;
            }
            let at = ((i % self.stride) as i32, (i / self.stride) as i32);
            let (edge, ..) = self.walk(at, 0);
            map.edges.push(edge);
        }
    }
}

/// Links half-edges into loops: at a node a walk turns right as soon as it can.
fn loops(map: &mut PlanarMap) {
    let mut seen = vec![[false; 2]; map.edges.len()];
    for first in 0..map.edges.len() {
        for forward in [true, false] {
            let start = Half { edge: first as u32, forward };
            let mut halves = Vec::new();
            let mut area2 = 0;
            let mut half = start;
            while !seen[half.edge as usize][usize::from(half.forward)] {
                seen[half.edge as usize][usize::from(half.forward)] = true;
                halves.push(half);
                let edge = &map.edges[half.edge as usize];
                area2 += sweep(edge) * if half.forward { 1 } else { -1 };
                let Some(ends) = edge.ends else { break };
                let step = last_step(edge, half.forward);
                let node = &map.outs[ends[usize::from(half.forward)] as usize];
                let turns = [(step + 1) % 4, step, (step + 3) % 4];
                match turns.into_iter().find_map(|turn| node[turn]) {
                    Some(next) => half = next,
                    None => break,
                }
            }
            if !halves.is_empty() {
                map.loops.push(Loop { halves, face: 0, area2 });
            }
        }
    }
}

/// Twice the signed area that an edge sweeps out as seen from the origin.
fn sweep(edge: &Edge) -> i64 {
    let cross = |a: Corner, b: Corner| a.0 as i64 * b.1 as i64 - b.0 as i64 * a.1 as i64;
    let open: i64 = edge.corners.windows(2).map(|pair| cross(pair[0], pair[1])).sum();
    match (edge.ends, edge.corners.first(), edge.corners.last()) {
        (None, Some(&first), Some(&last)) => open + cross(last, first),
        _ => open,
    }
}

/// Direction of the last step of an open edge.
fn last_step(edge: &Edge, forward: bool) -> usize {
    let n = edge.corners.len();
    let (a, b) = if forward {
        (edge.corners[n - 2], edge.corners[n - 1])
    } else {
        (edge.corners[1], edge.corners[0])
    };
    let step = (b.0 - a.0, b.1 - a.1);
    STEPS.iter().position(|&s| s == step).unwrap_or(0)
}

/// Finds which loops belong to one face.
fn faces(map: &mut PlanarMap, labels: &Labels, pinches: &[(Corner, Corner)]) {
    let parts = std::mem::take(&mut map.parts);
    let outside = parts.parts().len() as u32;
    let mut parents: Vec<u32> = (0..=outside).collect();
    let part = |(x, y): Corner| {
        let inside =
            x >= 0 && y >= 0 && (x as usize) < labels.width_px && (y as usize) < labels.height_px;
        if inside { parts.at(x as u32, y as u32) } else { outside }
    };
    for &(a, b) in pinches {
        join(&mut parents, part(a), part(b));
    }
    let (w, h) = (labels.width_px as i32, labels.height_px as i32);
    let rim =
        (0..w).flat_map(|x| [(x, 0), (x, h - 1)]).chain((0..h).flat_map(|y| [(0, y), (w - 1, y)]));
    for at in rim.filter(|&(x, y)| labels.at(x, y) == 0) {
        join(&mut parents, part(at), outside);
    }
    let mut numbers = vec![u32::MAX; parents.len()];
    numbers[find(&mut parents, outside) as usize] = 0;
    map.faces.push(Face::default());
    for i in 0..map.loops.len() {
        let first = map.loops[i].halves[0];
        let edge = &map.edges[first.edge as usize];
        let (from, to) = if first.forward {
            (edge.corners[0], edge.corners[1])
        } else {
            (edge.corners[1], edge.corners[0])
        };
        let step = STEPS.iter().position(|&s| s == (to.0 - from.0, to.1 - from.1)).unwrap_or(0);
        let right = (from.0 + RIGHT[step].0, from.1 + RIGHT[step].1);
        let root = find(&mut parents, part(right)) as usize;
        if numbers[root] == u32::MAX {
            numbers[root] = map.faces.len() as u32;
            map.faces.push(Face { label: labels.at(right.0, right.1), ..Face::default() });
        }
        let face = numbers[root];
        map.loops[i].face = face;
        if map.loops[i].area2 > 0 {
            map.faces[face as usize].outer = Some(i as u32);
        } else {
            map.faces[face as usize].holes.push(i as u32);
        }
        for k in 0..map.loops[i].halves.len() {
            let half = map.loops[i].halves[k];
            map.edges[half.edge as usize].faces[usize::from(half.forward)] = face;
        }
    }
    let number = |part| numbers[find(&mut parents, part) as usize];
    map.face_of = (0..outside).map(number).collect();
    map.parts = parts;
}

fn find(parents: &mut [u32], mut i: u32) -> u32 {
    while parents[i as usize] != i {
        parents[i as usize] = parents[parents[i as usize] as usize];
        i = parents[i as usize];
    }
    i
}

fn join(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(parents, a), find(parents, b));
    parents[a.max(b) as usize] = a.min(b);
}
