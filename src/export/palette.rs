//! Pictures of few colours, as PNG and WebP write them: a palette, and for each pixel an index.

/// Up to 256 colours, those with the least alpha first: then PNG's `tRNS` may end early.
pub struct Palette {
    pub colors: Vec<[u8; 4]>,
}

/// Where in a byte the leftmost of several pixels stands.
#[derive(Clone, Copy, PartialEq)]
pub enum Order {
    /// In the highest bits, as in PNG.
    HighFirst,
    /// In the lowest bits, as in WebP.
    LowFirst,
}

impl Palette {
    /// The colours of `pixels`, unless there are too many.
    pub fn of(pixels: &[[u8; 4]]) -> Option<Self> {
        let mut colors: Vec<[u8; 4]> = Vec::new();
        let mut last = None;
        for pixel in pixels {
            if last == Some(pixel) {
                continue;
            }
            last = Some(pixel);
            if let Err(at) = colors.binary_search_by_key(&key(*pixel), |c| key(*c)) {
                if colors.len() == 256 {
                    return None;
                }
                colors.insert(at, *pixel);
            }
        }
        Some(Self { colors })
    }

    /// Bits that an index takes: as few of 1, 2, 4 and 8 as hold all of them.
    pub fn depth(&self) -> usize {
        match self.colors.len() {
            0..=2 => 1,
            3..=4 => 2,
            5..=16 => 4,
            _ => 8,
        }
    }

    /// Adds a row of indices, padded to whole bytes.
    pub fn pack(&self, row: &[[u8; 4]], order: Order, bytes: &mut Vec<u8>) {
        let bits = self.depth();
        let mut last = (row[0], self.index(row[0]));
        bytes.extend(row.chunks(8 / bits).map(|group| {
            let mut byte = 0;
            for (at, pixel) in group.iter().enumerate() {
                if *pixel != last.0 {
                    last = (*pixel, self.index(*pixel));
                }
                byte |= match order {
                    Order::HighFirst => last.1 << (8 - bits * (at + 1)),
                    Order::LowFirst => last.1 << (bits * at),
                };
            }
            byte
        }));
    }

    fn index(&self, pixel: [u8; 4]) -> u8 {
        // Every pixel is in its own picture's palette.
        self.colors.binary_search_by_key(&key(pixel), |c| key(*c)).unwrap_or_default() as u8
    }
}

/// Sorts by alpha, then by colour.
fn key([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    [a, r, g, b]
}
