//! Mistakes in keys, headers, and the `=` after a key.

use std::ops::Range;

use crate::node::quoted;

use super::super::draft::Patch;
use super::super::lines::{self, Line};
use super::super::recovery::nothing;
use super::super::slips::{Found, Slip, Written};
use super::complaints::Complaint;
use super::losses;
use super::mistakes::InStatement;
use super::surroundings::{is_header, is_statement};
use super::values::{is_whole, plain_text};

impl<'t> InStatement<'_, 't> {
    /// A broken header: a name that needs quotes, or no bracket at its end.
    pub(super) fn header(&self, complaint: Complaint) -> Found {
        let line = self.statement();
        if let Some(found) = self.spaced_header(&line) {
            return found;
        }
        let opener = if line.content.starts_with("[[") { 2 } else { 1 };
        let close = &"]]"[..opener];
        let begin = line.range().start + opener;
        let content = line
            .content
            .find(" #")
            .map_or(line.content, |end| line.content[..end].trim_end());
        let end = line.range().start + content.len();
        let inside = content[opener.min(content.len())..].trim_end_matches([']', ' ']);
        let missing = self.text[begin..self.at.max(begin)]
            .trim_end()
            .ends_with('.')
            || inside.trim().is_empty();
        if missing && complaint == Complaint::EmptyKey {
            return self
                .dot_at_end(content, begin..begin + inside.len())
                .unwrap_or_else(|| self.missing_name());
        }
        let (name, start) = last_name(inside, begin);
        let name_range = start..start + name.len();
        let closed = content.ends_with(close);
        if closed && name.contains(|c: char| !is_bare(c)) && !name.contains(['"', '\'']) {
            if let Some(found) = self.other_dot(name_range.clone(), inside.len() == name.len()) {
                return found;
            }
            return self.bare_key(name_range);
        }
        if !closed {
            let found = self.found(line.range(), Slip::UnclosedHeader(close));
            let present = content.len() - content.trim_end_matches(']').len();
            return found.meant(end..end, &close[present.min(opener)..]);
        }
        self.after_header(complaint, inside)
    }

    /// `[ [transitions] ]`.
    fn spaced_header(&self, line: &Line<'_>) -> Option<Found> {
        let inside = line.content.strip_prefix('[')?.strip_suffix(']')?;
        let name = inside.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
        let is_spaced = inside.starts_with(' ') || inside.ends_with(' ');
        let is_name = !name.is_empty() && name.chars().all(|c| is_bare(c) || c == '.');
        (is_spaced && is_name).then(|| {
            let header = format!("[[{name}]]");
            let slip = Slip::SpacedHeader(Written(&header));
            self.found(line.range(), slip)
                .meant(line.range(), header.as_str())
        })
    }

    /// Something follows the header of `name`, perhaps one bracket too many.
    fn after_header(&self, complaint: Complaint, name: &str) -> Found {
        let line = self.statement();
        let is_double = self.rest_of_line() == "]" && !line.content.starts_with("[[");
        // The other headers of this name tell which bracket is missing or too many.
        if !is_double || !self.text.contains(&format!("[[{name}]]")) {
            return self.after_or_unreadable(complaint);
        }
        let start = line.range().start;
        self.found(self.char_at(start), Slip::HalfHeader(Written(name)))
            .meant(start..start, "[")
    }

    /// `[states/New]`, where other headers begin with `[states.`.
    fn other_dot(&self, name: Range<usize>, is_all: bool) -> Option<Found> {
        let text = &self.text[name.clone()];
        let (at, sign) = text.char_indices().find(|(_, c)| !is_bare(*c))?;
        let (first, rest) = (&text[..at], text[at + sign.len_utf8()..].trim());
        let is_table = self.text.contains(&format!("[{first}."));
        if !is_all || !is_table || rest.is_empty() || !matches!(sign, ':' | '/' | ' ' | '>') {
            return None;
        }
        let rest = match rest.chars().all(is_bare) {
            true => rest.to_owned(),
            false => quoted(rest),
        };
        let (meant, dot) = (format!("{first}.{rest}"), name.start + at);
        let header = format!("[{meant}]");
        let slip = Slip::OtherDot(sign, Written(&header));
        Some(
            self.found(dot..dot + sign.len_utf8(), slip)
                .meant(name, meant.as_str()),
        )
    }

    /// `[states.]`, whose names and brackets are in `inside`: nothing is named where what follows are tables
    /// themselves, or an item of a list.
    fn dot_at_end(&self, header: &str, inside: Range<usize>) -> Option<Found> {
        let name = self.text[inside.clone()].strip_suffix('.')?.trim_end();
        if !name
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(is_bare))
        {
            return None;
        }
        let below = lines::down(self.text, lines::next(self.text, inside.end));
        let mut below = below
            .filter(|line| !line.is_idle() && !line.content.starts_with('#'))
            .take_while(|line| !is_header(line))
            .peekable();
        let is_table = |line: Line<'_>| {
            let value = line.content.split_once('=').map_or("", |(_, value)| value);
            value.trim_start().starts_with('{')
        };
        let is_list = header.starts_with("[[");
        let is_whole = is_list || (below.peek().is_some() && below.all(is_table));
        let dot = inside.start + name.len()..inside.end;
        let whole = header.replacen(&self.text[inside], name, 1);
        let whole = is_whole.then_some(Written(&whole));
        let found = self.found(dot.clone(), Slip::DotAtEnd(Written(header), whole));
        Some(match is_whole {
            true => found.meant(dot, ""),
            false => found,
        })
    }

    fn missing_name(&self) -> Found {
        self.found(self.char_at(self.at), Slip::MissingName)
    }

    /// The key at `range` needs quotes.
    fn bare_key(&self, range: Range<usize>) -> Found {
        let key = &self.text[range.clone()];
        self.found(range.clone(), Slip::BareKey(Written(key)))
            .meant(range, quoted(key))
    }

    /// A statement that is broken before its `=`, or has none.
    pub(super) fn key(&self) -> Found {
        let line = self.statement();
        let begin = line.range().start;
        if line.content.starts_with("- ") || line.content == "-" {
            let rest = line.content[1..].trim_start();
            let dash = begin..begin + line.content.len() - rest.len();
            let is_whole = is_statement(&Line::at(rest, 0));
            if let Some(found) = self.tables_with_dashes(&line).filter(|_| is_whole) {
                return found;
            }
            let slip = Slip::DashItem(Written(line.content), is_whole.then_some(Written(rest)));
            let found = self.found(line.range(), slip);
            return match is_whole {
                true => found.meant(dash, ""),
                false => found,
            };
        }
        if let Some(found) = self.fence(&line).or_else(|| self.other_comment(begin)) {
            return found;
        }
        if line.content.starts_with(['=', '.']) {
            return self.found(self.char_at(begin), Slip::MissingName);
        }
        if let Some(found) = self.stray_bracket(begin) {
            return found;
        }
        let equals = line.content.find('=');
        let key = equals.map_or(line.content, |equals| &line.content[..equals]);
        let key = key.trim_end();
        if equals.is_none() && (line.content.ends_with(',') || line.content.starts_with('{')) {
            return self.found(line.range(), Slip::StrayItem(Written(line.content)));
        }
        if let Some(colon) = key.find(':').filter(|_| !key.starts_with(['"', '\''])) {
            let end = lines::end(self.text, begin);
            return self.colon_for_equals(begin + colon, key[..colon].trim_end(), end);
        }
        if key.ends_with('.') || key.contains("..") {
            return self.missing_name();
        }
        if equals.is_some() && !key.contains(['"', '\'']) {
            let (name, start) = last_name(key, begin);
            return self.bare_key(start..start + name.len());
        }
        self.no_equals(key, begin, equals.is_some())
    }

    /// `- name = "x"` and the fields of the item below it: as many tables as there are dashes, whose list is that of
    /// the header above them, or of transitions.
    fn tables_with_dashes(&self, first: &Line<'t>) -> Option<Found> {
        let below = lines::down(self.text, first.start).filter(|line| !line.is_idle());
        let below: Vec<Line<'_>> = below.take_while(|line| !is_header(line)).collect();
        let item = |line: &Line<'t>| line.content.strip_prefix("- ").map(str::trim_start);
        let key = |line: &str| line.split('=').next().map(|key| key.trim().to_owned());
        let begins = key(item(first)?)?;
        let items: Vec<&Line<'_>> = below
            .iter()
            .filter(|line| line.content.starts_with("- "))
            .collect();
        let is_item = |line: &&Line<'_>| {
            let rest = line.content[2..].trim_start();
            is_statement(&Line::at(rest, 0)) && key(rest).as_deref() == Some(&begins)
        };
        let fields = below
            .iter()
            .map(|line| line.content.trim_start_matches("- "));
        let mut keys = fields.filter_map(key);
        let is_transition = keys.any(|key| key == "from" || key == "to");
        let above = lines::up(self.text, first.start).find(|line| !line.is_idle());
        let above = above.filter(is_header);
        let name = |line: &Line<'t>| {
            let name = line.content.trim_matches(['[', ']', ' ']);
            (!name.is_empty() && name.chars().all(is_bare)).then_some(name)
        };
        let header = above.as_ref().filter(|line| {
            let is_other = is_transition && name(line) != Some("transitions");
            !is_other
        });
        let list = match header.and_then(name) {
            Some(name) => Some(name),
            None => is_transition.then_some("transitions"),
        };
        // One dash below the header of an item is one too many.
        let is_begun = header.is_some_and(|line| line.content.starts_with("[["));
        let are_tables = items.len() > 1 || (is_transition && !is_begun);
        if !are_tables || !items.iter().all(is_item) {
            return None;
        }
        let header_text = list.map(|name| format!("[[{name}]]"));
        let shown = header_text.as_deref().map(Written);
        let slip = Slip::DashTables(Written(first.content), items.len(), shown);
        let found = self.found(first.range(), slip);
        let Some(text) = header_text else {
            let last = below.last().map_or(first.start, |line| line.start);
            let all = first.start..lines::next(self.text, last);
            return Some(found.repair(vec![nothing(all, None)]));
        };
        let mut repair: Vec<Patch> = Vec::with_capacity(items.len() + 1);
        if let Some(line) = header {
            repair.push(Patch::meant(line.range(), ""));
        }
        repair.extend(items.iter().map(|line| {
            let start = line.range().start;
            let dash = line.content.len() - line.content[1..].trim_start().len();
            Patch::meant(start..start + dash, format!("{text}\n"))
        }));
        Some(found.repair(repair))
    }

    /// A line that begins with `key`, and has no `=` after its first word.
    fn no_equals(&self, key: &str, begin: usize, has_equals: bool) -> Found {
        let name = key.split([' ', '\t']).next().unwrap_or(key);
        let rest = key[name.len()..].trim();
        let rest = if has_equals || !rest.starts_with(['"', '\'']) {
            ""
        } else {
            rest
        };
        let name = match rest.is_empty() && !has_equals {
            true => key,
            false => name,
        };
        let end = begin + name.len();
        let slip = Slip::NoSeparator(Written(name), Written(rest));
        let found = self.found(begin..end, slip);
        match rest.is_empty() {
            true => found.repair(vec![Patch::lost(end..end, " = \"\"")]),
            false => found.meant(end..end, " ="),
        }
    }

    /// `key: value`, the colon at `colon`, the value up to `end` or its comment.
    fn colon_for_equals(&self, colon: usize, key: &str, end: usize) -> Found {
        let slip = Slip::OtherSeparator(Written(key), ':', Written(""));
        let found = self.found(colon..colon + 1, slip);
        let value = &self.text[colon + 1..end];
        let value = lines::before_comment(value);
        let start = colon + 1 + value.len() - value.trim_start().len();
        let value = value.trim();
        let equals = Patch::meant(colon..colon + 1, " =");
        let range = start..start + value.len();
        let below = losses::trimmed(self.text, losses::with_orphans(self.text, end));
        if is_whole(value) {
            return found.repair(vec![equals]);
        }
        // A list may go on below.
        let found = match value.starts_with(['[', '{']) {
            true => found.repair(vec![equals.clone()]),
            false => found,
        };
        match plain_text(value) {
            Some(text) => found.repair(vec![equals, Patch::meant(range, quoted(text))]),
            None if value.is_empty() && self.open.brackets.is_empty() => {
                found.repair(vec![Patch::lost(colon..below.max(colon + 1), " = \"\"")])
            }
            None => found.repair(vec![Patch::lost(colon..range.end, " = \"\"")]),
        }
    }

    /// `{ x: 1 }`, or a name in an inline table that needs quotes.
    pub(super) fn inline_key(&self) -> Found {
        let (from, before) = self.inline_before(self.at);
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let above = trimmed(&before[..line], from);
        let from = from + line;
        let entry = &self.text[from..];
        let entry = &entry[..entry.find([',', '}', '\n']).unwrap_or(entry.len())];
        let start = from + entry.len() - entry.trim_start().len();
        let key = entry.split('=').next().unwrap_or("").trim();
        if let Some(colon) = key.find(':') {
            let end = from + entry.len();
            return self.colon_for_equals(start + colon, key[..colon].trim_end(), end);
        }
        let range = start..start + key.len();
        match (entry.contains('='), key.is_empty()) {
            (_, true) => self.missing_name(),
            (true, _) if needs_quotes(key) => self.bare_key(range),
            // There is nothing wrong with this one.
            (true, _) if !above.is_empty() => self.key_alone(above, ","),
            _ => self.key_alone(range, ""),
        }
    }

    /// What stands before the byte `end` of the entry of an inline table, and where that begins.
    fn inline_before(&self, end: usize) -> (usize, &str) {
        let bracket = self.open.brackets.last();
        let from = bracket.map_or(self.open.statement, |&(at, _)| at + 1);
        let before = &self.text[from.min(end)..end];
        let comma = before.rfind(',').map_or(0, |comma| comma + 1);
        (from.min(end) + comma, &before[comma..])
    }

    /// A name before the comma at `comma`, in an inline table, that has no `=`.
    pub(super) fn key_before_comma(&self, comma: usize) -> Option<Found> {
        let is_table = self.text[..comma].ends_with(|c: char| is_bare(c) || c == '"')
            && matches!(self.open.brackets.last(), Some(&(_, '{')));
        let (from, before) = self.inline_before(comma);
        let is_name = is_table && !before.contains(['=', ':', '\n']);
        is_name.then(|| self.key_alone(trimmed(before, from), ""))
    }

    /// The name at `range` stands alone in an inline table. `end` ends its entry, where nothing does.
    fn key_alone(&self, range: Range<usize>, end: &str) -> Found {
        let key = &self.text[range.clone()];
        let slip = Slip::NoSeparator(Written(key), Written(""));
        let value = format!(" = \"\"{end}");
        self.found(range.clone(), slip)
            .repair(vec![Patch::lost(range.end..range.end, value)])
    }
}

/// Where `text`, which starts at byte `from`, stands without the blanks around it.
fn trimmed(text: &str, from: usize) -> Range<usize> {
    let start = from + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

/// Whether a key is written without quotes that it needs.
fn needs_quotes(key: &str) -> bool {
    let is_quoted = |quote| key.len() > 1 && key.starts_with(quote) && key.ends_with(quote);
    let is_whole = |part: &str| part.trim().chars().all(is_bare);
    !is_quoted('"') && !is_quoted('\'') && !key.split('.').all(is_whole)
}

fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The last name of a dotted key without quotes that needs them, or the last one, and where it
/// starts; `begin` is where `key` starts.
fn last_name(key: &str, begin: usize) -> (&str, usize) {
    let mut at = begin;
    let mut found = (key, begin);
    for part in key.split('.') {
        let name = part.trim();
        found = (name, at + part.len() - part.trim_start().len());
        if name.contains(|c: char| !is_bare(c)) && !name.contains(['"', '\'']) {
            break;
        }
        at += part.len() + 1;
    }
    found
}
