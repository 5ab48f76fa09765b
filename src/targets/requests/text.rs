//! Text of a workflow file as text of a request file: it never means anything there.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Map, Value};

use super::Request;

/// A piece of a body.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'r> {
    /// JSON as it is sent.
    Json(String),
    /// The id that a placeholder stands for, inside quotes.
    Id(&'r str),
}

/// The body of a request, in several lines. Only whole members are ids of earlier answers, so that
/// no text of a file is ever taken for a placeholder. Nothing where the request has no body.
pub fn body(request: &Request) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let Some(body) = &request.body else {
        return pieces;
    };
    let mut json = "{".to_owned();
    for (index, (member, value)) in body.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        json.push_str(comma);
        json.push_str("\n  ");
        escape(member, "", &mut json);
        json.push_str(": ");
        match request.placeholder(member) {
            Some(placeholder) => {
                json.push('"');
                pieces.push(Piece::Json(std::mem::take(&mut json)));
                pieces.push(Piece::Id(placeholder));
                json.push('"');
            }
            None => escape(value, "  ", &mut json),
        }
    }
    json.push_str(if body.is_empty() { "}" } else { "\n}" });
    pieces.push(Piece::Json(json));
    pieces
}

/// JSON that means the same to a reader of JSON and nothing to anybody before it: no variable of
/// an editor (`{{name}}`), no command of a build log (`##[name]`), no character that is not seen.
/// Outside of strings JSON has none of these, so that the whole text can be treated alike.
pub fn escaped(value: &impl Serialize) -> String {
    let mut text = String::new();
    escape(value, "", &mut text);
    text
}

/// The same at the end of `text`, each further line behind `margin`. A body may be larger than the file
/// that it is made of, so that one other copy of it is made and no more.
fn escape(value: &impl Serialize, margin: &str, text: &mut String) {
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut escaping = Escaping {
        text,
        margin,
        open: None,
    };
    json.chars().for_each(|c| escaping.push(c));
}

/// Takes JSON, a character after the other.
struct Escaping<'t> {
    text: &'t mut String,
    margin: &'t str,
    /// The character just written that would begin a command if it stood twice.
    open: Option<char>,
}

impl Escaping<'_> {
    fn push(&mut self, c: char) {
        let is_second = self.open.take() == Some(c);
        match c {
            '\n' => {
                self.text.push('\n');
                self.text.push_str(self.margin);
            }
            '{' | '#' if !is_second => {
                self.text.push(c);
                self.open = Some(c);
            }
            '{' | '#' => self.push_units(c),
            c if is_seen(c) => self.text.push(c),
            c => self.push_units(c),
        }
    }

    fn push_units(&mut self, c: char) {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(self.text, "\\u{unit:04x}");
        }
    }
}

/// Text for a comment or a message, in one line.
pub fn in_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let text = text.replace("##", "#<U+0023>").replace("{{", "{<U+007B>");
    for c in text.chars() {
        match is_seen(c) {
            true => line.push(c),
            false => {
                let _ = write!(line, "<U+{:04X}>", u32::from(c));
            }
        }
    }
    line
}

/// Whether a character shows and leaves its neighbours where they are: no control, no line or
/// paragraph separator, nothing that turns or hides text.
fn is_seen(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The placeholders that an answer fills, each with the members that may.
pub fn gives(request: &Request) -> impl Iterator<Item = (&str, Vec<&str>)> {
    request.gives.iter().map(|(name, members)| {
        let members = members.as_array().into_iter().flatten();
        (name.as_str(), members.filter_map(Value::as_str).collect())
    })
}

/// A member of a body and the placeholder for it, of which this code alone decides the names.
pub fn pairs(map: &Map<String, Value>) -> impl Iterator<Item = (&str, &str)> {
    map.iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_json_is_the_same_json() {
        let nasty = serde_json::json!({
            "a": "{{$processEnv TOKEN}} {{{x}}}",
            "b": ["##[error]oops", "###", "\u{202e}rtl\u{200b}", "line\nline\r\u{2028}\u{7f}\u{85}"],
            "\u{feff}{{key}}": "\\{{ \\## \u{e0041}"
        });
        let text = escaped(&nasty);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), nasty);
        for meant in [
            "{{", "##", "\u{202e}", "\u{200b}", "\u{2028}", "\u{7f}", "\u{85}",
        ] {
            assert!(!text.contains(meant), "{meant:?}: {text}");
        }
    }

    #[test]
    fn a_command_is_none_however_often_its_mark_stands() {
        for text in ["a{{b", "{{{", "####", "\"{{\\{\n{"] {
            let whole = escaped(&text);
            assert!(!whole.contains("{{") && !whole.contains("##"), "{whole}");
            assert_eq!(serde_json::from_str::<String>(&whole).unwrap(), text);
        }
    }

    #[test]
    fn further_lines_stand_behind_the_margin() {
        let mut text = "x: ".to_owned();
        escape(&serde_json::json!({"a": [1]}), "  ", &mut text);
        assert_eq!(text, "x: {\n    \"a\": [\n      1\n    ]\n  }");
    }

    #[test]
    fn a_comment_stays_in_its_line() {
        assert_eq!(
            in_line("a\nb\r##[error]"),
            "a<U+000A>b<U+000D>#<U+0023>[error]"
        );
    }
}
