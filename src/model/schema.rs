//! The workflow file as editors and validators see it.
//!
//! These types are only described, never filled: files are read by [`super::decode`], which keeps
//! places and goes on after a mistake. A test holds the fields of both against each other.
#![allow(dead_code)]

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// A ticket workflow for Statewright.
#[derive(JsonSchema)]
#[schemars(
    rename_all = "kebab-case",
    deny_unknown_fields,
    title = "Ticket workflow"
)]
pub struct File {
    /// The identifier, unique in a project: words of a-z and 0-9 joined by `-`.
    #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    workflow: String,
    /// What people call the workflow. Without it, they see the identifier.
    name: Option<Name>,
    /// What the workflow is for.
    description: Option<String>,
    /// The ticket types or categories that use this workflow. Each belongs to one workflow.
    applies_to: Option<Vec<Name>>,
    /// The state or states in which tickets begin.
    start: StartField,
    /// The ticket before its first save.
    new_ticket: Option<NewTicket>,
    /// The states, by name, in the order in which people see them.
    #[schemars(extend("minProperties" = 1))]
    states: BTreeMap<String, State>,
    /// The moves that are allowed.
    transitions: Option<Vec<Transition>>,
    /// What must stay true of the workflow, whatever is changed in it.
    expect: Option<Vec<Expectation>>,
    /// The products that the workflow is for, and what only they need.
    targets: Option<serde_json::Map<String, serde_json::Value>>,
}

/// A name.
#[derive(JsonSchema)]
#[schemars(inline)]
struct Name(#[schemars(length(min = 1))] String);

/// One name or a list of names.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
enum OneOrMore {
    /// One name.
    One(Name),
    /// Several names.
    More(#[schemars(length(min = 1))] Vec<Name>),
}

/// Where tickets begin.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
enum StartField {
    /// One state, by name or with what is said and asked when a ticket begins there.
    One(StartItem),
    /// Several states.
    More(#[schemars(length(min = 1))] Vec<StartItem>),
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
enum StartItem {
    /// A state.
    State(Name),
    /// A state, with what is said and asked when a ticket begins there.
    Transition(StartTransition),
}

/// Creating a ticket in a start state.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StartTransition {
    /// The state in which the ticket begins.
    to: Name,
    /// What the button says. Without it: the name of the state.
    name: Option<Name>,
    /// Whether a note can or must be written. Without it: none.
    notes: Option<Notes>,
}

/// The ticket before its first save.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewTicket {
    /// The properties that can be set. Without it: all.
    editable: Option<Vec<Name>>,
}

/// One state.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct State {
    /// What the state means for the service clock.
    category: Category,
    /// A colour for people, such as `#1f77b4`.
    #[schemars(regex(pattern = r"^#[0-9A-Fa-f]{6}$"))]
    color: Option<String>,
    /// What the state means.
    description: Option<String>,
    /// The properties that can be edited in this state. Without it: all; `[]`: none.
    editable: Option<Vec<Name>>,
    /// Whether no transition may leave the state.
    #[schemars(rename = "final")]
    is_final: Option<bool>,
}

/// What a state means for the service clock.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Category {
    /// The clock has not started.
    Draft,
    /// The clock runs.
    Open,
    /// The clock is paused.
    Waiting,
    /// The clock has stopped.
    Closed,
}

/// Whether a note can or must be written.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Notes {
    /// No note.
    None,
    /// A note can be written.
    Optional,
    /// A note must be written.
    Required,
}

/// One transition, or one from each of several states.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Transition {
    /// What the button says. Without it: the name of the state that the transition leads to.
    name: Option<Name>,
    /// The state or states where it begins; `"*"` is every state that is not final, but `to`.
    from: OneOrMore,
    /// The states that `from: "*"` leaves out.
    except: Option<OneOrMore>,
    /// The state where it leads.
    to: Name,
    /// Whether a note can or must be written. Without it: none.
    notes: Option<Notes>,
}

/// What must stay true of the workflow.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Expectation {
    /// This walk is possible.
    Allow(Allow),
    /// This move is not possible.
    Forbid(Forbid),
    /// Every walk from a start state to `before` goes through `pass`.
    Pass(Pass),
    /// From every state, or from the named ones, some walk leads there.
    Reach(Reach),
    /// No walk leads from `after` to `never`.
    Never(Never),
}

/// `allow`: a walk that is possible.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Allow {
    /// States that a ticket can go through, in this order.
    #[schemars(length(min = 2))]
    allow: Vec<Name>,
    /// Why.
    because: Option<String>,
}

/// `forbid`: a move that is not possible.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Forbid {
    /// Two states: no transition leads from the first straight to the second.
    #[schemars(length(min = 2, max = 2))]
    forbid: Vec<Name>,
    /// Why.
    because: Option<String>,
}

/// `pass` … `before`: a state that cannot be avoided.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Pass {
    /// The state to go through; of several, any one.
    pass: OneOrMore,
    /// The state that is not reached otherwise.
    before: OneOrMore,
    /// Why.
    because: Option<String>,
}

/// `reach`: a state that can be arrived in.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Reach {
    /// The state to arrive in; of several, any one.
    reach: OneOrMore,
    /// Where the walks begin. Without it: in every state.
    from: Option<OneOrMore>,
    /// Why.
    because: Option<String>,
}

/// `never` … `after`: a state that cannot be arrived in any more.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Never {
    /// The state that is not reached any more.
    never: OneOrMore,
    /// Where the walks begin.
    after: OneOrMore,
    /// Why.
    because: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::decode;

    /// The property names of a described type.
    fn fields<T: JsonSchema>() -> Vec<String> {
        let schema = schemars::SchemaGenerator::default().into_root_schema_for::<T>();
        let properties = schema.get("properties").and_then(|p| p.as_object());
        properties
            .map(|p| p.keys().cloned().collect())
            .unwrap_or_default()
    }

    #[test]
    fn the_schema_has_the_fields_that_decoding_knows() {
        assert_eq!(fields::<File>(), decode::FILE_FIELDS);
        assert_eq!(fields::<StartTransition>(), decode::START_FIELDS);
        assert_eq!(fields::<NewTicket>(), decode::NEW_TICKET_FIELDS);
        assert_eq!(fields::<State>(), decode::STATE_FIELDS);
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names.dedup();
            names
        };
        let known = |names: &[&str]| sorted(names.iter().map(|n| (*n).to_owned()).collect());
        assert_eq!(
            sorted(fields::<Transition>()),
            known(decode::TRANSITION_FIELDS)
        );
        let promises = [
            fields::<Allow>(),
            fields::<Forbid>(),
            fields::<Pass>(),
            fields::<Reach>(),
            fields::<Never>(),
        ];
        assert_eq!(sorted(promises.concat()), known(decode::EXPECT_FIELDS));
    }

    #[test]
    fn the_schema_has_the_words_that_decoding_knows() {
        let text = schemars::schema_for!(File).as_value().to_string();
        for (word, _) in crate::model::Category::WORDS {
            assert!(text.contains(&format!("\"const\":\"{word}\"")), "{word}");
        }
        for (word, _) in crate::model::Notes::WORDS {
            assert!(text.contains(&format!("\"const\":\"{word}\"")), "{word}");
        }
    }
}
