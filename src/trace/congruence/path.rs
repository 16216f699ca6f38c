//! Paths that are taken onto themselves.

use kurbo::{Affine, BezPath, ParamCurve as _, PathEl, PathSeg, Point, Shape as _, Vec2};

/// How far apart nodes may be that are one, in px.
const SAME_PX: f64 = 0.5;

/// A closed path that `maps` take onto itself exactly, if its nodes correspond; as it is if not.
pub(super) fn settled(path: BezPath, maps: &[Affine]) -> BezPath {
    let own: Vec<PathSeg> = path.segments().collect();
    if maps.is_empty() || own.is_empty() {
        return path;
    }
    let mut all = vec![own.clone()];
    for &map in maps {
        let moved = placed(&path, map);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A house, whose left side is at `left`.
    fn house(left: f64) -> BezPath {
        let svg =
            format!("M{left} 30 L20 10 L30.2 30 C30.2 44 26 50 20 50 C14 50 {left} 44 {left} 30 Z");
        BezPath::from_svg(&svg).unwrap()
    }

    #[test]
    fn nodes_that_correspond_are_mirrored_exactly() {
        let mirror = Affine::translate((40.0, 0.0)) * Affine::FLIP_X;
        let settled = settled(house(10.0), &[mirror]);
        let there = placed(&settled, mirror);
        let own: Vec<PathSeg> = settled.segments().collect();
        let there = beside(&own, &there).unwrap();
        for (a, b) in own.iter().zip(&there) {
            assert!((a.start() - b.start()).hypot() < 1e-9, "{a:?} {b:?}");
            assert!((a.eval(0.3) - b.eval(0.3)).hypot() < 1e-9, "{a:?} {b:?}");
        }
        assert!((own[0].start().x - 9.9).abs() < 1e-9, "{own:?}");
    }

    #[test]
    fn nodes_that_do_not_correspond_stay() {
        let mirror = Affine::translate((40.0, 0.0)) * Affine::FLIP_X;
        assert_eq!(settled(house(8.0), &[mirror]), house(8.0));
    }
}
