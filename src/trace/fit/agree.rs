//! What fits have in common: radii and centres that the pixels cannot tell apart are the same, and an
//! outline that equals its mirror image is symmetric.
//!
//! Fits are moved by no more than what they are uncertain by, so a difference that was drawn and can
//! be measured stays.

use kurbo::{
    Affine, BezPath, Circle, CubicBez, Line, ParamCurve as _, ParamCurveNearest as _, PathEl,
    PathSeg, Point, RoundedRect, Vec2,
};

use super::Fitted;
use crate::order;

/// How far off a fit may be that has any number of points, in px.
const SYSTEMATIC_PX: f64 = 0.008;
/// Fits agree that differ by at most so many standard deviations.
const DEVIATIONS: f64 = 2.5;
/// Nodes of mirror images are at most this far apart, in px; how far the curves are is measured.
const NODES_PX: f64 = 0.6;
/// Places on each segment where it is measured.
const LOOKS: u32 = 6;

/// Lets `fits` agree. `sigma_px` says how well the size of each is known.
pub fn agree(fits: &mut [Fitted], sigma_px: &[f64]) {
    let sigma: Vec<f64> = sigma_px.iter().map(|sigma| libm::hypot(*sigma, SYSTEMATIC_PX)).collect();
    centers(fits, &sigma);
    let circle = |fitted: &mut Fitted, radius: Option<f64>| match fitted {
        Fitted::Circle(circle) => {
            circle.radius = radius.unwrap_or(circle.radius);
            Some(circle.radius)
        }
        _ => None,
    };
    let corner = |fitted: &mut Fitted, radius: Option<f64>| match fitted {
        Fitted::RoundedRect(rect) => {
            let radius = radius.unwrap_or(rect.radii().top_left);
            *rect = RoundedRect::from_rect(rect.rect(), radius);
            Some(radius)
        }
        _ => None,
    };
    radii(fits, &sigma, circle);
    radii(fits, &sigma, corner);
    for (fitted, sigma) in fits.iter_mut().zip(&sigma) {
        if let Fitted::Path(path) = fitted
            && let Some(even) = symmetric(path, DEVIATIONS * sigma)
        {
            *path = even;
        }
    }
}

/// Circles around nearly the same point are concentric.
fn centers(fits: &mut [Fitted], sigma: &[f64]) {
    let mut circles: Vec<(usize, Circle)> = Vec::new();
    for (index, fitted) in fits.iter().enumerate() {
        if let Fitted::Circle(circle) = fitted {
            circles.push((index, *circle));
        }
    }
    // Around the best known first.
    order::by_key(&mut circles, |(index, _)| order::float(sigma[*index]));
    let mut taken = vec![false; circles.len()];
    for k in 0..circles.len() {
        if taken[k] {
            continue;
        }
        let near = |j: &usize| {
            let most = DEVIATIONS * libm::hypot(sigma[circles[k].0], sigma[circles[*j].0]);
            (circles[*j].1.center - circles[k].1.center).hypot() <= most
        };
        let group: Vec<usize> = (k..circles.len()).filter(|j| !taken[*j]).filter(near).collect();
        let weight = |j: usize| 1.0 / (sigma[circles[j].0] * sigma[circles[j].0]);
        let sum: f64 = group.iter().map(|&j| weight(j)).sum();
        let off = |j: &usize| (circles[*j].1.center - circles[k].1.center) * (weight(*j) / sum);
        let center = circles[k].1.center + group.iter().map(off).fold(Vec2::ZERO, |a, b| a + b);
        for j in group {
            taken[j] = true;
            if let Fitted::Circle(circle) = &mut fits[circles[j].0] {
                circle.center = center;
            }
        }
    }
}

/// Radii that differ by next to nothing are equal. `radius` reads one of a fit, and sets it.
fn radii(
    fits: &mut [Fitted],
    sigma: &[f64],
    radius: impl Fn(&mut Fitted, Option<f64>) -> Option<f64>,
) {
    let found = fits.iter_mut().enumerate();
    let mut found: Vec<(f64, usize)> =
        found.filter_map(|(index, fitted)| Some((radius(fitted, None)?, index))).collect();
    order::by_key(&mut found, |(radius, _)| order::float(*radius));
    let mut rest = &found[..];
    while let Some(&(least, first)) = rest.first() {
        let near = |(radius, index): &(f64, usize)| {
            radius - least <= DEVIATIONS * libm::hypot(sigma[first], sigma[*index])
        };
        let count = rest.iter().take_while(|radius| near(radius)).count();
        let (group, after) = rest.split_at(count);
        let weight = |index: usize| 1.0 / (sigma[index] * sigma[index]);
        let sum: f64 = group.iter().map(|(_, index)| weight(*index)).sum();
        let mean = group.iter().map(|(radius, index)| radius * weight(*index) / sum).sum();
        for (_, index) in group.iter().filter(|_| count > 1) {
            radius(&mut fits[*index], Some(mean));
        }
        rest = after;
    }
}

/// The mean of a closed path and its mirror image, if they are nowhere farther apart than `most_px`.
fn symmetric(path: &BezPath, most_px: f64) -> Option<BezPath> {
    if path.elements().last() != Some(&PathEl::ClosePath) {
        return None;
    }
    let segments: Vec<PathSeg> = path.segments().collect();
    // The nodes' own, so that their mean moves them least.
    let nodes = segments.iter().fold(Vec2::ZERO, |sum, s| sum + s.start().to_vec2());
    let center = nodes / segments.len() as f64;
    let upright = Affine::new([-1.0, 0.0, 0.0, 1.0, 2.0 * center.x, 0.0]);
    let level = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 2.0 * center.y]);
    let mut even = None;
    for mirror in [upright, level] {
        let segments = even.as_ref().unwrap_or(&segments);
        if let Some(found) = mirrored(segments, mirror, most_px) {
            even = Some(found);
        }
    }
    let even = even?;
    let mut out = BezPath::new();
    out.move_to(even[0].start());
    let drawn = even.len() - usize::from(matches!(even[even.len() - 1], PathSeg::Line(_)));
    even[..drawn].iter().for_each(|segment| out.push(segment.as_path_el()));
    out.close_path();
    Some(out)
}

/// The means of segments and their images, if those are the same segments nearly.
fn mirrored(segments: &[PathSeg], mirror: Affine, most_px: f64) -> Option<Vec<PathSeg>> {
    let n = segments.len();
    let image = |i: usize, turn: usize| mirror * segments[(turn + n - i) % n].reverse();
    let near = |p: Point, q: Point| (p - q).hypot2() < NODES_PX * NODES_PX;
    let matches = |turn: &usize| {
        (0..n).all(|i| {
            let (a, b) = (segments[i], image(i, *turn));
            near(a.start(), b.start()) && near(a.end(), b.end())
        })
    };
    let turn = (0..n).find(matches)?;
    let means: Vec<PathSeg> = (0..n).map(|i| mean(segments[i], image(i, turn))).collect();
    let off = |(mean, segment): (&PathSeg, &PathSeg)| {
        (0..=LOOKS)
            .map(|k| mean.eval(f64::from(k) / f64::from(LOOKS)))
            .any(|p| segment.nearest(p, 1e-3).distance_sq > most_px * most_px)
    };
    let ends = |i: usize| means[i].end() == means[(i + 1) % n].start();
    let good = (0..n).all(ends) && !means.iter().zip(segments).any(off);
    good.then_some(means)
}

fn mean(a: PathSeg, b: PathSeg) -> PathSeg {
    let line = matches!((a, b), (PathSeg::Line(_), PathSeg::Line(_)));
    let (a, b) = (a.to_cubic(), b.to_cubic());
    if line {
        return Line::new(a.p0.midpoint(b.p0), a.p3.midpoint(b.p3)).into();
    }
    CubicBez::new(
        a.p0.midpoint(b.p0),
        a.p1.midpoint(b.p1),
        a.p2.midpoint(b.p2),
        a.p3.midpoint(b.p3),
    )
    .into()
}

#[cfg(test)]
mod tests {
    use kurbo::Rect;

    use super::*;

    fn circle(x: f64, y: f64, radius: f64) -> Fitted {
        Fitted::Circle(Circle::new((x, y), radius))
    }

    #[test]
    fn circles_that_nearly_agree_do() {
        let mut fits = [
            circle(10.0, 10.0, 5.0),
            circle(10.006, 9.996, 8.0),
            circle(30.0, 10.0, 5.008),
            circle(50.0, 10.0, 5.2),
        ];
        agree(&mut fits, &[0.001; 4]);
        let found = fits.each_ref().map(|fitted| match fitted {
            Fitted::Circle(circle) => *circle,
            _ => panic!("{fitted:?}"),
        });
        assert_eq!(found[0].center, found[1].center);
        assert_eq!(found[0].radius, found[2].radius);
        assert!((found[0].radius - 5.004).abs() < 1e-9);
        assert_eq!((found[3].radius, found[3].center), (5.2, Point::new(50.0, 10.0)));
    }

    #[test]
    fn equal_corners_are_equally_round() {
        let rect = |x: f64, radius: f64| {
            Fitted::RoundedRect(RoundedRect::from_rect(Rect::new(x, 0.0, x + 40.0, 30.0), radius))
        };
        let mut fits = [rect(0.0, 6.0), rect(50.0, 6.01), rect(100.0, 7.0)];
        agree(&mut fits, &[0.001; 3]);
        let found = fits.each_ref().map(|fitted| match fitted {
            Fitted::RoundedRect(rect) => rect.radii().top_left,
            _ => panic!("{fitted:?}"),
        });
        assert_eq!(found[0], found[1]);
        assert_eq!(found[2], 7.0);
    }

    #[test]
    fn a_nearly_symmetric_outline_becomes_symmetric() {
        let leaf = |off: f64| {
            let path = format!("M10 0C16 4 16 12 {} 20C4 12 4 4 10 0Z", 10.0 + off);
            BezPath::from_svg(&path).unwrap()
        };
        let even = symmetric(&leaf(0.01), 0.02).expect("symmetric");
        let [p, q] =
            [even.segments().next(), even.segments().last()].map(|s| s.unwrap().to_cubic());
        let middle = 0.5 * (p.p1.x + q.p2.x);
        for (x, y) in [(p.p0.x, q.p3.x), (p.p2.x, q.p1.x), (p.p3.x, q.p0.x)] {
            assert!((0.5 * (x + y) - middle).abs() < 1e-9);
        }
        // What can be measured stays.
        assert_eq!(symmetric(&leaf(0.4), 0.02), None);
    }

    #[test]
    fn lines_close_a_symmetric_outline() {
        let roof = BezPath::from_svg("M0 10L5.004 0L10 10Z").unwrap();
        let even = symmetric(&roof, 0.02).expect("symmetric");
        assert_eq!(even.elements().len(), 4);
        let [left, top, right] = [0, 1, 2].map(|i| even.segments().nth(i).unwrap().start());
        assert!((top.x - 0.5 * (left.x + right.x)).abs() < 1e-9, "{top}");
        assert!((top - Point::new(5.004, 0.0)).hypot() < 0.005, "{top}");
    }
}
