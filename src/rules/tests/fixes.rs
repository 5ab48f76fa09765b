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

/// Whether work is done there, nobody but the author knows.
#[test]
fn no_category_is_closed_by_a_fix() {
    let go = &["go: New -> Done"];
    let dead_end = workflow(
        "New",
        &["New open", "Done open", "Closed closed"],
        &["go: New -> Done", "end: New -> Closed"],
        "",
    );
    let unclosed = workflow("New", &["New open", "Done open"], go, "");
    for (yaml, code) in [(dead_end, "dead-ends"), (unclosed, "unclosed-workflows")] {
        assert!(only(&read(&yaml), code).fix.is_none(), "{code}");
    }
}
