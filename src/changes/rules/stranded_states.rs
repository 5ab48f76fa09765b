//! `stranded-states`: tickets that could be closed, and cannot any more.

use super::{Changed, Rule};
use crate::changes::pairing::{Pair, Side};
use crate::changes::walks::Steps;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId, Walk};
use crate::model::Category;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "stranded-states",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Deny,
    summary: "states whose tickets could be closed, and cannot any more",
    page: include_str!("stranded_states.md"),
};

/// Looks at the states that are in both versions. It takes the place of `trapped-states`, `dead-ends`
/// and `removed-transitions` on them.
pub const RULE: Rule = Rule { code: &CODE, check };

/// For each state of the new version, whether its tickets are stranded: whether a closed state could be
/// reached, and cannot any more, or whether its last way out is gone while it is not closed.
pub(super) fn find(pair: &Pair) -> Vec<bool> {
    let mut stranded = vec![false; pair.new.workflow().states.len()];
    let (Some(before), Some(now)) = (pair.old.reaches_closed(), pair.new.reaches_closed()) else {
        return stranded;
    };
    for (old, new) in pair.kept() {
        let is_closed = pair.new.state(new).is(Category::Closed);
        let closes_no_more = before[old.index()] && !now[new.index()];
        let stays_now = pair.old.has_way_out(old) && !pair.new.has_way_out(new);
        stranded[new.index()] = closes_no_more || (stays_now && !is_closed);
    }
    stranded
}

/// How many walks are looked for: each may go through all of the old version.
const MOST_WALKS: usize = 100;

fn check(changed: &Changed, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    let groups = groups(pair.new, &changed.stranded);
    if groups.is_empty() {
        return;
    }
    let steps = Steps::of(pair, Side::New);
    let closed_before = pair.old.reaches_closed();
    let mut left = MOST_WALKS;
    for group in groups {
        let old = group.iter().filter_map(|new| pair.states[new.index()].old);
        out.push_made(&CODE, || {
            let (looked_at, _) = group.split_at(left.min(group.len()));
            left -= looked_at.len();
            let lost = lost(pair, &steps, looked_at);
            changed.concerning(report(pair, &group, closed_before.as_deref(), lost), old)
        });
    }
}

/// The stranded states, those together between which moves lead.
fn groups(new: &Resolved, stranded: &[bool]) -> Vec<Vec<StateId>> {
    let mut seen = vec![false; stranded.len()];
    let mut groups = Vec::new();
    for (id, _) in new.states().filter(|(id, _)| stranded[id.index()]) {
        if std::mem::replace(&mut seen[id.index()], true) {
            continue;
        }
        let mut group = Vec::new();
        let mut todo = vec![id];
        while let Some(at) = todo.pop() {
            group.push(at);
            let next = new.moves_from(at).map(|step| step.to);
            let before = new.moves_to(at).map(|step| step.from);
            for near in next.chain(before).filter_map(|place| new.meant(place)) {
                if stranded[near.index()] && !std::mem::replace(&mut seen[near.index()], true) {
                    todo.push(near);
                }
            }
        }
        group.sort_unstable();
        groups.push(group);
    }
    groups
}

/// A walk that is lost: how a ticket in a state could be closed, and the first move that is gone.
struct Lost<'c> {
    state: StateId,
    walk: Walk,
    /// Its number among the moves of the old version.
    gone: usize,
    /// The move leads from here, by the new name.
    from: &'c str,
    /// And to here, while that is there.
    to: Option<&'c str>,
}

/// The lost walk of the member that lost its very next move, or else of the first.
fn lost<'c>(pair: &Pair<'c>, steps: &Steps, group: &[StateId]) -> Option<Lost<'c>> {
    let number = |id: StateId| pair.number(Side::Old, id);
    let walks = group.iter().filter_map(|new| {
        let old = pair.states[new.index()].old?;
        let is_closed = |id: StateId| pair.old.state(id).is(Category::Closed);
        let onward = || {
            pair.old
                .shortest_walk_onward(&[old], |id| id != old, |_| true)
        };
        let walk = pair.old.shortest_walk(&[old], is_closed, |_| true);
        let walk = walk.filter(|walk| !walk.moves.is_empty()).or_else(onward)?;
        let mut pairs = walk.states.windows(2).enumerate();
        let gone = pairs.find(|(_, ends)| !steps.has(number(ends[0]), number(ends[1])));
        let (at, ends) = gone?;
        let to = pair.new_of(ends[1]).map(|id| pair.new.name(id));
        Some((
            at,
            Lost {
                state: *new,
                gone: walk.moves[at],
                from: pair.name(number(ends[0])),
                to,
                walk: walk.clone(),
            },
        ))
    });
    walks.min_by_key(|(at, _)| *at).map(|(_, lost)| lost)
}

const MOST_LABELS: usize = 6;

/// `closed_before` says of each state of the old version whether a closed one could be reached from it.
fn report(
    pair: &Pair,
    group: &[StateId],
    closed_before: Option<&[bool]>,
    lost: Option<Lost>,
) -> Diagnostic {
    let new = pair.new;
    let first = lost.as_ref().map_or(group[0], |lost| lost.state);
    let names = suggest::phrase_up_to(&new.names(group), 4);
    let could_close = |new: &StateId| {
        let old = pair.states[new.index()].old;
        old.zip(closed_before)
            .is_some_and(|(old, closes)| closes[old.index()])
    };
    let cannot = match could_close(&first) {
        true => "be closed",
        false => "leave it",
    };
    let states = if group.len() == 1 { "state" } else { "states" };
    let others = new
        .places(group)
        .filter(|span| *span != new.state(first).name.span);
    let mut report = Diagnostic::new(
        &CODE,
        format!("tickets in {states} {names} can no longer {cannot}"),
        new.state(first).name.span,
        "tickets in this state are stranded",
    )
    .each(others, MOST_LABELS, "stranded, too");
    let Some(lost) = lost else {
        return report.help(format!(
            "add a transition from `{}` to a closed state",
            new.name(first)
        ));
    };
    let transition = pair.old.transition(&pair.old.moves()[lost.gone]);
    report = report.label(transition.place(), "this way is gone");
    report
        .help(match lost.to {
            Some(to) => format!("add a transition from `{}` to `{to}`", lost.from),
            None => format!(
                "add a transition from `{}` to a state that leads to a closed one",
                lost.from
            ),
        })
        .note(format!(
            "the walk that is lost is {}",
            pair.old.phrase_of(&lost.walk)
        ))
}
