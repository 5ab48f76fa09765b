//! What our own extensions ask beyond the protocol: the page of a workflow, and which state is where.

use gen_lsp_types::{
    LspRequestMethod, MessageDirection, Range, Request, TextDocumentIdentifier,
    TextDocumentPositionParams,
};
use serde::{Deserialize, Serialize};
use statewright::editor::marks::Of;
use statewright::editor::{names, outline};

use super::requests::{Answer, REQUEST_FAILED, Refusal};
use super::session::Session;
use crate::cli::session;

/// The page of a workflow, as `statewright diagram` writes it: `{ textDocument, changes }`.
pub enum PageRequest {}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageParams {
    text_document: TextDocumentIdentifier,
    /// Whether what git keeps of it is in the picture, too, and what changed since.
    #[serde(default)]
    changes: bool,
}

/// The page.
#[derive(Serialize, Deserialize)]
pub struct Page {
    /// What people call the workflow.
    title: String,
    html: String,
}

impl Request for PageRequest {
    type Params = PageParams;
    type Result = Page;
    const METHOD: LspRequestMethod<'static> = LspRequestMethod::Custom("statewright/page");
    const MESSAGE_DIRECTION: MessageDirection = MessageDirection::ClientToServer;
}

pub fn page(texts: &Session, params: PageParams) -> Answer<Page> {
    let refused = |text| Refusal(REQUEST_FAILED, text);
    let open = texts.open.get(&params.text_document.uri.0);
    let found = open.zip(texts.project());
    let found =
        found.and_then(|(open, project)| Some((open, project, project.compilation_of(open)?)));
    let Some((open, project, compilation)) = found else {
        return Err(refused("the text is no workflow file".to_owned()));
    };
    let Some(resolved) = compilation.resolved() else {
        return Err(refused("there is no workflow to draw yet".to_owned()));
    };
    let (source, reports) = project.reports_of(open);
    let source = source.ok_or_else(|| refused("the text is no workflow file".to_owned()))?;
    let html = match params.changes {
        false => session::page::page(resolved, source, reports).map_err(refused)?,
        true => {
            let head = texts.head_of(open).map_err(|why| refused(why.to_owned()))?;
            let head =
                head.ok_or_else(|| refused("git keeps no version of this file".to_owned()))?;
            session::page::changes(head, source, compilation).map_err(refused)?
        }
    };
    let workflow = resolved.workflow();
    let title = workflow.name.as_ref().or(workflow.identifier.as_ref());
    Ok(Page {
        title: title.map_or_else(|| "workflow".to_owned(), |title| title.value.to_string()),
        html,
    })
}

/// Where a state is described: `{ textDocument, state }`.
pub enum PlaceRequest {}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceParams {
    text_document: TextDocumentIdentifier,
    /// Its name.
    state: String,
}

impl Request for PlaceRequest {
    type Params = PlaceParams;
    type Result = Option<Range>;
    const METHOD: LspRequestMethod<'static> = LspRequestMethod::Custom("statewright/place");
    const MESSAGE_DIRECTION: MessageDirection = MessageDirection::ClientToServer;
}

pub fn place(texts: &Session, params: PlaceParams) -> Answer<Option<Range>> {
    let asked = texts.asked(&params.text_document);
    Ok(asked.and_then(|asked| {
        let named = names::of(&asked.looked, Of::State, &params.state);
        let place = named.declared.first().or(named.all.first())?;
        Some(asked.places.range(*place))
    }))
}

/// The state that a position is about: `{ textDocument, position }`.
pub enum StateRequest {}

impl Request for StateRequest {
    type Params = TextDocumentPositionParams;
    type Result = Option<String>;
    const METHOD: LspRequestMethod<'static> = LspRequestMethod::Custom("statewright/state");
    const MESSAGE_DIRECTION: MessageDirection = MessageDirection::ClientToServer;
}

pub fn state(texts: &Session, at: TextDocumentPositionParams) -> Answer<Option<String>> {
    Ok(texts.asked_at(&at).and_then(|(asked, offset)| {
        let named = names::at(&asked.looked, offset);
        if let Some(named) = named.filter(|named| named.of == Of::State) {
            return Some(named.name);
        }
        let parts = asked.looked.parts().iter();
        let states = parts.flat_map(|part| &part.parts);
        let mut states = states.filter(|part| part.sort == outline::Sort::State);
        let holds = |part: &&outline::Part| part.whole.range().contains(&offset);
        states.find(holds).map(|part| part.name.clone())
    }))
}
