//! Logopress turns one logo into every file a brand needs.
//!
//! The pipeline runs in one direction, each stage from plain data to plain data:
//!
//! ```text
//! bytes → Raster → palette and labels → planar map → Artwork → exporters
//! bytes → Artwork, where the file is made of shapes
//! ```
//!
//! [`Session`] runs it and keeps each stage's result.
//!
//! ```no_run
//! use logopress::{ExportOptions, Format, IntakeOptions, Session, TraceOptions, unwatched};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut session = Session::new();
//! session.open(&std::fs::read("logo.png")?, &IntakeOptions::default(), &unwatched)?;
//! let (trace, export) = (TraceOptions::default(), ExportOptions::default());
//! let svg = session.export(Format::Svg, &trace, &export, &unwatched)?;
//! # Ok(())
//! # }
//! ```

pub mod artwork;
pub mod check;
mod color;
pub mod effect;
mod error;
pub mod export;
pub mod fidelity;
pub mod import;
mod job;
pub mod kit;
pub mod limits;
pub mod options;
mod order;
pub mod par;
pub mod quantize;
pub mod raster;
mod region;
pub mod separate;
mod session;
pub mod trace;
#[cfg(target_arch = "wasm32")]
mod web;

pub use artwork::Artwork;
pub use color::{Cmyk, Oklab, Rgb, luminance, suggested_name};
pub use error::{Error, Result};
pub use export::{ExportOptions, Format};
pub use fidelity::{Fidelity, ReportOptions, fidelity};
pub use import::IntakeOptions;
pub use job::{Stage, Watch, unwatched};
pub use kit::{Kit, KitOptions};
/// Whose points, paths and rectangles the public interface speaks of.
pub use kurbo;
pub use raster::Raster;
pub use separate::{SeparateOptions, Separation, separate};
pub use session::Session;
pub use trace::TraceOptions;

/// The README's examples, compiled with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
