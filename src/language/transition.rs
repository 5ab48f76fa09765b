//! A transition.

use super::Absent::{Is, Means, Missing, Nothing};
use super::words::{Notes, Vocabulary};
use super::{Kind, described};
use crate::source::{Span, Spanned, Text};

described! {
    /// One transition, or one from each of several states.
    "Transition" in "transitions",
    pub struct Transition {
        /// Where it begins; `None` where that could not be read.
        pub from: Option<From>,
        /// The state it leads to; `None` where that could not be read.
        pub to: Option<Text>,
        /// The place of the whole entry.
        pub span: Span,
    }

    /// What the button says.
    name: Text = Kind::Name, "name", Means("the name of the state that the transition leads to"), "Order parts";
    /// The state or states where it begins; `"*"` is every state that is not final, but `to`.
    from = Kind::States, "from",
        Missing("add `from` with the state where the transition begins"), "[Assigned, In Progress]";
    /// The states that `from: "*"` leaves out.
    except = Kind::States, "except", Nothing, "[Resolved]";
    /// The state where it leads.
    to = Kind::State, "to",
        Missing("add `to` with the state where the transition leads"), "Waiting for Parts";
    /// Whether a note can or must be written.
    notes: Spanned<Notes> = Kind::Word(Notes::ALL), "notes", Is("none"), "required";
}

impl Transition {
    /// The name that people see: its own, or the name of the state it leads to.
    pub fn label(&self) -> &str {
        let named = self.name.as_ref().or(self.to.as_ref());
        named.map_or("", |n| &n.value)
    }

    /// Where a report about the transition as a whole points: its name, or else its target.
    pub fn place(&self) -> Span {
        let named = self.name.as_ref().or(self.to.as_ref());
        named.map_or(self.span, |n| n.span)
    }

    /// Whether a note is asked for.
    pub fn notes(&self) -> Notes {
        self.notes.map_or(Notes::None, |notes| notes.value)
    }
}

/// Where a transition begins.
#[derive(Clone, Debug)]
pub enum From {
    /// In each of these states.
    States(Vec<Text>),
    /// In every state that is not final, but the one it leads to and the excepted ones: `"*"`.
    Every {
        /// Where `"*"` is written.
        span: Span,
        /// The states under `except`.
        except: Vec<Text>,
    },
}
