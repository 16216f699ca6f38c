//! The npm package: `pkg/` with both builds of the engine, types and licences, packed.

use crate::process::{Outcome, output, program, read, root, run, step, write};
use crate::{setup, wasm};

/// Where the packed package goes.
const FOLDER: &str = "target/package-npm";

/// Packs `target/package-npm/logopress-VERSION.tgz`.
pub fn pack() -> Outcome {
    setup::npm()?;
    wasm::build()?;
    step("Types of the package");
    let types = root().join("pkg/types");
    let declarations = ["node_modules/typescript/bin/tsc", "--project", "pkg/tsconfig.json"];
    run(program("node").args(declarations))?;
    let options = output(program("node").arg("xtask/js/options-types.mjs"))
        .ok_or("the engine did not start in Node: run `node xtask/js/options-types.mjs`")?;
    write(&types.join("options.d.ts"), options + "\n")?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        write(&root().join("pkg").join(licence), read(&root().join(licence))?)?;
    }
    step(format_args!("Packing into {FOLDER}/"));
    let folder = root().join(FOLDER);
    // Nothing there yet is fine; an older version would be taken for this one.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|e| format!("cannot make {FOLDER}: {e}"))?;
    run(program("npm")
        .args(["pack", "--silent", "--pack-destination"])
        .arg(folder)
        .current_dir(root().join("pkg")))
}
