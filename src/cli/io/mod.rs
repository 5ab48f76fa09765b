//! Files, streams and the terminal.

pub mod exit;
pub mod files;
pub mod git;
pub mod jobs;
pub mod links;
pub mod markdown;
pub mod outbox;
pub mod output;
pub mod progress;
pub mod reading;
pub mod stale;

pub use exit::Exit;
