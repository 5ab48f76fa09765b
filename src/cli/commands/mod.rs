//! The commands, a file for each: its arguments, and what it does with them.

pub mod build;
pub mod check;
pub mod completions;
pub mod diagram;
pub mod diff;
pub mod explain;
pub mod fmt;
pub mod ids;
pub mod import;
pub mod init;
pub mod list;
pub mod lsp;
pub mod man;
pub mod preview;
pub mod schema;
pub mod watch;
pub mod why;
