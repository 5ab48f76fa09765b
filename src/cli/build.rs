//! `statewright build`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use statewright::compile::Targets;
use statewright::diagnostic::{Diagnostic, Diagnostics, Severity};
use statewright::report::Report;
use statewright::rules::Checked;
use statewright::source::Source;
use statewright::targets::{self, Output};
use statewright::{Options, report, suggest};

use super::check::{compile_all, gather, target, verdict};
use super::output::{Stream, complain, print, print_report, write_file};
use super::{Exit, Inputs, Reporting, inputs};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// What to emit: a product, one of its documents, or `all` that a file is for
    ///
    /// A product alone means its first document. `all` means the first document of each product
    /// that a file names under `targets`. `statewright schema --list` names every document.
    #[arg(long, value_name = "NAME[:DOCUMENT]|all", required = true, value_parser = wanted)]
    target: Vec<Wanted>,

    /// Write one file a document into this folder, named IDENTIFIER.TARGET.DOCUMENT.json
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write JSON without line breaks and indentation
    #[arg(long)]
    compact: bool,

    #[command(flatten)]
    pub reporting: Reporting,
}

#[derive(Clone, Copy)]
enum Wanted {
    All,
    One(Output),
}

fn wanted(text: &str) -> Result<Wanted, String> {
    match text {
        "all" => Ok(Wanted::All),
        _ => output(text).map(Wanted::One),
    }
}

/// `NAME` or `NAME:DOCUMENT`; where there is no such thing, what to say about it.
pub fn output(text: &str) -> Result<Output, String> {
    let (name, document) = text
        .split_once(':')
        .map_or((text, None), |(name, document)| (name, Some(document)));
    let target = target(name)?;
    let Some(document) = document else {
        return Ok(target.default_output());
    };
    let found = target.document(document).ok_or_else(|| {
        let names: Vec<&str> = target.documents.iter().map(|d| d.name).collect();
        format!(
            "target `{name}` has no document `{document}`; it has {}",
            suggest::phrase(&names)
        )
    })?;
    Ok(Output {
        target,
        document: found,
    })
}

pub fn run(arguments: &Arguments) -> Exit {
    let found = inputs::read(&arguments.inputs);
    let options = Options {
        levels: arguments.reporting.levels.levels(),
        targets: held_against(&arguments.target),
    };
    let compilations = compile_all(&found.sources, &options);
    let mut diagnostics = gather(&compilations);
    let mut builder = Builder {
        arguments,
        options: &options,
        taken: HashMap::new(),
        text: String::new(),
        exit: Exit::Good,
    };
    for (source, compilation) in found.sources.iter().zip(&compilations) {
        if let Some(checked) = compilation.checked() {
            builder.workflow(source, checked, &mut diagnostics);
        }
    }
    let Builder { text, exit, .. } = builder;
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    let report = Report::new(&found.sources, &diagnostics);
    let reported = print_report(&report, &arguments.reporting, Stream::Error);
    let printed = print(&text);
    let errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
    let verdict = if errors {
        Exit::Errors
    } else {
        verdict(&compilations)
    };
    verdict.max(exit).max(found.exit).max(reported).max(printed)
}

/// A build for one product is not held against the others that the file names.
fn held_against(wanted: &[Wanted]) -> Targets {
    let one = |w: &Wanted| match w {
        Wanted::All => None,
        Wanted::One(output) => Some(*output),
    };
    let outputs: Vec<Output> = wanted.iter().filter_map(one).collect();
    match outputs.len() == wanted.len() {
        true => Targets::Only(outputs),
        false => Targets::NamedAnd(outputs.iter().map(|output| output.target).collect()),
    }
}

struct Builder<'a> {
    arguments: &'a Arguments,
    options: &'a Options,
    /// Which workflow file each output file was written for.
    taken: HashMap<PathBuf, String>,
    /// What goes to standard output: the JSON, or what was written where.
    text: String,
    exit: Exit,
}

impl Builder<'_> {
    fn workflow(&mut self, source: &Source, checked: &Checked, diagnostics: &mut Vec<Diagnostic>) {
        let mut outputs: Vec<Output> = Vec::new();
        for wanted in &self.arguments.target {
            match wanted {
                Wanted::One(output) => outputs.push(*output),
                Wanted::All => outputs.extend(named_by(checked)),
            }
        }
        let mut written = Vec::new();
        for output in outputs {
            let Some(json) = self.emit(checked, output, diagnostics) else {
                continue;
            };
            match &self.arguments.out {
                None => self.text.push_str(&json),
                Some(folder) => written.extend(self.write(folder, source, checked, output, &json)),
            }
        }
        if self.arguments.out.is_some() {
            let written = if written.is_empty() {
                "nothing: no target is named".to_owned()
            } else {
                written.join(", ")
            };
            let line = format!("{}: wrote {written}", source.name());
            self.text.push_str(&report::in_line(&line));
            self.text.push('\n');
        }
    }

    /// The document as text; `None` where an error was reported.
    fn emit(
        &self,
        checked: &Checked,
        output: Output,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let mut out = Diagnostics::new();
        let json = (output.document.emit)(checked, &mut out);
        self.options.levels.apply(&mut out);
        // What concerns the target as a whole was reported when the file was checked against it.
        let new: Vec<Diagnostic> = out
            .into_sorted()
            .into_iter()
            .filter(|d| !diagnostics.contains(d))
            .collect();
        let failed = new.iter().any(|d| d.severity == Severity::Error);
        diagnostics.extend(new);
        let json = json.filter(|_| !failed)?;
        let text = match self.arguments.compact {
            true => serde_json::to_string(&json),
            false => serde_json::to_string_pretty(&json),
        };
        text.ok().map(|text| report::disarmed(&text) + "\n")
    }

    fn write(
        &mut self,
        folder: &Path,
        source: &Source,
        checked: &Checked,
        output: Output,
        json: &str,
    ) -> Option<String> {
        let name = format!(
            "{}.{}.{}.json",
            checked.identifier(),
            output.target.name,
            output.document.name
        );
        let path = folder.join(name);
        if let Some(other) = self.taken.get(&path) {
            complain(&format!(
                "`{}` and `{other}` both define workflow `{}`; the second was not written",
                source.name(),
                checked.identifier()
            ));
            self.exit = self.exit.max(Exit::Errors);
            return None;
        }
        let exit = write_file(&path, json);
        self.exit = self.exit.max(exit);
        self.taken.insert(path.clone(), source.name().to_owned());
        (exit == Exit::Good).then(|| path.to_string_lossy().into_owned())
    }
}

fn named_by(checked: &Checked) -> impl Iterator<Item = Output> + '_ {
    targets::named(checked.resolved())
        .into_iter()
        .map(|(target, _)| target.default_output())
}
