//! `broken-migrations`: where tickets of a removed state go is not a state.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::hashing::HashMap;
use crate::model::Migration;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "broken-migrations",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "a removed state whose tickets go nowhere",
    page: include_str!("broken_migrations.md"),
};

/// Follows each entry of `migrate` until a state that there is.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let workflow = resolved.workflow();
    if workflow.migrate.is_empty() || workflow.doubts.states {
        return;
    }
    let mut entries: HashMap<&str, usize> = HashMap::default();
    for (index, entry) in workflow.migrate.iter().enumerate() {
        entries.entry(entry.from.value.as_str()).or_insert(index);
    }
    let next = |entry: &Migration| match &entry.workflow {
        Some(_) => Next::There,
        None if resolved.find(&entry.to.value).is_some() => Next::There,
        None => entries
            .get(entry.to.value.as_str())
            .map_or(Next::Nowhere, |index| Next::Entry(*index)),
    };
    // In which walk each entry was come to, from 1.
    let mut walked = vec![0; workflow.migrate.len()];
    for (index, entry) in workflow.migrate.iter().enumerate() {
        if let Next::Nowhere = next(entry) {
            out.push_made(&CODE, || report_nowhere(resolved, entry));
        }
        let mut at = index;
        while walked[at] == 0 {
            walked[at] = index + 1;
            match next(&workflow.migrate[at]) {
                Next::Entry(to) if walked[to] == index + 1 => {
                    out.push_made(&CODE, || {
                        report_circle(&workflow.migrate[at], &workflow.migrate[to])
                    });
                }
                Next::Entry(to) => at = to,
                Next::There | Next::Nowhere => {}
            }
        }
    }
}

/// What follows an entry.
enum Next {
    /// A state that there is, or that another workflow has.
    There,
    /// Another entry.
    Entry(usize),
    /// Nothing.
    Nowhere,
}

fn report_nowhere(resolved: &Resolved, entry: &Migration) -> Diagnostic {
    let (from, to) = (&entry.from.value, &entry.to.value);
    let message = format!("tickets of `{from}` go to `{to}`, which is not a state");
    let report = Diagnostic::new(&CODE, message, entry.to.span, "no state has this name");
    let names = || {
        resolved
            .states()
            .map(|(_, state)| state.name.value.as_str())
    };
    match resolved.nearest(to) {
        Some(near) => report
            .label(
                resolved.state(near).name.span,
                "a state with a similar name is defined here",
            )
            .help(format!("change `{to}` to `{}`", resolved.name(near))),
        None => {
            let report = report.help(format!(
                "name a state of this workflow, or say where tickets of `{to}` go under `migrate`"
            ));
            match suggest::listing(names()) {
                Some(all) => report.note(format!("the states are {all}")),
                None => report,
            }
        }
    }
}

fn report_circle(last: &Migration, first: &Migration) -> Diagnostic {
    let (from, to) = (&last.from.value, &last.to.value);
    let message = match from == to {
        true => format!("tickets of `{from}` go to `{to}` itself, which is not a state"),
        false => format!("tickets of `{from}` go round to `{to}` again, and to no state"),
    };
    let report = Diagnostic::new(&CODE, message, last.to.span, "leads back");
    let report = match from == to {
        true => report,
        false => report.label(first.from.span, "from here, the entries lead round"),
    };
    report.help("name a state of this workflow for one of them")
}
