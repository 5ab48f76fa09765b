//! Messages as they come and go: JSON-RPC 2.0, each after a header with its length (Language Server
//! Protocol 3.18, "Base Protocol").
//!
//! Libraries for this end the session at what an editor may well send: a header in lower case, text
//! with half a surrogate pair, an answer without an id. Here such a message is refused or mended, and
//! the next one read.

use std::borrow::Cow;
use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value, json};

use crate::cli::session::history::Answers;

/// More bytes than this are no message of an editor: a text may have 8 MiB.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// A header has two lines.
const MOST_HEADER: u64 = 8 * 1024;

/// What was read.
#[derive(Debug)]
pub enum Read {
    /// A question, which is answered under its id.
    Request {
        /// A number or a text.
        id: Value,
        method: String,
        params: Value,
    },
    /// What the editor tells.
    Notification { method: String, params: Value },
    /// The editor's answer to a question of ours.
    Answer { id: Value, is_error: bool },
    /// What git keeps of a text that a request is about.
    Head { number: u32, answers: Answers },
    /// What git keeps of the revision that the files are held against.
    Older(Answers),
    /// What is no message: why, as JSON-RPC says it.
    Refused { code: i32, message: &'static str },
    /// What cannot be read on from: where the next message begins is not known.
    Unframed(String),
    /// Nobody writes any more.
    End,
}

/// JSON-RPC's number for what is no JSON.
pub const PARSE_ERROR: i32 = -32700;
/// That for what is no request, or not now.
pub const INVALID_REQUEST: i32 = -32600;

/// The next message.
pub fn read(input: &mut impl BufRead) -> Read {
    let length = match header(input) {
        Ok(Some(length)) => length,
        Ok(None) => return Read::End,
        Err(error) => return Read::Unframed(error.to_string()),
    };
    let mut bytes = Vec::with_capacity(length.min(1024 * 1024));
    match input.take(length as u64).read_to_end(&mut bytes) {
        Ok(read) if read == length => message(&bytes),
        Ok(_) => Read::Unframed("the last message is cut off".to_owned()),
        Err(error) => Read::Unframed(error.to_string()),
    }
}

/// The length of the message that follows; `None` at the end.
fn header(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let mut length = None;
    let mut left = MOST_HEADER;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(left).read_until(b'\n', &mut line)?;
        if read == 0 && length.is_none() && left == MOST_HEADER {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return Err(io::Error::other("a header that does not end"));
        }
        left -= read as u64;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            let missing = || io::Error::other("a header without Content-Length");
            return length.map(Some).ok_or_else(missing);
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            let number: Option<usize> = value.trim().parse().ok();
            let number = number.filter(|number| *number <= MOST_BYTES);
            length = Some(number.ok_or_else(|| {
                io::Error::other(format!("a message of `{}` bytes", value.trim()))
            })?);
        }
    }
}

fn message(bytes: &[u8]) -> Read {
    let text = String::from_utf8_lossy(bytes);
    let parsed = serde_json::from_str(&text)
        .or_else(|_| serde_json::from_str::<Value>(&without_half_pairs(&text)));
    let Ok(Value::Object(mut message)) = parsed else {
        return match parsed.is_ok() {
            true => Read::Refused {
                code: INVALID_REQUEST,
                message: "a message is one object",
            },
            false => Read::Refused {
                code: PARSE_ERROR,
                message: "the message is no JSON",
            },
        };
    };
    let params = message.remove("params").unwrap_or(Value::Null);
    let method = message.remove("method");
    match (method, message.remove("id")) {
        (Some(Value::String(method)), Some(id @ (Value::Number(_) | Value::String(_)))) => {
            Read::Request { id, method, params }
        }
        (Some(Value::String(method)), None) => Read::Notification { method, params },
        (None, Some(id)) => Read::Answer {
            id,
            is_error: message.contains_key("error"),
        },
        _ => Read::Refused {
            code: INVALID_REQUEST,
            message: "the message has no method, or an id that is neither a number nor text",
        },
    }
}

/// The text with U+FFFD for each escaped half of a surrogate pair, of which no reader of JSON makes a
/// character.
fn without_half_pairs(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u") {
        return text.into();
    }
    let unit = |at: usize| -> Option<u16> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (is_high, is_low) = (
        |unit: u16| (0xd800..0xdc00).contains(&unit),
        |unit: u16| (0xdc00..0xe000).contains(&unit),
    );
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        out.push_str(&text[at..at + found]);
        at += found;
        let length = match unit(at) {
            Some(high) if is_high(high) => match unit(at + 6) {
                Some(low) if is_low(low) => 12,
                _ => {
                    out.push_str("\\ufffd");
                    at += 6;
                    continue;
                }
            },
            Some(low) if is_low(low) => {
                out.push_str("\\ufffd");
                at += 6;
                continue;
            }
            Some(_) => 6,
            // The character after it is escaped, and may be another backslash.
            None => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&text[at..at + length]);
        at += length;
    }
    out.push_str(&text[at..]);
    out.into()
}

/// Writes one message.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

/// The answer to the request of this id.
pub fn answer(id: Value, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// The answer that a request is not followed.
pub fn refusal(id: Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

/// What is told to the editor.
pub fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

/// What is asked of the editor.
pub fn request(id: u32, method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &[u8]) -> Vec<String> {
        let mut input = text;
        let mut all = Vec::new();
        loop {
            let read = read(&mut input);
            let is_last = matches!(read, Read::End | Read::Unframed(_));
            all.push(format!("{read:?}"));
            if is_last {
                return all;
            }
        }
    }

    fn framed(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    #[test]
    fn what_is_no_message_is_refused_and_the_next_one_read() {
        let last = framed(r#"{"method":"exit"}"#);
        for (body, wanted) in [
            ("[1]", "-32600"),
            ("{", "-32700"),
            (r#"{"id":null,"method":"x"}"#, "-32600"),
            (r#"{"id":3000000000,"method":"x"}"#, "3000000000"),
            (r#"{"id":null,"error":{}}"#, "Answer"),
            (
                r#"{"method":"x","params":"\ud83d \ud83d\ude00 \\ud83d"}"#,
                "\u{fffd} \u{1f600} \\\\ud83d",
            ),
        ] {
            let all = reads(&[framed(body), last.clone()].concat());
            assert!(all[0].contains(wanted), "{body}: {all:?}");
            assert!(all[1].contains("exit"), "{body}: {all:?}");
        }
    }

    #[test]
    fn headers_are_read_as_they_come() {
        let body = r#"{"method":"exit"}"#;
        let lower = format!(
            "content-length:{}\r\nContent-Type: utf8\r\n\r\n{body}",
            body.len()
        );
        assert!(reads(lower.as_bytes())[0].contains("exit"));
        for bad in [
            "Content-Length: x\r\n\r\n",
            "X: 1\r\n\r\n",
            "Content-Length: 99999999999\r\n\r\n",
            "abc",
        ] {
            assert!(reads(bad.as_bytes())[0].starts_with("Unframed"), "{bad}");
        }
        assert!(reads(b"Content-Length: 9\r\n\r\n{}")[0].starts_with("Unframed"));
        assert_eq!(reads(b""), ["End"]);
    }
}
