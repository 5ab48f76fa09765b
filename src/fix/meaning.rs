//! What a file says, to be held against what it says after a fix.
//!
//! A fix that nobody looks at may make a file say what it was taken to say, and what could not be read
//! may come to light. Nothing else may change.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

use super::facts::Facts;
use crate::graph::{Covered, Move, Place, Resolved, StateId};
use crate::invisible::is_hidden;
use crate::language::{Field, Kind, Said, transition};
use crate::model::decode::{QUOTES, identifier_like};
use crate::model::{From, Text, Transition};
use crate::node::{self, Node};

/// What was said before a fix: each thing that is said as a number (SipHash), because a large file says
/// a lot. The key is new each time, so that nobody can write two things of one number.
pub(super) struct Meaning {
    key: RandomState,
    facts: Facts<u64>,
    how: How,
}

/// How a file is looked at.
#[derive(Clone, Copy)]
struct How {
    /// Whether all of it could be read, so that nothing more may come to light.
    is_whole: bool,
    /// Whether all states are known, so that a misspelt name is that of the nearest.
    knows_states: bool,
}

impl Meaning {
    /// What `resolved` says; `is_whole` where no error in text and fields was reported of it.
    pub fn of(resolved: &Resolved, is_whole: bool) -> Self {
        let how = How {
            is_whole: is_whole && !resolved.is_cut_short(),
            knows_states: !resolved.workflow().doubts.states,
        };
        let key = RandomState::new();
        Meaning {
            facts: facts(resolved, how, &key),
            key,
            how,
        }
    }

    /// Whether `after` says all this, and nothing more but what could not be read before.
    pub fn is_kept(&self, after: &Resolved) -> bool {
        let facts = facts(after, self.how, &self.key);
        match self.how.is_whole {
            true => facts == self.facts,
            false => self.facts.are_among(&facts),
        }
    }
}

fn facts(resolved: &Resolved, how: How, key: &RandomState) -> Facts<u64> {
    let undefined = resolved.undefined().iter();
    let mut teller = Teller {
        resolved,
        undefined: undefined.map(|u| (u.name.as_str(), u.near)).collect(),
        how,
        key,
        facts: Vec::new(),
    };
    teller.file();
    teller.states();
    match how.is_whole {
        true => teller.moves(),
        false => teller.transitions(),
    }
    teller.promises();
    teller.facts.into()
}

/// A text without what nobody can see or means: hidden characters, odd blanks, quotes around it.
fn tidy(text: &str) -> String {
    let is_around = |c: char| c.is_whitespace() || QUOTES.contains(&c);
    let shown = text.trim_matches(is_around).chars();
    let shown = shown.filter(|c| c.is_whitespace() || !is_hidden(*c));
    shown
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

struct Teller<'r> {
    resolved: &'r Resolved,
    /// What each name that no state has is taken for.
    undefined: HashMap<&'r str, Option<StateId>>,
    how: How,
    key: &'r RandomState,
    facts: Vec<u64>,
}

impl Teller<'_> {
    /// Adds that `subject` has `what`.
    fn tell(&mut self, subject: &str, what: impl Hash) {
        self.facts.push(self.key.hash_one((subject, what)));
    }

    /// Adds what is said in a field of something.
    fn tell_said(&mut self, of: impl Hash + Copy, field: &'static Field, said: Said) {
        match said {
            Said::Names(names) if field.kind.is_in_order() => {
                let names: Vec<String> = names.iter().map(|name| tidy(&name.value)).collect();
                self.tell(field.name, (of, names));
            }
            // In any order, each once.
            Said::Names(names) => {
                self.tell(field.name, (of, "a list"));
                for name in names {
                    self.tell(field.name, (of, tidy(&name.value)));
                }
            }
            Said::Text(text) if matches!(field.kind, Kind::Identifier) => {
                let meant = identifier_like(&text.value);
                self.tell(field.name, (of, meant.unwrap_or_else(|| tidy(&text.value))));
            }
            Said::Text(text) => self.tell(field.name, (of, tidy(&text.value))),
            Said::Word(word) => self.tell(field.name, (of, word)),
            Said::Flag(flag) => self.tell(field.name, (of, flag)),
            Said::Minutes(minutes) => self.tell(field.name, (of, minutes)),
            Said::Pairs(pairs) => self.tell(field.name, (of, self.pairs(&pairs))),
            Said::Tree(node) => self.tell(field.name, (of, self.tree(node))),
        }
    }

    /// The number of texts by name, in any order.
    fn pairs(&self, pairs: &[(&str, &str)]) -> u64 {
        let pairs = pairs.iter().map(|(name, text)| (tidy(name), tidy(text)));
        let mut pairs: Vec<(String, String)> = pairs.collect();
        pairs.sort_unstable();
        pairs.dedup();
        self.key.hash_one(pairs)
    }

    /// The number of anything. Calls itself as deep as that is, which reading bounds.
    fn tree(&self, node: &Node) -> u64 {
        match node.kind() {
            node::Kind::Scalar(scalar) => self.key.hash_one(tidy(scalar.text())),
            node::Kind::List(items) => {
                let items: Vec<u64> = items.iter().map(|item| self.tree(item)).collect();
                self.key.hash_one(items)
            }
            node::Kind::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|e| (tidy(e.key.text()), self.tree(&e.value)));
                let mut entries: Vec<(String, u64)> = entries.collect();
                entries.sort_unstable();
                self.key.hash_one(entries)
            }
            node::Kind::Absent(_) | node::Kind::Lost => self.key.hash_one(()),
        }
    }

    /// The name of the state that `name` is taken for.
    fn state(&self, name: &str) -> String {
        let taken = || self.undefined.get(name).copied().flatten();
        let known = || self.resolved.find(name).or_else(taken);
        let meant = self.how.knows_states.then(known).flatten();
        tidy(meant.map_or(name, |id| self.resolved.name(id)))
    }

    fn place(&self, place: Place) -> String {
        match self.resolved.meant(place) {
            Some(id) => tidy(self.resolved.name(id)),
            None => match place {
                Place::Undefined(index) => tidy(&self.resolved.undefined()[index as usize].name),
                Place::State(id) => tidy(self.resolved.name(id)),
            },
        }
    }

    fn file(&mut self) {
        let workflow = self.resolved.workflow();
        workflow.each_said(&mut |field, said| {
            // No ticket type is the same as none.
            if !matches!(said, Said::Names([])) {
                self.tell_said("workflow", field, said);
            }
        });
        if let Some(new_ticket) = &workflow.new_ticket {
            new_ticket.each_said(&mut |field, said| self.tell_said("new-ticket", field, said));
        }
        for start in &workflow.start {
            let to = self.state(&start.to.value);
            if !self.how.is_whole {
                self.tell("start", to);
                continue;
            }
            let words = start.transition.as_ref();
            let name = words.and_then(|words| words.name.as_ref());
            let name = name.map_or_else(|| to.clone(), |name| tidy(&name.value));
            let mut others = Vec::new();
            if let Some(words) = words {
                words.each_said(&mut |field, said| others.extend(self.said_of_move(field, said)));
            }
            self.tell("start", (to, name, others));
        }
        for role in workflow.roles.iter().flat_map(|roles| &roles.value) {
            let name = tidy(&role.name.value);
            self.tell("role", &name);
            role.each_said(&mut |field, said| self.tell_said(name.as_str(), field, said));
        }
        for migration in &workflow.migrate {
            let workflow = migration.workflow.as_ref();
            let workflow = workflow.map(|workflow| tidy(&workflow.value));
            let to = tidy(&migration.to.value);
            self.tell("migrate", (tidy(&migration.from.value), to, workflow));
        }
        for block in &workflow.targets {
            // A product has one name, however it is spelt.
            let letters = block.name.value.chars().filter(|c| c.is_alphanumeric());
            self.tell(
                "target",
                letters.flat_map(char::to_lowercase).collect::<String>(),
            );
        }
    }

    fn states(&mut self) {
        let states = &self.resolved.workflow().states;
        for (index, state) in states.iter().enumerate() {
            let name = tidy(&state.name.value);
            // More states may stand between them than could be read.
            let position = self.how.is_whole.then_some(index);
            self.tell("state", (&name, position));
            state.each_said(&mut |field, said| self.tell_said(name.as_str(), field, said));
        }
    }

    /// The number of what is said in a field of a move, but for its name. Where it says what is so
    /// without it, there is none.
    fn said_of_move(&self, field: &'static Field, said: Said) -> Option<u64> {
        let is_as_absent = field.is_as_absent(&said);
        let what = match said {
            Said::Names(names) => {
                let mut names: Vec<String> = names.iter().map(|name| tidy(&name.value)).collect();
                if !field.kind.is_in_order() {
                    names.sort_unstable();
                }
                names.dedup();
                self.key.hash_one(names)
            }
            Said::Text(text) => self.key.hash_one(tidy(&text.value)),
            Said::Word(word) => self.key.hash_one(word),
            Said::Flag(flag) => self.key.hash_one(flag),
            Said::Minutes(minutes) => self.key.hash_one(minutes),
            Said::Pairs(pairs) => self.pairs(&pairs),
            Said::Tree(node) => self.tree(node),
        };
        let is_other = field.name != transition::FIELDS.name.name && !is_as_absent;
        is_other.then(|| self.key.hash_one((field.name, what)))
    }

    /// Every move, whichever transition makes it.
    fn moves(&mut self) {
        let resolved = self.resolved;
        let transitions = &resolved.workflow().transitions;
        for step in resolved.moves() {
            self.step(step, &transitions[step.transition]);
        }
        for Covered { written, every } in resolved.covered() {
            self.step(&resolved.moves()[*written], &transitions[*every]);
        }
        for transition in transitions
            .iter()
            .filter(|t| t.to.is_none() || t.from.is_none())
        {
            self.transition(transition);
        }
    }

    fn step(&mut self, step: &Move, by: &Transition) {
        let (from, to) = (self.place(step.from), self.place(step.to));
        let label = by
            .name
            .as_ref()
            .map_or_else(|| to.clone(), |name| tidy(&name.value));
        let mut others = Vec::new();
        by.each_said(&mut |field, said| others.extend(self.said_of_move(field, said)));
        self.tell("move", (label, from, to, others));
    }

    fn transitions(&mut self) {
        for transition in &self.resolved.workflow().transitions {
            self.transition(transition);
        }
    }

    /// What could be read of a transition, piece by piece: the others may come to light.
    fn transition(&mut self, transition: &Transition) {
        let name = transition.name.as_ref().map(|name| tidy(&name.value));
        let to = transition.to.as_ref().map(|to| self.state(&to.value));
        if let Some(name) = &name {
            self.tell("transition", name);
        }
        if let Some(to) = &to {
            self.tell("leads to", to);
        }
        if let (Some(name), Some(to)) = (&name, &to) {
            self.tell("named", (name, to));
        }
        let name_field = transition::FIELDS.name.name;
        transition.each_said(&mut |field, said| {
            if field.name != name_field {
                self.tell_said("transition", field, said);
            }
        });
        match &transition.from {
            None => {}
            Some(From::Every { except, .. }) => {
                for name in except {
                    let except = self.state(&name.value);
                    self.tell("except", except);
                }
                self.way("*".to_owned(), &name, &to);
            }
            Some(From::States(states)) => {
                for from in states.iter() {
                    let from = self.state(&from.value);
                    self.way(from, &name, &to);
                }
            }
        }
    }

    fn way(&mut self, from: String, name: &Option<String>, to: &Option<String>) {
        if let Some(to) = to {
            self.tell("way", (&from, to));
        }
        if let Some(name) = name {
            self.tell("from", (from, name));
        }
    }

    fn promises(&mut self) {
        for (index, promise) in self.resolved.workflow().expect.iter().enumerate() {
            let index = self.how.is_whole.then_some(index);
            promise.each_said(&mut |field, said| self.tell_said(index, field, said));
            if !promise.is_whole {
                continue;
            }
            let lists = promise.promise.lists();
            let said = lists.fold(0, |said, (field, list)| said ^ self.promised(field, list));
            self.tell("promise", (index, said));
        }
    }

    /// The number of a list: of a walk in its order, of others each once in any.
    fn promised(&self, field: &Field, list: &[Text]) -> u64 {
        let name = |name: &Text| match field.kind.is_of_states() {
            true => self.state(&name.value),
            false => tidy(&name.value),
        };
        let mut names: Vec<String> = list.iter().map(name).collect();
        if !matches!(field.kind, Kind::Move | Kind::Walk) {
            names.sort_unstable();
            names.dedup();
        }
        self.key.hash_one((field.name, names))
    }
}
