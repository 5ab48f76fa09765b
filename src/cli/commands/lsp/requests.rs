//! What an editor asks about a text, a function for each question.

use std::collections::HashMap;

use gen_lsp_types::{
    BaseSymbolInformation, CodeLens, CodeLensParams, Command, CompletionItem, CompletionItemKind,
    CompletionList, CompletionParams, CompletionResponse, Definition, DefinitionParams,
    DefinitionResponse, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentFormattingParams, DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse, FoldingRange,
    FoldingRangeParams, FullDocumentDiagnosticReport, Hover, HoverParams, InlayHint, InlayHintKind,
    InlayHintParams, Location, PrepareRenameParams, PrepareRenamePlaceholder, PrepareRenameResult,
    Range, ReferenceParams, RelatedFullDocumentDiagnosticReport, RenameParams, SelectionRange,
    SelectionRangeParams, SemanticTokens, SemanticTokensParams, SemanticTokensRangeParams,
    SymbolKind, TextDocumentIdentifier, TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
    WorkspaceSymbol, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use statewright::compile;
use statewright::editor::completion::{self, Sort};
use statewright::editor::marks::Of;
use statewright::editor::names::{self, Refused};
use statewright::editor::{Looked, actions, former, hints, hover, outline};
use statewright::format;
use statewright::language::elsewhere;

use super::answers::{self, Places, markup};
use super::project::Open;
use super::session::Session;

/// Why a request is not followed: JSON-RPC's number, and what a person is told.
pub struct Refusal(pub i32, pub String);

/// The protocol's number for what is understood and cannot be done.
pub const REQUEST_FAILED: i32 = -32803;

/// The protocol's number for what was about a text that has changed since.
pub const CONTENT_MODIFIED: i32 = -32801;

pub type Answer<T> = Result<T, Refusal>;

/// A workflow that is asked about.
pub struct Asked<'a> {
    pub open: &'a Open,
    pub looked: Looked<'a>,
    pub places: Places<'a>,
}

impl Session<'_> {
    pub fn asked(&self, document: &TextDocumentIdentifier) -> Option<Asked<'_>> {
        let open = self.open.get(&document.uri.0)?;
        let looked = self.project()?.look(open)?;
        let places = Places {
            source: looked.source,
            encoding: self.encoding,
        };
        Some(Asked {
            open,
            looked,
            places,
        })
    }

    pub fn asked_at(&self, at: &TextDocumentPositionParams) -> Option<(Asked<'_>, usize)> {
        let asked = self.asked(&at.text_document)?;
        let offset = asked.places.offset(at.position);
        Some((asked, offset))
    }
}

impl Asked<'_> {
    fn uri(&self) -> Uri {
        Uri(self.open.uri.clone())
    }

    fn locations(&self, spans: &[statewright::source::Span]) -> Vec<Location> {
        let location = |span: &statewright::source::Span| Location {
            uri: self.uri(),
            range: self.places.range(*span),
        };
        spans.iter().map(location).collect()
    }
}

/// The edits of one text, as those of a workspace.
pub fn changes(open: &Open, edits: Vec<TextEdit>) -> WorkspaceEdit {
    WorkspaceEdit {
        changes: Some(HashMap::from([(Uri(open.uri.clone()), edits)])),
        ..WorkspaceEdit::default()
    }
}

pub fn hover(session: &Session, params: HoverParams) -> Answer<Option<Hover>> {
    let at = &params.text_document_position_params;
    let told = session.asked_at(at).and_then(|(asked, offset)| {
        let told = hover::at(&asked.looked, offset)?;
        Some(Hover {
            contents: markup(told.markdown, session.shows.hovers).into(),
            range: Some(asked.places.range(told.span)),
        })
    });
    Ok(told)
}

pub fn completion(
    session: &Session,
    params: CompletionParams,
) -> Answer<Option<CompletionResponse>> {
    let at = &params.text_document_position_params;
    let Some(open) = session.open.get(&at.text_document.uri.0) else {
        return Ok(None);
    };
    let source = session
        .project()
        .and_then(|project| project.source_of(open));
    let Some(source) = source else {
        return Ok(None);
    };
    let places = Places {
        source,
        encoding: session.encoding,
    };
    let offset = places.offset(at.position);
    let mut found = completion::at(source, offset, session.names_of(open));
    // Whoever silences means what is reported here.
    let reports = session.project().map(|project| project.reports_of(open).1);
    let is_reported = |candidate: &completion::Candidate| {
        let mut reports = reports.iter().copied().flatten();
        candidate.sort == Sort::Code && reports.any(|found| found.code.name == candidate.label)
    };
    found.sort_by_cached_key(|candidate| !is_reported(candidate));
    let item = |(number, candidate): (usize, completion::Candidate)| CompletionItem {
        label: candidate.label.clone(),
        kind: Some(match candidate.sort {
            Sort::Field => CompletionItemKind::Property,
            Sort::State => CompletionItemKind::Class,
            Sort::Role => CompletionItemKind::Interface,
            Sort::Transition => CompletionItemKind::Event,
            Sort::Word => CompletionItemKind::EnumMember,
            Sort::Target => CompletionItemKind::Module,
            Sort::Code => CompletionItemKind::Constant,
        }),
        detail: (!candidate.detail.is_empty()).then_some(candidate.detail),
        documentation: (!candidate.about.is_empty())
            .then(|| markup(candidate.about, session.shows.candidates).into()),
        // In the order of the language and of the file, not of the alphabet.
        sort_text: Some(format!("{number:05}")),
        filter_text: Some(match source.text().get(candidate.replaces.start..offset) {
            Some(typed) if typed.starts_with(['"', '\'']) => candidate.text.clone(),
            // Whoever types the word of another tool is offered ours.
            Some(typed) if matches!(candidate.sort, Sort::Field | Sort::Word) => {
                let other = elsewhere::begun(&candidate.label, typed);
                other.map_or(candidate.label, str::to_owned)
            }
            _ => candidate.label,
        }),
        text_edit: Some(
            TextEdit {
                range: places.range(source.at(candidate.replaces)),
                new_text: candidate.text,
            }
            .into(),
        ),
        ..CompletionItem::default()
    };
    let items = found.into_iter().enumerate().map(item).collect();
    Ok(Some(
        CompletionList {
            is_incomplete: false,
            items,
            ..CompletionList::default()
        }
        .into(),
    ))
}

pub fn definition(
    session: &Session,
    params: DefinitionParams,
) -> Answer<Option<DefinitionResponse>> {
    let at = &params.text_document_position_params;
    let found = session.asked_at(at).and_then(|(asked, offset)| {
        let named = names::at(&asked.looked, offset)?;
        Some(asked.locations(&named.declared))
    });
    Ok(found.map(|all| DefinitionResponse::Definition(Definition::LocationList(all))))
}

pub fn references(session: &Session, params: ReferenceParams) -> Answer<Option<Vec<Location>>> {
    let at = &params.text_document_position_params;
    let found = session.asked_at(at).and_then(|(asked, offset)| {
        let mut named = names::at(&asked.looked, offset)?;
        if !params.context.include_declaration {
            named.all.retain(|span| !named.declared.contains(span));
        }
        Some(asked.locations(&named.all))
    });
    Ok(found)
}

pub fn highlights(
    session: &Session,
    params: DocumentHighlightParams,
) -> Answer<Option<Vec<DocumentHighlight>>> {
    let at = &params.text_document_position_params;
    let found = session.asked_at(at).and_then(|(asked, offset)| {
        let named = names::at(&asked.looked, offset)?;
        let all = named.all.iter().map(|span| DocumentHighlight {
            range: asked.places.range(*span),
            kind: Some(match named.declared.contains(span) {
                true => DocumentHighlightKind::Write,
                false => DocumentHighlightKind::Read,
            }),
        });
        Some(all.collect())
    });
    Ok(found)
}

pub fn prepare_rename(
    session: &Session,
    params: PrepareRenameParams,
) -> Answer<Option<PrepareRenameResult>> {
    let at = &params.text_document_position_params;
    let found = session.asked_at(at).and_then(|(asked, offset)| {
        let named = names::at(&asked.looked, offset)?;
        let mark = asked.looked.mark(offset)?;
        let range = asked.places.range(mark.span);
        Some(PrepareRenameResult::PrepareRenamePlaceholder(
            PrepareRenamePlaceholder {
                range,
                placeholder: named.name,
            },
        ))
    });
    Ok(found)
}

pub fn rename(session: &Session, params: RenameParams) -> Answer<Option<WorkspaceEdit>> {
    let at = &params.text_document_position_params;
    let Some((asked, offset)) = session.asked_at(at) else {
        return Ok(None);
    };
    let refused = |why: Refused| {
        let text = match why {
            Refused::NothingHere => "only the names of states and roles can be changed".to_owned(),
            Refused::NoName => "a name is text on one line, without blanks around it".to_owned(),
            Refused::Taken(name) => format!("`{name}` is named already"),
        };
        Refusal(REQUEST_FAILED, text)
    };
    let edits = names::rename(&asked.looked, offset, &params.new_name).map_err(refused)?;
    let named = names::at(&asked.looked, offset);
    let renaming = match named.filter(|named| named.of == Of::State) {
        Some(named) => {
            let head = session.head_of(asked.open);
            let before = head
                .as_ref()
                .ok()
                .and_then(|head| Some(compile::read((*head)?)));
            let before = before.as_ref().and_then(|read| read.resolved.as_ref());
            let both = (named.name.as_str(), params.new_name.as_str());
            let renaming = former::add(asked.looked.source, before, both, edits);
            if let Err(why) = head {
                let text = format!("no former name is written under `was`: {why}");
                session.notes.borrow_mut().push(text);
            } else if renaming.is_incomplete {
                let (old, new) = both;
                let text = format!("write `{old}` under `was` of `{new}`: it is not certain where");
                session.notes.borrow_mut().push(text);
            }
            renaming.edits
        }
        None => edits,
    };
    let edits = renaming
        .iter()
        .map(|edit| asked.places.edit(edit))
        .collect();
    Ok(Some(changes(asked.open, edits)))
}

pub fn symbols(
    session: &Session,
    params: DocumentSymbolParams,
) -> Answer<Option<DocumentSymbolResponse>> {
    let found = session.asked(&params.text_document).map(|asked| {
        let parts = asked.looked.parts().iter();
        let symbols = parts.map(|part| asked.places.symbol(part));
        DocumentSymbolResponse::DocumentSymbolList(symbols.collect())
    });
    Ok(found)
}

/// The workflows and states of the whole project.
pub fn workspace_symbols(
    session: &Session,
    params: WorkspaceSymbolParams,
) -> Answer<Option<WorkspaceSymbolResponse>> {
    let Some(project) = session.project() else {
        return Ok(None);
    };
    let query = params.query.to_lowercase();
    let mut found = Vec::new();
    for (source, compilation) in project.workflows() {
        let Some(resolved) = compilation.resolved() else {
            continue;
        };
        let Some(uri) = project.uri(source.id(), &session.open) else {
            continue;
        };
        let places = Places {
            source,
            encoding: session.encoding,
        };
        let workflow = resolved.workflow();
        let title = workflow
            .identifier
            .iter()
            .map(|name| (name, SymbolKind::Module));
        let states = resolved
            .states()
            .map(|(_, state)| (&state.name, SymbolKind::Class));
        for (name, kind) in title.chain(states) {
            if !name.value.to_lowercase().contains(&query) {
                continue;
            }
            let location = Location {
                uri: Uri(uri.clone()),
                range: places.range(name.span),
            };
            let container = workflow.identifier.as_ref();
            let base_symbol_information = BaseSymbolInformation::new(
                name.value.to_string(),
                kind,
                None,
                container.map(|name| name.value.to_string()),
            );
            found.push(WorkspaceSymbol {
                location: location.into(),
                data: None,
                base_symbol_information,
            });
        }
    }
    Ok(Some(WorkspaceSymbolResponse::WorkspaceSymbolList(found)))
}

pub fn folds(session: &Session, params: FoldingRangeParams) -> Answer<Option<Vec<FoldingRange>>> {
    let found = session.asked(&params.text_document).map(|asked| {
        let folds = outline::folds(&asked.looked).into_iter();
        let fold = |(first, last): (u32, u32)| FoldingRange {
            start_line: first - 1,
            end_line: last - 1,
            ..FoldingRange::default()
        };
        folds.map(fold).collect()
    });
    Ok(found)
}

pub fn selections(
    session: &Session,
    params: SelectionRangeParams,
) -> Answer<Option<Vec<SelectionRange>>> {
    let found = session.asked(&params.text_document).map(|asked| {
        let around = |position| {
            let offset = asked.places.offset(position);
            let mut spans = outline::around(&asked.looked, offset).into_iter();
            let range = |span| asked.places.range(span);
            let whole = SelectionRange {
                range: spans.next().map_or_else(Range::default, range),
                parent: None,
            };
            spans.fold(whole, |parent, span| SelectionRange {
                range: range(span),
                parent: Some(Box::new(parent)),
            })
        };
        params.positions.into_iter().map(around).collect()
    });
    Ok(found)
}

pub fn tokens(session: &Session, params: SemanticTokensParams) -> Answer<Option<SemanticTokens>> {
    let found = session
        .asked(&params.text_document)
        .map(|asked| SemanticTokens {
            result_id: None,
            data: answers::tokens(asked.places, asked.looked.marks().iter()),
        });
    Ok(found)
}

pub fn tokens_in(
    session: &Session,
    params: SemanticTokensRangeParams,
) -> Answer<Option<SemanticTokens>> {
    let found = session.asked(&params.text_document).map(|asked| {
        let bytes = asked.places.bytes(params.range);
        let marks = asked.looked.marks().iter();
        let marks = marks.filter(|mark| {
            let at = mark.span.range();
            at.end >= bytes.start && at.start <= bytes.end
        });
        SemanticTokens {
            result_id: None,
            data: answers::tokens(asked.places, marks),
        }
    });
    Ok(found)
}

pub fn hints(session: &Session, params: InlayHintParams) -> Answer<Option<Vec<InlayHint>>> {
    let found = session.asked(&params.text_document).map(|asked| {
        let bytes = asked.places.bytes(params.range);
        let hints = hints::of_every(&asked.looked).into_iter();
        let hints = hints.filter(|hint| bytes.contains(&hint.span.range().start));
        let hint = |hint: hints::Hint| InlayHint {
            position: asked.places.position(hint.span.range().end),
            label: hint.text.into(),
            kind: Some(InlayHintKind::Type),
            padding_left: Some(true),
            text_edits: None,
            tooltip: None,
            padding_right: None,
            data: None,
        };
        hints.map(hint).collect()
    });
    Ok(found)
}

pub fn lenses(session: &Session, params: CodeLensParams) -> Answer<Option<Vec<CodeLens>>> {
    let found = session.asked(&params.text_document).map(|asked| {
        let lens = |(_, hint): (_, hints::Hint)| CodeLens {
            range: asked.places.range(hint.span),
            // Without a command of its own an editor only shows it.
            command: Some(Command {
                title: hint.text,
                command: String::new(),
                ..Command::default()
            }),
            data: None,
        };
        hints::of_states(&asked.looked)
            .into_iter()
            .map(lens)
            .collect()
    });
    Ok(found)
}

pub fn formatting(
    session: &Session,
    params: DocumentFormattingParams,
) -> Answer<Option<Vec<TextEdit>>> {
    Ok(formatted(session, &params.text_document))
}

/// The whole text: what is laid out depends on all of it.
pub fn formatting_of_range(
    session: &Session,
    params: DocumentRangeFormattingParams,
) -> Answer<Option<Vec<TextEdit>>> {
    let edits = formatted(session, &params.text_document);
    let is_in = |edit: &TextEdit| {
        let start = (edit.range.start.line, edit.range.start.character);
        let end = (edit.range.end.line, edit.range.end.character);
        let wanted = (params.range.start, params.range.end);
        (wanted.0.line, wanted.0.character) <= start && end <= (wanted.1.line, wanted.1.character)
    };
    Ok(edits.map(|edits| edits.into_iter().filter(is_in).collect()))
}

fn formatted(session: &Session, document: &TextDocumentIdentifier) -> Option<Vec<TextEdit>> {
    let open = session.open.get(&document.uri.0)?;
    let source = session.project()?.source_of(open)?;
    let text = format::text(source)?;
    let places = Places {
        source,
        encoding: session.encoding,
    };
    let edits = actions::line_edits(source, &text);
    Some(edits.iter().map(|edit| places.edit(edit)).collect())
}

pub fn diagnostics(
    session: &Session,
    params: DocumentDiagnosticParams,
) -> Answer<DocumentDiagnosticReport> {
    let open = session.open.get(&params.text_document.uri.0);
    let items = open.map_or_else(Vec::new, |open| session.told_of(open));
    Ok(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: None,
            items,
        },
    }
    .into())
}
