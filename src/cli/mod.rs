//! Commands and their arguments. Each command is a file; what options there are comes from the
//! library's own lists.

mod batch;
mod check;
mod kit;
mod separate;
mod trace;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lexopt::{Arg, ValueExt};
use logopress::Error;
use logopress::options::{Kind, Options};

/// A message for stderr, on one line.
pub type Message = String;

const USAGE: &str = "\
Logopress turns one logo into every file a brand needs.

Usage: logopress trace IN -o OUT.svg [OPTION ...]
       logopress separate IN -o OUT.pdf [OPTION ...]
       logopress kit IN -o OUT.zip --name NAME [OPTION ...]
       logopress batch [FILE ...] -o DIR [OPTION ...]
       logopress check DIR|ZIP [--json]
       logopress COMMAND --help
       logopress --version";

/// Runs the command that the process's arguments name.
pub fn run() -> Result<(), Message> {
    let mut args = lexopt::Parser::from_env();
    match args.next().map_err(|e| e.to_string())? {
        Some(Arg::Value(command)) => match command.to_str() {
            Some("trace") => trace::run(&mut args),
            Some("separate") => separate::run(&mut args),
            Some("batch") => batch::run(&mut args),
            Some("kit") => kit::run(&mut args),
            Some("check") => check::run(&mut args),
            _ => Err(format!("there is no command {}. See logopress --help.", command.display())),
        },
        Some(Arg::Long("version" | "v") | Arg::Short('V')) => {
            println!("logopress {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        None | Some(Arg::Long("help") | Arg::Short('h')) => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(other.unexpected().to_string()),
    }
}

/// The files that a command reads and writes.
struct Files {
    input: PathBuf,
    output: PathBuf,
}

/// Reads `IN -o OUT` and any options of `groups`; `None` if help was asked for and printed.
fn files_and_options(
    args: &mut lexopt::Parser,
    usage: &str,
    groups: &mut [&mut dyn Options],
) -> Result<Option<Files>, Message> {
    let (mut input, mut output) = (None, None);
    while let Some(arg) = args.next().map_err(|e| e.to_string())? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => {
                print!("{usage}\n{}", help(groups));
                return Ok(None);
            }
            Arg::Short('o') | Arg::Long("output") => output = Some(value(args)?.into()),
            Arg::Long(name) => {
                let name = name.replace('-', "_");
                set(groups, &name, args)?;
            }
            Arg::Value(path) if input.is_none() => input = Some(path.into()),
            other => return Err(other.unexpected().to_string()),
        }
    }
    let input = input.ok_or_else(|| format!("no input file. {usage}"))?;
    let output = output.ok_or_else(|| format!("no output file (-o OUT). {usage}"))?;
    Ok(Some(Files { input, output }))
}

fn value(args: &mut lexopt::Parser) -> Result<std::ffi::OsString, Message> {
    args.value().map_err(|e| e.to_string())
}

fn set(
    groups: &mut [&mut dyn Options],
    name: &str,
    args: &mut lexopt::Parser,
) -> Result<(), Message> {
    for group in groups {
        let Some(spec) = group.own_specs().into_iter().find(|spec| spec.name == name) else {
            continue;
        };
        let text = if spec.kind == Kind::Flag {
            // A flag may stand alone or carry a value: `--flag`, `--flag=off`.
            args.optional_value().map_or(Ok(String::new()), ValueExt::string)
        } else {
            value(args)?.string()
        };
        let text = text.map_err(|e| e.to_string())?;
        return group.set(name, &text).map_err(|e| explain(&e));
    }
    Err(explain(&Error::UnknownOption { name: name.replace('_', "-") }))
}

fn help(groups: &[&mut dyn Options]) -> String {
    let mut out = String::from("\nOptions:\n");
    for spec in groups.iter().flat_map(|group| group.own_specs()) {
        let range = match &spec.kind {
            Kind::Number { min, max, .. } => format!("{min} to {max}"),
            Kind::Flag => "on, off".into(),
            Kind::Choice { choices } => {
                choices.iter().map(|c| c.value).collect::<Vec<_>>().join(", ")
            }
            Kind::Text => "text".into(),
            Kind::Color => "#rrggbb".into(),
            Kind::Colors => "#rrggbb,…".into(),
        };
        let default = if spec.default.is_empty() { "none" } else { &spec.default };
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            out,
            "  --{:<20} {} ({range}; default {default})",
            spec.name.replace('_', "-"),
            spec.doc
        );
    }
    out
}

/// An error on one line: what is wrong, then what to do.
fn explain(error: &Error) -> Message {
    format!("{error} {}", error.advice())
}

fn read(path: &Path) -> Result<Vec<u8>, Message> {
    std::fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Message> {
    std::fs::write(path, bytes).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
