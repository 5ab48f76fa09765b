//! An answer for people.

use super::{Answer, Route};
use crate::graph::{Resolved, StateId};
use crate::model::{Category, State, Text, telling};
use crate::report::in_line;
use crate::suggest;

/// The answer in plain lines, the last one ended.
pub fn write(resolved: &Resolved, answer: &Answer) -> String {
    let mut lines = match &answer.route {
        Route::Walks {
            shortest,
            count,
            always,
        } => found(resolved, answer, shortest, *count, always),
        Route::Nothing {
            reached,
            ends,
            leading,
        } => not_found(resolved, answer, reached, ends, leading),
    };
    if answer.unsure {
        lines.push(String::new());
        let note = "note: the file has mistakes, and walks may be missing here; see `check`";
        lines.push(note.to_owned());
    }
    lines.iter().map(|line| in_line(line) + "\n").collect()
}

/// What the category does to the service clock.
pub(super) fn clock(state: &State) -> &'static str {
    match state.category.map(|c| c.value) {
        Some(Category::Draft) => "the clock has not started",
        Some(Category::Open) => "the clock runs",
        Some(Category::Waiting) => "the clock is paused",
        Some(Category::Closed) => "the clock is stopped",
        None => "its category is missing",
    }
}

/// "from `New` to `Closed`".
fn ends(resolved: &Resolved, answer: &Answer) -> String {
    let to = resolved.name(answer.to);
    let from = any_of(resolved, &answer.from);
    match (answer.created, answer.from.len()) {
        (true, 0) => format!("to `{to}`"),
        (true, 1) => format!("from the start state {from} to `{to}`"),
        (true, _) => format!("from the start states {from} to `{to}`"),
        (false, 1) if answer.from[0] == answer.to => format!("from `{to}` back to `{to}`"),
        (false, _) => format!("from {from} to `{to}`"),
    }
}

fn any_of(resolved: &Resolved, ids: &[StateId]) -> String {
    suggest::phrase_up_to(&resolved.names(ids), MOST_NAMES)
}

const MOST_NAMES: usize = 8;

fn found(
    resolved: &Resolved,
    answer: &Answer,
    shortest: &[Vec<StateId>],
    count: u64,
    always: &[StateId],
) -> Vec<String> {
    let steps = shortest[0].len() - 1;
    if steps == 0 {
        let mut lines = vec![format!("tickets begin in `{}`", resolved.name(answer.to))];
        lines.push(String::new());
        lines.extend(walk(resolved, answer, &shortest[0]));
        return lines;
    }
    let steps = match steps {
        1 => "1 step".to_owned(),
        n => format!("{n} steps"),
    };
    let several = match count {
        1 => String::new(),
        u64::MAX => format!("; {} of more walks than can be counted", shortest.len()),
        n if n > shortest.len() as u64 => format!("; {} of {n} walks", shortest.len()),
        n => format!("; {n} walks"),
    };
    let mut lines = vec![format!(
        "shortest walk {}: {steps}{several}",
        ends(resolved, answer)
    )];
    for states in shortest {
        lines.push(String::new());
        lines.extend(walk(resolved, answer, states));
    }
    if shortest[0].len() > 2 {
        lines.push(String::new());
        lines.push(match always.is_empty() {
            true => "no state between them is passed by every walk".to_owned(),
            false => format!("every walk passes {}", any_of(resolved, always)),
        });
    }
    lines
}

/// One walk: a state a line with its clock and what may be edited, and between two of them what
/// the transition is called and asks for.
fn walk(resolved: &Resolved, answer: &Answer, states: &[StateId]) -> Vec<String> {
    let mut lines = Vec::new();
    if answer.created {
        lines.extend(creation(resolved, states[0]));
    }
    let width = |id: &StateId| resolved.name(*id).chars().count();
    let widest = states.iter().map(width).max().unwrap_or(0);
    for (at, id) in states.iter().enumerate() {
        if let Some(before) = at.checked_sub(1) {
            lines.extend(steps(resolved, states[before], *id));
        }
        let state = resolved.state(*id);
        let gap = " ".repeat(widest - width(id));
        let edit = match &state.editable {
            None => String::new(),
            Some(fields) => format!("; may be edited: {}", fields_of(&fields.value)),
        };
        lines.push(format!(
            "  `{}`{gap}  {}{edit}",
            resolved.name(*id),
            clock(state)
        ));
    }
    lines
}

/// How a ticket is created in a state, where something is said of it.
fn creation(resolved: &Resolved, id: StateId) -> Vec<String> {
    let workflow = resolved.workflow();
    let mut lines = Vec::new();
    for (start, place) in workflow.start.iter().zip(resolved.starts()) {
        if resolved.meant(place.value) == Some(id)
            && let Some(words) = &start.transition
        {
            let name = words.name.as_ref().unwrap_or(&start.to);
            let said = joined(telling::of_start(words));
            lines.push(format!("  ↓ `{}`{said}", name.value));
            lines.extend(described(words.details().description.as_ref()));
        }
    }
    let editable = workflow.new_ticket.as_ref();
    if let Some(fields) = editable.and_then(|n| n.editable.as_ref()) {
        lines.push(format!(
            "  before the first save may be edited: {}",
            fields_of(&fields.value)
        ));
    }
    lines
}

/// The transitions between two states, any of which will do.
fn steps(resolved: &Resolved, from: StateId, to: StateId) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for step in resolved.moves_between(from, to) {
        let transition = resolved.transition(step);
        let or = if lines.is_empty() { "↓" } else { "or" };
        let said = joined(telling::of_transition(
            transition,
            Some(resolved.name(from)),
        ));
        lines.push(format!("  {or} `{}`{said}", transition.label()));
        lines.extend(described(transition.details().description.as_ref()));
    }
    lines
}

/// What its author says of a transition, below its name.
fn described(description: Option<&Text>) -> Option<String> {
    description.map(|text| format!("      {}", text.value))
}

/// What is said of a transition, after its name.
fn joined(said: Vec<String>) -> String {
    match said.is_empty() {
        true => String::new(),
        false => format!(", {}", said.join("; ")),
    }
}

fn fields_of(fields: &[Text]) -> String {
    let names: Vec<&str> = fields.iter().map(|f| f.value.as_str()).collect();
    match names.is_empty() {
        true => "nothing".to_owned(),
        false => names.join(", "),
    }
}

fn not_found(
    resolved: &Resolved,
    answer: &Answer,
    reached: &[StateId],
    ends_in: &[StateId],
    leading: &[StateId],
) -> Vec<String> {
    let to = resolved.name(answer.to);
    let mut lines = vec![format!("no walk leads {}", ends(resolved, answer))];
    lines.push(String::new());
    if answer.from.is_empty() {
        lines.push("  the workflow has no start state".to_owned());
    } else if reached.is_empty() {
        let from = any_of(resolved, &answer.from);
        lines.push(format!("  from {from}, tickets can reach no other state"));
    } else {
        let from = any_of(resolved, &answer.from);
        let reached = any_of(resolved, reached);
        lines.push(format!("  from {from}, tickets can reach {reached}"));
    }
    if !ends_in.is_empty() && !reached.is_empty() {
        lines.push(format!(
            "  they end in {} and leave {} no more",
            any_of(resolved, ends_in),
            if ends_in.len() == 1 { "it" } else { "them" }
        ));
    }
    lines.push(match leading.is_empty() {
        true => format!("  no other state leads to `{to}`"),
        false => {
            let verb = if leading.len() == 1 { "leads" } else { "lead" };
            format!("  {} {verb} to `{to}`", any_of(resolved, leading))
        }
    });
    lines.push(String::new());
    let goal = match leading.is_empty() {
        true => format!("`{to}`"),
        false => format!("`{to}`, or to a state that leads there,"),
    };
    lines.push(match answer.from.is_empty() {
        true => "help: add `start` with the state in which tickets begin".to_owned(),
        false => format!("help: add a transition to {goal} from a state that tickets can reach"),
    });
    lines
}
