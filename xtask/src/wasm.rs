//! The engine for the web, twice: `pkg/st` runs everywhere, `pkg/mt` spreads work over threads
//! and needs a page that is isolated (COOP and COEP). Beside it `pkg/pdf`, the reader of PDF, which
//! is loaded when the first such file is opened.
//!
//! Threads need a standard library built with atomics, hence `-Z build-std` for `mt`;
//! `RUSTC_BOOTSTRAP` lets the pinned stable compiler do that. The flags stay here and out of
//! `.cargo/config.toml` so that they touch no other build, and each variant has a target
//! directory of its own so that neither makes the other stale.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::process::{Outcome, program, read, root, run, step, write};
use crate::setup;

struct Variant {
    name: &'static str,
    /// Most that it may weigh on the wire.
    max_brotli_bytes: usize,
    rust_flags: &'static [&'static str],
    cargo_args: &'static [&'static str],
    bootstrap: bool,
}

/// Less inlining than at `opt-level = "s"`, which has 50, in code that is optimised for speed too: more
/// than a tenth fewer bytes.
const INLINE: &str = "-Cllvm-args=-inline-threshold=20";

const VARIANTS: [Variant; 3] = [
    Variant {
        name: "st",
        max_brotli_bytes: 1_200_000,
        rust_flags: &["-Ctarget-feature=+simd128", INLINE],
        cargo_args: &[],
        bootstrap: false,
    },
    Variant {
        name: "mt",
        max_brotli_bytes: 1_200_000,
        rust_flags: &[
            "-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals,+simd128",
            INLINE,
            // Where a panic came from is said by the other variant, which every failed job is tried on
            // again; here it would take 26 kB.
            "-Zlocation-detail=none",
            // `+atomics` alone has not made the memory shared since rustc's change 147225.
            "-Clink-arg=--shared-memory",
            "-Clink-arg=--import-memory",
            // `pkg/load.js` creates the memory and may choose less than this maximum.
            "-Clink-arg=--max-memory=1073741824",
            "-Clink-arg=--export=__wasm_init_tls",
            "-Clink-arg=--export=__tls_size",
            "-Clink-arg=--export=__tls_align",
            "-Clink-arg=--export=__tls_base",
        ],
        cargo_args: &["--features=parallel", "-Zbuild-std=panic_abort,std"],
        bootstrap: true,
    },
    Variant {
        name: "pdf",
        max_brotli_bytes: 1_600_000,
        rust_flags: &["-Ctarget-feature=+simd128", "-Clink-arg=--max-memory=1073741824"],
        cargo_args: &["--features=pdf"],
        bootstrap: false,
    },
];

/// Builds all variants into `pkg/`; what has not changed is left alone.
pub fn build() -> Outcome {
    setup::rust()?;
    setup::npm()?;
    VARIANTS.iter().try_for_each(Variant::build)
}

/// Builds the peer that speed is compared with as the engine for one thread is built.
pub fn build_peer(folder: &Path) -> Outcome {
    let variant = &VARIANTS[0];
    bind(&variant.compile("peer")?, folder)
}

/// Fails if a variant weighs more than it may.
pub fn check_size() -> Outcome {
    for variant in &VARIANTS {
        let wasm = variant.package().join("logopress_bg.wasm");
        let raw = read(&wasm)?;
        let brotli = brotli(&raw)?.len();
        println!("  {}: {} bytes raw, {brotli} brotli", variant.name, raw.len());
        if brotli > variant.max_brotli_bytes {
            return Err(format!(
                "pkg/{} has {brotli} bytes after brotli; the budget is {}",
                variant.name, variant.max_brotli_bytes
            ));
        }
    }
    Ok(())
}

impl Variant {
    fn package(&self) -> PathBuf {
        root().join("pkg").join(self.name)
    }

    fn build(&self) -> Outcome {
        step(format_args!("Compiling for the web: {}", self.name));
        let compiled = self.compile("logopress")?;
        let stamp = self.package().join(".made-from");
        let made_from = fingerprint(&read(&compiled)?);
        if std::fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == made_from) {
            return Ok(());
        }
        step(format_args!("Writing pkg/{}", self.name));
        // The stamp goes first and comes last: a build that was cut short is not taken for done.
        let _ = std::fs::remove_dir_all(self.package());
        bind(&compiled, &self.package())?;
        write(&stamp, made_from)
    }

    fn compile(&self, package: &str) -> Outcome<PathBuf> {
        let target_dir = root().join("target").join(format!("wasm-{}", self.name));
        let mut cargo = program("cargo");
        cargo
            .args([
                "build",
                "--lib",
                "--target=wasm32-unknown-unknown",
                "--profile=wasm",
                "--quiet",
            ])
            .arg(format!("--package={package}"))
            .args(self.cargo_args)
            .arg("--target-dir")
            .arg(&target_dir)
            .env("CARGO_ENCODED_RUSTFLAGS", self.rust_flags.join("\x1f"));
        if self.bootstrap {
            cargo.env("RUSTC_BOOTSTRAP", "1");
        }
        run(&mut cargo)?;
        Ok(target_dir.join("wasm32-unknown-unknown/wasm").join(format!("{package}.wasm")))
    }
}

/// Writes the glue that browsers need.
fn bind(compiled: &Path, folder: &Path) -> Outcome {
    let fault = |e| format!("wasm-bindgen cannot read {}: {e:#}", compiled.display());
    Bindgen::new()
        .input_path(compiled)
        .web(true)
        .map_err(fault)?
        .omit_default_module_path(false)
        .typescript(true)
        // Gives a module back what a file took, and a fresh start after a trap.
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .map_err(fault)
}

/// Changes whenever the files written from `compiled` may.
fn fingerprint(compiled: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    (compiled, include_str!("wasm.rs")).hash(&mut hasher);
    // wasm-bindgen is pinned here.
    include_str!("../Cargo.toml").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// `bytes` as a server would send them, at brotli's best.
pub fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)
        .map_err(|e| format!("cannot compress: {e}"))?;
    Ok(compressed)
}
