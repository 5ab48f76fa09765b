//! Transitions that are written as several items, or that lead to several states.

use super::super::FILE;
use super::{Tree, as_name, end_of, name_node, without};
use crate::diagnostic::{Diagnostic, Edit};
use crate::fields::{Subject, wrong_types};
use crate::language::transition::{FIELDS, THING};
use crate::node::{Entry, Kind, Node};

/// To more states than these leads no transition by mistake; each takes a copy of it.
const MOST_TARGETS: usize = 16;

/// What a report calls the transition with these fields.
pub(super) fn owner_of<'e>(entries: &'e [Entry]) -> Subject<'e> {
    let value = |name: &str| entries.iter().find(|entry| entry.key.is(name));
    let names = [FIELDS.name.name, FIELDS.to.name];
    let called = names.iter().find_map(|name| as_name(&value(name)?.value));
    called.map_or(Subject::only("a transition"), |name| {
        Subject::named("transition", name)
    })
}

fn has(entries: &[Entry], name: &str) -> bool {
    entries.iter().any(|entry| entry.key.is(name))
}

fn is_whole(entries: &[Entry]) -> bool {
    has(entries, FIELDS.from.name) && has(entries, FIELDS.to.name)
}

/// Whether `more` are other fields of the same transition.
fn goes_on(entries: &[Entry], more: &Node) -> bool {
    let others = more.entries().filter(|_| more.is_own()).unwrap_or(&[]);
    let is_field = |entry: &Entry| THING.names.contains(&entry.key.text());
    if !entries.iter().all(is_field) {
        return false;
    }
    let is_part =
        !is_whole(entries) || !(has(others, FIELDS.from.name) || has(others, FIELDS.to.name));
    !others.is_empty() && is_part && others.iter().all(is_field)
}

impl<'s> Tree<'_, 's> {
    /// `- name: Close`, `- from: New` and `- to: Closed`: a dash for each field.
    pub(super) fn join_parts(&mut self) {
        let name = FILE.transitions.name;
        let items = self.value(name).and_then(Node::items).unwrap_or(&[]);
        let is_part = |item: &Node| item.entries().is_some_and(|entries| !is_whole(entries));
        if items.iter().any(is_part) {
            self.join_items(name, goes_on, |entries| {
                is_whole(entries).then(|| owner_of(entries))
            });
        }
    }

    /// Puts items of a list together that go on with other fields where one ends, and are something `whole` then.
    pub(super) fn join_items(
        &mut self,
        list: &str,
        goes_on: impl Fn(&[Entry], &Node) -> bool,
        whole: impl for<'e> Fn(&'e [Entry<'s>]) -> Option<Subject<'e>>,
    ) {
        let Some((at, items)) = self.take_items(list) else {
            return;
        };
        let mut kept: Vec<Node<'s>> = Vec::with_capacity(items.len());
        let mut rest = items.into_iter().peekable();
        let mut first: Option<Diagnostic> = None;
        while let Some(item) = rest.next() {
            let entries = item.entries().filter(|_| item.is_own()).unwrap_or(&[]);
            let is_other = |entries: &[Entry], more: &Node| {
                let others = more.entries().unwrap_or(&[]).iter();
                !entries.is_empty()
                    && goes_on(entries, more)
                    && others
                        .into_iter()
                        .all(|entry| !has(entries, entry.key.text()))
            };
            if !rest.peek().is_some_and(|next| is_other(entries, next)) {
                kept.push(item);
                continue;
            }
            let mut all = entries.to_vec();
            let mut more: Vec<Node<'s>> = Vec::new();
            while let Some(next) = rest.next_if(|next| is_other(&all, next)) {
                all.extend(next.entries().unwrap_or(&[]).iter().cloned());
                more.push(next);
            }
            let Some(owner) = whole(&all) else {
                kept.push(item);
                kept.extend(more);
                continue;
            };
            let report = self.in_parts(owner, list, &item, &more);
            // Whoever writes one so writes all of them so.
            const MOST_LABELS: usize = 6;
            match &mut first {
                Some(first) => first.take_in(report, MOST_LABELS),
                None => first = Some(report),
            }
            kept.push(Node::new(item.span, Kind::Map(all.into())));
        }
        self.put(at, Kind::List(kept.into()));
        self.out.extend(first);
    }

    fn in_parts(&self, owner: Subject, list: &str, item: &Node, more: &[Node]) -> Diagnostic {
        let text = self.text();
        let field = |node: &Node| {
            node.entries()?
                .first()
                .map(|entry| entry.key.text().to_owned())
        };
        let name = more.first().and_then(field).unwrap_or_default();
        let dash = |node: &Node| match self.is_toml() {
            true => {
                let header = node.span.range();
                let is_header = text[header.clone()].starts_with("[[");
                is_header.then(|| self.edit(header.start..self.next_line(header.end), ""))
            }
            false => {
                let dash = self.dash_before(node.span.range().start)?;
                Some(self.edit(dash..dash + 1, " "))
            }
        };
        let edits: Option<Vec<Edit>> = more.iter().map(dash).collect();
        let help = match self.is_toml() {
            true => format!("write `[[{list}]]` once for each item"),
            false => format!("write one dash for each item: `  {name}:` for `- {name}:`"),
        };
        let place = |node: &Node| match dash(node) {
            Some(edit) if !self.is_toml() => edit.span,
            _ => node.span,
        };
        let places: Vec<_> = more.iter().map(place).collect();
        let report = wrong_types::in_parts(owner, more.len() + 1, item.span, &places);
        let report = report.help(help);
        // What is whole by itself may belong to nothing else.
        let is_sure = !more.iter().any(|part| part.entries().is_some_and(is_whole));
        match edits {
            Some(edits) => report.edits(is_sure, edits),
            None => report,
        }
    }

    /// `to: [Work, Closed]`: a transition leads to one state.
    pub(super) fn split_targets(&mut self) {
        let name = FILE.transitions.name;
        let items = self.value(name).and_then(Node::items).unwrap_or(&[]);
        let targets = |item: &Node| {
            let to = item.get(FIELDS.to.name)?.items()?;
            let names = to.iter().map(|to| as_name(to).map(str::to_owned));
            let names = names.collect::<Option<Vec<String>>>();
            names.filter(|names| (1..=MOST_TARGETS).contains(&names.len()))
        };
        if !items.iter().any(|item| targets(item).is_some()) {
            return;
        }
        let Some((at, items)) = self.take_items(name) else {
            return;
        };
        let mut kept: Vec<Node<'s>> = Vec::with_capacity(items.len());
        for item in items {
            let Some(names) = targets(&item).filter(|_| item.is_own()) else {
                kept.push(item);
                continue;
            };
            let entries = item.entries().unwrap_or(&[]);
            let Some(to) = entries
                .iter()
                .position(|entry| entry.key.is(FIELDS.to.name))
            else {
                continue;
            };
            let report = self.to_several(&item, entries, to, &names);
            for (number, target) in names.iter().enumerate() {
                let mut entries = entries.to_vec();
                let span = entries[to].value.span;
                let place = entries[to]
                    .value
                    .items()
                    .map_or(span, |items| items[number].span);
                entries[to].value = name_node(target, place);
                if number > 0 {
                    entries.retain(|entry| !entry.key.is(FIELDS.name.name));
                }
                kept.push(Node::new(item.span, Kind::Map(entries.into())));
            }
            self.out.push(report);
        }
        self.put(at, Kind::List(kept.into()));
    }

    /// The report about the transition `item`, whose field number `to` names the states `names`.
    fn to_several(
        &self,
        item: &Node,
        entries: &[Entry],
        to: usize,
        names: &[String],
    ) -> Diagnostic {
        let value = &entries[to].value;
        let field = owner_of(entries).field(FIELDS.to.name);
        let report = wrong_types::report(field, value, "a state");
        let spelt = |name: &String| self.spelt(name);
        // Of an alias, what it stands for is written elsewhere.
        let items = value.items().unwrap_or(&[]);
        let is_here = items.iter().all(|item| value.span.contains(item.span));
        if let [only] = names {
            let text = spelt(only);
            let report = report.help(format!("write `{text}` without brackets"));
            return match is_here {
                true => report.fix(value.span, text),
                false => report,
            };
        }
        let sign = self.sign();
        let each: Vec<String> = names
            .iter()
            .map(|name| format!("to{sign} {}", spelt(name)))
            .collect();
        let report = report
            .help(format!(
                "write one transition for each: one with `{}`, one with `{}`",
                each[0], each[1]
            ))
            .note("a second transition without a name has that of the state it leads to");
        match self.copies(item, entries, to, names).filter(|_| is_here) {
            Some(edit) => report.edits(false, vec![edit]),
            None => report,
        }
    }

    /// The edit that writes the item once for each of `names`, with a name only the first time.
    fn copies(&self, item: &Node, entries: &[Entry], to: usize, names: &[String]) -> Option<Edit> {
        let text = self.text();
        let start = item.span.range().start;
        let end = entries.iter().map(end_of).max()?.max(item.span.range().end);
        let between = match (self.is_toml(), self.dash_before(start)) {
            (true, _) if text[start..].starts_with("[[") => "\n\n".to_owned(),
            (false, Some(dash)) => format!("\n{}- ", " ".repeat(dash - self.line_start(dash))),
            _ => ", ".to_owned(),
        };
        let named = entries
            .iter()
            .position(|entry| entry.key.is(FIELDS.name.name));
        let named = named.and_then(|at| without(entries, at));
        let list = entries[to].value.span.range();
        let copy = |number: usize| -> Option<String> {
            let mut cuts = vec![(list.clone(), self.spelt(&names[number]))];
            if let Some(named) = named.clone().filter(|_| number > 0) {
                cuts.push((named, String::new()));
            }
            cuts.sort_by_key(|(range, _)| range.start);
            let (mut copy, mut done) = (String::new(), start);
            for (range, new) in cuts {
                copy.push_str(text.get(done..range.start)?);
                copy.push_str(&new);
                done = range.end;
            }
            copy.push_str(text.get(done..end)?);
            Some(copy)
        };
        let copies: Option<Vec<String>> = (0..names.len()).map(copy).collect();
        Some(self.edit(start..end, copies?.join(&between)))
    }
}
