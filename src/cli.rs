//! The command line.

mod arguments;
mod commands;
mod discovery;
mod io;
mod session;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use statewright::report::Printable;

use arguments::{Inputs, dashed};
use commands::{
    build, check, completions, diagram, diff, explain, fmt, ids, import, init, list, lsp, man,
    preview, schema, watch, why,
};
use io::output::{Color, Stream, colored, emit};
use io::{Exit, exit, progress};
use session::Reporting;

/// Checks ticket workflows kept in git and compiles them for service desk products.
///
/// A workflow is a YAML or TOML file named NAME.workflow.yaml, .yml or .toml: states,
/// transitions, and what must stay true of them. `statewright init` writes one to start from.
#[derive(Parser)]
#[command(name = "statewright", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0   no error (warnings are allowed)
  1   errors were reported
  2   wrong usage
  3   something could not be read
  4   output could not be written
  5   a folder holds no workflow file, or none that is not left out
  70  internal error";

// Arguments of a command are put together once it is the one that is asked for: fifteen commands have
// some 300, a third of what a run on one small file would cost.
#[derive(Subcommand)]
#[command(defer = true)]
enum Command {
    /// Report everything that is wrong with workflow files
    Check(check::Arguments),
    /// Compile workflow files to the JSON that products document
    Build(build::Arguments),
    /// Format workflow files
    Fmt(fmt::Arguments),
    /// Draw workflow files, also faulty ones
    Diagram(diagram::Arguments),
    /// Show what changed in workflows, and for the tickets in them
    Diff(diff::Arguments),
    /// Show how tickets come to a state, or why they never do
    Why(why::Arguments),
    /// Write workflow files from the JSON of products
    Import(import::Arguments),
    /// Write the ids that a product gave into workflow files
    Ids(ids::Arguments),
    /// Explain a code of a report, or list all codes
    Explain(explain::Arguments),
    /// List targets and what they keep, codes, notations, formats, forms of requests
    List(list::Arguments),
    /// Print the JSON Schema of workflow files or of an emitted document
    Schema(schema::Arguments),
    /// Speak with an editor that started it (the Language Server Protocol)
    Lsp(lsp::Arguments),
    /// Show the pages of workflow files in a browser, and follow every save
    Preview(preview::Arguments),
    /// Write a workflow file to start from
    Init(init::Arguments),
    /// Print what makes a shell complete commands, options and codes
    Completions(completions::Arguments),
    /// Write the manual pages
    Man(man::Arguments),
}

/// Runs the program with the process's own arguments.
pub fn main() -> ExitCode {
    exit::guard(|| match Cli::parsed() {
        Ok(Cli { command }) => command.run(),
        Err(error) => refuse(&error),
    })
}

impl Cli {
    /// What the process's own arguments ask for, unless something is wrong with it, also beyond what clap can tell.
    fn parsed() -> Result<Cli, clap::Error> {
        let mut all = command();
        if let Some(mistake) = dashed::mistake(std::env::args_os().skip(1)) {
            return Err(all.error(ErrorKind::UnknownArgument, mistake));
        }
        let found = all.try_get_matches_from_mut(std::env::args_os())?;
        let cli = Cli::from_arg_matches(&found)?;
        let Some(mistake) = cli.command.mistake() else {
            return Ok(cli);
        };
        let name = found.subcommand_name().unwrap_or_default();
        let own = all.find_subcommand_mut(name);
        // With how the command is used that was asked for.
        Err(match own {
            Some(own) => own.error(ErrorKind::ValueValidation, mistake),
            None => all.error(ErrorKind::ValueValidation, mistake),
        })
    }
}

impl Command {
    /// What is wrong with the arguments beyond what clap can tell: an option that would do nothing is
    /// refused.
    fn mistake(&self) -> Option<String> {
        let own = match self {
            Command::Check(arguments) => arguments.mistake(),
            Command::Build(arguments) => arguments.mistake(),
            Command::Fmt(arguments) => arguments.mistake(),
            Command::Diagram(arguments) => arguments.mistake(),
            Command::Diff(arguments) => arguments.mistake(),
            Command::Why(arguments) => arguments.mistake(),
            Command::Import(arguments) => arguments.mistake(),
            Command::Preview(arguments) => arguments.mistake(),
            Command::List(arguments) => arguments.mistake(),
            _ => None,
        };
        own.or_else(|| self.inputs()?.mistake())
            .or_else(|| self.reporting()?.mistake())
    }

    /// How it reports what is wrong with files, where it reads any.
    fn reporting(&self) -> Option<&Reporting> {
        match self {
            Command::Check(arguments) => Some(&arguments.reporting),
            Command::Build(arguments) => Some(&arguments.reporting),
            Command::Fmt(arguments) => Some(&arguments.reporting),
            Command::Diagram(arguments) => Some(&arguments.reporting),
            Command::Why(arguments) => Some(&arguments.reporting),
            Command::Import(arguments) => Some(&arguments.reporting),
            Command::Ids(arguments) => Some(&arguments.reporting),
            _ => None,
        }
    }

    /// Which files it reads, where it reads many.
    fn inputs(&self) -> Option<&Inputs> {
        match self {
            Command::Check(arguments) => Some(&arguments.inputs),
            Command::Build(arguments) => Some(&arguments.inputs),
            Command::Fmt(arguments) => Some(&arguments.inputs),
            Command::Diagram(arguments) => Some(&arguments.inputs),
            Command::Diff(arguments) => Some(&arguments.inputs),
            Command::Ids(arguments) => Some(&arguments.inputs),
            Command::Why(arguments) => Some(&arguments.inputs),
            Command::Preview(arguments) => Some(&arguments.inputs),
            _ => None,
        }
    }

    fn run(&self) -> Exit {
        if let Some(inputs) = self.inputs() {
            inputs.jobs.apply();
        }
        if self.reporting().is_some_and(|reporting| !reporting.quiet) {
            progress::allow();
        }
        match self {
            Command::Check(arguments) if arguments.watch => watch::check(arguments),
            Command::Check(arguments) => check::run(arguments),
            Command::Build(arguments) => build::run(arguments),
            Command::Fmt(arguments) => fmt::run(arguments),
            Command::Diagram(arguments) => diagram::run(arguments),
            Command::Diff(arguments) => diff::run(arguments),
            Command::Why(arguments) => why::run(arguments),
            Command::Import(arguments) => import::run(arguments),
            Command::Ids(arguments) => ids::run(arguments),
            Command::Explain(arguments) => explain::run(arguments),
            Command::List(arguments) => list::run(arguments),
            Command::Schema(arguments) => schema::run(arguments),
            Command::Lsp(arguments) => lsp::run(arguments),
            Command::Preview(arguments) => preview::run(arguments),
            Command::Init(arguments) => init::run(arguments),
            Command::Completions(arguments) => completions::run(arguments),
            Command::Man(arguments) => man::run(arguments),
        }
    }
}

/// Every command and its arguments; `--help` of each tells the exit codes.
fn command() -> clap::Command {
    Cli::command().mut_subcommands(|of_files| of_files.after_long_help(EXIT_CODES))
}

/// Prints what clap has to say, which is help, the version, or what is wrong with the arguments:
/// these may be the names of files, so that they are no safer to print than those.
fn refuse(error: &clap::Error) -> Exit {
    let (stream, exit) = match error.use_stderr() {
        true => (Stream::Error, Exit::Usage),
        false => (Stream::Output, Exit::Good),
    };
    let text = error.render();
    let mut out = Printable::new();
    match colored(Color::Auto, stream) {
        true => text
            .ansi()
            .to_string()
            .lines()
            .for_each(|line| out.colored(line)),
        false => out.lines(&text.to_string()),
    }
    exit.max(emit(&out, stream))
}
