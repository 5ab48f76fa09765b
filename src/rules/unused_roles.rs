//! `unused-roles`: a role that is declared and may do nothing.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::hashing::HashSet;
use crate::model::Role;
use crate::rules::Rule;
use crate::rules::undefined_roles::mentions;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unused-roles",
    since: "0.1.0",
    group: Group::States,
    level: Level::Warn,
    summary: "a declared role that may do nothing",
    page: include_str!("unused_roles.md"),
};

/// Looks for roles that neither `who` nor `by` names.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let workflow = resolved.workflow();
    let doubts = workflow.doubts;
    let Some(declared) = workflow.roles.as_ref() else {
        return;
    };
    if doubts.roles || doubts.transitions || doubts.start {
        return;
    }
    let used: HashSet<&str> = mentions(workflow).map(|name| name.value.as_str()).collect();
    // One of these may be meant by a name that is misspelt.
    let names = declared.value.iter().map(|role| role.name.value.as_str());
    let known: HashSet<&str> = names.collect();
    if !used.is_subset(&known) {
        return;
    }
    let unused: Vec<&Role> = declared
        .value
        .iter()
        .filter(|role| !used.contains(role.name.value.as_str()))
        .collect();
    if !unused.is_empty() {
        out.push_made(&CODE, || report(&unused));
    }
}

fn report(unused: &[&Role]) -> Diagnostic {
    const MOST_LABELS: usize = 4;
    let names: Vec<&str> = unused.iter().map(|role| role.name.value.as_str()).collect();
    let is_one = names.len() == 1;
    let names = suggest::phrase_up_to(&names, 3);
    let message = match is_one {
        true => format!("role {names} is declared, and no `who` names it"),
        false => format!("roles {names} are declared, and no `who` names them"),
    };
    let places = unused[1..].iter().map(|role| role.name.span);
    Diagnostic::new(
        &CODE,
        message,
        unused[0].name.span,
        "may do nothing of its own",
    )
    .each(places, MOST_LABELS, "nor may this one")
    .help(format!(
        "say in `who` what {names} may do, or delete the declaration"
    ))
}
