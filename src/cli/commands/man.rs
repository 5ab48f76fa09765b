//! `statewright man`.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use crate::cli::io::Exit;
use crate::cli::io::files::Files;
use crate::cli::io::output::{complain, print, print_exactly};
use crate::cli::io::reading::reason;

#[derive(Args)]
pub struct Arguments {
    /// Write a page for the program and one for each command into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Exit {
    let mut command = crate::cli::command().disable_help_subcommand(true);
    // Gives every command its full name: statewright-check.
    command.build();
    let Some(folder) = &arguments.out else {
        return match page(&command) {
            Ok(page) => print_exactly(&page),
            Err(exit) => exit,
        };
    };
    let parts = command.get_subcommands();
    let mut files = Files::new();
    let pages = [&command].into_iter().chain(parts);
    let written = pages
        .map(|command| write(folder, command, &mut files))
        .max();
    written.unwrap_or_default().max(files.finish())
}

fn write(folder: &Path, command: &Command, files: &mut Files) -> Exit {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let path = folder.join(format!("{name}.1"));
    match page(command) {
        Err(exit) => exit,
        Ok(page) => match files.write_into(folder, &path, page.as_bytes()) {
            true => print(&format!("wrote {}", path.to_string_lossy())),
            false => Exit::Good,
        },
    }
}

/// The page in the language of `man`.
fn page(command: &Command) -> Result<String, Exit> {
    let mut bytes = Vec::new();
    let rendered: io::Result<()> = Man::new(command.clone()).render(&mut bytes);
    match rendered {
        Ok(()) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => {
            complain(&format!("cannot write the page: {}", reason(&error)));
            Err(Exit::Unwritable)
        }
    }
}
