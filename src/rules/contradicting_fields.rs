//! `contradicting-fields`: a transition that happens by itself, and says what somebody does.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::language::transition::FIELDS;
use crate::model::{Notes, Transition};
use crate::rules::Rule;
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "contradicting-fields",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "fields of a transition of which one rules out the other",
    page: include_str!("contradicting_fields.md"),
};

/// Looks at transitions that happen by themselves.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    for transition in &resolved.workflow().transitions {
        if transition.details.is_some() && transition.is_automatic() {
            let denied = transition
                .details()
                .automatic
                .filter(|automatic| !automatic.value);
            if let (Some(denied), Some(after)) = (denied, &transition.details().after) {
                let after = after.written.span;
                out.push_made(&CODE, || report_denied(transition, denied.span, after));
            }
            if let Some((field, place)) = of_people(transition) {
                out.push_made(&CODE, || report(transition, field, place));
            }
        }
    }
}

/// The first field that says what somebody does, and where its value is.
fn of_people(transition: &Transition) -> Option<(&'static str, Span)> {
    let details = transition.details();
    let who = details.who.as_ref().map(|who| (FIELDS.who.name, who.span));
    let asks = details.asks.as_ref().filter(|asks| !asks.value.is_empty());
    let asks = asks.map(|asks| (FIELDS.asks.name, asks.span));
    let notes = transition
        .notes
        .filter(|notes| notes.value == Notes::Required);
    let notes = notes.map(|notes| (FIELDS.notes.name, notes.span));
    who.or(asks).or(notes)
}

fn report(transition: &Transition, field: &str, place: Span) -> Diagnostic {
    let details = transition.details();
    let after = details
        .after
        .as_ref()
        .map(|after| (FIELDS.after.name, after.written.span));
    let automatic = details
        .automatic
        .map(|flag| (FIELDS.automatic.name, flag.span));
    let (itself, there) = after
        .or(automatic)
        .unwrap_or((FIELDS.automatic.name, place));
    let what = match field == FIELDS.notes.name {
        true => format!("{field}: required"),
        false => field.to_owned(),
    };
    let message = format!(
        "transition `{}` happens by itself and has `{what}`",
        transition.label()
    );
    Diagnostic::new(&CODE, message, place, "nobody is there to do it")
        .label(there, "happens by itself")
        .help(format!("delete `{field}`, or delete `{itself}`"))
}

fn report_denied(transition: &Transition, denied: Span, after: Span) -> Diagnostic {
    let message = format!(
        "transition `{}` has `after` and is not `automatic`",
        transition.label()
    );
    Diagnostic::new(&CODE, message, denied, "does not happen by itself")
        .label(after, "happens by itself after this time")
        .help("delete `automatic`, or delete `after`")
}
