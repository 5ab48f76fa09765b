//! Statewright compiles ticket workflows kept in git.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod diagnostic;
pub mod node;
pub mod report;
pub mod source;
pub mod suggest;
pub mod syntax;
