//! Where the tickets of a state go that is no longer there.

use super::Absent::Missing;
use super::{Kind, described};
use crate::source::{Span, Text};

/// Where the tickets of a removed state go.
#[derive(Clone, Debug)]
pub struct Migration {
    /// The name of the state that is gone.
    pub from: Text,
    /// The state that takes its tickets.
    pub to: Text,
    /// The identifier of the workflow that has this state, where it is another one.
    pub workflow: Option<Text>,
}

described! {
    /// A state of another workflow, which takes the tickets.
    "Destination" in "migrate",
    pub struct Destination {
        /// Where it is written.
        pub span: Span,
    }

    /// The identifier of the workflow.
    workflow: Text = Kind::Identifier, "workflow", Missing("add `workflow` with the identifier of the workflow that has the state"), "hardware-repair";
    /// The state.
    state: Text = Kind::State, "state", Missing("add `state` with the state that takes the tickets"), "In Progress";
}
