//! `statewright import`.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use statewright::diagnostic::{Levels, Severity};
use statewright::import::{self, File, Imported, Input, Options};
use statewright::limits::Limits;
use statewright::model::decode::identifier_like;
use statewright::report::{self, Report};
use statewright::source::{Source, SourceId, Syntax};
use statewright::suggest;

use crate::cli::arguments::limits::LimitArguments;
use crate::cli::arguments::names::input;
use crate::cli::arguments::{STDIN, SyntaxArgument};
use crate::cli::commands::init::identifier;
use crate::cli::discovery::inputs::read_one;
use crate::cli::io::Exit;
use crate::cli::io::files::Files;
use crate::cli::io::output::{complain, print, print_file};
use crate::cli::session::Reporting;
use crate::cli::session::reporting::print_findings;

#[derive(Args)]
pub struct Arguments {
    /// What the JSON is: a product's name alone means the document that is imported by default
    ///
    /// `statewright import --list` names every document that can be imported.
    #[arg(long, value_name = "TARGET[:DOCUMENT]", required_unless_present = "list", value_parser = input)]
    from: Option<Input>,

    /// The file with the product's JSON, or several that are pages of one list; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<PathBuf>,

    /// The syntax of the workflow files
    #[arg(long, value_enum, default_value = "yaml")]
    syntax: SyntaxArgument,

    /// The identifier of the workflow, if not the one that follows from the JSON or the file's name
    #[arg(long, value_name = "IDENTIFIER", value_parser = identifier)]
    name: Option<String>,

    /// Write a file named IDENTIFIER.workflow.yaml or .toml for each workflow into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write over workflow files that are already there
    #[arg(long, requires = "out")]
    force: bool,

    /// List what can be imported
    #[arg(long, conflicts_with_all = ["from", "files", "name", "out", "syntax", "stdin_filename", "format", "output", "statistics"])]
    list: bool,

    /// What reports call standard input
    #[arg(long, value_name = "NAME", default_value = STDIN)]
    stdin_filename: String,

    #[command(flatten)]
    limits: LimitArguments,

    #[command(flatten)]
    pub reporting: Reporting,
}

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        let inputs = self.files.iter().filter(|file| is_stdin(file)).count();
        if inputs > 1 {
            return Some("standard input is named twice: name it once".to_owned());
        }
        let is_of_use = self.stdin_filename == STDIN || inputs > 0;
        (!is_of_use).then(|| "--stdin-filename names standard input: leave it out".to_owned())
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let input = match arguments.from {
        Some(input) if !arguments.list => input,
        _ => return print(&list()),
    };
    if arguments.files.iter().any(|file| is_stdin(file)) && io::stdin().is_terminal() {
        complain("no file is named: add the file with the JSON, or send it to standard input");
        return Exit::Usage;
    }
    let limits = arguments.limits.over(Limits::default());
    let name = &arguments.stdin_filename;
    let (mut sources, mut unread) = (Vec::new(), Vec::new());
    for (at, file) in arguments.files.iter().enumerate() {
        match read_one(file, name, Syntax::Json, limits) {
            Ok(source) => sources.push(source.numbered(SourceId(at as u32))),
            Err(report) => unread.push(report),
        }
    }
    let [first, ..] = arguments.files.as_slice() else {
        return Exit::Usage;
    };
    if !unread.is_empty() {
        let mut report = Report::new([], &[]);
        report.unread = &unread;
        return Exit::Unreadable.max(print_findings(&report, &arguments.reporting));
    }
    let options = Options {
        syntax: arguments.syntax.into(),
        identifier: arguments.name.clone(),
        fallback: fallback(first, input),
        levels: arguments.reporting.levels.over(Levels::default()),
    };
    let imported = import::import_together(&sources, input, &options);
    let errors = imported.diagnostics.iter();
    let verdict = match errors.filter(|d| d.severity == Severity::Error).count() {
        0 => Exit::Good,
        _ => Exit::Errors,
    };
    let report = Report::new(&sources, &imported.diagnostics);
    let reported = print_findings(&report, &arguments.reporting);
    let names = sources.iter().map(Source::name);
    let names: Vec<&str> = names.collect();
    verdict
        .max(reported)
        .max(deliver(&imported, &names, arguments))
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// The identifier of a workflow that the JSON does not name: that of the file, or the product's.
fn fallback(file: &Path, input: Input) -> String {
    let stem = file.file_name().map(|name| name.to_string_lossy());
    let stem = stem.as_deref().and_then(|name| name.split('.').next());
    let named = stem.and_then(identifier_like);
    named.unwrap_or_else(|| input.target.name.to_owned())
}

/// Writes what was imported to standard output or into the folder.
fn deliver(imported: &Imported, names: &[&str], arguments: &Arguments) -> Exit {
    let holds = if names.len() == 1 { "holds" } else { "hold" };
    let holds = format!("{} {holds}", suggest::phrase_up_to(names, 3));
    match (&arguments.out, imported.files.as_slice()) {
        (_, []) => Exit::Good,
        (None, [file]) => {
            tell_findings(file, "the workflow");
            print_file(&file.text)
        }
        (None, files) => {
            complain(&format!(
                "{holds} {} workflows: add --out DIR to write a file for each",
                files.len()
            ));
            Exit::Usage
        }
        (Some(_), files) if files.len() > 1 && arguments.name.is_some() => {
            complain(&format!(
                "{holds} {} workflows, and --name names one: leave it out",
                files.len()
            ));
            Exit::Usage
        }
        (Some(folder), files) => {
            let syntax = Syntax::from(arguments.syntax);
            let mut written = Files::new();
            let told = files.iter().map(|file| {
                let name = format!("{}.workflow.{}", file.identifier, syntax.name());
                let path = folder.join(name);
                let content = file.text.as_bytes();
                let is_there = match arguments.force {
                    true => written.write_into(folder, &path, content),
                    false => written.write_new(&path, content, ": --force writes over it"),
                };
                match is_there {
                    true => tell_written(&path, file),
                    false => Exit::Good,
                }
            });
            let told = told.max().unwrap_or_default();
            told.max(written.finish())
        }
    }
}

fn tell_written(path: &Path, file: &File) -> Exit {
    let name = path.to_string_lossy();
    tell_findings(file, &format!("`{name}`"));
    let line = format!("wrote {name}; next: statewright check {name}");
    print(&(report::in_line(&line) + "\n"))
}

/// What is wrong with the workflow itself is for `check` to say, but that there is something.
fn tell_findings(file: &File, what: &str) {
    let (errors, warnings) = file.findings;
    let counted = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    };
    let counts = [counted(errors, "error"), counted(warnings, "warning")];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    if !counts.is_empty() {
        let counts = counts.join(" and ");
        complain(&format!(
            "{what} has {counts} of its own, which `statewright check` explains"
        ));
    }
}

fn list() -> String {
    let mut lines = Vec::new();
    for target in statewright::targets::ALL {
        for import in target.imports {
            let about = target.document(import.document).map_or("", |d| d.about);
            lines.push((format!("{}:{}", target.name, import.document), about));
        }
    }
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    lines
        .iter()
        .map(|(name, about)| format!("{name:width$}  {about}\n"))
        .collect()
}
