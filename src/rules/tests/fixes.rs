//! What `--fix` makes of a file, and where it leaves a report without a fix.

use super::reading::{Reading, read};
use super::{NEW_TO_CLOSED, workflow};
use crate::diagnostic::Diagnostic;

const GOOD: &[&str] = &["go: New -> Work", "end: Work -> Closed"];

/// The only report of a code.
fn only(reading: &Reading, code: &str) -> Diagnostic {
    let reports = reading.reports(&[]);
    let mut of_code = reports.into_iter().filter(|d| d.code.name == code);
    let found = of_code.next().unwrap_or_else(|| panic!("no {code}"));
    assert!(of_code.next().is_none(), "{code} twice");
    found
}

/// The text with the fix of the only report of a code.
fn fixed(yaml: &str, code: &str) -> String {
    let reading = read(yaml);
    reading.fixed(&only(&reading, code))
}

#[test]
fn the_second_of_two_starts_goes() {
    let yaml = workflow("[Work, New, New]", NEW_TO_CLOSED, GOOD, "");
    let expected = yaml.replace("[Work, New, New]", "[Work, New]");
    assert_eq!(fixed(&yaml, "duplicate-transitions"), expected);
}

/// The two may be the whole list, or be maps that say more than their states.
#[test]
fn of_starts_with_words_of_their_own_somebody_has_to_choose() {
    let maps = "[{ to: New, name: Create }, New, { to: New, name: Create }]";
    let reading = read(&workflow(maps, NEW_TO_CLOSED, GOOD, ""));
    assert!(only(&reading, "duplicate-transitions").fix.is_none());
}

#[test]
fn a_state_written_twice_under_from_goes_once() {
    let ways = |end: &str| workflow("New", NEW_TO_CLOSED, &["go: New -> Work", end], "");
    let twice = ways("end: [Work, New, Work] -> Closed");
    let expected = ways("end: [Work, New] -> Closed");
    assert_eq!(fixed(&twice, "duplicate-transitions"), expected);
    let again = |end: &str| {
        let moves = ["go: New -> Work", "end: Work -> Closed", end];
        workflow("New", NEW_TO_CLOSED, &moves, "")
    };
    let twice = again("end: [New, Work] -> Closed");
    let expected = again("end: [New] -> Closed");
    assert_eq!(fixed(&twice, "duplicate-transitions"), expected);
}

#[test]
fn a_state_that_the_star_covers_goes() {
    let states = &["New open", "Work open", "Closed closed"];
    let with = |end: &str| {
        let moves = ["go: New -> Work", "end: \"*\" -> Closed", end];
        workflow("New", states, &moves, "")
    };
    let covered = with("end: [Work, Closed] -> Closed");
    let expected = with("end: [Closed] -> Closed");
    assert_eq!(fixed(&covered, "redundant-transitions"), expected);
}

/// Of an open state somebody may have meant that work is done there; of a pause nobody does.
#[test]
fn a_dead_end_may_have_been_meant_as_the_end() {
    let dead_end = |category: &str| {
        let done = format!("Done {category}");
        let states = ["New open", &done, "Closed closed"];
        workflow(
            "New",
            &states,
            &["go: New -> Done", "end: New -> Closed"],
            "",
        )
    };
    let reading = read(&dead_end("open"));
    let report = only(&reading, "dead-ends");
    assert_eq!(reading.fixed(&report), dead_end("closed"));
    assert!(!report.fix.is_some_and(|fix| fix.safe));
    let reading = read(&dead_end("waiting"));
    assert!(only(&reading, "dead-ends").fix.is_none());
}
