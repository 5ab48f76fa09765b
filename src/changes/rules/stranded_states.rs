//! `stranded-states`: tickets that could be closed, and cannot any more.

use super::{Changed, Rule};
use crate::changes::pairing::{Pair, Side};
use crate::changes::walks::Steps;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, ShortestWalks, StateId, phrase_of};
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

/// How many states the walks pass, at most, that are told state by state: those of a file can be as many
/// as the square of its states.
const MOST_PASSED: usize = 100_000;

fn check(changed: &Changed, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    let groups = groups(pair.new, &changed.stranded);
    if groups.is_empty() {
        return;
    }
    let ways = Ways::of(pair);
    let closed_before = pair.old.reaches_closed();
    let mut room = MOST_PASSED;
    for group in groups {
        let old = group.iter().filter_map(|new| pair.states[new.index()].old);
        out.push_made(&CODE, || {
            let lost = ways.lost(&group);
            changed.concerning(
                report(&ways, &group, closed_before.as_deref(), lost, &mut room),
                old,
            )
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

/// How tickets could be closed in the older version, from each of its states.
struct Ways<'p, 'c> {
    pair: &'p Pair<'c>,
    /// What can be done in the new version.
    steps: Steps,
    walks: ShortestWalks,
    /// On the walk of each state, the first move that is gone.
    gone: Vec<Option<Gone>>,
}

/// A move that is gone, of the walk of a state.
#[derive(Clone, Copy)]
struct Gone {
    /// How many moves of the walk come before it.
    after: usize,
    /// Its number among the moves of the old version.
    index: usize,
    from: StateId,
    to: StateId,
}

/// A walk that is lost: how a ticket in a state could be closed, and the first move that is gone.
struct Lost {
    /// The state, in the new version and in the old one.
    state: StateId,
    old: StateId,
    gone: Gone,
}

impl<'p, 'c> Ways<'p, 'c> {
    fn of(pair: &'p Pair<'c>) -> Self {
        let is_closed = |id: StateId| pair.old.state(id).is(Category::Closed);
        let walks = pair.old.shortest_walks(is_closed);
        let gone = vec![None; pair.old.workflow().states.len()];
        let steps = Steps::of(pair, Side::New);
        let mut ways = Ways {
            pair,
            steps,
            walks,
            gone,
        };
        for index in 0..ways.walks.nearest_first().len() {
            let id = ways.walks.nearest_first()[index];
            if let Some(step) = ways.walks.first_move(id) {
                let later = || {
                    let later = ways.gone[step.1.index()]?;
                    let after = later.after + 1;
                    Some(Gone { after, ..later })
                };
                ways.gone[id.index()] = ways.gone_at_once(id, step).or_else(later);
            }
        }
        ways
    }

    /// A move of the old version, if the new one has none between these states.
    fn gone_at_once(&self, from: StateId, (index, to): (usize, StateId)) -> Option<Gone> {
        let number = |id: StateId| self.pair.number(Side::Old, id);
        let gone = Gone {
            after: 0,
            index,
            from,
            to,
        };
        (!self.steps.has(number(from), number(to))).then_some(gone)
    }

    /// The lost walk of the member that lost its very next move, or else of the first.
    fn lost(&self, group: &[StateId]) -> Option<Lost> {
        let lost = group.iter().filter_map(|new| {
            let old = self.pair.states[new.index()].old?;
            let gone = match self.walks.first_move(old) {
                Some(_) => self.gone[old.index()],
                None => {
                    let mut onward = self.pair.old.steps_from(old);
                    self.gone_at_once(old, onward.find(|(_, to)| *to != old)?)
                }
            };
            Some(Lost {
                state: *new,
                old,
                gone: gone?,
            })
        });
        lost.min_by_key(|lost| lost.gone.after)
    }

    /// The walk in words, as far as there is `room` for the states that it passes.
    fn phrase(&self, lost: &Lost, room: &mut usize) -> String {
        let old = self.pair.old;
        if self.walks.first_move(lost.old).is_none() {
            return format!(
                "is {}",
                phrase_of(&[lost.gone.from, lost.gone.to].map(|id| old.name(id)))
            );
        }
        let moves = self.walks.length(lost.old).unwrap_or(0);
        if moves >= *room {
            *room = 0;
            return format!("has {moves} moves");
        }
        *room -= moves + 1;
        let names: Vec<&str> = self.walks.states(lost.old).map(|id| old.name(id)).collect();
        format!("is {}", phrase_of(&names))
    }
}

const MOST_LABELS: usize = 6;

/// `closed_before` says of each state of the old version whether a closed one could be reached from it.
fn report(
    ways: &Ways,
    group: &[StateId],
    closed_before: Option<&[bool]>,
    lost: Option<Lost>,
    room: &mut usize,
) -> Diagnostic {
    let pair = ways.pair;
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
    let transition = pair.old.transition(&pair.old.moves()[lost.gone.index]);
    report = report.label(transition.place(), "this way is gone");
    let from = pair.name(pair.number(Side::Old, lost.gone.from));
    report
        .help(match pair.new_of(lost.gone.to) {
            Some(to) => format!("add a transition from `{from}` to `{}`", new.name(to)),
            None => {
                format!("add a transition from `{from}` to a state that leads to a closed one")
            }
        })
        .note(format!(
            "the walk that is lost {}",
            ways.phrase(&lost, room)
        ))
}
