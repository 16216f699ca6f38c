//! The page: Trunk bundles `www/` and `pkg/` into `dist/`, a static site, and serves it. Trunk itself
//! asks for the engine (`cargo xtask wasm`) before each build; see `Trunk.toml`.

use crate::process::{Outcome, program, root, run, step};
use crate::{release, setup};

/// Serves the page with COOP and COEP; Trunk builds again whenever a source changes. `args` are
/// passed to Trunk.
pub fn serve(args: &[String]) -> Outcome {
    setup::trunk()?;
    step("Serving the page; the address follows");
    run(program("trunk").arg("serve").args(args))
}

/// Writes `dist/`.
pub fn build() -> Outcome {
    setup::trunk()?;
    step("Bundling the site into dist/");
    // Nothing there yet is fine; what Trunk would leave is not of this build.
    let _ = std::fs::remove_dir_all(root().join("dist"));
    run(program("trunk").args(["build", "--release"]))?;
    release::finish()
}
