//! Halftone screens: the dots that make a tint on a film that knows only black and clear.
//!
//! A dot is the part of its cell where a spot function lies below a level. The level for a tint is
//! read from the function's own distribution over the cell, so that the share of black equals the
//! tint for every shape of dot.

use kurbo::{Affine, BezPath, Ellipse, Point, Rect, Shape as _, Vec2};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::edit::{items, listed};
use super::options::SeparateOptions;
use crate::options::{Kind, Value, choices};

choices! {
    /// The shape of a dot.
    pub enum Dot {
        /// Round.
        Round = "round",
        /// Elliptical: joins along one axis first, which smooths the middle tones.
        Ellipse = "ellipse",
        /// Square.
        Square = "square",
        /// Lines instead of dots.
        Line = "line",
    }
}

/// The screen of one ink.
#[derive(Clone, Debug, PartialEq)]
pub struct InkScreen {
    /// The ink.
    pub ink: String,
    /// Lines of dots per inch.
    pub lpi: f64,
    /// Their angle; that of the others if empty.
    pub angle_deg: Option<f64>,
}

/// Screens of single inks: `Black=65@45; Red=55`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screens(pub Vec<InkScreen>);

listed!(
    Screens,
    |item| {
        let expected = "ink=lines per inch, or ink=lines@angle; …";
        let (ink, screen) = item.rsplit_once('=').ok_or(expected)?;
        let (lpi, angle) = match screen.split_once('@') {
            Some((lpi, angle)) => (lpi, Some(angle)),
            None => (screen, None),
        };
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| expected.to_owned());
        let (lpi, angle_deg) = (number(lpi)?, angle.map(number).transpose()?);
        if !(10.0..=200.0).contains(&lpi) || angle_deg.is_some_and(|a| !(0.0..=180.0).contains(&a))
        {
            return Err("10 to 200 lines per inch, angles from 0 to 180".into());
        }
        Ok(InkScreen { ink: ink.trim().into(), lpi, angle_deg })
    },
    |screen| match screen.angle_deg {
        Some(angle) => format!("{}={}@{angle}", screen.ink, screen.lpi),
        None => format!("{}={}", screen.ink, screen.lpi),
    }
);

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// Lines of dots per inch.
    pub lpi: f64,
    /// Their angle, counterclockwise from the horizontal.
    pub angle_deg: f64,
    /// Their shape.
    pub dot: Dot,
    /// Smallest dot, 0 to 1.
    pub min_dot: f64,
    /// Largest dot, 0 to 1.
    pub max_dot: f64,
    /// What a tint of 0.5 gains on press.
    pub dot_gain: f64,
}

/// Half axes of the ellipse of level 1, in cells.
const LONG: f64 = 1.15;
const SHORT: f64 = 1.0 / LONG;
/// Samples of a cell along each axis.
const SAMPLES: usize = 256;
/// Levels kept.
const LEVELS: usize = 2048;

impl Screen {
    pub(super) fn new(options: &SeparateOptions) -> Self {
        Self {
            lpi: options.lpi,
            angle_deg: options.angle_deg,
            dot: options.dot,
            min_dot: options.min_dot_percent / 100.0,
            max_dot: options.max_dot_percent / 100.0,
            dot_gain: options.dot_gain_percent / 100.0,
        }
    }

    /// The dots, ready to be asked for.
    pub fn cells(self) -> Cells {
        let step = |i: usize| (i as f64 + 0.5) / SAMPLES as f64 - 0.5;
        let mut spots: Vec<f64> = (0..SAMPLES * SAMPLES)
            .map(|i| spot(self.dot, step(i % SAMPLES), step(i / SAMPLES)))
            .collect();
        spots.sort_unstable_by(f64::total_cmp);
        let at = |level: usize| spots[level * (spots.len() - 1) / LEVELS];
        let angle = self.angle_deg.to_radians();
        Cells {
            screen: self,
            levels: (0..=LEVELS).map(at).collect(),
            per_mm: self.lpi / 25.4,
            sin: libm::sin(angle),
            cos: libm::cos(angle),
        }
    }

    /// The share of black on film that prints as `tint`: less than it by the dot gain, and no
    /// smaller or larger than dots can be. Bare and solid stay what they are.
    pub fn on_film(self, tint: f64) -> f64 {
        if tint <= 0.0 || tint >= 1.0 {
            return tint.clamp(0.0, 1.0);
        }
        // On press a tint a becomes a + 4 g a (1 − a).
        let gain = 4.0 * self.dot_gain;
        let before = if gain > 0.0 {
            let half = 1.0 + gain;
            (half - libm::sqrt(half * half - 4.0 * gain * tint)) / (2.0 * gain)
        } else {
            tint
        };
        before.clamp(self.min_dot, self.max_dot)
    }
}

/// The spot function on a cell from −½ to ½.
fn spot(dot: Dot, u: f64, v: f64) -> f64 {
    match dot {
        Dot::Round => u * u + v * v,
        Dot::Ellipse => u * u / (LONG * LONG) + v * v / (SHORT * SHORT),
        Dot::Square => u.abs().max(v.abs()),
        Dot::Line => v.abs(),
    }
}

/// A screen's cells.
#[derive(Clone, Debug)]
pub struct Cells {
    screen: Screen,
    levels: Vec<f64>,
    per_mm: f64,
    sin: f64,
    cos: f64,
}

impl Cells {
    /// The level below which dots of this share of black lie.
    pub fn level(&self, black: f64) -> f64 {
        self.levels[(black.clamp(0.0, 1.0) * LEVELS as f64).round() as usize]
    }

    /// Whether a point of the sheet lies inside a dot of the given level.
    pub fn is_black(&self, at: Point, level: f64) -> bool {
        // The sheet's y axis points down, angles count counterclockwise.
        let u = (at.x * self.cos - at.y * self.sin) * self.per_mm;
        let v = (at.x * self.sin + at.y * self.cos) * self.per_mm;
        spot(self.screen.dot, u - u.floor() - 0.5, v - v.floor() - 0.5) <= level
    }

    /// The dots of a tint that reach into `bounds`, as outlines; `None` if there are more than
    /// `limit`.
    pub fn outlines(&self, tint: f64, bounds: Rect, limit: usize) -> Option<Vec<BezPath>> {
        let level = self.level(self.screen.on_film(tint));
        let dot = match self.screen.dot {
            Dot::Round => {
                Ellipse::new((0.0, 0.0), Vec2::splat(libm::sqrt(level)), 0.0).to_path(1e-3)
            }
            Dot::Ellipse => {
                let radii = Vec2::new(LONG, SHORT) * libm::sqrt(level);
                Ellipse::new((0.0, 0.0), radii, 0.0).to_path(1e-3)
            }
            Dot::Square => Rect::new(-level, -level, level, level).to_path(1e-3),
            // A little longer than the cell, so that lines have no seams.
            Dot::Line => Rect::new(-0.51, -level, 0.51, level).to_path(1e-3),
        };
        let to_sheet = Affine::new([
            self.cos / self.per_mm,
            -self.sin / self.per_mm,
            self.sin / self.per_mm,
            self.cos / self.per_mm,
            0.0,
            0.0,
        ]);
        let cells = to_sheet.inverse().transform_rect_bbox(bounds).inflate(1.0, 1.0);
        if cells.area() > limit as f64 {
            return None;
        }
        let (first_u, first_v) = (cells.x0.floor() as i64, cells.y0.floor() as i64);
        let mut dots = Vec::new();
        for v in first_v..cells.y1.ceil() as i64 {
            for u in first_u..cells.x1.ceil() as i64 {
                let center = Vec2::new(u as f64 + 0.5, v as f64 + 0.5);
                let outline = to_sheet * Affine::translate(center) * dot.clone();
                let reach = outline.control_box();
                if reach.overlaps(bounds) {
                    dots.push(outline);
                }
            }
        }
        Some(dots)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(dot: Dot, dot_gain: f64) -> Screen {
        Screen { lpi: 45.0, angle_deg: 22.5, dot, min_dot: 0.0, max_dot: 1.0, dot_gain }
    }

    #[test]
    fn the_share_of_black_is_the_tint() {
        for dot in [Dot::Round, Dot::Ellipse, Dot::Square, Dot::Line] {
            let cells = screen(dot, 0.0).cells();
            for tint in [0.05, 0.25, 0.5, 0.75, 0.95] {
                let level = cells.level(tint);
                let n = 400;
                let black = (0..n * n)
                    .filter(|i| {
                        let at = Point::new(f64::from(i % n) * 0.021, f64::from(i / n) * 0.021);
                        cells.is_black(at, level)
                    })
                    .count();
                let share = black as f64 / f64::from(n * n);
                assert!((share - tint).abs() < 0.01, "{dot:?} {tint}: {share}");
            }
        }
    }

    #[test]
    fn dot_gain_is_made_up_for() {
        let screen = screen(Dot::Round, 0.2);
        for tint in [0.1, 0.5, 0.9] {
            let film = screen.on_film(tint);
            assert!((film + 0.8 * film * (1.0 - film) - tint).abs() < 1e-12);
        }
        assert_eq!(screen.on_film(1.0), 1.0);
    }
}
