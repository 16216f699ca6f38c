//! Whether a colour can be told from another: WCAG 2.2, "contrast ratio".

use crate::color::{Rgb, luminance};

/// Least contrast ratio at which an edge can be seen. (WCAG asks 3 of graphics that carry
/// information and nothing of logos: bright brand colours on white reach about 1.5. The ratio
/// flatters dark colours on dark grounds, so more is asked there.)
const VISIBLE_ON_LIGHT: f64 = 1.4;
const VISIBLE_ON_DARK: f64 = 2.2;

/// Up to this luminance a ground is dark.
const DARK: f64 = 0.18;

/// Least contrast ratio of white on a colour that people would lay white on.
const WHITE_READS: f64 = 2.2;

/// Whether `rgb` can be told from `ground`.
pub fn is_visible(rgb: Rgb, ground: Rgb) -> bool {
    let dark = luminance(ground) <= DARK;
    contrast(rgb, ground) >= if dark { VISIBLE_ON_DARK } else { VISIBLE_ON_LIGHT }
}

/// The contrast ratio of two colours, 1 to 21.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// White, or black on grounds where white would not read.
pub fn opposite(ground: Rgb) -> Rgb {
    if contrast(ground, Rgb::WHITE) >= WHITE_READS { Rgb::WHITE } else { Rgb::BLACK }
}
