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
        let steps = samples as f64;
        let mut seen = vec![false; samples + 1];
        let mut hits = 0;
        for coverage in &coverages {
            let step = (coverage * steps).round();
            if (coverage * steps - step).abs() < NEAR {
                hits += 1;
                seen[step as usize] = true;
            }
        }
        let occur = seen[1..samples].iter().filter(|seen| **seen).count();
        f64::from(hits) > HITS * coverages.len() as f64 && occur as f64 >= OCCUR * (steps - 1.0)
    };
    SAMPLES.iter().find(|samples| comes_in(samples)).map_or(0.0, |samples| samples.1)
}
