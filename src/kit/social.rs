//! Pictures for social networks, from a table.
//!
//! The table is data (`social.json`): sizes change every year and sources disagree, so each row says
//! where it comes from, when that was checked and how sure it is, and a person can use a table of
//! their own.

use kurbo::Rect;
use serde::{Deserialize, Serialize};

use super::picture::{Backdrop, Fit, Picture, Tone};
use super::{Art, Brief, Encoding, Group, Item, SocialGround, words};
use crate::color::Rgb;
use crate::error::{Error, Result};
use crate::raster::check_size;

/// The built-in table, as JSON.
pub const TABLE: &str = include_str!("social.json");

/// Most rows that a table may have.
const MAX_ROWS: usize = 500;

/// One picture of one network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// The network, as part of a file name.
    pub platform: String,
    /// The place of the picture there, as part of a file name.
    pub slot: String,
    /// Width, in px.
    pub w: u32,
    /// Height, in px.
    pub h: u32,
    /// What is never covered or cut off: x, y, width, height, in px.
    pub safe: [u32; 4],
    /// What the network cuts the picture to.
    pub mask: Mask,
    /// Whether every pixel has to be opaque.
    pub opaque: bool,
    /// The largest file that the network takes, in bytes.
    pub max_bytes: Option<u32>,
    /// The media type.
    pub mime: Mime,
    /// Where the numbers come from.
    pub source: String,
    /// When that was last checked, year and month.
    pub checked: String,
    /// How sure they are.
    pub confidence: Confidence,
}

/// What a network cuts a picture to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mask {
    /// Nothing.
    None,
    /// The circle inside the picture.
    Circle,
}

/// Media types that a picture may have.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Mime {
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
}

/// How sure a row's numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The network's own documentation or source code says so.
    Official,
    /// Several guides agree.
    Practice,
    /// Nobody citable says so.
    Unsure,
}

/// Reads a table. Every row is checked: sizes, safe areas, names.
///
/// ```
/// use logopress::kit::social::{TABLE, table};
///
/// assert!(table(TABLE)?.iter().any(|slot| slot.w == 1200));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn table(json: &str) -> Result<Vec<Slot>> {
    let wrong = |expected: String| Error::Option {
        name: "social_table".into(),
        value: json.chars().take(40).collect::<String>() + "…",
        expected,
    };
    let slots: Vec<Slot> =
        serde_json::from_str(json).map_err(|e| wrong(format!("a JSON table of pictures ({e})")))?;
    if slots.len() > MAX_ROWS {
        return Err(wrong(format!("at most {MAX_ROWS} rows")));
    }
    for slot in &slots {
        let name = format!("{} {}", slot.platform, slot.slot);
        check_size(slot.w, slot.h).map_err(|e| wrong(format!("a smaller “{name}”: {e}")))?;
        let [x, y, width, height] = slot.safe.map(u64::from);
        let inside = x + width <= u64::from(slot.w) && y + height <= u64::from(slot.h);
        if !inside || width == 0 || height == 0 {
            return Err(wrong(format!("a safe area inside “{name}”")));
        }
    }
    Ok(slots)
}

/// Shares of a square that its logo leaves free: as a circle cuts it, and as nothing does.
const CIRCLE_MARGIN: f64 = 0.13;
const SQUARE_MARGIN: f64 = 0.16;

pub(super) fn plan(brief: &Brief, items: &mut Vec<Item>) {
    for slot in &brief.slots {
        let (encoding, ending) = match slot.mime {
            Mime::Png => (Encoding::Png, "png"),
            Mime::Jpeg => (Encoding::Jpeg, "jpg"),
            Mime::Webp => (Encoding::Webp, "webp"),
        };
        let (platform, place) =
            (super::names::file_stem(&slot.platform), super::names::file_stem(&slot.slot));
        let size = format!("{}x{}", slot.w, slot.h);
        let name = format!("{platform}/{platform}-{place}-{size}.{ending}");
        let (picture, art) = picture(brief, slot);
        items.push(Item {
            max_bytes: slot.max_bytes,
            purpose: format!("{}: {}", slot.platform, slot.slot),
            ..Item::picture(Group::Social, &name, picture, art, encoding, words::SOCIAL)
        });
    }
}

/// How a slot is filled: small squares show the symbol on the icons' colour, all else the whole logo
/// on the ground that was chosen.
fn picture(brief: &Brief, slot: &Slot) -> (Picture, Art) {
    let [x, y, width, height] = slot.safe.map(f64::from);
    let safe = Rect::new(x, y, x + width, y + height);
    let small = slot.mask == Mask::Circle || (slot.w == slot.h && slot.w < 1000);
    let backdrop = match (slot.opaque, small) {
        (false, _) => Backdrop::Clear,
        (true, true) => Backdrop::Flat(brief.icon),
        (true, false) => ground(brief),
    };
    let (fit, margin) = match (slot.mask, small) {
        (Mask::Circle, _) => (Fit::Circle, CIRCLE_MARGIN),
        (Mask::None, true) => (Fit::Fill, SQUARE_MARGIN),
        (Mask::None, false) => (Fit::Weighed, 0.0),
    };
    let picture = Picture {
        width_px: slot.w,
        height_px: slot.h,
        area: safe.inset(-margin * width.min(height)),
        fit,
        tone: Tone::Color,
        backdrop,
    };
    (picture, if small { Art::Symbol } else { Art::Whole })
}

fn ground(brief: &Brief) -> Backdrop {
    let brand = brief.brand;
    match brief.options.social_ground {
        SocialGround::Brand => Backdrop::Flat(brand),
        SocialGround::White => Backdrop::Flat(Rgb::WHITE),
        SocialGround::Dark => Backdrop::Flat(brief.options.dark_color),
        SocialGround::Gradient => {
            let darker = brand.0.map(|c| (f64::from(c) * 0.62).round() as u8);
            Backdrop::Gradient(brand, Rgb(darker))
        }
        SocialGround::Pattern => Backdrop::Pattern(brand),
    }
}
