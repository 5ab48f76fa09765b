//! Events to nodes. An explicit stack holds what is open, so that no input decides how deep the
//! program calls itself.

mod aliases;
mod keys;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, Tag};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::node::{Document, Kind, Lost, Node, ScalarKind};
use crate::source::Span;

use super::super::draft::Draft;
use super::super::entries::{Entries, room_in_map};
use super::super::lines::Line;
use super::super::{
    MAX_REPORTS, exceeded_limits, multiple_documents, place, unknown_tags, unreadable,
};
use super::colons;
use super::open::{Anchor, Content, Finished, Key, Map, Open, Shape, Value, scalar};

/// Reads the first document of `text`, which is the text of `draft`, by the parser alone, which reads
/// whatever is YAML. Reports nothing where the parser fails: the text is then read again. `comments`
/// says whether those are wanted.
pub(in crate::syntax) fn parsed<'t>(
    draft: &Draft<'_>,
    text: &'t str,
    comments: bool,
    out: &mut Diagnostics,
) -> Result<Document<'t>, super::Failure> {
    let mut builder = Builder::new(draft, text);
    let options = super::options(draft.source.limits().depth, false, comments);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event?;
        if let Some(failure) = super::odd_key(text, &event, &span) {
            return Err(failure);
        }
        if builder.take(event, span).is_break() {
            break;
        }
    }
    Ok(builder.finished(out))
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

/// How many bytes any value weighs at least: a comma, a blank, brackets.
const LEAST: usize = 8;

/// A scalar that has been read: its text, how it is written, and where.
pub(in crate::syntax) struct Text<'t> {
    pub text: Cow<'t, str>,
    pub style: ScalarStyle,
    pub range: Range<usize>,
}

/// Makes nodes of events.
pub(in crate::syntax) struct Builder<'d, 't> {
    draft: &'d Draft<'d>,
    text: &'t str,
    open: Vec<Open<'t>>,
    /// Room for the entries of maps.
    spare: Vec<Entries<'t>>,
    /// In the order of the text. The parser numbers them from 1.
    anchors: Vec<Anchor<'t>>,
    documents: usize,
    document: Document<'t>,
    reports: Diagnostics,
    /// How many bytes of memory the values take so far.
    memory: usize,
    most_memory: usize,
    /// How many bytes the values take so far where aliases are written out, about.
    weight: usize,
    /// How much of it aliases stand for.
    aliased: usize,
    /// Where they take more than they may. Nothing is kept from there on.
    full: Option<Span>,
    /// Whether so much is reported that nothing more is read.
    is_weary: bool,
}

impl<'d, 't> Builder<'d, 't> {
    pub(in crate::syntax) fn new(draft: &'d Draft<'d>, text: &'t str) -> Self {
        Builder {
            draft,
            text,
            open: Vec::new(),
            spare: Vec::new(),
            anchors: Vec::new(),
            documents: 0,
            document: Document::default(),
            reports: Diagnostics::new(),
            memory: 0,
            most_memory: draft.source.limits().tree(),
            weight: 0,
            aliased: 0,
            full: None,
            is_weary: false,
        }
    }

    /// How deep lists and maps may lie in each other.
    pub(in crate::syntax) fn most_depth(&self) -> usize {
        self.draft.source.limits().depth
    }

    /// The document, and what there is to report of it.
    pub(in crate::syntax) fn finished(mut self, out: &mut Diagnostics) -> Document<'t> {
        if let Some(at) = self.full {
            let (source, most) = (self.draft.source, self.draft.source.limits().tree());
            out.push(exceeded_limits::memory(source, at, most));
            return unreadable(source);
        }
        out.extend(self.reports);
        self.document.comments.sort();
        self.document
    }

    /// Takes the next event; says whether to stop.
    fn take(&mut self, event: Event<'t>, span: granit_parser::Span) -> std::ops::ControlFlow<()> {
        if self.full.is_some() || (self.is_weary && self.open.is_empty()) {
            return std::ops::ControlFlow::Break(());
        }
        let bytes = span.byte_range().unwrap_or(0..0);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let at = self.place(self.document_mark(bytes.clone()));
                    let rest = &self.text[Line::at(self.text, bytes.start).start..];
                    if !multiple_documents::is_of_its_own(rest) {
                        let span = self.place(bytes.start..self.text.len());
                        self.document.lost.push(Lost { span, key: None });
                    }
                    let is_rest = multiple_documents::is_the_rest(rest);
                    let report = multiple_documents::report(at);
                    self.report(match is_rest {
                        true => report.unsafe_fix(at, ""),
                        false => report,
                    });
                    return std::ops::ControlFlow::Break(());
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let tag = self.tag(tag.as_deref(), &span, Shape::Scalar);
                self.scalar(text, style, anchor, tag, bytes);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.tag(tag.as_deref(), &span, Shape::List);
                self.begin(Content::List(Vec::new()), anchor, bytes);
            }
            Event::MappingStart(_, anchor, tag) => {
                self.tag(tag.as_deref(), &span, Shape::Map);
                self.begin(Content::Map(Map::default()), anchor, bytes);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(bytes),
            Event::Anchor(id, name) => self.anchor(id).name = name,
            Event::Alias(id) => self.alias(id, bytes),
            Event::Comment(..) => self.comment(bytes),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, bytes),
            _ => {}
        }
        std::ops::ControlFlow::Continue(())
    }

    fn place(&self, bytes: Range<usize>) -> Span {
        self.draft.place(bytes)
    }

    fn report(&mut self, report: Diagnostic) {
        match self.reports.len().cmp(&MAX_REPORTS) {
            std::cmp::Ordering::Less => self.reports.push(report),
            std::cmp::Ordering::Equal => {
                self.reports
                    .push(exceeded_limits::reports(report.primary().span));
                self.is_weary = true;
            }
            std::cmp::Ordering::Greater => {}
        }
    }

    /// Whether what begins at byte `at` is not read, because so much is reported already. Then what is
    /// open ends before it.
    #[inline]
    fn is_over(&mut self, at: usize) -> bool {
        if self.is_weary {
            self.close_all(at);
        }
        self.is_weary
    }

    #[cold]
    fn close_all(&mut self, at: usize) {
        if !self.open.is_empty() {
            let span = self.place(at..self.text.len());
            self.document.lost.push(Lost { span, key: None });
        }
        while !self.open.is_empty() {
            self.close(at..at);
        }
    }

    /// The `---` of a document that begins at `bytes`, or its first line.
    fn document_mark(&self, bytes: Range<usize>) -> Range<usize> {
        match bytes.is_empty() {
            true => Line::at(self.text, bytes.start).range(),
            false => bytes,
        }
    }

    /// Takes a comment that stands at `bytes`.
    pub(in crate::syntax) fn comment(&mut self, bytes: Range<usize>) {
        let at = self.place(bytes);
        if self.draft.source.slice(at).starts_with('#') {
            self.document.comments.push(at);
        }
    }

    /// Takes a scalar. `anchor` is the number of its anchor; 0 is none.
    pub(in crate::syntax) fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<ScalarKind>,
        bytes: Range<usize>,
    ) {
        if self.is_over(bytes.start) {
            return;
        }
        let before = self.weight;
        self.weight += text.len() + LEAST;
        // Only what is absent has no place; an empty text has at least its quotes.
        let plain = style == ScalarStyle::Plain;
        let (span, kind) = if self.draft.is_lost(bytes.start) {
            (self.place(bytes), Kind::Lost)
        } else if plain && bytes.is_empty() && tag != Some(ScalarKind::Text) {
            self.absent(bytes.start)
        } else {
            let span = match style {
                ScalarStyle::Literal | ScalarStyle::Folded => {
                    let at = self.block_text(bytes);
                    self.document.block_texts.push(at);
                    at
                }
                _ => self.place(bytes),
            };
            (span, Kind::Scalar(scalar(text, plain, tag)))
        };
        let node = self.node(span, kind, anchor, 0, before);
        self.put(Value { node, height: 0 });
    }

    /// Takes an entry of the innermost map at once, of a text without patches: its key and its value, which are
    /// neither tagged nor anchored, and of which something is written. The same as both one after the other.
    pub(in crate::syntax) fn entry(&mut self, key: Text<'t>, value: Text<'t>) {
        let is_told = self.is_weary || self.full.is_some() || key.text == "<<";
        let open = self.open.last_mut().filter(|_| !is_told);
        if let Some(Open {
            content, extent, ..
        }) = open
            && let Content::Map(map) = content
            && let Key::Awaited = map.key
            && map.entries.find(&key.text).is_none()
        {
            self.weight += key.text.len() + value.text.len() + 2 * LEAST;
            self.memory += room_in_map(map.entries.len());
            let source = self.draft.source;
            let (at, span) = (source.at(key.range), source.at(value.range));
            if self.memory > self.most_memory {
                self.full = Some(span);
                return;
            }
            let begin = extent.map_or(at, |extent| extent);
            *extent = Some(Span {
                end: span.end,
                ..begin
            });
            let plain = |style| style == ScalarStyle::Plain;
            let key = scalar(key.text, plain(key.style), None);
            let value = scalar(value.text, plain(value.style), None);
            map.entries
                .insert(key, at, Node::new(span, Kind::Scalar(value)));
            return;
        }
        self.scalar(key.text, key.style, 0, None, key.range);
        self.scalar(value.text, value.style, 0, None, value.range);
    }

    /// The place after a key whose value is absent, and the comment that stands there.
    fn absent(&self, at: usize) -> (Span, Kind<'t>) {
        let blanks = [' ', '\t'];
        let rest = self.text[at..].trim_start_matches(blanks);
        let Some(after) = rest.strip_prefix(':') else {
            // In a list the parser gives the place of what comes next.
            let before = self.text[..at].trim_end_matches([' ', '\t', '\n', '\r']);
            return (self.place(before.len()..before.len()), Kind::Absent(None));
        };
        let colon_end = self.text.len() - after.len();
        let comment = after.trim_start_matches(blanks);
        let start = self.text.len() - comment.len();
        let is_comment = comment.starts_with('#') && start > colon_end;
        let comment = is_comment.then(|| self.place(Line::at(self.text, start).range_from(start)));
        (self.place(colon_end..colon_end), Kind::Absent(comment))
    }

    /// The place of the text after `|` or `>`, without the blank lines that follow it.
    fn block_text(&self, bytes: Range<usize>) -> Span {
        let text = self.text.get(bytes.clone()).unwrap_or("");
        self.place(bytes.start..bytes.start + text.trim_end().len())
    }

    /// A node, noted under its anchor if it has one (0 is none). What is before it weighs `before`.
    #[inline]
    fn node(
        &mut self,
        span: Span,
        kind: Kind<'t>,
        anchor: usize,
        height: usize,
        before: usize,
    ) -> Node<'t> {
        if anchor == 0 {
            return Node::new(span, kind);
        }
        let kind = Arc::new(kind);
        // Twice, because the list of them grows so.
        self.memory += 2 * (size_of::<Anchor<'_>>() + size_of::<Kind<'_>>());
        self.anchor(anchor).value = Some(Finished {
            kind: Arc::clone(&kind),
            span,
            height,
            weight: self.weight - before,
        });
        Node::shared(span, kind)
    }

    /// What the parser calls anchor number `id`.
    fn anchor(&mut self, id: usize) -> &mut Anchor<'t> {
        if self.anchors.len() < id {
            self.anchors.resize_with(id, Anchor::default);
        }
        &mut self.anchors[id - 1]
    }

    /// Takes the name of anchor number `id`.
    pub(in crate::syntax) fn name_anchor(&mut self, id: usize, name: &'t str) {
        self.anchor(id).name = Cow::Borrowed(name);
    }

    /// Takes the beginning of a list or map; its bracket, if it has one, stands at `bytes`.
    pub(in crate::syntax) fn begin(
        &mut self,
        mut content: Content<'t>,
        anchor: usize,
        bytes: Range<usize>,
    ) {
        if self.is_over(bytes.start) {
            return;
        }
        if let (Content::Map(map), Some(entries)) = (&mut content, self.spare.pop()) {
            map.entries = entries;
        }
        self.open.push(Open {
            content,
            anchor,
            bracket: (!bytes.is_empty()).then_some(bytes.start),
            extent: None,
            height: 1,
            before: self.weight,
        });
    }

    /// Takes the end of the innermost list or map; its bracket, if it has one, stands at `bytes`.
    pub(in crate::syntax) fn end(&mut self, bytes: Range<usize>) {
        if !self.is_over(bytes.start) {
            self.close(bytes);
        }
    }

    fn close(&mut self, bytes: Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let span = match (open.bracket, open.extent) {
            (Some(start), _) => self.place(start..bytes.end.max(start)),
            (None, Some(extent)) => extent,
            (None, None) => self.place(bytes),
        };
        // The parser counts brackets and indentation apart, and some maps not at all.
        let depth = self.most_depth();
        if self.open.len() == depth {
            let first = place(
                self.draft.source,
                span.range().start..span.range().start + 1,
            );
            self.report(exceeded_limits::depth(self.draft.source, first));
        }
        let (kind, height) = match open.content {
            _ if self.open.len() >= depth => (Kind::Lost, 0),
            Content::List(items) => (Kind::List(items.into()), open.height),
            Content::Map(mut map) => {
                let entries = map.entries.take_list();
                self.spare.push(map.entries);
                (Kind::Map(entries), open.height)
            }
        };
        self.weight += LEAST;
        let node = self.node(span, kind, open.anchor, height, open.before);
        self.put(Value { node, height });
    }

    /// Puts a value where it belongs: into the innermost open list or map, as a key or as a
    /// value, or to the top.
    fn put(&mut self, value: Value<'t>) {
        if self.full.is_some() || self.is_filled_by(&value) {
            return;
        }
        let Some(open) = self.open.last_mut() else {
            self.document.root.get_or_insert(value.node);
            return;
        };
        let span = value.node.span;
        open.height = open.height.max(value.height + 1);
        open.extent = Some(open.extent.map_or(span, |extent| extent.to(span)));
        match &mut open.content {
            Content::List(items) => items.push(value.node),
            Content::Map(map) => match std::mem::take(&mut map.key) {
                Key::Awaited => self.put_key(value),
                Key::Read(key, key_span) => {
                    // In a key of two lines, the text is not what is written.
                    let is_as_written = || self.draft.source.slice(key_span) == key.text();
                    let unspaced = match open.bracket {
                        Some(_) if is_as_written() => colons::in_key(&key, &value.node),
                        _ => None,
                    };
                    match unspaced {
                        Some(colon) => self.split(key, key_span, colon),
                        None => map.entries.insert(key, key_span, value.node),
                    }
                }
                Key::Lost(at) => map.entries.insert_lost(at),
                Key::Dropped(key, report) => self.put_again(key.text(), *report, &value.node),
            },
        }
    }

    /// Whether there is no more memory for `value`.
    fn is_filled_by(&mut self, value: &Value<'t>) -> bool {
        let open = self.open.last();
        self.memory += open.map_or(0, |open| open.content.room_for(&value.node));
        let is_filled = self.memory > self.most_memory;
        self.full = is_filled.then_some(value.node.span);
        is_filled
    }

    /// What a tag says of a scalar's kind. Reports a tag that means nothing.
    fn tag(
        &mut self,
        tag: Option<&Tag>,
        span: &granit_parser::Span,
        shape: Shape,
    ) -> Option<ScalarKind> {
        let tag = tag?;
        let at = span.tag_span().and_then(|span| span.byte_range());
        let at = self.place(at.or(span.byte_range()).unwrap_or(0..0));
        let (fits, kind) = match tag.core_suffix() {
            Some("map") => (shape == Shape::Map, None),
            Some("seq") => (shape == Shape::List, None),
            Some("str") => (shape == Shape::Scalar, Some(ScalarKind::Text)),
            Some("null") => (shape == Shape::Scalar, Some(ScalarKind::Null)),
            Some("bool") => (shape == Shape::Scalar, Some(ScalarKind::Boolean)),
            Some("int") => (shape == Shape::Scalar, Some(ScalarKind::Integer)),
            Some("float") => (shape == Shape::Scalar, Some(ScalarKind::Float)),
            // `!` alone says: no type but text, list or map.
            _ if tag.suffix() == "!" && tag.handle().is_empty() => (true, Some(ScalarKind::Text)),
            _ => {
                self.report(unknown_tags::unknown(&tag.original(), at));
                return None;
            }
        };
        if !fits {
            self.report(unknown_tags::misplaced(&tag.original(), shape.phrase(), at));
            return None;
        }
        kind
    }
}
