//! `changed-categories`: the clock of tickets in a state does something else.

use super::{Changed, Destination, Rule, clock, clock_before};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::StateId;
use crate::model::Category;
use crate::source::Spanned;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "changed-categories",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Warn,
    summary: "the clock of tickets in a state does something else",
    page: include_str!("changed_categories.md"),
};

/// Compares the categories of states that are in both versions, and of those that are gone with the
/// states which take their tickets.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    let kept = pair.kept();
    let gone = pair
        .removed()
        .filter_map(|old| match changed.destination(old) {
            Destination::Here(new) => Some((old, new)),
            _ => None,
        });
    for (old, new) in kept.chain(gone) {
        let categories = pair
            .old
            .state(old)
            .category
            .zip(pair.new.state(new).category);
        if let Some((was, is)) = categories.filter(|(was, is)| was.value != is.value) {
            out.push_made(&CODE, || {
                changed.concerning(report(changed, (old, was), (new, is)), [old])
            });
        }
    }
    for old in pair.removed() {
        let Destination::Away {
            workflow,
            state,
            category: Some(is),
        } = changed.destination(old)
        else {
            continue;
        };
        if let Some(was) = pair.old.state(old).category.filter(|was| was.value != is) {
            out.push_made(&CODE, || {
                let to = format!("`{state}` of `{workflow}`");
                changed.concerning(of_away(changed, (old, was), is, &to), [old])
            });
        }
    }
}

/// Tickets that go to a state of another workflow.
fn of_away(changed: &Changed, (old, was): Of, is: Category, to: &str) -> Diagnostic {
    let name = changed.difference.pair.old.name(old);
    let entry = changed.migration(name);
    let (was_word, is_word) = (was.value.word(), is.word());
    Diagnostic::new(
        &CODE,
        format!("tickets of state `{name}` move from category `{was_word}` to `{is_word}`"),
        entry.map_or(changed.now().place, |one| one.to.span),
        format!("in {to} the clock {}", clock(is)),
    )
    .label(was.span, format!("before, the clock {} here", clock_before(was.value)))
    .help(format!(
        "let tickets of `{name}` go to a state of category `{was_word}`, if their clock should go on as it did"
    ))
    .note("figures about these tickets change with it")
}

type Of = (StateId, Spanned<Category>);

fn report(changed: &Changed, (old, was): Of, (new, is): Of) -> Diagnostic {
    let pair = &changed.difference.pair;
    let (name, old_name) = (pair.new.name(new), pair.old.name(old));
    let is_moved = pair.new_of(old).is_none();
    let (was_word, is_word) = (was.value.word(), is.value.word());
    let (message, place) = match is_moved {
        true => {
            let entry = changed.migration(old_name);
            (
                format!(
                    "tickets of state `{old_name}` move from category `{was_word}` to `{is_word}`"
                ),
                entry.map_or(is.span, |one| one.to.span),
            )
        }
        false => (
            format!("state `{name}` changes its category from `{was_word}` to `{is_word}`"),
            is.span,
        ),
    };
    Diagnostic::new(&CODE, message, place, format!("here the clock {}", clock(is.value)))
        .label(was.span, format!("before, the clock {} here", clock_before(was.value)))
        .help(match is_moved {
            true => format!("let tickets of `{old_name}` go to a state of category `{was_word}`, if their clock should go on as it did"),
            false => format!("change `category` back to `{was_word}`, or accept it with a comment that says why"),
        })
        .note("it changes for the tickets that are in this state already, and so do figures about them")
}
