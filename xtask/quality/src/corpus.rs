//! The logos: a pinned npm package of real ones, CC0, fetched on first use and kept in `target/`.
//! Nothing of it enters the repository: the marks belong to their owners.

use std::path::{Path, PathBuf};
use std::process::Command;

use resvg::usvg;

/// gilbarbara/logos in Iconify's form, CC0-1.0.
const PACKAGE: &str = "@iconify-json/logos";
const VERSION: &str = "1.2.19";

/// A logo whose drawing is known.
pub struct Logo {
    pub name: String,
    pub kind: Kind,
    pub tree: usvg::Tree,
}

/// What a logo demands of a tracer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One colour.
    Mono,
    /// Several flat colours.
    Flat,
    /// Much wider than high: mostly letters.
    Wordmark,
    /// With gradients.
    Gradient,
    /// With translucent fills.
    Opacity,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::Mono, Self::Flat, Self::Wordmark, Self::Gradient, Self::Opacity];

    pub fn word(self) -> &'static str {
        match self {
            Self::Mono => "mono",
            Self::Flat => "flat",
            Self::Wordmark => "wordmark",
            Self::Gradient => "gradient",
            Self::Opacity => "opacity",
        }
    }

    fn of(body: &str, tree: &usvg::Tree) -> Self {
        let size = tree.size();
        if body.contains("Gradient") {
            Self::Gradient
        } else if body.contains("opacity") {
            Self::Opacity
        } else if size.width() > 3.0 * size.height() {
            Self::Wordmark
        } else if crate::score::complexity(tree).paints.len() <= 1 {
            Self::Mono
        } else {
            Self::Flat
        }
    }
}

/// Up to `per_kind` logos of each kind in `kinds`, spread evenly over the package's alphabet.
///
/// `start` shifts which ones: other numbers give other logos, to check that a change did not learn
/// the sample.
pub fn load(kinds: &[Kind], per_kind: usize, start: usize) -> Result<Vec<Logo>, String> {
    let text =
        std::fs::read_to_string(installed()?.join("icons.json")).map_err(|e| e.to_string())?;
    let set: serde_json::Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let icons = set["icons"].as_object().ok_or("icons.json has no icons")?;
    let mut logos = Vec::new();
    for (name, icon) in icons {
        let body = icon["body"].as_str().unwrap_or_default();
        // Text, filters, masks and bitmaps are not drawings of shapes.
        if ["<text", "<image", "<filter", "<mask"].iter().any(|tag| body.contains(tag)) {
            continue;
        }
        let side = |key: &str| icon[key].as_f64().or(set[key].as_f64()).unwrap_or(16.0);
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {} {}">{body}</svg>"#,
            side("width"),
            side("height"),
        );
        let Ok(tree) = usvg::Tree::from_str(&svg, &usvg::Options::default()) else { continue };
        let kind = Kind::of(body, &tree);
        logos.push(Logo { name: name.clone(), kind, tree });
    }
    let mut chosen = Vec::new();
    for kind in kinds {
        let (of_kind, rest): (Vec<_>, _) = logos.into_iter().partition(|l| l.kind == *kind);
        logos = rest;
        let step = (of_kind.len() / per_kind).max(1);
        chosen.extend(of_kind.into_iter().skip(start % step).step_by(step).take(per_kind));
    }
    Ok(chosen)
}

/// The package's folder; installs it by npm where it is missing.
fn installed() -> Result<PathBuf, String> {
    let prefix = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/quality");
    let folder = prefix.join("node_modules").join(PACKAGE);
    if folder.join("icons.json").exists() {
        return Ok(folder);
    }
    let spec = format!("{PACKAGE}@{VERSION}");
    eprintln!("installing {spec} (CC0-1.0) into target/quality");
    std::fs::create_dir_all(&prefix).map_err(|e| e.to_string())?;
    let status = Command::new("npm")
        .args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
        .arg(&prefix)
        .arg(&spec)
        .status()
        .map_err(|e| format!("npm cannot be started ({e}); install Node.js 20 or later"))?;
    if status.success() { Ok(folder) } else { Err(format!("npm could not install {spec}")) }
}
