//! `statewright diff`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use statewright::changes::shown::{self, Shown};
use statewright::changes::{Difference, Version, Workflows};
use statewright::compile::{self, Reading};
use statewright::diagnostic::Diagnostic;
use statewright::graph::Resolved;
use statewright::report::{self, Printable, Report, Sources, Style};
use statewright::source::{Source, SourceId};

use crate::cli::arguments::Inputs;
use crate::cli::discovery::inputs::{self, Found};
use crate::cli::io::output::{Color, Stream, colored, columns, emit, print};
use crate::cli::io::{Exit, jobs};

#[derive(Args)]
#[command(override_usage = "statewright diff [OPTIONS] OLD NEW")]
pub struct Arguments {
    #[command(flatten)]
    pub inputs: Inputs,

    /// How the changes are written
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,

    /// End with 1 where something changed
    #[arg(long)]
    exit_code: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Everything that changed, by file
    Human,
    /// A line a change, with its place
    Short,
    /// For programs
    Json,
    /// For the summary of a job, or a comment on a pull request
    Markdown,
}

impl Format {
    fn write(self) -> fn(&Shown) -> String {
        match self {
            Format::Human => shown::human::write,
            Format::Short => shown::short::write,
            Format::Json => shown::json::write,
            Format::Markdown => shown::markdown::write,
        }
    }
}

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        let piped = self
            .inputs
            .paths
            .iter()
            .filter(|path| *path == Path::new("-"));
        match (self.inputs.paths.len(), piped.count()) {
            (2, 0 | 1) => None,
            (2, _) => Some("standard input can only be one of the two versions".to_owned()),
            _ => Some("name two files or folders: the old version and the new one".to_owned()),
        }
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let side = |path: &PathBuf| Inputs {
        paths: vec![path.clone()],
        ..arguments.inputs.clone()
    };
    let [old_inputs, new_inputs] = [0, 1].map(|index| side(&arguments.inputs.paths[index]));
    let (old, new) = (Files::read(&old_inputs, 0), None);
    let new = new.unwrap_or_else(|| Files::read(&new_inputs, old.sources.len() as u32));
    let exit = old.found.exit.max(new.found.exit);
    exit.max(compare(arguments, &old, &new))
}

/// The files of a version.
struct Files {
    found: Found,
    /// The sources, numbered so that no other version has the same numbers.
    sources: Vec<Source>,
    /// Their paths from what is named.
    paths: Vec<String>,
}

impl Files {
    fn read(inputs: &Inputs, first: u32) -> Self {
        let found = inputs::read(inputs, false, None);
        let numbered = found.sources.iter().zip(first..);
        let sources = numbered.map(|(source, id)| source.clone().numbered(SourceId(id)));
        let sources = sources.collect();
        let within = |path: &Option<PathBuf>| match path {
            Some(path) => {
                let path = path.strip_prefix(&inputs.paths[0]).unwrap_or(path);
                path.to_string_lossy().into_owned()
            }
            None => String::new(),
        };
        let paths = found.paths.iter().map(within).collect();
        Files {
            found,
            sources,
            paths,
        }
    }

    fn versions<'v>(&'v self, reading: impl Fn(usize) -> &'v Reading) -> Vec<Version<'v>> {
        let named = self.paths.iter().enumerate();
        let version = |(index, path): (usize, &'v String)| {
            let Reading {
                resolved, errors, ..
            } = reading(index);
            Version {
                path,
                resolved: resolved.as_ref(),
                is_whole: errors.is_empty(),
            }
        };
        named.map(version).collect()
    }
}

/// Where the reading of a new file is: that of an old file which says the same byte for byte, or its own.
enum Read {
    Same(usize),
    Own(Box<Reading>),
}

fn compare(arguments: &Arguments, old: &Files, new: &Files) -> Exit {
    let readings = jobs::each(&old.sources, compile::read);
    let at = old
        .paths
        .iter()
        .enumerate()
        .map(|(index, path)| (path.as_str(), index));
    let at: std::collections::HashMap<&str, usize> = at.collect();
    let both: Vec<(&Source, &String)> = new.sources.iter().zip(&new.paths).collect();
    let news = jobs::each(&both, |(source, path)| {
        let same = at.get(path.as_str()).filter(|index| {
            let old = &old.sources[**index];
            old.text() == source.text() && old.syntax() == source.syntax()
        });
        match same {
            Some(index) => Read::Same(*index),
            None => Read::Own(Box::new(compile::read(source))),
        }
    });
    let reading = |index: usize| match &news[index] {
        Read::Same(index) => &readings[*index],
        Read::Own(reading) => &**reading,
    };
    let old_versions = old.versions(|index| &readings[index]);
    let new_versions = new.versions(reading);
    let workflows = Workflows::of(&old_versions, &new_versions);
    let differences = jobs::each(&workflows.pairs, |(was, is)| {
        if matches!(news[*is], Read::Same(same) if same == *was) {
            return None;
        }
        Difference::of(old_versions[*was], new_versions[*is])
    });
    let mut errors: Vec<Diagnostic> = readings.iter().flat_map(|r| r.errors.clone()).collect();
    let own = news.iter().filter_map(|read| match read {
        Read::Own(reading) => Some(reading.errors.clone()),
        Read::Same(_) => None,
    });
    errors.extend(own.flatten());
    let faulty = old.sources.iter().zip(&readings);
    let faulty = faulty.chain(
        new.sources
            .iter()
            .enumerate()
            .map(|(index, s)| (s, reading(index))),
    );
    let partly =
        faulty.filter(|(_, reading)| reading.resolved.is_some() && !reading.errors.is_empty());
    let unread: Vec<String> = partly.map(|(source, _)| source.name().to_owned()).collect();
    let identifier = |version: &Version<'_>| -> String {
        let workflow = version.resolved.map(Resolved::workflow);
        let identifier = workflow.and_then(|workflow| workflow.identifier.as_ref());
        identifier.map_or_else(|| version.path.to_owned(), |text| text.value.to_string())
    };
    let removed: Vec<String> = workflows
        .removed
        .iter()
        .map(|i| identifier(&old_versions[*i]))
        .collect();
    let added: Vec<String> = workflows
        .added
        .iter()
        .map(|i| identifier(&new_versions[*i]))
        .collect();
    let shown = Shown {
        sources: Sources::new(old.sources.iter().chain(&new.sources)),
        old: old.sources.iter().collect(),
        new: new.sources.iter().collect(),
        workflows: &workflows,
        differences: &differences,
        identifiers: (
            removed.iter().map(String::as_str).collect(),
            added.iter().map(String::as_str).collect(),
        ),
        unread: &unread,
    };
    let told = tell_errors(old, new, &errors);
    let printed = print(&arguments.format.write()(&shown));
    let mut exit = told.max(printed);
    if !shown.gaps().is_empty() {
        exit = exit.max(Exit::Unreadable);
    }
    if arguments.exit_code && shown.differ() {
        exit = exit.max(Exit::Errors);
    }
    exit
}

/// Tells on standard error what hides a part of the files.
fn tell_errors(old: &Files, new: &Files, errors: &[Diagnostic]) -> Exit {
    if errors.is_empty() {
        return Exit::Good;
    }
    let report = Report::new(old.sources.iter().chain(&new.sources), errors);
    let usual = Style::default();
    let style = Style {
        color: colored(Color::Auto, Stream::Error),
        width: columns(Stream::Error, usual.width),
        ..usual
    };
    let mut text = Printable::new();
    match report::human::write_reports(&report, &style, &mut text) {
        Ok(()) => emit(&text, Stream::Error),
        Err(_) => Exit::Unwritable,
    }
}
