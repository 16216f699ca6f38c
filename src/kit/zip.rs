//! The zip (PKWARE APPNOTE 6.3.10): the same bytes for the same files, whenever and wherever made.

use std::io::{Cursor, Write as _};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError};

use crate::error::{Error, Result};

/// Puts files, given by path and bytes, into a zip, all inside one folder.
pub fn zip<'a>(folder: &str, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>> {
    write(folder, files).map_err(|e| Error::Encoder { format: "zip", detail: e.to_string() })
}

fn write<'a>(
    folder: &str,
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> std::result::Result<Vec<u8>, ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let packed = [".png", ".webp", ".jpg", ".ico", ".icns"].iter().any(|e| path.ends_with(e));
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            // The zip's epoch: a real date would make every zip a different one.
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        writer.start_file(format!("{folder}/{path}"), options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
