//! The tables of losses, held against what compiling keeps: the example that says everything is
//! compiled as it is and once more for each concept with that concept said otherwise. What the
//! product makes of the two, and what is reported of them, tells whether the concept arrives.

use serde_json::Value;
use statewright::diagnostic::{Code, Diagnostic, Diagnostics};
use statewright::graph::Resolved;
use statewright::language::{self, start, transition};
use statewright::model::{
    Asked, Category, From, Notes, OneOrMore, Role, StartTransition, State, Text, Transition,
    Workflow, decode,
};
use statewright::rules::Checked;
use statewright::source::{Source, SourceId, Spanned, Syntax};
use statewright::syntax;
use statewright::targets::losses::{CONCEPTS, Concept, Fate, NOT_OF_PRODUCTS};
use statewright::targets::{self, Target, lossy_targets, omitted_details};

/// The example that says everything that a file can say.
const EXAMPLE: &str = include_str!("../examples/everything.workflow.yaml");

/// Says a concept otherwise, or not at all.
fn vary(concept: Concept, w: &mut Workflow) {
    match concept {
        Concept::Name => w.name = None,
        Concept::Description => w.description = None,
        Concept::TicketTypes => w.applies_to = None,
        Concept::FirstStart => start_elsewhere(w),
        Concept::MoreStarts => w.start.truncate(1),
        Concept::StartNames => name_start(w),
        Concept::NewTicket => w.new_ticket = None,
        Concept::StateNames => rename(w),
        Concept::Draft => recategorize(w, Category::Draft, Category::Closed),
        Concept::Waiting => wait_once_more(w),
        Concept::Closed => recategorize(w, Category::Closed, Category::Open),
        Concept::Colors => states(w, |state| state.color = None),
        Concept::StateDescriptions => states(w, |state| state.description = None),
        Concept::NothingEditable => unlimit(w, true),
        Concept::SomeEditable => unlimit(w, false),
        Concept::Transitions => w.transitions.retain(|t| t.label() != "Reopen"),
        Concept::TransitionNames => w.transitions.iter_mut().for_each(|t| t.name = None),
        Concept::SelfTransitions => again(w, |t| t.to.clone_from(&first_from(t))),
        Concept::ParallelTransitions => again(w, |_| {}),
        Concept::OptionalNotes => drop_notes(w, Notes::Optional),
        Concept::RequiredNotes => drop_notes(w, Notes::Required),
        Concept::FormerIdentifiers => w.was = None,
        Concept::RoleDetails => roles(w, |role| (role.label, role.description) = (None, None)),
        Concept::WorkflowMeta => w.meta = None,
        Concept::FormerNames => states(w, |s| details(&mut s.details).was = None),
        Concept::StateLabels => states(w, |s| details(&mut s.details).label = None),
        Concept::StateMeta => states(w, |s| details(&mut s.details).meta = None),
        Concept::TransitionLabels => moves(w, |s| s.label = None, |t| t.label = None),
        Concept::TransitionDescriptions => {
            moves(w, |s| s.description = None, |t| t.description = None);
        }
        Concept::Who => moves(w, |s| s.who = None, |t| t.who = None),
        Concept::RequiredFields => drop_asked(w, Asked::Required),
        Concept::OptionalFields => drop_asked(w, Asked::Optional),
        Concept::Conditions => moves(w, |_| {}, |t| t.when = None),
        Concept::Automatic => moves(w, |_| {}, |t| t.automatic = None),
        Concept::Timers => moves(w, |_| {}, |t| t.after = None),
        Concept::Effects => moves(w, |s| s.does = None, |t| t.does = None),
        Concept::TransitionMeta => moves(w, |s| s.meta = None, |t| t.meta = None),
    }
}

fn states(workflow: &mut Workflow, vary: fn(&mut State)) {
    workflow.states.iter_mut().for_each(|state| vary(state));
}

fn roles(workflow: &mut Workflow, vary: fn(&mut Role)) {
    let roles = workflow.roles.iter_mut();
    roles.for_each(|roles| roles.value.iter_mut().for_each(vary));
}

fn details<T: Default>(details: &mut Option<Box<T>>) -> &mut T {
    details.get_or_insert_default()
}

/// Varies what starts and transitions say rarely.
fn moves(
    workflow: &mut Workflow,
    of_start: fn(&mut start::Details),
    of_transition: fn(&mut transition::Details),
) {
    let starts = workflow.start.iter_mut();
    let words = starts.filter_map(|start| start.transition.as_mut());
    words.for_each(|words| of_start(details(&mut words.details)));
    let transitions = workflow.transitions.iter_mut();
    transitions.for_each(|t| of_transition(details(&mut t.details)));
}

/// Asks no longer for these fields.
fn drop_asked(workflow: &mut Workflow, asked: Asked) {
    let starts = workflow.start.iter_mut();
    let words = starts.filter_map(|start| start.transition.as_mut());
    let of_starts = words.filter_map(|words| details(&mut words.details).asks.as_mut());
    let transitions = workflow.transitions.iter_mut();
    let of_transitions = transitions.filter_map(|t| details(&mut t.details).asks.as_mut());
    for asks in of_starts.chain(of_transitions) {
        asks.value.retain(|field| field.asked != asked);
    }
}

/// One start, with a way to it from the state that `start_elsewhere` begins in.
fn start_anywhere(workflow: &mut Workflow) {
    workflow.start.truncate(1);
    let first = workflow.start.first().map(|start| start.to.clone());
    let back = workflow.transitions.first().cloned();
    if let (Some(first), Some(mut back)) = (first, back) {
        back.from = back.to.take().map(|to| From::States(OneOrMore::One(to)));
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
        let mut words = StartTransition::new();
        words.name = Some(Spanned::new("Begin".into(), start.to.span));
        start.transition = Some(words);
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
            (transition.name, transition.notes, transition.details) = (None, None, None);
        }
        out.to = first_from(into);
        out.from = Some(From::States(OneOrMore::One(name.clone())));
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
    let rename = |text: &mut Text| {
        if text.value == OLD {
            text.value = "Review".into();
        }
    };
    workflow.states.iter_mut().for_each(|s| rename(&mut s.name));
    for transition in &mut workflow.transitions {
        transition.to.iter_mut().for_each(rename);
        if let Some(From::States(from)) = &mut transition.from {
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

fn first_from(transition: &Transition) -> Option<Text> {
    match &transition.from {
        Some(From::States(from)) => from.first().cloned(),
        _ => None,
    }
}

fn drop_notes(workflow: &mut Workflow, notes: Notes) {
    let of_starts = workflow
        .start
        .iter_mut()
        .filter_map(|s| s.transition.as_mut());
    for start in of_starts.filter(|start| start.notes() == notes) {
        start.notes = None;
    }
    let transitions = workflow.transitions.iter_mut();
    for transition in transitions.filter(|t| t.notes() == notes) {
        transition.notes = None;
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

fn compiled(mut workflow: Workflow, target: &'static Target) -> Compiled {
    // What stays true of the graph is no matter here.
    workflow.expect.clear();
    let mut out = Diagnostics::new();
    let resolved = Resolved::new(workflow);
    let blocks = targets::read_blocks(&resolved, &mut out);
    let checked = Checked::new(resolved, blocks).expect("whole");
    let json = target.default_document().of_one(&checked, &mut out);
    let place = targets::place_of(&checked, target.name);
    let reports = out.into_sorted();
    let of = |code: &Code| -> Vec<Diagnostic> {
        let those = reports.iter().filter(|d| d.code == code);
        those.cloned().collect()
    };
    let lossy = of(&lossy_targets::CODE);
    Compiled {
        json,
        whole: lossy.iter().any(|d| d.primary().span == place),
        lossy,
        omitted: of(&omitted_details::CODE),
    }
}

/// What becomes of a concept by what is compiled; `None` where it is dropped in silence.
fn fate(before: &Compiled, after: &Compiled) -> Option<Fate> {
    assert!(before.json.is_some() && after.json.is_some());
    if before.lossy != after.lossy {
        return Some(Fate::Changed);
    }
    if before.json != after.json {
        return Some(Fate::Kept);
    }
    (before.omitted != after.omitted || before.whole).then_some(Fate::LeftOut)
}

#[test]
fn the_tables_are_true() {
    let source = Source::new(SourceId(0), "everything", Syntax::Yaml, EXAMPLE);
    let mut out = Diagnostics::new();
    let mut document = syntax::read(&source, &mut out);
    let example = decode::workflow(
        &mut document,
        &source,
        &statewright::expect::PROMISES,
        &mut out,
    )
    .expect("a workflow");
    for target in targets::ALL {
        for (concept, name, _) in CONCEPTS {
            let mut before = example.clone();
            if *concept == Concept::FirstStart {
                start_anywhere(&mut before);
            }
            if *concept == Concept::MoreStarts {
                // What is said of the others would be gone with them.
                moves(
                    &mut before,
                    |start| *start = start::Details::default(),
                    |_| {},
                );
            }
            let mut after = before.clone();
            vary(*concept, &mut after);
            let found = fate(&compiled(before, target), &compiled(after, target));
            assert_eq!(
                found,
                Some(target.fate(*concept)),
                "{}: {name}",
                target.name
            );
        }
    }
}

/// A field that nobody thought of here would be lost without a word.
#[test]
fn every_field_of_the_language_can_be_lost_or_says_why_not() {
    let of_concepts = CONCEPTS.iter().flat_map(|(_, _, fields)| *fields).copied();
    let others = NOT_OF_PRODUCTS.iter().map(|(field, why)| {
        assert!(!why.is_empty(), "{field}");
        *field
    });
    let mut known: Vec<&str> = of_concepts.chain(others).collect();
    known.sort_unstable();
    let things = language::THINGS.iter();
    let fields = things.flat_map(|thing| {
        let names = thing.names.iter();
        names.map(move |name| format!("{}.{name}", thing.name))
    });
    let mut fields: Vec<String> = fields.collect();
    fields.sort_unstable();
    assert_eq!(known, fields);
}
