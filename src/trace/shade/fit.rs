//! An area's pixels become one linear or radial gradient.

use kurbo::{Affine, Point, Vec2};

use super::area::{Sample, Samples};
use super::stops::{Mean, drawn, lerp, stops};
use crate::artwork::{Gradient, GradientKind, Spread};
use crate::quantize::Noise;

/// How far off pixels may be, root mean square, in levels.
const OFF: f64 = 1.8;
/// How far off they may be before another run is tried.
const RAN_OFF: f64 = 0.7;
/// What varies less is one colour to the eye, in levels.
const LEAST_CONTRAST: f64 = 6.0;
/// The share of a noisy area's deviation that a gradient may leave.
const LEFT: f64 = 0.45;
/// What has more stops under noise is none that anybody drew.
const MOST_STOPS: usize = 10;
/// What noise in each of three channels makes together.
const ROOT3: f64 = 1.732_050_807_568_877_2;
/// Steps along a gradient that a mean colour is taken of.
const STEPS: usize = 160;
/// A gradient goes on this far beyond its pixels, up to the area's edge, in px.
const BEYOND_PX: f64 = 3.0;

/// Where the colours of a gradient run.
#[derive(Clone, Copy, Debug)]
enum Run {
    /// Along a direction.
    Linear(Turn),
    /// Around a centre, on ellipses of some height over width, turned.
    Radial { center: Point, aspect: f64, turn: Turn },
}

/// An angle in radians, and its sine and cosine, which every pixel asks for.
#[derive(Clone, Copy, Debug)]
struct Turn {
    angle: f64,
    sin: f64,
    cos: f64,
}

impl Turn {
    fn by(angle: f64) -> Self {
        Self { angle, sin: libm::sin(angle), cos: libm::cos(angle) }
    }
}

/// A fitted gradient.
pub(super) struct Fit {
    run: Run,
    /// The middle of its pixels.
    middle: Point,
    /// How far along the run the first and the last stop stand, in px.
    from: f64,
    to: f64,
    offsets: Vec<f64>,
    colors: Vec<[f64; 4]>,
}

impl Run {
    /// How far along a place is, in px.
    fn at(self, x: f64, y: f64) -> f64 {
        match self {
            Self::Linear(Turn { sin, cos, .. }) => x * cos + y * sin,
            Self::Radial { center, aspect, turn: Turn { sin, cos, .. } } => {
                let v = Point::new(x, y) - center;
                Vec2::new(v.x * cos + v.y * sin, (v.y * cos - v.x * sin) / aspect).hypot()
            }
        }
    }

    /// What varies, to be refined.
    fn parameters(self) -> Vec<f64> {
        match self {
            Self::Linear(turn) => vec![turn.angle],
            Self::Radial { center, aspect, turn } => {
                vec![center.x, center.y, libm::log(aspect), turn.angle]
            }
        }
    }

    fn with(self, q: &[f64]) -> Self {
        match self {
            Self::Linear(_) => Self::Linear(Turn::by(q[0])),
            Self::Radial { .. } => Self::Radial {
                center: Point::new(q[0], q[1]),
                aspect: libm::exp(q[2].clamp(-3.0, 3.0)),
                turn: Turn::by(q[3]),
            },
        }
    }
}

impl Fit {
    /// The gradient that explains the samples, if one does.
    pub fn of(samples: &Samples, noise: Noise) -> Option<Self> {
        if samples.slopes.len() < 8 || samples.of.len() < 32 {
            return None;
        }
        let linear = Run::Linear(Turn::by(direction(samples)));
        let (linear, off) = refined(linear, &samples.of, &[0.05]);
        let mut best = (linear, off);
        if off > RAN_OFF.hypot(0.6 * f64::from(noise.sigma))
            && let Some(center) = center(samples)
        {
            let extent = extent(&samples.of);
            let round = Run::Radial { center, aspect: 1.0, turn: Turn::by(0.0) };
            let step = 0.05 * extent;
            let radial = refined(round, &samples.of, &[step, step, 0.0, 0.0]);
            // An ellipse only where a circle will not do.
            let radial = if radial.1 < 1.2 {
                radial
            } else {
                refined(radial.0, &samples.of, &[step, step, 0.3, 0.3])
            };
            if radial.1 < 0.8 * off {
                best = radial;
            }
        }
        let (run, off) = best;
        if off > allowed(OFF, noise) || !noise.is_none() && off > LEFT * deviation(&samples.of) {
            return None;
        }
        let fit = Self::along(run, &samples.of, if noise.is_none() { 0.0 } else { off })?;
        if !noise.is_none() && fit.offsets.len() > MOST_STOPS {
            return None;
        }
        let least = LEAST_CONTRAST + 2.0 * f64::from(noise.sigma);
        (fit.contrast() >= least && fit.explains(samples, noise)).then_some(fit)
    }

    /// The stops along a run.
    fn along(run: Run, samples: &[Sample], deviation: f64) -> Option<Self> {
        let radial = matches!(run, Run::Radial { .. });
        let places: Vec<f64> = samples.iter().map(|s| run.at(s.x, s.y)).collect();
        let least = places.iter().copied().fold(f64::INFINITY, f64::min) - BEYOND_PX;
        let from = if radial { least.max(0.0) } else { least };
        let to = places.iter().copied().fold(f64::NEG_INFINITY, f64::max) + BEYOND_PX;
        let profile = profile(samples, &places, from, to);
        if profile.len() < 3 {
            return None;
        }
        let (offsets, colors) = stops(&profile, deviation).into_iter().unzip();
        let count = samples.len() as f64;
        let sum = samples.iter().fold(Vec2::ZERO, |sum, s| sum + Vec2::new(s.x, s.y));
        Some(Self { run, middle: (sum / count).to_point(), from, to, offsets, colors })
    }

    /// Whether the samples have the gradient's colours.
    pub fn explains(&self, samples: &Samples, noise: Noise) -> bool {
        self.off(samples) < allowed(OFF, noise)
    }

    /// Whether the samples have them but for ripples of their own.
    pub fn covers(&self, samples: &Samples, noise: Noise) -> bool {
        self.off(samples) < allowed(OFF, noise).hypot(deviation(&samples.of))
    }

    /// How far samples are from the gradient's colours, root mean square, in levels.
    fn off(&self, samples: &Samples) -> f64 {
        let off = |s: &Sample| {
            let color = self.color(s.x, s.y);
            (0..4).map(|i| (color[i] - s.color[i]) * (color[i] - s.color[i])).sum::<f32>()
        };
        let sum: f32 = samples.of.iter().map(off).sum();
        f64::from(sum / samples.of.len() as f32).sqrt()
    }

    /// How far apart its colours are, in levels of a channel.
    fn contrast(&self) -> f64 {
        let range = |i: usize| {
            let levels = || self.colors.iter().map(|color| color[i]);
            levels().fold(0.0, f64::max) - levels().fold(255.0, f64::min)
        };
        (0..4).map(range).fold(0.0, f64::max)
    }

    /// The colour at a place, premultiplied.
    pub fn color(&self, x: f64, y: f64) -> [f32; 4] {
        let offset = (self.run.at(x, y) - self.from) / (self.to - self.from);
        lerp(&self.offsets, &self.colors, offset).map(|v| v as f32)
    }

    /// Whether anything shows through.
    pub fn is_translucent(&self) -> bool {
        self.colors.iter().any(|color| color[3] < 252.0)
    }

    /// As drawings have it.
    pub fn gradient(&self) -> Gradient {
        let mut stops = drawn(&self.offsets, &self.colors);
        let (kind, transform) = match self.run {
            Run::Linear(turn) => {
                let along = Vec2::new(turn.cos, turn.sin);
                let middle = self.run.at(self.middle.x, self.middle.y);
                let at = |place: f64| self.middle + along * (place - middle);
                (GradientKind::Linear { start: at(self.from), end: at(self.to) }, Affine::IDENTITY)
            }
            Run::Radial { center, aspect, turn } => {
                for stop in &mut stops {
                    stop.offset = (self.from + stop.offset * (self.to - self.from)) / self.to;
                }
                let circle = GradientKind::Radial {
                    center: Point::ORIGIN,
                    radius: self.to,
                    focus: Point::ORIGIN,
                    focus_radius: 0.0,
                };
                let turned = Affine::translate(center.to_vec2())
                    * Affine::rotate(turn.angle)
                    * Affine::scale_non_uniform(1.0, aspect);
                (circle, turned)
            }
        };
        Gradient { kind, transform, stops, spread: Spread::Pad }
    }
}

/// What a clean picture may be off by, in levels, under noise.
fn allowed(off: f64, noise: Noise) -> f64 {
    off.hypot(ROOT3 * f64::from(noise.sigma))
}

/// How far samples are from their mean colour, root mean square, in levels.
fn deviation(samples: &[Sample]) -> f64 {
    let n = samples.len() as f64;
    let variance = |i: usize| {
        let values = || samples.iter().map(|s| f64::from(s.color[i]));
        let mean = values().sum::<f64>() / n;
        values().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n
    };
    (0..4).map(variance).sum::<f64>().sqrt()
}

/// Mean colours along a run.
fn profile(samples: &[Sample], places: &[f64], from: f64, to: f64) -> Vec<Mean> {
    let mut steps = vec![(0.0, [0.0; 4], 0.0); STEPS];
    for (sample, place) in samples.iter().zip(places) {
        let offset = (place - from) / (to - from);
        let step = &mut steps[((offset * STEPS as f64) as usize).min(STEPS - 1)];
        step.0 += offset;
        for (sum, c) in step.1.iter_mut().zip(sample.color) {
            *sum += f64::from(c);
        }
        step.2 += 1.0;
    }
    let mean = |&(offset, color, pixels): &(f64, [f64; 4], f64)| Mean {
        offset: offset / pixels,
        color: color.map(|c| c / pixels),
        pixels,
    };
    steps.iter().filter(|step| step.2 > 0.0).map(mean).collect()
}

/// How much colours vary where a run says that they are equal, root mean square.
fn off(run: Run, samples: &[Sample]) -> f64 {
    let places: Vec<f64> = samples.iter().map(|s| run.at(s.x, s.y)).collect();
    let from = places.iter().copied().fold(f64::INFINITY, f64::min);
    let to = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if to - from < 1e-6 {
        return f64::INFINITY;
    }
    // For each step the sum of the colours, of their squares, and their number.
    let mut steps = vec![([0.0; 4], 0.0, 0.0); STEPS];
    for (sample, place) in samples.iter().zip(&places) {
        let at = ((place - from) / (to - from) * STEPS as f64) as usize;
        let step = &mut steps[at.min(STEPS - 1)];
        for (sum, c) in step.0.iter_mut().zip(sample.color) {
            *sum += f64::from(c);
            step.1 += f64::from(c) * f64::from(c);
        }
        step.2 += 1.0;
    }
    let mut sum = 0.0;
    for (color, squares, n) in steps.iter().filter(|step| step.2 > 0.0) {
        sum += squares - color.iter().map(|c| c * c).sum::<f64>() / n;
    }
    (sum.max(0.0) / samples.len() as f64).sqrt()
}

/// Refines a run by trying steps to both sides of each parameter, ever smaller.
fn refined(run: Run, samples: &[Sample], steps: &[f64]) -> (Run, f64) {
    let thin: Vec<Sample> = samples.iter().step_by(samples.len().div_ceil(2500)).copied().collect();
    let mut q = run.parameters();
    let mut least = off(run, &thin);
    let mut scale = 1.0;
    for _ in 0..9 {
        for k in 0..q.len() {
            for sign in [-1.0, 1.0] {
                let step = sign * scale * steps[k];
                if step == 0.0 {
                    continue;
                }
                // As far as it gets better.
                for _ in 0..6 {
                    let mut moved = q.clone();
                    moved[k] += step;
                    let next = off(run.with(&moved), &thin);
                    if next >= least {
                        break;
                    }
                    (q, least) = (moved, next);
                }
            }
        }
        scale *= 0.5;
    }
    (run.with(&q), least)
}

/// The direction in which colours change most, in radians.
fn direction(samples: &Samples) -> f64 {
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (_, _, dx, dy) in &samples.slopes {
        for (gx, gy) in dx.iter().zip(dy) {
            let (gx, gy) = (f64::from(*gx), f64::from(*gy));
            xx += gx * gx;
            xy += gx * gy;
            yy += gy * gy;
        }
    }
    0.5 * libm::atan2(2.0 * xy, xx - yy)
}

/// The point that the directions of change meet in, nearest by least squares.
fn center(samples: &Samples) -> Option<Point> {
    let (mut xx, mut xy, mut yy, mut x, mut y) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (px, py, dx, dy) in &samples.slopes {
        for (gx, gy) in dx.iter().zip(dy) {
            let (nx, ny) = (-f64::from(*gy), f64::from(*gx));
            let along = nx * px + ny * py;
            xx += nx * nx;
            xy += nx * ny;
            yy += ny * ny;
            x += nx * along;
            y += ny * along;
        }
    }
    let det = xx * yy - xy * xy;
    (det > 1e-9 * (xx + yy) * (xx + yy))
        .then(|| Point::new((x * yy - y * xy) / det, (y * xx - x * xy) / det))
}

fn extent(samples: &[Sample]) -> f64 {
    let range = |of: fn(&Sample) -> f64| {
        let least = samples.iter().map(of).fold(f64::INFINITY, f64::min);
        samples.iter().map(of).fold(f64::NEG_INFINITY, f64::max) - least
    };
    range(|s| s.x).max(range(|s| s.y))
}
