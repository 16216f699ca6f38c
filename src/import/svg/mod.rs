//! SVG 1.1 becomes an [`Artwork`](crate::Artwork), by way of `usvg`, which resolves styles, units,
//! references and shapes.
//!
//! * Nothing outside the file is read, no script runs.
//! * An SVG that only wraps a bitmap gives that bitmap, at its own resolution.
//! * What plain shapes cannot express (filters, blend modes, soft masks, patterns) is rendered at
//!   high resolution for tracing, with a warning that says so.
//! * Text needs fonts, which are not to be had here: [`Error::NeedsBrowser`].

mod check;
mod convert;
mod outline;
mod paint;
mod render;

use std::borrow::Cow;
use std::sync::Arc;

use usvg::roxmltree::{Document, ParsingOptions};
use usvg::{ImageHrefResolver, ImageKind, Node, Options, Tree};

use super::report::Warning;
use super::{Drawing, raster_image};
use crate::error::{Error, Result};
use crate::limits::MAX_SVG_ELEMENTS;

const FORMAT: &str = "SVG";

/// Reads an SVG document.
pub(super) fn import(bytes: &[u8]) -> Result<(Drawing, Vec<Warning>)> {
    let text = text(bytes);
    let options = ParsingOptions {
        allow_dtd: true,
        // Text between elements is a node too.
        nodes_limit: 4 * MAX_SVG_ELEMENTS as u32,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(&text, options).map_err(|e| fault(&e.into()))?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(Error::Damaged { format: FORMAT, detail: "there is no <svg> element".into() });
    }
    let findings = check::check(&document)?;
    if findings.text {
        return Err(Error::NeedsBrowser {
            format: "SVG with text",
            instead: "Turn the text into outlines first (Inkscape: Path › Object to Path; \
                      Illustrator: Type › Create Outlines), or open the file in the web page.",
        });
    }
    let mut warnings = warnings(&findings);
    let tree = Tree::from_xmltree(&document, &parser_options()).map_err(|e| fault(&e))?;
    if let Some(bitmap) = wrapped_bitmap(&tree) {
        let raster = raster_image(bitmap)?;
        warnings.push(Warning::new(
            "svg-wraps-bitmap",
            "This file is only a wrapper around a bitmap, so the bitmap is traced.",
        ));
        return Ok((Drawing::Raster(raster), warnings));
    }
    match convert::artwork(&tree) {
        Ok(artwork) if artwork.shapes.is_empty() => Err(Error::Blank),
        Ok(artwork) => Ok((Drawing::Vector(artwork), warnings)),
        Err(obstacle) => {
            let raster = render::render(&tree, obstacle)?;
            warnings.push(Warning::new(
                "rendered",
                format!(
                    "This file uses {}, which plain shapes cannot express, so it is rendered \
                     and traced.",
                    obstacle.label()
                ),
            ));
            Ok((Drawing::Raster(raster), warnings))
        }
    }
}

/// The document's text: UTF-8, UTF-16 with a byte order mark, or else Latin-1.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
            Err(_) => Cow::Owned(bytes.iter().map(|&b| char::from(b)).collect()),
        },
    }
}

/// Only data that the file itself carries is looked at, and a bitmap only if its decoder likes it.
fn parser_options() -> Options<'static> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, data: Arc<Vec<u8>>, _| {
                let kind = match image::guess_format(&data).ok()? {
                    image::ImageFormat::Png => ImageKind::PNG,
                    image::ImageFormat::Jpeg => ImageKind::JPEG,
                    image::ImageFormat::Gif => ImageKind::GIF,
                    image::ImageFormat::WebP => ImageKind::WEBP,
                    _ => return None,
                };
                raster_image(&data).ok()?;
                Some(kind(data))
            }),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

fn fault(error: &usvg::Error) -> Error {
    use usvg::roxmltree::Error as Xml;
    match error {
        usvg::Error::ElementsLimitReached | usvg::Error::ParsingFailed(Xml::NodesLimitReached) => {
            Error::TooComplex { format: FORMAT, what: "elements", limit: MAX_SVG_ELEMENTS }
        }
        usvg::Error::ParsingFailed(Xml::EntityReferenceLoop(_)) => {
            Error::TooComplex { format: FORMAT, what: "entity references", limit: 255 }
        }
        usvg::Error::ParsingFailed(
            Xml::UnexpectedEndOfStream | Xml::UnclosedRootNode | Xml::NoRootNode,
        ) => Error::Truncated { format: FORMAT },
        other => Error::Damaged { format: FORMAT, detail: other.to_string() },
    }
}

fn warnings(findings: &check::Findings) -> Vec<Warning> {
    let all = [
        (findings.scripts, "scripts-removed", "Scripts in this file were ignored."),
        (
            findings.external,
            "external-removed",
            "This file refers to other files or web addresses; those were not fetched.",
        ),
        (
            findings.animation,
            "animation-removed",
            "Animations in this file were ignored; it is taken as it stands at rest.",
        ),
    ];
    let found = all.into_iter().filter(|(found, ..)| *found);
    found.map(|(_, code, text)| Warning::new(code, text)).collect()
}

/// The bytes of the bitmap, if one is all there is to see.
fn wrapped_bitmap(tree: &Tree) -> Option<&[u8]> {
    let Node::Image(image) = only_node(tree.root())? else { return None };
    // A slanted or turned bitmap looks different from its own pixels.
    let t = image.abs_transform();
    let upright = t.is_scale_translate() && t.sx > 0.0 && (t.sx - t.sy).abs() <= 1e-3 * t.sx;
    match image.kind() {
        ImageKind::PNG(data)
        | ImageKind::JPEG(data)
        | ImageKind::GIF(data)
        | ImageKind::WEBP(data)
            if image.is_visible() && upright =>
        {
            Some(data)
        }
        _ => None,
    }
}

/// The one shape or bitmap below `group`, if that is all, and the groups around it do nothing.
fn only_node(group: &usvg::Group) -> Option<&Node> {
    match group.children() {
        [Node::Group(child)] => {
            let plain = child.clip_path().is_none()
                && child.mask().is_none()
                && child.filters().is_empty()
                && child.blend_mode() == usvg::BlendMode::Normal
                && child.opacity() == usvg::Opacity::ONE;
            if plain { only_node(child) } else { None }
        }
        [only] => Some(only),
        _ => None,
    }
}
