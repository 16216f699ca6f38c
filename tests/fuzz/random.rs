//! Numbers that are the same in every run, and what is drawn by them: damage, options.

use logopress::options::{Kind, Options};

/// xorshift64* (Vigna, 2016).
pub struct Random(u64);

impl Random {
    /// Another sequence for every number: neighbours have nothing in common (`SplitMix64`).
    pub fn new(number: u64) -> Self {
        let mut mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((mixed ^ (mixed >> 31)).max(1))
    }

    /// A number below `limit`, 0 if that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }

    /// One of several.
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Changes, cuts, repeats or swaps some of the bytes.
    pub fn damage(&mut self, bytes: &mut Vec<u8>) {
        // Values that formats stumble over: signs, greatest numbers, digits, brackets.
        const NASTY: &[u8] = b"\0\x01\x7f\x80\xff<>\"'&;#-.e9 %(";
        for _ in 0..=self.below(4) {
            let (at, to) = (self.below(bytes.len()), self.below(bytes.len()));
            match self.below(7) {
                0 if bytes.len() > 8 => bytes.truncate(at.max(8)),
                1 => bytes[at] ^= 1 << self.below(8),
                2 => bytes[at] = *self.of(NASTY),
                3 => bytes.swap(at, to),
                4 => {
                    let part = bytes[at..(at + 1 + self.below(16)).min(bytes.len())].to_vec();
                    bytes.splice(to..to, part);
                }
                5 => drop(bytes.drain(at..(at + self.below(8)).min(bytes.len()))),
                _ => bytes[at] = bytes[at].wrapping_add(1),
            }
            if bytes.is_empty() {
                bytes.push(0);
            }
        }
    }

    /// Gives some of the options other values, most of them allowed. Numbers stay small: what is
    /// looked for is what breaks, not what takes long.
    pub fn vary(&mut self, options: &mut dyn Options, texts: &[&str]) {
        for spec in options.own_specs() {
            if self.below(4) > 0 {
                continue;
            }
            let text = match spec.kind {
                Kind::Number { min, max, integer } => {
                    let most = max.min(min + 200.0);
                    let value = min + (most - min) * *self.of(&[0.0, 0.001, 0.03, 0.25, 0.5, 1.0]);
                    if integer { value.round().to_string() } else { value.to_string() }
                }
                Kind::Flag => ["true", "false"][self.below(2)].into(),
                Kind::Choice { choices } => self.of(&choices).value.into(),
                Kind::Color => ["#ffffff", "#c8001e", "#000000"][self.below(3)].into(),
                Kind::Colors => ["", "#c8001e, #ffffff", "#123456"][self.below(3)].into(),
                Kind::Text => (*self.of(texts)).into(),
            };
            // One that is refused keeps its value.
            let _ = options.set(spec.name, &text);
        }
    }
}
