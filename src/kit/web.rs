//! A web site's icons: favicons, the home screen's, the manifest's, and the HTML to paste.
//!
//! Sources: WHATWG HTML, 4.6.7.9 ("icon"); W3C Web Application Manifest ("purpose member": the safe
//! zone of a maskable icon is a circle of 40 % of its width); Apple, "Configuring Web Applications".

use serde_json::json;

use super::names::display_name;
use super::picture::{Backdrop, Fit, Picture, Tone};
use super::{Art, Brief, Group, Item, Recipe, words};
use crate::color::Rgb;
use crate::export::{ExportOptions, Format, SvgOptions};

/// Sizes inside favicon.ico, in px: the largest first, since browsers have shown the first one.
const ICO_SIDES_PX: [u32; 3] = [48, 32, 16];

/// Free room around the home screen's icon, as a share of its side.
const TOUCH_MARGIN: f64 = 0.15;

/// Free room that leaves a maskable icon's safe circle, as a share of the side.
const MASKABLE_MARGIN: f64 = 0.1;

/// Longest name that a home screen shows in full, in characters.
const SHORT_NAME: usize = 12;

pub fn plan(brief: &Brief, items: &mut Vec<Item>) {
    let group = Group::Web;
    let clear = |side| Picture::square(side, 0.0, Backdrop::Clear);
    let pictures = ICO_SIDES_PX.map(clear).to_vec();
    items.push(Item::other(
        group,
        "favicon.ico",
        "image/vnd.microsoft.icon",
        Recipe::Ico { pictures, art: Art::Symbol },
        words::FAVICON_ICO,
    ));
    let options = ExportOptions {
        svg: SvgOptions { dark_mode: true, ..SvgOptions::default() },
        ..ExportOptions::default()
    };
    items.push(Item::vector(
        group,
        "favicon.svg",
        Format::Svg,
        Picture::square(64, 0.0, Backdrop::Clear).compose(brief.symbol),
        options,
        words::FAVICON_SVG,
    ));
    items.push(Item::png(group, "favicon-96x96.png", clear(96), Art::Symbol, words::FAVICON_PNG));
    items.push(Item::png(
        group,
        "apple-touch-icon.png",
        Picture::square(180, TOUCH_MARGIN, Backdrop::Flat(brief.icon)),
        Art::Symbol,
        words::TOUCH_ICON,
    ));
    for side in [192, 512] {
        let any = Picture::square(side, 0.05, Backdrop::Clear);
        let name = format!("icon-{side}.png");
        items.push(Item::png(group, &name, any, Art::Symbol, words::SITE_ICON));
        let name = format!("icon-maskable-{side}.png");
        let purpose = words::MASKABLE;
        items.push(Item::png(group, &name, maskable(side, brief.icon), Art::Symbol, purpose));
    }
    let stencil = Picture {
        tone: Tone::One(Rgb::BLACK),
        fit: Fit::Circle,
        ..Picture::square(512, MASKABLE_MARGIN, Backdrop::Clear)
    };
    items.push(Item::png(
        group,
        "icon-monochrome-512.png",
        stencil,
        Art::Symbol,
        words::MONOCHROME,
    ));
    items.push(Item::text(
        group,
        "site.webmanifest",
        "application/manifest+json",
        webmanifest(brief),
        words::MANIFEST,
    ));
    items.push(Item::text(group, "head.html", "text/html", head_html(brief), words::HEAD));
}

/// Fitted by its enclosing circle, half a pixel inside the safe zone.
fn maskable(side_px: u32, ground: Rgb) -> Picture {
    let margin = MASKABLE_MARGIN + 1.0 / f64::from(side_px);
    Picture { fit: Fit::Circle, ..Picture::square(side_px, margin, Backdrop::Flat(ground)) }
}

fn webmanifest(brief: &Brief) -> String {
    let icon = |src: &str, side: u32, purpose: &str| {
        json!({
            "src": src, "sizes": format!("{side}x{side}"), "type": "image/png", "purpose": purpose,
        })
    };
    let name = &brief.options.name;
    let manifest = json!({
        "name": display_name(name, 80),
        "short_name": display_name(name, SHORT_NAME),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": brief.brand,
        "background_color": brief.icon,
        // One purpose each: a picture with room for a mask is too small without one.
        "icons": [
            icon("/icon-192.png", 192, "any"),
            icon("/icon-512.png", 512, "any"),
            icon("/icon-maskable-192.png", 192, "maskable"),
            icon("/icon-maskable-512.png", 512, "maskable"),
            icon("/icon-monochrome-512.png", 512, "monochrome"),
        ],
    });
    format!("{manifest:#}\n")
}

fn head_html(brief: &Brief) -> String {
    let name = escaped(&display_name(&brief.options.name, SHORT_NAME));
    let dark = brief.options.dark_color;
    format!(
        r##"<!-- The files of this folder go to the root of the site. -->
<link rel="icon" href="/favicon.ico" sizes="32x32">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="icon" href="/favicon-96x96.png" type="image/png" sizes="96x96">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<meta name="apple-mobile-web-app-title" content="{name}">
<link rel="manifest" href="/site.webmanifest">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="{dark}">
"##
    )
}

/// Text inside a quoted attribute of HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
