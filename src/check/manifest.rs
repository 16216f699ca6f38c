//! The web application manifest and its icons.

use serde_json::Value;

use super::html::{links, page, value};
use super::picture::Picture;
use super::site::has_ending;
use super::{Findings, Site};
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
        findings.warning(
            "no-manifest",
            "site.webmanifest",
            "There is no manifest.",
            "Add a site.webmanifest with the site's name, colours and icons.",
        );
        return;
    };
    let Some(bytes) = site.get(&path) else { return };
    let manifest: Value = match serde_json::from_slice(bytes) {
        Ok(manifest) => manifest,
        Err(e) => {
            let message = format!("The manifest is not JSON: {e}.");
            findings.error("manifest-damaged", &path, message, "Correct it.");
            return;
        }
    };
    members(&manifest, &path, findings);
    icons(site, &manifest, &path, findings);
}

fn members(manifest: &Value, path: &str, findings: &mut Findings) {
    let text = |name: &str| manifest[name].as_str().unwrap_or_default().trim();
    if text("name").is_empty() && text("short_name").is_empty() {
        findings.error("no-name", path, "The manifest has no name.", "Add name and short_name.");
    } else if text("short_name").is_empty() {
        findings.warning(
            "no-short-name",
            path,
            "The manifest has no short_name, so that home screens cut the name off.",
            "Add one of at most 12 characters.",
        );
    } else if text("short_name").chars().count() > SHORT_NAME {
        findings.note(
            "long-short-name",
            path,
            "The short_name has more than 12 characters, and home screens cut it off.",
            "Shorten it.",
        );
    }
    for name in ["start_url", "display"] {
        if text(name).is_empty() {
            let message = format!("The manifest has no {name}.");
            findings.note(
                "manifest-member",
                path,
                message,
                "Add it, so that the site can be installed.",
            );
        }
    }
    for name in ["theme_color", "background_color"] {
        let color = text(name);
        if color.is_empty() {
            let message = format!("The manifest has no {name}.");
            findings.note("manifest-color", path, message, "Add it.");
        } else if color.starts_with('#') && color.parse::<Rgb>().is_err() {
            let message = format!("{name} is “{color}”, which is no colour.");
            findings.error("manifest-color", path, message, "Write it as #rrggbb.");
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
            findings.warning(
                "any-maskable",
                path,
                format!(
                    "{} is for both “any” and “maskable”: too small for one or cut by the other.",
                    text("src")
                ),
                "Use two pictures.",
            );
        }
        let Some((file, bytes)) = site.linked(path, text("src")) else { continue };
        let Some(bytes) = bytes else {
            let message = format!("The icon {} is not among the files.", text("src"));
            findings.error("broken-link", path, message, "Add the file or correct the manifest.");
            continue;
        };
        let Some(picture) = Picture::read(bytes) else { continue };
        let (width, height) = picture.size();
        if width != height {
            let message = format!("An icon has to be square; this one has {width} × {height} px.");
            findings.error("not-square", &file, message, "Put the logo on a square.");
        }
        if !text("sizes").split_whitespace().any(|size| size == format!("{width}x{height}")) {
            let says = text("sizes");
            let message = format!("The manifest says “{says}”, but it has {width} × {height} px.");
            findings.error("icon-size", &file, message, "Correct the manifest's sizes.");
        }
        if purposes.contains(&"maskable") {
            maskable(&picture, &file, findings);
        }
        if purposes.contains(&"monochrome") && picture.is_opaque() {
            findings.error(
                "monochrome-opaque",
                &file,
                "A monochrome icon is seen by its transparency alone; this one is a filled square.",
                "Leave its ground transparent.",
            );
        }
        known.extend(purposes.iter().map(|purpose| ((*purpose).to_owned(), width)));
    }
    for (purpose, side) in [("any", 192), ("any", 512), ("maskable", 512)] {
        if !known.iter().any(|(known, width)| known == purpose && *width == side) {
            let message = format!("The manifest has no icon of {side} px for “{purpose}”.");
            findings.warning("manifest-icons", path, message, "Add it.");
        }
    }
    if !known.iter().any(|(known, _)| known == "monochrome") {
        let message = "The manifest has no monochrome icon, which themed icons are made from.";
        findings.note("manifest-icons", path, message, "Add one.");
    }
}

fn maskable(picture: &Picture, file: &str, findings: &mut Findings) {
    if !picture.is_opaque() {
        findings.error(
            "maskable-transparent",
            file,
            "A maskable icon has to fill its square; this one is transparent in places.",
            "Put the logo on a colour.",
        );
        return;
    }
    let reach = picture.reach();
    if reach > SAFE {
        findings.warning(
            "maskable-safe-zone",
            file,
            format!(
                "The logo reaches {:.0} % of the width from the middle; masks may cut beyond 40 %.",
                reach * 100.0
            ),
            "Make the logo smaller, or its ground one colour.",
        );
    }
}
