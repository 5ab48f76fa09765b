//! A baseline lists each finding once, in an order of its own.

use super::*;
use crate::diagnostic::Level;
use crate::source::{SourceId, Syntax};

fn finding(file: &str, code: &str, message: &str) -> Finding {
    let code = compile::code(code).expect("a code");
    let at = Span::new(SourceId(0), 0, 0);
    Finding {
        file: file.to_owned(),
        diagnostic: Diagnostic::new(code, message, at, "here"),
    }
}

fn baseline(text: &str) -> (Source, Baseline) {
    let source = Source::new(SourceId(9), FILE_NAME, Syntax::Toml, text);
    let mut out = Diagnostics::new();
    let baseline = read(&source, &mut out);
    assert!(out.is_empty(), "{out:?}");
    (source, baseline)
}

fn some() -> Vec<Finding> {
    vec![
        finding("b.yaml", "frozen-work", "x"),
        finding(
            "a \"b\" #/c.yaml",
            "dead-ends",
            "state `é\u{202e}\n` is odd",
        ),
        finding("b.yaml", "dead-ends", "second"),
        finding("b.yaml", "dead-ends", "first"),
        finding("b.yaml", "dead-ends", "first"),
    ]
}

#[test]
fn what_is_written_is_read_back_in_any_order() {
    let written = text(&some());
    let mut turned = some();
    turned.reverse();
    assert_eq!(text(&turned), written);
    let (source, list) = baseline(&written);
    let compared = list.compare(some(), &source, |_, _| true);
    assert!(compared.new.is_empty() && compared.gone.is_none());
    assert_eq!(compared.known, 5);
}

#[test]
fn each_of_two_that_say_the_same_counts() {
    let (source, list) = baseline(&text(&some()[..4]));
    let compared = list.compare(some(), &source, |_, _| true);
    assert_eq!((compared.new.len(), compared.known), (1, 4));
}

#[test]
fn what_is_gone_is_named_where_it_was_looked_for() {
    let (source, list) = baseline(&text(&some()));
    let left = some().split_off(3);
    let gone = list.compare(left.clone(), &source, |_, _| true).gone;
    let gone = gone.expect("a report");
    assert_eq!(gone.message, "the baseline lists 3 findings that are gone");
    assert_eq!(gone.fix.expect("a fix").edits[0].text, text(&left));
    let unsure = list
        .compare(left.clone(), &source, |file, _| file != "b.yaml")
        .gone;
    assert_eq!(
        unsure.expect("a report").message,
        "the baseline lists 1 finding that is gone"
    );
    assert!(list.compare(left, &source, |_, _| false).gone.is_none());
    assert_eq!(outdated_baselines::CODE.level, Level::Warn);
}
