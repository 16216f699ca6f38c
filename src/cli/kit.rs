//! `logopress kit IN -o OUT.zip --name NAME`

use logopress::{IntakeOptions, KitOptions, Session, TraceOptions, unwatched};

use super::{Message, explain, files_and_options, read, write};

const USAGE: &str = "Usage: logopress kit IN -o OUT.zip --name NAME [OPTION ...]";

pub fn run(args: &mut lexopt::Parser) -> Result<(), Message> {
    let mut intake = IntakeOptions::default();
    let (mut trace, mut options) = (TraceOptions::default(), KitOptions::default());
    let Some(files) = files_and_options(args, USAGE, &mut [&mut options, &mut intake, &mut trace])?
    else {
        return Ok(());
    };
    let bytes = read(&files.input)?;
    let mut session = Session::new();
    let (zip, kit) = session
        .open(&bytes, &intake, &unwatched)
        .map(|_| ())
        .and_then(|()| session.kit(&trace, &options, &unwatched))
        .and_then(|kit| Ok((kit.zip(&unwatched)?, kit)))
        .map_err(|e| format!("{}: {}", files.input.display(), explain(&e)))?;
    for warning in kit.warnings() {
        eprintln!("logopress: {}", warning.text);
    }
    write(&files.output, &zip)
}
