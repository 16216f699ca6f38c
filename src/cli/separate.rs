//! `logopress separate IN -o OUT.pdf` for the composite, `-o DIR` for every file

use std::path::Path;

use logopress::options::Options;
use logopress::separate::output;
use logopress::{IntakeOptions, SeparateOptions, Session, TraceOptions, unwatched};

use super::{Message, explain, files_and_options, read, write};

const USAGE: &str = "Usage: logopress separate IN -o OUT.pdf [OPTION ...]
       logopress separate IN -o DIR [OPTION ...]";

pub fn run(args: &mut lexopt::Parser) -> Result<(), Message> {
    let (mut intake, mut trace) = (IntakeOptions::default(), TraceOptions::default());
    let mut options = SeparateOptions::default();
    let mut groups: [&mut dyn Options; 3] = [&mut options, &mut intake, &mut trace];
    let Some(files) = files_and_options(args, USAGE, &mut groups)? else {
        return Ok(());
    };
    let bytes = read(&files.input)?;
    let mut session = Session::new();
    let failed = |e| format!("{}: {}", files.input.display(), explain(&e));
    session.open(&bytes, &intake, &unwatched).map_err(failed)?;
    let job = session.separation(&trace, &options, &unwatched).map_err(failed)?;
    for warning in &job.warnings {
        eprintln!("logopress: {} {}", warning.message, warning.advice);
    }
    if files.output.extension().is_some_and(|suffix| suffix.eq_ignore_ascii_case("pdf")) {
        return write(&files.output, &output::composite_pdf(job));
    }
    let mut written = Ok(());
    let made = output::everything(job, &unwatched, |file| {
        if written.is_ok() {
            written = put(&files.output.join(&file.name), &file.bytes);
        }
        Ok(())
    });
    made.map_err(|e| explain(&e)).and(written)
}

/// Writes a file and the folders on the way to it.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Message> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    }
    write(path, bytes)
}
