//! Inks as a printer orders them: names, and amounts of process colours.

use serde::{Deserialize, Serialize};

use crate::artwork::{Artwork, Ink};
use crate::color::{Cmyk, Rgb, suggested_name};
use crate::error::{Error, Result};
use crate::options::{Kind, Value};

/// An ink of the artwork, ready for print.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintInk {
    /// Its name, unique among the artwork's inks.
    pub name: String,
    /// Its colour on screen.
    pub rgb: Rgb,
    /// Its mixture of process colours.
    pub cmyk: Cmyk,
    /// Whether somebody chose the name; else it is only a suggestion.
    pub named: bool,
}

impl PrintInk {
    /// Whether a separation of its own prints it. Bare paper and process black need none.
    pub fn is_spot(&self) -> bool {
        self.named || ![Cmyk([0; 4]), Cmyk([0, 0, 0, 100])].contains(&self.cmyk)
    }
}

/// What somebody says about an ink: `#e4002b=PANTONE 485 C 0/95/100/0`, the mixture optional.
#[derive(Clone, Debug, PartialEq)]
pub struct InkName {
    /// Which ink.
    pub rgb: Rgb,
    /// What to call it; empty for a suggestion.
    pub name: String,
    /// What to mix it from; `None` for what the colour profile says.
    pub cmyk: Option<Cmyk>,
}

/// What somebody says about some inks, in text separated by semicolons.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InkNames(pub Vec<InkName>);

impl Value for InkNames {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Text
    }

    fn parse(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "inks such as #e4002b=Brand Red 0/95/80/0; #002f87=PANTONE 286 C";
        let entries = text.split(';').map(str::trim).filter(|entry| !entry.is_empty());
        let inks = entries.map(|entry| {
            let (rgb, words) = entry.split_once('=')?;
            let (name, mixture) = match words.trim().rsplit_once(' ') {
                Some((name, last)) if last.contains('/') => (name, Some(last)),
                None if words.contains('/') => ("", Some(words)),
                _ => (words, None),
            };
            let cmyk = mixture.map(|text| text.parse().ok()).map_or(Some(None), |c| c.map(Some))?;
            Some(InkName { rgb: rgb.parse().ok()?, name: written(name), cmyk })
        });
        inks.collect::<Option<_>>().map(Self).ok_or_else(|| EXPECTED.into())
    }

    fn show(&self) -> String {
        let entries = self.0.iter().map(|ink| {
            let words = [ink.name.clone(), ink.cmyk.map(|c| c.to_string()).unwrap_or_default()];
            format!("{}={}", ink.rgb, words.join(" ").trim())
        });
        entries.collect::<Vec<_>>().join("; ")
    }
}

impl TryFrom<String> for InkNames {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<InkNames> for String {
    fn from(names: InkNames) -> Self {
        names.show()
    }
}

/// The artwork's inks in its order, each with the name that somebody gave it, the one that came with
/// the file, or a suggestion. `limit_percent` is the most ink that may lie on one spot.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{export::{InkNames, print_inks}, options::Value as _};
///
/// let names = InkNames::parse("#c8102e=Brand Red").unwrap_or_default();
/// let inks = print_inks(&artwork, &names, 300)?;
/// assert_eq!(inks[0].name, "Brand Red");
/// assert!(inks[0].is_spot());
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn print_inks(
    artwork: &Artwork,
    names: &InkNames,
    limit_percent: u32,
) -> Result<Vec<PrintInk>> {
    let mut inks: Vec<PrintInk> = Vec::with_capacity(artwork.inks.len());
    for ink in &artwork.inks {
        let said = names.0.iter().find(|said| said.rgb == ink.rgb);
        let (mut name, named) = name(ink, said);
        let taken = |name: &str, inks: &[PrintInk]| inks.iter().any(|ink| same(&ink.name, name));
        if taken(&name, &inks) {
            if named {
                return Err(Error::Option {
                    name: "ink_names".into(),
                    value: name,
                    expected: "another name for every ink".into(),
                });
            }
            let stem = name;
            let mut numbered = (2..).map(|n| format!("{stem} {n}"));
            name = numbered.find(|name| !taken(name, &inks)).unwrap_or_default();
        }
        let cmyk = said.and_then(|said| said.cmyk).unwrap_or_else(|| ink.rgb.into());
        inks.push(PrintInk { name, rgb: ink.rgb, cmyk: cmyk.limited(limit_percent), named });
    }
    Ok(inks)
}

fn name(ink: &Ink, said: Option<&InkName>) -> (String, bool) {
    match said {
        Some(said) if !said.name.is_empty() => (said.name.clone(), true),
        _ => match ink.own_name() {
            Some(name) => (name.into(), true),
            None => (suggested_name(ink.rgb).into(), false),
        },
    }
}

/// A name as printers' programs know it: single spaces, and Pantone's names in their own spelling,
/// `PANTONE 286 C` for `pantone 286c` or `PMS 286-C`.
fn written(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_maker = |word: &&str| ["pantone", "pms"].contains(&word.to_lowercase().as_str());
    let Some((_, rest)) =
        words.split_first().filter(|(first, rest)| is_maker(first) && !rest.is_empty())
    else {
        return words.join(" ");
    };
    let mut out = String::from("PANTONE");
    for word in rest {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        let (number, letters) = (word[..word.len() - letters.len()].trim_end_matches('-'), letters);
        for part in [number, letters].into_iter().filter(|part| !part.is_empty()) {
            out.push(' ');
            out.push_str(&spelled(part));
        }
    }
    out
}

/// The kinds of paper and cloth that Pantone's names end in, in capitals; other words with a capital
/// letter.
fn spelled(word: &str) -> String {
    const ENDINGS: [&str; 12] =
        ["C", "U", "M", "CP", "UP", "XGC", "TC", "TCX", "TP", "TPG", "TPX", "TPM"];
    let upper = word.to_uppercase();
    if ENDINGS.contains(&upper.as_str()) {
        return upper;
    }
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// Printers' programs take names for one ink that differ in case or spacing only.
fn same(a: &str, b: &str) -> bool {
    let letters = |name: &str| {
        name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artwork(colors: &[Rgb]) -> Artwork {
        let mut artwork = Artwork::new(10.0, 10.0);
        for rgb in colors {
            artwork.ink(*rgb);
        }
        artwork
    }

    #[test]
    fn names_read_back() {
        let text = "#e4002b=PANTONE 485 C 0/95/100/0; #002f87=Deep Blue; #000000=60/40/40/100";
        let names = InkNames::parse(text).unwrap();
        assert_eq!(names.0[0].cmyk, Some(Cmyk([0, 95, 100, 0])));
        assert_eq!((names.0[1].name.as_str(), names.0[2].name.as_str()), ("Deep Blue", ""));
        assert_eq!(InkNames::parse(&names.show()).unwrap(), names);
        for text in ["Deep Blue", "#12=x", "#002f87=Blue 1/2/3"] {
            assert!(InkNames::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn pantone_names_are_spelled_as_theirs() {
        for (typed, expected) in [
            ("pantone 286c", "PANTONE 286 C"),
            ("PMS  286-C", "PANTONE 286 C"),
            ("Pantone reflex blue u", "PANTONE Reflex Blue U"),
            ("pantone 19-4052 tcx", "PANTONE 19-4052 TCX"),
            ("Pantone 7406", "PANTONE 7406"),
            ("pantone", "pantone"),
            ("  deep   Blue ", "deep Blue"),
        ] {
            assert_eq!(written(typed), expected, "{typed}");
        }
    }

    #[test]
    fn suggestions_are_unique_and_mistakes_refused() {
        let (red, nearly) = (Rgb([228, 0, 43]), Rgb([227, 0, 43]));
        let inks = print_inks(&artwork(&[red, nearly]), &InkNames::default(), 300).unwrap();
        assert_eq!(inks[1].name, format!("{} 2", inks[0].name));
        let twice = InkNames::parse("#e4002b=PANTONE 485 C; #e3002b=Pantone 485C").unwrap();
        assert!(print_inks(&artwork(&[red, nearly]), &twice, 300).is_err());
    }

    #[test]
    fn paper_and_black_need_no_plate_of_their_own() {
        let colors = [Rgb::WHITE, Rgb::BLACK, Rgb([0, 47, 135])];
        let inks = print_inks(&artwork(&colors), &InkNames::default(), 300).unwrap();
        assert_eq!(inks.iter().map(PrintInk::is_spot).collect::<Vec<_>>(), [false, false, true]);
    }
}
