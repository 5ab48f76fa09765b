//! `empty-wildcards`: `"*"` or its `except` that does nothing.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit, Group, Level};
use crate::graph::Resolved;
use crate::model::{From, Text, Transition};
use crate::rules::Rule;
use crate::rules::lists::List;
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "empty-wildcards",
    since: "0.1.0",
    group: Group::States,
    level: Level::Warn,
    summary: "`\"*\"` that matches no state, or `except` with a state it never matches",
    page: include_str!("empty_wildcards.md"),
};

/// Counts what each `"*"` makes, and looks at what each `except` takes from it.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    if resolved.workflow().doubts.states || resolved.is_cut_short() {
        return;
    }
    let matches = matches(resolved);
    for (index, transition) in resolved.workflow().transitions.iter().enumerate() {
        let Some(From::Every { span, except }) = &transition.from else {
            continue;
        };
        // A transition that leads to no one knows where makes no moves yet.
        if transition.to.is_none() {
            continue;
        }
        if matches[index] == 0 {
            out.push_made(&CODE, || report_empty(transition, *span));
            continue;
        }
        let list = List::of(except);
        for (at, name) in except.iter().enumerate() {
            if let Some(why) = never_matched(resolved, transition, name) {
                out.push_made(&CODE, || {
                    report_except(transition, name, why, list.without(&[at]))
                });
            }
        }
    }
}

/// How many moves each transition makes from `"*"`, the ones that are written out again included.
fn matches(resolved: &Resolved) -> Vec<usize> {
    let mut count = vec![0; resolved.workflow().transitions.len()];
    for step in resolved.moves().iter().filter(|m| m.every) {
        count[step.transition] += 1;
    }
    for covered in resolved.covered() {
        count[covered.every] += 1;
    }
    count
}

/// Why `"*"` would leave out the state anyway.
fn never_matched(
    resolved: &Resolved,
    transition: &Transition,
    name: &Text,
) -> Option<&'static str> {
    let id = resolved.find(&name.value)?;
    let to = transition.to.as_ref();
    if resolved.state(id).is_final() {
        Some("is final")
    } else if to.is_some_and(|to| to.value == name.value) {
        Some("is where the transition leads")
    } else {
        None
    }
}

fn report_empty(transition: &Transition, star: Span) -> Diagnostic {
    let message = format!("transition `{}` starts from no state", transition.label());
    Diagnostic::new(&CODE, message, star, "matches no state")
        .help("name the states it starts from, or delete the transition")
        .note("`\"*\"` matches every state that is not final, not excepted, and not the one it leads to")
}

fn report_except(
    transition: &Transition,
    excepted: &Text,
    why: &'static str,
    cut: Option<Vec<Edit>>,
) -> Diagnostic {
    let name = &excepted.value;
    let report = Diagnostic::new(
        &CODE,
        format!(
            "transition `{}` excepts `{name}`, which `\"*\"` never matches",
            transition.label()
        ),
        excepted.span,
        format!("`{name}` {why}"),
    );
    match cut {
        Some(edits) => report
            .help(format!("delete `{name}` from `except`"))
            .edits(true, edits),
        None => report.help("delete `except`"),
    }
}
