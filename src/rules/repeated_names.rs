//! `repeated-names`: a list names the same thing twice.

use crate::hashing::HashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::language::values::Asks;
use crate::language::{Field, Kind, transition};
use crate::model::{From, Text, Workflow};
use crate::rules::Rule;
use crate::rules::lists::List;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "repeated-names",
    since: "0.1.0",
    group: Group::States,
    level: Level::Warn,
    summary: "a list that names the same thing twice",
    page: include_str!("repeated_names.md"),
};

/// Looks at every list in which the order says nothing. States under `from` and `start` are for
/// `duplicate-transitions`: there, the second one makes a second transition.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    each_list(resolved.workflow(), &mut |list, owner| {
        let again = repeated(list, |name| &name.value);
        if !again.is_empty() {
            out.push_made(&CODE, || report(list, &again, &owner()));
        }
    });
}

/// The positions of names that stood in the list before.
fn repeated<T>(list: &[T], name: impl Fn(&T) -> &str) -> Vec<usize> {
    // Nearly all lists are short.
    const FEW: usize = 8;
    let names = list.iter().map(&name).enumerate();
    if list.len() <= FEW {
        let stood_before = |at: usize, is: &str| list[..at].iter().any(|one| name(one) == is);
        let again = names.filter(|(at, is)| stood_before(*at, is));
        return again.map(|(at, _)| at).collect();
    }
    let mut seen = HashSet::with_capacity_and_hasher(list.len(), Default::default());
    let again = names.filter(|(_, name)| !seen.insert(*name));
    again.map(|(at, _)| at).collect()
}

type Look<'l> = &'l mut dyn FnMut(&[Text], &dyn Fn() -> String);

/// Calls `look` with each list and a way to say what it is: "`editable` of state `New`".
fn each_list(workflow: &Workflow, look: Look) {
    workflow.each_list(&mut |field, list| {
        look(list, &|| format!("`{}` of the workflow", field.name));
    });
    if let Some(new_ticket) = &workflow.new_ticket {
        new_ticket.each_list(&mut |field, list| {
            look(list, &|| format!("`{}` of `new-ticket`", field.name));
        });
    }
    let words = workflow.start.iter().filter_map(|s| s.transition.as_ref());
    for start in words.filter(|words| words.details.is_some()) {
        start.each_list(&mut |field, list| {
            if !matches!(field.kind, Kind::Texts) {
                look(list, &|| format!("`{}` of an item of `start`", field.name));
            }
        });
        let asks = start.details().asks.as_ref();
        asked(asks, &mut |list| {
            look(list, &|| {
                format!("`{}` of an item of `start`", transition::FIELDS.asks.name)
            });
        });
    }
    for state in &workflow.states {
        state.each_list(&mut |field, list| {
            look(list, &|| {
                format!("`{}` of state `{}`", field.name, state.name.value)
            });
        });
    }
    for transition in &workflow.transitions {
        let of = |field: &Field| format!("`{}` of transition `{}`", field.name, transition.label());
        transition.each_list(&mut |field, list| {
            // What is done may be done twice.
            if !matches!(field.kind, Kind::Texts) {
                look(list, &|| of(field));
            }
        });
        let asks = transition.details().asks.as_ref();
        asked(asks, &mut |list| {
            look(list, &|| of(&transition::FIELDS.asks))
        });
        if let Some(From::Every { except, .. }) = &transition.from {
            look(except, &|| of(&transition::FIELDS.except));
        }
    }
    if let Some(roles) = &workflow.roles {
        let names: Vec<Text> = roles.value.iter().map(|role| role.name.clone()).collect();
        look(&names, &|| "`roles` of the workflow".to_owned());
    }
    for expectation in &workflow.expect {
        // A walk may pass a state twice.
        let is_walk = |kind: &Kind| matches!(kind, Kind::Move | Kind::Walk);
        let lists = expectation.promise.lists();
        for (field, list) in lists.filter(|(field, _)| !is_walk(&field.kind)) {
            look(list, &|| format!("`{}` of a promise", field.name));
        }
    }
}

/// Calls `look` with the fields that are asked for, where one is asked for twice.
fn asked(asks: Option<&Asks>, look: &mut dyn FnMut(&[Text])) {
    let is_repeated = |asks: &&Asks| !repeated(&asks.value, |field| &field.name.value).is_empty();
    if let Some(asks) = asks.filter(is_repeated) {
        let names: Vec<Text> = asks.value.iter().map(|field| field.name.clone()).collect();
        look(&names);
    }
}

fn report(list: &[Text], again: &[usize], owner: &str) -> Diagnostic {
    let mut names: Vec<&str> = again.iter().map(|at| list[*at].value.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let name = suggest::phrase_up_to(&names, 3);
    let second = &list[again[0]];
    let mut report = Diagnostic::new(
        &CODE,
        format!("{owner} names {name} more than once"),
        second.span,
        "named again here",
    );
    let first = list.iter().find(|n| n.value == second.value);
    if let Some(first) = first {
        report = report.label(first.span, "first named here");
    }
    let places = again.iter().skip(1).map(|at| list[*at].span);
    let report = report.each(places, MOST_LABELS, "and here");
    let report = report.help(match again.len() {
        1 => format!("delete the second {name}"),
        _ => "delete all but the first of each".to_owned(),
    });
    match List::of(list).without(again) {
        Some(edits) => report.edits(true, edits),
        None => report,
    }
}

const MOST_LABELS: usize = 4;
