//! What is measured in a browser: `xtask/js/bench.mjs` does it.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::input::Input;
use crate::root;

/// Everything, as JSON. The environment says where Chromium is.
pub fn measure(folder: &Path, inputs: &[Input]) -> Result<Value, String> {
    let list: Vec<Value> = inputs
        .iter()
        .map(|input| {
            let file = input.file.file_name().map(|name| name.to_string_lossy());
            json!({
                "logo": input.name, "size_px": input.size_px, "pixels": input.pixels, "file": file,
            })
        })
        .collect();
    let (list_file, result) = (folder.join("inputs.json"), folder.join("browser.json"));
    let text = json!(list).to_string();
    std::fs::write(&list_file, text).map_err(|e| e.to_string())?;
    let mut node = Command::new("node");
    node.current_dir(root()).arg("xtask/js/bench.mjs").arg(folder);
    let status = node.status().map_err(|e| format!("cannot start node: {e}"))?;
    if !status.success() {
        return Err("xtask/js/bench.mjs failed".into());
    }
    let text = std::fs::read_to_string(&result).map_err(|e| e.to_string())?;
    serde_json::from_str(&text).map_err(|e| e.to_string())
}
