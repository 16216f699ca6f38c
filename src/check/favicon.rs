//! `favicon.ico`, the SVG icon, the home screen's icon, and who may fetch them.

use usvg::roxmltree::{Document, Node};

use super::html::{links, page, value};
use super::picture::Picture;
use super::site::has_ending;
use super::{Findings, Site};

/// Sizes that browsers ask an ICO for, in px.
const WANTED_PX: [u32; 3] = [16, 32, 48];

/// Side of the home screen's icon, in px.
const TOUCH_PX: u32 = 180;

pub fn check(site: &Site, findings: &mut Findings) {
    match site.get("favicon.ico") {
        Some(bytes) => ico(bytes, findings),
        None => findings.error(
            "no-ico",
            "favicon.ico",
            "There is no favicon.ico at the root, where search engines and feed readers look.",
            "Add one with 16, 32 and 48 px.",
        ),
    }
    vector(site, findings);
    touch(site, findings);
    robots(site, findings);
}

/// Sides of an ICO's pictures, in px; none if it is no ICO.
fn ico_sizes(bytes: &[u8]) -> Option<Vec<(u32, u32)>> {
    let (header, entries) = bytes.split_at_checked(6)?;
    if header[..4] != [0, 0, 1, 0] {
        return None;
    }
    let count = usize::from(u16::from_le_bytes([header[4], header[5]]));
    let side = |byte: u8| if byte == 0 { 256 } else { u32::from(byte) };
    let sizes: Vec<_> =
        entries.chunks_exact(16).take(count).map(|e| (side(e[0]), side(e[1]))).collect();
    (sizes.len() == count && count > 0).then_some(sizes)
}

fn ico(bytes: &[u8], findings: &mut Findings) {
    const FILE: &str = "favicon.ico";
    let Some(sizes) = ico_sizes(bytes) else {
        findings.error(
            "ico-damaged",
            FILE,
            "This is no ICO file; perhaps a PNG was renamed.",
            "Write it anew as an ICO.",
        );
        return;
    };
    let missing: Vec<String> = WANTED_PX
        .iter()
        .filter(|side| !sizes.iter().any(|(width, _)| width == *side))
        .map(u32::to_string)
        .collect();
    if !missing.is_empty() {
        findings.warning(
            "ico-sizes",
            FILE,
            format!("It has no picture of {} px.", missing.join(", ")),
            "Write it with 48, 32 and 16 px.",
        );
    }
    if sizes.iter().any(|(width, height)| width != height) {
        findings.error("not-square", FILE, "One of its pictures is not square.", "Write it anew.");
    }
    if sizes.len() > 1 && sizes[0].0 < sizes[sizes.len() - 1].0 {
        findings.warning(
            "ico-order",
            FILE,
            "Its smallest picture comes first, which some versions of Chrome show enlarged.",
            "Write the largest first.",
        );
    }
    if sizes.iter().any(|(width, _)| *width > 48) {
        findings.note(
            "ico-large",
            FILE,
            "It has pictures above 48 px, which browsers never ask for.",
            "Leave them out to save bytes.",
        );
    }
}

fn vector(site: &Site, findings: &mut Findings) {
    let linked = page(site).and_then(|(from, html)| {
        let icons = links(&html, "icon");
        let link = icons.iter().find(|link| has_ending(value(link, "href"), "svg"))?;
        site.linked(from, value(link, "href")).map(|(path, _)| path)
    });
    let path = linked.unwrap_or_else(|| "favicon.svg".into());
    let Some(bytes) = site.get(&path) else {
        findings.note(
            "no-svg",
            &path,
            "There is no SVG icon, which stays sharp at any size and can change in dark mode.",
            "Add one.",
        );
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let document = match Document::parse(&text) {
        Ok(document)
            if document.root_element().has_tag_name(("http://www.w3.org/2000/svg", "svg")) =>
        {
            document
        }
        _ => {
            findings.error(
                "svg-damaged",
                &path,
                "Browsers cannot read this SVG.",
                "Export it again, with its xmlns attribute.",
            );
            return;
        }
    };
    let (Some(width), Some(height)) = view(document.root_element()) else {
        findings.warning(
            "svg-no-size",
            &path,
            "The SVG has no viewBox, so that it is cut off where it is shown small.",
            "Add one.",
        );
        return;
    };
    if (width - height).abs() > 0.01 * width.max(height) {
        findings.error(
            "not-square",
            &path,
            format!("An icon has to be square; this one is {width} × {height}."),
            "Put the logo on a square, with free room around it.",
        );
    }
    let elements = || document.root().descendants().filter(Node::is_element);
    if elements().any(|node| node.tag_name().name() == "image") {
        findings.warning(
            "svg-bitmap",
            &path,
            "The SVG holds a bitmap, which gets blurred or heavy.",
            "Trace the logo.",
        );
    }
    if elements().any(|node| node.tag_name().name() == "text") {
        findings.warning(
            "svg-text",
            &path,
            "The SVG has text, which needs a font that others may not have.",
            "Turn text into paths.",
        );
    }
    if !text.contains("prefers-color-scheme") {
        findings.note(
            "svg-no-dark",
            &path,
            "The SVG has no colours for dark mode.",
            "If it is hard to see on a dark tab, add a style for prefers-color-scheme: dark.",
        );
    }
}

/// The width and height of an SVG's view box, or of its own.
fn view(svg: Node) -> (Option<f64>, Option<f64>) {
    let numbers: Vec<f64> = svg
        .attribute("viewBox")
        .unwrap_or_default()
        .split([' ', ',', '\n', '\t'])
        .filter_map(|part| part.parse().ok())
        .collect();
    let length = |name| {
        let text: &str = svg.attribute(name)?;
        text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
    };
    match numbers[..] {
        [_, _, width, height] => (Some(width), Some(height)),
        _ => (length("width"), length("height")),
    }
}

fn touch(site: &Site, findings: &mut Findings) {
    let linked = page(site).and_then(|(from, html)| {
        let link = links(&html, "apple-touch-icon").into_iter().next()?;
        site.linked(from, value(&link, "href")).map(|(path, _)| path)
    });
    let path = linked.unwrap_or_else(|| "apple-touch-icon.png".into());
    let Some(bytes) = site.get(&path) else {
        findings.warning(
            "no-touch-icon",
            &path,
            "There is no icon for the home screen of iPhone and iPad.",
            "Add a PNG of 180 × 180 px.",
        );
        return;
    };
    let Some(picture) = Picture::read(bytes) else {
        findings.error(
            "touch-damaged",
            &path,
            "The home screen's icon is no PNG that can be read; SVG is not taken there.",
            "Write it as a PNG.",
        );
        return;
    };
    if picture.size() != (TOUCH_PX, TOUCH_PX) {
        let (width, height) = picture.size();
        findings.warning(
            "touch-size",
            &path,
            format!("The home screen's icon has {width} × {height} px."),
            "Write it with 180 × 180 px.",
        );
    }
    if !picture.is_opaque() {
        findings.error(
            "touch-transparent",
            &path,
            "The home screen's icon is transparent; iPhones fill that with black.",
            "Put the logo on a colour.",
        );
    }
}

/// Whether search engines may fetch the icon.
fn robots(site: &Site, findings: &mut Findings) {
    let Some(bytes) = site.get("robots.txt") else { return };
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let (mut concerned, mut naming) = (false, false);
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match key.trim() {
            "user-agent" => {
                let named = ["*", "googlebot", "googlebot-image"].contains(&value);
                // Several agents in a row share what follows.
                concerned = named || (naming && concerned);
                naming = true;
            }
            "disallow" if concerned && (value == "/" || value.starts_with("/favicon")) => {
                findings.warning(
                    "robots",
                    "robots.txt",
                    "Google may not fetch the icon, and then shows none in its results.",
                    "Allow /favicon.ico.",
                );
                return;
            }
            _ => naming = false,
        }
    }
}
