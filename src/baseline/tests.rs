//! A baseline lists each finding once, in an order of its own, and knows it again.

use super::*;
use crate::diagnostic::Level;
use crate::source::{SourceId, Syntax};

fn finding(file: &str, code: &str, message: &str) -> Finding {
    let code = compile::code(code).expect("a code");
    let at = Span::new(SourceId(0), 0, 0);
    Finding {
        file: file.to_owned(),
        diagnostic: Diagnostic::new(code, message, at, "here"),
        marked: "# odd".to_owned(),
        is_part: false,
    }
}

fn baseline(text: &str) -> (Source, Baseline) {
    let source = Source::new(SourceId(9), FILE_NAME, Syntax::Toml, text);
    let mut out = Diagnostics::new();
    let baseline = read(&source, &mut out);
    assert!(out.is_empty(), "{out:?}");
    (source, baseline)
}

/// A baseline of these findings and nothing else.
fn text(findings: &[Finding]) -> String {
    let nothing = Baseline::default();
    let updated = nothing.updated(findings.to_vec(), "statewright check", |_| true);
    assert_eq!((updated.taken, updated.kept), (findings.len(), 0));
    updated.text
}

fn some() -> Vec<Finding> {
    let aspect = |message, aspect| {
        let mut finding = finding("b.yaml", "lossy-targets", message);
        finding.diagnostic = finding.diagnostic.with_aspect(aspect);
        finding
    };
    vec![
        finding("b.yaml", "frozen-work", "state `x` is frozen"),
        finding(
            "a \"b\" #/c.yaml",
            "dead-ends",
            "state `é\u{202e}\n` is odd",
        ),
        finding("b.yaml", "dead-ends", "state `Second` is odd"),
        finding("b.yaml", "dead-ends", "state `First` is odd"),
        finding("b.yaml", "dead-ends", "state `First` is odd"),
        finding("b.yaml", "malformed-suppressions", "it names nothing"),
        aspect("target `jira` has no place for notes", "notes"),
        aspect("target `jira` has no place for colours", "colours"),
    ]
}

const LISTED: &str = r##"# What was wrong when Statewright came to this repository; `statewright check`
# reports what is new. A line that is deleted is reported again. What counts is the file, the code
# and the names; the comments are for people.

["a \"b\" #/c.yaml"]
dead-ends = [
  ["é\u202E\n"], # state `é<U+202E><U+000A>` is odd
]

["b.yaml"]
dead-ends = [
  ["First"], # state `First` is odd
  ["First"], # state `First` is odd
  ["Second"], # state `Second` is odd
]
frozen-work = [
  ["x"], # state `x` is frozen
]
lossy-targets = [
  ["colours", "jira"], # target `jira` has no place for colours
  ["jira", "notes"], # target `jira` has no place for notes
]
malformed-suppressions = [
  ["# odd"], # it names nothing
]
"##;

#[test]
fn what_is_written_is_read_back_in_any_order() {
    let written = text(&some());
    assert_eq!(written, LISTED);
    let mut turned = some();
    turned.reverse();
    assert_eq!(text(&turned), written);
    let (source, list) = baseline(&written);
    let compared = list.compare(some(), &source, |_| true);
    assert!(compared.new.is_empty() && compared.outdated.is_empty());
    assert_eq!(compared.known, 8);
}

/// Whoever writes a sentence anew keeps the names, in any order.
fn reworded(finding: &Finding) -> Finding {
    let mut new = finding.clone();
    let old = &finding.diagnostic;
    let names: Vec<String> = old.names.iter().rev().map(|n| format!("`{n}`")).collect();
    let aspect = old.aspect.as_deref().unwrap_or_default();
    let message = format!("quite another sentence of {} {aspect}", names.join(", "));
    new.diagnostic = Diagnostic::new(old.code, message, old.primary().span, "another label")
        .help("another help")
        .note("another note");
    new.diagnostic.aspect = old.aspect.clone();
    new
}

#[test]
fn a_finding_is_known_again_in_other_words() {
    let words: Vec<Finding> = some().iter().map(reworded).collect();
    let (source, list) = baseline(LISTED);
    let compared = list.compare(words.clone(), &source, |_| true);
    assert!(compared.new.is_empty() && compared.outdated.is_empty());
    // Written anew, only the comments are others.
    let names = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.split(" # ").next());
        lines
            .map(|line| line.unwrap_or_default().to_owned())
            .collect()
    };
    let written = list.updated(words, "statewright check", |_| true).text;
    assert_ne!(written, LISTED);
    assert_eq!(names(&written), names(LISTED));
}

/// A list that an earlier Statewright wrote.
const EARLIER: &str = r##"# What was wrong when Statewright came to this repository; `statewright check --baseline` reports
# what is new. A line that is deleted is reported again.

["a \"b\" #/c.yaml"]
dead-ends = [
  "state `éRLO\n` is odd",
]

["b.yaml"]
dead-ends = [
  "state `First` is odd",
  "state `First` is odd",
  "state `Second` is odd",
]
frozen-work = [
  "state `x` is frozen",
]
lossy-targets = [
  "target `jira` has no place for colours",
  "target `jira` has no place for notes",
]
malformed-suppressions = [
  "it names nothing",
]
"##;

#[test]
fn a_list_of_sentences_is_still_one() {
    let earlier = EARLIER.replace("RLO", "\u{202e}");
    let (source, list) = baseline(&earlier);
    let words: Vec<Finding> = some().iter().map(reworded).collect();
    for found in [some(), words] {
        let compared = list.compare(found, &source, |_| true);
        assert!(compared.new.is_empty(), "{:?}", compared.new);
        assert!(compared.outdated.is_empty() && compared.known == 8);
    }
    // What another product or state is about is new.
    let others = [
        finding("b.yaml", "dead-ends", "state `Third` is odd"),
        finding(
            "b.yaml",
            "lossy-targets",
            "target `jira` has no place for x",
        ),
    ];
    let mut others = others.to_vec();
    others[1].diagnostic.aspect = Some("x".to_owned());
    assert_eq!(list.compare(others, &source, |_| false).new.len(), 2);
    // It is written anew where it was looked at, and else left as it is.
    let updated = list.updated(some(), "statewright check", |_| true);
    assert_eq!((&*updated.text, updated.kept), (LISTED, 0));
    let updated = list.updated(Vec::new(), "statewright check", |_| false);
    assert_eq!((updated.taken, updated.kept), (0, 8));
    let lists = |text: &str| text.split_once("\n\n").map(|(_, lists)| lists.to_owned());
    let kept = updated.text.replace("\\u202E", "RLO");
    assert_eq!(lists(&kept), lists(EARLIER));
}

#[test]
fn each_of_two_that_say_the_same_counts() {
    let (source, list) = baseline(&text(&some()[..4]));
    let compared = list.compare(some()[..5].to_vec(), &source, |_| true);
    assert_eq!((compared.new.len(), compared.known), (1, 4));
}

#[test]
fn what_is_gone_is_named_where_it_was_looked_for() {
    let (source, list) = baseline(&text(&some()));
    let left = some().split_off(3);
    let compared = list.compare(left.clone(), &source, |_| true);
    let gone = &compared.outdated[0];
    assert_eq!(gone.message, "the baseline lists 3 findings that are gone");
    let fix = gone.fix.as_ref().expect("a fix");
    assert_eq!(fix.edits[0].text, text(&left));
    assert_eq!(compared.shorter, Some(text(&left)));
    let unsure = list.compare(left.clone(), &source, |known| known.file != "b.yaml");
    assert_eq!(
        unsure.outdated[0].message,
        "the baseline lists 1 finding that is gone"
    );
    let unsure = list.compare(left, &source, |_| false);
    assert!(unsure.outdated.is_empty() && unsure.shorter.is_none());
    assert_eq!(outdated_baselines::CODE.level, Level::Warn);
}

/// Lines that a person has written stay as they are, with what is behind them, in what is kept.
#[test]
fn comments_stay_with_the_lines_that_stay() {
    let by_hand = "# since May\n\n[\"a.yaml\"]\ndead-ends = [[\"A\"], [\"B\"], # both until July\n  \
                   [\"C\"] # not ours\n]\nof-tomorrow = [\"state `A` is odd\"]\n";
    let source = Source::new(SourceId(9), FILE_NAME, Syntax::Toml, by_hand);
    let mut out = Diagnostics::new();
    let list = read(&source, &mut out);
    assert_eq!(out.len(), 1, "only the code is unknown: {out:?}");
    let c = finding("a.yaml", "dead-ends", "state `C` is odd");
    let compared = list.compare(vec![c], &source, |known| known.names == ["A"]);
    assert_eq!(
        compared.shorter.as_deref(),
        Some(
            "# since May\n\n[\"a.yaml\"]\ndead-ends = [\n  [\"B\"], # both until July\n  \
             [\"C\"], # not ours\n]\nof-tomorrow = [\n  \"state `A` is odd\",\n]\n"
        )
    );
}

#[test]
fn what_cannot_be_silenced_is_not_listed() {
    let firm = finding("b.yaml", "undefined-states", "state `Aproved` is undefined");
    let mut many = finding("b.yaml", "dead-ends", "state `Many` is odd");
    many.diagnostic.others = 7;
    let found = [some(), vec![firm, many]].concat();
    let updated = Baseline::default().updated(found.clone(), "statewright check", |_| true);
    assert_eq!((&*updated.text, updated.left.len()), (LISTED, 2));
    let by_hand = LISTED.replace(
        "frozen-work = [",
        "undefined-states = [\n  [\"Aproved\"],\n  [\"B\"],\n]\nfrozen-work = [",
    );
    let (source, list) = baseline(&by_hand);
    let compared = list.compare(found, &source, |_| true);
    assert_eq!((compared.new.len(), compared.known), (2, 8));
    let [vain] = &compared.outdated[..] else {
        panic!("{:?}", compared.outdated);
    };
    assert_eq!(
        vain.message,
        "the baseline lists 2 findings that cannot be silenced"
    );
    assert_eq!(compared.shorter.as_deref(), Some(LISTED));
}
