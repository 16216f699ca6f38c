//! iOS, iPadOS and macOS: an asset catalogue with the three appearances of an icon, its layers for
//! Icon Composer, and an .icns (Apple, "Configuring your app icon using an asset catalog").

use super::picture::{Backdrop, Picture, Tone};
use super::{Art, Brief, Group, Item, Recipe, words};
use crate::color::Rgb;
use crate::export::{ExportOptions, Format, ICNS_SIDES_PX};

/// Side of an icon in an asset catalogue, in px. The system rounds its corners.
const SIDE_PX: u32 = 1024;

/// Free room around the logo, as a share of the side.
const MARGIN: f64 = 0.17;

/// What Xcode reads about the catalogue.
const CONTENTS: &str = r#"{
  "images": [
    { "filename": "AppIcon.png", "idiom": "universal", "platform": "ios", "size": "1024x1024" },
    {
      "appearances": [{ "appearance": "luminosity", "value": "dark" }],
      "filename": "AppIcon-dark.png",
      "idiom": "universal",
      "platform": "ios",
      "size": "1024x1024"
    },
    {
      "appearances": [{ "appearance": "luminosity", "value": "tinted" }],
      "filename": "AppIcon-tinted.png",
      "idiom": "universal",
      "platform": "ios",
      "size": "1024x1024"
    }
  ],
  "info": { "author": "xcode", "version": 1 }
}
"#;

pub fn plan(brief: &Brief, items: &mut Vec<Item>) {
    let group = Group::Apple;
    let icon = |backdrop| Picture::square(SIDE_PX, MARGIN, backdrop);
    for (name, picture, purpose) in [
        ("AppIcon.png", icon(Backdrop::Flat(brief.icon)), words::APP_ICON),
        ("AppIcon-dark.png", dark(brief), words::APP_ICON_DARK),
        (
            "AppIcon-tinted.png",
            // The system lays its tint over the light parts.
            Picture { tone: tinted(brief), ..icon(Backdrop::Flat(Rgb::BLACK)) },
            words::APP_ICON_TINTED,
        ),
    ] {
        let name = format!("AppIcon.appiconset/{name}");
        items.push(Item::png(group, &name, picture, Art::Symbol, purpose));
    }
    items.push(Item::text(
        group,
        "AppIcon.appiconset/Contents.json",
        "application/json",
        CONTENTS.into(),
        words::CONTENTS,
    ));
    let ground = icon(Backdrop::Flat(brief.icon)).compose_backdrop(brief.symbol);
    let logo = icon(Backdrop::Clear).compose(brief.symbol);
    for (name, drawing, purpose) in
        [("foreground", logo, words::FOREGROUND), ("background", ground, words::BACKGROUND)]
    {
        let (name, options) = (format!("layers/{name}.svg"), ExportOptions::default());
        items.push(Item::vector(group, &name, Format::Svg, drawing, options, purpose));
    }
    // macOS shows icons as they are; its grid leaves a tenth free around them.
    let pictures = ICNS_SIDES_PX.map(|side| Picture::square(side, 0.1, Backdrop::Clear));
    items.push(Item::other(
        group,
        &format!("{}.icns", brief.stem),
        "image/icns",
        Recipe::Icns { pictures: Box::new(pictures), art: Art::Symbol },
        words::ICNS,
    ));
}

/// Transparent, in colours that read on the system's dark ground.
fn dark(brief: &Brief) -> Picture {
    let picture = Picture::square(SIDE_PX, MARGIN, Backdrop::Clear);
    Picture { tone: Tone::For(brief.options.dark_color), ..picture }
}

/// Greys where they read on black, else white.
fn tinted(brief: &Brief) -> Tone {
    if brief.symbol.reads_on(Rgb::BLACK) { Tone::Grey } else { Tone::One(Rgb::WHITE) }
}
