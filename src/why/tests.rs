//! Answers against walks that are enumerated one by one, and what they look like.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Answer, MOST_WALKS, Question, Route, answer, json, text};
use crate::graph::{Resolved, StateId};
use crate::rules::tests::oracle::{Sample, samples};
use crate::rules::tests::reading::{large, read};

/// Every walk from one of `from` to `to` that passes no state twice, by trying all of them. What
/// every walk passes, every one of these does; and the shortest are among them. Where `back`, the
/// walk ends in the state in which it begins.
fn walks(adjacent: &[Vec<bool>], from: &[usize], to: usize, back: bool) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let mut todo: Vec<Vec<usize>> = from.iter().map(|id| vec![*id]).collect();
    while let Some(walk) = todo.pop() {
        let at = walk[walk.len() - 1];
        if at == to && (walk.len() > 1 || !back) {
            found.push(walk);
            continue;
        }
        for next in (0..adjacent.len()).filter(|next| adjacent[at][*next]) {
            if !walk.contains(&next) || (back && next == to) {
                let mut longer = walk.clone();
                longer.push(next);
                todo.push(longer);
            }
        }
    }
    found
}

fn numbers(ids: &[StateId]) -> Vec<usize> {
    ids.iter().map(|id| id.index()).collect()
}

/// The sample asked for its last state, from the start states or from the state `from`.
fn asked(sample: &Sample, from: Option<usize>) -> (Resolved, Answer) {
    let resolved = read(&sample.yaml("")).resolved;
    let question = Question {
        from: from.into_iter().map(|id| StateId(id as u32)).collect(),
        to: StateId(sample.states.len() as u32 - 1),
    };
    let found = answer(&resolved, &question);
    (resolved, found)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_agree_with_enumerated_walks(sample in samples(6), from in 0..12usize) {
        let count = sample.states.len();
        let to = count - 1;
        let from = (from < count).then_some(from);
        let begins = from.map_or(sample.starts.clone(), |id| vec![id]);
        let back = from == Some(to);
        let adjacent = sample.adjacent();
        let all = walks(&adjacent, &begins, to, back);
        let (resolved, found) = asked(&sample, from);
        match &found.route {
            Route::Walks { shortest, count, always } => {
                let least = all.iter().map(Vec::len).min().unwrap();
                let expected: BTreeSet<Vec<usize>> =
                    all.iter().filter(|walk| walk.len() == least).cloned().collect();
                let told: BTreeSet<Vec<usize>> = shortest.iter().map(|w| numbers(w)).collect();
                prop_assert_eq!(told.len(), shortest.len(), "each once");
                prop_assert!(told.is_subset(&expected), "{:?} {:?}", told, expected);
                if !back {
                    prop_assert_eq!(*count, expected.len() as u64);
                    prop_assert_eq!(told.len(), expected.len().min(MOST_WALKS));
                }
                let inside = |id: &usize| *id != to && begins != [*id];
                let passed: BTreeSet<usize> = (0..adjacent.len())
                    .filter(|id| inside(id) && all.iter().all(|walk| walk.contains(id)))
                    .collect();
                let told: BTreeSet<usize> = numbers(always).into_iter().collect();
                prop_assert_eq!(passed, told, "{}", sample.yaml(""));
            }
            Route::Nothing { reached, ends, leading } => {
                prop_assert!(all.is_empty());
                let leads = |a: usize, b: usize| !walks(&adjacent, &[a], b, false).is_empty();
                let those = |keep: &dyn Fn(usize) -> bool| -> Vec<usize> {
                    (0..adjacent.len()).filter(|id| keep(*id)).collect()
                };
                let come_to = |id: usize| begins.iter().any(|b| leads(*b, id));
                let outside = |id: usize| !begins.contains(&id) && come_to(id);
                prop_assert_eq!(numbers(reached), those(&outside));
                prop_assert_eq!(numbers(leading), those(&|id| id != to && leads(id, to)));
                let stays = |id: usize| (0..adjacent.len()).all(|to| !leads(id, to) || leads(to, id));
                let mut ends = numbers(ends);
                ends.sort_unstable();
                prop_assert_eq!(ends, those(&|id| come_to(id) && stays(id)));
            }
        }
        prop_assert!(!text::write(&resolved, &found).is_empty());
        prop_assert!(serde_json::to_value(json::object(&resolved, &found)).is_ok_and(|json| json.is_object()));
    }
}

/// Two ways from each rung of a ladder to the next: the walks cannot be enumerated, and need not.
#[test]
fn more_walks_than_can_be_counted() {
    let rung = |at: usize| {
        [
            (3 * at, 3 * at + 1),
            (3 * at, 3 * at + 2),
            (3 * at + 1, 3 * at + 3),
            (3 * at + 2, 3 * at + 3),
        ]
    };
    let resolved = Resolved::new(large(3001, &[3000], (0..1000).flat_map(rung)));
    let question = Question {
        from: Vec::new(),
        to: StateId(3000),
    };
    let Route::Walks {
        shortest,
        count,
        always,
    } = answer(&resolved, &question).route
    else {
        panic!("a walk");
    };
    assert_eq!(
        (shortest.len(), count, always.len()),
        (MOST_WALKS, u64::MAX, 999)
    );
    assert!(shortest.iter().all(|walk| walk.len() == 2001));
}

/// No recursion, and nothing that looks at each state for each state.
#[test]
fn a_walk_of_a_hundred_thousand_steps() {
    let last = 100_000;
    let resolved = Resolved::new(large(last + 1, &[last], (0..last).map(|at| (at, at + 1))));
    let to = StateId(last as u32);
    let there = answer(
        &resolved,
        &Question {
            from: Vec::new(),
            to,
        },
    );
    assert!(matches!(there.route, Route::Walks { count: 1, .. }));
    assert_eq!(text::write(&resolved, &there).lines().count(), 2 * last + 5);
    let back = answer(
        &resolved,
        &Question {
            from: vec![to],
            to: StateId(0),
        },
    );
    assert!(matches!(back.route, Route::Nothing { .. }));
}

const WORKFLOW: &str = "workflow: repair
start: [{ to: New, name: Report, notes: optional }, Draft]
new-ticket: { editable: [subject] }
states:
  Draft: { category: draft }
  New: { category: open, editable: [subject, room] }
  Approval: { category: waiting, editable: [] }
  Triage: { category: open }
  Work: { category: open }
  Lost: { category: open }
  Found: { category: open }
  Closed: { category: closed, final: true }
transitions:
  - { name: Submit, from: Draft, to: New }
  - { name: Ask, from: New, to: Approval, notes: required }
  - { name: Sort, from: New, to: Triage }
  - { name: Approve, from: [Approval, Triage], to: Work }
  - { name: Wave through, from: [Approval, Triage], to: Work, notes: optional }
  - { name: Close, from: Work, to: Closed }
  - { name: Find, from: Lost, to: Found }
";

#[test]
fn what_answers_look_like() {
    let resolved = read(WORKFLOW).resolved;
    let find = |name: &str| resolved.find(name).unwrap();
    let mut all = String::new();
    for (from, to) in [
        (None, "Closed"),
        (Some("New"), "Work"),
        (None, "New"),
        (Some("Closed"), "New"),
        (None, "Found"),
        (Some("Work"), "Lost"),
        (Some("Work"), "Work"),
    ] {
        let question = Question {
            from: from.map(find).into_iter().collect(),
            to: find(to),
        };
        let found = answer(&resolved, &question);
        let text = text::write(&resolved, &found);
        let asked = from.map_or(String::new(), |from| format!(" --from {from}"));
        all += &format!("--- why {to}{asked}\n{text}\n");
        if to == "Work" {
            let json = serde_json::to_string_pretty(&json::object(&resolved, &found)).unwrap();
            all += &format!("{json}\n\n");
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn what_could_not_be_read_makes_the_answer_unsure() {
    let resolved = read(&WORKFLOW.replace("from: Lost", "from: Nowhere")).resolved;
    let question = Question {
        from: Vec::new(),
        to: resolved.find("Found").unwrap(),
    };
    let found = answer(&resolved, &question);
    assert!(found.unsure && text::write(&resolved, &found).contains("may be missing"));
    let resolved = read(WORKFLOW).resolved;
    assert!(!answer(&resolved, &question).unsure);
}
