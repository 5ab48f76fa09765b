//! `changed-timers`: a move that happens by itself begins, ends, or comes earlier.

use super::asked::called;
use super::{Changed, Rule, before};
use crate::changes::{Change, Subject, Value, What};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::hashing::HashSet;
use crate::model::Duration;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "changed-timers",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Warn,
    summary: "a transition that now happens by itself, or earlier, or no longer does",
    page: include_str!("changed_timers.md"),
};

/// Looks at `automatic` and `after`.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    let fields = Said::of(changed);
    for (change, from) in changed.of_moves() {
        if let Some((what, label)) = changes(&fields, change) {
            out.push_made(&CODE, || {
                let place = change.new.unwrap_or_else(|| changed.transitions_place());
                let message = format!("{} {what}", called(change, &from));
                let report = Diagnostic::new(&CODE, message, place, label)
                    .help("look at the tickets that wait there before this takes effect");
                let report = before(report, change.old, "it was this before");
                changed.concerning(report, changed.difference.waiting(change))
            });
        }
    }
}

/// What becomes of a move that happens by itself, and what that means.
fn changes(fields: &Said, change: &Change) -> Option<(String, &'static str)> {
    const BEGINS: &str = "tickets that wait there may be moved at once";
    const ENDS: &str = "tickets that wait there are no longer moved";
    let begins = |after: Option<u64>| match after {
        Some(minutes) => format!("now happens by itself after `{}`", Duration::spelt(minutes)),
        None => "now happens by itself".to_owned(),
    };
    let minutes = |value: &Option<Value>| match value {
        Some(Value::Minutes(minutes)) => Some(*minutes),
        _ => None,
    };
    let ends = "no longer happens by itself".to_owned();
    match &change.what {
        What::Added(said) => timer(said).map(|after| (begins(after), BEGINS)),
        What::Removed(said) => timer(said).map(|_| (ends, ENDS)),
        What::Field {
            field: "after",
            old,
            new,
        } => match (minutes(old), minutes(new)) {
            (Some(was), Some(is)) if is < was => Some((
                format!(
                    "happens after `{}`, and did after `{}`",
                    Duration::spelt(is),
                    Duration::spelt(was)
                ),
                BEGINS,
            )),
            (None, Some(is)) => Some((begins(Some(is)), BEGINS)),
            (Some(_), None) if !fields.begin(change, "automatic") => Some((ends, ENDS)),
            (Some(_), None) => Some(("happens at once".to_owned(), BEGINS)),
            _ => None,
        },
        // With `after` the other field says it.
        What::Field {
            field: "automatic",
            old,
            new,
        } if !(match new {
            None => fields.begin(change, "after"),
            Some(_) => fields.say(change, "after"),
        }) =>
        {
            match (old, new) {
                (_, Some(Value::Flag(true))) => Some((begins(None), BEGINS)),
                (Some(Value::Flag(true)), _) => Some((ends, ENDS)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The time after which a move happens that happens by itself.
fn timer(said: &[(&'static str, Value)]) -> Option<Option<u64>> {
    let mut found = said
        .iter()
        .filter_map(|(field, value)| match (*field, value) {
            ("after", Value::Minutes(minutes)) => Some(Some(*minutes)),
            ("automatic", Value::Flag(true)) => Some(None),
            _ => None,
        });
    let first = found.next()?;
    Some(first.or_else(|| found.next().flatten()))
}

/// Which fields of moves say something now, and which of them said nothing before.
struct Said<'c> {
    now: HashSet<(&'c Subject<'c>, &'c str)>,
    begun: HashSet<(&'c Subject<'c>, &'c str)>,
}

impl<'c> Said<'c> {
    fn of(changed: &Changed<'c>) -> Self {
        let (mut now, mut begun) = (HashSet::default(), HashSet::default());
        for change in &changed.difference.changes {
            if let What::Field {
                field: field @ ("after" | "automatic"),
                old,
                new: Some(_),
            } = &change.what
            {
                now.insert((&change.of, *field));
                if old.is_none() {
                    begun.insert((&change.of, *field));
                }
            }
        }
        Said { now, begun }
    }

    /// Whether the same moves say another field as well.
    fn say(&self, change: &'c Change<'c>, field: &'static str) -> bool {
        self.now.contains(&(&change.of, field))
    }

    /// Whether the same moves begin to say another field as well.
    fn begin(&self, change: &'c Change<'c>, field: &'static str) -> bool {
        self.begun.contains(&(&change.of, field))
    }
}
