//! What an author can say: the workflow as it is written, places and all.
//!
//! Names are as written and not yet looked up; [`crate::graph`] does that. Nothing here knows
//! YAML, TOML or a product. What there is to say is described in [`crate::language`].

pub mod decode;
pub mod telling;

pub use crate::language::migration::Migration;
pub use crate::language::new_ticket::NewTicket;
pub use crate::language::promise::{Expectation, Promise, Promises, Shape};
pub use crate::language::role::Role;
pub use crate::language::start::{Details as StartDetails, Start, StartTransition};
pub use crate::language::state::{Details as StateDetails, State};
pub use crate::language::transition::{Details as TransitionDetails, From, OneOrMore, Transition};
pub use crate::language::values::{AskedField, Asks, Duration, Label, Meta};
pub use crate::language::words::{Asked, Category, Notes};
pub use crate::language::workflow::{Doubts, Headings, States, TargetBlock, Transitions, Workflow};
pub use crate::source::Text;
