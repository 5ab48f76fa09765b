//! Mistakes in how lines are laid out: keys, dashes, colons and indentation.

use std::ops::Range;

use crate::node::quoted;

use super::super::draft::Patch;
use super::super::lines::{self, Line};
use super::super::recovery::Repair;
use super::super::slips::{Found, Scanner, Slip, Written};
use super::colons;
use super::losses::{self, is_key_elsewhere};
use super::surroundings::{self, Open, is_item, key_of, without_dashes};

impl<'t> Scanner<'_, 't> {
    /// A colon that ends no key: in a value, or after a key that is indented too deep.
    pub(super) fn colon(&self) -> Found {
        let line = self.line();
        let (dashes, rest) = without_dashes(line.content);
        let begin = line.range().start + dashes;
        let inside = key_of(rest).filter(|(_, colon)| begin + colon < self.at);
        if let Some((key, colon)) = inside {
            return self
                .never_opened(begin, key)
                .or_else(|| self.no_braces(key, begin, colon, dashes > 0))
                .unwrap_or_else(|| self.second_colon(key, begin + colon + 1));
        }
        let Some(above) = lines::up(self.text, line.start).next() else {
            return self.unreadable();
        };
        let (_, over) = without_dashes(above.content);
        let start = above.range().end - over.len();
        match key_of(over) {
            Some((key, colon)) if has_space_after(over, colon) => {
                let indent = above.indent + above.content.len() - over.len();
                match line.indent > indent {
                    true => self.too_deep(begin..self.at, key, indent, &over[colon + 1..]),
                    false => self
                        .no_dash_below(&above, &line)
                        .unwrap_or_else(|| self.unreadable()),
                }
            }
            Some((key, colon)) => self.no_space_after_colon(start + colon, key, &over[colon + 1..]),
            None => self
                .outdented_item(&above, &line)
                .unwrap_or_else(|| self.no_colon(start..above.range().end, false)),
        }
    }

    /// A colon is missing before the bracket at `bracket`.
    pub(super) fn no_colon_before_bracket(&self, bracket: usize) -> Found {
        let name = colons::name_before(self.text, bracket);
        let key = &self.text[name.clone()];
        if key.len() > 1 && key.bytes().all(|byte| byte == b'-') {
            return self.several_dashes(name);
        }
        if let Some(found) = self.other_dash(name.start) {
            return found;
        }
        let slip = Slip::NoColonBefore(Written(key), self.span(name.clone()), None);
        self.found(self.char_at(bracket), slip)
            .meant(name.end..name.end, ":")
    }

    /// `• item` and `1. item`: the sign at `start` is one that word processors put before items.
    pub(super) fn other_dash(&self, start: usize) -> Option<Found> {
        let line = Line::at(self.text, start);
        let sign = sign_of_item(line.content).filter(|_| line.range().start == start)?;
        let is_here = |below: &Line<'_>| below.is_idle() || below.indent >= line.indent;
        let below = lines::down(self.text, line.start).take_while(is_here);
        let patches: Repair = below
            .filter(|below| below.indent == line.indent)
            .filter_map(|below| {
                let start = below.range().start;
                let sign = sign_of_item(below.content)?;
                Some(Patch::meant(start..start + sign.len(), "-"))
            })
            .collect();
        let slip = Slip::OtherDash(Written(sign), patches.len());
        Some(self.found(start..start + sign.len(), slip).repair(patches))
    }

    /// `item`, an item of the list under a key, that stands beside the item which that key is part
    /// of, though `next` below it is one more key of that.
    fn outdented_item(&self, item: &Line<'_>, next: &Line<'_>) -> Option<Found> {
        let (dashes, text) = without_dashes(item.content);
        if dashes == 0 || next.indent != item.indent + dashes || key_of(next.content).is_none() {
            return None;
        }
        let above = lines::up(self.text, item.start).next()?;
        let (above_dashes, key) = without_dashes(above.content);
        let wanted = match is_item(above.content) && above.indent > item.indent {
            true => above.indent,
            false if key.ends_with(':') && above.indent + above_dashes == next.indent => {
                next.indent + 2
            }
            false => return None,
        };
        let start = item.range().start;
        let slip = Slip::OutdentedItem(Written(text), item.indent, wanted);
        let blanks = item.start..start;
        let found = self.found(start..start + item.content.len(), slip);
        Some(found.meant(blanks, " ".repeat(wanted)))
    }

    /// `line` stands where the fields of an item do, and the item `above` is complete: it is another one.
    fn no_dash_below(&self, above: &Line<'_>, line: &Line<'_>) -> Option<Found> {
        let begins = |above: &Line<'_>| above.indent < line.indent;
        let item = lines::up(self.text, line.start).find(begins)?;
        let (dashes, over) = without_dashes(item.content);
        let is_complete = over.starts_with('{') && above.content.ends_with('}');
        if dashes == 0 || line.indent != item.indent + dashes || !is_complete {
            return None;
        }
        let found = self.found(line.range(), Slip::NoDash(Written(line.content)));
        let dash = line.start + item.indent;
        Some(found.meant(dash..dash + 1, "-"))
    }

    /// The key at `key`, deeper than the key `above` at `indent`, which has `value`.
    fn too_deep(&self, key: Range<usize>, above: &str, indent: usize, value: &str) -> Found {
        let line = Line::at(self.text, key.start);
        if let Some(found) = self.outdented(&line) {
            return found;
        }
        let owner = lines::up(self.text, line.start).next();
        if let Some(found) = owner.and_then(|owner| self.dash_without_space(&owner, &line)) {
            return found;
        }
        // The first item of a list that has no dash, and its other fields where they belong.
        let next = lines::down(self.text, line.start)
            .find(|below| !below.is_idle() && below.indent <= indent);
        let item = next.filter(|next| next.indent == indent && is_item(next.content));
        let found = item.and_then(|item| self.first_without_dash(&item));
        if let Some(found) =
            found.filter(|found| Some(found.at) == owner.map(|owner| owner.range().start))
        {
            return found;
        }
        let name = &self.text[key.clone()];
        let slip = Slip::TooDeep(Written(name), Written(above), indent);
        let found = self.found(key.clone(), slip);
        // Nothing can stand under text without quotes; under anything else it may be meant to.
        let is_text = !value
            .trim_start()
            .starts_with(['[', '{', '"', '\'', '&', '*', '|', '>']);
        let is_meant = is_key_elsewhere(self.text, name, key.start) || line.indent == indent + 1;
        let moved = match is_text && is_meant {
            true => self.moved(&line, indent),
            false => None,
        };
        found.repair(moved).repair(losses::beside(self.text, &line))
    }

    /// The lines from `line` on that are indented like it or deeper, moved left or right so that
    /// `line` stands at `indent`.
    fn moved(&self, line: &Line<'_>, indent: usize) -> Option<Repair> {
        // Lines that already stand where these should are not moved along.
        let in_place = |below: &Line<'_>| line.indent < indent && below.indent == indent;
        let below = lines::down(self.text, line.start)
            .take_while(|below| {
                below.is_idle()
                    || (below.indent > line.indent && !in_place(below))
                    || (below.indent == line.indent
                        && (is_item(line.content) || !is_item(below.content)))
            })
            .filter(|below| !below.is_idle());
        let patch = |below: Line<'_>| {
            let blanks = below.start..below.start + below.indent;
            let wanted = (below.indent + indent).saturating_sub(line.indent);
            Patch::meant(blanks, " ".repeat(wanted))
        };
        let patches: Repair = below.map(patch).collect();
        (!patches.is_empty()).then_some(patches)
    }

    /// `key:value`, the colon at `colon`.
    fn no_space_after_colon(&self, colon: usize, key: &str, value: &str) -> Found {
        if let Some(rest) = value.strip_prefix('=').filter(|rest| rest.starts_with(' ')) {
            let slip = Slip::NoSpaceAfterColon(Written(key), Written(rest.trim_start()));
            let mut found = self.found(self.char_at(colon), slip);
            found.report.fix = None;
            return found.meant(colon + 1..colon + 2, "");
        }
        let slip = Slip::NoSpaceAfterColon(Written(key), Written(value));
        self.found(self.char_at(colon), slip)
            .meant(colon + 1..colon + 1, " ")
    }

    /// The text at `range`, to the end of its line, is no key; `beside_items`, no item.
    fn no_colon(&self, range: Range<usize>, beside_items: bool) -> Found {
        let text = &self.text[range.clone()];
        let ends = [("*/", "/*"), ("-->", "<!--")];
        let end = ends.iter().find(|(close, _)| text.ends_with(close));
        let comment = match end {
            Some((_, open)) => self.text[..range.end].rfind(open),
            None => Some(range.start),
        };
        let comment = comment.and_then(|at| self.other_comment(at));
        if let Some(found) = comment.or_else(|| self.other_than_colon(range.start, text)) {
            return found;
        }
        let inner = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        let key = inner.and_then(|inner| Some(inner.split_once(": ")?.0));
        if let (Some(inner), true) = (
            inner,
            key.is_some_and(|key| is_key_elsewhere(self.text, key, range.start)),
        ) {
            let found = self.found(range.clone(), Slip::QuotedEntry(Written(inner)));
            return found.meant(range, inner);
        }
        if beside_items {
            let start = range.start..range.start;
            return self
                .found(range, Slip::NoDash(Written(text)))
                .meant(start, "- ");
        }
        let found = self.found(range.clone(), Slip::NoColon(Written(text)));
        let comment = lines::before_comment(text);
        let end = range.start + comment.trim_end().len();
        match self.goes_on_below(range.start) {
            true => found.meant(end..end, ":"),
            // It is some key, and may be one with its value.
            false => found.repair(vec![Patch::lost(end..end, ": x")]),
        }
    }

    /// The line `text` at `start`, where something else stands in the place of the colon: `=`, or
    /// the value.
    fn other_than_colon(&self, start: usize, text: &str) -> Option<Found> {
        if let Some(bracket) = colons::after_name(text) {
            return Some(self.no_colon_before_bracket(start + bracket));
        }
        if let Some(found) = self.sign_after_key(start, text) {
            return Some(found);
        }
        if let Some(found) = self.no_colon_before_value(start, text) {
            return Some(found);
        }
        let (at, sign) = text
            .char_indices()
            .find(|(_, c)| colons::OTHERS.contains(c))?;
        let (key, value) = (&text[..at], &text[at + sign.len_utf8()..]);
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        if key.trim().is_empty() || !key.chars().all(is_name) || value.starts_with('=') {
            return None;
        }
        let equals = start + key.len();
        let place = start + key.trim_end().len()..equals + sign.len_utf8();
        let slip = Slip::OtherSeparator(Written(key.trim_end()), sign, Written(value));
        let colon = match value.starts_with([' ', '\t']) || value.is_empty() {
            true => ":",
            false => ": ",
        };
        let found = self.found(self.char_at(equals), slip).blaming(start);
        Some(found.meant(place, colon))
    }

    /// `name. Close`, `name; Close` and `to -> Closed`, where the word is a key elsewhere.
    fn sign_after_key(&self, start: usize, text: &str) -> Option<Found> {
        const SIGNS: [&str; 7] = [". ", "; ", ", ", " -> ", " => ", " - ", " := "];
        let cuts = SIGNS
            .into_iter()
            .filter_map(|sign| Some((text.find(sign)?, sign)));
        let (at, sign) = cuts.min()?;
        let (key, value) = (
            &text[..at],
            lines::before_comment(&text[at + sign.len()..]).trim(),
        );
        if value.is_empty() || key.contains(' ') || !is_key_elsewhere(self.text, key, start) {
            return None;
        }
        let name = start..start + key.len();
        let shown = Some((Written(value), true));
        let slip = Slip::NoColonBefore(Written(key), self.span(name.clone()), shown);
        let mut found = self.found(self.char_at(start + at), slip).blaming(start);
        found.report.fix = None;
        Some(found.meant(name.end..start + at + sign.len(), ": "))
    }

    /// `key value`, where the first word is a key: it is one elsewhere, or both are one word each, and
    /// the first as nearly all keys are.
    fn no_colon_before_value(&self, start: usize, text: &str) -> Option<Found> {
        let (key, rest) = text.split_once(' ')?;
        let value = lines::before_comment(rest);
        let value = value.trim();
        // Another sign stands there in its place: `from = New` is no `from: = New`.
        if value.is_empty() || value.starts_with('#') || value.starts_with(colons::OTHERS) {
            return None;
        }
        let looks_like_key = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let is_pair = looks_like_key && !value.contains(' ') && !self.goes_on_below(start);
        let is_sure = is_key_elsewhere(self.text, key, start);
        if !is_sure && !is_pair {
            return None;
        }
        let name = start..start + key.len();
        let at = self.char_at(start + text.len() - rest.trim_start().len());
        let value = Some((Written(value), is_sure));
        let slip = Slip::NoColonBefore(Written(key), self.span(name.clone()), value);
        let found = self.found(at, slip).blaming(start);
        Some(found.meant(name.end..name.end, ":"))
    }

    /// Whether what follows the line at `start` is indented further.
    fn goes_on_below(&self, start: usize) -> bool {
        let indent = Line::at(self.text, start).indent;
        let below = lines::next(self.text, start);
        let below = lines::down(self.text, below).find(|line| !line.is_idle());
        below.is_some_and(|below| below.indent > indent)
    }

    /// `key: a, other: b }`, which begins at `begin`.
    fn never_opened(&self, begin: usize, key: &str) -> Option<Found> {
        let end = self.value_end(begin, &Open::default());
        let line = &self.text[begin..end];
        if !line.ends_with('}') || line.contains('{') || !line.contains(", ") {
            return None;
        }
        let first = self.span(begin..begin + key.len());
        let slip = Slip::NeverOpened(Written(key), first);
        let found = self.found(self.char_at(end - 1), slip).blaming(begin);
        Some(found.meant(begin..begin, "{ "))
    }

    /// `State: category: open` and `- name: Close, from: New`: the value of `key`, which begins at `begin`,
    /// holds fields, known by a name that is a key elsewhere.
    fn no_braces(&self, key: &str, begin: usize, colon: usize, is_item: bool) -> Option<Found> {
        let from = begin + colon + 1;
        let value = lines::before_comment(&self.text[from..lines::end(self.text, from)]);
        let start = from + value.len() - value.trim_start().len();
        let value = value.trim();
        let bare = value
            .strip_prefix('(')
            .and_then(|value| value.strip_suffix(')'));
        let fields = bare.unwrap_or(value).trim();
        let is_key = |word: &str| is_key_elsewhere(self.text, word, start);
        let first = fields.split_once(": ").map_or("", |(first, _)| first);
        let others = fields.match_indices([',', ';']).filter_map(|(at, _)| {
            let (other, _) = fields[at + 1..].split_once(": ")?;
            Some(other.trim())
        });
        const MOST: usize = 16;
        let is_second = || others.take(MOST).any(is_key);
        let (range, map) = match is_key(first) {
            true => (start..start + value.len(), format!("{{ {fields} }}")),
            false if is_second() => (begin..start + value.len(), format!("{{ {key}: {value} }}")),
            false => return None,
        };
        let is_block = !is_item && range.start == begin;
        // Anything else than commas between them, or a bracket, is more than what is missing.
        let is_plain = !is_block && !fields.contains([';', '{', '}', '[', ']', '#', '"', '\'']);
        let place = self.span(range.clone());
        let written = is_plain.then_some((Written(&map), place));
        let slip = Slip::NoBraces(Written(key), is_block, written);
        let found = self.found(self.char_at(self.at), slip).blaming(from);
        Some(match is_plain {
            true => found.meant(range, map),
            false => found,
        })
    }

    /// `key: a: b`, the value after `from`.
    fn second_colon(&self, key: &str, from: usize) -> Found {
        let line_end = lines::end(self.text, from);
        let value = &self.text[from..line_end];
        let value = lines::before_comment(value);
        let start = from + value.len() - value.trim_start().len();
        let value = value.trim();
        if let Some(found) = self.second_field(key, start, value) {
            return found;
        }
        // A value in quotes or brackets, or with lines below, cannot be quoted as it stands.
        let range = start..start + value.len();
        let simple = !value.starts_with(['"', '\'', '[', '{', '&', '*', '!', '|', '>', '-'])
            && surroundings::block(self.text, from).end <= lines::next(self.text, from);
        let quotable = simple.then(|| (Written(value), self.span(range.clone())));
        let slip = Slip::SecondColon(Written(key), quotable);
        let found = self.found(self.char_at(self.at), slip).blaming(from);
        let first = value.split(':').next().unwrap_or(value);
        let is_text = simple && !Written(value).holds_fields();
        match is_text && !is_key_elsewhere(self.text, first, start) {
            true => found.meant(range, quoted(value)),
            false => found,
        }
    }

    /// `from: New to: Closed`, the value of `key` at `start`: a word in it is a key elsewhere.
    fn second_field(&self, key: &str, start: usize, value: &'t str) -> Option<Found> {
        let colon = value.find(": ")?;
        let blank = value[..colon].rfind(' ')?;
        let other = &value[blank + 1..colon];
        let begin = start + blank + 1;
        let is_plain = !value[..blank].contains(['"', '\'', '{', '[', ',', '#']);
        if !is_plain || other == key || !is_key_elsewhere(self.text, other, begin) {
            return None;
        }
        let line = Line::at(self.text, start);
        let column = line.indent + without_dashes(line.content).0;
        let slip = Slip::SecondAssignment(Written(&value[blank + 1..]));
        let found = self.found(begin..begin + other.len(), slip);
        let end = start + value[..blank].trim_end().len();
        Some(found.meant(end..begin, format!("\n{}", " ".repeat(column))))
    }

    /// A line that is no key, where a key must stand.
    pub(super) fn no_key(&self) -> Found {
        let line = self.line();
        let (dashes, rest) = without_dashes(line.content);
        let begin = line.range().start + dashes;
        let item = rest.strip_prefix('-').filter(|item| !item.is_empty());
        let beside_items = lines::up(self.text, line.start)
            .find(|above| above.indent <= line.indent)
            .is_some_and(|above| above.indent == line.indent && is_item(above.content));
        if let Some(item) = item.filter(|_| beside_items) {
            return self.no_space_after_dash(begin, item);
        }
        if let Some(found) = self.hash_in_key(begin, rest) {
            return found;
        }
        match key_of(rest) {
            Some((key, colon)) if !has_space_after(rest, colon) => {
                self.no_space_after_colon(begin + colon, key, &rest[colon + 1..])
            }
            None if !rest.is_empty() => self.no_colon(begin..begin + rest.len(), beside_items),
            _ => self.unreadable(),
        }
    }

    /// `Waiting #2: { … }`, which begins at `begin`.
    fn hash_in_key(&self, begin: usize, rest: &'t str) -> Option<Found> {
        let (key, colon) = key_of(rest)?;
        let hash = rest.find(" #").filter(|hash| *hash < colon)? + 1;
        let comment = &rest[hash + 1..colon];
        if !comment.starts_with(char::is_alphanumeric) || key.contains(['"', '\'', ':']) {
            return None;
        }
        let place = begin..begin + key.len();
        let slip = Slip::HashInKey(Written(key), self.span(place.clone()));
        let found = self.found(begin + hash..begin + colon, slip).blaming(begin);
        Some(found.meant(place, quoted(key)))
    }

    /// `-item`, or `-- item`, the first dash at `begin`.
    fn no_space_after_dash(&self, begin: usize, item: &str) -> Found {
        let rest = item.trim_start_matches('-');
        let dashes = begin..begin + 1 + item.len() - rest.len();
        if dashes.len() > 1 && rest.starts_with(' ') {
            return self.several_dashes(dashes);
        }
        self.found(self.char_at(begin), Slip::NoSpaceAfterDash(Written(item)))
            .meant(begin + 1..begin + 1, " ")
    }

    fn several_dashes(&self, dashes: Range<usize>) -> Found {
        let written = Written(&self.text[dashes.clone()]);
        self.found(dashes.clone(), Slip::SeveralDashes(written))
            .meant(dashes, "-")
    }

    /// Something that is no key of the map around it.
    pub(super) fn among_keys(&self) -> Found {
        let line = self.line();
        let begin = line.range().start;
        let (dashes, _) = without_dashes(line.content);
        if self.at > begin + dashes {
            return self.after_value(&line);
        }
        if !is_item(line.content) {
            return self.misfit(&line);
        }
        let mut above = lines::up(self.text, line.start);
        let sibling = above.find(|above| above.indent <= line.indent || is_item(above.content));
        if sibling.is_some_and(|above| is_item(above.content)) {
            return self.misfit(&line);
        }
        if let Some(found) = self.item_too_deep(&line) {
            return found;
        }
        if let Some(found) = self.first_without_dash(&line) {
            return found;
        }
        let items = self.items_from(&line);
        let more = items.len().saturating_sub(1);
        // One entry as those above are, and a dash.
        let is_like =
            sibling.is_some_and(|above| above.indent == line.indent && self.holds_fields(&above));
        if is_like && more == 0 && self.holds_fields(&line) {
            return self.dash_before_key(&line);
        }
        let slip = Slip::ItemAmongKeys(Written(line.content), more);
        let lost = |item: Range<usize>| Patch::lost(item, "x: x");
        self.found(line.range(), slip)
            .repair(items.into_iter().map(lost).collect::<Repair>())
    }

    /// The item on `line` stands where the fields of an item do that begins with the same key.
    fn item_too_deep(&self, line: &Line<'t>) -> Option<Found> {
        let mut above = lines::up(self.text, line.start);
        let item = above.find(|above| above.indent < line.indent)?;
        let (dashes, begins) = without_dashes(item.content);
        let (_, rest) = without_dashes(line.content);
        let is_alike = key_of(begins)
            .zip(key_of(rest))
            .is_some_and(|(one, other)| one.0 == other.0);
        if dashes == 0 || !is_alike || line.indent != item.indent + dashes {
            return None;
        }
        let below = |line: &Line<'_>| lines::down(self.text, lines::next(self.text, line.start));
        let next = below(line).find(|below| !below.is_idle());
        let is_all = next.is_some_and(|next| next.indent == line.indent + dashes);
        let move_left = |line: &Line<'_>| Patch::meant(line.start..line.start + dashes, "");
        let mut repair: Repair = vec![move_left(line)];
        if is_all {
            let fields = below(line).filter(|below| !below.is_idle());
            let fields = fields.take_while(|below| below.indent > line.indent);
            repair.extend(fields.map(|field| move_left(&field)));
        }
        let slip = Slip::ItemTooDeep(Written(line.content), item.indent);
        Some(self.found(line.range(), slip).repair(repair))
    }

    /// Whether a line, with a dash or without, is a key whose value is a map.
    fn holds_fields(&self, line: &Line<'_>) -> bool {
        let (_, rest) = without_dashes(line.content);
        let value = key_of(rest).filter(|_| !rest.starts_with(['{', '[']));
        value.is_some_and(|(_, colon)| match rest[colon + 1..].trim() {
            "" => self.goes_on_below(line.start),
            value => value.starts_with('{'),
        })
    }

    /// The key on `line` with a dash before it, and no item of a list.
    fn dash_before_key(&self, line: &Line<'_>) -> Found {
        let begin = line.range().start;
        let (dashes, rest) = without_dashes(line.content);
        let key = key_of(rest).map_or(rest, |(key, _)| key);
        self.found(begin..begin + 1, Slip::DashBeforeKey(Written(key)))
            .meant(begin..begin + dashes, "")
    }

    /// `item` begins as what stands before it, below the same key, and that has no dash.
    fn first_without_dash(&self, item: &Line<'t>) -> Option<Found> {
        const MOST_LINES: usize = 64;
        let (dashes, begins) = without_dashes(item.content);
        let mut above: Vec<Line<'_>> = lines::up(self.text, item.start)
            .take(MOST_LINES)
            .take_while(|above| above.indent >= item.indent)
            .collect();
        above.reverse();
        let (first, rest) = above.split_first()?;
        let owner = lines::up(self.text, first.start).next()?;
        let key = |content: &'t str| key_of(content).map(|(key, _)| key);
        let is_alike = match begins.starts_with('{') {
            true => rest.is_empty() && first.content.starts_with('{'),
            false => key(begins).is_some_and(|begins| key(first.content) == Some(begins)),
        };
        let is_whole =
            owner.content.ends_with(':') && !above.iter().any(|line| is_item(line.content));
        let column = item.indent + dashes;
        if !is_alike || !is_whole || (first.indent != item.indent && first.indent != column) {
            return None;
        }
        let start = first.range().start;
        let dash = match first.indent == column {
            true => Patch::meant(start - dashes..start, "- "),
            false => Patch::meant(start..start, "- "),
        };
        let is_beside =
            first.indent == item.indent && rest.iter().any(|line| line.indent == item.indent);
        let moved = rest.iter().filter(|_| is_beside);
        let moved = moved.map(|line| Patch::meant(line.start..line.start, "  "));
        let repair: Repair = std::iter::once(dash).chain(moved).collect();
        let found = self.found(first.range(), Slip::NoDash(Written(first.content)));
        Some(found.repair(repair))
    }

    /// `-name: Close` and more fields below it, as of the first item of a list.
    fn dash_without_space(&self, above: &Line<'_>, line: &Line<'_>) -> Option<Found> {
        let item = above.content.strip_prefix('-')?;
        if item.starts_with(['-', ' '])
            || !(1..=2).contains(&line.indent.checked_sub(above.indent)?)
        {
            return None;
        }
        let begin = above.range().start;
        let slip = Slip::NoSpaceAfterDash(Written(item));
        let mut repair = vec![Patch::meant(begin + 1..begin + 1, " ")];
        // They stand below the name, which moves.
        if line.indent == above.indent + 1 {
            let fields = lines::down(self.text, line.start)
                .take_while(|below| below.is_idle() || below.indent > above.indent)
                .filter(|below| !below.is_idle());
            repair.extend(fields.map(|below| Patch::meant(below.start..below.start, " ")));
        }
        let mut found = self.found(self.char_at(begin), slip);
        // Its fix is all of that.
        found.report.fix = None;
        Some(found.repair(repair))
    }

    /// Whether an item follows that stands beside `line`.
    fn items_below(&self, line: &Line<'_>) -> bool {
        lines::down(self.text, line.start)
            .take_while(|below| below.is_idle() || below.indent >= line.indent)
            .any(|below| below.indent == line.indent && is_item(below.content))
    }

    /// The items of one list from `line` on, each with what is indented under it.
    fn items_from(&self, line: &Line<'_>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut next = Some(Line::at(self.text, line.start));
        while let Some(item) = next.filter(|l| l.indent == line.indent && is_item(l.content)) {
            let block = surroundings::block(self.text, item.start);
            let text = self.text[item.range().start..block.end].trim_end();
            found.push(item.range().start..item.range().start + text.len());
            next = lines::down(self.text, block.end).find(|line| !line.is_idle());
        }
        found
    }

    /// Something that is no item of the list around it.
    pub(super) fn among_items(&self) -> Found {
        let line = self.line();
        if let Some(found) = self.other_dash(line.range().start) {
            return found;
        }
        let mut above = lines::up(self.text, line.start);
        let list = above.find(|above| is_item(above.content) && above.indent <= line.indent);
        let dash = line
            .content
            .strip_prefix('-')
            .filter(|_| !is_item(line.content));
        if let (Some(item), Some(list)) = (dash, &list)
            && list.indent == line.indent
            && self.at <= line.range().start + 1
        {
            let begin = line.range().start;
            return self.no_space_after_dash(begin, item);
        }
        match (key_of(line.content), list) {
            _ if self.at > line.range().start => self.after_value(&line),
            (Some((key, _)), Some(item))
                if item.indent == line.indent && !is_item(line.content) =>
            {
                let mut items =
                    lines::up(self.text, item.start).skip_while(|above| above.indent > item.indent);
                let is_first = items.next().is_none_or(|above| above.indent < item.indent);
                let is_only = is_first && !self.items_below(&line);
                if is_only && self.holds_fields(&item) && self.holds_fields(&line) {
                    return self.dash_before_key(&item);
                }
                let indent = item.indent + without_dashes(item.content).0;
                let start = line.range().start;
                let slip = Slip::KeyAmongItems(Written(key), indent);
                let found = self.found(start..start + key.len(), slip);
                match key_of(without_dashes(item.content).1).is_some() {
                    true => found.repair(self.moved(&line, indent)),
                    false => found.repair(losses::beside(self.text, &line)),
                }
            }
            _ => self.misfit(&line),
        }
    }

    /// Text that follows a value on its line.
    fn after_value(&self, line: &Line<'_>) -> Found {
        let end = self.value_end(self.at, &Open::default()).max(self.at);
        let rest = &self.text[self.at..end];
        let colon = key_of(line.content).map(|(_, colon)| line.range().start + colon);
        // The colon may be one of the rest, or of a comment behind it.
        let value = colon.filter(|colon| *colon < self.at).map(|colon| {
            let start = colon + 1;
            let blanks = self.text[start..end].len() - self.text[start..end].trim_start().len();
            start + blanks..end
        });
        let value = value.filter(|value| self.text[value.clone()].starts_with(['[', '{', '*']));
        if let Some(found) = self.other_comment(self.at) {
            return found;
        }
        if rest == "," {
            let comma = self.at..self.at + 1;
            return self
                .found(comma.clone(), Slip::CommaAfterValue)
                .meant(comma, "");
        }
        let whole = value.map(|value| (Written(&self.text[value.clone()]), self.span(value)));
        self.found(self.at..end, Slip::AfterValue(Written(rest), whole))
    }

    /// The line above `line`, where it stands further left than `line` and what is above it, and is like them.
    fn outdented(&self, line: &Line<'_>) -> Option<Found> {
        let mut above = lines::up(self.text, line.start);
        let (odd, before) = (above.next()?, above.next()?);
        let opens = before.indent == odd.indent && before.content.ends_with(':');
        if odd.indent >= line.indent || is_item(odd.content) || is_item(line.content) {
            return None;
        }
        if before.indent < line.indent && !opens {
            return None;
        }
        let value = |line: &Line<'_>| {
            let (_, colon) = key_of(line.content)?;
            line.content[colon + 1..].trim_start().chars().next()
        };
        let is_like = value(&odd).is_some_and(|first| matches!(first, '{' | '['));
        let is_block = line.content.ends_with(':');
        if !is_like || (value(&odd) != value(line) && !is_block) {
            return None;
        }
        let (key, _) = key_of(odd.content)?;
        let slip = Slip::Outdented(Written(key), odd.indent, line.indent);
        let start = odd.range().start;
        let found = self.found(start..start + key.len(), slip);
        Some(found.meant(odd.start..start, " ".repeat(line.indent)))
    }

    /// A line whose indentation is that of nothing above it.
    fn misfit(&self, line: &Line<'_>) -> Found {
        if let Some(found) = self.outdented(line) {
            return found;
        }
        let beside = self.neighbours(line);
        let text = match key_of(line.content) {
            Some((key, _)) if !is_item(line.content) => key,
            _ => line.content,
        };
        let start = line.range().start;
        if beside.iter().any(|(indent, _)| *indent == line.indent) {
            let above = lines::up(self.text, line.start).next();
            let found = above.and_then(|above| self.no_dash_below(&above, line));
            return found.unwrap_or_else(|| self.unreadable());
        }
        // One blank too many or too few is a slip of the finger.
        let mut near = beside
            .iter()
            .filter(|(indent, _)| indent.abs_diff(line.indent) == 1);
        // What follows stands where this should, but for what belongs to this.
        let below = lines::down(self.text, line.start).skip(1);
        let mut below = below.filter(|below| !below.is_idle()).peekable();
        let child = below.peek().map(|below| below.indent);
        let child = child.filter(|child| line.content.ends_with(':') && *child > line.indent);
        let is_beside = |below: &Line<'_>| beside.iter().any(|(indent, _)| *indent == below.indent);
        let below =
            below.find(|below| child.is_none_or(|child| below.indent < child) && is_beside(below));
        let wanted = match (near.next(), near.next()) {
            (Some(only), None) => Some(*only),
            (Some(deeper), Some(shallower)) => below.and_then(|below| {
                // What belongs to it tells that it is none of the fields above.
                let both = [*deeper, *shallower].into_iter();
                let mut both = both.take(1 + usize::from(child.is_some()));
                both.find(|(indent, _)| *indent == below.indent)
            }),
            _ => None,
        };
        let moved = wanted.and_then(|(indent, _)| self.shifted(line, indent));
        let ways = match wanted.filter(|_| moved.is_some()) {
            Some(wanted) => vec![wanted],
            None => beside.clone(),
        };
        let slip = Slip::Misfit(Written(text), line.indent, &ways);
        self.found(start..start + text.len(), slip)
            .repair(moved)
            .repair(losses::beside(self.text, line))
    }

    /// As [`Self::moved`], by one blank; what stands below `line` stays where it is, if it stands two blanks deeper
    /// than `line` should.
    fn shifted(&self, line: &Line<'_>, indent: usize) -> Option<Repair> {
        let below = lines::down(self.text, line.start)
            .skip(1)
            .find(|below| !below.is_idle());
        match below.filter(|below| below.indent == indent + 2 && below.indent > line.indent) {
            Some(_) => {
                let blanks = line.start..line.start + line.indent;
                Some(vec![Patch::meant(blanks, " ".repeat(indent))])
            }
            None => self.moved(line, indent),
        }
    }

    /// The lines above that `line` could stand beside: the nearest that is deeper, and the
    /// nearest that is less deep, each with the indentation and the text of its key or item.
    fn neighbours(&self, line: &Line<'_>) -> Vec<(usize, &'t str)> {
        let item = is_item(line.content);
        let mut deeper = None;
        let mut shallower = None;
        let mut least = usize::MAX;
        for above in lines::up(self.text, line.start) {
            // Only a line that no line below it has closed is still open.
            if above.indent >= least || (item && !is_item(above.content)) {
                continue;
            }
            least = above.indent;
            let (dashes, rest) = without_dashes(above.content);
            let candidate = match key_of(rest) {
                Some((key, _)) if !item => (above.indent + dashes, key),
                _ => (above.indent, above.content),
            };
            if candidate.0 > line.indent {
                deeper = Some(candidate);
            } else {
                shallower = Some(candidate);
            }
            if above.indent <= line.indent && shallower.is_some() {
                break;
            }
        }
        deeper.into_iter().chain(shallower).collect()
    }

    /// A dash where no list can begin.
    pub(super) fn dash(&self) -> Found {
        let line = self.line();
        match key_of(line.content) {
            Some((_, colon)) if line.range().start + colon < self.at => {
                self.found(self.char_at(self.at), Slip::ListBesideKey)
            }
            _ => self.unreadable(),
        }
    }

    /// `first`, the first line, is a key further right than `line`, which is one, too, and stands at the edge.
    fn first_indented(&self, first: &Line<'_>, line: &Line<'_>) -> Option<Found> {
        let (key, _) = key_of(first.content).filter(|_| !is_item(first.content))?;
        if line.indent > 0 || first.indent == 0 || key_of(line.content).is_none() {
            return None;
        }
        let above =
            lines::down(self.text, first.start).take_while(|above| above.start < line.start);
        let above: Vec<Line<'_>> = above.filter(|above| !above.is_idle()).collect();
        if above.iter().any(|above| above.indent < first.indent) {
            return None;
        }
        let moved = above
            .iter()
            .map(|above| Patch::meant(above.start..above.start + first.indent, ""));
        let start = first.range().start;
        let slip = Slip::FirstIndented(Written(key), first.indent);
        let found = self.found(start..start + key.len(), slip);
        Some(found.repair(moved.collect::<Repair>()))
    }

    /// Something after the document has ended.
    pub(super) fn after_end(&self) -> Found {
        let first = lines::down(self.text, 0).find(|line| !line.is_idle());
        if let Some(first) = first.filter(|line| line.content.starts_with('%')) {
            return self.found(first.range(), Slip::PercentLine);
        }
        let line = self.line();
        if let Some(found) = first.and_then(|first| self.first_indented(&first, &line)) {
            return found;
        }
        match key_of(line.content).zip(first) {
            Some((_, first)) if line.indent < first.indent => self.misfit(&line),
            _ => self.found(line.range(), Slip::AfterEnd(Written(line.content))),
        }
    }
}

/// The sign that an item begins with in the place of a dash.
fn sign_of_item(content: &str) -> Option<&str> {
    let (sign, _) = content.split_once(' ')?;
    let number = sign.strip_suffix(['.', ')']).unwrap_or("");
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let signs = ["–", "—", "−", "•", "‣", "◦", "·", "*", "+"];
    (is_number || signs.contains(&sign)).then_some(sign)
}

fn has_space_after(content: &str, colon: usize) -> bool {
    let after = content.as_bytes().get(colon + 1);
    after.is_none_or(|byte| byte.is_ascii_whitespace())
}
