//! `removed-workflows`: a workflow that is gone, or its ticket types without one.

use super::weighed;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::hashing::HashSet;
use crate::model::Workflow;
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "removed-workflows",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Deny,
    summary: "a workflow that is gone, or ticket types that have none any more",
    page: include_str!("removed_workflows.md"),
};

/// Reports a workflow that is gone at `place`, in the new version; with how many tickets it had, and whether
/// that is all, where it is known.
pub fn gone(
    old: &Workflow,
    types: &HashSet<&str>,
    place: Span,
    tickets: Option<(u64, bool)>,
    out: &mut Diagnostics,
) {
    let identifier = old.identifier.as_ref();
    let name = identifier.map_or("", |text| text.value.as_str());
    let left = without_workflow(old, types);
    let report = Diagnostic::new(
        &CODE,
        format!("workflow `{name}` is gone, and no other one says that it was this"),
        place,
        "its file was here",
    )
    .label(
        identifier.map_or(old.place, |text| text.span),
        "it was defined here",
    )
    .help(format!(
        "keep the file, or add `{name}` to `was` of the workflow that takes its place"
    ));
    let report = match tickets {
        Some((count, is_whole)) => weighed(report, count, is_whole),
        None => report,
    };
    out.push(match left.is_empty() {
        true => report.note("its tickets have no workflow any more"),
        false => report.note(format!(
            "its tickets have no workflow any more, nor have new ones of {}",
            suggest::phrase_up_to(&left, 4)
        )),
    });
}

/// Reports ticket types of a workflow that is left which have none any more.
pub fn left_alone(old: &Workflow, new: &Workflow, types: &HashSet<&str>, out: &mut Diagnostics) {
    let left = without_workflow(old, types);
    if left.is_empty() {
        return;
    }
    let names = suggest::phrase_up_to(&left, 4);
    let place = new.applies_to.as_ref().map_or(new.place, |list| list.span);
    let was = old.applies_to.as_ref().map_or(old.place, |list| list.span);
    out.push(
        Diagnostic::new(
            &CODE,
            format!("no workflow applies to {names} any more"),
            place,
            "nor does this one",
        )
        .label(was, "this one did")
        .help(format!("add {names} to `applies-to` of a workflow")),
    );
}

/// The ticket types of an old workflow that no new one has.
fn without_workflow<'w>(old: &'w Workflow, types: &HashSet<&str>) -> Vec<&'w str> {
    let names = old.applies_to().iter().map(|text| text.value.as_str());
    names.filter(|name| !types.contains(name)).collect()
}
