//! Colours as the rest of Logopress passes them around: sRGB, 8 bits a channel.

mod cmyk;
mod names;
mod oklab;

use std::fmt;
use std::str::FromStr;

pub use cmyk::Cmyk;
pub use names::suggested_name;
pub(crate) use oklab::light;
pub use oklab::{Oklab, luminance};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An opaque sRGB colour, 8 bits a channel; written and read as `#rrggbb`.
///
/// ```
/// use logopress::Rgb;
///
/// let red: Rgb = "#e4002b".parse()?;
/// assert_eq!(red.to_string(), "#e4002b");
/// # Ok::<(), &'static str>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// `#000000`.
    pub const BLACK: Self = Self([0; 3]);
    /// `#ffffff`.
    pub const WHITE: Self = Self([255; 3]);
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// Reads `#rrggbb` or `#rgb`, the `#` optional.
impl FromStr for Rgb {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "a colour such as #1a73e8";
        let hex = text.trim().trim_start_matches('#');
        if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(EXPECTED);
        }
        let digit = |i: usize| u8::from_str_radix(&hex[i..=i], 16).map_err(|_| EXPECTED);
        match hex.len() {
            3 => Ok(Self([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17])),
            6 => Ok(Self([
                digit(0)? * 16 + digit(1)?,
                digit(2)? * 16 + digit(3)?,
                digit(4)? * 16 + digit(5)?,
            ])),
            _ => Err(EXPECTED),
        }
    }
}

impl Serialize for Rgb {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trips_and_short_form_expands() {
        assert_eq!("#1a73e8".parse(), Ok(Rgb([0x1a, 0x73, 0xe8])));
        assert_eq!("fa0".parse(), Ok(Rgb([0xff, 0xaa, 0x00])));
        assert_eq!(Rgb([1, 2, 255]).to_string(), "#0102ff");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "#12", "#12345g", "red", "#1234567", "#é1"] {
            assert!(text.parse::<Rgb>().is_err(), "{text}");
        }
    }
}
