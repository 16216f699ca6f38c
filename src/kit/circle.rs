//! The smallest circle around a set of points (Welzl, "Smallest enclosing disks", 1991): round
//! icons and avatars are fitted by it, since the corners of a box would be cut off.

use crate::order;
use kurbo::{Circle, Point};

/// The smallest circle that holds all of `points`; one of no size if there are none.
pub fn enclosing_circle(points: &[Point]) -> Circle {
    let points = hull(points);
    let mut circle = Circle::new(points.first().copied().unwrap_or_default(), 0.0);
    for (i, a) in points.iter().enumerate() {
        if holds(circle, *a) {
            continue;
        }
        circle = Circle::new(*a, 0.0);
        for (j, b) in points[..i].iter().enumerate() {
            if holds(circle, *b) {
                continue;
            }
            circle = Circle::new(a.midpoint(*b), a.distance(*b) / 2.0);
            for c in &points[..j] {
                if !holds(circle, *c) {
                    circle = through(*a, *b, *c);
                }
            }
        }
    }
    circle
}

fn holds(circle: Circle, p: Point) -> bool {
    circle.center.distance(p) <= circle.radius * (1.0 + 1e-9) + 1e-9
}

/// The circle through three points; the one over the longest side if they lie on a line.
fn through(a: Point, b: Point, c: Point) -> Circle {
    let (u, v) = (b - a, c - a);
    let twice_area = 2.0 * u.cross(v);
    let center = a + kurbo::Vec2::new(
        (v.y * u.hypot2() - u.y * v.hypot2()) / twice_area,
        (u.x * v.hypot2() - v.x * u.hypot2()) / twice_area,
    );
    if center.is_finite() {
        return Circle::new(center, center.distance(a));
    }
    let ends = [(a, b), (a, c), (b, c)];
    let (p, q) = ends.into_iter().fold((a, b), |longest, ends| {
        if ends.0.distance(ends.1) > longest.0.distance(longest.1) { ends } else { longest }
    });
    Circle::new(p.midpoint(q), p.distance(q) / 2.0)
}

/// The convex hull (Andrew's monotone chain): far fewer points with the same circle.
fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    order::by_key(&mut sorted, |p| order::float(p.y));
    order::by_key(&mut sorted, |p| order::float(p.x));
    sorted.dedup();
    let half = |points: &mut dyn Iterator<Item = &Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for p in points {
            while let [.., a, b] = chain[..]
                && (b - a).cross(*p - b) <= 0.0
            {
                chain.pop();
            }
            chain.push(*p);
        }
        chain.pop();
        chain
    };
    if sorted.len() < 3 {
        return sorted;
    }
    let mut hull = half(&mut sorted.iter());
    hull.extend(half(&mut sorted.iter().rev()));
    hull
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_the_smallest() {
        let square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (1.0, 1.0)];
        let line = [(0.0, 0.0), (1.0, 1.0), (3.0, 3.0)];
        // Obtuse: two corners span the circle, the third lies inside.
        let obtuse = [(0.0, 0.0), (10.0, 0.0), (5.0, 1.0)];
        for (points, center, radius) in [
            (&square[..], (1.0, 1.0), 2.0_f64.sqrt()),
            (&line[..], (1.5, 1.5), 4.5_f64.sqrt()),
            (&obtuse[..], (5.0, 0.0), 5.0),
            (&[(7.0, 8.0)][..], (7.0, 8.0), 0.0),
        ] {
            let points: Vec<Point> = points.iter().map(|p| Point::from(*p)).collect();
            let circle = enclosing_circle(&points);
            assert!(circle.center.distance(center.into()) < 1e-9, "{circle:?}");
            assert!((circle.radius - radius).abs() < 1e-9, "{circle:?}");
        }
    }
}
