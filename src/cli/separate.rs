//! `logopress separate IN -o OUT.pdf`

use logopress::separate::output;
use logopress::{IntakeOptions, SeparateOptions, Session, TraceOptions, unwatched};

use super::{Message, explain, files_and_options, read, write};

const USAGE: &str = "Usage: logopress separate IN -o OUT.pdf [OPTION ...]
       logopress separate IN -o DIR [OPTION ...]";

pub fn run(args: &mut lexopt::Parser) -> Result<(), Message> {
    let (mut intake, mut trace) = (IntakeOptions::default(), TraceOptions::default());
    let mut options = SeparateOptions::default();
    let mut groups: [&mut dyn super::Group; 3] = [&mut options, &mut intake, &mut trace];
    let Some(files) = files_and_options(args, USAGE, &mut groups)? else {
        return Ok(());
    };
    let bytes = read(&files.input)?;
    let mut session = Session::new();
    let job = session
        .open(&bytes, &intake, &unwatched)
        .map(|_| ())
        .and_then(|()| session.separation(&trace, &options, &unwatched))
        .map_err(|e| format!("{}: {}", files.input.display(), explain(&e)))?;
    for warning in &job.warnings {
        eprintln!("logopress: {} {}", warning.message, warning.advice);
    }
    write(&files.output, &output::composite_pdf(&job, &options.job))
}
