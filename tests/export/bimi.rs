//! SVG Tiny Portable/Secure by its published rules (draft-svg-tiny-ps-abrotman, section 2 and the
//! schema in its appendix) and by those of the BIMI group for the logo beside e-mails, written down
//! here once more: a file that uses anything else is refused by mail services without a word.

use logopress::export::{ExportOptions, Format};
use resvg::usvg;
use resvg::usvg::roxmltree::{Document, Node};

use crate::marks::{Mark, bytes, marks, options};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Largest file that mail services accept, in bytes.
const MAX_BYTES: usize = 32_000;

/// Longest title, in characters.
const MAX_TITLE: usize = 64;

/// What may be said of anything that is painted. `opacity` is not among it.
#[rustfmt::skip]
const PAINT: &[&str] = &[
    "id", "transform", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-opacity",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-width", "color",
];

/// An element, what may stand in it, and what may be said of it.
type Element = (&'static str, &'static [&'static [&'static str]], &'static [&'static str]);

/// Elements, what may stand in them, and what may be said of them beside [`PAINT`]. Links, scripts,
/// pictures, animation and style sheets have no place in the profile; text has, in logos it has not.
const ELEMENTS: &[Element] = &[
    ("svg", &[DRAWN, &["title", "desc", "defs"]], ROOT),
    ("defs", &[DRAWN], &[]),
    ("g", &[DRAWN], &[]),
    ("title", &[], &[]),
    ("desc", &[], &[]),
    ("path", &[], &["d", "pathLength"]),
    ("rect", &[], &["x", "y", "width", "height", "rx", "ry"]),
    ("circle", &[], &["cx", "cy", "r"]),
    ("ellipse", &[], &["cx", "cy", "rx", "ry"]),
    ("line", &[], &["x1", "y1", "x2", "y2"]),
    ("polyline", &[], &["points"]),
    ("polygon", &[], &["points"]),
    ("linearGradient", &[&["stop"]], &["gradientUnits", "x1", "y1", "x2", "y2"]),
    ("radialGradient", &[&["stop"]], &["gradientUnits", "cx", "cy", "r"]),
    ("stop", &[], &["offset", "stop-color", "stop-opacity"]),
    ("use", &[], &["href", "x", "y"]),
];

/// What is drawn, or used in drawing.
#[rustfmt::skip]
const DRAWN: &[&str] = &[
    "g", "use", "linearGradient", "radialGradient", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon",
];

/// What may be said of the root.
const ROOT: &[&str] =
    &["version", "baseProfile", "viewBox", "width", "height", "preserveAspectRatio"];

/// What breaks a rule, if anything does.
fn broken(svg: &str) -> Result<(), String> {
    let document = Document::parse(svg).map_err(|e| e.to_string())?;
    let root = document.root_element();
    let rule = |holds: bool, said: &str| if holds { Ok(()) } else { Err(said.to_string()) };
    rule(svg.len() <= MAX_BYTES, "at most 32 kB")?;
    rule(!svg.contains("<!DOCTYPE") && !svg.contains("<!ENTITY"), "no document type")?;
    rule(root.has_tag_name((SVG, "svg")), "the root is svg")?;
    rule(root.attribute("version") == Some("1.2"), "version is 1.2")?;
    rule(root.attribute("baseProfile") == Some("tiny-ps"), "baseProfile is tiny-ps")?;
    rule(root.attribute("x").is_none() && root.attribute("y").is_none(), "no x and y at the root")?;
    let view = root.attribute("viewBox").unwrap_or_default();
    let view: Vec<f64> = view.split(' ').filter_map(|number| number.parse().ok()).collect();
    rule(view.len() == 4 && view[2] == view[3] && view[2] > 0.0, "a square viewBox")?;
    let titles: Vec<Node> =
        root.children().filter(|node| node.has_tag_name((SVG, "title"))).collect();
    let title = titles.first().and_then(Node::text).unwrap_or_default();
    rule(titles.len() == 1, "one title")?;
    rule((1..=MAX_TITLE).contains(&title.chars().count()), "a title of 1 to 64 characters")?;
    // A solid ground: else the mail program's own shows through, in dark mode a dark one.
    let ground = root.children().find(|node| {
        node.is_element() && !["title", "desc", "defs"].contains(&node.tag_name().name())
    });
    let number = |name: &str| {
        let said = ground.and_then(|node| node.attribute(name));
        said.map_or(Some(0.0), |value| value.parse::<f64>().ok())
    };
    let covers = [("x", view[0]), ("y", view[1]), ("width", view[2]), ("height", view[3])];
    rule(
        ground.is_some_and(|node| {
            node.has_tag_name((SVG, "rect")) && node.attribute("fill-opacity").is_none()
        }) && covers.iter().all(|(name, value)| number(name) == Some(*value)),
        "a square behind everything",
    )?;
    root.descendants().filter(Node::is_element).try_for_each(element)
}

fn element(node: Node) -> Result<(), String> {
    let name = node.tag_name().name();
    let known = ELEMENTS
        .iter()
        .find(|(known, ..)| *known == name && node.tag_name().namespace() == Some(SVG));
    let (_, children, attributes) =
        known.ok_or_else(|| format!("<{name}> is not in the profile"))?;
    for child in node.children().filter(Node::is_element) {
        let inner = child.tag_name().name();
        if !children.iter().any(|known| known.contains(&inner)) {
            return Err(format!("<{inner}> may not stand in <{name}>"));
        }
    }
    for attribute in node.attributes() {
        let said = attribute.name();
        if !attributes.contains(&said) && !PAINT.contains(&said) {
            return Err(format!("{said} may not be said of <{name}>"));
        }
        let value = attribute.value();
        let local = said != "href" || value.starts_with('#');
        let inner = !value.contains("url(") || value.starts_with("url(#");
        if !local || !inner || value.contains("javascript:") {
            return Err(format!("{said} leads out of the file"));
        }
        // Arcs are left to SVG's full profile.
        if said == "d" && value.contains(['a', 'A']) {
            return Err("an arc in a path".into());
        }
    }
    Ok(())
}

#[test]
fn files_keep_the_profiles_rules() {
    let titled = options(&[("title", "Größe & <Form>")]);
    let long = options(&[("title", &"Ö".repeat(300))]);
    for Mark { name, artwork, .. } in marks() {
        for options in [&ExportOptions::default(), &titled, &long] {
            let svg = String::from_utf8(bytes(artwork, Format::Bimi, options)).unwrap();
            assert_eq!(broken(&svg), Ok(()), "{name}");
            usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
        }
    }
}

#[test]
fn the_rules_find_what_breaks_them() {
    let good = r##"<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 9 9"><title>Logo</title><rect width="9" height="9" fill="#fff"/><path d="M0 0h9v9z" fill="#000"/></svg>"##;
    assert_eq!(broken(good), Ok(()));
    for (from, to) in [
        ("tiny-ps", "tiny"),
        ("0 0 9 9", "0 0 9 8"),
        ("<title>Logo</title>", ""),
        ("<rect width=\"9\"", "<rect width=\"8\""),
        ("M0 0h9v9z", "M0 0a9 9 0 0 0 9 9z"),
        ("<path ", "<path opacity=\".5\" "),
        ("<path ", "<path style=\"fill:red\" "),
        ("<path ", "<path onclick=\"f()\" "),
        ("<path ", "<image href=\"x.png\"/><path "),
        ("<path ", "<script/><path "),
        ("fill=\"#000\"", "fill=\"url(http://example.com/#a)\""),
    ] {
        assert!(good.contains(from) && broken(&good.replacen(from, to, 1)).is_err(), "{to}");
    }
}
