//! The statuses that several workflows use together: a site, or a project with workflows of its
//! own, has one status of a name.

use crate::hashing::HashMap;
use std::collections::hash_map::Entry;

use super::block::{Scope, Settings};
use super::{NAME, status_category, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::StateId;
use crate::model::State;
use crate::rules::Checked;
use crate::source::Span;
use crate::targets::{blocks, ids, omitted_details, target_collisions};

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

/// The workflows by their scopes, in the order in which these are first named. What two of them
/// say differently of one status is reported; what is wrong with one alone is not.
pub fn groups<'w>(workflows: &[&'w Checked], out: &mut Diagnostics) -> Vec<Together<'w>> {
    let mut groups: Vec<(Scope, List)> = Vec::new();
    let mut at: HashMap<Scope, usize> = HashMap::default();
    for checked in workflows {
        let settings = blocks::of::<Settings>(checked);
        let index = *at.entry(settings.scope.clone()).or_insert(groups.len());
        if index == groups.len() {
            groups.push((settings.scope.clone(), List::default()));
        }
        if let Some((_, list)) = groups.get_mut(index) {
            list.add_workflow(checked, &settings, out);
        }
    }
    let together = |(scope, list): (Scope, List<'w>)| list.together(scope, out);
    groups.into_iter().map(together).collect()
}

/// A value that a workflow gives a status, and where.
#[derive(Clone)]
struct Said<'w, T> {
    value: T,
    workflow: &'w str,
    place: Span,
}

struct Status<'w> {
    name: &'w str,
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
    titles: HashMap<&'w str, (&'w str, Span)>,
}

impl<'w> List<'w> {
    fn add_workflow(&mut self, checked: &'w Checked, settings: &Settings, out: &mut Diagnostics) {
        self.add_title(checked, out);
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

    fn add_title(&mut self, checked: &'w Checked, out: &mut Diagnostics) {
        let workflow = checked.workflow();
        let title = workflow.name.as_ref().or(workflow.identifier.as_ref());
        let place = title.map_or(workflow.place, |title| title.span);
        match self.titles.entry(checked.title()) {
            Entry::Vacant(entry) => {
                entry.insert((checked.identifier(), place));
            }
            Entry::Occupied(entry) => {
                out.push(one_title(*entry.get(), (checked.identifier(), place)));
            }
        }
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

    fn together(self, scope: Scope, out: &mut Diagnostics) -> Together<'w> {
        report_shared(&self.statuses, |status| status.id.as_ref(), out);
        report_shared(&self.statuses, |status| status.reference.as_ref(), out);
        let statuses: Vec<wire::Status> = self.statuses.iter().map(lower).collect();
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

/// A status is called what a file says, or by its id, as Jira itself does, or else by a UUID that
/// follows from the names.
fn lower(status: &Status) -> wire::Status {
    let id = status.id.as_ref().map(|id| id.value.clone());
    let written = status.reference.as_ref().map(|said| said.value.clone());
    let description = status.description.as_ref().map(|said| said.value.clone());
    let derived = || ids::of_workflow(status.category.workflow, status.name).to_string();
    wire::Status {
        name: status.name.to_owned(),
        description: description.or_else(|| id.is_none().then(String::new)),
        status_category: status.category.value,
        status_reference: written.or_else(|| id.clone()).unwrap_or_else(derived),
        id,
    }
}

fn merge<'w>(status: &mut Status<'w>, other: Status<'w>, out: &mut Diagnostics) {
    if status.category.value != other.category.value {
        let help = "write one category under `status-categories` in both workflows";
        let (first, second) = (status.category.as_word(), other.category.as_word());
        out.push(contradiction(status.name, &first, &second, help));
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
                out.push(contradiction(status.name, one, two, help));
            }
            (None, Some(_)) => *first = second,
            _ => {}
        }
    }
}

impl<'w> Said<'w, wire::StatusCategory> {
    fn as_word(&self) -> Said<'w, String> {
        Said {
            value: self.value.word().to_owned(),
            workflow: self.workflow,
            place: self.place,
        }
    }
}

const ONE_STATUS: &str = "status names are unique on a Jira site, over all its workflows";

fn contradiction(
    state: &str,
    first: &Said<String>,
    second: &Said<String>,
    help: &str,
) -> Diagnostic {
    let message = format!(
        "state `{state}` is `{}` in target `{NAME}` for workflow `{}`, and `{}` for `{}`",
        second.value, second.workflow, first.value, first.workflow
    );
    let label = format!("makes the status `{}`", second.value);
    let other = format!("makes the same status `{}`", first.value);
    Diagnostic::new(&target_collisions::CODE, message, second.place, label)
        .label(first.place, other)
        .help(help)
        .note(ONE_STATUS)
}

/// One id for two names of different workflows; within one it is reported with its block.
fn report_shared<'s, 'w>(
    statuses: &'s [Status<'w>],
    id: fn(&'s Status<'w>) -> Option<&'s Said<'w, String>>,
    out: &mut Diagnostics,
) {
    let mut holders: HashMap<String, (&str, &Said<String>)> = HashMap::default();
    for status in statuses {
        let Some(said) = id(status) else {
            continue;
        };
        let (name, first) = *holders
            .entry(said.value.to_lowercase())
            .or_insert((status.name, said));
        if first.workflow != said.workflow {
            out.push(one_id((name, first), (status.name, said)));
        }
    }
}

fn one_id(first: (&str, &Said<String>), second: (&str, &Said<String>)) -> Diagnostic {
    let message = format!(
        "states `{}` of workflow `{}` and `{}` of `{}` become one status in target `{NAME}`",
        first.0, first.1.workflow, second.0, second.1.workflow
    );
    let label = format!("`{}` has this id, too", first.0);
    Diagnostic::new(&target_collisions::CODE, message, second.1.place, label)
        .label(first.1.place, format!("the id of `{}`", first.0))
        .help(format!(
            "give `{}` an id of its own, or the name `{}`",
            second.0, first.0
        ))
}

fn one_title(first: (&str, Span), second: (&str, Span)) -> Diagnostic {
    let message = format!(
        "workflows `{}` and `{}` have one name in target `{NAME}`",
        first.0, second.0
    );
    let label = format!("`{}` has this name, too", first.0);
    Diagnostic::new(&target_collisions::CODE, message, second.1, label)
        .label(first.1, format!("the name of `{}`", first.0))
        .help(format!("give `{}` a `name` of its own", second.0))
        .note("a site tells workflows apart by their names")
}
