//! Scaling up one line of pixels, and undoing it.

use std::ops::Range;

/// Weight of a pixel that was cut off.
const CUT_OFF: f64 = 0.02;

/// How a program interpolates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Filter {
    Linear,
    CatmullRom,
    Lanczos3,
}

impl Filter {
    pub const ALL: [Self; 3] = [Self::CatmullRom, Self::Linear, Self::Lanczos3];

    /// How many pixels of the small picture it reaches to either side.
    fn reach(self) -> usize {
        match self {
            Self::Linear => 1,
            Self::CatmullRom => 2,
            Self::Lanczos3 => 3,
        }
    }

    /// Weight of a pixel at this distance.
    fn at(self, x: f64) -> f64 {
        let x = x.abs();
        let sinc = |x: f64| {
            let p = core::f64::consts::PI * x;
            if x == 0.0 { 1.0 } else { libm::sin(p) / p }
        };
        match self {
            Self::Linear => (1.0 - x).max(0.0),
            Self::CatmullRom if x < 1.0 => 1.0 + x * x * (1.5 * x - 2.5),
            Self::CatmullRom if x < 2.0 => 2.0 + x * (-4.0 + x * (2.5 - 0.5 * x)),
            Self::Lanczos3 if x < 3.0 => sinc(x) * sinc(x / 3.0),
            _ => 0.0,
        }
    }
}

/// Most pixels of the small picture that one of the large consists of.
const TAPS: usize = 6;

/// What a pixel of the large line consists of: the first pixel of the small line, and the weights
/// from there on.
type Mixture = (usize, [f64; TAPS]);

fn mix(x: &[f64], (first, weights): &Mixture) -> f64 {
    x[*first..].iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// How a line, or a part of it, was scaled up.
pub(super) struct Resampling {
    pub filter: Filter,
    /// Pixels of the small line that have a part in it.
    pub small: usize,
    mixtures: Vec<Mixture>,
    /// The normal equations of the small line, and their factor.
    normal: Band,
    factor: Band,
}

/// A symmetric banded matrix, or its Cholesky factor: row i holds the entries i−TAPS+1 ..= i.
type Band = Vec<[f64; TAPS]>;

impl Resampling {
    pub fn new(filter: Filter, small: usize, large: usize) -> Self {
        Self::within(filter, small, large, 0..large)
    }

    /// What is known of the pixels of a `window` of the large line.
    pub fn within(filter: Filter, small: usize, large: usize, window: Range<usize>) -> Self {
        let taps = (2 * filter.reach()).min(small);
        let mixture = |j: usize| {
            let at = (j as f64 + 0.5) * small as f64 / large as f64 - 0.5;
            let first = (at.floor() as isize - filter.reach() as isize + 1)
                .clamp(0, (small - taps) as isize) as usize;
            let mut weights = [0.0; TAPS];
            for (k, weight) in weights.iter_mut().enumerate().take(taps) {
                *weight = filter.at(at - (first + k) as f64);
            }
            let sum: f64 = weights.iter().sum();
            (first, weights.map(|weight| weight / sum))
        };
        let mut mixtures: Vec<Mixture> = window.map(mixture).collect();
        let base = mixtures.first().map_or(0, |mixture| mixture.0);
        let small = mixtures.last().map_or(0, |mixture| mixture.0 + taps - base);
        for mixture in &mut mixtures {
            mixture.0 -= base;
        }
        let mut normal = vec![[0.0; TAPS]; small];
        for mixture in &mixtures {
            add(&mut normal, mixture, 1.0);
        }
        let factor = factored(normal.clone(), filter);
        Self { filter, small, mixtures, normal, factor }
    }

    /// A small line scaled up so.
    pub fn apply(&self, line: &[f64]) -> Vec<f64> {
        self.mixtures.iter().map(|mixture| mix(line, mixture)).collect()
    }

    /// The small line that explains `line` best, asked `rounds` times which pixels were cut off.
    pub fn solve(&self, line: &[f64], rounds: usize) -> Vec<f64> {
        if line.iter().all(|v| *v == line[0]) {
            return vec![line[0]; self.small];
        }
        let is_cut = |v: f64| v <= 0.0 || v >= 255.0;
        let mut right = vec![0.0; self.small];
        let count = 2 * self.filter.reach();
        for (v, (first, taps)) in line.iter().zip(&self.mixtures) {
            right[*first..].iter_mut().zip(&taps[..count]).for_each(|(sum, tap)| *sum += tap * v);
        }
        let mut x = substituted(&self.factor, right.clone(), self.filter);
        let mut cut = vec![false; line.len()];
        for _ in 0..rounds {
            let mut changed = false;
            for (j, &v) in line.iter().enumerate().filter(|(_, v)| is_cut(**v)) {
                let mixed = mix(&x, &self.mixtures[j]);
                let beyond = (v - 127.5) * (mixed - v) > 0.0;
                changed |= cut[j] != beyond && (mixed - v).abs() > 0.5;
                cut[j] = beyond;
            }
            if !changed {
                break;
            }
            let (mut band, mut right) = (self.normal.clone(), right.clone());
            for j in (0..line.len()).filter(|&j| cut[j]) {
                let (first, taps) = &self.mixtures[j];
                let less = CUT_OFF - 1.0;
                add(&mut band, &self.mixtures[j], less);
                let sums = right[*first..].iter_mut();
                sums.zip(taps).for_each(|(sum, tap)| *sum += less * tap * line[j]);
            }
            x = substituted(&factored(band, self.filter), right, self.filter);
        }
        x
    }

    /// How far off it leaves `lines`, root mean square.
    pub fn off(&self, lines: &[Vec<f64>], rounds: usize) -> f64 {
        // What a larger picture explains merely because it has more pixels does not count.
        let count = lines.len() * self.mixtures.len().saturating_sub(self.small);
        let off = |line: &Vec<f64>| {
            let x = self.solve(line, rounds);
            let off = |(v, mixture): (&f64, &Mixture)| {
                let d = mix(&x, mixture).clamp(0.0, 255.0) - v;
                d * d
            };
            line.iter().zip(&self.mixtures).map(off).sum::<f64>()
        };
        (lines.iter().map(off).sum::<f64>() / count.max(1) as f64).sqrt()
    }
}

/// Adds a pixel that is this mixture to the normal equations.
fn add(band: &mut Band, (first, taps): &Mixture, weight: f64) {
    for (i, a) in taps.iter().enumerate().filter(|tap| *tap.1 != 0.0) {
        for (j, b) in taps[..=i].iter().enumerate() {
            band[first + i][TAPS - 1 + j - i] += weight * a * b;
        }
    }
}

/// The Cholesky factor of normal equations, slightly damped, with the diagonal inverted.
fn factored(mut band: Band, filter: Filter) -> Band {
    let reach = 2 * filter.reach() - 1;
    for i in 0..band.len() {
        let (above, below) = band.split_at_mut(i);
        let row = &mut below[0];
        for (j, other) in above.iter().enumerate().skip(i.saturating_sub(reach)) {
            // What rows i and j have in common lies this many entries apart.
            let apart = i - j;
            let common = TAPS - 1 - reach..TAPS - 1 - apart;
            let done: f64 = common.map(|k| row[k] * other[k + apart]).sum();
            row[TAPS - 1 - apart] = (row[TAPS - 1 - apart] - done) * other[TAPS - 1];
        }
        let done: f64 = row[..TAPS - 1].iter().map(|v| v * v).sum();
        row[TAPS - 1] = 1.0 / (row[TAPS - 1] + 1e-6 - done).max(1e-9).sqrt();
    }
    band
}

/// Solves factored equations for their right side.
fn substituted(factor: &Band, mut x: Vec<f64>, filter: Filter) -> Vec<f64> {
    let reach = 2 * filter.reach() - 1;
    for (i, row) in factor.iter().enumerate() {
        let from = i.saturating_sub(reach);
        let before = row[TAPS - 1 - (i - from)..TAPS - 1].iter().zip(&x[from..i]);
        let done: f64 = before.map(|(a, b)| a * b).sum();
        x[i] = (x[i] - done) * row[TAPS - 1];
    }
    for (i, row) in factor.iter().enumerate().rev() {
        let from = i.saturating_sub(reach);
        let value = x[i] * row[TAPS - 1];
        x[i] = value;
        let before = row[TAPS - 1 - (i - from)..TAPS - 1].iter().zip(&mut x[from..i]);
        before.for_each(|(a, b)| *b -= a * value);
    }
    x
}
