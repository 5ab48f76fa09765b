//! Writing suppressions for what is reported now.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Stops};
use crate::fix;
use crate::node::Document;
use crate::source::{Source, Span};
use crate::syntax;

use super::can_be_silenced;
use super::lines::{Below, Lines};
use super::missing_reasons::PLACEHOLDER;
use super::unused_suppressions::Reach;
use super::words::{self, List};

/// What became of a source.
#[derive(Clone, Debug)]
pub struct Added<K> {
    /// The source, with suppressions in its text where any were needed.
    pub source: Source,
    /// How many reports they silence.
    pub count: usize,
    /// What compiling that text came to; `None` where it was not kept.
    pub known: Option<K>,
}

/// Writes a suppression above each line on which something is reported that can be silenced, or
/// adds to the one that is there; where no comment can stand above the line, one at the top of the
/// file. `compile` says what is reported, and `known` what it said of `source`. A text that is not of its syntax
/// is left as it is.
pub fn suppressions<K: fix::Known>(
    source: &Source,
    mut known: K,
    compile: impl Fn(&Source) -> K,
) -> Added<K> {
    let mut added = Added {
        source: source.clone(),
        count: 0,
        known: None,
    };
    let mut out = Diagnostics::new();
    let document = has_silenceable(&mut known).then(|| syntax::read(source, &mut out));
    let is_read = !out.iter().any(|d| d.code.stops(Stops::Reading));
    let document = document.filter(|document| is_read && document.root.is_some());
    let Some(document) = document else {
        added.known = Some(known);
        return added;
    };
    // The workflow of a large file takes many times what is reported of it.
    let before = silenceable(known);
    let above = with(source, above_lines(source, &document, &before));
    let first = match reads_alike(&document, &above) {
        true => above,
        false => source.clone(),
    };
    // What is left stands where a line above it is no comment.
    let mut known = compile(&first);
    if !has_silenceable(&mut known) {
        added.count = before.len();
        added.source = first;
        added.known = Some(known);
        return added;
    }
    let at_top = with(&first, at_top(&first, &silenceable(known)));
    if reads_alike(&document, &at_top) {
        let mut known = compile(&at_top);
        let left = known.diagnostics().iter().filter(|d| can_be_silenced(d));
        added.count = before.len().saturating_sub(left.count());
        added.source = at_top;
        added.known = Some(known);
    }
    added
}

fn has_silenceable<K: fix::Known>(known: &mut K) -> bool {
    known.diagnostics().iter().any(can_be_silenced)
}

/// What can be silenced of what is reported.
fn silenceable<K: fix::Known>(mut known: K) -> Vec<Diagnostic> {
    let mut found = std::mem::take(known.diagnostics());
    found.retain(can_be_silenced);
    found
}

fn with(source: &Source, edits: Vec<Edit>) -> Source {
    source.with_text(fix::replaced(source.text(), &edits))
}

/// Whether the text of `new` says what `document` says.
fn reads_alike(document: &Document, new: &Source) -> bool {
    let read = syntax::read(new, &mut Diagnostics::new());
    match (&document.root, &read.root) {
        (Some(old), Some(new)) => old.says_the_same(new),
        _ => false,
    }
}

/// The edits that silence `found` line by line, in the order of the text.
fn above_lines(source: &Source, document: &Document, found: &[Diagnostic]) -> Vec<Edit> {
    let lines = Lines::of(source, document);
    let mut wanted: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for diagnostic in found {
        let codes = wanted
            .entry(lines.line_of(diagnostic.primary().span))
            .or_default();
        if !codes.contains(&diagnostic.code.name) {
            codes.push(diagnostic.code.name);
        }
    }
    let there = brackets(source, document);
    let edit = |(line, codes): (u32, Vec<&str>)| match there.get(&line) {
        Some(close) => Edit::new(*close, format!(", {}", codes.join(", "))),
        None => new_line(source, line, words::ALLOW, &codes),
    };
    let mut edits: Vec<Edit> = wanted.into_iter().map(edit).collect();
    edits.sort_by_key(|edit| edit.span);
    edits
}

/// Where the list of the suppression ends that reaches each line, if one does.
fn brackets(source: &Source, document: &Document) -> BTreeMap<u32, Span> {
    let below = Below::of(source, &document.comments);
    let mut found = BTreeMap::new();
    for comment in &document.comments {
        for words in words::read(source.slice(*comment)) {
            let (Some(words::ALLOW), List::Codes(codes, close)) = (words.word, &words.list) else {
                continue;
            };
            let reach = below.reach(*comment);
            if let (Reach::Line(line), false) = (reach, codes.is_empty()) {
                let at = comment.range().start + close;
                found.insert(line, source.at(at..at));
            }
        }
    }
    found
}

/// The edits that silence `found` in the whole file.
fn at_top(source: &Source, found: &[Diagnostic]) -> Vec<Edit> {
    let mut codes: Vec<&str> = Vec::new();
    for diagnostic in found {
        if !codes.contains(&diagnostic.code.name) {
            codes.push(diagnostic.code.name);
        }
    }
    vec![new_line(
        source,
        first_line(source),
        words::ALLOW_FILE,
        &codes,
    )]
}

/// The first line that is neither blank nor a comment.
fn first_line(source: &Source) -> u32 {
    let says = |line: &u32| {
        let text = &source.text()[source.line_range(*line)];
        let text = text.trim_start_matches('\u{feff}').trim_start();
        !text.is_empty() && !text.starts_with('#')
    };
    (1..=source.line_count()).find(says).unwrap_or(1)
}

/// A line with a suppression above `line`, indented as that.
fn new_line(source: &Source, line: u32, word: &str, codes: &[&str]) -> Edit {
    let range = source.line_range(line);
    let text = &source.text()[range.clone()];
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let text = &text[mark..];
    let indent = &text[..text.len() - text.trim_start().len()];
    let end = source.line_end();
    let codes = codes.join(", ");
    let start = range.start + mark;
    Edit::new(
        source.at(start..start),
        format!("{indent}# statewright: {word}({codes}) {PLACEHOLDER}{end}"),
    )
}
