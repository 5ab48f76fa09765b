//! `narrowed-editing`: a property that can no longer be edited.

use super::{Changed, Rule, before};
use crate::changes::said::without;
use crate::changes::{Subject, Value, What};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "narrowed-editing",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Allow,
    summary: "a property that can no longer be edited in a state",
    page: include_str!("narrowed_editing.md"),
};

/// Compares what may be edited.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    for change in &changed.difference.changes {
        let What::Field {
            field: "editable",
            old,
            new: Some(Value::Names(new)),
        } = &change.what
        else {
            continue;
        };
        let place = match &change.of {
            Subject::State(name) => format!("in state `{name}`"),
            Subject::NewTicket => "before the first save".to_owned(),
            _ => continue,
        };
        let gone = match old {
            Some(Value::Names(old)) => {
                let gone = without(old, new);
                if gone.is_empty() {
                    continue;
                }
                suggest::phrase_up_to(&gone, 3)
            }
            _ if new.is_empty() => "anything".to_owned(),
            _ => format!("anything but {}", suggest::phrase_up_to(new, 3)),
        };
        out.push_made(&CODE, || {
            let span = changed.place_of(change);
            let message = match gone.as_str() {
                gone if gone.starts_with("anything") => {
                    format!("{gone} could be edited {place}, and cannot any more")
                }
                gone => format!("{gone} can no longer be edited {place}"),
            };
            let report =
                Diagnostic::new(&CODE, message, span, "less can be edited here than before")
                    .help("add what should still be edited to `editable`");
            let report = before(report, change.old, "before, this was so");
            changed.concerning(report, changed.difference.waiting(change))
        });
    }
}
