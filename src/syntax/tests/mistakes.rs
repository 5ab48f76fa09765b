//! Every mistake that has words of its own, and where it is said to be.

use super::*;

mod toml;
mod yaml;

#[test]
fn mistakes_in_yaml_are_named_where_they_are() {
    for (text, expected) in yaml::CASES {
        assert_eq!(lines(Syntax::Yaml, text), *expected, "{text:?}");
    }
}

#[test]
fn mistakes_in_toml_are_named_where_they_are() {
    for (text, expected) in toml::CASES {
        assert_eq!(lines(Syntax::Toml, text), *expected, "{text:?}");
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
    let yaml = yaml::CASES.iter().map(|(text, _)| (Syntax::Yaml, *text));
    let toml = toml::CASES.iter().map(|(text, _)| (Syntax::Toml, *text));
    for (syntax, text) in yaml.chain(toml) {
        for report in reports(syntax, text) {
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
    let yaml = yaml::CASES.iter().map(|(text, _)| (Syntax::Yaml, *text));
    let toml = toml::CASES.iter().map(|(text, _)| (Syntax::Toml, *text));
    for (syntax, text) in yaml.chain(toml) {
        let found = reports(syntax, text);
        let [report] = found.as_slice() else { continue };
        let Some(fix) = &report.fix else { continue };
        let mut fixed = text.to_owned();
        for edit in fix.edits.iter().rev() {
            fixed.replace_range(edit.span.range(), &edit.text);
        }
        assert_eq!(lines(syntax, &fixed), [""; 0], "{text:?} became {fixed:?}");
    }
}
