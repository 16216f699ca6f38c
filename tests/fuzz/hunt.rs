//! Runs a target on damaged inputs, all of them found again by their number.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::random::Random;

/// What is fed with inputs.
pub struct Target {
    /// Its name, and that of the folder of past finds.
    pub name: &'static str,
    /// How many inputs CI takes; the variable `FUZZ_RUNS` says otherwise.
    pub runs: usize,
    /// Longest that one may take.
    pub longest: Duration,
}

/// A good input and what it is.
pub type Seed = (String, Vec<u8>);

impl Target {
    /// Feeds `run` with past finds, then with damaged seeds; good or bad, an answer is all that is
    /// asked for. A panic, or one that takes too long, fails the test and leaves its input in
    /// `target/fuzz/`, from where it belongs among the finds.
    pub fn hunt(&self, seeds: &[Seed], run: impl Fn(&[u8], &mut Random) + Sync) {
        let finds = finds(self.name);
        for (number, bytes) in &finds {
            self.take(*number, "a past find", bytes, &run);
        }
        let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
        let runs = number("FUZZ_RUNS").unwrap_or(self.runs);
        // Where another run left off.
        let from = number("FUZZ_FROM").unwrap_or(0);
        let slowest = Mutex::new((Duration::ZERO, String::new()));
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            for thread in 0..threads {
                let (run, slowest) = (&run, &slowest);
                scope.spawn(move || {
                    for input in (from + thread..from + runs).step_by(threads) {
                        let (name, good) = &seeds[input % seeds.len()];
                        let mut bytes = good.clone();
                        Random::new(input as u64).damage(&mut bytes);
                        let took = self.take(input as u64, name, &bytes, run);
                        let mut slowest = slowest.lock().unwrap();
                        *slowest = slowest.clone().max((took, format!("{input} ({name})")));
                    }
                });
            }
        });
        let (took, which) = slowest.into_inner().unwrap();
        println!(
            "{}: {runs} inputs from {from}, {} finds; the slowest, {which}, took {took:?}.",
            self.name,
            finds.len()
        );
    }

    /// Feeds `run` with one input, and says how long it took.
    fn take(
        &self,
        number: u64,
        name: &str,
        bytes: &[u8],
        run: &impl Fn(&[u8], &mut Random),
    ) -> Duration {
        let since = Instant::now();
        let start = worked(since);
        // Other choices than those of the damage.
        let mut random = Random::new(!number >> 1);
        let answer = catch_unwind(AssertUnwindSafe(|| run(bytes, &mut random)));
        let took = worked(since).saturating_sub(start);
        let fault = match answer {
            Err(panic) => said(panic.as_ref()),
            Ok(()) if took > self.longest => format!("it took {took:?}"),
            Ok(()) => return took,
        };
        let kept = keep(self.name, number, bytes);
        panic!("{} {number} ({name}): {fault}; the input is {}", self.name, kept.display());
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Inputs that once did harm, each with the number that its options were drawn by.
fn finds(target: &str) -> Vec<(u64, Vec<u8>)> {
    let folder = root().join("tests/fixtures/finds").join(target);
    let Ok(listing) = folder.read_dir() else { return Vec::new() };
    let mut files: Vec<PathBuf> = listing.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let number = |file: &Path| file.file_name()?.to_str()?.split('-').next()?.parse().ok();
    files
        .iter()
        .map(|file| (number(file).expect("a number"), std::fs::read(file).unwrap()))
        .collect()
}

fn keep(target: &str, number: u64, bytes: &[u8]) -> PathBuf {
    let folder = root().join("target/fuzz").join(target);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{number}-find"));
    std::fs::write(&file, bytes).unwrap();
    file
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
    format!("it panicked: {}", text.unwrap_or_default())
}

/// Time that this thread has spent working, where the system tells; other programs take none of it.
fn worked(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.and_then(|told| told.split(' ').next()?.parse().ok());
    ns.map_or_else(|| since.elapsed(), Duration::from_nanos)
}
