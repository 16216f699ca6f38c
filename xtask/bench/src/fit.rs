//! How cost grows: exponents of power laws, fitted by least squares to logarithms.

/// The exponent p of `y = c·xᵖ`; NaN if the xs are all the same.
pub fn exponent(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let (mean_x, mean_y) =
        (logs.iter().map(|p| p.0).sum::<f64>() / n, logs.iter().map(|p| p.1).sum::<f64>() / n);
    let covariance: f64 = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let variance: f64 = logs.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    covariance / variance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_law_is_found() {
        let points: Vec<(f64, f64)> = [1.0, 4.0, 9.0].map(|x: f64| (x, 3.0 * x.powf(1.5))).into();
        assert!((exponent(&points) - 1.5).abs() < 1e-12);
    }
}
