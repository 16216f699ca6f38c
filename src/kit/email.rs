//! E-mail: a header and a signature. E-mail programs show SVG rarely, so both are PNG, and twice as
//! large as shown for sharp screens.

use kurbo::Rect;

use super::picture::{Backdrop, Fit, Picture, Tone};
use super::{Art, Brief, Group, Item, words};
use crate::color::Rgb;
use crate::export::Format;

/// A header's size, in px.
const HEADER_PX: (u32, u32) = (600, 200);

/// The widest and highest that a signature is shown, in px.
const SIGNATURE_PX: (f64, f64) = (320.0, 120.0);

/// Free room around the logo beside e-mails, as a share of its side: some programs cut a circle.
const BIMI_MARGIN: f64 = 0.16;

pub fn plan(brief: &Brief, items: &mut Vec<Item>) {
    let stem = &brief.stem;
    for (scale, suffix) in [(1, ""), (2, "@2x")] {
        let (width_px, height_px) = (HEADER_PX.0 * scale, HEADER_PX.1 * scale);
        let picture = Picture {
            width_px,
            height_px,
            area: Rect::new(0.0, 0.0, f64::from(width_px), f64::from(height_px)),
            fit: Fit::Weighed,
            tone: Tone::Color,
            // Not transparent: e-mail programs in dark mode would put black behind a dark logo.
            backdrop: Backdrop::Flat(Rgb::WHITE),
        };
        let name = format!("{stem}-header-600x200{suffix}.png");
        let purpose = if scale == 1 { words::HEADER } else { words::HEADER_SHARP };
        items.push(Item::png(Group::Email, &name, picture, Art::Whole, purpose));
    }
    let shown = (SIGNATURE_PX.0 / brief.whole.artwork.width)
        .min(SIGNATURE_PX.1 / brief.whole.artwork.height);
    for (scale, suffix) in [(1.0, ""), (2.0, "@2x")] {
        let px = |length: f64| ((length * shown * scale).round() as u32).max(1);
        let (width_px, height_px) = (px(brief.whole.artwork.width), px(brief.whole.artwork.height));
        let picture = Picture {
            width_px,
            height_px,
            area: Rect::new(0.0, 0.0, f64::from(width_px), f64::from(height_px)),
            fit: Fit::Fill,
            tone: Tone::Color,
            backdrop: Backdrop::Clear,
        };
        let name = format!("{stem}-signature{suffix}.png");
        items.push(Item::png(Group::Email, &name, picture, Art::Whole, words::SIGNATURE));
    }
    let square = Picture::square(512, BIMI_MARGIN, Backdrop::Flat(brief.icon));
    items.push(Item::vector(
        Group::Email,
        "bimi.svg",
        Format::Bimi,
        square.compose(brief.symbol),
        brief.titled(),
        words::BIMI,
    ));
}
