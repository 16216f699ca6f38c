//! Index separation: the art as square dots of one size, each of exactly one ink. It needs no
//! screen angles and cannot show moiré; colours between the inks are mixed by error diffusion
//! (Floyd and Steinberg, 1976).

use super::area::Area;
use super::dots::Dots;
use super::edit::{Inks, Printed};
use super::knockout::Cell;
use super::options::SeparateOptions;
use super::plate::{self, Plate};
use super::scan::Scan;
use super::sheet::Sheet;
use super::tones::over;
use super::underbase;
use crate::artwork::Artwork;
use crate::color::{Rgb, light};
use crate::error::{Error, Result};
use crate::export::render;
use crate::limits::{MAX_PIXELS, MAX_SIDE_PX};
use crate::raster::Raster;

/// Neighbours on both sides of an edge differ by more than this in some channel.
const EDGE_STEP: u8 = 40;

/// The plates of `artwork` as dots, white under the others first. `cells` are what is visible of
/// the art: the white stays inside of what prints.
pub(super) fn plates(
    artwork: &Artwork,
    sheet: &Sheet,
    cells: &[Cell],
    inks: Inks,
    options: &SeparateOptions,
) -> Result<Vec<Plate>> {
    let dots = |mm: f64| (mm / 25.4 * f64::from(options.index_dpi)).round().max(1.0) as u32;
    let (width_px, height_px) = (dots(sheet.trim.width()), dots(sheet.trim.height()));
    let pixels = u64::from(width_px) * u64::from(height_px);
    if width_px.max(height_px) > MAX_SIDE_PX || pixels > MAX_PIXELS {
        return Err(Error::FilmTooLarge { width_px, height_px });
    }
    let picture = render(artwork, width_px, height_px)?;
    let empty = Dots::new(sheet.trim, width_px as usize, height_px as usize);
    let (printed, base) = diffused(&picture, &inks, &empty, options.substrate);
    let mut plates: Vec<Plate> = inks
        .inks
        .into_iter()
        .zip(printed)
        .filter(|(_, dots)| dots.count() > 0)
        .map(|(ink, dots)| Plate { dots: Some(dots), ..plate::of_ink(ink, Vec::new(), options) })
        .collect();
    if options.has_underbase() {
        let inked = plates.iter().filter_map(|plate| plate.dots.as_ref());
        let inked = inked.fold(empty.clone(), |all, dots| all.or(dots));
        // White that nothing else is printed on shows itself and keeps its edge.
        let base = base.without(&inked).or(&base.and(&inside(cells, &empty, options)));
        let plate = underbase::base_plate(Vec::new(), options);
        plates.insert(0, Plate { dots: Some(base), ..plate });
    }
    Ok(plates)
}

/// The dots whose middles lie inside the printed art by the choke.
fn inside(cells: &[Cell], grid: &Dots, options: &SeparateOptions) -> Dots {
    let printed = cells.iter().filter(|cell| cell.printed != Printed::default());
    let art = Area::union_all(printed.map(|cell| &cell.area)).choked(options.choke_mm());
    let mut scan = Scan::new(&art, grid.at.origin(), grid.width as f64 / grid.at.width());
    let mut inside = grid.clone();
    for y in 0..grid.height {
        for (from, to) in scan.runs(y as u32, grid.width as u32) {
            (from..to).for_each(|x| inside.print(x, y));
        }
    }
    inside
}

/// The dots of each of `inks`, and those that get white under them.
fn diffused(picture: &Raster, inks: &Inks, empty: &Dots, substrate: Rgb) -> (Vec<Dots>, Dots) {
    let (mut plates, mut base) = (vec![empty.clone(); inks.inks.len()], empty.clone());
    let Some(tones) = inks.tones() else { return (plates, base) };
    let width = empty.width;
    let mut diffusion = Diffusion::new(width);
    for y in 0..empty.height {
        // There and back, or errors would pile up on one side.
        let backwards = y % 2 == 1;
        for step in 0..width {
            let x = if backwards { width - 1 - step } else { step };
            let pixel = picture.pixels()[y * width + x];
            if pixel[3] == 0 {
                continue;
            }
            let asked = light(over(pixel, substrate));
            // The dots of an edge take one side's colour whole, so that edges stay clean.
            let is_edge = on_edge(picture, x, y);
            let target = if is_edge { asked } else { diffusion.with_errors(x, asked) };
            let (shown, mixed) = tones.nearest(target);
            if !is_edge {
                diffusion.pass_on(x, target, shown, backwards);
            }
            let printed = inks.edited(&mixed);
            for (ink, _) in &printed.inks {
                plates[*ink].print(x, y);
            }
            if printed.base > 0.5 {
                base.print(x, y);
            }
        }
        diffusion.next_row();
    }
    (plates, base)
}

/// Whether a pixel lies between two others that differ.
fn on_edge(picture: &Raster, x: usize, y: usize) -> bool {
    let (width, height) = (picture.width_px() as usize, picture.height_px() as usize);
    let at = |x: usize, y: usize| picture.pixels()[y * width + x];
    let differ = |a: [u8; 4], b: [u8; 4]| a.iter().zip(b).any(|(a, b)| a.abs_diff(b) > EDGE_STEP);
    (x > 0 && x + 1 < width && differ(at(x - 1, y), at(x + 1, y)))
        || (y > 0 && y + 1 < height && differ(at(x, y - 1), at(x, y + 1)))
}

/// What dots so far owe to those that follow, in light; for this row and the next.
struct Diffusion {
    this: Vec<[f64; 3]>,
    next: Vec<[f64; 3]>,
}

impl Diffusion {
    /// With a column on either side that nobody reads.
    fn new(width: usize) -> Self {
        Self { this: vec![[0.0; 3]; width + 2], next: vec![[0.0; 3]; width + 2] }
    }

    fn with_errors(&self, x: usize, asked: [f64; 3]) -> [f64; 3] {
        let error = self.this[x + 1];
        // Debts for colours that no ink can print would grow without end.
        [0, 1, 2].map(|i| (asked[i] + error[i]).clamp(-0.2, 1.2))
    }

    fn pass_on(&mut self, x: usize, target: [f64; 3], shown: [f64; 3], backwards: bool) {
        let at = x + 1;
        let (ahead, behind) = if backwards { (at - 1, at + 1) } else { (at + 1, at - 1) };
        for i in 0..3 {
            let error = target[i] - shown[i];
            self.this[ahead][i] += error * 7.0 / 16.0;
            self.next[behind][i] += error * 3.0 / 16.0;
            self.next[at][i] += error * 5.0 / 16.0;
            self.next[ahead][i] += error / 16.0;
        }
    }

    fn next_row(&mut self) {
        std::mem::swap(&mut self.this, &mut self.next);
        self.next.fill([0.0; 3]);
    }
}
