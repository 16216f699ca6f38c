//! A site's files by their paths from its root.

use std::collections::BTreeMap;

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive};

use crate::error::{Error, Result};
use crate::limits::{MAX_BYTES, MAX_SITE_FILES};

/// A site's files.
///
/// ```
/// use logopress::check::Site;
///
/// let site = Site::new([("icons/a.png".to_owned(), vec![1])]);
/// assert_eq!(site.get("icons/a.png"), Some(&[1][..]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// A site of files, given by paths with `/` and bytes. Its root is the folder of the favicon, of
    /// the manifest, or of a page, whichever is found first; of two the one higher up.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        let marks: [fn(&str) -> bool; 4] = [
            |name| name == "favicon.ico",
            |name| has_ending(name, "webmanifest") || name == "manifest.json",
            |name| name == "index.html",
            |name| has_ending(name, "html"),
        ];
        let folder = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
        let depth = |path: &&String| path.matches('/').count();
        let marked = marks.iter().find_map(|mark| {
            files.keys().filter(|path| mark(&path[folder(path)..])).min_by_key(depth)
        });
        let root = marked.map_or(String::new(), |path| path[..folder(path)].to_owned());
        let inside = files.into_iter().filter_map(|(path, bytes)| {
            path.strip_prefix(&root).map(|path| (path.to_owned(), bytes))
        });
        Self { files: inside.collect() }
    }

    /// A site from a zip of its files.
    pub fn from_zip(bytes: &[u8]) -> Result<Self> {
        let damaged = |detail: String| Error::Damaged { format: "zip", detail };
        let archive = ZipArchive::from_slice(bytes).map_err(|e| damaged(e.to_string()))?;
        let (mut files, mut left) = (Vec::new(), MAX_BYTES as usize);
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|e| damaged(e.to_string()))? {
            if entry.is_dir() {
                continue;
            }
            // Paths that lead out of the archive are no part of a site.
            let Ok(path) = entry.file_path().try_normalize() else { continue };
            let path = path.as_ref().to_owned();
            if files.len() >= MAX_SITE_FILES {
                let what = "files";
                return Err(Error::TooComplex { format: "zip", what, limit: MAX_SITE_FILES });
            }
            let stored =
                archive.get_entry(entry.wayfinder()).map_err(|e| damaged(e.to_string()))?;
            let data = stored.data();
            let content = match entry.compression_method() {
                CompressionMethod::STORE if data.len() <= left => data.to_vec(),
                CompressionMethod::DEFLATE => decompress_to_vec_with_limit(data, left)
                    .map_err(|e| damaged(format!("{path}: {e}")))?,
                _ => return Err(damaged(format!("{path} cannot be unpacked"))),
            };
            left -= content.len();
            files.push((path, content));
        }
        Ok(Self::new(files))
    }

    /// The file that a link of the page or manifest at `from` leads to, and its path; none for links
    /// out of the site. Paths that begin with `/` start at the root.
    pub fn linked(&self, from: &str, link: &str) -> Option<(String, Option<&[u8]>)> {
        let link = link.split(['?', '#']).next().unwrap_or_default();
        if link.is_empty() || link.contains(':') || link.starts_with("//") {
            return None;
        }
        let base = if link.starts_with('/') { "" } else { &from[..from.rfind('/').unwrap_or(0)] };
        let mut parts: Vec<&str> = Vec::new();
        for part in base.split('/').chain(link.split('/')) {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                other => parts.push(other),
            }
        }
        let path = parts.join("/");
        let file = self.get(&path);
        Some((path, file))
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The first path for which `wanted` holds, the highest up first.
    pub fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<&str> {
        let found = self.files.keys().filter(|path| wanted(path));
        found.min_by_key(|path| path.matches('/').count()).map(String::as_str)
    }
}

/// Whether a file's name, or a link without its query, ends in `.ending`, in any case.
pub fn has_ending(name: &str, ending: &str) -> bool {
    let name = name.split(['?', '#']).next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case(ending))
}
