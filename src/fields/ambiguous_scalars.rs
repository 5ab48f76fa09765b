//! `ambiguous-scalars`: text that another reader of the same file takes for something else.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
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
    let written = &scalar.text;
    let quoted = quoted(written);
    let message = format!(
        "`{written}` is used as text, but without quotes it is {}",
        kind.phrase()
    );
    let label = match scalar.elsewhere {
        Some(_) => format!("{} to readers of YAML 1.1", kind.phrase()),
        None => format!("{} to other readers of this file", kind.phrase()),
    };
    Diagnostic::new(&CODE, message, span, label)
        .help(format!("put it in quotes: `{quoted}`"))
        .fix(span, quoted)
}
