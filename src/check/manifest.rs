//! The web application manifest and its icons.

use serde_json::Value;

use super::html::{links, page, value};
use super::picture::Picture;
use super::site::has_ending;
use super::{Findings, Site, words};
use crate::color::Rgb;

/// Longest name that a home screen shows in full, in characters.
const SHORT_NAME: usize = 12;

/// Radius of the circle that no mask cuts into, as a share of the width.
const SAFE: f64 = 0.4;

pub fn check(site: &Site, findings: &mut Findings) {
    let linked = page(site).and_then(|(from, html)| {
        let link = links(&html, "manifest").into_iter().next()?;
        site.linked(from, value(&link, "href")).map(|(path, _)| path)
    });
    let found = site.find(|path| has_ending(path, "webmanifest"));
    let Some(path) = linked.or_else(|| found.map(str::to_owned)) else {
        findings.add(&words::NO_MANIFEST, "site.webmanifest", &[]);
        return;
    };
    let Some(bytes) = site.get(&path) else { return };
    let manifest: Value = match serde_json::from_slice(bytes) {
        Ok(manifest) => manifest,
        Err(e) => {
            findings.add(&words::MANIFEST_DAMAGED, &path, &[&e.to_string()]);
            return;
        }
    };
    members(&manifest, &path, findings);
    icons(site, &manifest, &path, findings);
}

fn members(manifest: &Value, path: &str, findings: &mut Findings) {
    let text = |name: &str| manifest[name].as_str().unwrap_or_default().trim();
    if text("name").is_empty() && text("short_name").is_empty() {
        findings.add(&words::NO_NAME, path, &[]);
    } else if text("short_name").is_empty() {
        findings.add(&words::NO_SHORT_NAME, path, &[]);
    } else if text("short_name").chars().count() > SHORT_NAME {
        findings.add(&words::LONG_SHORT_NAME, path, &[]);
    }
    for name in ["start_url", "display"] {
        if text(name).is_empty() {
            findings.add(&words::MANIFEST_MEMBER, path, &[name]);
        }
    }
    for name in ["theme_color", "background_color"] {
        let color = text(name);
        if color.is_empty() {
            findings.add(&words::NO_MANIFEST_COLOR, path, &[name]);
        } else if color.starts_with('#') && color.parse::<Rgb>().is_err() {
            findings.add(&words::MANIFEST_COLOR, path, &[name, color]);
        }
    }
}

fn icons(site: &Site, manifest: &Value, path: &str, findings: &mut Findings) {
    let icons = manifest["icons"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut known: Vec<(String, u32)> = Vec::new();
    for icon in icons {
        let text = |name: &str| icon[name].as_str().unwrap_or_default();
        let purpose = if text("purpose").is_empty() { "any" } else { text("purpose") };
        let purposes: Vec<&str> = purpose.split_whitespace().collect();
        if purposes.contains(&"any") && purposes.contains(&"maskable") {
            findings.add(&words::ANY_MASKABLE, path, &[text("src")]);
        }
        let Some((file, bytes)) = site.linked(path, text("src")) else { continue };
        let Some(bytes) = bytes else {
            findings.add(&words::BROKEN_LINK, path, &[text("src")]);
            continue;
        };
        let Some(picture) = Picture::read(bytes) else { continue };
        let (width, height) = picture.size();
        if width != height {
            findings.add(&words::NOT_SQUARE, &file, &[&picture.measures()]);
        }
        if !text("sizes").split_whitespace().any(|size| size == format!("{width}x{height}")) {
            findings.add(&words::ICON_SIZE, &file, &[text("sizes"), &picture.measures()]);
        }
        if purposes.contains(&"maskable") {
            maskable(&picture, &file, findings);
        }
        if purposes.contains(&"monochrome") && picture.is_opaque() {
            findings.add(&words::MONOCHROME_OPAQUE, &file, &[]);
        }
        known.extend(purposes.iter().map(|purpose| ((*purpose).to_owned(), width)));
    }
    for (purpose, side) in [("any", 192), ("any", 512), ("maskable", 512)] {
        if !known.iter().any(|(known, width)| known == purpose && *width == side) {
            findings.add(&words::MANIFEST_ICONS, path, &[&side.to_string(), purpose]);
        }
    }
    if !known.iter().any(|(known, _)| known == "monochrome") {
        findings.add(&words::NO_MONOCHROME, path, &[]);
    }
}

fn maskable(picture: &Picture, file: &str, findings: &mut Findings) {
    if !picture.is_opaque() {
        findings.add(&words::MASKABLE_TRANSPARENT, file, &[]);
        return;
    }
    let reach = picture.reach();
    if reach > SAFE {
        findings.add(&words::MASKABLE_SAFE_ZONE, file, &[&format!("{:.0}", reach * 100.0)]);
    }
}
