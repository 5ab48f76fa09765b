//! Reports for people: the mistake, the places with their lines, what to do.
//!
//! miette draws them. It gets the finished `Excerpt` as its source, and lines that are already
//! broken: its own way of wrapping would break names apart.

use std::fmt::{self, Write as _};
use std::ops::Range;
use std::thread::Builder;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::excerpt::Excerpt;
use super::{Format, Printable, Report, Style, prose};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::source::Source;

/// Everything, drawn for people; the default.
pub const FORMAT: Format = Format {
    name: "human",
    about: "the lines, what is wrong with them and what to do",
    files: &[],
    counts: false,
    write,
};

/// Below this width, in columns, names and places no longer fit; lines are then longer than
/// asked for.
const NARROWEST: usize = 40;

/// How many lines of context the handler asks for. How many there are, the excerpt has decided;
/// where the handler asks for none, it wants only the place of a label.
const CONTEXT: usize = 1;

fn write(report: &Report<'_>, style: &Style, out: &mut Printable) -> fmt::Result {
    write_unread(report, style, out);
    write_reports(report, style, out)?;
    if !report.diagnostics.is_empty() && !style.quiet {
        out.line("");
    }
    if !style.quiet {
        write_done(report, out);
        out.colored(&summary(report, style));
    }
    Ok(())
}

/// Says what was fixed, as far as anybody reads it.
fn write_done(report: &Report<'_>, out: &mut Printable) {
    const MOST: usize = 20;
    report
        .done
        .iter()
        .take(MOST)
        .for_each(|line| out.line(line));
    if let Some(more @ 1..) = report.done.len().checked_sub(MOST) {
        out.line(&format!("and {more} more fixed"));
    }
}

/// Names what could not be read, in a document that stands alone.
pub(super) fn write_unread(report: &Report<'_>, style: &Style, out: &mut Printable) {
    let unread = report.unread.iter().filter(|_| style.alone);
    for (index, unread) in unread.enumerate() {
        out.line(&format!("error: {}", unread.message()));
        if index + 1 == report.unread.len() {
            out.line("");
        }
    }
}

/// The reports without the summary, a blank line between them.
pub fn write_reports(report: &Report<'_>, style: &Style, out: &mut Printable) -> fmt::Result {
    let count = report.diagnostics.len();
    let threads = style.threads.min(count / LEAST_EACH).max(1);
    let mut pieces = report.diagnostics.chunks(count.div_ceil(threads).max(1));
    let first = pieces.next().unwrap_or_default();
    let drawn = std::thread::scope(|scope| {
        let draw = |piece| move || drawn_some(report, piece, style);
        let start = |piece| (piece, Builder::new().spawn_scoped(scope, draw(piece)));
        let started: Vec<_> = pieces.map(start).collect();
        let first = drawn_some(report, first, style);
        let finished = started.into_iter().map(|(piece, thread)| match thread {
            Ok(thread) => match thread.join() {
                Ok(drawn) => drawn,
                // A panic is one of this program, and goes on here.
                Err(panic) => std::panic::resume_unwind(panic),
            },
            // The system makes no more threads.
            Err(_) => drawn_some(report, piece, style),
        });
        [first]
            .into_iter()
            .chain(finished)
            .collect::<Result<Vec<Printable>, _>>()
    })?;
    for (index, piece) in drawn.into_iter().enumerate() {
        if index > 0 {
            out.line("");
        }
        out.append(&piece);
    }
    Ok(())
}

/// So many reports are drawn in the time that starting a thread for them takes, several times.
const LEAST_EACH: usize = 32;

/// Some of the reports, a blank line between them.
fn drawn_some(
    report: &Report<'_>,
    some: &[Diagnostic],
    style: &Style,
) -> Result<Printable, fmt::Error> {
    let mut out = Printable::new();
    for (index, diagnostic) in some.iter().enumerate() {
        if index > 0 {
            out.line("");
        }
        draw(report, diagnostic, style, &mut out)?;
    }
    Ok(out)
}

/// One report.
pub(super) fn draw(
    report: &Report<'_>,
    diagnostic: &Diagnostic,
    style: &Style,
    out: &mut Printable,
) -> fmt::Result {
    let width = style.width.max(NARROWEST);
    let drawing = Drawing::new(report, diagnostic, width);
    let mut text = String::new();
    handler(style, &drawing).render_report(&mut text, &drawing)?;
    write_notes(&drawing, diagnostic, style, width, &mut text)?;
    for (number, line) in text.lines().enumerate() {
        match style.color {
            true => out.colored(line.trim_end()),
            false => out.line(line.trim_end()),
        }
        if let (0, true, Some(pages)) = (number, style.links, &style.pages) {
            out.link_last_line(diagnostic.code.name, pages, diagnostic.code);
        }
    }
    Ok(())
}

/// What `diagnostics`, all in `source`, look like in a document: no colour, 100 columns, no
/// summary.
pub fn plain(source: &Source, diagnostics: &[Diagnostic]) -> String {
    let mut text = Printable::new();
    let report = Report::new([source], diagnostics);
    // Drawing into a string does not fail.
    let _ = write_reports(&report, &Style::default(), &mut text);
    text.as_str().to_owned()
}

/// What draws `drawing`: the place that the report is about in the colour of its severity, other
/// places in that of help.
fn handler(style: &Style, drawing: &Drawing<'_>) -> GraphicalReportHandler {
    let mut theme = match style.color {
        true => GraphicalTheme::unicode(),
        false => GraphicalTheme::unicode_nocolor(),
    };
    let styles = &mut theme.styles;
    let primary = match drawing.diagnostic.severity {
        Severity::Error => styles.error,
        Severity::Warning => styles.warning,
    };
    let marks = drawing.excerpt.marks.iter();
    styles.highlights = marks
        .map(|mark| if mark.primary { primary } else { styles.help })
        .collect();
    GraphicalReportHandler::new_themed(theme)
        .with_context_lines(CONTEXT)
        .with_wrap_lines(false)
        .with_urls(false)
}

/// Writes what miette has no place for, in the form that it gives to help.
fn write_notes(
    drawing: &Drawing<'_>,
    diagnostic: &Diagnostic,
    style: &Style,
    width: usize,
    out: &mut String,
) -> fmt::Result {
    let left_out = match drawing.excerpt.left_out {
        0 => None,
        1 => Some("1 more place is not shown".to_owned()),
        n => Some(format!("{n} more places are not shown")),
    };
    let title = Paint::Cyan.on("  note: ", style);
    for note in diagnostic.notes.iter().chain(&left_out) {
        let lines = indented(note, width);
        writeln!(out, "{title}{}", lines.replace('\n', "\n        "))?;
    }
    Ok(())
}

/// The lines of a help or a note, which stand eight columns from the left.
fn indented(text: &str, width: usize) -> String {
    prose::wrap(&prose::sentence(text), width - "  help: ".len())
}

/// One line that says what was checked and what came of it.
pub(super) fn summary(report: &Report<'_>, style: &Style) -> String {
    let mut checked = format!("checked {}", counted(report.files, "file"));
    let empty = report.unread.iter().filter(|u| u.is_empty).count();
    let unreadable = report.unread.len() - empty;
    if unreadable > 0 {
        let unread = format!("could not read {unreadable} more");
        checked = format!("{checked}, {}", Paint::Red.on(&unread, style));
    }
    if empty > 0 && report.files > 0 {
        let none = match empty {
            1 => "found none in a folder".to_owned(),
            _ => format!("found none in {empty} folders"),
        };
        checked = format!("{checked}, {}", Paint::Red.on(&none, style));
    }
    if report.fixed > 0 {
        let fixed = format!("fixed {}", counted(report.fixed, "mistake"));
        checked = format!("{checked}, {}", Paint::Green.on(&fixed, style));
    }
    if report.silenced > 0 {
        let silenced = format!("silenced {}", counted(report.silenced, "report"));
        checked = format!("{checked}, {}", Paint::Green.on(&silenced, style));
    }
    if report.known > 0 {
        checked += &format!(", left out {}", counted(report.known, "known report"));
    }
    let kinds = [
        (Severity::Error, Paint::Red),
        (Severity::Warning, Paint::Yellow),
    ];
    let found: Vec<String> = kinds
        .into_iter()
        .map(|(severity, paint)| (report.count(severity), severity, paint))
        .filter(|&(count, ..)| count > 0)
        .map(|(count, severity, paint)| paint.on(&counted(count, severity.name()), style))
        .collect();
    if found.is_empty() {
        // Of nothing there is nothing good to say.
        if report.files + report.fixed + report.silenced + report.known == 0 {
            return checked;
        }
        let none = match (report.fixed + report.silenced, report.known) {
            (0, 0) if unreadable > 0 => "no mistakes found in what could be read",
            (0, 0) => "no mistakes found",
            (0, _) => "no new findings",
            _ if report.silenced == 0 => "all fixed",
            _ => "none left",
        };
        return format!("{checked}: {}", Paint::Green.on(none, style));
    }
    let fixes = fixes(report.diagnostics.iter().filter_map(|d| d.fix.as_ref()));
    let fixes = fixes.map_or_else(String::new, |fixes| format!("; {fixes}"));
    format!("{checked}: {}{fixes}", found.join(", "))
}

/// How many of these fixes there are for each option that applies them; `None` where there is none.
pub(super) fn fixes<'f>(fixes: impl Iterator<Item = &'f Fix>) -> Option<String> {
    let (mut safe, mut others) = (0, 0);
    for fix in fixes {
        *if fix.safe { &mut safe } else { &mut others } += 1;
    }
    let have = |count: usize| if count == 1 { "has" } else { "have" };
    match (safe, others) {
        (0, 0) => None,
        (n, 0) => Some(format!("{n} {} a fix", have(n))),
        (0, n) => Some(format!("{n} {} an unsafe fix", have(n))),
        (n, m) => Some(format!("{n} {} a fix, {m} an unsafe one", have(n))),
    }
}

/// "1 file", "2 files".
pub(super) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// The colours of what miette does not write.
#[derive(Clone, Copy)]
enum Paint {
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}

impl Paint {
    fn on(self, text: &str, style: &Style) -> String {
        match style.color {
            true => format!("\x1b[{}m{text}\x1b[39m", self as u8),
            false => text.to_owned(),
        }
    }
}

/// A diagnostic as miette takes it.
#[derive(Debug)]
struct Drawing<'a> {
    diagnostic: &'a Diagnostic,
    message: String,
    help: Option<String>,
    excerpt: Excerpt,
}

impl<'a> Drawing<'a> {
    fn new(report: &Report<'_>, diagnostic: &'a Diagnostic, width: usize) -> Self {
        let message = prose::sentence(&diagnostic.message);
        Drawing {
            diagnostic,
            message: prose::wrap(&message, width - "  × ".chars().count()),
            help: diagnostic.help.as_ref().map(|help| indented(help, width)),
            excerpt: Excerpt::new(&report.sources, diagnostic, width),
        }
    }
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing<'_> {}

impl miette::Diagnostic for Drawing<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let Diagnostic { severity, code, .. } = self.diagnostic;
        Some(Box::new(format!("{}[{}]", severity.name(), code.name)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.marks.iter().map(|mark| {
            let message = Some(mark.message.clone()).filter(|m| !m.is_empty());
            let place = SourceSpan::from(mark.range.clone());
            match mark.primary {
                true => LabeledSpan::new_primary_with_span(message, place),
                false => LabeledSpan::new_with_span(message, place),
            }
        })))
    }
}

/// The handler reads a span to learn which lines to draw, and reads it once more without context
/// to learn what its box is headed with. A span over two boxes cannot be read, so the handler
/// keeps them apart.
impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let inside = |range: &Range<usize>| range.start <= start && end <= range.end;
        let found = self.boxes.iter().find(|b| inside(&b.range));
        let shown = found.ok_or(MietteError::OutOfBounds)?;
        let mark = self.marks.iter().find(|m| m.range.start == start);
        let (line, column) = match mark {
            Some(mark) if context_before < CONTEXT => (mark.position.line, mark.position.column),
            _ => (shown.first_line, 1),
        };
        let text = &self.text[shown.range.clone()];
        Ok(Box::new(MietteSpanContents::new_named(
            shown.name.clone(),
            text.as_bytes(),
            shown.range.clone().into(),
            line as usize - 1,
            column as usize - 1,
            text.lines().count(),
        )))
    }
}
