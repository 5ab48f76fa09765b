//! A second opinion: small random workflows, judged by definition instead of by algorithm.
//!
//! Nothing here shares code with the rules. Reachability is the transitive closure by repeated
//! relaxation, a bottleneck is a state without which nothing is closed, a trap a set of states
//! that all lead to each other and to nothing else but drafts that are over.
//! `PROPTEST_CASES=100000 cargo test --lib definitions` tries more of them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::reading::{Reading, read};
use crate::diagnostic::Diagnostic;
use crate::rules;

/// A random workflow. States are `S0`, `S1` ….
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// The category of each state, and whether it is final.
    pub states: Vec<(&'static str, bool)>,
    /// The start states, each once.
    pub starts: Vec<usize>,
    /// How each of them is written: as nothing but its name, without a name of its own, or with one.
    pub said: Vec<Said>,
    pub transitions: Vec<Arrow>,
}

/// How a start is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Said {
    Bare,
    Unnamed,
    Named(&'static str),
}

/// A random transition.
#[derive(Clone, Debug)]
pub(crate) struct Arrow {
    pub name: &'static str,
    /// Where it begins, or what `"*"` leaves out.
    pub from: BTreeSet<usize>,
    pub every: bool,
    pub to: usize,
    pub notes: &'static str,
}

/// A move by definition: name, from, to, the transition, whether `"*"` makes it.
type Step<'s> = (&'s str, usize, usize, usize, bool);

pub(crate) fn samples(most: usize) -> impl Strategy<Value = Sample> {
    (1..=most).prop_flat_map(|count| {
        let category = prop::sample::select(vec!["draft", "open", "open", "waiting", "closed"]);
        let state = (category, prop::bool::weighted(0.2));
        let start = prop::collection::btree_set(0..count, 1..=3.min(count));
        let said = prop_oneof![
            2 => Just(Said::Bare),
            1 => Just(Said::Unnamed),
            1 => prop::sample::select(vec!["S0", "S1", "S2", "a", "b"]).prop_map(Said::Named),
        ];
        let said = prop::collection::vec(said, 3);
        let transitions = prop::collection::vec(arrow(count), 0..=9);
        (
            prop::collection::vec(state, count),
            start,
            said,
            transitions,
        )
            .prop_map(|(states, starts, said, transitions)| Sample {
                states,
                starts: starts.into_iter().collect(),
                said,
                transitions,
            })
    })
}

fn arrow(count: usize) -> impl Strategy<Value = Arrow> {
    let from = prop::collection::btree_set(0..count, 1..=2.min(count));
    let name = prop::sample::select(vec!["a", "b", "c", "d", "e", "f"]);
    let notes = prop::sample::select(vec!["none", "none", "required"]);
    (name, from, prop::bool::weighted(0.15), 0..count, notes).prop_map(
        |(name, from, every, to, notes)| Arrow {
            name,
            from,
            every,
            to,
            notes,
        },
    )
}

impl Sample {
    /// The workflow in YAML, with `more` after it.
    pub fn yaml(&self, more: &str) -> String {
        let list = |ids: &mut dyn Iterator<Item = usize>| {
            let names: Vec<String> = ids.map(|id| format!("S{id}")).collect();
            format!("[{}]", names.join(", "))
        };
        let starts = self.starts.iter().zip(&self.said);
        let starts = starts.map(|(id, said)| match said {
            Said::Bare => format!("S{id}"),
            Said::Unnamed => format!("{{ to: S{id} }}"),
            Said::Named(name) => format!("{{ to: S{id}, name: {name} }}"),
        });
        let starts: Vec<String> = starts.collect();
        let mut text = format!(
            "workflow: random\nstart: [{}]\nstates:\n",
            starts.join(", ")
        );
        for (id, (category, is_final)) in self.states.iter().enumerate() {
            text += &format!("  S{id}: {{ category: {category}, final: {is_final} }}\n");
        }
        text += match self.transitions.is_empty() {
            true => "transitions: []\n",
            false => "transitions:\n",
        };
        for Arrow {
            name,
            from,
            every,
            to,
            notes,
        } in &self.transitions
        {
            let from = list(&mut from.iter().copied());
            let from = match every {
                true => format!("from: \"*\", except: {from}"),
                false => format!("from: {from}"),
            };
            text += &format!("  - {{ name: {name}, {from}, to: S{to}, notes: {notes} }}\n");
        }
        text + more
    }

    fn steps(&self) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        for (index, arrow) in self.transitions.iter().enumerate() {
            for from in 0..self.states.len() {
                let made = match arrow.every {
                    false => arrow.from.contains(&from),
                    true => !arrow.from.contains(&from) && from != arrow.to && !self.states[from].1,
                };
                if made {
                    steps.push((arrow.name, from, arrow.to, index, arrow.every));
                }
            }
        }
        steps
    }

    /// Which states lead straight to which.
    pub fn adjacent(&self) -> Vec<Vec<bool>> {
        let count = self.states.len();
        let mut adjacent = vec![vec![false; count]; count];
        for (_, from, to, _, _) in self.steps() {
            adjacent[from][to] = true;
        }
        adjacent
    }

    fn is(&self, id: usize, category: &str) -> bool {
        self.states[id].0 == category
    }

    fn set(&self, keep: impl Fn(usize) -> bool) -> BTreeSet<usize> {
        (0..self.states.len()).filter(|id| keep(*id)).collect()
    }
}

/// Which states lead to which by any number of moves, none included.
pub(crate) fn closure(adjacent: &[Vec<bool>]) -> Vec<Vec<bool>> {
    let count = adjacent.len();
    let mut leads = adjacent.to_vec();
    (0..count).for_each(|id| leads[id][id] = true);
    for _ in 0..count {
        for a in 0..count {
            for b in 0..count {
                leads[a][b] |= (0..count).any(|via| leads[a][via] && leads[via][b]);
            }
        }
    }
    leads
}

/// The states whose definitions a report labels.
fn labelled(reading: &Reading, report: &Diagnostic) -> BTreeSet<usize> {
    let states = reading.resolved.states();
    let spans: Vec<_> = states.map(|(id, s)| (s.name.span, id.index())).collect();
    let labels = report.labels.iter();
    labels
        .filter_map(|l| spans.iter().find(|(span, _)| *span == l.span))
        .map(|(_, id)| *id)
        .collect()
}

/// What the sample should set off, one line a code, next to what it does.
fn compare(sample: &Sample) -> Vec<(&'static str, String, String)> {
    let reading = read(&sample.yaml(""));
    let on: Vec<_> = rules::ALL.iter().map(|r| r.code).collect();
    let reports = reading.reports(&on);
    let of = |code: &str| -> Vec<&Diagnostic> {
        reports.iter().filter(|r| r.code.name == code).collect()
    };
    let found = |code: &str| -> BTreeSet<BTreeSet<usize>> {
        of(code).iter().map(|r| labelled(&reading, r)).collect()
    };
    let whether = |code: &str| !of(code).is_empty();
    let mut all = Vec::new();
    let mut same = |code, expected: String, found: String| all.push((code, expected, found));

    let count = sample.states.len();
    let adjacent = sample.adjacent();
    let leads = closure(&adjacent);
    let reached = sample.set(|id| sample.starts.iter().any(|s| leads[*s][id]));
    let closed = sample.set(|id| sample.is(id, "closed"));
    let classes: BTreeSet<BTreeSet<usize>> = (0..count)
        .map(|a| sample.set(|b| leads[a][b] && leads[b][a]))
        .collect();

    // Unreachable states, and how many islands they make.
    let lost = sample.set(|id| !reached.contains(&id));
    let mut touching = vec![vec![false; count]; count];
    for a in &lost {
        for b in &lost {
            touching[*a][*b] = adjacent[*a][*b] || adjacent[*b][*a];
        }
    }
    let joined = closure(&touching);
    let islands: BTreeSet<BTreeSet<usize>> = lost
        .iter()
        .map(|a| sample.set(|b| joined[*a][b] && lost.contains(&b)))
        .collect();
    same(
        "unreachable-states",
        format!("{islands:?}"),
        format!("{:?}", found("unreachable-states")),
    );

    // Ends.
    let leaves = |id: usize| (0..count).any(|to| to != id && adjacent[id][to]);
    let single = |ids: BTreeSet<usize>| -> BTreeSet<BTreeSet<usize>> {
        ids.into_iter().map(|id| BTreeSet::from([id])).collect()
    };
    let dead = sample.set(|id| {
        let ends = sample.is(id, "closed") || sample.states[id].1;
        !closed.is_empty() && reached.contains(&id) && !ends && !leaves(id)
    });
    same(
        "dead-ends",
        format!("{:?}", single(dead)),
        format!("{:?}", found("dead-ends")),
    );
    let has = |set: &BTreeSet<usize>, category: &str| set.iter().any(|id| sample.is(*id, category));
    // Tickets that end as drafts are over, and their clock never ran.
    let onward = |id: usize| sample.set(|to| leads[id][to]);
    let is_over = |end: usize| sample.states[end].1 && !leaves(end);
    let ends_well = |id: usize| {
        let is_end = |end: &usize| onward(*end).iter().all(|to| leads[*to][*end]);
        let next = onward(id);
        next.iter().all(|to| sample.is(*to, "draft"))
            && next.iter().filter(|to| is_end(to)).all(|end| is_over(*end))
    };
    // A set that leads to itself alone, or also to drafts that are over.
    let no_escape = |set: &BTreeSet<usize>| {
        let inside =
            |id: &usize| (0..count).all(|to| !leads[*id][to] || set.contains(&to) || ends_well(to));
        let is_over = set.iter().all(|id| ends_well(*id));
        set.iter().all(inside) && set.is_subset(&reached) && !has(set, "closed") && !is_over
    };
    let goes_on_from = |set: &BTreeSet<usize>| set.iter().any(|id| leaves(*id));
    let stuck = |set: &BTreeSet<usize>| {
        no_escape(set) && goes_on_from(set) && has(set, "waiting") && !has(set, "open")
    };
    let trapped = |set: &BTreeSet<usize>| {
        let is_final = || set.iter().all(|id| sample.states[*id].1);
        let kept = goes_on_from(set) || is_final();
        !closed.is_empty() && no_escape(set) && kept && !stuck(set)
    };
    let those = |test: &dyn Fn(&BTreeSet<usize>) -> bool| -> BTreeSet<BTreeSet<usize>> {
        classes.iter().filter(|c| test(c)).cloned().collect()
    };
    same(
        "trapped-states",
        format!("{:?}", those(&trapped)),
        format!("{:?}", found("trapped-states")),
    );
    same(
        "stuck-waiting",
        format!("{:?}", those(&stuck)),
        format!("{:?}", found("stuck-waiting")),
    );

    // What every ticket passes: without it, nothing is closed.
    let closes_without = |gone: Option<usize>| {
        let mut left = adjacent.clone();
        for (id, row) in left.iter_mut().enumerate() {
            row.iter_mut().enumerate().for_each(|(to, there)| {
                *there &= gone != Some(id) && gone != Some(to);
            });
        }
        let leads = closure(&left);
        let starts = sample.starts.iter().filter(|s| Some(**s) != gone);
        let ends = |s: &usize| closed.iter().any(|c| Some(*c) != gone && leads[*s][*c]);
        starts.clone().any(ends)
    };
    let needed = sample.set(|id| {
        let trivial = sample.starts == [id] || closed == BTreeSet::from([id]);
        closes_without(None) && !closes_without(Some(id)) && !trivial
    });
    let needed = BTreeSet::from([needed]);
    let needed: BTreeSet<_> = needed.into_iter().filter(|s| !s.is_empty()).collect();
    same(
        "bottlenecks",
        format!("{needed:?}"),
        format!("{:?}", found("bottlenecks")),
    );

    // Loops of waiting states that can be left.
    let mut waiting = adjacent.clone();
    for (id, row) in waiting.iter_mut().enumerate() {
        row.iter_mut().enumerate().for_each(|(to, there)| {
            *there &= sample.is(id, "waiting") && sample.is(to, "waiting");
        });
    }
    let waits = closure(&waiting);
    let goes_on = |id: usize| {
        (0..count).any(|to| leads[id][to] && (sample.is(to, "open") || sample.is(to, "closed")))
    };
    let loops: BTreeSet<BTreeSet<usize>> = (0..count)
        .filter(|a| reached.contains(a) && goes_on(*a))
        .map(|a| sample.set(|b| waits[a][b] && waits[b][a]))
        .filter(|set| set.len() > 1)
        .collect();
    same(
        "pause-loops",
        format!("{loops:?}"),
        format!("{:?}", found("pause-loops")),
    );

    // Categories.
    let paused = |id: &usize| sample.is(*id, "waiting") || sample.is(*id, "closed");
    let paused = sample.starts.iter().all(paused);
    same(
        "paused-starts",
        format!("{paused}"),
        format!("{}", whether("paused-starts")),
    );
    same(
        "unclosed-workflows",
        format!("{}", closed.is_empty()),
        format!("{}", whether("unclosed-workflows")),
    );

    // Moves.
    let steps = sample.steps();
    let left: BTreeSet<usize> = steps
        .iter()
        .map(|s| s.1)
        .filter(|id| sample.states[*id].1)
        .collect();
    same(
        "transitions-from-final",
        left.len().to_string(),
        of("transitions-from-final").len().to_string(),
    );
    let skips = |s: &&Step| s.1 != s.2 && sample.starts.contains(&s.1) && sample.states[s.2].1;
    let same_move = |a: &Step, b: &Step| (a.0, a.1, a.2) == (b.0, b.1, b.2);
    let shadowed = |s: &Step| s.4 && steps.iter().any(|t| !t.4 && same_move(s, t));
    let skipped = steps.iter().filter(skips).filter(|s| !shadowed(s)).count();
    same(
        "skipped-work",
        skipped.to_string(),
        of("skipped-work").len().to_string(),
    );
    let starts = sample.starts.iter().zip(&sample.said);
    let starts = starts.map(|(id, said)| match said {
        Said::Named(name) => (*name).to_owned(),
        Said::Bare | Said::Unnamed => format!("S{id}"),
    });
    let starts: Vec<String> = starts.collect();
    let twice = (1..starts.len()).any(|at| starts[..at].contains(&starts[at]));
    let ambiguous = twice
        || steps
            .iter()
            .any(|a| steps.iter().any(|b| (a.0, a.1) == (b.0, b.1) && a.2 != b.2));
    same(
        "ambiguous-transitions",
        format!("{ambiguous}"),
        format!("{}", whether("ambiguous-transitions")),
    );
    let notes = |s: &Step| sample.transitions[s.3].notes;
    let (mut duplicate, mut redundant) = (false, false);
    for (at, step) in steps.iter().enumerate() {
        let twins: Vec<&Step> = steps.iter().filter(|t| same_move(step, t)).collect();
        let written: Vec<&&Step> = twins.iter().filter(|t| !t.4).collect();
        match written.first() {
            Some(first) => {
                duplicate |= written.len() > 1;
                let mut covers = twins.iter().filter(|t| t.4);
                let covered = covers.clone().next().is_some();
                let agreed = covers.all(|c| notes(c) == notes(first));
                duplicate |= !agreed;
                redundant |= covered && agreed && written.len() == 1;
            }
            None => duplicate |= steps[..at].iter().any(|t| same_move(step, t)),
        }
    }
    same(
        "duplicate-transitions",
        format!("{duplicate}"),
        format!("{}", whether("duplicate-transitions")),
    );
    same(
        "redundant-transitions",
        format!("{redundant}"),
        format!("{}", whether("redundant-transitions")),
    );
    let reminders = steps
        .iter()
        .filter(|s| s.1 == s.2 && notes(s) == "none" && !shadowed(s));
    same(
        "self-transitions",
        reminders.count().to_string(),
        of("self-transitions").len().to_string(),
    );
    let idle = |arrow: &Arrow| {
        let matched = sample.set(|id| !sample.states[id].1 && id != arrow.to);
        match matched.is_subset(&arrow.from) {
            true => 1,
            false => arrow.from.difference(&matched).count(),
        }
    };
    let idle: usize = sample
        .transitions
        .iter()
        .filter(|a| a.every)
        .map(idle)
        .sum();
    same(
        "empty-wildcards",
        idle.to_string(),
        of("empty-wildcards").len().to_string(),
    );
    all
}

/// Every move by its name, ends and notes.
fn meaning(reading: &Reading) -> BTreeSet<String> {
    let resolved = &reading.resolved;
    let moves = resolved.moves().iter();
    let say = |step: &crate::graph::Move| {
        let transition = resolved.transition(step);
        let notes = transition.notes().word();
        let ends = resolved.exact(step);
        format!("{} {ends:?} {notes}", transition.label())
    };
    moves.map(say).collect()
}

/// So many cases, or as many as `PROPTEST_CASES` says.
pub(crate) fn trying(cases: u32) -> ProptestConfig {
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => config,
        None => ProptestConfig { cases, ..config },
    }
}

proptest! {
    #![proptest_config(trying(3000))]

    #[test]
    fn rules_agree_with_their_definitions(sample in samples(6)) {
        for (code, expected, found) in compare(&sample) {
            prop_assert_eq!(expected, found, "{}\n{}", code, sample.yaml(""));
        }
    }

    /// A safe fix takes something out, and the workflow still means the same.
    #[test]
    fn safe_fixes_change_no_meaning(sample in samples(4)) {
        let reading = read(&sample.yaml(""));
        let reports = reading.reports(&[]);
        for report in reports.iter().filter(|r| r.fix.as_ref().is_some_and(|f| f.safe)) {
            let mended = reading.fixed(report);
            prop_assert!(mended.len() < reading.text.len());
            let again = read(&mended);
            prop_assert_eq!(meaning(&again), meaning(&reading), "{}\n{}", report.message, mended);
        }
    }

    /// Whatever names are wrong, reports point into the text and fixes can be applied.
    #[test]
    fn wrong_names_never_upset(
        sample in samples(5),
        wrong in prop::collection::vec((0..40usize, 0..5usize), 1..5),
    ) {
        let mut words: Vec<String> = sample
            .yaml("expect: [{ reach: S0 }, { pass: S0, before: [S0] }, { never: S0, after: S0 }]\n")
            .split_inclusive("S")
            .map(str::to_owned)
            .collect();
        let count = words.len();
        for (at, how) in wrong {
            let with = ["Nowhere", "SS", "", "T", "s"][how];
            let word = &mut words[at % count];
            *word = word.replace('S', with);
        }
        let Some(reading) = super::reading::try_read(&words.concat()) else {
            return Ok(());
        };
        let on: Vec<_> = rules::ALL.iter().map(|r| r.code).collect();
        for report in reading.reports(&on) {
            for (at, label) in report.labels.iter().enumerate() {
                prop_assert!(reading.text.get(label.span.range()).is_some());
                let apart = |l: &crate::diagnostic::Label| !l.span.overlaps(label.span);
                prop_assert!(report.labels[..at].iter().all(apart), "{}", report.message);
            }
            if report.fix.is_some() {
                reading.fixed(&report);
            }
        }
    }
}
