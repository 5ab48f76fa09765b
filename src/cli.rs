//! The command line.

mod build;
mod check;
mod diagram;
mod exit;
mod explain;
mod fix;
mod import;
mod init;
mod inputs;
mod list;
mod output;
mod schema;
mod why;

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use statewright::diagnostic::{Code, Level, Levels};
use statewright::source::Syntax;
use statewright::{compile, report, suggest};

pub use exit::Exit;

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
  70  internal error";

#[derive(Subcommand)]
enum Command {
    /// Report everything that is wrong with workflow files
    Check(check::Arguments),
    /// Compile workflow files to the JSON that products document
    Build(build::Arguments),
    /// Draw workflow files, also faulty ones
    Diagram(diagram::Arguments),
    /// Show how tickets come to a state, or why they never do
    Why(why::Arguments),
    /// Write workflow files from the JSON of products
    Import(import::Arguments),
    /// Explain a code of a report, or list all codes
    Explain(explain::Arguments),
    /// List targets and what they keep, codes, notations, formats
    List(list::Arguments),
    /// Print the JSON Schema of workflow files or of an emitted document
    Schema(schema::Arguments),
    /// Write a workflow file to start from
    Init(init::Arguments),
}

/// Runs the program with the process's own arguments.
pub fn main() -> ExitCode {
    exit::guard(|| match Cli::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Diagram(arguments) => diagram::run(&arguments),
        Command::Why(arguments) => why::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
    })
}

/// Which files a command reads.
#[derive(Args)]
struct Inputs {
    /// Files, and folders to look in for *.workflow.{yaml,yml,toml}; `-` is standard input
    ///
    /// Folders are searched to any depth; what .gitignore names is left out.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<std::path::PathBuf>,

    /// The syntax of standard input, and of files whose ending does not tell
    #[arg(long, value_enum)]
    syntax: Option<SyntaxArgument>,

    /// What reports call standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,
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

/// What is reported, and how it looks.
#[derive(Args)]
struct Reporting {
    /// How reports are written
    #[arg(long, value_name = "FORMAT", default_value = "human",
          value_parser = PossibleValuesParser::new(report::ALL.iter().map(|f| f.name)))]
    format: String,

    /// Colour in reports: on a terminal (unless NO_COLOR is set), always, or never
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Color,

    #[command(flatten)]
    levels: LevelArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Args)]
#[command(next_help_heading = "Levels")]
struct LevelArguments {
    /// Report this code as an error; `warnings` means every code that warns
    #[arg(long, value_name = "CODE", value_parser = codes_to_deny)]
    deny: Vec<Codes>,

    /// Report this code as a warning, also where it is off or an error
    #[arg(long, value_name = "CODE", value_parser = lowerable)]
    warn: Vec<&'static Code>,

    /// Do not report this code
    #[arg(long, value_name = "CODE", value_parser = lowerable)]
    allow: Vec<&'static Code>,
}

impl LevelArguments {
    /// The levels that the command line asks for. What names one code wins over `warnings`, and
    /// of several for one code the mildest wins.
    fn levels(&self) -> Levels {
        let mut levels = Levels::default();
        let warnings = || {
            compile::codes()
                .into_iter()
                .filter(|code| code.level == Level::Warn)
        };
        if self
            .deny
            .iter()
            .any(|codes| matches!(codes, Codes::Warnings))
        {
            warnings().for_each(|code| levels.set(code, Level::Deny));
        }
        for codes in &self.deny {
            if let Codes::One(code) = codes {
                levels.set(code, Level::Deny);
            }
        }
        self.warn
            .iter()
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
        true => Err(
            "nothing can be compiled while such a mistake stands, so it stays an error".to_owned(),
        ),
        false => Ok(code),
    }
}
