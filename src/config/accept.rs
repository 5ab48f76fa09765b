//! What the configuration accepts of changes.

use crate::compile;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group};
use crate::fields::{self, Field, Fields, Subject, invalid_values, missing_fields, wrong_types};
use crate::limits::Grouped;
use crate::node::{Node, quoted};
use crate::silencing::acceptances::Acceptance;
use crate::silencing::missing_reasons::is_reason;
use crate::silencing::unknown_codes;
use crate::source::{Span, Text};

/// The fields of an entry.
pub(super) const FIELDS: &[&str] = &["code", "workflow", "names", "reason"];

const ENTRY: Subject = Subject {
    kind: "an entry of `accept`",
    name: None,
};

/// So many entries are read: each is compared with every report of a change.
const MOST: usize = 1000;

/// The codes that can be accepted.
pub(super) fn codes() -> impl Iterator<Item = &'static Code> {
    let codes = compile::codes().into_iter();
    codes.filter(|code| code.group == Group::Changes)
}

/// Reads `accept`. An entry that lacks something is reported and accepts nothing.
pub(super) fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Vec<Acceptance> {
    let Some(items) = node.items() else {
        let help = "write `[[accept]]`, and below it `code`, `workflow` and `reason`";
        out.push(wrong_types::report(field, node, "a list of entries").help(help));
        return Vec::new();
    };
    if let Some(item) = items.get(MOST) {
        let message = format!("{field} has more than {} entries", Grouped(MOST));
        let help = "delete those of changes that are made".to_owned();
        let label = "entries from here on are not read";
        out.push(invalid_values::other(message, item.span, label, help));
    }
    let readable = items.iter().take(MOST).filter(|item| !item.is_lost());
    readable.filter_map(|item| entry(item, out)).collect()
}

fn entry(node: &Node, out: &mut Diagnostics) -> Option<Acceptance> {
    let first = node.entries().and_then(|entries| entries.first());
    let place = first.map_or(node.span, |entry| entry.key_span());
    let fields = Fields::of(node, ENTRY, place, FIELDS, out)?;
    for required in ["code", "workflow", "reason"] {
        if fields.lacks(required) {
            out.push(missing_fields::report(fields.field(required), place));
        }
    }
    let mut name = |of: &str| fields::name(fields.get(of)?, fields.field(of), out);
    let (workflow, written) = (name("workflow"), name("code"));
    let reason = fields
        .get("reason")
        .and_then(|node| reason(node, fields.field("reason"), out));
    let names = fields
        .get("names")
        .map(|node| fields::one_or_more(node, fields.field("names"), out));
    let written = written?;
    let code = code(&written.value, written.span, out)?;
    Some(Acceptance {
        code,
        at: written.span,
        workflow: workflow?,
        // One whose names cannot be read would accept more than it says.
        names: match names {
            Some(names) => names?,
            None => Vec::new(),
        },
        reason: reason?,
    })
}

fn reason(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    let reason = fields::text(node, field, out)?;
    if !is_reason(reason.value.trim()) {
        let message = format!("{field} gives no reason");
        let help = "write why the change is right, such as `no ticket was in it on Monday`";
        let label = "a reason belongs here";
        out.push(invalid_values::other(
            message,
            node.span,
            label,
            help.to_owned(),
        ));
        return None;
    }
    Some(reason)
}

/// The code that is named. One that does not exist is told, and no other is taken for it.
fn code(written: &str, at: Span, out: &mut Diagnostics) -> Option<&'static Code> {
    if let Some(code) = compile::code(written).filter(|code| code.group != Group::Changes) {
        out.push(not_of_changes(code, at));
        return None;
    }
    let all: Vec<&'static Code> = codes().collect();
    let named = unknown_codes::Named {
        what: "an entry of `accept`",
        written,
        at,
        others: &[],
        spelt: &quoted,
        deleted: &|| None,
    };
    let found = unknown_codes::find(&named, &all, &mut |report| out.push(report));
    found.filter(|code| code.name == written)
}

fn not_of_changes(code: &Code, at: Span) -> Diagnostic {
    let message = format!("`{}` cannot be accepted by the configuration", code.name);
    let help = format!(
        "write a comment where it is reported, or a level of `{}`",
        code.name
    );
    invalid_values::other(message, at, "not reported of changes", help)
}
