//! A few inks chosen from the art, and every colour as tints of them: what simulated process and
//! index separations print with.
//!
//! Dots of ink and bare material lie side by side, so their light adds up: a colour is the mean of
//! theirs, weighted by their shares, in linear light (after Murray and Davies).

use super::edit::{PressInk, is_like};
use super::mixing::Mixed;
use super::options::SeparateOptions;
use crate::artwork::Artwork;
use crate::color::{Oklab, Rgb, light, suggested_name};
use crate::error::Result;
use crate::export::render;
use crate::order;
use crate::par;

/// Longest side of the picture that inks are chosen from.
const SAMPLED_PX: f64 = 400.0;
/// Neighbours that differ by more belong to an edge, whose mixed colours are no colours of the art.
const EDGE_STEP: u8 = 8;
/// Colours nearer than this in `OKLab` count as one.
const ALIKE: f64 = 0.03;
/// Most colours that inks are chosen from.
const MAX_COLORS: usize = 256;
/// Below this an ink is not worth a screen: the root of the colour's share of the art, times how
/// far off it prints in `OKLab`.
const WORTH: f64 = 0.004;
/// How much an ink of its own is worth to a colour that others can mix.
const PURITY: f64 = 0.2;
/// How much a colour may be off, for inks that are as much nearer to it.
const GRAIN: f64 = 0.1;
/// Most parts of a mixture: three inks and what is under them.
const MAX_PARTS: usize = 4;

/// What a place can show: an ink, or something else that is there already.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    rgb: Rgb,
    lab: Oklab,
    light: [f64; 3],
    /// The ink that shows; none for bare material and for white that the underbase prints.
    ink: Option<usize>,
    is_bare: bool,
}

/// Shares of parts, by index.
struct Mixture {
    shares: Vec<(usize, f64)>,
    /// How far its colour is off in `OKLab`.
    off: f64,
}

/// Inks, and what they can be mixed with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tones {
    parts: Vec<Part>,
}

impl Tones {
    /// Chooses inks for `artwork`.
    pub fn new(artwork: &Artwork, options: &SeparateOptions) -> Result<Self> {
        let mut tones = Self { parts: Vec::new() };
        if options.knock_out_substrate {
            tones.add(options.substrate, None, true);
        }
        let mut count = 0;
        if options.has_underbase() && !is_like(options.substrate, Rgb::WHITE) {
            let highlight = options.highlight_white.then_some(0);
            tones.add(Rgb::WHITE, highlight, false);
            count += usize::from(highlight.is_some());
        }
        let colors = colors(artwork, options.substrate)?;
        while count < options.most_inks as usize {
            let worth = par::map(colors.len(), |i| {
                let (rgb, share) = colors[i];
                libm::sqrt(share) * tones.miss(rgb)
            });
            // The first of the best, so that the largest wins.
            let best = (0..colors.len()).rev().max_by(|a, b| worth[*a].total_cmp(&worth[*b]));
            let Some(best) = best.filter(|best| worth[*best] >= WORTH) else { break };
            tones.add(colors[best].0, Some(count), false);
            count += 1;
        }
        Ok(tones)
    }

    fn add(&mut self, rgb: Rgb, ink: Option<usize>, is_bare: bool) {
        self.parts.push(Part { rgb, lab: rgb.into(), light: light(rgb), ink, is_bare });
    }

    /// The inks with names that say their colours.
    pub fn inks(&self) -> Vec<PressInk> {
        let mut parts: Vec<&Part> = self.parts.iter().filter(|part| part.ink.is_some()).collect();
        order::by_key(&mut parts, |part| part.ink.map_or(0, |ink| ink as u64));
        let mut inks: Vec<PressInk> = Vec::new();
        for part in parts {
            let plain = suggested_name(part.rgb);
            let numbered = (2..).map(|n| format!("{plain} {n}"));
            let is_free = |name: &String| inks.iter().all(|ink| ink.name != *name);
            let name = std::iter::once(plain.to_owned()).chain(numbered).find(is_free);
            let name = name.unwrap_or_default();
            inks.push(PressInk { name, rgb: part.rgb, angle_deg: None });
        }
        inks
    }

    /// How far off a colour prints; an ink of its own is a little better than a mixture.
    fn miss(&self, rgb: Rgb) -> f64 {
        let lab = Oklab::from(rgb);
        let nearest = self.parts.iter().map(|part| part.lab.distance(lab)).fold(1.0, f64::min);
        let mixture = self.mixture(rgb).map_or(1.0, |mixture| mixture.off);
        mixture + PURITY * nearest
    }

    /// The shares of inks that print a colour.
    pub fn mixed(&self, rgb: Rgb) -> Mixed {
        let mut mixed = Mixed::default();
        let Some(mixture) = self.mixture(rgb) else { return mixed };
        for (part, share) in mixture.shares {
            let part = &self.parts[part];
            // In thousandths, as tints are told apart.
            if share < 0.0005 {
                continue;
            }
            if part.is_bare {
                mixed.bare += share;
            } else if let Some(ink) = part.ink {
                mixed.inks.push((ink, share));
            }
        }
        mixed
    }

    /// The best mixture. All groups of up to four
    /// parts are tried; of equally good ones that wins whose parts look most like the colour.
    fn mixture(&self, rgb: Rgb) -> Option<Mixture> {
        let (target, lab) = (light(rgb), Oklab::from(rgb));
        let mut best: Option<(f64, Mixture)> = None;
        let mut group: Vec<usize> = Vec::with_capacity(MAX_PARTS);
        let mut next = 0;
        loop {
            // Depth first: a longer group, or else the next of this length or shorter.
            if group.len() < MAX_PARTS && next < self.parts.len() {
                group.push(next);
            } else if let Some(last) = group.pop() {
                next = last + 1;
                continue;
            } else {
                break;
            }
            next = group[group.len() - 1] + 1;
            let lights: Vec<[f64; 3]> = group.iter().map(|i| self.parts[*i].light).collect();
            let Some(shares) = shares(&lights, target) else { continue };
            let mut sum = [0.0; 3];
            for (light, share) in lights.iter().zip(&shares) {
                sum.iter_mut().zip(light).for_each(|(sum, light)| *sum += light * share);
            }
            let off = Oklab::of_light(sum).distance(lab);
            let grain: f64 = group
                .iter()
                .zip(&shares)
                .map(|(part, share)| share * self.parts[*part].lab.distance(lab))
                .sum();
            let cost = off + GRAIN * grain;
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                let shares = group.iter().copied().zip(shares).collect();
                best = Some((cost, Mixture { shares, off }));
            }
        }
        best.map(|(_, mixture)| mixture)
    }

    /// What looks most like an amount of light: its own light, and what prints it.
    pub fn nearest(&self, target: [f64; 3]) -> ([f64; 3], Mixed) {
        let lab = Oklab::of_light(target);
        let off = |part: &&Part| part.lab.distance(lab);
        let best = self.parts.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
        best.map_or(([0.0; 3], Mixed::default()), |part| (part.light, part.alone()))
    }
}

impl Part {
    /// This part and no other.
    fn alone(&self) -> Mixed {
        Mixed {
            inks: self.ink.map(|ink| (ink, 1.0)).into_iter().collect(),
            bare: f64::from(u8::from(self.is_bare)),
        }
    }
}

/// Shares, together 1, by which `lights` come nearest to `target`; `None` if one would be negative
/// or if there are several ways.
fn shares(lights: &[[f64; 3]], target: [f64; 3]) -> Option<Vec<f64>> {
    let (origin, others) = lights.split_first()?;
    let from = |p: &[f64; 3]| [p[0] - origin[0], p[1] - origin[1], p[2] - origin[2]];
    let dot = |a: &[f64; 3], b: &[f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let axes: Vec<[f64; 3]> = others.iter().map(from).collect();
    let aim = from(&target);
    // Least squares: the normal equations, by elimination.
    let n = axes.len();
    let mut rows: Vec<Vec<f64>> = axes
        .iter()
        .map(|a| axes.iter().map(|b| dot(a, b)).chain([dot(a, &aim)]).collect())
        .collect();
    for column in 0..n {
        let pivot =
            (column..n).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, pivot);
        if rows[column][column].abs() < 1e-9 {
            return None;
        }
        let pivot = rows[column].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(i, _)| *i != column) {
            let factor = row[column] / pivot[column];
            row.iter_mut().zip(&pivot).for_each(|(value, above)| *value -= factor * above);
        }
    }
    let rest: Vec<f64> = (0..n).map(|i| rows[i][n] / rows[i][i]).collect();
    let first = 1.0 - rest.iter().sum::<f64>();
    let shares: Vec<f64> = std::iter::once(first).chain(rest).collect();
    shares.iter().all(|share| *share >= -1e-9).then_some(shares)
}

/// The colours of the art as they look on the substrate, and the share of it that each has, the
/// largest first.
fn colors(artwork: &Artwork, substrate: Rgb) -> Result<Vec<(Rgb, f64)>> {
    let scale = SAMPLED_PX / artwork.width.max(artwork.height);
    let side = |length: f64| (length * scale).round().max(1.0) as u32;
    let picture = render(artwork, side(artwork.width), side(artwork.height))?;
    let (width, pixels) = (picture.width_px() as usize, picture.pixels());
    let alike =
        |a: &[u8; 4], b: &[u8; 4]| a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) <= EDGE_STEP);
    let inside = |i: usize| {
        let right = (i + 1).is_multiple_of(width) || alike(&pixels[i], &pixels[i + 1]);
        let below = pixels.get(i + width).is_none_or(|below| alike(&pixels[i], below));
        let left = i.is_multiple_of(width) || alike(&pixels[i], &pixels[i - 1]);
        let above = i < width || alike(&pixels[i], &pixels[i - width]);
        right && below && left && above
    };
    let seen = |i: usize| (pixels[i][3] > 0).then(|| over(pixels[i], substrate));
    let mut all: Vec<Rgb> = (0..pixels.len()).filter(|i| inside(*i)).filter_map(seen).collect();
    if all.is_empty() {
        all = (0..pixels.len()).filter_map(seen).collect();
    }
    all.sort_unstable();
    let mut counted: Vec<(Rgb, usize)> =
        all.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect();
    // Those with as many stay in the order of their colours.
    order::by_key(&mut counted, |(_, count)| !(*count as u64));
    let mut kinds: Vec<(Rgb, Oklab, usize)> = Vec::new();
    for (rgb, count) in counted {
        let lab = Oklab::from(rgb);
        match kinds.iter().position(|(_, other, _)| other.distance(lab) < ALIKE) {
            Some(at) => kinds[at].2 += count,
            None if kinds.len() < MAX_COLORS => kinds.push((rgb, lab, count)),
            None => {}
        }
    }
    Ok(kinds.into_iter().map(|(rgb, _, n)| (rgb, n as f64 / all.len() as f64)).collect())
}

/// A pixel as it looks on an opaque ground.
pub(super) fn over([r, g, b, a]: [u8; 4], ground: Rgb) -> Rgb {
    let alpha = u32::from(a);
    let mut out = ground;
    for (out, own) in out.0.iter_mut().zip([r, g, b]) {
        *out = ((u32::from(own) * alpha + u32::from(*out) * (255 - alpha) + 127) / 255) as u8;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tones(parts: &[(Rgb, bool)]) -> Tones {
        let mut tones = Tones { parts: Vec::new() };
        let mut inks = 0..;
        for (rgb, is_bare) in parts {
            let ink = if *is_bare { None } else { inks.next() };
            tones.add(*rgb, ink, *is_bare);
        }
        tones
    }

    #[test]
    fn half_the_light_is_half_the_ink() {
        let tones = tones(&[(Rgb::BLACK, true), (Rgb([255, 0, 0]), false), (Rgb::WHITE, false)]);
        // 188 of 255 is half the light.
        let mixed = tones.mixed(Rgb([188, 0, 0]));
        assert_eq!(mixed.inks.len(), 1);
        assert!((mixed.inks[0].1 - 0.5).abs() < 0.01 && (mixed.bare - 0.5).abs() < 0.01);
        let pink = tones.mixed(Rgb([255, 188, 188]));
        assert_eq!(pink.inks.len(), 2, "{pink:?}");
    }

    #[test]
    fn an_ink_prints_its_own_colour_alone() {
        let inks = [Rgb([200, 30, 30]), Rgb([240, 180, 20]), Rgb([220, 105, 25]), Rgb::WHITE];
        let parts: Vec<(Rgb, bool)> = inks.iter().map(|rgb| (*rgb, false)).collect();
        for (i, rgb) in inks.iter().enumerate() {
            assert_eq!(tones(&parts).mixed(*rgb).inks, [(i, 1.0)]);
        }
    }
}
