//! Scores the tracer, and vtracer beside it, on real logos whose drawing is known.

mod corpus;
mod render;
mod score;
mod variant;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use logopress::{ExportOptions, Format, IntakeOptions, Session, TraceOptions, unwatched};

use corpus::{Kind, Logo};
use score::Score;
use variant::Variant;

const USAGE: &str = "\
cargo xtask quality [--size PX] [--variant NAME,…] [--kind NAME,…] [--per-kind N] [--start N] [--keep DIR]

  --size      longest side of the input, in px (default 512)
  --variant   alpha coarse white jpeg90 jpeg jpeg50 webp blur resample (default alpha,white)
  --kind      mono flat wordmark gradient opacity (default mono,flat,wordmark)
  --per-kind  logos of each kind (default 20)
  --start     which of them: other numbers give other logos (default 0)
  --keep      keeps inputs and traces there, to look at";

struct Arguments {
    size_px: u32,
    variants: Vec<(&'static str, Variant)>,
    kinds: Vec<Kind>,
    per_kind: usize,
    start: usize,
    keep: Option<PathBuf>,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("quality: {message}");
            ExitCode::FAILURE
        }
    }
}

fn arguments() -> Result<Arguments, String> {
    use lexopt::prelude::*;
    let mut found = Arguments {
        size_px: 512,
        variants: vec![("alpha", Variant::Alpha), ("white", Variant::White)],
        kinds: vec![Kind::Mono, Kind::Flat, Kind::Wordmark],
        per_kind: 20,
        start: 0,
        keep: None,
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        let Long(name) = arg else { return Err(format!("{}\n{USAGE}", arg.unexpected())) };
        let name = name.to_owned();
        let text =
            parser.value().and_then(ValueExt::string).map_err(|e| format!("{e}\n{USAGE}"))?;
        let number = || text.parse::<u32>().map_err(|_| format!("--{name} takes a number"));
        match name.as_str() {
            "size" => found.size_px = number()?.clamp(8, 4096),
            "per-kind" => found.per_kind = number()?.max(1) as usize,
            "start" => found.start = number()? as usize,
            "keep" => found.keep = Some(text.into()),
            "variant" => {
                let named = |word: &str| {
                    Variant::ALL
                        .into_iter()
                        .find(|(name, _)| *name == word)
                        .ok_or(format!("no variant {word}"))
                };
                found.variants = text.split(',').map(named).collect::<Result<_, _>>()?;
            }
            "kind" => {
                let named = |word: &str| {
                    Kind::ALL
                        .into_iter()
                        .find(|kind| kind.word() == word)
                        .ok_or(format!("no kind {word}"))
                };
                found.kinds = text.split(',').map(named).collect::<Result<_, _>>()?;
            }
            _ => return Err(format!("no option --{name}\n{USAGE}")),
        }
    }
    Ok(found)
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let logos = corpus::load(&arguments.kinds, arguments.per_kind, arguments.start)?;
    println!("{} logos, {} px; median (mean)", logos.len(), arguments.size_px);
    println!(
        "{:9} {:10} {:>16} {:>15} {:>15} {:>14} {:>13} {:>8} {:>7}",
        "variant", "tracer", "shift px", "dE2000", "defect ppm", "params", "fills", "bytes", "ms"
    );
    for (name, variant) in &arguments.variants {
        for (tracer, trace) in [("logopress", logopress as Trace), ("vtracer", vtracer)] {
            let mut scores = Vec::new();
            for logo in &logos {
                let scored = one(logo, *variant, arguments.size_px, trace, |file, svg| {
                    keep(arguments.keep.as_deref(), &logo.name, name, tracer, file, svg)
                });
                match scored {
                    Ok(score) => scores.push((logo.name.as_str(), score)),
                    Err(message) => {
                        println!("{name:9} {tracer:10} {}: FAILED: {message}", logo.name);
                    }
                }
            }
            report(name, tracer, &scores);
        }
    }
    Ok(())
}

type Trace = fn(&[u8]) -> Result<String, String>;

fn logopress(file: &[u8]) -> Result<String, String> {
    let mut session = Session::new();
    session.open(file, &IntakeOptions::default(), &unwatched).map_err(|e| e.to_string())?;
    let (trace, export) = (TraceOptions::default(), ExportOptions::default());
    let svg = session.export(Format::Svg, &trace, &export, &unwatched);
    String::from_utf8(svg.map_err(|e| e.to_string())?).map_err(|e| e.to_string())
}

/// vtracer at its own defaults.
fn vtracer(file: &[u8]) -> Result<String, String> {
    let mut session = Session::new();
    session.open(file, &IntakeOptions::default(), &unwatched).map_err(|e| e.to_string())?;
    let raster = session.raster().map_err(|e| e.to_string())?;
    let image = vtracer::ColorImage {
        pixels: raster.rgba().to_vec(),
        width: raster.width_px() as usize,
        height: raster.height_px() as usize,
    };
    vtracer::convert(image, vtracer::Config::default()).map(|svg| svg.to_string())
}

fn one(
    logo: &Logo,
    variant: Variant,
    size_px: u32,
    trace: Trace,
    keep: impl FnOnce(&[u8], &str) -> Result<(), String>,
) -> Result<Score, String> {
    let size = logo.tree.size();
    let scale = size_px as f32 / size.width().max(size.height());
    let side = |length: f32| ((length * scale).round() as u32).max(1);
    let (width, height) = (side(size.width()), side(size.height()));
    let file = variant.file(&logo.tree, width, height);
    let start = Instant::now();
    let svg = trace(&file)?;
    let time_ms = start.elapsed().as_secs_f64() * 1e3;
    keep(&file, &svg)?;
    let grounds: &[f32] = if variant.has_alpha() { &[1.0, 0.0] } else { &[1.0] };
    let score = score::score(&logo.tree, svg.as_bytes(), (width, height), grounds)?;
    Ok(Score { time_ms, ..score })
}

fn keep(
    dir: Option<&Path>,
    logo: &str,
    variant: &str,
    tracer: &str,
    file: &[u8],
    svg: &str,
) -> Result<(), String> {
    let Some(dir) = dir else { return Ok(()) };
    let write = |name: String, bytes: &[u8]| {
        std::fs::write(dir.join(name), bytes).map_err(|e| e.to_string())
    };
    std::fs::create_dir_all(dir).map_err(|e| e.to_string())?;
    write(format!("{logo}.{variant}.input"), file)?;
    write(format!("{logo}.{variant}.{tracer}.svg"), svg.as_bytes())
}

fn report(variant: &str, tracer: &str, scores: &[(&str, Score)]) {
    let column = |f: fn(&Score) -> f64, decimals: usize| {
        let mut values: Vec<f64> = scores.iter().map(|(_, score)| f(score)).collect();
        values.sort_by(f64::total_cmp);
        let median = values.get(values.len() / 2).copied().unwrap_or(f64::NAN);
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (median, format!("{median:.decimals$} ({mean:.decimals$})"))
    };
    println!(
        "{variant:9} {tracer:10} {:>16} {:>15} {:>15} {:>14} {:>13} {:>8.0} {:>7.1}",
        column(|s| s.shift_px, 4).1,
        column(|s| s.delta_e, 3).1,
        column(|s| s.defect_ppm, 0).1,
        column(|s| s.params, 2).1,
        column(|s| s.fills, 2).1,
        column(|s| s.bytes, 0).0,
        column(|s| s.time_ms, 1).0,
    );
    let mut worst: Vec<_> = scores.iter().collect();
    worst.sort_by(|a, b| b.1.shift_px.total_cmp(&a.1.shift_px));
    let names: Vec<_> =
        worst.iter().take(5).map(|(name, score)| format!("{name} {:.3}", score.shift_px)).collect();
    println!("{:20} worst by shift: {}", "", names.join(", "));
}
