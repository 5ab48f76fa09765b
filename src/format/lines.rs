//! Whole lines: indentation, blanks at their ends, blank lines.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Edit;
use crate::node::{Entry, Kind, Node};

use super::{Page, sections};

/// How much deeper a level is than the one around it.
pub(super) const STEP: usize = 2;

/// Ends the last line, so that every piece of the text is made of whole lines.
pub(super) fn last_line(page: &Page<'_>) -> Vec<Edit> {
    let text = page.text();
    if text.ends_with('\n') {
        return Vec::new();
    }
    let end = page.source.line_end();
    vec![Edit::new(page.source.at(text.len()..text.len()), end)]
}

pub(super) fn edits(page: &Page<'_>) -> Vec<Edit> {
    let mut layout = Layout::default();
    match page.is_yaml() {
        true => layout.yaml(page).unwrap_or_default(),
        false => layout.toml(page),
    }
    let kept = kept_ranges(page);
    let mut writer = Writer {
        page,
        edits: layout.dashes.clone(),
        layout,
        levels: Vec::new(),
        delta: 0,
        text: None,
        blank: true,
    };
    writer.write(&kept);
    writer.edits
}

/// Where lines belong that begin an entry or an item.
#[derive(Default)]
struct Layout {
    /// By the start of the line: its indentation, and how far its content moves.
    lines: BTreeMap<usize, (usize, isize)>,
    /// By the start of its first line, the indentation of each text after `|` or `>` that takes
    /// it from there.
    texts: BTreeMap<usize, usize>,
    /// What makes one blank after each dash.
    dashes: Vec<Edit>,
}

impl Layout {
    fn toml(&mut self, page: &Page<'_>) {
        for start in sections::statements(page) {
            let line = page.line_start(start);
            self.lines.insert(line, (0, line as isize - start as isize));
        }
    }

    /// Notes every line of lists and maps without brackets; `None`, and nothing noted, where one
    /// is written in a way that is not known here.
    fn yaml(&mut self, page: &Page<'_>) -> Option<()> {
        let mut todo: Vec<(&Node, usize)> = vec![(page.root, 0)];
        let mut whole = Some(());
        while let Some((node, indent)) = todo.pop() {
            if page.is_flow(node) || page.is_alias(node) {
                continue;
            }
            match node.kind() {
                Kind::Map(entries) => {
                    for entry in entries {
                        let key = entry.key_span().range().start;
                        if page.begins_line(key) {
                            self.note(page, key, indent);
                            self.text(page, entry, indent + STEP);
                        }
                        todo.push((&entry.value, indent + STEP));
                    }
                }
                Kind::List(items) => {
                    for item in items {
                        match self.item(page, item, indent) {
                            Some(inside) => todo.push((item, inside)),
                            None => whole = None,
                        }
                    }
                }
                _ => {}
            }
        }
        if whole.is_none() {
            *self = Layout::default();
        }
        whole
    }

    fn note(&mut self, page: &Page<'_>, at: usize, indent: usize) {
        let line = page.line_start(at);
        let delta = indent as isize - (at - line) as isize;
        self.lines.insert(line, (indent, delta));
    }

    /// Notes the text after `|` or `>` that is the value of an entry.
    fn text(&mut self, page: &Page<'_>, entry: &Entry, indent: usize) {
        let span = entry.value.span;
        let texts = &page.document.block_texts;
        if texts.binary_search(&span).is_err() {
            return;
        }
        let line = page.line_start(span.range().start);
        // A text that has no line stands in that of its key.
        let Some(head) = page.text().get(entry.key_span().range().end..line) else {
            return;
        };
        let head = head.lines().next().unwrap_or("");
        let head = head.split('#').next().unwrap_or("");
        // A digit says how deep the text is: deeper lines may come first.
        if !head.contains(|c: char| c.is_ascii_digit()) {
            self.texts.insert(line, indent);
        }
    }

    /// Notes the line of an item's dash; answers the column of what it holds.
    fn item(&mut self, page: &Page<'_>, item: &Node, indent: usize) -> Option<usize> {
        let start = item.span.range().start;
        let line = page.line_start(start);
        let before = &page.text()[line..start];
        let dash = line + before.find('-')?;
        let nested = matches!(item.kind(), Kind::List(_)) && !page.is_flow(item);
        if before.trim() != "-" || nested || matches!(item.kind(), Kind::Absent(_)) {
            return None;
        }
        let column = indent + STEP;
        let delta = column as isize - (start - line) as isize;
        self.lines.insert(line, (indent, delta));
        let blanks = page.source.at(dash + 1..start);
        self.dashes.push(Edit::new(blanks, " "));
        Some(column)
    }
}

/// The text of scalars over several lines: what may not be touched but for the indentation.
fn kept_ranges(page: &Page<'_>) -> Vec<Range<usize>> {
    let mut kept = Vec::new();
    let mut todo = vec![page.root];
    while let Some(node) = todo.pop() {
        if page.is_alias(node) {
            continue;
        }
        match node.kind() {
            Kind::Map(entries) => todo.extend(entries.iter().map(|entry| &entry.value)),
            Kind::List(items) => todo.extend(items),
            Kind::Scalar(_) if page.source.slice(node.span).contains('\n') => {
                kept.push(page.next_line(node.span.range().start)..node.span.range().end);
            }
            _ => {}
        }
    }
    // Blank lines after such a text may be part of it.
    let text = page.text();
    kept.extend(page.document.block_texts.iter().map(|span| {
        let range = span.range();
        let rest = &text[range.end..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        page.line_start(range.start)..page.line_start(range.end + blank)
    }));
    kept.sort_by_key(|range| range.start);
    kept
}

struct Writer<'p> {
    page: &'p Page<'p>,
    layout: Layout,
    edits: Vec<Edit>,
    /// Indentation before and after, of the lines that the present one lies under.
    levels: Vec<(usize, usize)>,
    /// How far the content of the last noted line moves.
    delta: isize,
    /// The indentation of a text whose first line with content comes next.
    text: Option<usize>,
    /// Whether the line above is blank, or there is none.
    blank: bool,
}

impl Writer<'_> {
    fn write(&mut self, kept: &[Range<usize>]) {
        let text = self.page.text();
        let end = text.trim_end_matches(['\n', '\r', ' ', '\t']).len();
        let mut start = self.page.line_start(0);
        if start == 0 && text.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
        }
        while start < text.len() {
            let next = self.page.next_line(start);
            let before = kept.partition_point(|range| range.start <= start);
            let is_kept = before.checked_sub(1).is_some_and(|i| start < kept[i].end);
            match is_kept {
                true => self.kept(start, next),
                false => self.line(start, next, end),
            }
            start = next;
        }
    }

    /// A line of a scalar: in YAML its indentation is none of its content.
    fn kept(&mut self, start: usize, next: usize) {
        self.blank = false;
        let line = self.page.text()[start..next].trim_end_matches(['\n', '\r']);
        let indent = line.len() - line.trim_start_matches(' ').len();
        if let Some(wanted) = self.layout.texts.get(&start) {
            self.text = Some(*wanted);
        }
        if line.trim().is_empty() {
            return;
        }
        if let Some(wanted) = self.text.take() {
            self.delta = wanted as isize - indent as isize;
        }
        if self.page.is_yaml() {
            self.indent(start, indent, indent as isize + self.delta);
        }
    }

    fn line(&mut self, start: usize, next: usize, end: usize) {
        let line = self.page.text()[start..next].trim_end_matches(['\n', '\r']);
        let content = line.trim();
        if content.is_empty() {
            // What follows the last line, or another blank one, goes.
            if self.blank || start >= end {
                self.edits
                    .push(Edit::new(self.page.source.at(start..next), ""));
            } else {
                self.edits.push(Edit::new(
                    self.page.source.at(start..start + line.len()),
                    "",
                ));
            }
            self.blank = true;
            return;
        }
        self.blank = false;
        let indent = line.len() - line.trim_start().len();
        let tail = line.trim_end_matches([' ', '\t']).len();
        let blanks = self.page.source.at(start + tail..start + line.len());
        self.edits.push(Edit::new(blanks, ""));
        if let Some(&(wanted, delta)) = self.layout.lines.get(&start) {
            self.levels.retain(|(old, _)| *old < indent);
            self.levels.push((indent, wanted));
            self.delta = delta;
            self.indent(start, indent, wanted as isize);
        } else if content.starts_with('#') {
            self.comment(start, indent);
        } else if !content.starts_with("---") && !content.starts_with("...") {
            self.indent(start, indent, indent as isize + self.delta);
        }
    }

    /// A comment stands with the entry below that has its column, or with one above.
    fn comment(&mut self, start: usize, indent: usize) {
        let below = self.layout.lines.range(start..).next();
        let column = |line: usize| {
            let rest = &self.page.text()[line..];
            rest.len() - rest.trim_start_matches([' ', '\t']).len()
        };
        let below = below.map(|(line, (wanted, _))| (column(*line), *wanted));
        let same = |(old, _): &&(usize, usize)| *old == indent;
        let found = below
            .as_ref()
            .filter(same)
            .or(self.levels.iter().find(same));
        let wanted = match found {
            Some((_, wanted)) => *wanted as isize,
            None => indent as isize + self.delta,
        };
        self.indent(start, indent, wanted);
    }

    fn indent(&mut self, start: usize, old: usize, wanted: isize) {
        let blanks = self.page.source.at(start..start + old);
        let new = " ".repeat(usize::try_from(wanted).unwrap_or(0));
        self.edits.push(Edit::new(blanks, new));
    }
}
