//! Hidden characters, from the text to its fix.

use crate::compile::{Options, compile};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::{self, Wanted};
use crate::invisible::is_hidden;
use crate::source::{Source, SourceId, Syntax};

const GOOD: &str = "\
workflow: desk
start: New
states:
  New: { category: open }
  Closed: { category: closed }
transitions:
  - { name: Close, from: New, to: Closed }
";

fn reports(text: &str) -> Vec<Diagnostic> {
    reports_in(Syntax::Yaml, text)
}

fn reports_in(syntax: Syntax, text: &str) -> Vec<Diagnostic> {
    compile(
        &Source::new(SourceId(0), "x", syntax, text),
        &Options::default(),
    )
    .diagnostics
}

fn codes(text: &str) -> Vec<&'static str> {
    reports(text)
        .iter()
        .map(|report| report.code.name)
        .collect()
}

fn fixed(text: &str, wanted: Wanted) -> String {
    let source = Source::new(SourceId(0), "x", Syntax::Yaml, text);
    let compile = |source: &Source| compile(source, &Options::default());
    fix::apply(&source, wanted, compile)
        .source
        .text()
        .to_owned()
}

#[test]
fn one_name_is_one_report_and_its_fix_leaves_a_good_file() {
    for (from, to) in [
        ("to: Closed", "to: Clo\u{200b}sed"),
        ("start: New", "start: \"N\u{2060}ew\""),
        ("states:", "sta\u{feff}tes:"),
        ("category: open", "category: op\u{ad}en"),
        ("name: Close", "name: Close\u{e0041}\u{e0042}"),
        ("workflow: desk", "workflow: de\u{200d}sk"),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_eq!(codes(&text), ["hidden-characters"], "{to:?}");
        let expected = GOOD.replacen(from, &to.replace(is_hidden, ""), 1);
        assert_eq!(fixed(&text, Wanted::Safe), expected, "{to:?}");
    }
}

/// Silenced, the characters are no error, and the name is still that of no state.
#[test]
fn a_name_that_may_hold_them_is_undefined_all_the_same() {
    let silenced = "to: Clo\u{200b}sed } # statewright: allow(hidden-characters) as sent to us";
    assert_eq!(
        codes(&GOOD.replace("to: Closed }", silenced)),
        ["undefined-states"]
    );
}

#[test]
fn every_place_of_a_name_is_mended_together() {
    let text = GOOD.replace("Closed", "Clo\u{200b}sed");
    assert_eq!(codes(&text), ["hidden-characters"; 2]);
    assert_eq!(fixed(&text, Wanted::Safe), GOOD);
}

#[test]
fn what_reads_otherwise_afterwards_is_for_a_person_to_see() {
    let turned = GOOD.replace("name: Close", "name: \u{202e}Close\u{202c}");
    assert_eq!(codes(&turned), ["hidden-characters"]);
    assert_eq!(fixed(&turned, Wanted::Safe), turned);
    assert_eq!(fixed(&turned, Wanted::All), GOOD);
    // A plain word that would become a boolean.
    let word = GOOD.replace("name: Close", "name: tr\u{200b}ue");
    assert_eq!(fixed(&word, Wanted::Safe), word);
}

#[test]
fn a_state_and_its_good_references_are_one_mistake() {
    let text = GOOD.replace("  Closed:", "  Clo\u{200b}sed:");
    assert_eq!(codes(&text), ["hidden-characters"]);
    assert_eq!(fixed(&text, Wanted::Safe), GOOD);
}

#[test]
fn a_name_that_would_be_another_one_is_not_mended() {
    let text = GOOD.replace("states:\n", "states:\n  N\u{200b}ew: { category: open }\n");
    let found = reports(&text);
    let hidden = found
        .iter()
        .find(|r| r.code.name == "hidden-characters")
        .unwrap();
    assert_eq!(hidden.fix, None);
    assert!(!found.iter().any(|r| r.code.name == "confusable-states"));
}

#[test]
fn comments_warn_and_are_mended() {
    let text = format!("{GOOD}# not \u{202e}yet\n\n# zero\u{200b}width\u{200b}\n");
    let found = reports(&text);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|r| r.severity == Severity::Warning));
    assert_eq!(
        fixed(&text, Wanted::Safe),
        format!("{GOOD}# not yet\n\n# zerowidth\n")
    );
}

#[test]
fn what_a_language_needs_is_no_mistake() {
    for name in [
        "\u{646}\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
        "\u{915}\u{94d}\u{200d}\u{937}",
        "👩\u{200d}🚒 Fire",
        "☎\u{fe0f} Call",
        "Clos\u{a0}e",
        "\u{5d0}\u{5d1}! \u{200f}abc",
    ] {
        let text = GOOD.replace("name: Close", &format!("name: \"{name}\""));
        let text = format!("\u{feff}{text}# {name}\n");
        assert_eq!(codes(&text), [""; 0], "{name}");
    }
}

#[test]
fn escapes_are_seen_through() {
    let text = GOOD.replace("name: Close", "name: \"Clo\\u200bse\"");
    assert_eq!(codes(&text), ["hidden-characters"]);
    assert_eq!(fixed(&text, Wanted::All), text);
    let text = GOOD.replace("name: Close", "name: \"Clo\\ese\"");
    assert!(
        reports(&text)[0].labels[0]
            .message
            .contains("a control character (U+001B)")
    );
}

#[test]
fn an_alias_is_no_second_place() {
    let again = "  - { name: *n, from: Closed, to: New }\n";
    let text = GOOD.replace("name: Close", "name: &n Clo\u{200b}se") + again;
    assert_eq!(codes(&text), ["hidden-characters"]);
}

#[test]
fn toml_is_looked_at_alike() {
    let text = "workflow = \"desk\" # a\u{200b}b\nstart = \"New\"\n[states]\n\
                New = { category = \"open\" }\nClosed = { category = \"closed\" }\n\
                [[transitions]]\nname = \"Close\u{9b}\"\nfrom = \"New\"\nto = \"Clo\\u200Bsed\"\n";
    let found = reports_in(Syntax::Toml, text);
    let lines: Vec<_> = found.iter().map(|r| (r.code.name, r.severity)).collect();
    let (name, error) = ("hidden-characters", Severity::Error);
    assert_eq!(
        lines,
        [(name, Severity::Warning), (name, error), (name, error)]
    );
}

#[test]
fn a_file_full_of_them_is_read_in_time_and_not_reported_for_ever() {
    let text = format!("{GOOD}{}", "# \u{200b}\n".repeat(100_000));
    assert_eq!(reports(&text).len(), super::super::MAX_REPORTS);
    let line = format!("{GOOD}# {}\n", "\u{200b}".repeat(100_000));
    let found = reports(&line);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "a comment holds 100000 hidden characters");
}
