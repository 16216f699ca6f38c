//! The artwork becomes files. Every exporter reads an [`Artwork`] and nothing that another
//! exporter wrote.

mod number;
mod svg;

pub use svg::{SvgOptions, svg};
