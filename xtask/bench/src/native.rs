//! What is measured natively.

use std::path::Path;
use std::process::Command;

use kurbo::Shape as _;
use logopress::separate::output;
use logopress::{
    Artwork, ExportOptions, Format, IntakeOptions, Kit, KitOptions, Raster, SeparateOptions,
    Session, TraceOptions, separate, unwatched,
};
use serde_json::{Value, json};

use crate::input::Input;
use crate::timing::{medians, time};

/// Size at which what follows the trace is measured.
const USUAL_PX: u32 = 1024;
/// Logos that whole kits and separations are made of.
const WHOLE: usize = 3;

/// Everything, as JSON.
pub fn measure(inputs: &[Input]) -> Result<Value, String> {
    let single = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .map_err(|e| format!("no thread: {e}"))?;
    let (mut traces, mut intakes) = (Vec::new(), Vec::new());
    for input in inputs {
        eprintln!("native: {} at {} px", input.name, input.size_px);
        let bytes = read(&input.file)?;
        let raster = opened(&bytes)?.raster().map_err(|e| e.to_string())?.clone();
        intakes.push(intake(input, &bytes, &single)?);
        traces.push(trace(input, &raster, &single)?);
    }
    let usual: Vec<&Input> = inputs.iter().filter(|input| input.size_px == USUAL_PX).collect();
    let artworks: Vec<Artwork> =
        usual.iter().map(|input| traced(input)).collect::<Result<_, _>>()?;
    let wholes = |work: &Work<'_>| -> Result<Vec<Value>, String> {
        artworks.iter().take(WHOLE).map(|artwork| twice(artwork, &single, work)).collect()
    };
    let exports: Result<Vec<Value>, String> = Format::ALL
        .into_iter()
        .map(|(format, suffix)| {
            let export = |artwork: &Artwork| {
                let made = logopress::export::export(artwork, format, &ExportOptions::default());
                made.map(|_| ()).map_err(|e| e.to_string())
            };
            let times: Result<Vec<Value>, String> =
                artworks.iter().map(|artwork| twice(artwork, &single, &export)).collect();
            Ok(json!({ "format": suffix, "times": times? }))
        })
        .collect();
    Ok(json!({
        "threads": rayon::current_num_threads(),
        "traces": traces,
        "intakes": intakes,
        "exports": exports?,
        "kits": wholes(&kit)?,
        "separations": wholes(&separation)?,
        "peaks": peaks(inputs)?,
    }))
}

/// What is measured of a traced logo.
type Work<'a> = dyn Fn(&Artwork) -> Result<(), String> + Sync + 'a;

/// With one thread, and with all of them.
fn twice(artwork: &Artwork, single: &rayon::ThreadPool, work: &Work<'_>) -> Result<Value, String> {
    let [one, all] = medians([&mut || time(|| single.install(|| work(artwork))), &mut || {
        time(|| work(artwork))
    }])?;
    Ok(json!({ "one_ms": one, "all_ms": all }))
}

fn kit(artwork: &Artwork) -> Result<(), String> {
    let kit = Kit::new(artwork, &KitOptions::default()).map_err(|e| e.to_string())?;
    kit.zip(&unwatched).map(|_| ()).map_err(|e| e.to_string())
}

fn separation(artwork: &Artwork) -> Result<(), String> {
    let job = separate(artwork, &SeparateOptions::default()).map_err(|e| e.to_string())?;
    output::everything(&job, &unwatched, |_| Ok(())).map_err(|e| e.to_string())
}

/// From a file's bytes to pixels, and what the `image` crate takes for that.
fn intake(input: &Input, bytes: &[u8], single: &rayon::ThreadPool) -> Result<Value, String> {
    let [one, peer] = medians([&mut || time(|| single.install(|| opened(bytes))), &mut || {
        time(|| {
            let image = image::load_from_memory(bytes).map_err(|e| e.to_string())?;
            Ok(image.into_rgba8())
        })
    }])?;
    Ok(json!({ "logo": input.name, "size_px": input.size_px, "one_ms": one, "image_ms": peer }))
}

/// From pixels to shapes, and what vtracer takes for that.
fn trace(input: &Input, raster: &Raster, single: &rayon::ThreadPool) -> Result<Value, String> {
    let session = || {
        let mut session = Session::new();
        let pixels = raster.clone();
        let opened = session.open_pixels(pixels, &IntakeOptions::default(), &unwatched);
        opened.map(|_| ()).map_err(|e| e.to_string())?;
        Ok::<_, String>(session)
    };
    let options = TraceOptions::default();
    let ours = || {
        let mut session = session()?;
        time(|| session.artwork(&options, &unwatched).map(|_| ()).map_err(|e| e.to_string()))
    };
    let image = vtracer::ColorImage {
        pixels: raster.rgba().to_vec(),
        width: raster.width_px() as usize,
        height: raster.height_px() as usize,
    };
    let [preview, one, all, vtracer] = medians([
        &mut || {
            let session = session()?;
            time(|| session.preview(&options, &unwatched).map_err(|e| e.to_string()))
        },
        &mut || single.install(ours),
        &mut || ours(),
        &mut || {
            let image = image.clone();
            time(|| vtracer::convert(image, vtracer::Config::default()))
        },
    ])?;
    let artwork = traced(input)?;
    let boundary_px: f64 =
        artwork.shapes.iter().map(|shape| shape.geometry.path().perimeter(0.1)).sum();
    Ok(json!({
        "logo": input.name,
        "size_px": input.size_px,
        "pixels": input.pixels,
        "boundary_px": boundary_px,
        "inks": artwork.inks.len(),
        "preview_ms": preview,
        "one_ms": one,
        "all_ms": all,
        "vtracer_ms": vtracer,
    }))
}

/// The memory that opening and tracing took at its peak, in a process of its own: bytes for each of
/// the largest inputs.
fn peaks(inputs: &[Input]) -> Result<Vec<Value>, String> {
    let largest = inputs.iter().map(|input| input.size_px).max().unwrap_or_default();
    let inputs = inputs.iter().filter(|input| input.size_px == largest);
    let peak = |input: &Input| {
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let output = Command::new(program).arg("peak").arg(&input.file).output();
        let said = output.map_err(|e| e.to_string())?.stdout;
        let bytes: u64 = String::from_utf8_lossy(&said).trim().parse().map_err(|_| "no peak")?;
        Ok(json!({ "logo": input.name, "pixels": input.pixels, "bytes": bytes }))
    };
    inputs.map(peak).collect()
}

/// Opens and traces a file, and prints how many bytes that took at most.
pub fn peak(file: &Path) -> Result<(), String> {
    let bytes = read(file)?;
    let before = high_water_kib()?;
    let mut session = opened(&bytes)?;
    session.artwork(&TraceOptions::default(), &unwatched).map_err(|e| e.to_string())?;
    println!("{}", (high_water_kib()? - before) * 1024);
    Ok(())
}

/// The most memory that this process has had, as Linux counts it.
fn high_water_kib() -> Result<u64, String> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|e| e.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .ok_or_else(|| "no VmHWM".into())
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))
}

fn opened(bytes: &[u8]) -> Result<Session, String> {
    let mut session = Session::new();
    session.open(bytes, &IntakeOptions::default(), &unwatched).map_err(|e| e.to_string())?;
    Ok(session)
}

fn traced(input: &Input) -> Result<Artwork, String> {
    let mut session = opened(&read(&input.file)?)?;
    let artwork = session.artwork(&TraceOptions::default(), &unwatched);
    artwork.cloned().map_err(|e| e.to_string())
}
