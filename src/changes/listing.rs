//! The list of what changed in a workflow.

use std::hash::Hash;

use super::pairing::{Pair, Side};
use super::said::{Fields, Value, differing, fields};
use crate::graph::{Place, Resolved};
use crate::hashing::HashMap;
use crate::language::Kind;
use crate::language::migration::Migration;
use crate::language::role::Role;
use crate::model::{Start, TargetBlock};
use crate::node::{Fingerprints, Node};
use crate::source::Span;

/// One thing that is not as it was.
#[derive(Clone, Debug)]
pub struct Change<'c> {
    /// What it is about.
    pub of: Subject<'c>,
    /// What became of it.
    pub what: What<'c>,
    /// Where the old version says it; of what is new, nowhere.
    pub old: Option<Span>,
    /// Where the new version says it; of what is gone, nowhere.
    pub new: Option<Span>,
    /// Which of the graph it is about.
    pub ends: Ends,
}

impl<'c> Change<'c> {
    /// The field that says something else, of a block that a product alone reads.
    pub fn block_field(&self) -> Option<&'c str> {
        match self.what {
            What::Block(field) => Some(field),
            _ => None,
        }
    }
}

/// What of the graph a change is about, by numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// States, as [`Pair::states`] numbers them; of moves, those where they begin and lead.
    pub states: Vec<u32>,
    /// Moves of the old version as [`Resolved::moves`] numbers them, or else its starts.
    pub old_ways: Vec<u32>,
    /// The same of the new version.
    pub new_ways: Vec<u32>,
}

/// What a change is about. States are called by their new names, where they have one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject<'c> {
    /// The workflow itself.
    Workflow,
    /// The ticket before its first save.
    NewTicket,
    /// A state.
    State(&'c str),
    /// Beginning in a state.
    Start {
        /// The state.
        to: &'c str,
        /// What people choose.
        name: &'c str,
    },
    /// Moves of one name to one state.
    Moves {
        /// What people choose.
        name: &'c str,
        /// Where they begin, in the order of the file.
        from: Vec<&'c str>,
        /// Where they lead.
        to: &'c str,
    },
    /// A promise, as it would be written in one line.
    Promise(String),
    /// The block of a product.
    Target(&'c str),
    /// A role.
    Role(&'c str),
    /// Where the tickets of this state go, which is gone.
    Migration(&'c str),
}

/// What became of something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What<'c> {
    /// It is new, with this said of it.
    Added(Fields<'c>),
    /// It is gone, with this said of it.
    Removed(Fields<'c>),
    /// It was called so.
    Renamed(&'c str),
    /// Its moves led to this state.
    Redirected(&'c str),
    /// A field says something else.
    Field {
        /// The name of the field.
        field: &'c str,
        /// What it said, if anything.
        old: Option<Value<'c>>,
        /// What it says, if anything.
        new: Option<Value<'c>>,
    },
    /// A field that is not shown says something else: what a product alone reads.
    Block(&'c str),
}

impl What<'_> {
    /// Whether the old version lacks it, and whether the new one does.
    pub fn absent(&self) -> (bool, bool) {
        match self {
            What::Added(_) => (true, false),
            What::Removed(_) => (false, true),
            What::Field { old, new, .. } => (old.is_none(), new.is_none()),
            What::Renamed(_) | What::Redirected(_) | What::Block(_) => (false, false),
        }
    }
}

/// What changed, in the order in which a file says it.
pub fn changes<'c>(pair: &Pair<'c>) -> Vec<Change<'c>> {
    let mut list = List {
        pair,
        changes: Vec::new(),
        numbers: Fingerprints::default(),
    };
    list.file();
    list.roles();
    list.starts();
    list.states();
    list.moves();
    list.promises();
    list.targets();
    list.migrations();
    list.changes
}

struct List<'l, 'c> {
    pair: &'l Pair<'c>,
    changes: Vec<Change<'c>>,
    /// For trees of both versions.
    numbers: Fingerprints,
}

impl<'c> List<'_, 'c> {
    fn push(&mut self, of: Subject<'c>, what: What<'c>, old: Option<Span>, new: Option<Span>) {
        let ends = Ends::default();
        self.changes.push(Change {
            of,
            what,
            old,
            new,
            ends,
        });
    }

    /// Says of the changes from this one on which of the graph they are about.
    fn about(&mut self, first: usize, ends: &Ends) {
        for change in &mut self.changes[first..] {
            change.ends = ends.clone();
        }
    }

    fn fields(&mut self, of: &Subject<'c>, old: (&Fields<'c>, Span), new: (&Fields<'c>, Span)) {
        for (field, was, is) in differing(old.0, new.0) {
            let what = What::Field {
                field,
                old: was.cloned(),
                new: is.cloned(),
            };
            self.push(of.clone(), what, Some(old.1), Some(new.1));
        }
    }

    fn file(&mut self) {
        let [old, new] = [self.pair.old, self.pair.new].map(Resolved::workflow);
        let said = |workflow: &'c crate::model::Workflow| {
            let identifier = workflow.identifier.as_ref().map(|text| text.value.as_str());
            fields(|tell| workflow.each_said(tell), identifier, &self.numbers)
        };
        self.fields(
            &Subject::Workflow,
            (&said(old), old.place),
            (&said(new), new.place),
        );
        let said = |workflow: &'c crate::model::Workflow| {
            let ticket = workflow.new_ticket.as_ref();
            ticket.map_or_else(Vec::new, |ticket| {
                fields(|tell| ticket.each_said(tell), None, &self.numbers)
            })
        };
        let place = |workflow: &crate::model::Workflow| {
            workflow
                .new_ticket
                .as_ref()
                .map_or(workflow.place, |ticket| ticket.span)
        };
        self.fields(
            &Subject::NewTicket,
            (&said(old), place(old)),
            (&said(new), place(new)),
        );
    }

    fn roles(&mut self) {
        let of = |resolved: &'c Resolved| -> &'c [Role] {
            resolved
                .workflow()
                .roles
                .as_ref()
                .map_or(&[], |roles| &roles.value)
        };
        let (old, new) = (of(self.pair.old), of(self.pair.new));
        let name = |role: &'c Role| role.name.value.as_str();
        let (old_by_name, new_by_name) = (first_by(old, name), first_by(new, name));
        for role in new {
            let is = fields(|tell| role.each_said(tell), None, &self.numbers);
            let of = Subject::Role(&role.name.value);
            match old_by_name.get(name(role)) {
                None => self.push(of, What::Added(is), None, Some(role.name.span)),
                Some(before) => {
                    let was = fields(|tell| before.each_said(tell), None, &self.numbers);
                    self.fields(&of, (&was, before.name.span), (&is, role.name.span));
                }
            }
        }
        let is_gone = |role: &&Role| !new_by_name.contains_key(role.name.value.as_str());
        for role in old.iter().filter(is_gone) {
            let was = fields(|tell| role.each_said(tell), None, &self.numbers);
            self.push(
                Subject::Role(&role.name.value),
                What::Removed(was),
                Some(role.name.span),
                None,
            );
        }
    }

    fn migrations(&mut self) {
        let [old, new] =
            [self.pair.old, self.pair.new].map(|side| side.workflow().migrate.as_slice());
        let from = |migration: &'c Migration| migration.from.value.as_str();
        let (old_by_name, new_by_name) = (first_by(old, from), first_by(new, from));
        let goes = |migration: &'c Migration| -> Fields<'c> {
            let workflow = migration
                .workflow
                .iter()
                .map(|name| ("workflow", Value::Text(&name.value)));
            workflow
                .chain([("state", Value::Text(&migration.to.value))])
                .collect()
        };
        for migration in new {
            let of = Subject::Migration(&migration.from.value);
            let place = migration.from.span;
            match old_by_name.get(from(migration)) {
                None => self.push(of, What::Added(goes(migration)), None, Some(place)),
                Some(was) => {
                    self.fields(&of, (&goes(was), was.from.span), (&goes(migration), place));
                }
            }
        }
        let is_gone = |one: &&Migration| !new_by_name.contains_key(one.from.value.as_str());
        for migration in old.iter().filter(is_gone) {
            let of = Subject::Migration(&migration.from.value);
            self.push(
                of,
                What::Removed(goes(migration)),
                Some(migration.from.span),
                None,
            );
        }
    }

    fn states(&mut self) {
        let pair = self.pair;
        for (number, both) in pair.states.iter().enumerate() {
            let first = self.changes.len();
            let old = both.old.map(|id| pair.old.state(id));
            let new = both.new.map(|id| pair.new.state(id));
            match (old, new) {
                (Some(old), Some(new)) => {
                    let of = Subject::State(&new.name.value);
                    let places = (old.name.span, new.name.span);
                    if old.name.value != new.name.value {
                        let what = What::Renamed(&old.name.value);
                        self.push(of.clone(), what, Some(places.0), Some(places.1));
                    }
                    let [mut was, mut is] = [old, new]
                        .map(|state| fields(|tell| state.each_said(tell), None, &self.numbers));
                    if old.name.value != new.name.value {
                        // That says it already.
                        for said in [&mut was, &mut is] {
                            said.retain(|(field, _)| *field != "was");
                        }
                    }
                    self.fields(&of, (&was, places.0), (&is, places.1));
                }
                (None, Some(new)) => {
                    let said = fields(|tell| new.each_said(tell), None, &self.numbers);
                    let of = Subject::State(&new.name.value);
                    self.push(of, What::Added(said), None, Some(new.name.span));
                }
                (Some(old), None) => {
                    let said = fields(|tell| old.each_said(tell), None, &self.numbers);
                    let of = Subject::State(&old.name.value);
                    self.push(of, What::Removed(said), Some(old.name.span), None);
                }
                (None, None) => {}
            }
            self.about(
                first,
                &Ends {
                    states: vec![number as u32],
                    ..Ends::default()
                },
            );
        }
    }

    fn starts(&mut self) {
        let mut words = Words::default();
        let [mut old, mut new] =
            [Side::Old, Side::New].map(|side| self.starts_of(side, &mut words));
        pair_off(&mut old, &mut new, |way| (way.to, way.name, way.said));
        let changed = [
            pair_off(&mut old, &mut new, |way| (way.to, way.name, 0)),
            pair_off(&mut old, &mut new, |way| (way.to, "", 0)),
        ];
        let subject = |pair: &Pair<'c>, way: &Way<'c>| Subject::Start {
            to: pair.name(way.to),
            name: way.name,
        };
        let ends = |was: Option<&Way>, is: Option<&Way>| Ends {
            states: is.or(was).map(|way| way.to).into_iter().collect(),
            old_ways: was.map(|way| way.order).into_iter().collect(),
            new_ways: is.map(|way| way.order).into_iter().collect(),
        };
        for (was, is) in changed.into_iter().flatten() {
            let of = subject(self.pair, &is);
            let first = self.changes.len();
            if was.name != is.name {
                self.push(
                    of.clone(),
                    What::Renamed(was.name),
                    Some(was.span),
                    Some(is.span),
                );
            }
            let (before, now) = (words.get(was.said), words.get(is.said));
            self.fields(&of, (&before, was.span), (&now, is.span));
            self.about(first, &ends(Some(&was), Some(&is)));
        }
        for way in new {
            let first = self.changes.len();
            let what = What::Added(words.get(way.said));
            self.push(subject(self.pair, &way), what, None, Some(way.span));
            self.about(first, &ends(None, Some(&way)));
        }
        for way in old {
            let first = self.changes.len();
            let what = What::Removed(words.get(way.said));
            self.push(subject(self.pair, &way), what, Some(way.span), None);
            self.about(first, &ends(Some(&way), None));
        }
    }

    fn starts_of(&self, side: Side, words: &mut Words<'c>) -> Vec<Way<'c>> {
        let resolved = self.pair.side(side);
        let both = resolved.workflow().start.iter().zip(resolved.starts());
        let way =
            |(order, (start, place)): (usize, (&'c Start, &crate::source::Spanned<Place>))| {
                let to = self.pair.number_of(side, place.value);
                let said = start
                    .transition
                    .as_ref()
                    .map_or_else(Vec::new, |transition| {
                        without_name(fields(
                            |tell| transition.each_said(tell),
                            None,
                            &self.numbers,
                        ))
                    });
                let name = start
                    .transition
                    .as_ref()
                    .and_then(|transition| transition.name.as_ref());
                Way {
                    from: 0,
                    to,
                    name: name.map_or(self.pair.name(to), |name| &name.value),
                    said: words.number(said),
                    span: start.to.span,
                    order: order as u32,
                }
            };
        let mut ways: Vec<Way> = both.enumerate().map(way).collect();
        once_each(&mut ways);
        ways
    }

    fn moves(&mut self) {
        let mut words = Words::default();
        let [mut old, mut new] = [Side::Old, Side::New].map(|side| self.moves_of(side, &mut words));
        pair_off(&mut old, &mut new, |way| {
            (way.from, way.to, way.name, way.said)
        });
        if old.is_empty() && new.is_empty() {
            return;
        }
        let changed = [
            pair_off(&mut old, &mut new, |way| (way.from, way.to, way.name, 0)),
            pair_off(&mut old, &mut new, |way| (way.from, way.to, "", 0)),
            pair_off(&mut old, &mut new, |way| (way.from, 0, way.name, 0)),
        ];
        let mut groups = Groups::default();
        for (was, is) in changed.into_iter().flatten() {
            let places = (Some(was.span), Some(is.span));
            let orders = (Some(was.order), Some(is.order));
            if was.name != is.name {
                groups.add(&is, MoveChange::Renamed(was.name), places, orders);
            }
            if was.to != is.to {
                groups.add(&is, MoveChange::Redirected(was.to), places, orders);
            }
            if was.said != is.said {
                groups.add(&is, MoveChange::Words(was.said), places, orders);
            }
        }
        for way in &new {
            let (places, orders) = ((None, Some(way.span)), (None, Some(way.order)));
            groups.add(way, MoveChange::Added, places, orders);
        }
        for way in &old {
            let (places, orders) = ((Some(way.span), None), (Some(way.order), None));
            groups.add(way, MoveChange::Removed, places, orders);
        }
        for (key, group) in groups.finish() {
            self.group(key, group, &words);
        }
    }

    fn group(&mut self, key: GroupKey<'c>, group: Group, words: &Words<'c>) {
        let pair = self.pair;
        let first = self.changes.len();
        let ends = Ends {
            states: group.from.iter().copied().chain([key.to]).collect(),
            old_ways: group.ways.0,
            new_ways: group.ways.1,
        };
        let of = Subject::Moves {
            name: key.name,
            from: group.from.iter().map(|from| pair.name(*from)).collect(),
            to: pair.name(key.to),
        };
        let (old, new) = group.places;
        let what = match key.change {
            MoveChange::Added => What::Added(words.get(key.said)),
            MoveChange::Removed => What::Removed(words.get(key.said)),
            MoveChange::Renamed(was) => What::Renamed(was),
            MoveChange::Redirected(was) => What::Redirected(pair.name(was)),
            MoveChange::Words(was) => {
                let (before, now) = (words.get(was), words.get(key.said));
                if let (Some(old), Some(new)) = (old, new) {
                    self.fields(&of, (&before, old), (&now, new));
                }
                return self.about(first, &ends);
            }
        };
        self.push(of, what, old, new);
        self.about(first, &ends);
    }

    fn moves_of(&self, side: Side, words: &mut Words<'c>) -> Vec<Way<'c>> {
        let resolved = self.pair.side(side);
        let transitions = &resolved.workflow().transitions;
        let said = transitions.iter().map(|transition| {
            words.number(without_name(fields(
                |tell| transition.each_said(tell),
                None,
                &self.numbers,
            )))
        });
        let said: Vec<u32> = said.collect();
        let moves = resolved.moves().iter().enumerate();
        let mut ways: Vec<Way> = moves
            .map(|(order, step)| {
                let transition = &transitions[step.transition];
                let to = self.pair.number_of(side, step.to);
                Way {
                    from: self.pair.number_of(side, step.from),
                    to,
                    name: transition
                        .name
                        .as_ref()
                        .map_or(self.pair.name(to), |name| &name.value),
                    said: said[step.transition],
                    span: transition.place(),
                    order: order as u32,
                }
            })
            .collect();
        once_each(&mut ways);
        ways
    }

    fn promises(&mut self) {
        let [mut old, mut new] =
            [Side::Old, Side::New].map(|side| promises_of(self.pair, side, &self.numbers));
        pair_promises(&mut old, &mut new, |promise| {
            (promise.lists.clone(), promise.said.clone())
        });
        let changed = pair_promises(&mut old, &mut new, |promise| promise.lists.clone());
        for (was, is) in changed {
            let of = Subject::Promise(is.phrase(self.pair));
            self.fields(&of, (&was.said, was.span), (&is.said, is.span));
        }
        for promise in new {
            let of = Subject::Promise(promise.phrase(self.pair));
            self.push(of, What::Added(promise.said), None, Some(promise.span));
        }
        for promise in old {
            let of = Subject::Promise(promise.phrase(self.pair));
            self.push(of, What::Removed(promise.said), Some(promise.span), None);
        }
    }

    fn targets(&mut self) {
        let [old, new] =
            [self.pair.old, self.pair.new].map(|side| side.workflow().targets.as_slice());
        let name = |block: &'c TargetBlock| block.name.value.as_str();
        let (old_by_name, new_by_name) = (first_by(old, name), first_by(new, name));
        for block in new {
            let of = Subject::Target(&block.name.value);
            let place = Some(block.name.span);
            let Some(was) = old_by_name.get(name(block)) else {
                self.push(of, What::Added(Vec::new()), None, place);
                continue;
            };
            let of_block = |body: &'c Node<'static>| -> Vec<(&'c str, u64)> {
                let mut of_tree = self.numbers.of_tree();
                let entries = body.entries().unwrap_or_default().iter();
                entries
                    .map(|entry| (entry.key.text(), of_tree.of_meaning(&entry.value)))
                    .collect()
            };
            let (before, now) = (of_block(&was.body), of_block(&block.body));
            let known: HashMap<&str, u64> = before.iter().copied().collect();
            let names: HashMap<&str, u64> = now.iter().copied().collect();
            let gone = before.iter().filter(|(name, _)| !names.contains_key(name));
            let changed = now
                .iter()
                .filter(|(name, number)| known.get(name) != Some(number));
            for (name, _) in gone.chain(changed) {
                let what = What::Block(name);
                self.push(of.clone(), what, Some(was.name.span), place);
            }
        }
        let is_gone = |block: &&TargetBlock| !new_by_name.contains_key(block.name.value.as_str());
        for block in old.iter().filter(is_gone) {
            let of = Subject::Target(&block.name.value);
            self.push(of, What::Removed(Vec::new()), Some(block.name.span), None);
        }
    }
}

/// The first thing of each name.
pub(super) fn first_by<'c, T>(
    all: &'c [T],
    name: impl Fn(&'c T) -> &'c str,
) -> HashMap<&'c str, &'c T> {
    let named = all.iter().rev().map(|one| (name(one), one));
    named.collect()
}

fn without_name(mut said: Fields) -> Fields {
    said.retain(|(field, _)| *field != "name");
    said
}

/// A move, or a way to begin.
#[derive(Clone, Copy, Debug)]
struct Way<'c> {
    from: u32,
    to: u32,
    name: &'c str,
    /// The number of what is said of it.
    said: u32,
    span: Span,
    order: u32,
}

/// Leaves each way once, whatever transitions make it.
fn once_each(ways: &mut Vec<Way>) {
    ways.sort_by_key(|way| (way.from, way.to, way.name, way.said, way.order));
    ways.dedup_by_key(|way| (way.from, way.to, way.name, way.said));
}

/// Numbers for what is said of ways, of which most say the same.
#[derive(Default)]
struct Words<'c> {
    numbers: HashMap<Fields<'c>, u32>,
    all: Vec<Fields<'c>>,
}

impl<'c> Words<'c> {
    fn number(&mut self, said: Fields<'c>) -> u32 {
        if let Some(known) = self.numbers.get(&said) {
            return *known;
        }
        let number = self.all.len() as u32;
        self.all.push(said.clone());
        self.numbers.insert(said, number);
        number
    }

    fn get(&self, number: u32) -> Fields<'c> {
        self.all[number as usize].clone()
    }
}

/// Takes out of both lists what has the same key, one with one.
fn pair_off<'c, K: Ord>(
    old: &mut Vec<Way<'c>>,
    new: &mut Vec<Way<'c>>,
    key: impl Fn(&Way<'c>) -> K,
) -> Vec<(Way<'c>, Way<'c>)> {
    let by_key = |a: &Way<'c>, b: &Way<'c>| key(a).cmp(&key(b)).then(a.order.cmp(&b.order));
    old.sort_by(by_key);
    new.sort_by(by_key);
    let mut pairs = Vec::new();
    let (mut old_left, mut new_left) = (Vec::new(), Vec::new());
    let (mut olds, mut news) = (old.drain(..).peekable(), new.drain(..).peekable());
    loop {
        let order = match (olds.peek(), news.peek()) {
            (Some(was), Some(is)) => key(was).cmp(&key(is)),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => break,
        };
        match order {
            std::cmp::Ordering::Less => old_left.extend(olds.next()),
            std::cmp::Ordering::Greater => new_left.extend(news.next()),
            std::cmp::Ordering::Equal => pairs.extend(olds.next().zip(news.next())),
        }
    }
    drop((olds, news));
    (*old, *new) = (old_left, new_left);
    pairs
}

/// What became of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum MoveChange<'c> {
    Added,
    Removed,
    Renamed(&'c str),
    Redirected(u32),
    Words(u32),
}

/// What moves have in common that are told together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct GroupKey<'c> {
    change: MoveChange<'c>,
    name: &'c str,
    to: u32,
    said: u32,
}

/// Moves that are told together.
struct Group {
    from: Vec<u32>,
    /// Those of the old version, and those of the new one.
    ways: (Vec<u32>, Vec<u32>),
    places: (Option<Span>, Option<Span>),
}

/// Moves of which the same is to be told.
#[derive(Default)]
struct Groups<'c> {
    numbers: HashMap<GroupKey<'c>, usize>,
    all: Vec<(GroupKey<'c>, Group)>,
}

impl<'c> Groups<'c> {
    fn add(
        &mut self,
        way: &Way<'c>,
        change: MoveChange<'c>,
        places: (Option<Span>, Option<Span>),
        orders: (Option<u32>, Option<u32>),
    ) {
        let key = GroupKey {
            change,
            name: way.name,
            to: way.to,
            said: way.said,
        };
        let at = *self.numbers.entry(key).or_insert_with(|| {
            self.all.push((
                key,
                Group {
                    from: Vec::new(),
                    ways: Default::default(),
                    places,
                },
            ));
            self.all.len() - 1
        });
        let group = &mut self.all[at].1;
        group.from.push(way.from);
        group.ways.0.extend(orders.0);
        group.ways.1.extend(orders.1);
    }

    /// All of them, in the order of the new file, and then of the old.
    fn finish(mut self) -> Vec<(GroupKey<'c>, Group)> {
        let place = |(_, group): &(GroupKey, Group)| {
            let (old, new) = group.places;
            (new.is_none(), new.or(old).map(|span| span.start))
        };
        self.all.sort_by_key(place);
        for (_, group) in &mut self.all {
            group.from.sort_unstable();
            group.from.dedup();
        }
        self.all
    }
}

/// A name in a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named<'c> {
    /// A state, by its number.
    State(u32),
    /// Anything else.
    Other(&'c str),
}

/// A promise with its names looked up.
#[derive(Clone, Debug)]
pub(super) struct Promised<'c> {
    /// Its lists by the names of their fields; those of which the order says nothing are sorted.
    pub lists: Vec<(&'static str, Vec<Named<'c>>)>,
    pub said: Fields<'c>,
    pub span: Span,
}

impl Promised<'_> {
    /// It as one line.
    pub fn phrase(&self, pair: &Pair) -> String {
        let name = |name: &Named| match *name {
            Named::State(number) => pair.name(number).to_owned(),
            Named::Other(name) => name.to_owned(),
        };
        let list = |(field, listed): &(&'static str, Vec<Named>)| {
            let names: Vec<String> = listed.iter().map(name).collect();
            match names.as_slice() {
                [one] => format!("{field}: {one}"),
                names => format!("{field}: [{}]", names.join(", ")),
            }
        };
        let lists: Vec<String> = self.lists.iter().map(list).collect();
        lists.join(", ")
    }
}

/// The promises of a version that could be read whole.
pub(super) fn promises_of<'c>(
    pair: &Pair<'c>,
    side: Side,
    numbers: &Fingerprints,
) -> Vec<Promised<'c>> {
    let resolved = pair.side(side);
    let numbered = resolved.workflow().expect.iter().enumerate();
    let whole = numbered.filter(|(_, promise)| promise.is_whole);
    let promised = |(index, expectation): (usize, &'c crate::model::Expectation)| {
        let mut places = resolved.promised(index).iter();
        let lists = expectation.promise.lists().map(|(field, names)| {
            let mut listed: Vec<Named> = match field.kind.is_of_states() {
                true => {
                    let places = places.by_ref().take(names.len());
                    places
                        .map(|place| Named::State(pair.number_of(side, *place)))
                        .collect()
                }
                false => names.iter().map(|name| Named::Other(&name.value)).collect(),
            };
            if !matches!(field.kind, Kind::Move | Kind::Walk) {
                listed.sort_unstable();
                listed.dedup();
            }
            (field.name, listed)
        });
        Promised {
            lists: lists.collect(),
            said: fields(|tell| expectation.each_said(tell), None, numbers),
            span: expectation.place,
        }
    };
    whole.map(promised).collect()
}

/// Takes out of both lists the promises that have the same key, one with one.
fn pair_promises<'c, K: Hash + Eq>(
    old: &mut Vec<Promised<'c>>,
    new: &mut Vec<Promised<'c>>,
    key: impl Fn(&Promised<'c>) -> K,
) -> Vec<(Promised<'c>, Promised<'c>)> {
    let mut by_key: HashMap<K, Vec<Promised<'c>>> = HashMap::default();
    for promise in old.drain(..).rev() {
        by_key.entry(key(&promise)).or_default().push(promise);
    }
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for promise in new.drain(..) {
        match by_key.get_mut(&key(&promise)).and_then(Vec::pop) {
            Some(was) => pairs.push((was, promise)),
            None => left.push(promise),
        }
    }
    *new = left;
    old.extend(by_key.into_values().flatten());
    old.sort_by_key(|promise| promise.span);
    pairs
}
