//! The pages' links: icons, manifest, colours.

use super::picture::Picture;
use super::site::has_ending;
use super::{Findings, Site, words};

/// An element's attributes, names in lower case.
pub type Attributes = Vec<(String, String)>;

/// The elements `name` of a page, in order. A page is read as far as icons need it: tags and quoted
/// attributes, not comments.
pub fn elements(html: &str, name: &str) -> Vec<Attributes> {
    let (mut found, mut rest) = (Vec::new(), html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
        } else if rest.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            let inside = &rest[name.len()..];
            if inside.starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>') {
                found.push(attributes(inside));
            }
        }
    }
    found
}

/// Attributes up to the tag's end.
fn attributes(mut text: &str) -> Attributes {
    let mut found = Vec::new();
    loop {
        text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = text.find(|c: char| c.is_ascii_whitespace() || "=/>".contains(c));
        let Some(end) = end.filter(|end| *end > 0) else { return found };
        let name = text[..end].to_ascii_lowercase();
        text = text[end..].trim_start();
        let mut value = "";
        if let Some(after) = text.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| "\"'".contains(*c));
            let (inner, stop): (&str, &[char]) = match &quote {
                Some(quote) => (&after[1..], std::slice::from_ref(quote)),
                None => (after, &[' ', '\t', '\n', '\r', '>']),
            };
            let end = inner.find(stop).unwrap_or(inner.len());
            value = &inner[..end];
            text = inner[end..].strip_prefix(|c| Some(c) == quote).unwrap_or(&inner[end..]);
        }
        found.push((name, value.replace("&amp;", "&")));
    }
}

/// An attribute's value; empty if there is none.
pub fn value<'a>(element: &'a Attributes, name: &str) -> &'a str {
    element.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// The page whose links count: the start page, or any.
pub fn page(site: &Site) -> Option<(&str, String)> {
    let path = site
        .get("index.html")
        .map(|_| "index.html")
        .or_else(|| site.find(|path| has_ending(path, "html")))?;
    Some((path, String::from_utf8_lossy(site.get(path)?).into_owned()))
}

/// Links of a page with a word in their `rel`.
pub fn links(html: &str, rel: &str) -> Vec<Attributes> {
    let mut links = elements(html, "link");
    links.retain(|link| value(link, "rel").split_whitespace().any(|w| w.eq_ignore_ascii_case(rel)));
    links
}

pub fn check(site: &Site, findings: &mut Findings) {
    let Some((path, html)) = page(site) else {
        findings.add(&words::NO_PAGE, "", &[]);
        return;
    };
    let icons = links(&html, "icon");
    let touch = links(&html, "apple-touch-icon");
    if icons.is_empty() {
        findings.add(&words::NO_ICON_LINK, path, &[]);
    }
    for link in icons.iter().chain(&touch).chain(&links(&html, "manifest")) {
        target(site, path, link, findings);
    }
    let vectors = icons.iter().filter(|link| has_ending(value(link, "href"), "svg")).count();
    if vectors > 1 {
        findings.add(&words::SVG_LINKS, path, &[]);
    }
    let bare = |link: &&Attributes| {
        has_ending(value(link, "href"), "ico") && value(link, "sizes").is_empty()
    };
    if vectors > 0 && icons.iter().any(|link| bare(&link)) {
        findings.add(&words::ICO_WITHOUT_SIZES, path, &[]);
    }
    let mut sizes: Vec<&str> = touch.iter().map(|link| value(link, "sizes")).collect();
    sizes.sort_unstable();
    if sizes.windows(2).any(|pair| pair[0] == pair[1]) {
        findings.add(&words::TOUCH_DUPLICATE, path, &[]);
    }
    if touch.is_empty() {
        findings.add(&words::NO_TOUCH_LINK, path, &[]);
    }
    if links(&html, "manifest").is_empty() {
        findings.add(&words::NO_MANIFEST_LINK, path, &[]);
    }
    if !elements(&html, "meta").iter().any(|meta| value(meta, "name") == "theme-color") {
        findings.add(&words::NO_THEME_COLOR, path, &[]);
    }
    if !links(&html, "mask-icon").is_empty() {
        findings.add(&words::LEGACY_MASK_ICON, path, &[]);
    }
}

/// Whether a link leads somewhere, and whether the picture there is as large as it says.
fn target(site: &Site, page: &str, link: &Attributes, findings: &mut Findings) {
    let Some((path, file)) = site.linked(page, value(link, "href")) else { return };
    let Some(file) = file else {
        findings.add(&words::BROKEN_LINK, page, &[value(link, "href")]);
        return;
    };
    let Some(picture) = Picture::read(file) else { return };
    let (width, height) = picture.size();
    let says = value(link, "sizes");
    if !says.is_empty() && says != "any" && !says.eq_ignore_ascii_case(&format!("{width}x{height}"))
    {
        findings.add(&words::LINK_SIZE, &path, &[says, &picture.measures()]);
    }
    if width != height {
        findings.add(&words::NOT_SQUARE, &path, &[&picture.measures()]);
    }
}
