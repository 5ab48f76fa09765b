//! What changed between two versions, held against models that know nothing of how it is found.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::folder::Folder;
use crate::common::random::{self, Dice, Value};
use proptest::prelude::*;
use proptest::test_runner::Config;
use statewright::changes::pairing::Side;
use statewright::changes::rules::{self, Changed};
use statewright::changes::{self, Change, Difference, Subject, Version, What};
use statewright::compile;
use statewright::diagnostic::{Diagnostics, Levels};
use statewright::diagrams::Style;
use statewright::diagrams::picture::{Fate, InVersion, Kind};
use statewright::graph::{Resolved, StateId};
use statewright::language::{Absent, Field, Kind as FieldKind, Said};
use statewright::model::{Category, From};
use statewright::source::{Source, SourceId, Syntax};

/// A version in which everything is known.
fn version(resolved: &Resolved) -> Version<'_> {
    Version {
        path: "",
        resolved: Some(resolved),
        is_whole: true,
    }
}

fn difference<'c>(old: &'c Resolved, new: &'c Resolved) -> Difference<'c> {
    Difference::of(version(old), version(new)).expect("two workflows")
}

fn read(text: &str, syntax: Syntax) -> Resolved {
    let source = Source::new(SourceId(0), "a.workflow", syntax, text);
    let read = compile::read(&source).resolved;
    read.unwrap_or_else(|| panic!("no workflow: {text}"))
}

fn yaml(value: &Value) -> Resolved {
    read(&random::yaml(value, 2), Syntax::Yaml)
}

fn cases(usual: u32) -> Config {
    Config {
        cases: std::env::var("PROPTEST_CASES")
            .map_or(usual, |cases| cases.parse().expect("a number")),
        failure_persistence: None,
        ..Config::default()
    }
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..300)
}

/// The same workflow with everything in another order whose order says nothing.
fn reordered(value: &Value) -> Value {
    let Value::Map(entries) = value else {
        return value.clone();
    };
    let turned = |(key, value): &(String, Value)| {
        let value = match (key.as_str(), value) {
            ("states" | "targets", Value::Map(entries)) => Value::Map(
                entries
                    .iter()
                    .rev()
                    .map(|(name, fields)| {
                        (
                            name.clone(),
                            if key == "states" {
                                backwards(fields)
                            } else {
                                fields.clone()
                            },
                        )
                    })
                    .collect(),
            ),
            ("transitions", Value::List(items)) => {
                Value::List(items.iter().rev().map(transition).collect())
            }
            ("start" | "applies-to" | "expect", Value::List(items)) => {
                Value::List(items.iter().rev().cloned().collect())
            }
            _ => value.clone(),
        };
        (key.clone(), value)
    };
    Value::Map(entries.iter().rev().map(turned).collect())
}

fn transition(value: &Value) -> Value {
    let Value::Map(entries) = value else {
        return value.clone();
    };
    let turned = |(key, value): &(String, Value)| match value {
        Value::List(items) if key == "from" || key == "except" => (
            key.clone(),
            Value::List(items.iter().rev().cloned().collect()),
        ),
        value => (key.clone(), value.clone()),
    };
    Value::Map(entries.iter().rev().map(turned).collect())
}

fn backwards(value: &Value) -> Value {
    match value {
        Value::Map(entries) => Value::Map(entries.iter().rev().cloned().collect()),
        value => value.clone(),
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn nothing_differs_from_itself_its_twin_and_a_reordering(bytes in bytes()) {
        let value = random::workflow(&mut Dice(&bytes), "desk");
        let one = yaml(&value);
        let mut others = vec![yaml(&value), yaml(&reordered(&value)), read(&random::yaml(&value, 0), Syntax::Yaml)];
        for tables in [true, false] {
            others.extend(random::toml(&value, tables).map(|text| read(&text, Syntax::Toml)));
        }
        for other in &others {
            let difference = difference(&one, other);
            prop_assert!(difference.is_empty(), "{:?}\n{}", difference.changes, random::yaml(&value, 2));
            prop_assert!(difference.new_walks.count() + difference.lost_walks.count() == 0);
        }
    }

    #[test]
    fn the_changes_make_the_new_version_of_the_old_one(old in bytes(), new in bytes()) {
        let [old, new] = [old, new].map(|bytes| yaml(&random::workflow(&mut Dice(&bytes), "desk")));
        makes_the_new_version(&old, &new)?;
    }

    #[test]
    fn walks_are_those_that_an_enumeration_finds(old in bytes(), new in bytes()) {
        let [old, new] = [old, new].map(|bytes| yaml(&random::workflow(&mut Dice(&bytes), "desk")));
        let difference = difference(&old, &new);
        let shortest = |of: &Resolved, other: &Resolved| enumerated(of, other);
        let found = |walks: &[statewright::changes::Walk]| -> BTreeMap<String, usize> {
            walks.iter().map(|walk| {
                let names = &walk.names;
                (names[names.len() - 1].to_owned(), names.len())
            }).collect()
        };
        // Walks of more states than these are not enumerated.
        let short = |walks: BTreeMap<String, usize>| -> BTreeMap<String, usize> {
            walks.into_iter().filter(|(_, length)| *length <= LONGEST).collect()
        };
        prop_assert_eq!(short(found(&difference.new_walks.told)), shortest(&new, &old));
        prop_assert_eq!(short(found(&difference.lost_walks.told)), shortest(&old, &new));
        for walk in &difference.new_walks.told {
            prop_assert!(is_walk(&new, &walk.names) && !is_walk(&old, &walk.names));
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn tickets_are_stranded_where_no_closed_state_is_left_for_them(old in bytes(), new in bytes()) {
        let [old, new] = [old, new].map(|bytes| yaml(&random::workflow(&mut Dice(&bytes), "desk")));
        let difference = difference(&old, &new);
        let changed = Changed::new(&difference);
        let found: BTreeSet<&str> = changed.stranded().map(|id| new.name(id)).collect();
        let [before, now] = [&old, &new].map(Model::of);
        let closed = |model: &Model, state: &str| model.fields[&(format!("state {state}"), "category".to_owned())] == "\"closed\"";
        let is_stranded = |state: &&String| {
            let could = before.leads(state).iter().any(|end| closed(&before, end));
            let can = now.leads(state).iter().any(|end| closed(&now, end));
            let left = before.leads(state).len() > 1;
            let stays = now.leads(state).len() == 1 && !closed(&now, state);
            (could && !can) || (left && stays)
        };
        let kept = before.states.intersection(&now.states);
        let wanted: BTreeSet<&str> = kept.filter(is_stranded).map(String::as_str).collect();
        prop_assert_eq!(found, wanted);
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn shortest_walks_of_all_states_are_those_of_each(bytes in bytes()) {
        let resolved = yaml(&random::workflow(&mut Dice(&bytes), "desk"));
        let is_closed = |id: StateId| resolved.state(id).is(Category::Closed);
        let all = resolved.shortest_walks(is_closed);
        for (id, _) in resolved.states() {
            let one = resolved.shortest_walk(&[id], is_closed, |_| true);
            prop_assert_eq!(all.length(id), one.as_ref().map(|walk| walk.moves.len()));
            if let Some(walk) = one {
                prop_assert_eq!(all.states(id).collect::<Vec<_>>(), walk.states);
                prop_assert_eq!(all.first_move(id).map(|(index, _)| index), walk.moves.first().copied());
            }
        }
    }
}

/// A row of states that ends in a closed one, of which the new version has no move.
#[test]
fn every_walk_that_is_lost_is_told_however_many_there_are() {
    const STATES: usize = 500;
    let names: String = (0..STATES)
        .map(|at| format!("  S{at}: {{ category: open }}\n"))
        .collect();
    let moves: String = (1..STATES)
        .map(|to| format!("  - {{ from: S{}, to: S{to} }}\n", to - 1))
        .collect();
    let text = |moves: &str| {
        format!(
            "workflow: w\nstart: S0\nstates:\n{names}  End: {{ category: closed }}\ntransitions:\n{moves}"
        )
    };
    let last = format!("  - {{ from: S{}, to: End }}\n", STATES - 1);
    let old = read(&text(&(moves + &last)), Syntax::Yaml);
    let new = read(&text("  - { from: End, to: End }\n"), Syntax::Yaml);
    let difference = difference(&old, &new);
    let mut out = Diagnostics::new();
    rules::check(&Changed::new(&difference), &Levels::default(), &mut out);
    let stranded = || {
        out.iter()
            .filter(|report| report.code.name == "stranded-states")
    };
    assert_eq!(stranded().count(), STATES);
    for (at, report) in stranded().enumerate() {
        let next = match at + 1 {
            STATES => "End".to_owned(),
            next => format!("S{next}"),
        };
        let helps = format!("add a transition from `S{at}` to `{next}`");
        assert_eq!(report.help.as_deref(), Some(&*helps));
        assert!(
            report
                .labels
                .iter()
                .any(|label| label.message == "this way is gone")
        );
        let [walk] = &*report.notes else {
            panic!("{:?}", report.notes)
        };
        let is_short = walk.starts_with(&format!("the walk that is lost is `S{at}`"));
        let is_counted = *walk == format!("the walk that is lost has {} moves", STATES - at);
        assert!(is_short || is_counted, "{walk}");
    }
}

const LONGEST: usize = 6;

/// Whether tickets can walk so.
fn is_walk(of: &Resolved, names: &[&str]) -> bool {
    let ids: Option<Vec<StateId>> = names.iter().map(|name| of.find(name)).collect();
    ids.is_some_and(|ids| {
        of.start_states().contains(&ids[0])
            && ids
                .windows(2)
                .all(|pair| of.moves_between(pair[0], pair[1]).next().is_some())
    })
}

/// For each closed state the length of the shortest walk to it which `other` has not, by trying all.
fn enumerated(of: &Resolved, other: &Resolved) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let mut walks: Vec<Vec<StateId>> = of.start_states().into_iter().map(|id| vec![id]).collect();
    for length in 1..=LONGEST {
        let mut longer = BTreeSet::new();
        for walk in &walks {
            let last = walk[walk.len() - 1];
            let names = of.names(walk);
            if of.state(last).is(Category::Closed) && !is_walk(other, &names) {
                found.entry(of.name(last).to_owned()).or_insert(length);
            }
            for step in of.moves_from(last) {
                let next = of.meant(step.to).expect("a state");
                longer.insert([walk.as_slice(), &[next]].concat());
            }
        }
        walks = longer.into_iter().collect();
    }
    found
}

/// What a workflow says, as facts.
#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    fields: BTreeMap<(String, String), String>,
    states: BTreeSet<String>,
    starts: Vec<Way>,
    moves: Vec<Way>,
    promises: Vec<(String, Vec<(String, String)>)>,
    targets: BTreeSet<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    name: String,
    from: String,
    to: String,
    fields: BTreeMap<String, String>,
}

/// What is said field by field, but for the name.
fn said<'c>(
    each: impl FnOnce(&mut dyn FnMut(&'static Field, Said<'c>)),
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    each(&mut |field, said| {
        let is_default = match (&field.absent, &said) {
            (Absent::Is(value), Said::Word(word)) => word == value,
            (Absent::Is(value), Said::Flag(flag)) => flag.to_string() == *value,
            (Absent::Nothing, Said::Names(names)) => names.is_empty(),
            _ => false,
        };
        let shown = match said {
            Said::Text(text) => format!("{:?}", text.value.trim()),
            Said::Names(names) => {
                let names: BTreeSet<&str> = names.iter().map(|name| name.value.as_str()).collect();
                format!("{names:?}")
            }
            Said::Word(word) => format!("{word:?}"),
            Said::Flag(flag) => flag.to_string(),
            Said::Minutes(minutes) => minutes.to_string(),
            Said::Pairs(pairs) => format!("{:?}", pairs.into_iter().collect::<BTreeSet<_>>()),
            Said::Tree(_) => "a tree".to_owned(),
        };
        if !is_default {
            found.insert(field.name.to_owned(), shown);
        }
    });
    found
}

impl Model {
    fn of(resolved: &Resolved) -> Model {
        let workflow = resolved.workflow();
        let mut model = Model::default();
        let mut set = |thing: &str, said: BTreeMap<String, String>| {
            for (field, value) in said {
                model.fields.insert((thing.to_owned(), field), value);
            }
        };
        let mut of_file = said(|tell| workflow.each_said(tell));
        if of_file.get("name") == of_file.get("workflow") {
            of_file.remove("name");
        }
        set("", of_file);
        if let Some(ticket) = &workflow.new_ticket {
            set("new-ticket", said(|tell| ticket.each_said(tell)));
        }
        for role in workflow.roles.iter().flat_map(|roles| &roles.value) {
            let thing = format!("role {}", role.name.value);
            set(&thing, said(|tell| role.each_said(tell)));
            set(
                &thing,
                BTreeMap::from([("is there".to_owned(), String::new())]),
            );
        }
        for migration in &workflow.migrate {
            let goes = [
                ("state", Some(&migration.to)),
                ("workflow", migration.workflow.as_ref()),
            ];
            let goes = goes
                .into_iter()
                .filter_map(|(field, text)| Some((field.to_owned(), format!("{:?}", text?.value))));
            set(
                &format!("migration {}", migration.from.value),
                goes.collect(),
            );
        }
        for state in &workflow.states {
            set(
                &format!("state {}", state.name.value),
                said(|tell| state.each_said(tell)),
            );
            model.states.insert(state.name.value.to_string());
        }
        for start in &workflow.start {
            let mut fields = start
                .transition
                .as_ref()
                .map_or_else(BTreeMap::new, |t| said(|tell| t.each_said(tell)));
            fields.remove("name");
            model.starts.push(Way {
                name: start.label().to_owned(),
                from: String::new(),
                to: start.to.value.to_string(),
                fields,
            });
        }
        // Spelt out without the graph, which says what of `"*"` counts.
        let way = |t: &statewright::model::Transition, from: &str| {
            let mut fields = said(|tell| t.each_said(tell));
            fields.remove("name");
            Way {
                name: t.label().to_owned(),
                from: from.to_owned(),
                to: t.to.as_ref().expect("a state").value.to_string(),
                fields,
            }
        };
        for transition in &workflow.transitions {
            if let Some(From::States(from)) = &transition.from {
                model
                    .moves
                    .extend(from.iter().map(|from| way(transition, &from.value)));
            }
        }
        let written = model.moves.clone();
        for transition in &workflow.transitions {
            let Some(From::Every { except, .. }) = &transition.from else {
                continue;
            };
            for state in &workflow.states {
                let way = way(transition, &state.name.value);
                let is_out = state.is_final()
                    || way.from == way.to
                    || except.iter().any(|e| e.value == way.from);
                let is_like = |other: &Way| {
                    (&other.name, &other.from, &other.to) == (&way.name, &way.from, &way.to)
                };
                if !is_out && !written.iter().any(is_like) {
                    model.moves.push(way);
                }
            }
        }
        for promise in &workflow.expect {
            let lists: Vec<String> = promise
                .promise
                .lists()
                .map(|(field, names)| {
                    let mut names: Vec<&str> =
                        names.iter().map(|name| name.value.as_str()).collect();
                    if !matches!(field.kind, FieldKind::Move | FieldKind::Walk) {
                        // In the order of the states, as the phrase has it.
                        names.sort_by_key(|name| resolved.find(name).map(|id| id.0));
                        names.dedup();
                    }
                    match names.as_slice() {
                        [one] => format!("{}: {one}", field.name),
                        names => format!("{}: [{}]", field.name, names.join(", ")),
                    }
                })
                .collect();
            let fields = said(|tell| promise.each_said(tell));
            model
                .promises
                .push((lists.join(", "), fields.into_iter().collect()));
        }
        model.targets = workflow
            .targets
            .iter()
            .map(|block| block.name.value.to_string())
            .collect();
        model.sorted()
    }

    fn sorted(mut self) -> Model {
        for ways in [&mut self.starts, &mut self.moves] {
            ways.sort();
            ways.dedup();
        }
        self.promises.sort();
        self
    }

    /// Whether ways of one name lead from one state to one: then a change of one of them does not say
    /// which it is.
    fn is_ambiguous(&self) -> bool {
        let key = |way: &Way| (way.name.clone(), way.from.clone(), way.to.clone());
        let are_once =
            |ways: &[Way]| ways.iter().map(key).collect::<BTreeSet<_>>().len() == ways.len();
        let phrases: BTreeSet<&String> = self.promises.iter().map(|(phrase, _)| phrase).collect();
        !are_once(&self.starts) || !are_once(&self.moves) || phrases.len() != self.promises.len()
    }

    /// The states to which tickets come from this one, itself included.
    fn leads(&self, state: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::from([state.to_owned()]);
        loop {
            let next = self.moves.iter().filter(|way| found.contains(&way.from));
            let next: BTreeSet<String> = next.map(|way| way.to.clone()).collect();
            if next.is_subset(&found) {
                return found;
            }
            found.extend(next);
        }
    }

    fn apply(&mut self, change: &Change) {
        match &change.of {
            Subject::Workflow => self.field("", &change.what),
            Subject::NewTicket => self.field("new-ticket", &change.what),
            Subject::State(name) => {
                let thing = format!("state {name}");
                match &change.what {
                    What::Added(said) => {
                        self.states.insert((*name).to_owned());
                        for (field, value) in said {
                            self.fields
                                .insert((thing.clone(), (*field).to_owned()), shown(value));
                        }
                    }
                    What::Removed(_) => {
                        assert!(self.states.remove(*name));
                        self.fields.retain(|(of, _), _| *of != thing);
                    }
                    what => self.field(&thing, what),
                }
            }
            Subject::Start { to, name } => {
                change_ways(&mut self.starts, &[""], to, name, &change.what)
            }
            Subject::Moves { name, from, to } => {
                change_ways(&mut self.moves, from, to, name, &change.what)
            }
            Subject::Promise(phrase) => match &change.what {
                What::Added(said) => self
                    .promises
                    .push((phrase.clone(), all(said).into_iter().collect())),
                What::Removed(said) => {
                    let gone = (phrase.clone(), all(said).into_iter().collect());
                    let at = self.promises.iter().position(|promise| *promise == gone);
                    self.promises.remove(at.expect("a promise"));
                }
                What::Field { field, new, .. } => {
                    let promise = self
                        .promises
                        .iter_mut()
                        .find(|(of, _)| of == phrase)
                        .expect("a promise");
                    promise.1.retain(|(of, _)| of != field);
                    promise
                        .1
                        .extend(new.iter().map(|new| ((*field).to_owned(), shown(new))));
                }
                other => panic!("{other:?}"),
            },
            Subject::Role(name) => self.thing(&format!("role {name}"), &change.what, "is there"),
            Subject::Migration(name) => self.thing(&format!("migration {name}"), &change.what, ""),
            Subject::Target(name) => match &change.what {
                What::Added(_) => assert!(self.targets.insert((*name).to_owned())),
                What::Removed(_) => assert!(self.targets.remove(*name)),
                _ => assert!(self.targets.contains(*name)),
            },
        }
    }

    /// Applies what became of a thing that is nothing but its fields, and one that says that it is there.
    fn thing(&mut self, thing: &str, what: &What, is_there: &str) {
        match what {
            What::Added(said) => {
                let there = (!is_there.is_empty()).then(|| (is_there.to_owned(), String::new()));
                for (field, value) in all(said).into_iter().chain(there) {
                    self.fields.insert((thing.to_owned(), field), value);
                }
            }
            What::Removed(_) => self.fields.retain(|(of, _), _| of != thing),
            what => self.field(thing, what),
        }
    }

    fn field(&mut self, thing: &str, what: &What) {
        let What::Field { field, old, new } = what else {
            panic!("{what:?}");
        };
        let key = (thing.to_owned(), (*field).to_owned());
        let was = match new {
            Some(new) => self.fields.insert(key, shown(new)),
            None => self.fields.remove(&key),
        };
        assert_eq!(was, old.as_ref().map(shown));
    }
}

fn shown(value: &statewright::changes::Value) -> String {
    use statewright::changes::Value;
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Names(names) => format!("{:?}", names.iter().collect::<BTreeSet<_>>()),
        Value::Word(word) => format!("{word:?}"),
        Value::Flag(flag) => flag.to_string(),
        Value::Minutes(minutes) => minutes.to_string(),
        Value::Pairs(pairs) => format!("{:?}", pairs.iter().collect::<BTreeSet<_>>()),
        Value::Tree(_) => "a tree".to_owned(),
    }
}

fn all(said: &[(&'static str, statewright::changes::Value)]) -> BTreeMap<String, String> {
    said.iter()
        .map(|(field, value)| ((*field).to_owned(), shown(value)))
        .collect()
}

fn change_ways(ways: &mut Vec<Way>, from: &[&str], to: &str, name: &str, what: &What) {
    for from in from {
        let mut way = Way {
            name: name.to_owned(),
            from: (*from).to_owned(),
            to: to.to_owned(),
            fields: BTreeMap::new(),
        };
        let is_of = |way: &Way, other: &Way| {
            (&way.name, &way.from, &way.to) == (&other.name, &other.from, &other.to)
        };
        match what {
            What::Added(said) => {
                way.fields = all(said);
                ways.push(way);
            }
            What::Removed(said) => {
                way.fields = all(said);
                let at = ways.iter().position(|other| *other == way);
                ways.remove(at.unwrap_or_else(|| panic!("{way:?} in {ways:?}")));
            }
            What::Renamed(was) => {
                let old = Way {
                    name: (*was).to_owned(),
                    ..way.clone()
                };
                let found = ways.iter_mut().find(|other| is_of(other, &old));
                found.unwrap_or_else(|| panic!("{old:?}")).name = way.name;
            }
            What::Redirected(was) => {
                let old = Way {
                    to: (*was).to_owned(),
                    ..way.clone()
                };
                let found = ways.iter_mut().find(|other| is_of(other, &old));
                found.unwrap_or_else(|| panic!("{old:?}")).to = way.to;
            }
            What::Field { field, old, new } => {
                let found = ways
                    .iter_mut()
                    .find(|other| is_of(other, &way))
                    .expect("a way");
                let was = match new {
                    Some(new) => found.fields.insert((*field).to_owned(), shown(new)),
                    None => found.fields.remove(*field),
                };
                assert_eq!(was, old.as_ref().map(shown));
            }
            What::Block(_) => panic!("{what:?}"),
        }
    }
}

fn makes_the_new_version(old: &Resolved, new: &Resolved) -> Result<(), TestCaseError> {
    let (mut made, wanted) = (Model::of(old), Model::of(new));
    prop_assume!(!made.is_ambiguous() && !wanted.is_ambiguous());
    let difference = difference(old, new);
    // What is gone makes room, and a field is told of a move by its new name and end.
    let rank = |change: &&Change| match change.what {
        What::Removed(_) => 0,
        What::Renamed(_) | What::Redirected(_) => 1,
        _ => 2,
    };
    let mut changes: Vec<&Change> = difference.changes.iter().collect();
    changes.sort_by_key(rank);
    changes.into_iter().for_each(|change| made.apply(change));
    prop_assert_eq!(made.sorted(), wanted);
    Ok(())
}

const OLD: &str = "\
workflow: desk
start: New
states:
  New: { category: open }
  On Hold: { category: waiting }
  Closed: { category: closed }
transitions:
  - { name: Hold, from: New, to: On Hold }
  - { name: Resume, from: On Hold, to: New }
  - { name: Close, from: [New, On Hold], to: Closed }
expect:
  - reach: Closed
";

const NEW: &str = "\
workflow: desk
applies-to: [Laptop]
start: [New, Triage]
states:
  New: { category: draft }
  Triage: { category: open }
  Closed: { category: closed, final: true }
transitions:
  - { name: Look, from: New, to: Triage }
  - { name: Close, from: [New, Triage], to: Closed, notes: required }
";

#[test]
fn people_are_told_what_changed_and_what_tickets_can_do_now() {
    let folder = Folder::with(&[
        ("old/desk.workflow.yaml", OLD),
        ("old/gone.workflow.yaml", &OLD.replace("desk", "gone")),
        ("new/desk.workflow.yaml", NEW),
        ("new/more.workflow.yaml", &OLD.replace("desk", "more")),
    ]);
    insta::assert_snapshot!(folder.run(&["diff", "old", "new"]).is(0).out);
    insta::assert_snapshot!(
        folder
            .run(&["diff", "old", "new", "--format", "short"])
            .is(0)
            .out
    );
    insta::assert_snapshot!(
        folder
            .run(&["diff", "old", "new", "--format", "markdown"])
            .is(0)
            .out
    );
    insta::assert_snapshot!(
        folder
            .run(&["diff", "old", "new", "--format", "json"])
            .is(0)
            .out
    );
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn one_picture_shows_what_is_in_both_versions_and_what_became_of_it(one in bytes(), other in bytes()) {
        let [old, new] = [one, other].map(|bytes| yaml(&random::workflow(&mut Dice(&bytes), "desk")));
        let difference = difference(&old, &new);
        let picture = changes::picture::merged(&difference, &Style::default(), |_| None);
        let count = |fate| picture.figures.iter().filter(|f| f.fate == Some(fate) && f.kind != Kind::AnyState).count();
        prop_assert_eq!(count(Fate::New), difference.pair.added().count());
        prop_assert_eq!(count(Fate::Gone), difference.pair.removed().count());
        // Every move of each version is on an arrow between its ends, which is not told to be the other's alone.
        let drawn: BTreeSet<(usize, usize, bool)> = picture
            .arrows
            .iter()
            .flat_map(|arrow| [(arrow.from, arrow.to, arrow.fate() == Some(Fate::Gone))])
            .collect();
        let shows = |state, is_gone: bool| move |to: usize, drawn: &BTreeSet<(usize, usize, bool)>| {
            drawn.contains(&(state, to, is_gone))
        };
        for (index, step) in new.moves().iter().enumerate() {
            let arrow = picture.arrow_of_move[index].map(|arrow| &picture.arrows[arrow]);
            let arrow = arrow.expect("nothing is hidden");
            prop_assert_eq!(Some(arrow.to), picture.figure_at(step.to));
            let is_any = picture.figures[arrow.from].kind == Kind::AnyState;
            prop_assert!(is_any || Some(arrow.from) == picture.figure_at(step.from));
            let label = new.transition(step).label();
            prop_assert!(arrow.named.iter().any(|named| named.name == label && named.fate != Some(Fate::Gone)));
        }
        let gone = &picture.merged.as_ref().expect("two versions").gone;
        let is_gone: BTreeSet<usize> = gone.iter().map(|(step, _)| *step).collect();
        for (index, step) in old.moves().iter().enumerate() {
            let ends = [step.from, step.to].map(|place| {
                picture.figure_in(InVersion::Old(old.meant(place)?))
            });
            let [Some(from), Some(to)] = ends else { continue };
            let is_there = difference.pair.new.moves().iter().any(|other| {
                [(step.from, other.from), (step.to, other.to)].iter().all(|(was, is)| {
                    difference.pair.number_of(Side::Old, *was) == difference.pair.number_of(Side::New, *is)
                })
            });
            if !is_there && !is_gone.contains(&index) {
                // It leads elsewhere, or is told of another transition that did the same.
                let same = old.moves().iter().enumerate().any(|(other, known)| {
                    is_gone.contains(&other) && (known.from, known.to) == (step.from, step.to)
                });
                prop_assert!(same, "{:?}", step);
            }
            if is_gone.contains(&index) && from != to {
                let from_any = |arrow: &&statewright::diagrams::picture::Arrow| {
                    picture.figures[arrow.from].kind == Kind::AnyState && arrow.to == to
                };
                let any = picture.arrows.iter().find(from_any).is_some();
                prop_assert!(any || shows(from, true)(to, &drawn));
            }
        }
        // Painting takes longer, and is of what is drawn.
        for notation in statewright::diagrams::ALL.iter().filter(|one| one.encode.is_none()) {
            prop_assert!(notation.file_of(&picture, &Style::default()).is_ok());
        }
    }
}

#[test]
fn a_picture_of_both_versions_is_written_beside_the_list() {
    let folder = Folder::with(&[
        ("old/desk.workflow.yaml", OLD),
        ("new/desk.workflow.yaml", NEW),
    ]);
    for ending in [
        "svg", "png", "html", "mmd", "dot", "puml", "d2", "smcat", "md",
    ] {
        let out = format!("picture.{ending}");
        let ran = folder.run(&["diff", "old", "new", "--out", &out]).is(0);
        assert!(ran.out.contains("1 workflow differs"), "{}", ran.out);
        assert!(
            !std::fs::read(folder.0.join(&out))
                .expect("written")
                .is_empty()
        );
    }
    let svg = std::fs::read_to_string(folder.0.join("picture.svg")).expect("written");
    insta::assert_snapshot!(svg);
    folder
        .run(&["diff", "old", "new", "--out", "picture.xyz"])
        .is(2);
    let ran = folder
        .run(&["diff", "old", "old", "--out", "none.svg"])
        .is(0);
    assert!(
        ran.err.contains("`none.svg` was not written"),
        "{}",
        ran.err
    );
    assert!(!folder.0.join("none.svg").exists());
    for side in ["old", "new"] {
        let text = if side == "old" { OLD } else { NEW };
        folder.write(
            &format!("{side}/more.workflow.yaml"),
            &text.replace("desk", "more"),
        );
    }
    let ran = folder
        .run(&["diff", "old", "new", "--out", "two.svg"])
        .is(2);
    assert!(ran.err.contains("2 workflows differ"), "{}", ran.err);
}

#[test]
fn the_exit_code_says_whether_all_was_compared_and_something_changed() {
    let folder = Folder::with(&[
        ("old.workflow.yaml", OLD),
        ("new.workflow.yaml", NEW),
        (
            "faulty.workflow.yaml",
            &NEW.replace("to: Triage }", "to: Somewhere }"),
        ),
        ("broken.workflow.yaml", "[1, 2"),
    ]);
    let run = |arguments: &[&str], code| folder.run(&[&["diff"], arguments].concat()).is(code);
    run(&["old.workflow.yaml", "new.workflow.yaml"], 0);
    run(
        &["old.workflow.yaml", "new.workflow.yaml", "--exit-code"],
        1,
    );
    run(
        &["old.workflow.yaml", "old.workflow.yaml", "--exit-code"],
        0,
    );
    let ran = run(
        &["old.workflow.yaml", "faulty.workflow.yaml", "--exit-code"],
        3,
    );
    assert!(
        ran.out
            .contains("so that not all is told: `faulty.workflow.yaml`"),
        "{}",
        ran.out
    );
    assert!(
        ran.err.contains("undefined state `Somewhere`"),
        "{}",
        ran.err
    );
    let ran = run(&["old.workflow.yaml", "broken.workflow.yaml"], 3);
    assert!(
        ran.out
            .contains("no change was found in what could be compared")
            && ran.out.contains("`broken.workflow.yaml`"),
        "{}",
        ran.out
    );
    run(&["old.workflow.yaml", "missing.workflow.yaml"], 3);
    run(&["old.workflow.yaml"], 2);
    run(&["-", "-"], 2);
    let piped = folder.run_with_input(
        &[
            "diff",
            "old.workflow.yaml",
            "-",
            "--stdin-filename",
            "x.workflow.yaml",
        ],
        OLD,
    );
    assert_eq!(piped.is(0).out, "nothing changed in 1 workflow\n");
}

#[test]
fn identifiers_that_stand_twice_are_told_and_not_compared() {
    let folder = Folder::with(&[
        ("old/desk.workflow.yaml", OLD),
        ("new/desk.workflow.yaml", NEW),
        ("new/copy.workflow.yaml", NEW),
    ]);
    let ran = folder.run(&["diff", "old", "new"]).is(3);
    let told = "not compared, because new files share identifiers: `new/copy.workflow.yaml`, `new/desk.workflow.yaml`";
    assert!(ran.out.contains(told), "{}", ran.out);
}

#[test]
fn a_comment_for_a_pull_request_has_room() {
    let many = |category: &str| {
        let states: String = (0..3000)
            .map(|n| format!("  S{n}: {{ category: {category} }}\n"))
            .collect();
        format!("workflow: desk\nstart: S0\nstates:\n{states}")
    };
    let folder = Folder::with(&[
        ("a.workflow.yaml", &many("open")),
        ("b.workflow.yaml", &many("waiting")),
    ]);
    let ran = folder
        .run(&[
            "diff",
            "a.workflow.yaml",
            "b.workflow.yaml",
            "--format",
            "markdown",
        ])
        .is(0);
    assert!(ran.out.chars().count() < 60_000 && ran.out.contains(" more changes not shown: "));
}
