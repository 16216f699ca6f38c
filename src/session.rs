//! One open logo and everything made from it. A stage runs again only when its own input or its
//! own options have changed; what failed to open leaves the logo that was open before in place.

use crate::artwork::{Artwork, InkEdits};
use crate::error::{Error, Result};
use crate::export::{self, ExportOptions, Format};
use crate::fidelity::{Fidelity, fidelity};
use crate::import::pdf::Page;
use crate::import::{self, Drawing, IntakeOptions, Opened};
use crate::job::{Stage, Watch};
use crate::kit::{Kit, KitOptions};
use crate::options::Options as _;
use crate::raster::Raster;
use crate::separate::{SeparateOptions, Separation, separate};
use crate::trace::{self, TraceOptions};

/// Keeps each stage's last result.
///
/// ```
/// use logopress::{ExportOptions, Format, IntakeOptions, Session, TraceOptions, unwatched};
///
/// let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>"#;
/// let mut session = Session::new();
/// session.open(svg, &IntakeOptions::default(), &unwatched)?;
/// let (trace, export) = (TraceOptions::default(), ExportOptions::default());
/// let pdf = session.export(Format::Pdf, &trace, &export, &unwatched)?;
/// assert!(pdf.starts_with(b"%PDF"));
/// # Ok::<(), logopress::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Session {
    opened: Option<(Drawing, Opened)>,
    /// Without edits to its inks.
    traced: Option<(TraceOptions, Artwork)>,
    edited: Option<(InkEdits, Artwork)>,
    planned: Option<(TraceOptions, KitOptions, Kit)>,
    separated: Option<(TraceOptions, SeparateOptions, Separation)>,
}

impl Session {
    /// A session with nothing open.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the logo in `bytes`. On an error the session is as it was.
    pub fn open(&mut self, bytes: &[u8], options: &IntakeOptions, watch: Watch) -> Result<&Opened> {
        self.opening(|| import::open(bytes, options), options, watch)
    }

    /// Opens a page that somebody else has read, such as the reader beside a browser's engine.
    pub fn open_page(
        &mut self,
        page: &Page,
        options: &IntakeOptions,
        watch: Watch,
    ) -> Result<&Opened> {
        self.opening(|| import::open_page(page, options), options, watch)
    }

    /// Opens pixels that somebody else has decoded, such as a browser.
    pub fn open_pixels(
        &mut self,
        raster: Raster,
        options: &IntakeOptions,
        watch: Watch,
    ) -> Result<&Opened> {
        self.opening(|| import::open_pixels(raster, options), options, watch)
    }

    /// Opens what a browser has drawn of an SVG whose text needs fonts.
    pub fn open_drawn(
        &mut self,
        raster: Raster,
        options: &IntakeOptions,
        watch: Watch,
    ) -> Result<&Opened> {
        self.opening(|| import::open_drawn(raster, options), options, watch)
    }

    fn opening(
        &mut self,
        open: impl FnOnce() -> Result<(Drawing, Opened)>,
        options: &IntakeOptions,
        watch: Watch,
    ) -> Result<&Opened> {
        options.check()?;
        watch(Stage::Decode, 0.0)?;
        let opened = open()?;
        watch(Stage::Decode, 1.0)?;
        self.forget();
        Ok(&self.opened.insert(opened).1)
    }

    /// Drops what was made from the logo that was open before.
    fn forget(&mut self) {
        (self.traced, self.edited, self.planned, self.separated) = (None, None, None, None);
    }

    /// What was said about the open logo's file.
    pub fn opened(&self) -> Result<&Opened> {
        self.opened.as_ref().map(|opened| &opened.1).ok_or(Error::NothingOpen)
    }

    /// The pixels of the open logo.
    pub fn raster(&self) -> Result<&Raster> {
        match &self.opened {
            Some((Drawing::Raster(raster), _)) => Ok(raster),
            Some((Drawing::Vector(_), _)) => Err(Error::NoPixels),
            None => Err(Error::NothingOpen),
        }
    }

    /// The open logo as shapes: as its file has them, or traced; traced anew only if `options`
    /// other than the edits to inks differ from the last time.
    pub fn artwork(&mut self, options: &TraceOptions, watch: Watch) -> Result<&Artwork> {
        let plain = TraceOptions { edits: InkEdits::default(), ..options.clone() };
        let unedited = match &self.opened {
            Some((Drawing::Vector(artwork), _)) => artwork,
            Some((Drawing::Raster(raster), _)) => {
                let traced = match self.traced.take() {
                    Some(kept) if kept.0 == plain => kept,
                    _ => {
                        self.edited = None;
                        let artwork = trace::trace(raster, &plain, watch)?;
                        (plain, artwork)
                    }
                };
                &self.traced.insert(traced).1
            }
            None => return Err(Error::NothingOpen),
        };
        if options.edits.0.is_empty() {
            return Ok(unedited);
        }
        let edited = match self.edited.take() {
            Some(kept) if kept.0 == options.edits => kept,
            _ => (options.edits.clone(), options.edits.apply(unedited)?),
        };
        Ok(&self.edited.insert(edited).1)
    }

    /// How far the trace of the open logo is off its pixels. Fails for a logo that came as shapes.
    pub fn fidelity(&mut self, trace: &TraceOptions, watch: Watch) -> Result<Fidelity> {
        self.artwork(trace, watch)?;
        let raster = self.raster()?;
        let (_, artwork) = self.traced.as_ref().ok_or(Error::NothingOpen)?;
        fidelity(artwork, raster, watch)
    }

    /// The open logo as shapes, at once: as its file has them, as already traced, or traced at
    /// reduced resolution. Nothing is kept.
    pub fn preview(&self, options: &TraceOptions, watch: Watch) -> Result<Artwork> {
        let plain = TraceOptions { edits: InkEdits::default(), ..options.clone() };
        let kept = self.traced.as_ref().filter(|kept| kept.0 == plain);
        let unedited = match (&self.opened, kept) {
            (None, _) => return Err(Error::NothingOpen),
            (Some((Drawing::Vector(artwork), _)), _) | (_, Some((_, artwork))) => artwork.clone(),
            (Some((Drawing::Raster(raster), _)), None) => trace::preview(raster, &plain, watch)?,
        };
        options.edits.apply(&unedited)
    }

    /// The open logo as a file.
    pub fn export(
        &mut self,
        format: Format,
        trace: &TraceOptions,
        options: &ExportOptions,
        watch: Watch,
    ) -> Result<Vec<u8>> {
        let artwork = self.artwork(trace, watch)?;
        watch(Stage::Export, 0.0)?;
        export::export(artwork, format, options)
    }

    /// The open logo's plates; made anew only if options differ from the last time.
    pub fn separation(
        &mut self,
        trace: &TraceOptions,
        options: &SeparateOptions,
        watch: Watch,
    ) -> Result<&Separation> {
        let separated = match self.separated.take() {
            Some(kept) if kept.0 == *trace && kept.1 == *options => kept,
            _ => {
                let artwork = self.artwork(trace, watch)?;
                watch(Stage::Export, 0.0)?;
                (trace.clone(), options.clone(), separate(artwork, options)?)
            }
        };
        Ok(&self.separated.insert(separated).2)
    }

    /// The plan of the open logo's brand kit; made anew only if options differ from the last time.
    pub fn kit(
        &mut self,
        trace: &TraceOptions,
        options: &KitOptions,
        watch: Watch,
    ) -> Result<&Kit> {
        let planned = match self.planned.take() {
            Some(kept) if kept.0 == *trace && kept.1 == *options => kept,
            _ => {
                let kit = Kit::new(self.artwork(trace, watch)?, options)?;
                (trace.clone(), options.clone(), kit)
            }
        };
        Ok(&self.planned.insert(planned).2)
    }
}
