//! The entries of `transitions`, as Jira tells them apart.

use crate::graph::{Resolved, StateId};
use crate::hashing::{HashMap, HashSet};
use crate::model::Transition;
use crate::rules::Checked;
use crate::source::Span;

/// What the transition that creates an issue is called where the file does not say.
pub const CREATE: &str = "Create";

/// What tells an entry of `transitions` apart from others of its name out of one of its states, for
/// which Jira has no word but the name; nothing where it need not be told apart.
pub fn tellings(resolved: &Resolved) -> Vec<Option<Telling>> {
    let transitions = &resolved.workflow().transitions;
    let mut shared = vec![false; transitions.len()];
    let mut first: HashMap<(&str, StateId), usize> = HashMap::default();
    for step in resolved.moves() {
        let Some((from, _)) = resolved.exact(step) else {
            continue;
        };
        let label = transitions[step.transition].label();
        let first = *first.entry((label, from)).or_insert(step.transition);
        if first != step.transition {
            shared[first] = true;
            shared[step.transition] = true;
        }
    }
    let telling = |(transition, shared): (&Transition, bool)| {
        let details = transition.details();
        let when = details.when.as_ref().map(|when| Telling {
            words: when.value.split_whitespace().collect::<Vec<_>>().join(" "),
            place: when.span,
            is_condition: true,
        });
        let who = || {
            let who = details.who.as_ref()?;
            let roles: Vec<&str> = who.value.iter().map(|role| role.value.as_str()).collect();
            Some(Telling {
                words: roles.join(", "),
                place: who.span,
                is_condition: false,
            })
        };
        when.or_else(who).filter(|_| shared)
    };
    let transitions = transitions.iter().map(|transition| &**transition);
    transitions.zip(shared).map(telling).collect()
}

/// What tells two transitions of one name apart.
pub struct Telling {
    /// In words.
    pub words: String,
    /// Where it is written.
    pub place: Span,
    /// Whether it is a condition, and not who may make it.
    pub is_condition: bool,
}

/// What each entry of `transitions` is called in Jira, which takes one of a name out of one status.
pub fn names(resolved: &Resolved) -> Vec<String> {
    let transitions = resolved.workflow().transitions.iter();
    let both = transitions.zip(tellings(resolved));
    both.map(|(transition, telling)| match telling {
        Some(telling) => format!("{}: {}", transition.label(), telling.words),
        None => transition.label().to_owned(),
    })
    .collect()
}

/// The state that a transition leads to.
pub fn end(checked: &Checked, transition: &Transition) -> Option<StateId> {
    checked.resolved().find(&transition.to.as_ref()?.value)
}

/// For each entry of `transitions` the states it begins in, each once, in the order of the file.
pub fn froms(checked: &Checked) -> Vec<Vec<StateId>> {
    let mut froms = vec![Vec::new(); checked.workflow().transitions.len()];
    let mut seen = HashSet::default();
    for step in checked.steps() {
        if seen.insert((step.transition, step.from)) {
            froms[step.transition].push(step.from);
        }
    }
    froms
}
