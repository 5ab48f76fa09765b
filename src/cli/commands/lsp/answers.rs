//! What the library finds, as the protocol says it.

use gen_lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentSymbol, Location, MarkupContent, MarkupKind, Position, Range, SemanticToken,
    SemanticTokensLegend, SymbolKind, TextEdit, Uri,
};
use statewright::diagnostic::{self, Edit, Severity};
use statewright::editor::marks::{Mark, Of, What};
use statewright::editor::outline::{Part, Sort};
use statewright::editor::positions::{self, Encoding, Place};
use statewright::report::Pages;
use statewright::source::{Source, SourceId, Span};

/// How places are told.
#[derive(Clone, Copy)]
pub struct Places<'s> {
    pub source: &'s Source,
    pub encoding: Encoding,
}

impl Places<'_> {
    pub fn position(self, offset: usize) -> Position {
        let Place { line, unit } = positions::place(self.source, offset, self.encoding);
        Position {
            line,
            character: unit,
        }
    }

    pub fn range(self, span: Span) -> Range {
        let range = span.range();
        Range {
            start: self.position(range.start),
            end: self.position(range.end),
        }
    }

    /// The byte of the text that a position means.
    pub fn offset(self, position: Position) -> usize {
        let place = Place {
            line: position.line,
            unit: position.character,
        };
        positions::offset(self.source, place, self.encoding)
    }

    /// The bytes of the text that a range means.
    pub fn bytes(self, range: Range) -> std::ops::Range<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }

    pub fn edit(self, edit: &Edit) -> TextEdit {
        TextEdit {
            range: self.range(edit.span),
            new_text: edit.text.clone(),
        }
    }

    pub fn symbol(self, part: &Part) -> DocumentSymbol {
        let kind = match part.sort {
            Sort::Field => SymbolKind::Namespace,
            Sort::State => SymbolKind::Class,
            Sort::Transition => SymbolKind::Event,
            Sort::Promise => SymbolKind::Constant,
            Sort::Target => SymbolKind::Package,
        };
        let parts: Vec<DocumentSymbol> = part.parts.iter().map(|part| self.symbol(part)).collect();
        // Clients refuse a symbol without a name.
        let name = match part.name.trim().is_empty() {
            true => "(no name)".to_owned(),
            false => part.name.clone(),
        };
        DocumentSymbol::new(
            name,
            (!part.detail.is_empty()).then(|| part.detail.clone()),
            kind,
            None,
            None,
            self.range(part.whole),
            self.range(part.place),
            (!parts.is_empty()).then_some(parts),
        )
    }
}

/// A report. `at` tells the address of a source, if it is one of a file, and how places in it are told.
pub fn report<'s>(
    found: &diagnostic::Diagnostic,
    pages: Option<&Pages>,
    at: impl Fn(SourceId) -> Option<(Option<Uri>, Places<'s>)>,
) -> Option<Diagnostic> {
    let location = |span: Span| {
        let (uri, places) = at(span.source)?;
        let range = places.range(span);
        Some(Location { uri: uri?, range })
    };
    let primary = found.primary();
    let mut message = found.message.clone();
    let mut add = |word: &str, text: &str| message += &format!("\n{word}: {text}");
    found.help.iter().for_each(|help| add("help", help));
    found.notes.iter().for_each(|note| add("note", note));
    let labels = found
        .labels
        .iter()
        .map(|label| (label.span, &label.message));
    let more = found
        .more
        .iter()
        .flat_map(|places| places.spans.iter().map(|span| (*span, &places.message)));
    let mut related = Vec::new();
    for (span, said) in labels.chain(more).filter(|(_, said)| !said.is_empty()) {
        if let Some(location) = location(span) {
            let message = said.clone();
            related.push(DiagnosticRelatedInformation { location, message });
        } else if let Some((None, places)) = at(span.source) {
            // An older version has no address.
            let source = places.source;
            let line = source.position(span.start).line;
            message += &format!("\n{}:{line}: {said}", source.name());
        }
    }
    let is_unused = matches!(
        found.code.name,
        "unused-suppressions" | "redundant-transitions"
    );
    let href = pages.map(|pages| Uri(pages.of(found.code)));
    Some(Diagnostic {
        range: location(primary.span)?.range,
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
        }),
        code: Some(found.code.name.to_owned().into()),
        code_description: href.map(|href| CodeDescription { href }),
        source: Some("statewright".to_owned()),
        message: message.into(),
        tags: is_unused.then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    })
}

/// Text in Markdown, or without its marks where the editor shows those.
pub fn markup(value: String, takes_markdown: bool) -> MarkupContent {
    match takes_markdown {
        true => MarkupContent {
            kind: MarkupKind::Markdown,
            value,
        },
        false => MarkupContent {
            kind: MarkupKind::PlainText,
            value: without_marks(&value),
        },
    }
}

/// Markdown of ours as plain text.
fn without_marks(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => out.extend(rest.next()),
            '*' if rest.peek() == Some(&'*') => drop(rest.next()),
            _ => out.push(c),
        }
    }
    out
}

/// The kinds of words that editors colour.
pub fn legend() -> SemanticTokensLegend {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    SemanticTokensLegend {
        token_types: words(&[
            "property",
            "class",
            "enumMember",
            "function",
            "keyword",
            "namespace",
            "type",
        ]),
        token_modifiers: words(&["declaration"]),
    }
}

/// The words of a text, each after the one before.
pub fn tokens<'m>(places: Places<'_>, marks: impl Iterator<Item = &'m Mark>) -> Vec<SemanticToken> {
    let mut last = Position::default();
    let mut tokens = Vec::new();
    for mark in marks {
        let Range { start, end } = places.range(mark.span);
        let goes_back = (start.line, start.character) < (last.line, last.character);
        if start.line != end.line || goes_back {
            continue;
        }
        let is_declared = matches!(
            mark.what,
            What::Named {
                is_declared: true,
                ..
            }
        );
        tokens.push(SemanticToken {
            delta_line: start.line - last.line,
            delta_start: match start.line == last.line {
                true => start.character - last.character,
                false => start.character,
            },
            length: end.character - start.character,
            token_type: match mark.what {
                What::Field(_) => 0,
                What::Named { of: Of::State, .. } => 1,
                What::Named { of: Of::Role, .. } => 6,
                What::Word { .. } => 2,
                What::Name => 3,
                What::Every => 4,
                What::Target(_) => 5,
            },
            token_modifiers_bitset: u32::from(is_declared),
        });
        last = start;
    }
    tokens
}
