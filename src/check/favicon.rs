//! `favicon.ico`, the SVG icon, the home screen's icon, and who may fetch them.

use usvg::roxmltree::{Document, Node};

use super::html::{links, page, value};
use super::picture::Picture;
use super::site::has_ending;
use super::{Findings, Site, words};

/// Sizes that browsers ask an ICO for, in px.
const WANTED_PX: [u32; 3] = [16, 32, 48];

/// Side of the home screen's icon, in px.
const TOUCH_PX: u32 = 180;

pub fn check(site: &Site, findings: &mut Findings) {
    match site.get("favicon.ico") {
        Some(bytes) => ico(bytes, findings),
        None => findings.add(&words::NO_ICO, "favicon.ico", &[]),
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
        findings.add(&words::ICO_DAMAGED, FILE, &[]);
        return;
    };
    let missing: Vec<String> = WANTED_PX
        .iter()
        .filter(|side| !sizes.iter().any(|(width, _)| width == *side))
        .map(u32::to_string)
        .collect();
    if !missing.is_empty() {
        findings.add(&words::ICO_SIZES, FILE, &[&missing.join(", ")]);
    }
    if let Some((width, height)) = sizes.iter().find(|(width, height)| width != height) {
        findings.add(&words::NOT_SQUARE, FILE, &[&format!("{width} × {height}")]);
    }
    if sizes.len() > 1 && sizes[0].0 < sizes[sizes.len() - 1].0 {
        findings.add(&words::ICO_ORDER, FILE, &[]);
    }
    if sizes.iter().any(|(width, _)| *width > 48) {
        findings.add(&words::ICO_LARGE, FILE, &[]);
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
        findings.add(&words::NO_SVG, &path, &[]);
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
            findings.add(&words::SVG_DAMAGED, &path, &[]);
            return;
        }
    };
    let (Some(width), Some(height)) = view(document.root_element()) else {
        findings.add(&words::SVG_NO_SIZE, &path, &[]);
        return;
    };
    if (width - height).abs() > 0.01 * width.max(height) {
        findings.add(&words::NOT_SQUARE, &path, &[&format!("{width} × {height}")]);
    }
    let elements = || document.root().descendants().filter(Node::is_element);
    if elements().any(|node| node.tag_name().name() == "image") {
        findings.add(&words::SVG_BITMAP, &path, &[]);
    }
    if elements().any(|node| node.tag_name().name() == "text") {
        findings.add(&words::SVG_TEXT, &path, &[]);
    }
    if !text.contains("prefers-color-scheme") {
        findings.add(&words::SVG_NO_DARK, &path, &[]);
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
        findings.add(&words::NO_TOUCH_ICON, &path, &[]);
        return;
    };
    let Some(picture) = Picture::read(bytes) else {
        findings.add(&words::TOUCH_DAMAGED, &path, &[]);
        return;
    };
    if picture.size() != (TOUCH_PX, TOUCH_PX) {
        findings.add(&words::TOUCH_SIZE, &path, &[&picture.measures()]);
    }
    if !picture.is_opaque() {
        findings.add(&words::TOUCH_TRANSPARENT, &path, &[]);
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
                findings.add(&words::ROBOTS, "robots.txt", &[]);
                return;
            }
            _ => naming = false,
        }
    }
}
