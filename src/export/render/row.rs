//! One row of pixels: crossings, what is visible between them, sums, bytes.

use kurbo::Point;

use super::outline::Edge;
use super::shade::{FULL, Mixed, Shader};
use crate::order;

/// Parts of a pixel's width that coverage is counted in.
const PARTS: i64 = 256;

/// Buffers for painting rows, used again for each.
pub struct Row {
    width: usize,
    lines: u32,
    /// Differences from pixel to pixel of the flat colours' sums.
    flat: Vec<Mixed>,
    /// The pixels where they may not be zero: few of a row, so that all others can be passed over.
    changed: Vec<usize>,
    /// The same for the coverage of each stack that is not flat.
    stacks: Vec<Stack>,
    crossings: Vec<(i64, u32)>,
    /// The shapes that the sweep is inside of, from the top down.
    inside: Vec<u32>,
}

/// Shapes over each other whose colour varies, and where they are visible.
struct Stack {
    shapes: Vec<u32>,
    coverage: Vec<i64>,
}

impl Row {
    pub fn new(width: usize, lines: u32) -> Self {
        // Two more than there are pixels: a change at the right border spills over.
        let flat = vec![[0; 4]; width + 2];
        Self {
            width,
            lines,
            flat,
            changed: Vec::new(),
            stacks: Vec::new(),
            crossings: Vec::new(),
            inside: Vec::new(),
        }
    }

    /// Paints row `y` of the picture into `pixels`.
    pub fn paint(&mut self, y: usize, edges: &[Edge], shader: &Shader, pixels: &mut [u8]) {
        for pixel in self.changed.drain(..) {
            self.flat[pixel] = [0; 4];
        }
        self.stacks.clear();
        let (top, bottom) = (y as f64, (y + 1) as f64);
        let mut near: Vec<&Edge> =
            edges.iter().filter(|e| e.top.y < bottom && e.bottom.y > top).collect();
        // From line to line the order hardly changes.
        let middle = |e: &Edge| e.x_at((top + 0.5).clamp(e.top.y, e.bottom.y));
        order::by_key(&mut near, |e| order::float(middle(e)));
        for line in 0..self.lines {
            let level = top + (f64::from(line) + 0.5) / f64::from(self.lines);
            self.cross(level, &near);
            self.sweep(shader);
        }
        if self.stacks.is_empty() {
            self.finish_flat(pixels);
        } else {
            self.finish(y, shader, pixels);
        }
    }

    /// Collects where the outlines cross `level`, by x.
    fn cross(&mut self, level: f64, edges: &[&Edge]) {
        let end = self.width as f64;
        self.crossings.clear();
        self.crossings.extend(edges.iter().filter(|e| e.top.y <= level && level < e.bottom.y).map(
            |e| {
                let x = e.x_at(level).clamp(0.0, end);
                ((x * PARTS as f64).round() as i64, e.shape)
            },
        ));
        for mut at in 1..self.crossings.len() {
            while at > 0 && self.crossings[at - 1] > self.crossings[at] {
                self.crossings.swap(at - 1, at);
                at -= 1;
            }
        }
    }

    /// Walks along the crossings and adds what is visible between them.
    fn sweep(&mut self, shader: &Shader) {
        self.inside.clear();
        let mut shown: Visible = Visible::Flat([0; 4]);
        let mut index = 0;
        while let Some(&(x, _)) = self.crossings.get(index) {
            while let Some(&(_, shape)) = self.crossings.get(index).filter(|c| c.0 == x) {
                // Crossing an outline goes in or out: nonzero and even-odd agree (`artwork`).
                match self.inside.binary_search_by(|inside| shape.cmp(inside)) {
                    Ok(at) => {
                        self.inside.remove(at);
                    }
                    Err(at) => self.inside.insert(at, shape),
                }
                index += 1;
            }
            let next = self.visible(shader);
            if next != shown {
                self.add(shown, x, -1);
                self.add(next, x, 1);
                shown = next;
            }
        }
    }

    /// What is seen of the shapes that the sweep is inside of.
    fn visible(&mut self, shader: &Shader) -> Visible {
        let depth = self.inside.iter().position(|shape| shader.hides(*shape));
        let stack = &self.inside[..depth.map_or(self.inside.len(), |at| at + 1)];
        if let Some(color) = shader.flat(stack) {
            return Visible::Flat(color);
        }
        let known = self.stacks.iter().position(|known| known.shapes == stack);
        Visible::Stack(known.unwrap_or_else(|| {
            let coverage = vec![0; self.width + 2];
            self.stacks.push(Stack { shapes: stack.to_vec(), coverage });
            self.stacks.len() - 1
        }))
    }

    /// From `x` on, shows `what` (or, with a `sign` of -1, no longer).
    fn add(&mut self, what: Visible, x: i64, sign: i64) {
        let (pixel, part) = ((x / PARTS) as usize, x % PARTS);
        let (here, next) = (sign * (PARTS - part), sign * part);
        match what {
            Visible::Flat([0, 0, 0, 0]) => {}
            Visible::Flat(color) => {
                self.changed.extend([pixel, pixel + 1]);
                for (channel, value) in color.into_iter().enumerate() {
                    self.flat[pixel][channel] += value * here;
                    self.flat[pixel + 1][channel] += value * next;
                }
            }
            Visible::Stack(index) => {
                let coverage = &mut self.stacks[index].coverage;
                coverage[pixel] += here;
                coverage[pixel + 1] += next;
            }
        }
    }

    /// The row's bytes where nothing varies: runs between changes.
    fn finish_flat(&mut self, pixels: &mut [u8]) {
        let whole = PARTS * i64::from(self.lines);
        self.changed.sort_unstable();
        self.changed.dedup();
        let (pixels, _) = pixels.as_chunks_mut::<4>();
        let (mut sum, mut from, mut shown) = ([0; 4], 0, [0; 4]);
        for &at in self.changed.iter().filter(|at| **at < self.width) {
            pixels[from..at].fill(shown);
            for (sum, change) in sum.iter_mut().zip(self.flat[at]) {
                *sum += change;
            }
            (from, shown) = (at, straight(sum, whole));
        }
        pixels[from..].fill(shown);
    }

    /// The row's bytes, pixel by pixel.
    fn finish(&self, y: usize, shader: &Shader, pixels: &mut [u8]) {
        let whole = PARTS * i64::from(self.lines);
        let mut sum = [0; 4];
        let mut covered = vec![0; self.stacks.len()];
        // Where nothing changes, the last pixel's bytes serve again.
        let (mut last, mut varied) = ([0; 4], false);
        let (pixels, _) = pixels.as_chunks_mut::<4>();
        for (x, pixel) in pixels.iter_mut().enumerate() {
            let change = self.flat[x];
            for (channel, value) in change.into_iter().enumerate() {
                sum[channel] += value;
            }
            let mut total = sum;
            let mut varies = false;
            for (stack, covered) in self.stacks.iter().zip(&mut covered) {
                *covered += stack.coverage[x];
                if *covered > 0 {
                    varies = true;
                    let center = Point::new(x as f64 + 0.5, y as f64 + 0.5);
                    let color = shader.at(&stack.shapes, center);
                    for channel in 0..4 {
                        total[channel] += color[channel] * *covered;
                    }
                }
            }
            if varies || varied || change != [0; 4] || x == 0 {
                last = straight(total, whole);
            }
            varied = varies;
            *pixel = last;
        }
    }
}

/// What is seen between two crossings.
#[derive(Clone, Copy, PartialEq)]
enum Visible {
    Flat(Mixed),
    /// An index into the row's stacks.
    Stack(usize),
}

/// Bytes with straight alpha from sums over `whole` parts.
fn straight(sum: Mixed, whole: i64) -> [u8; 4] {
    let alpha = (sum[3] * 255 + FULL * whole / 2) / (FULL * whole);
    if alpha == 0 {
        return [0; 4];
    }
    let [r, g, b] = [0, 1, 2].map(|i| ((sum[i] * 255 + sum[3] / 2) / sum[3]).min(255) as u8);
    [r, g, b, alpha as u8]
}
