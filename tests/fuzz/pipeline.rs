//! A file all the way: opened, traced, previewed, compared, edited, exported, separated, in a kit,
//! with options of all kinds.

use logopress::artwork::{Artwork, Paint};
use logopress::export::Format;
use logopress::options::Options as _;
use logopress::separate::output;
use logopress::{
    ExportOptions, IntakeOptions, KitOptions, SeparateOptions, Session, TraceOptions, unwatched,
};

use crate::random::Random;

/// Larger pictures take long, whatever is wrong with them.
const LARGEST_PX: f64 = 64.0 * 64.0;
const LARGEST_KIT_PX: u32 = 400 * 400;
const TEXTS: [&str; 8] = [
    "",
    "a",
    "Brand / \\ Ä <b>",
    "#c8001e=#123456; #ffffff=none",
    "#c8001e=Red 0/95/80/0; #ffffff=PANTONE 286 C",
    "#c8001e>#ffffff@40",
    "#ffffff; #c8001e",
    "#c8001e=65@45",
];

pub fn run(bytes: &[u8], random: &mut Random) {
    let mut session = Session::new();
    let (mut intake, mut trace) = (IntakeOptions::default(), TraceOptions::default());
    random.vary(&mut intake, &TEXTS);
    random.vary(&mut trace, &TEXTS);
    let Ok(opened) = session.open(bytes, &intake, &unwatched) else { return };
    if opened.width_px * opened.height_px > LARGEST_PX {
        return;
    }
    if let Ok(art) = session.preview(&trace, &unwatched) {
        check(&art);
    }
    match session.artwork(&trace, &unwatched) {
        Ok(art) => check(art),
        Err(_) => return,
    }
    let _ = session.fidelity(&trace, &unwatched);
    files(&mut session, &trace, random);
    plates(&mut session, &trace, random);
    kit(&mut session, &trace, random);
}

/// What every exporter may rely on.
fn check(art: &Artwork) {
    for shape in &art.shapes {
        let bounds = shape.geometry.bounds();
        assert!(bounds.is_finite(), "{bounds}");
        assert!(shape.opacity > 0.0 && shape.opacity <= 1.0, "{}", shape.opacity);
        match shape.paint {
            Paint::Ink(ink) => assert!(ink < art.inks.len()),
            Paint::Gradient(gradient) => assert!(gradient < art.gradients.len()),
        }
    }
}

fn files(session: &mut Session, trace: &TraceOptions, random: &mut Random) {
    let mut options = ExportOptions::default();
    for (_, group) in options.groups() {
        random.vary(group, &TEXTS);
    }
    for (format, _) in Format::ALL {
        if random.below(3) == 0 {
            let _ = session.export(format, trace, &options, &unwatched);
        }
    }
}

fn plates(session: &mut Session, trace: &TraceOptions, random: &mut Random) {
    let mut options = SeparateOptions::default();
    random.vary(&mut options, &TEXTS);
    // Films of a few centimetres.
    for (name, value) in [("paper", "fit"), ("film_dpi", "600"), ("width_mm", "30")] {
        options.set(name, value).unwrap();
    }
    let Ok(job) = session.separation(trace, &options, &unwatched) else { return };
    let names = output::names(job);
    for _ in 0..2 {
        let _ = output::file(job, random.of::<String>(&names));
    }
}

fn kit(session: &mut Session, trace: &TraceOptions, random: &mut Random) {
    let mut options = KitOptions::default();
    random.vary(&mut options, &TEXTS);
    let Ok(kit) = session.kit(trace, &options, &unwatched) else { return };
    if kit.items().is_empty() {
        return;
    }
    let item = random.of(kit.items());
    if item.width_px.zip(item.height_px).is_none_or(|(w, h)| w * h <= LARGEST_KIT_PX) {
        let _ = kit.file(&item.path);
    }
}
