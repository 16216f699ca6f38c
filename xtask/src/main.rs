//! `cargo xtask COMMAND`: everything that is done to this repository, from set-up to release.
//! Each command first installs what it needs and says so.

mod audit;
mod bench;
mod browser;
mod debian;
mod judges;
mod package;
mod process;
mod release;
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
  wasm    build for the web: the engine, pkg/st (one thread) and pkg/mt (threads), and the reader
          of PDF, pkg/pdf
  package pack the npm package
  test    everything that has to hold before a change lands
  audit   check the licences and sources of what is built in, by cargo-deny
  bench   measure speed natively and in Chromium, vtracer beside it; writes docs/performance.md
  quality score the tracer on real logos, vtracer beside it (--help lists the choices)
  setup   install the tools that the other commands use";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let outcome = match command.as_str() {
        "serve" => site::serve(&std::env::args().skip(2).collect::<Vec<_>>()),
        "build" => site::build(),
        "wasm" => wasm::build(),
        "package" => package::pack(),
        "test" => test::all(),
        "audit" => audit::all(),
        "bench" => bench::measure(&std::env::args().skip(2).collect::<Vec<_>>()),
        "quality" => quality(&std::env::args().skip(2).collect::<Vec<_>>()),
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

fn quality(args: &[String]) -> Outcome {
    setup::npm()?;
    let cargo = ["run", "--release", "--quiet", "--package=quality", "--"];
    process::run(process::program("cargo").args(cargo).args(args))
}

fn setup() -> Outcome {
    setup::rust()?;
    setup::npm()?;
    setup::trunk()?;
    browser::install()?;
    judges::install()
}
