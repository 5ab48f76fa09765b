//! Comments in what a fix takes out: the fix may delete an item of a list, but not what somebody
//! wrote beside it.

use std::ops::Range;

/// What is put in place of the deleted `range` of `text`: its comments, each ended so that what
/// follows does not become part of it. Empty where there are none, which is nearly always.
pub(super) fn kept(text: &str, range: Range<usize>) -> String {
    let gone = &text[range.clone()];
    let comments = comments(gone);
    // Where a fix takes out one comment and nothing else, that is what it is for.
    let is_purpose = gone.trim().starts_with('#') && gone.trim().lines().count() == 1;
    if comments.is_empty() || is_purpose {
        return String::new();
    }
    let indent = indent(text, range.end);
    let kept = comments.join(&format!("\n{indent}"));
    let rest = text[range.end..].lines().next().unwrap_or("").trim();
    let newline = match rest.is_empty() || rest.starts_with('#') {
        true => String::new(),
        false => format!("\n{indent}"),
    };
    format!(" {kept}{newline}")
}

/// The blanks that the line of byte `at` starts with.
fn indent(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// The comments in a piece of YAML or TOML that starts and ends between two values. Both have
/// the same comments and, as far as it matters here, the same quotes.
fn comments(piece: &str) -> Vec<&str> {
    let mut found = Vec::new();
    if !piece.contains('#') {
        return found;
    }
    let bytes = piece.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins = at == 0 || b" \t\r\n,[{".contains(&bytes[at - 1]);
        match bytes[at] {
            quote @ (b'"' | b'\'') if begins => at = after_quoted(bytes, at, quote),
            b'#' if begins => {
                let line = piece[at..].lines().next().unwrap_or("").trim_end();
                found.push(line);
                at += line.len();
            }
            _ => at += 1,
        }
    }
    found
}

/// The byte after the text that is quoted from `at` on.
fn after_quoted(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mut next = at + 1;
    while next < bytes.len() && bytes[next] != quote {
        next += if bytes[next] == b'\\' && quote == b'"' {
            2
        } else {
            1
        };
    }
    (next + 1).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` without the part between `<` and `>`.
    fn cut(text: &str) -> String {
        let (head, rest) = text.split_once('<').unwrap();
        let (gone, tail) = rest.split_once('>').unwrap();
        let whole = format!("{head}{gone}{tail}");
        let kept = kept(&whole, head.len()..head.len() + gone.len());
        format!("{head}{kept}{tail}")
    }

    #[test]
    fn a_comment_stays_when_its_item_goes() {
        assert_eq!(cut("- A< # one\n- B> # two\n"), "- A # one # two\n");
        assert_eq!(
            cut("- A< # one\n# own line\n- B>\n"),
            "- A # one\n# own line\n"
        );
    }

    #[test]
    fn what_follows_does_not_become_a_comment() {
        assert_eq!(cut("  [A<, # one\n  B>, C]"), "  [A # one\n  , C]");
    }

    #[test]
    fn a_hash_in_a_name_is_no_comment() {
        assert_eq!(cut("[A<, \"B # C\", D#>]"), "[A]");
    }
}
