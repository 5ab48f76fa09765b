//! The statuses that several workflows use together: a site, or a project with workflows of its
//! own, has one status of a name.

use crate::hashing::HashMap;
use std::collections::hash_map::Entry;

use super::block::{Scope, Settings};
use super::{NAME, status_category, wire};
use crate::diagnostic::Diagnostics;
use crate::graph::StateId;
use crate::model::State;
use crate::rules::Checked;
use crate::targets::target_collisions::{Claim, Said, Unique, contradiction};
use crate::targets::{blocks, ids, omitted_details};

/// Workflows of one scope, and their statuses, each once.
pub struct Together<'w> {
    pub scope: Scope,
    pub statuses: Vec<wire::Status>,
    pub workflows: Vec<Member<'w>>,
}

/// A workflow among others.
pub struct Member<'w> {
    pub checked: &'w Checked,
    /// What its statuses are called, in the order of its states.
    pub references: Vec<String>,
}

/// What statuses are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// In a request, by what is a name in this request alone: a UUID.
    ForNow,
    /// In an answer, by their ids, where these are known.
    ById,
}

/// What must be unique in a scope: with ids and references other statuses are told apart.
pub const UNIQUE: &[Unique] = &[
    Unique {
        claims: |workflows| statuses_by(workflows, |status| status.id.as_ref()),
        ..IDS
    },
    Unique {
        claims: |workflows| statuses_by(workflows, |status| status.reference.as_ref()),
        ..IDS
    },
    Unique {
        workflows: "have one name",
        what: "name",
        help: "give `{second}` a `name` of its own",
        note: Some("a site tells workflows apart by their names"),
        is_of_files: true,
        claims: titles,
        ..IDS
    },
];

const IDS: Unique = Unique {
    states: "become one status",
    help: "give `{second}` an id of its own, or the name `{first}`",
    ..Unique::IDS
};

fn statuses_by<'w>(
    workflows: &[&'w Checked],
    by: for<'s> fn(&'s Status<'w>) -> Option<&'s Said<'w, String>>,
) -> Vec<Claim<'w>> {
    let lists = lists(workflows, &mut Diagnostics::new());
    let all = lists.iter().flat_map(|(scope, list)| {
        list.statuses.iter().filter_map(move |status| {
            let said = by(status)?;
            Some(
                Claim::new(
                    said.value.to_lowercase(),
                    said.workflow,
                    Some(status.name),
                    said.place,
                )
                .within(scope.project()),
            )
        })
    });
    all.collect()
}

fn titles<'w>(workflows: &[&'w Checked]) -> Vec<Claim<'w>> {
    let claim = |checked: &&'w Checked| {
        let workflow = checked.workflow();
        let title = workflow.name.as_ref().or(workflow.identifier.as_ref());
        let place = title.map_or(workflow.place, |title| title.span);
        let settings = blocks::of::<Settings>(checked);
        Claim::new(
            checked.title().to_owned(),
            checked.identifier(),
            None,
            place,
        )
        .within(settings.scope.project())
    };
    workflows.iter().map(claim).collect()
}

/// The workflows by their scopes, in the order in which these are first named. What two of them
/// say differently of one status is reported; what is wrong with one alone is not.
pub fn groups<'w>(
    workflows: &[&'w Checked],
    called: Called,
    out: &mut Diagnostics,
) -> Vec<Together<'w>> {
    let together = |(scope, list): (Scope, List<'w>)| list.together(scope, called);
    lists(workflows, out).into_iter().map(together).collect()
}

fn lists<'w>(workflows: &[&'w Checked], out: &mut Diagnostics) -> Vec<(Scope, List<'w>)> {
    let mut lists: Vec<(Scope, List)> = Vec::new();
    let mut at: HashMap<Scope, usize> = HashMap::default();
    for checked in workflows {
        let settings = blocks::of::<Settings>(checked);
        let index = *at.entry(settings.scope.clone()).or_insert(lists.len());
        if index == lists.len() {
            lists.push((settings.scope.clone(), List::default()));
        }
        if let Some((_, list)) = lists.get_mut(index) {
            list.add_workflow(checked, &settings, out);
        }
    }
    lists
}

struct Status<'w> {
    name: &'w str,
    /// Whom it is first said of.
    origin: (&'w Checked, &'w State),
    description: Option<Said<'w, String>>,
    category: Said<'w, wire::StatusCategory>,
    id: Option<Said<'w, String>>,
    reference: Option<Said<'w, String>>,
}

#[derive(Default)]
struct List<'w> {
    statuses: Vec<Status<'w>>,
    by_name: HashMap<&'w str, usize>,
    /// Each workflow with the positions of its statuses.
    workflows: Vec<(&'w Checked, Vec<usize>)>,
}

impl<'w> List<'w> {
    fn add_workflow(&mut self, checked: &'w Checked, settings: &Settings, out: &mut Diagnostics) {
        let mut is_start = vec![false; checked.states().len()];
        for id in checked.resolved().start_states() {
            is_start[id.index()] = true;
        }
        let add = |(id, state): (StateId, &'w State)| {
            let status = said(checked, settings, id, state, is_start[id.index()]);
            self.add(status, out)
        };
        let used = checked.states().map(add).collect();
        self.workflows.push((checked, used));
    }

    /// The position of a status that a workflow has, new or not.
    fn add(&mut self, status: Status<'w>, out: &mut Diagnostics) -> usize {
        match self.by_name.entry(status.name) {
            Entry::Vacant(entry) => {
                entry.insert(self.statuses.len());
                self.statuses.push(status);
                self.statuses.len() - 1
            }
            Entry::Occupied(entry) => {
                let at = *entry.get();
                if let Some(first) = self.statuses.get_mut(at) {
                    merge(first, status, out);
                }
                at
            }
        }
    }

    fn together(self, scope: Scope, called: Called) -> Together<'w> {
        let statuses = self.statuses.iter().map(|status| lower(status, called));
        let statuses: Vec<wire::Status> = statuses.collect();
        let member = |(checked, used): (&'w Checked, Vec<usize>)| Member {
            checked,
            references: used
                .into_iter()
                .filter_map(|at| Some(statuses.get(at)?.status_reference.clone()))
                .collect(),
        };
        Together {
            workflows: self.workflows.into_iter().map(member).collect(),
            scope,
            statuses,
        }
    }
}

fn said<'w>(
    checked: &'w Checked,
    settings: &Settings,
    id: StateId,
    state: &'w State,
    is_start: bool,
) -> Status<'w> {
    let workflow = checked.identifier();
    let text = |text: &crate::model::Text| Said {
        value: text.value.to_string(),
        workflow,
        place: text.span,
    };
    let written = settings.categories.get(&id);
    let category = state.category.map_or(state.name.span, |c| c.span);
    Status {
        name: &state.name.value,
        origin: (checked, state),
        description: state.description.as_ref().map(text),
        category: Said {
            value: written.map_or_else(
                || status_category(checked.category(id), is_start),
                |c| c.value,
            ),
            workflow,
            place: written.map_or(category, |c| c.span),
        },
        id: settings.ids.get(&id).map(text),
        reference: settings.references.get(&id).map(text),
    }
}

/// A status is called what a file says, or else by a UUID that follows from its oldest name.
fn lower(status: &Status, called: Called) -> wire::Status {
    let id = status.id.as_ref().map(|id| id.value.clone());
    let written = status.reference.as_ref().map(|said| said.value.clone());
    let description = status.description.as_ref().map(|said| said.value.clone());
    let (checked, state) = status.origin;
    let derived = || ids::of_state(&ids::of(checked.workflow()), state).to_string();
    let by_id = id.clone().filter(|_| called == Called::ById);
    wire::Status {
        name: status.name.to_owned(),
        description: description.or_else(|| id.is_none().then(String::new)),
        status_category: status.category.value,
        status_reference: written.or(by_id).unwrap_or_else(derived),
        id,
    }
}

fn merge<'w>(status: &mut Status<'w>, other: Status<'w>, out: &mut Diagnostics) {
    if status.category.value != other.category.value {
        let help = "write one category under `status-categories` in both workflows";
        let (first, second) = (&status.category, &other.category);
        out.push(contradiction(
            NAME,
            status.name,
            first,
            second,
            (help, ONE_STATUS),
        ));
    }
    match (&status.description, other.description) {
        (Some(one), Some(two)) if one.value != two.value => {
            let what = "another description of the same status";
            out.extend(omitted_details::report(NAME, what, &[two.place]));
        }
        (None, description) => status.description = description,
        _ => {}
    }
    for (first, second) in [
        (&mut status.id, other.id),
        (&mut status.reference, other.reference),
    ] {
        match (&*first, &second) {
            (Some(one), Some(two)) if one.value != two.value => {
                let help = "write the one that the site has in both workflows";
                out.push(contradiction(
                    NAME,
                    status.name,
                    one,
                    two,
                    (help, ONE_STATUS),
                ));
            }
            (None, Some(_)) => *first = second,
            _ => {}
        }
    }
}

const ONE_STATUS: &str = "status names are unique on a Jira site, over all its workflows";
