//! Contours of one shape: mirrored or turned in themselves, or drawn again elsewhere, as letters are.
//!
//! Each is measured on its own grid of pixels. Where a motion takes one onto the other and leaves no
//! more than the points are uncertain by, nobody can tell them apart, and their mean is nearer to what
//! was drawn than each: it is fitted once and put wherever it is seen. A difference that can be
//! measured stays.

mod motion;
mod path;
mod ring;

use kurbo::{Affine, BezPath};

use super::fit::Fitted;
use super::unmix::Located;
use crate::par;
use motion::{Motion, motions};
use path::{placed, settled};
use ring::Ring;

/// Shapes that a contour is compared with.
const MOST: usize = 8;

/// A shape that contours have.
struct Group {
    /// The contour that it is measured on,
    first: usize,
    /// what takes that onto itself,
    own: Vec<Motion>,
    /// and the others, each with what takes it onto the first.
    copies: Vec<(usize, Motion)>,
}

/// Lets the `fits` of closed contours that have one shape be one, fitted by `fit` from all that was
/// `located` of it. Primitives stay.
pub(super) fn share(
    fits: &mut [Fitted],
    located: &[Located],
    is_closed: impl Fn(usize) -> bool + Sync + Send,
    fit: impl Fn(usize, &Located) -> Fitted + Sync + Send,
) {
    let rings = par::map(fits.len(), |i| {
        let is_path = matches!(fits[i], Fitted::Path(_)) && is_closed(i);
        let ring = if is_path { Ring::new(&located[i]) } else { None };
        ring.map(|ring| (motions(&ring, &ring, true), ring))
    });
    let (owns, rings): (Vec<_>, Vec<_>) = rings.into_iter().map(Option::unzip).unzip();
    let mut groups: Vec<Group> = Vec::new();
    for (i, (own, this)) in owns.into_iter().zip(&rings).enumerate() {
        let (Some(own), Some(this)) = (own, this) else { continue };
        let like = groups.iter_mut().rev().filter_map(|group| {
            let first = rings[group.first].as_ref().filter(|first| first.is_about(this))?;
            Some((group, first))
        });
        let copied = like.take(MOST).find_map(|(group, first)| {
            let motion = motions(this, first, false).into_iter().next()?;
            Some((group, motion))
        });
        match copied {
            Some((group, motion)) => group.copies.push((i, motion)),
            None => groups.push(Group { first: i, own, copies: Vec::new() }),
        }
    }
    groups.retain(|group| !group.own.is_empty() || !group.copies.is_empty());
    let shared = par::map(groups.len(), |k| groups[k].shared(&rings, &fit));
    for (i, path) in shared.into_iter().flatten() {
        fits[i] = Fitted::Path(path);
    }
}

impl Group {
    /// The paths of all its contours, by their indices; none if they are not paths.
    fn shared(
        &self,
        rings: &[Option<Ring>],
        fit: &impl Fn(usize, &Located) -> Fitted,
    ) -> Vec<(usize, BezPath)> {
        let Some(first) = &rings[self.first] else { return Vec::new() };
        let own = self.own.iter().map(|motion| (first, motion));
        let copies =
            self.copies.iter().filter_map(|(i, motion)| Some((rings[*i].as_ref()?, motion)));
        let all: Vec<(&Ring, &Motion)> = own.chain(copies).collect();
        let weight = |ring: &Ring| 1.0 / (ring.sigma_px * ring.sigma_px);
        let mut located = first.located.clone();
        for (i, (point, sigma)) in located.points.iter_mut().zip(&mut located.sigma_px).enumerate()
        {
            let (mut total, mut sum) = (weight(first), 0.0);
            for (ring, motion) in &all {
                if let Some(off) = motion.off_px(ring, first, i) {
                    total += weight(ring);
                    sum += weight(ring) * off;
                }
            }
            *point += first.normal(i) * (sum / total);
            *sigma *= (weight(first) / total).sqrt();
        }
        let Fitted::Path(path) = fit(self.first, &located) else { return Vec::new() };
        let maps: Vec<Affine> = self.own.iter().map(|motion| motion.map).collect();
        let path = settled(path, &maps);
        let copy = |(i, motion): &(usize, Motion)| {
            let same = rings[*i].as_ref().is_some_and(|ring| ring.clockwise == first.clockwise);
            let moved = placed(&path, motion.map.inverse());
            (*i, if same { moved } else { moved.reverse_subpaths() })
        };
        let copies: Vec<_> = self.copies.iter().map(copy).collect();
        std::iter::once((self.first, path)).chain(copies).collect()
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{ParamCurveNearest as _, Point, Shape as _, Vec2};

    use super::*;
    use crate::trace::fit::{Boundary, FitOptions, fit};

    const SIGMA_PX: f64 = 0.06;

    /// A closed curve, the same on both sides of a line, moved: its points with noise, and without.
    fn drawn(motion: Affine, seed: u32, dent_px: f64) -> (Located, Vec<Point>) {
        let at = |k: usize| {
            let angle = k as f64 * core::f64::consts::TAU / 300.0;
            let radius = 45.0
                + 9.0 * libm::cos(2.0 * angle)
                + 5.0 * libm::cos(3.0 * angle)
                + dent_px * libm::sin(angle);
            Point::ORIGIN + radius * Vec2::new(libm::cos(angle), libm::sin(angle))
        };
        let mut state = seed;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            2.0 * SIGMA_PX * 3.0_f64.sqrt() * (f64::from(state) / f64::from(u32::MAX) - 0.5)
        };
        let true_points: Vec<Point> = (0..300).map(|k| motion * at(k)).collect();
        let seen = true_points.iter().map(|p| *p + Vec2::new(noise(), noise()));
        let located = Located { points: seen.collect(), sigma_px: vec![SIGMA_PX; 300] };
        (located, true_points)
    }

    fn fitted(located: &Located) -> Fitted {
        let Located { points, sigma_px } = located;
        fit(&Boundary { points, sigma_px, closed: true }, &FitOptions::default())
    }

    fn path(fitted: &Fitted) -> &BezPath {
        let Fitted::Path(path) = fitted else { panic!("{fitted:?}") };
        path
    }

    /// How far points lie from a path on the mean, in px.
    fn off_px(path: &BezPath, points: &[Point]) -> f64 {
        let off = |p: &Point| {
            let near = path.segments().map(|segment| segment.nearest(*p, 1e-6).distance_sq);
            near.fold(f64::INFINITY, f64::min).sqrt()
        };
        points.iter().map(off).sum::<f64>() / points.len() as f64
    }

    fn shared(located: &[Located]) -> Vec<Fitted> {
        let mut fits: Vec<Fitted> = located.iter().map(fitted).collect();
        share(&mut fits, located, |_| true, |_, located| fitted(located));
        fits
    }

    #[test]
    fn what_is_mirrored_lies_nearer_to_what_was_drawn() {
        let tilted = Affine::translate((70.3, 81.6)) * Affine::rotate(0.4);
        let mut sums = [0.0; 2];
        for seed in 1..9 {
            let (located, true_points) = drawn(tilted, seed, 0.0);
            let alone = fitted(&located);
            let own = motions(&Ring::new(&located).unwrap(), &Ring::new(&located).unwrap(), true);
            assert_eq!(own.len(), 1, "{own:?}");
            assert!(own[0].mirrored);
            let both = shared(&[located]);
            sums[0] += off_px(path(&alone), &true_points);
            sums[1] += off_px(path(&both[0]), &true_points);
        }
        assert!(sums[1] < 0.85 * sums[0], "{sums:?}");
    }

    #[test]
    fn copies_are_one_shape_nearer_to_what_was_drawn() {
        let places = [
            Affine::translate((70.3, 81.6)),
            Affine::translate((220.8, 90.1)) * Affine::rotate(0.7),
            Affine::translate((90.4, 240.9)) * Affine::FLIP_Y,
        ];
        // Not the same on both sides: only copies are alike.
        let drawn: Vec<_> =
            places.iter().zip(1..).map(|(at, seed)| drawn(*at, seed, 4.0)).collect();
        let located: Vec<Located> = drawn.iter().map(|(located, _)| located.clone()).collect();
        let alone: Vec<Fitted> = located.iter().map(fitted).collect();
        let together = shared(&located);
        let off = |fits: &[Fitted]| -> f64 {
            fits.iter().zip(&drawn).map(|(fit, (_, points))| off_px(path(fit), points)).sum()
        };
        assert!(off(&together) < 0.8 * off(&alone), "{} {}", off(&together), off(&alone));
        for (one, other) in together.iter().zip(&alone) {
            // Each in the direction that it had.
            assert_eq!(path(one).area() > 0.0, path(other).area() > 0.0);
            assert!((path(one).area().abs() - path(&together[0]).area().abs()).abs() < 1e-6);
            assert_eq!(path(one).elements().len(), path(&together[0]).elements().len());
        }
    }

    #[test]
    fn a_difference_that_can_be_measured_stays() {
        // One side bulges by a third of a pixel more than the other.
        let (located, _) = drawn(Affine::translate((70.3, 81.6)), 5, 0.3);
        let alone = fitted(&located);
        assert_eq!(shared(&[located]), [alone]);
    }
}
