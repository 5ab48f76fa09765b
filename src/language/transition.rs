//! A transition.

use std::ops::{Deref, DerefMut};
use std::slice;

use super::Absent::{Is, Means, Missing, Nothing};
use super::values::{Asks, Duration, Label, Meta};
use super::words::{Asked, Notes, Vocabulary};
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
    rarely Details {
        /// What people read in the place of the name: a text, or one for each language (BCP 47).
        label: Label = Kind::Label, "label", Means("the name"), "{ en: Order parts, de: Teile bestellen }";
        /// What the transition means.
        description: Text = Kind::Text, "description", Nothing, "For parts that are not in store";
        /// The role or the roles that may make it.
        who: Spanned<Vec<Text>> = Kind::RoleNames, "who", Means("anybody"), "[agent, manager]";
        /// The fields of the ticket that are asked for, and must be filled in where nothing else is said.
        asks: Asks = Kind::Asks(Asked::ALL), "asks", Nothing, "{ cost-centre: required, supplier: optional }";
        /// The condition on which it can be made, in words; `otherwise`: where no other condition of a
        /// transition of the same name holds.
        when: Text = Kind::Condition, "when", Means("always"), "cost is below 500";
        /// Whether it happens by itself.
        automatic: Spanned<bool> = Kind::Flag, "automatic", Is("false"), "true";
        /// How long after the ticket came into the state it happens by itself, by the calendar: so many
        /// minutes (`m`), hours (`h`), days (`d`) or weeks (`w`).
        after: Duration = Kind::Duration, "after", Nothing, "14d";
        /// What the product does then, a sentence each.
        does: Spanned<Vec<Text>> = Kind::Texts, "does", Nothing, "[mail the requester]";
        /// Anything: it is kept and shown, and says nothing to this program.
        meta: Meta = Kind::Anything, "meta", Nothing, "{ screen: 7 }";
    }
}

/// The word under `when` for the rest: where no other condition of a transition of this name holds.
pub const OTHERWISE: &str = "otherwise";

impl Transition {
    /// The name that people see: its own, or the name of the state it leads to.
    pub fn label(&self) -> &str {
        let named = self.name.as_ref().or(self.to.as_ref());
        named.map_or("", |n| &n.value)
    }

    /// The states that `from` lists by name: none of `"*"`, and of what could not be read.
    pub fn listed(&self) -> &[Text] {
        match &self.from {
            Some(From::States(states)) => states,
            _ => &[],
        }
    }

    /// Where a report about the transition as a whole points: its name, or else its target.
    pub fn place(&self) -> Span {
        let named = self.name.as_ref().or(self.to.as_ref());
        named.map_or(self.span, |n| n.span)
    }

    /// Whether it happens by itself: nobody makes it.
    pub fn is_automatic(&self) -> bool {
        let details = self.details();
        details.after.is_some() || details.automatic.is_some_and(|automatic| automatic.value)
    }

    /// The roles that may make it; `None` where anybody may. Of one that happens by itself, nobody.
    pub fn who(&self) -> Option<&[Text]> {
        match self.is_automatic() {
            true => Some(&[]),
            false => self.details().who.as_ref().map(|who| &*who.value),
        }
    }

    /// The first field but for the name in which two transitions differ.
    pub fn difference(&self, other: &Self) -> Option<&'static str> {
        if self.details.is_none() && other.details.is_none() {
            return (self.notes() != other.notes()).then_some(FIELDS.notes.name);
        }
        let said = |transition: &Self| {
            let mut all = Vec::new();
            transition.each_said(&mut |field, said| {
                if field.name != FIELDS.name.name && !field.is_as_absent(&said) {
                    all.push((field.name, said.text(field)));
                }
            });
            all
        };
        let (mine, others) = (said(self), said(other));
        let only = |some: &[(&'static str, String)], all: &[(&'static str, String)]| {
            some.iter()
                .find(|one| !all.contains(one))
                .map(|(name, _)| *name)
        };
        only(&mine, &others).or_else(|| only(&others, &mine))
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
    States(OneOrMore),
    /// In every state that is not final, but the one it leads to and the excepted ones: `"*"`.
    Every {
        /// Where `"*"` is written.
        span: Span,
        /// The states under `except`.
        except: Vec<Text>,
    },
}

/// States by their names, of which nearly every transition has one: that one takes no memory of its own.
#[derive(Clone, Debug)]
pub enum OneOrMore {
    /// One alone.
    One(Text),
    /// Any number of them, in the order of the text.
    More(Vec<Text>),
}

impl Deref for OneOrMore {
    type Target = [Text];

    fn deref(&self) -> &[Text] {
        match self {
            OneOrMore::One(state) => slice::from_ref(state),
            OneOrMore::More(states) => states,
        }
    }
}

impl DerefMut for OneOrMore {
    fn deref_mut(&mut self) -> &mut [Text] {
        match self {
            OneOrMore::One(state) => slice::from_mut(state),
            OneOrMore::More(states) => states,
        }
    }
}
