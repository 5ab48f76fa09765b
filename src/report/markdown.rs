//! Markdown, for the summary of a job or a comment on a pull request.
//!
//! Text from files stands in `<code>`, every mark of it written by number: there GitHub and GitLab
//! read no formatting, link, mention or picture into it.

use std::fmt;

use super::{Format, Printable, Report, Style, Unread, human, printable};
use crate::diagnostic::{Diagnostic, Severity};

/// A table of the reports, and below it the drawn ones.
pub const FORMAT: Format = Format {
    name: "markdown",
    about: "a table and the drawn reports, for the summary of a job or a comment",
    files: &[".md"],
    counts: false,
    write,
};

/// How many reports the table has at most; GitHub takes comments of 65536 characters.
const MOST_ROWS: usize = 100;

/// How many reports are drawn at most.
const MOST_DRAWN: usize = 20;

fn write(report: &Report<'_>, _: &Style, out: &mut Printable) -> fmt::Result {
    let summary = human::summary(report, &Style::default());
    out.line(&format!("### Statewright {summary}"));
    if report.diagnostics.is_empty() && report.unread.is_empty() {
        return Ok(());
    }
    out.line("");
    out.line("| place | | what |");
    out.line("|---|---|---|");
    let unread = report.unread.iter().map(|u| not_read(report, u));
    let found = report.diagnostics.iter().map(|d| row(report, d));
    let rows = unread.chain(found).take(MOST_ROWS);
    rows.for_each(|row| out.line(&row));
    let all = report.unread.len() + report.diagnostics.len();
    if let Some(more) = all.checked_sub(MOST_ROWS).filter(|n| *n > 0) {
        out.line("");
        out.line(&format!(
            "{} not shown.",
            human::counted(more, "more report")
        ));
    }
    match report.diagnostics.is_empty() {
        true => Ok(()),
        false => drawn(report, out),
    }
}

fn not_read(report: &Report<'_>, unread: &Unread) -> String {
    format!(
        "| {} | **error** `{}` | {} |",
        code(&report.path(&unread.path)),
        unread.kind(),
        sentence(&unread.message()),
    )
}

fn row(report: &Report<'_>, diagnostic: &Diagnostic) -> String {
    let place = report.place(diagnostic.primary().span);
    let at = format!(
        "{}:{}:{}",
        report.path(place.file),
        place.start.line,
        place.start.column
    );
    let severity = match diagnostic.severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
    };
    let help = diagnostic
        .help
        .iter()
        .map(|help| format!("<br>{}", sentence(help)));
    format!(
        "| {} | {severity} `{}` | {}{} |",
        code(&at),
        diagnostic.code.name,
        sentence(&diagnostic.message),
        help.collect::<String>(),
    )
}

/// The reports as people see them in a terminal, in a block that is closed at first.
fn drawn(report: &Report<'_>, out: &mut Printable) -> fmt::Result {
    let mut text = Printable::new();
    for diagnostic in report.diagnostics.iter().take(MOST_DRAWN) {
        if !text.as_str().is_empty() {
            text.line("");
        }
        human::draw(report, diagnostic, &Style::default(), &mut text)?;
    }
    let fence = "~".repeat(longest_run(text.as_str(), '~').max(2) + 1);
    let shown = report.diagnostics.len().min(MOST_DRAWN);
    let title = match shown < report.diagnostics.len() {
        true => format!("The first {}", human::counted(shown, "report")),
        false => "With the lines".to_owned(),
    };
    out.line("");
    out.line(&format!("<details><summary>{title}</summary>"));
    out.line("");
    out.line(&format!("{fence}text"));
    out.append(&text);
    out.line(&fence);
    out.line("");
    out.line("</details>");
    Ok(())
}

/// A sentence of a report: names in backticks, and whatever else is no plain word, as code.
pub fn sentence(text: &str) -> String {
    with_code(text, code)
}

/// As [`sentence`], with code as people write it, for a list that is read as it stands, too.
pub fn sentence_to_read(text: &str) -> String {
    with_code(text, code_in_backticks)
}

fn with_code(text: &str, code: fn(&str) -> String) -> String {
    let mut out = String::new();
    for (index, part) in super::prose::sentence(text).split('`').enumerate() {
        match index % 2 {
            1 => out.push_str(&code(part)),
            _ => out.push_str(&words(part, code)),
        }
    }
    out
}

fn words(text: &str, code: fn(&str) -> String) -> String {
    let word = |word: &str| match is_plain(word) {
        true => word.to_owned(),
        false => code(word),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `text` as code between backticks, in which nothing has another meaning.
fn code_in_backticks(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = printable::in_line(text);
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    // One blank at both ends is taken away again.
    let is_apart = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let blank = if is_apart { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Whether a word is nothing but letters, with the marks around it that sentences have.
fn is_plain(word: &str) -> bool {
    let inner = word.trim_start_matches(['(', '"']);
    let inner = inner.trim_end_matches([',', ';', ':', ')', '"', '.']);
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '→' | '…');
    // GitHub makes a link to an issue of `GH-12`, and of what else a project set up.
    let reference = inner.contains('-') && inner.contains(|c: char| c.is_numeric());
    inner.chars().all(letter) && !reference
}

/// An `@`. GitHub's Markdown makes a link of an address after it has read the numbers, but for one that
/// a comment cuts.
const AT: &str = "&#64;<!-- -->";

/// `text` as code that shows just this text.
pub fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut out = "<code>".to_owned();
    for c in printable::in_line(text).chars() {
        match c.is_ascii_punctuation() {
            true if c == '@' => out.push_str(AT),
            true => out.push_str(&format!("&#{};", c as u32)),
            false => out.push(c),
        }
    }
    out.push_str("</code>");
    out
}

/// The length of the longest run of `c` in `text`.
fn longest_run(text: &str, c: char) -> usize {
    let runs = text.split(|other| other != c);
    runs.map(|run| run.chars().count()).max().unwrap_or(0)
}
