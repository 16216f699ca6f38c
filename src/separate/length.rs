//! Lengths that people write in the unit of their trade: `250`, `10in`, `0.5pt`, `3mm`.

use serde::{Deserialize, Serialize};

use crate::options::{Kind, Value};

/// Points in a millimetre; 72 points are one inch.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

/// A length in mm. As text it may carry one of the units mm, cm, in and pt.
///
/// ```
/// use logopress::{options::Value as _, separate::Mm};
///
/// assert_eq!(Mm::parse("2in"), Ok(Mm(50.8)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mm(pub f64);

impl Value for Mm {
    fn kind(range: Option<(f64, f64)>) -> Kind {
        f64::kind(range)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let unit_at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (number, unit) = text.split_at(unit_at);
        let mm_per_unit = match unit {
            "" | "mm" => 1.0,
            "cm" => 10.0,
            "in" => 25.4,
            "pt" => 1.0 / PT_PER_MM,
            _ => return Err("a length in mm, cm, in or pt".into()),
        };
        let number: f64 = number.trim().parse().map_err(|_| "a length such as 250 or 10in")?;
        Ok(Self(number * mm_per_unit))
    }

    fn show(&self) -> String {
        self.0.to_string()
    }

    fn number(&self) -> Option<f64> {
        Some(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_become_mm() {
        for (text, mm) in [("250", 250.0), ("10in", 254.0), ("72 pt", 25.4), (" 2.5cm ", 25.0)] {
            assert!((Mm::parse(text).unwrap().0 - mm).abs() < 1e-9, "{text}");
        }
        for text in ["", "ten", "3 furlongs", "mm"] {
            assert!(Mm::parse(text).is_err(), "{text}");
        }
    }
}
