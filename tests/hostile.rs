//! Hostile files, each through the real program: it ends, soon and in little memory, with one of
//! its documented exit codes and a report that a person can use.
//!
//! The cases are in a module for each theme; what comes of each is in a file of the theme's name,
//! `THEME.txt`: the exit code and everything that is said. `UPDATE=1 cargo test --test all hostile`
//! rewrites these files: read the difference before you commit it. `HOSTILE_COSTS=1
//! HOSTILE_PROGRAM=target/release/statewright cargo test --test all hostile -- --nocapture` makes them
//! twenty to thirty times as large, gives them to that program, and tells what each run has cost.
#![cfg(unix)]

mod config;
mod cut;
mod files;
mod json;
mod much;
mod names;
mod run;
mod text;
mod toml;
mod work;
mod yaml;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use run::Case;

/// Runs the cases of a theme and holds what came of them against its file.
fn holds(theme: &str, cases: Vec<Case>) {
    let mut found = String::new();
    let mut wrong = String::new();
    for case in cases {
        let name = &case.name;
        let _ = match run::run(theme, &case) {
            Ok(ran) => writeln!(found, "## {name}\nexit {}\n{}", ran.code, ran.said),
            Err(why) => writeln!(wrong, "{theme}, {name}: {why}"),
        };
    }
    if run::is_full() {
        return assert!(wrong.is_empty(), "{wrong}");
    }
    let path = crate::common::root().join(format!("tests/hostile/{theme}.txt"));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &found).expect("writable");
    }
    let expected = read(&path);
    let differs = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
    if found != expected {
        let _ = writeln!(wrong, "the first line that is another: {differs:#?}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn yaml_that_is_hostile() {
    holds("yaml", yaml::cases());
}

#[test]
fn toml_that_is_hostile() {
    holds("toml", toml::cases());
}

#[test]
fn json_that_is_hostile() {
    holds("json", json::cases());
}

#[test]
fn few_bytes_that_stand_for_much() {
    holds("much", much::cases());
}

#[test]
fn few_bytes_that_are_much_work() {
    holds("work", work::cases());
}

#[test]
fn bytes_that_are_hostile() {
    holds("text", text::cases());
}

#[test]
fn names_that_are_hostile() {
    holds("names", names::cases());
}

#[test]
fn file_systems_that_are_hostile() {
    holds("files", files::cases());
}

#[test]
fn configurations_that_are_hostile() {
    holds("config", config::cases());
}
