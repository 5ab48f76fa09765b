//! The parser's tables to nodes.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::node::{Document, Entry, Kind, Lost, Node, Scalar, ScalarKind};
use crate::source::{Source, Span};

use super::super::lines::{self, Line};
use super::super::{MAX_DEPTH, MAX_REPORTS, duplicate_keys, exceeded_limits, invalid_toml, place};
use super::surroundings;

/// For how many keys the place is looked up where they were written first. Each search may read
/// the whole text.
const MOST_SEARCHES: usize = 20;

/// Makes a document of `table`, which was parsed from `text`: `source`'s text or the same with
/// some of it blanked. `repeated` are the keys that the parser met twice.
pub(super) fn document<'t>(
    source: &Source,
    text: &'t str,
    table: DeTable<'t>,
    repeated: &[Error],
    out: &mut Diagnostics,
) -> Document<'t> {
    for (count, error) in repeated.iter().take(MAX_REPORTS + 1).enumerate() {
        let again = error.span().unwrap_or(0..0);
        let at = place(source, again.clone());
        let find = || first(source, text, &table, again);
        let first = (count < MOST_SEARCHES).then(find).flatten();
        out.push(match count < MAX_REPORTS {
            true => duplicate_keys::report(name(source, at), first, at),
            false => exceeded_limits::reports(at),
        });
    }
    let mut builder = Builder {
        source,
        text,
        depth: 0,
        lost: Vec::new(),
        reports: Diagnostics::new(),
    };
    let entries = builder.entries(table);
    out.extend(builder.reports);
    let start = entries.iter().map(|entry| entry.key_span.start).min();
    Document {
        root: start.map(|start| {
            let span = place(source, start as usize..text.trim_end().len());
            Node::new(span, Kind::Map(entries))
        }),
        lost: builder.lost,
        ..Document::default()
    }
}

/// The document without its hold on the text.
pub(super) fn owned(document: Document<'_>) -> Document<'static> {
    Document {
        root: document.root.map(|root| root.to_owned_node()),
        aliases: document.aliases,
        lost: document.lost,
    }
}

struct Builder<'s, 't> {
    source: &'s Source,
    text: &'t str,
    /// How many lists and maps are being made.
    depth: usize,
    lost: Vec<Lost>,
    reports: Diagnostics,
}

impl<'t> Builder<'_, 't> {
    /// Calls itself once a level, and no deeper than [`MAX_DEPTH`].
    fn node(&mut self, value: Spanned<DeValue<'t>>) -> Option<Node<'t>> {
        let span = place(self.source, value.span());
        let raw = self.text.get(value.span()).unwrap_or("");
        let kind = match value.into_inner() {
            DeValue::String(text) => Kind::Scalar(Scalar::text(text)),
            DeValue::Boolean(_) => typed(raw, ScalarKind::Boolean),
            DeValue::Datetime(_) => typed(raw, ScalarKind::Date),
            DeValue::Integer(number) => {
                // The parser does not look whether the digits make a number.
                let number = i64::from_str_radix(number.as_str(), number.radix());
                self.check_number(number.is_ok(), span, raw);
                typed(raw, ScalarKind::Integer)
            }
            DeValue::Float(number) => {
                let fits = number.as_str().parse::<f64>();
                let finite = fits.is_ok_and(|n| n.is_finite() || raw.contains(['i', 'n']));
                self.check_number(finite, span, raw);
                typed(raw, ScalarKind::Float)
            }
            DeValue::Array(_) | DeValue::Table(_) if self.depth >= MAX_DEPTH => {
                self.report(exceeded_limits::depth(span));
                let key = surroundings::entry_name(self.text, span.start as usize);
                self.lost.push(Lost { span, key });
                return None;
            }
            DeValue::Array(items) => {
                self.depth += 1;
                let items = items
                    .into_iter()
                    .filter_map(|item| self.node(item))
                    .collect();
                self.depth -= 1;
                Kind::List(items)
            }
            DeValue::Table(table) => Kind::Map(self.entries(table)),
        };
        Some(Node::new(span, kind))
    }

    fn entries(&mut self, table: DeTable<'t>) -> Vec<Entry<'t>> {
        self.depth += 1;
        let entries = table.into_iter().filter_map(|(key, value)| {
            let key_span = place(self.source, key.span());
            Some(Entry {
                key: Scalar::text(key.into_inner()),
                key_span,
                value: self.node(value)?,
            })
        });
        let entries = entries.collect();
        self.depth -= 1;
        entries
    }

    fn check_number(&mut self, is_number: bool, at: Span, raw: &str) {
        if !is_number {
            self.report(invalid_toml::not_a_number(at, raw));
        }
    }

    fn report(&mut self, report: Diagnostic) {
        if self.reports.len() < MAX_REPORTS {
            self.reports.push(report);
        }
    }
}

fn typed(raw: &str, kind: ScalarKind) -> Kind<'_> {
    Kind::Scalar(Scalar {
        text: Cow::Borrowed(raw),
        kind,
        plain: false,
        elsewhere: None,
    })
}

/// The key at `at`, without quotes.
fn name(source: &Source, at: Span) -> &str {
    source.slice(at).trim_matches(['"', '\''])
}

/// Where the key at `again` is written first, which the parser does not tell.
fn first(source: &Source, text: &str, table: &DeTable<'_>, again: Range<usize>) -> Option<Span> {
    let open = surroundings::open_at(text, again.start);
    let range = surroundings::entry(text, &open, again.start).range;
    let is_header = surroundings::is_header(&Line::at(text, open.statement));
    if !open.brackets.is_empty() && !is_header {
        return first_in_statement(source, text, range, again);
    }
    let mut path = Vec::new();
    if let Some(header) = open.header.filter(|_| !is_header) {
        let line = header..lines::end(text, header);
        names(text, line.clone(), line.end, &mut path);
    }
    names(
        text,
        open.statement..lines::end(text, open.statement),
        again.end,
        &mut path,
    );
    // A repeated header takes the place of the first in the parser's table, so the first is to
    // be found only in what stands above.
    let (above, _) = match is_header {
        true => DeTable::parse_recoverable(&text[..open.statement]),
        false => (Spanned::new(0..0, DeTable::new()), Vec::new()),
    };
    let (last, way) = path.split_last()?;
    let mut here = if is_header { above.get_ref() } else { table };
    for name in way {
        here = inner(here.get(name.as_str())?.get_ref(), again.start)?;
    }
    let (key, _) = here.get_key_value(last.as_str())?;
    (key.span().end <= again.start).then(|| place(source, key.span()))
}

/// The table under a key; of several, the last that is begun before `before`.
fn inner<'v, 't>(value: &'v DeValue<'t>, before: usize) -> Option<&'v DeTable<'t>> {
    match value {
        DeValue::Table(table) => Some(table),
        DeValue::Array(items) => {
            let begun = items.iter().rev().find(|item| item.span().start < before)?;
            begun.get_ref().as_table()
        }
        _ => None,
    }
}

/// Adds the names of the keys that are written at the start of the statement in `range` and end
/// at `until` at the latest.
fn names(text: &str, range: Range<usize>, until: usize, out: &mut Vec<String>) {
    let statement = &text[range.clone()];
    let (table, _) = DeTable::parse_recoverable(statement);
    let mut here = Some(table.into_inner());
    while let Some(table) = here.take() {
        let Some((key, value)) = table.into_iter().next() else {
            return;
        };
        if range.start + key.span().end > until {
            return;
        }
        out.push(key.into_inner().into_owned());
        here = match value.into_inner() {
            DeValue::Table(table) => Some(table),
            DeValue::Array(items) => {
                items
                    .into_iter()
                    .next()
                    .and_then(|item| match item.into_inner() {
                        DeValue::Table(table) => Some(table),
                        _ => None,
                    })
            }
            _ => None,
        };
    }
}

/// The key before `again` in the same inline table of the statement in `range`.
fn first_in_statement(
    source: &Source,
    text: &str,
    range: Range<usize>,
    again: Range<usize>,
) -> Option<Span> {
    let statement = &text[range.clone()];
    let (table, _) = DeTable::parse_recoverable(statement);
    let wanted = text.get(again.clone())?.trim_matches(['"', '\'']);
    let mut best = None;
    nearest(
        table.get_ref(),
        wanted,
        again.start - range.start,
        &mut best,
    );
    let found: Range<usize> = best?;
    Some(place(
        source,
        range.start + found.start..range.start + found.end,
    ))
}

fn nearest(table: &DeTable<'_>, wanted: &str, before: usize, best: &mut Option<Range<usize>>) {
    for (key, value) in table {
        let span = key.span();
        let later = best.as_ref().is_none_or(|best| best.start < span.start);
        if key.get_ref() == wanted && span.start < before && later {
            *best = Some(span);
        }
        match value.get_ref() {
            DeValue::Table(table) => nearest(table, wanted, before, best),
            DeValue::Array(items) => {
                let tables = items.iter().filter_map(|item| item.get_ref().as_table());
                tables.for_each(|table| nearest(table, wanted, before, best));
            }
            _ => {}
        }
    }
}
