//! A grid of which only some cells are known.
//!
//! What is not known runs on smoothly from what is known around it: means of ever larger squares stand
//! for it, from the largest to the smallest (push and pull; S. Gortler et al., "The Lumigraph", 1996).

/// Values in rows, and how well each is known, from 0 to 1.
pub(crate) struct Grid {
    pub w: usize,
    pub h: usize,
    pub cells: Vec<Cell>,
}

/// A value and how well it is known.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cell {
    pub value: f32,
    pub weight: f32,
}

impl Grid {
    /// The same with squares of `side` by `side` cells as one.
    pub fn coarser(&self, side: usize) -> Self {
        let (w, h) = (self.w.div_ceil(side), self.h.div_ceil(side));
        let mut cells = vec![Cell::default(); w * h];
        for (y, row) in self.cells.chunks_exact(self.w).enumerate() {
            for (x, cell) in row.iter().enumerate() {
                let sum = &mut cells[y / side * w + x / side];
                sum.value += cell.weight * cell.value;
                sum.weight += cell.weight;
            }
        }
        for cell in cells.iter_mut().filter(|cell| cell.weight > 0.0) {
            cell.value /= cell.weight;
            cell.weight = cell.weight.min(1.0);
        }
        Self { w, h, cells }
    }

    /// All values.
    pub fn filled(&self) -> Vec<f32> {
        if self.cells.len() == 1 || self.cells.iter().all(|cell| cell.weight == 1.0) {
            return self.cells.iter().map(|cell| cell.value).collect();
        }
        let coarse = self.coarser(2);
        let around = coarse.filled();
        // Between the four squares that a cell lies nearest to.
        let near = |i: usize, most: usize| {
            let other = if i.is_multiple_of(2) {
                (i / 2).saturating_sub(1)
            } else {
                (i / 2 + 1).min(most - 1)
            };
            [(i / 2, 0.75), (other, 0.25)]
        };
        let between = |x: usize, y: usize| {
            let row = |y: usize| -> f32 {
                near(x, coarse.w)
                    .into_iter()
                    .map(|(x, share)| share * around[y * coarse.w + x])
                    .sum()
            };
            near(y, coarse.h).into_iter().map(|(y, share)| share * row(y)).sum::<f32>()
        };
        let filled = self.cells.iter().enumerate().map(|(at, cell)| {
            let unknown = 1.0 - cell.weight;
            let rest = if unknown > 0.0 { between(at % self.w, at / self.w) } else { 0.0 };
            cell.weight * cell.value + unknown * rest
        });
        filled.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_lies_between_what_is_seen() {
        // A ramp of which a block is hidden.
        let (w, h) = (40, 30);
        let cell = |at: usize| {
            let (x, y) = (at % w, at / w);
            let is_hidden = (12..30).contains(&x) && (8..20).contains(&y);
            Cell { value: x as f32, weight: f32::from(u8::from(!is_hidden)) }
        };
        let grid = Grid { w, h, cells: (0..w * h).map(cell).collect() };
        for (at, value) in grid.filled().into_iter().enumerate() {
            let off = (value - (at % w) as f32).abs();
            assert!(off <= if grid.cells[at].weight == 1.0 { 0.0 } else { 7.0 }, "{value} at {at}");
        }
        let coarse = grid.coarser(4);
        assert_eq!((coarse.w, coarse.h, coarse.cells[0].value), (10, 8, 1.5));
    }

    #[test]
    fn a_grid_of_which_nothing_is_known_is_empty() {
        let grid = Grid { w: 3, h: 2, cells: vec![Cell::default(); 6] };
        assert_eq!(grid.filled(), [0.0; 6]);
    }
}
