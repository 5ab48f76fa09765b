//! What a person does by hand where a product has no request for it, in the words of its pages.

use super::Sides;
use crate::changes::words::value_words;
use crate::changes::{Change, Subject, Value, What};
use crate::targets::ByHand;

impl Sides<'_> {
    /// The steps that make what is live the same as the files, in an order that works: what is led to is
    /// there before the transition to it, and what leaves a state is gone before that is deleted.
    pub fn steps(&self, words: &ByHand) -> Vec<String> {
        let mut steps = Vec::new();
        let differences = self.differences();
        let is_one = differences.len() < 2;
        for (checked, difference) in &differences {
            let mut changes: Vec<&Change> = difference.changes.iter().collect();
            changes.sort_by_key(|change| order(change));
            for change in changes {
                let Some(step) = step(change, words) else {
                    continue;
                };
                steps.push(match is_one {
                    true => step,
                    false => format!("Workflow `{}`: {step}", checked.title()),
                });
            }
        }
        steps
    }
}

fn order(change: &Change) -> u8 {
    match (&change.of, &change.what) {
        (Subject::State(_), What::Added(_)) => 0,
        (Subject::State(_), What::Removed(_)) => 6,
        (Subject::State(_) | Subject::NewTicket, _) => 1,
        (Subject::Start { .. }, What::Removed(_)) => 5,
        (Subject::Start { .. }, _) => 2,
        (Subject::Moves { .. }, What::Removed(_)) => 4,
        (Subject::Moves { .. }, _) => 3,
        _ => 1,
    }
}

fn step(change: &Change, words: &ByHand) -> Option<String> {
    let state = words.state;
    Some(match (&change.of, &change.what) {
        (Subject::State(name), What::Added(said)) => {
            format!("Add the {state} `{name}`{}", with(said, words))
        }
        (Subject::State(name), What::Removed(_)) => {
            format!(
                "Delete the {state} `{name}`, once no {} is in it",
                words.ticket
            )
        }
        (Subject::State(name), What::Renamed(was)) => {
            format!("Rename the {state} `{was}` to `{name}`")
        }
        (Subject::Start { to, name }, What::Added(said)) => {
            let named = if to == name {
                String::new()
            } else {
                format!(", as `{name}`")
            };
            format!(
                "Let {} begin in `{to}`{named}{}",
                words.tickets,
                with(said, words)
            )
        }
        (Subject::Start { to, .. }, What::Removed(_)) => {
            format!("Let {} begin in `{to}` no longer", words.tickets)
        }
        (Subject::Start { to, name }, What::Renamed(was)) => {
            format!("Rename beginning in `{to}` from `{was}` to `{name}`")
        }
        (of @ Subject::Moves { .. }, What::Added(said)) => {
            format!("Add {}{}", transition(of, words), with(said, words))
        }
        (of @ Subject::Moves { .. }, What::Removed(_)) => {
            format!("Delete {}", transition(of, words))
        }
        (of @ Subject::Moves { name, .. }, What::Renamed(was)) => {
            format!("Rename {} from `{was}` to `{name}`", transition(of, words))
        }
        (of @ Subject::Moves { .. }, What::Redirected(was)) => {
            format!("Lead {} instead of to `{was}`", transition(of, words))
        }
        (of, What::Field { field, old, new }) => {
            let of = match of {
                Subject::State(name) => format!("the {state} `{name}`"),
                Subject::Start { to, .. } => format!("beginning in `{to}`"),
                Subject::Moves { .. } => transition(of, words),
                Subject::NewTicket => format!("{} before the first save", words.tickets),
                Subject::Workflow => "the workflow".to_owned(),
                _ => return None,
            };
            let is = new
                .as_ref()
                .map_or("nothing".to_owned(), |new| value(new, words));
            let was = old
                .as_ref()
                .map_or("nothing".to_owned(), |old| value(old, words));
            format!(
                "Change the {} of {of} from {was} to {is}",
                words.field(field)
            )
        }
        _ => return None,
    })
}

fn transition(of: &Subject, words: &ByHand) -> String {
    let Subject::Moves { name, from, to } = of else {
        return String::new();
    };
    let from: Vec<String> = from.iter().map(|from| format!("`{from}`")).collect();
    let from = from.join(", ");
    match words.names_transitions {
        true => format!("the transition `{name}` from {from} to `{to}`"),
        false => format!("the transition from {from} to `{to}`"),
    }
}

fn with(said: &[(&'static str, Value)], words: &ByHand) -> String {
    let said = said
        .iter()
        .filter(|(field, _)| !["final", "was"].contains(field));
    let said = said.map(|(field, said)| format!("{} {}", words.field(field), value(said, words)));
    let said: Vec<String> = said.collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(": {}", said.join(", ")),
    }
}

fn value(value: &Value, words: &ByHand) -> String {
    match value {
        Value::Word(word) => format!("`{}`", words.word(word)),
        value => value_words(value),
    }
}
