//! What is reported, how it looks, and where it goes.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use statewright::diagnostic::{Diagnostic, Severity};
use statewright::report::{self, Format, Pages, Printable, Report, Style};
use statewright::suggest;

use crate::cli::arguments::LevelArguments;
use crate::cli::discovery::root;
use crate::cli::io::files::write_file;
use crate::cli::io::output::{Color, Stream, colored, columns, complain, emit, shows_links};
use crate::cli::io::{Exit, jobs};
use crate::cli::session::cut::cut;

#[derive(Args)]
#[command(next_help_heading = "Reports")]
pub struct Reporting {
    /// How reports are written; `auto` is `github` in a GitHub workflow and `human` elsewhere
    #[arg(long, value_name = "FORMAT", default_value = AUTO, hide_possible_values = true,
          value_parser = PossibleValuesParser::new([AUTO].into_iter().chain(names())),
          long_help = format_help())]
    pub format: String,

    /// Write the report into this file, too, in the format that its name tells
    ///
    /// `report.sarif`, `junit.xml`, `checkstyle.xml`, `gl-code-quality-report.json`,
    /// `report.rdjson`, `report.json`, `report.md` and `report.txt` tell; for other names add
    /// --output-format. May be given more than once. Folders that are missing are made.
    #[arg(long, value_name = "FILE")]
    output: Vec<PathBuf>,

    /// The format of the files that --output names
    #[arg(long, value_name = "FORMAT", requires = "output", hide_possible_values = true,
          value_parser = PossibleValuesParser::new(names()))]
    output_format: Option<String>,

    /// The folder that paths count from in reports for programs, if not the root of the repository
    ///
    /// Without it, that is GITHUB_WORKSPACE or CI_PROJECT_DIR where the program runs below it, else
    /// the nearest folder that holds .git. Files outside keep the path that they are given by, and so
    /// do all files in the formats `human`, `short` and `json`.
    #[arg(long, value_name = "DIR")]
    paths_from: Option<PathBuf>,

    /// Colour in reports: on a terminal (unless NO_COLOR is set), always, or never
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Color,

    /// Where the pages of the codes can be read in a browser: codes are then links to them
    ///
    /// The name of a code stands for `{code}` in the address, or else follows it. Terminals that show
    /// links have them in the reports for people, and SARIF names them.
    #[arg(long, value_name = "ADDRESS", env = "STATEWRIGHT_PAGES", value_parser = Pages::at,
          hide_env_values = true)]
    pages: Option<Pages>,

    /// Show errors only: no warnings, no summary, and no progress of long runs on a terminal
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Show how often each code is reported in place of the reports (as `--format statistics`)
    #[arg(long, conflicts_with = "format")]
    statistics: bool,

    #[command(flatten)]
    pub levels: LevelArguments,
}

/// The format that depends on where the program runs.
const AUTO: &str = "auto";

fn names() -> impl Iterator<Item = &'static str> {
    report::ALL.iter().map(|format| format.name)
}

fn format_help() -> String {
    let width = names().map(str::len).max().unwrap_or(0);
    let mut text = format!(
        "How reports are written\n\n  {AUTO:width$}  `github` in a GitHub workflow (where \
         GITHUB_ACTIONS is true), `human` elsewhere\n"
    );
    for format in report::ALL {
        text.push_str(&format!("  {:width$}  {}\n", format.name, format.about));
    }
    text
}

impl Reporting {
    /// The options that ask for reports of some form.
    pub fn given(&self) -> impl Iterator<Item = &'static str> {
        let options = [
            ("--format", self.format != AUTO),
            ("--output", !self.output.is_empty()),
            ("--statistics", self.statistics),
        ];
        let given = options.into_iter().filter(|(_, is_given)| *is_given);
        given.map(|(option, _)| option)
    }

    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        if let Some(root) = self.paths_from.as_ref().filter(|root| !root.is_dir()) {
            let root = root.to_string_lossy();
            return Some(format!(
                "`{root}` is not a folder, which --paths-from needs"
            ));
        }
        let unknown = self
            .output
            .iter()
            .find(|path| self.format_of(path).is_none())?;
        let all: Vec<&str> = report::ALL.iter().flat_map(|f| f.files).copied().collect();
        Some(format!(
            "cannot tell the format of `{}`: add --output-format, or end its name with {}",
            unknown.to_string_lossy(),
            suggest::phrase(&all)
        ))
    }

    /// Writes the report to the files that the command line names.
    pub fn write_files(&self, report: &Report<'_>) -> Exit {
        let outputs = self.output.iter();
        let written = outputs.map(|path| self.write_file(report, path));
        written.max().unwrap_or_default()
    }

    /// The report as it is shown on `stream`; `None` only by a mistake of this program.
    pub fn shown(&self, report: &Report<'_>, stream: Stream) -> Option<Printable> {
        let style = self.style();
        let style = Style {
            color: colored(self.color, stream),
            width: columns(stream, style.width),
            quiet: self.quiet,
            links: shows_links(stream),
            alone: false,
            ..style
        };
        if !self.quiet {
            return self.written(self.format(), report, &style);
        }
        let errors = |d: &&Diagnostic| d.severity == Severity::Error;
        let errors: Vec<Diagnostic> = report.diagnostics.iter().filter(errors).cloned().collect();
        let only_errors = Report {
            sources: report.sources.clone(),
            diagnostics: &errors,
            ..*report
        };
        self.written(self.format(), &only_errors, &style)
    }

    /// How reports look in a file.
    fn style(&self) -> Style {
        Style {
            pages: self.pages.clone().or_else(published),
            threads: jobs::wanted(),
            ..Style::default()
        }
    }

    fn write_file(&self, report: &Report<'_>, path: &Path) -> Exit {
        let text = self
            .format_of(path)
            .and_then(|format| self.written(format, report, &self.style()));
        match text {
            Some(text) => write_file(path, text.as_str()),
            None => unwritable(),
        }
    }

    fn written(&self, format: &Format, report: &Report<'_>, style: &Style) -> Option<Printable> {
        let mut text = Printable::new();
        let cut = match format.counts {
            true => None,
            false => cut(report),
        };
        let (diagnostics, unshown) = match &cut {
            Some((shown, unshown)) => (shown.as_slice(), *unshown),
            None => (report.diagnostics, report.unshown),
        };
        let paths = root::paths(self.paths_from.as_deref());
        let report = Report {
            sources: report.sources.clone(),
            paths: paths.as_ref(),
            diagnostics,
            unshown,
            ..*report
        };
        (format.write)(&report, style, &mut text).ok()?;
        Some(text)
    }

    fn format(&self) -> &'static Format {
        if self.statistics {
            return &report::statistics::FORMAT;
        }
        let name = match self.format.as_str() {
            AUTO if in_github_workflow() => "github",
            name => name,
        };
        report::find(name).unwrap_or(report::ALL[0])
    }

    fn format_of(&self, output: &Path) -> Option<&'static Format> {
        match &self.output_format {
            Some(name) => report::find(name),
            None => report::of_file_name(&output.to_string_lossy()),
        }
    }
}

/// Where the project itself has published the pages: below its home, once it has one.
fn published() -> Option<Pages> {
    let home = env!("CARGO_PKG_HOMEPAGE");
    Pages::at(&format!("{}/codes", home.trim_end_matches('/'))).ok()
}

/// GitHub's runner sets this for every step.
fn in_github_workflow() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Writes reports in the format and the colours that the command line asks for, and to the files
/// that it names.
pub fn print_report(report: &Report<'_>, reporting: &Reporting, stream: Stream) -> Exit {
    let shown = match reporting.shown(report, stream) {
        Some(text) => emit(&text, stream),
        None => unwritable(),
    };
    shown.max(reporting.write_files(report))
}

/// As [`print_report`] on standard error, for a command that has nothing to tell there where nothing
/// is wrong. The files are written all the same: an older report must not stay.
pub fn print_findings(report: &Report<'_>, reporting: &Reporting) -> Exit {
    match report.diagnostics.is_empty() {
        true => reporting.write_files(report),
        false => print_report(report, reporting, Stream::Error),
    }
}

/// Writes reports on standard error, drawn for people.
pub fn print_plainly(report: &Report<'_>) -> Exit {
    let usual = Style::default();
    let style = Style {
        color: colored(Color::Auto, Stream::Error),
        width: columns(Stream::Error, usual.width),
        ..usual
    };
    let mut text = Printable::new();
    match report::human::write_reports(report, &style, &mut text) {
        Ok(()) => emit(&text, Stream::Error),
        Err(_) => unwritable(),
    }
}

/// A report fails to be written only by a mistake of this program.
fn unwritable() -> Exit {
    complain("internal error: the report could not be written");
    Exit::Unwritable
}
