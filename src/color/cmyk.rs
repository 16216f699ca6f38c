//! Printing colours: sRGB to CMYK on coated paper (FOGRA39), with the rules by which logos are
//! printed.
//!
//! The table `fogra39.bin` holds what the profile in `tests/fixtures/fogra39.icc` gives for 17 × 17 × 17 sRGB
//! colours (relative colorimetric), then for each of 256 greys the percentage of black ink that is
//! as light; `tests/cmyk.rs` makes and checks it. A table, because a colour engine would add more
//! to the download, and would not give the same result on every processor.
//!
//! The rules: greys are printed with black ink alone; less than 4 % of an ink is left away and more
//! than 96 % becomes solid, for neither holds on press; saturated colours get no stray black.

use std::fmt;
use std::str::FromStr;

use super::{Oklab, Rgb};

/// Amounts of cyan, magenta, yellow and black ink, in whole percent.
///
/// ```
/// use logopress::Cmyk;
///
/// assert_eq!(Cmyk([0, 95, 80, 0]).total_percent(), 175);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cmyk(pub [u8; 4]);

/// Grid points along each axis of the table.
const GRID: usize = 17;

static TABLE: &[u8; GRID * GRID * GRID * 4 + 256] = include_bytes!("fogra39.bin");

/// Colours less colourful than this in `OKLab` count as grey.
const GREY_CHROMA: f64 = 0.012;
/// Below this an ink is left away, in percent; above its complement it becomes solid.
const LEAST_PERCENT: f64 = 4.0;
/// Up to this much black under a saturated colour is stray, in percent.
const STRAY_BLACK_PERCENT: f64 = 12.0;
/// From this chroma in `OKLab` a colour counts as saturated.
const SATURATED_CHROMA: f64 = 0.12;

impl Cmyk {
    /// Sum of all inks, in percent.
    pub fn total_percent(self) -> u32 {
        self.0.iter().map(|ink| u32::from(*ink)).sum()
    }

    /// The colour with at most `limit_percent` of ink in all: colours give way before black does.
    #[must_use]
    pub fn limited(self, limit_percent: u32) -> Self {
        let [c, m, y, k] = self.0;
        let colors = u32::from(c) + u32::from(m) + u32::from(y);
        let room = limit_percent.saturating_sub(u32::from(k));
        if colors <= room {
            return self;
        }
        let scale = |ink: u8| (u32::from(ink) * room / colors) as u8;
        Self([scale(c), scale(m), scale(y), k])
    }
}

impl From<Rgb> for Cmyk {
    fn from(rgb: Rgb) -> Self {
        let lab = Oklab::from(rgb);
        if lab.chroma() < GREY_CHROMA {
            // The grey as light as the colour.
            let grey = Rgb::from(Oklab { a: 0.0, b: 0.0, ..lab }).0[1];
            let black = TABLE[GRID * GRID * GRID * 4 + usize::from(grey)];
            return Self([0.0, 0.0, 0.0, f64::from(black)].map(snapped));
        }
        let mut percent = looked_up(rgb);
        if lab.chroma() > SATURATED_CHROMA && percent[3] < STRAY_BLACK_PERCENT {
            percent[3] = 0.0;
        }
        Self(percent.map(snapped))
    }
}

fn snapped(percent: f64) -> u8 {
    if percent < LEAST_PERCENT {
        0
    } else if percent > 100.0 - LEAST_PERCENT {
        100
    } else {
        percent.round() as u8
    }
}

/// The table's value in percent, linear between its grid points.
fn looked_up(rgb: Rgb) -> [f64; 4] {
    let places = rgb.0.map(|channel| {
        let place = f64::from(channel) * (GRID - 1) as f64 / 255.0;
        let below = (place as usize).min(GRID - 2);
        (below, place - below as f64)
    });
    let mut out = [0.0; 4];
    for corner in 0..8 {
        let (mut index, mut weight) = (0, 1.0);
        for (axis, (below, share)) in places.iter().enumerate() {
            let up = corner >> axis & 1;
            index = index * GRID + below + up;
            weight *= if up == 1 { *share } else { 1.0 - share };
        }
        for (ink, value) in out.iter_mut().enumerate() {
            *value += weight * f64::from(TABLE[index * 4 + ink]) / 2.55;
        }
    }
    out
}

/// Written `0/95/80/0`.
impl fmt::Display for Cmyk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [c, m, y, k] = self.0;
        write!(f, "{c}/{m}/{y}/{k}")
    }
}

/// Reads `0/95/80/0`.
impl FromStr for Cmyk {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "percentages of ink such as 0/95/80/0";
        let inks = text.split('/').map(|part| part.trim().parse().ok().filter(|p: &u8| *p <= 100));
        let inks = inks.collect::<Option<Vec<u8>>>().ok_or(EXPECTED)?;
        inks.try_into().map(Self).map_err(|_| EXPECTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logos_print_clean() {
        assert_eq!(Cmyk::from(Rgb::BLACK), Cmyk([0, 0, 0, 100]));
        assert_eq!(Cmyk::from(Rgb::WHITE), Cmyk([0, 0, 0, 0]));
        let Cmyk([c, m, y, k]) = Cmyk::from(Rgb([128; 3]));
        assert!([c, m, y] == [0; 3] && (45..=65).contains(&k), "{k}");
        for rgb in [[255, 0, 0], [226, 35, 26], [255, 205, 0], [0, 160, 220]] {
            assert_eq!(Cmyk::from(Rgb(rgb)).0[3], 0, "stray black in {rgb:?}");
        }
    }

    #[test]
    fn the_ink_limit_spares_black() {
        assert_eq!(Cmyk([90, 80, 70, 100]).limited(280), Cmyk([67, 60, 52, 100]));
        assert_eq!(Cmyk([0, 100, 100, 0]).limited(280), Cmyk([0, 100, 100, 0]));
    }

    #[test]
    fn text_reads_back() {
        assert_eq!("0/95/80/0".parse(), Ok(Cmyk([0, 95, 80, 0])));
        assert_eq!(Cmyk([0, 95, 80, 0]).to_string(), "0/95/80/0");
        for text in ["", "0/1/2", "0/0/0/101", "0/0/0/0/0", "a/b/c/d"] {
            assert!(text.parse::<Cmyk>().is_err(), "{text}");
        }
    }
}
