//! Tells a file's format from its content, and says of well-known formats that cannot be read how
//! to get one that can.

use std::io::Read as _;

use image::ImageFormat;

use crate::error::{Error, Result};
use crate::limits;

/// A format that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Raster(ImageFormat),
    Svg,
    /// PDF, and Illustrator's files since 2000.
    Pdf,
    /// SVG, compressed with gzip.
    Svgz,
}

/// How far into a file its first tag may stand; comments and a document type come before it.
const HEAD: usize = 64 << 10;

/// How far into a PDF its header may stand; some programs put their own before it.
const PDF_HEAD: usize = 1024;

/// The format of `bytes`, which are not empty.
pub(super) fn format(bytes: &[u8]) -> Result<Format> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(error) = unreadable(head) {
        return Err(error);
    }
    if contains(&head[..head.len().min(PDF_HEAD)], b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(&[0, 0, 2, 0]) {
        return Ok(Format::Raster(ImageFormat::Ico));
    }
    if let Ok(format) = image::guess_format(bytes)
        && format.reading_enabled()
    {
        return Ok(Format::Raster(format));
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Format::Svgz);
    }
    if is_svg(head) {
        return Ok(Format::Svg);
    }
    Err(Error::UnknownFormat { looks_like: looks_like(head) })
}

/// The content of a gzip file.
pub(super) fn gunzip(bytes: &[u8]) -> Result<Vec<u8>> {
    const FORMAT: &str = "gzip";
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(bytes)
        .take(limits::MAX_BYTES + 1)
        .read_to_end(&mut content)
        .map_err(|e| match e.kind() {
            std::io::ErrorKind::UnexpectedEof => Error::Truncated { format: FORMAT },
            _ => Error::Damaged { format: FORMAT, detail: e.to_string() },
        })?;
    limits::check_bytes(content.len() as u64)?;
    if !is_svg(&content[..content.len().min(HEAD)]) {
        return Err(Error::UnknownFormat { looks_like: "a compressed archive" });
    }
    Ok(content)
}

fn is_svg(head: &[u8]) -> bool {
    match head {
        [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] => {
            let narrow: Vec<u8> = rest.iter().copied().filter(|&b| b != 0).collect();
            is_svg(&narrow)
        }
        _ => {
            let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
            start.starts_with(b"<")
                && (contains(head, b"<svg") || contains(head, b":svg"))
                && !is_html(start)
        }
    }
}

fn is_html(start: &[u8]) -> bool {
    let tag: Vec<u8> = start.iter().take(15).map(u8::to_ascii_lowercase).collect();
    tag.starts_with(b"<!doctype html") || tag.starts_with(b"<html")
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The advice for a format that a person may well have, but that is not read here.
fn unreadable(head: &[u8]) -> Option<Error> {
    let unsupported = |format, instead| Some(Error::Unsupported { format, instead });
    if let [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] = head {
        let brand = &brand[..brand.len().min(4)];
        let format = match brand {
            b"avif" | b"avis" => "AVIF",
            b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" => "HEIC",
            _ => return unsupported("Video", "Take a still from it and save that as PNG."),
        };
        return Some(needs_decoder(format));
    }
    if head.starts_with(&[0xff, 0x0a]) || head.starts_with(b"\0\0\0\x0cJXL \r\n\x87\n") {
        return Some(needs_decoder("JPEG XL"));
    }
    let postscript = head.starts_with(b"%!PS") || head.starts_with(&[0xc5, 0xd0, 0xd3, 0xc6]);
    if postscript {
        return if contains(head, b"Adobe Illustrator") && !contains(head, b"EPSF") {
            unsupported(
                "Illustrator's old PostScript format",
                "Open it in Illustrator and save it with “Create PDF Compatible File”, or convert \
                 it with Ghostscript: ps2pdf -dEPSCrop logo.ai logo.pdf.",
            )
        } else {
            unsupported(
                "EPS",
                "Save it as PDF or SVG in the program that made it, or convert it with \
                 Ghostscript: ps2pdf -dEPSCrop logo.eps logo.pdf.",
            )
        };
    }
    let known: [(&[u8], &'static str, &'static str); 8] = [
        (b"8BPS", "Photoshop (PSD)", "Export it as PNG with a transparent background."),
        (b"gimp xcf", "GIMP (XCF)", "Export it as PNG with a transparent background."),
        (b"\0\xffKA", "Affinity", "Export it as SVG or PDF."),
        (b"fig-kiwi", "Figma (.fig)", "Select the logo in Figma and export it as SVG."),
        (
            b"icns",
            "Apple icons (ICNS)",
            "Open it in Preview and export its largest picture as PNG.",
        ),
        (b"\xd7\xcd\xc6\x9a", "WMF", "Open it in Inkscape or LibreOffice Draw and save it as SVG."),
        (b"\0\0\0\x0cjP  ", "JPEG 2000", "Save it as PNG."),
        (b"PK\x03\x04", "A ZIP archive or Office document", "Take the logo out of it first."),
    ];
    if let Some((_, format, instead)) = known.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return unsupported(format, instead);
    }
    if head.starts_with(&[1, 0, 0, 0]) && head.get(40..44) == Some(b" EMF") {
        return unsupported("EMF", "Open it in Inkscape or LibreOffice Draw and save it as SVG.");
    }
    if head.starts_with(b"RIFF") && head.get(8..11) == Some(b"CDR") {
        return unsupported("CorelDRAW (CDR)", "Export it as SVG or PDF.");
    }
    None
}

/// A browser has decoders for these; here they would make everything larger for everybody.
fn needs_decoder(format: &'static str) -> Error {
    Error::NeedsBrowser {
        format,
        instead: "Save it as PNG, or open it in the web page in a browser that shows such files.",
    }
}

/// What bytes of no known format look like to a person.
fn looks_like(head: &[u8]) -> &'static str {
    let start = head.trim_ascii_start();
    if is_html(start) {
        return "a web page";
    }
    // A character may be cut at the end of the head.
    let is_text = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none(),
    };
    if is_text && !head.contains(&0) {
        if start.starts_with(b"<") { "XML without an <svg> element" } else { "plain text" }
    } else {
        "data of an unknown kind"
    }
}
