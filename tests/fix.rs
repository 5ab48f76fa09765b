//! Every fix does what it says: the finding is gone, and the file can still be read. And
//! `check --fix` as its users start it.

mod slips;

use std::collections::{BTreeMap, BTreeSet};

use crate::common::folder::Folder;
use crate::common::twins::{self, Example};
use statewright::compile::{self, Options};
use statewright::diagnostic::{Diagnostic, Group, Level, Severity};
use statewright::source::{Source, SourceId, Syntax};
use statewright::{compile as compile_source, fix};

/// Every code on, so that every fix is seen.
fn options() -> Options {
    let mut options = Options::default();
    for code in compile::codes() {
        if code.level == Level::Allow {
            options.levels.set(code, Level::Warn);
        }
    }
    options
}

fn source(syntax: Syntax, text: &str) -> Source {
    let name = format!("example.workflow.{}", syntax.name());
    Source::new(SourceId(0), name, syntax, text)
}

/// How often each mistake is reported.
fn counted(
    diagnostics: &[Diagnostic],
    which: impl Fn(&Diagnostic) -> bool,
) -> BTreeMap<(&'static str, String), usize> {
    let mut counts = BTreeMap::new();
    for d in diagnostics.iter().filter(|d| which(d)) {
        *counts.entry((d.code.name, d.message.clone())).or_insert(0) += 1;
    }
    counts
}

/// What is wrong with the fix of `found` alone, if anything.
fn fault(
    source: &Source,
    all: &[Diagnostic],
    found: &Diagnostic,
    options: &Options,
) -> Option<String> {
    let edits = match fix::edits(source, found.fix.as_ref()?) {
        Some(edits) => edits,
        None => return Some("its edits cannot be done".to_owned()),
    };
    let text = fix::replaced(source.text(), &edits);
    let fixed = Source::new(source.id(), source.name(), source.syntax(), text.clone());
    let after = compile_source(&fixed, options).diagnostics;
    let same = |d: &Diagnostic| d.code == found.code && d.message == found.message;
    let count = |list: &[Diagnostic]| list.iter().filter(|d| same(d)).count();
    if count(&after) >= count(all) {
        return Some(format!("it is still there:\n{text}"));
    }
    // Where nothing could be read before, more mistakes come to light after.
    let unread = |d: &Diagnostic| ["invalid-yaml", "invalid-toml"].contains(&d.code.name);
    let of_text = |d: &Diagnostic| {
        d.code.group == Group::Text
            && d.severity == Severity::Error
            && (unread(d) || !all.iter().any(unread))
    };
    let before = counted(all, of_text);
    let worse = counted(&after, of_text).into_iter().find(|(key, n)| {
        let comes_to_light = unread(found) && !key.0.starts_with("invalid-");
        !comes_to_light && before.get(key).is_none_or(|m| n > m)
    });
    worse.map(|(key, _)| format!("now reported: {key:?}\n{text}"))
}

/// What a fix took out that it should not have: the comments of the file are all still there.
fn lost_comment(source: &Source, found: &Diagnostic) -> Option<String> {
    if found.code.group == Group::Upkeep {
        return None; // a comment is what it is about
    }
    let edits = fix::edits(source, found.fix.as_ref()?)?;
    let text = fix::replaced(source.text(), &edits);
    let comments = |text: &str| {
        text.lines()
            .filter(|line| line.contains(" # ") || line.trim_start().starts_with("# "))
            .count()
    };
    (comments(&text) < comments(source.text())).then_some(text)
}

#[test]
fn after_a_fix_the_finding_is_gone_and_the_file_parses() {
    let options = options();
    let mut wrong = Vec::new();
    let mut fixed: BTreeMap<&'static str, BTreeSet<&str>> = BTreeMap::new();
    for Example {
        place,
        syntax,
        text,
    } in twins::everywhere()
    {
        for text in [
            text.clone(),
            text.replace('\n', "\r\n"),
            format!("\u{feff}{text}"),
        ] {
            let source = source(syntax, &text);
            let all = compile_source(&source, &options).diagnostics;
            for found in &all {
                if found.fix.is_none() {
                    continue;
                }
                fixed
                    .entry(syntax.name())
                    .or_default()
                    .insert(found.code.name);
                if let Some(fault) = fault(&source, &all, found, &options) {
                    wrong.push(format!(
                        "{place}: {}: {}\n{fault}",
                        found.code.name, found.message
                    ));
                }
                if let Some(text) = lost_comment(&source, found) {
                    wrong.push(format!(
                        "{place}: {}: a comment is lost\n{text}",
                        found.code.name
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
    let only_yaml = [
        "invalid-yaml",
        "ambiguous-scalars",
        "multiple-documents",
        "missing-fields",
    ];
    let only_toml = ["invalid-toml", "duplicate-keys"];
    let (yaml, toml) = (&fixed["yaml"], &fixed["toml"]);
    for code in yaml.union(toml) {
        assert!(
            toml.contains(code) || only_yaml.contains(code),
            "{code} is never fixed in TOML"
        );
        assert!(
            yaml.contains(code) || only_toml.contains(code),
            "{code} is never fixed in YAML"
        );
    }
}

#[test]
fn all_fixes_together_leave_nothing_to_fix() {
    let options = options();
    for Example {
        place,
        syntax,
        text,
    } in twins::everywhere()
    {
        let source = source(syntax, &text);
        let compile = |s: &Source| compile_source(s, &options);
        for wanted in [fix::Wanted::Safe, fix::Wanted::All] {
            let fixed = fix::apply(&source, wanted, compile);
            let left: Vec<Diagnostic> = compile(&fixed.source).diagnostics;
            // What the author may want is asked only where all else is right.
            let is_error = |d: &Diagnostic| d.severity == Severity::Error;
            let is_reading =
                |d: &Diagnostic| d.code.group == Group::Text || d.code.name == "undefined-states";
            let has_errors = left.iter().any(|d| is_error(d) && is_reading(d));
            let waits =
                |d: &Diagnostic| has_errors && !is_reading(d) && d.code.group != Group::Upkeep;
            let left: Vec<&Diagnostic> = left
                .iter()
                .filter(|d| d.fix.as_ref().is_some_and(|fix| wanted.includes(fix)) && !waits(d))
                .collect();
            assert!(
                left.is_empty(),
                "{place}: {left:#?}\n{}",
                fixed.source.text()
            );
        }
    }
}

const FAULTY: &str = "# our desk\nworkflow: good\nstart: New # first\nstates:\n  New: { categry: open }\n  Closed: { category: closed }\n\
                      transitions:\n  - { name: Close, from: New, to: closed } # done\n";

fn mended() -> String {
    FAULTY
        .replace("categry", "category")
        .replace("to: closed", "to: Closed")
}

#[test]
fn fixing_writes_the_file_and_reports_what_is_left() {
    let unfixable = "workflow: other\nstart: New\nstates:\n  New: { category: Open }\n";
    let folder = Folder::with(&[("a.workflow.yaml", FAULTY), ("b.workflow.yaml", unfixable)]);
    let ran = folder.run(&["check", "--fix"]).is(0);
    assert_eq!(folder.read("a.workflow.yaml"), mended());
    assert!(
        ran.out.contains(": fixed[undefined-states]: transition ")
            && ran.out.contains("checked 2 files, fixed 3 mistakes: "),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("warning[") && !ran.out.contains("error[undefined-states]"),
        "{}",
        ran.out
    );
    let again = folder.run(&["check", "--fix", "a.workflow.yaml"]).is(0);
    assert_eq!(again.out, "checked 1 file: no mistakes found\n");
    let names: Vec<_> = std::fs::read_dir(&folder.0).expect("a folder").collect();
    assert_eq!(names.len(), 2, "no temporary file is left");
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let text = format!("\u{feff}{}", FAULTY.replace('\n', "\r\n"));
    let folder = Folder::with(&[("a.workflow.yaml", &text)]);
    folder.run(&["check", "--fix"]).is(0);
    let expected = format!("\u{feff}{}", mended().replace('\n', "\r\n"));
    assert_eq!(folder.read("a.workflow.yaml"), expected);
}

#[test]
fn fixes_for_a_person_to_look_at_are_applied_on_demand() {
    let guessed = mended().replace("to: Closed", "to: Clsed");
    let folder = Folder::with(&[("a.workflow.yaml", &guessed)]);
    folder.run(&["check", "--fix"]).is(1);
    assert_eq!(folder.read("a.workflow.yaml"), guessed);
    folder.run(&["check", "--unsafe-fixes"]).is(0);
    assert_eq!(folder.read("a.workflow.yaml"), mended());
}

#[test]
fn a_difference_is_shown_and_nothing_written() {
    let folder = Folder::with(&[("a.workflow.yaml", FAULTY)]);
    let ran = folder.run(&["check", "--diff"]).is(1);
    assert!(
        ran.out
            .starts_with("--- a.workflow.yaml\n+++ a.workflow.yaml\n@@ "),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("\n-  New: { categry: open }\n+  New: { category: open }\n"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("error[unknown-fields]"), "{}", ran.err);
    assert_eq!(folder.read("a.workflow.yaml"), FAULTY);
    let clean = folder
        .run_with_input(&["check", "--diff", "-", "--syntax", "yaml"], &mended())
        .is(0);
    assert_eq!(clean.out, "");
}

#[test]
fn standard_input_is_written_fixed_to_standard_output() {
    let folder = Folder::new();
    let fix = ["check", "--fix", "-", "--syntax", "yaml"];
    let ran = folder.run_with_input(&fix, FAULTY).is(0);
    assert_eq!(ran.out, mended());
    assert!(
        ran.err.contains("fixed 2 mistakes: all fixed"),
        "{}",
        ran.err
    );
    let clean = folder.run_with_input(&fix, &mended()).is(0);
    assert_eq!(clean.out, mended());
}

#[test]
fn comments_of_deleted_items_stay() {
    let lists = "workflow: x\nstart:\n  - New # tickets begin here\n  - New # and here\nstates:\n  New:\n    category: open\n    editable: [a, # one\n      a, b] # two\n  \
                 Closed: { category: closed }\ntransitions:\n  - { name: Close, from: New, to: Closed }\n";
    let folder = Folder::with(&[("a.workflow.yaml", lists)]);
    let ran = folder.run(&["check", "--fix"]).is(0);
    assert!(
        ran.out.contains("fixed 2 mistakes: all fixed"),
        "{}",
        ran.out
    );
    let text = folder.read("a.workflow.yaml");
    for comment in ["# tickets begin here", "# and here", "# one", "# two"] {
        assert!(text.contains(comment), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn the_mode_and_the_link_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::with(&[("real/a.workflow.yaml", FAULTY)]);
    let real = folder.0.join("real/a.workflow.yaml");
    let mode = |path: &std::path::Path| {
        std::fs::metadata(path).expect("there").permissions().mode() & 0o777
    };
    std::fs::set_permissions(&real, PermissionsExt::from_mode(0o640)).expect("ours");
    let link = folder.0.join("link.workflow.yaml");
    symlink(&real, &link).expect("a link");
    folder.run(&["check", "--fix", "link.workflow.yaml"]).is(0);
    assert_eq!(folder.read("real/a.workflow.yaml"), mended());
    assert!(link.is_symlink());
    assert_eq!(mode(&real), 0o640);
}

#[cfg(unix)]
#[test]
fn a_write_protected_file_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.workflow.yaml", FAULTY)]);
    let path = folder.0.join("a.workflow.yaml");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).expect("ours");
    let ran = folder.run(&["check", "--fix"]).is(4);
    assert!(
        ran.err
            .contains("cannot write `a.workflow.yaml`: it is write-protected"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("error[undefined-states]"), "{}", ran.out);
    assert_eq!(folder.read("a.workflow.yaml"), FAULTY);
}
