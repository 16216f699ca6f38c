//! Android: adaptive icons in every density, with a layer for themed icons, flat ones for old
//! versions, and the store's (Android Developers, "Adaptive icons", "Google Play icon design
//! specifications").

use super::picture::{Backdrop, Fit, Picture, Tone};
use super::{Art, Brief, Group, Item, words};
use crate::color::Rgb;

/// Densities and how many pixels a dp has there.
const DENSITIES: [(&str, f64); 5] =
    [("mdpi", 1.0), ("hdpi", 1.5), ("xhdpi", 2.0), ("xxhdpi", 3.0), ("xxxhdpi", 4.0)];

/// Side of an adaptive icon's layer, in dp.
const LAYER_DP: f64 = 108.0;

/// Free room that leaves the circle of 66 dp which every mask shows, as a share of the side, with a
/// pixel to spare.
const LAYER_MARGIN: f64 = (1.0 - 64.0 / 108.0) / 2.0;

/// Side of a flat icon, in dp.
const FLAT_DP: f64 = 48.0;

/// Side of the store's icon, in px.
const STORE_PX: u32 = 512;

const ADAPTIVE_XML: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<adaptive-icon xmlns:android="http://schemas.android.com/apk/res/android">
    <background android:drawable="@color/ic_launcher_background" />
    <foreground android:drawable="@mipmap/ic_launcher_foreground" />
    <monochrome android:drawable="@mipmap/ic_launcher_monochrome" />
</adaptive-icon>
"#;

pub fn plan(brief: &Brief, items: &mut Vec<Item>) {
    let group = Group::Android;
    let ground = Backdrop::Flat(brief.icon);
    let layer = |side, tone| Picture {
        tone,
        fit: Fit::Circle,
        ..Picture::square(side, LAYER_MARGIN, Backdrop::Clear)
    };
    for (density, px_per_dp) in DENSITIES {
        let layer_px = (LAYER_DP * px_per_dp).round() as u32;
        let flat_px = (FLAT_DP * px_per_dp).round() as u32;
        for (name, picture, purpose) in [
            ("foreground", layer(layer_px, Tone::For(brief.icon)), words::ADAPTIVE),
            ("monochrome", layer(layer_px, Tone::One(Rgb::BLACK)), words::THEMED),
        ] {
            let name = format!("res/mipmap-{density}/ic_launcher_{name}.png");
            items.push(Item::png(group, &name, picture, Art::Symbol, purpose));
        }
        let name = format!("res/mipmap-{density}/ic_launcher.png");
        let picture = Picture::square(flat_px, 0.12, ground);
        items.push(Item::png(group, &name, picture, Art::Symbol, words::FLAT_ICON));
    }
    for (name, text, purpose) in [
        ("mipmap-anydpi-v26/ic_launcher.xml", ADAPTIVE_XML.into(), words::ADAPTIVE_XML),
        (
            "values/ic_launcher_background.xml",
            format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<resources>\n    \
                 <color name=\"ic_launcher_background\">{}</color>\n</resources>\n",
                brief.icon
            ),
            words::LAYER_COLOR,
        ),
    ] {
        items.push(Item::text(group, &format!("res/{name}"), "application/xml", text, purpose));
    }
    let store = Picture { fit: Fit::Circle, ..Picture::square(STORE_PX, 0.1, ground) };
    items.push(Item::png(group, "play-store-512.png", store, Art::Symbol, words::PLAY_STORE));
}
