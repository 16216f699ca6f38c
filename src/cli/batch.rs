//! `logopress batch [FILE ...] -o DIR`: a filter over files. It says what became of each in a line
//! of JSON, on standard output and beside the files it wrote; run again, it does only what is not
//! done yet. That is all that other programs need to spread it over machines.

use std::collections::BTreeMap;
use std::io::{BufRead as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use lexopt::{Arg, ValueExt};
use logopress::options::{Options, Value as _};
use logopress::{Error, ExportOptions, Format, IntakeOptions, Session, Stage, TraceOptions, par};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Message, help, read, set, value, write};

const USAGE: &str = "\
Usage: logopress batch [FILE ...] -o DIR [OPTION ...]

Traces every FILE; without any, those named on standard input, one a line. A file's outputs keep
its folders under DIR. What became of it is said in a line of JSON, also in DIR beside its outputs;
what is done and unchanged is skipped. RAYON_NUM_THREADS is the number of files at a time.

  --formats              The files to make of each. (svg,pdf,…; default svg)
  --limit-s              Longest time that a file may take, in seconds. (default 60)";

/// What to do with every file.
struct Plan {
    folder: PathBuf,
    formats: Vec<Format>,
    limit: Duration,
    intake: IntakeOptions,
    trace: TraceOptions,
    export: ExportOptions,
}

/// What became of a file: the line of JSON.
#[derive(Serialize, Deserialize)]
struct Line {
    file: String,
    status: Status,
    /// Names the file's bytes, the options and this version; the same key makes the same outputs.
    key: String,
    outputs: Vec<PathBuf>,
    inks: Vec<String>,
    took_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Fault>,
}

#[derive(Serialize, Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Status {
    Done,
    Skipped,
    Failed,
}

#[derive(Serialize, Deserialize)]
struct Fault {
    code: String,
    message: String,
    advice: String,
}

pub fn run(args: &mut lexopt::Parser) -> Result<(), Message> {
    let Some((plan, files)) = plan(args)? else { return Ok(()) };
    let places = places(&files);
    let failed = AtomicUsize::new(0);
    let written = par::map(files.len(), |i| {
        let line = plan.handle(&files[i], &places[i]);
        if line.status == Status::Failed {
            failed.fetch_add(1, Ordering::Relaxed);
        }
        // One write, so that lines of several threads do not mix.
        let text = serde_json::to_string(&line).map_err(|e| e.to_string())? + "\n";
        std::io::stdout()
            .write_all(text.as_bytes())
            .map_err(|e| format!("cannot say what is done: {e}"))
    });
    written.into_iter().collect::<Result<(), _>>()?;
    match failed.into_inner() {
        0 => Ok(()),
        failed => Err(format!("{failed} of {} files failed; their lines say why.", files.len())),
    }
}

/// Reads the arguments; `None` if help was asked for and printed.
fn plan(args: &mut lexopt::Parser) -> Result<Option<(Plan, Vec<PathBuf>)>, Message> {
    let (mut files, mut folder) = (Vec::new(), None);
    let (mut formats, mut limit) = (vec![Format::Svg], Duration::from_mins(1));
    let (mut intake, mut trace) = (IntakeOptions::default(), TraceOptions::default());
    let mut export = ExportOptions::default();
    let mut groups: Vec<&mut dyn Options> = vec![&mut intake, &mut trace];
    groups.extend(export.groups().map(|(_, group)| group));
    while let Some(arg) = args.next().map_err(|e| e.to_string())? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => {
                print!("{USAGE}\n{}", help(&groups));
                return Ok(None);
            }
            Arg::Short('o') | Arg::Long("output") => folder = Some(PathBuf::from(value(args)?)),
            Arg::Long("formats") => {
                let text = value(args)?.string().map_err(|e| e.to_string())?;
                let known = |name| {
                    Format::parse(name)
                        .map_err(|all| format!("{name}: no such format; there are {all}"))
                };
                formats = text.split(',').map(known).collect::<Result<_, _>>()?;
            }
            Arg::Long("limit-s") => {
                let text = value(args)?.string().map_err(|e| e.to_string())?;
                let seconds = text.parse().ok().filter(|s| (1..=86_400).contains(s));
                limit = Duration::from_secs(
                    seconds.ok_or("--limit-s is a whole number from 1 to 86400.")?,
                );
            }
            Arg::Long(name) => {
                let name = name.replace('-', "_");
                set(&mut groups, &name, args)?;
            }
            Arg::Value(path) => files.push(path.into()),
            other @ Arg::Short(_) => return Err(other.unexpected().to_string()),
        }
    }
    let folder = folder.ok_or_else(|| format!("no output folder (-o DIR). {USAGE}"))?;
    if files.is_empty() {
        let lines: Result<Vec<_>, _> = std::io::stdin().lock().lines().collect();
        let lines = lines.map_err(|e| format!("cannot read names from standard input: {e}"))?;
        files = lines.into_iter().filter(|line| !line.is_empty()).map(PathBuf::from).collect();
    }
    Ok(Some((Plan { folder, formats, limit, intake, trace, export }, files)))
}

/// Where each file's outputs go under the folder, without a suffix. A file that would overwrite the
/// outputs of one before it has no place.
fn places(files: &[PathBuf]) -> Vec<Result<PathBuf, Message>> {
    let mut taken = BTreeMap::new();
    let place = |file: &PathBuf| {
        let place = within(file).with_extension("");
        match taken.insert(place.clone(), file.clone()) {
            Some(other) if other != *file => {
                Err(format!("{} has the same place as {}.", file.display(), other.display()))
            }
            _ => Ok(place),
        }
    };
    files.iter().map(place).collect()
}

/// A path without what leads out of a folder.
fn within(path: &Path) -> PathBuf {
    path.components().filter(|part| matches!(part, Component::Normal(_))).collect()
}

impl Plan {
    /// Does what is not done yet, and says what there is to say.
    fn handle(&self, file: &Path, place: &Result<PathBuf, Message>) -> Line {
        let start = Instant::now();
        let mut line = Line {
            file: file.display().to_string(),
            status: Status::Done,
            key: String::new(),
            outputs: Vec::new(),
            inks: Vec::new(),
            took_ms: 0,
            error: None,
        };
        let place = place.as_ref().map_err(|message| Fault::of_files(message.clone()));
        let made = place.and_then(|place| self.make(file, place, start, &mut line));
        if let Err(fault) = made {
            line.status = Status::Failed;
            line.outputs.clear();
            line.error = Some(fault);
        }
        line.took_ms = start.elapsed().as_millis() as u64;
        line
    }

    fn make(
        &self,
        file: &Path,
        place: &Path,
        start: Instant,
        line: &mut Line,
    ) -> Result<(), Fault> {
        let path = |format: &Format| self.output(place, format.suffix());
        line.outputs = self.formats.iter().map(path).collect();
        let bytes = read(file).map_err(Fault::of_files)?;
        line.key = self.key(&bytes);
        let report = self.output(place, "batch.json");
        // No report, or one that was cut short: it is done again.
        let earlier =
            std::fs::read(&report).ok().and_then(|text| serde_json::from_slice::<Line>(&text).ok());
        if let Some(earlier) = earlier
            && earlier.key == line.key
            && line.outputs.iter().all(|output| output.is_file())
        {
            line.status = Status::Skipped;
            line.inks = earlier.inks;
            return Ok(());
        }
        let limit_s = self.limit.as_secs_f64();
        let watch = |stage: Stage, _: f32| {
            if start.elapsed() > self.limit {
                Err(Error::TimedOut { stage, limit_s })
            } else {
                Ok(())
            }
        };
        let mut session = Session::new();
        session.open(&bytes, &self.intake, &watch)?;
        let artwork = session.artwork(&self.trace, &watch)?;
        line.inks = artwork.inks.iter().map(|ink| ink.rgb.to_string()).collect();
        for (&format, output) in self.formats.iter().zip(&line.outputs) {
            let made = session.export(format, &self.trace, &self.export, &watch)?;
            put(output, &made).map_err(Fault::of_files)?;
        }
        line.took_ms = start.elapsed().as_millis() as u64;
        let text = serde_json::to_vec(line).map_err(|e| Fault::of_files(e.to_string()))?;
        put(&report, &text).map_err(Fault::of_files)
    }

    /// `DIR/place.suffix`, whatever dots the name has.
    fn output(&self, place: &Path, suffix: &str) -> PathBuf {
        let mut path = self.folder.join(place).into_os_string();
        path.push(".");
        path.push(suffix);
        path.into()
    }

    fn key(&self, bytes: &[u8]) -> String {
        let formats: Vec<_> = self.formats.iter().map(|format| format.suffix()).collect();
        let options = serde_json::to_string(&(&self.intake, &self.trace, &self.export, formats));
        let mut hasher = Sha256::new();
        hasher.update(env!("CARGO_PKG_VERSION"));
        hasher.update(options.unwrap_or_default());
        hasher.update(bytes);
        hasher.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }
}

impl Fault {
    fn of_files(message: Message) -> Self {
        let advice = "Check the file and its folder, then run the same command again.";
        Self { code: "files".into(), message, advice: advice.into() }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self { code: error.code().into(), message: error.to_string(), advice: error.advice() }
    }
}

/// Writes a file whole or not at all, and the folders on the way to it.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Message> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Of this process's own: another one may be at the same file.
    let part = folder.join(format!(".{name}.{}.part", std::process::id()));
    write(&part, bytes)?;
    std::fs::rename(&part, path).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
