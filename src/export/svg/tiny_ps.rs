//! SVG Tiny Portable/Secure, the profile for the logo beside e-mails (BIMI;
//! draft-svg-tiny-ps-abrotman): a square picture with a title and a solid ground, of at most 32 KB,
//! without arcs in paths, and with plain gradients only.
//!
//! Limits: a radial gradient that is not round becomes round, with the mean radius; one whose focus
//! is not its centre loses that.

use svg::Document;
use svg::node::Node as _;
use svg::node::element::{Rectangle, Title};

use super::{Style, Writer, finished, hex, style};
use crate::artwork::{Artwork, Paint};
use crate::color::{Oklab, Rgb};
use crate::error::{Error, Result};
use crate::export::Job;
use crate::export::number::decimals;

/// Largest file that mail services accept (BIMI working group, "Solving SVG issues").
const MAX_BYTES: usize = 32_000;

/// Longest title, in characters (draft-svg-tiny-ps-abrotman).
const MAX_TITLE: usize = 64;

/// Writes the artwork as SVG Tiny PS, with as many decimals as fit.
pub fn tiny_ps(job: &Job) -> Result<String> {
    let artwork = plain_gradients(job.artwork);
    let files = (0..=decimals(artwork.width, artwork.height))
        .rev()
        .map(|decimals| document(job, &artwork, decimals));
    let mut bytes = 0;
    for file in files {
        bytes = file.len();
        if bytes <= MAX_BYTES {
            return Ok(file);
        }
    }
    Err(Error::ResultTooLarge { format: "BIMI", bytes, limit: MAX_BYTES })
}

fn document(job: &Job, artwork: &Artwork, decimals: usize) -> String {
    let writer = Writer {
        artwork,
        style: Style { decimals, arcs: false },
        prefix: String::new(),
        css: style::Css::new(artwork, false, false),
    };
    let side = artwork.width.max(artwork.height);
    let (left, top) = ((artwork.width - side) / 2.0, (artwork.height - side) / 2.0);
    let [x, y, side] = [left, top, side].map(|v| writer.num(v));
    let title: String = job.document.title.chars().take(MAX_TITLE).collect();
    let title = if title.is_empty() { "Logo".into() } else { title };
    let mut document = Document::new()
        .set("version", "1.2")
        .set("baseProfile", "tiny-ps")
        .set("viewBox", format!("{x} {y} {side} {side}"));
    document.append(Title::new(title));
    let mut rect = Rectangle::new().set("width", side.as_str()).set("height", side.as_str());
    for (name, value) in [("x", x), ("y", y)] {
        if value != "0" {
            rect = rect.set(name, value);
        }
    }
    document.append(rect.set("fill", hex(ground(artwork))));
    writer.content(&mut document);
    finished(&document)
}

/// The colour of the square: that of a shape which covers everything, else white or, under a logo
/// that white would hide, black.
fn ground(artwork: &Artwork) -> Rgb {
    let ink = |paint| match paint {
        Paint::Ink(index) => Some(artwork.inks[index].rgb),
        Paint::Gradient(_) => None,
    };
    let page = kurbo::Rect::new(0.0, 0.0, artwork.width, artwork.height);
    if let Some(bottom) = artwork.shapes.first()
        && bottom.opacity == 1.0
        && let Some(rgb) = ink(bottom.paint)
        && bottom.geometry.area() >= 0.999 * page.area()
    {
        return rgb;
    }
    let pale = |rgb: Rgb| Oklab::from(rgb).l > 0.9;
    if artwork.inks.iter().all(|ink| pale(ink.rgb)) && artwork.gradients.is_empty() {
        return Rgb::BLACK;
    }
    Rgb::WHITE
}

fn plain_gradients(artwork: &Artwork) -> Artwork {
    let mut plain = artwork.clone();
    for (index, gradient) in plain.gradients.iter_mut().enumerate() {
        let area = artwork.painted_area(Paint::Gradient(index));
        *gradient = gradient.padded(area).untransformed().centered();
    }
    plain
}
