//! What the files are made from: twenty invented marks and twenty real logos.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use logopress::Artwork;
use logopress::export::{self, ExportOptions, Format};
use logopress::import::{self, Drawing, IntakeOptions};
use resvg::tiny_skia::Pixmap;

use crate::render::render;

pub const WIDTH_PX: u32 = 1024;

pub struct Mark {
    pub name: String,
    pub artwork: Artwork,
    /// What it must look like.
    pub pixels: Pixmap,
}

/// The marks, read and drawn once.
pub fn marks() -> &'static [Mark] {
    static MARKS: LazyLock<Vec<Mark>> = LazyLock::new(|| {
        let marks: Vec<Mark> =
            fixtures().into_iter().chain(logos()).map(|(name, svg)| read(name, &svg)).collect();
        assert_eq!(marks.len(), 40);
        marks
    });
    &MARKS
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/export");
    let mut paths: Vec<PathBuf> = ["", "icons"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "svg"))
        .collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_string();
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

fn logos() -> Vec<(String, Vec<u8>)> {
    let logos = logos::some(20).unwrap();
    logos.into_iter().map(|logo| (format!("logo-{}", logo.name), logo.svg.into())).collect()
}

fn read(name: String, svg: &[u8]) -> Mark {
    match import::open(svg, &IntakeOptions::default()) {
        Ok((Drawing::Vector(artwork), _)) => {
            let pixels = render(&artwork, WIDTH_PX);
            Mark { name, artwork, pixels }
        }
        other => panic!("{name}: {other:?}"),
    }
}

pub fn mark(name: &str) -> &'static Artwork {
    &marks().iter().find(|mark| mark.name == name).unwrap().artwork
}

/// A folder of the test's own.
pub fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

pub fn bytes(artwork: &Artwork, format: Format, options: &ExportOptions) -> Vec<u8> {
    export::export(artwork, format, options).unwrap()
}

pub fn write(path: &Path, artwork: &Artwork, format: Format, options: &ExportOptions) {
    std::fs::write(path, bytes(artwork, format, options)).unwrap();
}

/// Options as they stand on a command line.
pub fn options(settings: &[(&str, &str)]) -> ExportOptions {
    let mut options = ExportOptions::default();
    for (name, value) in settings {
        let known = options.groups().into_iter().any(|(_, group)| group.set(name, value).is_ok());
        assert!(known, "{name}");
    }
    options
}
