use super::*;
use crate::diagnostic::{Code, Level, Stops};
use crate::source::{SourceId, Syntax};

static CODE: Code = Code {
    name: "misspelt",
    since: "0.1.0",
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
    assert_eq!((fixed.source.text(), fixed.done.len()), ("ccc b c", 4));
    let pairs = apply(&source("abab"), Wanted::Safe, |s| find(s, "ab", "b"));
    assert_eq!((pairs.source.text(), pairs.done.len()), ("bb", 2));
}

#[test]
fn fixes_that_never_end_are_left_after_a_while() {
    let other = |s: &Source| match s.text() {
        "a" => find(s, "a", "b"),
        _ => find(s, "b", "a"),
    };
    let fixed = apply(&source("a"), Wanted::Safe, other);
    assert_eq!(fixed.done.len(), MOST_ROUNDS);
}

static BROKEN: Code = Code {
    name: "broken",
    level: Level::Firm(Stops::Reading),
    ..CODE
};

/// What the round before left, twenty at most, as the parsers tell it.
fn broken(source: &Source) -> Vec<Diagnostic> {
    let mut found = find(source, "a", "b");
    found.truncate(20);
    for report in &mut found {
        report.code = &BROKEN;
        report.severity = Severity::Error;
        report.fix.as_mut().unwrap().safe = false;
    }
    found
}

#[test]
fn what_is_read_again_for_each_mistake_is_bounded() {
    let text = "a\n".repeat(120 * 1024);
    let read = std::cell::Cell::new(0);
    let fixed = apply(&source(&text), Wanted::All, |source| {
        let found = broken(source);
        read.set(read.get() + source.text().len() * (1 + found.len()));
        found
    });
    let each = text.len() * 21;
    assert!(fixed.done.len() >= 20, "{}", fixed.done.len());
    assert!(
        read.get() <= MOST_BROKEN_READING + 2 * each,
        "{}",
        read.get()
    );
}

#[test]
fn every_line_of_a_small_broken_text_is_mended() {
    let text = "a\n".repeat(400) + &"#".repeat(8 * 1024);
    let fixed = apply(&source(&text), Wanted::All, broken);
    assert_eq!(fixed.done.len(), 400);
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
    assert_eq!(apply(&source("a"), Wanted::Safe, compile).done.len(), 0);
    assert_eq!(apply(&source("a"), Wanted::All, compile).done.len(), 1);
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

const WORKFLOW: &str = "workflow: x\nstart: new\nstates:\n  New: { category: open }\n  Work: { category: open }\n  Done: { category: closed }\ntransitions:\n  - { from: New, to: work }\n  - { from: Work, to: Done }\n";

/// What is reported of a workflow, and a safe fix besides that puts `new` for the first `old`.
fn with_bad_fix(source: &Source, old: &str, new: &str) -> crate::Compilation {
    let mut known = crate::compile(source, &crate::Options::default());
    let found = find(source, old, new).into_iter().take(1);
    known.diagnostics.extend(found);
    known
}

/// The text after safe fixes, one of which puts `new` for `old`.
fn beside_a_bad_fix(old: &str, new: &str) -> Fixed<crate::Compilation> {
    apply(&source(WORKFLOW), Wanted::Safe, |s| {
        with_bad_fix(s, old, new)
    })
}

#[test]
fn a_safe_fix_that_changes_what_is_said_is_left_out_and_the_others_are_not() {
    let good = WORKFLOW
        .replace("start: new", "start: New")
        .replace("to: work", "to: Work");
    for (old, new) in [
        ("open", "waiting"),
        ("to: Done", "to: New"),
        ("from: New", "from: [New, Work]"),
        ("Done: {", "Done: { final: true,"),
        (
            "{ category: closed }",
            "{ category: closed, color: \"#ff0000\" }",
        ),
        ("  - { from: Work, to: Done }\n", ""),
        ("transitions:", "meta:"),
        ("states:", "states: &"),
        ("  Work:", "   Work:"),
    ] {
        let fixed = beside_a_bad_fix(old, new);
        assert_eq!(fixed.source.text(), good, "{old}");
        assert_eq!(fixed.done.len(), 2, "{old}");
    }
}

/// What a fix would break, another may have mended since: running again finds no more to do.
#[test]
fn what_is_refused_is_tried_again_once_the_text_is_another() {
    // Where `b` is fixed before `a`, the text cannot be read.
    let compile = |s: &Source| {
        let mut found = find(s, "b", "x");
        found.extend(find(s, "a", "c").into_iter().map(|mut of| {
            of.fix.as_mut().unwrap().safe = false;
            of.message.push_str("another");
            of
        }));
        if s.text() == "a x" {
            found.push(Diagnostic::new(&BROKEN, "", s.at(0..1), ""));
        }
        found
    };
    let fixed = apply(&source("a b"), Wanted::All, compile);
    assert_eq!((fixed.source.text(), fixed.done.len()), ("c x", 2));
    let safe = apply(&source("a b"), Wanted::Safe, compile);
    assert_eq!((safe.source.text(), safe.done.len()), ("a b", 0));
}

#[test]
fn what_could_not_be_read_may_come_to_light() {
    let broken = WORKFLOW.replace("{ category: closed }", "{ category: closed },");
    let fixed = apply(&source(&broken), Wanted::Safe, |s| {
        crate::compile(s, &crate::Options::default())
    });
    let good = WORKFLOW
        .replace("start: new", "start: New")
        .replace("to: work", "to: Work");
    assert_eq!(fixed.source.text(), good);
}

/// A person looks at what such a fix does in its place, but nowhere else.
#[test]
fn an_unsafe_fix_changes_only_its_place() {
    let text = WORKFLOW
        .replace("start: new", "start: New")
        .replace("to: work", "to: Work");
    let with = |old: &str, new: &str| {
        let bad = |s: &Source| {
            let mut known = with_bad_fix(s, old, new);
            let fixes = known.diagnostics.iter_mut().filter_map(|d| d.fix.as_mut());
            fixes.for_each(|fix| fix.safe = false);
            known
        };
        apply(&source(&text), Wanted::All, bad)
            .source
            .text()
            .to_owned()
    };
    assert_eq!(
        with("to: Done", "to: New"),
        text.replace("to: Done", "to: New")
    );
    for (old, new) in [
        ("transitions:", "transitions: &a"),
        ("  Work: {", "  Work: \"{"),
        ("  - { from: New", "  - { - from: New"),
    ] {
        let after = with(old, new);
        assert!(
            after == text || old.starts_with("transitions"),
            "{old}: {after}"
        );
    }
}

/// Halving finds one bad fix among many in few steps.
#[test]
fn one_of_many_is_found_by_halves() {
    // Each in capitals of its own: what is misspelt alike is one report.
    let spelt = |n: usize| -> String {
        let letters = "required".chars().enumerate();
        letters
            .map(|(at, c)| {
                if (n + 1) >> at & 1 == 1 {
                    c.to_ascii_uppercase()
                } else {
                    c
                }
            })
            .collect()
    };
    let transition =
        |n, notes: &str| format!("  - {{ name: t{n}, from: New, to: Done, notes: {notes} }}\n");
    let many: String = (0..100).map(|n| transition(n, &spelt(n))).collect();
    let mended: String = (0..100).map(|n| transition(n, "required")).collect();
    let text = WORKFLOW
        .replace("start: new", "start: New")
        .replace("to: work", "to: Work")
        + &many;
    let compiled = std::cell::Cell::new(0);
    let fixed = apply(&source(&text), Wanted::Safe, |s| {
        compiled.set(compiled.get() + 1);
        with_bad_fix(s, "to: Done }", "to: New }")
    });
    let good = text.replace(&many, &mended);
    assert_eq!(
        (fixed.source.text(), fixed.done.len()),
        (good.as_str(), 100)
    );
    assert!(compiled.get() < 30, "{}", compiled.get());
}

/// A large file takes a second to compile.
#[test]
fn what_was_compiled_is_given_back_and_not_compiled_again() {
    let count = std::cell::Cell::new(0);
    let compiled = |s: &Source| {
        count.set(count.get() + 1);
        find(s, "a", "c")
    };
    for (text, times) in [("bbb", 1), ("bab", 2)] {
        count.set(0);
        let fixed = apply(&source(text), Wanted::Safe, compiled);
        assert_eq!(fixed.known, Some(Vec::new()), "{text}");
        assert_eq!(count.get(), times, "{text}");
    }
}
