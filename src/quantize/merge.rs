//! Fewer inks than there are colours: what a person asks for is painted, what is there is measured.
//!
//! Merging happens after labelling, so that boundaries are still located between the colours that
//! the picture really has.

use super::palette::{Oklab, distance};
use super::{Labels, Palette};
use crate::color::Rgb;

/// Which inks are wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Those that are there.
    Every,
    /// At most this many beside transparency.
    AtMost(usize),
    /// Exactly these; each colour becomes the nearest of them.
    These(Vec<Rgb>),
    /// One: all that differs from the ground.
    Figure,
    /// One: all that is dark.
    Dark,
}

/// What is painted where.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// For every ink of the picture the one that it is painted with, an index into `paints`.
    pub paint_of: Vec<u8>,
    /// The inks to paint with; the first is transparency.
    pub paints: Vec<[u8; 4]>,
}

impl Merged {
    /// The labels of what is painted.
    pub fn apply(&self, labels: &Labels) -> Labels {
        let of = labels.of.iter().map(|&ink| self.paint_of[ink as usize]).collect();
        Labels { of, ..*labels }
    }

    /// Whether every ink is painted as it is.
    pub fn is_identity(&self) -> bool {
        self.paint_of.iter().enumerate().all(|(i, &paint)| i == paint as usize)
    }
}

/// Farther than this in `OKLab`, an ink is not the one that was locked.
const LOCK_REACH: f32 = 0.04;

/// Decides what the inks of `palette`, which `labels` name, are painted with; `locked` ones are
/// merged into no other.
pub fn merge(palette: &Palette, labels: &Labels, wish: &Wish, locked: &[Rgb]) -> Merged {
    let inks = Inks::new(palette, labels);
    match wish {
        Wish::Every => Merged {
            paint_of: (0..palette.inks.len()).map(|i| i as u8).collect(),
            paints: palette.inks.clone(),
        },
        Wish::AtMost(most) => inks.at_most((*most).max(1), locked),
        Wish::These(colors) => inks.these(colors.iter().chain(locked)),
        Wish::Figure => inks.figure(),
        Wish::Dark => inks.dark(),
    }
}

struct Inks<'a> {
    colors: &'a [[u8; 4]],
    labs: Vec<[f32; 4]>,
    /// Number of pixels of each.
    areas: Vec<u64>,
    oklab: Oklab,
    labels: &'a Labels,
}

impl<'a> Inks<'a> {
    fn new(palette: &'a Palette, labels: &'a Labels) -> Self {
        let mut areas = vec![0; palette.inks.len()];
        for &ink in &labels.of {
            areas[ink as usize] += 1;
        }
        let oklab = Oklab::new();
        let labs = palette.inks.iter().map(|&ink| oklab.of(ink)).collect();
        Self { colors: &palette.inks, labs, areas, oklab, labels }
    }

    /// Merges the two inks whose union costs least (Ward 1963) until few enough are left, or all
    /// that are left are locked.
    fn at_most(&self, most: usize, locked: &[Rgb]) -> Merged {
        let nearest = |rgb: &Rgb| {
            let lab = self.oklab.of([rgb.0[0], rgb.0[1], rgb.0[2], 255]);
            let apart = |i: &usize| distance(self.labs[*i], lab);
            (1..self.colors.len())
                .min_by(|a, b| apart(a).total_cmp(&apart(b)))
                .filter(|i| apart(i) < LOCK_REACH)
        };
        let locked: Vec<usize> = locked.iter().filter_map(nearest).collect();
        let is_locked = |ink: usize| locked.contains(&ink);
        // Each group's mean, weight, and the member that it is painted as: a locked one, or the most
        // frequent.
        let mut groups: Vec<Option<([f32; 4], f32, usize)>> = (0..self.colors.len())
            .map(|i| Some((self.labs[i], self.areas[i].max(1) as f32, i)))
            .collect();
        let mut group_of: Vec<usize> = (0..groups.len()).collect();
        for _ in most + 1..self.colors.len() {
            let mut best = (f32::MAX, 0, 0);
            for j in 1..groups.len() {
                for i in 1..j {
                    let (Some(a), Some(b)) = (groups[i], groups[j]) else { continue };
                    if is_locked(a.2) && is_locked(b.2) {
                        continue;
                    }
                    let d = distance(a.0, b.0);
                    let cost = d * d * a.1 * b.1 / (a.1 + b.1);
                    if cost < best.0 {
                        best = (cost, i, j);
                    }
                }
            }
            let (_, i, j) = best;
            if j == 0 {
                break;
            }
            let (Some(a), Some(b)) = (groups[i], groups[j].take()) else { break };
            let weight = a.1 + b.1;
            let mean = [0, 1, 2, 3].map(|k| (a.0[k] * a.1 + b.0[k] * b.1) / weight);
            let leads = |ink: usize| (is_locked(ink), self.areas[ink]);
            let leader = if leads(a.2) >= leads(b.2) { a.2 } else { b.2 };
            groups[i] = Some((mean, weight, leader));
            group_of.iter_mut().filter(|group| **group == j).for_each(|group| *group = i);
        }
        let mut paints = vec![[0; 4]];
        let mut number = vec![0; groups.len()];
        for (i, group) in groups.iter().enumerate().skip(1) {
            if let Some((.., leader)) = group {
                number[i] = paints.len() as u8;
                paints.push(self.colors[*leader]);
            }
        }
        Merged { paint_of: group_of.into_iter().map(|group| number[group]).collect(), paints }
    }

    fn these<'c>(&self, colors: impl Iterator<Item = &'c Rgb>) -> Merged {
        let mut paints = vec![[0; 4]];
        paints.extend(colors.take(super::MAX_INKS).map(|c| [c.0[0], c.0[1], c.0[2], 255]));
        let labs: Vec<_> = paints.iter().map(|&paint| self.oklab.of(paint)).collect();
        let nearest = |i: usize| {
            // What covers more than half becomes an ink, what covers less transparency.
            if self.colors[i][3] < 128 {
                return 0;
            }
            let [r, g, b, _] = self.colors[i];
            let lab = self.oklab.of([r, g, b, 255]);
            let apart = |paint: &usize| distance(labs[*paint], lab);
            (1..labs.len()).min_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or(0) as u8
        };
        Merged { paint_of: (0..self.colors.len()).map(nearest).collect(), paints }
    }

    /// The ink that surrounds the drawing: transparency, or what most of the border is.
    fn ground(&self) -> usize {
        let (w, h) = (self.labels.width_px, self.labels.height_px);
        let mut seen = vec![0_u64; self.colors.len()];
        for x in 0..w {
            seen[self.labels.of[x] as usize] += 1;
            seen[self.labels.of[(h - 1) * w + x] as usize] += 1;
        }
        for y in 0..h {
            seen[self.labels.of[y * w] as usize] += 1;
            seen[self.labels.of[y * w + w - 1] as usize] += 1;
        }
        if seen[0] > 0 {
            return 0;
        }
        (0..seen.len()).max_by_key(|&i| (seen[i], std::cmp::Reverse(i))).unwrap_or(0)
    }

    fn figure(&self) -> Merged {
        let ground = self.ground();
        // Behind transparency paper is imagined.
        let paper = if ground == 0 { [255; 4] } else { self.colors[ground] };
        let paper = self.oklab.of(paper);
        let figure = (1..self.colors.len())
            .filter(|&i| i != ground && distance(self.labs[i], paper) > 0.1)
            .max_by_key(|&i| (self.areas[i], std::cmp::Reverse(i)))
            .or_else(|| (1..self.colors.len()).find(|&i| i != ground))
            .unwrap_or(ground);
        let is_figure = |i: usize| {
            let lab = self.labs[i];
            i == figure
                || i != 0 && i != ground && distance(lab, self.labs[figure]) <= distance(lab, paper)
        };
        self.one(figure, is_figure)
    }

    fn dark(&self) -> Merged {
        let lightness = |i: usize| self.labs[i][0] + 1.0 - self.labs[i][3];
        let darkest = (1..self.colors.len()).min_by(|&a, &b| lightness(a).total_cmp(&lightness(b)));
        let lightest = (0..self.colors.len()).map(lightness).fold(0.0, f32::max);
        let Some(darkest) = darkest else { return self.one(0, |_| false) };
        let half = f32::midpoint(lightness(darkest), lightest);
        self.one(darkest, |i| i == darkest || lightness(i) < half)
    }

    /// One ink, where `inside` says so, and nothing elsewhere.
    fn one(&self, ink: usize, inside: impl Fn(usize) -> bool) -> Merged {
        let [r, g, b, _] = self.colors[ink];
        Merged {
            paint_of: (0..self.colors.len()).map(|i| u8::from(inside(i))).collect(),
            paints: vec![[0; 4], [r, g, b, 255]],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantize::Noise;

    /// Much red, some orange, a little yellow, all alike, and blue.
    fn four() -> (Palette, Labels) {
        let inks = vec![
            [0; 4],
            [200, 20, 20, 255],
            [230, 60, 10, 255],
            [250, 90, 10, 255],
            [0, 40, 160, 255],
        ];
        let of = [[1; 50].as_slice(), &[2; 20], &[3; 4], &[4; 26]].concat();
        (
            Palette { inks, tolerance: 0, noise: Noise::NONE },
            Labels { width_px: 10, height_px: 10, of },
        )
    }

    fn merged(most: usize, locked: &[Rgb]) -> Vec<[u8; 4]> {
        let (palette, labels) = four();
        merge(&palette, &labels, &Wish::AtMost(most), locked).paints
    }

    #[test]
    fn few_inks_are_the_most_frequent() {
        assert_eq!(merged(2, &[]), [[0; 4], [200, 20, 20, 255], [0, 40, 160, 255]]);
    }

    #[test]
    fn a_locked_ink_stays_and_takes_others_in() {
        let yellow = Rgb([250, 90, 10]);
        assert!(merged(2, &[yellow]).contains(&[250, 90, 10, 255]));
        assert_eq!(merged(1, &[yellow]), [[0; 4], [250, 90, 10, 255]]);
    }

    #[test]
    fn two_locked_inks_are_not_merged() {
        let paints = merged(1, &[Rgb([230, 60, 10]), Rgb([250, 90, 10])]);
        assert_eq!(paints.len(), 3);
        assert!(paints.contains(&[230, 60, 10, 255]) && paints.contains(&[250, 90, 10, 255]));
    }

    #[test]
    fn what_was_locked_in_another_picture_locks_nothing() {
        assert_eq!(merged(2, &[Rgb([0, 200, 0])]), merged(2, &[]));
    }

    #[test]
    fn a_palette_has_the_locked_inks_too() {
        let (palette, labels) = four();
        let wish = Wish::These(vec![Rgb([200, 20, 20])]);
        let merged = merge(&palette, &labels, &wish, &[Rgb([0, 40, 160])]);
        assert_eq!(merged.paint_of, [0, 1, 1, 1, 2]);
    }
}
