//! What iTwin cannot say, and what its authoring tool and its issues do not take.

use crate::hashing::{HashMap, HashSet};

use super::{NAME, Settings};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::graph::StateId;
use crate::model::Text;
use crate::rules::Checked;
use crate::source::Span;
use crate::suggest;
use crate::targets::losses::{self, Loss};
use crate::targets::{blocks, read_only_fields, target_limits, unknown_values};

pub const LOSSES: &[Loss] = &[
    Loss::no_waiting(
        "iTwin knows `Open`, `Closed` and `Draft`: an issue that waits looks like one in work",
    )
    .label("becomes `Open`"),
    losses::TITLES.what("a workflow's name and description"),
    losses::STATE_DESCRIPTIONS,
    losses::TICKET_TYPES,
    losses::FORMER_NAMES,
    losses::FORMER_IDENTIFIERS.at(of_no_use),
];

/// Former identifiers where the id does not follow from the oldest.
fn of_no_use(checked: &Checked) -> Vec<Span> {
    let settings = blocks::of::<Settings>(checked);
    let was = checked.workflow().was.as_ref();
    let written = settings.id.is_some();
    was.filter(|_| written)
        .map(|was| was.span)
        .into_iter()
        .collect()
}

/// Reports what the product would not take.
pub fn report(checked: &Checked, out: &mut Diagnostics) {
    report_properties(checked, out);
    out.extend(too_few_states(checked));
    out.extend(same_two_states(checked));
}

/// Properties of an issue that people set, by the Issues API: those of the page's example, and
/// those that an issue may be updated with.
const PROPERTIES: &[&str] = &[
    "subject",
    "description",
    "dueDate",
    "assignee",
    "assignee.id",
    "assignee.displayName",
    "assignees",
    "type",
    "sourceEntity",
    "boundingBox",
    "modelPin",
    "modelView",
    "location",
    "properties",
];

/// Properties of an issue that the service sets; `status` changes by transitions only.
const READ_ONLY: &[&str] = &["status", "state", "number", "displayName", "createdBy"];

fn report_properties(checked: &Checked, out: &mut Diagnostics) {
    // Each name once, however many states have it.
    let mut seen = HashSet::default();
    let names: Vec<&Text> = editable_names(checked)
        .filter(|name| seen.insert(name.value.as_str()))
        .collect();
    let those = |wanted: &dyn Fn(&str) -> bool| -> Vec<(&str, Span)> {
        let pairs = names.iter().map(|t| (t.value.as_str(), t.span));
        pairs.filter(|(name, _)| wanted(name)).collect()
    };
    let read_only = those(&|name| READ_ONLY.contains(&name));
    let unknown = those(&|name| !is_known(name) && !READ_ONLY.contains(&name));
    out.extend(not_editable(&read_only));
    out.extend(unknown_values::names(
        NAME,
        "`editable`",
        &unknown,
        PROPERTIES,
    ));
}

fn editable_names(checked: &Checked) -> impl Iterator<Item = &Text> {
    let workflow = checked.workflow();
    let before = workflow
        .new_ticket
        .iter()
        .filter_map(|new| new.editable.as_ref());
    let states = workflow.states.iter().filter_map(|s| s.editable.as_ref());
    before.chain(states).flat_map(|e| &e.value)
}

/// Custom properties hang under `properties`.
fn is_known(name: &str) -> bool {
    PROPERTIES.contains(&name) || name.starts_with("properties.")
}

fn not_editable(names: &[(&str, Span)]) -> Option<Diagnostic> {
    let report = read_only_fields::report("`editable`", names)?;
    let report = report.severity(Severity::Warning);
    Some(match names.iter().any(|(name, _)| *name == "status") {
        true => report.note("`status` changes by transitions alone"),
        false => report,
    })
}

/// The authoring tool asks for two states at least.
fn too_few_states(checked: &Checked) -> Option<Diagnostic> {
    let [only] = checked.workflow().states.as_slice() else {
        return None;
    };
    let message = format!("target `{NAME}` takes two states or more, and there is one");
    let report = target_limits::other(message, only.name.span, "the only state");
    Some(
        report
            .severity(Severity::Warning)
            .help("add the state that the work leads to"),
    )
}

/// The authoring tool takes one transition from one state to another, whatever its name.
fn same_two_states(checked: &Checked) -> Option<Diagnostic> {
    let mut first: HashMap<(StateId, StateId), usize> = HashMap::default();
    let transition = |index: usize| &checked.workflow().transitions[index];
    for step in checked.steps() {
        let earlier = *first.entry((step.from, step.to)).or_insert(step.transition);
        if earlier == step.transition {
            continue;
        }
        let (one, other) = (transition(earlier), transition(step.transition));
        let message = format!(
            "target `{NAME}` takes one of transitions {}",
            suggest::phrase(&[one.label(), other.label()])
        );
        let (from, to) = (checked.name(step.from), checked.name(step.to));
        let label = format!("a second way from `{from}` to `{to}`");
        let report = target_limits::other(message, other.place(), &label);
        return Some(
            report
                .severity(Severity::Warning)
                .label(one.place(), "the first way")
                .help("make them one transition")
                .note("the product's form manager refuses a second one between the same states"),
        );
    }
    None
}
