//! Lines of an even width become centre lines with a width, where that takes fewer numbers for the
//! same picture.
//!
//! A shape's border gives the middle line (`chain`), whose parts are joined where they meet (`link`)
//! and fitted (`draw`). What was drawn is then held against the border; a shape that it does not
//! explain stays as it was.

mod border;
mod chain;
mod draw;
mod link;
#[cfg(test)]
mod tests;

use kurbo::{BezPath, Cap, Join, PathEl, Point, Shape as _};

use super::fit::FitOptions;
use crate::artwork::{Artwork, Geometry, Pen, Shape, Stroke};
use crate::par;
use border::{Border, subpaths};
use draw::Drawing;

/// Points along a border.
const STEP_PX: f64 = 1.0;

/// Points of a border at most; they are further apart along a longer one.
const MOST_POINTS: f64 = 8000.0;

/// How far the lines may be from the border: root mean square, and anywhere, in px.
const TOLERANCE_PX: (f64, f64) = (0.12, 0.7);

/// Widths that differ less than this are one: as a share, and in px.
const SAME_WIDTH: (f64, f64) = (0.02, 0.1);

/// Looks of ends and corners, the commonest first.
const LOOKS: [(Cap, Join); 4] = [
    (Cap::Round, Join::Round),
    (Cap::Butt, Join::Miter),
    (Cap::Round, Join::Miter),
    (Cap::Butt, Join::Round),
];

/// How far a rounded rectangle's path may be from it, in px.
const ROUND_PX: f64 = 1e-3;

/// Looks have to be better by this factor than a commoner one.
const BETTER: f64 = 0.75;

/// The artwork with lines where there are some.
pub(super) fn centred(mut artwork: Artwork, options: &FitOptions) -> Artwork {
    let shapes = std::mem::take(&mut artwork.shapes);
    artwork.shapes = shapes.into_iter().flat_map(|shape| split(shape, options)).collect();
    artwork
}

/// A shape's lines, and before them what is none.
fn split(shape: Shape, options: &FitOptions) -> Vec<Shape> {
    let parts = match &shape.geometry {
        Geometry::Path(path) => parts(path),
        // As many numbers either way, but among lines a line.
        Geometry::RoundedRect(rect) => vec![rect.to_path(ROUND_PX)],
        _ => return vec![shape],
    };
    let found = par::map(parts.len(), |i| lines(&parts[i], options));
    if found.iter().all(Option::is_none) {
        return vec![shape];
    }
    let mut filled = BezPath::new();
    for (part, lines) in parts.iter().zip(&found) {
        if lines.is_none() {
            filled.extend(part);
        }
    }
    let mut lines: Vec<Lines> = found.into_iter().flatten().collect();
    lines.sort_by(|a, b| a.pen.width.total_cmp(&b.pen.width));
    let filled = (!filled.is_empty()).then_some(Geometry::Path(filled));
    let strokes = grouped(lines).into_iter().map(Geometry::Stroke);
    filled.into_iter().chain(strokes).map(|geometry| Shape { geometry, ..shape }).collect()
}

/// The lines of one part of a shape.
#[derive(Clone)]
struct Lines {
    path: BezPath,
    pen: Pen,
}

/// Lines that look the same are one shape. They are in the order of their widths.
fn grouped(lines: Vec<Lines>) -> Vec<Stroke> {
    let mut groups: Vec<Vec<Lines>> = Vec::new();
    for line in lines {
        let same = groups.iter_mut().find(|group| {
            let pen = group[0].pen;
            let near = pen.width * SAME_WIDTH.0 + SAME_WIDTH.1;
            (pen.cap, pen.join) == (line.pen.cap, line.pen.join)
                && line.pen.width - pen.width <= near
        });
        match same {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    let strokes = groups.into_iter().filter_map(|group| {
        let length = |line: &Lines| line.path.perimeter(0.1);
        let all: f64 = group.iter().map(length).sum();
        let width = group.iter().map(|line| line.pen.width * length(line)).sum::<f64>() / all;
        let path: BezPath = group.iter().flat_map(|line| line.path.iter()).collect();
        Stroke::new(path, Pen { width, ..group[0].pen })
    });
    strokes.collect()
}

/// The outlines of a path, each with its holes.
fn parts(path: &BezPath) -> Vec<BezPath> {
    let sign = path.area().signum();
    let (mut outer, holes): (Vec<BezPath>, Vec<BezPath>) =
        subpaths(path).into_iter().partition(|subpath| subpath.area() * sign > 0.0);
    // Of the outlines around a hole the smallest is its own.
    outer.sort_by(|a, b| a.area().abs().total_cmp(&b.area().abs()));
    let mut parts = outer.clone();
    for hole in holes {
        let Some(PathEl::MoveTo(start)) = hole.elements().first().copied() else { continue };
        let around = outer.iter().position(|outline| outline.winding(start) != 0);
        if let Some(part) = around.and_then(|index| parts.get_mut(index)) {
            part.extend(&hole);
        }
    }
    parts
}

/// The lines that a part consists of, if it does.
fn lines(part: &BezPath, options: &FitOptions) -> Option<Lines> {
    let bounds = part.bounding_box();
    let extent_px = bounds.width().max(bounds.height());
    let step_px = STEP_PX.max(part.perimeter(0.1) / MOST_POINTS);
    let border = Border::new(part, step_px);
    let (chains, width_px) = chain::chains(&border, extent_px)?;
    let tips = link::tips(&chains, width_px);
    let links = link::links(&chains, &tips, width_px);
    let drawing =
        Drawing { border: &border, chains: &chains, tips: &tips, links: &links, width_px, options };
    let paths = [Cap::Round, Cap::Butt].map(|cap| drawing.path(cap));
    let mut best: Option<(f64, Lines)> = None;
    for (cap, join) in LOOKS {
        let path = paths[usize::from(cap == Cap::Butt)].clone();
        let pen = Pen { width: width_px, cap, join };
        let Some(stroke) = Stroke::new(path, pen) else { continue };
        let Some(off_px) = apart(&border, &stroke) else { continue };
        if best.as_ref().is_none_or(|(best, _)| off_px < BETTER * best) {
            best = Some((off_px, Lines { path: stroke.path, pen }));
        }
    }
    let (_, lines) = best?;
    (numbers(&lines.path) + 1 < numbers(part)).then_some(lines)
}

/// How far the stroke's outline is from the border, root mean square in px; `None` beyond the
/// tolerance.
fn apart(border: &Border, stroke: &Stroke) -> Option<f64> {
    let drawn = Border::new(stroke.outline(), border.step_px);
    let most_px = 2.0 * TOLERANCE_PX.1;
    let to = |border: &Border, points: &[Point]| -> Vec<f64> {
        points.iter().map(|p| border.distance(*p, most_px)).collect()
    };
    let mut off = to(border, &drawn.points);
    off.extend(to(&drawn, &border.points));
    let worst = off.iter().copied().fold(0.0, f64::max);
    let mean = (off.iter().map(|d| d * d).sum::<f64>() / off.len().max(1) as f64).sqrt();
    (worst <= TOLERANCE_PX.1 && mean <= TOLERANCE_PX.0).then_some(mean)
}

/// Numbers that it takes to write a path down.
fn numbers(path: &BezPath) -> usize {
    let count = |element: &PathEl| match element {
        PathEl::MoveTo(_) | PathEl::LineTo(_) => 2,
        PathEl::QuadTo(..) => 4,
        PathEl::CurveTo(..) => 6,
        PathEl::ClosePath => 0,
    };
    path.elements().iter().map(count).sum()
}
