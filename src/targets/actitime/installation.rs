//! The statuses that several workflows make together: an installation has one list for all its
//! tasks, so states of one name are one status.

use crate::hashing::HashMap;
use std::collections::hash_map::Entry;
use std::num::NonZeroU64;

use super::{NAME, Settings, group, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::StateId;
use crate::model::State;
use crate::rules::{Checked, confusable_states};
use crate::source::{Span, Spanned};
use crate::targets::{blocks, target_collisions};

/// A status of the installation.
pub struct Status<'w> {
    /// Its name, in every workflow that has it.
    pub name: &'w str,
    /// The group it belongs to.
    pub group: wire::Group,
    /// Its id, where a workflow knows it.
    pub id: Option<NonZeroU64>,
    first: Said<'w>,
    id_from: Option<Said<'w>>,
}

/// A state as one workflow has it.
#[derive(Clone, Copy)]
struct Said<'w> {
    state: &'w str,
    workflow: &'w str,
    place: Span,
}

/// The statuses of these workflows, each once, in the order in which they are first named. What
/// two workflows say differently of one status is reported.
pub fn statuses<'w>(workflows: &[&'w Checked], out: &mut Diagnostics) -> Vec<Status<'w>> {
    let mut list = List::default();
    for workflow in workflows {
        let settings = blocks::of::<Settings>(workflow);
        for (state, said) in workflow.states() {
            list.add(workflow, state, said, settings.ids.get(&state), out);
        }
    }
    list.report_shared_ids(out);
    list.report_near_names(out);
    list.statuses
}

#[derive(Default)]
struct List<'w> {
    statuses: Vec<Status<'w>>,
    by_name: HashMap<&'w str, usize>,
}

impl<'w> List<'w> {
    fn add(
        &mut self,
        workflow: &'w Checked,
        id: StateId,
        state: &'w State,
        known: Option<&Spanned<NonZeroU64>>,
        out: &mut Diagnostics,
    ) {
        let name = state.name.value.as_str();
        let said_at = |place| Said {
            state: name,
            workflow: workflow.identifier(),
            place,
        };
        let category = state.category.map_or(state.name.span, |c| c.span);
        let new = Status {
            name,
            group: group(workflow.category(id)),
            id: known.map(|id| id.value),
            first: said_at(category),
            id_from: known.map(|id| said_at(id.span)),
        };
        match self.by_name.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(self.statuses.len());
                self.statuses.push(new);
            }
            Entry::Occupied(entry) => {
                if let Some(status) = self.statuses.get_mut(*entry.get()) {
                    merge(status, new, out);
                }
            }
        }
    }

    /// One id for two names of different workflows; within one it is reported with its block.
    fn report_shared_ids(&self, out: &mut Diagnostics) {
        let mut holders: HashMap<NonZeroU64, Said> = HashMap::default();
        for status in &self.statuses {
            let (Some(id), Some(said)) = (status.id, status.id_from) else {
                continue;
            };
            let first = *holders.entry(id).or_insert(said);
            if first.workflow != said.workflow {
                out.push(one_id(id, first, said));
            }
        }
    }

    /// Names of different workflows that differ in case alone: most likely one status is meant.
    fn report_near_names(&self, out: &mut Diagnostics) {
        let mut seen: HashMap<String, Said> = HashMap::default();
        for status in &self.statuses {
            let first = *seen
                .entry(status.name.to_lowercase())
                .or_insert(status.first);
            if first.workflow != status.first.workflow {
                out.push(two_statuses(first, status.first));
            }
        }
    }
}

fn merge<'w>(status: &mut Status<'w>, other: Status<'w>, out: &mut Diagnostics) {
    if status.group != other.group {
        out.push(two_groups(status, &other));
    }
    match (status.id, other.id) {
        (Some(one), Some(two)) if one != two => {
            out.extend(two_ids((one, status.id_from), (two, other.id_from)));
        }
        (None, Some(_)) => (status.id, status.id_from) = (other.id, other.id_from),
        _ => {}
    }
}

fn two_groups(first: &Status, second: &Status) -> Diagnostic {
    let word = |status: &Status| status.group.word();
    let message = format!(
        "state `{}` is `{}` in target `{NAME}` for workflow `{}`, and `{}` for `{}`",
        second.name,
        word(second),
        second.first.workflow,
        word(first),
        first.first.workflow
    );
    let label = format!("makes the status `{}`", word(second));
    Diagnostic::new(&target_collisions::CODE, message, second.first.place, label)
        .label(
            first.first.place,
            format!("makes the same status `{}`", word(first)),
        )
        .help("give the state the same category in both workflows, or another name in one")
        .note("status names are unique in an installation, over all its workflows")
}

fn two_ids(
    (one, first): (NonZeroU64, Option<Said>),
    (two, second): (NonZeroU64, Option<Said>),
) -> Option<Diagnostic> {
    let (first, second) = (first?, second?);
    let message = format!(
        "state `{}` has the id `{two}` in target `{NAME}` for workflow `{}`, and `{one}` for `{}`",
        second.state, second.workflow, first.workflow
    );
    Some(
        Diagnostic::new(
            &target_collisions::CODE,
            message,
            second.place,
            "another id of the same status",
        )
        .label(first.place, format!("the id in `{}`", first.workflow))
        .help("write the id that the installation has in both workflows")
        .note("status names are unique in an installation, over all its workflows"),
    )
}

fn one_id(id: NonZeroU64, first: Said, second: Said) -> Diagnostic {
    let message = format!(
        "states `{}` of workflow `{}` and `{}` of `{}` become one status in target `{NAME}`",
        first.state, first.workflow, second.state, second.workflow
    );
    let label = format!("`{}` has this id, too", first.state);
    Diagnostic::new(&target_collisions::CODE, message, second.place, label)
        .label(first.place, format!("the id of `{}`", first.state))
        .help(format!(
            "give each state the id of its own status, or both states the name of status `{id}`"
        ))
}

fn two_statuses(first: Said, second: Said) -> Diagnostic {
    let message = format!(
        "states `{}` of workflow `{}` and `{}` of `{}` become two statuses in target `{NAME}`",
        first.state, first.workflow, second.state, second.workflow
    );
    let label = format!("a status beside `{}`", first.state);
    Diagnostic::new(&confusable_states::CODE, message, second.place, label)
        .label(first.place, format!("`{}` is defined here", first.state))
        .help("write the name in the same case in both workflows")
        .note("an installation has one list of statuses, for the tasks of all workflows")
}
