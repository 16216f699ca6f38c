//! Looks through an SVG's XML before anything is built from it: how much work it would make, and
//! what in it cannot or must not be followed.
//!
//! The work is bounded by the number of elements after every reference (`use`, markers, patterns,
//! …) is replaced by what it refers to, counted without replacing anything.

use std::collections::BTreeMap;

use usvg::roxmltree::{Document, Node, NodeId};

use crate::error::{Error, Result};
use crate::limits::{MAX_SVG_DEPTH, MAX_SVG_ELEMENTS, MAX_SVG_FILTER_STEPS, MAX_SVG_STYLE_WORK};

/// What is in the document that its picture does not show or that we do not follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is found or not, independently")]
pub(super) struct Findings {
    /// Text that needs a font.
    pub text: bool,
    /// Scripts or event handlers.
    pub scripts: bool,
    /// References to other files.
    pub external: bool,
    /// Animations.
    pub animation: bool,
}

/// Checks the document against the limits.
pub(super) fn check(document: &Document) -> Result<Findings> {
    let mut findings = Findings::default();
    let mut style = String::new();
    let mut elements = 0;
    let mut filter_steps = 0;
    for node in document.root_element().descendants().filter(Node::is_element) {
        elements += 1;
        match node.tag_name().name() {
            "script" => findings.scripts = true,
            "text" | "foreignObject" if has_text(node) && !is_template(node) => {
                findings.text = true;
            }
            "animate" | "animateTransform" | "animateMotion" | "set" => findings.animation = true,
            "style" => style.extend(node.descendants().filter_map(|n| n.text())),
            name if name.starts_with("fe") => filter_steps += filter_cost(node),
            _ => {}
        }
        for attribute in node.attributes() {
            findings.scripts |= attribute.name().starts_with("on");
            let link = attribute.name() == "href" && node.tag_name().name() != "a";
            findings.external |= link && is_external(attribute.value());
        }
    }
    findings.external |= style.contains("@import") || style.contains("url(http");
    let rules = style.bytes().filter(|&b| b == b'{').count();
    if rules.saturating_mul(elements) > MAX_SVG_STYLE_WORK {
        return Err(too_complex("style rules times elements", MAX_SVG_STYLE_WORK));
    }
    if filter_steps > MAX_SVG_FILTER_STEPS {
        return Err(too_complex("filter steps", MAX_SVG_FILTER_STEPS));
    }
    Expansion::new(document, &style).check(document)?;
    Ok(findings)
}

fn too_complex(what: &'static str, limit: usize) -> Error {
    Error::TooComplex { format: "SVG", what, limit }
}

fn has_text(node: Node) -> bool {
    node.descendants().any(|n| n.is_text() && n.text().is_some_and(|t| !t.trim().is_empty()))
}

/// Whether it is drawn only where something refers to it.
fn is_template(node: Node) -> bool {
    node.ancestors().any(|n| matches!(n.tag_name().name(), "defs" | "symbol"))
}

fn is_external(href: &str) -> bool {
    let href = href.trim();
    !href.is_empty() && !href.starts_with('#') && !href.starts_with("data:")
}

/// Work of a filter primitive, in the steps it takes for each pixel.
fn filter_cost(node: Node) -> usize {
    let number = |name| {
        let text = node.attribute(name).unwrap_or("1");
        let numbers = text.split([' ', ',']).filter_map(|n| n.trim().parse::<f32>().ok());
        // Saturates on what is not a number of steps.
        numbers.fold(0.0, f32::max) as usize
    };
    match node.tag_name().name() {
        "feTurbulence" => number("numOctaves"),
        "feConvolveMatrix" => number("order").saturating_mul(number("order")),
        "feMorphology" => number("radius"),
        _ => 1,
    }
}

/// Counts what the document becomes when references are resolved.
struct Expansion<'a> {
    ids: BTreeMap<&'a str, NodeId>,
    /// What the style sheet gives to shapes at large: markers and patterns.
    styled: Vec<&'a str>,
    /// Elements and levels that each node stands for, by the node's index.
    counted: Vec<Option<(usize, usize)>>,
}

impl<'a> Expansion<'a> {
    fn new(document: &'a Document, style: &str) -> Self {
        let with_id = |node: Node<'a, '_>| node.attribute("id").map(|id| (id, node.id()));
        let ids: BTreeMap<_, _> = document.descendants().filter_map(with_id).collect();
        let costly = |id: &&&str| {
            let node = ids.get(**id).and_then(|node| document.get_node(*node));
            node.is_some_and(|n| matches!(n.tag_name().name(), "marker" | "pattern"))
        };
        let mentioned: Vec<&str> = references(style).collect();
        let styled =
            ids.keys().filter(|id| mentioned.contains(id)).filter(costly).copied().collect();
        let nodes = document.descendants().map(|n| n.id().get_usize() + 1).max().unwrap_or(0);
        Self { ids, styled, counted: vec![None; nodes] }
    }

    fn check(&mut self, document: &Document) -> Result<()> {
        let root = document.root_element();
        // Children come before their parents' second visit, on which the parent is counted.
        let mut stack = vec![(root.id(), false)];
        let mut open: Vec<NodeId> = Vec::new();
        while let Some((id, visited)) = stack.pop() {
            let Some(node) = document.get_node(id) else { continue };
            if visited {
                open.pop();
                let counted = self.count(node)?;
                self.counted[id.get_usize()] = Some(counted);
                continue;
            }
            // What refers to itself is skipped by the parser too.
            if self.counted[id.get_usize()].is_some() || open.contains(&id) {
                continue;
            }
            open.push(id);
            if open.len() > MAX_SVG_DEPTH {
                return Err(too_complex("levels of nesting", MAX_SVG_DEPTH));
            }
            stack.push((id, true));
            stack.extend(node.children().filter(Node::is_element).map(|n| (n.id(), false)));
            stack.extend(self.targets(node).into_iter().map(|(id, _)| (id, false)));
        }
        Ok(())
    }

    /// Elements and levels that `node` stands for, given those of what it contains and refers to.
    fn count(&self, node: Node) -> Result<(usize, usize)> {
        let (mut elements, mut depth) = (1_usize, 1);
        let parts = node.children().filter(Node::is_element).map(|n| (n.id(), 1));
        for (id, times) in parts.chain(self.targets(node)) {
            let (part, levels) = self.counted[id.get_usize()].unwrap_or((0, 0));
            elements = elements.saturating_add(part.saturating_mul(times));
            depth = depth.max(levels + 1);
        }
        if elements > MAX_SVG_ELEMENTS {
            return Err(too_complex("elements", MAX_SVG_ELEMENTS));
        }
        if depth > MAX_SVG_DEPTH {
            return Err(too_complex("levels of nesting", MAX_SVG_DEPTH));
        }
        Ok((elements, depth))
    }

    /// What `node` refers to, and how often it is drawn there.
    fn targets(&self, node: Node) -> Vec<(NodeId, usize)> {
        let mut targets = Vec::new();
        let mut add = |name: &str, times| {
            targets.extend(self.ids.get(name).map(|id| (*id, times)));
        };
        // Every vertex takes two characters at least, and may carry a marker.
        let vertices = ["d", "points"].iter().filter_map(|name| node.attribute(*name));
        let vertices = 1 + vertices.map(str::len).sum::<usize>() / 2;
        for attribute in node.attributes() {
            let value = attribute.value();
            if attribute.name() == "href" {
                value.trim().strip_prefix('#').into_iter().for_each(|name| add(name, 1));
            } else if value.contains("url(") {
                let times = if value.contains("marker") || attribute.name().starts_with("marker") {
                    vertices
                } else {
                    1
                };
                references(value).for_each(|name| add(name, times));
            }
        }
        if is_shape(node) {
            self.styled.iter().for_each(|name| add(name, vertices));
        }
        targets
    }
}

fn is_shape(node: Node) -> bool {
    matches!(
        node.tag_name().name(),
        "path" | "rect" | "circle" | "ellipse" | "line" | "polyline" | "polygon"
    )
}

/// The ids in `url(#id)`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|rest| {
        let inside = rest.split(')').next()?.trim().trim_matches(['"', '\'']).trim();
        inside.strip_prefix('#')
    })
}
