//! The statements of a text, whatever they say.

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::Raw;
use toml_parser::lexer::{Lexer, Token, TokenKind};

/// A statement of a TOML text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Where it is, in bytes, from its first key or bracket to the end of its value.
    pub range: Range<usize>,
    /// Its keys: of `a.b = 1` and of `[a.b]` these are `a` and `b`.
    pub path: Vec<String>,
    /// Where each of them is written.
    pub places: Vec<Range<usize>>,
    /// Whether it is a table's header.
    pub is_header: bool,
}

/// The statements of `text`, each with its keys, in order: `key = value`, `[header]`.
pub(in super::super) fn statements(text: &str) -> impl Iterator<Item = Statement> {
    let source = toml_parser::Source::new(text);
    let tokens = source.lex();
    Statements {
        source,
        tokens,
        depth: 0,
        in_keys: false,
    }
}

/// Statements as they are read: the tokens of a large text take several times its memory.
struct Statements<'t> {
    source: toml_parser::Source<'t>,
    tokens: Lexer<'t>,
    /// How many brackets of a value are open.
    depth: usize,
    /// Whether the keys of a statement are still being read.
    in_keys: bool,
}

impl Iterator for Statements<'_> {
    type Item = Statement;

    fn next(&mut self) -> Option<Statement> {
        let mut open: Option<Statement> = None;
        while let Some(token) = self.tokens.next() {
            match (token.kind(), &mut open) {
                (TokenKind::Whitespace | TokenKind::Comment, _) => {}
                (TokenKind::Newline | TokenKind::Eof, Some(_)) if self.depth == 0 => break,
                (TokenKind::Newline | TokenKind::Eof, _) => {}
                (_, None) => open = Some(self.begun(token)),
                (_, Some(statement)) => self.go_on(statement, token),
            }
        }
        open
    }
}

impl Statements<'_> {
    /// The statement that begins with a key or a bracket.
    fn begun(&mut self, token: Token) -> Statement {
        let is_header = token.kind() == TokenKind::LeftSquareBracket;
        self.in_keys = true;
        let mut statement = Statement {
            range: token.span().start()..token.span().end(),
            path: Vec::new(),
            places: Vec::new(),
            is_header,
        };
        if !is_header {
            self.add_key(&mut statement, token);
        }
        statement
    }

    fn go_on(&mut self, statement: &mut Statement, token: Token) {
        statement.range.end = token.span().end();
        match token.kind() {
            TokenKind::Equals => self.in_keys = false,
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket if !self.in_keys => {
                self.depth += 1;
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket if !self.in_keys => {
                self.depth = self.depth.saturating_sub(1);
            }
            TokenKind::LeftSquareBracket | TokenKind::RightSquareBracket | TokenKind::Dot => {}
            _ if self.in_keys => self.add_key(statement, token),
            _ => {}
        }
    }

    /// Adds the key that a token spells, if it spells one.
    fn add_key(&self, statement: &mut Statement, token: Token) {
        if let Some(key) = self.key(token) {
            statement.path.push(key);
            statement
                .places
                .push(token.span().start()..token.span().end());
        }
    }

    /// The key that a token spells.
    fn key(&self, token: Token) -> Option<String> {
        let span = token.span();
        let raw = self.source.get(span)?;
        let raw = Raw::new_unchecked(raw.as_str(), token.kind().encoding(), span);
        let mut key = Cow::Borrowed("");
        raw.decode_key(&mut key, &mut ());
        Some(key.into_owned())
    }
}
