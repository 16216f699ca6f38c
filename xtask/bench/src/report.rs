//! The results as JSON, and as tables for people.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::fit::exponent;
use crate::input::Input;
use crate::timing::median;

/// Writes `performance.json` and `performance.md`.
pub fn write(
    folder: &Path,
    inputs: &[Input],
    native: &Value,
    browser: &Value,
) -> Result<(), String> {
    let save = |name: &str, text: String| {
        std::fs::write(folder.join(name), text).map_err(|e| format!("{name}: {e}"))
    };
    let all = json!({ "machine": machine(), "native": native, "browser": browser });
    save("performance.json", serde_json::to_string(&all).map_err(|e| e.to_string())? + "\n")?;
    let text = Report { inputs, native, browser }.text();
    print!("{text}");
    save("performance.md", text)
}

/// The processor, how many of them, and how busy they are.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    format!("{}, {cores} cores; load {load}", model.trim_start_matches([' ', '\t', ':']))
}

struct Report<'a> {
    inputs: &'a [Input],
    native: &'a Value,
    browser: &'a Value,
}

impl Report<'_> {
    fn text(&self) -> String {
        let mut out = format!(
            "# Performance\n\n\
             `cargo xtask bench` measures this, vtracer 0.6.5 beside it, and writes this file and \
             [performance.json](performance.json), which has every logo's numbers. Times are medians \
             over the logos, in ms; what is compared ran in turn in the same process. Ratios are \
             medians of each logo's ratio.\n\n\
             Machine: {}. Chromium {}.\n",
            machine(),
            self.browser["version"].as_str().unwrap_or("unknown"),
        );
        self.traces(&mut out);
        self.growth(&mut out);
        self.intakes(&mut out);
        self.outputs(&mut out);
        self.bounds(&mut out);
        out
    }

    fn sizes(&self) -> Vec<u32> {
        let mut sizes: Vec<u32> = self.inputs.iter().map(|input| input.size_px).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    fn traces(&self, out: &mut String) {
        out.push_str(
            "\n## From pixels to shapes\n\n\
             | px | native, 1 thread | all threads | vtracer | ratio | Chromium, 1 thread | 2 threads \
             | vtracer | ratio | Chromium / native | 1 / 2 threads |\n\
             |---|---|---|---|---|---|---|---|---|---|---|\n",
        );
        for size in self.sizes() {
            let native = |f: fn(&Value) -> f64| at_size(self.native, "traces", size, f);
            let browser = |f: fn(&Value) -> f64| at_size(self.browser, "traces", size, f);
            // Writing to a `String` cannot fail.
            let _ = writeln!(
                out,
                "| {size} | {:.1} | {:.1} | {:.1} | {:.2} | {:.1} | {:.1} | {:.1} | {:.2} | {:.2} \
                 | {:.2} |",
                native(|row| number(row, "one_ms")),
                native(|row| number(row, "all_ms")),
                native(|row| number(row, "vtracer_ms")),
                native(|row| number(row, "one_ms") / number(row, "vtracer_ms")),
                browser(|row| number(row, "one_ms")),
                browser(|row| number(row, "two_ms")),
                browser(|row| number(row, "vtracer_ms")),
                browser(|row| number(row, "one_ms") / number(row, "vtracer_ms")),
                browser(|row| number(row, "one_ms")) / native(|row| number(row, "one_ms")),
                browser(|row| number(row, "one_ms") / number(row, "two_ms")),
            );
        }
    }

    fn growth(&self, out: &mut String) {
        let rows = self.native["traces"].as_array().map_or(&[][..], Vec::as_slice);
        let points = |rows: &[&Value], x: &str| -> Vec<(f64, f64)> {
            rows.iter().map(|row| (number(row, x), number(row, "one_ms"))).collect()
        };
        let mut names: Vec<&str> = self.inputs.iter().map(|input| input.name.as_str()).collect();
        names.dedup();
        let by_pixels: Vec<f64> = names
            .iter()
            .map(|name| {
                let of_logo: Vec<&Value> = rows.iter().filter(|row| row["logo"] == *name).collect();
                exponent(&points(&of_logo, "pixels"))
            })
            .collect();
        let largest = self.sizes().last().copied().unwrap_or_default();
        let of_size: Vec<&Value> = rows.iter().filter(|row| row["size_px"] == largest).collect();
        let _ = write!(
            out,
            "\n## How cost grows\n\n\
             Exponents of power laws, fitted to the native times with one thread: with the pixels of \
             one logo {:.2} (median; most {:.2}); with the length of the boundaries {:.2} and with \
             the number of inks {:.2} (over the logos at {largest} px).\n",
            median(&by_pixels),
            by_pixels.iter().copied().fold(0.0, f64::max),
            exponent(&points(&of_size, "boundary_px")),
            exponent(&points(&of_size, "inks")),
        );
    }

    fn intakes(&self, out: &mut String) {
        out.push_str(
            "\n## From a PNG file to pixels\n\n\
             | px | native, 1 thread | `image` crate | ratio | Chromium |\n|---|---|---|---|---|\n",
        );
        for size in self.sizes() {
            let native = |f: fn(&Value) -> f64| at_size(self.native, "intakes", size, f);
            let _ = writeln!(
                out,
                "| {size} | {:.1} | {:.1} | {:.2} | {:.1} |",
                native(|row| number(row, "one_ms")),
                native(|row| number(row, "image_ms")),
                native(|row| number(row, "one_ms") / number(row, "image_ms")),
                at_size(self.browser, "traces", size, |row| number(row, "open_ms")),
            );
        }
    }

    fn outputs(&self, out: &mut String) {
        out.push_str(
            "\n## From shapes to files\n\n\
             Of logos traced at 1024 px; a kit and a separation are all of their files.\n\n\
             | file | native, 1 thread | all threads | Chromium, 1 thread |\n|---|---|---|---|\n",
        );
        let native = |rows: &Value, key: &str| {
            let rows = rows.as_array().map_or(&[][..], Vec::as_slice);
            median(&rows.iter().map(|row| number(row, key)).collect::<Vec<_>>())
        };
        let row = |out: &mut String, name: &str, rows: &Value, key: &str| {
            let _ = writeln!(
                out,
                "| {name} | {:.2} | {:.2} | {:.2} |",
                native(rows, "one_ms"),
                native(rows, "all_ms"),
                self.exported(key),
            );
        };
        for format in self.native["exports"].as_array().map_or(&[][..], Vec::as_slice) {
            let name = format["format"].as_str().unwrap_or_default();
            row(out, name, &format["times"], name.strip_suffix(".svg").unwrap_or(name));
        }
        row(out, "kit", &self.native["kits"], "kit");
        row(out, "separation", &self.native["separations"], "separation");
    }

    /// Median of what the browser took for one kind of file.
    fn exported(&self, key: &str) -> f64 {
        let rows = self.browser["exports"].as_array().map_or(&[][..], Vec::as_slice);
        let times = rows.iter().filter_map(|row| row["times"][key].as_f64());
        median(&times.collect::<Vec<_>>())
    }

    fn bounds(&self, out: &mut String) {
        let rest_of_memory = |side: &Value, per_pixel: f64| {
            let rows = side["peaks"].as_array().map_or(&[][..], Vec::as_slice);
            let over =
                rows.iter().map(|row| number(row, "bytes") - per_pixel * number(row, "pixels"));
            over.fold(f64::NEG_INFINITY, f64::max) / f64::from(1 << 20)
        };
        let loads = |key: &str| {
            let rows = self.browser["loads"].as_array().map_or(&[][..], Vec::as_slice);
            median(&rows.iter().map(|row| number(row, key)).collect::<Vec<_>>())
        };
        let first = |side: &Value| {
            let at = |size| at_size(side, "traces", size, |row| number(row, "preview_ms"));
            self.sizes().into_iter().map(at).fold(0.0, f64::max)
        };
        let kilobytes = |name: &str| number(&self.browser["sizes"][name], "brotli") / 1e3;
        let _ = write!(
            out,
            "\n## In the browser\n\n\
             | what | measured | bound |\n|---|---|---|\n\
             | from navigation to interactive, cold | {:.0} ms | |\n\
             | the same, with everything in the cache | {:.0} ms | |\n\
             | a 1024 px logo from drop to full trace, warm, 1 thread | {:.0} ms | 250 ms |\n\
             | first trace at reduced resolution, slowest size | {:.0} ms | 100 ms |\n\
             | the same natively, all threads | {:.0} ms | |\n\
             | wasm memory above 24 bytes a pixel, at most | {:.0} MiB | 64 MiB |\n\
             | native memory above 24 bytes a pixel, at most | {:.0} MiB | |\n\
             | engine after brotli, 1 thread | {:.0} kB | 1200 kB |\n\
             | engine after brotli, threads | {:.0} kB | 1200 kB |\n\
             | what the page loads before anybody moves, after brotli | {:.0} kB | 60 kB |\n",
            loads("cold_ms"),
            loads("warm_ms"),
            self.exported("drop_ms"),
            first(self.browser),
            first(self.native),
            rest_of_memory(self.browser, 24.0),
            rest_of_memory(self.native, 24.0),
            kilobytes("st"),
            kilobytes("mt"),
            kilobytes("shell"),
        );
    }
}

/// Median over the logos of one size.
fn at_size(side: &Value, table: &str, size_px: u32, f: impl Fn(&Value) -> f64) -> f64 {
    let rows = side[table].as_array().map_or(&[][..], Vec::as_slice);
    median(&rows.iter().filter(|row| row["size_px"] == size_px).map(f).collect::<Vec<_>>())
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or(f64::NAN)
}
