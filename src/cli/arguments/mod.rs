//! What several commands take on the command line.

pub mod config;
pub mod dashed;
mod inputs;
mod levels;
pub mod limits;
pub mod live;
pub mod names;
mod tickets;

pub use inputs::{Inputs, STDIN, SyntaxArgument};
pub use levels::{LevelArguments, code};
pub use tickets::TicketArguments;
