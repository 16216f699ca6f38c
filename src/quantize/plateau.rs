//! The inks of a noisy picture.
//!
//! Compression leaves the middle of flat areas alone: lossy blocks without an edge are even. So
//! every pixel whose surroundings agree with it within the noise votes for its colour, and colours
//! that differ by no more than the noise are one ink, the mean of its votes. Ripples, and edges at
//! any softness, vary within such surroundings.

use std::collections::HashMap;

use super::{Noise, difference, premultiplied};
use crate::order;
use crate::par;
use crate::raster::Raster;

/// How far around a pixel must be even, in px.
const RADIUS: usize = 2;
/// Rows that one task looks at; fixed, so that results do not depend on the number of threads.
const BAND_ROWS: usize = 64;
/// Votes that an ink needs.
const LEAST_VOTES: usize = 12;
/// Votes that an ink needs which is as near to a more popular one as ripples may lie, and the share
/// of that one's votes.
const NEAR_VOTES: usize = 100;
const NEAR_SHARE: f64 = 0.04;
/// An ink this near to black or white is that, in levels beside what the noise explains.
const PURE: f32 = 2.0;

/// The colours of even surroundings and their votes, the most popular first; colours closer than
/// the noise are one.
pub(super) fn plateaus(raster: &Raster, noise: Noise) -> Vec<([u8; 4], usize)> {
    let mut votes: Vec<_> = count(raster, (2.0 + 0.8 * noise.sigma) as u8).into_iter().collect();
    order::most_first(&mut votes);
    let same = 6.0 + 1.1 * noise.sigma;
    // The colour that leads each ink, the sum of its votes' colours, and their number.
    let mut inks: Vec<([f32; 4], [f64; 4], usize)> = Vec::new();
    for (color, n) in votes {
        let p = premultiplied(color);
        let at = inks.iter().position(|ink| difference(ink.0, p) <= same).unwrap_or(inks.len());
        if at == inks.len() {
            inks.push((p, [0.0; 4], 0));
        }
        let (_, sum, votes) = &mut inks[at];
        for (s, c) in sum.iter_mut().zip(color) {
            *s += f64::from(c) * n as f64;
        }
        *votes += n;
    }
    let mean = |sum: [f64; 4], n: usize| sum.map(|s| (s / n as f64).round() as u8);
    let mut inks: Vec<_> = inks
        .into_iter()
        .filter(|ink| ink.2 >= LEAST_VOTES)
        .map(|(_, sum, n)| (pure(mean(sum, n), noise), n))
        .collect();
    order::most_first(&mut inks);
    let mut kept: Vec<([u8; 4], usize)> = Vec::new();
    for (color, n) in inks {
        let is_ripple = kept.iter().any(|&(other, votes)| {
            n < NEAR_VOTES.max((NEAR_SHARE * votes as f64) as usize)
                && noise.apart(color, other) < noise.ripple()
        });
        if !is_ripple {
            kept.push((color, n));
        }
    }
    kept
}

/// Black or white where the colour is that but for noise.
fn pure(color: [u8; 4], noise: Noise) -> [u8; 4] {
    let near = PURE + 0.5 * noise.sigma;
    for ink in [[0, 0, 0, 255], [255; 4], [0; 4]] {
        if difference(premultiplied(color), premultiplied(ink)) <= near {
            return ink;
        }
    }
    color
}

/// How often each colour has surroundings that are even within `limit`, a channel.
fn count(raster: &Raster, limit: u8) -> HashMap<[u8; 4], usize> {
    let (w, h) = (raster.width_px() as usize, raster.height_px() as usize);
    let row = |y: usize| raster.pixels()[y * w..(y + 1) * w].as_flattened();
    let bands = par::map(h.div_ceil(BAND_ROWS), |band| {
        let rows = band * BAND_ROWS..((band + 1) * BAND_ROWS).min(h);
        let around = rows.start.saturating_sub(RADIUS)..(rows.end + RADIUS).min(h);
        let across: Vec<Extremes> = around.clone().map(|y| Extremes::across(row(y))).collect();
        let mut votes: HashMap<[u8; 4], usize> = HashMap::new();
        // Runs of one colour vote at once.
        let mut run = ([0; 4], 0);
        for y in rows {
            let from = y.saturating_sub(RADIUS) - around.start;
            let to = (y + RADIUS + 1).min(h) - around.start;
            let mut found = across[from].clone();
            across[from + 1..to].iter().for_each(|other| found.take(other));
            let pixels = raster.pixels()[y * w..(y + 1) * w].iter();
            for ((p, low), high) in pixels.zip(found.low.chunks(4)).zip(found.high.chunks(4)) {
                if (0..4).all(|i| p[i] - low[i] <= limit && high[i] - p[i] <= limit) {
                    let color = if p[3] == 0 { [0; 4] } else { *p };
                    if color != run.0 {
                        *votes.entry(run.0).or_default() += run.1;
                        run = (color, 0);
                    }
                    run.1 += 1;
                }
            }
        }
        *votes.entry(run.0).or_default() += run.1;
        votes
    });
    let mut all = HashMap::new();
    for (color, n) in bands.into_iter().flatten().filter(|vote| vote.1 > 0) {
        *all.entry(color).or_default() += n;
    }
    all
}

/// The lowest and the highest levels around each pixel of a row, channel by channel.
#[derive(Clone)]
struct Extremes {
    low: Vec<u8>,
    high: Vec<u8>,
}

impl Extremes {
    /// Of the pixels beside each in the row itself.
    fn across(row: &[u8]) -> Self {
        let mut found = Self { low: row.to_vec(), high: row.to_vec() };
        for step in (1..=RADIUS).map(|px| 4 * px).filter(|step| *step < row.len()) {
            let (before, after) = (&row[..row.len() - step], &row[step..]);
            lower(&mut found.low[step..], before);
            lower(&mut found.low, after);
            higher(&mut found.high[step..], before);
            higher(&mut found.high, after);
        }
        found
    }

    /// Of another row as well.
    fn take(&mut self, other: &Self) {
        lower(&mut self.low, &other.low);
        higher(&mut self.high, &other.high);
    }
}

fn lower(levels: &mut [u8], others: &[u8]) {
    levels.iter_mut().zip(others).for_each(|(level, other)| *level = (*level).min(*other));
}

fn higher(levels: &mut [u8], others: &[u8]) {
    levels.iter_mut().zip(others).for_each(|(level, other)| *level = (*level).max(*other));
}
