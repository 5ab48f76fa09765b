//! `never` … `after`: a state that cannot be arrived in any more.

use super::*;

promise! {
    /// No walk leads from `after` to `never`.
    Never, is_of_tickets: false;
    /// The state that is not reached any more.
    "never": Takes::States, Missing("add `never` with the state that is not reached any more"), "New";
    /// Where the walks begin.
    "after": Takes::States, Missing("add `after` with the state where the walks begin"), "Resolved";
    /// The role that may not make the last move, or several taken together.
    "by": Takes::RoleNames, Means("anybody"), "agent";
}

impl Kind for Never {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn refute(&self, prover: &Prover, claim: &Claim) -> Option<Refutation> {
        let never = prover.set(claim.list(0));
        let goal = |id: StateId| never[id.index()];
        let resolved = prover.resolved();
        let walk = match &claim.by {
            None => resolved.shortest_walk_onward(claim.list(1), goal, |_| true),
            Some(by) => {
                let makers = Makers::new(resolved, Some(by));
                let last = |index| makers.may_make(resolved, index);
                resolved.shortest_walk_ending(claim.list(1), goal, last)
            }
        };
        Some(Refutation::Walk(walk?))
    }

    fn broken(&self, report: &Report, claim: &Claim, refutation: &Refutation) -> Diagnostic {
        let Refutation::Walk(walk) = refutation else {
            return report.plain();
        };
        let resolved = report.resolved;
        let (first, last) = (walk.states[0], walk.states[walk.states.len() - 1]);
        let (from, to) = (resolved.name(first), resolved.name(last));
        let back = if first == last { "back to" } else { "to" };
        let (by, place) = (claim.by_phrase(), report.named(last, 0));
        let broken = match by.is_empty() {
            true => report.broken(
                format!("a walk leads from `{from}` {back} `{to}`"),
                place,
                format!("a walk leads here from `{from}`"),
            ),
            false => report.broken(
                format!("a walk from `{from}` comes {back} `{to}`{by}"),
                place,
                format!("the last move of a walk from `{from}` is made{by}"),
            ),
        };
        let broken = report.steps(broken, walk);
        let broken = match by.is_empty() {
            true => broken.help("delete a transition of this walk, or change the promise"),
            false => broken.help(
                "say in `who` of the last one which other roles may make it, or change the promise",
            ),
        };
        broken.note(format!("the shortest is {}", resolved.phrase_of(walk)))
    }

    fn rules_out(&self, tickets: &Tickets, claim: &Claim, asked: &Asked) -> Option<Why> {
        // What some roles may not do, others may, or it happens by itself.
        if claim.by.is_some() {
            return None;
        }
        let (never, after) = (claim.list(0), claim.list(1));
        match asked {
            Asked::Walk(walk) => {
                let begins = walk.iter().filter(|id| after.contains(id));
                let (begin, end) = tickets.made_possible(walk, begins, never, &[])?;
                Some(Why::always(format!("a walk from {begin} to {end}")))
            }
            Asked::Arrival { reach, from } => {
                let ruled_out = reach.iter().all(|id| never.contains(id));
                let mut begins = after.iter().filter(|id| !reach.contains(id));
                let begin = match from {
                    Some(from) => begins.find(|id| from.contains(id))?,
                    // It asks nothing of a state that no ticket comes to.
                    None => begins.find(|id| tickets.reached.is_some_and(|r| r[id.index()]))?,
                };
                let goal = either(tickets.resolved, reach);
                let is_asked = from.is_some() || tickets.starts.contains(begin);
                ruled_out.then(|| Why {
                    walk: format!("a walk from {} to {goal}", tickets.named(*begin)),
                    while_reached: (!is_asked).then_some(*begin),
                })
            }
        }
    }
}
