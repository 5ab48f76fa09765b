//! What each product keeps of what a workflow file can say, found out by compiling.
//!
//! The example that says everything is compiled as it is and once more for each concept with that
//! concept said otherwise. What the product makes of the two, and what is reported of them, tells
//! whether the concept arrives. Nothing here is written by hand but the ways to say it otherwise.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::Resolved;
use crate::model::{Category, Notes, StartTransition, State, Transition, Workflow, decode};
use crate::rules::Checked;
use crate::source::{Source, SourceId, Spanned, Syntax};
use crate::syntax;
use crate::targets::{self, Target, lossy_targets, omitted_details, places};

/// The example that says everything that a file can say.
const EXAMPLE: &str = include_str!("../examples/everything.workflow.yaml");

/// Something that a workflow file can say.
#[derive(Debug)]
pub struct Concept {
    /// What it is called, in the plural where there are several.
    pub name: &'static str,
    /// Says the rest so that nothing but this differs.
    said: fn(&mut Workflow),
    /// Says it otherwise, or not at all.
    vary: fn(&mut Workflow),
}

/// What becomes of a concept in a product's first document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there.
    Kept,
    /// It means something else there, or is missed: `lossy-targets` reports it.
    Changed,
    /// It is not there: `omitted-details` reports it, or `lossy-targets` with all of its kind.
    LeftOut,
    /// It is not there, and nothing reports it: a mistake in the target.
    Lost,
}

/// Every concept, in the order in which a file says them.
pub const CONCEPTS: &[Concept] = &[
    Concept {
        name: "name of the workflow",
        said: as_it_is,
        vary: |w| w.name = None,
    },
    Concept {
        name: "description of the workflow",
        said: as_it_is,
        vary: |w| w.description = None,
    },
    Concept {
        name: "ticket types (`applies-to`)",
        said: as_it_is,
        vary: |w| w.applies_to.clear(),
    },
    Concept {
        name: "first start state",
        said: start_anywhere,
        vary: start_elsewhere,
    },
    Concept {
        name: "more start states",
        said: as_it_is,
        vary: |w| w.start.truncate(1),
    },
    Concept {
        name: "names of starts",
        said: as_it_is,
        vary: name_start,
    },
    Concept {
        name: "editable before the first save",
        said: as_it_is,
        vary: |w| w.new_ticket = None,
    },
    Concept {
        name: "names of states",
        said: as_it_is,
        vary: rename,
    },
    Concept {
        name: "category `draft`",
        said: as_it_is,
        vary: |w| recategorize(w, Category::Draft, Category::Closed),
    },
    Concept {
        name: "category `waiting`",
        said: as_it_is,
        vary: wait_once_more,
    },
    Concept {
        name: "category `closed`",
        said: as_it_is,
        vary: |w| recategorize(w, Category::Closed, Category::Open),
    },
    Concept {
        name: "colours",
        said: as_it_is,
        vary: |w| states(w, |state| state.color = None),
    },
    Concept {
        name: "descriptions of states",
        said: as_it_is,
        vary: |w| states(w, |state| state.description = None),
    },
    Concept {
        name: "states without editable properties",
        said: as_it_is,
        vary: |w| unlimit(w, true),
    },
    Concept {
        name: "editable properties of states",
        said: as_it_is,
        vary: |w| unlimit(w, false),
    },
    Concept {
        name: "transitions",
        said: as_it_is,
        vary: |w| w.transitions.retain(|t| t.label() != "Reopen"),
    },
    Concept {
        name: "names of transitions",
        said: as_it_is,
        vary: |w| w.transitions.iter_mut().for_each(|t| t.name = None),
    },
    Concept {
        name: "transitions to the same state",
        said: as_it_is,
        vary: |w| again(w, |t| t.to.clone_from(&first_from(t))),
    },
    Concept {
        name: "several transitions between two states",
        said: as_it_is,
        vary: |w| again(w, |_| {}),
    },
    Concept {
        name: "optional notes",
        said: as_it_is,
        vary: |w| drop_notes(w, Notes::Optional),
    },
    Concept {
        name: "required notes",
        said: as_it_is,
        vary: |w| drop_notes(w, Notes::Required),
    },
];

fn states(workflow: &mut Workflow, vary: fn(&mut State)) {
    workflow.states.iter_mut().for_each(|state| vary(state));
}

fn as_it_is(_: &mut Workflow) {}

/// One start, with a way to it from the state that `start_elsewhere` begins in.
fn start_anywhere(workflow: &mut Workflow) {
    workflow.start.truncate(1);
    let first = workflow.start.first().map(|start| start.to.clone());
    let back = workflow.transitions.first().cloned();
    if let (Some(first), Some(mut back)) = (first, back) {
        back.from = back
            .to
            .take()
            .map(|to| crate::model::From::States(vec![to]));
        (back.name, back.to) = (None, Some(first));
        workflow.transitions.push(back);
    }
}

fn start_elsewhere(workflow: &mut Workflow) {
    let other = workflow.transitions.first().and_then(|t| t.to.clone());
    if let (Some(start), Some(other)) = (workflow.start.first_mut(), other) {
        start.to = other;
    }
}

/// Gives words to the first start, the one that every product with a start has.
fn name_start(workflow: &mut Workflow) {
    if let Some(start) = workflow.start.first_mut() {
        start.transition = Some(StartTransition {
            name: Some(Spanned::new("Begin".into(), start.to.span)),
            notes: Notes::None,
            notes_span: None,
        });
    }
}

fn recategorize(workflow: &mut Workflow, from: Category, to: Category) {
    for state in workflow.states.iter_mut().filter(|state| state.is(from)) {
        state.category = state.category.map(|c| Spanned::new(to, c.span));
    }
}

/// Lifts the restriction of the states that name no property, or of those that name some.
fn unlimit(workflow: &mut Workflow, nothing: bool) {
    for state in &mut workflow.states {
        state
            .editable
            .take_if(|editable| editable.value.is_empty() == nothing);
    }
}

/// One more state that waits; what a block may say of the others does not count for it.
fn wait_once_more(workflow: &mut Workflow) {
    const NAME: &str = "On Hold";
    let waiting = workflow.states.iter().find(|s| s.is(Category::Waiting));
    let Some(mut state) = waiting.cloned() else {
        return;
    };
    let name = Spanned::new(NAME.into(), state.name.span);
    let leads_to = |t: &Transition| t.to.as_ref().is_some_and(|to| to.value == state.name.value);
    let mut transitions = workflow.transitions.iter();
    let mut into = transitions.find(|t| leads_to(t)).cloned();
    let mut out = into.clone();
    if let (Some(into), Some(out)) = (&mut into, &mut out) {
        for transition in [&mut *into, &mut *out] {
            (transition.name, transition.notes) = (None, Notes::None);
        }
        out.to = first_from(into);
        out.from = Some(crate::model::From::States(vec![name.clone()]));
        into.to = Some(name.clone());
    }
    state.name = name;
    state.category = Some(Spanned::new(Category::Waiting, state.name.span));
    workflow.states.push(state);
    workflow.transitions.extend(into.into_iter().chain(out));
}

/// Gives another name to a state that no block names.
fn rename(workflow: &mut Workflow) {
    const OLD: &str = "Überprüfung";
    let rename = |text: &mut crate::model::Text| {
        if text.value == OLD {
            text.value = "Review".into();
        }
    };
    workflow.states.iter_mut().for_each(|s| rename(&mut s.name));
    for transition in &mut workflow.transitions {
        transition.to.iter_mut().for_each(rename);
        if let Some(crate::model::From::States(from)) = &mut transition.from {
            from.iter_mut().for_each(rename);
        }
    }
}

/// The first transition once more under another name, and in another way.
fn again(workflow: &mut Workflow, vary: fn(&mut Transition)) {
    let named = workflow.transitions.iter().find(|t| t.name.is_some());
    let Some(mut copy) = named.cloned() else {
        return;
    };
    if let Some(name) = &mut copy.name {
        name.value = "Once more".into();
    }
    vary(&mut copy);
    workflow.transitions.push(copy);
}

fn first_from(transition: &Transition) -> Option<crate::model::Text> {
    match &transition.from {
        Some(crate::model::From::States(from)) => from.first().cloned(),
        _ => None,
    }
}

fn drop_notes(workflow: &mut Workflow, notes: Notes) {
    let of_starts = workflow
        .start
        .iter_mut()
        .filter_map(|s| s.transition.as_mut());
    for start in of_starts.filter(|start| start.notes == notes) {
        (start.notes, start.notes_span) = (Notes::None, None);
    }
    let transitions = workflow.transitions.iter_mut();
    for transition in transitions.filter(|t| t.notes == notes) {
        (transition.notes, transition.notes_span) = (Notes::None, None);
    }
}

/// A workflow as one product has it.
struct Compiled {
    json: Option<Value>,
    lossy: Vec<Diagnostic>,
    omitted: Vec<Diagnostic>,
    /// A report about the product as a whole: it has no place for anything of some kind.
    whole: bool,
}

/// What becomes of each concept in a target's first document, in the order of [`CONCEPTS`].
pub fn fates(target: &Target) -> Vec<(&'static Concept, Fate)> {
    let Some(example) = example() else {
        return Vec::new();
    };
    let fate = |concept: &'static Concept| {
        let mut before = example.clone();
        (concept.said)(&mut before);
        let mut after = before.clone();
        (concept.vary)(&mut after);
        let fate = fate(&compiled(before, target), &compiled(after, target));
        (concept, fate)
    };
    CONCEPTS.iter().map(fate).collect()
}

fn fate(before: &Compiled, after: &Compiled) -> Fate {
    if before.lossy != after.lossy {
        return Fate::Changed;
    }
    if before.json != after.json {
        return Fate::Kept;
    }
    match before.omitted != after.omitted || before.whole {
        true => Fate::LeftOut,
        false => Fate::Lost,
    }
}

/// What `lossy-targets` reports of the example for a target, in the order of the file.
pub fn losses(target: &Target) -> Vec<Diagnostic> {
    let Some(checked) = example().and_then(check) else {
        return Vec::new();
    };
    let mut out = Diagnostics::new();
    target.default_document().of_one(&checked, &mut out);
    let mut reports = out.into_sorted();
    reports.retain(|d| *d.code == lossy_targets::CODE);
    reports
}

fn example() -> Option<Workflow> {
    let source = Source::new(SourceId(0), "everything", Syntax::Yaml, EXAMPLE);
    let mut out = Diagnostics::new();
    let mut document = syntax::read(&source, &mut out);
    decode::workflow(&mut document, &source, &mut out)
}

fn check(mut workflow: Workflow) -> Option<Checked> {
    // What stays true of the graph is no matter here.
    workflow.expect.clear();
    Checked::new(Resolved::new(workflow)).ok()
}

fn compiled(workflow: Workflow, target: &Target) -> Compiled {
    let mut out = Diagnostics::new();
    let checked = check(workflow);
    let json = checked
        .as_ref()
        .and_then(|checked| target.default_document().of_one(checked, &mut out));
    let place = checked.as_ref().map(|c| places::of_target(c, target.name));
    let reports = out.into_sorted();
    let of = |code: &Code| -> Vec<Diagnostic> {
        let those = reports.iter().filter(|d| d.code == code);
        those.cloned().collect()
    };
    let lossy = of(&lossy_targets::CODE);
    Compiled {
        json,
        whole: lossy.iter().any(|d| Some(d.primary().span) == place),
        lossy,
        omitted: of(&omitted_details::CODE),
    }
}

/// The table of concepts and targets, in Markdown.
pub fn table() -> String {
    let names: Vec<String> = targets::ALL
        .iter()
        .map(|t| format!("`{}`", t.name))
        .collect();
    let mut table = format!(
        "| | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    );
    let columns: Vec<_> = targets::ALL.iter().map(|target| fates(target)).collect();
    for (row, concept) in CONCEPTS.iter().enumerate() {
        let signs: Vec<&str> = columns
            .iter()
            .filter_map(|column| Some(column.get(row)?.1.sign()))
            .collect();
        table += &format!("| {} | {} |\n", concept.name, signs.join(" | "));
    }
    table
}

impl Fate {
    /// Its sign in the table.
    pub fn sign(self) -> &'static str {
        match self {
            Fate::Kept => "✓",
            Fate::Changed => "≈",
            Fate::LeftOut => "–",
            Fate::Lost => "!",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_dropped_in_silence() {
        for target in targets::ALL {
            let fates = fates(target);
            assert_eq!(fates.len(), CONCEPTS.len());
            for (concept, fate) in fates {
                assert_ne!(fate, Fate::Lost, "{}: {}", target.name, concept.name);
            }
        }
    }

    #[test]
    fn every_variation_of_the_example_compiles() {
        let example = example().expect("the example");
        for concept in CONCEPTS {
            let mut other = example.clone();
            (concept.said)(&mut other);
            (concept.vary)(&mut other);
            assert!(check(other.clone()).is_some(), "{}", concept.name);
            for target in targets::ALL {
                let compiled = compiled(other.clone(), target);
                assert!(compiled.json.is_some(), "{}: {}", target.name, concept.name);
            }
        }
    }
}
