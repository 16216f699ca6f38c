//! Programs that we did not write, which judge our files.

use std::path::Path;
use std::process::Command;

/// Runs a program that must succeed without a word of warning; returns what it printed.
pub fn run(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().unwrap_or_else(|e| {
        panic!(
            "{program}: {e}. The judges of exported files come from Debian's ghostscript, qpdf, \
             mupdf-tools, poppler-utils, inkscape and librsvg2-bin, and ezdxf from PyPI"
        )
    });
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {args:?}: {out}{err}");
    let warnings: Vec<&str> = err.lines().filter(|line| !is_about_the_program(line)).collect();
    assert!(warnings.is_empty(), "{program} {args:?}: {warnings:#?}");
    out.into_owned()
}

/// What a program says of itself, whatever the file: Inkscape without a desktop, and Debian's `MuPDF`,
/// which is built without colour management.
fn is_about_the_program(line: &str) -> bool {
    let about = ["GtkRecentManager", "XDG_RUNTIME_DIR", "ICC support is not available"];
    line.trim().is_empty() || about.iter().any(|words| line.contains(words))
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
