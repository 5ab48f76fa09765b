//! The same files give the same bytes: whatever the number of threads, the order in which the files
//! were made, the language, the time zone, the width of the terminal, the user and the folder.
//!
//! `cargo test --test all determinism -- --ignored` looks a hundred times.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::folder::Folder;
use statewright::{diagrams, report};

/// Everything that came out of all commands, by what made it.
type Outputs = BTreeMap<String, Vec<u8>>;

const LOCALES: &[&str] = &["C", "en_US.UTF-8", "tr_TR.UTF-8", "de_DE", "ja_JP.eucJP"];
const ZONES: &[&str] = &["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"];
const COLUMNS: &[&str] = &["80", "20", "400", "0"];
const JOBS: &[&str] = &["1", "2", "8", "0"];

/// Everything around the program that is no file of its.
struct Surroundings {
    number: usize,
}

impl Surroundings {
    fn pick<'a>(&self, from: &[&'a str]) -> &'a str {
        from[self.number % from.len()]
    }

    fn apply(&self, command: &mut Command, home: &Path) {
        command
            .env("LC_ALL", self.pick(LOCALES))
            .env("LANG", self.pick(LOCALES))
            .env("LANGUAGE", self.pick(LOCALES))
            .env("TZ", self.pick(ZONES))
            .env("COLUMNS", self.pick(COLUMNS))
            .env("LINES", self.pick(COLUMNS))
            .env("HOME", home.join(self.number.to_string()))
            .env("USER", format!("user-{}", self.number))
            .env("TMPDIR", home);
    }

    /// The same items in an order of this number's own.
    fn shuffled<T: Clone>(&self, items: &[T]) -> Vec<T> {
        // Numerical Recipes' generator: any would do.
        let mut state = self.number as u64;
        let mut left = items.to_vec();
        let mut shuffled = Vec::new();
        while !left.is_empty() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) % (1 << 32);
            shuffled.push(left.swap_remove(state as usize % left.len()));
        }
        shuffled
    }
}

/// Workflow files with and without mistakes: every example, and some of them cut short or misspelt,
/// whose identifiers are then there several times.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (number, source) in crate::common::examples().iter().enumerate() {
        let (name, text) = (source.name(), source.text());
        let stem = Path::new(name).file_name().expect("a file");
        let stem = stem.to_string_lossy();
        let folder = if name.contains("/toml/") {
            "toml"
        } else {
            "all"
        };
        files.push((format!("{folder}/{stem}"), text.to_owned()));
        if number % 4 != 0 {
            continue;
        }
        let half = text.len() / 2;
        let half = (0..=half).rev().find(|at| text.is_char_boundary(*at));
        files.push((
            format!("cut/{number}/{stem}"),
            text[..half.unwrap_or(0)].to_owned(),
        ));
        files.push((
            format!("typo/{number}/{stem}"),
            text.replace("to: ", "to: X"),
        ));
    }
    files.push((
        "config/statewright.toml".into(),
        "[levels]\nwarnings = \"deny\"\n".into(),
    ));
    let plain = "workflow: plain\nstart: A\nstates: { A: { category: open }, B: { category: open } }\n\
                 transitions: [{ from: A, to: B }]\n";
    files.push(("config/plain.workflow.yaml".into(), plain.into()));
    files
}

/// What all commands make of the same files in these surroundings.
fn outputs(surroundings: &Surroundings) -> Outputs {
    let folder = Folder::new();
    // As deep as the number says, so that no two are in the same place.
    let here = "x".repeat(1 + surroundings.number % 7);
    for (name, text) in surroundings.shuffled(&files()) {
        folder.write(&format!("{here}/in/{name}"), &text);
    }
    let cwd = folder.0.join(&here);
    let mut outputs = Outputs::new();
    let mut run = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        surroundings.apply(&mut command, &folder.0);
        let ran = command.current_dir(&cwd).stdin(Stdio::null()).output();
        let ran = ran.expect("it starts");
        let name = arguments.join(" ");
        assert!(ran.status.code().is_some_and(|code| code <= 1), "{name}");
        outputs.insert(format!("{name}: out"), ran.stdout);
        outputs.insert(format!("{name}: err"), ran.stderr);
    };
    let jobs = format!("-j{}", surroundings.pick(JOBS));
    for format in report::ALL {
        run(&["check", "in", "--verbose", "--format", format.name, &jobs]);
    }
    run(&["check", "in", "--fix", "--diff", &jobs]);
    run(&["check", "in", "--add-allows", "--diff", &jobs]);
    run(&["check", "in", "--write-baseline=baseline.toml", &jobs]);
    run(&["fmt", "in", "--diff", &jobs]);
    run(&["why", "Closed", "in", &jobs]);
    run(&[
        "build",
        "in/all",
        "--target",
        "all",
        "--out",
        "out/build",
        &jobs,
    ]);
    let requests = [
        "build",
        "in/all",
        "--target",
        "all:requests",
        "--as",
        "curl",
    ];
    run(&[&requests[..], &["--out", "out/requests", &jobs]].concat());
    for notation in diagrams::ALL {
        // Pictures in pixels take this long to paint without optimisation that two must do.
        let drawn: &[&str] = match notation.encode {
            Some(_) => &["in/all/hardware-repair.workflow.yaml", "in/config"],
            None => &["in"],
        };
        let out = format!("out/{}", notation.name);
        let draw = ["--notation", notation.name, "--out", &out, &jobs];
        run(&[&["diagram"], drawn, &draw[..]].concat());
    }
    for arguments in [
        &["list", "targets", "--losses"][..],
        &["explain"],
        &["schema"],
        &["completions", "bash"],
        &["man"],
    ] {
        run(arguments);
    }
    collect(&cwd.join("out"), "out", &mut outputs);
    let baseline = fs::read(cwd.join("baseline.toml")).expect("it was written");
    outputs.insert("baseline.toml".into(), baseline);
    // The number of threads is all in which the names of runs differ.
    outputs
        .into_iter()
        .map(|(name, bytes)| (name.replace(&format!(" {jobs}"), ""), bytes))
        .collect()
}

fn collect(folder: &Path, name: &str, outputs: &mut Outputs) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().expect("a name").to_string_lossy();
        let name = format!("{name}/{file}");
        match path.is_dir() {
            true => collect(&path, &name, outputs),
            false => {
                outputs.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
}

fn assert_same(numbers: Range<usize>) {
    let first = outputs(&Surroundings { number: 0 });
    // Reports, a build and pictures are really among them.
    assert!(first.len() > 100, "{:?}", first.keys());
    assert!(first.values().filter(|bytes| bytes.len() > 1000).count() > 50);
    let compare = |number: usize| {
        let other = outputs(&Surroundings { number });
        let names = |outputs: &Outputs| outputs.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&first), names(&other), "run {number}");
        for (name, bytes) in &first {
            assert!(
                *bytes == other[name],
                "run {number}: {name}\n--- first\n{}\n--- then\n{}",
                String::from_utf8_lossy(bytes),
                String::from_utf8_lossy(&other[name])
            );
        }
    };
    // Two at a time, which also keeps the threads of each busy.
    let numbers: Vec<usize> = numbers.collect();
    for pair in numbers.chunks(2) {
        std::thread::scope(|scope| {
            for number in pair {
                scope.spawn(|| compare(*number));
            }
        });
    }
}

#[test]
fn the_same_files_give_the_same_bytes() {
    assert_same(1..3);
}

#[test]
#[ignore = "minutes long: a hundred times the same"]
fn the_same_files_give_the_same_bytes_a_hundred_times() {
    assert_same(1..100);
}
