//! `undefined-states`: a name where a state belongs, and no state has it.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit, Group, Level};
use crate::graph::{Mention, Resolved, Role, Undefined};
use crate::model::{Promise, Text};
use crate::node::respelt;
use crate::rules::Rule;
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "undefined-states",
    group: Group::States,
    level: Level::Deny,
    summary: "a name that no state has",
    page: include_str!("undefined_states.md"),
};

/// Looks at every name that the graph could not find.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    // The state may stand in the part that could not be read.
    if resolved.workflow().doubts.states {
        return;
    }
    for undefined in resolved.undefined() {
        out.push(report(resolved, undefined));
    }
}

/// One report a name, however often it is written: it is one slip.
fn report(resolved: &Resolved, undefined: &Undefined) -> Diagnostic {
    let name = &undefined.name;
    let first = undefined.mentions[0];
    let message = format!("{} undefined state `{name}`", action(resolved, first.role));
    let mut report = Diagnostic::new(&CODE, message, first.span, "no state has this name");
    for mention in undefined.mentions.iter().skip(1).take(MOST_LABELS) {
        report = report.label(mention.span, "and here");
    }
    let Some(near) = undefined.near else {
        return match two_states(resolved, undefined) {
            Some(both) => report.help(both),
            None => match renamed(resolved, undefined) {
                Some(state) => perhaps_renamed(report, state, undefined),
                None => without_near(report, resolved, name),
            },
        };
    };
    let state = &resolved.state(near).name;
    let edits = undefined
        .mentions
        .iter()
        .map(|m| Edit::new(m.span, respelt(name, m.span, &state.value)));
    report
        .label(state.span, "a state with a similar name is defined here")
        .help(format!("change `{name}` to `{}`", state.value))
        .edits(true, edits.collect())
}

const MOST_LABELS: usize = 4;

fn without_near(report: Diagnostic, resolved: &Resolved, name: &str) -> Diagnostic {
    let report = report.help(format!(
        "add `{name}` to `states`, or name a state that exists"
    ));
    match suggest::listing(resolved.states().map(|(_, s)| s.name.value.as_str())) {
        Some(all) => report.note(format!("the states are {all}")),
        None => report,
    }
}

/// What to say of a name that is several: without a comma between them, or items of a list whose
/// dashes lack their space.
fn two_states(resolved: &Resolved, undefined: &Undefined) -> Option<String> {
    let first = undefined.name.strip_prefix('-').unwrap_or("");
    let first = first.split(" -").next().unwrap_or(first);
    if resolved.find(first).is_some() {
        return Some(format!("write a space after the dash: `- {first}`"));
    }
    let in_list = |role| matches!(role, Role::From(_) | Role::Except(_) | Role::Promise(_));
    let name = &undefined.name;
    let parts = name.match_indices(' ').map(|(at, _)| name.split_at(at));
    let known = |part: &str| resolved.find(part.trim()).is_some();
    let (first, second) = parts
        .filter(|_| undefined.mentions.iter().any(|m| in_list(m.role)))
        .find(|(first, second)| known(first) && known(second))?;
    let (first, second) = (first.trim(), second.trim());
    Some(format!("write a comma between `{first}` and `{second}`"))
}

/// The one state that nothing leads to or from, where this name stands in such a place: it may
/// have been renamed in one place only.
fn renamed<'r>(resolved: &'r Resolved, undefined: &Undefined) -> Option<&'r Text> {
    let of_the_graph = |role| matches!(role, Role::Start | Role::From(_) | Role::To(_));
    let strange =
        |u: &&Undefined| u.near.is_none() && u.mentions.iter().any(|m| of_the_graph(m.role));
    let mut strangers = resolved.undefined().iter().filter(strange);
    let only = strangers.next().filter(|_| strangers.next().is_none())?;
    match resolved.perhaps_renamed().as_slice() {
        [one] if only.name == undefined.name => Some(&resolved.state(*one).name),
        _ => None,
    }
}

fn perhaps_renamed(report: Diagnostic, state: &Text, undefined: &Undefined) -> Diagnostic {
    let name = &undefined.name;
    let edit = |m: &Mention| Edit::new(m.span, respelt(name, m.span, &state.value));
    report
        .label(state.span, "no start and no transition names this state")
        .help(format!(
            "change `{name}` to `{}` if that is its new name, or add `{name}` to `states`",
            state.value
        ))
        .edits(false, undefined.mentions.iter().map(edit).collect())
}

/// Who names the state, and what they do with it.
fn action(resolved: &Resolved, role: Role) -> String {
    let workflow = resolved.workflow();
    let transition = |index: usize| format!("transition `{}`", workflow.transitions[index].label());
    match role {
        Role::Start => "the workflow starts in".to_owned(),
        Role::From(index) => format!("{} starts from", transition(index)),
        Role::To(index) => format!("{} leads to", transition(index)),
        Role::Except(index) => format!("{} excepts", transition(index)),
        Role::Promise(index) => {
            let word = match workflow.expect[index].promise {
                Promise::Allow(_) => "allow",
                Promise::Forbid(_) => "forbid",
                Promise::Pass { .. } => "pass",
                Promise::Reach { .. } => "reach",
                Promise::Never { .. } => "never",
            };
            format!("promise `{word}` names")
        }
    }
}

/// A state named in a target's own block: `place` names what names it, such as
/// "`status` of target `xurrent`". `None` where the workflow itself names the same undefined
/// state: that is reported there, and one slip is one report.
pub fn in_target(resolved: &Resolved, place: &str, name: &str, span: Span) -> Option<Diagnostic> {
    if resolved.undefined().iter().any(|known| known.name == name) {
        return None;
    }
    let message = format!("{place} names undefined state `{name}`");
    let report = Diagnostic::new(&CODE, message, span, "no state has this name");
    let Some(near) = resolved.nearest(name) else {
        return Some(without_near(report, resolved, name));
    };
    let state = &resolved.state(near).name;
    let report = report
        .label(state.span, "a state with a similar name is defined here")
        .help(format!("change `{name}` to `{}`", state.value))
        .fix(span, respelt(name, span, &state.value));
    Some(report)
}
