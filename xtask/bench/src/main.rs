//! Measures, side by side, how long Logopress and its peers take: natively here, in a browser by
//! `xtask/js/bench.mjs`, on the same pictures. Writes `docs/performance.json` and
//! `docs/performance.md`.

mod browser;
mod fit;
mod input;
mod native;
mod report;
mod timing;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "cargo xtask bench [--sizes PX,…] [--logos N]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["peak", file] => native::peak(Path::new(file)),
        args => arguments(args).and_then(|(sizes, logos)| run(&sizes, logos)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench: {message}");
            ExitCode::FAILURE
        }
    }
}

fn arguments(args: &[&str]) -> Result<(Vec<u32>, usize), String> {
    let (mut sizes, mut logos) = (vec![256, 512, 1024, 2048, 4096], 10);
    for pair in args.chunks(2) {
        match pair {
            ["--sizes", list] => {
                let numbers: Result<_, _> = list.split(',').map(str::parse).collect();
                sizes = numbers.map_err(|_| USAGE)?;
            }
            ["--logos", count] => logos = count.parse().map_err(|_| USAGE)?,
            _ => return Err(USAGE.into()),
        }
    }
    Ok((sizes, logos))
}

fn run(sizes: &[u32], logos: usize) -> Result<(), String> {
    let folder = root().join("target/bench");
    let inputs = input::write(&folder.join("inputs"), sizes, logos)?;
    let native = native::measure(&inputs)?;
    let browser = browser::measure(&folder, &inputs)?;
    report::write(&root().join("docs"), &inputs, &native, &browser)
}

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
