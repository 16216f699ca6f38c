//! How options are declared. Each is written down once, with its documentation, default and range;
//! the command line and JavaScript ask for the list ([`Spec`]) instead of repeating it.
//!
//! A name ends in its unit where it has one: `_px`, `_px2`, `_mm`, `_pt`, `_deg`, `_percent`.

use serde::Serialize;

use crate::color::Rgb;
use crate::error::{Error, Result};

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Kind {
    /// A number between two bounds, both included.
    Number {
        /// Least value.
        min: f64,
        /// Greatest value.
        max: f64,
        /// Whether only whole numbers are allowed.
        integer: bool,
    },
    /// On or off.
    Flag,
    /// One of several words, each with what it means.
    Choice {
        /// The words and their meanings.
        choices: Vec<Choice>,
    },
    /// Free text.
    Text,
    /// An sRGB colour, `#rrggbb`.
    Color,
    /// Any number of sRGB colours, separated by commas in text.
    Colors,
}

/// One word of a [`Kind::Choice`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// The word.
    pub value: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// What there is to know about one option.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spec {
    /// Its name, the same in Rust, JavaScript and (with dashes) on the command line.
    pub name: &'static str,
    /// What it does.
    pub doc: String,
    /// What it may be.
    pub kind: Kind,
    /// Whether it may be left empty.
    pub optional: bool,
    /// Its default, as text that [`Value::parse`] reads back; empty where there is none.
    pub default: String,
}

/// A struct of options that can list and check itself; made by `options!`.
///
/// ```
/// use logopress::{TraceOptions, options::Options as _};
///
/// for option in TraceOptions::specs() {
///     println!("{} {}: {}", option.name, option.default, option.doc);
/// }
/// ```
pub trait Options {
    /// What each option is, in order of declaration.
    fn specs() -> Vec<Spec>
    where
        Self: Sized;
    /// [`specs`](Options::specs), for those who handle structs of several types alike.
    fn own_specs(&self) -> Vec<Spec>;
    /// Sets one option from text.
    fn set(&mut self, name: &str, text: &str) -> Result<()>;
    /// Checks every value against its range.
    fn check(&self) -> Result<()>;
}

/// A type that an option's value may have.
///
/// ```
/// use logopress::{Rgb, options::Value as _};
///
/// assert_eq!(Rgb::parse("#fff"), Ok(Rgb::WHITE));
/// ```
pub trait Value: Sized {
    /// What it may be, given the range that the declaration states.
    fn kind(range: Option<(f64, f64)>) -> Kind;
    /// Reads it from text; the error says what was expected.
    fn parse(text: &str) -> Result<Self, String>;
    /// The text that [`Value::parse`] reads back.
    fn show(&self) -> String;
    /// The value as a number, where it is one, for the range check.
    fn number(&self) -> Option<f64> {
        None
    }
    /// Whether it may be left empty.
    const OPTIONAL: bool = false;
}

/// Words for "no value": what an optional option shows and reads.
const NONE: &str = "";

impl Value for f64 {
    fn kind(range: Option<(f64, f64)>) -> Kind {
        let (min, max) = range.unwrap_or((f64::MIN, f64::MAX));
        Kind::Number { min, max, integer: false }
    }
    fn parse(text: &str) -> Result<Self, String> {
        text.trim().parse().map_err(|_| "a number".into())
    }
    fn show(&self) -> String {
        self.to_string()
    }
    fn number(&self) -> Option<f64> {
        Some(*self)
    }
}

impl Value for u32 {
    fn kind(range: Option<(f64, f64)>) -> Kind {
        let (min, max) = range.unwrap_or((0.0, f64::from(u32::MAX)));
        Kind::Number { min, max, integer: true }
    }
    fn parse(text: &str) -> Result<Self, String> {
        text.trim().parse().map_err(|_| "a whole number".into())
    }
    fn show(&self) -> String {
        self.to_string()
    }
    fn number(&self) -> Option<f64> {
        Some(f64::from(*self))
    }
}

impl Value for bool {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Flag
    }
    fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "" | "true" | "on" | "yes" | "1" => Ok(true),
            "false" | "off" | "no" | "0" => Ok(false),
            _ => Err("on or off".into()),
        }
    }
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for String {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Text
    }
    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.into())
    }
    fn show(&self) -> String {
        self.clone()
    }
}

impl Value for Rgb {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Color
    }
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(str::to_owned)
    }
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for Vec<Rgb> {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Colors
    }
    fn parse(text: &str) -> Result<Self, String> {
        text.split(',').filter(|part| !part.trim().is_empty()).map(Rgb::parse).collect()
    }
    fn show(&self) -> String {
        self.iter().map(Rgb::to_string).collect::<Vec<_>>().join(",")
    }
}

impl<T: Value> Value for Option<T> {
    fn kind(range: Option<(f64, f64)>) -> Kind {
        T::kind(range)
    }
    fn parse(text: &str) -> Result<Self, String> {
        if text.trim() == NONE { Ok(None) } else { T::parse(text).map(Some) }
    }
    fn show(&self) -> String {
        self.as_ref().map_or(NONE.into(), T::show)
    }
    fn number(&self) -> Option<f64> {
        self.as_ref().and_then(T::number)
    }
    const OPTIONAL: bool = true;
}

/// Checks a number against its range; used by `options!`.
pub fn check<T: Value>(name: &str, value: &T, range: Option<(f64, f64)>) -> Result<()> {
    let (Some(number), Some((min, max))) = (value.number(), range) else { return Ok(()) };
    // Written so that NaN fails.
    if number >= min && number <= max {
        return Ok(());
    }
    Err(Error::Option {
        name: name.into(),
        value: value.show(),
        expected: format!("a number from {min} to {max}"),
    })
}

/// Declares a struct of options: `field: Type = default, in min..=max;` with documentation.
macro_rules! options {
    ($(#[$meta:meta])* pub struct $name:ident {
        $( $(#[doc = $doc:literal])* $field:ident: $ty:ty = $default:expr $(, in $min:literal..=$max:literal)?; )*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $( $(#[doc = $doc])* pub $field: $ty, )*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $field: $default, )* }
            }
        }

        impl $crate::options::Options for $name {
            fn specs() -> Vec<$crate::options::Spec> {
                let default = Self::default();
                vec![ $( $crate::options::Spec {
                    name: stringify!($field),
                    doc: [$($doc.trim()),*].join(" "),
                    kind: <$ty as $crate::options::Value>::kind($crate::options::range!($($min, $max)?)),
                    optional: <$ty as $crate::options::Value>::OPTIONAL,
                    default: $crate::options::Value::show(&default.$field),
                }, )* ]
            }

            fn own_specs(&self) -> Vec<$crate::options::Spec> {
                Self::specs()
            }

            fn set(&mut self, name: &str, text: &str) -> $crate::Result<()> {
                match name {
                    $( stringify!($field) => {
                        self.$field = $crate::options::Value::parse(text).map_err(|expected| {
                            $crate::Error::Option { name: name.into(), value: text.into(), expected }
                        })?;
                        $crate::options::check(name, &self.$field, $crate::options::range!($($min, $max)?))
                    } )*
                    _ => Err($crate::Error::UnknownOption { name: name.into() }),
                }
            }

            fn check(&self) -> $crate::Result<()> {
                $( $crate::options::check(
                    stringify!($field), &self.$field, $crate::options::range!($($min, $max)?))?; )*
                Ok(())
            }
        }
    };
}

/// The range of an [`options!`] field, if it states one.
macro_rules! range {
    () => {
        None
    };
    ($min:literal, $max:literal) => {
        Some((f64::from($min), f64::from($max)))
    };
}

/// Declares an enum whose variants are words that a person may write: `Variant = "word"`.
macro_rules! choices {
    ($(#[$meta:meta])* pub enum $name:ident {
        $( $(#[doc = $doc:literal])* $variant:ident = $word:literal, )*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[doc = $doc])* #[serde(rename = $word)] $variant, )*
        }

        impl $name {
            /// The word for it.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl $crate::options::Value for $name {
            fn kind(_: Option<(f64, f64)>) -> $crate::options::Kind {
                $crate::options::Kind::Choice { choices: vec![
                    $( $crate::options::Choice { value: $word, doc: concat!($($doc),*).trim_ascii() }, )*
                ] }
            }
            fn parse(text: &str) -> Result<Self, String> {
                match text.trim() {
                    $( $word => Ok(Self::$variant), )*
                    _ => Err(format!("one of {}", [$($word),*].join(", "))),
                }
            }
            fn show(&self) -> String {
                self.word().into()
            }
        }
    };
}

pub(crate) use {choices, options, range};

#[cfg(test)]
mod tests {
    use super::*;

    choices! {
        /// Sizes.
        pub enum Size {
            /// Little.
            Small = "small",
            /// Much.
            Large = "large",
        }
    }

    options! {
        /// For the tests.
        pub struct Sample {
            /// How wide.
            width_mm: f64 = 2.5, in 0..=10;
            /// How many, or automatic.
            count: Option<u32> = None, in 1..=8;
            /// How big.
            size: Size = Size::Small;
        }
    }

    #[test]
    fn text_sets_values_and_ranges_hold() {
        let mut sample = Sample::default();
        sample.set("width_mm", "7").unwrap();
        sample.set("count", "3").unwrap();
        sample.set("size", "large").unwrap();
        assert_eq!(sample, Sample { width_mm: 7.0, count: Some(3), size: Size::Large });
        for (name, text) in [("width_mm", "11"), ("width_mm", "NaN"), ("count", "0"), ("size", "x")]
        {
            assert!(
                matches!(sample.clone().set(name, text), Err(Error::Option { .. })),
                "{name} {text}"
            );
        }
        assert!(matches!(sample.set("depth", "1"), Err(Error::UnknownOption { .. })));
    }

    #[test]
    fn defaults_read_back() {
        for spec in Sample::specs() {
            let mut sample = Sample::default();
            sample.set(spec.name, &spec.default).unwrap();
            assert_eq!(sample, Sample::default(), "{}", spec.name);
        }
    }
}
