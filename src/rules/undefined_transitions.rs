//! `undefined-transitions`: a promise names a transition that is not there.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::hashing::HashSet;
use crate::model::Text;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "undefined-transitions",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "a name that no transition has",
    page: include_str!("undefined_transitions.md"),
};

/// Looks at the names that promises list, which are those of transitions and starts.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let workflow = resolved.workflow();
    let doubts = workflow.doubts;
    let lists = workflow.expect.iter().map(|e| e.promise.transitions());
    if lists.clone().all(<[Text]>::is_empty) || doubts.transitions || doubts.start {
        return;
    }
    let transitions = workflow.transitions.iter().map(|t| t.label());
    let starts = workflow.start.iter().map(|start| start.label());
    let labels: Vec<&str> = transitions.chain(starts).collect();
    let known: HashSet<&str> = labels.iter().copied().collect();
    for name in lists
        .flatten()
        .filter(|name| !known.contains(name.value.as_str()))
    {
        out.push_made(&CODE, || report(name, &labels));
    }
}

fn report(name: &Text, labels: &[&str]) -> Diagnostic {
    let message = format!(
        "promise names transition `{}`, which is not there",
        name.value
    );
    let label = "no transition and no start has this name";
    let report = Diagnostic::new(&CODE, message, name.span, label);
    match suggest::nearest(&name.value, labels.iter().copied()) {
        Some(near) => report.help(format!("change `{}` to `{near}`", name.value)),
        None => report
            .help("write the name of a transition or of a start, as the file has it")
            .note("one without a name has that of the state it leads to"),
    }
}
