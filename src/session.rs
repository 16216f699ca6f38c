//! One open logo and everything made from it. A stage runs again only when its own input or its
//! own options have changed; what failed to open leaves the logo that was open before in place.

use crate::artwork::Artwork;
use crate::error::{Error, Result};
use crate::export::{self, ExportOptions, Format};
use crate::job::{Stage, Watch};
use crate::raster::{self, Raster};
use crate::trace::{self, TraceOptions};

/// Keeps each stage's last result.
#[derive(Debug, Default)]
pub struct Session {
    raster: Option<Raster>,
    traced: Option<(TraceOptions, Artwork)>,
}

impl Session {
    /// A session with nothing open.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the picture in `bytes`. On an error the session is as it was.
    pub fn open(&mut self, bytes: &[u8], watch: Watch) -> Result<&Raster> {
        watch(Stage::Decode, 0.0)?;
        let raster = raster::decode(bytes)?;
        if raster.is_blank() {
            return Err(Error::Blank);
        }
        watch(Stage::Decode, 1.0)?;
        self.traced = None;
        Ok(self.raster.insert(raster))
    }

    /// The pixels of the open logo.
    pub fn raster(&self) -> Result<&Raster> {
        self.raster.as_ref().ok_or(Error::NothingOpen)
    }

    /// The open logo as shapes; traced anew only if `options` differ from the last time.
    pub fn artwork(&mut self, options: &TraceOptions, watch: Watch) -> Result<&Artwork> {
        let raster = self.raster.as_ref().ok_or(Error::NothingOpen)?;
        let traced = match self.traced.take() {
            Some(kept) if kept.0 == *options => kept,
            _ => (options.clone(), trace::trace(raster, options, watch)?),
        };
        Ok(&self.traced.insert(traced).1)
    }

    /// The open logo, traced, as a file.
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
}
