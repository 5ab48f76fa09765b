//! Statewright compiles ticket workflows kept in git.
//!
//! # The way through
//!
//! ```text
//!  Source ─syntax─▶ Node ─model─▶ Workflow ─graph─▶ Resolved ─rules─▶ Checked ─targets─▶ JSON
//!                                                      └──▶ diagrams
//! ```
//!
//! The other way, `write` ◀─ targets ◀─ `syntax` ◀─ JSON, is [`mod@import`].
//!
//! Each step takes what the one before made, with every place inside it, so that nothing is
//! parsed twice and nothing looks back. Every step may report [`diagnostic::Diagnostic`]s, and
//! [`report`] turns them into text. Only the program (`src/cli`) touches files, terminals and the
//! environment.
//!
//! Everything that comes in several kinds is a constant in a file of its own, listed in its
//! folder's `ALL`: [`rules::ALL`], [`projects::ALL`], [`targets::ALL`], [`report::ALL`].
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod aliases;
pub mod baseline;
pub mod changes;
pub mod compile;
pub mod config;
pub mod diagnostic;
pub mod diagrams;
pub mod editor;
pub mod expect;
pub mod fields;
pub mod fix;
pub mod format;
pub mod graph;
mod hashing;
pub mod import;
mod invisible;
pub mod language;
pub mod limits;
mod line_diff;
pub mod live;
pub mod model;
pub mod node;
pub mod projects;
pub mod report;
pub mod rules;
pub mod schema;
pub mod silencing;
pub mod source;
pub mod stale_output;
pub mod suggest;
pub mod syntax;
pub mod targets;
#[cfg(test)]
mod testing;
pub mod why;
pub mod write;

pub use compile::{Compilation, Options, compile};
