//! From what Trunk bundles to what a host serves: every file under a path that names the build, so
//! that it can be kept for ever; compressed copies; the service worker's list; what is what, by hash.
//!
//! ```text
//! dist/index.html, embed/, selftest/   pages, asked for anew at each visit
//! dist/v/BUILD/…                       everything else, immutable
//! dist/sw.js                           the service worker with its list
//! dist/integrity.json, healthz.json    for those who run the site
//! ```

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};

use crate::process::{Message, Outcome, output, program, read, root, step, write};
use crate::wasm::brotli;

/// Folders whose files get paths that name the build.
const VERSIONED: [&str; 6] = ["app", "embed", "examples", "icons", "pkg", "style"];

/// Pages, whose addresses stay.
const PAGES: [&str; 3] = ["index.html", "embed/index.html", "selftest/index.html"];

/// What others link to by an address that stays; also there under the build's.
const LOADER: &str = "embed/logo-press.js";

/// What a page may do; hosts that can set headers say the same.
pub const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    worker-src 'self' blob:; connect-src 'self'; img-src 'self' blob: data:; \
    style-src 'self'; font-src 'self'; manifest-src 'self'; frame-src 'self'; form-action 'self'; \
    base-uri 'none'";

/// Kinds of file that shrink.
const TEXT: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Files of the package that no page asks for.
fn unneeded(path: &str) -> bool {
    let typed = path.ends_with(".d.ts") || path.starts_with("pkg/types/");
    let suffix = Path::new(path).extension().unwrap_or_default();
    let described = path.starts_with("pkg/") && suffix != "js" && suffix != "wasm";
    typed || described || path.starts_with("pkg/node")
}

/// Turns what is in `dist/` into a release.
pub fn finish() -> Outcome {
    let dist = root().join("dist");
    let mut files = BTreeMap::new();
    collect(&dist, &dist, &mut files)?;
    files.retain(|path, _| !unneeded(path));
    let build = build_name(&files);
    let folder = format!("v/{build}/");

    let mut site = BTreeMap::new();
    for (path, bytes) in files {
        let versioned = VERSIONED.iter().any(|folder| path.starts_with(&format!("{folder}/")));
        if PAGES.contains(&path.as_str()) {
            site.insert(path, page(&bytes, &folder, &build)?.into_bytes());
        } else if path == "manifest.webmanifest" {
            let text = String::from_utf8_lossy(&bytes);
            site.insert(path, text.replace("\"icons/", &format!("\"{folder}icons/")).into_bytes());
        } else if versioned {
            if path == LOADER {
                site.insert(path.clone(), bytes.clone());
            }
            site.insert(folder.clone() + &path, bytes);
        } else {
            site.insert(path, bytes);
        }
    }
    let probe = output(program("node").arg("xtask/js/probe.mjs"))
        .ok_or("the engine did not start in Node: run `node xtask/js/probe.mjs`")?;
    site.insert(format!("{folder}probe.json"), probe.into_bytes());
    let worker = site.remove("sw.js").ok_or("dist/sw.js is missing")?;
    site.insert("sw.js".into(), service_worker(&worker, &site, &build)?);
    let version = package_version()?;
    site.insert(
        "healthz.json".into(),
        pretty(&json!({ "status": "ok", "version": version, "build": build })),
    );
    site.insert("_headers".into(), read(&root().join("hosts/netlify/_headers"))?);
    // GitHub's pages leave out what begins with an underscore unless this file says otherwise.
    site.insert(".nojekyll".into(), Vec::new());
    let integrity: BTreeMap<_, _> =
        site.iter().map(|(path, bytes)| (path, sri::<Sha384>(bytes))).collect();
    let integrity = pretty(&json!({ "build": build, "files": integrity }));
    site.insert("integrity.json".into(), integrity);

    step(format_args!(
        "Writing {} files of build {build}, and their compressed copies",
        site.len()
    ));
    std::fs::remove_dir_all(&dist).map_err(|e| format!("cannot empty dist/: {e}"))?;
    site.iter().try_for_each(|(path, bytes)| put(&dist.join(path), bytes))
}

/// Reads everything under `folder`, by its path from `base`.
fn collect(base: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Outcome {
    let fault = |e| format!("cannot list {}: {e}", folder.display());
    for entry in folder.read_dir().map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let name = path.strip_prefix(base).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() {
            collect(base, &path, files)?;
        } else if !hidden {
            files.insert(name, read(&path)?);
        }
    }
    Ok(())
}

/// A name that changes with any byte of any file.
fn build_name(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        hasher.update(format!("{path}\0{}\0", bytes.len()));
        hasher.update(bytes);
    }
    hasher.finalize().iter().take(6).fold(String::new(), |name, byte| format!("{name}{byte:02x}"))
}

/// A page that takes its files from `folder` and says which build it is.
fn page(bytes: &[u8], folder: &str, build: &str) -> Outcome<String> {
    let mut text =
        String::from_utf8(bytes.to_vec()).map_err(|e| format!("a page is not text: {e}"))?;
    for from in VERSIONED {
        for (attribute, up) in [("href", ""), ("src", ""), ("href", "../"), ("src", "../")] {
            text = text.replace(
                &format!("{attribute}=\"{up}{from}/"),
                &format!("{attribute}=\"{up}{folder}{from}/"),
            );
        }
    }
    let policy =
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{CONTENT_SECURITY}\">");
    Ok(text.replacen("<html ", &format!("<html data-build=\"{build}\" "), 1).replacen(
        "<meta charset=\"utf-8\">",
        &format!("<meta charset=\"utf-8\">{policy}"),
        1,
    ))
}

/// The service worker, told what it may keep.
fn service_worker(
    source: &[u8],
    site: &BTreeMap<String, Vec<u8>>,
    build: &str,
) -> Outcome<Vec<u8>> {
    let embedded = |path: &str| path.starts_with("embed/") || path.contains("/embed/");
    let files: BTreeMap<_, _> = site
        .iter()
        .filter(|(path, _)| !embedded(path))
        .map(|(path, bytes)| (path, sri::<Sha256>(bytes)))
        .collect();
    let list = serde_json::to_string(&json!({ "build": build, "files": files }))
        .map_err(|e| e.to_string())?;
    Ok([format!("self.site = {list};\n").as_bytes(), source].concat())
}

/// A hash as the attribute `integrity` has it.
fn sri<D: Digest>(bytes: &[u8]) -> String {
    let name = if <D as Digest>::output_size() == 32 { "sha256" } else { "sha384" };
    format!("{name}-{}", base64::engine::general_purpose::STANDARD.encode(D::digest(bytes)))
}

fn package_version() -> Outcome<String> {
    let package: Value = serde_json::from_slice(&read(&root().join("pkg/package.json"))?)
        .map_err(|e| e.to_string())?;
    Ok(package["version"].as_str().unwrap_or_default().into())
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// Writes a file and, where they are smaller, its compressed copies.
fn put(path: &Path, bytes: &[u8]) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    write(path, bytes)?;
    let suffix = path.extension().unwrap_or_default().to_string_lossy();
    if !TEXT.contains(&suffix.as_ref()) {
        return Ok(());
    }
    for (ending, compressed) in [(".br", brotli(bytes)?), (".gz", gzip(bytes)?)] {
        if compressed.len() < bytes.len() {
            write(&PathBuf::from(format!("{}{ending}", path.display())), compressed)?;
        }
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let fault = |e: std::io::Error| -> Message { format!("cannot compress: {e}") };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).map_err(fault)?;
    encoder.finish().map_err(fault)
}
