//! `logopress check DIR|ZIP`: what is missing or wrong with a site's icons.

use std::path::Path;

use lexopt::{Arg, ValueExt};
use logopress::check::{Finding, Level, Site, check};
use logopress::limits::{MAX_BYTES, MAX_SITE_FILES};

use super::{Message, explain, read};

const USAGE: &str = "Usage: logopress check DIR|ZIP [--json]

Reports what is missing or wrong with a site's icons, from its files alone.
With --json, each finding is a line of JSON. Fails if there is an error.";

/// Endings of the files that icons depend on; a site may have any number of others.
const READ: [&str; 9] =
    ["html", "ico", "svg", "png", "jpg", "webp", "json", "webmanifest", "robots.txt"];

pub fn run(args: &mut lexopt::Parser) -> Result<(), Message> {
    let (mut input, mut json) = (None, false);
    while let Some(arg) = args.next().map_err(|e| e.to_string())? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{USAGE}");
                return Ok(());
            }
            Arg::Long("json") => json = true,
            Arg::Value(path) if input.is_none() => {
                input = Some(path.string().map_err(|e| e.to_string())?);
            }
            other => return Err(other.unexpected().to_string()),
        }
    }
    let input = input.ok_or_else(|| format!("no folder or zip. {USAGE}"))?;
    let path = Path::new(&input);
    let site = if path.is_dir() {
        let mut files = Vec::new();
        collect(path, path, &mut files)?;
        Site::new(files)
    } else {
        Site::from_zip(&read(path)?).map_err(|e| format!("{input}: {}", explain(&e)))?
    };
    let findings = check(&site);
    for finding in &findings {
        if json {
            println!("{}", serde_json::to_string(finding).map_err(|e| e.to_string())?);
        } else {
            println!("{}", sentence(finding));
        }
    }
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    match (errors, findings.is_empty()) {
        (0, true) if !json => {
            println!("Nothing is missing.");
            Ok(())
        }
        (0, _) => Ok(()),
        (1, _) => Err("1 error found".into()),
        (count, _) => Err(format!("{count} errors found")),
    }
}

fn sentence(Finding { level, file, message, advice, .. }: &Finding) -> String {
    let level = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    let colon = if file.is_empty() { "" } else { ": " };
    format!("{level}: {file}{colon}{message} {advice}")
}

/// The files below `folder` that icons depend on, by their paths from `root`. Links are not followed.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), Message> {
    let fault = |e: std::io::Error| format!("cannot read {}: {e}", folder.display());
    for entry in folder.read_dir().map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let (kind, path) = (entry.file_type().map_err(fault)?, entry.path());
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && !hidden && entry.file_name() != "node_modules" {
            collect(root, &path, files)?;
        } else if kind.is_file() && READ.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            if files.len() >= MAX_SITE_FILES {
                return Err(format!("{} has more than {MAX_SITE_FILES} files", root.display()));
            }
            let size = entry.metadata().map_err(fault)?.len();
            let inside = path.strip_prefix(root).unwrap_or(&path);
            let name = inside.to_string_lossy().replace('\\', "/");
            // One that is too large to be an icon counts as there.
            let bytes = if size > MAX_BYTES { Vec::new() } else { read(&path)? };
            files.push((name, bytes));
        }
    }
    Ok(())
}
