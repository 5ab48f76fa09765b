//! What aliases stand for.

use std::ops::Range;

use super::super::super::lines;
use super::super::super::slips::{Slip, YAML};
use super::super::super::{MAX_REPORTS, exceeded_limits};
use super::super::open::{Content, Key, Value};
use super::super::surroundings::key_of;
use super::Builder;
use crate::node::{Alias, Kind, Node};
use crate::source::Span;
use crate::suggest;

impl Builder<'_, '_> {
    pub(super) fn unknown_alias(&mut self, name: &str, bytes: Range<usize>) {
        if self.is_over(bytes.start) {
            return;
        }
        let at = self.place(bytes);
        // Of what would be merged, that is said already.
        if self.is_merged() {
            return self.lose(at);
        }
        // Looking through thousands of names for each of hundreds of mistakes helps nobody.
        let anchors = self.anchors.iter().take(MAX_REPORTS);
        let names = anchors.map(|anchor| anchor.name.as_ref());
        let near = suggest::nearest(name, names);
        let key = key_alike(self.draft.source.text(), name);
        let report = Slip::UnknownAlias(name, near, key).report(&YAML, at);
        self.report(report);
        self.lose(at);
    }

    /// Whether the value that comes next is that of `<<`.
    fn is_merged(&self) -> bool {
        let open = self.open.last().map(|open| &open.content);
        match open {
            Some(Content::Map(map)) => {
                matches!(map.key, Key::Lost(key) if self.draft.source.slice(key) == "<<")
            }
            _ => false,
        }
    }

    /// Takes an alias of anchor number `id`.
    pub(in crate::syntax) fn alias(&mut self, id: usize, bytes: Range<usize>) {
        if self.is_over(bytes.start) {
            return;
        }
        let at = self.place(bytes.clone());
        let name = self.text.get(bytes).unwrap_or("");
        let name = name.trim_start_matches('*').to_owned();
        let Some(value) = self.anchor(id).value.clone() else {
            self.report(Slip::RecursiveAlias(&name).report(&YAML, at));
            return self.lose(at);
        };
        let limits = self.draft.source.limits();
        if self.document.aliases.len() >= limits.aliases {
            if self.document.aliases.len() == limits.aliases {
                self.reports
                    .push(exceeded_limits::aliases(self.draft.source, at));
            }
            // One more than the limit, so that it is reported once.
            self.note_alias(name, at, value.span);
            return self.lose(at);
        }
        if self.open.len() + value.height > limits.depth {
            self.report(exceeded_limits::depth(self.draft.source, at));
            return self.lose(at);
        }
        self.note_alias(name, at, value.span);
        if self.is_too_heavy(value.weight, at) {
            return self.lose(at);
        }
        self.put(Value {
            node: Node::shared(at, value.kind),
            height: value.height,
        });
    }

    /// Whether all aliases so far, with one of this weight at `at`, stand for too much. The tree
    /// shares what they stand for, but whoever makes a workflow of it writes it out: a list of
    /// ten thousand names takes gigabytes where it is used ten thousand times.
    fn is_too_heavy(&mut self, weight: usize, at: Span) -> bool {
        let most = self.draft.source.limits().bytes;
        let was_too_heavy = self.aliased > most;
        self.aliased = self.aliased.saturating_add(weight);
        if self.aliased <= most {
            self.weight += weight;
            return false;
        }
        if !was_too_heavy {
            self.reports
                .push(exceeded_limits::aliased(self.draft.source, at));
        }
        true
    }

    fn note_alias(&mut self, name: String, used: Span, target: Span) {
        if self.document.aliases.len() <= self.draft.source.limits().aliases {
            self.document.aliases.push(Alias { name, used, target });
        }
    }

    /// Takes a value at `at` that cannot be used.
    pub(super) fn lose(&mut self, at: Span) {
        self.put(Value {
            node: Node::new(at, Kind::Lost),
            height: 0,
        });
    }
}

/// The key in `text`, which is no large one, that is spelt as `name` is, but for letter case and what joins its
/// words, or else the only one that begins with that word.
fn key_alike<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    const MOST: usize = 64 * 1024;
    if text.len() > MOST {
        return None;
    }
    let keys = || lines::down(text, 0).filter_map(|line| Some(key_of(line.content)?.0));
    let begins = |key: &&str| {
        let first = key.split_once(' ').map(|(first, _)| first);
        first.is_some_and(|first| suggest::alike(first, name))
    };
    let alike = keys().find(|key| suggest::alike(key, name));
    alike.or_else(|| {
        let mut beginning = keys().filter(begins);
        beginning.next().filter(|_| beginning.next().is_none())
    })
}
