//! Every limit on what a file may ask of us, in one place. Each is checked before the memory or
//! the time that it bounds is taken.

/// Largest input file, in bytes.
pub const MAX_BYTES: usize = 100 << 20;

/// Longest side of a raster, in pixels.
pub const MAX_SIDE_PX: u32 = 16_384;

/// Most pixels in a raster: 8192 × 8192.
pub const MAX_PIXELS: u64 = 1 << 26;

/// Most memory that a decoder may take beside the pixels themselves, in bytes.
pub const MAX_DECODER_BYTES: u64 = 1 << 30;
