//! `statewright check`.

use clap::Args;
use statewright::Compilation;
use statewright::diagnostic::{Diagnostic, Levels};
use statewright::limits::Limits;
use statewright::report::Report;
use statewright::source::Source;
use statewright::targets::{Target, shared_losses};

use crate::cli::arguments::names::target;
use crate::cli::arguments::{Inputs, TicketArguments};
use crate::cli::discovery::inputs;
use crate::cli::discovery::inputs::Found;
use crate::cli::io::Exit;
use crate::cli::session::against::{AgainstArguments, Older};
use crate::cli::session::baseline::{BaselineArguments, Listed};
use crate::cli::session::fix::Fixed;
use crate::cli::session::reporting::print_report;
use crate::cli::session::{Reporting, baseline, fix, report_all, verdict};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub inputs: Inputs,

    /// Hold every file against this product, too, whether the file names it or not
    #[arg(long, value_name = "NAME", value_parser = target)]
    target: Vec<&'static Target>,

    /// Know the whole project, and report what concerns the files that are named
    ///
    /// The project is what git tracks in the repository, without what ignore files and `exclude`
    /// leave out. A file that is named and left out is not checked. Where a statewright.toml or a
    /// baseline is named, everything is reported.
    #[arg(long, conflicts_with_all = ["force_exclude", "write_baseline", "watch"])]
    project: bool,

    #[command(flatten)]
    fixing: fix::Fixing,

    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "add_allows", "write_baseline"])]
    pub watch: bool,

    #[command(flatten)]
    against: AgainstArguments,

    #[command(flatten)]
    tickets: TicketArguments,

    #[command(flatten)]
    baseline: BaselineArguments,

    #[command(flatten)]
    pub reporting: Reporting,
}

/// What is said of standard input with `--watch`.
pub const NOT_TO_WATCH: &str = "standard input cannot be watched: name files";
/// What is said of standard input with `--project`.
pub const NOT_OF_A_PROJECT: &str = "standard input is no file of a project: name files";

impl Arguments {
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        let piped = self.inputs.name_standard_input();
        match piped {
            true if self.watch => Some(NOT_TO_WATCH.to_owned()),
            true if self.project => Some(NOT_OF_A_PROJECT.to_owned()),
            _ if self.tickets.are_given() && !self.against.is_given() => Some(
                "--tickets counts those that a change concerns: add --against or --against-path"
                    .to_owned(),
            ),
            _ => self.baseline.mistake(),
        }
    }
}

pub fn run(arguments: &Arguments) -> Exit {
    let checked = check(arguments);
    let stream = checked.fixed.reports_to;
    let written = checked.with_report(|report| print_report(report, &arguments.reporting, stream));
    let exit = verdict(&checked.diagnostics)
        .max(checked.found.exit)
        .max(checked.fixed.exit)
        .max(checked.listed.exit)
        .max(checked.older.exit())
        .max(written);
    // The process ends here: taking thousands of files apart again would only cost time.
    std::mem::forget(checked);
    exit
}

/// What became of the files that a command line names.
pub struct Checked {
    found: Found,
    fixed: Fixed,
    listed: Listed,
    older: Older,
    /// Kept only to be taken apart together with the rest, or not at all.
    _compilations: Vec<Compilation>,
    diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// How many workflow files the run is about.
    pub fn files(&self) -> usize {
        self.found.files()
    }

    /// Hands the report of everything to `use_it`.
    pub fn with_report<T>(&self, use_it: impl FnOnce(&Report<'_>) -> T) -> T {
        let sources = self.found.all_sources().chain(&self.listed.sources);
        let sources = sources.chain(self.older.all_sources());
        let mut report = Report::new(sources, &self.diagnostics);
        let more = [&*self.listed.unread, self.older.unread()].concat();
        let unread = self.found.not_looked_at(&more);
        report.unread = &unread;
        report.files = self.files();
        let mut only_known = self.found.only_known();
        only_known.extend(self.older.all_sources().map(Source::id));
        report.only_known = &only_known;
        report.fixed = self.fixed.done.len() + self.listed.fixed;
        report.done = &self.fixed.done;
        report.silenced = self.fixed.silenced;
        report.known = self.listed.known;
        use_it(&report)
    }
}

/// Reads, fixes where that is asked for, and checks.
pub fn check(arguments: &Arguments) -> Checked {
    let settings = [arguments.inputs.config.given(), arguments.baseline.given()];
    let mut found = inputs::read(
        &arguments.inputs,
        arguments.reporting.levels.verbose,
        arguments.project.then_some(&settings),
    );
    let mut fixer = fix::Fixer::new(&arguments.fixing);
    fixer.configs(&mut found);
    let levels = |set| arguments.reporting.levels.over(set);
    let options = found.options_to_check(&arguments.reporting.levels, &arguments.target);
    let known = fixer.workflows(&mut found, &options);
    let fixed = fixer.finish(&found);
    let older = arguments.against.read(&arguments.inputs, &mut found);
    let wanted = |source: &Source| {
        let older = older.as_ref();
        older.is_some_and(|older| older.may_differ(source.id().0 as usize))
    };
    // What the fixer knows of a source has no workflow any more.
    let known = match older {
        Some(_) => Vec::new(),
        None => known,
    };
    let mut compilations = report_all(&found.sources, &options, known, wanted);
    let mut older = older.unwrap_or_default();
    older.with_tickets(arguments.tickets.read(found.sources.len()));
    let mut gone = match arguments.against.is_given() {
        true => older.check(&mut compilations, &found, &options, levels),
        false => Vec::new(),
    };
    let mut listed = arguments.baseline.apply(baseline::Run {
        found: &found,
        compilations: &mut compilations,
        options: &options,
        levels: &levels(Levels::default()),
        limits: arguments.inputs.limits.over(Limits::default()),
        fixes: arguments.fixing.fixes(),
    });
    let mut diagnostics = found.config_reports(levels);
    diagnostics.append(&mut listed.diagnostics);
    diagnostics.append(&mut gone);
    shared_losses::merge(&mut diagnostics);
    Checked {
        found,
        fixed,
        listed,
        older,
        _compilations: compilations,
        diagnostics,
    }
}
