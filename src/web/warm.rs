//! Work done ahead of need: browsers run code that they have just compiled several times slower than
//! code that has run for a while.

use kurbo::{BezPath, Circle, Rect, RoundedRect, Shape as _};
use wasm_bindgen::prelude::*;

use crate::artwork::{Artwork, Geometry, Paint, Shape};
use crate::color::Rgb;
use crate::error::Result;
use crate::export::{ExportOptions, Format, png, render};
use crate::import::IntakeOptions;
use crate::job::unwatched;
use crate::session::Session;
use crate::trace::TraceOptions;

/// Side of the picture: large enough for every stage to have work, small enough for a moment.
const SIDE_PX: u32 = 160;

/// Takes a picture of the engine's own from a PNG file to an SVG file, so that the browser has that
/// road compiled well when the first logo comes. No open logo is touched.
#[wasm_bindgen(js_name = warmUp)]
pub fn warm_up() -> std::result::Result<(), JsValue> {
    Ok(trace_a_picture()?)
}

fn trace_a_picture() -> Result<()> {
    let file = png(&render(&picture(), SIDE_PX, SIDE_PX)?)?;
    let mut session = Session::new();
    session.open(&file, &IntakeOptions::default(), &unwatched)?;
    let (trace, export) = (TraceOptions::default(), ExportOptions::default());
    session.export(Format::Svg, &trace, &export, &unwatched).map(|_| ())
}

/// Lines, corners, arcs and curves in three colours.
fn picture() -> Artwork {
    let side = f64::from(SIDE_PX);
    let mut artwork = Artwork::new(side, side);
    let center = (side / 2.0, side / 2.0);
    let leaf = BezPath::from_svg("M40,120C40,60 80,30 120,40C130,90 100,120 40,120Z");
    let outlines = [
        Geometry::RoundedRect(RoundedRect::from_rect(Rect::new(8.0, 8.0, 152.0, 152.0), 20.0)),
        Geometry::Circle(Circle::new(center, 60.5)),
        Geometry::Path(leaf.unwrap_or_else(|_| Circle::new(center, 30.0).to_path(0.1))),
    ];
    let colors = [Rgb([20, 60, 120]), Rgb([240, 240, 235]), Rgb([200, 40, 30])];
    for (geometry, rgb) in outlines.into_iter().zip(colors) {
        let paint = Paint::Ink(artwork.ink(rgb));
        artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
    }
    artwork
}
