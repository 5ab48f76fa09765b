//! How much memory the parser would take, which keeps every token, every event and every value.

use toml_parser::lexer::TokenKind;

use super::super::draft::Draft;
use crate::source::Span;

/// How many bytes of memory a byte of text costs at most: those of `{a=1},`.
const WORST: usize = 170;

/// How many more the header of a table costs, with the table that it makes.
const TABLE: usize = 750;

/// Where the parser would take more memory than it may, if it would. A small text is not looked at.
pub(super) fn beyond(draft: &Draft<'_>) -> Option<Span> {
    let most = draft.source.limits().parser();
    if draft.text.len() <= most / WORST {
        return None;
    }
    let mut taken = 0;
    let mut begins_line = true;
    let mut tokens = toml_parser::Source::new(&draft.text).lex();
    let last = tokens.find(|token| {
        taken += cost(token.kind());
        if begins_line && token.kind() == TokenKind::LeftSquareBracket {
            taken += TABLE;
        }
        let is_blank = token.kind() == TokenKind::Whitespace;
        begins_line = token.kind() == TokenKind::Newline || (begins_line && is_blank);
        taken > most
    })?;
    Some(draft.place(last.span().start()..last.span().end()))
}

/// What a token costs, and the part of a value that it stands for, as measured: two for the
/// parser's own lists, and what a table, an item, an entry or a text takes.
fn cost(kind: TokenKind) -> usize {
    const IN_LISTS: usize = 48;
    IN_LISTS
        + match kind {
            TokenKind::LeftCurlyBracket => 480,
            TokenKind::LeftSquareBracket => 110,
            TokenKind::Comma | TokenKind::Equals => 60,
            TokenKind::Dot => 300,
            TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment | TokenKind::Eof => 0,
            _ => 50,
        }
}
