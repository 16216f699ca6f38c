//! How finely a picture tells how much of a pixel is covered.
//!
//! Programs that are in a hurry count a few samples a pixel: 4, 8 or 16. Coverage then comes in as
//! many steps, and edges that run nearly level or upright look like stairs, which are no drawing. So
//! the steps are looked for, and if there are any, boundaries are known no better than they say.

use super::unmix::Unmixer;

/// Samples a pixel that are told from finer ones, and the standard deviation of a boundary in px: each
/// row of samples is on one side of a level edge or on the other.
const SAMPLES: [(usize, f64); 3] = [(4, 0.1), (8, 0.06), (16, 0.035)];
/// Partly covered pixels that must be seen before anything is said, and that are enough.
const PIXELS: (usize, usize) = (150, 4000);
/// A step is hit that a coverage is this near to, in steps; exact coverage does that by chance.
const NEAR: f64 = 0.14;
/// Share of pixels that hit steps if there are any.
const HITS: f64 = 0.85;
/// Share of the steps that must occur: edges along the pixels have few coverages anyhow.
const OCCUR: f64 = 0.6;

/// Standard deviation of all boundaries for that reason, in px.
pub fn sigma_px(unmixer: &Unmixer) -> f64 {
    let coverages = unmixer.coverages(PIXELS.1);
    if coverages.len() < PIXELS.0 {
        return 0.0;
    }
    let comes_in = |&(samples, _): &(usize, f64)| {
        let mut hits = vec![0; samples + 1];
        let mut misses = 0;
        for coverage in &coverages {
            let (place, step) = (coverage * samples as f64, (coverage * samples as f64).round());
            if (place - step).abs() < NEAR {
                hits[step as usize] += 1;
            } else {
                misses += 1;
            }
        }
        // A pixel has the ink that covers most of it: these are all the steps there are. One that
        // occurs more often than others is an edge along the pixels, which may be anywhere.
        let hits = &hits[samples / 2..samples];
        let share = coverages.len() / hits.len();
        let counted: usize = hits.iter().map(|&count: &usize| count.min(share)).sum();
        let occur = hits.iter().filter(|count| **count > 0).count();
        counted as f64 > HITS * (counted + misses) as f64
            && occur as f64 >= OCCUR * hits.len() as f64
    };
    SAMPLES.iter().find(|samples| comes_in(samples)).map_or(0.0, |samples| samples.1)
}

#[cfg(test)]
mod tests {
    use kurbo::Shape as _;

    use super::*;
    use crate::quantize::{self, Noise};
    use crate::raster::Raster;
    use crate::trace::drawn::*;
    use crate::trace::{TraceOptions, logo};
    use crate::unwatched;

    const INKS: [[u8; 4]; 2] = [CLEAR, BLACK];

    fn grain(raster: &Raster) -> f64 {
        let mut palette = quantize::palette(raster, 4, Noise::NONE);
        let labels = quantize::label(raster, &mut palette);
        sigma_px(&Unmixer::new(raster, &labels, &palette))
    }

    #[test]
    fn few_samples_a_pixel_are_noticed() {
        let ring: Drawing =
            |x, y| usize::from(inside(x, y, 28.4) && !inside(x, y, 17.3) || inside(x, y, 9.6));
        let found = [2, 4, 8, 16].map(|k| grain(&sampled(&INKS, ring, k)));
        assert_eq!(found, [0.1, 0.035, 0.0, 0.0]);
    }

    #[test]
    fn upright_edges_are_no_steps() {
        // Most pixels are on edges that happen to lie on a sixteenth.
        let bars: Drawing = |x, y| {
            let slant = if y < 48.0 { 0.4375 } else { 0.37 * y };
            usize::from((x + slant) % 6.0 < 3.0)
        };
        assert_eq!(grain(&raster(&INKS, bars)), 0.0);
    }

    #[test]
    fn stairs_that_come_of_few_samples_are_a_line() {
        // A band that rises by one in fourteen, and what makes the steps known.
        let band: Drawing = |x, y| {
            let level = (4.3 + x / 14.0..14.1 + x / 14.0).contains(&y);
            let steep = y > 22.0 && (x + 0.41 * y) % 16.0 < 8.0;
            usize::from(level && (4.2..59.7).contains(&x) || steep)
        };
        let art = logo::trace(&sampled(&INKS, band, 2), &TraceOptions::default(), &unwatched);
        let shapes = art.unwrap().shapes;
        let paths = shapes.iter().map(|shape| shape.geometry.path());
        let level = paths.into_iter().flat_map(|path| path.segments().collect::<Vec<_>>());
        let level: Vec<_> = level.filter(|s| s.bounding_box().y1 < 21.0).collect();
        assert_eq!(level.len(), 4, "{level:?}");
    }
}
