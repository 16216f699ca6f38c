//! Square dots on a grid, as an index separation prints them: 1 bit a dot.

use kurbo::Rect;

/// Dots that are printed or not, row by row from the top left of a rectangle of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// The rectangle, in mm on the sheet.
    pub at: Rect,
    /// Dots in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Rows of whole bytes, the leftmost dot in the highest bit, 1 for a printed dot.
    bits: Vec<u8>,
}

impl Dots {
    /// A grid with nothing printed.
    pub fn new(at: Rect, width: usize, height: usize) -> Self {
        Self { at, width, height, bits: vec![0; width.div_ceil(8) * height] }
    }

    /// Prints a dot.
    pub fn print(&mut self, x: usize, y: usize) {
        self.bits[y * self.width.div_ceil(8) + x / 8] |= 0x80 >> (x % 8);
    }

    /// Whether a dot is printed; none is outside the grid.
    pub fn is_printed(&self, x: usize, y: usize) -> bool {
        x < self.width
            && y < self.height
            && self.bits[y * self.width.div_ceil(8) + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// All rows, each of whole bytes, the leftmost dot in the highest bit, 1 for a printed dot.
    pub fn rows(&self) -> &[u8] {
        &self.bits
    }

    /// What both print; both are of one grid.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        self.with(other, |a, b| a & b)
    }

    /// What this prints and `other` does not; both are of one grid.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        self.with(other, |a, b| a & !b)
    }

    /// What either prints; both are of one grid.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        self.with(other, |a, b| a | b)
    }

    fn with(&self, other: &Self, of: impl Fn(u8, u8) -> u8) -> Self {
        let bits = self.bits.iter().zip(&other.bits).map(|(a, b)| of(*a, *b)).collect();
        Self { bits, ..*self }
    }

    /// Number of printed dots.
    pub fn count(&self) -> usize {
        self.bits.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// The size of what is printed, in mm².
    pub fn size_mm2(&self) -> f64 {
        self.count() as f64 / (self.width * self.height) as f64 * self.at.area()
    }

    /// Stretches of printed dots in a row, as ranges of columns.
    pub fn runs(&self, y: usize) -> impl Iterator<Item = (usize, usize)> {
        let mut x = 0;
        std::iter::from_fn(move || {
            while x < self.width && !self.is_printed(x, y) {
                x += 1;
            }
            let start = x;
            while self.is_printed(x, y) {
                x += 1;
            }
            (start < x).then_some((start, x))
        })
    }
}
