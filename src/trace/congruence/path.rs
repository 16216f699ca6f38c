//! Paths that are taken onto themselves.

use kurbo::{Affine, BezPath, ParamCurve as _, PathEl, PathSeg, Point, Shape as _, Vec2};

use super::motion::Motion;

/// How far apart nodes may be that are one, in px.
const SAME_PX: f64 = 0.5;

/// A closed path that `motions` take onto itself, as far as its nodes correspond.
pub(super) fn settled(path: BezPath, motions: &[Motion]) -> BezPath {
    let own: Vec<PathSeg> = path.segments().collect();
    if motions.is_empty() || own.is_empty() {
        return path;
    }
    let mut all = vec![own.clone()];
    for motion in motions {
        let moved = placed(&path, motion.map);
        let Some(moved) = beside(&own, &moved) else { return path };
        all.push(moved);
    }
    let count = all.len() as f64;
    let mean = |points: &dyn Fn(&[PathSeg]) -> Point| {
        let sum = all.iter().map(|segments| points(segments).to_vec2());
        (sum.fold(Vec2::ZERO, |a, b| a + b) / count).to_point()
    };
    let mut out = BezPath::new();
    out.move_to(mean(&|segments| segments[0].start()));
    for i in 0..own.len() {
        let end = mean(&|segments| segments[i].end());
        out.push(match own[i] {
            PathSeg::Cubic(_) => {
                let handle = |k: usize| {
                    mean(&|segments| match segments[i] {
                        PathSeg::Cubic(cubic) => [cubic.p1, cubic.p2][k],
                        other => other.end(),
                    })
                };
                PathEl::CurveTo(handle(0), handle(1), end)
            }
            _ => PathEl::LineTo(end),
        });
    }
    out.close_path();
    out
}

/// A path moved, in the direction that it had.
pub(super) fn placed(path: &BezPath, map: Affine) -> BezPath {
    let moved = map * path.clone();
    if (moved.area() > 0.0) == (path.area() > 0.0) { moved } else { moved.reverse_subpaths() }
}

/// The segments of `path` in the order of `own`, if each corresponds to one.
fn beside(own: &[PathSeg], path: &BezPath) -> Option<Vec<PathSeg>> {
    let mut segments: Vec<PathSeg> = path.segments().collect();
    let far = |a: Point, b: Point| (a - b).hypot();
    let first = own.first()?.start();
    let start = (0..segments.len()).min_by(|&i, &j| {
        far(segments[i].start(), first).total_cmp(&far(segments[j].start(), first))
    })?;
    segments.rotate_left(start);
    let alike = |(a, b): (&PathSeg, &PathSeg)| {
        matches!(a, PathSeg::Cubic(_)) == matches!(b, PathSeg::Cubic(_))
            && far(a.start(), b.start()) < SAME_PX
    };
    (segments.len() == own.len() && own.iter().zip(&segments).all(alike)).then_some(segments)
}
