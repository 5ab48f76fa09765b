//! Where tickets begin.

use super::Absent::{Is, Means, Missing};
use super::words::{Notes, Vocabulary};
use super::{Kind, described};
use crate::source::{Spanned, Text};

/// A state in which tickets can begin.
#[derive(Clone, Debug)]
pub struct Start {
    /// The state's name.
    pub to: Text,
    /// The words for beginning there, and what is asked; `None` where only the state is named.
    pub transition: Option<StartTransition>,
}

impl Start {
    /// What people choose: its own name, or that of the state.
    pub fn label(&self) -> &str {
        let name = self.transition.as_ref().and_then(|t| t.name.as_ref());
        &name.unwrap_or(&self.to).value
    }
}

described! {
    /// Creating a ticket in a start state.
    "StartTransition" in "start",
    #[derive(Default)]
    pub struct StartTransition {}

    /// The state in which the ticket begins.
    to = Kind::State, "to", Missing("add `to` with the state in which tickets begin"), "New";
    /// What the button says.
    name: Text = Kind::Name, "name", Means("the name of the state"), "Report a fault";
    /// Whether a note can or must be written.
    notes: Spanned<Notes> = Kind::Word(Notes::ALL), "notes", Is("none"), "optional";
}

impl StartTransition {
    /// Whether a note is asked for.
    pub fn notes(&self) -> Notes {
        self.notes.map_or(Notes::None, |notes| notes.value)
    }
}
