//! `OKLab`, a space in which equal distances look equal (B. Ottosson, "A perceptual color space for
//! image processing", 2020), from and to 8-bit sRGB.

use super::Rgb;

/// A colour in `OKLab`.
///
/// ```
/// use logopress::{Oklab, Rgb};
///
/// assert!((Oklab::from(Rgb::WHITE).l - 1.0).abs() < 1e-3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oklab {
    /// Lightness, 0 (black) to 1 (white).
    pub l: f64,
    /// From green (below 0) to red.
    pub a: f64,
    /// From blue (below 0) to yellow.
    pub b: f64,
}

impl Oklab {
    /// How colourful it is; 0 for greys, about 0.3 for the purest sRGB colours.
    pub fn chroma(self) -> f64 {
        libm::sqrt(self.a * self.a + self.b * self.b)
    }

    /// How different two colours look; about 0.02 can just be seen.
    pub fn distance(self, other: Self) -> f64 {
        let (l, a, b) = (self.l - other.l, self.a - other.a, self.b - other.b);
        libm::sqrt(l * l + a * a + b * b)
    }
}

impl Oklab {
    /// The colour of so much light of red, green and blue, 0 to 1 each.
    pub(crate) fn of_light([r, g, b]: [f64; 3]) -> Self {
        let l = libm::cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
        let m = libm::cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
        let s = libm::cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
        Self {
            l: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            a: 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            b: 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        }
    }
}

impl From<Rgb> for Oklab {
    fn from(rgb: Rgb) -> Self {
        Self::of_light(light(rgb))
    }
}

/// The nearest sRGB colour; what lies outside sRGB is cut off channel by channel.
impl From<Oklab> for Rgb {
    fn from(lab: Oklab) -> Self {
        let cube = |v: f64| v * v * v;
        let l = cube(lab.l + 0.396_337_777_4 * lab.a + 0.215_803_757_3 * lab.b);
        let m = cube(lab.l - 0.105_561_345_8 * lab.a - 0.063_854_172_8 * lab.b);
        let s = cube(lab.l - 0.089_484_177_5 * lab.a - 1.291_485_548_0 * lab.b);
        Self(
            [
                4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
                -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
                -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
            ]
            .map(encoded),
        )
    }
}

/// The light of red, green and blue, 0 to 1 each.
pub(crate) fn light(rgb: Rgb) -> [f64; 3] {
    rgb.0.map(linear)
}

/// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
///
/// ```
/// use logopress::{Rgb, luminance};
///
/// assert!(luminance(Rgb([255, 255, 0])) > luminance(Rgb([0, 0, 255])));
/// ```
pub fn luminance(rgb: Rgb) -> f64 {
    let [r, g, b] = rgb.0.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The sRGB transfer function (IEC 61966-2-1), from a byte to light.
fn linear(byte: u8) -> f64 {
    let v = f64::from(byte) / 255.0;
    if v <= 0.04045 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
}

fn encoded(v: f64) -> u8 {
    let v = v.clamp(0.0, 1.0);
    let v = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * libm::pow(v, 1.0 / 2.4) - 0.055 };
    (v * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_survives_the_round_trip() {
        for r in (0..=255).step_by(15) {
            for g in (0..=255).step_by(15) {
                for b in (0..=255).step_by(15) {
                    let rgb = Rgb([r, g, b]);
                    assert_eq!(Rgb::from(Oklab::from(rgb)), rgb);
                }
            }
        }
    }

    #[test]
    fn the_published_values_are_met() {
        // The pure colours, as published with the definition of CSS Color 4.
        let red = Oklab::from(Rgb([255, 0, 0]));
        assert!((red.l - 0.628).abs() < 1e-3 && (red.a - 0.225).abs() < 1e-3, "{red:?}");
        assert!((Oklab::from(Rgb::WHITE).l - 1.0).abs() < 1e-6);
        assert!((luminance(Rgb::WHITE) - 1.0).abs() < 1e-12);
    }
}
