//! The command line.

mod baseline;
mod build;
mod check;
mod completions;
mod config;
mod cut;
mod dashed;
mod diagram;
mod exit;
mod explain;
mod files;
mod fix;
mod fmt;
mod gitignore;
mod import;
mod init;
mod inputs;
mod jobs;
mod limits;
mod links;
mod list;
mod man;
mod outbox;
mod output;
mod progress;
mod project;
mod reading;
mod reporting;
mod root;
mod schema;
mod session;
mod stale;
mod tracked;
mod unchosen;
mod walk;
mod watch;
mod why;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use statewright::diagnostic::{Code, Level, Levels};
use statewright::report::Printable;
use statewright::source::Syntax;
use statewright::{compile, suggest};

pub use exit::Exit;
use output::{Color, Stream, colored, emit};
use reporting::Reporting;

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

#[derive(Subcommand)]
enum Command {
    /// Report everything that is wrong with workflow files
    Check(check::Arguments),
    /// Compile workflow files to the JSON that products document
    Build(build::Arguments),
    /// Format workflow files
    Fmt(fmt::Arguments),
    /// Draw workflow files, also faulty ones
    Diagram(diagram::Arguments),
    /// Show how tickets come to a state, or why they never do
    Why(why::Arguments),
    /// Write workflow files from the JSON of products
    Import(import::Arguments),
    /// Explain a code of a report, or list all codes
    Explain(explain::Arguments),
    /// List targets and what they keep, codes, notations, formats, forms of requests
    List(list::Arguments),
    /// Print the JSON Schema of workflow files or of an emitted document
    Schema(schema::Arguments),
    /// Write a workflow file to start from
    Init(init::Arguments),
    /// Print what makes a shell complete commands, options and codes
    Completions(completions::Arguments),
    /// Write the manual pages
    Man(man::Arguments),
}

/// Runs the program with the process's own arguments.
pub fn main() -> ExitCode {
    exit::guard(|| match Cli::parsed().and_then(Cli::usable) {
        Ok(Cli { command }) => command.run(),
        Err(error) => refuse(&error),
    })
}

impl Cli {
    /// What the process's own arguments ask for.
    fn parsed() -> Result<Cli, clap::Error> {
        match dashed::mistake(std::env::args_os().skip(1)) {
            None => command()
                .try_get_matches()
                .and_then(|found| Cli::from_arg_matches(&found)),
            Some(mistake) => Err(command().error(ErrorKind::UnknownArgument, mistake)),
        }
    }

    /// The same, unless something is wrong with it that clap cannot tell.
    fn usable(self) -> Result<Cli, clap::Error> {
        match self.command.mistake() {
            None => Ok(self),
            Some(mistake) => Err(command().error(ErrorKind::ValueValidation, mistake)),
        }
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
            Command::Why(arguments) => arguments.mistake(),
            Command::Import(arguments) => arguments.mistake(),
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
            Command::Why(arguments) => Some(&arguments.inputs),
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
            Command::Check(arguments) if arguments.watch => watch::run(arguments),
            Command::Check(arguments) => check::run(arguments),
            Command::Build(arguments) => build::run(arguments),
            Command::Fmt(arguments) => fmt::run(arguments),
            Command::Diagram(arguments) => diagram::run(arguments),
            Command::Why(arguments) => why::run(arguments),
            Command::Import(arguments) => import::run(arguments),
            Command::Explain(arguments) => explain::run(arguments),
            Command::List(arguments) => list::run(arguments),
            Command::Schema(arguments) => schema::run(arguments),
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

/// Which files a command reads.
#[derive(Args)]
struct Inputs {
    /// Files, and folders to look in for *.workflow.{yaml,yml,toml}; `-` is standard input
    ///
    /// Folders are searched to any depth, hidden ones, too. What the .gitignore files of the
    /// repository name is left out, and what `exclude` of statewright.toml names; `--verbose` tells
    /// what that is. A file that is named here is always read.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<std::path::PathBuf>,

    /// Leave out what is named here, too, where ignore files or the configuration say so
    ///
    /// For programs that name every file that was changed. Nothing may then be left to read.
    #[arg(long)]
    force_exclude: bool,

    /// End with 0 instead of 5 where a folder holds no file to read
    #[arg(long)]
    allow_empty: bool,

    /// The syntax of standard input, and of files whose ending does not tell
    #[arg(long, value_enum)]
    syntax: Option<SyntaxArgument>,

    /// What reports call standard input; its ending tells the syntax, as that of a file does
    #[arg(long, value_name = "NAME", default_value = STDIN)]
    stdin_filename: String,

    #[command(flatten)]
    config: config::ConfigArguments,

    #[command(flatten)]
    jobs: jobs::Jobs,
    #[command(flatten)]
    limits: limits::LimitArguments,
}

/// What reports call standard input, where nobody says.
const STDIN: &str = "<stdin>";

impl Inputs {
    fn mistake(&self) -> Option<String> {
        if self
            .paths
            .iter()
            .any(|path| path == std::path::Path::new("-"))
        {
            return None;
        }
        if self.stdin_filename != STDIN {
            return Some("--stdin-filename names standard input: add `-` to the paths".to_owned());
        }
        let wanted = Syntax::from(self.syntax?);
        let of_name = |path: &std::path::PathBuf| Syntax::of_file_name(&path.to_string_lossy());
        let is_of_use = |path: &std::path::PathBuf| {
            !path.is_dir() && of_name(path).is_none_or(|syntax| syntax == wanted)
        };
        (!self.paths.iter().any(is_of_use)).then(|| {
            "--syntax is for standard input and files whose names do not tell: leave it out"
                .to_owned()
        })
    }
}

impl Inputs {
    /// Whether standard input is among them.
    fn name_standard_input(&self) -> bool {
        self.paths
            .iter()
            .any(|path| path == std::path::Path::new("-"))
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum SyntaxArgument {
    Yaml,
    Toml,
}

impl From<SyntaxArgument> for Syntax {
    fn from(argument: SyntaxArgument) -> Syntax {
        match argument {
            SyntaxArgument::Yaml => Syntax::Yaml,
            SyntaxArgument::Toml => Syntax::Toml,
        }
    }
}

#[derive(Args)]
#[command(next_help_heading = "Levels")]
struct LevelArguments {
    /// Report this code as an error; `warnings` means every code that warns
    #[arg(long, value_name = "CODE", value_parser = codes_to_deny)]
    deny: Vec<Codes>,

    /// Report this code as a warning, also where it is off or an error that may be less
    #[arg(long, value_name = "CODE", value_parser = lowerable)]
    warn: Vec<&'static Code>,

    /// Do not report this code; what leaves nothing to compile is always an error
    #[arg(long, value_name = "CODE", value_parser = lowerable)]
    allow: Vec<&'static Code>,

    /// Tell what is left out of folders and why, and report omitted details, too
    ///
    /// Omitted details are what a product has no place for (as `--warn omitted-details`).
    #[arg(long, short)]
    verbose: bool,
}

impl LevelArguments {
    /// An option that sets a level, if one does; not one that does something else, too.
    fn given(&self) -> Option<&'static str> {
        let options = [
            ("--deny", self.deny.is_empty()),
            ("--warn", self.warn.is_empty()),
            ("--allow", self.allow.is_empty()),
        ];
        let given = options.into_iter().find(|(_, is_empty)| !is_empty);
        given.map(|(option, _)| option)
    }

    /// The levels that the command line asks for, over those of a configuration. What names one
    /// code wins over `warnings`, and of several for one code the mildest wins.
    fn over(&self, mut levels: Levels) -> Levels {
        let warnings = |codes: &Codes| matches!(codes, Codes::Warnings);
        if self.deny.iter().any(warnings) {
            statewright::config::of_warnings(Level::Deny, &mut levels);
        }
        for codes in &self.deny {
            if let Codes::One(code) = codes {
                levels.set(code, Level::Deny);
            }
        }
        let details = compile::code("omitted-details").filter(|_| self.verbose);
        let details = details.filter(|code| levels.of(code) == Level::Allow);
        details
            .iter()
            .chain(&self.warn)
            .for_each(|code| levels.set(code, Level::Warn));
        self.allow
            .iter()
            .for_each(|code| levels.set(code, Level::Allow));
        levels
    }
}

/// What `--deny` can name.
#[derive(Clone, Copy)]
enum Codes {
    Warnings,
    One(&'static Code),
}

fn codes_to_deny(name: &str) -> Result<Codes, String> {
    match name {
        "warnings" => Ok(Codes::Warnings),
        _ => code(name).map(Codes::One),
    }
}

/// A code by its name; for a name that no code has, what to say about it.
fn code(name: &str) -> Result<&'static Code, String> {
    compile::code(name).ok_or_else(|| {
        let codes = compile::codes();
        match suggest::nearest(name, codes.iter().map(|code| code.name)) {
            Some(near) => format!("no code has this name; the nearest is `{near}`"),
            None => "no code has this name; `statewright explain` lists them".to_owned(),
        }
    })
}

/// A code that may be less than an error.
fn lowerable(name: &str) -> Result<&'static Code, String> {
    let code = code(name)?;
    match code.is_firm() {
        true => Err(code.why_firm().to_owned()),
        false => Ok(code),
    }
}
