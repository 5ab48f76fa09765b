//! What a word of a text means, as Markdown.

use crate::compile;
use crate::graph::{Resolved, StateId};
use crate::language::Field;
use crate::language::words::{Category, Vocabulary};
use crate::source::{Span, Syntax};
use crate::suggest::phrase_up_to;
use crate::targets;
use crate::why::{self, Question, Route};

use super::Looked;
use super::marks::{Of, What};

/// What is told of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The word.
    pub span: Span,
    /// What it means, as Markdown.
    pub markdown: String,
}

/// So many states are named.
const MOST_NAMES: usize = 8;

/// What there is to tell of what stands at a byte of the text.
pub fn at(looked: &Looked, offset: usize) -> Option<Told> {
    if let Some(told) = code(looked, offset) {
        return Some(told);
    }
    let mark = looked.mark(offset)?;
    let resolved = looked.compilation.resolved();
    let markdown = match &mark.what {
        What::Field(field) => of_field(field),
        What::Word { words, index } => {
            let (word, about) = words.all[*index];
            format!("`{word}`: {about}\n\n{}", words.about)
        }
        What::Named { of, name, .. } => {
            let resolved = resolved?;
            match of {
                Of::State => of_state(resolved, resolved.find(name)?),
                Of::Role => of_role(resolved, name),
            }
        }
        What::Every => every(resolved?, mark.span)?,
        What::Target(name) => {
            let target = targets::find(name)?;
            let documents = target.documents.iter().map(|document| {
                format!("- `{}:{}`: {}", target.name, document.name, document.about)
            });
            let documents: Vec<String> = documents.collect();
            format!("**{}**\n\n{}", target.title, documents.join("\n"))
        }
        What::Name => return None,
    };
    Some(Told {
        span: mark.span,
        markdown,
    })
}

/// What the language says of a field.
pub fn of_field(field: &Field) -> String {
    let absent = match field.is_required() {
        true => " Required.".to_owned(),
        false => field
            .without()
            .map_or_else(String::new, |text| format!(" {text}")),
    };
    let (name, about, kind) = (field.name, field.about, field.kind.phrase());
    format!(
        "`{name}`: {kind}\n\n{about}{absent}\n\nFor example: `{}`",
        field.example
    )
}

/// The page of a code that a comment names.
fn code(looked: &Looked, offset: usize) -> Option<Told> {
    let source = looked.source;
    if source.syntax() == Syntax::Json {
        return None;
    }
    let text = source.text();
    let line = source.line_range(source.position(offset as u32).line);
    let before = text.get(line.start..offset.min(line.end))?;
    before[before.find('#')?..]
        .contains("statewright:")
        .then_some(())?;
    let is_of_code = |c: char| c.is_ascii_lowercase() || c == '-';
    let start = before.rfind(|c| !is_of_code(c)).map_or(0, |at| at + 1) + line.start;
    let end = text[offset..line.end]
        .find(|c| !is_of_code(c))
        .map_or(line.end, |at| offset + at);
    let code = compile::code(text.get(start..end)?)?;
    Some(Told {
        span: source.at(start..end),
        markdown: code.page.to_owned(),
    })
}

/// A state: what it is, and how tickets come and go.
fn of_state(resolved: &Resolved, id: StateId) -> String {
    let state = resolved.state(id);
    let mut lines = vec![format!("**{}**", plain(resolved.name(id)))];
    if let Some(category) = state.category {
        let word = category.value.word();
        let mut words = Category::ALL.all.iter();
        let about = words
            .find(|(name, _)| *name == word)
            .map(|(_, about)| about);
        lines.extend(about.map(|about| format!("`{word}`: {about}")));
    }
    if let Some(description) = &state.description {
        lines.push(plain(&description.value));
    }
    let ways = |moves: Vec<(String, String)>, verb: &str| -> String {
        let all: Vec<String> = moves
            .iter()
            .map(|(name, other)| format!("- {} {verb} {}", plain(name), plain(other)))
            .collect();
        let shown = all
            .iter()
            .take(MOST_NAMES)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n");
        match all.len() > MOST_NAMES {
            true => format!("{shown}\n- and {} more", all.len() - MOST_NAMES),
            false => shown,
        }
    };
    let (ins, outs) = (ways_in(resolved, id), ways_out(resolved, id));
    let begins = resolved.start_states().contains(&id);
    lines.push(match (ins.is_empty(), begins) {
        (true, true) => "Tickets begin here; no transition leads here.".to_owned(),
        (true, false) => "No transition leads here.".to_owned(),
        (false, begins) => {
            let also = if begins { "Tickets begin here. " } else { "" };
            format!("{also}Ways in:\n\n{}", ways(ins, "from"))
        }
    });
    lines.push(match (outs.is_empty(), state.is_final()) {
        (true, true) => "Final: no transition leaves it.".to_owned(),
        (true, false) => "No transition leaves it.".to_owned(),
        _ => format!("Ways out:\n\n{}", ways(outs, "to")),
    });
    lines.extend(reached(resolved, id));
    lines.join("\n\n")
}

/// A role: which transitions it may make.
fn of_role(resolved: &Resolved, name: &str) -> String {
    let mut lines = vec![format!("**{}**", plain(name))];
    let workflow = resolved.workflow();
    let mut roles = workflow.roles.iter().flat_map(|roles| &roles.value);
    let role = roles.find(|role| role.name.value == name);
    let about = role.and_then(|role| role.description.as_ref());
    lines.extend(about.map(|about| plain(&about.value)));
    let may = |transition: &&crate::model::Transition| {
        transition
            .who()
            .is_some_and(|who| who.iter().any(|who| who.value == name))
    };
    let transitions = workflow.transitions.iter().map(|transition| &**transition);
    let names: Vec<&str> = transitions
        .filter(may)
        .map(|transition| transition.label())
        .collect();
    lines.push(match names.is_empty() {
        true => "No transition names it.".to_owned(),
        false => format!("May make {}.", phrase_up_to(&names, MOST_NAMES)),
    });
    lines.join("\n\n")
}

fn reached(resolved: &Resolved, id: StateId) -> Option<String> {
    if resolved.start_states().contains(&id) || resolved.start_states().is_empty() {
        return None;
    }
    let question = Question {
        from: Vec::new(),
        to: id,
    };
    let answer = why::answer(resolved, &question);
    match answer.route {
        Route::Walks { shortest, .. } => {
            let names = resolved.names(shortest.first()?);
            let names: Vec<String> = names.into_iter().map(plain).collect();
            Some(format!("Shortest walk: {}", names.join(" → ")))
        }
        Route::Nothing { .. } if answer.unsure => None,
        Route::Nothing { .. } => Some("Tickets never come here.".to_owned()),
    }
}

/// The moves into a state, each with its name and where it begins.
pub fn ways_in(resolved: &Resolved, id: StateId) -> Vec<(String, String)> {
    let moves = resolved.moves_to(id);
    let way = |step: &crate::graph::Move| {
        let from = resolved.meant(step.from)?;
        Some((label(resolved, step), resolved.name(from).to_owned()))
    };
    moves.filter_map(way).collect()
}

/// The moves out of a state, each with its name and where it leads.
pub fn ways_out(resolved: &Resolved, id: StateId) -> Vec<(String, String)> {
    let moves = resolved.moves_from(id);
    let way = |step: &crate::graph::Move| {
        let to = resolved.meant(step.to)?;
        Some((label(resolved, step), resolved.name(to).to_owned()))
    };
    moves.filter_map(way).collect()
}

fn label(resolved: &Resolved, step: &crate::graph::Move) -> String {
    resolved.workflow().transitions[step.transition]
        .label()
        .to_owned()
}

/// The states that the `"*"` written at `span` stands for.
fn every(resolved: &Resolved, span: Span) -> Option<String> {
    let names = states_of_every(resolved, span);
    let names: Vec<&str> = names.into_iter().map(|id| resolved.name(id)).collect();
    match names.len() {
        0 => None,
        1 => Some(format!("One state: {}", phrase_up_to(&names, MOST_NAMES))),
        many => Some(format!(
            "{many} states: {}",
            phrase_up_to(&names, MOST_NAMES)
        )),
    }
}

/// The states from which the `"*"` written at `span` makes moves.
pub fn states_of_every(resolved: &Resolved, span: Span) -> Vec<StateId> {
    let moves = resolved.moves().iter();
    let of_it = moves.filter(|step| step.every && step.from_span == span);
    of_it.filter_map(|step| resolved.meant(step.from)).collect()
}

/// Text that Markdown shows as it is.
fn plain(text: &str) -> String {
    let special = |c: char| {
        c.is_ascii_punctuation() && !matches!(c, ',' | '.' | '\'' | '(' | ')' | '-' | '/')
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_control() => out.push(' '),
            c if special(c) => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
