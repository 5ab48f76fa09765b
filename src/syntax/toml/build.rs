//! The parser's tables to nodes.

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::node::{Document, Entry, Kind, Node, Reading, Scalar, ScalarKind};
use crate::source::Span;

use super::super::draft::Draft;
use super::super::slips::{Slip, TOML, Written};
use super::super::{MAX_REPORTS, exceeded_limits, may_speak_to_us};

/// Reads `text`, the text of `draft`, by the parser alone, which reads whatever is TOML.
pub(in crate::syntax) fn parsed<'t>(
    draft: &Draft<'_>,
    text: &'t str,
    out: &mut Diagnostics,
) -> Result<Document<'t>, Error> {
    let table = DeTable::parse(text)?;
    Ok(document(draft, text, table.into_inner(), out))
}

/// Makes a document of `table`, which was parsed from `text`, the text of `draft`.
pub(super) fn document<'t>(
    draft: &Draft<'_>,
    text: &'t str,
    table: DeTable<'t>,
    out: &mut Diagnostics,
) -> Document<'t> {
    let mut builder = Builder {
        draft,
        text,
        depth: 0,
        reports: Diagnostics::new(),
    };
    let entries = builder.entries(table);
    out.extend(builder.reports);
    finished(draft, text, entries, may_speak_to_us(draft.source))
}

/// The document whose root has these entries, with its comments where they are `wanted`.
pub(in crate::syntax) fn finished<'t>(
    draft: &Draft<'_>,
    text: &'t str,
    entries: Box<[Entry<'t>]>,
    wanted: bool,
) -> Document<'t> {
    let start = entries.iter().map(|entry| entry.key_span().start).min();
    Document {
        root: start.map(|start| {
            let end = draft.place(text.trim_end().len()..text.trim_end().len());
            let span = draft.source.at(start as usize..end.range().end);
            Node::new(span, Kind::Map(entries))
        }),
        comments: match wanted {
            true => comments(draft, text),
            false => Vec::new(),
        },
        ..Document::default()
    }
}

/// The places of the comments in `text`, the text of `draft`.
fn comments(draft: &Draft<'_>, text: &str) -> Vec<Span> {
    let places = super::comments(text).map(|range| draft.place(range));
    places
        .filter(|at| draft.source.slice(*at).starts_with('#'))
        .collect()
}

/// The document without its hold on the text.
pub(super) fn owned(document: Document<'_>) -> Document<'static> {
    Document {
        root: document.root.map(Node::into_owned_node),
        aliases: document.aliases,
        comments: document.comments,
        block_texts: document.block_texts,
        lost: document.lost,
    }
}

struct Builder<'d, 't> {
    draft: &'d Draft<'d>,
    text: &'t str,
    /// How many lists and maps are being made.
    depth: usize,
    reports: Diagnostics,
}

impl<'t> Builder<'_, 't> {
    /// Calls itself once a level, and no deeper than the limit of the source.
    fn node(&mut self, value: Spanned<DeValue<'t>>) -> Node<'t> {
        let span = self.draft.place(value.span());
        if self.draft.is_lost(value.span().start) {
            return Node::new(span, Kind::Lost);
        }
        let raw = self.text.get(value.span()).unwrap_or("");
        let kind = match value.into_inner() {
            DeValue::String(text) => Kind::Scalar(Scalar::text_only(text)),
            DeValue::Boolean(_) => typed(raw, ScalarKind::Boolean),
            DeValue::Datetime(_) => typed(raw, ScalarKind::Date),
            DeValue::Integer(number) => {
                // The parser does not look whether the digits make a number.
                let number = i64::from_str_radix(number.as_str(), number.radix());
                self.number(raw, ScalarKind::Integer, number.is_ok(), span)
            }
            DeValue::Float(number) => {
                let fits = number.as_str().parse::<f64>();
                let finite = fits.is_ok_and(|n| n.is_finite() || raw.contains(['i', 'n']));
                self.number(raw, ScalarKind::Float, finite, span)
            }
            DeValue::Array(_) | DeValue::Table(_) if self.is_deepest() => {
                self.report(exceeded_limits::depth(self.draft.source, span));
                Kind::Lost
            }
            DeValue::Array(items) => {
                self.depth += 1;
                let items = items.into_iter().map(|item| self.node(item)).collect();
                self.depth -= 1;
                Kind::List(items)
            }
            DeValue::Table(table) => Kind::Map(self.entries(table)),
        };
        Node::new(span, kind)
    }

    /// Whether no more lists and maps may lie inside those that are being made.
    fn is_deepest(&self) -> bool {
        self.depth >= self.draft.source.limits().depth
    }

    fn entries(&mut self, table: DeTable<'t>) -> Box<[Entry<'t>]> {
        self.depth += 1;
        // The parser keeps them by name: kept in the order of the text, all that follow are moved whenever a
        // header names a table that has parts already.
        let mut table: Vec<_> = table.into_iter().collect();
        table.sort_unstable_by_key(|(key, _)| key.span().start);
        let entries = table.into_iter().map(|(key, value)| {
            let key_span = self.draft.place(key.span());
            if self.draft.is_lost(key.span().start) {
                return Entry::lost(key_span);
            }
            let key = Scalar::text_only(key.into_inner());
            Entry::new(key, key_span, self.node(value))
        });
        let entries = entries.collect();
        self.depth -= 1;
        entries
    }

    fn number(&mut self, raw: &'t str, kind: ScalarKind, fits: bool, at: Span) -> Kind<'t> {
        if fits {
            return typed(raw, kind);
        }
        self.report(Slip::NotANumber(Written(raw)).report(&TOML, at));
        Kind::Lost
    }

    fn report(&mut self, report: Diagnostic) {
        if self.reports.len() < MAX_REPORTS {
            self.reports.push(report);
        }
    }
}

/// A value that is spelt `raw`.
fn typed(raw: &str, kind: ScalarKind) -> Kind<'_> {
    Kind::Scalar(Scalar::new(raw, Reading::only(kind)))
}
