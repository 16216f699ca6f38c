//! Judges that we did not write: ghostscript, mutool, qpdf and poppler, and resvg for the art.
//! Debian: ghostscript mupdf-tools qpdf poppler-utils.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::GrayImage;
use logopress::separate::output;
use logopress::{
    Artwork, IntakeOptions, SeparateOptions, Separation, Session, TraceOptions, separate, unwatched,
};

/// A directory of one test's own, emptied first.
pub fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("separate").join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// The fixture logos: names and SVG documents.
pub fn logos() -> Vec<(String, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/separate");
    let mut logos: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "svg"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    logos.sort();
    assert_eq!(logos.len(), 10);
    logos
}

pub fn artwork(svg: &str) -> Artwork {
    let mut session = Session::new();
    session.open(svg.as_bytes(), &IntakeOptions::default(), &unwatched).unwrap();
    session.artwork(&TraceOptions::default(), &unwatched).unwrap().clone()
}

pub fn separation(svg: &str, options: &SeparateOptions) -> Separation {
    separate(&artwork(svg), options).unwrap()
}

/// The composite of `job`, saved.
pub fn composite(job: &Separation, dir: &Path) -> PathBuf {
    let path = dir.join("composite.pdf");
    std::fs::write(&path, output::composite_pdf(job)).unwrap();
    path
}

/// Runs a judge; its standard output.
pub fn run(program: &str, args: &[&str]) -> String {
    let out = Command::new(program)
        .args(args)
        .output()
        .unwrap_or_else(|e| panic!("{program} is needed to judge separations: {e}"));
    assert!(
        out.status.success(),
        "{program} {args:?}: {}{}",
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// The plates that ghostscript's `tiffsep` makes of a page, by ink; 255 is solid ink.
pub fn plates(file: &Path, dpi: u32, extra: &[&str]) -> BTreeMap<String, GrayImage> {
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let dir = scratch(&format!("gs-{}-{stem}-{dpi}-{}", unique(file), extra.join("").len()));
    let (resolution, pattern) = (format!("-r{dpi}"), dir.join("p%d.tif"));
    let pattern = format!("-sOutputFile={}", pattern.display());
    let mut args =
        vec!["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", &resolution, &pattern];
    args.extend(extra);
    args.push(file.to_str().unwrap());
    run("gs", &args);
    let mut plates = BTreeMap::new();
    for entry in std::fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(ink) = name.strip_prefix("p1(").and_then(|n| n.strip_suffix(").tif")) else {
            continue;
        };
        let mut image = image::open(&path).unwrap().into_luma8();
        image::imageops::invert(&mut image);
        plates.insert(percent_decoded(ink), image);
    }
    std::fs::remove_dir_all(dir).unwrap();
    plates
}

fn unique(file: &Path) -> String {
    file.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned()
}

fn percent_decoded(text: &str) -> String {
    let (mut out, mut bytes) = (Vec::new(), text.bytes());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let hex = [bytes.next().unwrap(), bytes.next().unwrap()];
            out.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).unwrap()
}

/// The part of a plate inside a rectangle of the sheet, in mm.
pub fn crop(plate: &GrayImage, dpi: u32, mm: kurbo::Rect) -> GrayImage {
    let px = |mm: f64| (mm * f64::from(dpi) / 25.4).round().max(0.0) as u32;
    let (x, y) = (px(mm.x0), px(mm.y0));
    image::imageops::crop_imm(plate, x, y, px(mm.x1) - x, px(mm.y1) - y).to_image()
}

/// The share of ink in a picture, 0 to 1.
pub fn ink_share(image: &GrayImage) -> f64 {
    let sum: u64 = image.pixels().map(|p| u64::from(p.0[0])).sum();
    sum as f64 / 255.0 / f64::from(image.width() * image.height())
}

/// An SVG drawn by resvg in the given size.
pub fn drawn(svg: &str, (width, height): (u32, u32)) -> image::RgbaImage {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let mut pixels = resvg::tiny_skia::Pixmap::new(width, height).unwrap();
    let scale = resvg::tiny_skia::Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(&tree, scale, &mut pixels.as_mut());
    image::RgbaImage::from_raw(width, height, pixels.take()).unwrap()
}

/// An option's value from its text.
pub fn parsed<T: logopress::options::Value>(text: &str) -> T {
    T::parse(text).unwrap()
}
