//! `manifest.json`: every file of the kit with its size and hash, for programs.

use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Item;
use crate::error::{Error, Result};
use crate::par;

#[derive(Serialize)]
struct Manifest<'a> {
    brand: &'a str,
    generator: String,
    files: Vec<Entry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    #[serde(flatten)]
    item: &'a Item,
    bytes: usize,
    sha256: String,
    /// Whether the file is larger than its platform allows.
    too_large: bool,
}

/// The manifest's text.
pub fn manifest(brand: &str, files: &[(&Item, &[u8])]) -> Result<String> {
    let files = par::map(files.len(), |at| {
        let (item, bytes) = files[at];
        Entry {
            item,
            bytes: bytes.len(),
            sha256: hex(&Sha256::digest(bytes)),
            too_large: item.max_bytes.is_some_and(|max| bytes.len() > max as usize),
        }
    });
    let generator = concat!("Logopress ", env!("CARGO_PKG_VERSION")).into();
    serde_json::to_string_pretty(&Manifest { brand, generator, files })
        .map(|text| text + "\n")
        .map_err(|e| Error::Encoder { format: "JSON", detail: e.to_string() })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
