//! `duplicate-workflows`: one identifier, several files.

use crate::hashing::HashMap;

use super::{Outline, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::model::Text;

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
    for group in groups(workflows).iter().filter(|group| group.len() > 1) {
        out.push(report(group));
    }
}

/// The places of each identifier, in the order of the files.
fn groups<'w>(workflows: &[&'w Outline]) -> Vec<Vec<&'w Text>> {
    let mut at: HashMap<&str, usize> = HashMap::default();
    let mut groups: Vec<Vec<&Text>> = Vec::new();
    for identifier in workflows.iter().filter_map(|w| w.identifier.as_ref()) {
        let index = *at.entry(&identifier.value).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.push(identifier),
            None => groups.push(vec![identifier]),
        }
    }
    groups
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
