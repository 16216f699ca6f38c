//! Known shapes, measured as the pixels would measure them, come back.

use kurbo::{BezPath, ParamCurve as _, PathEl, PathSeg, Point, Shape as _};

use super::{Boundary, FitOptions, Fitted, fit};

/// Noise without a generator: evenly spread and the same everywhere.
fn noise(k: usize) -> f64 {
    let x = k as f64 * 0.618_033_988_749_895;
    0.02 * (x - x.floor() - 0.5)
}

/// Points about one pixel apart along a path, with noise across it.
fn sampled(path: &BezPath) -> Vec<Point> {
    let mut points = Vec::new();
    for segment in path.segments() {
        let length = kurbo::ParamCurveArclen::arclen(&segment, 1e-3);
        let steps = length.round().max(1.0) as usize;
        for k in 0..steps {
            let t = (k as f64 + 0.37) / steps as f64;
            let ahead = segment.eval((t + 1e-4).min(1.0)) - segment.eval(t - 1e-4);
            let normal = kurbo::Vec2::new(-ahead.y, ahead.x) / ahead.hypot();
            points.push(segment.eval(t) + noise(points.len()) * normal);
        }
    }
    points
}

fn fitted(points: &[Point], closed: bool) -> Fitted {
    let sigma_px = vec![0.01; points.len()];
    fit(&Boundary { points, sigma_px: &sigma_px, closed }, &FitOptions::default())
}

fn path(fitted: Fitted) -> BezPath {
    match fitted {
        Fitted::Path(path) => path,
        other => panic!("a path, not {other:?}"),
    }
}

fn nodes(path: &BezPath) -> Vec<Point> {
    path.segments().map(|segment| segment.start()).collect()
}

#[test]
fn a_circle_is_one_to_a_hundredth_of_a_pixel() {
    for radius in [4.0, 20.0, 133.3] {
        let circle = kurbo::Circle::new((150.2, 149.7), radius);
        match fitted(&sampled(&circle.to_path(1e-6)), true) {
            Fitted::Circle(found) => {
                assert!((found.radius - radius).abs() < 0.01, "{found:?}");
                assert!((found.center - circle.center).hypot() < 0.01, "{found:?}");
            }
            other => panic!("a circle, not {other:?}"),
        }
    }
}

#[test]
fn a_turned_ellipse_is_one() {
    let ellipse = kurbo::Ellipse::new((90.0, 80.0), (60.0, 25.0), 0.6);
    match fitted(&sampled(&ellipse.to_path(1e-6)), true) {
        Fitted::Ellipse(found) => {
            assert!((found.radii() - ellipse.radii()).hypot() < 0.02, "{found:?}");
            assert!((found.center() - ellipse.center()).hypot() < 0.02, "{found:?}");
        }
        other => panic!("an ellipse, not {other:?}"),
    }
}

#[test]
fn an_upright_rectangle_keeps_its_corners() {
    let rect = kurbo::Rect::new(10.25, 20.5, 110.75, 61.0);
    match fitted(&sampled(&rect.to_path(0.1)), true) {
        Fitted::Rect(found) => {
            for (a, b) in
                [(found.x0, rect.x0), (found.y0, rect.y0), (found.x1, rect.x1), (found.y1, rect.y1)]
            {
                assert!((a - b).abs() < 0.02, "{found:?}");
            }
        }
        other => panic!("a rectangle, not {other:?}"),
    }
}

#[test]
fn a_rounded_rectangle_keeps_its_radius() {
    let rect = kurbo::RoundedRect::new(10.25, 20.5, 110.75, 81.0, 12.0);
    match fitted(&sampled(&rect.to_path(1e-6)), true) {
        Fitted::RoundedRect(found) => {
            let radius = found.radii().as_single_radius().expect("one radius");
            assert!((radius - 12.0).abs() < 0.05, "{found:?}");
        }
        other => panic!("a rounded rectangle, not {other:?}"),
    }
}

#[test]
fn a_polygon_is_lines_that_meet_in_its_corners() {
    let corners = [(20.0, 15.0), (120.0, 40.0), (95.0, 110.0), (30.0, 90.0)].map(Point::from);
    let mut polygon = BezPath::new();
    polygon.move_to(corners[0]);
    corners[1..].iter().for_each(|&corner| polygon.line_to(corner));
    polygon.close_path();
    let path = path(fitted(&sampled(&polygon), true));
    assert!(path.segments().all(|segment| matches!(segment, PathSeg::Line(_))), "{path:?}");
    let nodes = nodes(&path);
    assert_eq!(nodes.len(), 4, "{nodes:?}");
    for corner in corners {
        assert!(nodes.iter().any(|&node| (node - corner).hypot() < 0.03), "{corner} in {nodes:?}");
    }
}

#[test]
fn an_s_is_few_cubics_and_noise_adds_none() {
    let mut s = BezPath::new();
    s.move_to((10.0, 100.0));
    s.curve_to((60.0, 10.0), (110.0, 190.0), (160.0, 100.0));
    let mut points = sampled(&s);
    points.insert(0, Point::new(10.0, 100.0));
    points.push(Point::new(160.0, 100.0));
    let path = path(fitted(&points, false));
    let cubics = path.elements().iter().filter(|el| matches!(el, PathEl::CurveTo(..))).count();
    assert!(cubics <= 2 && path.elements().len() == cubics + 1, "{path:?}");
}

#[test]
fn the_ends_of_an_open_boundary_stay() {
    let points: Vec<Point> =
        (0..40).map(|k| Point::new(f64::from(k), 0.02 * f64::from(k * k))).collect();
    let path = path(fitted(&points, false));
    assert_eq!(nodes(&path).first(), points.first());
    let end = path.segments().last().map(|segment| segment.end());
    assert_eq!(end.as_ref(), points.last());
}

#[test]
fn no_points_and_odd_points_do_no_harm() {
    let p = Point::new(3.0, 4.0);
    let zigzag: Vec<Point> =
        (0..50).map(|k| Point::new(f64::from(k / 2), f64::from(k % 2) * 30.0)).collect();
    let back: Vec<Point> =
        (0..60).map(|k: i32| Point::new(f64::from((k - 30).abs()), 0.0)).collect();
    for points in
        [vec![], vec![p], vec![p; 2], vec![p; 30], vec![p, Point::new(5.0, 4.0)], zigzag, back]
    {
        for closed in [false, true] {
            if let Fitted::Path(path) = fitted(&points, closed) {
                assert!(path.elements().iter().all(PathEl::is_finite), "{points:?}: {path:?}");
            }
        }
    }
}
