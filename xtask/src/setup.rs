//! Tools that the commands need, installed where they are missing.

use crate::process::{Outcome, output, program, read, root, run, step};

const TRUNK_VERSION: &str = "0.21.14";
const OLDEST_NODE: u32 = 20;

/// The toolchain, components and target of `rust-toolchain.toml`.
pub fn rust() -> Outcome {
    if output(program("rustup").arg("--version")).is_none() {
        return Err("rustup is missing. Install it from https://rustup.rs".into());
    }
    let wanted = "wasm32-unknown-unknown";
    let installed = output(program("rustup").args(["target", "list", "--installed"]));
    let source = output(program("rustc").args(["--print", "sysroot"]))
        .is_some_and(|sysroot| std::path::Path::new(&sysroot).join("lib/rustlib/src").exists());
    if source && installed.is_some_and(|list| list.lines().any(|line| line == wanted)) {
        return Ok(());
    }
    step("Installing the Rust toolchain named in rust-toolchain.toml");
    // Without arguments rustup installs what the file asks for, whatever RUSTUP_AUTO_INSTALL says.
    run(program("rustup").args(["toolchain", "install"]))
}

/// Node's packages, exactly as in `package-lock.json`.
pub fn npm() -> Outcome {
    let version = output(program("node").arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST_NODE) {
        return Err(format!(
            "Node {OLDEST_NODE} or newer is needed; found {}. Install it from https://nodejs.org",
            if version.is_empty() { "none" } else { &version }
        ));
    }
    // A copy of the lock file that was installed from says whether the packages are up to date.
    let stamp = root().join("node_modules/.installed-lock.json");
    let lock = read(&root().join("package-lock.json"))?;
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("Installing npm packages into node_modules/");
    run(program("npm").arg("ci"))?;
    crate::process::write(&stamp, lock)
}

/// Trunk, which bundles and serves the site.
pub fn trunk() -> Outcome {
    if output(program("trunk").arg("--version")).is_some_and(|v| v.ends_with(TRUNK_VERSION)) {
        return Ok(());
    }
    step(format_args!("Installing Trunk {TRUNK_VERSION} from source; this takes some minutes"));
    run(program("cargo").args(["install", "trunk", "--locked", "--version", TRUNK_VERSION]))
}
