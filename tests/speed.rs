//! Tracing keeps its speed. Only ratios count, of what runs in turn in one process and on one thread,
//! as vtracer does, so that a busy machine fails nothing.

use std::time::Instant;

use logopress::{IntakeOptions, Raster, Session, TraceOptions, unwatched};
use resvg::{tiny_skia, usvg};

/// Of vtracer's time. Half of it is what it takes, on a quiet machine and on a busy one, though vtracer
/// is optimised more than we are in tests.
const MOST_BESIDE_VTRACER: f64 = 0.7;
/// 16 to the power of 1.05; about 10 is what it is.
const MOST_GROWTH: f64 = 18.4;
/// Of the full trace's time; it takes a fifth.
const MOST_FOR_A_PREVIEW: f64 = 0.4;

/// The badge on white.
fn heron(side_px: u32) -> Raster {
    let svg = std::fs::read_to_string("tests/fixtures/logos/heron.svg").unwrap();
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
    let scale = side_px as f32 / tree.size().width().max(tree.size().height());
    let mut pixmap = tiny_skia::Pixmap::new(side_px, side_px).unwrap();
    pixmap.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Raster::new(side_px, side_px, pixmap.data().to_vec()).unwrap()
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn session(raster: &Raster) -> Session {
    let mut session = Session::new();
    session.open_pixels(raster.clone(), &IntakeOptions::default(), &unwatched).unwrap();
    session
}

fn trace(raster: &Raster) -> f64 {
    let mut session = session(raster);
    seconds(|| {
        session.artwork(&TraceOptions::default(), &unwatched).unwrap();
    })
}

fn preview(raster: &Raster) -> f64 {
    let session = session(raster);
    seconds(|| {
        session.preview(&TraceOptions::default(), &unwatched).unwrap();
    })
}

fn vtracer(raster: &Raster) -> f64 {
    let image = vtracer::ColorImage {
        pixels: raster.rgba().to_vec(),
        width: raster.width_px() as usize,
        height: raster.height_px() as usize,
    };
    seconds(|| {
        vtracer::convert(image, vtracer::Config::default()).unwrap();
    })
}

/// Median over five rounds of how much longer `a` takes than `b`.
fn ratio(a: impl Fn() -> f64, b: impl Fn() -> f64) -> f64 {
    let mut ratios: Vec<f64> = (0..5).map(|_| a() / b()).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// A test at a time: they would slow down each other, unevenly.
#[test]
fn tracing_keeps_its_speed() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(measure);
}

fn measure() {
    let (small, medium, large) = (heron(512), heron(1024), heron(2048));
    let beside_vtracer = ratio(|| trace(&medium), || vtracer(&medium));
    let growth = ratio(|| trace(&large), || trace(&small));
    let first = ratio(|| preview(&large), || trace(&large));
    println!(
        "{beside_vtracer:.2} × vtracer; {growth:.1} × for 16 × the pixels; preview {first:.2}"
    );
    assert!(beside_vtracer < MOST_BESIDE_VTRACER, "{beside_vtracer}");
    assert!(growth < MOST_GROWTH, "{growth}");
    assert!(first < MOST_FOR_A_PREVIEW, "{first}");
}
