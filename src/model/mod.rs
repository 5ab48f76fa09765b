//! What an author can say: the workflow as it is written, places and all.
//!
//! Names are as written and not yet looked up; [`crate::graph`] does that. Nothing here knows
//! YAML, TOML or a product.

pub mod decode;
pub mod schema;

use crate::node::Node;
pub use crate::source::Text;
use crate::source::{Span, Spanned};

/// One workflow definition. A part that is missing or could not be read is already reported.
#[derive(Clone, Debug)]
pub struct Workflow {
    /// The identifier, unique in a project.
    pub identifier: Option<Text>,
    /// What people call the workflow, where that is not the identifier.
    pub name: Option<Text>,
    /// What it is for.
    pub description: Option<Text>,
    /// The ticket types or categories that use it.
    pub applies_to: Vec<Text>,
    /// The states in which tickets can begin, in the order of the file.
    pub start: Vec<Start>,
    /// Where the value of `start` is written, if it is.
    pub start_span: Option<Span>,
    /// What may be edited before the first save; `None` for no restriction.
    pub new_ticket: Option<NewTicket>,
    /// The states, in the order of the file, no two of one name.
    pub states: States,
    /// The transitions, in the order of the file.
    pub transitions: Transitions,
    /// What must stay true of the graph.
    pub expect: Vec<Expectation>,
    /// The products it is for, and what only they need.
    pub targets: Vec<TargetBlock>,
    /// What could not be read, so that later steps do not report its absence again.
    pub doubts: Doubts,
    /// Where to report what concerns the whole file: its first field, or its start.
    pub place: Span,
}

/// States, each in a piece of memory of its own: so they take the place of what they are read from,
/// which is given back piece by piece. One block for all of them would lie beside it, and be a
/// quarter of what a large file takes.
pub type States = Vec<Box<State>>;

/// Transitions, kept as [`States`] are.
pub type Transitions = Vec<Box<Transition>>;

/// Parts of the file that hold mistakes already reported. What only seems wrong because of them
/// is not reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doubts {
    /// A state may exist that was not read.
    pub states: bool,
    /// A transition may exist that was not read, from and to any state.
    pub transitions: bool,
    /// A start state may be named that was not read.
    pub start: bool,
}

/// The field `new-ticket`.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// The properties that may be set before the first save; `None` for no restriction.
    pub editable: Option<Vec<Text>>,
    /// Where `new-ticket` is written.
    pub span: Span,
}

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

/// The words for creating a ticket in a start state.
#[derive(Clone, Debug)]
pub struct StartTransition {
    /// What the button says; the state's name where absent.
    pub name: Option<Text>,
    /// Whether a note is asked for.
    pub notes: Notes,
    /// Where `notes` is written, if it is.
    pub notes_span: Option<Span>,
}

/// One state.
#[derive(Clone, Debug)]
pub struct State {
    /// Its name, unique in the workflow.
    pub name: Text,
    /// What it means for the service clock; `None` where that is missing, which is reported.
    pub category: Option<Spanned<Category>>,
    /// A colour for people, `#rrggbb`.
    pub color: Option<Text>,
    /// What the state means.
    pub description: Option<Text>,
    /// The properties that may be edited in it: `None` for no restriction, empty for none.
    pub editable: Option<Spanned<Vec<Text>>>,
    /// Whether no transition may leave it, and where that is said.
    pub is_final: Option<Spanned<bool>>,
}

impl State {
    /// Whether the state is declared final.
    pub fn is_final(&self) -> bool {
        self.is_final.is_some_and(|f| f.value)
    }

    /// Whether the state has the given category; `false` where the category is unknown.
    pub fn is(&self, category: Category) -> bool {
        self.category.is_some_and(|c| c.value == category)
    }
}

/// What a state means for the service clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The clock has not started.
    Draft,
    /// The clock runs.
    Open,
    /// The clock is paused.
    Waiting,
    /// The clock has stopped.
    Closed,
}

impl Category {
    /// Every category with its word in the language.
    pub const WORDS: &'static [(&'static str, Category)] = &[
        ("draft", Category::Draft),
        ("open", Category::Open),
        ("waiting", Category::Waiting),
        ("closed", Category::Closed),
    ];

    /// Its word in the language.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// Whether a move asks for a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notes {
    /// None can be written.
    #[default]
    None,
    /// One may be written.
    Optional,
    /// One must be written.
    Required,
}

impl Notes {
    /// Every value with its word in the language.
    pub const WORDS: &'static [(&'static str, Notes)] = &[
        ("none", Notes::None),
        ("optional", Notes::Optional),
        ("required", Notes::Required),
    ];

    /// Its word in the language.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// One entry of `transitions`: one transition, or one from each of several states.
#[derive(Clone, Debug)]
pub struct Transition {
    /// What the button says; the name of the state it leads to where absent.
    pub name: Option<Text>,
    /// Where it begins; `None` where that could not be read.
    pub from: Option<From>,
    /// The state it leads to; `None` where that could not be read.
    pub to: Option<Text>,
    /// Whether a note is asked for.
    pub notes: Notes,
    /// Where `notes` is written, if it is.
    pub notes_span: Option<Span>,
    /// The place of the whole entry.
    pub span: Span,
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

/// One entry of `expect`.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What must hold.
    pub promise: Promise,
    /// Why, in the author's words.
    pub because: Option<Text>,
    /// Where the word for the promise is written (`allow`, `pass` …).
    pub place: Span,
    /// Whether each of its names could be read. With a part missing it is another promise, which is
    /// neither kept nor broken.
    pub is_whole: bool,
}

/// What an author can promise of the graph.
#[derive(Clone, Debug)]
pub enum Promise {
    /// This walk is possible.
    Allow(Vec<Text>),
    /// This move is not possible: from the first state straight to the second.
    Forbid(Vec<Text>),
    /// Every walk from a start state to one of `before` goes through one of `pass`.
    Pass {
        /// The states to go through, any one of them.
        pass: Vec<Text>,
        /// The states that are not reached otherwise.
        before: Vec<Text>,
    },
    /// From each state of `from` (every state where absent) some walk leads to one of `reach`.
    Reach {
        /// The states to arrive in, any one of them.
        reach: Vec<Text>,
        /// Where the walks begin.
        from: Option<Vec<Text>>,
    },
    /// No walk leads from one of `after` to one of `never`.
    Never {
        /// The states that are not reached again.
        never: Vec<Text>,
        /// Where the walks begin.
        after: Vec<Text>,
    },
}

/// One product under `targets`, with what only that product needs, still as written: the target
/// itself reads it.
#[derive(Clone, Debug)]
pub struct TargetBlock {
    /// The product's name.
    pub name: Text,
    /// Its fields.
    pub body: Node<'static>,
}
