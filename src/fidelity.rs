//! How far an artwork is off the picture that it was traced from.
//!
//! The artwork is rendered at the picture's size and compared pixel by pixel. Where two colours
//! meet, the difference over their contrast is the area, in px², that one picture covers and the
//! other does not; that area over the length of the boundary is how far the boundary is displaced.
//! A soft or noisy picture differs from any clean drawing: that counts too.

use serde::Serialize;

use crate::artwork::Artwork;
use crate::error::Result;
use crate::export::render_finely;
use crate::job::{Stage, Watch};
use crate::options::options;
use crate::par;
use crate::quantize::premultiplied;
use crate::raster::Raster;

options! {
    /// What a command says of its result.
    pub struct ReportOptions {
        /// Says how far the trace is off the picture, as a line of JSON on standard output.
        report: bool = false;
    }
}

/// The displacement that the heat map shows as 255, in px.
pub const HEAT_FULL_PX: f64 = 0.5;

/// Colours closer than this (of 510, all channels together) are noise, no boundary.
const LEAST_CONTRAST: f32 = 24.0;
/// Rows that one task compares.
const BAND_ROWS: usize = 64;
/// A boundary through the middle of a window of 3 × 3 pixels is this long, in px.
const WINDOW_PX: f32 = 3.0;
/// Steps of the histogram behind the percentile, in px.
const STEP_PX: f64 = 1.0 / 512.0;

/// How far boundaries are off, and where.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fidelity {
    /// Mean displacement along all boundaries, in px: area that differs over boundary length.
    pub mean_px: f64,
    /// 95 % of the boundaries' length is displaced by no more, in px.
    pub p95_px: f64,
    /// The greatest displacement, in px; what is missing altogether counts as 3.
    pub max_px: f64,
    /// Width of the heat map, which is the picture's.
    pub width_px: u32,
    /// Height of the heat map.
    pub height_px: u32,
    /// The heat map, one byte a pixel, row by row: how far the boundary near it is displaced, 255
    /// for [`HEAT_FULL_PX`] or more.
    #[serde(skip)]
    pub heat: Vec<u8>,
}

/// Compares `artwork` with `raster`, from which it was traced.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{export::render, fidelity, unwatched};
///
/// let picture = render(&artwork, 40, 40)?;
/// assert!(fidelity(&artwork, &picture, &unwatched)?.mean_px < 0.05);
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn fidelity(artwork: &Artwork, raster: &Raster, watch: Watch) -> Result<Fidelity> {
    watch(Stage::Compare, 0.0)?;
    let (width_px, height_px) = (raster.width_px(), raster.height_px());
    let drawn = render_finely(artwork, width_px, height_px)?;
    watch(Stage::Compare, 0.5)?;
    let (w, h) = (width_px as usize, height_px as usize);
    let bands = par::map(h.div_ceil(BAND_ROWS), |band| {
        let rows = band * BAND_ROWS..((band + 1) * BAND_ROWS).min(h);
        Band::compare(&drawn, raster, rows)
    });
    // In order, so that the sums are the same with any number of threads.
    let mut all = Band { heat: Vec::with_capacity(w * h), ..Band::default() };
    for band in bands {
        all.append(band);
    }
    watch(Stage::Compare, 1.0)?;
    Ok(Fidelity {
        mean_px: if all.length > 0.0 { all.area / all.length } else { 0.0 },
        p95_px: all.percentile(0.95),
        max_px: f64::from(all.most),
        width_px,
        height_px,
        heat: all.heat,
    })
}

/// What the comparison of some rows found.
#[derive(Default)]
struct Band {
    /// Area that differs, in px².
    area: f64,
    /// Length of the boundaries, in px.
    length: f64,
    most: f32,
    /// Boundary length by displacement in steps of [`STEP_PX`].
    lengths: Vec<f64>,
    heat: Vec<u8>,
}

impl Band {
    fn compare(drawn: &Raster, seen: &Raster, rows: std::ops::Range<usize>) -> Self {
        let (w, h) = (seen.width_px() as usize, seen.height_px() as usize);
        // Two rows more on either side, for windows of windows.
        let looks: Vec<Vec<Look>> = (rows.start as isize - 2..rows.end as isize + 2)
            .map(|y| match usize::try_from(y) {
                Ok(y) if y < h => look(drawn, seen, y),
                _ => vec![Look::default(); w],
            })
            .collect();
        let marked: Vec<Vec<Mark>> = looks.windows(3).map(marks).collect();
        let mut band = Self { heat: vec![0; w * rows.len()], ..Self::default() };
        for (y, heat) in band.heat.chunks_exact_mut(w).enumerate() {
            for (x, heat) in heat.iter_mut().enumerate() {
                let mut window = Mark::default();
                for row in &marked[y..y + 3] {
                    for mark in &row[x.saturating_sub(1)..(x + 2).min(w)] {
                        window.area += mark.area;
                        window.length += mark.length;
                    }
                }
                let here = marked[y + 1][x];
                let off_px = window.area / window.length.max(WINDOW_PX);
                band.area += f64::from(here.area);
                band.length += f64::from(here.length);
                band.most = band.most.max(off_px);
                let step = (f64::from(off_px) / STEP_PX) as usize;
                if here.length > 0.0 {
                    if band.lengths.len() <= step {
                        band.lengths.resize(step + 1, 0.0);
                    }
                    band.lengths[step] += f64::from(here.length);
                }
                *heat = (f64::from(off_px) / HEAT_FULL_PX * 255.0).round().min(255.0) as u8;
            }
        }
        band
    }

    fn append(&mut self, next: Self) {
        self.area += next.area;
        self.length += next.length;
        self.most = self.most.max(next.most);
        self.lengths.resize(self.lengths.len().max(next.lengths.len()), 0.0);
        self.lengths.iter_mut().zip(next.lengths).for_each(|(sum, length)| *sum += length);
        self.heat.extend(next.heat);
    }

    /// The displacement that this share of the boundaries' length does not exceed.
    fn percentile(&self, share: f64) -> f64 {
        let mut left = share * self.lengths.iter().sum::<f64>();
        let reached = |length: &f64| {
            left -= length;
            left <= 0.0
        };
        self.lengths.iter().position(reached).map_or(0.0, |step| (step as f64 + 0.5) * STEP_PX)
    }
}

/// What one pixel and those around it show, of 255 a channel.
#[derive(Clone, Copy, Default)]
struct Look {
    /// How far the two pictures are apart.
    apart: f32,
    /// How steeply the colour changes.
    slope: f32,
    /// How far the colours around are apart.
    contrast: f32,
}

/// The looks of row `y`.
fn look(drawn: &Raster, seen: &Raster, y: usize) -> Vec<Look> {
    let (w, h) = (seen.width_px() as usize, seen.height_px() as usize);
    let lines = [y.saturating_sub(1), y, (y + 1).min(h - 1)];
    let rows = |raster| lines.map(|y| &Raster::pixels(raster)[y * w..(y + 1) * w]);
    let (drawn, seen) = (rows(drawn), rows(seen));
    let look = |x: usize| {
        let columns = [x.saturating_sub(1), x, (x + 1).min(w - 1)];
        let around = |rows: [&[[u8; 4]]; 3]| rows.map(|row| columns.map(|x| row[x]));
        let (drawn, seen) = (around(drawn), around(seen));
        if drawn == seen && drawn.as_flattened().iter().all(|p| *p == drawn[1][1]) {
            return Look::default();
        }
        let colors = |around: [[[u8; 4]; 3]; 3]| around.map(|row| row.map(premultiplied));
        let (drawn, seen) = (colors(drawn), colors(seen));
        Look {
            apart: norm(|i| drawn[1][1][i] - seen[1][1][i]),
            slope: 0.5 * (slope(&drawn) + slope(&seen)),
            contrast: contrast(&drawn, &seen),
        }
    };
    (0..w).map(look).collect()
}

/// What one pixel says.
#[derive(Clone, Copy, Default)]
struct Mark {
    /// Area that differs, in px².
    area: f32,
    /// Length of the boundary through it, in px; spread over the pixels beside it.
    length: f32,
}

/// The marks of the middle one of three rows. A pixel beside a boundary sees only a part of its
/// contrast; one of its neighbours sees all of it.
fn marks(rows: &[Vec<Look>]) -> Vec<Mark> {
    let mark = |x: usize| {
        let near = x.saturating_sub(1)..(x + 2).min(rows[1].len());
        let looks = rows.iter().flat_map(|row| &row[near.clone()]);
        let contrast = looks.map(|look| look.contrast).fold(0.0, f32::max);
        if contrast < LEAST_CONTRAST {
            return Mark::default();
        }
        let Look { apart, slope, .. } = rows[1][x];
        Mark { area: (apart / contrast).min(1.0), length: slope / contrast }
    };
    (0..rows[1].len()).map(mark).collect()
}

/// A pixel and those around it, premultiplied.
type Around = [[[f32; 4]; 3]; 3];

/// The length of a vector over the four channels.
fn norm(channel: impl Fn(usize) -> f32) -> f32 {
    (0..4).map(|i| channel(i) * channel(i)).sum::<f32>().sqrt()
}

/// How far the colours around a pixel are apart.
fn contrast(a: &Around, b: &Around) -> f32 {
    norm(|i| {
        let values = || a.as_flattened().iter().chain(b.as_flattened()).map(|color| color[i]);
        values().fold(0.0, f32::max) - values().fold(255.0, f32::min)
    })
}

/// The gradient at the middle (I. Sobel's operator), scaled so that across a sharp edge of any
/// direction it adds up to the contrast.
fn slope(p: &Around) -> f32 {
    norm(|i| {
        let at = |y: usize, x: usize| p[y][x][i];
        let side = |x: usize| at(0, x) + 2.0 * at(1, x) + at(2, x);
        let line = |y: usize| at(y, 0) + 2.0 * at(y, 1) + at(y, 2);
        let (dx, dy) = (side(2) - side(0), line(2) - line(0));
        (dx * dx + dy * dy).sqrt() / 8.0
    })
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, Rect};

    use super::*;
    use crate::artwork::{Geometry, Paint, Shape};
    use crate::color::Rgb;
    use crate::export::render;
    use crate::unwatched;

    fn artwork(geometry: Geometry) -> Artwork {
        let mut artwork = Artwork::new(80.0, 60.0);
        let ink = artwork.ink(Rgb([20, 60, 200]));
        artwork.shapes.push(Shape { geometry, paint: Paint::Ink(ink), opacity: 1.0 });
        artwork
    }

    fn compared(drawn: Geometry, seen: Geometry) -> Fidelity {
        let raster = render(&artwork(seen), 80, 60).unwrap();
        fidelity(&artwork(drawn), &raster, &unwatched).unwrap()
    }

    fn disc(x: f64, radius: f64) -> Geometry {
        Geometry::Circle(Circle::new((x, 30.0), radius))
    }

    #[test]
    fn what_is_the_same_is_not_off() {
        let same = compared(disc(40.0, 20.0), disc(40.0, 20.0));
        assert!(same.mean_px < 0.002 && same.max_px < 0.01, "{same:?}");
        assert_eq!((same.width_px, same.height_px, same.heat.len()), (80, 60, 4800));
        assert!(same.heat.iter().all(|&heat| heat < 5));
    }

    #[test]
    fn a_disc_grown_by_some_tenths_is_off_by_these() {
        for grown in [0.05, 0.1, 0.3] {
            let off = compared(disc(40.0, 20.0 + grown), disc(40.0, 20.0));
            assert!((off.mean_px / grown - 1.0).abs() < 0.12, "{grown}: {}", off.mean_px);
            assert!(off.p95_px > 0.7 * grown && off.p95_px < 1.3 * grown, "{}", off.p95_px);
        }
    }

    #[test]
    fn one_edge_that_moved_is_where_the_heat_is() {
        let rect = |x1| Geometry::Rect(Rect::new(10.0, 10.0, x1, 50.0));
        let off = compared(rect(60.4), rect(60.0));
        // A quarter of the boundary, or a little less, is off by 0.4 px.
        let share = 40.0 / 180.0;
        assert!((off.mean_px - 0.4 * share).abs() < 0.02, "{}", off.mean_px);
        assert!((off.max_px - 0.4).abs() < 0.1, "{}", off.max_px);
        let hot: Vec<usize> = (0..off.heat.len()).filter(|&i| off.heat[i] > 100).collect();
        assert!(!hot.is_empty() && hot.iter().all(|i| (58..=62).contains(&(i % 80))), "{hot:?}");
    }

    #[test]
    fn what_is_missing_is_as_hot_as_can_be() {
        let off = compared(disc(40.0, 20.0), Geometry::Rect(Rect::new(0.0, 0.0, 80.0, 60.0)));
        assert!((off.max_px - 3.0).abs() < 0.01, "{}", off.max_px);
        assert_eq!(off.heat[0], 255);
    }
}
