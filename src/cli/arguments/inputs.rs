//! Which files a command reads.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, ValueEnum};
use statewright::source::Syntax;

use crate::cli::arguments::config::ConfigArguments;
use crate::cli::arguments::limits::LimitArguments;
use crate::cli::io::jobs::Jobs;

/// What reports call standard input, where nobody says.
pub const STDIN: &str = "<stdin>";

// Which files a command reads: no doc comment, which would take the place of the sentence of every command.
#[derive(Args, Clone)]
pub struct Inputs {
    /// Files, and folders to look in for *.workflow.{yaml,yml,toml}; `-` is standard input
    ///
    /// Folders are searched to any depth, hidden ones, too. What the .gitignore files of the
    /// repository name is left out, and what `exclude` of statewright.toml names; `--verbose` tells
    /// what that is. A file that is named here is always read.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// Leave out what is named here, too, where ignore files or the configuration say so
    ///
    /// For programs that name every file that was changed. Nothing may then be left to read.
    #[arg(long)]
    pub force_exclude: bool,

    /// End with 0 instead of 5 where a folder holds no file to read
    #[arg(long)]
    pub allow_empty: bool,

    /// The syntax of standard input, and of files whose ending does not tell
    #[arg(long, value_enum)]
    pub syntax: Option<SyntaxArgument>,

    /// What reports call standard input; its ending tells the syntax, as that of a file does
    #[arg(long, value_name = "NAME", default_value = STDIN)]
    pub stdin_filename: String,

    #[command(flatten)]
    pub config: ConfigArguments,

    #[command(flatten)]
    pub jobs: Jobs,
    #[command(flatten)]
    pub limits: LimitArguments,
}

/// A command line of nothing else.
#[derive(Parser)]
struct Alone {
    #[command(flatten)]
    inputs: Inputs,
}

impl Inputs {
    /// What a command reads in which nothing is named, and everything in `folder`; it may be nothing.
    pub fn here_and_in(folder: &Path) -> Option<Inputs> {
        let words = ["", ".", "--allow-empty"].map(OsStr::new);
        let words = words
            .into_iter()
            .chain(folder.is_dir().then_some(folder.as_os_str()));
        Some(Alone::try_parse_from(words).ok()?.inputs)
    }

    pub fn mistake(&self) -> Option<String> {
        if self.name_standard_input() {
            return None;
        }
        if self.stdin_filename != STDIN {
            return Some("--stdin-filename names standard input: add `-` to the paths".to_owned());
        }
        let wanted = Syntax::from(self.syntax?);
        let of_name = |path: &PathBuf| Syntax::of_file_name(&path.to_string_lossy());
        let is_of_use =
            |path: &PathBuf| !path.is_dir() && of_name(path).is_none_or(|syntax| syntax == wanted);
        (!self.paths.iter().any(is_of_use)).then(|| {
            "--syntax is for standard input and files whose names do not tell: leave it out"
                .to_owned()
        })
    }

    /// Whether standard input is among them.
    pub fn name_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path == Path::new("-"))
    }
}

/// A syntax of workflow files, on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum SyntaxArgument {
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
