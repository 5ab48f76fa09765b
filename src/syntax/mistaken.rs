//! A text in another syntax than the one in which it is read: most likely the name of its file says so.

use crate::diagnostic::{Diagnostics, Stops};
use crate::node::{Document, Kind};
use crate::source::{Source, Syntax};

use super::lines::{self, Line};
use super::slips::{Slip, TOML, YAML};
use super::{place, toml, unreadable, yaml};

/// What is known of a source that `document` was read of, with the reports in `out` from number `from` on, where it is
/// in another syntax: that is reported in their place.
pub(super) fn reread<'s>(
    source: &'s Source,
    document: &Document<'_>,
    from: usize,
    out: &mut Diagnostics,
) -> Option<Document<'s>> {
    let is_map = document
        .root
        .as_ref()
        .is_some_and(|root| root.entries().is_some());
    if is_map && out.len() == from {
        return None;
    }
    let line =
        lines::down(source.text(), 0).find(|line| !line.is_idle() && line.content != "---")?;
    let mut aside = out.aside();
    let (other, grammar) = match source.syntax() {
        Syntax::Yaml if begins_toml(&line) => (toml::read(source, &mut aside), &YAML),
        Syntax::Toml if begins_yaml(&line) => (yaml::read(source, &mut aside), &TOML),
        _ => return None,
    };
    // One entry alone may be anything.
    const LEAST: usize = 2;
    let is_other = match other.root.as_ref().map(|root| root.kind()) {
        Some(Kind::Map(entries)) => entries.len() >= LEAST,
        _ => false,
    };
    if !is_other || aside.iter().any(|report| report.code.stops(Stops::Reading)) {
        return None;
    }
    out.items_mut().truncate(from);
    let at = place(source, line.range());
    out.push(Slip::OtherSyntax.report(grammar, at));
    Some(unreadable(source))
}

/// Whether a line is `key = value` or a header.
fn begins_toml(line: &Line<'_>) -> bool {
    let is_header = line.content.starts_with('[') && line.content.ends_with(']');
    let key = line.content.split_once(" = ").map(|(key, _)| key);
    is_header || key.is_some_and(is_word)
}

/// Whether a line is `key: value`, or `key:` and nothing.
fn begins_yaml(line: &Line<'_>) -> bool {
    let key = line.content.split_once(": ").map(|(key, _)| key);
    key.or(line.content.strip_suffix(':')).is_some_and(is_word)
}

fn is_word(key: &str) -> bool {
    !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}
