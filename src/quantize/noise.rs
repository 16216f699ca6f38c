//! How much a file's pixels deviate from what was drawn, and how to compare colours in spite of it.
//!
//! Lossy compression leaves ripples around edges: neighbouring pixels that deviate by little, now up,
//! now down. Drawings have none: flat areas do not deviate, shades go one way, and antialiasing takes
//! large steps. The second differences beside edges therefore measure the noise where it matters,
//! and are next to nothing in a clean file.
//!
//! JPEG and WebP keep brightness far better than colour, which they quantise more coarsely and often
//! store at half the resolution (ITU-T T.81; RFC 9649). So under noise colours are compared by
//! luma first: where luma differs it places the edge.

use super::premultiplied;
use crate::par;
use crate::raster::Raster;

/// A step between neighbours that is an edge, in levels of any channel.
const EDGE: i32 = 40;
/// Pixels beside an edge that are its antialiasing, and how far lossy blocks carry its ripples.
const BESIDE_PX: std::ops::Range<usize> = 3..8;
/// Second differences that are looked at before anything is said.
const LEAST: usize = 400;
/// Second differences of ripples: less is rounding, more another edge.
const RIPPLE: std::ops::RangeInclusive<i32> = 3..=32;
/// Share of ripples above which a file is noisy; clean ones have a tenth of that,
const NOISY: f64 = 0.08;
/// and ripples that the details of any drawing may look like: in a tiny one they are a good part.
const DETAILS: f64 = 100.0;
/// Rows, and columns, that tell as much as all those of a larger picture.
const ENOUGH_LINES: u32 = 512;
/// Columns that are taken from the rows at once.
const STRIP_PX: u32 = 16;
/// Weight of a difference in chroma against one in luma.
const CHROMA: f32 = 0.35;

/// The noise of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noise {
    /// Standard deviation of a pixel beside an edge, in levels of its noisiest channel; 0 where there
    /// is none.
    pub sigma: f32,
}

impl Noise {
    /// No noise: pixels are what was drawn, rounded.
    pub const NONE: Self = Self { sigma: 0.0 };

    /// Measures the noise of `raster`.
    pub fn measure(raster: &Raster) -> Self {
        let (w, h) = (raster.width_px(), raster.height_px());
        let step = (w.min(h) / ENOUGH_LINES).max(1);
        let rows = par::map(h.div_ceil(step) as usize, |i| {
            let row = &raster.pixels()[i * (step * w) as usize..][..w as usize];
            Ripples::of(&row.iter().map(|p| levels(*p)).collect::<Vec<_>>())
        });
        let columns = par::map(w.div_ceil(STRIP_PX * step) as usize, |strip| {
            let from = strip as u32 * STRIP_PX * step;
            let columns = raster.columns(from..from + STRIP_PX, levels);
            let all = columns.iter().map(|column| Ripples::of(column));
            all.fold(Ripples::default(), Ripples::and)
        });
        let seen = rows.into_iter().chain(columns).fold(Ripples::default(), Ripples::and);
        if seen.total < LEAST || (seen.lively as f64) < DETAILS + NOISY * seen.total as f64 {
            return Self::NONE;
        }
        // A second difference has six times a pixel's variance.
        Self { sigma: (seen.squares as f64 / seen.small as f64 / 6.0).sqrt() as f32 }
    }

    /// Whether there is none.
    pub fn is_none(self) -> bool {
        self.sigma == 0.0
    }

    /// How far noise may carry a pixel from its colour, in the space of [`Self::color`].
    pub fn reach(self) -> f32 {
        if self.is_none() { 0.0 } else { 8.0 + 4.0 * self.sigma }
    }

    /// How far ripples may lie from the ink that they are in, in the space of [`Self::color`].
    pub fn ripple(self) -> f32 {
        if self.is_none() { 0.0 } else { 10.0 + 6.5 * self.sigma }
    }

    /// The distance of two colours in the space of [`Self::color`].
    pub fn apart(self, a: [u8; 4], b: [u8; 4]) -> f32 {
        let (a, b) = (self.color(a), self.color(b));
        (0..4).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum::<f32>().sqrt()
    }

    /// A colour in the space in which pixels are compared: premultiplied, and under noise with luma
    /// and chroma apart. Black and white are as far apart in both.
    pub fn color(self, pixel: [u8; 4]) -> [f32; 4] {
        self.seen(premultiplied(pixel))
    }

    /// The same for a colour that is premultiplied.
    pub fn seen(self, p: [f32; 4]) -> [f32; 4] {
        if self.is_none() {
            return p;
        }
        let y = luma(p);
        let root3 = 1.732_050_8;
        [y * root3, (p[2] - y) * CHROMA, (p[0] - y) * CHROMA, p[3]]
    }
}

/// Luma of a premultiplied colour (ITU-R BT.601, as in JPEG).
fn luma(p: [f32; 4]) -> f32 {
    0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]
}

/// A pixel's levels, premultiplied.
fn levels(pixel: [u8; 4]) -> [i32; 4] {
    if pixel[3] == u8::MAX { pixel.map(i32::from) } else { premultiplied(pixel).map(|l| l as i32) }
}

/// The second differences beside the edges of some lines.
#[derive(Clone, Copy, Default)]
struct Ripples {
    total: usize,
    lively: usize,
    /// Those that are no edges, and the sum of their squares.
    small: usize,
    squares: i64,
}

impl Ripples {
    /// Those of a row or a column.
    fn of(line: &[[i32; 4]]) -> Self {
        let mut seen = Self::default();
        let n = line.len();
        let is_edge = |pair: &[[i32; 4]]| (0..4).any(|c| (pair[0][c] - pair[1][c]).abs() >= EDGE);
        let edges: Vec<usize> =
            line.windows(2).enumerate().filter(|(_, pair)| is_edge(pair)).map(|(i, _)| i).collect();
        // The pixels between two edges, and how far the nearer edge is.
        let mut at = 1;
        for k in 0..=edges.len() {
            let before = k.checked_sub(1).map(|k| edges[k]);
            let after = edges.get(k).copied();
            let end = after.map_or(n.saturating_sub(1), |after| (after + 1).min(n - 1));
            for i in at..end {
                let apart = [before.map(|edge| i - edge - 1), after.map(|edge| edge - i)];
                let near = apart.into_iter().flatten().min();
                if near.is_some_and(|near| BESIDE_PX.contains(&near)) {
                    seen.look(&line[i - 1..=i + 1]);
                }
            }
            at = end.max(1);
        }
        seen
    }

    /// Looks at three pixels in a row.
    fn look(&mut self, pixels: &[[i32; 4]]) {
        let second = |c: usize| (pixels[0][c] - 2 * pixels[1][c] + pixels[2][c]).abs();
        let second = (0..4).map(second).max().unwrap_or(0);
        self.total += 1;
        self.lively += usize::from(RIPPLE.contains(&second));
        if second <= *RIPPLE.end() {
            self.small += 1;
            self.squares += i64::from(second * second);
        }
    }

    /// Both together.
    fn and(self, other: Self) -> Self {
        Self {
            total: self.total + other.total,
            lively: self.lively + other.lively,
            small: self.small + other.small,
            squares: self.squares + other.squares,
        }
    }
}
