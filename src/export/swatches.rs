//! The inks as swatches for other programs: Adobe Swatch Exchange (ASE), Photoshop colour swatches
//! (ACO, Adobe Photoshop File Formats Specification), GIMP palettes (GPL), CSS custom properties and
//! JSON. Colours within gradients are not among them.

use std::fmt::Write as _;

use super::Job;
use super::page::{Color, ColorMode};
use crate::color::Cmyk;

/// Adobe Swatch Exchange; big-endian. Its layout is known from its readers only.
pub(super) fn ase(job: &Job, mode: ColorMode) -> Vec<u8> {
    const COLOR_ENTRY: u16 = 1;
    let mut out = b"ASEF\0\x01\0\0".to_vec();
    out.extend((job.inks.len() as u32).to_be_bytes());
    for (index, ink) in job.inks.iter().enumerate() {
        let name = utf16(&ink.name);
        let mut block = ((name.len() / 2) as u16).to_be_bytes().to_vec();
        block.extend(name);
        // Global colours follow when the swatch is edited; spot colours get a plate of their own.
        let kind: u16 = match mode.ink(job, index) {
            Color::Rgb(rgb) => {
                block.extend(b"RGB ");
                block.extend(rgb.0.iter().flat_map(|c| (f32::from(*c) / 255.0).to_be_bytes()));
                0
            }
            color @ (Color::Cmyk(_) | Color::Spot(_)) => {
                block.extend(b"CMYK");
                let Cmyk(mixture) = ink.cmyk;
                block.extend(mixture.iter().flat_map(|p| (f32::from(*p) / 100.0).to_be_bytes()));
                u16::from(matches!(color, Color::Spot(_)))
            }
        };
        block.extend(kind.to_be_bytes());
        out.extend(COLOR_ENTRY.to_be_bytes());
        out.extend((block.len() as u32).to_be_bytes());
        out.extend(block);
    }
    out
}

/// Photoshop's swatches: the old section without names, then the new one with them.
pub(super) fn aco(job: &Job, mode: ColorMode) -> Vec<u8> {
    let mut out = Vec::new();
    for version in [1_u16, 2] {
        out.extend(version.to_be_bytes());
        out.extend((job.inks.len() as u16).to_be_bytes());
        for ink in &job.inks {
            let (space, values) = match mode {
                ColorMode::Rgb => {
                    let [r, g, b] = ink.rgb.0.map(|channel| u16::from(channel) * 257);
                    (0_u16, [r, g, b, 0])
                }
                // 0 is full ink.
                ColorMode::Cmyk | ColorMode::Spot => {
                    (2, ink.cmyk.0.map(|p| (u32::from(100 - p) * 65_535 / 100) as u16))
                }
            };
            out.extend(space.to_be_bytes());
            out.extend(values.iter().flat_map(|value| value.to_be_bytes()));
            if version == 2 {
                let name = utf16(&ink.name);
                out.extend(((name.len() / 2) as u32).to_be_bytes());
                out.extend(name);
            }
        }
    }
    out
}

/// UTF-16, big-endian, ended by a zero.
fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect()
}

/// A palette of GIMP, Inkscape, Krita and others.
pub(super) fn gpl(job: &Job) -> String {
    let mut out = format!("GIMP Palette\nName: {}\n#\n", one_line(title(job)));
    for ink in &job.inks {
        let [r, g, b] = ink.rgb.0;
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{r:3} {g:3} {b:3}\t{}", one_line(&ink.name));
    }
    out
}

/// CSS custom properties.
pub(super) fn css(job: &Job) -> String {
    let mut out = String::from(":root {\n");
    let mut used: Vec<String> = Vec::new();
    for ink in &job.inks {
        let stem = identifier(&ink.name);
        let numbered = |n: usize| if n == 1 { stem.clone() } else { format!("{stem}-{n}") };
        // One of them is free: fewer are in use.
        let mut names = (1..=used.len() + 1).map(numbered);
        let name = names.find(|name| !used.contains(name)).unwrap_or_default();
        let _ = writeln!(out, "  --{name}: {};", ink.rgb);
        used.push(name);
    }
    out.push_str("}\n");
    out
}

/// Names with their sRGB and CMYK values.
pub(super) fn json(job: &Job) -> String {
    let mut out = format!("{{\n  \"name\": {},\n  \"colors\": [", quoted(title(job)));
    for (index, ink) in job.inks.iter().enumerate() {
        let [r, g, b] = ink.rgb.0;
        let Cmyk([c, m, y, k]) = ink.cmyk;
        let _ = write!(
            out,
            "{}\n    {{ \"name\": {}, \"hex\": \"{}\", \"rgb\": [{r}, {g}, {b}], \
             \"cmyk_percent\": [{c}, {m}, {y}, {k}] }}",
            if index == 0 { "" } else { "," },
            quoted(&ink.name),
            ink.rgb,
        );
    }
    out.push_str("\n  ]\n}\n");
    out
}

fn title<'a>(job: &'a Job) -> &'a str {
    if job.document.title.is_empty() { "Logo" } else { &job.document.title }
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}

/// Lower-case words joined by dashes: `PANTONE 286 C` becomes `pantone-286-c`.
fn identifier(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if joined.is_empty() { "ink".into() } else { joined }
}

/// A JSON string (RFC 8259, 7).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_each_format_wants_them() {
        assert_eq!(identifier("PANTONE 286 C"), "pantone-286-c");
        assert_eq!(identifier("«»"), "ink");
        assert_eq!(quoted("a \"b\" \\ \n"), r#""a \"b\" \\ \u000a""#);
    }
}
