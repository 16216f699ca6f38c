//! The border of a shape as points that know the way inside, found by where they are.

use std::collections::HashMap;
use std::ops::Range;

use kurbo::{
    BezPath, ParamCurve as _, ParamCurveArclen as _, ParamCurveDeriv as _, PathSeg, Point,
    Shape as _, Vec2,
};

/// Side of a cell of the index, in steps.
const CELL: f64 = 4.0;

/// How exactly lengths are measured, in px.
const ACCURACY_PX: f64 = 1e-2;

/// Points on an outline, evenly spaced, loop by loop.
pub(super) struct Border {
    pub points: Vec<Point>,
    /// Unit vectors square to the outline, to the inside.
    pub inward: Vec<Vec2>,
    /// The points of each loop, in order.
    pub loops: Vec<Range<usize>>,
    /// About how far apart points are, in px.
    pub step_px: f64,
    cells: HashMap<(i32, i32), Vec<usize>>,
}

impl Border {
    /// Points on `outline`, which consists of closed subpaths that fill the same under either rule.
    pub fn new(outline: &BezPath, step_px: f64) -> Self {
        let mut border = Self {
            points: Vec::new(),
            inward: Vec::new(),
            loops: Vec::new(),
            step_px,
            cells: HashMap::new(),
        };
        // The inside is on the same hand everywhere.
        let hand = if outline.area() > 0.0 { 1.0 } else { -1.0 };
        for subpath in subpaths(outline) {
            let first = border.points.len();
            subpath.segments().for_each(|segment| border.add(segment, hand));
            border.loops.push(first..border.points.len());
        }
        for (i, &p) in border.points.iter().enumerate() {
            let cell = cell(p, step_px);
            border.cells.entry(cell).or_default().push(i);
        }
        border
    }

    fn add(&mut self, segment: PathSeg, hand: f64) {
        let count = (segment.arclen(ACCURACY_PX) / self.step_px).ceil().max(1.0);
        for i in 0..count as usize {
            // Never at a corner, where no way is square.
            let t = (i as f64 + 0.5) / count;
            let along = match segment {
                PathSeg::Line(line) => line.p1 - line.p0,
                PathSeg::Quad(quad) => quad.deriv().eval(t).to_vec2(),
                PathSeg::Cubic(cubic) => cubic.deriv().eval(t).to_vec2(),
            };
            if along.hypot() > 1e-9 {
                self.points.push(segment.eval(t));
                self.inward.push(Vec2::new(-along.y, along.x) * (hand / along.hypot()));
            }
        }
    }

    /// The point nearest to `p` that is nearer than `within_px`, other than point `but`.
    pub fn nearest(&self, p: Point, within_px: f64, but: Option<usize>) -> Option<usize> {
        let reach = Vec2::new(within_px, within_px);
        let (from, to) = (cell(p - reach, self.step_px), cell(p + reach, self.step_px));
        let cells = (from.1..=to.1).flat_map(|y| (from.0..=to.0).map(move |x| (x, y)));
        let found = cells.filter_map(|at| self.cells.get(&at)).flatten().copied();
        let apart = |i: usize| (self.points[i] - p).hypot2();
        let near = found.filter(|&i| Some(i) != but && apart(i) < within_px * within_px);
        near.min_by(|&a, &b| apart(a).total_cmp(&apart(b)).then(a.cmp(&b)))
    }

    /// How far `p` is from the border, in px; at most `most_px`.
    pub fn distance(&self, p: Point, most_px: f64) -> f64 {
        let Some(i) = self.nearest(p, most_px + self.step_px, None) else { return most_px };
        let way = p - self.points[i];
        let (across, along) = (way.dot(self.inward[i]), way.cross(self.inward[i]).abs());
        // Between two points the border goes on.
        across.hypot((along - 0.6 * self.step_px).max(0.0)).min(most_px)
    }
}

fn cell(p: Point, step_px: f64) -> (i32, i32) {
    let side = CELL * step_px;
    ((p.x / side).floor() as i32, (p.y / side).floor() as i32)
}

/// The subpaths of a path.
pub(super) fn subpaths(path: &BezPath) -> Vec<BezPath> {
    let mut out: Vec<BezPath> = Vec::new();
    for &element in path.elements() {
        if matches!(element, kurbo::PathEl::MoveTo(_)) {
            out.push(BezPath::new());
        }
        if let Some(last) = out.last_mut() {
            last.push(element);
        }
    }
    out
}
