//! `statewright fmt`.

use clap::Args;
use statewright::compile::Options;
use statewright::diagnostic::{Diagnostic, Group, Severity};
use statewright::report::{self, Report, diff};
use statewright::source::Source;
use statewright::{compile, format};

use crate::cli::arguments::Inputs;
use crate::cli::discovery::inputs;
use crate::cli::io::Exit;
use crate::cli::io::files::Files;
use crate::cli::io::output::{complain, print, print_exactly};
use crate::cli::session::fix::is_whole;
use crate::cli::session::reporting::print_findings;
use crate::cli::session::{Reporting, verdict};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub inputs: Inputs,

    /// Write nothing; name the files that are laid out otherwise, and fail if there are any
    #[arg(long)]
    check: bool,

    /// Write nothing; show what would change, and fail if anything would
    #[arg(long)]
    diff: bool,

    #[command(flatten)]
    pub reporting: Reporting,
}

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        let shows = match (self.diff, self.check) {
            (true, _) => Some("--diff shows what would change"),
            (false, true) => Some("--check names files"),
            (false, false) => None,
        };
        if let (Some(shows), Some(option)) = (shows, self.reporting.given().next()) {
            return Some(format!(
                "{shows} and reports nothing of it: leave out {option}"
            ));
        }
        let level = self.reporting.levels.given()?;
        Some(format!(
            "only what cannot be read is reported here, whatever its level: leave out {level}"
        ))
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let found = inputs::read(&arguments.inputs, arguments.reporting.levels.verbose, None);
    let configured = found.config_reports(|set| arguments.reporting.levels.over(set));
    if verdict(&configured).max(found.configs.exit) != Exit::Good {
        return without_configuration(arguments, &found, &configured);
    }
    let mut exit = found.exit;
    let mut shown = String::new();
    // Standard input, laid out. A program that filters a text gives back every byte of it.
    let mut filtered = String::new();
    let mut reports = Vec::new();
    let mut changed = 0;
    let mut files = Files::new();
    let tells = !arguments.check
        && !arguments.diff
        && !arguments.reporting.quiet
        && !found.has_standard_input;
    for (source, path) in found.sources.iter().zip(&found.paths) {
        let laid = match is_whole(source) {
            true => format::text(source),
            false => None,
        };
        let Some(text) = laid else {
            reports.extend(unreadable(source));
            if path.is_none() && !arguments.check && !arguments.diff {
                filtered.push_str(source.text());
            }
            continue;
        };
        let is_new = text != source.text();
        changed += usize::from(is_new);
        match path {
            _ if arguments.diff => {
                shown.push_str(&diff::unified(source.name(), source.text(), &text));
            }
            _ if arguments.check && is_new => {
                let line = format!("{}: not formatted", source.name());
                shown.push_str(&report::in_line(&line));
                shown.push('\n');
            }
            _ if arguments.check => {}
            None => filtered.push_str(&text),
            Some(path) => {
                let is_there = !is_new || files.write(path, text.as_bytes());
                changed -= usize::from(!is_there);
                if is_new && is_there && tells {
                    let line = format!("{}: reformatted", source.name());
                    shown.push_str(&report::in_line(&line));
                    shown.push('\n');
                }
            }
        }
    }
    exit = exit.max(files.finish());
    let only_shows = arguments.check || arguments.diff;
    if tells {
        let files = found.sources.len();
        let plural = if files == 1 { "" } else { "s" };
        shown.push_str(&format!("reformatted {changed} of {files} file{plural}\n"));
    }
    if only_shows && changed > 0 {
        exit = exit.max(Exit::Errors);
    }
    exit.max(print_exactly(&filtered))
        .max(print(&shown))
        .max(tell(arguments, &found, &reports))
}

/// Formats nothing: a configuration with mistakes does not say which files are to be left as they are.
fn without_configuration(
    arguments: &Arguments,
    found: &inputs::Found,
    configured: &[Diagnostic],
) -> Exit {
    complain("nothing was formatted: the configuration comes first");
    let is_piped = !arguments.check && !arguments.diff;
    let piped = found.sources.iter().zip(&found.paths);
    let piped = piped.filter(|(_, path)| is_piped && path.is_none());
    let text: String = piped.map(|(source, _)| source.text()).collect();
    let told = tell(arguments, found, configured);
    found.exit.max(print_exactly(&text)).max(told)
}

/// Reports what could not be read.
fn tell(arguments: &Arguments, found: &inputs::Found, reports: &[Diagnostic]) -> Exit {
    let mut report = Report::new(found.all_sources(), reports);
    let unread = found.not_looked_at(&[]);
    report.unread = &unread;
    verdict(reports).max(print_findings(&report, &arguments.reporting))
}

/// Why a source cannot be laid out: the errors of its text.
fn unreadable(source: &Source) -> Vec<Diagnostic> {
    let mut found = compile(source, &Options::default()).diagnostics;
    let is_cause = |d: &Diagnostic| d.code.group == Group::Text && d.severity == Severity::Error;
    found.retain(is_cause);
    found
}
