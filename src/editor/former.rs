//! What a state was called before, written where it is renamed, so that its tickets stay in it.

use crate::compile;
use crate::diagnostic::{Diagnostics, Edit};
use crate::fix;
use crate::graph::Resolved;
use crate::model::State;
use crate::node::{self, Entry, Kind, Node, spelt};
use crate::source::{Source, Syntax};
use crate::syntax;

/// What gives a state another name.
#[derive(Clone, Debug)]
pub struct Renaming {
    /// What is done, in order, no two edits on one place.
    pub edits: Vec<Edit>,
    /// Whether its former name should be written, and is not: there is no place where that is certain to
    /// be right.
    pub is_incomplete: bool,
}

/// Adds to `renaming`, which gives the state `old` the name `new`, what then has to stand under `was`;
/// `before` is the version that its tickets know. Nothing has to where they do not know the state by this
/// name.
pub fn add(
    source: &Source,
    before: Option<&Resolved>,
    (old, new): (&str, &str),
    renaming: Vec<Edit>,
) -> Renaming {
    let as_it_is = |is_incomplete| Renaming {
        edits: renaming.clone(),
        is_incomplete,
    };
    let now = compile::read(source);
    let state = |resolved: &Resolved, name: &str| {
        resolved
            .find(name)
            .map(|id| former(resolved.state(id)).map(str::to_owned).collect())
    };
    let now: Option<Vec<String>> = now.resolved.as_ref().and_then(|now| state(now, old));
    let Some(now) = now.filter(|_| old != new) else {
        return as_it_is(false);
    };
    let known: Option<Vec<String>> = before.and_then(|before| state(before, old));
    // The state of this name may have been another one.
    let oldest = |former: &[String]| former.last().map_or(old, String::as_str).to_owned();
    let is_known = known.is_some_and(|known| oldest(&known) == oldest(&now));
    let mut names = now.clone();
    match names.iter().position(|name| name == new) {
        // It gets a name back that it had.
        Some(at) => drop(names.drain(..=at)),
        None if is_known => names.insert(0, old.to_owned()),
        None => {}
    }
    if names == now {
        return as_it_is(false);
    }
    let Some(edit) = written(source, old, &names) else {
        return as_it_is(true);
    };
    let mut edits = renaming.clone();
    edits.push(edit);
    edits.sort_by_key(|edit| edit.span);
    let after = compile::read(&source.with_text(fix::replaced(source.text(), &edits)));
    let said = after.resolved.as_ref().and_then(|after| state(after, new));
    match said == Some(names) {
        true => Renaming {
            edits,
            is_incomplete: false,
        },
        false => as_it_is(true),
    }
}

/// The names that a state had.
fn former(state: &State) -> impl Iterator<Item = &str> {
    let was = state.details().was.iter().flat_map(|was| &was.value);
    was.map(|name| name.value.as_str())
}

/// The edit after which the state has these former names. It may be wrong where a text is written in
/// rare ways.
fn written(source: &Source, state: &str, names: &[String]) -> Option<Edit> {
    let document = syntax::read(source, &mut Diagnostics::new());
    let states = document.root.as_ref()?.get("states")?.entries()?;
    let entry = states.iter().find(|entry| entry.key.text() == state)?;
    let value = &entry.value;
    let text = source.text();
    let list = node::list(source.syntax(), names);
    if value.span.via != 0 || !value.is_own() {
        return None;
    }
    let fields = value.entries().unwrap_or_default();
    if let Some(was) = fields.iter().position(|field| field.key.text() == "was") {
        return instead(source, fields, was, names, &list);
    }
    let insert = |at: usize, text: String| Some(Edit::new(source.at(at..at), text));
    let field = match source.syntax() {
        Syntax::Toml => format!("was = {list}"),
        Syntax::Yaml => format!("was: {list}"),
        Syntax::Json => format!("\"was\": {list}"),
    };
    let start = value.span.range().start;
    let line_end = source.line_end();
    match (value.kind(), text[start..].chars().next()?) {
        (Kind::Map(_), '{') => {
            let comma = if fields.is_empty() { " " } else { "," };
            insert(start + 1, format!(" {field}{comma}"))
        }
        (Kind::Map(_), '[') => {
            let header = text[start..].find('\n').map(|end| start + end + 1);
            match header {
                Some(at) => insert(at, format!("{field}{line_end}")),
                None => insert(text.len(), format!("{line_end}{field}{line_end}")),
            }
        }
        (Kind::Map(_), _) if source.syntax() == Syntax::Yaml => {
            let first = fields.first()?.key_span().range().start;
            let indent = indent(text, first)?;
            insert(first, format!("{field}{line_end}{indent}"))
        }
        (Kind::Absent(_), _) if source.syntax() == Syntax::Yaml => {
            let key = entry.key_span().range().end;
            let colon = key + text[key..].find(':')? + 1;
            insert(colon, format!(" {{ {field} }}"))
        }
        _ => None,
    }
}

/// The edit that puts `names` in the place of those under `was`.
fn instead(
    source: &Source,
    fields: &[Entry],
    was: usize,
    names: &[String],
    list: &str,
) -> Option<Edit> {
    let text = source.text();
    let value = &fields[was].value;
    let key = fields[was].key_span().range();
    let span = value.span.range();
    if names.is_empty() {
        if indent(text, key.start).is_some() {
            let line = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
            let end = value
                .items()?
                .last()
                .map_or(span.end, |item| item.span.range().end.max(span.end));
            let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
            return Some(Edit::new(source.at(line..end), String::new()));
        }
        let range = match fields.get(was + 1) {
            Some(next) => key.start..next.key_span().range().start,
            None => {
                text[..key.start]
                    .rfind([',', '{'])
                    .map(|at| at + usize::from(was == 0))?..span.end
            }
        };
        return Some(Edit::new(source.at(range), String::new()));
    }
    if text[span.clone()].starts_with('[') {
        return Some(Edit::new(value.span, list.to_owned()));
    }
    // Items on lines of their own: a new one comes first.
    let first: &Node = value.items()?.first()?;
    let item = first.span.range().start;
    let line = text[..item].rfind('\n').map_or(0, |at| at + 1);
    let dash = line + text[line..item].find('-')?;
    let is_first = value.items()?.len() + 1 == names.len();
    let indent = indent(text, dash)?;
    is_first.then(|| {
        let name = spelt(&names[0]);
        let line_end = source.line_end();
        Edit::new(source.at(dash..dash), format!("- {name}{line_end}{indent}"))
    })
}

/// The blanks before a byte of the text, where nothing else is on its line before it.
fn indent(text: &str, at: usize) -> Option<&str> {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line..at];
    before.trim().is_empty().then_some(before)
}
