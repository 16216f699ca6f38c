//! Bits and prefix codes, as deflate (RFC 1951) and lossless WebP (RFC 9649) share them.

use crate::order;

/// Bits, the first in the lowest place of its byte.
#[derive(Default)]
pub struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Adds the lowest `count` bits of `value`, at most 32; those above are 0.
    pub fn put(&mut self, value: u32, count: u32) {
        self.held |= u64::from(value) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend((self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    /// All bytes, the last one filled up with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        let rest = self.count.div_ceil(8) as usize;
        self.bytes.extend(&self.held.to_le_bytes()[..rest]);
        self.bytes
    }
}

/// A prefix code: for each symbol how long it is, in bits, and those bits.
pub struct Code {
    pub lengths: Vec<u8>,
    bits: Vec<u16>,
}

impl Code {
    /// The shortest code for symbols that occur so many times each, none longer than `longest` bits.
    /// A symbol all alone has one bit.
    pub fn of(counts: &[u32], longest: u8) -> Self {
        let mut counts = counts.to_vec();
        let mut lengths = lengths(&counts);
        while lengths.iter().any(|length| *length > longest) {
            // Rare symbols become less rare until the tree is flat enough.
            for count in &mut counts {
                *count = count.div_ceil(2);
            }
            lengths = self::lengths(&counts);
        }
        let mut bits = vec![0; lengths.len()];
        let mut next: u16 = 0;
        for length in 1..=longest {
            next <<= 1;
            for (symbol, _) in lengths.iter().enumerate().filter(|(_, l)| **l == length) {
                bits[symbol] = next.reverse_bits() >> (16 - length);
                next += 1;
            }
        }
        Self { lengths, bits }
    }

    /// Writes a symbol.
    pub fn put(&self, symbol: usize, out: &mut Bits) {
        out.put(u32::from(self.bits[symbol]), u32::from(self.lengths[symbol]));
    }
}

/// Huffman's lengths.
fn lengths(counts: &[u32]) -> Vec<u8> {
    let mut lengths = vec![0; counts.len()];
    let mut leaves: Vec<usize> = (0..counts.len()).filter(|symbol| counts[*symbol] > 0).collect();
    if let [alone] = leaves[..] {
        lengths[alone] = 1;
    }
    order::by_key(&mut leaves, |symbol| u64::from(counts[*symbol]));
    // Nodes are the leaves, then what joins two: each no lighter than the one before it.
    let mut weights: Vec<u32> = leaves.iter().map(|symbol| counts[*symbol]).collect();
    let mut above = vec![0; 2 * leaves.len()];
    let (mut leaf, mut joint) = (0, leaves.len());
    for node in leaves.len()..(2 * leaves.len()).saturating_sub(1) {
        let mut lightest = || {
            let leaf_is = leaf < leaves.len() && (joint >= node || weights[leaf] <= weights[joint]);
            let place = if leaf_is { &mut leaf } else { &mut joint };
            above[*place] = node;
            *place += 1;
            weights[*place - 1]
        };
        let weight = lightest() + lightest();
        weights.push(weight);
    }
    let mut depths = vec![0; weights.len()];
    for node in (0..weights.len().saturating_sub(1)).rev() {
        depths[node] = depths[above[node]] + 1;
        if let Some(symbol) = leaves.get(node) {
            lengths[*symbol] = depths[node];
        }
    }
    lengths
}

/// Writes codes' lengths as both formats do: a code for lengths, its own lengths in the `order` of the
/// format, and after a `gap` of so many zeros the list.
pub fn put_lengths(lengths: &[u8], order: [usize; 19], gap: u32, out: &mut Bits) {
    let steps = listed(lengths);
    let mut counts = [0; 19];
    for step in &steps {
        counts[step.symbol] += 1;
    }
    let code = Code::of(&counts, 7);
    // All of them are there: four, and as many more as follow here.
    out.put(19 - 4, 4);
    for symbol in order {
        out.put(code.lengths[symbol].into(), 3);
    }
    out.put(0, gap);
    for step in steps {
        code.put(step.symbol, out);
        out.put(step.extra, step.extra_bits);
    }
}

/// A step of a list of lengths: a symbol, and what follows it as it is.
struct Step {
    symbol: usize,
    extra: u32,
    extra_bits: u32,
}

/// A list of lengths in steps: 16 repeats the last length, 17 and 18 stand for zeros.
fn listed(lengths: &[u8]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut step = |symbol, extra, extra_bits| steps.push(Step { symbol, extra, extra_bits });
    for run in lengths.chunk_by(|a, b| a == b) {
        let (length, mut rest) = (usize::from(run[0]), run.len() as u32);
        if length > 0 {
            step(length, 0, 0);
            rest -= 1;
        }
        while rest >= 3 {
            let (symbol, least, most, bits) = match (length, rest) {
                (1.., _) => (16, 3, 6, 2),
                (0, ..11) => (17, 3, 10, 3),
                (0, _) => (18, 11, 138, 7),
            };
            let run = rest.min(most);
            step(symbol, run - least, bits);
            rest -= run;
        }
        (0..rest).for_each(|_| step(length, 0, 0));
    }
    steps
}

/// A number from 0 on as a symbol, what follows it, and in how many bits: deflate's distances (3.2.5)
/// and all of WebP's lengths and distances (5.2.2), less one.
pub fn prefixed(number: u32) -> (usize, u32, u32) {
    let bits = number.max(2).ilog2() - 1;
    ((2 * bits + (number >> bits)) as usize, number & ((1 << bits) - 1), bits)
}

/// How many bytes two slices have in common at their beginning.
pub fn common(a: &[u8], b: &[u8]) -> usize {
    let steps = a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0);
    let sure = 8 * steps.take_while(|(a, b)| a == b).count();
    sure + a[sure..].iter().zip(&b[sure..]).take_while(|(a, b)| a == b).count()
}
