//! `changed-identifiers`: an id by which a product knows a workflow or a state is another one.

use super::{Changed, Rule, before};
use crate::changes::{Change, Subject, Value, What};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::StateId;
use crate::model::{State, Text};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "changed-identifiers",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Deny,
    summary: "an id by which products know a workflow or a state is another one",
    page: include_str!("changed_identifiers.md"),
};

/// Looks at the identifier, and at the ids in the products' blocks.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    let all = || changed.difference.pair.old.states().map(|(id, _)| id);
    for change in &changed.difference.changes {
        match (&change.of, &change.what) {
            (
                Subject::Workflow,
                What::Field {
                    field: "workflow",
                    old: Some(Value::Text(old)),
                    new: Some(Value::Text(new)),
                },
            ) => {
                let was = changed.now().was.iter().flat_map(|was| &was.value);
                if was.into_iter().all(|was| was.value.as_str() != *old) {
                    out.push_made(&CODE, || {
                        changed.concerning(of_workflow(changed, change, old, new), all())
                    });
                }
            }
            (Subject::Target(target), What::Block(field)) if is_of_ids(field) => {
                out.push_made(&CODE, || {
                    changed.concerning(of_block(changed, change, target, field), all())
                });
            }
            _ => {}
        }
    }
    let pair = &changed.difference.pair;
    for (old, new) in pair.kept() {
        let [was, is] = [pair.old.state(old), pair.new.state(new)].map(State::oldest_name);
        if was.value != is.value {
            out.push_made(&CODE, || {
                changed.concerning(of_state(changed, (old, was), (new, is)), [old])
            });
        }
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
    let help = match pair.new.state(new).name.value == is.value {
        true => format!(
            "add `{}` as the last name to `was` of state `{name}`",
            was.value
        ),
        false => format!("let `was` of state `{name}` end with `{}`", was.value),
    };
    Diagnostic::new(
        &CODE,
        format!("the oldest name of state `{name}` is `{}` now, and was `{}`", is.value, was.value),
        place,
        "ids are derived from the oldest name",
    )
    .label(old_place, "it was this state before")
    .help(help)
    .note("a product whose ids are not in the file gets another one for it, and its tickets stay with the old one")
}

/// Whether a field of a product's block holds ids.
fn is_of_ids(field: &str) -> bool {
    ["id", "ids"]
        .iter()
        .any(|id| field == *id || field.ends_with(&format!("-{id}")))
}

fn of_workflow(changed: &Changed, change: &Change, old: &str, new: &str) -> Diagnostic {
    let place = changed.now().identifier.as_ref().map(|text| text.span);
    let before_place = changed.difference.pair.old.workflow().identifier.as_ref();
    let report = Diagnostic::new(
        &CODE,
        format!("workflow `{old}` is called `{new}` now, and nothing says that it is the same"),
        place.unwrap_or(changed.now().place),
        "products take it for another workflow",
    )
    .help(format!(
        "add `{old}` to `was` of the workflow, or change `workflow` back to `{old}`"
    ))
    .note("ids that products know are derived from it, of the workflow and of each of its states");
    before(
        report,
        before_place.map(|text| text.span).or(change.old),
        "it was called so",
    )
}

fn of_block(changed: &Changed, change: &Change, target: &str, field: &str) -> Diagnostic {
    let place = changed.place_of(change);
    let report = Diagnostic::new(
        &CODE,
        format!("`{field}` of target `{target}` has changed"),
        place,
        "the product knows other ids",
    )
    .help(format!("change `{field}` back, unless the product was changed as well"))
    .note("a product takes what has another id for something else, and its tickets stay with the old one");
    before(report, change.old, "the ids were these")
}
