//! SVG files are as small as svgo makes them.

use std::path::Path;

use logopress::{IntakeOptions, Session, TraceOptions, unwatched};

use crate::marks::{Mark, folder, marks, options, write};
use crate::tools::{run, text};

use logopress::export::Format;

/// How much larger than svgo's result a file may be.
const MARGIN: f64 = 1.05;

#[test]
fn svg_is_as_small_as_svgo_makes_it() {
    let dir = folder("size");
    for Mark { name, artwork, .. } in marks() {
        write(&dir.join(name).with_extension("svg"), artwork, Format::Svg, &options(&[]));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["heron.png", "loom.jpg"] {
        let bytes = std::fs::read(root.join("tests/fixtures/logos").join(name)).unwrap();
        let mut session = Session::new();
        session.open(&bytes, &IntakeOptions::default(), &unwatched).unwrap();
        let traced = session.artwork(&TraceOptions::default(), &unwatched).unwrap();
        write(&dir.join(name).with_extension("svg"), traced, Format::Svg, &options(&[]));
    }
    let said = run("node", &[text(&root.join("tests/export/svgo.mjs")), text(&dir)]);
    assert_eq!(said.lines().count(), marks().len() + 2, "{said}");
    let mut shares: Vec<(f64, &str)> = said
        .lines()
        .map(|line| {
            let [name, ours, theirs] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
            (ours.parse::<f64>().unwrap() / theirs.parse::<f64>().unwrap(), name)
        })
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("median {:.3}, worst {:?}", shares[shares.len() / 2].0, &shares[..3]);
    assert!(shares[0].0 <= MARGIN, "{shares:?}");
}
