//! Ways off a ground: whether colour leaves it softly, as in a shadow, or at an edge.

/// Along a soft way levels rise by no more from pixel to pixel, nor by more than this share of all that
/// they rise by, which is at least so much. They may fall a little.
const STEP: u8 = 32;
const STEP_SHARE: f32 = 0.3;
const LEAST: u8 = 10;
const FALL: u8 = 1;
/// Levels on the ground, at most.
const GROUND: u8 = 2;

/// How many ways off a ground there are, and how many of them are soft.
#[derive(Default)]
pub(super) struct Ways {
    all: usize,
    soft: usize,
}

impl Ways {
    /// Those along every so manieth row and column of a picture `w` pixels wide of which some pixel
    /// counts; `levels` say how far from the ground each is.
    pub fn of(levels: &[u8], w: usize, every: usize, counts: &dyn Fn(usize) -> bool) -> Self {
        let mut ways = Self::default();
        let mut look = |from: usize, step: usize, n: usize| {
            ways.look(levels, &mut (0..n).map(|i| from + i * step), counts);
            ways.look(levels, &mut (0..n).rev().map(|i| from + i * step), counts);
        };
        let h = levels.len() / w;
        (0..h).step_by(every).for_each(|y| look(y * w, 1, w));
        (0..w).step_by(every).for_each(|x| look(x, w, h));
        ways
    }

    /// The share of them that is soft.
    pub fn soft(&self) -> f64 {
        self.soft as f64 / self.all.max(1) as f64
    }

    fn look(
        &mut self,
        levels: &[u8],
        line: &mut dyn Iterator<Item = usize>,
        counts: &dyn Fn(usize) -> bool,
    ) {
        let mut last = 0;
        // The steepest step since the ground was left, and whether a pixel counted.
        let mut way: Option<(u8, bool)> = None;
        for at in line {
            let level = levels[at];
            if level <= GROUND {
                way = Some((0, false));
            } else if let Some((steepest, counted)) = &mut way {
                let step = level.saturating_sub(last);
                if step <= STEP && last.saturating_sub(level) <= FALL {
                    *steepest = step.max(*steepest);
                    *counted = *counted || counts(at);
                } else {
                    let is_soft =
                        last >= LEAST && f32::from(*steepest) <= STEP_SHARE * f32::from(last);
                    self.all += usize::from(*counted);
                    self.soft += usize::from(*counted && is_soft);
                    way = None;
                }
            }
            last = level;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn soft(levels: &[u8]) -> f64 {
        Ways::of(levels, levels.len(), 1, &|_| true).soft()
    }

    #[test]
    fn a_shadow_is_left_softly_and_an_edge_is_not() {
        assert_eq!(soft(&[0, 0, 1, 3, 6, 11, 18, 27, 36, 200, 200, 200]), 1.0);
        assert_eq!(soft(&[0, 0, 0, 0, 0, 0, 90, 200, 200, 200, 200, 200]), 0.0);
        // What compression leaves beside one, and a faint flat shape.
        assert_eq!(soft(&[0, 1, 3, 2, 5, 3, 6, 14, 200, 200, 200, 200]), 0.0);
        assert_eq!(soft(&[0, 0, 0, 0, 6, 14, 14, 14, 14, 14, 13, 200]), 0.0);
    }
}
