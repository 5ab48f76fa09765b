//! A text with repairs in it, and the way back from its places to those in the source.
//!
//! Parsers are given the text of a draft. Every span that comes of it goes through
//! [`Draft::place`], so nothing outside of `syntax` ever meets a place that is not in the source.

use std::borrow::Cow;
use std::ops::Range;

use crate::node::Lost;
use crate::source::{Source, Span};

use super::place;

/// A change of a text that lets the parser read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    /// What it replaces, in bytes of the draft.
    pub range: Range<usize>,
    /// What it puts there.
    pub text: String,
    /// What the new text stands for.
    pub stands_for: StandsFor,
}

/// What the text of a patch stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StandsFor {
    /// What its author meant.
    Itself,
    /// Something unreadable: every key and value that begins in it is lost.
    Lost,
    /// Nothing: an entry of the root, with this key as far as it can be told, is left out.
    Nothing(Option<String>),
}

impl Patch {
    /// The text that its author meant.
    pub fn meant(range: Range<usize>, text: impl Into<String>) -> Self {
        Patch {
            range,
            text: text.into(),
            stands_for: StandsFor::Itself,
        }
    }

    /// Something in the place of what cannot be read.
    pub fn lost(range: Range<usize>, text: impl Into<String>) -> Self {
        Patch {
            range,
            text: text.into(),
            stands_for: StandsFor::Lost,
        }
    }
}

/// A text, most of which is its source's.
#[derive(Clone, Debug)]
pub(super) struct Draft<'s> {
    /// Where it comes from.
    pub source: &'s Source,
    /// The text as a parser is to read it.
    pub text: Cow<'s, str>,
    /// In the order of the text, none overlapping another.
    patches: Vec<Applied>,
    /// Entries of the root that are left out.
    pub lost: Vec<Lost>,
}

#[derive(Clone, Debug)]
struct Applied {
    /// Where the new text stands in the draft.
    here: Range<usize>,
    /// What it replaces in the source.
    there: Range<usize>,
    lost: bool,
}

impl<'s> Draft<'s> {
    /// Whether it is the source's own text.
    pub fn is_as_written(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// The source's own text.
    pub fn new(source: &'s Source) -> Self {
        Draft::of(source, Cow::Borrowed(source.text()))
    }

    /// `text`, in which every byte has the place that it has in the source's text.
    pub fn of(source: &'s Source, text: Cow<'s, str>) -> Self {
        Draft {
            source,
            text,
            patches: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// The place in the source of `range` in the draft. A place inside of a patch is the place of
    /// all that the patch replaces.
    pub fn place(&self, range: Range<usize>) -> Span {
        match self.patches.is_empty() {
            true => place(self.source, range),
            false => place(self.source, self.in_source(range)),
        }
    }

    /// The bytes of the source that `range` of the draft stands for.
    pub fn in_source(&self, range: Range<usize>) -> Range<usize> {
        let end = range.end.max(range.start);
        let start = match self.patch_before(range.start) {
            None => range.start,
            Some(patch) if range.start < patch.here.end => patch.there.start,
            Some(patch) => patch.there.end + (range.start - patch.here.end),
        };
        // A range that ends where a patch begins does not hold the patch.
        let end = match self.patch_before(end.saturating_sub(usize::from(end > range.start))) {
            None => end,
            Some(patch) if end > patch.here.end => patch.there.end + (end - patch.here.end),
            Some(patch) if end > range.start => patch.there.end,
            Some(_) => start,
        };
        start..end.max(start)
    }

    /// The last patch that begins at or before `at`.
    fn patch_before(&self, at: usize) -> Option<&Applied> {
        let after = self.patches.partition_point(|patch| patch.here.start <= at);
        self.patches[..after].last()
    }

    /// Whether what begins at `at` stands for something that could not be read.
    pub fn is_lost(&self, at: usize) -> bool {
        self.patch_before(at)
            .is_some_and(|patch| patch.lost && at < patch.here.end)
    }

    /// Whether what stands at `at` is not what stands in the source.
    pub fn is_patched(&self, at: usize) -> bool {
        self.patch_before(at)
            .is_some_and(|patch| at < patch.here.end)
    }

    /// The draft with more patches, which stand in the order of the text and do not overlap. A
    /// patch over an earlier one takes its place.
    pub fn with_all(&self, patches: &[Patch]) -> Draft<'s> {
        let mut next = Draft {
            text: Cow::Owned(String::with_capacity(self.text.len() + 16)),
            patches: Vec::with_capacity(self.patches.len() + patches.len()),
            ..self.clone_without_text()
        };
        let mut done = 0;
        for patch in patches {
            let start = self.text.floor_char_boundary(patch.range.start).max(done);
            let end = self.text.ceil_char_boundary(patch.range.end.max(start));
            self.copy(done..start, &mut next);
            let there = self.in_source(start..end);
            if let StandsFor::Nothing(key) = &patch.stands_for {
                let span = place(self.source, there.clone());
                let key = key.clone();
                next.lost.push(Lost { span, key });
            }
            let text = next.text.to_mut();
            let here = text.len()..text.len() + patch.text.len();
            text.push_str(&patch.text);
            let lost = patch.stands_for == StandsFor::Lost;
            next.patches.push(Applied { here, there, lost });
            done = end;
        }
        self.copy(done..self.text.len(), &mut next);
        next
    }

    fn clone_without_text(&self) -> Draft<'s> {
        Draft {
            source: self.source,
            text: Cow::Borrowed(""),
            patches: Vec::new(),
            lost: self.lost.clone(),
        }
    }

    /// Adds `range` to `next`, and the patches that lie in it.
    fn copy(&self, range: Range<usize>, next: &mut Draft<'s>) {
        let text = next.text.to_mut();
        let moved = |at: usize| at - range.start + text.len();
        let first = self
            .patches
            .partition_point(|old| old.here.start < range.start);
        let within = self.patches[first..].iter();
        let within = within.take_while(|old| old.here.end <= range.end);
        next.patches.extend(within.map(|old| Applied {
            here: moved(old.here.start)..moved(old.here.end),
            ..old.clone()
        }));
        text.push_str(&self.text[range]);
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{SourceId, Syntax};

    use super::*;

    #[test]
    fn every_place_leads_back_to_the_source() {
        let source = Source::new(SourceId(0), "x", Syntax::Yaml, "a:b\nc: d: e\nf: g\n");
        let draft = Draft::new(&source);
        let draft = draft.with_all(&[Patch::meant(7..11, "\"d: e\"")]);
        let draft = draft.with_all(&[Patch::meant(2..2, " ")]);
        assert_eq!(draft.text, "a: b\nc: \"d: e\"\nf: g\n");
        let places = [
            (0..1, 0..1),
            (3..4, 2..3),
            (2..4, 2..3),
            (5..6, 4..5),
            (8..14, 7..11),
            (5..14, 4..11),
            (10..12, 7..11),
            (15..16, 12..13),
            (8..8, 7..7),
            (14..14, 11..11),
        ];
        for (here, there) in places {
            assert_eq!(draft.in_source(here.clone()), there, "{here:?}");
        }
    }

    #[test]
    fn a_patch_over_a_patch_replaces_it() {
        let source = Source::new(SourceId(0), "x", Syntax::Yaml, "a: [b\nc: d\n");
        let draft = Draft::new(&source).with_all(&[Patch::meant(5..5, "]")]);
        let draft = draft.with_all(&[Patch::lost(3..6, "?")]);
        assert_eq!(draft.text, "a: ?\nc: d\n");
        assert_eq!(draft.in_source(3..4), 3..5);
        assert_eq!(draft.in_source(5..6), 6..7);
        assert!(draft.is_lost(3) && !draft.is_lost(4));
    }
}
