//! `unreachable-states`: no walk from a start state leads there.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Place, Resolved, StateId};
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unreachable-states",
    since: "0.1.0",
    group: Group::Walks,
    level: Level::Deny,
    summary: "a state that no ticket can ever be in",
    page: include_str!("unreachable_states.md"),
};

/// Follows every transition from the start states.
pub const RULE: Rule = Rule { code: &CODE, check };

/// Unreachable states that transitions join to each other: one gap in the workflow, one report.
struct Island {
    /// All of them, in the order of the file.
    members: Vec<StateId>,
    /// Where a transition must lead for all to be reached: one state of each strongly connected
    /// component that no other unreachable state leads to. Never empty.
    shores: Vec<StateId>,
}

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let Some(reached) = resolved.reached_from_start() else {
        return;
    };
    if reached.iter().all(|r| *r) {
        return;
    }
    const MOST: usize = 100;
    // Where there are very many, each name is held against the first ones that are left.
    let mut rest = islands(resolved, &reached).into_iter();
    let mut islands: Vec<Island> = rest.by_ref().take(MOST).collect();
    for (number, name) in open_ends(resolved, &reached).enumerate() {
        // As far as names are taken for misspelt ones, they are held against others at all.
        let is_searched = number < suggest::MOST_SEARCHES;
        drop_meant(resolved, name, is_searched, &mut islands);
        islands.extend(rest.by_ref().take(MOST - islands.len()));
    }
    for island in islands.into_iter().chain(rest) {
        out.push_made(&CODE, || report(resolved, &island));
    }
}

/// The names that no state has and that are no misspelt ones, where a ticket would come by them. Each
/// stands for one state, so that what is only reached from there is no mistake of its own.
fn open_ends<'r>(resolved: &'r Resolved, reached: &[bool]) -> impl Iterator<Item = &'r str> {
    let undefined = resolved.undefined();
    let is_open = |place: Place| match place {
        Place::Undefined(index) => Some(index as usize).filter(|at| !undefined[*at].is_slip),
        Place::State(_) => None,
    };
    let mut leads = vec![false; undefined.len()];
    if !undefined.is_empty() {
        let is_reached = |from| resolved.meant(from).is_none_or(|id| reached[id.index()]);
        let moves = resolved.moves().iter().filter(|m| is_reached(m.from));
        let starts = resolved.starts().iter().map(|start| start.value);
        for at in starts.chain(moves.map(|m| m.to)).filter_map(is_open) {
            leads[at] = true;
        }
    }
    // Some stand for a state that nothing else names, which counts as reached.
    let known = resolved.perhaps_renamed().len();
    let names = undefined.iter().zip(leads).filter(|(_, leads)| *leads);
    names
        .map(|(undefined, _)| undefined.name.as_str())
        .skip(known)
}

/// Drops the island that is all reached if `name` is a state of it; of several the one that has the
/// likest name, or where that is not searched for, the first one.
fn drop_meant(resolved: &Resolved, name: &str, is_searched: bool, islands: &mut Vec<Island>) {
    let may_be = |island: &Island| island.shores.len() == 1;
    let far = |island: &Island| match is_searched {
        true => suggest::difference(name, resolved.name(island.shores[0])),
        false => 0,
    };
    let some = islands.iter().enumerate();
    let some = some.filter(|(_, island)| may_be(island));
    if let Some((at, _)) = some.min_by_key(|(_, island)| far(island)) {
        islands.remove(at);
    }
}

fn islands(resolved: &Resolved, reached: &[bool]) -> Vec<Island> {
    let lost = |id: StateId| !reached[id.index()];
    let components: Vec<Vec<StateId>> = resolved
        .components()
        .into_iter()
        .filter(|c| lost(c[0]))
        .collect();
    let mut component_of = vec![usize::MAX; reached.len()];
    for (index, component) in components.iter().enumerate() {
        for id in component {
            component_of[id.index()] = index;
        }
    }
    // Islands are the components joined, whichever way the transitions lead.
    let mut joined = petgraph::unionfind::UnionFind::new(components.len());
    let mut has_way_in = vec![false; components.len()];
    for step in resolved.moves() {
        let ends = (resolved.meant(step.from), resolved.meant(step.to));
        let (Some(from), Some(to)) = ends else {
            continue;
        };
        let (from, to) = (component_of[from.index()], component_of[to.index()]);
        if from != usize::MAX && to != usize::MAX && from != to {
            joined.union(from, to);
            has_way_in[to] = true;
        }
    }
    let mut islands: Vec<(usize, Island)> = Vec::new();
    let mut island_of = vec![usize::MAX; components.len()];
    for (index, component) in components.iter().enumerate() {
        let root = joined.find_mut(index);
        if island_of[root] == usize::MAX {
            island_of[root] = islands.len();
            islands.push((
                root,
                Island {
                    members: Vec::new(),
                    shores: Vec::new(),
                },
            ));
        }
        let island = &mut islands[island_of[root]].1;
        island.members.extend(component);
        if !has_way_in[index] {
            island.shores.push(component[0]);
        }
    }
    let sorted = |(_, mut island): (usize, Island)| {
        island.members.sort_unstable();
        island
    };
    islands.into_iter().map(sorted).collect()
}

fn report(resolved: &Resolved, island: &Island) -> Diagnostic {
    let names = |ids: &[StateId]| -> Vec<String> {
        ids.iter().map(|id| resolved.name(*id).to_owned()).collect()
    };
    let members = suggest::phrase_up_to(&names(&island.members), 4);
    let shores = suggest::phrase_up_to(&names(&island.shores), 4);
    let one = island.members.len() == 1;
    let message = match one {
        true => format!("state {members} is unreachable"),
        false => format!("states {members} are unreachable"),
    };
    let first = island.shores[0];
    let place = |id: StateId| resolved.state(id).name.span;
    let mut report = Diagnostic::new(
        &CODE,
        message,
        place(first),
        "no transition leads here from a start state",
    );
    if let Some(start) = resolved.starts().first() {
        report = report.label(start.span, "the workflow starts here");
    }
    let others = island.members.iter().filter(|id| **id != first);
    let places = others.map(|id| place(*id));
    let report = report.each(places, MOST_LABELS, "unreachable, too");
    let (a_start, it, to_it) = match (island.shores.len(), one) {
        (1, true) => ("a start state", "delete it", "it"),
        (1, false) => ("a start state", "delete them all", "it"),
        _ => ("start states", "delete them all", "each of them"),
    };
    report
        .help(format!(
            "declare {shores} {a_start}, add a transition that leads to {to_it}, or {it}"
        ))
        .note(match one {
            true => "no ticket can ever be in this state",
            false => "no ticket can ever be in these states",
        })
}

const MOST_LABELS: usize = 6;
