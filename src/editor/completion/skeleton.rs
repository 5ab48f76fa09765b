//! The lines of a text that decide what belongs at a place, with a word put there.

use crate::source::{Source, Syntax};

/// The word: one that nobody writes, and that needs no quotes in a name.
pub const WORD: &str = "statewright-is-asked-here";

/// A text to read in place of the whole.
#[derive(Debug)]
pub struct Skeleton {
    pub text: String,
    /// Whether the word was put in quotes that are not in the text.
    pub quotes_added: bool,
    /// How many bytes of a word without quotes stand before the place, and after it, where quotes were
    /// added.
    pub typed_before: usize,
    pub typed_after: usize,
}

/// What to read to find out what belongs at a byte of the text, the likeliest first.
pub fn around(source: &Source, offset: usize) -> Vec<Skeleton> {
    let line = source.position(offset as u32).line;
    let range = source.line_range(line);
    let text = source.text();
    let offset = offset.clamp(range.start, range.end);
    let place = Place {
        source,
        line,
        before: &text[range.start..offset],
        after: &text[offset..range.end],
    };
    match source.syntax() {
        Syntax::Toml => place.toml(),
        _ => place.yaml(),
    }
}

struct Place<'s> {
    source: &'s Source,
    /// The line, from 1.
    line: u32,
    /// What stands before the place on its line, and after it.
    before: &'s str,
    after: &'s str,
}

impl<'s> Place<'s> {
    fn line(&self, line: u32) -> &'s str {
        &self.source.text()[self.source.line_range(line)]
    }

    /// The lines above that hold the place, by their indentation, the outermost first, and the names
    /// of its neighbours.
    fn yaml(&self) -> Vec<Skeleton> {
        let is_blank = self.before.trim().is_empty();
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
            } else if indent == least && is_innermost && !is_item {
                above.extend(neighbour(line));
            }
        }
        above.reverse();
        let mut below: Vec<String> = Vec::new();
        for number in self.line + 1..=self.source.line_count() {
            let line = self.line(number);
            if content(line).is_none() {
                continue;
            }
            match indentation(line) {
                indent if indent < own => break,
                indent if indent == own => below.extend(neighbour(line)),
                _ => {}
            }
        }
        let mut head = above.join("\n");
        if !above.is_empty() {
            head.push('\n');
        }
        let tail = below.join("\n");
        let shape = |middle: &str| {
            let upto = format!("{head}{}{middle}{}", self.before, self.after);
            let close = closers(&upto);
            Skeleton {
                text: format!("{upto}{close}\n{tail}\n"),
                quotes_added: false,
                typed_before: 0,
                typed_after: 0,
            }
        };
        let word = match open_quote(self.before) {
            Some(quote) if !self.after.contains(quote) => format!("{WORD}{quote}"),
            _ => WORD.to_owned(),
        };
        let entry = format!("{word}:");
        match is_blank && self.after.trim().is_empty() {
            true => vec![shape(&entry), shape(&word)],
            false => vec![shape(&word), shape(&entry)],
        }
    }

    /// The table that holds the place.
    fn toml(&self) -> Vec<Skeleton> {
        let is_header = |line: &str| line.trim_start().starts_with('[');
        let mut lines: Vec<&str> = Vec::new();
        if !is_header(self.before) {
            for number in (1..self.line).rev() {
                let line = self.line(number);
                lines.push(line);
                if is_header(line) && !line.trim_end().ends_with(',') {
                    break;
                }
            }
        }
        lines.reverse();
        let below = (self.line + 1..=self.source.line_count()).map(|number| self.line(number));
        let below: Vec<&str> = below.take_while(|line| !is_header(line)).collect();
        let (mut head, tail) = (lines.join("\n"), below.join("\n"));
        if !lines.is_empty() {
            head.push('\n');
        }
        let shape = |before: &str, middle: &str, after: &str, added: bool| {
            let upto = format!("{head}{before}{middle}{after}");
            let close = closers(&upto);
            let has_value = content(&upto[head.len()..]).is_some_and(|line| line.contains('='));
            let value = match has_value || is_header(before) {
                true => "",
                false => " = 0",
            };
            Skeleton {
                text: format!("{upto}{close}{value}\n{tail}\n"),
                quotes_added: added,
                typed_before: self.before.len() - before.len(),
                typed_after: self.after.len() - after.len(),
            }
        };
        if let Some(quote) = open_quote(self.before) {
            let end = if self.after.contains(quote) {
                ""
            } else {
                quote
            };
            let word = format!("{WORD}{end}");
            return vec![shape(self.before, &word, self.after, false)];
        }
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let before = self.before.trim_end_matches(is_word);
        let after = self.after.trim_start_matches(is_word);
        let bracket = open_brackets(&format!("{head}{before}")).pop();
        let last = before.trim_end().chars().last();
        vec![match (last, bracket) {
            (Some('{'), _) | (Some(','), Some('}')) => {
                shape(self.before, &format!("{WORD} = 0"), self.after, false)
            }
            (None, None) => shape(self.before, WORD, self.after, false),
            _ if is_header(before) => shape(self.before, WORD, self.after, false),
            // A word without quotes is no value.
            _ => shape(before, &format!("\"{WORD}\""), after, true),
        }]
    }
}

/// The line without its indentation; `None` where there is nothing but a comment.
fn content(line: &str) -> Option<&str> {
    let content = line.trim();
    (!content.is_empty() && !content.starts_with('#')).then_some(content)
}

/// How many spaces a line begins with.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
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

/// The brackets that close those which are open at the end of a text.
fn closers(text: &str) -> String {
    open_brackets(text).iter().rev().collect()
}

/// What closes each bracket that is open at the end of a text, the innermost last.
fn open_brackets(text: &str) -> Vec<char> {
    let mut open = Vec::new();
    for line in text.lines() {
        let mut quote = None;
        let mut last = ' ';
        for c in line.chars() {
            match (c, quote) {
                ('"' | '\'', None) if !last.is_alphanumeric() => quote = Some(c),
                (c, Some(q)) if c == q => quote = None,
                (_, Some(_)) => {}
                ('#', None) if last == ' ' => break,
                ('{', None) => open.push('}'),
                ('[', None) => open.push(']'),
                ('}' | ']', None) => {
                    open.pop();
                }
                _ => {}
            }
            last = c;
        }
    }
    open
}
