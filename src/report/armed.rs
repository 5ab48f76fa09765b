//! What in a text hides something, or is a command to whoever keeps a log.

use std::borrow::Cow;

pub(super) use crate::invisible::is_hidden;

/// A piece of JSON [disarmed](super::disarmed); it may stand behind a quote.
pub(super) fn piece_disarmed(json: &str, after_quote: bool) -> Cow<'_, str> {
    let starts = after_quote && json.starts_with("::");
    if is_harmless(json) && !starts && !json.contains("\"::") {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    for (at, c) in json.char_indices() {
        let armed = match c {
            '\n' => false, // the writer's own line end; one in a string is already escaped
            '#' => starts_command(&json[at..]),
            ':' if at == 0 => starts,
            ':' => json[..at].ends_with('"') && json[at..].starts_with("::"),
            c => is_hidden(c),
        };
        if armed {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether `text` plainly holds nothing but what may be printed and line ends: most texts need
/// not be looked at letter by letter.
pub(super) fn is_harmless(text: &str) -> bool {
    let shows = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    // Without a way out half way, the loop takes many bytes at once.
    text.bytes().fold(true, |all, byte| all & shows(byte)) && !text.contains("##")
}

/// Whether `text` starts with `##[`, `##vso[`, `##teamcity[` or the like: CI systems obey such
/// words wherever they stand in a line.
pub(super) fn starts_command(text: &str) -> bool {
    text.strip_prefix("##").is_some_and(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric())
            .starts_with('[')
    })
}

/// Appends the first character of `rest` to `out`, visibly. The rest tells whether a command
/// starts with it.
pub(super) fn push(out: &mut String, rest: &str) {
    let Some(c) = rest.chars().next() else {
        return;
    };
    if is_hidden(c) || (c == '#' && starts_command(rest)) {
        push_number(out, c);
    } else {
        out.push(c);
    }
}

/// A finished line of output; where a CI system would take it for a command (`::` at its start,
/// blanks not counted), the first colon is written by its number.
pub(super) fn guarded(line: &str) -> Cow<'_, str> {
    let text = line.trim_start();
    if !text.starts_with("::") {
        return Cow::Borrowed(line);
    }
    let (indent, _) = line.split_at(line.len() - text.len());
    let mut out = indent.to_owned();
    push_number(&mut out, ':');
    out.push_str(&text[1..]);
    Cow::Owned(out)
}

/// Of a line that would open a group in a log of Buildkite, the first character by its number. A document
/// of many lines may have such lines of its own: a difference has two for each file.
pub(super) fn groupless(line: &str) -> Cow<'_, str> {
    let mark = line.chars().next().filter(|_| opens_group(line));
    let Some(mark) = mark else {
        return Cow::Borrowed(line);
    };
    let mut out = String::new();
    push_number(&mut out, mark);
    out.push_str(&line[mark.len_utf8()..]);
    Cow::Owned(out)
}

/// Whether a log of Buildkite would have a group begin at this line.
pub(super) fn opens_group(line: &str) -> bool {
    let rest = GROUP_MARKS.iter().find_map(|mark| line.strip_prefix(mark));
    rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// What opens a group where a line starts with it, and a blank follows
/// (<https://buildkite.com/docs/pipelines/configure/managing-log-output>).
pub(super) const GROUP_MARKS: [&str; 4] = ["---", "+++", "~~~", "^^^"];

fn push_number(out: &mut String, c: char) {
    out.push_str(&format!("<U+{:04X}>", c as u32));
}
