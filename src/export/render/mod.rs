//! An [`Artwork`] becomes pixels, at any size.
//!
//! Method: a scan-line sweep that finds what is *visible*. Each row of pixels is cut by several
//! lines; along each line the outlines' crossings are sorted, and between two crossings only the
//! topmost paint counts, down to the first opaque one. Its horizontal coverage is exact, to 1/256 px.
//!
//! Guarantees:
//! * no seams: two shapes that meet along one outline leave nothing of what lies under them, where
//!   renderers that blend shape after shape let the ground shine through;
//! * coverage is right within 1/32 of a pixel for level edges (`lines` below), within 1/256 for
//!   all others;
//! * sums run over integers, and points are snapped to 1/4096 px, so that the bytes are the same on
//!   every platform and with any number of threads.
//!
//! Colours are mixed in sRGB, as browsers and design programs mix them.

mod outline;
mod row;
mod shade;

use kurbo::Affine;

use crate::artwork::Artwork;
use crate::error::Result;
use crate::par;
use crate::raster::{Raster, check_size};
use outline::{Edge, edges};
use row::Row;

/// Rows that one task paints.
const BAND_ROWS: usize = 16;

/// Scan lines to a row of pixels of the smallest pictures.
const MOST_LINES: u32 = 64;

/// Renders `artwork`, stretched over `width_px` × `height_px`, on transparency.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::export::render;
///
/// let raster = render(&artwork, 64, 64)?;
/// assert_eq!(raster.pixels()[32 * 64 + 32], [200, 16, 46, 255]);
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn render(artwork: &Artwork, width_px: u32, height_px: u32) -> Result<Raster> {
    render_through(artwork, scale(artwork, width_px, height_px), width_px, height_px)
}

/// Renders `artwork` through `view`, which takes its coordinates to pixels.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{export::render_through, kurbo::Affine};
///
/// // The lower right quarter, at twice the size.
/// let view = Affine::scale(2.0) * Affine::translate((-20.0, -20.0));
/// assert_eq!(render_through(&artwork, view, 40, 40)?.width_px(), 40);
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn render_through(
    artwork: &Artwork,
    view: Affine,
    width_px: u32,
    height_px: u32,
) -> Result<Raster> {
    painted(artwork, view, width_px, height_px, lines(width_px.max(height_px)))
}

/// Renders `artwork` as [`render`] does, with as many scan lines to a row of pixels as an icon has.
pub(crate) fn render_finely(artwork: &Artwork, width_px: u32, height_px: u32) -> Result<Raster> {
    let scale = scale(artwork, width_px, height_px);
    painted(artwork, scale, width_px, height_px, MOST_LINES)
}

/// The view that stretches `artwork` over so many pixels.
fn scale(artwork: &Artwork, width_px: u32, height_px: u32) -> Affine {
    Affine::scale_non_uniform(
        f64::from(width_px) / artwork.width,
        f64::from(height_px) / artwork.height,
    )
}

fn painted(
    artwork: &Artwork,
    view: Affine,
    width_px: u32,
    height_px: u32,
    lines: u32,
) -> Result<Raster> {
    check_size(width_px, height_px)?;
    let (width, height) = (width_px as usize, height_px as usize);
    let edges = edges(artwork, view, f64::from(height_px));
    let shader = shade::Shader::new(artwork, view);
    let mut rgba = vec![0; width * height * 4];
    par::for_each_chunk(&mut rgba, width * 4 * BAND_ROWS, |band, pixels| {
        let top = (band * BAND_ROWS) as f64;
        let bottom = top + (pixels.len() / (width * 4)) as f64;
        let near: Vec<Edge> =
            edges.iter().filter(|e| e.top.y < bottom && e.bottom.y > top).copied().collect();
        let mut row = Row::new(width, lines);
        for (index, pixels) in pixels.chunks_exact_mut(width * 4).enumerate() {
            row.paint(band * BAND_ROWS + index, &near, &shader, pixels);
        }
    });
    Raster::new(width_px, height_px, rgba)
}

/// Scan lines to a row of pixels: many where an icon shows every one of them.
fn lines(side_px: u32) -> u32 {
    match side_px {
        0..=256 => MOST_LINES,
        257..=1024 => 32,
        _ => 16,
    }
}
