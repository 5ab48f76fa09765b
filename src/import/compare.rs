//! What was read against what is built again.

mod key;

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::hashing::{HashMap, HashSet};
use crate::node::{Entry, Kind, Node, Scalar, ScalarKind};
use crate::source::Span;
use crate::targets::lossy_imports::{self, Change, Difference};
use crate::targets::{Import, List};

/// What was read, held against what is built of it: one report for each field that differs, wherever
/// that is.
///
/// No value, `null` and no text are the same, but in what is sent to the product; a field that is
/// not there at all is also the same as an empty list or object that is built.
pub struct Comparison {
    import: &'static Import,
    /// The keys of fields and the items of lists that are spoken of already.
    told: HashSet<Span>,
    /// Where the same differs in the same way, and what it is called there.
    found: BTreeMap<Difference, Vec<(Span, Option<String>)>>,
}

/// Where a value stands.
#[derive(Clone, Copy, Default)]
struct At<'p> {
    /// All the way from the root, as [`Import`] writes paths.
    path: &'p str,
    /// The way from the nearest thing that people know.
    within: &'p str,
    /// That thing: what it is, and its name.
    what: &'static str,
    name: Option<&'p str>,
}

impl Comparison {
    /// Of nothing yet.
    pub fn of(import: &'static Import, told: HashSet<Span>) -> Self {
        Comparison {
            import,
            told,
            found: BTreeMap::new(),
        }
    }

    /// Speaks of the item at this place no more.
    pub fn leave(&mut self, place: Span) {
        self.told.insert(place);
    }

    /// Adds what was read and what is built of it.
    pub fn add(&mut self, node: &Node, built: &Value) {
        self.value(node, Some(built), At::default());
    }

    /// All that differs.
    pub fn differences(self) -> impl Iterator<Item = Diagnostic> {
        self.found
            .into_iter()
            .filter_map(|(difference, mut places)| {
                places.sort_by_key(|(place, _)| place.start);
                lossy_imports::differs(&difference, &places)
            })
    }

    /// Calls itself as deep as the node is, which [`crate::syntax`] bounds.
    fn value(&mut self, node: &Node, built: Option<&Value>, at: At) {
        match (node.kind(), built) {
            (Kind::Scalar(scalar), built) if self.is_same(scalar, built) => {}
            (Kind::Map(entries), Some(Value::Object(map))) => {
                for entry in entries {
                    self.entry(entry, map.get(entry.key.text()), at);
                }
                let keys: HashSet<&str> = entries.iter().map(|entry| entry.key.text()).collect();
                for (key, value) in map.iter().filter(|(key, _)| !keys.contains(key.as_str())) {
                    let (path, within) = (below(at.path, key), below(at.within, key));
                    let is_set = self.import.is_set_by_product(&path);
                    let shown = match self.import.numbered.contains(&path.as_str()) {
                        true => "a number".to_owned(),
                        false => shown(value),
                    };
                    if !is_set && !is_nothing(value) {
                        let at = At {
                            path: &path,
                            within: &within,
                            ..at
                        };
                        self.report(at, Change::Added(shown), node.span);
                    }
                }
            }
            (Kind::List(items), Some(Value::Array(values))) => {
                self.list(node.span, items, values, at);
            }
            (_, Some(value)) => {
                let change = Change::Becomes(written(node), shown(value));
                self.report(at, change, node.span);
            }
            (_, None) => self.report(at, Change::Lost(written(node)), node.span),
        }
    }

    fn entry(&mut self, entry: &Entry, built: Option<&Value>, at: At) {
        if self.told.contains(&entry.key_span()) {
            return;
        }
        let key = entry.key.text();
        let (path, within) = (below(at.path, key), below(at.within, key));
        // That the product sets nothing is worth a word, where it is known to set something.
        if self.import.is_set_by_product(&path) && !is_null(&entry.value) {
            return;
        }
        let at = At {
            path: &path,
            within: &within,
            ..at
        };
        let is_numbered = self.import.numbered.contains(&path.as_str());
        match (entry.value.scalar(), built) {
            (Some(number), Some(_)) if is_numbered && !self.is_same(number, built) => {
                self.report(at, Change::Renumbered, entry.value.span);
            }
            _ => self.value(&entry.value, built, at),
        }
    }

    fn list(&mut self, place: Span, items: &[Node], values: &[Value], at: At) {
        let table = self.import.lists.iter().find(|list| list.path == at.path);
        if let Some(list) = table {
            return self.keyed(list, place, items, values, at);
        }
        let is_plain = |value: &Value| !value.is_array() && !value.is_object();
        if items.iter().all(|item| item.scalar().is_some()) && values.iter().all(is_plain) {
            return self.scalars(place, items, values, at);
        }
        if items.len() != values.len() {
            let (items, values) = (list_of(items.len()), list_of(values.len()));
            return self.report(at, Change::Becomes(items, values), place);
        }
        let (path, within) = (format!("{}[]", at.path), format!("{}[]", at.within));
        let at = At {
            path: &path,
            within: &within,
            ..at
        };
        for (item, value) in items.iter().zip(values) {
            self.value(item, Some(value), at);
        }
    }

    /// Items of which each is known by what it says.
    fn keyed(&mut self, list: &List, place: Span, items: &[Node], values: &[Value], at: At) {
        let pairs = paired(list, items, values);
        let path = format!("{}[]", at.path);
        let part = format!("{}[]", at.within);
        for (item, partner) in items.iter().zip(&pairs) {
            let name = key::text(item, list.name);
            let inner = list.item(at, &path, &part, name.as_deref());
            match (partner, name.as_deref()) {
                (Some(partner), _) => self.value(item, values.get(*partner), inner),
                (None, _) if self.told.contains(&item.span) => {}
                (None, Some(name)) if list.what.is_empty() => {
                    self.report(at, Change::ItemLost(cut(name)), item.span);
                }
                (None, _) => self.report(inner, Change::Lost(written(item)), item.span),
            }
        }
        let used: HashSet<usize> = pairs.iter().copied().flatten().collect();
        let left = values.iter().enumerate().filter(|(n, _)| !used.contains(n));
        for (_, value) in left {
            let name = key::text(value, list.name);
            let inner = list.item(at, &path, &part, name.as_deref());
            match name.as_deref() {
                Some(name) if list.what.is_empty() => {
                    self.report(at, Change::ItemAdded(cut(name)), place);
                }
                _ => self.report(inner, Change::Added(shown(value)), place),
            }
        }
        if list.is_ordered && !pairs.iter().flatten().is_sorted() {
            self.report(at, Change::Order, place);
        }
    }

    /// Texts, numbers and words: each is its own key.
    fn scalars(&mut self, place: Span, items: &[Node], values: &[Value], at: At) {
        let mut rest: HashMap<String, VecDeque<usize>> = HashMap::default();
        for (number, value) in values.iter().enumerate() {
            let key = key::of_scalar(value).unwrap_or_default();
            rest.entry(key).or_default().push_back(number);
        }
        let (mut found, mut lost) = (Vec::with_capacity(items.len()), Vec::new());
        for item in items {
            let key = key::of_scalar(item).unwrap_or_default();
            match rest.get_mut(&key).and_then(VecDeque::pop_front) {
                Some(number) => found.push(number),
                None if self.told.contains(&item.span) => {}
                None => lost.push(item),
            }
        }
        let mut added: Vec<usize> = rest.into_values().flatten().collect();
        added.sort_unstable();
        let added = added.into_iter().filter_map(|number| values.get(number));
        let added: Vec<String> = added.map(shown).collect();
        if lost.len() == added.len() {
            let within = format!("{}[]", at.within);
            let at = At {
                within: &within,
                ..at
            };
            for (item, value) in lost.into_iter().zip(added) {
                self.report(at, Change::Becomes(written(item), value), item.span);
            }
        } else {
            for item in lost {
                self.report(at, Change::ItemLost(written(item)), item.span);
            }
            for value in added {
                self.report(at, Change::ItemAdded(value), place);
            }
        }
        if !found.is_sorted() {
            self.report(at, Change::Order, place);
        }
    }

    fn is_same(&self, scalar: &Scalar, built: Option<&Value>) -> bool {
        let text: &str = scalar.text();
        let is_empty = text.is_empty() && scalar.kind() == ScalarKind::Text;
        match (scalar.kind(), built) {
            (ScalarKind::Null, None) | (ScalarKind::Text, None | Some(Value::Null)) => {
                !self.import.is_sent && (is_empty || scalar.kind() == ScalarKind::Null)
            }
            (_, None) => false,
            (kind, Some(built)) => key::of_word(kind, text) == key::of_scalar(built),
        }
    }

    fn report(&mut self, at: At, change: Change, place: Span) {
        let difference = Difference {
            what: at.what,
            field: at.within.to_owned(),
            change,
        };
        let name = at.name.map(str::to_owned);
        let places = self.found.entry(difference).or_default();
        places.push((place, name));
    }
}

impl List {
    /// Where an item of this list stands, which itself stands at `list`: what people know begins
    /// anew with it.
    fn item<'p>(
        &self,
        list: At<'p>,
        path: &'p str,
        part: &'p str,
        name: Option<&'p str>,
    ) -> At<'p> {
        match self.what {
            "" => At {
                path,
                within: part,
                ..list
            },
            what => At {
                path,
                within: "",
                what,
                name,
            },
        }
    }
}

/// For each item the value that is its partner.
fn paired(list: &List, items: &[Node], values: &[Value]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; items.len()];
    let mut is_free = vec![true; values.len()];
    for fields in list.keys {
        let mut rest: HashMap<Vec<String>, VecDeque<usize>> = HashMap::default();
        for (number, value) in values.iter().enumerate().filter(|(n, _)| is_free[*n]) {
            if let Some(key) = key::of(value, fields) {
                rest.entry(key).or_default().push_back(number);
            }
        }
        let alone = items.iter().zip(&mut pairs).filter(|(_, p)| p.is_none());
        for (item, partner) in alone {
            let key = key::of(item, fields);
            *partner = key.and_then(|key| rest.get_mut(&key)?.pop_front());
            if let Some(number) = *partner {
                is_free[number] = false;
            }
        }
    }
    pairs
}

fn below(path: &str, key: &str) -> String {
    match path.is_empty() {
        true => key.to_owned(),
        false => format!("{path}.{key}"),
    }
}

fn is_null(node: &Node) -> bool {
    node.scalar().is_some_and(|s| s.kind() == ScalarKind::Null)
}

fn is_nothing(built: &Value) -> bool {
    match built {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// What is written, short enough for a message.
fn written(node: &Node) -> String {
    match node.kind() {
        Kind::Scalar(scalar) if scalar.kind() == ScalarKind::Text => cut(scalar.text()),
        Kind::Scalar(scalar) => format!("`{}`", scalar.text()),
        Kind::List(items) => list_of(items.len()),
        Kind::Map(entries) if entries.is_empty() => "an empty object".to_owned(),
        Kind::Map(_) => "an object".to_owned(),
        Kind::Absent(_) | Kind::Lost => "nothing".to_owned(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => cut(text),
        Value::Array(items) => list_of(items.len()),
        Value::Object(map) if map.is_empty() => "an empty object".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => format!("`{other}`"),
    }
}

fn list_of(items: usize) -> String {
    match items {
        0 => "an empty list".to_owned(),
        1 => "a list of one".to_owned(),
        many => format!("a list of {many}"),
    }
}

fn cut(text: &str) -> String {
    const MOST: usize = 24;
    if text.is_empty() {
        return "empty text".to_owned();
    }
    let line: String = text.lines().next().unwrap_or("").replace('`', "'");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}
