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
