//! Measuring speed: builds what is measured, then runs `xtask/bench`.

use crate::browser::BROWSERS;
use crate::process::{Outcome, program, root, run, step};
use crate::{browser, setup, site, wasm};

pub fn measure(args: &[String]) -> Outcome {
    setup::npm()?;
    browser::install()?;
    site::build()?;
    step("Compiling vtracer for the web");
    wasm::build_peer(&root().join("target/bench/peer"))?;
    let chromium = &BROWSERS[0];
    step("Measuring; this takes some minutes");
    let mut cargo = program("cargo");
    cargo.args(["run", "--release", "--quiet", "--package=bench", "--"]).args(args);
    run(cargo.env(chromium.variable, chromium.require()?))
}
