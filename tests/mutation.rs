//! Damaged files of every format: none may panic, take long or ask for much memory.
//!
//! Each file is a good one with bytes changed, cut, repeated or swapped, from a fixed seed. A panic
//! fails the test by itself; time is measured; memory is bounded by the limits that the sizes in
//! the files are checked against.

#[path = "pdf/document.rs"]
mod document;

use std::io::Cursor;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use logopress::export::{self, ExportOptions, Format};
use logopress::import::{self, BackgroundChoice, Drawing, IntakeOptions};

const FILES: usize = 20_000;
const LONGEST: Duration = Duration::from_secs(2);

/// xorshift64* (Vigna, 2016).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }
}

fn seeds() -> Vec<(String, Vec<u8>)> {
    let picture = RgbaImage::from_fn(24, 16, |x, y| {
        if (x / 4 + y / 5) % 2 == 0 { Rgba([200, x as u8 * 9, 30, 255]) } else { Rgba([255; 4]) }
    });
    let rgba = DynamicImage::from(picture);
    let rgb = DynamicImage::from(rgba.to_rgb8());
    let mut seeds = Vec::new();
    for (format, picture) in [
        (ImageFormat::Png, rgba.clone()),
        (ImageFormat::Png, rgba.to_rgb16().into()),
        (ImageFormat::Png, rgba.to_luma_alpha8().into()),
        (ImageFormat::Jpeg, rgb.clone()),
        (ImageFormat::WebP, rgba.clone()),
        (ImageFormat::Gif, rgba.clone()),
        (ImageFormat::Bmp, rgb.clone()),
        (ImageFormat::Tiff, rgb.clone()),
        (ImageFormat::Ico, rgba.clone()),
        (ImageFormat::Pnm, rgb),
        (ImageFormat::Qoi, rgba),
    ] {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        seeds.push((format!("{format:?} {:?}", picture.color()), bytes.into_inner()));
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake");
    seeds.push(("cmyk.jpg".into(), std::fs::read(fixtures.join("cmyk.jpg")).unwrap()));
    let names = [
        "clip",
        "fill-rules",
        "gradients",
        "markers",
        "mask",
        "shapes",
        "strokes",
        "use-and-css",
        "entity-bomb",
        "use-bomb",
    ];
    for name in names {
        let file = fixtures.join(format!("svg/{name}.svg"));
        seeds.push((format!("{name}.svg"), std::fs::read(file).unwrap()));
    }
    seeds.extend(pdfs(&std::fs::read(fixtures.join("svg/shapes.svg")).unwrap()));
    seeds
}

/// PDFs, packed and plain: paths, a form, named inks, a shading, a pattern, a soft mask, text and a
/// picture.
fn pdfs(svg: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok((Drawing::Vector(artwork), _)) = import::open(svg, &IntakeOptions::default()) else {
        panic!("no vector");
    };
    let mut seeds = Vec::new();
    for format in [Format::Pdf, Format::Ai] {
        let bytes = export::export(&artwork, format, &ExportOptions::default()).unwrap();
        seeds.push((format!("packed {format:?}"), bytes));
    }
    let red = format!("[/Separation/Red/DeviceCMYK {}]", document::tint("0 1 0.8 0"));
    let shading = "/ShadingType 3/ColorSpace/DeviceRGB/Coords[50 50 0 50 50 40]/Function \
                   <</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>";
    let resources = format!(
        "/ColorSpace<</S {red}>>/XObject<</F 5 0 R/I 6 0 R>>/Shading<</H <<{shading}>>>>\
         /Pattern<</T 7 0 R>>/Font<</W <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>\
         /ExtGState<</M <</SMask<</S/Luminosity/G 5 0 R>>/ca 0.5/BM/Multiply>>>>"
    );
    let objects = [
        document::stream(
            "/Subtype/Form/BBox[0 0 99 99]/Group<</S/Transparency>>",
            "1 g 9 9 50 50 re f",
        ),
        document::stream(
            "/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray\
             /Filter/ASCIIHexDecode",
            "00ff7f20>",
        ),
        document::stream(
            "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4/Resources<<>>",
            "0 1 0 rg 0 0 2 2 re f",
        ),
    ];
    let content = "/S cs 0.8 scn 5 5 m 50 5 80 30 60 70 c h f [3 2] 0 d 2 w 9 9 80 80 re S \
                   q 20 0 0 20 40 40 cm /I Do Q /Pattern cs /T scn 60 60 20 20 re f* \
                   BT /W 20 Tf 5 80 Td (Logo) Tj ET q 0 0 50 50 re W n /H sh Q /M gs /F Do";
    let flat = String::from_utf8(document::one_page(&resources, content, &objects)).unwrap();
    // A soft mask is rendered: fewer pixels take less time.
    let flat = flat.replace("[0 0 100 100]", "[0 0 100 2  ]");
    seeds.push(("plain PDF".into(), flat.into_bytes()));
    for simple in ["/S cs 1 scn 10 10 30 30 re f", "BT /W 20 Tf 5 80 Td (Logo) Tj ET", "/F Do"] {
        seeds.push((format!("PDF {simple}"), document::one_page(&resources, simple, &objects)));
    }
    seeds
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    // Values that formats stumble over: signs, greatest numbers, digits, brackets.
    const NASTY: &[u8] = b"\0\x01\x7f\x80\xff<>\"'&;#-.e9 %(";
    for _ in 0..=random.below(4) {
        let (at, to) = (random.below(bytes.len()), random.below(bytes.len()));
        match random.below(7) {
            0 if bytes.len() > 8 => bytes.truncate(at.max(8)),
            1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes[at] = NASTY[random.below(NASTY.len())],
            3 => bytes.swap(at, to),
            4 => {
                let part = bytes[at..(at + 1 + random.below(16)).min(bytes.len())].to_vec();
                bytes.splice(to..to, part);
            }
            5 => drop(bytes.drain(at..(at + random.below(8)).min(bytes.len()))),
            _ => bytes[at] = bytes[at].wrapping_add(1),
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}

/// Time that this thread has spent working, where the system tells; other programs take none of it.
fn worked(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.and_then(|told| told.split(' ').next()?.parse().ok());
    ns.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

#[test]
fn damaged_files_do_no_harm() {
    let seeds = seeds();
    let slowest = Mutex::new((Duration::ZERO, String::new()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (seeds, slowest) = (&seeds, &slowest);
            scope.spawn(move || {
                for file in (thread..FILES).step_by(threads) {
                    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (file as u64 + 1));
                    let (name, good) = &seeds[file % seeds.len()];
                    let mut bytes = good.clone();
                    mutate(&mut bytes, &mut random);
                    let background = [BackgroundChoice::Keep, BackgroundChoice::Remove];
                    let options = IntakeOptions {
                        background: background[file % 2],
                        trim: file % 3 == 0,
                        ..IntakeOptions::default()
                    };
                    let since = Instant::now();
                    let start = worked(since);
                    // Good or bad, an answer is all that is asked for.
                    let answer = import::open(&bytes, &options).map(|_| ());
                    let took = worked(since).saturating_sub(start);
                    assert!(took < LONGEST, "file {file} ({name}): {took:?}, {answer:?}");
                    let mut slowest = slowest.lock().unwrap();
                    *slowest = slowest.clone().max((took, format!("file {file} ({name})")));
                }
            });
        }
    });
    println!("The slowest: {:?}", slowest.into_inner().unwrap());
}
