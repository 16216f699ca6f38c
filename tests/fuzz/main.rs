//! Damaged input of every kind, in every reader and through the whole pipeline: nothing may panic,
//! take long or ask for much memory.
//!
//! Each input is a good one with bytes changed, cut, repeated or swapped, from a fixed seed. Time is
//! measured; memory is bounded by the limits that the sizes in files are checked against. What once
//! did harm is kept in `tests/fixtures/finds/` and tried first. `FUZZ_RUNS=100000 cargo test --release
//! --features cli --test fuzz` looks further, `FUZZ_FROM=100000` beyond that.

#[path = "../pdf/document.rs"]
mod document;
mod hunt;
mod pipeline;
mod random;
mod seeds;

use std::time::Duration;

use logopress::check::{Site, check, check_zip};
use logopress::import::pdf::Page;
use logopress::import::{self, BackgroundChoice, IntakeOptions};
use logopress::options::Options;
use logopress::{
    ExportOptions, Kit, KitOptions, SeparateOptions, TraceOptions, separate, unwatched,
};

use hunt::{Seed, Target};
use random::Random;

#[test]
fn damaged_files_do_no_harm() {
    let target = Target { name: "files", runs: 20_000, longest: Duration::from_secs(2) };
    target.hunt(&seeds::files(), |bytes, random| {
        let options = IntakeOptions {
            background: *random.of(&[BackgroundChoice::Keep, BackgroundChoice::Remove]),
            trim: random.below(3) == 0,
            ..IntakeOptions::default()
        };
        let _ = import::open(bytes, &options);
    });
}

/// What the reader of PDF hands to the engine comes from another module, which has read a stranger's
/// file.
#[test]
fn damaged_pages_do_no_harm() {
    let target = Target { name: "pages", runs: 10_000, longest: Duration::from_secs(2) };
    target.hunt(&seeds::pages(), |bytes, _| {
        if let Ok(page) = Page::from_json(&String::from_utf8_lossy(bytes)) {
            let _ = import::open_page(&page, &IntakeOptions::default());
        }
    });
}

/// Zips of sites, and sites with a damaged file.
#[test]
fn damaged_sites_do_no_harm() {
    let target = Target { name: "sites", runs: 10_000, longest: Duration::from_secs(2) };
    // Large pictures take long to decode, and hold nothing that small ones do not.
    let only = "web/favicon*, web/*.webmanifest, web/*.html".into();
    let kit = Kit::new(&seeds::mark(), &KitOptions { only, ..KitOptions::default() });
    let kit = kit.unwrap();
    let file = |path: &str| kit.file(path).unwrap();
    let files: Vec<Seed> =
        kit.items().iter().map(|item| (item.path.clone(), file(&item.path))).collect();
    let mut seeds = files.clone();
    seeds.push(("zip".into(), kit.zip(&unwatched).unwrap()));
    target.hunt(&seeds, |bytes, random| {
        let _ = check_zip(bytes);
        let mut files = files.clone();
        let at = random.below(files.len());
        files[at].1 = bytes.to_vec();
        let _ = check(&Site::new(files));
    });
}

/// Options as anybody may write them, in an address or a file.
#[test]
fn damaged_options_do_no_harm() {
    let target = Target { name: "options", runs: 10_000, longest: Duration::from_secs(2) };
    let art = seeds::mark();
    let (mut intake, mut trace) = (IntakeOptions::default(), TraceOptions::default());
    let (mut plates, mut kit, mut files) =
        (SeparateOptions::default(), KitOptions::default(), ExportOptions::default());
    let mut specs = Vec::new();
    for group in [&mut intake as &mut dyn Options, &mut trace, &mut plates, &mut kit] {
        specs.extend(group.own_specs());
    }
    for (_, group) in files.groups() {
        specs.extend(group.own_specs());
    }
    target.hunt(&seeds::options(), |bytes, random| {
        let text = String::from_utf8_lossy(bytes);
        let name = random.of(&specs).name;
        let (mut intake, mut trace) = (IntakeOptions::default(), TraceOptions::default());
        let _ = (intake.set(name, &text), trace.set(name, &text));
        let _ = trace.edits.apply(&art);
        for (_, group) in ExportOptions::default().groups() {
            let _ = group.set(name, &text);
        }
        let mut plates = SeparateOptions::default();
        if ["rename", "merge", "drop", "order", "trap_pairs", "screens", name]
            .iter()
            .any(|name| plates.set(name, &text).is_ok())
        {
            let _ = separate(&art, &plates);
        }
        let mut kit = KitOptions::default();
        if kit.set(name, &text).is_ok() || kit.set("social_table", &text).is_ok() {
            let _ = Kit::new(&art, &kit);
        }
    });
}

#[test]
fn damaged_logos_come_through_or_are_refused() {
    let target = Target { name: "pipeline", runs: 150, longest: Duration::from_secs(20) };
    target.hunt(&seeds::logos(), |bytes, random: &mut Random| pipeline::run(bytes, random));
}
