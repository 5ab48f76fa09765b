//! `ambiguous-scalars`: text that another reader of the same file takes for something else.

use crate::hashing::{HashMap, HashSet};

use super::numbers;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::node::{Scalar, ScalarKind, quoted, respelt};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "ambiguous-scalars",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Warn,
    summary: "text without quotes that another reader takes for a number, boolean, null or date",
    page: include_str!("ambiguous_scalars.md"),
};

/// The plain scalar at `span` is used as text, and some reader takes it for `kind`.
pub fn report(scalar: &Scalar, kind: ScalarKind, span: Span) -> Diagnostic {
    let written = scalar.text();
    let quoted = quoted(written);
    let message = format!(
        "`{written}` is used as text, but without quotes it is {}",
        kind.phrase()
    );
    let label = match scalar.reading().elsewhere {
        Some(_) => format!("{} to some readers of YAML", kind.phrase()),
        None => format!("{} to other readers of this file", kind.phrase()),
    };
    Diagnostic::new(&CODE, message, span, label)
        .help(format!("put it in quotes: `{quoted}`"))
        // Whoever writes `null` may mean that nothing is there.
        .fix_if(kind != ScalarKind::Null, span, quoted)
}

/// Quotes that word processors put around text, and those that end what each of them begins.
const ODD_QUOTES: &[(char, &[char])] = &[
    ('“', &['”', '“', '"']),
    ('”', &['”', '"']),
    ('„', &['“', '”', '"']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('‹', &['›']),
    ('›', &['‹', '›']),
    ('‘', &['’', '‘', '\'']),
    ('‚', &['‘', '’', '\'']),
];

/// The plain scalar at `span` stands in quotes that are a part of it: no reader takes them off.
#[inline]
pub fn odd_quotes(scalar: &Scalar, span: Span) -> Option<Diagnostic> {
    match scalar.text().as_bytes().first() {
        Some(first) if !first.is_ascii() => quoted_oddly(scalar, span),
        _ => None,
    }
}

fn quoted_oddly(scalar: &Scalar, span: Span) -> Option<Diagnostic> {
    let written = scalar.text();
    if !scalar.reading().plain {
        return None;
    }
    let (open, closes) = ODD_QUOTES
        .iter()
        .find(|(open, _)| written.starts_with(*open))?;
    let inside = written.strip_prefix(*open)?.strip_suffix(*closes)?;
    // In `“A” and “B”` they are around a part of it.
    let is_around_all = !inside.contains([*open, '"']) && !inside.trim().is_empty();
    let is_apostrophe = |c: &char| *c == '’';
    let closes = closes.iter().filter(|c| !is_apostrophe(c));
    if !is_around_all || closes.into_iter().any(|close| inside.contains(*close)) {
        return None;
    }
    let message = format!("the quotes around `{written}` are a part of the text");
    let plain = respelt(written, span, inside.trim());
    Some(
        Diagnostic::new(&CODE, message, span, "these are not quotes to YAML")
            .help(format!("change `{written}` to `{plain}`"))
            .unsafe_fix(span, plain)
            .with_aspect("quotes"),
    )
}

/// The scalar at `span` is used as a number, where some reader takes it for something else. Which of
/// the two is meant, only its author knows.
pub fn of_number(scalar: &Scalar, span: Span) -> Option<Diagnostic> {
    let elsewhere = scalar.reading().elsewhere?;
    let plain = plainly(scalar)?;
    let written = scalar.text();
    let octal = (elsewhere == ScalarKind::Integer)
        .then(|| octally(written))
        .flatten();
    let (other, label, help) = match octal {
        Some(octal) => (
            octal.to_string(),
            format!("the octal number {octal} to some readers of YAML"),
            format!("change `{written}` to `{plain}`, or to `{octal}` if it is octal"),
        ),
        None => (
            ScalarKind::Text.phrase().to_owned(),
            "text to some readers of YAML".to_owned(),
            format!("change `{written}` to `{plain}`"),
        ),
    };
    let message = format!("`{written}` is used as the number {plain}, but can be read as {other}");
    let report = Diagnostic::new(&CODE, message, span, label);
    Some(report.help(help).unsafe_fix(span, plain))
}

/// The number where a leading zero makes it octal; `None` where it has other digits, too.
fn octally(written: &str) -> Option<i64> {
    let digits = written.trim_start_matches(['+', '-']);
    let octal = i64::from_str_radix(digits, 8).ok()?;
    Some(if written.starts_with('-') {
        -octal
    } else {
        octal
    })
}

/// The same number as every reader has it.
fn plainly(scalar: &Scalar) -> Option<String> {
    match scalar.kind() {
        ScalarKind::Integer => numbers::as_json(scalar.text(), ScalarKind::Integer),
        ScalarKind::Float => numbers::plain_decimal(scalar.text()),
        _ => None,
    }
}

/// The scalar at `span` is any JSON, where some reader takes it for something else. A date is text
/// there: JSON has none.
pub fn of_json(scalar: &Scalar, span: Span) -> Option<Diagnostic> {
    let Some(elsewhere) = scalar.reading().elsewhere else {
        return odd_quotes(scalar, span);
    };
    match (scalar.kind(), elsewhere) {
        (ScalarKind::Text, ScalarKind::Date) => None,
        (ScalarKind::Text, kind) => Some(report(scalar, kind, span)),
        _ => of_number(scalar, span),
    }
}

/// Makes one report of all that are about the same text: it is one name, wherever it is used.
/// Where the text itself is wrong, that is the mistake, and this is not reported.
pub fn merge(out: &mut Diagnostics) {
    const MOST_LABELS: usize = 5;
    let is_ours = |diagnostic: &&Diagnostic| diagnostic.code == &CODE;
    if !out.iter().any(|diagnostic| is_ours(&diagnostic)) {
        return;
    }
    let is_of_text = |d: &&Diagnostic| d.code.group == Group::Text || d.code.is_firm();
    let wrong: HashSet<Span> = out
        .iter()
        .filter(|d| !is_ours(d) && is_of_text(d))
        .map(|d| d.primary().span)
        .collect();
    out.items_mut()
        .retain(|d| !is_ours(&d) || !wrong.contains(&d.primary().span));
    let mut first_of: HashMap<String, usize> = HashMap::default();
    let mut seen = HashSet::default();
    let mut merged: Vec<Diagnostic> = Vec::new();
    for diagnostic in std::mem::take(out.items_mut()) {
        if diagnostic.code != &CODE {
            merged.push(diagnostic);
            continue;
        }
        let place = diagnostic.primary().span;
        let Some(at) = first_of.get(&diagnostic.message).copied() else {
            first_of.insert(diagnostic.message.clone(), merged.len());
            // One that is merged already has an edit for each place.
            let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
            seen.extend(edits.map(|edit| (merged.len(), edit.span)));
            merged.push(diagnostic);
            continue;
        };
        // An anchored text is read again for each of its aliases.
        if !seen.insert((at, place)) {
            continue;
        }
        merged[at].take_in(diagnostic, MOST_LABELS);
    }
    // Where a name is reported that is that of a state but for the quotes of the state, that says it.
    let of_names = |d: &&Diagnostic| d.code.group == Group::States && d.code.is_firm();
    let pointed: HashSet<Span> = merged
        .iter()
        .filter(of_names)
        .flat_map(|d| d.labels.iter().map(|label| label.span))
        .collect();
    let is_said = |d: &Diagnostic| {
        d.code == &CODE
            && d.aspect.is_some()
            && d.labels.len() == 1
            && pointed.contains(&d.primary().span)
    };
    merged.retain(|d| !is_said(d));
    *out.items_mut() = merged;
}
