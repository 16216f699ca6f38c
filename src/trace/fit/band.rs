//! Symmetric positive systems whose unknowns only touch their neighbours, in blocks along a chain
//! or around a ring: least squares over a path.
//!
//! A ring is folded flat (0, 1, n−1, 2, n−2, …): then every block touches at most the two before
//! it, and a banded Cholesky factorisation solves it in linear time.

/// Unknowns per block.
pub(super) const BLOCK: usize = 6;
/// Entries kept of each row, up to the diagonal: its own block and two before.
const WIDTH: usize = 3 * BLOCK;

/// The matrix and the right side.
pub(super) struct System {
    blocks: usize,
    ring: bool,
    /// Row by row, the lower band, the diagonal last.
    band: Vec<[f64; WIDTH]>,
    right: Vec<f64>,
}

impl System {
    /// An empty system of so many blocks.
    pub fn new(blocks: usize, ring: bool) -> Self {
        let n = blocks * BLOCK;
        Self { blocks, ring, band: vec![[0.0; WIDTH]; n], right: vec![0.0; n] }
    }

    /// Where an unknown stands in the folded order.
    fn place(&self, (block, unknown): (usize, usize)) -> usize {
        let folded = if !self.ring || block == 0 {
            block
        } else if 2 * block <= self.blocks {
            2 * block - 1
        } else {
            2 * (self.blocks - block)
        };
        folded * BLOCK + unknown
    }

    /// Adds one equation `Σ coefficient·unknown = value` with a weight; the unknowns are
    /// (block, number) and lie in the same or in neighbouring blocks.
    pub fn add(&mut self, row: &[((usize, usize), f64)], value: f64, weight: f64) {
        for (k, &(a, ca)) in row.iter().enumerate() {
            let i = self.place(a);
            self.right[i] += weight * ca * value;
            for &(b, cb) in &row[..=k] {
                let j = self.place(b);
                let (low, high) = (i.min(j), i.max(j));
                let both = if i == j && a != b { 2.0 } else { 1.0 };
                if let Some(entry) = (low + WIDTH).checked_sub(high + 1) {
                    self.band[high][entry] += both * weight * ca * cb;
                }
            }
        }
    }

    /// Solves it with the diagonal raised by a share and an amount; none if it is singular.
    pub fn solve(&self, share: f64, amount: f64) -> Option<Vec<f64>> {
        let n = self.right.len();
        let mut l = self.band.clone();
        let mut x = self.right.clone();
        for i in 0..n {
            l[i][WIDTH - 1] += share * l[i][WIDTH - 1] + amount;
            let low = (i + 1).saturating_sub(WIDTH);
            for j in low..=i {
                let mut sum = l[i][j + WIDTH - 1 - i];
                let common = low.max((j + 1).saturating_sub(WIDTH));
                for k in common..j {
                    sum -= l[i][k + WIDTH - 1 - i] * l[j][k + WIDTH - 1 - j];
                }
                if i == j {
                    if sum.is_nan() || sum <= 0.0 {
                        return None;
                    }
                    l[i][WIDTH - 1] = sum.sqrt();
                } else {
                    l[i][j + WIDTH - 1 - i] = sum / l[j][WIDTH - 1];
                }
            }
        }
        for i in 0..n {
            for k in (i + 1).saturating_sub(WIDTH)..i {
                x[i] -= l[i][k + WIDTH - 1 - i] * x[k];
            }
            x[i] /= l[i][WIDTH - 1];
        }
        for i in (0..n).rev() {
            for k in i + 1..(i + WIDTH).min(n) {
                x[i] -= l[k][i + WIDTH - 1 - k] * x[k];
            }
            x[i] /= l[i][WIDTH - 1];
        }
        let place = |block, unknown| self.place((block, unknown));
        Some((0..n).map(|k| x[place(k / BLOCK, k % BLOCK)]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_of_springs_is_solved() {
        // Unknown 0 of each block hangs between its neighbours, pinned to 7 at block 2.
        for blocks in 1..9 {
            let mut system = System::new(blocks, true);
            for b in 0..blocks {
                let next = (b + 1) % blocks;
                if next != b {
                    system.add(&[((b, 0), 1.0), ((next, 0), -1.0)], 0.0, 1.0);
                }
                for u in 1..BLOCK {
                    system.add(&[((b, u), 1.0)], u as f64, 1.0);
                }
            }
            system.add(&[((2 % blocks, 0), 1.0)], 7.0, 1.0);
            let x = system.solve(0.0, 0.0).expect("regular");
            for b in 0..blocks {
                assert!((x[b * BLOCK] - 7.0).abs() < 1e-9, "{blocks} blocks: {x:?}");
                assert!((x[b * BLOCK + 3] - 3.0).abs() < 1e-9);
            }
        }
    }
}
