//! White under the inks, so that they keep their colour on a dark material.
//!
//! The base stays inside the art by the choke, but only along edges that face the bare material:
//! between two inks, and towards inks without a base, it runs through. White art that no highlight
//! plate prints is the base itself and keeps its edge.

use super::area::Area;
use super::check::Warning;
use super::edit::{Printed, is_white, lightness};
use super::knockout::Cell;
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
    let is_base = |plate: &&Plate| !options.highlight_white && is_white(plate.rgb);
    let area = |plates: Vec<&Plate>| {
        Area::union_all(plates.iter().flat_map(|plate| plate.flats.iter().map(|f| &f.area)))
    };
    let white = area(plates.iter().filter(is_base).collect());
    let based =
        area(plates.iter().filter(|p| options.gets_base(&p.name, p.rgb) && !is_base(p)).collect());
    let art = area(plates.iter().collect());
    let choked = based.intersection(&art.choked(options.choke_mm()));
    let lost: Vec<Area> =
        based.parts().filter(|part| part.intersection(&choked).is_empty()).collect();
    let base = choked.union(&white);
    if base.is_empty() {
        return (None, None);
    }
    let flats = vec![Flat { area: base, tint: 1.0 }];
    let plate = base_plate(flats, options);
    let warning = (!lost.is_empty()).then(|| Warning::underbase_lost(&lost, options.choke_mm()));
    (Some(plate), warning)
}

/// The plate that prints the base.
pub(super) fn base_plate(flats: Vec<Flat>, options: &SeparateOptions) -> Plate {
    Plate::new("Underbase White".into(), Rgb::WHITE, Role::Underbase, flats, None, options)
}

/// Puts a base of tints under cells, as plate 0; the inks' plates follow it. As above it stays
/// inside the art, except where nothing else prints: white that the base itself shows.
pub(super) fn under_cells(cells: Vec<Cell>, options: &SeparateOptions) -> Vec<Cell> {
    let is_inked = |cell: &&Cell| cell.printed.base > 0.0 || !cell.printed.inks.is_empty();
    let inside = Area::union_all(cells.iter().filter(is_inked).map(|cell| &cell.area))
        .choked(options.choke_mm());
    let mut based = Vec::with_capacity(cells.len());
    for Cell { area, printed } in cells {
        let base = printed.base;
        let inks: Vec<(usize, f64)> = printed.inks.iter().map(|(i, tint)| (i + 1, *tint)).collect();
        let mut put = |area: Area, base: f64| {
            let white = (base > 0.0).then_some((0, base));
            let inks = white.into_iter().chain(inks.iter().copied()).collect();
            if !area.is_empty() {
                based.push(Cell { area, printed: Printed { inks, base: 0.0 } });
            }
        };
        if base > 0.0 && !printed.inks.is_empty() {
            put(area.difference(&inside), 0.0);
            put(area.intersection(&inside), base);
        } else {
            put(area, base);
        }
    }
    based
}

/// Puts the base before all other plates; white art that is part of it needs no plate of its own.
pub(super) fn insert(plates: &mut Vec<Plate>, base: Option<Plate>, options: &SeparateOptions) {
    let Some(base) = base else { return };
    if !options.highlight_white {
        plates.retain(|plate| lightness(plate.rgb) < 105);
    }
    plates.insert(0, base);
}
