//! What the rules say together: one report a mistake, on small workflows and on large ones.

mod fixes;
mod former;
pub(crate) mod oracle;
mod pieces;
pub(crate) mod reading;
mod who;

use reading::{codes, judge, large, read};

use crate::diagnostic::{Code, Level};
use crate::{compile, expect, rules};

fn documented() -> Vec<&'static Code> {
    let mut all: Vec<&'static Code> = Vec::new();
    all.extend(rules::ALL.iter().map(|r| r.code));
    all.extend(expect::ALL.iter().map(|r| r.code));
    all
}

/// The YAML blocks of a page.
fn examples(page: &str) -> Vec<&str> {
    let blocks = page.split("```yaml\n").skip(1);
    blocks
        .map(|b| b.split("\n```").next().unwrap_or(b))
        .collect()
}

#[test]
fn every_code_is_listed_once() {
    let mut names: Vec<&str> = compile::codes().iter().map(|c| c.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn off_codes_are_off() {
    let off = documented().into_iter().filter(|c| c.level == Level::Allow);
    for code in off {
        assert_eq!(codes(examples(code.page)[0]), [""; 0], "{}", code.name);
    }
}

/// A workflow from its states (`New open`, `Done closed final`), its transitions
/// (`Assign: New -> Assigned`) and whatever else it says.
fn workflow(start: &str, states: &[&str], transitions: &[&str], more: &str) -> String {
    let mut yaml = format!("workflow: w\nstart: {start}\nstates:\n");
    for state in states {
        let (name, rest) = state.split_once(' ').unwrap_or((state, ""));
        let (category, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let rest = rest.replace("final", "final: true");
        yaml += &format!("  {name}: {{ category: {category}, {rest} }}\n");
    }
    yaml += "transitions:\n";
    for transition in transitions {
        let (name, rest) = transition.split_once(": ").unwrap();
        let (from, to) = rest.split_once(" -> ").unwrap();
        yaml += &format!("  - {{ name: {name}, from: {from}, to: {to} }}\n");
    }
    yaml + more
}

const NEW_TO_CLOSED: &[&str] = &["New open", "Work open", "Closed closed final"];

/// The text of a report names the first of a group, and programs get the places of all.
#[test]
fn every_member_of_a_group_has_a_place() {
    let names: Vec<String> = (0..30).map(|n| format!("Extra{n}")).collect();
    let all = names.join(", ");
    let chain = |to: &str| {
        let pairs = names.windows(2);
        let moves: String = pairs
            .map(|pair| format!("  - {{ name: on, from: {}, to: {} }}\n", pair[0], pair[1]))
            .collect();
        format!("{moves}  - {{ name: back, from: Extra29, to: {to} }}\n")
    };
    let states = |category: &str| {
        let all = names.iter();
        let all: String = all
            .map(|name| format!("  {name}: {{ category: {category} }}\n"))
            .collect();
        format!(
            "workflow: w\nstart: New\nstates:\n  New: {{ category: open }}\n  Closed: {{ category: closed }}\n{all}\
             transitions:\n  - {{ name: end, from: New, to: Closed }}\n"
        )
    };
    let enter = "  - { name: in, from: New, to: Extra0 }\n";
    let plain = states("open");
    let from_all =
        |text: &str| format!("{plain}{enter}  - {{ name: out, from: [{all}], to: {text} }}\n");
    for (code, yaml) in [
        ("unreachable-states", plain.clone() + &chain("Extra0")),
        (
            "trapped-states",
            format!("{plain}{enter}{}", chain("Extra0")),
        ),
        (
            "stuck-waiting",
            format!("{}{enter}{}", states("waiting"), chain("Extra0")),
        ),
        (
            "bottlenecks",
            format!(
                "{}{enter}{}",
                plain.replace("  - { name: end, from: New, to: Closed }\n", ""),
                chain("Closed")
            ),
        ),
        (
            "undefined-states",
            format!(
                "{plain}expect:\n  - reach: [{}]\n",
                vec!["Nowhere"; 30].join(", ")
            ),
        ),
        (
            "repeated-names",
            plain.replace(
                "start:",
                &format!("applies-to: [{}]\nstart:", vec!["Incident"; 31].join(", ")),
            ),
        ),
        (
            "duplicate-transitions",
            from_all(&format!(
                "Closed }}\n  - {{ name: out, from: [New, {all}], to: Closed"
            )),
        ),
        (
            "ambiguous-transitions",
            from_all(&format!(
                "Closed }}\n  - {{ name: out, from: [{all}], to: New"
            )),
        ),
        (
            "redundant-transitions",
            from_all("Closed }\n  - { name: out, from: \"*\", to: Closed"),
        ),
        (
            "paused-starts",
            states("waiting").replace("start: New", &format!("start: [{all}]")),
        ),
    ] {
        let reading = read(&yaml);
        let on: Vec<&'static Code> = documented();
        let reports = reading.reports(&on);
        let found = reports.iter().find(|d| d.code.name == code);
        let found = found.unwrap_or_else(|| {
            panic!(
                "{code}: {:?}",
                reports.iter().map(|d| d.code.name).collect::<Vec<_>>()
            )
        });
        let more: usize = found.more.iter().map(|places| places.spans.len()).sum();
        let places = found.labels.len() + more;
        assert!(places >= 30, "{code}: {places}: {}", found.message);
        assert!(found.labels.len() <= 12, "{code}: {}", found.labels.len());
        assert!(found.more.iter().all(|places| places.others == 0), "{code}");
    }
}

#[test]
fn large_graphs_are_judged() {
    use crate::graph::Resolved;
    let on: Vec<_> = rules::ALL.iter().map(|r| r.code).collect();
    let count = |workflow| -> std::collections::BTreeMap<&str, usize> {
        let mut counts = std::collections::BTreeMap::new();
        for report in judge(&Resolved::new(workflow), &on) {
            *counts.entry(report.code.name).or_default() += 1;
        }
        counts
    };
    // A ladder: two ways from each rung to the next, so 2 to the power of 1000 walks.
    let rung = |at: usize| {
        [
            (3 * at, 3 * at + 1),
            (3 * at, 3 * at + 2),
            (3 * at + 1, 3 * at + 3),
            (3 * at + 2, 3 * at + 3),
        ]
    };
    let ladder = count(large(3001, &[3000], (0..1000).flat_map(rung)));
    assert_eq!(ladder, [("bottlenecks", 1)].into());
    // A chain that no recursion would survive, with a trap at its end and an island.
    let last = 100_000;
    let chain = (0..last).map(|at| (at, at + 1));
    let moves = chain.chain([(last, last - 1), (0, last + 1), (last + 2, last + 3)]);
    let chain = count(large(last + 4, &[last + 1], moves));
    let expected = [("trapped-states", 1), ("unreachable-states", 1)];
    assert_eq!(chain, expected.into());
}

#[test]
fn a_way_out_that_could_not_be_read_may_lead_around_any_state() {
    let found = |more: &str| {
        let text = format!(
            "workflow: w\nstart: A\nstates:\n  A: {{ category: open }}\n  B: {{ category: open }}\n  \
             C: {{ category: closed }}\ntransitions:\n  - {{ from: A, to: B }}\n  - {{ from: B, to: C }}\n{more}"
        );
        let found = read(&text).reports(&[&rules::bottlenecks::CODE]);
        found.iter().any(|d| d.code == &rules::bottlenecks::CODE)
    };
    assert!(found(""));
    assert!(!found("  - { from: 1 2: 3, to: C }\n"));
    assert!(!found("  - { from: {}, to: C }\n"));
}

/// Each second start is looked at by itself: the whole list for each would take minutes here.
#[test]
fn long_lists_of_starts_are_judged() {
    const STARTS: usize = 20_000;
    let text = format!(
        "workflow: w\nstart: [{}]\nstates:\n  New: {{ category: open }}\n",
        vec!["New"; STARTS].join(", ")
    );
    let found = read(&text).reports(&[]);
    let again = found
        .iter()
        .filter(|d| d.code.name == "duplicate-transitions");
    let told: usize = again.map(|d| d.times()).sum();
    assert_eq!(told, STARTS - 1);
}

/// Every name that no state has stands for one state that is not reached otherwise, however many
/// there are: only that many islands are told as there are more.
#[test]
fn each_open_end_explains_one_island() {
    for (names, islands) in [(3, 5), (150, 152), (1_000, 1_003)] {
        let mut states = vec!["A open".to_owned(), "Z closed final".to_owned()];
        states.extend((0..islands).map(|at| format!("island-{at} open")));
        let mut moves = vec!["Close: A -> Z".to_owned()];
        moves.extend((0..names).map(|at| format!("Go: A -> \"{at} {at} {at} elsewhere\"")));
        moves.extend((0..islands).map(|at| format!("Close: island-{at} -> Z")));
        let states: Vec<&str> = states.iter().map(String::as_str).collect();
        let moves: Vec<&str> = moves.iter().map(String::as_str).collect();
        let found = read(&workflow("A", &states, &moves, "")).reports(&[]);
        let lost = found.iter().filter(|d| d.code.name == "unreachable-states");
        let told: usize = lost.map(|d| d.times()).sum();
        assert_eq!(told, islands - names, "{names}");
    }
}
