//! The files of a kit are made: one by one, or all of them over all threads.

use super::Kit;
use super::item::{Art, Change, ChangedFile, Encoding, Item, Recipe};
use super::picture::Picture;
use super::subject::Subject;
use crate::artwork::{self, Artwork};
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

/// What files are made from.
enum Source {
    None,
    Pixels(Raster),
    Drawing(Artwork),
}

impl Kit {
    /// Makes the file at `path`.
    pub fn file(&self, path: &str) -> Result<Vec<u8>> {
        let item = self.items.iter().find(|item| item.path == path);
        let item = item.ok_or_else(|| Error::NoSuchFile { path: path.into() })?;
        self.make(item, &self.source(item)?)
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

    /// The files by index, those together that are made from the same: it is made once.
    fn tasks(&self) -> Vec<Vec<usize>> {
        let mut tasks: Vec<Vec<usize>> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let same = |task: &&mut Vec<usize>| match (&self.items[task[0]].recipe, &item.recipe) {
                (
                    Recipe::Picture { picture: a, art: x, .. },
                    Recipe::Picture { picture: b, art: y, .. },
                ) => a == b && x == y,
                (Recipe::Changed { change: a, .. }, Recipe::Changed { change: b, .. }) => a == b,
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
            Recipe::Vector { .. } | Recipe::Changed { file: ChangedFile::Vector { .. }, .. } => {
                VECTOR_COST
            }
            Recipe::Changed { file: ChangedFile::Png { side_px }, .. } => {
                VECTOR_COST + u64::from(*side_px).pow(2)
            }
            Recipe::Text(_) => 0,
        }
    }

    fn make_task(&self, task: &[usize]) -> Vec<Result<Vec<u8>>> {
        let source = self.source(&self.items[task[0]]);
        let made = |index: &usize| {
            source
                .as_ref()
                .map_err(Clone::clone)
                .and_then(|source| self.make(&self.items[*index], source))
        };
        task.iter().map(made).collect()
    }

    /// What the file is made from, and others may be.
    fn source(&self, item: &Item) -> Result<Source> {
        Ok(match &item.recipe {
            Recipe::Picture { picture, art, .. } => {
                Source::Pixels(picture.render(self.subject(*art))?)
            }
            Recipe::Changed { change, .. } => {
                let logo = &self.whole.artwork;
                Source::Drawing(match change {
                    Change::Version(options) => artwork::version(logo, options)?,
                    Change::Effect(effect, width_mm) => {
                        effect::apply(logo, effect, width_mm / logo.width)?
                    }
                })
            }
            _ => Source::None,
        })
    }

    fn make(&self, item: &Item, source: &Source) -> Result<Vec<u8>> {
        match (&item.recipe, source) {
            (Recipe::Picture { encoding, .. }, Source::Pixels(raster)) => {
                encode(raster, *encoding, item.max_bytes)
            }
            (Recipe::Changed { file, .. }, Source::Drawing(drawing)) => match file {
                ChangedFile::Vector { format, options } => {
                    export::export(drawing, *format, options)
                }
                ChangedFile::Png { side_px } => {
                    let scale = f64::from(*side_px) / drawing.width.max(drawing.height);
                    let px = |length: f64| ((length * scale).round() as u32).max(1);
                    let raster = export::render(drawing, px(drawing.width), px(drawing.height))?;
                    export::png(&raster)
                }
            },
            (Recipe::Picture { .. } | Recipe::Changed { .. }, _) => {
                self.make(item, &self.source(item)?)
            }
            (Recipe::Ico { pictures, art }, _) => {
                let subject = self.subject(*art);
                let rasters =
                    pictures.iter().map(|p| p.render(subject)).collect::<Result<Vec<_>>>()?;
                export::ico(&rasters)
            }
            (Recipe::Icns { pictures, art }, _) => {
                let subject = self.subject(*art);
                let [a, b, c, d, e, f, g] = pictures.each_ref().map(|p| p.render(subject));
                export::icns(&[a?, b?, c?, d?, e?, f?, g?])
            }
            (Recipe::Vector { drawing, format, options }, _) => {
                export::export(drawing, *format, options)
            }
            (Recipe::Text(text), _) => Ok(text.clone().into_bytes()),
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
        Encoding::Webp => Ok(export::webp(raster)),
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
