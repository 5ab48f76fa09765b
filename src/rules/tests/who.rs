//! A second opinion on roles, conditions and what happens by itself: small random workflows, judged by
//! definition. Promises are judged by trying every walk.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::oracle::{closure, trying};
use super::reading::read;
use crate::diagnostic::Diagnostic;

/// A random workflow of the states `S0`, `S1` …, of which the last is closed.
#[derive(Clone, Debug)]
struct Sample {
    states: usize,
    starts: Vec<Start>,
    transitions: Vec<Arrow>,
    roles: Option<BTreeSet<&'static str>>,
}

#[derive(Clone, Debug)]
struct Start {
    to: usize,
    name: &'static str,
    who: Who,
}

/// Any of these, or anybody.
type Who = Option<BTreeSet<&'static str>>;

#[derive(Clone, Debug)]
struct Arrow {
    name: &'static str,
    from: BTreeSet<usize>,
    every: bool,
    to: usize,
    who: Who,
    when: Option<&'static str>,
    time: Option<Time>,
    notes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Time {
    AtOnce,
    Hours(u8),
}

/// A move by definition: where it begins and the transition.
#[derive(Clone, Copy, Debug)]
struct Step<'s> {
    from: usize,
    by: &'s Arrow,
    index: usize,
}

const ROLES: [&str; 3] = ["x", "y", "z"];

fn who() -> impl Strategy<Value = Who> {
    prop::option::of(prop::collection::btree_set(
        prop::sample::select(&ROLES[..]),
        1..=2,
    ))
}

fn samples() -> impl Strategy<Value = Sample> {
    (2..=3_usize).prop_flat_map(|states| {
        let start = (0..states, prop::sample::select(vec!["a", "s"]), who());
        let start = start.prop_map(|(to, name, who)| Start { to, name, who });
        let from = prop::collection::btree_set(0..states, 1..=2);
        let name = prop::sample::select(vec!["a", "b", "c"]);
        let when = prop::sample::select(vec![
            None,
            None,
            Some("p"),
            Some(" p"),
            Some("q  r"),
            Some("q r"),
            Some("otherwise"),
        ]);
        let time = prop::sample::select(vec![
            None,
            None,
            None,
            Some(Time::AtOnce),
            Some(Time::Hours(1)),
            Some(Time::Hours(2)),
        ]);
        let arrow = (
            name,
            from,
            prop::bool::weighted(0.15),
            0..states,
            who(),
            when,
            time,
            prop::bool::weighted(0.1),
        );
        let arrow = arrow.prop_map(|(name, from, every, to, who, when, time, notes)| Arrow {
            name,
            from,
            every,
            to,
            who,
            when,
            time,
            notes,
        });
        let roles = prop::option::of(prop::collection::btree_set(
            prop::sample::select(&ROLES[..]),
            1..=3,
        ));
        (
            prop::collection::vec(start, 1..=2),
            prop::collection::vec(arrow, 0..=5),
            roles,
        )
            .prop_map(move |(starts, transitions, roles)| Sample {
                states,
                starts,
                transitions,
                roles,
            })
    })
}

fn list<'n>(names: impl IntoIterator<Item = &'n &'static str>) -> String {
    let names: Vec<&str> = names.into_iter().copied().collect();
    format!("[{}]", names.join(", "))
}

impl Arrow {
    fn is_automatic(&self) -> bool {
        self.time.is_some()
    }

    /// Whether somebody of these roles may make it.
    fn may(&self, roles: &BTreeSet<&str>) -> bool {
        !self.is_automatic() && self.who.as_ref().is_none_or(|who| !who.is_disjoint(roles))
    }

    /// Whether one person may make both, or both happen by themselves.
    fn meets(&self, other: &Arrow) -> bool {
        self.is_automatic() == other.is_automatic()
            && (self.is_automatic() || meet(&self.who, &other.who))
    }

    fn condition(&self) -> Option<String> {
        self.when
            .map(|when| when.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Whether their conditions tell them apart.
    fn is_apart(&self, other: &Arrow) -> bool {
        matches!((self.condition(), other.condition()), (Some(a), Some(b)) if a != b)
    }

    fn minutes(&self) -> u32 {
        match self.time {
            Some(Time::Hours(hours)) => u32::from(hours) * 60,
            _ => 0,
        }
    }

    /// All but its name and ends.
    fn rest(&self) -> (&Who, Option<String>, Option<Time>, bool) {
        (&self.who, self.condition(), self.time, self.notes)
    }
}

fn meet(one: &Who, other: &Who) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => !one.is_disjoint(other),
        _ => true,
    }
}

impl Sample {
    fn yaml(&self, promise: &str) -> String {
        let who = |who: &Who| match who {
            Some(who) => format!(", who: {}", list(who)),
            None => String::new(),
        };
        let starts = self.starts.iter();
        let starts =
            starts.map(|s| format!("{{ to: S{}, name: {}{} }}", s.to, s.name, who(&s.who)));
        let starts: Vec<String> = starts.collect();
        let mut text = format!(
            "workflow: random\nstart: [{}]\nstates:\n",
            starts.join(", ")
        );
        for id in 0..self.states {
            let category = if id + 1 == self.states {
                "closed"
            } else {
                "open"
            };
            text += &format!("  S{id}: {{ category: {category} }}\n");
        }
        text += if self.transitions.is_empty() {
            "transitions: []\n"
        } else {
            "transitions:\n"
        };
        for arrow in &self.transitions {
            let from: Vec<String> = arrow.from.iter().map(|id| format!("S{id}")).collect();
            let from = match arrow.every {
                true => format!("from: \"*\", except: [{}]", from.join(", ")),
                false => format!("from: [{}]", from.join(", ")),
            };
            let when = arrow
                .when
                .map_or(String::new(), |when| format!(", when: \"{when}\""));
            let time = match arrow.time {
                None => String::new(),
                Some(Time::AtOnce) => ", automatic: true".to_owned(),
                Some(Time::Hours(hours)) => format!(", after: {hours}h"),
            };
            let notes = if arrow.notes { ", notes: required" } else { "" };
            text += &format!(
                "  - {{ name: {}, {from}, to: S{}{}{when}{time}{notes} }}\n",
                arrow.name,
                arrow.to,
                who(&arrow.who)
            );
        }
        if let Some(roles) = &self.roles {
            text += &format!("roles: {}\n", list(roles));
        }
        text + promise
    }

    fn made(&self) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        for (index, by) in self.transitions.iter().enumerate() {
            for from in 0..self.states {
                let is_made = match by.every {
                    false => by.from.contains(&from),
                    true => !by.from.contains(&from) && from != by.to,
                };
                if is_made {
                    steps.push(Step { from, by, index });
                }
            }
        }
        steps
    }

    /// The moves, and those of `"*"` that one which is written out makes, too, each with that.
    fn steps(&self) -> (Vec<Step<'_>>, Vec<(Step<'_>, Step<'_>)>) {
        let all = self.made();
        let same = |one: &Step, other: &Step| {
            let ends = |s: &Step| (s.by.name, s.from, s.by.to, s.by.condition());
            ends(one) == ends(other) && one.by.meets(other.by)
        };
        let (mut kept, mut covered) = (Vec::new(), Vec::new());
        for step in &all {
            let written = all
                .iter()
                .find(|other| !other.by.every && same(step, other));
            match written.filter(|_| step.by.every) {
                Some(written) => covered.push((*step, *written)),
                None => kept.push(*step),
            }
        }
        (kept, covered)
    }

    /// Every role that is named anywhere.
    fn all_roles(&self) -> BTreeSet<&'static str> {
        let starts = self.starts.iter().filter_map(|s| s.who.as_ref());
        let transitions = self.transitions.iter().filter_map(|t| t.who.as_ref());
        let all = starts.chain(transitions).chain(&self.roles);
        all.flatten().copied().collect()
    }
}

fn pairs<T>(all: &[T]) -> impl Iterator<Item = (&T, &T)> {
    let later = |at: usize| all[..at].iter();
    all.iter()
        .enumerate()
        .flat_map(move |(at, b)| later(at).map(move |a| (a, b)))
}

/// What the sample should set off, one line a code, next to what it does.
fn compare(sample: &Sample) -> Vec<(&'static str, String, String)> {
    let reports = read(&sample.yaml("")).reports(&[]);
    let of = |code: &str| -> Vec<&Diagnostic> {
        reports.iter().filter(|r| r.code.name == code).collect()
    };
    let mut all = Vec::new();
    let mut same = |code: &'static str, is: bool| {
        all.push((code, is.to_string(), (!of(code).is_empty()).to_string()));
    };
    let (steps, covered) = sample.steps();

    let clash = |(a, b): (&Step, &Step)| {
        (a.by.name, a.from) == (b.by.name, b.from)
            && a.by.to != b.by.to
            && a.by.meets(b.by)
            && !a.by.is_apart(b.by)
    };
    let starts =
        |(a, b): (&Start, &Start)| a.name == b.name && a.to != b.to && meet(&a.who, &b.who);
    same(
        "ambiguous-transitions",
        pairs(&steps).any(clash) || pairs(&sample.starts).any(starts),
    );

    let twice = |(a, b): (&Step, &Step)| {
        let ends = |s: &Step| (s.by.name, s.from, s.by.to, s.by.condition());
        ends(a) == ends(b) && a.by.meets(b.by)
    };
    let starts =
        |(a, b): (&Start, &Start)| (a.name, a.to) == (b.name, b.to) && meet(&a.who, &b.who);
    let contested = covered
        .iter()
        .any(|(every, by)| every.by.rest() != by.by.rest());
    same(
        "duplicate-transitions",
        contested || pairs(&steps).any(twice) || pairs(&sample.starts).any(starts),
    );
    // One that is written once, and that every `"*"` over it makes in no other way.
    let redundant = covered.iter().any(|(_, by)| {
        let is_it = |s: &Step| (s.index, s.from) == (by.index, by.from);
        let is_first = !pairs(&steps).any(|(a, b)| twice((a, b)) && is_it(a));
        let agreed = covered.iter().filter(|(_, other)| is_it(other));
        is_first
            && agreed
                .into_iter()
                .all(|(every, by)| every.by.rest() == by.by.rest())
    });
    same("redundant-transitions", redundant);

    let competing = |(a, b): (&Step, &Step)| {
        let both = a.by.is_automatic() && b.by.is_automatic();
        both && a.from == b.from
            && a.by.name != b.by.name
            && a.by.minutes() == b.by.minutes()
            && !a.by.is_apart(b.by)
    };
    same("competing-transitions", pairs(&steps).any(competing));

    let is_rest = |s: &&Step| s.by.condition().as_deref() == Some("otherwise");
    let alone = |rest: &Step| {
        let beside = |s: &&Step| {
            let both = s.by.is_automatic() && rest.by.is_automatic();
            s.from == rest.from && (s.by.name == rest.by.name || both)
        };
        let mut beside = steps.iter().filter(beside);
        !beside.any(|s| s.by.when.is_some() && !is_rest(&s))
    };
    same("lone-alternatives", steps.iter().filter(is_rest).any(alone));

    let mut at_once = vec![vec![false; sample.states]; sample.states];
    for step in &steps {
        at_once[step.from][step.by.to] |=
            step.by.time == Some(Time::AtOnce) && step.by.when.is_none();
    }
    let leads = closure(&at_once);
    let mut ids = 0..sample.states;
    let goes_round = ids.any(|a| (0..sample.states).any(|b| at_once[a][b] && leads[b][a]));
    same("automatic-loops", goes_round);

    let asks = |t: &Arrow| t.is_automatic() && (t.who.is_some() || t.notes);
    same("contradicting-fields", sample.transitions.iter().any(asks));

    let starts = sample.starts.iter().filter_map(|s| s.who.as_ref());
    let transitions = sample.transitions.iter().filter_map(|t| t.who.as_ref());
    let named: BTreeSet<&str> = starts.chain(transitions).flatten().copied().collect();
    let undefined = sample
        .roles
        .as_ref()
        .is_some_and(|roles| !named.is_subset(roles));
    same("undefined-roles", undefined);
    let unused = sample
        .roles
        .as_ref()
        .is_some_and(|roles| !roles.is_subset(&named));
    same("unused-roles", unused && !undefined);
    all
}

/// A promise about roles.
#[derive(Clone, Debug)]
enum Wish {
    Allow(Vec<usize>, BTreeSet<&'static str>),
    Forbid(usize, usize, BTreeSet<&'static str>),
    Reach(usize, usize, BTreeSet<&'static str>),
    Never(usize, usize, BTreeSet<&'static str>),
    Separate(BTreeSet<&'static str>),
}

fn wishes(states: usize) -> impl Strategy<Value = Wish> {
    let by = || prop::collection::btree_set(prop::sample::select(&ROLES[..]), 1..=2);
    let names = prop::collection::btree_set(prop::sample::select(vec!["a", "b", "c", "s"]), 2..=3);
    prop_oneof![
        1 => (prop::collection::vec(0..states, 2..=3), by()).prop_map(|(walk, by)| Wish::Allow(walk, by)),
        1 => (0..states, 0..states, by()).prop_map(|(a, b, by)| Wish::Forbid(a, b, by)),
        1 => (0..states, 0..states, by()).prop_map(|(a, b, by)| Wish::Reach(a, b, by)),
        1 => (0..states, 0..states, by()).prop_map(|(a, b, by)| Wish::Never(a, b, by)),
        2 => names.prop_map(Wish::Separate),
    ]
}

/// Whether it is kept, or the least number of moves that breaks it where that is told.
#[derive(Debug, PartialEq)]
enum Verdict {
    Kept,
    Broken(Option<usize>),
}

impl Wish {
    fn yaml(&self) -> String {
        let promise = match self {
            Wish::Allow(walk, by) => {
                let walk: Vec<String> = walk.iter().map(|id| format!("S{id}")).collect();
                format!("allow: [{}], by: {}", walk.join(", "), list(by))
            }
            Wish::Forbid(a, b, by) => format!("forbid: [S{a}, S{b}], by: {}", list(by)),
            Wish::Reach(a, b, by) => format!("reach: S{b}, from: S{a}, by: {}", list(by)),
            Wish::Never(a, b, by) => format!("never: S{b}, after: S{a}, by: {}", list(by)),
            Wish::Separate(names) => format!("separate: {}", list(names)),
        };
        format!("expect: [{{ {promise} }}]\n")
    }

    fn verdict(&self, sample: &Sample) -> Verdict {
        let (steps, _) = sample.steps();
        let count = sample.states;
        let may_see = |s: &&Step, by: &BTreeSet<&str>| s.by.is_automatic() || s.by.may(by);
        let broken = |is: bool| {
            if is {
                Verdict::Broken(None)
            } else {
                Verdict::Kept
            }
        };
        match self {
            Wish::Allow(walk, by) => {
                let there = |p: &[usize]| {
                    let mut between = steps.iter().filter(|s| (s.from, s.by.to) == (p[0], p[1]));
                    between.any(|s| may_see(&s, by))
                };
                broken(!walk.windows(2).all(there))
            }
            Wish::Forbid(a, b, by) => {
                let is_there = |s: &Step| (s.from, s.by.to) == (*a, *b) && s.by.may(by);
                broken(steps.iter().any(is_there))
            }
            Wish::Reach(a, b, by) => {
                let mut adjacent = vec![vec![false; count]; count];
                for step in steps.iter().filter(|s| may_see(s, by)) {
                    adjacent[step.from][step.by.to] = true;
                }
                broken(!closure(&adjacent)[*a][*b])
            }
            Wish::Never(a, b, by) => {
                let walks = |at: usize| walks(&steps, at, count + 1);
                let mut ends = walks(*a);
                ends.retain(|walk| walk.last().is_some_and(|s| s.by.to == *b && s.by.may(by)));
                match ends.iter().map(Vec::len).min() {
                    Some(least) => Verdict::Broken(Some(least)),
                    None => Verdict::Kept,
                }
            }
            Wish::Separate(names) => {
                let mut least = None;
                for start in &sample.starts {
                    for walk in walks(&steps, start.to, 2 * count) {
                        let joins = |role: &&str| {
                            let role = BTreeSet::from([*role]);
                            let begun =
                                start.who.as_ref().is_none_or(|who| !who.is_disjoint(&role));
                            let begun = begun.then_some(start.name);
                            let made = walk.iter().filter(|s| s.by.may(&role)).map(|s| s.by.name);
                            let made = begun.into_iter().chain(made);
                            let made: BTreeSet<&str> = made.filter(|n| names.contains(n)).collect();
                            made.len() > 1
                        };
                        if sample.all_roles().iter().any(joins) {
                            least = [least, Some(walk.len())].into_iter().flatten().min();
                        }
                    }
                }
                least.map_or(Verdict::Kept, |least| Verdict::Broken(Some(least)))
            }
        }
    }
}

/// Every walk from a state of so many moves at most, the one of none included.
fn walks<'s>(steps: &[Step<'s>], from: usize, most: usize) -> Vec<Vec<Step<'s>>> {
    let mut all = vec![Vec::new()];
    let mut at = 0;
    while at < all.len() {
        let walk: Vec<Step> = all[at].clone();
        at += 1;
        if walk.len() == most {
            continue;
        }
        let end = walk.last().map_or(from, |step| step.by.to);
        let same = |a: &Step, b: &Step| {
            let rest = |s: &Step| (s.from, s.by.to, s.by.name, s.by.is_automatic());
            rest(a) == rest(b) && a.by.who == b.by.who
        };
        for (index, next) in steps.iter().enumerate() {
            // Of those between the same states by the same people, one is enough.
            if next.from != end || steps[..index].iter().any(|other| same(other, next)) {
                continue;
            }
            all.push(walk.iter().chain([next]).copied().collect());
        }
        assert!(all.len() < 1_000_000, "too many walks to try");
    }
    all
}

/// How many moves the shortest walk has that a report shows.
fn shown(report: &Diagnostic) -> Option<usize> {
    let note = report
        .notes
        .iter()
        .find(|note| note.starts_with("the shortest "))?;
    Some(note.matches('→').count())
}

proptest! {
    #![proptest_config(trying(4000))]

    #[test]
    fn rules_on_roles_agree_with_their_definitions(sample in samples()) {
        for (code, expected, found) in compare(&sample) {
            prop_assert_eq!(expected, found, "{}\n{}", code, sample.yaml(""));
        }
    }

    #[test]
    fn promises_about_roles_agree_with_all_walks(
        (sample, wish) in samples().prop_flat_map(|sample| {
            let states = sample.states;
            (Just(sample), wishes(states))
        }),
    ) {
        let yaml = sample.yaml(&wish.yaml());
        let reports = read(&yaml).reports(&[]);
        let broken = reports.iter().find(|r| r.code.name == "broken-expectations");
        let found = match broken {
            None => Verdict::Kept,
            Some(report) => Verdict::Broken(shown(report)),
        };
        match wish.verdict(&sample) {
            Verdict::Broken(None) => prop_assert!(broken.is_some(), "{}", yaml),
            verdict => prop_assert_eq!(verdict, found, "{}", yaml),
        }
    }
}
