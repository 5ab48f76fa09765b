//! `statewright diagram`.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use statewright::diagrams::{self, Notation};
use statewright::graph::Resolved;
use statewright::report::Report;
use statewright::source::Source;
use statewright::{Options, report};

use super::check::{compile_all, gather, verdict};
use super::output::{Stream, print, print_report, write_file};
use super::{Exit, Inputs, Reporting, inputs};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// What the picture is written in
    #[arg(long, value_parser = PossibleValuesParser::new(diagrams::ALL.iter().map(|n| n.name)))]
    notation: String,

    /// Write one file a workflow into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    #[command(flatten)]
    pub reporting: Reporting,
}

pub fn run(arguments: &Arguments) -> Exit {
    let found = inputs::read(&arguments.inputs);
    let notation = diagrams::find(&arguments.notation).unwrap_or(diagrams::ALL[0]);
    let options = Options {
        levels: arguments.reporting.levels.levels(),
        ..Options::default()
    };
    let compilations = compile_all(&found.sources, &options);
    let diagnostics = gather(&compilations);
    let mut text = String::new();
    let mut exit = found.exit;
    for (source, compilation) in found.sources.iter().zip(&compilations) {
        let Some(resolved) = compilation.resolved() else {
            continue;
        };
        let picture = (notation.draw)(resolved, &diagrams::Style::default());
        match &arguments.out {
            None => text.push_str(&picture),
            Some(folder) => {
                let path = folder.join(file_name(resolved, source, notation));
                let written = write_file(&path, &picture);
                exit = exit.max(written);
                if written == Exit::Good {
                    let line = format!("{}: wrote {}", source.name(), path.to_string_lossy());
                    text.push_str(&report::in_line(&line));
                    text.push('\n');
                }
            }
        }
    }
    let report = Report::new(&found.sources, &diagnostics);
    let reported = print_report(&report, &arguments.reporting, Stream::Error);
    verdict(&compilations)
        .max(exit)
        .max(reported)
        .max(print(&text))
}

/// The identifier and the notation's ending; where there is no usable identifier, the name of the
/// workflow file.
fn file_name(resolved: &Resolved, source: &Source, notation: &Notation) -> String {
    let identifier = resolved
        .workflow()
        .identifier
        .as_ref()
        .map(|i| i.value.as_str());
    let usable = identifier.filter(|i| statewright::model::decode::is_identifier(i));
    let stem = Path::new(source.name())
        .file_name()
        .map_or_else(|| "workflow".into(), |name| name.to_string_lossy());
    let stem = stem.split(".workflow.").next().unwrap_or("workflow");
    format!("{}.{}", usable.unwrap_or(stem), notation.extension)
}
