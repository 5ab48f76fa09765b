//! Mistakes in how lines are laid out: keys, dashes, colons and indentation.

use crate::diagnostic::Diagnostic;

use super::super::invalid_yaml;
use super::super::lines::{self, Line};
use super::mistakes::{Found, Look, local, spreading};
use super::surroundings::{self, Open, is_item, key_of, without_dashes};

impl<'t> Look<'_, 't> {
    /// A colon that ends no key: in a value, or after a key that is indented too deep.
    pub(super) fn colon(&self) -> Found {
        let line = self.line();
        let (dashes, rest) = without_dashes(line.content);
        let begin = line.range().start + dashes;
        let inside = key_of(rest).filter(|(_, colon)| begin + colon < self.at);
        if let Some((key, colon)) = inside {
            return local(self.second_colon(key, begin + colon + 1));
        }
        let Some(above) = lines::up(self.text, line.start).next() else {
            return self.unreadable();
        };
        let (_, over) = without_dashes(above.content);
        let at = self.span(begin..self.at);
        match key_of(over) {
            Some((key, colon)) if has_space_after(over, colon) => {
                let indent = above.indent + above.content.len() - over.len();
                match line.indent > indent {
                    true => spreading(invalid_yaml::too_deep(
                        at,
                        &self.text[begin..self.at],
                        key,
                        indent,
                    )),
                    false => self.unreadable(),
                }
            }
            Some((key, colon)) => {
                let colon = above.range().end - over.len() + colon;
                let value = &self.text[colon + 1..above.range().end];
                let report = invalid_yaml::no_space_after_colon(self.char_at(colon), key, value);
                local(report)
            }
            None => {
                let start = above.range().end - over.len();
                let place = self.span(start..above.range().end);
                spreading(invalid_yaml::no_colon(place, over, false))
            }
        }
    }

    /// `key: a: b`, the value after `from`.
    fn second_colon(&self, key: &str, from: usize) -> Diagnostic {
        let line_end = lines::end(self.text, from);
        let value = &self.text[from..line_end];
        let value = value.find(" #").map_or(value, |comment| &value[..comment]);
        let start = from + value.len() - value.trim_start().len();
        let value = value.trim();
        // A value in quotes or brackets, or with lines below, cannot be quoted as it stands.
        let simple = !value.starts_with(['"', '\'', '[', '{', '&', '*', '!', '|', '>', '-'])
            && surroundings::block(self.text, from).end <= lines::next(self.text, from);
        let value = simple.then(|| (value, self.span(start..start + value.len())));
        invalid_yaml::second_colon(self.char_at(self.at), key, value)
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
            return local(invalid_yaml::no_space_after_dash(self.char_at(begin), item));
        }
        match key_of(rest) {
            Some((key, colon)) if !has_space_after(rest, colon) => {
                let at = self.char_at(begin + colon);
                local(invalid_yaml::no_space_after_colon(
                    at,
                    key,
                    &rest[colon + 1..],
                ))
            }
            None if !rest.is_empty() => {
                let at = self.span(begin..begin + rest.len());
                local(invalid_yaml::no_colon(at, rest, beside_items))
            }
            _ => self.unreadable(),
        }
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
        let at = self.span(line.range());
        spreading(invalid_yaml::item_among_keys(at, line.content))
    }

    /// Something that is no item of the list around it.
    pub(super) fn among_items(&self) -> Found {
        let line = self.line();
        let mut above = lines::up(self.text, line.start);
        let list = above.find(|above| is_item(above.content) && above.indent <= line.indent);
        match (key_of(line.content), list) {
            _ if self.at > line.range().start => self.after_value(&line),
            (Some((key, _)), Some(item))
                if item.indent == line.indent && !is_item(line.content) =>
            {
                let indent = item.indent + without_dashes(item.content).0;
                let start = line.range().start;
                let at = self.span(start..start + key.len());
                spreading(invalid_yaml::key_among_items(at, key, indent))
            }
            _ => self.misfit(&line),
        }
    }

    /// Text that follows a value on its line.
    fn after_value(&self, line: &Line<'_>) -> Found {
        let end = self.value_end(self.at, &Open::default()).max(self.at);
        let rest = &self.text[self.at..end];
        let value = key_of(line.content).map(|(_, colon)| {
            let start = line.range().start + colon + 1;
            let blanks = self.text[start..end].len() - self.text[start..end].trim_start().len();
            start + blanks..end
        });
        let value = value.filter(|value| self.text[value.clone()].starts_with(['[', '{', '*']));
        let value = value.map(|value| (&self.text[value.clone()], self.span(value)));
        local(invalid_yaml::after_value(
            self.span(self.at..end),
            rest,
            value,
        ))
    }

    /// A line whose indentation is that of nothing above it.
    fn misfit(&self, line: &Line<'_>) -> Found {
        let beside = self.neighbours(line);
        let text = match key_of(line.content) {
            Some((key, _)) if !is_item(line.content) => key,
            _ => line.content,
        };
        let start = line.range().start;
        let at = self.span(start..start + text.len());
        if beside.iter().any(|(indent, _)| *indent == line.indent) {
            return spreading(self.unreadable().report);
        }
        spreading(invalid_yaml::misfit(at, text, line.indent, &beside))
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
                spreading(invalid_yaml::list_beside_key(self.char_at(self.at)))
            }
            _ => self.unreadable(),
        }
    }

    /// Something after the document has ended.
    pub(super) fn after_end(&self) -> Found {
        let first = lines::down(self.text, 0).find(|line| !line.is_idle());
        if let Some(first) = first.filter(|line| line.content.starts_with('%')) {
            return spreading(invalid_yaml::percent_line(self.span(first.range())));
        }
        let line = self.line();
        match key_of(line.content).zip(first) {
            Some((_, first)) if line.indent < first.indent => self.misfit(&line),
            _ => {
                let at = self.span(line.range());
                spreading(invalid_yaml::after_end(at, line.content))
            }
        }
    }
}

fn has_space_after(content: &str, colon: usize) -> bool {
    let after = content.as_bytes().get(colon + 1);
    after.is_none_or(|byte| byte.is_ascii_whitespace())
}
