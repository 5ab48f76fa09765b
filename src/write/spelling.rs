//! How text is spelt: without quotes where every reader takes it for that text.

use crate::syntax::is_only_text;

/// Whether `text` may stand in YAML without quotes; `inside` a list or map in one line, less may.
pub fn is_plain_in_yaml(text: &str, inside: bool) -> bool {
    let begins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '(' | '/' | '$');
    text.starts_with(begins)
        && !text.ends_with([' ', ':'])
        && text.chars().all(|c| is_plain(c, inside))
        && !text.contains(": ")
        && !text.contains(" #")
        && is_only_text(text)
}

fn is_plain(c: char, inside: bool) -> bool {
    match c {
        // A date, a time, a key and its value: all may mislead a reader in a line of several.
        ',' | '[' | ']' | '{' | '}' | ':' => !inside,
        ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '&' | '+' | '$' | '@' | ';' | '=' | '<' | '>'
        | '\'' | '"' | '!' | '?' | '%' | '*' | '~' | '^' | '|' | '#' | '–' | '—' | '…' => {
            true
        }
        c => c.is_alphanumeric(),
    }
}

/// Whether `text` may be a key in TOML without quotes.
pub fn is_bare_in_toml(text: &str) -> bool {
    let bare = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    !text.is_empty() && text.bytes().all(bare)
}

/// `text` in double quotes, as both syntaxes read it. What people cannot see is written as an
/// escape.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_hidden(c) => out.push_str(&escaped(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// As both syntaxes read it: four digits, or eight for what lies beyond U+FFFF.
fn escaped(c: char) -> String {
    match c as u32 {
        unit @ ..=0xFFFF => format!("\\u{unit:04X}"),
        point => format!("\\U{point:08X}"),
    }
}

/// Whether people cannot see `c`, or see something else for it: control characters, separators,
/// marks of direction, zero-width characters, and code points that are no characters.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xFFFE == 0xFFFE
        || ('\u{e0000}'..='\u{e0fff}').contains(&c)
}
