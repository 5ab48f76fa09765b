//! `statewright lsp`: the language server, which editors start and talk to.
//!
//! One thread reads what the editor sends, another does everything else, one message after the
//! other, in the order in which they came. What only waits is answered when somebody asks or nothing
//! else is left to do: so while a person types, no more is compiled than can be.

mod actions;
mod answers;
mod pictures;
mod project;
mod requests;
mod server;
mod session;
#[cfg(test)]
mod tests;
mod uris;
mod wire;

use std::io::{self, BufReader};
use std::sync::mpsc;
use std::thread;

use clap::Args;
use statewright::report::Pages;

use crate::cli::arguments::LevelArguments;
use crate::cli::arguments::config::ConfigArguments;
use crate::cli::arguments::limits::LimitArguments;
use crate::cli::io::Exit;
use crate::cli::io::git::Range;
use crate::cli::io::jobs::Jobs;
use crate::cli::io::output::complain;
use crate::cli::session::against::on_disk;

use server::Server;

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub config: ConfigArguments,
    #[command(flatten)]
    pub jobs: Jobs,
    #[command(flatten)]
    pub limits: LimitArguments,
    #[command(flatten)]
    pub levels: LevelArguments,

    /// Where the pages of the codes can be read in a browser: codes are then links to them
    ///
    /// The name of a code stands for `{code}` in the address, or else follows it.
    #[arg(long, value_name = "ADDRESS", env = "STATEWRIGHT_PAGES", value_parser = Pages::at,
          hide_env_values = true)]
    pages: Option<Pages>,

    /// Report what the files break that git keeps of this revision, too; `REV...` for where it forked off
    ///
    /// As `check --against`, while somebody types.
    #[arg(long, value_name = "REV", value_parser = on_disk, help_heading = "Changes")]
    against: Option<Range>,

    /// Speak through standard input and output, which is all there is: for clients that say so
    #[arg(long)]
    stdio: bool,
}

pub fn run(arguments: &Arguments) -> Exit {
    arguments.jobs.apply();
    let (send, receive) = mpsc::channel();
    let reader = send.clone();
    // The thread waits for the editor when all else is done, and ends with the process.
    let reading = thread::Builder::new().spawn(move || {
        let mut input = BufReader::new(io::stdin().lock());
        loop {
            let read = wire::read(&mut input);
            let is_last = matches!(read, wire::Read::End | wire::Read::Unframed(_));
            if reader.send(read).is_err() || is_last {
                break;
            }
        }
    });
    if let Err(error) = reading {
        complain(&format!("no thread to read with: {error}"));
        return Exit::Unreadable;
    }
    let mut server = Server::new(arguments, send, io::stdout().lock());
    server.serve(&receive)
}
