//! The logo itself: vector, transparent in several sizes, on grounds, in one colour.

use kurbo::Rect;

use super::item::{self, Change, ChangedFile};
use super::picture::{Backdrop, Fit, Picture, Tone};
use super::subject::Subject;
use super::{Art, Brief, Encoding, Group, Item, Recipe, words};
use crate::artwork::{Version, VersionOptions};
use crate::color::Rgb;
use crate::export::Format;
use crate::limits::MAX_SIDE_PX;

/// Longest sides of the transparent versions, in px.
const SIDES_PX: [u32; 4] = [512, 1024, 2048, 4096];

/// Versions that the vector files come in.
const VERSIONS: [Version; 5] =
    [Version::Full, Version::Black, Version::White, Version::Grey, Version::Brand];

/// Longest side of a version on a ground or in one colour, in px.
const GROUND_SIDE_PX: u32 = 2048;

/// Free room around a logo on a ground, as a share of the logo's longest side.
const CLEAR_SPACE: f64 = 0.12;

pub fn plan(brief: &Brief, items: &mut Vec<Item>) {
    let stem = &brief.stem;
    let group = Group::Versions;
    let whole = brief.whole;
    for (format, purpose) in
        [(Format::Svg, words::SVG), (Format::Pdf, words::PDF), (Format::Eps, words::EPS)]
    {
        for version in VERSIONS {
            let word = if version == Version::Full { "" } else { version.word() };
            let dash = if word.is_empty() { "" } else { "-" };
            let name = format!("vector/{stem}{dash}{word}.{}", format.suffix());
            let options =
                VersionOptions { version, version_color: brief.brand, ..VersionOptions::default() };
            let change = Change::Version(options);
            let file = ChangedFile::Vector { format, options: Box::new(brief.titled()) };
            let recipe = Recipe::Changed { change, file };
            items.push(Item::other(group, &name, item::mime(format), recipe, purpose));
        }
    }
    for (format, purpose) in
        [(Format::Ase, words::ASE), (Format::Gpl, words::GPL), (Format::Css, words::CSS)]
    {
        let name = format!("colours/{stem}.{}", format.suffix());
        let drawing = whole.artwork.clone();
        items.push(Item::vector(group, &name, format, drawing, brief.titled(), purpose));
    }
    for side in SIDES_PX {
        let picture = tight(whole, side, Tone::Color);
        for (ending, encoding) in [("png", Encoding::Png), ("webp", Encoding::Webp)] {
            items.push(Item::picture(
                group,
                &format!("{ending}/{stem}-{side}.{ending}"),
                picture.clone(),
                Art::Whole,
                encoding,
                words::CLEAR,
            ));
        }
    }
    if let Some(width) = brief.options.extra_width_px {
        let height = (f64::from(width) / whole.aspect()).round();
        let picture = canvas(width, height.clamp(1.0, f64::from(MAX_SIDE_PX)) as u32, Tone::Color);
        let name = format!("png/{stem}-{width}-wide.png");
        items.push(Item::png(group, &name, picture, Art::Whole, words::CLEAR));
    }
    for (word, rgb, purpose) in [
        ("white", Rgb::WHITE, words::ON_WHITE),
        ("dark", brief.options.dark_color, words::ON_DARK),
        ("black", Rgb::BLACK, words::ON_BLACK),
        ("brand", brief.brand, words::ON_BRAND),
    ] {
        for side in [GROUND_SIDE_PX / 2, GROUND_SIDE_PX] {
            let picture = grounded(whole, side, rgb);
            let name = format!("on-{word}/{stem}-on-{word}-{side}.png");
            items.push(Item::png(group, &name, picture, Art::Whole, purpose));
        }
    }
    for (word, tone, purpose) in [
        ("black", Tone::One(Rgb::BLACK), words::BLACK),
        ("white", Tone::One(Rgb::WHITE), words::WHITE),
        ("brand", Tone::One(brief.brand), words::BRAND),
        ("grey", Tone::Grey, words::GREY),
    ] {
        for side in [GROUND_SIDE_PX / 2, GROUND_SIDE_PX] {
            let picture = tight(whole, side, tone);
            let name = format!("one-colour/{stem}-{word}-{side}.png");
            items.push(Item::png(group, &name, picture, Art::Whole, purpose));
        }
    }
}

/// The logo alone, filling the picture.
fn tight(subject: &Subject, side_px: u32, tone: Tone) -> Picture {
    let (width, height) = (subject.artwork.width, subject.artwork.height);
    let scale = f64::from(side_px) / width.max(height);
    let px = |length: f64| ((length * scale).round() as u32).max(1);
    canvas(px(width), px(height), tone)
}

fn canvas(width_px: u32, height_px: u32, tone: Tone) -> Picture {
    Picture {
        width_px,
        height_px,
        area: Rect::new(0.0, 0.0, f64::from(width_px), f64::from(height_px)),
        fit: Fit::Fill,
        tone,
        backdrop: Backdrop::Clear,
    }
}

/// The logo on a colour, with clear space around it.
fn grounded(subject: &Subject, side_px: u32, rgb: Rgb) -> Picture {
    let inner = f64::from(side_px) / (1.0 + 2.0 * CLEAR_SPACE);
    let margin = inner * CLEAR_SPACE;
    let scale = inner / subject.artwork.width.max(subject.artwork.height);
    let px = |length: f64| (length * scale + 2.0 * margin).round() as u32;
    let (width_px, height_px) = (px(subject.artwork.width), px(subject.artwork.height));
    let area = Rect::new(0.0, 0.0, f64::from(width_px), f64::from(height_px)).inset(-margin);
    Picture { area, backdrop: Backdrop::Flat(rgb), ..canvas(width_px, height_px, Tone::Color) }
}
