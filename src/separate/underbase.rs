//! White under the inks, so that they keep their colour on a dark material.
//!
//! The base stays inside the art by the choke, but only along edges that face the bare material:
//! between two inks, and towards inks without a base, it runs through. White art that no highlight
//! plate prints is the base itself and keeps its edge.

use super::area::Area;
use super::check::Warning;
use super::edit::{is_white, lightness, same_name};
use super::options::SeparateOptions;
use super::plate::{Flat, Plate, Role};
use crate::color::Rgb;

/// The underbase of `plates`, if there is one, and whether parts of it vanished in the choke.
pub(super) fn underbase(
    plates: &[Plate],
    options: &SeparateOptions,
) -> (Option<Plate>, Option<Warning>) {
    if !options.has_underbase() {
        return (None, None);
    }
    let excepted = |plate: &&Plate| {
        let listed = options.underbase_except.0.iter().any(|name| same_name(name, &plate.name));
        // Black covers by itself (impressionsmagazine.com).
        listed || (options.underbase_except.0.is_empty() && lightness(plate.rgb) < 10)
    };
    let is_base = |plate: &&Plate| !options.highlight_white && is_white(plate.rgb);
    let area = |plates: Vec<&Plate>| {
        Area::union_all(plates.iter().flat_map(|plate| plate.flats.iter().map(|f| &f.area)))
    };
    let white = area(plates.iter().filter(is_base).collect());
    let based = area(plates.iter().filter(|p| !excepted(p) && !is_base(p)).collect());
    let art = area(plates.iter().collect());
    let choked = based.intersection(&art.grown(-options.choke_mm()));
    let lost: Vec<Area> =
        based.parts().filter(|part| part.intersection(&choked).is_empty()).collect();
    let base = choked.union(&white);
    if base.is_empty() {
        return (None, None);
    }
    let flats = vec![Flat { area: base, tint: 1.0 }];
    let plate = Plate::new("Underbase White".into(), Rgb::WHITE, Role::Underbase, flats, options);
    let warning = (!lost.is_empty()).then(|| Warning::underbase_lost(&lost, options.choke_mm()));
    (Some(plate), warning)
}

/// Puts the base before all other plates; white art that is part of it needs no plate of its own.
pub(super) fn insert(plates: &mut Vec<Plate>, base: Option<Plate>, options: &SeparateOptions) {
    let Some(base) = base else { return };
    if !options.highlight_white {
        plates.retain(|plate| lightness(plate.rgb) < 105);
    }
    plates.insert(0, base);
}
