//! `logopress trace IN -o OUT`, in the format that OUT's name ends in.

use logopress::options::Options;
use logopress::{ExportOptions, Format, IntakeOptions, Session, TraceOptions, unwatched};

use super::{Message, explain, files_and_options, read, write};

pub fn run(args: &mut lexopt::Parser) -> Result<(), Message> {
    let suffixes = Format::ALL.map(|(_, suffix)| suffix).join(",");
    let usage = format!("Usage: logopress trace IN -o OUT.{{{suffixes}}} [OPTION ...]");
    let mut intake = IntakeOptions::default();
    let (mut trace, mut export) = (TraceOptions::default(), ExportOptions::default());
    let mut groups: Vec<&mut dyn Options> = vec![&mut intake, &mut trace];
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
    write(&files.output, &written)
}
