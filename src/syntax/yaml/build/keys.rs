//! What stands before a colon: a key, no key at all, or a key and its value in one.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::node::{Kind, Node, Scalar};
use crate::source::Span;

use super::super::super::slips::{Slip, Written, YAML};
use super::super::super::{blanks, duplicate_keys, merge_keys, place};
use super::super::open::{Content, Key, Open, Value, scalar};
use super::Builder;

impl<'t> Builder<'_, 't> {
    /// Takes what stands where a key belongs in the innermost map.
    pub(super) fn put_key(&mut self, value: Value<'t>) {
        let at = value.node.span;
        let key = match value.node.into_scalar() {
            Ok(key) if key.reading().plain && key.text() == "<<" => {
                self.report(merge_keys::report(at));
                Key::Lost(at)
            }
            Ok(key) => match self.first_of(key.text()) {
                Some(first) => {
                    let report = duplicate_keys::report(key.text(), Some(first), at);
                    Key::Dropped(key, Box::new(report))
                }
                None => Key::Read(key, at),
            },
            Err(other) => {
                self.report_no_key(&other);
                Key::Lost(at)
            }
        };
        if let Some(Open {
            content: Content::Map(map),
            ..
        }) = self.open.last_mut()
        {
            map.key = key;
        }
    }

    /// Reports what stands where a key belongs and is none; of what is lost, that is done.
    fn report_no_key(&mut self, other: &Node<'t>) {
        let at = other.span;
        self.report(match other.kind() {
            Kind::Lost => return,
            Kind::Absent(_) => {
                // The place of what is absent is after its colon.
                let end = at.range().end;
                Slip::NoKeyBeforeColon.report(&YAML, self.place(end.saturating_sub(1)..end))
            }
            _ => Slip::CollectionAsKey(other.phrase()).report(&YAML, at),
        });
    }

    /// Takes the value of a key that is written again, which `report` is about.
    pub(super) fn put_again(&mut self, key: &str, report: Diagnostic, value: &Node<'t>) {
        let again = report.primary().span.to(value.span);
        let start = self.first_of(key);
        let end = match self.open.last_mut().map(|open| &mut open.content) {
            Some(Content::Map(map)) => map.entries.value_mut(key).map(|(_, value)| value.span),
            _ => None,
        };
        let first = start.zip(end).map(|(start, end)| start.to(end));
        let source = self.draft.source;
        // Where the text was repaired, what is in one map may have been meant for two.
        let twin = first
            .filter(|_| self.draft.is_as_written())
            .and_then(|first| duplicate_keys::twin(source.text(), first.range(), again.range()));
        self.report(match twin {
            Some(twin) => report.fix(place(source, twin), ""),
            None => report,
        });
    }

    /// Where `key` is written already in the innermost map.
    fn first_of(&self, key: &str) -> Option<Span> {
        match &self.open.last()?.content {
            Content::Map(map) => map.entries.find(key),
            Content::List(_) => None,
        }
    }

    /// Puts `key:value`, written in brackets without a space and so read as one key, as what was
    /// meant: an entry. `colon` is where its colon stands in `both`.
    pub(super) fn split(&mut self, both: Scalar<'t>, at: Span, colon: usize) {
        let range = at.range();
        let middle = range.start + colon;
        let part = |range| place(self.draft.source, range);
        let (key, value) = both.text().split_at(colon);
        let sign = value.chars().next().unwrap_or(':');
        let (key, value) = (key.trim_end(), &value[sign.len_utf8()..]);
        let end = middle + sign.len_utf8();
        let before = part(range.start..range.start + key.len());
        // The blank may be there, and be no space.
        let odd = blanks::first_odd(value).filter(|(odd, _)| odd.start == 0);
        let colon = middle..end;
        let (skipped, at, slip) = match odd {
            Some((odd, first)) => {
                let count = value[odd.clone()].chars().count();
                let blanks = end..end + odd.end;
                (odd.end, blanks, Slip::OddBlanks(first, count))
            }
            None if sign != ':' => {
                let skipped = value.len() - value.trim_start().len();
                (
                    skipped,
                    colon,
                    Slip::OtherSeparator(Written(key), sign, Written(value)),
                )
            }
            None => (
                0,
                colon,
                Slip::NoSpaceAfterColon(Written(key), Written(value)),
            ),
        };
        let report = slip.report(&YAML, part(at));
        let report = match report.fix {
            // Without a blank around it, or with.
            None => report.unsafe_fix(part(range.start + key.len()..end + skipped), ": "),
            Some(_) => report,
        };
        let value = &value[skipped..];
        let after = part(end + skipped..range.end);
        let known = self.first_of(key);
        let key = scalar(Cow::Owned(key.to_owned()), true, None);
        let value = scalar(Cow::Owned(value.to_owned()), true, None);
        self.report(report);
        if let (None, Some(Content::Map(map))) =
            (known, self.open.last_mut().map(|open| &mut open.content))
        {
            map.entries
                .insert(key, before, Node::new(after, Kind::Scalar(value)));
        }
    }
}
