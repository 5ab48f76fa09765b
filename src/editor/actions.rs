//! What may be done about reports and places: fixes, suppressions, new states and transitions.

use crate::compile::{Options, compile};
use crate::diagnostic::{Diagnostic, Edit};
use crate::fix;
use crate::line_diff;
use crate::node::{quoted, spelt};
use crate::silencing::{add, can_be_silenced};
use crate::source::{Source, Syntax};

use super::Looked;
use super::marks::{Of, What};
use super::outline::Part;

/// Something that may be done to a text.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it is called.
    pub title: String,
    /// Whether it may be done without a person looking at it.
    pub is_safe: bool,
    /// What is done, in order, no two edits on one place.
    pub edits: Vec<Edit>,
}

/// The fix of a report, if it has one.
pub fn fix(source: &Source, found: &Diagnostic) -> Option<Action> {
    let fix = found.fix.as_ref()?;
    let edits = fix::edits(source, fix)?;
    let help = found.help.as_deref().unwrap_or(found.code.summary);
    let doubt = if fix.safe { "" } else { " (look at it)" };
    Some(Action {
        title: format!("{}{doubt}", help.replace('`', "")),
        is_safe: fix.safe,
        edits,
    })
}

/// What [`silence`] is called, if a report can be silenced.
pub fn title_of_silence(found: &Diagnostic) -> Option<String> {
    let code = found.code.name;
    can_be_silenced(found).then(|| format!("silence {code} here, with a reason"))
}

/// A comment above its line that silences a report, if it can be silenced.
pub fn silence(source: &Source, options: &Options, found: &Diagnostic) -> Option<Action> {
    let title = title_of_silence(found)?;
    let still_told = |text: &Source| -> Vec<Diagnostic> {
        let mut all = compile(text, options).diagnostics;
        all.retain(|d| d.code == found.code && d.names == found.names);
        all
    };
    let added = add::suppressions(source, vec![found.clone()], still_told);
    let edit = difference(source, added.source.text())?;
    Some(Action {
        title,
        is_safe: false,
        edits: vec![edit],
    })
}

/// The one edit that makes `new` of the text; `None` where they are the same.
pub fn difference(source: &Source, new: &str) -> Option<Edit> {
    let old = source.text();
    if old == new {
        return None;
    }
    let before = old
        .bytes()
        .zip(new.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let mut start = before;
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let tails = old_rest.bytes().rev().zip(new_rest.bytes().rev());
    let mut same = tails.take_while(|(a, b)| a == b).count();
    while !old_rest.is_char_boundary(old_rest.len() - same)
        || !new_rest.is_char_boundary(new_rest.len() - same)
    {
        same -= 1;
    }
    Some(Edit {
        span: source.at(start..old.len() - same),
        text: new_rest[..new_rest.len() - same].to_owned(),
    })
}

/// The edits that make `new` of the text, in whole lines: what did not change stays where it is.
pub fn line_edits(source: &Source, new: &str) -> Vec<Edit> {
    let mut starts = vec![0];
    for line in line_diff::all(source.text()) {
        starts.push(starts[starts.len() - 1] + line.len());
    }
    let lines: Vec<&str> = line_diff::all(new).collect();
    let edit = |run: line_diff::Hunk| Edit {
        span: source.at(starts[run.before.start as usize]..starts[run.before.end as usize]),
        text: lines[run.after.start as usize..run.after.end as usize].concat(),
    };
    line_diff::runs(source.text(), new)
        .into_iter()
        .map(edit)
        .collect()
}

/// What [`fix_all`] is called.
pub const FIX_ALL: &str = "fix everything that is safe to fix";

/// Everything of a text that can be fixed without a person looking at it, at once.
pub fn fix_all(source: &Source, options: &Options) -> Option<Action> {
    let fixed = fix::apply(source, fix::Wanted::Safe, |text| compile(text, options));
    let edits = line_edits(source, fixed.source.text());
    (!edits.is_empty()).then(|| Action {
        title: FIX_ALL.to_owned(),
        is_safe: true,
        edits,
    })
}

/// A state for the name at a byte of the text that no state has.
pub fn declare(looked: &Looked, offset: usize) -> Option<Action> {
    let What::Named {
        of: Of::State,
        name,
        is_declared,
    } = &looked.mark(offset)?.what
    else {
        return None;
    };
    let states = part(looked, "states")?;
    if *is_declared || states.iter().any(|state| state.name == name.as_str()) {
        return None;
    }
    let last = states.last()?;
    let text = looked.source.text();
    let end = last.whole.range().end;
    let line_end = looked.source.line_end();
    let (at, text) = match looked.source.syntax() {
        Syntax::Toml => {
            let at = next_line(text, end);
            (
                at,
                format!(
                    "{line_end}[states.{}]{line_end}category = \"open\"{line_end}",
                    quoted(name)
                ),
            )
        }
        _ => {
            let start = last.place.range().start;
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let indent = &text[line..start];
            if !indent.trim().is_empty() {
                // Entries in braces.
                (end, format!(", {}: {{ category: open }}", spelt(name)))
            } else {
                let at = next_line(text, end);
                let entry = format!("{indent}{}: {{ category: open }}{line_end}", spelt(name));
                let missing = if text[..at].ends_with(['\n', '\r']) {
                    ""
                } else {
                    line_end
                };
                (at, format!("{missing}{entry}"))
            }
        }
    };
    Some(Action {
        title: format!("declare state {name}"),
        is_safe: false,
        edits: vec![Edit {
            span: looked.source.at(at..at),
            text,
        }],
    })
}

/// A transition from the state whose description is at a byte of the text: it leads nowhere yet.
pub fn lead_on(looked: &Looked, offset: usize) -> Option<Action> {
    let What::Named {
        of: Of::State,
        name,
        is_declared: true,
    } = &looked.mark(offset)?.what
    else {
        return None;
    };
    let source = looked.source;
    let text = source.text();
    let line_end = source.line_end();
    let last = part(looked, "transitions").and_then(<[Part]>::last);
    let before = |last: &Part| {
        let start = last.whole.range().start;
        &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start]
    };
    let after = |last: &Part| next_line(text, last.whole.range().end);
    let (at, written) = match (source.syntax(), last) {
        (Syntax::Toml, last) => {
            let is_table = |last: &Part| text[last.whole.range()].starts_with("[[");
            if !last.is_none_or(is_table) {
                return None;
            }
            let name = quoted(name);
            (
                last.map_or(text.len(), after),
                format!(
                    "{line_end}[[transitions]]{line_end}from = {name}{line_end}to = \"\"{line_end}"
                ),
            )
        }
        (_, last) => {
            let last = last?;
            let before = before(last);
            let dash = before
                .find('-')
                .filter(|at| before[..*at].trim().is_empty())?;
            let at = after(last);
            let missing = if text[..at].ends_with(['\n', '\r']) {
                ""
            } else {
                line_end
            };
            let entry = format!(
                "{}- {{ from: {}, to: }}{line_end}",
                &before[..dash],
                spelt(name)
            );
            (at, format!("{missing}{entry}"))
        }
    };
    Some(Action {
        title: format!("add a transition from {name}"),
        is_safe: false,
        edits: vec![Edit {
            span: source.at(at..at),
            text: written,
        }],
    })
}

/// The parts of a field of the workflow.
fn part<'s>(looked: &Looked<'s>, field: &str) -> Option<&'s [Part]> {
    let mut fields = looked.parts().iter();
    Some(&fields.find(|part| part.name == field)?.parts)
}

/// The start of the line after the one that holds a byte.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
