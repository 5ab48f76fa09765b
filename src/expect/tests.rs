//! Promises judged by definition, on random workflows and on all small graphs; and their wording.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::proof::{Prover, Refutation};
use super::{Claim, contradicting_expectations};
use crate::graph::{StateId, Walk};
use crate::rules::tests::oracle::{Sample, closure, samples, trying};
use crate::rules::tests::reading::read;

/// A random promise, its states as numbers that are taken modulo the number of states.
#[derive(Clone, Debug)]
enum Wish {
    Allow(Vec<usize>),
    Forbid(usize, usize),
    Pass(BTreeSet<usize>, BTreeSet<usize>),
    Reach(BTreeSet<usize>, Option<BTreeSet<usize>>),
    Never(BTreeSet<usize>, BTreeSet<usize>),
}

fn wishes(count: usize) -> impl Strategy<Value = Wish> {
    let some = move || prop::collection::btree_set(0..count, 1..=2.min(count));
    prop_oneof![
        prop::collection::vec(0..count, 2..=4).prop_map(Wish::Allow),
        (0..count, 0..count).prop_map(|(a, b)| Wish::Forbid(a, b)),
        (some(), some()).prop_map(|(a, b)| Wish::Pass(a, b)),
        (some(), prop::option::of(some())).prop_map(|(a, b)| Wish::Reach(a, b)),
        (some(), some()).prop_map(|(a, b)| Wish::Never(a, b)),
    ]
}

fn list<'s>(ids: impl IntoIterator<Item = &'s usize>) -> String {
    let names: Vec<String> = ids.into_iter().map(|id| format!("S{id}")).collect();
    format!("[{}]", names.join(", "))
}

impl Wish {
    fn yaml(&self) -> String {
        match self {
            Wish::Allow(walk) => format!("{{ allow: {} }}", list(walk)),
            Wish::Forbid(a, b) => format!("{{ forbid: {} }}", list([a, b])),
            Wish::Pass(pass, before) => {
                format!("{{ pass: {}, before: {} }}", list(pass), list(before))
            }
            Wish::Reach(reach, None) => format!("{{ reach: {} }}", list(reach)),
            Wish::Reach(reach, Some(from)) => {
                format!("{{ reach: {}, from: {} }}", list(reach), list(from))
            }
            Wish::Never(never, after) => {
                format!("{{ never: {}, after: {} }}", list(never), list(after))
            }
        }
    }

    /// The word of its kind and its lists.
    fn claim(&self) -> (&'static str, Vec<Option<Vec<StateId>>>) {
        let id = |id: &usize| StateId(*id as u32);
        let ids = |set: &BTreeSet<usize>| Some(set.iter().map(id).collect());
        match self {
            Wish::Allow(walk) => ("allow", vec![Some(walk.iter().map(id).collect())]),
            Wish::Forbid(a, b) => ("forbid", vec![Some(vec![id(a), id(b)])]),
            Wish::Pass(pass, before) => ("pass", vec![ids(pass), ids(before)]),
            Wish::Reach(reach, from) => ("reach", vec![ids(reach), from.as_ref().and_then(ids)]),
            Wish::Never(never, after) => ("never", vec![ids(never), ids(after)]),
        }
    }

    /// Whether the graph keeps it. `visited` are the states that `reach` without `from` means.
    fn holds(&self, adjacent: &[Vec<bool>], starts: &[usize], visited: &[usize]) -> bool {
        let leads = closure(adjacent);
        match self {
            Wish::Allow(walk) => walk.windows(2).all(|p| adjacent[p[0]][p[1]]),
            Wish::Forbid(a, b) => !adjacent[*a][*b],
            Wish::Pass(..) | Wish::Never(..) => self.shortest(adjacent, starts).is_none(),
            Wish::Reach(reach, from) => {
                let from: Vec<usize> = match from {
                    Some(from) => from.iter().copied().collect(),
                    None => visited.to_vec(),
                };
                from.iter().all(|f| reach.iter().any(|r| leads[*f][*r]))
            }
        }
    }

    /// The least number of moves that breaks `pass` or `never`, by trying every number.
    fn shortest(&self, adjacent: &[Vec<bool>], starts: &[usize]) -> Option<usize> {
        let count = adjacent.len();
        let (mut at, goal, closed, least): (BTreeSet<usize>, _, _, usize) = match self {
            Wish::Pass(pass, before) => {
                let free = starts.iter().filter(|s| !pass.contains(s)).copied();
                (free.collect(), before, pass.clone(), 0)
            }
            Wish::Never(never, after) => (after.clone(), never, BTreeSet::new(), 1),
            _ => return None,
        };
        for moves in 0..=count {
            let there = at
                .iter()
                .any(|id| goal.contains(id) && !closed.contains(id));
            if moves >= least && there {
                return Some(moves);
            }
            let next = at.iter().flat_map(|a| {
                let free = (0..count).filter(|b| adjacent[*a][*b] && !closed.contains(b));
                free.collect::<Vec<_>>()
            });
            at = next.collect();
        }
        None
    }
}

fn is_real(walk: &Walk, adjacent: &[Vec<bool>]) -> bool {
    let real = |p: &[StateId]| adjacent[p[0].index()][p[1].index()];
    walk.moves.len() + 1 == walk.states.len() && walk.states.windows(2).all(real)
}

fn sample_and_wish() -> impl Strategy<Value = (Sample, Wish)> {
    samples(6).prop_flat_map(|sample| {
        let count = sample.states.len();
        (Just(sample), wishes(count))
    })
}

proptest! {
    #![proptest_config(trying(4000))]

    #[test]
    fn proofs_agree_with_definitions((sample, wish) in sample_and_wish()) {
        let reading = read(&sample.yaml(&format!("expect: [{}]\n", wish.yaml())));
        let prover = Prover::new(&reading.resolved).unwrap();
        let claim = prover.claims()[0].clone().unwrap();
        prop_assert_eq!((claim.kind.shape().word(), claim.lists.clone()), wish.claim());
        let adjacent = sample.adjacent();
        let leads = closure(&adjacent);
        let reached = |id: &usize| sample.starts.iter().any(|s| leads[*s][*id]);
        let visited: Vec<usize> = (0..adjacent.len()).filter(reached).collect();
        let refutation = claim.kind.refute(&prover, &claim);
        let holds = wish.holds(&adjacent, &sample.starts, &visited);
        prop_assert_eq!(holds, refutation.is_none());
        match refutation {
            Some(Refutation::Walk(walk)) => {
                prop_assert!(is_real(&walk, &adjacent));
                prop_assert_eq!(Some(walk.moves.len()), wish.shortest(&adjacent, &sample.starts));
            }
            Some(Refutation::NoWalk { from, ends, .. }) => {
                for id in &from {
                    let led = ends.iter().any(|end| leads[id.index()][end.index()]);
                    prop_assert!(led, "every walk ends somewhere");
                }
            }
            Some(Refutation::NoMove { detour: Some(walk), .. }) => {
                prop_assert!(is_real(&walk, &adjacent));
            }
            _ => {}
        }
    }
}

/// Every graph of three states.
fn graphs() -> Vec<Vec<Vec<bool>>> {
    let graph = |bits: usize| {
        let row = |a: usize| (0..3).map(|b| bits >> (3 * a + b) & 1 == 1).collect();
        (0..3).map(row).collect()
    };
    (0..512).map(graph).collect()
}

/// Two promises contradict each other where no graph keeps both: of the states that tickets come to
/// now, where a promise asks for those.
#[test]
fn what_contradicts_no_graph_keeps() {
    let starts = [0];
    let graphs = graphs();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut clashes, mut missed) = (0, 0);
    for round in 0..6000 {
        let tree = (wishes(3), wishes(3)).new_tree(&mut runner).unwrap();
        let (first, second) = tree.current();
        let now = &graphs[round * 7 % graphs.len()];
        let moves = (0..9)
            .map(|at| (at / 3, at % 3))
            .filter(|(a, b)| now[*a][*b]);
        let moves: Vec<String> = moves
            .map(|(a, b)| format!("{{from: S{a}, to: S{b}}}"))
            .collect();
        let leads = closure(now);
        let visited: Vec<usize> = (0..3).filter(|id| leads[0][*id]).collect();
        let yaml = format!(
            "{{workflow: w, start: S0, states: {{S0: {{category: open}}, S1: {{category: open}}, \
             S2: {{category: open}}}}, transitions: [{}], expect: [{}, {}]}}",
            moves.join(", "),
            first.yaml(),
            second.yaml()
        );
        let reading = read(&yaml);
        let claims = super::claims(&reading.resolved);
        let clash = contradicting_expectations::involved(&reading.resolved, &claims)[0];
        let keeps = |wish: &Wish, graph: &Vec<Vec<bool>>| wish.holds(graph, &starts, &visited);
        let alone = [&first, &second]
            .iter()
            .all(|wish| graphs.iter().any(|graph| keeps(wish, graph)));
        let mut together = graphs.iter();
        let together = together.any(|graph| keeps(&first, graph) && keeps(&second, graph));
        if clash {
            clashes += 1;
            assert!(!together, "{first:?} {second:?} {visited:?}");
        } else if alone && !together {
            missed += 1;
            eprintln!("missed: {first:?} {second:?} {visited:?}");
        }
    }
    assert!(clashes > 200, "{clashes}");
    assert_eq!(missed, 0);
}

/// A promise that every graph keeps is told to be idle, and no other.
#[test]
fn what_cannot_be_broken_every_graph_keeps() {
    let graphs = graphs();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut idle = 0;
    for _ in 0..3000 {
        let tree = wishes(3).new_tree(&mut runner).unwrap();
        let wish = tree.current();
        let yaml = format!(
            "{{workflow: w, start: S0, states: {{S0: {{category: open}}, S1: {{category: open}}, \
             S2: {{category: open}}}}, transitions: [{{from: S0, to: S1}}, {{from: S1, to: S2}}], \
             expect: [{}]}}",
            wish.yaml()
        );
        let reports = read(&yaml).reports(&[]);
        let told = reports
            .iter()
            .any(|r| r.code.name == "vacuous-expectations");
        let kept = |graph: &Vec<Vec<bool>>| {
            let leads = closure(graph);
            let visited: Vec<usize> = (0..3).filter(|id| leads[0][*id]).collect();
            wish.holds(graph, &[0], &visited)
        };
        // `reach` without `from` asks it of the states that tickets come to, and always of all
        // where they come to all.
        let always = graphs.iter().all(kept);
        assert_eq!(told, always, "{wish:?}");
        idle += usize::from(told);
    }
    assert!(idle > 100, "{idle}");
}

#[test]
fn work_is_bounded_by_what_each_part_of_it_costs() {
    let fitting = |most| super::fitting([3, 3, 3].into_iter(), most);
    let fit: Vec<usize> = [0, 2, 3, 5, 6, 8, 9, 10].map(fitting).to_vec();
    assert_eq!(fit, [0, 0, 1, 1, 2, 2, 3, 3]);
    assert_eq!(
        super::fitting([usize::MAX, 2].into_iter(), usize::MAX - 1),
        0
    );
}

/// Two promises cost as many comparisons as there are pairs of their names, and of start states.
#[test]
fn promises_of_long_lists_are_held_against_each_other_up_to_a_bound() {
    let yaml = "{workflow: w, start: [S0, S2], states: {S0: {category: open}, S1: {category: open}, \
         S2: {category: open}}, expect: [{forbid: [S0, S1]}, {allow: [S0, S1, S2]}, \
         {never: [S1, S2], after: [S0]}, {reach: S1, from: [S0, S2]}, {pass: [S1], before: [S2]}]}";
    let reading = read(yaml);
    let claims = super::claims(&reading.resolved);
    let names: Vec<usize> = claims.iter().flatten().map(Claim::names).collect();
    assert_eq!(names, [2, 3, 3, 3, 2]);
    let clashes =
        |most| contradicting_expectations::clashes(&reading.resolved, &claims, most).len();
    // The first pair costs (3 + 2) * (2 + 2), the second as much, the third (3 + 2) * (3 + 2).
    assert_eq!([19, 20, 39, 64, 65].map(clashes), [0, 1, 1, 1, 2]);
}

#[test]
fn of_many_names_three_are_told_and_the_others_counted() {
    let states: Vec<String> = (0..6)
        .map(|n| format!("S{n}: {{category: open}}"))
        .collect();
    let states = states.join(", ");
    let reading = read(&format!("{{workflow: w, start: S0, states: {{{states}}}}}"));
    let ids: Vec<StateId> = (0..6).map(StateId).collect();
    let told = [1, 2, 4, 5, 6].map(|count| super::either(&reading.resolved, &ids[..count]));
    assert_eq!(
        told,
        [
            "`S0`",
            "`S0` or `S1`",
            "`S0`, `S1`, `S2` or `S3`",
            "`S0`, `S1`, `S2` or 2 more",
            "`S0`, `S1`, `S2` or 3 more",
        ]
    );
}
