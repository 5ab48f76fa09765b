//! An answer for programs: one JSON object.

use serde_json::{Value, json};

use super::{Answer, Route, text};
use crate::graph::{Resolved, StateId};

/// The answer as JSON. States are named as they are written; `walks` holds the shortest ones and
/// `count` says how many there are, `null` where that is more than can be counted.
pub fn value(resolved: &Resolved, answer: &Answer) -> Value {
    let names = |ids: &[StateId]| json!(resolved.names(ids));
    let mut object = json!({
        "from": names(&answer.from),
        "to": resolved.name(answer.to),
        "sure": !answer.unsure,
    });
    let more = match &answer.route {
        Route::Walks {
            shortest,
            count,
            always,
        } => json!({
            "steps": shortest[0].len() - 1,
            "count": Some(*count).filter(|count| *count < u64::MAX),
            "walks": shortest.iter().map(|w| walk(resolved, w)).collect::<Vec<_>>(),
            "always": names(always),
        }),
        Route::Nothing {
            reached,
            ends,
            leading,
        } => json!({
            "walks": [],
            "reached": names(reached),
            "ends": names(ends),
            "leading": names(leading),
        }),
    };
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}

/// A walk: each state with the transitions by which it is come to.
fn walk(resolved: &Resolved, states: &[StateId]) -> Value {
    let entry = |(at, id): (usize, &StateId)| {
        let state = resolved.state(*id);
        let by: Vec<Value> = match at.checked_sub(1) {
            None => Vec::new(),
            Some(before) => resolved
                .moves_between(states[before], *id)
                .map(|step| {
                    let transition = resolved.transition(step);
                    json!({ "name": transition.label(), "notes": transition.notes.word() })
                })
                .collect(),
        };
        let editable = state.editable.as_ref().map(|fields| {
            let names = fields.value.iter().map(|f| f.value.as_str());
            names.collect::<Vec<_>>()
        });
        json!({
            "by": by,
            "state": state.name.value.as_str(),
            "category": state.category.map(|c| c.value.word()),
            "clock": text::clock(state),
            "editable": editable,
        })
    };
    states.iter().enumerate().map(entry).collect()
}
