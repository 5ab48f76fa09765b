//! `hidden-characters`: what is in the text and cannot be seen.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit, Group, Level, Severity};
use crate::invisible::{describe, misplaced, reorders};
use crate::node::{Document, Entry, Kind, Node, Scalar, respelt};
use crate::source::{Source, Span, Syntax};

use super::{MAX_REPORTS, excerpt, place};

/// See `hidden_characters.md`.
pub static CODE: Code = Code {
    name: "hidden-characters",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Deny,
    summary: "a name, a value or a comment that holds characters nobody can see",
    page: include_str!("hidden_characters.md"),
};

/// How many more characters of one text are marked.
const MOST_LABELS: usize = 4;

/// How many of one text are deleted by its fix: each is an edit, and takes memory.
const MOST_DELETIONS: usize = 10_000;

/// A hidden character and where it is written, in bytes.
type Hidden = (usize, char);

/// Reports every text of `document` that holds hidden characters, and where others stand in the
/// source: in comments and between values. Nothing is reported of a source that is no text or too
/// large to be read, which is reported as such.
pub fn check(source: &Source, document: &Document<'_>, out: &mut Diagnostics) {
    if source.invalid_text().is_some() || source.is_too_large() {
        return;
    }
    let written = written(source);
    // What nobody wrote, only an escape can spell.
    let has_escapes = || {
        source
            .text()
            .bytes()
            .fold(false, |any, byte| any | (byte == b'\\'))
    };
    if written.is_empty() && !has_escapes() {
        return;
    }
    let count = written.len();
    let mut search = Search {
        source,
        written,
        inside: vec![false; count],
        reports: Vec::new(),
    };
    let mut todo: Vec<&Node<'_>> = document.root.iter().collect();
    while let Some(node) = todo.pop() {
        // What an alias stands for is looked at where it is written.
        if source.slice(node.span).starts_with('*') {
            continue;
        }
        match node.kind() {
            Kind::Scalar(scalar) => search.text(scalar, node.span, &[]),
            Kind::List(items) => todo.extend(items),
            Kind::Map(entries) => {
                for entry in entries {
                    search.text(&entry.key, entry.key_span(), entries);
                    todo.push(&entry.value);
                }
            }
            Kind::Absent(_) | Kind::Lost => {}
        }
    }
    search.outside();
    let mut reports = search.reports;
    // Of a byte order mark that the parser stumbled over, that is said already.
    let told: HashSet<Span> = out.iter().map(|report| report.primary().span).collect();
    reports.retain(|report| !told.contains(&report.primary().span));
    reports.sort_by_key(|report| report.primary().span);
    out.extend(reports);
}

/// The hidden characters of the source, without those that its syntax forbids: these are reported
/// as such.
fn written(source: &Source) -> Vec<Hidden> {
    if source.is_plain() {
        return Vec::new();
    }
    let yaml = source.syntax() == Syntax::Yaml;
    let forbidden = |c: char| match yaml {
        true => (c.is_control() && c != '\u{85}') || matches!(c, '\u{fffe}' | '\u{ffff}'),
        false => c.is_ascii_control(),
    };
    let mut found = misplaced(source.text());
    found.retain(|&(at, c)| !forbidden(c) && (at, c) != (0, '\u{feff}'));
    found
}

struct Search<'s> {
    source: &'s Source,
    /// Every hidden character of the source, in order.
    written: Vec<Hidden>,
    /// Whether each of them stands in a name or a value.
    inside: Vec<bool>,
    reports: Vec<Diagnostic>,
}

impl Search<'_> {
    /// Looks at the text that is written at `span`, of which `siblings` are the names beside it.
    fn text(&mut self, scalar: &Scalar<'_>, span: Span, siblings: &[Entry<'_>]) {
        let range = span.range();
        let from = self.written.partition_point(|(at, _)| *at < range.start);
        let to = self.written.partition_point(|(at, _)| *at < range.end);
        let to = to.max(from);
        self.inside[from..to].fill(true);
        let here = &self.written[from..to];
        if self.reports.len() >= MAX_REPORTS {
            return;
        }
        if here.is_empty() {
            let spelt = misplaced(scalar.text());
            if let Some(&(_, first)) = spelt.first() {
                self.reports.push(escaped(scalar, span, first, spelt.len()));
            }
            return;
        }
        let clean = without(scalar.text());
        let rival = siblings.iter().any(|other| other.key.text() == clean);
        let report = self.marked(&format!("text `{}` holds", excerpt(scalar.text())), here);
        let report = match rival {
            true => report.help("give it a name that differs in what can be seen, or delete it"),
            false => self.mended(report, scalar, span, here, &clean),
        };
        self.reports.push(report);
    }

    /// Adds what the text is without its hidden characters.
    fn mended(
        &self,
        report: Diagnostic,
        scalar: &Scalar<'_>,
        span: Span,
        here: &[Hidden],
        clean: &str,
    ) -> Diagnostic {
        let them = if here.len() == 1 { "it" } else { "them" };
        let help = match clean.trim().is_empty() {
            true => format!("delete {them}"),
            false => format!("delete {them}, which leaves `{}`", excerpt(clean)),
        };
        // A word may become a number or a boolean, and turned text reads otherwise than it looks.
        let same_kind = !scalar.reading().plain || respelt(scalar.text(), span, clean) == clean;
        let turned = here.iter().any(|&(_, c)| reorders(c));
        let safe = same_kind && !turned && clean.trim() == clean && !clean.is_empty();
        self.with_deletions(report.help(help), safe, here)
    }

    /// Reports the characters that stand in no text, a line at a time.
    fn outside(&mut self) {
        let all = self.written.iter().zip(&self.inside);
        let outside = all.filter(|(_, is_inside)| !**is_inside);
        let outside: Vec<Hidden> = outside.map(|(hidden, _)| *hidden).collect();
        let mut rest = outside.as_slice();
        while let Some(&(at, _)) = rest.first().filter(|_| self.reports.len() < MAX_REPORTS) {
            let line = self.source.position(at as u32).line;
            let line = self.source.line_range(line);
            let count = rest.iter().take_while(|(at, _)| *at < line.end).count();
            let (here, after) = rest.split_at(count.max(1));
            rest = after;
            let comment = self.source.text()[line.start..at].contains('#');
            let subject = match comment {
                true => "a comment holds",
                false => "the text between values holds",
            };
            let them = if here.len() == 1 { "it" } else { "them" };
            let report = self
                .marked(subject, here)
                .severity(Severity::Warning)
                .help(format!("delete {them}"));
            let report = self.with_deletions(report, comment, here);
            self.reports.push(report);
        }
    }

    /// A report that marks `here`, which `subject` says it holds.
    fn marked(&self, subject: &str, here: &[Hidden]) -> Diagnostic {
        let message = format!("{subject} {}", counted(here.len()));
        let mut marks = here.iter().map(|&(at, c)| (self.at(at, c), named(c)));
        let (first, what) = marks.next().unwrap_or((self.source.span(), String::new()));
        let mut report = Diagnostic::new(&CODE, message, first, what);
        for (span, what) in marks.by_ref().take(MOST_LABELS) {
            report = report.label(span, what);
        }
        let report = report.each(marks.map(|(span, _)| span), 0, "and here");
        report.note(effect(here.iter().any(|&(_, c)| reorders(c))))
    }

    /// The report with a fix that deletes `here`, where those are few enough to be a mistake.
    fn with_deletions(&self, report: Diagnostic, safe: bool, here: &[Hidden]) -> Diagnostic {
        if here.len() > MOST_DELETIONS {
            return report;
        }
        let delete = |&(at, c): &Hidden| Edit::new(self.at(at, c), "");
        report.edits(safe, here.iter().map(delete).collect())
    }

    fn at(&self, at: usize, c: char) -> Span {
        place(self.source, at..at + c.len_utf8())
    }
}

/// The text at `span` spells hidden characters by escapes, the first of them `first`.
fn escaped(scalar: &Scalar<'_>, span: Span, first: char, count: usize) -> Diagnostic {
    let clean = without(scalar.text());
    let report = Diagnostic::new(
        &CODE,
        format!("text `{}` holds {}", excerpt(scalar.text()), counted(count)),
        span,
        format!("an escape in it stands for {}", named(first)),
    )
    .note(effect(reorders(first)));
    match clean.trim().is_empty() {
        true => report.help("delete it, or write a text that can be seen"),
        false => report.help(format!("write `{}` without the escape", excerpt(&clean))),
    }
}

/// Leaves a name that only its hidden characters make wrong to the report about them: the same
/// place is then no undefined state, unknown field or look-alike as well. Where that report is
/// itself not told, because `is_silenced` says so, the others are all that is said of the name.
pub fn merge(out: &mut Diagnostics, is_silenced: impl Fn(&Diagnostic) -> bool) {
    const SAME_MISTAKE: &[&str] = &[
        "ambiguous-scalars",
        "confusable-states",
        "invalid-values",
        "undefined-states",
        "unknown-fields",
        "unknown-values",
    ];
    let ours = out
        .iter()
        .filter(|d| d.code == &CODE && d.severity == Severity::Error && !is_silenced(d));
    let mut hidden: Vec<Span> = ours.map(|report| report.primary().span).collect();
    if hidden.is_empty() {
        return;
    }
    hidden.sort();
    let holds = |place: Span| {
        let from = Span {
            end: place.start,
            ..place
        };
        let next = hidden.partition_point(|span| *span < from);
        hidden.get(next).is_some_and(|span| place.contains(*span))
    };
    out.items_mut().retain(|report| {
        // A good name may be undefined because the state's own holds something.
        let touched = report.labels.iter().any(|label| holds(label.span));
        !(touched && SAME_MISTAKE.contains(&report.code.name))
    });
}

/// `text` without its hidden characters.
fn without(text: &str) -> String {
    let mut hidden = misplaced(text).into_iter().peekable();
    let is_shown = |(at, _): &(usize, char)| hidden.next_if(|next| next.0 == *at).is_none();
    let shown = text.char_indices().filter(is_shown);
    shown.map(|(_, c)| c).collect()
}

fn named(c: char) -> String {
    format!("{} (U+{:04X})", describe(c), c as u32)
}

fn counted(count: usize) -> String {
    match count {
        1 => "a hidden character".to_owned(),
        n => format!("{n} hidden characters"),
    }
}

fn effect(turned: bool) -> &'static str {
    match turned {
        true => "people see the text in another order than programs read it",
        false => "texts that look the same are then not the same to programs",
    }
}
