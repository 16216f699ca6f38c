//! A [`Separation`](super::Separation) becomes files.

mod composite_pdf;
mod pdf;

pub use composite_pdf::composite_pdf;
