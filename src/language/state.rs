//! A state.

use super::Absent::{Is, Means, Missing, Nothing};
use super::values::{Label, Meta};
use super::words::{Category, Vocabulary};
use super::{Kind, described};
use crate::source::{Spanned, Text};

described! {
    /// One state.
    "State" in "states",
    pub struct State {
        /// Its name, unique in the workflow.
        pub name: Text,
    }

    /// What the state means for the service clock.
    category: Spanned<Category> = Kind::Word(Category::ALL), "category",
        Missing("add `category` with one of `draft`, `open`, `waiting` and `closed`"), "open";
    /// A colour for people, such as `#1f77b4`.
    color: Text = Kind::Color, "color", Nothing, "\"#1f77b4\"";
    /// What the state means.
    description: Text = Kind::Text, "description", Nothing, "Waiting for a part to arrive";
    /// The properties that can be edited in this state; `[]`: none.
    editable: Spanned<Vec<Text>> = Kind::Names, "editable", Means("all"), "[subject, assignee.id]";
    /// Whether no transition may leave the state.
    is_final: Spanned<bool> = Kind::Flag, "final", Is("false"), "true";
    rarely Details {
        /// The names that the state had before, the newest first.
        was: Spanned<Vec<Text>> = Kind::FormerNames, "was", Means("never renamed"), "[Pending]";
        /// What people read in the place of the name: a text, or one for each language (BCP 47).
        label: Label = Kind::Label, "label", Means("the name"), "{ en: Waiting for approval, de: Wartet auf Freigabe }";
        /// Anything: it is kept and shown, and says nothing to this program.
        meta: Meta = Kind::Anything, "meta", Nothing, "{ board: hardware }";
    }
}

impl State {
    /// Whether the state is declared final.
    pub fn is_final(&self) -> bool {
        self.is_final.is_some_and(|f| f.value)
    }

    /// The name that the state had at first.
    pub fn oldest_name(&self) -> &Text {
        let was = self.details().was.as_ref();
        was.and_then(|was| was.value.last()).unwrap_or(&self.name)
    }

    /// Whether the state has the given category; `false` where the category is unknown.
    pub fn is(&self, category: Category) -> bool {
        self.category.is_some_and(|c| c.value == category)
    }
}
