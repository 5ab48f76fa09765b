//! `ambiguous-scalars`: text that another reader of the same file takes for something else.

use crate::hashing::{HashMap, HashSet};

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
        Some(_) => format!("{} to readers of YAML 1.1", kind.phrase()),
        None => format!("{} to other readers of this file", kind.phrase()),
    };
    Diagnostic::new(&CODE, message, span, label)
        .help(format!("put it in quotes: `{quoted}`"))
        // Whoever writes `null` may mean that nothing is there.
        .fix_if(kind != ScalarKind::Null, span, quoted)
}

/// Makes one report of all that are about the same text: it is one name, wherever it is used.
/// Where something else is wrong with the text, that is the mistake, and this is not reported.
pub fn merge(out: &mut Diagnostics) {
    const MOST_LABELS: usize = 4;
    let is_ours = |diagnostic: &&Diagnostic| diagnostic.code == &CODE;
    if !out.iter().any(|diagnostic| is_ours(&diagnostic)) {
        return;
    }
    let wrong: HashSet<Span> = out
        .iter()
        .filter(|d| !is_ours(d))
        .map(|d| d.primary().span)
        .collect();
    out.items_mut()
        .retain(|d| !is_ours(&d) || !wrong.contains(&d.primary().span));
    let mut first_of: HashMap<String, Diagnostic> = HashMap::default();
    let mut order = Vec::new();
    let mut others = Vec::new();
    for diagnostic in std::mem::take(out.items_mut()) {
        if diagnostic.code != &CODE {
            others.push(diagnostic);
            continue;
        }
        let Some(mut first) = first_of.remove(&diagnostic.message) else {
            order.push(diagnostic.message.clone());
            first_of.insert(diagnostic.message.clone(), diagnostic);
            continue;
        };
        let place = diagnostic.primary().span;
        if first.labels.len() <= MOST_LABELS {
            first = first.label(place, "and here");
        }
        if let (Some(all), Some(more)) = (&mut first.fix, diagnostic.fix) {
            all.edits.extend(more.edits);
        }
        first_of.insert(diagnostic.message, first);
    }
    others.extend(
        order
            .into_iter()
            .filter_map(|message| first_of.remove(&message)),
    );
    *out.items_mut() = others;
}
