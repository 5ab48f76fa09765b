//! `changed-identifiers`: an id by which a product knows a workflow or a state is another one.

use super::{Changed, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::hashing::HashMap;
use crate::model::{State, TargetBlock, Text, Workflow};
use crate::node::Node;
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "changed-identifiers",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Deny,
    summary: "an id by which products know a workflow or a state is another one",
    page: include_str!("changed_identifiers.md"),
};

/// Looks at the names from which ids are derived, and at the ids in the products' blocks.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    of_workflow(changed, out);
    for (old, new) in pair.kept() {
        let [was, is] = [pair.old.state(old), pair.new.state(new)].map(State::oldest_name);
        if was.value != is.value {
            out.push_made(&CODE, || {
                changed.concerning(of_state(changed, (old, was), (new, is)), [old])
            });
        }
    }
    let [old, new] = [pair.old, pair.new].map(|side| side.workflow().targets.as_slice());
    for new in new {
        let same = |old: &&TargetBlock| old.name.value == new.name.value;
        if let Some(old) = old.iter().find(same) {
            of_block(changed, old, new, out);
        }
    }
}

/// A workflow whose oldest identifier, from which products derive ids, is another one.
fn of_workflow(changed: &Changed, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    let [old, new] = [pair.old, pair.new].map(Resolved::workflow);
    let (Some(before), Some(now)) = (&old.identifier, &new.identifier) else {
        return;
    };
    let (Some(was), Some(is)) = (old.oldest_identifier(), new.oldest_identifier()) else {
        return;
    };
    if was.value == is.value {
        return;
    }
    let mut former = new.was.iter().flat_map(|was| &was.value);
    let is_said = before.value == now.value || former.any(|name| name.value == before.value);
    let report = match is_said {
        true => Diagnostic::new(
            &CODE,
            format!(
                "the oldest name of workflow `{}` is `{}` now, and was `{}`",
                now.value, is.value, was.value
            ),
            is.span,
            "ids are derived from the oldest name",
        )
        .label(was.span, "it was the oldest name before")
        .help(as_last("the workflow", was, new.was.is_some()))
        .note("a product whose ids are not in the file gets others for it and for its states, and tickets stay with the old ones"),
        false => Diagnostic::new(
            &CODE,
            format!(
                "workflow `{}` is called `{}` now, and nothing says that it is the same",
                before.value, now.value
            ),
            now.span,
            "products take it for another workflow",
        )
        .label(before.span, "it was called so")
        .help(format!(
            "{}, or change `workflow` back to `{}`",
            all_former(old, before, new.was.is_some()),
            before.value
        ))
        .note("ids that products know are derived from it, of the workflow and of each of its states"),
    };
    let all = pair.old.states().map(|(id, _)| id);
    out.push_made(&CODE, || changed.concerning(report, all));
}

/// To write every name that the workflow had.
fn all_former(old: &Workflow, before: &Text, has_was: bool) -> String {
    let earlier = old.was.iter().flat_map(|was| &was.value);
    let names: Vec<&str> = [before]
        .into_iter()
        .chain(earlier)
        .map(|name| name.value.as_str())
        .collect();
    match (has_was, names.as_slice()) {
        (true, [name]) => format!("add `{name}` to `was` of the workflow"),
        (true, names) => format!("let `was` of the workflow end with `{}`", names.join(", ")),
        (false, names) => format!("add `was: [{}]` to the workflow", names.join(", ")),
    }
}

/// To write the oldest name where it was.
fn as_last(whose: &str, oldest: &Text, has_was: bool) -> String {
    let name = &oldest.value;
    match has_was {
        true => format!("let `was` of {whose} end with `{name}`"),
        false => format!("add `was: [{name}]` to {whose}"),
    }
}

/// A state whose oldest name, from which products derive ids, is another one.
fn of_state(
    changed: &Changed,
    (old, was): (StateId, &Text),
    (new, is): (StateId, &Text),
) -> Diagnostic {
    let pair = &changed.difference.pair;
    let (name, place) = (pair.new.name(new), pair.new.state(new).name.span);
    let old_place = pair.old.state(old).name.span;
    let has_was = pair.new.state(new).name.value != is.value;
    Diagnostic::new(
        &CODE,
        format!("the oldest name of state `{name}` is `{}` now, and was `{}`", is.value, was.value),
        place,
        "ids are derived from the oldest name",
    )
    .label(old_place, "it was this state before")
    .help(as_last(&format!("state `{name}`"), was, has_was))
    .note("a product whose ids are not in the file gets another one for it, and its tickets stay with the old one")
}

/// Ids that a product's block had, and that are others now, or none. One that is written for the first
/// time says what the product has already.
fn of_block(changed: &Changed, old: &TargetBlock, new: &TargetBlock, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    for entry in old.body.entries().unwrap_or_default() {
        let field = entry.key.text();
        let now = new.body.get(field);
        let others: Vec<Other> = match field {
            _ if is_of_one(field) => Other::of(None, &entry.value, now).into_iter().collect(),
            _ if is_of_states(field) => {
                let [was, is] = [Some(&entry.value), now].map(by_name);
                let of_state = |(old, new)| {
                    let name = pair.new.name(new);
                    let (was, is) = (was.get(pair.old.name(old))?, is.get(name).copied());
                    Other::of(Some((old, name)), was, is)
                };
                pair.kept().filter_map(of_state).collect()
            }
            _ => continue,
        };
        if !others.is_empty() {
            let of_one = pair.old.states().map(|(id, _)| id);
            let of_states = others
                .iter()
                .filter_map(|other| other.state)
                .map(|(id, _)| id);
            let states: Vec<StateId> = match is_of_one(field) {
                true => of_one.collect(),
                false => of_states.collect(),
            };
            let report = of_ids((field, &new.name), now.is_some(), &others);
            out.push_made(&CODE, || changed.concerning(report, states));
        }
    }
}

/// An id that is another one now.
struct Other<'c> {
    /// The state that has it, by its old number and its new name; `None` where the workflow does.
    state: Option<(StateId, &'c str)>,
    was: (&'c str, Span),
    /// Where the new one is written, if one is.
    is: Option<Span>,
}

impl<'c> Other<'c> {
    /// If both can be read.
    fn of(state: Option<(StateId, &'c str)>, was: &'c Node, is: Option<&'c Node>) -> Option<Self> {
        let text = was.scalar()?.text();
        if let Some(is) = is
            && is.scalar().is_none_or(|scalar| scalar.text() == text)
        {
            return None;
        }
        Some(Other {
            state,
            was: (text, was.span),
            is: is.map(|is| is.span),
        })
    }
}

fn by_name<'n>(map: Option<&'n Node<'static>>) -> HashMap<&'n str, &'n Node<'static>> {
    let entries = map.and_then(Node::entries).unwrap_or_default().iter();
    entries
        .map(|entry| (entry.key.text(), &entry.value))
        .collect()
}

/// Whether a field of a product's block holds the id of the workflow.
fn is_of_one(field: &str) -> bool {
    field == "id" || field.ends_with("-id")
}

/// Whether a field of a product's block holds ids of states.
fn is_of_states(field: &str) -> bool {
    field == "ids" || field.ends_with("-ids")
}

/// The report of one field of a block; `is_there` where the new block has it.
fn of_ids((field, target): (&str, &Text), is_there: bool, others: &[Other]) -> Diagnostic {
    let what = format!("`{field}` of target `{}`", target.value);
    let names: Vec<&str> = others
        .iter()
        .filter_map(|other| other.state)
        .map(|(_, name)| name)
        .collect();
    let count = names.len();
    let gone = others.iter().filter(|other| other.is.is_none()).count();
    let message = match (names.as_slice(), gone) {
        _ if !is_there => format!("{what} is gone"),
        ([], _) => format!("{what} has changed"),
        ([name], 0) => format!("{what} gives state `{name}` another id"),
        ([name], _) => format!("{what} gives state `{name}` no id any more"),
        (_, 0) => format!("{what} gives {count} states other ids"),
        (_, gone) if gone == count => format!("{what} gives {count} states no ids any more"),
        _ => format!("{what} gives {count} states other ids, or none"),
    };
    let other = &others[0];
    let help = match (others.len(), other.is) {
        (1, Some(_)) => format!("change it back to `{}`", other.was.0),
        (1, None) => format!("write `{}` there again", other.was.0),
        _ => format!("write the ids in `{field}` as they were"),
    };
    let label = match other.is {
        Some(_) => "the product knows another id",
        None => "the product knows an id that this lacks",
    };
    let report = Diagnostic::new(&CODE, message, other.is.unwrap_or(target.span), label)
        .label(other.was.1, "it was this one")
        .help(format!("{help}, unless the product was changed as well"));
    let report = match count > 1 {
        true => report.note(format!(
            "the states are {}",
            suggest::phrase_up_to(&names, 8)
        )),
        false => report,
    };
    report.note("a product takes what has another id for something else, and its tickets stay with the old one")
}
