//! The tickets that there are, as a product exports them.

use std::path::PathBuf;

use clap::Args;
use statewright::changes::tickets::{Columns, Tickets};
use statewright::limits::Limits;

use crate::cli::io::reading::{read_file, reason};

// Which tickets there are. (A comment of its own would become the help of each command.)
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Tickets")]
pub struct TicketArguments {
    /// Say how many tickets each change concerns, by this CSV with columns workflow, state and count
    ///
    /// Any export will do that has a column for the state: without a column for the count each row is a
    /// ticket, and without one for the workflow all are of the one workflow. An error that concerns no
    /// ticket becomes a warning.
    #[arg(long, value_name = "FILE")]
    tickets: Option<PathBuf>,

    /// The column of the state [default: state, or else status]
    #[arg(long, value_name = "NAME", requires = "tickets")]
    state_column: Option<String>,

    /// The column of the workflow: its identifier, name or ticket type [default: workflow]
    #[arg(long, value_name = "NAME", requires = "tickets")]
    workflow_column: Option<String>,

    /// The column with how many tickets a row stands for [default: count, or else tickets]
    #[arg(long, value_name = "NAME", requires = "tickets")]
    count_column: Option<String>,
}

/// An export has at most so many bytes.
const MOST: usize = 256_000_000;

impl TicketArguments {
    /// Whether any are given.
    pub fn are_given(&self) -> bool {
        self.tickets.is_some()
    }

    /// The tickets, which are of `workflows`; what to say where they cannot be read.
    pub fn read(&self, workflows: usize) -> Option<Result<Tickets, String>> {
        let path = self.tickets.as_ref()?;
        let name = path.to_string_lossy();
        let limits = Limits {
            bytes: MOST,
            ..Limits::default()
        };
        let read = || {
            let bytes = read_file(path, limits).map_err(|error| reason(&error))?;
            if bytes.len() > MOST {
                return Err(format!("it has more than {MOST} bytes"));
            }
            let columns = Columns {
                state: self.state_column.clone(),
                workflow: self.workflow_column.clone(),
                count: self.count_column.clone(),
            };
            let tickets = Tickets::read(&bytes, &columns)?;
            if workflows > 1 && !tickets.name_workflows() {
                return Err(format!(
                    "it has no column for the workflow, and there are {workflows}: name one with --workflow-column"
                ));
            }
            Ok(tickets)
        };
        Some(read().map_err(|why| format!("cannot read tickets from `{name}`: {why}")))
    }
}
