//! What fits have in common: radii and centres that the pixels cannot tell apart are the same.
//!
//! Fits are moved by no more than what they are uncertain by, so a difference that was drawn and can
//! be measured stays.

use kurbo::{Circle, RoundedRect, Vec2};

use super::Fitted;
use crate::order;

/// How far off a fit may be that has any number of points, in px.
const SYSTEMATIC_PX: f64 = 0.008;
/// Fits agree that differ by at most so many standard deviations.
const DEVIATIONS: f64 = 2.5;

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

#[cfg(test)]
mod tests {
    use kurbo::{Point, Rect};

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
}
