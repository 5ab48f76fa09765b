//! The file as a whole.

use super::Absent::{Means, Missing, Nothing};
use super::migration::Migration;
use super::new_ticket::NewTicket;
use super::promise::Expectation;
use super::role::Role;
use super::start::Start;
use super::state::State;
use super::transition::Transition;
use super::values::Meta;
use super::{Kind, described, migration, new_ticket, promise, role, start, state, transition};
use crate::hashing::HashSet;
use crate::node::Node;
use crate::source::{Span, Spanned, Text};

described! {
    /// A ticket workflow for Statewright.
    "Ticket workflow" in "workflow",
    pub struct Workflow {
        /// Where to report what concerns the whole file: its first field, or its start.
        pub place: Span,
    }
    and {
        /// The states in which tickets can begin, in the order of the file.
        pub start: Vec<Start>,
        /// Where the value of `start` is written, if it is.
        pub start_span: Option<Span>,
        /// Where the names of some of its fields are written, if they are.
        pub headings: Headings,
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
        /// The roles that there are; `None` where any word may stand for one.
        pub roles: Option<Spanned<Vec<Role>>>,
        /// Where tickets of removed states go, in the order of the file.
        pub migrate: Vec<Migration>,
        /// What could not be read, so that later steps do not report its absence again.
        pub doubts: Doubts,
        /// The names alone in the place of a list of states that have signs of several in them, such as `A, B`.
        pub joined: HashSet<Span>,
    }

    /// The identifier, unique in a project: words of a-z and 0-9 joined by `-`.
    identifier: Text = Kind::Identifier, "workflow",
        Missing("add `workflow` with an identifier, such as `hardware-repair`"), "hardware-repair";
    /// What people call the workflow.
    name: Text = Kind::Name, "name", Means("the identifier"), "Hardware Repair";
    /// What the workflow is for.
    description: Text = Kind::Text, "description", Nothing, "Device repair with parts ordering steps";
    /// The ticket types or categories that use this workflow. Each belongs to one workflow.
    applies_to: Spanned<Vec<Text>> = Kind::Names, "applies-to", Nothing, "[Chromebook, Projector]";
    /// The state or states in which tickets begin.
    start = Kind::Starts(&start::THING), "start",
        Missing("add `start` with the state in which tickets begin"), "New";
    /// The ticket before its first save.
    new_ticket = Kind::One(&new_ticket::THING), "new-ticket", Nothing,
        "{ editable: [subject, description] }";
    /// The states, by name, in the order in which people see them.
    states = Kind::ByName(&state::THING), "states",
        Missing("add `states` with at least one state and its category"),
        "{ New: { category: open }, Closed: { category: closed } }";
    /// The moves that are allowed.
    transitions = Kind::List(&transition::THING), "transitions", Nothing,
        "[{ name: Close, from: New, to: Closed }]";
    /// What must stay true of the workflow, whatever is changed in it.
    expect = Kind::Promises(&promise::THING), "expect", Nothing, "[{ reach: Closed }]";
    /// The products that the workflow is for, and what only they need.
    targets = Kind::Blocks, "targets", Nothing, "{ incident-iq: {} }";
    /// The roles that people have: a list of names, or a map that says more of each.
    roles = Kind::Roles(&role::THING), "roles", Means("any word may stand for a role"),
        "[requester, agent, manager]";
    /// The identifiers that the workflow had before, the newest first.
    was: Spanned<Vec<Text>> = Kind::FormerIdentifiers, "was", Means("never renamed"), "[repairs]";
    /// For each state that is no longer there, the state that its tickets go to.
    migrate = Kind::Migrations(&migration::THING), "migrate", Nothing,
        "{ On Hold: Waiting for Parts }";
    /// Anything: it is kept and shown, and says nothing to this program.
    meta: Meta = Kind::Anything, "meta", Nothing, "{ owner: service desk }";
}

impl Workflow {
    /// The identifier that the workflow had at first.
    pub fn oldest_identifier(&self) -> Option<&Text> {
        let was = self.was.as_ref().and_then(|was| was.value.last());
        was.or(self.identifier.as_ref())
    }

    /// The ticket types or categories that use it.
    pub fn applies_to(&self) -> &[Text] {
        self.applies_to.as_ref().map_or(&[], |names| &names.value)
    }
}

/// States, each in a piece of memory of its own: so they take the place of what they are read from,
/// which is given back piece by piece. One block for all of them would lie beside it, and be a
/// quarter of what a large file takes.
pub type States = Vec<Box<State>>;

/// Transitions, kept as [`States`] are.
pub type Transitions = Vec<Box<Transition>>;

/// Where the names of fields are written, to report what is not in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headings {
    /// That of `states`.
    pub states: Option<Span>,
    /// That of `transitions`.
    pub transitions: Option<Span>,
    /// That of `expect`.
    pub expect: Option<Span>,
}

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
    /// A role may be declared that was not read.
    pub roles: bool,
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
