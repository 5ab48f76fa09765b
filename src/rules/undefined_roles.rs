//! `undefined-roles`: a role that is named and not declared.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::hashing::{HashMap, HashSet};
use crate::model::{Start, Text, Workflow};
use crate::node::respelt;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "undefined-roles",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "a role that is not declared",
    page: include_str!("undefined_roles.md"),
};

/// Looks at every role under `who` and `by`, where the file says which roles there are.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let workflow = resolved.workflow();
    let Some(declared) = workflow.roles.as_ref().filter(|_| !workflow.doubts.roles) else {
        return;
    };
    let declared: Vec<&Text> = declared.value.iter().map(|role| &role.name).collect();
    let known: HashSet<&str> = declared.iter().map(|role| role.value.as_str()).collect();
    let mut found: Vec<Vec<&Text>> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::default();
    for name in mentions(workflow).filter(|name| !known.contains(name.value.as_str())) {
        let at = *at.entry(name.value.as_str()).or_insert(found.len());
        match found.get_mut(at) {
            Some(places) => places.push(name),
            None => found.push(vec![name]),
        }
    }
    for places in found {
        out.push_made(&CODE, || report(&declared, &places));
    }
}

/// Every role that is named where one belongs.
pub fn mentions(workflow: &Workflow) -> impl Iterator<Item = &Text> {
    let starts = workflow.start.iter().filter_map(Start::who).flatten();
    let transitions = workflow.transitions.iter();
    let transitions = transitions.filter_map(|t| t.details().who.as_ref());
    let promises = workflow.expect.iter();
    let promises = promises.filter_map(|e| e.promise.by()).flatten();
    let all = starts.chain(transitions.flat_map(|who| &who.value));
    all.chain(promises)
}

fn report(declared: &[&Text], places: &[&Text]) -> Diagnostic {
    const MOST_LABELS: usize = 4;
    let name = &places[0].value;
    let message = format!("role `{name}` is not declared under `roles`");
    let report = Diagnostic::new(&CODE, message, places[0].span, "no role has this name");
    let others = places[1..].iter().map(|place| place.span);
    let report = report.each(others, MOST_LABELS, "and here");
    let names = || declared.iter().map(|role| role.value.as_str());
    let are_roles = |parts: &Vec<&str>| parts.iter().all(|part| names().any(|role| role == *part));
    if let Some(roles) = suggest::joined(name).find(are_roles) {
        let list = |place: &&Text| {
            let roles = roles.iter().map(|role| respelt(name, place.span, role));
            roles.collect::<Vec<_>>().join(", ")
        };
        let first = list(&places[0]);
        return report
            .help(format!("write `[{first}]`"))
            .note("a list of roles stands in brackets");
    }
    let near = suggest::nearest(name, names());
    match near.and_then(|near| declared.iter().find(|role| role.value == near)) {
        Some(near) => {
            let edits = places.iter().map(|place| {
                let spelt = respelt(name, place.span, &near.value);
                crate::diagnostic::Edit::new(place.span, spelt)
            });
            report
                .label(near.span, "a role with a similar name is declared here")
                .help(format!("change `{name}` to `{}`", near.value))
                .edits(suggest::alike(name, &near.value), edits.collect())
        }
        None => {
            let report = report.help(format!(
                "add `{name}` to `roles`, or name a role that is there"
            ));
            match suggest::listing(names()) {
                Some(all) => report.note(format!("the roles are {all}")),
                None => report,
            }
        }
    }
}
