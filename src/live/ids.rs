//! The ids that a product gave, written into the blocks of workflow files: comments and order stay.

use crate::changes::{Difference, Subject, Version};
use crate::compile;
use crate::node::{self, Entry, Kind, Node};
use crate::rules::Checked;
use crate::source::{Source, Span, Syntax};
use crate::targets;
use crate::write::Definition;
use crate::write::spelling;
use crate::write::value::{Field, Value};

/// An id, as a file writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    text: String,
    is_number: bool,
}

impl Id {
    fn of(value: &Value) -> Option<Self> {
        let (text, is_number) = match value {
            Value::Text(text) => (text, false),
            Value::Word(text) | Value::Number(text, _) => (text, true),
            Value::Null(_) | Value::List(..) | Value::Map(..) => return None,
        };
        Some(Id {
            text: text.clone(),
            is_number,
        })
    }

    fn spelt(&self) -> String {
        match self.is_number {
            true => self.text.clone(),
            false => node::quoted(&self.text),
        }
    }
}

/// The fields of blocks that hold what a product gave one workflow: its own id, or those of its run.
const OF_ONE: &[&str] = &["id", "workflow-id", "run-id", "case-id"];

/// What a product's answer tells of one workflow.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// The id of the workflow, by the field of the block.
    one: Vec<(String, Id)>,
    /// Those of states, by the field of the block and the name of the state.
    of_states: Vec<(String, Vec<(String, Id)>)>,
}

impl Ids {
    /// Those that the definition has, which is read from an answer.
    pub fn of(definition: &Definition) -> Self {
        let mut ids = Ids::default();
        for field in definition.targets.iter().flat_map(|(_, block)| block) {
            let name = &field.name;
            match &field.value {
                Value::Map(fields, _) if name == "ids" || name.ends_with("-ids") => {
                    let id = |field: &Field| Some((field.name.clone(), Id::of(&field.value)?));
                    let all = fields.iter().filter_map(id).collect();
                    ids.of_states.push((name.clone(), all));
                }
                value if OF_ONE.contains(&name.as_str()) => {
                    ids.one.extend(Id::of(value).map(|id| (name.clone(), id)));
                }
                _ => {}
            }
        }
        ids
    }

    /// The same, with the names that states have in the files; without those that are in none.
    pub fn renamed<'n>(mut self, name: impl Fn(&str) -> Option<&'n str>) -> Self {
        for (_, ids) in &mut self.of_states {
            ids.retain_mut(|(state, _)| match name(state) {
                Some(name) => {
                    name.clone_into(state);
                    true
                }
                None => false,
            });
        }
        self
    }
}

/// What became of a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// It has all ids already.
    Same,
    /// The new text, and how many ids are new in it.
    Text(String, usize),
    /// It is written in a way that this program does not add to: what to write, a line each.
    ByHand(Vec<String>),
}

/// Writes the ids of the states that `checked` has into its block of this target.
pub fn write(source: &Source, checked: &Checked, target: &'static str, ids: &Ids) -> Written {
    let block = targets::block(checked.resolved(), target);
    let body = block.map(|block| &block.body);
    let has_state = |name: &str| checked.resolved().find(name).is_some();
    let mut edits = Vec::new();
    let mut fields = Vec::new();
    let mut expected = Vec::new();
    let mut text = Text {
        source,
        edits: &mut edits,
    };
    for (name, id) in &ids.one {
        let entry = body.and_then(|body| entry(body, name));
        if text.set(entry, id) {
            continue;
        }
        expected.push((name.clone(), None, id.clone()));
        if entry.is_none() {
            fields.push((name.clone(), id.spelt()));
        }
    }
    for (name, of_states) in &ids.of_states {
        let map = body.and_then(|body| entry(body, name));
        let mut new = Vec::new();
        for (state, id) in of_states.iter().filter(|(state, _)| has_state(state)) {
            let known = map.and_then(|map| entry(&map.value, state));
            if text.set(known, id) {
                continue;
            }
            expected.push((name.clone(), Some(state.clone()), id.clone()));
            if known.is_none() {
                new.push((state.clone(), id.spelt()));
            }
        }
        match map {
            _ if new.is_empty() => {}
            Some(map) => text.add(map.key_span(), Some(&map.value), &new),
            None => fields.push((name.clone(), text.line_of(&new))),
        }
    }
    if expected.is_empty() {
        return Written::Same;
    }
    let by_hand = fields.iter().map(|(name, value)| text.pair(name, value));
    let by_hand: Vec<String> = by_hand.collect();
    if !fields.is_empty() {
        match block {
            Some(block) => text.add(block.name.span, Some(&block.body), &fields),
            None => text.add_block(target, &fields, checked),
        }
    }
    let new = applied(source.text(), edits);
    match says(source, checked, target, &new, &expected) {
        true => Written::Text(new, expected.len()),
        false => Written::ByHand(by_hand),
    }
}

fn entry<'n, 's>(map: &'n Node<'s>, name: &str) -> Option<&'n Entry<'s>> {
    map.entries()?.iter().find(|entry| entry.key.text() == name)
}

/// A text, and what is to be written in it.
struct Text<'t> {
    source: &'t Source,
    edits: &'t mut Vec<(usize, usize, String)>,
}

impl Text<'_> {
    /// Whether the entry says this id; where it says another one, that is replaced.
    fn set(&mut self, entry: Option<&Entry>, id: &Id) -> bool {
        let Some(entry) = entry else { return false };
        let is_same = entry
            .value
            .scalar()
            .is_some_and(|s| s.text() == id.text.as_str());
        if !is_same {
            let span = entry.value.span.range();
            self.edits.push((span.start, span.end, id.spelt()));
        }
        is_same
    }

    fn is_toml(&self) -> bool {
        self.source.syntax() == Syntax::Toml
    }

    fn key(&self, name: &str) -> String {
        let is_bare = match self.is_toml() {
            true => node::is_bare_in_toml(name),
            false => spelling::is_plain_in_yaml(name, true),
        };
        match is_bare {
            true => name.to_owned(),
            false => node::quoted(name),
        }
    }

    fn pair(&self, name: &str, value: &str) -> String {
        let sign = if self.is_toml() { " =" } else { ":" };
        format!("{}{sign} {value}", self.key(name))
    }

    /// A map in one line.
    fn line_of(&self, pairs: &[(String, String)]) -> String {
        let pairs = pairs.iter().map(|(name, value)| self.pair(name, value));
        format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
    }

    /// Adds entries to the map that stands after `key`.
    fn add(&mut self, key: Span, map: Option<&Node>, pairs: &[(String, String)]) {
        let text = self.source.text();
        let pairs = pairs.iter().map(|(name, value)| self.pair(name, value));
        let pairs: Vec<String> = pairs.collect();
        let lines = |indent: &str| -> String {
            pairs
                .iter()
                .map(|pair| format!("{indent}{pair}\n"))
                .collect()
        };
        let (start, end) = map.map_or((0, 0), |map| (map.span.range().start, map.span.range().end));
        let is_inline = text
            .get(start..end)
            .is_some_and(|text| text.starts_with('{'));
        let last = map.and_then(Node::entries).and_then(<[Entry]>::last);
        match (is_inline, last) {
            (true, None) => {
                let line = format!("{{ {} }}", pairs.join(", "));
                self.edits.push((start, end, line));
            }
            (true, Some(last)) => {
                let at = last.value.span.range().end;
                self.edits.push((at, at, format!(", {}", pairs.join(", "))));
            }
            // The key stands in the head of a table, or before a value that is not there.
            _ if self.is_toml() => {
                let at = line_end(text, key.range().end);
                self.edits.push((at, at, lines("")));
            }
            (false, Some(last)) => {
                let before = map.and_then(Node::entries).and_then(<[Entry]>::first);
                let first = before.map_or(key, Entry::key_span).range().start;
                let indent = &text[line_start(text, first)..first];
                let mut at = last.value.span.range().end;
                while at > 0 && text[..at].ends_with(['\n', '\r', ' ']) {
                    at -= 1;
                }
                let at = line_end(text, at);
                self.edits.push((at, at, lines(indent)));
            }
            (false, None) => {
                let first = key.range().start;
                let indent = &text[line_start(text, first)..first];
                let at = line_end(text, key.range().end);
                self.edits.push((at, at, lines(&format!("{indent}  "))));
            }
        }
    }

    /// Adds the block of a target that the file does not name.
    fn add_block(&mut self, target: &str, pairs: &[(String, String)], checked: &Checked) {
        let text = self.source.text();
        let lines = pairs.iter().map(|(name, value)| self.pair(name, value));
        let lines: Vec<String> = lines.collect();
        let others = &checked.workflow().targets;
        if self.is_toml() {
            let block = format!("\n[targets.{target}]\n{}\n", lines.join("\n"));
            return self.edits.push((text.len(), text.len(), block));
        }
        match others.first() {
            None => {
                let lines = lines.iter().map(|line| format!("    {line}\n"));
                let block = format!("\ntargets:\n  {target}:\n{}", lines.collect::<String>());
                self.edits.push((text.len(), text.len(), block));
            }
            Some(other) => {
                let first = other.name.span.range().start;
                let start = line_start(text, first);
                let indent = &text[start..first];
                let lines = lines.iter().map(|line| format!("{indent}  {line}\n"));
                let block = format!("{indent}{target}:\n{}", lines.collect::<String>());
                self.edits.push((start, start, block));
            }
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line after that of `at` begins.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn applied(text: &str, mut edits: Vec<(usize, usize, String)>) -> String {
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end, piece) in edits {
        if start < at {
            continue;
        }
        new.push_str(&text[at..start]);
        // The last line may have no end of its own.
        if start == text.len() && !new.is_empty() && !new.ends_with('\n') && piece.ends_with('\n') {
            new.push('\n');
        }
        new.push_str(&piece);
        at = end;
    }
    new.push_str(&text[at..]);
    new
}

/// Whether the new text says these ids, and nothing else but what the old one says.
fn says(
    source: &Source,
    checked: &Checked,
    target: &'static str,
    text: &str,
    expected: &[(String, Option<String>, Id)],
) -> bool {
    let new = source.with_text(text);
    let reading = compile::read(&new);
    let (Some(resolved), true) = (&reading.resolved, reading.errors.is_empty()) else {
        return false;
    };
    let version = |resolved| Version {
        path: "",
        resolved: Some(resolved),
        is_whole: true,
    };
    let difference = Difference::of(version(checked.resolved()), version(resolved));
    let is_of_target = |of: &Subject| matches!(of, Subject::Target(name) if *name == target);
    let is_only = difference.is_some_and(|d| d.changes.iter().all(|c| is_of_target(&c.of)));
    let Some(block) = targets::block(resolved, target) else {
        return false;
    };
    let has = |(name, state, id): &(String, Option<String>, Id)| {
        let node = block.body.get(name);
        let node = match state {
            Some(state) => node.and_then(|node| node.get(state)),
            None => node,
        };
        let is_it = |node: &Node| match node.kind() {
            Kind::Scalar(scalar) => scalar.text() == id.text.as_str(),
            _ => false,
        };
        node.is_some_and(is_it)
    };
    is_only && expected.iter().all(has)
}
