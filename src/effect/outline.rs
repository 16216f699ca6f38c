//! The logo as a line along the inside of its edges: those of its one-colour version, where a gap
//! parts neighbouring inks.

use kurbo::BezPath;

use super::{EffectOptions, refused};
use crate::artwork::{Artwork, Geometry, Paint, Shape, Version, VersionOptions, version};
use crate::error::{Error, Result};
use crate::region;

/// The logo in outline.
pub fn outline(artwork: &Artwork, options: &EffectOptions) -> Result<Artwork> {
    let black = VersionOptions { version: Version::Black, ..VersionOptions::default() };
    let solid = version(artwork, &black)?;
    let outlines: Vec<BezPath> = solid.shapes.iter().map(|s| s.geometry.path()).collect();
    let silhouette = region::unite_all(&outlines).ok_or_else(refused)?;
    let width = artwork.width.max(artwork.height) * options.outline_percent / 100.0;
    let inside = region::offset(&silhouette, -width).ok_or_else(refused)?;
    let line = region::subtract(&silhouette, &inside).ok_or_else(refused)?;
    if line.is_empty() {
        return Err(Error::Blank);
    }
    let mut out = Artwork::new(artwork.width, artwork.height);
    let paint = Paint::Ink(out.ink(options.outline_color));
    out.shapes.push(Shape { geometry: Geometry::Path(line), paint, opacity: 1.0 });
    Ok(out)
}
