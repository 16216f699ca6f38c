//! The command line, run as people run it: exit status, one line on stderr, files written.
#![cfg(feature = "cli")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgba, RgbaImage};

/// A directory of this test's own, emptied first.
fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn logopress(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_logopress")).args(args).output().unwrap()
}

/// Traces `bytes` saved as `name`; the SVG or the line on stderr.
fn trace(dir: &Path, name: &str, bytes: &[u8]) -> Result<String, String> {
    let (input, output) = (dir.join(name), dir.join("out.svg"));
    let _ = std::fs::remove_file(&output);
    std::fs::write(&input, bytes).unwrap();
    let run = logopress(&["trace", input.to_str().unwrap(), "-o", output.to_str().unwrap()]);
    let stderr = String::from_utf8(run.stderr).unwrap();
    match run.status.code() {
        Some(0) => {
            assert_eq!(stderr, "", "success says nothing");
            Ok(std::fs::read_to_string(output).unwrap())
        }
        Some(1) => {
            assert_eq!(stderr.trim_end().lines().count(), 1, "one line: {stderr}");
            assert!(!output.exists(), "nothing is written on failure");
            Err(stderr)
        }
        other => panic!("exit status {other:?}: {stderr}"),
    }
}

/// A red disc on a transparent ground.
fn disc() -> RgbaImage {
    RgbaImage::from_fn(64, 64, |x, y| {
        let (dx, dy) = (i64::from(x) * 2 - 63, i64::from(y) * 2 - 63);
        if dx * dx + dy * dy < 50 * 50 { Rgba([200, 30, 60, 255]) } else { Rgba([0; 4]) }
    })
}

fn png(image: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(image, image.width(), image.height(), ExtendedColorType::Rgba8)
        .unwrap();
    bytes
}

fn jpeg(image: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let rgb = image::DynamicImage::from(image.clone()).into_rgb8();
    JpegEncoder::new(&mut bytes).encode_image(&rgb).unwrap();
    bytes
}

/// A PNG whose header claims a size that its data does not have.
fn png_claiming(width_px: u32, height_px: u32) -> Vec<u8> {
    let mut bytes = png(&disc());
    bytes[16..20].copy_from_slice(&width_px.to_be_bytes());
    bytes[20..24].copy_from_slice(&height_px.to_be_bytes());
    let crc = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

/// The checksum of PNG chunks (PNG specification, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8)
            .fold(crc ^ u32::from(*byte), |c, _| (c >> 1) ^ (0xedb8_8320 & (c & 1).wrapping_neg()))
    })
}

#[test]
fn a_logo_becomes_an_svg() {
    let dir = scratch("logo");
    for (name, bytes) in [("disc.png", png(&disc())), ("disc.jpg", jpeg(&disc()))] {
        let svg = trace(&dir, name, &bytes).unwrap();
        assert!(svg.starts_with("<svg ") && svg.contains(r#"viewBox="0 0 64 64""#), "{svg}");
    }
}

#[test]
fn every_bad_file_gets_its_own_message() {
    let dir = scratch("bad");
    let (whole_png, whole_jpeg) = (png(&disc()), jpeg(&disc()));
    let cases: [(&str, &[u8], &str); 7] = [
        ("empty.png", b"", "empty"),
        ("text.png", b"Dear customer, here is our logo.", "plain text"),
        ("cut.png", &whole_png[..whole_png.len() / 2], "PNG file ends before"),
        ("cut.jpg", &whole_jpeg[..whole_jpeg.len() * 3 / 4], "JPEG file ends before"),
        ("headless.jpg", &whole_jpeg[..40], "JPEG"),
        ("huge.png", &png_claiming(60_000, 60_000), "60000 × 60000"),
        ("clear.png", &png(&RgbaImage::new(16, 16)), "transparent"),
    ];
    for (name, bytes, words) in cases {
        let message = trace(&dir, name, bytes).expect_err(name);
        assert!(message.contains(name) && message.contains(words), "{name}: {message}");
    }
}

#[test]
fn one_pixel_is_a_logo_too() {
    let dir = scratch("one");
    let svg = trace(&dir, "one.png", &png(&RgbaImage::from_pixel(1, 1, Rgba([255, 0, 0, 255]))));
    assert!(svg.unwrap().contains("#f00"));
}

#[test]
fn mistakes_in_the_call_are_named() {
    let dir = scratch("call");
    let input = dir.join("disc.png");
    std::fs::write(&input, png(&disc())).unwrap();
    let (input, output) = (input.to_str().unwrap(), dir.join("o.svg"));
    let output = output.to_str().unwrap();
    for (args, words) in [
        (vec!["trace", "/no/such/file.png", "-o", output], "cannot read"),
        (vec!["trace", input, "-o", "/no/such/dir/o.svg"], "cannot write"),
        (vec!["trace", input], "no output file"),
        (vec!["trace", "-o", output], "no input file"),
        (vec!["trace", input, "-o", output, "--wibble", "1"], "no option “wibble”"),
        (vec!["trace", input, "-o", output, "--decimals", "99"], "from 0 to 6"),
        (vec!["wibble"], "no command wibble"),
    ] {
        let run = logopress(&args);
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(1), "{args:?}");
        assert!(stderr.contains(words), "{args:?}: {stderr}");
    }
}

#[test]
fn a_report_is_one_line_of_json() {
    let dir = scratch("cli-report");
    let (input, output) = (dir.join("heron.png"), dir.join("heron.svg"));
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/logos/heron.png");
    std::fs::copy(fixture, &input).unwrap();
    let run =
        logopress(&["trace", input.to_str().unwrap(), "-o", output.to_str().unwrap(), "--report"]);
    assert_eq!(run.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let number = |name: &str| report[name].as_f64().unwrap();
    assert!(number("meanPx") > 0.0 && number("meanPx") < 0.1, "{report}");
    assert!(number("meanPx") <= number("p95Px") && number("p95Px") <= number("maxPx"), "{report}");
    assert_eq!(number("inks"), 4.0, "{report}");
}

#[test]
fn no_option_hides_another() {
    for command in ["trace", "separate", "kit", "batch"] {
        let help = String::from_utf8(logopress(&[command, "--help"]).stdout).unwrap();
        let mut names: Vec<&str> = help
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("--")?.split_whitespace().next())
            .collect();
        let all = names.len();
        assert!(all > 10, "{command}: {help}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{command} has an option twice: {help}");
    }
}

#[test]
fn inks_are_counted_and_named_by_different_options() {
    let dir = scratch("cli-inks");
    let (input, output) = (dir.join("heron.png"), dir.join("heron.pdf"));
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/logos/heron.png");
    std::fs::copy(fixture, &input).unwrap();
    let [input, output] = [&input, &output].map(|path| path.to_str().unwrap());
    let (most, names) = (["--inks", "2"], ["--ink-names", "#0f4c5c=Harbour Blue"]);
    let options = [&["trace", input, "-o", output, "--color-mode", "spot"], &most[..], &names[..]];
    let run = logopress(&options.concat());
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let pdf = String::from_utf8_lossy(&std::fs::read(output).unwrap()).into_owned();
    assert!(pdf.contains("Harbour#20Blue"), "the name is a separation's");
}
