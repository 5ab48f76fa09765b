//! The rules of wording that a machine can check.

use statewright::diagnostic::Diagnostic;

/// What is wrong with the wording of a report; empty where nothing is.
pub fn faults(diagnostic: &Diagnostic) -> Vec<String> {
    let mut faults = faults_of_text(&diagnostic.message);
    let length = diagnostic.message.chars().count();
    if length > 100 {
        faults.push(format!("the message has {length} characters"));
    }
    for label in &diagnostic.labels {
        faults.extend(faults_of_text(&label.message));
        if label.message == diagnostic.message {
            faults.push("the label only repeats the message".to_owned());
        }
    }
    for text in diagnostic.help.iter().chain(&diagnostic.notes) {
        faults.extend(faults_of_text(text));
    }
    for (index, label) in diagnostic.labels.iter().enumerate() {
        let overlap = diagnostic.labels[..index]
            .iter()
            .any(|other| other.span.overlaps(label.span));
        if overlap {
            faults.push(format!("label `{}` overlaps another", label.message));
        }
    }
    if diagnostic.fix.is_some() && diagnostic.help.is_none() {
        faults.push("a fix without help".to_owned());
    }
    faults
}

/// What is wrong with one sentence of a report.
pub fn faults_of_text(text: &str) -> Vec<String> {
    const UNWANTED: &[&str] = &[
        "you",
        "your",
        "please",
        "sorry",
        "illegal",
        "oops",
        "node",
        "edge",
        "vertex",
        "variant",
        "deserialise",
        "deserialize",
        "expected",
        "unexpected",
        "foo",
        "bar",
    ];
    let mut faults = Vec::new();
    let ours = without_quotes(text);
    if ours.chars().next().is_some_and(char::is_uppercase) {
        faults.push(format!("begins with a capital: {text}"));
    }
    if text.ends_with('.') || text.contains('?') && ours.contains('?') || ours.contains('!') {
        faults.push(format!("full stop, question or exclamation: {text}"));
    }
    let words = ours.split(|c: char| !c.is_alphanumeric());
    for word in words {
        if UNWANTED.contains(&word.to_lowercase().as_str()) {
            faults.push(format!("says `{word}`: {text}"));
        }
    }
    if text.matches('`').count() % 2 == 1 {
        faults.push(format!("a backtick too many: {text}"));
    }
    if text.trim() != text || text.is_empty() || ours.contains("  ") {
        faults.push(format!("blank: {text:?}"));
    }
    faults
}

/// The text without what the author wrote: everything between backticks.
fn without_quotes(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("x")
}
