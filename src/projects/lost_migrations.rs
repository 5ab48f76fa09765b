//! `lost-migrations`: tickets go to a state that another workflow does not have.

use super::{Outline, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::hashing::{HashMap, HashSet};
use crate::model::{Migration, Text};
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "lost-migrations",
    since: "0.1.0",
    group: Group::Projects,
    level: Level::Deny,
    summary: "a removed state whose tickets go to a state that another workflow does not have",
    page: include_str!("lost_migrations.md"),
};

/// Looks up the states of other workflows under `migrate`.
pub const RULE: Rule = Rule {
    code: &CODE,
    check,
    names_workflows: false,
};

fn check(workflows: &[&Outline], out: &mut Diagnostics) {
    let migrations = workflows.iter().flat_map(|one| &one.to_others);
    let mut wanted: HashMap<&str, Vec<&Migration>> = HashMap::default();
    for migration in migrations {
        if let Some(workflow) = &migration.workflow {
            let all = wanted.entry(workflow.value.as_str()).or_default();
            all.push(migration);
        }
    }
    if wanted.is_empty() {
        return;
    }
    let mut others: HashMap<&str, Vec<&Outline>> = HashMap::default();
    for other in workflows {
        if let Some(name) = other.identifier.as_ref().map(|name| name.value.as_str())
            && wanted.contains_key(name)
        {
            others.entry(name).or_default().push(other);
        }
    }
    for other in workflows {
        let Some(name) = &other.identifier else {
            continue;
        };
        // All that have the name are looked at with the first of them.
        let Some(others) = others.remove(name.value.as_str()) else {
            continue;
        };
        let is_known = others.iter().all(|other| other.knows_states);
        let states = others.iter().flat_map(|other| other.states.iter());
        let states: Vec<&Text> = states.map(|(name, _)| name).collect();
        let gone = others.iter().flat_map(|other| &other.gone);
        let all = states.iter().copied().chain(gone);
        let all: HashSet<&str> = all.map(|name| name.value.as_str()).collect();
        let wanted = wanted.get(name.value.as_str());
        for migration in wanted.into_iter().flatten().filter(|_| is_known) {
            if !all.contains(migration.to.value.as_str()) {
                out.push_made(&CODE, || report(migration, name, &states));
            }
        }
    }
}

fn report(migration: &Migration, workflow: &Text, states: &[&Text]) -> Diagnostic {
    let (from, to) = (&migration.from.value, &migration.to.value);
    let other = &workflow.value;
    let message =
        format!("tickets of `{from}` go to `{to}`, which workflow `{other}` does not have");
    let label = format!("no state of `{other}` has this name");
    let report = Diagnostic::new(&CODE, message, migration.to.span, label);
    let names = || states.iter().map(|state| state.value.as_str());
    let near = suggest::nearest(to, names());
    match near.and_then(|near| states.iter().find(|state| state.value == near)) {
        Some(near) => report
            .label(near.span, "a state with a similar name is defined here")
            .help(format!("change `{to}` to `{}`", near.value)),
        None => {
            let report = report.help(format!("write a state of `{other}`"));
            match suggest::listing(names()) {
                Some(all) => report.note(format!("its states are {all}")),
                None => report,
            }
        }
    }
}
