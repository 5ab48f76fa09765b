//! A second opinion on names: those that states had before, where tickets of removed states go, and which
//! transitions a promise names. Small random workflows, judged by definition.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use proptest::prelude::*;

use super::oracle::trying;
use super::reading::read;
use crate::diagnostic::Diagnostic;

/// A random workflow.
#[derive(Clone, Debug)]
struct Sample {
    /// Each state with the names under `was`.
    states: Vec<(&'static str, Vec<&'static str>)>,
    start: Option<&'static str>,
    /// The names of transitions, where they have one, and the positions of states.
    transitions: Vec<(Option<&'static str>, usize, usize)>,
    /// Where tickets go: a name, of another workflow where that is said.
    migrate: Vec<(&'static str, &'static str, bool)>,
    /// What each promise names.
    separate: Vec<Vec<&'static str>>,
}

/// Names of states that are far enough from each other to be taken for none.
const NAMES: [&str; 7] = ["Ash", "Birch", "Cedar", "Dogwood", "Elder", "Fig", "Gorse"];

/// Names of transitions, two of which are those of states.
const MOVES: [&str; 5] = ["Ash", "Birch", "plant", "water", "prune"];

fn samples() -> impl Strategy<Value = Sample> {
    let names = || prop::sample::select(&NAMES[..]);
    let states = prop::sample::subsequence(NAMES.to_vec(), 1..=4);
    let was = prop::collection::vec(prop::sample::subsequence(NAMES.to_vec(), 0..=2), 4);
    let moves = || prop::option::of(prop::sample::select(&MOVES[..]));
    let sources = prop::sample::subsequence(NAMES.to_vec(), 0..=5).prop_shuffle();
    let ends = prop::collection::vec((names(), prop::bool::weighted(0.15)), 5);
    let named = prop::sample::subsequence(MOVES.to_vec(), 2..=3).prop_shuffle();
    (states, was).prop_flat_map(move |(states, was)| {
        let count = states.len();
        (
            Just(states),
            Just(was),
            moves(),
            prop::collection::vec((moves(), 0..count, 0..count), 0..=4),
            sources.clone(),
            ends.clone(),
            prop::collection::vec(named.clone(), 0..=2),
        )
            .prop_map(
                |(states, was, start, transitions, sources, ends, separate)| Sample {
                    states: states.into_iter().zip(was).collect(),
                    start,
                    transitions,
                    migrate: sources
                        .into_iter()
                        .zip(ends)
                        .map(|(from, (to, elsewhere))| (from, to, elsewhere))
                        .collect(),
                    separate,
                },
            )
    })
}

impl Sample {
    fn yaml(&self) -> String {
        let first = self.states[0].0;
        let start = match self.start {
            Some(name) => format!("{{ to: {first}, name: {name} }}"),
            None => first.to_owned(),
        };
        let mut text = format!("workflow: trees\nstart: {start}\nstates:\n");
        for (name, was) in &self.states {
            let was = match was.is_empty() {
                true => String::new(),
                false => format!(", was: [{}]", was.join(", ")),
            };
            let _ = writeln!(text, "  {name}: {{ category: open{was} }}");
        }
        text += match self.transitions.is_empty() {
            true => "transitions: []\n",
            false => "transitions:\n",
        };
        for (name, from, to) in &self.transitions {
            let name = name.map_or(String::new(), |name| format!("name: {name}, "));
            let (from, to) = (self.states[*from].0, self.states[*to].0);
            let _ = writeln!(text, "  - {{ {name}from: {from}, to: {to} }}");
        }
        if !self.separate.is_empty() {
            text += "expect:\n";
        }
        for names in &self.separate {
            let _ = writeln!(text, "  - separate: [{}]", names.join(", "));
        }
        if !self.migrate.is_empty() {
            text += "migrate:\n";
        }
        for (from, to, elsewhere) in &self.migrate {
            let to = match elsewhere {
                true => format!("{{ workflow: other, state: {to} }}"),
                false => (*to).to_owned(),
            };
            let _ = writeln!(text, "  {from}: {to}");
        }
        text
    }

    /// How many states have an oldest name that one before them has.
    fn shared(&self) -> usize {
        let oldest = |(name, was): &(&'static str, Vec<&'static str>)| *was.last().unwrap_or(name);
        let distinct: BTreeSet<&str> = self.states.iter().map(oldest).collect();
        self.states.len() - distinct.len()
    }

    /// The names that promises list and nothing has, in their order.
    fn undefined(&self) -> Vec<&'static str> {
        let labels = self.transitions.iter();
        let labels = labels.map(|(name, _, to)| name.unwrap_or(self.states[*to].0));
        let start = self.start.unwrap_or(self.states[0].0);
        let all: BTreeSet<&str> = labels.chain([start]).collect();
        let listed = self.separate.iter().flatten().copied();
        listed.filter(|name| !all.contains(name)).collect()
    }

    /// The entries that lead to a name of nothing, and how many rings of entries there are.
    fn broken(&self) -> (usize, usize) {
        let is_state = |name: &str| self.states.iter().any(|(state, _)| *state == name);
        let is_open = |(_, to, elsewhere): &&(&str, &str, bool)| !elsewhere && !is_state(to);
        let open: BTreeMap<&str, &str> = self
            .migrate
            .iter()
            .filter(is_open)
            .map(|(from, to, _)| (*from, *to))
            .collect();
        let is_entry = |name: &str| self.migrate.iter().any(|(from, ..)| *from == name);
        let nowhere = open.values().filter(|to| !is_entry(to)).count();
        // Whoever comes back to where they began, in as many steps as there are entries, is in a ring.
        let mut rings = BTreeSet::new();
        for first in open.keys() {
            let (mut at, mut ring) = (*first, BTreeSet::from([*first]));
            for _ in 0..self.migrate.len() {
                let Some(to) = open.get(at) else { break };
                at = to;
                if at == *first {
                    rings.insert(ring);
                    break;
                }
                ring.insert(at);
            }
        }
        (nowhere, rings.len())
    }
}

fn of<'d>(all: &'d [Diagnostic], code: &str) -> Vec<&'d Diagnostic> {
    all.iter().filter(|found| found.code.name == code).collect()
}

proptest! {
    #![proptest_config(trying(2000))]

    #[test]
    fn former_names_migrations_and_named_transitions_follow_their_definitions(sample in samples()) {
        let text = sample.yaml();
        let reports = read(&text).reports(&[]);
        let shared = of(&reports, "shared-origins");
        prop_assert_eq!(shared.len(), sample.shared(), "{}", text);
        let undefined = of(&reports, "undefined-transitions");
        let named = undefined.iter().map(|report| {
            let place = report.primary().span.range();
            text.get(place).unwrap_or_default()
        });
        prop_assert_eq!(named.collect::<Vec<_>>(), sample.undefined(), "{}", text);
        let broken = of(&reports, "broken-migrations");
        let is_nowhere =
            |report: &&&Diagnostic| report.primary().message == "no state has this name";
        let nowhere = broken.iter().filter(is_nowhere).count();
        let found = (nowhere, broken.len() - nowhere);
        prop_assert_eq!(found, sample.broken(), "{}", text);
    }
}

/// What is judged has to be there to be judged.
#[test]
fn what_is_rolled_has_every_mistake_and_none() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut counts = [0; 5];
    for _ in 0..400 {
        let sample = samples().new_tree(&mut runner).expect("a sample").current();
        let (nowhere, rings) = sample.broken();
        let undefined = sample.undefined().len();
        let wrong = [sample.shared(), undefined, nowhere, rings];
        for (count, found) in counts.iter_mut().zip(wrong) {
            *count += usize::from(found > 0);
        }
        counts[4] += usize::from(wrong == [0; 4]);
    }
    assert!(counts.iter().all(|count| *count >= 10), "{counts:?}");
}
