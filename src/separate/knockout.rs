//! What is visible of each ink: later shapes knock out earlier ones.

use kurbo::Affine;

use super::area::Area;
use super::bands::bands;
use super::edit::{Inks, Printed};
use super::options::{Method, SeparateOptions};
use super::plate::Flat;
use crate::artwork::{Artwork, Paint, Shape};
use crate::error::{Error, Result};
use crate::limits::MAX_CORNERS;
use crate::order;
use crate::par;

/// Part of the art that prints the same everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where; cells do not overlap.
    pub area: Area,
    /// What prints there.
    pub printed: Printed,
}

/// What of the art is visible, as cells.
///
/// A translucent shape mixes with what is under it by tints: at 30 % opacity it prints as 30 % of
/// its ink, and what is under it as 70 % of its own.
pub fn visible(
    artwork: &Artwork,
    to_sheet: Affine,
    inks: &Inks,
    options: &SeparateOptions,
) -> Result<Vec<Cell>> {
    if options.method == Method::Spot && !artwork.gradients.is_empty() {
        return Err(Error::GradientsInSpots);
    }
    let shapes = &artwork.shapes;
    let whole: Vec<Area> =
        par::map(shapes.len(), |i| Area::from_path(&shapes[i].geometry.path(), to_sheet));
    let corners: usize = whole.iter().map(Area::corners).sum();
    if corners > MAX_CORNERS {
        return Err(Error::TooDetailed { corners, limit: MAX_CORNERS });
    }
    let seen = par::map(shapes.len(), |i| {
        let above = (i + 1..shapes.len()).filter(|j| is_opaque(artwork, &shapes[*j]));
        whole[i].difference_all(above.map(|j| &whole[j]))
    });
    let mut cells: Vec<Cell> = Vec::new();
    let mut lay = |area: Area, printed: Printed, opacity: f64, opaque: bool| {
        if opaque {
            cells.push(Cell { area, printed });
        } else {
            lay_over(&mut cells, &area, &printed, opacity);
        }
    };
    for (shape, area) in shapes.iter().zip(seen) {
        let opaque = is_opaque(artwork, shape);
        match shape.paint {
            Paint::Ink(ink) => {
                lay(area, inks.for_ink(ink, artwork.inks[ink].rgb), shape.opacity, opaque);
            }
            Paint::Gradient(gradient) => {
                for band in bands(&area, &artwork.gradients[gradient], to_sheet) {
                    let printed = inks.for_color(band.rgb);
                    lay(band.area, printed, shape.opacity * band.opacity, opaque);
                }
            }
        }
    }
    cells.retain(|cell| !cell.area.is_empty());
    Ok(cells)
}

fn is_opaque(artwork: &Artwork, shape: &Shape) -> bool {
    shape.opacity >= 1.0
        && match shape.paint {
            Paint::Ink(_) => true,
            Paint::Gradient(gradient) => {
                artwork.gradients[gradient].stops.iter().all(|stop| stop.opacity >= 1.0)
            }
        }
}

fn lay_over(cells: &mut Vec<Cell>, area: &Area, own: &Printed, opacity: f64) {
    let mut mixed = Vec::new();
    let bare = area.difference_all(cells.iter().map(|cell| &cell.area));
    for cell in cells.iter_mut() {
        let common = cell.area.intersection(area);
        if common.is_empty() {
            continue;
        }
        cell.area = cell.area.difference(area);
        let mut printed = cell.printed.lighter(1.0 - opacity);
        printed.base += own.base * opacity;
        for (ink, tint) in &own.inks {
            match printed.inks.iter_mut().find(|(other, _)| other == ink) {
                Some((_, sum)) => *sum += tint * opacity,
                None => printed.inks.push((*ink, tint * opacity)),
            }
        }
        mixed.push(Cell { area: common, printed });
    }
    cells.extend(mixed);
    cells.push(Cell { area: bare, printed: own.lighter(opacity) });
}

/// What one ink prints, tint by tint.
pub(super) fn flats_of(cells: &[Cell], ink: usize) -> Vec<Flat> {
    let mut by_tint: Vec<(u32, Vec<&Area>)> = Vec::new();
    for cell in cells {
        let Some((_, tint)) = cell.printed.inks.iter().find(|(other, _)| *other == ink) else {
            continue;
        };
        // In thousandths: no press tells more tints apart.
        let tint = (tint * 1000.0).round() as u32;
        if tint == 0 || cell.area.is_empty() {
            continue;
        }
        match by_tint.iter_mut().find(|(other, _)| *other == tint) {
            Some((_, areas)) => areas.push(&cell.area),
            None => by_tint.push((tint, vec![&cell.area])),
        }
    }
    order::by_key(&mut by_tint, |(tint, _)| !u64::from(*tint));
    by_tint
        .into_iter()
        .map(|(tint, areas)| Flat { area: Area::union_all(areas), tint: f64::from(tint) / 1000.0 })
        .filter(|flat| !flat.area.is_empty())
        .collect()
}
