//! What of others' work is built in: its licences and where it comes from, by `deny.toml`. What is known
//! against packages is kept in a place of its own, which not every network reaches: `cargo deny check
//! advisories` asks it.

use crate::process::{Outcome, output, program, run, step};
use crate::setup;

const CARGO_DENY_VERSION: &str = "0.20.2";

/// Checks all of it.
pub fn all() -> Outcome {
    setup::rust()?;
    cargo_deny()?;
    step("Licences, sources and duplicates of Rust packages");
    run(program("cargo").args([
        "deny",
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "sources",
        "bans",
    ]))
}

fn cargo_deny() -> Outcome {
    let version = output(program("cargo").args(["deny", "--version"]));
    if version.is_some_and(|version| version.ends_with(CARGO_DENY_VERSION)) {
        return Ok(());
    }
    step(format_args!(
        "Installing cargo-deny {CARGO_DENY_VERSION} from source; this takes some minutes"
    ));
    let install = ["install", "cargo-deny", "--locked", "--version", CARGO_DENY_VERSION];
    run(program("cargo").args(install))
}
