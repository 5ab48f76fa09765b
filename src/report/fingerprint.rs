//! Names for reports that stay while lines move, so that a CI system knows a mistake again.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Report, Unread};
use crate::diagnostic::Diagnostic;

/// The namespace of the names, made by this project.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d3c_9d4e_5b0f_4d0c_9a52_7f1e_8b64_2c17);

/// What a name is made from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// What is reported and what is written there.
    Mistake,
    /// That, and the file that it is in.
    MistakeInFile,
}

/// A name for each report, in their order, 32 hexadecimal digits. It depends on the report's
/// [identity](crate::diagnostic::Identity), not on its sentences and not on its line; of several
/// that are alike, the second, third … count.
pub(in crate::report) fn fingerprints(report: &Report<'_>, of: Of) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let name = |diagnostic: &Diagnostic| {
        let span = diagnostic.primary().span;
        let source = report.sources.get(span.source);
        let file = source.map_or_else(String::new, |source| report.path(source.name()));
        let marked = source.map_or("", |source| start(source.slice(span)));
        let identity = diagnostic.identity(marked);
        let key = format!("{}\0{}", identity.code, identity.names.join("\0"));
        // Alike reports are counted within a file: other files do not change this one's names.
        let count = seen.entry(format!("{file}\0{key}")).or_default();
        *count += 1;
        let text = match of {
            Of::Mistake => format!("{key}\0{count}"),
            Of::MistakeInFile => format!("{file}\0{key}\0{count}"),
        };
        named(&text)
    };
    report.diagnostics.iter().map(name).collect()
}

/// A name for a file that could not be read.
pub(super) fn of_unread(report: &Report<'_>, unread: &Unread) -> String {
    named(&format!("{}\0{}", report.path(&unread.path), unread.kind()))
}

/// As much of what is marked as tells it from others: it may be the whole file.
fn start(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

const LONGEST: usize = 1000;

fn named(text: &str) -> String {
    let name = Uuid::new_v5(&NAMESPACE, text.as_bytes());
    name.simple().to_string()
}
