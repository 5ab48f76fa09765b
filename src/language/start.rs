//! Where tickets begin.

use super::Absent::{Is, Means, Missing, Nothing};
use super::values::{Asks, Label, Meta};
use super::words::{Asked, Notes, Vocabulary};
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
    /// The roles that may begin a ticket so; `None` where anybody may.
    pub fn who(&self) -> Option<&[Text]> {
        let words = self.transition.as_ref()?;
        words.details().who.as_ref().map(|who| &*who.value)
    }

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
    rarely Details {
        /// What people read in the place of the name: a text, or one for each language (BCP 47).
        label: Label = Kind::Label, "label", Means("the name"), "{ en: Report a fault, de: Störung melden }";
        /// What it means to begin there.
        description: Text = Kind::Text, "description", Nothing, "For faults that stop the work";
        /// The role or the roles that may begin a ticket there.
        who: Spanned<Vec<Text>> = Kind::RoleNames, "who", Means("anybody"), "requester";
        /// The fields of the ticket that are asked for, and must be filled in where nothing else is said.
        asks: Asks = Kind::Asks(Asked::ALL), "asks", Nothing, "[subject]";
        /// What the product does then, a sentence each.
        does: Spanned<Vec<Text>> = Kind::Texts, "does", Nothing, "[mail the service desk]";
        /// Anything: it is kept and shown, and says nothing to this program.
        meta: Meta = Kind::Anything, "meta", Nothing, "{ form: 12 }";
    }
}

impl StartTransition {
    /// Whether a note is asked for.
    pub fn notes(&self) -> Notes {
        self.notes.map_or(Notes::None, |notes| notes.value)
    }
}
