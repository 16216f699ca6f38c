//! Tracing real files: what comes back is what was drawn.

use logopress::{IntakeOptions, Session, TraceOptions, unwatched};

/// The inks of a traced fixture, sorted.
fn inks(name: &str) -> Vec<String> {
    let file = format!("{}/tests/fixtures/logos/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut session = Session::new();
    session.open(&std::fs::read(file).unwrap(), &IntakeOptions::default(), &unwatched).unwrap();
    let artwork = session.artwork(&TraceOptions::default(), &unwatched).unwrap();
    let mut inks: Vec<_> = artwork.inks.iter().map(|ink| ink.rgb.to_string()).collect();
    inks.sort();
    inks
}

/// The beak covers a part of the neck with the same edge, along which the neck shines through.
#[test]
fn the_fringe_of_a_hidden_shape_is_no_ink() {
    assert_eq!(inks("heron.png"), ["#0f4c5c", "#5fa8a0", "#e36414", "#f4efe6"]);
}
