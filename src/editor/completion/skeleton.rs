//! The lines of a text that decide what belongs at a place, with a word put there.

use crate::source::{Source, Syntax};

use super::flow::{self, Flow, Open, indentation};

/// The word: one that nobody writes, and that needs no quotes in a name.
pub const WORD: &str = "statewright-is-asked-here";

/// A text to read in place of the whole.
#[derive(Debug)]
pub struct Skeleton {
    pub text: String,
    /// How many bytes after the word, up to the end of the quotes around it, are not in the text.
    pub added_after: usize,
    /// Where a word without quotes was put in quotes, how many bytes of it stand before the place, and
    /// after it.
    pub unquoted: Option<(usize, usize)>,
    /// Whether the place is outside of brackets in TOML, where a line may begin a table.
    pub may_begin_table: bool,
}

/// What to read to find out what belongs at a byte of the text, the likeliest first.
pub fn around(source: &Source, offset: usize) -> Vec<Skeleton> {
    let line = source.position(offset as u32).line;
    let range = source.line_range(line);
    let text = source.text();
    let offset = offset.clamp(range.start, range.end);
    let (open, are_within) = flow::at(source, offset);
    let mut place = Place {
        source,
        line,
        before: &text[range.start..offset],
        after: &text[offset..range.end],
        are_within,
    };
    match open {
        Open::Text => Vec::new(),
        Open::Flow(flow) => place.flow(offset, &flow),
        Open::Block => match source.syntax() {
            Syntax::Toml => vec![place.toml()],
            _ => place.yaml(),
        },
    }
}

struct Place<'s> {
    source: &'s Source,
    /// The line, from 1.
    line: u32,
    /// What stands before the place on its line, and after it.
    before: &'s str,
    after: &'s str,
    /// Of each line up to it, whether it begins within brackets.
    are_within: Vec<bool>,
}

impl<'s> Place<'s> {
    fn line(&self, line: u32) -> &'s str {
        &self.source.text()[self.source.line_range(line)]
    }

    /// A place within brackets: what leads to them, the names beside it, and its own entry.
    fn flow(&mut self, offset: usize, flow: &Flow) -> Vec<Skeleton> {
        let (text, syntax) = (self.source.text(), self.source.syntax());
        let (own, names) = flow.entry(text, syntax, offset);
        let before = &text[own.start..offset];
        let after = &text[offset..own.end];
        self.line = self.source.position(flow.start() as u32).line;
        self.before = &text[self.source.line_range(self.line).start..flow.start()];
        let head = match syntax {
            Syntax::Toml => self.table(),
            _ => self.lines_above(),
        };
        let (mut opened, closed) = flow.around(text);
        let is_toml = syntax == Syntax::Toml;
        let value = if is_toml { " = 0" } else { ": 0" };
        let value_of_other = if flow.is_map() { value } else { "" };
        opened.extend(names.iter().map(|name| format!("{name}{value_of_other}, ")));
        let shape = |before: &str, word: &str, after: &str| Skeleton {
            text: format!(
                "{head}{}{opened}{before}{word}{after}{closed}\n",
                self.before
            ),
            added_after: 0,
            unquoted: None,
            may_begin_table: false,
        };
        let is_name = flow.is_map() && flow::name_end(before, syntax).is_none();
        let value = if is_name { value } else { "" };
        if let Some(quote) = flow.quote {
            let line = after.lines().next().unwrap_or_default();
            return vec![match line.find(quote) {
                Some(end) => shape(before, WORD, &format!("{}{value}", &line[..=end])),
                None => Skeleton {
                    added_after: quote.len_utf8(),
                    ..shape(before, WORD, &format!("{quote}{value}"))
                },
            }];
        }
        let is_end = |c: char| {
            matches!(
                c,
                ':' | '=' | ',' | '{' | '[' | '}' | ']' | '"' | '\n' | '\r'
            )
        };
        let after = &after[..after.find(is_end).unwrap_or(after.len())];
        match is_toml && !is_name {
            true => vec![self.quoted(before, after, shape)],
            false => {
                let lead = if before.ends_with(':') { " " } else { "" };
                let before = format!("{before}{lead}");
                vec![shape(
                    &before,
                    WORD,
                    &format!("{}{value}", after.trim_end()),
                )]
            }
        }
    }

    /// A word without quotes is no value of TOML.
    fn quoted(
        &self,
        before: &str,
        after: &str,
        shape: impl Fn(&str, &str, &str) -> Skeleton,
    ) -> Skeleton {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let kept_before = before.trim_end_matches(is_word);
        let kept_after = after.trim_start_matches(is_word);
        Skeleton {
            unquoted: Some((
                before.len() - kept_before.len(),
                after.len() - kept_after.len(),
            )),
            ..shape(kept_before, &format!("\"{WORD}\""), kept_after)
        }
    }

    /// The lines above that hold the place, by their indentation, the outermost first, and the names
    /// of its neighbours.
    fn lines_above(&self) -> String {
        let own = indentation(self.before);
        let mut above: Vec<String> = Vec::new();
        let mut least = own;
        let mut is_below_item = self.before.trim_start().starts_with('-');
        let mut is_innermost = true;
        for number in (1..self.line).rev() {
            let line = self.line(number);
            let Some(content) = content(line) else {
                continue;
            };
            if self.are_within[number as usize - 1] {
                continue;
            }
            let indent = indentation(line);
            let is_item = content.starts_with("- ") || content == "-";
            let list_of_it = is_below_item && indent == least && !is_item;
            if indent < least || list_of_it {
                above.push(line.to_owned());
                least = indent;
                is_below_item = is_item;
                is_innermost = false;
                if indent == 0 && !is_item {
                    break;
                }
            } else if indent == least && is_innermost {
                above.extend(if is_item {
                    item(line).filter(|_| is_below_item)
                } else {
                    neighbour(line)
                });
            }
        }
        above.reverse();
        let mut head = above.join("\n");
        if !above.is_empty() {
            head.push('\n');
        }
        head
    }

    fn yaml(&self) -> Vec<Skeleton> {
        let is_blank = self.before.trim().is_empty();
        let head = self.lines_above();
        let own = indentation(self.before);
        let is_item = self.before.trim_start().starts_with('-');
        let mut below: Vec<String> = Vec::new();
        for number in self.line + 1..=self.source.line_count() {
            let line = self.line(number);
            if content(line).is_none() {
                continue;
            }
            match indentation(line) {
                indent if indent < own => break,
                indent if indent == own && is_item => below.extend(item(line)),
                indent if indent == own => below.extend(neighbour(line)),
                _ => {}
            }
        }
        let tail = below.join("\n");
        let end = open_quote(self.before).filter(|quote| !self.after.contains(*quote));
        let shape = |joint: &str| {
            let end = end.unwrap_or_default();
            let (before, after) = (self.before, self.after);
            let lead = if before.ends_with(':') { " " } else { "" };
            Skeleton {
                text: format!("{head}{before}{lead}{WORD}{end}{joint}{after}\n{tail}\n"),
                added_after: end.len(),
                unquoted: None,
                may_begin_table: false,
            }
        };
        match is_blank && self.after.trim().is_empty() {
            true => vec![shape(":"), shape("")],
            false => vec![shape(""), shape(":")],
        }
    }

    /// The lines of the table that holds the place.
    fn table(&self) -> String {
        if is_header(self.before) {
            return String::new();
        }
        let mut lines: Vec<&str> = Vec::new();
        for number in (1..self.line).rev() {
            let line = self.line(number);
            lines.push(line);
            if is_header(line) && !self.are_within[number as usize - 1] {
                break;
            }
        }
        lines.iter().rev().flat_map(|line| [line, "\n"]).collect()
    }

    fn toml(&self) -> Skeleton {
        let head = self.table();
        let below = (self.line + 1..=self.source.line_count()).map(|number| self.line(number));
        let below: Vec<&str> = below.take_while(|line| !is_header(line)).collect();
        let tail = below.join("\n");
        let shape = |before: &str, word: &str, after: &str| {
            let line = format!("{before}{word}{after}");
            let has_value = content(&line).is_some_and(|line| line.contains('='));
            let close = if is_header(before) {
                closers(&line)
            } else {
                String::new()
            };
            let value = match has_value || is_header(before) {
                true => "",
                false => " = 0",
            };
            Skeleton {
                text: format!("{head}{line}{close}{value}\n{tail}\n"),
                added_after: 0,
                unquoted: None,
                may_begin_table: true,
            }
        };
        match open_quote(self.before) {
            Some(quote) if self.after.contains(quote) => shape(self.before, WORD, self.after),
            Some(quote) => Skeleton {
                added_after: quote.len(),
                ..shape(self.before, &format!("{WORD}{quote}"), self.after)
            },
            None if is_header(self.before) || !self.before.contains('=') => {
                shape(self.before, WORD, self.after)
            }
            None => self.quoted(self.before, self.after, shape),
        }
    }
}

/// Whether a line of TOML begins a table.
fn is_header(line: &str) -> bool {
    line.trim_start().starts_with('[')
}

/// What closes a half-written header of a table.
fn closers(header: &str) -> String {
    let count = |bracket| header.chars().filter(|c| *c == bracket).count();
    "]".repeat(count('[').saturating_sub(count(']')))
}

/// The line without its indentation; `None` where there is nothing but a comment.
fn content(line: &str) -> Option<&str> {
    let content = line.trim();
    (!content.is_empty() && !content.starts_with('#')).then_some(content)
}

/// The name of an entry beside the place, without its value: only that it is there matters.
fn neighbour(line: &str) -> Option<String> {
    let content = content(line)?;
    let (key, _) = content.split_once(':')?;
    let is_plain = !key.is_empty() && !key.contains(['{', '[', '}', ']', '#', '\'', '"', '-', ',']);
    let is_name = is_plain || key.chars().all(|c| c.is_alphanumeric() || c == '-');
    let indent = &line[..indentation(line)];
    (is_name && !key.starts_with('-')).then(|| format!("{indent}{key}:"))
}

/// The item of a list beside the place, where it is a word.
fn item(line: &str) -> Option<String> {
    let word = line.trim_start().strip_prefix("- ")?;
    flow::word(word, Syntax::Yaml)?;
    Some(line.to_owned())
}

/// The quote that is open at the end of a line.
fn open_quote(before: &str) -> Option<&'static str> {
    let mut open = None;
    let mut last = ' ';
    for c in before.chars() {
        match (c, open) {
            // An apostrophe within a word opens nothing.
            ('"', None) if !last.is_alphanumeric() => open = Some("\""),
            ('\'', None) if !last.is_alphanumeric() => open = Some("'"),
            ('"', Some("\"")) if last != '\\' => open = None,
            ('\'', Some("'")) => open = None,
            ('#', None) if last == ' ' => return None,
            _ => {}
        }
        last = c;
    }
    open
}
