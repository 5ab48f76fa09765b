//! A workflow to the text of a workflow file, as a person would write it: the other way round
//! than [`crate::syntax`] and [`crate::model`].
//!
//! A [`Definition`] is what is to be said, `layout` puts it into the order of a tidy file, and
//! one file a syntax spells that. Nothing here knows a product or JSON; whoever makes a
//! definition has seen to it that its names are names of states.

pub mod gather;
mod layout;
pub mod spelling;
pub mod starts;
mod toml;
pub mod value;
mod yaml;

#[cfg(test)]
mod tests;

use crate::invisible::misplaced;
use crate::model::{Category, Notes};
use crate::source::{Span, Syntax};
use value::Field;

/// What a workflow file is to say. States are meant by their position in [`Definition::states`].
#[derive(Clone, Debug, Default)]
pub struct Definition {
    /// What stands as a comment at the top: one item a line.
    pub remarks: Vec<String>,
    /// The identifier.
    pub identifier: String,
    /// What people call it; left out where that is the identifier.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Where tickets begin.
    pub start: Remarked<Vec<Start>>,
    /// What may be edited before the first save.
    pub new_ticket: Option<NewTicket>,
    /// The states.
    pub states: Remarked<Vec<State>>,
    /// The transitions.
    pub transitions: Remarked<Vec<Transition>>,
    /// Where the tickets of states go that are gone: their names, and those of states.
    pub migrate: Vec<(String, String)>,
    /// The products, each with the fields of its block.
    pub targets: Vec<(&'static str, Vec<Field>)>,
    /// Where it stands in the text that it comes from, where there may be several.
    pub place: Option<Span>,
}

/// Something with a comment above it: one item a line.
#[derive(Clone, Debug, Default)]
pub struct Remarked<T> {
    /// What is written.
    pub value: T,
    /// What the comment says.
    pub remarks: Vec<String>,
}

impl<T> From<T> for Remarked<T> {
    fn from(value: T) -> Self {
        Remarked {
            value,
            remarks: Vec::new(),
        }
    }
}

impl<T> Remarked<T> {
    /// With one more line of comment.
    pub fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remarks.push(remark.into());
        self
    }
}

/// A state in which tickets begin.
#[derive(Clone, Debug)]
pub struct Start {
    /// The state.
    pub to: usize,
    /// The words for beginning there, and whether a note is asked for.
    pub transition: Option<(String, Notes)>,
    /// What few of them say: other fields of the language, in any order.
    pub more: Vec<Field>,
}

impl Start {
    /// A start state of which nothing else is said.
    pub fn plain(to: usize) -> Self {
        Start {
            to,
            transition: None,
            more: Vec::new(),
        }
    }
}

/// What may be edited before the first save.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// The properties; `None` for no restriction.
    pub editable: Option<Vec<String>>,
}

/// A state.
#[derive(Clone, Debug)]
pub struct State {
    /// Its name: not blank, not `*`, no two the same.
    pub name: String,
    /// What it means for the service clock.
    pub category: Category,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// What it means to people.
    pub description: Option<String>,
    /// The properties that may be edited in it; `None` for no restriction.
    pub editable: Option<Vec<String>>,
    /// Whether it is final.
    pub is_final: bool,
    /// The names that it had before, newest first.
    pub was: Vec<String>,
}

impl State {
    /// A state of which nothing else is said.
    pub fn new(name: impl Into<String>, category: Category) -> Self {
        State {
            name: name.into(),
            category,
            color: None,
            description: None,
            editable: None,
            is_final: false,
            was: Vec::new(),
        }
    }
}

/// One entry of `transitions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// What the button says; `None` for the name of the state that it leads to.
    pub name: Option<String>,
    /// Where it begins.
    pub from: Begins,
    /// Where it leads.
    pub to: usize,
    /// Whether a note is asked for.
    pub notes: Notes,
    /// What few of them say: other fields of the language, in any order.
    pub more: Vec<Field>,
}

/// Where a transition begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begins {
    /// In each of these states.
    States(Vec<usize>),
    /// In every state that is not final, but the one it leads to and these: `"*"`.
    Every {
        /// The states under `except`.
        except: Vec<usize>,
    },
}

/// What a syntax has no words for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unwritable {
    /// Where each `null` stands in the text that the definition was made from.
    pub nulls: Vec<Span>,
    /// Where each whole number of more than 64 bits stands there.
    pub numbers: Vec<Span>,
}

/// The file that says `definition`.
pub fn text(definition: &Definition, syntax: Syntax) -> Result<String, Unwritable> {
    let paragraphs = layout::paragraphs(definition);
    let mut text = String::new();
    comment(&mut text, "", &definition.remarks);
    match syntax {
        Syntax::Toml => toml::write(&paragraphs, &mut text)?,
        Syntax::Yaml | Syntax::Json => yaml::write(&paragraphs, &mut text),
    }
    Ok(text)
}

/// A comment, a line each.
fn comment(text: &mut String, indent: &str, remarks: &[String]) {
    for remark in remarks {
        text.push_str(indent);
        text.push_str("# ");
        text.push_str(in_line(remark).trim());
        text.push('\n');
    }
}

/// The comment after a number that was just written in a line of its own. It comes from a product,
/// and may be no word for this program.
fn beside(field: &Field, text: &mut String) {
    let remark = field.beside.as_deref().map(in_line).unwrap_or_default();
    let remark = remark.trim();
    let is_word = remark.to_lowercase().contains("statewright");
    if !remark.is_empty() && !is_word && text.ends_with('\n') {
        text.pop();
        text.push_str(" # ");
        text.push_str(remark);
        text.push('\n');
    }
}

/// A line break would end the comment, and a control character is no part of any.
fn in_line(remark: &str) -> String {
    let mut hidden = misplaced(remark).into_iter().peekable();
    let seen = |(at, c): (usize, char)| {
        let is_hidden = hidden.next_if(|(hidden, _)| *hidden == at).is_some();
        if is_hidden || c.is_control() { ' ' } else { c }
    };
    remark.char_indices().map(seen).collect()
}
