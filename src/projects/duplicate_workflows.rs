//! `duplicate-workflows`: one identifier, several files.

use crate::hashing::HashMap;

use super::{Outline, Rule, told_apart};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::model::Text;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "duplicate-workflows",
    since: "0.1.0",
    group: Group::Projects,
    level: Level::Deny,
    summary: "two files whose workflows have one identifier",
    page: include_str!("duplicate_workflows.md"),
};

/// Compares the identifiers.
pub const RULE: Rule = Rule {
    code: &CODE,
    check,
    names_workflows: false,
};

fn check(workflows: &[&Outline], out: &mut Diagnostics) {
    let identifiers = workflows.iter().filter_map(|w| w.identifier.as_ref());
    for group in groups(identifiers, |identifier| identifier) {
        if group.len() > 1 {
            out.push(report(&group));
        }
    }
    if workflows.iter().all(|w| w.was.is_none()) {
        return;
    }
    let oldest = told_apart(workflows)
        .into_iter()
        .map(|(identifier, w)| (identifier, w.was.as_ref().unwrap_or(identifier)));
    for group in groups(oldest, |(_, oldest)| oldest) {
        if group.len() > 1 {
            out.push(of_oldest(&group));
        }
    }
}

/// Those of each name, in the order of the files.
fn groups<'w, T: Copy>(all: impl Iterator<Item = T>, name: impl Fn(T) -> &'w Text) -> Vec<Vec<T>> {
    let mut at: HashMap<&str, usize> = HashMap::default();
    let mut groups: Vec<Vec<T>> = Vec::new();
    for one in all {
        let index = *at.entry(&name(one).value).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// Workflows of which each now has an identifier of its own, and which were one.
fn of_oldest(group: &[(&Text, &Text)]) -> Diagnostic {
    let names: Vec<&str> = group.iter().map(|(name, _)| name.value.as_str()).collect();
    let ((_, first), (_, second)) = (group[0], group[1]);
    let name = &first.value;
    let all = suggest::phrase_up_to(&names, 2);
    let report = Diagnostic::new(
        &CODE,
        format!("workflows {all} have one oldest identifier, `{name}`"),
        second.span,
        "the oldest identifier of this one",
    )
    .label(first.span, "and of this one");
    let places = group.iter().skip(2).map(|(_, again)| again.span);
    report
        .each(places, MOST_LABELS, "and of this one")
        .help(format!(
            "keep `{name}` in the one that has the tickets, and delete it from `was` of the others"
        ))
        .note("ids that products know are derived from it: they would be the same for all of them")
}

fn report(group: &[&Text]) -> Diagnostic {
    let (first, second) = (group[0], group[1]);
    let report = Diagnostic::new(
        &CODE,
        format!(
            "workflow `{}` is defined in {} files",
            first.value,
            group.len()
        ),
        second.span,
        "defined again here",
    )
    .label(first.span, "first defined here");
    let places = group.iter().skip(2).map(|again| again.span);
    let report = report.each(places, MOST_LABELS, "and here");
    report
        .help(match group.len() {
            2 => "give one of the two another identifier, or delete one of the two files",
            _ => "give each workflow an identifier of its own, or delete the files that are copies",
        })
        .note("what is built from one of them would take the place of the other")
}

const MOST_LABELS: usize = 8;
