//! `conflicting-categories`: one name of a state, two meanings for the clock.

use crate::hashing::HashMap;

use super::{Outline, Rule, told_apart};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::model::{Category, Text};
use crate::source::Spanned;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "conflicting-categories",
    since: "0.1.0",
    group: Group::Projects,
    level: Level::Warn,
    summary: "one state name of different categories in two workflows",
    page: include_str!("conflicting_categories.md"),
};

/// Compares the categories of states of one name.
pub const RULE: Rule = Rule {
    code: &CODE,
    check,
    names_workflows: true,
};

fn check(workflows: &[&Outline], out: &mut Diagnostics) {
    for namesakes in namesakes(&told_apart(workflows)) {
        let camps = camps(&namesakes);
        if camps.len() > 1 {
            out.push(report(&namesakes, &camps));
        }
    }
}

/// A state of a workflow.
struct Namesake<'w> {
    workflow: &'w Text,
    name: &'w str,
    category: Spanned<Category>,
}

/// The states of each name, in the order of the files.
fn namesakes<'w>(workflows: &[(&'w Text, &'w Outline)]) -> Vec<Vec<Namesake<'w>>> {
    let mut at: HashMap<&str, usize> = HashMap::default();
    let mut found: Vec<Vec<Namesake>> = Vec::new();
    for (workflow, states) in workflows.iter().map(|(id, w)| (*id, &w.states)) {
        for (name, category) in states {
            // One without a category is reported already.
            let Some(category) = *category else {
                continue;
            };
            let name = name.value.as_str();
            let namesake = Namesake {
                workflow,
                name,
                category,
            };
            let index = *at.entry(name).or_insert(found.len());
            match found.get_mut(index) {
                Some(others) => others.push(namesake),
                None => found.push(vec![namesake]),
            }
        }
    }
    found
}

/// The states that agree on a category, as positions among the namesakes: the largest camp first,
/// of equally large ones the one whose first file comes first.
fn camps(namesakes: &[Namesake]) -> Vec<Vec<usize>> {
    let mut camps: Vec<Vec<usize>> = Vec::new();
    for (at, namesake) in namesakes.iter().enumerate() {
        let agrees =
            |camp: &&mut Vec<usize>| namesakes[camp[0]].category.value == namesake.category.value;
        match camps.iter_mut().find(agrees) {
            Some(camp) => camp.push(at),
            None => camps.push(vec![at]),
        }
    }
    camps.sort_by_key(|camp| std::cmp::Reverse(camp.len()));
    camps
}

fn report(namesakes: &[Namesake], camps: &[Vec<usize>]) -> Diagnostic {
    let word = |camp: &[usize]| namesakes[camp[0]].category.value.word();
    let owners = |camp: &[usize]| {
        let names: Vec<&str> = camp
            .iter()
            .map(|at| namesakes[*at].workflow.value.as_str())
            .collect();
        suggest::phrase_up_to(&names, 2)
    };
    let said = |camp: &Vec<usize>| format!("`{}` in {}", word(camp), owners(camp));
    let others: Vec<String> = camps[1..].iter().map(said).collect();
    let name = namesakes[0].name;
    let odd = &namesakes[camps[1][0]];
    let here = |at: usize| {
        let one = &namesakes[at];
        format!(
            "`{}` in `{}`",
            one.category.value.word(),
            one.workflow.value
        )
    };
    let mut report = Diagnostic::new(
        &CODE,
        format!(
            "state `{name}` is {}, but {}",
            said(&camps[0]),
            others.join(" and ")
        ),
        odd.category.span,
        here(camps[1][0]),
    )
    .label(namesakes[camps[0][0]].category.span, here(camps[0][0]));
    let odd_ones = camps[1..].iter().flatten().skip(1);
    let mut others = odd_ones.chain(&camps[0][1..]);
    for at in others.by_ref().take(MOST_LABELS) {
        report = report.label(namesakes[*at].category.span, here(*at));
    }
    let places = others.map(|at| namesakes[*at].category.span);
    let report = report.each(places, 0, "and here");
    let settled = camps.len() == 2 && camps[0].len() > camps[1].len();
    report
        .help(match settled {
            true => format!(
                "change `category` of state `{name}` in {} to `{}`, or give the state another name",
                owners(&camps[1]),
                word(&camps[0])
            ),
            false => {
                "write one `category` everywhere, or give the states different names".to_owned()
            }
        })
        .note("people who see the state's name cannot tell what the service clock does")
}

const MOST_LABELS: usize = 6;
