//! `statewright diff`.

mod live;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use statewright::changes::rules;
use statewright::changes::shown::{self, Shown};
use statewright::changes::tickets::{self, Called};
use statewright::changes::{Difference, Version, Workflows};
use statewright::compile::{self, Reading};
use statewright::diagnostic::Diagnostic;
use statewright::graph::Resolved;
use statewright::limits::{BYTES, Grouped, Limits};
use statewright::report::{Report, Sources};
use statewright::source::{Source, SourceId};

use crate::cli::arguments::live::{Live, named};
use crate::cli::arguments::{Inputs, TicketArguments};
use crate::cli::discovery::inputs;
use crate::cli::io::git::{Failure, Range, Versions};
use crate::cli::io::output::{complain, print};
use crate::cli::io::{Exit, jobs};
use crate::cli::session::against;
use crate::cli::session::reporting::print_plainly;
use crate::cli::session::revisions::{self, Asked, Files};

mod picture;

#[derive(Args)]
#[command(
    override_usage = "statewright diff [OPTIONS] OLD NEW\n       statewright diff [OPTIONS] --git REV[..REV|...REV] [PATH]...\n       statewright diff [OPTIONS] --live TARGET[:DOCUMENT]=FILE [PATH]..."
)]
pub struct Arguments {
    #[command(flatten)]
    pub inputs: Inputs,

    /// Compare what git keeps: of one revision with the files on disk, or of two, as in `main..topic`
    ///
    /// With three dots, the old version is where the two forked off; `main...` is that against the
    /// files on disk. Files that git does not track are new.
    #[arg(long, value_name = "REV", value_parser = Range::of)]
    git: Option<Range>,

    /// Compare what a product answers, which FILE holds, with the files: what was changed by hand over there
    ///
    /// The product's answer is the old version. Only what the product can say is compared.
    /// `statewright build --target TARGET:fetch` writes the requests that ask for it.
    #[arg(long, value_name = "TARGET[:DOCUMENT]=FILE", value_parser = named, conflicts_with_all = ["git", "tickets"])]
    live: Option<Live>,
    #[command(flatten)]
    tickets: TicketArguments,

    /// How the changes are written
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,

    /// Also draw both versions in one picture: what is new, gone and changed, and what is as it was
    ///
    /// The ending says in which notation: `.svg`, `.png`, `.html`, `.mmd`, `.dot` or another one of
    /// `statewright list notations`. One workflow may differ.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

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
        if let Some(message) = self
            .out
            .as_deref()
            .and_then(|out| picture::notation(out).err())
        {
            return Some(message);
        }
        let piped = self
            .inputs
            .paths
            .iter()
            .filter(|path| *path == Path::new("-"))
            .count();
        if self.live.is_some() {
            return None;
        }
        match (&self.git, self.inputs.paths.len(), piped) {
            (Some(_), _, 0) | (None, 2, 0 | 1) => None,
            (Some(_), ..) => Some("git keeps no versions of standard input: name files".to_owned()),
            (None, 2, _) => Some("standard input can only be one of the two versions".to_owned()),
            (None, ..) => Some(
                "name two files or folders, the old version and the new one, or add --git or --live"
                    .to_owned(),
            ),
        }
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    if let Some(live) = &arguments.live
        && let Some(input) = live.input
    {
        return live::run(arguments, live, input);
    }
    let sides = match &arguments.git {
        Some(range) => of_git(arguments, range),
        None => Ok(of_paths(arguments)),
    };
    match sides {
        Ok(sides) => sides
            .old
            .exit
            .max(sides.new.exit)
            .max(sides.compare(arguments)),
        Err(failure) => {
            complain(&failure.to_string());
            Exit::Unreadable
        }
    }
}

/// The two versions.
struct Sides {
    old: Files,
    new: Files,
    /// How many files more there are that are the same in both.
    unchanged: usize,
}

fn of_paths(arguments: &Arguments) -> Sides {
    let read = |path: &PathBuf, first: u32| {
        let inputs = Inputs {
            paths: vec![path.clone()],
            ..arguments.inputs.clone()
        };
        let found = inputs::read(&inputs, false, None);
        let within = |found: &Option<PathBuf>| match found {
            Some(found) => found
                .strip_prefix(path)
                .unwrap_or(found)
                .to_string_lossy()
                .into_owned(),
            None => String::new(),
        };
        Files {
            paths: found.paths.iter().map(within).collect(),
            sources: numbered(found.sources, first),
            unread: found.unread,
            exit: found.exit,
        }
    };
    let [old, new] = [0, 1].map(|index| &arguments.inputs.paths[index]);
    let old = read(old, 0);
    let new = read(new, old.sources.len() as u32);
    Sides {
        old,
        new,
        unchanged: 0,
    }
}

fn numbered(sources: Vec<Source>, first: u32) -> Vec<Source> {
    let numbered = sources.into_iter().zip(first..);
    numbered
        .map(|(source, id)| source.numbered(SourceId(id)))
        .collect()
}

fn of_git(arguments: &Arguments, range: &Range) -> Result<Sides, Failure> {
    let inputs = &arguments.inputs;
    let limits = inputs.limits.over(Limits::default());
    let versions = Versions::find(range, Path::new("."))?;
    versions.notes.iter().for_each(|note| complain(note));
    let asked = Asked::of(&versions, inputs)?;
    if !range.is_against_disk() {
        let (old, new) = versions.differing(|path| asked.may_want(path) && asked.chooses(path))?;
        let old = revisions::read(&old, range.old_name(), 0, limits)?;
        let first = old.sources.len() as u32;
        let new = revisions::read(&new, range.new_name(), first, limits)?;
        return Ok(Sides {
            old,
            new,
            unchanged: 0,
        });
    }
    let mut found = inputs::read(inputs, false, None);
    let mut entries = versions.files(|path| asked.may_want(path), |path| asked.is_within(path))?;
    let paths = asked.paths_of(&found);
    asked.retain(&mut entries, &paths, &mut found);
    let same = revisions::unchanged(&entries, &found.sources, &paths);
    let unchanged: std::collections::HashSet<&[u8]> = paths
        .iter()
        .zip(&same)
        .filter(|(_, same)| **same)
        .map(|(path, _)| path.as_slice())
        .collect();
    entries.retain(|entry| !unchanged.contains(entry.path.as_slice()));
    let old = revisions::read(&entries, range.old_name(), 0, limits)?;
    let differing = found.sources.into_iter().zip(&paths).zip(&same);
    let differing = differing.filter(|(_, same)| !**same).map(|(file, _)| file);
    let (sources, paths): (Vec<Source>, Vec<&Vec<u8>>) = differing.unzip();
    let new = Files {
        sources: numbered(sources, old.sources.len() as u32),
        paths: paths
            .into_iter()
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .collect(),
        unread: found.unread,
        // That all of them are gone is an answer.
        exit: if found.exit == Exit::Empty {
            Exit::Good
        } else {
            found.exit
        },
    };
    Ok(Sides {
        old,
        new,
        unchanged: unchanged.len(),
    })
}

/// Where the reading of a new file is: that of an old file which says the same byte for byte, or its own.
enum Read {
    Same(usize),
    Own(Box<Reading>),
}

fn versions<'v>(files: &'v Files, reading: impl Fn(usize) -> &'v Reading) -> Vec<Version<'v>> {
    let named = files.paths.iter().enumerate();
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

impl Sides {
    fn compare(&self, arguments: &Arguments) -> Exit {
        let Sides { old, new, .. } = self;
        let length = |source: &Source| source.text().len();
        let at = old
            .paths
            .iter()
            .enumerate()
            .map(|(index, path)| (path.as_str(), index));
        let at: HashMap<&str, usize> = at.collect();
        let both: Vec<(&Source, &String)> = new.sources.iter().zip(&new.paths).collect();
        // What both say is kept until they are compared, and takes up to thirty times as much memory.
        for (source, path) in &both {
            let most = source.limits().bytes;
            let before = at
                .get(path.as_str())
                .map_or(0, |index| length(&old.sources[*index]));
            if before > 0 && length(source) + before > most {
                complain(&format!(
                    "`{}` was not compared: both versions together have more than {} bytes; `--limit bytes={}` allows twice as many",
                    source.name(),
                    Grouped(most),
                    most.saturating_mul(2).min(BYTES.most)
                ));
                return Exit::Unreadable;
            }
        }
        let readings = jobs::each_of_size(&old.sources, length, compile::read);
        let news = jobs::each_of_size(
            &both,
            |(source, _)| length(source),
            |(source, path)| {
                let same = at.get(path.as_str()).filter(|index| {
                    let old = &old.sources[**index];
                    old.text() == source.text() && old.syntax() == source.syntax()
                });
                match same {
                    Some(index) => Read::Same(*index),
                    None => Read::Own(Box::new(compile::read(source))),
                }
            },
        );
        let reading = |index: usize| match &news[index] {
            Read::Same(index) => &readings[*index],
            Read::Own(reading) => &**reading,
        };
        let old_versions = versions(old, |index| &readings[index]);
        let new_versions = versions(new, reading);
        let workflows = Workflows::of(&old_versions, &new_versions);
        let mut differences = jobs::each(&workflows.pairs, |(was, is)| {
            if matches!(news[*is], Read::Same(same) if same == *was) {
                return None;
            }
            Difference::of(old_versions[*was], new_versions[*is])
        });
        let mut read = Exit::Good;
        let count = old_versions.len().max(new_versions.len()) + self.unchanged;
        let tickets = against::told(arguments.tickets.read(count), &mut read);
        let tickets = tickets.map(|tickets| {
            let removed = workflows.removed.iter();
            let removed = removed.filter_map(|index| old_versions[*index].resolved);
            let pairs = workflows.pairs.iter().zip(&differences);
            let same = pairs.filter(|(_, difference)| difference.is_none());
            let same = same.filter_map(|((_, index), _)| new_versions[*index].resolved);
            let same = same.map(|resolved| Called::of(&[resolved.workflow()]));
            let (removed, same) = (removed.collect::<Vec<_>>(), same.collect());
            let counted = tickets::count(&tickets, &mut differences, &removed, same);
            // Files that are as they were in git are not read.
            let unknown = counted.told().filter(|_| self.unchanged == 0);
            let stranded = rules::stranded(differences.iter().flatten());
            std::iter::once(stranded).chain(unknown).collect()
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
            unchanged: self.unchanged,
            unread: &unread,
            live: None,
            uncompared: &[],
            tickets: tickets.unwrap_or_default(),
        };
        let told = self.tell_errors(&errors);
        let printed = print(&arguments.format.write()(&shown));
        let drawn = arguments
            .out
            .as_deref()
            .map(|out| picture::write(&shown, out));
        let mut exit = told.max(read).max(printed).max(drawn.unwrap_or_default());
        if !shown.gaps().is_empty() {
            exit = exit.max(Exit::Unreadable);
        }
        if arguments.exit_code && shown.differ() {
            exit = exit.max(Exit::Errors);
        }
        exit
    }

    /// Tells on standard error what hides a part of the files.
    fn tell_errors(&self, errors: &[Diagnostic]) -> Exit {
        if errors.is_empty() {
            return Exit::Good;
        }
        let report = Report::new(self.old.sources.iter().chain(&self.new.sources), errors);
        print_plainly(&report)
    }
}
