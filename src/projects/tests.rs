//! What is said of three files and more, and that many files cost no more than their text.

use crate::compile::{self, Options, check_together};
use crate::source::{Source, SourceId, Syntax};

/// The reports on files that are given by identifier, `applies-to` and the category of `Hold`.
fn reports(files: &[(&str, &str, &str)]) -> Vec<String> {
    let source = |(at, (identifier, types, category)): (usize, &(&str, &str, &str))| {
        let text = format!(
            "workflow: {identifier}\napplies-to: [{types}]\nstart: New\nstates:\n  \
             New: {{ category: open }}\n  Hold: {{ category: {category} }}\n  \
             Done: {{ category: closed }}\ntransitions:\n  \
             - {{ from: New, to: Hold }}\n  - {{ from: Hold, to: Done }}\n"
        );
        Source::new(
            SourceId(at as u32),
            format!("{at}.yaml"),
            Syntax::Yaml,
            text,
        )
    };
    let sources: Vec<Source> = files.iter().enumerate().map(source).collect();
    let options = Options::default();
    let mut all: Vec<_> = sources
        .iter()
        .map(|s| compile::compile(s, &options))
        .collect();
    check_together(&mut all, |_| None);
    let outlines = sources
        .iter()
        .map(|s| compile::compile(s, &options).without_workflow(&options));
    let mut outlines: Vec<_> = outlines.collect();
    check_together(&mut outlines, |_| None);
    for (whole, outline) in all.iter().zip(&outlines) {
        assert!(outline.resolved().is_none());
        assert_eq!(whole.diagnostics, outline.diagnostics);
    }
    let mut shown = Vec::new();
    for (at, compilation) in all.iter().enumerate() {
        for report in &compilation.diagnostics {
            let places: Vec<String> = report
                .labels
                .iter()
                .map(|l| format!("{} {}", l.span.source.0, l.message))
                .collect();
            let help = report.help.as_deref().unwrap_or("");
            shown.push(format!(
                "{at}: {}: {}; {help}",
                report.message,
                places.join("; ")
            ));
        }
        if compilation.checked().is_none() {
            shown.push(format!("{at}: emits nothing"));
        }
    }
    shown
}

#[test]
fn files_that_agree_are_no_report() {
    assert_eq!(
        reports(&[("a", "Laptop", "waiting"), ("b", "Phone, Phone", "waiting")]),
        [
            "1: `applies-to` of the workflow names `Phone` more than once: 1 named again here; \
          1 first named here; delete the second `Phone`"
        ]
    );
}

#[test]
fn a_copy_is_one_mistake() {
    insta::assert_snapshot!(
        reports(&[
            ("a", "Laptop", "waiting"),
            ("b", "", "waiting"),
            ("a", "Laptop", "open"),
            ("a", "Laptop", "open")
        ])
        .join("\n")
    );
}

#[test]
fn workflows_that_share_the_same_types_are_one_report() {
    insta::assert_snapshot!(
        reports(&[
            ("a", "T, U, V", "open"),
            ("b", "U, T, W", "open"),
            ("c", "V, X", "open"),
            ("d", "X, T", "open")
        ])
        .join("\n")
    );
}

#[test]
fn the_few_are_asked_to_agree_with_the_many() {
    insta::assert_snapshot!(
        reports(&[
            ("a", "", "open"),
            ("b", "", "waiting"),
            ("c", "", "waiting"),
            ("d", "", "waiting")
        ])
        .join("\n")
    );
    insta::assert_snapshot!(
        reports(&[("a", "", "open"), ("b", "", "waiting"), ("c", "", "closed")]).join("\n")
    );
}
