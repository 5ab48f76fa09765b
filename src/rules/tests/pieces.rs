//! A second opinion on the rules that look at one state, one name or one list at a time.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::oracle::{Sample, samples};
use super::reading::read;

/// The only state that no other leads to, where nothing says where tickets begin.
fn candidate(sample: &Sample) -> Option<usize> {
    let adjacent = sample.adjacent();
    let count = adjacent.len();
    let led_to = |id: usize| (0..count).any(|from| from != id && adjacent[from][id]);
    let free: Vec<usize> = (0..count).filter(|id| !led_to(*id)).collect();
    match free.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// A state: its category, whether it is final, what may be edited.
type Piece = (&'static str, bool, Option<Vec<usize>>);

/// How many states are frozen, editable after the end, and name a field twice, by definition.
fn by_the_piece(states: &[Piece]) -> [usize; 3] {
    let count = |test: &dyn Fn(&Piece) -> bool| states.iter().filter(|state| test(state)).count();
    let repeats = |list: &Vec<usize>| (1..list.len()).any(|at| list[..at].contains(&list[at]));
    [
        count(&|(category, _, list)| {
            *category == "open" && list.as_ref().is_some_and(Vec::is_empty)
        }),
        count(&|(_, is_final, list)| *is_final && list.as_ref().is_some_and(|l| !l.is_empty())),
        count(&|(_, _, list)| list.as_ref().is_some_and(repeats)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_a_start_the_only_candidate_is_named(sample in samples(5)) {
        let text = sample.yaml("");
        let start = text.lines().find(|line| line.starts_with("start")).unwrap_or("");
        let reading = read(&text.replacen(&format!("{start}\n"), "", 1));
        let reports = reading.reports(&[]);
        let missing: Vec<_> = reports.iter().filter(|r| r.code.name == "missing-start").collect();
        prop_assert_eq!(missing.len(), 1);
        let named = candidate(&sample).map(|id| format!("`S{id}`"));
        let help = missing[0].help.as_deref().unwrap_or("");
        prop_assert_eq!(help.contains("`S"), named.is_some());
        prop_assert!(named.is_none_or(|name| help.contains(&name)), "{}", help);
    }

    #[test]
    fn rules_of_single_states_agree_with_their_definitions(
        states in prop::collection::vec(
            (
                prop::sample::select(vec!["draft", "open", "waiting", "closed"]),
                any::<bool>(),
                prop::option::of(prop::collection::vec(0..3usize, 0..4)),
            ),
            1..5,
        ),
    ) {
        let mut text = "workflow: w\nstart: S0\nstates:\n".to_owned();
        for (id, (category, is_final, list)) in states.iter().enumerate() {
            let list = list.as_ref().map_or(String::new(), |list| {
                let names: Vec<String> = list.iter().map(|n| format!("p{n}")).collect();
                format!(", editable: [{}]", names.join(", "))
            });
            text += &format!("  S{id}: {{ category: {category}, final: {is_final}{list} }}\n");
        }
        let reports = read(&text).reports(&[]);
        let codes = ["frozen-work", "editable-after-final", "repeated-names"];
        let found = codes.map(|code| reports.iter().filter(|r| r.code.name == code).count());
        prop_assert_eq!(found, by_the_piece(&states), "{}", text);
    }

    /// What no name can be told from: letters written differently, and nothing else.
    #[test]
    fn names_are_confused_exactly_where_people_see_no_difference(
        names in prop::collection::btree_set("[aAbB][ _-]?[aAb]", 2..4),
    ) {
        let names: Vec<String> = names.into_iter().collect();
        let states: String = names.iter().map(|n| format!("  \"{n}\": {{ category: open }}\n")).collect();
        let reports = read(&format!("workflow: w\nstart: \"{}\"\nstates:\n{states}", names[0])).reports(&[]);
        let seen = |name: &str| name.replace([' ', '_', '-'], "").to_lowercase();
        let kinds: BTreeSet<String> = names.iter().map(|n| seen(n)).collect();
        let groups = kinds.iter().filter(|kind| names.iter().filter(|n| seen(n) == **kind).count() > 1);
        let found = reports.iter().filter(|r| r.code.name == "confusable-states");
        prop_assert_eq!(found.count(), groups.count(), "{:?}", names);
    }

    /// A name that no state has is one report, wherever and however often it stands.
    #[test]
    fn undefined_names_are_one_report_each(
        sample in samples(4),
        at in prop::collection::vec((0..9usize, any::<bool>()), 1..4),
    ) {
        let mut lines: Vec<String> = sample.yaml("").lines().map(str::to_owned).collect();
        let first = lines.iter().position(|l| l == "transitions:");
        let Some(first) = first.filter(|first| first + 1 < lines.len()) else {
            return Ok(());
        };
        let count = lines.len() - first - 1;
        let mut used = BTreeSet::new();
        for (which, (line, wide)) in at.into_iter().enumerate() {
            let line = &mut lines[first + 1 + line % count];
            let name = ["Elsewhere", "Beyond", "Yonder"][if wide { 0 } else { which }];
            let Some((head, tail)) = line.split_once(", to: S") else {
                continue;
            };
            let rest = tail.split_once(',').map_or("", |(_, rest)| rest);
            *line = format!("{head}, to: {name},{rest}");
            used.insert(name);
        }
        let reports = read(&(lines.join("\n") + "\n")).reports(&[]);
        let found: BTreeSet<_> = reports
            .iter()
            .filter(|r| r.code.name == "undefined-states")
            .map(|r| r.message.rsplit('`').nth(1).unwrap_or("").to_owned())
            .collect();
        let total = reports.iter().filter(|r| r.code.name == "undefined-states").count();
        let used: BTreeSet<String> = lines
            .iter()
            .flat_map(|l| used.iter().filter(move |n| l.contains(*n)))
            .map(|n| (*n).to_owned())
            .collect();
        prop_assert_eq!(total, used.len());
        prop_assert_eq!(found, used);
    }
}
