//! `ambiguous-scalars`: text that another reader of the same file takes for something else.

use crate::hashing::{HashMap, HashSet};

use super::numbers;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::node::{Scalar, ScalarKind, quoted};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "ambiguous-scalars",
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

/// The scalar at `span` is used as a number, where some reader takes it for something else.
pub fn of_number(scalar: &Scalar, span: Span) -> Option<Diagnostic> {
    let elsewhere = scalar.reading().elsewhere?;
    let plain = plainly(scalar)?;
    let written = scalar.text();
    let other = match elsewhere {
        ScalarKind::Integer | ScalarKind::Float => "another number",
        other => other.phrase(),
    };
    let message = format!("`{written}` is used as the number {plain}, but can be read as {other}");
    let label = format!("{other} to some readers of YAML");
    let report = Diagnostic::new(&CODE, message, span, label);
    Some(
        report
            .help(format!("change `{written}` to `{plain}`"))
            .fix(span, plain),
    )
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
    match (scalar.kind(), scalar.reading().elsewhere?) {
        (ScalarKind::Text, ScalarKind::Date) => None,
        (ScalarKind::Text, kind) => Some(report(scalar, kind, span)),
        _ => of_number(scalar, span),
    }
}

/// Makes one report of all that are about the same text: it is one name, wherever it is used.
/// Where the text itself is wrong, that is the mistake, and this is not reported.
pub fn merge(out: &mut Diagnostics) {
    const MOST_LABELS: usize = 4;
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
        let first = &mut merged[at];
        let shown = usize::from(first.labels.len() <= MOST_LABELS);
        first.add_each([place], shown, "and here");
        if let (Some(all), Some(more)) = (&mut first.fix, diagnostic.fix) {
            all.edits.extend(more.edits);
        }
    }
    *out.items_mut() = merged;
}
