//! The files of a kit are made: one by one, or all of them over all threads.

use super::Kit;
use super::item::{Art, Encoding, Item, Recipe};
use super::picture::Picture;
use super::subject::Subject;
use crate::effect;
use crate::error::{Error, Result};
use crate::export;
use crate::job::{Stage, Watch};
use crate::order;
use crate::par;
use crate::raster::Raster;

/// JPEG qualities, the best first, that are tried until the file is small enough.
const JPEG_QUALITIES: [u8; 8] = [95, 90, 85, 78, 70, 60, 50, 40];

/// What a vector file costs, in pixels of a picture that takes about as long.
const VECTOR_COST: u64 = 2_000_000;

impl Kit {
    /// Makes the file at `path`.
    pub fn file(&self, path: &str) -> Result<Vec<u8>> {
        let item = self.items.iter().find(|item| item.path == path);
        let item = item.ok_or_else(|| Error::NoSuchFile { path: path.into() })?;
        self.make(item)
    }

    /// Makes every file and hands each to `ready`, with its place in the plan, as soon as it is
    /// made. An error from `ready` stops the work.
    pub fn make_all(
        &self,
        watch: Watch,
        mut ready: impl FnMut(usize, Result<Vec<u8>>) -> Result<()>,
    ) -> Result<()> {
        let mut tasks = self.tasks();
        // The longest first: a large picture that comes last would leave all threads but one idle.
        order::by_key(&mut tasks, |task| !task.iter().map(|i| self.cost(*i)).sum::<u64>());
        let mut done = 0;
        watch(Stage::Export, 0.0)?;
        par::stream(
            tasks.len(),
            |at| self.make_task(&tasks[at]),
            |at, made| {
                done += made.len();
                for (index, bytes) in tasks[at].iter().zip(made) {
                    ready(*index, bytes)?;
                }
                watch(Stage::Export, done as f32 / self.items.len() as f32)
            },
        )
    }

    /// The files by index, those together that show the same picture: it is drawn once.
    fn tasks(&self) -> Vec<Vec<usize>> {
        let mut tasks: Vec<Vec<usize>> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let same = |task: &&mut Vec<usize>| match (&self.items[task[0]].recipe, &item.recipe) {
                (
                    Recipe::Picture { picture: a, art: x, .. },
                    Recipe::Picture { picture: b, art: y, .. },
                ) => a == b && x == y,
                _ => false,
            };
            match tasks.iter_mut().find(same) {
                Some(task) => task.push(index),
                None => tasks.push(vec![index]),
            }
        }
        tasks
    }

    fn cost(&self, index: usize) -> u64 {
        match &self.items[index].recipe {
            Recipe::Picture { picture, .. } => picture.pixels(),
            Recipe::Ico { pictures, .. } => pictures.iter().map(Picture::pixels).sum(),
            Recipe::Icns { pictures, .. } => pictures.iter().map(Picture::pixels).sum(),
            Recipe::Vector { .. } => VECTOR_COST,
            Recipe::Effect { side_px, .. } => VECTOR_COST + u64::from(*side_px).pow(2),
            Recipe::Text(_) => 0,
        }
    }

    fn make_task(&self, task: &[usize]) -> Vec<Result<Vec<u8>>> {
        let items = task.iter().map(|index| &self.items[*index]);
        let Recipe::Picture { picture, art, .. } = &self.items[task[0]].recipe else {
            return items.map(|item| self.make(item)).collect();
        };
        let drawn = picture.render(self.subject(*art));
        let encoded = |item: &Item| match (&item.recipe, &drawn) {
            (Recipe::Picture { encoding, .. }, Ok(raster)) => {
                encode(raster, *encoding, item.max_bytes)
            }
            (_, Ok(_)) => self.make(item),
            (_, Err(e)) => Err(e.clone()),
        };
        items.map(encoded).collect()
    }

    fn make(&self, item: &Item) -> Result<Vec<u8>> {
        match &item.recipe {
            Recipe::Picture { picture, art, encoding } => {
                encode(&picture.render(self.subject(*art))?, *encoding, item.max_bytes)
            }
            Recipe::Ico { pictures, art } => {
                let subject = self.subject(*art);
                let rasters =
                    pictures.iter().map(|p| p.render(subject)).collect::<Result<Vec<_>>>()?;
                export::ico(&rasters)
            }
            Recipe::Icns { pictures, art } => {
                let subject = self.subject(*art);
                let [a, b, c, d, e, f, g] = pictures.each_ref().map(|p| p.render(subject));
                export::icns(&[a?, b?, c?, d?, e?, f?, g?])
            }
            Recipe::Vector { drawing, format, options } => {
                export::export(drawing, *format, options)
            }
            Recipe::Effect { drawing, effect, width_mm, side_px } => {
                let drawing = effect::apply(drawing, effect, width_mm / drawing.width)?;
                let scale = f64::from(*side_px) / drawing.width.max(drawing.height);
                let px = |length: f64| ((length * scale).round() as u32).max(1);
                let raster = export::render(&drawing, px(drawing.width), px(drawing.height))?;
                export::png(&raster)
            }
            Recipe::Text(text) => Ok(text.clone().into_bytes()),
        }
    }

    fn subject(&self, art: Art) -> &Subject {
        match art {
            Art::Whole => &self.whole,
            Art::Symbol => self.symbol.as_ref().unwrap_or(&self.whole),
        }
    }
}

/// A picture as its file's bytes.
fn encode(raster: &Raster, encoding: Encoding, max_bytes: Option<u32>) -> Result<Vec<u8>> {
    match encoding {
        Encoding::Png => export::png(raster),
        Encoding::Webp => export::webp(raster),
        Encoding::Jpeg => jpeg_within(raster, max_bytes),
    }
}

/// The best JPEG of at most `max_bytes`; the smallest if none is small enough.
fn jpeg_within(raster: &Raster, max_bytes: Option<u32>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for quality in JPEG_QUALITIES {
        bytes = export::jpeg(raster, quality)?;
        if max_bytes.is_none_or(|max| bytes.len() <= max as usize) {
            break;
        }
    }
    Ok(bytes)
}
