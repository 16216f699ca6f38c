//! The image data of a PNG (10.1). It is packed here and not by the `png` crate: which code that one
//! packs with depends on what else is built, and the bytes with it.

use std::io::Write;

use miniz_oxide::DataFormat;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output};
use png::{EncodingError, Writer, chunk};

/// Of zlib's nine levels: measured, higher ones take longer for hardly fewer bytes.
const LEVEL: u8 = 6;

/// Rows of an image, packed one by one.
pub(crate) struct ImageData {
    packer: Box<CompressorOxide>,
    packed: Vec<u8>,
}

impl ImageData {
    pub fn new() -> Self {
        let mut packer = Box::<CompressorOxide>::default();
        packer.set_format_and_level(DataFormat::Zlib, LEVEL);
        Self { packer, packed: Vec::new() }
    }

    /// Adds a row as it is: filter type None (9.2).
    pub fn row(&mut self, row: &[u8]) {
        self.pack(&[0], TDEFLFlush::None);
        self.pack(row, TDEFLFlush::None);
    }

    /// Adds a row as its difference to the `above` one, if there is one: filter type Up (9.2).
    pub fn row_below(&mut self, above: Option<&[u8]>, row: &[u8]) {
        let Some(above) = above else { return self.row(row) };
        let differences = row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(*above));
        let filtered: Vec<u8> = [2].into_iter().chain(differences).collect();
        self.pack(&filtered, TDEFLFlush::None);
    }

    /// Writes the chunk; the header has to be written.
    pub fn write<W: Write>(mut self, png: &mut Writer<W>) -> Result<(), EncodingError> {
        self.pack(&[], TDEFLFlush::Finish);
        png.write_chunk(chunk::IDAT, &self.packed)
    }

    fn pack(&mut self, bytes: &[u8], flush: TDEFLFlush) {
        // Nothing can fail: what is packed always finds room.
        let _ = compress_to_output(&mut self.packer, bytes, flush, |packed| {
            self.packed.extend_from_slice(packed);
            true
        });
    }
}
