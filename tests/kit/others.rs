//! Kits of real logos before programs that we did not write: Pillow, icoutils, icnsutil, unzip, a JSON
//! schema. The judge is `judge.py`, for most of them are Python's.

use std::path::Path;

use logopress::import::{self, Drawing, IntakeOptions};
use logopress::{Kit, KitOptions, unwatched};

use crate::tools::{run, text};

const LOGOS: usize = 20;

#[test]
fn kits_of_real_logos_open_everywhere_and_are_what_they_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kits");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for logo in logos::some(LOGOS).unwrap() {
        let drawing = import::open(logo.svg.as_bytes(), &IntakeOptions::default());
        let Ok((Drawing::Vector(artwork), _)) = drawing else { panic!("{}", logo.name) };
        let options = KitOptions { name: logo.name.clone(), ..KitOptions::default() };
        let kit = Kit::new(&artwork, &options).unwrap();
        let zip = kit.zip(&unwatched).unwrap();
        std::fs::write(folder.join(&logo.name).with_extension("zip"), zip).unwrap();
    }
    let script = root.join("tests/kit/judge.py");
    let (schema, table) = ("docs/kit-manifest.schema.json", "src/kit/social.json");
    let [schema, table] = [schema, table].map(|file| root.join(file));
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let said = run(&python, &[text(&script), text(&folder), text(&schema), text(&table)]);
    assert_eq!(said.lines().count(), LOGOS, "{said}");
    for line in said.lines() {
        let files: usize = line.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(files >= 80, "{line}");
    }
}
