//! A text in another syntax than the one in which it is read: most likely the name of its file says so.

use crate::diagnostic::{Diagnostics, Stops};
use crate::node::{Document, Kind, spelt};
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
    if source.syntax() == Syntax::Yaml
        && let Some(notation) = drawn_in(&line)
    {
        let arrow = lines::down(source.text(), line.start).find_map(|line| as_item(line.content));
        let arrow = arrow.unwrap_or_else(|| "- { from: New, to: Closed }".to_owned());
        out.items_mut().truncate(from);
        let slip = Slip::Drawing(notation, &arrow);
        out.push(slip.report(&YAML, place(source, line.range())));
        return Some(unreadable(source));
    }
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

/// The notation of pictures that a line begins a text in.
fn drawn_in(line: &Line<'_>) -> Option<&'static str> {
    const BEGINNINGS: [(&str, &str); 6] = [
        ("stateDiagram", "a Mermaid diagram"),
        ("flowchart", "a Mermaid diagram"),
        ("graph", "a Mermaid diagram"),
        ("@startuml", "a PlantUML diagram"),
        ("digraph", "a DOT graph"),
        ("strict digraph", "a DOT graph"),
    ];
    let begins = |word: &str| {
        let rest = line.content.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-']))
    };
    let found = BEGINNINGS.iter().find(|(word, _)| begins(word));
    let is_key = line.content.contains(": ") || line.content.ends_with(':');
    found.filter(|_| !is_key).map(|(_, notation)| *notation)
}

/// The arrow that a line of a drawing is, as an item of `transitions`.
fn as_item(content: &str) -> Option<String> {
    let arrow = ["-->", "->"]
        .into_iter()
        .find(|arrow| content.contains(arrow))?;
    let (from, rest) = content.split_once(arrow)?;
    let (to, name) = match rest.split_once(':') {
        Some((to, name)) => (to, Some(name.trim())),
        None => (rest, None),
    };
    let (from, to) = (from.trim(), to.trim());
    let is_name = |text: &str| {
        let is_of_names = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        !text.is_empty() && text.chars().all(is_of_names)
    };
    if !is_name(from) || !is_name(to) {
        return None;
    }
    let name = name.filter(|name| is_name(name));
    let name = name.map_or(String::new(), |name| format!("name: {}, ", spelt(name)));
    Some(format!(
        "- {{ {name}from: {}, to: {} }}",
        spelt(from),
        spelt(to)
    ))
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
