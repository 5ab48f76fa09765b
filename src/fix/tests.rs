use super::*;
use crate::diagnostic::{Code, Level};
use crate::source::{SourceId, Syntax};

static CODE: Code = Code {
    name: "misspelt",
    group: Group::Text,
    level: Level::Warn,
    summary: "",
    page: "",
};

fn source(text: &str) -> Source {
    Source::new(SourceId(0), "x.yaml", Syntax::Yaml, text)
}

/// Reports every place of `old`, with `new` as its fix.
fn find(source: &Source, old: &str, new: &str) -> Vec<Diagnostic> {
    let places = source.text().match_indices(old);
    places
        .map(|(at, _)| {
            let span = source.at(at..at + old.len());
            Diagnostic::new(&CODE, "", span, "").fix(span, new)
        })
        .collect()
}

#[test]
fn fixes_that_touch_wait_for_the_next_round() {
    let fixed = apply(&source("aaa b a"), Wanted::Safe, |s| find(s, "a", "c"));
    assert_eq!((fixed.source.text(), fixed.count), ("ccc b c", 4));
    let pairs = apply(&source("abab"), Wanted::Safe, |s| find(s, "ab", "b"));
    assert_eq!((pairs.source.text(), pairs.count), ("bb", 2));
}

#[test]
fn fixes_that_never_end_are_left_after_a_while() {
    let other = |s: &Source| match s.text() {
        "a" => find(s, "a", "b"),
        _ => find(s, "b", "a"),
    };
    let fixed = apply(&source("a"), Wanted::Safe, other);
    assert_eq!(fixed.count, MOST_ROUNDS);
}

#[test]
fn only_what_is_wanted_is_fixed() {
    let compile = |s: &Source| {
        let mut found = find(s, "a", "b");
        found
            .iter_mut()
            .for_each(|d| d.fix.as_mut().unwrap().safe = false);
        found
    };
    assert_eq!(apply(&source("a"), Wanted::Safe, compile).count, 0);
    assert_eq!(apply(&source("a"), Wanted::All, compile).count, 1);
}

#[test]
fn edits_in_other_sources_or_over_each_other_are_not_done() {
    let here = source("abc");
    let edit = |from: usize, to: usize| Edit::new(here.at(from..to), "x");
    let fix = |edits: Vec<Edit>| edits_of(&here, edits);
    assert!(fix(vec![edit(0, 2), edit(1, 3)]).is_none());
    assert!(fix(vec![edit(2, 9)]).is_none());
    let other = Source::new(SourceId(1), "y.yaml", Syntax::Yaml, "abc");
    assert!(fix(vec![Edit::new(other.at(0..1), "x")]).is_none());
    assert_eq!(fix(vec![edit(1, 2), edit(1, 2)]).unwrap().len(), 1);
}

fn edits_of(source: &Source, list: Vec<Edit>) -> Option<Vec<Edit>> {
    edits(
        source,
        &Fix {
            safe: true,
            edits: list,
        },
    )
}

#[test]
fn new_lines_end_as_the_others_do() {
    let fixed = apply(&source("a: 1\r\nb\r\n"), Wanted::Safe, |s| {
        find(s, "1", "2\n#")
    });
    assert_eq!(fixed.source.text(), "a: 2\r\n#\r\nb\r\n");
}
