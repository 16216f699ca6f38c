//! The fewest stops of a profile.

use crate::artwork::Stop;
use crate::color::Rgb;

/// Most stops of a gradient.
const MOST: usize = 24;
/// From this many stops on down they move.
const MOVED: usize = 8;
/// How far the colours between stops may be off, in levels.
const OFF: f64 = 1.2;

/// Deviations that happen by chance, and pixels that deviate together.
const CHANCE: f64 = 3.0;
const BLOCK_PX: f64 = 16.0;
/// An alpha that tells no colour, in levels.
const FAINT: f64 = 6.0;

/// Mean colour at an offset, premultiplied, and how many pixels it is the mean of.
#[derive(Clone, Copy)]
pub(super) struct Mean {
    /// From 0 to 1.
    pub offset: f64,
    /// Red, green, blue, alpha.
    pub color: [f64; 4],
    /// Its weight.
    pub pixels: f64,
}

/// Fits straight runs of colour to a profile, which is sorted by offset: the fewest that leave no
/// visible error.
///
/// Of many stops those go one by one that are missed least, the others moving to where they serve
/// best.
pub(super) fn stops(profile: &[Mean], deviation: f64) -> Vec<(f64, [f64; 4])> {
    let step = profile.len().div_ceil(MOST).max(2);
    let inner = profile.iter().skip(step).step_by(step).map(|mean| mean.offset);
    let mut offsets: Vec<f64> = [0.0].into_iter().chain(inner).chain([1.0]).collect();
    // Close to the end, a stop would stand on next to nothing.
    offsets.retain(|&offset| offset == 0.0 || offset == 1.0 || offset < 0.99);
    loop {
        let without = |k: usize| {
            let mut fewer = offsets.clone();
            fewer.remove(k);
            if fewer.len() <= MOVED {
                settle(profile, &mut fewer);
            }
            (worst(profile, &fewer, deviation), fewer)
        };
        let least = (1..offsets.len() - 1).map(without).min_by(|a, b| a.0.total_cmp(&b.0));
        match least {
            Some((off, fewer)) if off <= 1.0 => offsets = fewer,
            _ => break,
        }
    }
    let colors = at(profile, &offsets);
    offsets.into_iter().zip(colors).collect()
}

/// Moves the inner stops to where they leave the least error.
fn settle(profile: &[Mean], offsets: &mut [f64]) {
    let mut least = squares(profile, offsets);
    for round in 0..5 {
        let share = 0.4 / f64::from(1 << round);
        for k in 1..offsets.len() - 1 {
            for beside in [k - 1, k + 1] {
                let stay = offsets[k];
                offsets[k] = stay + share * (offsets[beside] - stay);
                let next = squares(profile, offsets);
                if next < least {
                    least = next;
                } else {
                    offsets[k] = stay;
                }
            }
        }
    }
}

/// The sum of the squared errors that stops at some offsets leave.
fn squares(profile: &[Mean], offsets: &[f64]) -> f64 {
    let colors = at(profile, offsets);
    let off = |mean: &Mean| {
        let color = lerp(offsets, &colors, mean.offset);
        let square = |i: usize| (color[i] - mean.color[i]) * (color[i] - mean.color[i]);
        mean.pixels * (0..4).map(square).sum::<f64>()
    };
    profile.iter().map(off).sum()
}

/// The greatest error that stops at some offsets leave, in levels, as far as it is not by chance. A
/// few pixels may be off: neighbours vouch for each other. Of those that deviate by noise the mean
/// deviates less, the more there are.
fn worst(profile: &[Mean], offsets: &[f64], deviation: f64) -> f64 {
    let colors = at(profile, offsets);
    let off = |window: &[Mean]| {
        let (mut n, mut sum) = (0.0, [0.0; 4]);
        for mean in window {
            let color = lerp(offsets, &colors, mean.offset);
            n += mean.pixels;
            (0..4).for_each(|i| sum[i] += mean.pixels * (mean.color[i] - color[i]));
        }
        let chance = CHANCE * deviation / (n / BLOCK_PX).max(1.0).sqrt();
        sum.iter().fold(0.0, |most: f64, s| most.max((s / n).abs())) / OFF.hypot(chance)
    };
    profile.windows(3.min(profile.len())).map(off).fold(0.0, f64::max)
}

/// The colour at an offset between stops.
pub(super) fn lerp(offsets: &[f64], colors: &[[f64; 4]], offset: f64) -> [f64; 4] {
    let k = offsets.partition_point(|&o| o < offset).clamp(1, offsets.len() - 1);
    let t = ((offset - offsets[k - 1]) / (offsets[k] - offsets[k - 1])).clamp(0.0, 1.0);
    [0, 1, 2, 3].map(|i| colors[k - 1][i] * (1.0 - t) + colors[k][i] * t)
}

/// The colours of stops at some offsets, by least squares: a tridiagonal system.
fn at(profile: &[Mean], offsets: &[f64]) -> Vec<[f64; 4]> {
    let n = offsets.len();
    let (mut diagonal, mut beside) = (vec![1e-9; n], vec![0.0; n]);
    let mut right = vec![[0.0; 4]; n];
    for mean in profile {
        let k = offsets.partition_point(|&o| o < mean.offset).clamp(1, n - 1);
        let t = (mean.offset - offsets[k - 1]) / (offsets[k] - offsets[k - 1]);
        let (a, b, w) = (1.0 - t, t, mean.pixels);
        diagonal[k - 1] += w * a * a;
        diagonal[k] += w * b * b;
        beside[k] += w * a * b;
        for (i, color) in mean.color.iter().enumerate() {
            right[k - 1][i] += w * a * color;
            right[k][i] += w * b * color;
        }
    }
    for k in 1..n {
        let f = beside[k] / diagonal[k - 1];
        diagonal[k] -= f * beside[k];
        let before = right[k - 1];
        for (value, before) in right[k].iter_mut().zip(before) {
            *value -= f * before;
        }
    }
    for k in (0..n).rev() {
        let (factor, after) =
            if k + 1 < n { (beside[k + 1], right[k + 1]) } else { (0.0, [0.0; 4]) };
        for (value, after) in right[k].iter_mut().zip(after) {
            *value = (*value - factor * after) / diagonal[k];
        }
    }
    right.into_iter().map(|color| color.map(|v| v.clamp(0.0, 255.0))).collect()
}

/// Stops as drawings have them: colour and opacity apart. What is next to transparent tells no
/// colour: it has its neighbour's.
pub(super) fn drawn(offsets: &[f64], colors: &[[f64; 4]]) -> Vec<Stop> {
    let tells = |k: &usize| colors[*k][3] > FAINT;
    let stop = |k: usize| {
        let nearest = (0..colors.len()).filter(tells).min_by_key(|other| other.abs_diff(k));
        let color = colors[nearest.unwrap_or(k)];
        let level = |i: usize| (255.0 * color[i] / color[3].max(1.0)).clamp(0.0, 255.0);
        let alpha = colors[k][3] / 255.0;
        let opacity = if alpha > 0.99 { 1.0 } else { alpha };
        Stop { offset: offsets[k], rgb: Rgb([0, 1, 2].map(|i| level(i).round() as u8)), opacity }
    };
    (0..colors.len()).map(stop).collect()
}
