//! What may be done at a place, and what it comes to once it is chosen.

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, TextDocumentIdentifier, Uri,
};
use serde::{Deserialize, Serialize};
use statewright::diagnostic::Diagnostic;
use statewright::editor::actions::{self, Action};

use super::answers::Places;
use super::project::{Open, Project};
use super::requests::{Answer, CONTENT_MODIFIED, REQUEST_FAILED, Refusal, changes};
use super::session::Session;

/// The kind of all safe fixes at once.
pub const FIX_ALL: &str = "source.fixAll.statewright";

/// What is done by something whose edits cost a compilation or more. They are made when it is chosen,
/// where the editor asks for them then.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Costly {
    /// Silences the report of this number.
    Silence(usize),
    /// Fixes everything that is safe to fix.
    FixAll,
}

/// What an editor sends back of something that it was told of without its edits.
#[derive(Serialize, Deserialize)]
struct Chosen {
    uri: Uri,
    version: i32,
    what: Costly,
}

pub fn code_actions(
    session: &Session,
    params: CodeActionParams,
) -> Answer<Option<Vec<CodeActionResponse>>> {
    let Some(text) = Text::of(session, &params.text_document) else {
        return Ok(None);
    };
    let asked = session.asked(&params.text_document);
    let only = params.context.only.unwrap_or_default();
    let only: Vec<String> = only.iter().map(name).collect();
    let wants = |kind: &str| {
        let is_of = |only: &String| {
            let rest = kind.strip_prefix(only.as_str());
            rest.is_some_and(|rest| only.is_empty() || rest.is_empty() || rest.starts_with('.'))
        };
        only.is_empty() || only.iter().any(is_of)
    };
    let bytes = text.places.bytes(params.range);
    let line = |at: usize| text.places.source.position(at as u32).line;
    let near = |found: &Diagnostic| {
        let at = found.primary().span.range();
        line(at.start) <= line(bytes.end) && line(bytes.start) <= line(at.end)
    };
    let mut answers: Vec<CodeAction> = Vec::new();
    if wants("quickfix") {
        let quick = || CodeActionKind::QuickFix;
        let numbered = text.reports.iter().enumerate();
        for (number, found) in numbered.filter(|(_, found)| near(found)) {
            let fix = actions::fix(text.places.source, found);
            answers.extend(fix.map(|fix| CodeAction {
                diagnostics: session.told(found).map(|told| vec![told]),
                ..text.action(fix, quick())
            }));
            let silence = Costly::Silence(number);
            answers.extend(text.costly(silence, quick()).map(|action| CodeAction {
                diagnostics: session.told(found).map(|told| vec![told]),
                ..action
            }));
        }
        let asked = asked.as_ref();
        let declare = asked.and_then(|asked| actions::declare(&asked.looked, bytes.start));
        answers.extend(declare.map(|action| text.action(action, quick())));
    }
    if wants("refactor") {
        let asked = asked.as_ref();
        let lead_on = asked.and_then(|asked| actions::lead_on(&asked.looked, bytes.start));
        answers.extend(lead_on.map(|action| text.action(action, CodeActionKind::Refactor)));
    }
    if wants(FIX_ALL) {
        answers.extend(text.costly(Costly::FixAll, CodeActionKind::Custom(FIX_ALL.into())));
    }
    Ok(Some(answers.into_iter().map(Into::into).collect()))
}

/// The edits of something that an editor was told of without them.
pub fn resolve(session: &Session, mut action: CodeAction) -> Answer<CodeAction> {
    let refused = |number, why: &str| Refusal(number, why.to_owned());
    let Some(data) = action.data.take() else {
        return Ok(action);
    };
    let chosen: Chosen = serde_json::from_value(data)
        .map_err(|_| refused(REQUEST_FAILED, "the action is none that was offered"))?;
    let document = TextDocumentIdentifier { uri: chosen.uri };
    let text = Text::of(session, &document).filter(|text| text.open.version == chosen.version);
    let Some(text) = text else {
        return Err(refused(CONTENT_MODIFIED, "the text has changed since"));
    };
    let done = text.done(chosen.what);
    let done = done.ok_or_else(|| refused(REQUEST_FAILED, "nothing of the text would change"))?;
    action.edit = text.action(done, CodeActionKind::Empty).edit;
    Ok(action)
}

/// A text that is open, and what is reported of it.
struct Text<'a> {
    session: &'a Session<'a>,
    project: &'a Project<'a>,
    open: &'a Open,
    places: Places<'a>,
    reports: &'a [Diagnostic],
}

impl<'a> Text<'a> {
    fn of(session: &'a Session<'a>, document: &TextDocumentIdentifier) -> Option<Self> {
        let open = session.open.get(&document.uri.0)?;
        let project = session.project()?;
        let (source, reports) = project.reports_of(open);
        let places = Places {
            source: source?,
            encoding: session.encoding,
        };
        Some(Text {
            session,
            project,
            open,
            places,
            reports,
        })
    }

    fn action(&self, action: Action, kind: CodeActionKind) -> CodeAction {
        let edits = action.edits.iter().map(|edit| self.places.edit(edit));
        CodeAction {
            kind: Some(kind),
            is_preferred: action.is_safe.then_some(true),
            edit: Some(changes(self.open, edits.collect())),
            title: action.title,
            ..CodeAction::default()
        }
    }

    /// Something costly, without its edits where the editor asks for them once it is chosen.
    fn costly(&self, what: Costly, kind: CodeActionKind) -> Option<CodeAction> {
        self.project.options_of(self.open)?;
        let title = match what {
            Costly::Silence(number) => actions::title_of_silence(self.reports.get(number)?)?,
            Costly::FixAll => {
                // Editors ask at every move of the cursor, and nearly always there is nothing to fix.
                let is_safe = |found: &Diagnostic| found.fix.as_ref().is_some_and(|fix| fix.safe);
                self.reports.iter().find(|found| is_safe(found))?;
                actions::FIX_ALL.to_owned()
            }
        };
        if !self.session.resolves {
            return Some(self.action(self.done(what)?, kind));
        }
        let chosen = Chosen {
            uri: Uri(self.open.uri.clone()),
            version: self.open.version,
            what,
        };
        Some(CodeAction {
            kind: Some(kind),
            is_preferred: matches!(what, Costly::FixAll).then_some(true),
            data: Some(serde_json::to_value(chosen).ok()?),
            title,
            ..CodeAction::default()
        })
    }

    fn done(&self, what: Costly) -> Option<Action> {
        let (source, options) = (self.places.source, self.project.options_of(self.open)?);
        match what {
            Costly::Silence(number) => actions::silence(source, options, self.reports.get(number)?),
            Costly::FixAll => actions::fix_all(source, options),
        }
    }
}

fn name(kind: &CodeActionKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
