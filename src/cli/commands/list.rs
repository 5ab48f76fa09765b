//! `statewright list`.

use clap::{Args, ValueEnum};
use statewright::targets::losses::{CONCEPTS, Fate};
use statewright::targets::requests::WRITERS;
use statewright::targets::{self, Target};
use statewright::{diagrams, report};

use crate::cli::commands::explain;
use crate::cli::io::Exit;
use crate::cli::io::output::print_lines;

#[derive(Args)]
pub struct Arguments {
    /// What to list
    #[arg(value_enum)]
    what: What,

    /// With targets: what each product keeps of a workflow, changes, and leaves out
    #[arg(long)]
    losses: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Products, and the documents that are emitted for them
    Targets,
    /// Codes of reports
    Codes,
    /// Ways to draw a workflow
    Notations,
    /// Ways to write reports
    Formats,
    /// Ways to write requests
    Forms,
}

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        let is_of_use = !self.losses || self.what == What::Targets;
        (!is_of_use).then(|| "--losses is for targets: write `list targets --losses`".to_owned())
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let all = targets::ALL.iter();
    print_lines(&match arguments.what {
        What::Targets if arguments.losses => all.map(|target| losses(target)).collect(),
        What::Targets => all.map(|target| documents(target)).collect(),
        What::Codes => explain::list(),
        What::Notations => lines(diagrams::ALL.iter().map(|n| (n.name.to_owned(), n.about))),
        What::Formats => lines(report::ALL.iter().map(|f| (f.name.to_owned(), f.about))),
        What::Forms => lines(WRITERS.iter().map(|w| (w.name.to_owned(), w.about))),
    })
}

fn lines(entries: impl Iterator<Item = (String, &'static str)>) -> String {
    let entries: Vec<(String, &str)> = entries.collect();
    let width = entries
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or(0);
    let line = |(name, about): &(String, &str)| format!("{name:width$}  {about}\n");
    entries.iter().map(line).collect()
}

fn documents(target: &Target) -> String {
    let documents = target.documents.iter();
    let documents = documents.map(|d| (format!("  {}:{}", target.name, d.name), d.about));
    format!("{}  {}\n{}", target.name, target.title, lines(documents))
}

fn losses(target: &Target) -> String {
    let document = target.default_document();
    let mut text = format!("{}  {}, as {}\n", target.name, target.title, document.name);
    for (fate, word) in [
        (Fate::Kept, "keeps"),
        (Fate::Changed, "changes"),
        (Fate::LeftOut, "leaves out"),
    ] {
        let those = CONCEPTS.iter().filter(|(of, ..)| target.fate(*of) == fate);
        let names: Vec<&str> = those.map(|(_, name, _)| *name).collect();
        if !names.is_empty() {
            text.push_str(&format!("  {word}: {}\n", names.join(", ")));
        }
    }
    for loss in target.losses() {
        text.push_str(&format!("  - {loss}\n"));
    }
    text + "\n"
}
