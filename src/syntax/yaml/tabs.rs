//! Tabs between words, which YAML allows and PyYAML and others do not read.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use super::super::unportable_syntax::Found;
use crate::diagnostic::Diagnostics;
use crate::node::quoted;
use crate::source::Source;

/// Reports the tabs of a source that is YAML, but for those in quotes, in comments and in the lines
/// after `|` and `>`, where every reader takes them.
pub(super) fn check(source: &Source, out: &mut Diagnostics) {
    let text = source.text();
    if !text.contains('\t') || text.trim().is_empty() {
        return;
    }
    let mut found = Found::default();
    let mut spared: Vec<Range<usize>> = Vec::new();
    let options = super::options(source.limits().depth, false, true);
    for event in Parser::new_from_str_with_options(text, options) {
        let Ok((event, span)) = event else {
            return;
        };
        let Some(bytes) = span.byte_range() else {
            continue;
        };
        match event {
            Event::Comment(..) => spared.push(bytes),
            Event::Scalar(value, ScalarStyle::Plain, ..) if value.contains('\t') => {
                found.add(bytes.clone(), Some((bytes.clone(), quoted(&value))));
                spared.push(bytes);
            }
            Event::Scalar(_, ScalarStyle::Plain, ..) => {}
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => {
                spared.push(below(text, bytes));
            }
            Event::Scalar(..) => spared.push(bytes),
            _ => {}
        }
    }
    spared.sort_by_key(|range| range.start);
    let mut at = 0;
    let end = text.len()..text.len();
    for range in spared.into_iter().chain(std::iter::once(end)) {
        if at < range.start {
            between_words(text, at..range.start, &mut found);
        }
        at = at.max(range.end);
    }
    let messages = (
        "a tab stands between words, where some readers of YAML refuse it",
        "tabs stand between words, where some readers of YAML refuse them",
    );
    let report = found.report(source, messages, "write a space in place of each tab", true);
    out.extend(report.map(|report| report.note("tabs in quotes and in comments are read by all")));
}

/// The lines of a text after `|` or `>`, without the line that begins it.
fn below(text: &str, bytes: Range<usize>) -> Range<usize> {
    let is_begun = text[bytes.clone()].starts_with(['|', '>']);
    let header = text[bytes.clone()].find('\n').filter(|_| is_begun);
    bytes.start + header.unwrap_or(0)..bytes.end
}

/// Adds the tabs of a part of the text. Those at the end of a line are taken out with the blanks
/// around them; another is as wide as a space to YAML, which counts characters.
fn between_words(text: &str, part: Range<usize>, found: &mut Found) {
    let mut at = part.start;
    while let Some(next) = text[at..part.end].find('\t') {
        let tab = at + next;
        let rest = text[tab..].trim_start_matches([' ', '\t']);
        let end = text.len() - rest.len();
        let is_last = rest.is_empty() || rest.starts_with(['\n', '\r']);
        if is_last && end <= part.end {
            let start = text[part.start..tab].trim_end_matches([' ', '\t']).len();
            found.add(tab..tab + 1, Some((part.start + start..end, String::new())));
            at = end;
        } else {
            found.add(tab..tab + 1, Some((tab..tab + 1, " ".to_owned())));
            at = tab + 1;
        }
    }
}
