//! What a logo lies on, told from the picture's rim.

use serde::Serialize;

use crate::color::Rgb;
use crate::raster::Raster;

/// Kinds of ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GroundKind {
    /// One colour, perhaps with noise.
    Flat,
    /// A colour that changes slowly, such as a vignette.
    Soft,
    /// The chessboard that stands for transparency in editors, painted into the picture.
    Checkerboard,
    /// One colour inside a frame of another.
    Framed,
}

/// The colour of the ground at every pixel.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ground {
    pub kind: GroundKind,
    /// The colour, or the mean of all colours.
    pub rgb: Rgb,
    model: Model,
    /// Width of a frame around it, in pixels.
    pub frame_px: u32,
    /// Share of the rim that the model explains.
    share: f64,
    /// Mean distance of that share from the model, in levels.
    error: f64,
}

#[derive(Clone, Debug, PartialEq)]
enum Model {
    Constant([f32; 3]),
    /// For each channel the factors of 1, x, y, x², xy, y², where both run from -1 to 1.
    Quadratic {
        factors: [[f64; 6]; 3],
        size: [f64; 2],
    },
    Checker {
        colors: [[f32; 3]; 2],
        cell_px: u32,
        offset: [u32; 2],
    },
}

/// Samples of the rim that are looked at.
const SAMPLES: usize = 4096;

/// Samples that tell whether a ring is all of one colour.
const FEW_SAMPLES: usize = 512;

/// A rim pixel this near to the model, in levels, belongs to the ground.
const NEAR: f32 = 12.0;

/// Share of the rim that must be ground.
const SHARE: f64 = 0.6;

/// A frame is at most this fraction of the shorter side wide; more is the margin around a plate.
const FRAME_PART: u32 = 50;

type Sample = (u32, u32, [f32; 3]);

impl Ground {
    /// The same colour everywhere.
    pub fn flat(rgb: Rgb) -> Self {
        let model = Model::Constant(rgb.0.map(f32::from));
        Self { kind: GroundKind::Flat, rgb, model, frame_px: 0, share: 1.0, error: 0.0 }
    }

    /// The ground of an opaque picture, if it has one.
    pub fn find(raster: &Raster) -> Option<Self> {
        let rim = ring(raster, 0, SAMPLES)?;
        let flat = Self::fit_flat(&rim);
        if flat.share > 0.97 && flat.error <= 2.0 {
            return Some(Self::inside_frame(raster, &flat).unwrap_or(flat));
        }
        let soft = Self::fit_quadratic(raster, &rim);
        let checker = Self::fit_checker(raster, &rim);
        // A plainer model has to be worse by something before a richer one replaces it.
        let mut best = flat;
        for richer in [soft, checker].into_iter().flatten() {
            let closer = richer.share >= best.share && richer.error < best.error / 2.0;
            if richer.share > best.share + 0.05 || closer {
                best = richer;
            }
        }
        (best.share >= SHARE).then_some(best)
    }

    /// Whether its colour is the same everywhere.
    pub fn is_constant(&self) -> bool {
        matches!(self.model, Model::Constant(_))
    }

    /// The colour at a pixel.
    pub fn at(&self, x: u32, y: u32) -> [f32; 3] {
        match &self.model {
            Model::Constant(color) => *color,
            Model::Quadratic { factors, size } => {
                let terms = terms(x, y, *size);
                factors.map(|f| f.iter().zip(terms).map(|(f, t)| f * t).sum::<f64>() as f32)
            }
            Model::Checker { colors, cell_px, offset } => {
                let cell = |at: u32, offset: u32| (at + offset) / cell_px;
                colors[((cell(x, offset[0]) + cell(y, offset[1])) % 2) as usize]
            }
        }
    }

    /// How far a colour is from the ground at a pixel, in levels of the most different channel.
    pub fn distance(&self, x: u32, y: u32, color: [f32; 3]) -> f32 {
        distance(color, self.at(x, y))
    }

    fn fit_flat(samples: &[Sample]) -> Self {
        let mut color = dominant(samples);
        for _ in 0..2 {
            let near: Vec<_> = samples.iter().filter(|s| distance(s.2, color) <= NEAR).collect();
            if !near.is_empty() {
                color = mean(near.iter().map(|s| s.2));
            }
        }
        Self::measured(GroundKind::Flat, color, Model::Constant(color), samples)
    }

    /// Least squares over the rim; samples far from the first fit are left out of the second.
    fn fit_quadratic(raster: &Raster, samples: &[Sample]) -> Option<Self> {
        let size = [f64::from(raster.width_px()), f64::from(raster.height_px())];
        let mut kept: Vec<&Sample> = samples.iter().collect();
        let mut ground = None;
        for _ in 0..3 {
            let factors = solve(&kept, size)?;
            let color = mean(kept.iter().map(|s| s.2));
            let model = Model::Quadratic { factors, size };
            let fit = Self::measured(GroundKind::Soft, color, model, samples);
            kept = samples.iter().filter(|s| fit.distance(s.0, s.1, s.2) <= 2.0 * NEAR).collect();
            ground = Some(fit);
        }
        ground
    }

    fn fit_checker(raster: &Raster, samples: &[Sample]) -> Option<Self> {
        let first = dominant(samples);
        let rest: Vec<Sample> =
            samples.iter().filter(|s| distance(s.2, first) > NEAR).copied().collect();
        if rest.len() * 4 < samples.len() {
            return None;
        }
        let colors = [first, dominant(&rest)];
        let (along, down) = (
            changes(raster, &colors, raster.width_px(), |i| (i, 0)),
            changes(raster, &colors, raster.height_px(), |i| (0, i)),
        );
        let mut gaps: Vec<u32> =
            along.windows(2).chain(down.windows(2)).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let cell_px = *gaps.get(gaps.len() / 2)?;
        if cell_px < 3 {
            return None;
        }
        let offset = |changes: &[u32]| changes.first().map(|c| (cell_px - c % cell_px) % cell_px);
        let offset = [offset(&along)?, offset(&down)?];
        let fits = [[colors[0], colors[1]], [colors[1], colors[0]]].map(|colors| {
            let color = mean(colors.into_iter());
            let model = Model::Checker { colors, cell_px, offset };
            Self::measured(GroundKind::Checkerboard, color, model, samples)
        });
        let [even, odd] = fits;
        Some(if even.share >= odd.share { even } else { odd })
    }

    /// The ground inside a thin frame, if `outer` is one.
    fn inside_frame(raster: &Raster, outer: &Self) -> Option<Self> {
        let most = raster.width_px().min(raster.height_px()) / FRAME_PART;
        // Whoever goes inwards from the left crosses a frame's inner edge.
        let middle = raster.height_px() / 2 * raster.width_px();
        let crossed = |x: &u32| {
            let [r, g, b, _] = raster.pixels()[(middle + x) as usize];
            distance([r, g, b].map(f32::from), outer.at(0, 0)) > NEAR
        };
        let from = (1..=most).find(crossed)?;
        for depth in from..=most {
            if Self::fit_flat(&ring(raster, depth, FEW_SAMPLES)?).share <= 0.97 {
                // The frame's antialiased inner edge may be one pixel wide.
                continue;
            }
            let inner = Self::fit_flat(&ring(raster, depth, SAMPLES)?);
            let changed = distance(inner.at(0, 0), outer.at(0, 0)) > 2.0 * NEAR;
            if changed {
                return Some(Self { kind: GroundKind::Framed, frame_px: depth, ..inner });
            }
        }
        None
    }

    fn measured(kind: GroundKind, color: [f32; 3], model: Model, samples: &[Sample]) -> Self {
        let rgb = Rgb(color.map(|v| v.round().clamp(0.0, 255.0) as u8));
        let mut ground = Self { kind, rgb, model, frame_px: 0, share: 0.0, error: 0.0 };
        let distances = samples.iter().map(|s| ground.distance(s.0, s.1, s.2));
        let near: Vec<f64> = distances.filter(|d| *d <= NEAR).map(f64::from).collect();
        ground.share = near.len() as f64 / samples.len().max(1) as f64;
        ground.error = near.iter().sum::<f64>() / near.len().max(1) as f64;
        ground
    }
}

/// Greatest difference over the channels.
pub(super) fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3).map(|c| (a[c] - b[c]).abs()).fold(0.0, f32::max)
}

/// At most `count` pixels on the ring `depth` pixels from the rim; `None` if it is not opaque, or is
/// not there.
fn ring(raster: &Raster, depth: u32, count: usize) -> Option<Vec<Sample>> {
    let (width, height) = (raster.width_px(), raster.height_px());
    if width <= 2 * depth + 2 || height <= 2 * depth + 2 {
        return None;
    }
    let (right, bottom) = (width - 1 - depth, height - 1 - depth);
    let along = (depth..=right).flat_map(|x| [(x, depth), (x, bottom)]);
    let down = (depth + 1..bottom).flat_map(|y| [(depth, y), (right, y)]);
    let all = 2 * (right - depth + 1 + bottom - depth) as usize;
    let mut clear = 0;
    let samples: Vec<Sample> = along
        .chain(down)
        .step_by(all.div_ceil(count))
        .filter_map(|(x, y)| {
            let [r, g, b, alpha] = raster.pixels()[(y * width + x) as usize];
            clear += usize::from(alpha < 250);
            (alpha >= 250).then(|| (x, y, [r, g, b].map(f32::from)))
        })
        .collect();
    (clear * 50 <= samples.len()).then_some(samples)
}

/// The mean colour of the fullest cell of a coarse histogram.
fn dominant(samples: &[Sample]) -> [f32; 3] {
    let cell = |color: [f32; 3]| color.iter().fold(0, |i, v| i * 16 + *v as usize / 16);
    let mut counts = vec![0_u32; 16 * 16 * 16];
    for sample in samples {
        counts[cell(sample.2)] += 1;
    }
    let fullest = (0..counts.len()).max_by_key(|&i| (counts[i], counts.len() - i)).unwrap_or(0);
    mean(samples.iter().map(|s| s.2).filter(|color| cell(*color) == fullest))
}

fn mean(colors: impl Iterator<Item = [f32; 3]>) -> [f32; 3] {
    let (mut sum, mut count) = ([0.0_f64; 3], 0.0_f64);
    for color in colors {
        for c in 0..3 {
            sum[c] += f64::from(color[c]);
        }
        count += 1.0;
    }
    sum.map(|s| (s / count.max(1.0)) as f32)
}

/// Where pixels change from one of two colours to the other, along one side.
fn changes(
    raster: &Raster,
    colors: &[[f32; 3]; 2],
    len: u32,
    at: impl Fn(u32) -> (u32, u32),
) -> Vec<u32> {
    let mut last = None;
    let mut found = Vec::new();
    for i in 0..len {
        let (x, y) = at(i);
        let [r, g, b, _] = raster.pixels()[(y * raster.width_px() + x) as usize];
        let color = [r, g, b].map(f32::from);
        let nearest = usize::from(distance(color, colors[1]) < distance(color, colors[0]));
        if last.is_some_and(|last| last != nearest) {
            found.push(i);
        }
        last = Some(nearest);
    }
    found
}

fn terms(x: u32, y: u32, size: [f64; 2]) -> [f64; 6] {
    let (u, v) = (2.0 * f64::from(x) / size[0] - 1.0, 2.0 * f64::from(y) / size[1] - 1.0);
    [1.0, u, v, u * u, u * v, v * v]
}

/// Normal equations, solved by elimination with pivots.
fn solve(samples: &[&Sample], size: [f64; 2]) -> Option<[[f64; 6]; 3]> {
    let mut rows = [[0.0; 9]; 6];
    for (x, y, color) in samples.iter().copied() {
        let t = terms(*x, *y, size);
        for i in 0..6 {
            for j in 0..6 {
                rows[i][j] += t[i] * t[j];
            }
            for c in 0..3 {
                rows[i][6 + c] += t[i] * f64::from(color[c]);
            }
        }
    }
    // On a rim alone u² and v² are nearly tied; a little ridge keeps the solution tame.
    let ridge = 1e-6 * samples.len() as f64;
    for (i, row) in rows.iter_mut().enumerate() {
        row[i] += ridge;
    }
    for i in 0..6 {
        let pivot = (i..6).max_by(|&a, &b| rows[a][i].abs().total_cmp(&rows[b][i].abs()))?;
        rows.swap(i, pivot);
        if rows[i][i].abs() < 1e-12 {
            return None;
        }
        let top = rows[i];
        for (k, row) in rows.iter_mut().enumerate() {
            if k != i {
                let factor = row[i] / top[i];
                row.iter_mut().zip(top).for_each(|(v, t)| *v -= factor * t);
            }
        }
    }
    Some([6, 7, 8].map(|c| std::array::from_fn(|i| rows[i][c] / rows[i][i])))
}
