//! Sets of pixels: what is reached from the rim, and what lies near it.

/// A set of pixels of a picture, one byte each: 0 or 1.
#[derive(Clone)]
pub(super) struct Mask {
    pub width: usize,
    pub height: usize,
    pub on: Vec<u8>,
}

impl Mask {
    pub fn new(width: usize, height: usize, on: impl Fn(usize) -> bool) -> Self {
        Self { width, height, on: (0..width * height).map(|i| u8::from(on(i))).collect() }
    }

    /// Those pixels that are reached from the seeds, in four directions, without leaving the mask.
    pub fn connected(&self, seeds: impl Iterator<Item = usize>) -> Self {
        let mut reached = Self { on: vec![0; self.on.len()], ..*self };
        let mut stack: Vec<usize> = seeds.collect();
        while let Some(i) = stack.pop() {
            if self.on[i] == 0 || reached.on[i] == 1 {
                continue;
            }
            // A whole stretch of the row at once.
            let row = i - i % self.width;
            let start = (row..i).rev().take_while(|&k| self.on[k] == 1).last().unwrap_or(i);
            let end = (i..row + self.width).take_while(|&k| self.on[k] == 1).last().unwrap_or(i);
            reached.on[start..=end].fill(1);
            for k in start..=end {
                if k >= self.width {
                    stack.push(k - self.width);
                }
                if k + self.width < self.on.len() {
                    stack.push(k + self.width);
                }
            }
        }
        reached
    }

    /// All pixels at most `radius` away, counted like a king's moves in chess.
    pub fn grown(&self, radius: usize) -> Self {
        let mut along = self.on.clone();
        for (to, from) in along.chunks_mut(self.width).zip(self.on.chunks(self.width)) {
            spread(from.len(), radius, |i| from[i] == 1, |i| to[i] = 1);
        }
        let mut out = along.clone();
        for x in 0..self.width {
            let at = |y: usize| y * self.width + x;
            spread(self.height, radius, |y| along[at(y)] == 1, |y| out[at(y)] = 1);
        }
        Self { on: out, ..*self }
    }

    /// All pixels on the rim.
    pub fn rim(&self) -> impl Iterator<Item = usize> + use<> {
        let (width, height) = (self.width, self.height);
        let along = (0..width).flat_map(move |x| [x, (height - 1) * width + x]);
        along.chain((0..height).flat_map(move |y| [y * width, y * width + width - 1]))
    }
}

/// Calls `set` for every place at most `radius` from one where `on` holds.
fn spread(len: usize, radius: usize, on: impl Fn(usize) -> bool, mut set: impl FnMut(usize)) {
    let mut next = 0;
    for i in 0..len {
        if on(i) {
            for k in i.saturating_sub(radius).max(next)..(i + radius + 1).min(len) {
                set(k);
            }
            next = (i + radius + 1).min(len);
        }
    }
}

/// The greatest value at most `radius` away, counted like a king's moves in chess.
pub(super) fn greatest_near(values: &[u8], width: usize, height: usize, radius: usize) -> Vec<u8> {
    let mut along = vec![0; values.len()];
    crate::par::for_each_chunk(&mut along, width, |y, row| {
        let from = &values[y * width..(y + 1) * width];
        for (x, to) in row.iter_mut().enumerate() {
            let near = &from[x.saturating_sub(radius)..(x + radius + 1).min(width)];
            *to = near.iter().copied().max().unwrap_or(0);
        }
    });
    let mut out = vec![0; values.len()];
    crate::par::for_each_chunk(&mut out, width, |y, row| {
        for near in y.saturating_sub(radius)..(y + radius + 1).min(height) {
            let from = &along[near * width..(near + 1) * width];
            row.iter_mut().zip(from).for_each(|(to, from)| *to = (*to).max(*from));
        }
    });
    out
}
