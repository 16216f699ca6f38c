//! WebP, lossless (RFC 9649, section 3).
//!
//! Method: up to 256 colours become a palette, more are predicted from the pixel above unless most are
//! runs of one colour. What repeats the pixels at the left or the row above is copied from there.

use super::bits::{Bits, Code, common, prefixed, put_lengths};
use super::palette::{Order, Palette};
use crate::raster::Raster;

/// The most pixels that one copy holds.
const LONGEST: usize = 4096;

/// A copy of the row above that is this long needs no comparison with others.
const LONG: usize = 64;

/// Kinds of symbols: green and lengths, red, blue, alpha, distances.
const ALPHABETS: [usize; 5] = [256 + 24, 256, 256, 256, 40];

/// The order in which the lengths of the code for lengths are written.
const LENGTHS: [usize; 19] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Writes `raster` as a lossless WebP file.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::export::{render, webp};
///
/// assert!(webp(&render(&artwork, 16, 16)?).starts_with(b"RIFF"));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn webp(raster: &Raster) -> Vec<u8> {
    let (width_px, height_px) = (raster.width_px(), raster.height_px());
    let mut out = Bits::default();
    // Sides of up to 16 384 px, as a raster has.
    out.put(0x2f, 8);
    out.put(width_px - 1, 14);
    out.put(height_px - 1, 14);
    out.put(u32::from(raster.has_alpha()), 1);
    out.put(0, 3);
    let pixels = raster.pixels();
    let width = width_px as usize;
    if let Some(palette) = Palette::of(pixels) {
        // Colour indexing: each colour as its difference to the one before.
        out.put(0b111, 3);
        out.put(palette.colors.len() as u32 - 1, 8);
        let before = [[0; 4]].into_iter().chain(palette.colors.iter().copied());
        let differences: Vec<[u8; 4]> =
            before.zip(&palette.colors).map(|(before, color)| minus(*color, before)).collect();
        Plane { values: differences.as_flattened(), size: 4, width: differences.len() }
            .write(&mut out, false);
        out.put(0, 1);
        let mut packed = Vec::new();
        for row in pixels.chunks_exact(width) {
            palette.pack(row, Order::LowFirst, &mut packed);
        }
        let width = packed.len() / height_px as usize;
        Plane { values: &packed, size: 1, width }.write(&mut out, true);
    } else {
        // Subtract green.
        out.put(0b101, 3);
        let green = |&[r, g, b, a]: &[u8; 4]| [r.wrapping_sub(g), g, b.wrapping_sub(g), a];
        let mut values: Vec<[u8; 4]> = pixels.iter().map(green).collect();
        if !raster.is_flat() {
            // Predicted as the pixel above, everywhere: blocks of 512 px, all of mode 2.
            out.put(0b11_1001, 6);
            let blocks = width.div_ceil(512) * (height_px as usize).div_ceil(512);
            let modes = [0, 2, 0, 255].repeat(blocks);
            Plane { values: &modes, size: 4, width: width.div_ceil(512) }.write(&mut out, false);
            for at in (1..values.len()).rev() {
                // The first row is predicted from the left.
                let before = if at < width { at - 1 } else { at - width };
                values[at] = minus(values[at], values[before]);
            }
            values[0] = minus(values[0], [0, 0, 0, 255]);
        }
        out.put(0, 1);
        Plane { values: values.as_flattened(), size: 4, width }.write(&mut out, true);
    }
    contained(&out.finish())
}

fn minus(a: [u8; 4], b: [u8; 4]) -> [u8; 4] {
    [0, 1, 2, 3].map(|i| a[i].wrapping_sub(b[i]))
}

/// The file around the image data: both chunks have even lengths.
fn contained(data: &[u8]) -> Vec<u8> {
    let padded = data.len().next_multiple_of(2);
    let mut bytes = Vec::with_capacity(padded + 20);
    for (name, length) in [(b"RIFF", padded + 12), (b"VP8L", data.len())] {
        if name == b"VP8L" {
            bytes.extend(b"WEBP");
        }
        bytes.extend(name);
        bytes.extend((length as u32).to_le_bytes());
    }
    bytes.extend(data);
    bytes.resize(padded + 20, 0);
    bytes
}

/// Values in rows: of one byte each, a palette's indices, or of four, colours.
struct Plane<'a> {
    values: &'a [u8],
    size: usize,
    width: usize,
}

/// A value by its place, or how many are copied, and whether from above or from the left.
enum Token {
    Value(usize),
    Copy(usize, bool),
}

impl Plane<'_> {
    /// Writes codes and data; the picture itself has a field more than what only helps.
    fn write(&self, out: &mut Bits, is_picture: bool) {
        let mut counts = ALPHABETS.map(|symbols| vec![0; symbols]);
        self.tokens(|token| match token {
            Token::Value(at) => {
                for (counts, value) in counts.iter_mut().zip(self.channels(at)) {
                    counts[value] += 1;
                }
            }
            Token::Copy(length, left) => {
                counts[0][256 + prefixed(length as u32 - 1).0] += 1;
                counts[4][usize::from(left)] += 1;
            }
        });
        // No cache of colours, and the same codes everywhere.
        out.put(0, if is_picture { 2 } else { 1 });
        let codes = counts.map(|counts| written(&counts, out));
        self.tokens(|token| match token {
            Token::Value(at) => {
                for (code, value) in codes.iter().zip(self.channels(at)) {
                    code.put(value, out);
                }
            }
            Token::Copy(length, left) => {
                let (symbol, extra, extra_bits) = prefixed(length as u32 - 1);
                codes[0].put(256 + symbol, out);
                out.put(extra, extra_bits);
                codes[4].put(usize::from(left), out);
            }
        });
    }

    /// Green, red, blue, alpha.
    fn channels(&self, at: usize) -> [usize; 4] {
        match self.values[at * self.size..] {
            [r, g, b, a, ..] if self.size == 4 => [g, r, b, a].map(usize::from),
            [index, ..] => [usize::from(index), 0, 0, 255],
            [] => [0; 4],
        }
    }

    fn tokens(&self, mut token: impl FnMut(Token)) {
        let count = self.values.len() / self.size;
        let mut at = 0;
        while at < count {
            let above = if at < self.width { 0 } else { self.same(at, self.width) };
            let left = if at == 0 || above >= LONG { 0 } else { self.same(at, 1) };
            let length = above.max(left);
            token(if length == 0 { Token::Value(at) } else { Token::Copy(length, left > above) });
            at += length.max(1);
        }
    }

    /// How many values from `at` on are what stands `back` before them.
    fn same(&self, at: usize, back: usize) -> usize {
        let here = &self.values[at * self.size..];
        let here = &here[..here.len().min(LONGEST * self.size)];
        common(here, &self.values[(at - back) * self.size..]) / self.size
    }
}

/// Writes the code for what occurs so often. Of one symbol none has to be written afterwards.
fn written(counts: &[u32], out: &mut Bits) -> Code {
    let mut code = Code::of(counts, 15);
    let used: Vec<usize> = (0..counts.len()).filter(|symbol| counts[*symbol] > 0).collect();
    match used[..] {
        [] | [0..256] => {
            let symbol = used.first().copied().unwrap_or_default();
            out.put(0b101, 3);
            out.put(symbol as u32, 8);
            code.lengths.fill(0);
        }
        _ => {
            out.put(0, 1);
            put_lengths(&code.lengths, LENGTHS, 1, out);
        }
    }
    code
}
