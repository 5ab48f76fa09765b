//! Every mistake that has words of its own, and where it is said to be.

use super::*;

/// The texts, each with its reports.
fn cases() -> impl Iterator<Item = (Syntax, String, Vec<&'static str>)> {
    let rows = include_str!("mistakes.tsv").lines();
    rows.filter(|row| !row.starts_with('#')).map(|row| {
        let mut parts = row.split('\t');
        let mut next = || parts.next().expect(row);
        let syntax = match next() {
            "yaml" => Syntax::Yaml,
            "toml" => Syntax::Toml,
            _ => Syntax::Json,
        };
        let text = serde_json::from_str(next()).expect(row);
        (syntax, text, parts.collect())
    })
}

#[test]
fn mistakes_are_named_where_they_are() {
    for (syntax, text, expected) in cases() {
        assert_eq!(lines(syntax, &text), expected, "{text:?}");
    }
}

#[test]
fn a_key_too_long_for_yaml_is_named() {
    let text = format!(
        "{}: 1\nb: {{ {}: 1 }}\n",
        "k".repeat(1025),
        "é".repeat(1100)
    );
    let message = |length| {
        format!("invalid-yaml: key of {length} characters is longer than the 1024 that YAML reads")
    };
    let expected = [
        format!("1:1 {}", message(1025)),
        format!("2:6 {}", message(1100)),
    ];
    assert_eq!(lines(Syntax::Yaml, &text), expected);
}

#[test]
fn reports_keep_to_the_voice() {
    for (syntax, text, _) in cases() {
        for report in reports(syntax, &text) {
            let help = report
                .help
                .as_deref()
                .expect("every report of the text has a help");
            let labels = report.labels.iter().map(|label| label.message.as_str());
            for part in labels.chain([report.message.as_str(), help]) {
                assert!(!part.ends_with('.') && !part.is_empty(), "{part}");
                assert!(!part.starts_with(|c: char| c.is_uppercase()), "{part}");
            }
            assert!(report.message.chars().count() <= 100, "{}", report.message);
            for (at, label) in report.labels.iter().enumerate() {
                let clash = |other: &crate::diagnostic::Label| other.span.overlaps(label.span);
                assert!(!report.labels[..at].iter().any(clash), "{report:?}");
            }
        }
    }
}

#[test]
fn fixes_of_one_mistake_leave_none() {
    for (syntax, text, _) in cases() {
        let found = reports(syntax, &text);
        let [report] = found.as_slice() else { continue };
        let Some(fix) = &report.fix else { continue };
        let mut fixed = text.clone();
        for edit in fix.edits.iter().rev() {
            fixed.replace_range(edit.span.range(), &edit.text);
        }
        assert_eq!(lines(syntax, &fixed), [""; 0], "{text:?} became {fixed:?}");
    }
}

/// Where a dash too many puts fields of several states into one map, none of them is there twice.
#[test]
fn what_a_repair_puts_together_is_not_deleted_as_a_twin() {
    let states = "  In Progress:\n    category: open\n  Done:\n    category: closed\n";
    let fixes = |text: &str| {
        let all = reports(Syntax::Yaml, text);
        let twice = all.into_iter().filter(|r| r.code.name == "duplicate-keys");
        twice.map(|report| report.fix.is_some()).collect::<Vec<_>>()
    };
    let dashed =
        format!("states:\n  - New:\n    category: open\n  - Old:\n    category: open\n{states}");
    assert_eq!(fixes(&dashed), [false, false]);
    let plain = "states:\n  New:\n    category: open\n    category: open\n";
    assert_eq!(fixes(plain), [true]);
}
