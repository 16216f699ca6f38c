//! `cargo xtask COMMAND`: everything that is done to this repository, from set-up to release.
//! Each command first installs what it needs and says so.

mod browser;
mod process;
mod setup;
mod site;
mod test;
mod wasm;

use std::process::ExitCode;

use process::Outcome;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve   build everything and serve the page with threads, rebuilding on changes
  build   write the static site to dist/
  wasm    build the engine for the web: pkg/st (one thread) and pkg/mt (threads)
  test    everything that has to hold before a change lands
  setup   install the tools that the other commands use";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let outcome = match command.as_str() {
        "serve" => site::serve(&std::env::args().skip(2).collect::<Vec<_>>()),
        "build" => site::build(),
        "wasm" => wasm::build(),
        "test" => test::all(),
        "setup" => setup(),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn setup() -> Outcome {
    setup::rust()?;
    setup::npm()?;
    setup::trunk()?;
    browser::install()
}
