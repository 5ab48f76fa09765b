//! `overlapping-assignments`: a ticket type that has several workflows.

use crate::hashing::HashMap;

use super::{Outline, Rule, told_apart};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::model::Text;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "overlapping-assignments",
    since: "0.1.0",
    group: Group::Projects,
    level: Level::Deny,
    summary: "two workflows that apply to one ticket type",
    page: include_str!("overlapping_assignments.md"),
};

/// Compares what stands under `applies-to`.
pub const RULE: Rule = Rule {
    code: &CODE,
    check,
    names_workflows: true,
};

fn check(workflows: &[&Outline], out: &mut Diagnostics) {
    for overlap in overlaps(&told_apart(workflows)) {
        out.push(report(&overlap));
    }
}

/// Ticket types that all have the same several workflows.
struct Overlap<'w> {
    /// The identifiers, in the order of the files.
    workflows: Vec<&'w Text>,
    /// For each type, where each of the workflows names it, in the order of `workflows`.
    types: Vec<Vec<&'w Text>>,
}

fn overlaps<'w>(workflows: &[(&'w Text, &'w Outline)]) -> Vec<Overlap<'w>> {
    let mut at: HashMap<&str, usize> = HashMap::default();
    // For each ticket type, the workflows that name it and where, each workflow once.
    let mut types: Vec<Vec<(usize, &Text)>> = Vec::new();
    for (number, (_, workflow)) in workflows.iter().enumerate() {
        for name in &workflow.applies_to {
            let index = *at.entry(&name.value).or_insert(types.len());
            match types.get_mut(index) {
                None => types.push(vec![(number, name)]),
                Some(named) if named.last().is_some_and(|(last, _)| *last == number) => {}
                Some(named) => named.push((number, name)),
            }
        }
    }
    let mut found: Vec<Overlap> = Vec::new();
    let mut by_workflows: HashMap<Vec<usize>, usize> = HashMap::default();
    for named in types.into_iter().filter(|named| named.len() > 1) {
        let numbers: Vec<usize> = named.iter().map(|(number, _)| *number).collect();
        let names = named.iter().map(|(_, name)| *name).collect();
        let owners = numbers.iter().map(|number| workflows[*number].0).collect();
        let index = *by_workflows.entry(numbers).or_insert(found.len());
        match found.get_mut(index) {
            Some(overlap) => overlap.types.push(names),
            None => found.push(Overlap {
                workflows: owners,
                types: vec![names],
            }),
        }
    }
    found
}

fn report(overlap: &Overlap) -> Diagnostic {
    let owners: Vec<&str> = overlap.workflows.iter().map(|w| w.value.as_str()).collect();
    let types: Vec<&str> = overlap.types.iter().map(|t| t[0].value.as_str()).collect();
    let (all, one, each) = match owners.len() {
        2 => ("both", "one of the two workflows", "either workflow"),
        _ => (
            "all",
            "all but one of the workflows",
            "any of the workflows",
        ),
    };
    let named = suggest::phrase_up_to(&types, 3);
    let first = &overlap.types[0];
    let report = Diagnostic::new(
        &CODE,
        format!(
            "workflows {} {all} apply to {named}",
            suggest::phrase_up_to(&owners, 3)
        ),
        first[1].span,
        format!("workflow `{}` applies to it, too", owners[1]),
    )
    .label(
        first[0].span,
        format!("workflow `{}` applies to `{}`", owners[0], types[0]),
    );
    let others = overlap.types.iter().enumerate().flat_map(|(at, places)| {
        let skip = if at == 0 { 2 } else { 0 };
        places.iter().skip(skip)
    });
    let places = others.map(|place| place.span);
    let report = report.each(places, MOST_LABELS, "and here");
    let kind = if types.len() == 1 { "type" } else { "types" };
    report
        .help(format!("delete {named} from `applies-to` of {one}"))
        .note(format!("a ticket of the {kind} could follow {each}"))
}

const MOST_LABELS: usize = 8;
