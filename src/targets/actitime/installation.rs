//! The statuses that several workflows make together: an installation has one list for all its
//! tasks, so states of one name are one status.

use crate::hashing::HashMap;
use std::collections::hash_map::Entry;
use std::num::NonZeroU64;

use super::{NAME, Settings, group, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::StateId;
use crate::model::State;
use crate::rules::Checked;
use crate::source::Span;
use crate::targets::target_collisions::Claim;
use crate::targets::{blocks, target_collisions};

/// A status of the installation.
pub struct Status<'w> {
    /// Its name, in every workflow that has it.
    pub name: &'w str,
    /// The group it belongs to.
    pub group: wire::Group,
    /// Its id, where a workflow knows it.
    pub id: Option<NonZeroU64>,
    /// What a user may do with it, where a workflow says so, and which workflow that is.
    pub allowed: Option<target_collisions::Said<'w, wire::AllowedActions>>,
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
            list.add(workflow, state, said, &settings, out);
        }
    }
    list.statuses
}

/// Each status with its id, where one is known.
pub fn ids<'w>(workflows: &[&'w Checked]) -> Vec<Claim<'w>> {
    let statuses = statuses(workflows, &mut Diagnostics::new()).into_iter();
    let claim = |status: Status<'w>| Some(claim(status.id?.to_string(), status.id_from?));
    statuses.filter_map(claim).collect()
}

/// Each status with its name.
pub fn names<'w>(workflows: &[&'w Checked]) -> Vec<Claim<'w>> {
    let statuses = statuses(workflows, &mut Diagnostics::new()).into_iter();
    let claim = |status: Status<'w>| claim(status.name.to_lowercase(), status.first);
    statuses.map(claim).collect()
}

fn claim(value: String, said: Said) -> Claim {
    Claim::new(value, said.workflow, Some(said.state), said.place)
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
        settings: &Settings,
        out: &mut Diagnostics,
    ) {
        let known = settings.ids.get(&id);
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
            allowed: settings
                .allowed
                .get(&id)
                .map(|value| target_collisions::Said {
                    value: *value,
                    workflow: workflow.identifier(),
                    place: state.name.span,
                }),
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
}

const ONE_LIST: &str = "status names are unique in an installation, over all its workflows";

fn merge<'w>(status: &mut Status<'w>, other: Status<'w>, out: &mut Diagnostics) {
    if status.group != other.group {
        let said = |status: &Status<'w>| target_collisions::Said {
            value: status.group.word(),
            workflow: status.first.workflow,
            place: status.first.place,
        };
        let help = "give the state the same category in both workflows, or another name in one";
        let (first, second) = (said(status), said(&other));
        let why = (help, ONE_LIST);
        let report = target_collisions::contradiction(NAME, status.name, &first, &second, why);
        out.push(report);
    }
    match (status.id, other.id) {
        (Some(one), Some(two)) if one != two => {
            out.extend(two_ids((one, status.id_from), (two, other.id_from)));
        }
        (None, Some(_)) => (status.id, status.id_from) = (other.id, other.id_from),
        _ => {}
    }
    match (&status.allowed, other.allowed) {
        (Some(one), Some(two)) if one.value != two.value => {
            out.push(other_actions(status.name, one, &two));
        }
        (None, said @ Some(_)) => status.allowed = said,
        _ => {}
    }
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
        .note(ONE_LIST),
    )
}

fn other_actions<T>(
    state: &str,
    first: &target_collisions::Said<T>,
    second: &target_collisions::Said<T>,
) -> Diagnostic {
    let (one, other) = (first.workflow, second.workflow);
    let message = format!(
        "state `{state}` has other `allowed-actions` in target `{NAME}` for workflow `{other}` than for `{one}`"
    );
    let label = "another answer for the same status";
    Diagnostic::new(&target_collisions::CODE, message, second.place, label)
        .label(first.place, format!("its `allowed-actions` in `{one}`"))
        .help("write what the installation answers in one of the workflows")
        .note(ONE_LIST)
}
