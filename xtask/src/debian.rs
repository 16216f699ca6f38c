//! Debian's packages, installed where that can be done without asking.

use crate::process::{Outcome, output, program, run, step};

/// Installs `packages`, or says how to.
pub fn install(packages: &[&str]) -> Outcome {
    let root = output(program("id").arg("-u")).is_some_and(|id| id == "0");
    if !root || output(program("apt-get").arg("--version")).is_none() {
        return Err(format!("Run `sudo apt-get install {}` first.", packages.join(" ")));
    }
    step(format_args!("Installing Debian's packages {}", packages.join(" ")));
    let apt =
        |args: &[&str]| run(program("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(args));
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--quiet", "--yes", "--no-install-recommends"], packages].concat())
}
