//! `logopress trace IN -o OUT.svg`

use logopress::{Session, SvgOptions, TraceOptions, unwatched};

use super::{Message, explain, files_and_options, read, write};

const USAGE: &str = "Usage: logopress trace IN -o OUT.svg [OPTION ...]";

pub fn run(args: &mut lexopt::Parser) -> Result<(), Message> {
    let (mut trace, mut svg) = (TraceOptions::default(), SvgOptions::default());
    let Some(files) = files_and_options(args, USAGE, &mut [&mut trace, &mut svg])? else {
        return Ok(());
    };
    let bytes = read(&files.input)?;
    let mut session = Session::new();
    let written = session
        .open(&bytes, &unwatched)
        .map(|_| ())
        .and_then(|()| session.svg(&trace, &svg, &unwatched))
        .map_err(|e| format!("{}: {}", files.input.display(), explain(&e)))?;
    write(&files.output, written.as_bytes())
}
