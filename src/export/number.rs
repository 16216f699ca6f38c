//! Numbers as text, as short as they can be: for SVG, PDF and PostScript alike.

use std::fmt::Write as _;

/// The least number of decimals, at most six, that place every point of a drawing within 1/20000 of
/// its longer side: a tenth of a pixel where it is shown 2000 pixels wide.
pub(crate) fn decimals(width: f64, height: f64) -> usize {
    let error = width.max(height) / 20_000.0;
    (0..6).find(|d| 0.5 * 10_f64.powi(-d) <= error).unwrap_or(6) as usize
}

/// Appends `value` with at most `decimals` decimals, without trailing zeros, a leading zero or a
/// negative zero: `0.50` is `.5`, `-0.001` is `0`.
pub(crate) fn push(out: &mut String, value: f64, decimals: usize) {
    let start = out.len();
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{value:.decimals$}");
    if out[start..].contains('.') {
        let kept = out.trim_end_matches('0').trim_end_matches('.').len();
        out.truncate(kept);
    }
    match &out[start..] {
        "-0" => out.replace_range(start.., "0"),
        text if text.starts_with("0.") => out.replace_range(start..=start, ""),
        text if text.starts_with("-0.") => out.replace_range(start + 1..start + 2, ""),
        _ => {}
    }
}

/// `value` alone; see [`push`].
pub(crate) fn text(value: f64, decimals: usize) -> String {
    let mut out = String::new();
    push(&mut out, value, decimals);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, expected) in [
            (0.5, ".5"),
            (-0.5, "-.5"),
            (-0.001, "0"),
            (10.0, "10"),
            (0.0, "0"),
            (100.10, "100.1"),
            (-1.999, "-2"),
        ] {
            assert_eq!(text(value, 2), expected);
        }
        assert_eq!(text(10.4, 0), "10");
    }

    #[test]
    fn precision_follows_the_size() {
        let decimals = |px| decimals(px, px / 2.0);
        assert_eq!([24.0, 100.0, 512.0, 1024.0, 12_000.0].map(decimals), [3, 2, 2, 1, 0]);
    }
}
