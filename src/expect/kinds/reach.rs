//! `reach`: a state that can be arrived in.

use std::borrow::Cow;

use super::*;

promise! {
    /// From every state, or from the named ones, some walk leads there.
    Reach, is_of_tickets: false;
    /// The state to arrive in; of several, any one.
    "reach": Takes::States, Missing("add `reach` with the state to arrive in"), "Closed";
    /// Where the walks begin.
    "from": Takes::States, Means("in every state"), r#"["New", "Assigned"]"#;
    /// The role that makes the moves, or several taken together.
    "by": Takes::RoleNames, Means("anybody"), "agent";
}

impl Kind for Reach {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn refute(&self, prover: &Prover, claim: &Claim) -> Option<Refutation> {
        let resolved = prover.resolved();
        if !resolved.knows_all_ways_out() {
            return None;
        }
        let makers = Makers::new(resolved, claim.by.as_deref());
        let may_see = |index: usize| makers.may_see(resolved, index);
        let leads = match &claim.by {
            None => resolved.leading_to(claim.list(0)),
            Some(_) => resolved.leading_to_by(claim.list(0), may_see),
        };
        let fails = |id: &StateId| !leads[id.index()] && !prover.leads_to_unknown(*id);
        let failing: Vec<StateId> = match &claim.lists[1] {
            Some(from) => from.iter().copied().filter(fails).collect(),
            // A state that no ticket can be in is reported already.
            None => {
                let all = resolved.states().map(|(id, _)| id).filter(fails);
                all.filter(|id| prover.may_be_reached(*id)).collect()
            }
        };
        if failing.is_empty() {
            return None;
        }
        let visited = match &claim.by {
            None => resolved.reached_from(&failing),
            Some(_) => resolved.reached_from_by(&failing, may_see),
        };
        let sinks = match &claim.by {
            None => Cow::Borrowed(prover.sinks()),
            Some(_) => Cow::Owned(resolved.sinks_by(may_see)),
        };
        let ends = sinks
            .iter()
            .filter(|sink| visited[sink[0].index()])
            .flatten();
        let ends: Vec<StateId> = ends.copied().collect();
        // On the shortest walk that others may make, what these may not.
        let walk = claim.by.as_ref().and_then(|_| {
            let mut walks = claim.list(0).iter();
            let walk = |to: &StateId| resolved.shortest_walk_by(&failing[..1], *to, |_| true);
            let walk = walks.find_map(walk)?;
            Some(walk.moves.into_iter().filter(|index| !may_see(*index)))
        });
        Some(Refutation::NoWalk {
            from: failing,
            ends,
            others: walk.into_iter().flatten().collect(),
        })
    }

    fn broken(&self, report: &Report, claim: &Claim, refutation: &Refutation) -> Diagnostic {
        let Refutation::NoWalk { from, ends, others } = refutation else {
            return report.plain();
        };
        let (resolved, reach) = (report.resolved, claim.list(0));
        let goal = either(resolved, reach);
        let names = either(resolved, from);
        let by = claim.by_phrase();
        let broken = report.broken(
            format!("no walk leads from {names} to {goal}{by}"),
            report.named(reach[0], 0),
            format!("cannot be reached from {names}{by}"),
        );
        let places = from.iter().map(|id| resolved.state(*id).name.span);
        let said = format!("no walk leads from here to {goal}{by}");
        let broken = report.of_others(broken.each(places, MOST_LABELS, &said), others);
        let end = ends.first().unwrap_or(&from[0]);
        let last = suggest::phrase_up_to(&resolved.names(ends), 4);
        let broken = match others.is_empty() {
            true => broken.help(format!(
                "add a transition from `{}` that leads on to {goal}{by}, or change the promise",
                resolved.name(*end)
            )),
            false => broken.help("add a role of the promise to `who`, or change the promise"),
        };
        match ends == from {
            true => broken,
            false => broken.note(format!("every walk from there ends in {last}")),
        }
    }

    fn idle(&self, resolved: &Resolved, _: Option<&Tickets>, claim: &Claim) -> Option<Idle> {
        let all = || resolved.states().map(|(id, _)| id).collect();
        let from = claim.lists[1].clone().unwrap_or_else(all);
        is_within(resolved, &from, claim.list(0)).then_some(Idle {
            states: from,
            why: "its walks already begin in",
            end: "",
        })
    }

    fn asks<'c>(&self, claim: &'c Claim) -> Option<Asked<'c>> {
        Some(Asked::Arrival {
            reach: claim.list(0),
            from: claim.lists[1].as_deref(),
        })
    }
}
