//! Looks through a PDF's raw bytes before anything is read: what its streams unpack to, and how
//! many objects there are. The reader itself knows no bounds.

use std::io::{Cursor, Read};
use std::ops::Range;

use flate2::read::ZlibDecoder;

use super::FORMAT;
use crate::error::{Error, Result};
use crate::limits::{MAX_PDF_OBJECTS, MAX_PDF_UNPACKED_BYTES};
use crate::raster::{check_size, jpeg_size_px};

/// Most bytes that a byte of a packed stream can become: of LZW, which has more than deflate.
const MOST_FROM_A_BYTE: u64 = 2_600;

/// Most layers of packing that are looked into.
const MOST_LAYERS: usize = 4;

/// Most levels of dictionaries: the reader follows no more, but tries anew at each.
const MAX_NESTING: usize = 512;

/// How far before a stream its dictionary is looked for.
const DICTIONARY: usize = 16 << 10;

/// Fails if the streams would unpack to more than is allowed, or if there are too many objects.
pub(super) fn streams(bytes: &[u8]) -> Result<()> {
    let too_complex = |what, limit| Error::TooComplex { format: FORMAT, what, limit };
    let encrypted = has(bytes, b"/Encrypt");
    let (mut unpacked, mut objects, mut end) = (0_u64, 0, 0);
    for at in keywords(bytes, b"obj") {
        objects += usize::from(!bytes[..at].ends_with(b"end"));
    }
    if objects > MAX_PDF_OBJECTS {
        return Err(too_complex("objects", MAX_PDF_OBJECTS));
    }
    if nesting(bytes) > MAX_NESTING {
        return Err(too_complex("levels of nesting", MAX_NESTING));
    }
    let [mut lzw, mut flate, mut lengths, mut jpx, mut width, mut height] =
        [&b"/LZW"[..], b"/Fl", b"/RunLength", b"/JPX", b"/Width", b"/Height"]
            .map(|word| Last::new(bytes, word));
    for at in keywords(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            end = at;
            continue;
        }
        let dictionary = end.max(at.saturating_sub(DICTIONARY))..at;
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let lzw = lzw.within(&dictionary).is_some();
        let packed = [&mut flate, &mut lengths].map(|word| word.within(&dictionary).is_some());
        let packed = lzw || packed.contains(&true);
        if lzw || packed && encrypted {
            // What cannot be unpacked here is taken to be at its worst.
            let length = keywords(data, b"endstream").next().unwrap_or(data.len());
            unpacked = unpacked.saturating_add(length as u64 * MOST_FROM_A_BYTE);
        } else {
            unpacked +=
                unpacked_bytes(Box::new(data), MAX_PDF_UNPACKED_BYTES - unpacked, MOST_LAYERS);
        }
        if unpacked >= MAX_PDF_UNPACKED_BYTES {
            return Err(too_complex("data in bytes", MAX_PDF_UNPACKED_BYTES as usize));
        }
        let sides = [&mut width, &mut height]
            .map(|side| side.within(&dictionary).and_then(|at| number(&bytes[at..dictionary.end])));
        if let [Some(width_px), Some(height_px)] = sides {
            check_size(width_px.max(1), height_px.max(1))?;
        }
        picture(data, jpx.within(&dictionary).is_some())?;
    }
    Ok(())
}

/// Where a word stands last before a place that only moves on.
struct Last<'a> {
    bytes: &'a [u8],
    word: &'a [u8],
    found: Option<usize>,
    next: usize,
}

impl<'a> Last<'a> {
    fn new(bytes: &'a [u8], word: &'a [u8]) -> Self {
        Self { bytes, word, found: None, next: 0 }
    }

    /// The end of the last one in `range`; each range must end behind the one before.
    fn within(&mut self, range: &Range<usize>) -> Option<usize> {
        let seen = &self.bytes[self.next.min(range.end)..range.end];
        if let Some(at) = keywords(seen, self.word).last() {
            self.found = Some(self.next + at + self.word.len());
        }
        self.next = range.end.saturating_sub(self.word.len() - 1).max(self.next);
        self.found.filter(|end| *end > range.start)
    }
}

/// How deep dictionaries seem to be nested, wherever they stand.
fn nesting(bytes: &[u8]) -> usize {
    let (mut depth, mut most, mut pair) = (0_usize, 0, 0);
    for &byte in bytes {
        pair = (pair << 8 | u16::from(byte)) * u16::from(byte == b'<' || byte == b'>');
        match &pair.to_be_bytes() {
            b"<<" => (depth, pair) = (depth + 1, 0),
            b">>" => (depth, pair) = (depth.saturating_sub(1), 0),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}

/// Checks the size that a picture's data claims.
fn picture(data: &[u8], jpeg_2000: bool) -> Result<()> {
    let size = if data.starts_with(&[0xff, 0xd8]) {
        jpeg_size_px(data)
    } else if jpeg_2000 {
        jpeg_2000_size(data)
    } else {
        None
    };
    size.map_or(Ok(()), |(width_px, height_px)| check_size(width_px, height_px))
}

/// The size in the marker segment SIZ (ITU-T T.800, A.5.1).
fn jpeg_2000_size(data: &[u8]) -> Option<(u32, u32)> {
    let head = &data[..data.len().min(1 << 12)];
    let start = head.windows(4).position(|w| w == [0xff, 0x4f, 0xff, 0x51])?;
    let word = |at: usize| Some(u32::from_be_bytes(*head.get(start + at..)?.first_chunk()?));
    Some((word(8)?, word(12)?))
}

/// The number at the start.
fn number(text: &[u8]) -> Option<u32> {
    let digits = text.trim_ascii_start().iter().take_while(|b| b.is_ascii_digit());
    digits.map(|&b| char::from(b)).collect::<String>().parse().ok()
}

/// What `data` unpacks to, as far as it is deflated, in all layers; no more than `limit`.
fn unpacked_bytes(data: Box<dyn Read + '_>, limit: u64, layers: usize) -> u64 {
    let mut content = ZlibDecoder::new(data).take(limit);
    let mut head = [0; 2];
    if layers == 0 || content.read_exact(&mut head).is_err() {
        return 0;
    }
    // The header of another layer (RFC 1950, 2.2)?
    let [method, flags] = head;
    if method & 15 == 8 && u16::from_be_bytes([method, flags]).is_multiple_of(31) {
        return unpacked_bytes(Box::new(Cursor::new(head).chain(content)), limit, layers - 1);
    }
    // An error ends the data, for the reader as well.
    let _ = std::io::copy(&mut content, &mut std::io::sink());
    limit - content.limit()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    keywords(bytes, part).next().is_some()
}

/// Where `word` begins, each time.
fn keywords<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> {
    bytes.windows(word.len()).enumerate().filter(move |(_, w)| *w == word).map(|(at, _)| at)
}
