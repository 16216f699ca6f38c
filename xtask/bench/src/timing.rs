//! Times that can be compared on a busy machine: what is compared runs in turn, and the median counts.

use std::time::{Duration, Instant};

/// Rounds after which the rest is not waited for.
const ENOUGH: Duration = Duration::from_secs(1);

/// Median time of each, in ms, over up to five rounds in which each runs once. Each returns how long
/// it took, so that it may prepare itself.
pub fn medians<const N: usize>(
    mut runs: [&mut dyn FnMut() -> Result<Duration, String>; N],
) -> Result<[f64; N], String> {
    let mut times: [Vec<f64>; N] = [const { Vec::new() }; N];
    let start = Instant::now();
    for round in 0..5 {
        if round > 0 && start.elapsed() > ENOUGH {
            break;
        }
        for (run, times) in runs.iter_mut().zip(&mut times) {
            times.push(run()?.as_secs_f64() * 1e3);
        }
    }
    Ok(times.map(|times| median(&times)))
}

/// How long `work` takes.
pub fn time<T>(work: impl FnOnce() -> Result<T, String>) -> Result<Duration, String> {
    let start = Instant::now();
    std::hint::black_box(work()?);
    Ok(start.elapsed())
}

/// The middle of the values; NaN of none.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}
