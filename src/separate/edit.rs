//! Edits to inks, made before anything is separated: names, merges, tints, drops, order.
//!
//! People refer to an ink by its name in the artwork (`#e2231a` until somebody names it) or by the
//! name that it is given here; letter case and outer spaces do not matter.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::mixing::{Mixed, Mixing};
use super::options::{Method, SeparateOptions, Underbase};
use crate::artwork::Artwork;
use crate::color::{Oklab, Rgb, luminance};
use crate::error::{Error, Result};
use crate::limits::MAX_PLATES;
use crate::options::{Kind, Value};
use crate::order;

/// Names of inks, separated by semicolons in text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names(pub Vec<String>);

/// Old and new names: `old=new; old=new`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Renames(pub Vec<(String, String)>);

/// One ink that is printed with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The ink that goes away.
    pub from: String,
    /// The ink that prints in its place.
    pub into: String,
    /// How much of it, 0 to 100.
    pub tint_percent: f64,
}

/// Merges: `from>into; from>into@40`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merges(pub Vec<Merge>);

/// The parts of a list in text.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// Gives a list type its text form, for options and for serde.
macro_rules! listed {
    ($name:ident, $parse:expr, $show:expr) => {
        impl Value for $name {
            fn kind(_: Option<(f64, f64)>) -> Kind {
                Kind::Text
            }
            fn parse(text: &str) -> Result<Self, String> {
                items(text).map($parse).collect::<Result<_, String>>().map(Self)
            }
            fn show(&self) -> String {
                self.0.iter().map($show).collect::<Vec<String>>().join("; ")
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.show())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(super) use listed;

listed!(Names, |item| Ok(item.to_owned()), Clone::clone);
listed!(
    Renames,
    |item| {
        let (old, new) = item.split_once('=').ok_or("old=new; old=new")?;
        Ok((old.trim().to_owned(), new.trim().to_owned()))
    },
    |(old, new)| format!("{old}={new}")
);
listed!(
    Merges,
    |item| {
        let expected = "from>into; from>into@40";
        let (from, rest) = item.split_once('>').ok_or(expected)?;
        let (into, tint) = rest.rsplit_once('@').unwrap_or((rest, "100"));
        let tint_percent: f64 =
            tint.trim().trim_end_matches('%').parse().map_err(|_| expected.to_owned())?;
        if !(tint_percent > 0.0 && tint_percent <= 100.0) {
            return Err("tints above 0 and at most 100".into());
        }
        Ok(Merge { from: from.trim().to_owned(), into: into.trim().to_owned(), tint_percent })
    },
    |merge| format!("{}>{}@{}", merge.from, merge.into, merge.tint_percent)
);

/// An ink on press.
#[derive(Clone, Debug, PartialEq)]
pub struct PressInk {
    /// Its name.
    pub name: String,
    /// Its colour on screen.
    pub rgb: Rgb,
    /// The angle of its dots, where the method has one of its own.
    pub angle_deg: Option<f64>,
}

/// What prints somewhere: inks and how much of each, 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    /// Which of [`Inks::inks`], each at most once.
    pub inks: Vec<(usize, f64)>,
    /// How much white under them, where white is printed in tints.
    pub base: f64,
}

impl Printed {
    /// The same at a share of its tints.
    #[must_use]
    pub fn lighter(&self, share: f64) -> Self {
        Self {
            inks: self.inks.iter().map(|(ink, tint)| (*ink, tint * share)).collect(),
            base: self.base * share,
        }
    }
}

/// The inks on press in printing order, and what becomes of colours.
#[derive(Clone, Debug, PartialEq)]
pub struct Inks {
    /// In printing order.
    pub inks: Vec<PressInk>,
    /// The method's own, before any edit.
    pub own: Vec<PressInk>,
    /// How colours become the method's own inks.
    mixing: Mixing,
    /// What prints for each of the method's own inks: which of `inks`, and 0 to 1 of it.
    into: Vec<Option<(usize, f64)>>,
    /// Whether white goes under each of the method's own inks.
    based: Vec<bool>,
}

impl Inks {
    /// The inks of the method, with the edits in `options` applied to them.
    pub fn new(artwork: &Artwork, options: &SeparateOptions) -> Result<Self> {
        let (own, mixing) = Mixing::new(artwork, options)?;
        let named: Vec<PressInk> = own
            .iter()
            .map(|ink| {
                let new = options.rename.0.iter().find(|(old, _)| same_name(old, &ink.name));
                let name = new.map_or(&ink.name, |(_, new)| new).trim().to_owned();
                PressInk { name, ..ink.clone() }
            })
            .collect();
        let find = |name: &str| {
            (0..named.len())
                .find(|i| same_name(name, &named[*i].name))
                .or_else(|| own.iter().position(|ink| same_name(name, &ink.name)))
                .ok_or_else(|| Error::UnknownInk { name: name.into() })
        };
        for (old, new) in &options.rename.0 {
            find(old)?;
            check_name(new)?;
        }
        // What prints for each ink, in terms of the method's own.
        let mut into: Vec<Option<(usize, f64)>> =
            (0..named.len()).map(|i| Some((i, 1.0))).collect();
        for merge in &options.merge.0 {
            let (from, to) = (find(&merge.from)?, find(&merge.into)?);
            if options.method == Method::Index && merge.tint_percent < 100.0 {
                return Err(Error::Option {
                    name: "merge".into(),
                    value: options.merge.show(),
                    expected: "merges without tints, which the squares of an index cannot print"
                        .into(),
                });
            }
            let Some((target, share)) = into[to] else { continue };
            let moved = share * merge.tint_percent / 100.0;
            for print in &mut into {
                if let Some((ink, tint)) = print
                    && *ink == from
                {
                    *print = Some((target, *tint * moved));
                }
            }
        }
        for name in &options.drop.0 {
            into[find(name)?] = None;
        }
        if options.method == Method::Spot && options.knock_out_substrate {
            for (print, ink) in into.iter_mut().zip(&named) {
                if is_like(ink.rgb, options.substrate) {
                    *print = None;
                }
            }
        }
        let mut kept: Vec<usize> = into.iter().flatten().map(|(ink, _)| *ink).collect();
        kept.sort_unstable();
        kept.dedup();
        if kept.is_empty() {
            return Err(Error::NoInks);
        }
        if kept.len() > MAX_PLATES {
            return Err(Error::TooManyInks { count: kept.len(), limit: MAX_PLATES });
        }
        for (at, i) in kept.iter().enumerate() {
            if kept[..at].iter().any(|j| same_name(&named[*i].name, &named[*j].name)) {
                return Err(Error::DuplicateInk { name: named[*i].name.clone() });
            }
        }
        let mut rank = vec![usize::MAX; named.len()];
        for (place, name) in options.order.0.iter().enumerate() {
            rank[find(name)?] = place;
        }
        // Light before dark; process inks as they are.
        let by_light = |i: usize| match options.method {
            Method::Process => 0,
            _ => lightness(named[i].rgb),
        };
        // White on top of an underbase comes last, unless an order is asked for.
        let is_last = |i: usize| options.order.0.is_empty() && options.is_highlight(named[i].rgb);
        order::by_key(&mut kept, |i| !u64::from(by_light(*i)));
        order::by_key(&mut kept, |i| u64::from(is_last(*i)));
        order::by_key(&mut kept, |i| rank[*i] as u64);
        let place = |ink: usize| kept.iter().position(|k| *k == ink);
        let based = into
            .iter()
            .map(|print| {
                print.is_some_and(|(ink, _)| options.gets_base(&named[ink].name, named[ink].rgb))
            })
            .collect();
        let into = into
            .iter()
            .map(|print| print.and_then(|(ink, tint)| Some((place(ink)?, tint))))
            .collect();
        let inks = kept.iter().map(|i| named[*i].clone()).collect();
        Ok(Self { inks, own, mixing, into, based })
    }

    /// What prints for one of the artwork's inks.
    pub(super) fn for_ink(&self, ink: usize, rgb: Rgb) -> Printed {
        match self.mixing {
            Mixing::Spot => self.edited(&Mixed { inks: vec![(ink, 1.0)], bare: 0.0 }),
            _ => self.for_color(rgb),
        }
    }

    /// What prints for a colour that is no ink of the artwork, such as one inside a gradient.
    pub(super) fn for_color(&self, rgb: Rgb) -> Printed {
        self.edited(&self.mixing.mixed(rgb))
    }

    /// How colours mix, where a few inks were chosen for them.
    pub(super) fn tones(&self) -> Option<&super::tones::Tones> {
        match &self.mixing {
            Mixing::Tones(tones) => Some(tones),
            Mixing::Spot | Mixing::Process(_) => None,
        }
    }

    /// What prints once the edits are applied.
    pub(super) fn edited(&self, mixed: &Mixed) -> Printed {
        let mut inks: Vec<(usize, f64)> = Vec::new();
        let (mut dropped, mut covering) = (0.0, 0.0);
        for (own, share) in &mixed.inks {
            let Some((ink, tint)) = self.into[*own] else {
                dropped += share;
                continue;
            };
            if !self.based[*own] {
                covering += share;
            }
            match inks.iter_mut().find(|(other, _)| *other == ink) {
                Some((_, sum)) => *sum = (*sum + share * tint).min(1.0),
                None => inks.push((ink, share * tint)),
            }
        }
        Printed { inks, base: (1.0 - mixed.bare - dropped - covering).max(0.0) }
    }

    /// The tints that show these shares on screens of one angle, where dots lie on dots: what is
    /// printed earlier reaches as far as all that follows on top of it, and the base shows as white
    /// beside the dots.
    pub(super) fn nested(&self, shares: &Printed, options: &SeparateOptions) -> Printed {
        let mut inks = shares.inks.clone();
        if inks.len() > 1 {
            inks.retain(|(ink, _)| !options.is_highlight(self.inks[*ink].rgb));
        }
        order::by_key(&mut inks, |(ink, _)| *ink as u64);
        let (mut reach, mut covering) = (0.0, 0.0);
        for (ink, tint) in inks.iter_mut().rev() {
            let PressInk { name, rgb, .. } = &self.inks[*ink];
            if !options.gets_base(name, *rgb) {
                covering += *tint;
            }
            reach = f64::min(reach + *tint, 1.0);
            *tint = reach;
        }
        let base = if shares.base > 0.0 { f64::min(shares.base + covering, 1.0) } else { 0.0 };
        Printed { inks, base }
    }

    /// Most plates that there can be: every ink and an underbase.
    pub fn plates_at_most(&self) -> usize {
        self.inks.len() + 1
    }
}

impl SeparateOptions {
    /// Whether the substrate is so light that inks need no white under them.
    pub fn prints_on_light(&self) -> bool {
        luminance(self.substrate) >= 0.6
    }

    /// Whether there is an underbase.
    pub fn has_underbase(&self) -> bool {
        match self.underbase {
            Underbase::Auto => !self.prints_on_light(),
            Underbase::On => true,
            Underbase::Off => false,
        }
    }

    /// Whether an ink is white that is printed once more on an underbase.
    pub(super) fn is_highlight(&self, rgb: Rgb) -> bool {
        self.highlight_white && self.has_underbase() && is_white(rgb)
    }

    /// Whether white goes under this ink, if there is an underbase.
    pub(super) fn gets_base(&self, name: &str, rgb: Rgb) -> bool {
        if self.underbase_except.0.is_empty() {
            // Black covers by itself (impressionsmagazine.com).
            lightness(rgb) >= 10
        } else {
            !self.underbase_except.0.iter().any(|other| same_name(other, name))
        }
    }
}

/// Whether two names mean one ink.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let mut words = (a.split_whitespace(), b.split_whitespace());
    loop {
        match (words.0.next(), words.1.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.to_lowercase() == b.to_lowercase() => {}
            _ => return false,
        }
    }
}

/// PDF keeps `All` and `None` to itself (ISO 32000-1, 8.6.6.4), and its names are 127 bytes long.
fn check_name(name: &str) -> Result<()> {
    let expected = if name.is_empty() || name.len() > 127 {
        "a name of 1 to 127 bytes"
    } else if ["All", "None"].contains(&name) {
        "a name other than All and None, which PDF keeps for itself"
    } else if name.chars().any(char::is_control) {
        "a name without control characters"
    } else {
        return Ok(());
    };
    Err(Error::Option { name: "rename".into(), value: name.into(), expected: expected.into() })
}

/// Whether two colours would be called the same.
pub(super) fn is_like(a: Rgb, b: Rgb) -> bool {
    Oklab::from(a).distance(Oklab::from(b)) < 0.04
}

/// Whether a colour prints as the white of an underbase.
pub(super) fn is_white(rgb: Rgb) -> bool {
    is_like(rgb, Rgb::WHITE)
}

/// How light a colour is, in thousandths: what decides which of two inks is printed first.
pub(super) fn lightness(rgb: Rgb) -> u32 {
    (luminance(rgb) * 1000.0).round() as u32
}
