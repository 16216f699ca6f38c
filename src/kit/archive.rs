//! The zip (PKWARE APPNOTE 6.3.10): the same bytes for the same files, whenever and wherever made.
//!
//! Sizes and checksums stand before each file, so that programs that read from a stream can open it.
//! Pictures are compressed already and are stored as they are.

use std::iter::zip;

use miniz_oxide::deflate::compress_to_vec;
use rawzip::crc32;

use crate::error::{Error, Result};
use crate::par;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Of deflate's ten levels: higher ones take up to twice as long for hardly fewer bytes.
const LEVEL: u8 = 6;

/// How names of files end whose format compresses already.
const PACKED: [&str; 6] = [".png", ".webp", ".jpg", ".ico", ".icns", ".pdf"];

/// Version 2.0 of the format: folders and deflate.
const VERSION: u16 = 20;

/// Made on Unix, whose permissions follow.
const UNIX: u16 = 3 << 8;

/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;

/// 1980-01-01, the format's first day, at midnight: a real date would make every zip a different one.
const DATE: u16 = 1 << 5 | 1;
const TIME: u16 = 0;

/// A regular file that its owner may write and all may read.
const MODE: u32 = 0o100_644;

/// A file as both of its headers describe it.
struct Entry {
    name: String,
    method: u16,
    crc: u32,
    packed: Vec<u8>,
    size: u32,
}

/// Puts files, given by path and bytes, into a zip, all inside one folder.
pub fn pack<'a>(folder: &str, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>> {
    let files: Vec<(&str, &[u8])> = files.collect();
    let entries = par::map(files.len(), |at| entry(folder, files[at].0, files[at].1));
    let total: usize = entries.iter().map(|e| e.packed.len() + 2 * e.name.len() + 128).sum();
    if total > u32::MAX as usize || entries.len() > usize::from(u16::MAX) {
        return Err(Error::Encoder { format: "zip", detail: "it has too many bytes".into() });
    }
    let mut out = Vec::with_capacity(total);
    let mut starts = Vec::new();
    for entry in &entries {
        starts.push(out.len() as u32);
        out.extend(b"PK\x03\x04");
        out.extend(VERSION.to_le_bytes());
        common(entry, &mut out);
        out.extend(entry.name.as_bytes());
        out.extend(&entry.packed);
    }
    let directory = out.len() as u32;
    for (entry, start) in zip(&entries, starts) {
        out.extend(b"PK\x01\x02");
        out.extend((UNIX | VERSION).to_le_bytes());
        out.extend(VERSION.to_le_bytes());
        common(entry, &mut out);
        // Comment, disk and internal attributes: none.
        out.extend([0; 6]);
        out.extend((MODE << 16).to_le_bytes());
        out.extend(start.to_le_bytes());
        out.extend(entry.name.as_bytes());
    }
    let directory_bytes = out.len() as u32 - directory;
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([entries.len() as u16; 2].map(u16::to_le_bytes).as_flattened());
    out.extend([directory_bytes, directory].map(u32::to_le_bytes).as_flattened());
    out.extend([0; 2]);
    Ok(out)
}

fn entry(folder: &str, path: &str, bytes: &[u8]) -> Entry {
    let (method, packed) = if PACKED.iter().any(|ending| path.ends_with(ending)) {
        (STORED, bytes.to_vec())
    } else {
        (DEFLATED, compress_to_vec(bytes, LEVEL))
    };
    let name = format!("{folder}/{path}");
    Entry { name, method, crc: crc32(bytes), packed, size: bytes.len() as u32 }
}

/// What both headers have in common.
fn common(entry: &Entry, out: &mut Vec<u8>) {
    out.extend([FLAGS, entry.method, TIME, DATE].map(u16::to_le_bytes).as_flattened());
    let sizes = [entry.crc, entry.packed.len() as u32, entry.size];
    out.extend(sizes.map(u32::to_le_bytes).as_flattened());
    out.extend([entry.name.len() as u16, 0].map(u16::to_le_bytes).as_flattened());
}
