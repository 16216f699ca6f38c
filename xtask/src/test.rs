//! Everything that has to hold before a change lands, the quickest checks first.

use std::process::Command;

use crate::browser::{self, BROWSERS};
use crate::process::{Outcome, program, root, run, step};
use crate::{judges, package, setup, site, wasm};

/// Runs all of it; the first failure ends it.
pub fn all() -> Outcome {
    setup::rust()?;
    setup::npm()?;
    setup::trunk()?;
    browser::install()?;
    judges::install()?;

    step("Formatting");
    run(program("cargo").args(["fmt", "--all", "--check"]))?;
    step("Lints, native");
    run(&mut clippy(&["--workspace", "--all-targets", "--features=logopress/cli"]))?;
    step("Lints, wasm32: the engine, then the reader of PDF");
    let wasm = ["--package=logopress", "--lib", "--target=wasm32-unknown-unknown"];
    run(&mut clippy(&wasm))?;
    run(&mut clippy(&[&wasm[..], &["--features=pdf"]].concat()))?;
    step("Documentation");
    let mut doc = program("cargo");
    doc.args(["doc", "--quiet", "--no-deps", "--package=logopress", "--lib"]);
    run(doc.env("RUSTDOCFLAGS", "--deny=warnings"))?;

    site::build()?;
    step("Size of the engine and of the reader of PDF");
    wasm::check_size()?;
    step("Types of the JavaScript");
    run(program("node").args(["node_modules/typescript/bin/tsc", "--project", "tsconfig.json"]))?;

    step("Tests in Rust");
    run(program("cargo")
        .args(["test", "--workspace", "--features=logopress/cli"])
        .env("PYTHON", judges::python()))?;
    package::pack()?;
    step("Tests in Node and in browsers");
    web()
}

fn clippy(args: &[&str]) -> Command {
    let mut cargo = program("cargo");
    cargo.args(["clippy", "--quiet"]).args(args).args(["--", "--deny=warnings"]);
    cargo
}

fn web() -> Outcome {
    let mut node = program("node");
    // What browsers make is compared with what the command line makes; the tests in Rust have
    // built it, beside this program.
    let here = std::env::current_exe().map_err(|e| format!("cannot find this program: {e}"))?;
    node.env("LOGOPRESS", here.with_file_name("logopress")).env("PYTHON", judges::python());
    for browser in &BROWSERS {
        node.env(browser.variable, browser.require()?);
    }
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    // What a failed test leaves open, a browser say, must not keep the run from its end.
    node.args(["--test-force-exit", "--test-timeout=600000"]);
    let folder = root().join("tests/web");
    let listing =
        folder.read_dir().map_err(|e| format!("cannot list {}: {e}", folder.display()))?;
    let mut tests: Vec<_> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
    tests.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    tests.sort();
    run(node.args(tests))
}
