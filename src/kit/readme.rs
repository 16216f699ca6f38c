//! The README of a kit: what each file is for, for a person who has never seen one.

use std::fmt::Write as _;

use super::Item;

/// The text, with the line ends that every editor shows.
pub fn readme(name: &str, items: &[&Item], notes: &[&String]) -> String {
    let mut out = format!(
        "{name}: brand kit\n\n\
         manifest.json lists every file with its size in bytes and its SHA-256.\n"
    );
    for note in notes {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "\nNote: {note}\n");
    }
    let mut group = None;
    for item in items {
        if group != Some(item.group) {
            group = Some(item.group);
            let _ = write!(out, "\n{}/\n", item.group.folder());
        }
        let size = match (item.width_px, item.height_px) {
            (Some(width), Some(height)) => format!("{width} x {height} px. "),
            _ => String::new(),
        };
        let _ = writeln!(out, "  {}\n      {size}{}.", item.path, item.purpose);
    }
    out.replace('\n', "\r\n")
}
