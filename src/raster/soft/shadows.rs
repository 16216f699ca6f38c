//! Where soft shadows and glows are, and of what colour.
//!
//! From a ground, which is nothing or the one colour of the picture's border, one walks on as long as
//! colour changes little from pixel to pixel. What is reached so is a shadow if it has one colour, in
//! any strength, if it fades away over some pixels, and if something throws it.
//!
//! On nothing, pixels tell a shadow's colour and how much of it is there. On a ground only their
//! product is seen: the colour is taken to be the strongest that there is (black for the shadow on a
//! white page), of which it takes least.

use super::beside;
use super::calm::level;
use super::fade::Fade;
use crate::order;
use crate::quantize::{Noise, difference, premultiplied};
use crate::raster::Raster;

/// Least and most alpha of a shadow where it is strongest, but for some pixels: less is nothing, more
/// the edge of an ink. Least beside noise.
const STRONGEST: std::ops::RangeInclusive<f32> = 14.0..=225.0;
const STRONGEST_SHARE: f64 = 0.98;
/// Share of what is reached that has to be of one colour.
const ONE_COLOR_SHARE: f64 = 0.7;
/// Smaller ones are none, in px; under noise, where ripples have colours, this goes for their starts.
const LEAST_PX: usize = 48;
const LEAST_NOISY_PX: usize = 192;
/// How far from the ground the start of it is, in levels.
const START: f32 = 48.0;
/// Most that are looked for.
const MOST: usize = 8;
/// Neighbours differ by no more, in levels.
const STEP: f32 = 32.0;
/// Between a quarter and three quarters of its strength it falls by no more per px, as a share of its
/// strength: what falls faster is the edge of an ink.
const STEEPEST: f32 = 0.25;
/// How far inside its border on the ground it gets stronger, from where to where, in px, one or the
/// other, and by how much.
const INSIDE_PX: [[isize; 2]; 3] = [[3, 6], [4, 12], [6, 24]];
const RISES: f32 = 1.25;
/// So near to the ground, in px, its stronger half has an edge.
const EDGE_PX: isize = 3;
/// Pixels for each one at its rim: what is thinner is an edge, or ripples beside one.
const PIXELS_PER_RIM: usize = 2;
/// Share of its pixels that have one strength, at most, and how near that is, in levels: more is an ink.
const FLAT_SHARE: f64 = 0.5;
const FLAT: f32 = 2.0;
/// How near to it something lies that throws it, in px, and for which share of its rim.
const BESIDE_PX: isize = 6;
const BESIDE_SHARE: f64 = 0.1;
/// An alpha that hides what is below.
pub(super) const SOLID: f32 = 250.0;
/// How near to a ground a colour is the ground's, in levels.
pub(super) const GROUND: f32 = 2.0;
/// How far its colour is from a ground, in levels, that something lies on it.
pub(crate) const COVERED: f32 = 12.0;

/// A shadow of one colour.
pub(crate) struct Soft {
    pub fade: Fade,
    /// Indices of its pixels.
    pub pixels: Vec<u32>,
    /// How strong it gets, from 0 to 255, and its mean where it is at least half of that.
    pub most: f32,
    pub mean: f32,
}

/// A picture in which shadows are looked for.
pub(crate) struct Scene<'a> {
    pub raster: &'a Raster,
    pub noise: Noise,
    /// Its colours without ripples: see [`super::calmed`].
    pub levels: &'a [[u8; 4]],
    /// Where colour changes as evenly as in a shadow.
    pub is_even: &'a (dyn Fn(usize) -> bool + 'a),
    /// Which thing else that is soft a pixel may be of.
    pub shade: &'a (dyn Fn(usize) -> Option<usize> + 'a),
}

/// The shadows of a picture.
pub(crate) struct Shadows {
    w: usize,
    pub list: Vec<Soft>,
    /// For each pixel which one it belongs to, if to any.
    of: Vec<Option<u8>>,
}

impl Shadows {
    /// Finds those on some grounds, premultiplied.
    pub fn find(scene: &Scene, grounds: &[[f32; 4]]) -> Self {
        let w = scene.raster.width_px() as usize;
        let mut found = Self { w, list: Vec::new(), of: vec![None; scene.levels.len()] };
        for &ground in grounds {
            let look = Look { scene, ground, calm_ground: level(ground, scene.noise) };
            for fade in look.fades() {
                if let Some(soft) = look.soft(fade)
                    && !look.is_shade(&soft.pixels)
                    // Under noise one shadow may look like some of similar colours.
                    && 2 * soft.pixels.iter().filter(|&&at| found.has(at)).count() <= soft.pixels.len()
                {
                    let index = found.list.len() as u8;
                    soft.pixels.iter().for_each(|&at| found.of[at as usize] = Some(index));
                    found.list.push(soft);
                }
            }
        }
        found
    }

    /// The shadow that a pixel belongs to.
    pub fn at(&self, x: usize, y: usize) -> Option<usize> {
        let of = if x < self.w { self.of.get(y * self.w + x) } else { None };
        of.copied().flatten().map(usize::from)
    }

    /// Whether a pixel is some shadow's.
    pub fn has(&self, at: u32) -> bool {
        self.of[at as usize].is_some()
    }

    /// The colour of a shadow of `raster` at a place, premultiplied; that of its ground if none of it is near.
    pub fn color(&self, raster: &Raster, which: usize, x: usize, y: usize) -> [f32; 4] {
        for ring in 0..=BESIDE_PX {
            for dy in -ring..=ring {
                let step = if dy.abs() == ring { 1 } else { 2 * ring as usize };
                for dx in (-ring..=ring).step_by(step.max(1)) {
                    let at = x.checked_add_signed(dx).zip(y.checked_add_signed(dy));
                    if let Some((x, y)) = at.filter(|&(x, y)| self.at(x, y) == Some(which)) {
                        return premultiplied(raster.pixels()[y * self.w + x]);
                    }
                }
            }
        }
        self.list[which].fade.ground
    }
}

/// A ground of a picture, on which shadows are looked for.
struct Look<'a> {
    scene: &'a Scene<'a>,
    ground: [f32; 4],
    /// Its colour as it is seen without ripples.
    calm_ground: [f32; 4],
}

impl Look<'_> {
    /// How what is reached from the ground fades, each colour once; the start of it tells.
    fn fades(&self) -> Vec<Fade> {
        let mut parts =
            self.reached(true, |at| difference(self.calm(at), self.calm_ground) <= START);
        let least = if self.scene.noise.is_none() { LEAST_PX } else { LEAST_NOISY_PX };
        parts.retain(|part| part.len() >= least);
        order::by_key(&mut parts, |part| !(part.len() as u64));
        let mut fades: Vec<Fade> = Vec::new();
        for part in parts {
            if self.is_shade(&part) {
                continue;
            }
            let Some(fade) = self.fade(&part) else { continue };
            if fades.len() < MOST && fades.iter().all(|known| !known.is(&fade)) {
                fades.push(fade);
            }
        }
        fades
    }

    /// Whether most pixels are of one thing else that is soft. What takes several is none of them.
    fn is_shade(&self, pixels: &[u32]) -> bool {
        let mut counts: Vec<usize> = Vec::new();
        for shade in pixels.iter().filter_map(|&at| (self.scene.shade)(at as usize)) {
            counts.resize(counts.len().max(shade + 1), 0);
            counts[shade] += 1;
        }
        counts.into_iter().max().is_some_and(|most| 2 * most > pixels.len())
    }

    /// The one colour that a part has.
    fn fade(&self, part: &[u32]) -> Option<Fade> {
        let all = Fade::of(part.iter().map(|&at| self.pixel(at)), self.ground)?;
        let own = |fade: Fade| {
            let colors = part.iter().map(|&at| self.pixel(at));
            colors.filter(move |&color| fade.has(color, self.scene.noise))
        };
        let fade = Fade::of(own(all), self.ground)?;
        (own(fade).count() as f64 >= ONE_COLOR_SHARE * part.len() as f64).then_some(fade)
    }

    /// What fades so, if it is a shadow.
    fn soft(&self, fade: Fade) -> Option<Soft> {
        let has = |at: usize| fade.has(self.pixel(at as u32), self.scene.noise);
        let mut parts = self.reached(true, has);
        parts.retain(|part| self.falls_softly(fade, part) && self.fades_out(fade, part));
        let mut pixels = parts.concat();
        if pixels.is_empty() {
            return None;
        }
        // What lies enclosed may never get as faint as the ground.
        let (most, _) = self.strength(fade, &pixels);
        let mut taken = vec![false; self.scene.levels.len()];
        for &at in &pixels {
            taken[at as usize] = true;
        }
        let weaker = |at: usize| !taken[at] && has(at) && fade.alpha(self.pixel(at as u32)) <= most;
        for part in self.reached(false, weaker) {
            if part.len() >= LEAST_PX && self.varies_softly(fade, &part) {
                pixels.extend(part);
            }
        }
        if pixels.len() < LEAST_PX {
            return None;
        }
        let fade = Fade::of(pixels.iter().map(|&at| self.pixel(at)), self.ground)?;
        let (most, mean) = self.strength(fade, &pixels);
        (STRONGEST.contains(&(most - 3.0 * self.scene.noise.sigma))
            && !self.is_flat(fade, &pixels)
            && self.is_thrown(&pixels))
        .then_some(Soft { fade, pixels, most, mean })
    }

    /// How much of a colour there is where it is strongest, and on the mean where it is at least half
    /// of that.
    fn strength(&self, fade: Fade, pixels: &[u32]) -> (f32, f32) {
        let mut alphas: Vec<f32> = pixels.iter().map(|&at| fade.alpha(self.pixel(at))).collect();
        alphas.sort_unstable_by(f32::total_cmp);
        let most = alphas[((alphas.len() - 1) as f64 * STRONGEST_SHARE) as usize];
        let strong = &alphas[alphas.partition_point(|alpha| *alpha < 0.5 * most)..];
        (most, strong.iter().sum::<f32>() / strong.len() as f32)
    }

    /// Pixels that `is_open` with no edge between them, in parts that hang together; all, or those that
    /// are reached from the ground so.
    fn reached(&self, from_ground: bool, is_open: impl Fn(usize) -> bool) -> Vec<Vec<u32>> {
        let (w, all) = (self.scene.raster.width_px() as usize, self.scene.levels.len());
        let is_ground = |at: usize| self.is_ground(at);
        let is_near = |at: usize, other: usize| difference(self.calm(at), self.calm(other)) <= STEP;
        let beside = |at: usize| beside(at, w, all);
        let mut open: Vec<bool> =
            (0..all).map(|at| !is_ground(at) && is_open(at) && (self.scene.is_even)(at)).collect();
        let mut parts = Vec::new();
        for start in 0..all {
            let mut touched = beside(start).filter(|&other| is_ground(other));
            if !open[start] || from_ground && !touched.any(|other| is_near(start, other)) {
                continue;
            }
            open[start] = false;
            let mut part = vec![start as u32];
            let mut next = 0;
            while let Some(&at) = part.get(next) {
                next += 1;
                for other in beside(at as usize) {
                    if open[other] && is_near(at as usize, other) {
                        open[other] = false;
                        part.push(other as u32);
                    }
                }
            }
            parts.push(part);
        }
        parts
    }

    /// Whether a shadow falls slowly where it falls.
    fn falls_softly(&self, fade: Fade, pixels: &[u32]) -> bool {
        let (most, _) = self.strength(fade, pixels);
        let falling = 0.25 * most..0.75 * most;
        let falling = pixels.iter().filter(|&&at| falling.contains(&fade.alpha(self.pixel(at))));
        self.slope(fade, falling).is_some_and(|slope| slope <= STEEPEST * most)
    }

    /// Whether most of what borders on the ground gets stronger farther in; a shape is there at once.
    fn fades_out(&self, fade: Fade, pixels: &[u32]) -> bool {
        let strength = |at: u32| {
            // On nothing alpha places them.
            if self.scene.noise.is_none() || self.ground[3] == 0.0 {
                fade.alpha(self.pixel(at))
            } else {
                // Luma places edges: chroma, of which lossy files keep less, fades beside them all.
                (self.calm(at as usize)[0] - self.calm_ground[0]).abs()
            }
        };
        let inside = |at: u32, (dx, dy): (isize, isize), far: isize| {
            let at = self.beside(at, -far * dx, -far * dy)?;
            fade.has(self.pixel(at), self.scene.noise).then(|| strength(at))
        };
        let (most, _) = self.strength(fade, pixels);
        let (mut soft, mut hard) = (0_usize, 0_usize);
        for &at in pixels {
            let is_strong = fade.alpha(self.pixel(at)) >= 0.5 * most;
            for way in ways(1) {
                let is_out = |far: isize| {
                    let out = self.beside(at, far * way.0, far * way.1);
                    out.is_some_and(|out| self.is_ground(out as usize))
                };
                if is_strong {
                    hard += usize::from(is_out(EDGE_PX));
                    continue;
                }
                if !is_out(1) {
                    continue;
                }
                let rises = |&[near, far]: &[isize; 2]| {
                    let (near, far) = (inside(at, way, near)?, inside(at, way, far)?);
                    Some(far > RISES * near + 1.0)
                };
                let found: Vec<bool> = INSIDE_PX.iter().filter_map(rises).collect();
                soft += usize::from(found.contains(&true));
                hard += usize::from(!found.is_empty() && !found.contains(&true));
            }
        }
        soft > hard
    }

    /// Whether some enclosed part of a shadow has no colour of its own.
    fn varies_softly(&self, fade: Fade, pixels: &[u32]) -> bool {
        let (most, _) = self.strength(fade, pixels);
        let alpha = |at: &u32| fade.alpha(self.pixel(*at));
        let least = pixels.iter().map(alpha).fold(most, f32::min);
        most - least > *STRONGEST.start() + 3.0 * self.scene.noise.sigma
            && self.slope(fade, pixels.iter()).is_some_and(|slope| slope <= STEEPEST * most)
    }

    /// How fast a shadow falls at some pixels, in the middle, per px.
    fn slope<'b>(&self, fade: Fade, pixels: impl Iterator<Item = &'b u32>) -> Option<f32> {
        let alpha = |at, dx, dy| Some(fade.alpha(self.pixel(self.beside(at, dx, dy)?)));
        let slope = |&at: &u32| {
            let across: f32 = alpha(at, -1, 0)? - alpha(at, 1, 0)?;
            let down: f32 = alpha(at, 0, -1)? - alpha(at, 0, 1)?;
            Some(0.5 * across.hypot(down))
        };
        let mut slopes: Vec<f32> = pixels.filter_map(slope).collect();
        let half = slopes.len() / 2;
        (!slopes.is_empty()).then(|| *slopes.select_nth_unstable_by(half, f32::total_cmp).1)
    }

    /// Whether most of it has one strength.
    fn is_flat(&self, fade: Fade, pixels: &[u32]) -> bool {
        let mut alphas: Vec<f32> = pixels.iter().map(|&at| fade.alpha(self.pixel(at))).collect();
        alphas.sort_unstable_by(f32::total_cmp);
        let share = (FLAT_SHARE * alphas.len() as f64) as usize;
        alphas.iter().zip(&alphas[share..]).any(|(least, most)| most - least <= FLAT)
    }

    /// Whether it is no thin edge, and something on the ground lies beside it.
    fn is_thrown(&self, pixels: &[u32]) -> bool {
        let mut is_own = vec![false; self.scene.raster.pixels().len()];
        for &at in pixels {
            is_own[at as usize] = true;
        }
        let is_rim = |at: u32| {
            let mut beside = ways(1).into_iter().filter_map(|(dx, dy)| self.beside(at, dx, dy));
            beside.any(|at| !is_own[at as usize])
        };
        let throws = |at: u32| {
            let pixel = self.pixel(at);
            !is_own[at as usize] && pixel[3] >= SOLID && difference(pixel, self.ground) > COVERED
        };
        let (mut rim, mut thrown) = (0_usize, 0_usize);
        for &at in pixels.iter().filter(|&&at| is_rim(at)) {
            let mut near =
                ways(BESIDE_PX).into_iter().filter_map(|(dx, dy)| self.beside(at, dx, dy));
            rim += 1;
            thrown += usize::from(near.any(throws));
        }
        pixels.len() > PIXELS_PER_RIM * rim && thrown as f64 >= BESIDE_SHARE * rim as f64
    }

    /// Whether a pixel has the ground's colour.
    fn is_ground(&self, at: usize) -> bool {
        difference(self.calm(at), self.calm_ground) <= GROUND
    }

    fn pixel(&self, at: u32) -> [f32; 4] {
        premultiplied(self.scene.raster.pixels()[at as usize])
    }

    fn calm(&self, at: usize) -> [f32; 4] {
        self.scene.levels[at].map(f32::from)
    }

    /// The pixel some way from another.
    fn beside(&self, at: u32, dx: isize, dy: isize) -> Option<u32> {
        let w = self.scene.raster.width_px() as usize;
        let (x, y) = (at as usize % w, at as usize / w);
        let (x, y) = x.checked_add_signed(dx).zip(y.checked_add_signed(dy))?;
        (x < w && y < self.scene.raster.height_px() as usize).then_some((y * w + x) as u32)
    }
}

/// The four ways of some length.
fn ways(px: isize) -> [(isize, isize); 4] {
    [(-px, 0), (px, 0), (0, -px), (0, px)]
}
