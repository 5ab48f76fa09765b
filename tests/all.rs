//! The tests of the whole: one program, so that the library is linked once. A module for each
//! subject; `cargo test --test all SUBJECT` runs one of them.

mod common;

mod baseline;
mod changes;
mod cli;
mod commands;
mod config;
mod conformance;
mod determinism;
mod diagram;
mod editors;
mod examples;
mod fix;
mod format;
mod formats;
mod gallery;
mod generated;
mod hooks;
mod hostile;
mod import;
mod layers;
mod limits;
mod live;
mod losses;
mod pages;
mod product_checks;
mod progress;
mod random_texts;
mod random_workflows;
mod readers;
mod release;
mod requests;
mod security;
mod silencing;
mod terminal;
mod versions;
mod watch;
mod writing;
