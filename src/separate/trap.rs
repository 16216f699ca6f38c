//! Traps: where two inks meet, one spreads under the other, so that plates that are a little out of
//! place leave no gap.
//!
//! The trap of A under B is `grow(A, width) ∩ B`: it adds to A only what B covers, so the edge that
//! people see stays where it was.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::area::Area;
use super::edit::{items, lightness, listed, same_name};
use super::length::Mm;
use super::options::{SeparateOptions, Trapping};
use super::plate::{Flat, Plate, Role};
use crate::error::{Error, Result};
use crate::options::{Kind, Value};
use crate::par;

/// The trap of one pair of inks.
#[derive(Clone, Debug, PartialEq)]
pub struct TrapPair {
    /// The ink that spreads.
    pub spreads: String,
    /// The ink that it spreads under.
    pub under: String,
    /// How far.
    pub width: Mm,
}

/// Traps of single pairs: `A>B=0.5mm; C>D=0`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrapPairs(pub Vec<TrapPair>);

listed!(
    TrapPairs,
    |item| {
        let expected = "spreads>under=0.5mm; …";
        let (spreads, rest) = item.split_once('>').ok_or(expected)?;
        let (under, width) = rest.rsplit_once('=').ok_or(expected)?;
        let width = Mm::parse(width)?;
        if !(0.0..=5.0).contains(&width.0) {
            return Err("traps from 0 to 5 mm".into());
        }
        Ok(TrapPair { spreads: spreads.trim().into(), under: under.trim().into(), width })
    },
    |pair| format!("{}>{}={}", pair.spreads, pair.under, pair.width.show())
);

/// The plates' flats with their traps.
pub(super) fn trapped(plates: &[Plate], options: &SeparateOptions) -> Result<Vec<Vec<Flat>>> {
    for pair in &options.trap_pairs.0 {
        for name in [&pair.spreads, &pair.under] {
            if !plates.iter().any(|plate| same_name(name, &plate.name)) {
                return Err(Error::UnknownInk { name: name.clone() });
            }
        }
    }
    let areas: Vec<Area> = plates.iter().map(Plate::area).collect();
    Ok(par::map(plates.len(), |i| {
        let own = &areas[i];
        plates[i]
            .flats
            .iter()
            .map(|flat| {
                let mut traps = vec![flat.area.clone()];
                for j in (0..plates.len()).filter(|j| *j != i) {
                    let width_mm = width_mm(plates, i, j, options);
                    if width_mm > 0.0 {
                        let trap = flat.area.grown(width_mm).intersection(&areas[j]);
                        // Where both inks print already nothing is to be added.
                        traps.push(trap.difference(own));
                    }
                }
                Flat { area: Area::union_all(&traps), tint: flat.tint }
            })
            .collect()
    }))
}

/// How far plate `i` spreads under plate `j`.
fn width_mm(plates: &[Plate], i: usize, j: usize, options: &SeparateOptions) -> f64 {
    let names = |a: usize, b: usize| {
        options.trap_pairs.0.iter().find(|pair| {
            same_name(&pair.spreads, &plates[a].name) && same_name(&pair.under, &plates[b].name)
        })
    };
    if let Some(pair) = names(i, j) {
        return pair.width.0;
    }
    if names(j, i).is_some() {
        return 0.0;
    }
    // White that is printed last covers what is under it, however light it is.
    let rank = |plate: usize| {
        let covers = plates[plate].role == Role::Highlight;
        (!covers, lightness(plates[plate].rgb), std::cmp::Reverse(plate))
    };
    let spreads = match options.trapping {
        Trapping::LightUnderDark => rank(i) > rank(j),
        Trapping::EarlierUnderLater => i < j,
        Trapping::None => false,
    };
    if spreads { options.trap_mm() } else { 0.0 }
}
