//! What Jira refuses: its checks, before it makes them.

use crate::hashing::HashSet;

use super::site::Together;
use super::{NAME, entries};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::graph::StateId;
use crate::model::{State, Text};
use crate::rules::Checked;
use crate::source::Span;
use crate::suggest;
use crate::targets::{self, at_all, target_limits};

/// Most statuses in one request.
const MOST_STATUSES: usize = 1000;
/// Most workflows in one request.
pub const MOST_WORKFLOWS: usize = 20;
/// Most characters in a status's name.
const MOST_STATUS_NAME: usize = 255;
/// Most ways between states in one request, each of which is up to a kilobyte of JSON. Jira documents no such
/// number; this program makes no more of them, as a few megabytes of file would become gigabytes in memory.
const MOST_WAYS: usize = 10_000;

// The operation before this one documents these, and nothing says that they are gone.
/// Most characters in a workflow's name.
const MOST_NAME: usize = 255;
/// Most characters in a workflow's description.
const MOST_DESCRIPTION: usize = 1000;
/// Most characters in a transition's name.
const MOST_TRANSITION_NAME: usize = 60;

/// Reports what Jira would not take of one workflow.
pub fn report(checked: &Checked, out: &mut Diagnostics) {
    out.extend(too_many_ways(&[checked]));
    out.extend(no_way_in(checked));
    out.extend(same_name(checked));
    out.extend(checked.states().filter_map(|(_, s)| long_status(s)));
    out.extend(long_texts(checked));
    out.extend(outer_space(checked));
}

/// Reports what Jira would not take of one request for all of these.
pub fn report_request(together: &Together, out: &mut Diagnostics) {
    out.extend(too_many_statuses(together));
    out.extend(too_many_workflows(together));
    let members: Vec<&Checked> = together.workflows.iter().map(|one| one.checked).collect();
    // Of one alone it is reported with the workflow.
    if members.len() > 1 {
        out.extend(too_many_ways(&members));
    }
}

fn too_many_ways(workflows: &[&Checked]) -> Option<Diagnostic> {
    let transitions = workflows
        .iter()
        .flat_map(|checked| &checked.workflow().transitions);
    let count: usize = transitions.map(|one| one.listed().len().max(1)).sum();
    (count > MOST_WAYS).then(|| {
        let message = format!(
            "target `{NAME}` is given {MOST_WAYS} ways between states at most, and there are {count}"
        );
        let place = targets::place_of(workflows[0], NAME);
        let help = match workflows {
            [_] => "make several workflows of this one",
            _ => "build fewer workflows at once",
        };
        target_limits::other(message, place, "more than one request is made of")
            .help(help)
            .note("Jira documents no such limit: it is that of statewright")
            .blocking()
    })
}

/// A request has one scope, and these workflows have two.
pub fn two_scopes(first: &Together, second: &Together) -> Option<Diagnostic> {
    let [first, second] = [first, second].map(|together| together.workflows.first());
    let (first, second) = (first?.checked, second?.checked);
    let message = format!(
        "workflows `{}` and `{}` have two scopes in target `{NAME}`",
        first.identifier(),
        second.identifier()
    );
    let place = targets::place_of(second, NAME);
    Some(
        target_limits::other(message, place, "of another scope")
            .label(targets::place_of(first, NAME), "of one scope")
            .help("build the workflows of each scope by themselves")
            .note("a request has one scope")
            .blocking(),
    )
}

fn too_many_statuses(together: &Together) -> Option<Diagnostic> {
    let statuses = together.statuses.len();
    let message = format!(
        "target `{NAME}` takes {MOST_STATUSES} statuses a request, and there are {statuses}"
    );
    let first = together.workflows.first()?.checked;
    (statuses > MOST_STATUSES).then(|| {
        let place = targets::place_of(first, NAME);
        target_limits::other(message, place, "more states than one request takes")
            .help("build fewer workflows at once, or make several of this one")
    })
}

fn too_many_workflows(together: &Together) -> Option<Diagnostic> {
    let workflows = together.workflows.len();
    let message = format!(
        "target `{NAME}` takes {MOST_WORKFLOWS} workflows a request, and there are {workflows}"
    );
    let beyond = together.workflows.get(MOST_WORKFLOWS)?.checked;
    let place = targets::place_of(beyond, NAME);
    let report = target_limits::other(message, place, "the first that is too much");
    Some(report.help("build fewer workflows at once"))
}

/// States to which nothing leads once only the first start is kept.
pub fn without_way_in(checked: &Checked) -> Vec<StateId> {
    let first = checked.starts().next().map(|(id, _)| id);
    let ends = checked.steps().iter().map(|step| step.to);
    let reached: HashSet<StateId> = ends.chain(first).collect();
    let states = checked.states().map(|(id, _)| id);
    states.filter(|id| !reached.contains(id)).collect()
}

fn no_way_in(checked: &Checked) -> Option<Diagnostic> {
    let missed = without_way_in(checked);
    let resolved = checked.resolved();
    let names = resolved.names(&missed);
    let name_span = |id: &StateId| resolved.state(*id).name.span;
    let places: Vec<Span> = missed.iter().map(name_span).collect();
    let has = if names.len() == 1 { "has" } else { "have" };
    let some = suggest::phrase_up_to(&names, 3);
    let message = format!(
        "target `{NAME}` takes no status that nothing leads to, and {some} {has} no way in"
    );
    let report = at_all(&target_limits::CODE, message, &places, "nothing leads here")?;
    let help = format!("add a transition to `{}`", names.first()?);
    let (start, _) = checked.starts().next()?;
    let note = format!(
        "of the start states only the first is kept there: `{}`",
        checked.name(start)
    );
    Some(report.help(help).note(note))
}

/// Two transitions of one name that leave one state: only where an author allows what is an error
/// otherwise.
fn same_name(checked: &Checked) -> Option<Diagnostic> {
    let mut seen = crate::hashing::HashMap::default();
    let names = entries::names(checked.resolved());
    for step in checked.steps() {
        let transition = checked.transition(step);
        let name = &names[step.transition];
        let first = *seen.entry((name, step.from)).or_insert(step.transition);
        if first == step.transition {
            continue;
        }
        let from = checked.name(step.from);
        let message =
            format!("target `{NAME}` takes one transition `{name}` from one status, `{from}`");
        let report = target_limits::other(message, transition.place(), "the second one");
        let earlier = checked.workflow().transitions.get(first)?;
        return Some(
            report
                .label(earlier.place(), "the first one")
                .help("give one of them another name"),
        );
    }
    None
}

fn long_status(state: &State) -> Option<Diagnostic> {
    let what = "the name of a state".to_owned();
    too_long(&what, &state.name, MOST_STATUS_NAME)
}

fn long_texts(checked: &Checked) -> Vec<Diagnostic> {
    let workflow = checked.workflow();
    let starts = checked.starts().take(1);
    let starting = starts.filter_map(|(_, s)| s.transition.as_ref()?.name.as_ref());
    let transitions = workflow.transitions.iter();
    let named = starting.chain(transitions.filter_map(|t| t.name.as_ref().or(t.to.as_ref())));
    let title = workflow.name.as_ref().or(workflow.identifier.as_ref());
    let name = title.and_then(|t| too_long("the workflow's name", t, MOST_NAME));
    let description = workflow.description.as_ref();
    let description =
        description.and_then(|t| too_long("the workflow's description", t, MOST_DESCRIPTION));
    let names = named.filter_map(|t| too_long("the name of a transition", t, MOST_TRANSITION_NAME));
    let all = name.into_iter().chain(description).chain(names);
    let older = "the operation that Jira had before this one documents the limit";
    all.map(|report| report.severity(Severity::Warning).note(older))
        .collect()
}

fn too_long(what: &str, text: &Text, most: usize) -> Option<Diagnostic> {
    let length = text.value.chars().count();
    let report = || target_limits::too_long(what, length, most, "characters", text.span);
    (length > most).then(report)
}

fn outer_space(checked: &Checked) -> Option<Diagnostic> {
    let name = checked.workflow().name.as_ref()?;
    let trimmed = name.value.trim();
    let message =
        format!("target `{NAME}` takes no workflow name that begins or ends with a space");
    (trimmed != name.value).then(|| {
        target_limits::other(message, name.span, "a space at an end of it")
            .severity(Severity::Warning)
            .help(format!("write `{trimmed}`"))
    })
}
