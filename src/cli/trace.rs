//! `logopress trace IN -o OUT`, in the format that OUT's name ends in.

use logopress::options::Options;
use logopress::{
    ExportOptions, Format, IntakeOptions, ReportOptions, Session, TraceOptions, unwatched,
};

use super::{Message, explain, files_and_options, read, write};

pub fn run(args: &mut lexopt::Parser) -> Result<(), Message> {
    let suffixes = Format::ALL.map(|(_, suffix)| suffix).join(",");
    let usage = format!("Usage: logopress trace IN -o OUT.{{{suffixes}}} [OPTION ...]");
    let mut intake = IntakeOptions::default();
    let (mut trace, mut export) = (TraceOptions::default(), ExportOptions::default());
    let mut said = ReportOptions::default();
    let mut groups: Vec<&mut dyn Options> = vec![&mut intake, &mut trace, &mut said];
    groups.extend(export.groups().map(|(_, group)| group));
    let Some(files) = files_and_options(args, &usage, &mut groups)? else {
        return Ok(());
    };
    let name = files.output.to_string_lossy();
    let format = Format::from_file_name(&name)
        .ok_or_else(|| format!("{name}: no such format. The name must end in .{{{suffixes}}}."))?;
    let bytes = read(&files.input)?;
    let mut session = Session::new();
    let written = session
        .open(&bytes, &intake, &unwatched)
        .map(|_| ())
        .and_then(|()| session.export(format, &trace, &export, &unwatched))
        .map_err(|e| format!("{}: {}", files.input.display(), explain(&e)))?;
    write(&files.output, &written)?;
    if said.report {
        let report = report(&mut session, &trace)
            .map_err(|e| format!("{}: {}", files.input.display(), explain(&e)))?;
        println!("{report}");
    }
    Ok(())
}

/// How good the trace is, and how much there is of it.
fn report(session: &mut Session, trace: &TraceOptions) -> logopress::Result<serde_json::Value> {
    let fidelity = session.fidelity(trace, &unwatched)?;
    let artwork = session.artwork(trace, &unwatched)?;
    Ok(serde_json::json!({
        "meanPx": fidelity.mean_px,
        "p95Px": fidelity.p95_px,
        "maxPx": fidelity.max_px,
        "widthPx": fidelity.width_px,
        "heightPx": fidelity.height_px,
        "inks": artwork.inks.len(),
        "shapes": artwork.shapes.len(),
        "segments": artwork.segments(),
    }))
}
