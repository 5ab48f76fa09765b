//! What several workflows of one site cannot share: their ids.

use crate::hashing::HashMap;

use super::{NAME, Settings, step_ids, workflow_id};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::rules::Checked;
use crate::source::Span;
use crate::targets::{blocks, target_collisions};

/// What has an id on the site.
#[derive(Clone, Copy)]
struct Holder<'w> {
    workflow: &'w str,
    /// The state that the step is for; `None` for the workflow itself.
    state: Option<&'w str>,
    place: Span,
}

/// Reports workflows and steps of different workflows that have one id. Workflows of one
/// identifier are not told apart here: that two files define one is another mistake.
pub fn check(workflows: &[&Checked], out: &mut Diagnostics) {
    let mut holders: HashMap<String, Holder> = HashMap::default();
    for checked in workflows {
        let settings = blocks::of::<Settings>(checked);
        let workflow = checked.identifier();
        let written = settings.workflow_id.as_ref().map(|id| id.span);
        let whole = Holder {
            workflow,
            state: None,
            place: written.unwrap_or(checked.workflow().place),
        };
        let ids = step_ids(checked, &settings);
        let steps = checked.states().zip(ids).map(|((id, state), step_id)| {
            let written = settings.step_ids.get(&id).map(|id| id.span);
            let holder = Holder {
                workflow,
                state: Some(&state.name.value),
                place: written.unwrap_or(state.name.span),
            };
            (step_id, holder)
        });
        let all = std::iter::once((workflow_id(checked, &settings), whole)).chain(steps);
        for (id, holder) in all {
            let first = *holders.entry(id.to_lowercase()).or_insert(holder);
            if first.workflow != holder.workflow {
                out.push(one_id(&id, first, holder));
            }
        }
    }
}

fn one_id(id: &str, first: Holder, second: Holder) -> Diagnostic {
    let message = match (first.state, second.state) {
        (None, None) => format!(
            "workflows `{}` and `{}` become one workflow in target `{NAME}`",
            first.workflow, second.workflow
        ),
        (Some(one), Some(other)) => format!(
            "states `{one}` of workflow `{}` and `{other}` of `{}` become one step in target `{NAME}`",
            first.workflow, second.workflow
        ),
        _ => format!(
            "a state and a workflow of `{}` and `{}` have one id in target `{NAME}`",
            first.workflow, second.workflow
        ),
    };
    let label = format!("an id of `{}`, too", first.workflow);
    Diagnostic::new(&target_collisions::CODE, message, second.place, label)
        .label(first.place, format!("the id in `{}`", first.workflow))
        .help(format!(
            "give `{}` an id of its own",
            second.state.unwrap_or(second.workflow)
        ))
        .note(format!("both have the id `{id}`"))
}
