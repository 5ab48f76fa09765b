//! Lists and maps in brackets that are too wide for one line: each of their parts gets a line of its
//! own, where prettier puts it in YAML and taplo in TOML. What is on several lines already stays so.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::diagnostic::Edit;
use crate::node::{Entry, Kind, Node};

use super::Page;
use super::lines::STEP;

/// How many columns a line may have before it is broken: as many as with prettier, taplo and
/// pretty_yaml.
const WIDTH: usize = 80;

pub(super) fn edits(page: &Page<'_>) -> Vec<Edit> {
    let flow = Flow { page };
    let mut edits = Vec::new();
    let mut todo = vec![page.root];
    edits.extend(flow.in_place(page.root));
    while let Some(node) = todo.pop() {
        if page.is_alias(node) {
            continue;
        }
        match node.kind() {
            Kind::Map(entries) => {
                for entry in entries {
                    match flow.value(entry) {
                        Some(edit) => edits.push(edit),
                        None => todo.push(&entry.value),
                    }
                }
            }
            Kind::List(items) => {
                for item in items {
                    match flow.in_place(item) {
                        Some(edit) => edits.push(edit),
                        None => todo.push(item),
                    }
                }
            }
            _ => {}
        }
    }
    edits
}

struct Flow<'p> {
    page: &'p Page<'p>,
}

impl Flow<'_> {
    /// Breaks an item of a list, or the whole file, where it stands.
    fn in_place(&self, node: &Node) -> Option<Edit> {
        let start = self.is_too_wide(node)?;
        let before = &self.page.text()[self.page.line_start(start)..start];
        let is_dash = |word: &str| word == "-";
        let column = before.split_whitespace().all(is_dash);
        let text = self.broken(node, column.then_some(before.len())?)?;
        Some(Edit::new(node.span, text))
    }

    /// Breaks the value of an entry: in YAML it goes to the next line, as that may be all it needs.
    fn value(&self, entry: &Entry) -> Option<Edit> {
        let start = self.is_too_wide(&entry.value)?;
        let key = entry.key_span().range();
        let gap = self.page.text().get(key.end..start)?;
        let line = self.page.line_start(key.start);
        let before = &self.page.text()[line..key.start];
        let is_dash = |word: &str| word == "-";
        if !before.split_whitespace().all(is_dash) {
            return None;
        }
        let column = before.len();
        if !self.page.is_yaml() {
            let is_after_sign = gap.trim() == "=";
            let text = is_after_sign.then(|| self.broken(&entry.value, column))??;
            return Some(Edit::new(entry.value.span, text));
        }
        if gap.trim() != ":" {
            return None;
        }
        let value = &entry.value;
        let text = if gap.contains('\n') {
            self.broken(value, start - self.page.line_start(start))?
        } else if self.has_comment(value) {
            format!(" {}", self.broken(value, column + STEP)?)
        } else {
            self.below(value, column, "")?
        };
        // The blanks after the sign go where they would end a line.
        let colon = key.end + gap.find(':')? + 1;
        let from = if gap.contains('\n') { start } else { colon };
        let end = entry.value.span.range().end;
        Some(Edit::new(self.page.source.at(from..end), text))
    }

    /// How wide a text is to those who break lines, too: prettier counts columns, taplo characters.
    fn width(&self, text: &str) -> usize {
        match self.page.is_yaml() {
            true => text.width(),
            false => text.chars().count(),
        }
    }

    /// Whether a comment stands behind the node: it keeps the bracket on the line of the key.
    fn has_comment(&self, node: &Node) -> bool {
        let rest = &self.page.text()[node.span.range().end..];
        rest.trim_start_matches([' ', '\t']).starts_with('#')
    }

    /// Where a list or map in brackets starts that is on one line and goes over its edge, if it does and
    /// no comment silences what is on the line.
    fn is_too_wide(&self, node: &Node) -> Option<usize> {
        let range = node.span.range();
        let line = self.page.line_start(range.start);
        let text = &self.page.text()[line..];
        let end = range.end - line;
        let end = end + usize::from(text[end..].starts_with(','));
        let is_wide = end > WIDTH && self.is_broken_up(node) && self.width(&text[..end]) > WIDTH;
        let number = self.page.source.position(node.span.start).line;
        let silenced = &self.page.suppressions.found;
        let is_silenced = || silenced.iter().any(|(_, _, its)| *its == number);
        (is_wide && !is_silenced()).then_some(range.start)
    }

    /// Whether the node is in brackets, on one line, and has parts. In TOML 1.0 a table in braces must stay
    /// on its line.
    fn is_broken_up(&self, node: &Node) -> bool {
        let slice = self.page.source.slice(node.span);
        let may_break = self.page.is_yaml() || slice.starts_with('[');
        may_break
            && self.page.is_flow(node)
            && !self.page.is_alias(node)
            && !slice.contains('\n')
            && slice.ends_with(['}', ']'])
            && !parts(node).is_empty()
    }

    /// The value of a key at `column`, from the end of the line of the key; `sign` follows it.
    fn below(&self, node: &Node, column: usize, sign: &str) -> Option<String> {
        let column = column + STEP;
        let width = self.width(self.page.source.slice(node.span)) + sign.len();
        let text = match column + width > WIDTH {
            true => self.broken(node, column)?,
            false => self.page.source.slice(node.span).to_owned(),
        };
        Some(format!("{}{text}", self.line(column)))
    }

    /// The list or map with a line for each of its parts, where it stands at `column`; `None` where it
    /// is not written in a way that is known here.
    fn broken(&self, node: &Node, column: usize) -> Option<String> {
        let slice = self.page.source.slice(node.span);
        let parts = parts(node);
        if !self.has_only_commas(node, &parts) {
            return None;
        }
        let inside = column + STEP;
        let mut text = slice[..1].to_owned();
        for (index, part) in parts.iter().enumerate() {
            text += &self.line(inside);
            let is_wide = inside + self.width(&self.page.text()[part.clone()]) + 1 > WIDTH;
            let part_broken = is_wide.then(|| self.part(node, index, inside)).flatten();
            match part_broken {
                Some(broken) => text += &broken,
                None => text += &self.page.text()[part.clone()],
            }
            text.push(',');
        }
        text += &self.line(column);
        text += &slice[slice.len() - 1..];
        Some(text)
    }

    /// A part that is too wide itself.
    fn part(&self, node: &Node, index: usize, column: usize) -> Option<String> {
        match node.kind() {
            Kind::List(items) => {
                let item = items.get(index).filter(|item| self.is_broken_up(item))?;
                self.broken(item, column)
            }
            Kind::Map(entries) if self.page.is_yaml() => {
                let entry = entries.get(index)?;
                let (key, value) = (entry.key_span().range(), &entry.value);
                let gap = self.page.text().get(key.end..value.span.range().start)?;
                let is_plain = gap.trim() == ":" && self.is_broken_up(value);
                let value = is_plain.then(|| self.below(value, column, ","))??;
                Some(format!("{}:{value}", &self.page.text()[key]))
            }
            _ => None,
        }
    }

    /// Whether nothing stands between the parts but what separates them.
    fn has_only_commas(&self, node: &Node, parts: &[Range<usize>]) -> bool {
        let whole = node.span.range();
        let gap = |from: usize, to: usize| self.page.text().get(from..to).map(str::trim);
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return false;
        };
        gap(whole.start + 1, first.start) == Some("")
            && matches!(gap(last.end, whole.end - 1), Some("" | ","))
            && parts
                .windows(2)
                .all(|pair| gap(pair[0].end, pair[1].start) == Some(","))
    }

    fn line(&self, column: usize) -> String {
        format!("{}{:column$}", self.page.source.line_end(), "")
    }
}

/// Where the parts of a list or map are.
pub(super) fn parts(node: &Node) -> Vec<Range<usize>> {
    match node.kind() {
        Kind::Map(entries) => {
            let range = |e: &Entry| {
                let start = e.key_span().range().start;
                start..e.value.span.range().end.max(e.key_span().range().end)
            };
            entries.iter().map(range).collect()
        }
        Kind::List(items) => items.iter().map(|item| item.span.range()).collect(),
        _ => Vec::new(),
    }
}
