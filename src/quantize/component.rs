//! Connected areas of one label, by runs: after one pass over the pixels everything is as large as
//! the boundaries, not as the picture.

use super::Labels;
use super::palette::{Oklab, distance};

/// The connected (four-neighbour) areas of a label map.
#[derive(Clone, Debug, Default)]
pub struct Components {
    /// Runs of equal labels, row by row.
    runs: Vec<Run>,
    /// Index of each row's first run, and the number of runs at the end.
    rows: Vec<u32>,
    /// For each component its label and area.
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    start: u32,
    end: u32,
    part: u32,
}

/// One connected area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its label.
    pub label: u8,
    /// Its area in pixels together with what it touches at corners: a thin slanted stroke hangs
    /// together by no more.
    pub area_px: u64,
}

impl Components {
    /// The components.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The runs of a row.
    fn row(&self, y: usize) -> &[Run] {
        &self.runs[self.rows[y] as usize..self.rows[y + 1] as usize]
    }

    /// The component of a pixel.
    pub fn at(&self, x: u32, y: u32) -> u32 {
        let runs = self.row(y as usize);
        runs[runs.partition_point(|run| run.end <= x)].part
    }
}

/// Finds the connected areas of `labels`.
pub fn components(labels: &Labels) -> Components {
    let w = labels.width_px;
    let mut runs: Vec<Run> = Vec::new();
    let mut rows = vec![0];
    let mut parents: Vec<u32> = Vec::new();
    let mut touching: Vec<(u32, u32)> = Vec::new();
    let mut above = 0..0;
    for row in labels.of.chunks_exact(w) {
        let first = runs.len();
        let mut start = 0;
        for chunk in row.chunk_by(|a, b| a == b) {
            let end = start + chunk.len();
            let part = parents.len() as u32;
            parents.push(part);
            runs.push(Run { start: start as u32, end: end as u32, part });
            start = end;
        }
        let here = first..runs.len();
        let (mut i, mut j) = (above.start, here.start);
        let y = rows.len() - 1;
        while i < above.end && j < here.end {
            let (a, b) = (runs[i], runs[j]);
            let x = a.start.max(b.start) as usize;
            if labels.of[(y - 1) * w + x] == labels.of[y * w + x] {
                join(&mut parents, a.part, b.part);
            }
            if a.end == b.end && i + 1 < above.end && j + 1 < here.end {
                let of = |run: Run, y: usize| labels.of[y * w + run.start as usize];
                let (right, below) = (runs[i + 1], runs[j + 1]);
                if of(a, y - 1) == of(below, y) {
                    touching.push((a.part, below.part));
                }
                if of(right, y - 1) == of(b, y) {
                    touching.push((right.part, b.part));
                }
            }
            i += usize::from(a.end <= b.end);
            j += usize::from(b.end <= a.end);
        }
        above = here;
        rows.push(runs.len() as u32);
    }
    number(labels, runs, rows, &mut parents, &touching)
}

/// Numbers the components in the order in which their first runs stand.
fn number(
    labels: &Labels,
    mut runs: Vec<Run>,
    rows: Vec<u32>,
    parents: &mut [u32],
    touching: &[(u32, u32)],
) -> Components {
    let mut parts: Vec<Part> = Vec::new();
    let mut numbers = vec![u32::MAX; parents.len()];
    for y in 0..labels.height_px {
        for run in &mut runs[rows[y] as usize..rows[y + 1] as usize] {
            let root = find(parents, run.part) as usize;
            if numbers[root] == u32::MAX {
                numbers[root] = parts.len() as u32;
                let label = labels.of[y * labels.width_px + run.start as usize];
                parts.push(Part { label, area_px: 0 });
            }
            run.part = numbers[root];
            parts[run.part as usize].area_px += u64::from(run.end - run.start);
        }
    }
    let mut clusters: Vec<u32> = (0..parts.len() as u32).collect();
    for &(a, b) in touching {
        let number = |part| numbers[find(parents, part) as usize];
        let [a, b] = [a, b].map(number);
        join(&mut clusters, a, b);
    }
    let mut areas = vec![0; parts.len()];
    for (i, part) in parts.iter().enumerate() {
        areas[find(&mut clusters, i as u32) as usize] += part.area_px;
    }
    for (i, part) in parts.iter_mut().enumerate() {
        part.area_px = areas[find(&mut clusters, i as u32) as usize];
    }
    Components { runs, rows, parts }
}

fn find(parents: &mut [u32], mut i: u32) -> u32 {
    while parents[i as usize] != i {
        parents[i as usize] = parents[parents[i as usize] as usize];
        i = parents[i as usize];
    }
    i
}

fn join(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(parents, a), find(parents, b));
    // The earlier one stays the root, so that the order is that of the rows.
    parents[a.max(b) as usize] = a.min(b);
}

/// Which areas are too little to keep.
#[derive(Clone, Copy, Debug)]
pub struct Specks<'a> {
    /// Those smaller than this,
    pub area_px2: f64,
    /// and those that differ less than this from the larger area that they border on most, as a share
    /// of what black and white differ.
    pub contrast: f32,
    /// The colour of each label.
    pub colors: &'a [[u8; 4]],
}

/// The label that an area borders on most.
#[derive(Clone, Copy)]
struct Ground {
    units: u32,
    label: u8,
    /// The largest of the areas of that label that it borders on.
    area_px: u64,
}

/// Gives specks the label that they border on most. Returns whether there were any.
pub fn despeckle(labels: &mut Labels, found: &Components, specks: &Specks) -> bool {
    let is_small = |part: u32| (found.parts[part as usize].area_px as f64) < specks.area_px2;
    let by_contrast = specks.contrast > 0.0;
    if !by_contrast && !(0..found.parts.len() as u32).any(is_small) {
        return false;
    }
    let oklab = Oklab::new();
    let labs: Vec<_> = specks.colors.iter().map(|&color| oklab.of(color)).collect();
    let grounds = grounds(found, |part| by_contrast || is_small(part));
    let becomes = |(part, ground): (usize, &Option<Ground>)| {
        let (here, ground) = (found.parts[part], (*ground)?);
        let apart = distance(labs[here.label as usize], labs[ground.label as usize]);
        // Of two areas that hardly differ the larger one stays.
        let is_faint = apart < specks.contrast && here.area_px < ground.area_px;
        (is_faint || is_small(part as u32)).then_some(ground.label)
    };
    let becomes: Vec<Option<u8>> = grounds.iter().enumerate().map(becomes).collect();
    let w = labels.width_px;
    for y in 0..labels.height_px {
        for run in found.row(y) {
            if let Some(label) = becomes[run.part as usize] {
                labels.of[y * w + run.start as usize..y * w + run.end as usize].fill(label);
            }
        }
    }
    becomes.iter().any(Option::is_some)
}

/// What each of the areas borders on most that are `asked` for.
fn grounds(found: &Components, asked: impl Fn(u32) -> bool) -> Vec<Option<Ground>> {
    // An area, the label beside it, the area that has it, and for how many units.
    let mut borders: Vec<(u32, u8, u32, u32)> = Vec::new();
    let mut touch = |a: u32, b: u32, units: u32| {
        for (part, other) in [(a, b), (b, a)] {
            if asked(part) {
                borders.push((part, found.parts[other as usize].label, other, units));
            }
        }
    };
    for y in 0..found.rows.len() - 1 {
        let here = found.row(y);
        for pair in here.windows(2) {
            touch(pair[0].part, pair[1].part, 1);
        }
        let above: &[Run] = if y == 0 { &[] } else { found.row(y - 1) };
        let (mut i, mut j) = (0, 0);
        while i < above.len() && j < here.len() {
            let (a, b) = (above[i], here[j]);
            if a.part != b.part {
                touch(a.part, b.part, a.end.min(b.end) - a.start.max(b.start));
            }
            i += usize::from(a.end <= b.end);
            j += usize::from(b.end <= a.end);
        }
    }
    borders.sort_unstable();
    let mut best: Vec<Option<Ground>> = vec![None; found.parts.len()];
    for group in borders.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let units = group.iter().map(|border| border.3).sum();
        let areas = group.iter().map(|border| found.parts[border.2 as usize].area_px);
        let slot = &mut best[group[0].0 as usize];
        if slot.is_none_or(|ground| units > ground.units) {
            let area_px = areas.max().unwrap_or(0);
            *slot = Some(Ground { units, label: group[0].1, area_px });
        }
    }
    best
}
