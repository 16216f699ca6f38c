//! `logopress batch`, run as pipelines run it: a line of JSON per file, run again, cut short, on
//! several processes at once.
#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const LOGOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/logos");

/// A folder of this test's own with two logos, one in a folder of its own, and a letter.
fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch").join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(dir.join("in/birds")).unwrap();
    std::fs::copy(format!("{LOGOS}/heron.png"), dir.join("in/birds/heron.png")).unwrap();
    std::fs::copy(format!("{LOGOS}/loom.jpg"), dir.join("in/loom.v2.jpg")).unwrap();
    std::fs::write(dir.join("in/letter.png"), "Dear sir, please find our logo attached.").unwrap();
    dir
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_logopress"));
    command.arg("batch").args(args).current_dir(dir);
    command
}

/// The lines of a run, by file.
fn lines(output: &Output) -> Vec<Value> {
    let mut lines: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    lines.sort_by_key(|line| line["file"].as_str().unwrap().to_owned());
    lines
}

fn statuses(output: &Output) -> Vec<String> {
    lines(output).iter().map(|line| line["status"].as_str().unwrap().into()).collect()
}

const ALL: [&str; 3] = ["in/birds/heron.png", "in/letter.png", "in/loom.v2.jpg"];

#[test]
fn each_file_has_a_line_and_its_outputs_are_those_of_trace() {
    let dir = scratch("lines");
    let run = command(&dir, &ALL).args(["-o", "out", "--formats", "svg,pdf"]).output().unwrap();
    assert_eq!(run.status.code(), Some(1), "one file is bad");
    assert_eq!(statuses(&run), ["done", "failed", "done"]);
    let lines = lines(&run);
    assert_eq!(lines[1]["error"]["code"], "unknown-format");
    assert!(lines[1]["error"]["advice"].as_str().unwrap().len() > 5);
    assert_eq!(lines[0]["outputs"][1], "out/in/birds/heron.pdf");
    assert_eq!(lines[2]["outputs"][0], "out/in/loom.v2.svg");
    assert!(lines[0]["inks"].as_array().unwrap().contains(&"#0f4c5c".into()));

    let one = Command::new(env!("CARGO_BIN_EXE_logopress"))
        .args(["trace", "in/birds/heron.png", "-o", "one.svg"])
        .current_dir(&dir)
        .status()
        .unwrap();
    assert!(one.success());
    let read = |name: &str| std::fs::read(dir.join(name)).unwrap();
    assert_eq!(read("one.svg"), read("out/in/birds/heron.svg"));
}

#[test]
fn what_is_done_is_skipped_and_what_has_changed_is_not() {
    let dir = scratch("again");
    let run = |extra: &[&str]| {
        let run = command(&dir, &ALL).args(["-o", "out"]).args(extra).output().unwrap();
        statuses(&run)
    };
    assert_eq!(run(&[]), ["done", "failed", "done"]);
    assert_eq!(run(&[]), ["skipped", "failed", "skipped"]);
    assert_eq!(run(&["--min-area-px2", "9"]), ["done", "failed", "done"], "other options");
    std::fs::remove_file(dir.join("out/in/loom.v2.svg")).unwrap();
    assert_eq!(run(&["--min-area-px2", "9"]), ["skipped", "failed", "done"], "an output is gone");
    std::fs::write(dir.join("out/in/birds/heron.batch.json"), "{\"file\":").unwrap();
    assert_eq!(run(&["--min-area-px2", "9"]), ["done", "failed", "skipped"], "a report cut short");
    std::fs::copy(format!("{LOGOS}/heron.png"), dir.join("in/letter.png")).unwrap();
    assert_eq!(run(&["--min-area-px2", "9"]), ["skipped", "done", "skipped"], "another file");
}

#[test]
fn names_come_from_standard_input() {
    let dir = scratch("stdin");
    let mut child = command(&dir, &["-o", "out"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(ALL.join("\n").as_bytes()).unwrap();
    assert_eq!(statuses(&child.wait_with_output().unwrap()), ["done", "failed", "done"]);
}

#[test]
fn two_files_never_share_a_place_and_none_leaves_the_folder() {
    let dir = scratch("places");
    std::fs::copy(format!("{LOGOS}/heron.png"), dir.join("in/loom.v2.png")).unwrap();
    let files = ["in/loom.v2.jpg", "in/loom.v2.png", "in/../in/birds/heron.png"];
    let run = command(&dir, &files).args(["-o", "out"]).output().unwrap();
    let lines = lines(&run);
    assert_eq!(lines[1]["status"], "done", "{lines:?}");
    assert_eq!(lines[2]["error"]["code"], "files");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(&dir).unwrap() {
        found.insert(entry.unwrap().file_name().into_string().unwrap());
    }
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["in", "out"]);
}

#[test]
fn a_run_that_is_killed_is_taken_up_again() {
    let dir = scratch("killed");
    let files: Vec<_> = (0..6).map(|i| format!("in/{i}.png")).collect();
    for file in &files {
        std::fs::copy(format!("{LOGOS}/heron.png"), dir.join(file)).unwrap();
    }
    let names: Vec<_> = files.iter().map(String::as_str).collect();
    let mut child = command(&dir, &names)
        .args(["-o", "out"])
        .env("RAYON_NUM_THREADS", "1")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while !dir.join("out/in/1.batch.json").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
        assert!(child.try_wait().unwrap().is_none() || dir.join("out/in/1.batch.json").exists());
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let run = command(&dir, &names).args(["-o", "out"]).output().unwrap();
    let statuses = statuses(&run);
    assert!(
        statuses.len() == 6 && statuses[0] == "skipped" && statuses[1] == "skipped",
        "{statuses:?}"
    );
    let first = std::fs::read(dir.join("out/in/0.svg")).unwrap();
    for i in 1..6 {
        assert_eq!(std::fs::read(dir.join(format!("out/in/{i}.svg"))).unwrap(), first);
    }
}

#[test]
fn a_limit_is_a_number_of_seconds() {
    let dir = scratch("limit");
    let run = command(&dir, &ALL).args(["-o", "out", "--limit-s", "0"]).output().unwrap();
    assert!(String::from_utf8_lossy(&run.stderr).contains("--limit-s"));
    assert_eq!(run.status.code(), Some(1));
}
