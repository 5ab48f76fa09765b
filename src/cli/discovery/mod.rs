//! Which files a run is about: what the command line names, what folders hold, what ignore files and
//! configurations say of that.

pub mod config;
pub mod gitignore;
pub mod inputs;
pub mod project;
pub mod root;
pub mod seen;
pub mod total;
pub mod tracked;
pub mod unchosen;
pub mod walk;
