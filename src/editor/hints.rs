//! What an editor shows between the words of a text: what `"*"` stands for, and how many ways lead to
//! each state.

use crate::graph::StateId;
use crate::source::Span;
use crate::suggest::phrase_up_to;

use super::Looked;
use super::hover::{states_of_every, ways_in, ways_out};
use super::marks::What;

/// A few words beside a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What they are about.
    pub span: Span,
    /// The words.
    pub text: String,
}

/// So many states are named.
const MOST_NAMES: usize = 4;

/// The states that each `"*"` stands for.
pub fn of_every(looked: &Looked) -> Vec<Hint> {
    let Some(resolved) = looked.compilation.resolved() else {
        return Vec::new();
    };
    let stars = looked.marks().iter();
    let stars = stars.filter(|mark| matches!(mark.what, What::Every));
    let hint = |mark: &super::marks::Mark| {
        let states = states_of_every(resolved, mark.span);
        let names: Vec<&str> = states.iter().map(|id| resolved.name(*id)).collect();
        (!names.is_empty()).then(|| Hint {
            span: mark.span,
            text: bare(&phrase_up_to(&names, MOST_NAMES)),
        })
    };
    stars.filter_map(hint).collect()
}

/// How many ways lead to each state and out of it, where it is described.
pub fn of_states(looked: &Looked) -> Vec<(StateId, Hint)> {
    let Some(resolved) = looked.compilation.resolved() else {
        return Vec::new();
    };
    let count = |many: usize, what: &str| match many {
        0 => format!("no way {what}"),
        1 => format!("1 way {what}"),
        many => format!("{many} ways {what}"),
    };
    let hint = |(id, state): (StateId, &crate::model::State)| {
        let begins = resolved.start_states().contains(&id);
        let start = if begins { "start state · " } else { "" };
        let ins = count(ways_in(resolved, id).len(), "in");
        let outs = count(ways_out(resolved, id).len(), "out");
        let text = format!("{start}{ins} · {outs}");
        (
            id,
            Hint {
                span: state.name.span,
                text,
            },
        )
    };
    resolved.states().map(hint).collect()
}

/// A phrase without the backticks, which an editor would show.
fn bare(phrase: &str) -> String {
    phrase.replace('`', "")
}
