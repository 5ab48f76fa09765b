//! Statuses of an installation, read.

use super::STATUSES;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{Fields, Subject};
use crate::graph;
use crate::model::{Category, Notes};
use crate::node::Node;
use crate::rules::Checked;
use crate::source::Span;
use crate::targets::gathering::{Holds, Page};
use crate::targets::reading::{Index, Reading, numbered, subject};
use crate::targets::{Import, List, Refusals, lossy_imports, values};
use crate::write::value::{Field, Style, Value};
use crate::write::{Begins, Definition, Remarked, Start, State, Transition};

/// Each is read in the form of the list, and compared with the list.
pub const IMPORTS: &[Import] = &[
    statuses("statuses"),
    statuses("status"),
    statuses("create").sent(),
];

const fn statuses(document: &'static str) -> Import {
    Import::new(document, list)
        .holds(Holds::list("items", STATUS).pages(report_part))
        .rebuilt(rebuilt)
        .set_by_product(&[("", &["offset", "limit", "items[].allowedActions"])])
        .lists(LISTS)
}

/// As the page shows one.
pub const REFUSALS: Refusals = Refusals {
    messages: &["message"],
    code: Some("key"),
    advice: &[(
        "api.error.workflow_status_used",
        "give the tasks that have this status another one before it is deleted",
    )],
    otherwise: "ask again with the name and password of a user, and save the answer that has `items` in it",
};

const STATUS: &[&str] = &["id", "name", "type", "allowedActions"];

const LISTS: &[List] = &[List::new("items", "status", "name", &[&["name"], &["id"]])];

const GROUPS: &[(&str, Category)] = &[("open", Category::Open), ("completed", Category::Closed)];

fn rebuilt(workflows: &[&Checked], out: &mut Diagnostics) -> Option<serde_json::Value> {
    STATUSES.of_all(workflows, out)
}

/// The list of statuses.
fn list(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the list of statuses");
    let known = &["offset", "limit", "items"];
    let Some(fields) = reading.whole(root, owner, known) else {
        return Vec::new();
    };
    let Some(items) = reading.filled(&fields, "items") else {
        return Vec::new();
    };
    vec![definition(items, reading)]
}

/// A number beside the items of a page.
fn beside(page: &Page, name: &str) -> Option<(usize, Span)> {
    let node = page.get(name)?;
    Some((node.scalar()?.text().parse().ok()?, node.span))
}

/// The pages leave something out where the first of them begins later, where one begins later than
/// those before it end, and where the last is as long as it may be.
fn report_part(pages: &[Page], out: &mut Diagnostics) {
    let mut pages: Vec<(usize, Option<Span>, &Page)> = pages
        .iter()
        .map(|page| match beside(page, "offset") {
            Some((offset, place)) => (offset, Some(place), page),
            None => (0, None, page),
        })
        .collect();
    pages.sort_by_key(|(offset, _, _)| *offset);
    let mut end = 0;
    for (offset, place, page) in &pages {
        if let Some(place) = place.filter(|_| *offset > end) {
            let place_in_list = match end {
                0 => "at its start".to_owned(),
                before => format!("after the first {before}"),
            };
            out.push(partial(
                format!(
                    "the list leaves out {} {place_in_list}",
                    counted(offset - end)
                ),
                place,
                "statuses before these are not here",
            ));
        }
        end = end.max(offset + page.items);
    }
    let Some((_, _, last)) = pages.last() else {
        return;
    };
    if let Some((limit, place)) = beside(last, "limit").filter(|(limit, _)| *limit == last.items) {
        out.push(partial(
            format!("the list has {}, which is its limit", counted(limit)),
            place,
            "there may be more statuses than these",
        ));
    }
}

fn counted(statuses: usize) -> String {
    match statuses {
        1 => "1 status".to_owned(),
        many => format!("{many} statuses"),
    }
}

fn partial(message: String, place: Span, label: &str) -> Diagnostic {
    let help = "ask for the whole list, with `offset=0` and a `limit` above the number of statuses";
    lossy_imports::other(message, place, label, help)
}

fn definition(items: &[Node], reading: &mut Reading) -> Definition {
    let mut names = Index::of("status", "name");
    let mut ids = Index::of("status", "`id`");
    let mut known = Vec::new();
    let mut count = 0;
    let states = reading.each("status", items, None, |reading, at, item| {
        let number = numbered("status", at);
        let owner = subject(item, "name", "status", &number);
        let fields = reading.whole(item, owner, STATUS)?;
        let name = reading.state_name(&fields, "name")?;
        let category = reading.word_or(&fields, "type", GROUPS, "open")?;
        names.add(&name, count, reading.out);
        if reading.out.has_errors() {
            return None;
        }
        // Only now: the id of a status that is left out is no other's.
        let id = id(&fields, &mut ids, count, reading);
        count += 1;
        known.extend(id.map(|id| Field::new(name.value.as_str(), Value::Word(id))));
        Some(State::new(name.value, category))
    });
    let block = (!known.is_empty()).then(|| Field::new("ids", Value::Map(known, Style::Line)));
    Definition {
        start: start(&states),
        transitions: transitions(&states),
        targets: vec![(super::NAME, block.into_iter().collect())],
        states: states.into(),
        ..Definition::default()
    }
}

/// An id that another status has is that of one of the two.
fn id(fields: &Fields, ids: &mut Index, at: usize, reading: &mut Reading) -> Option<String> {
    let id = reading.optional(fields, "id", |node, field, out| {
        let id = values::positive(node, field, out)?;
        let text = id.map(|id| smol_str::format_smolstr!("{id}"));
        ids.add(&text, at, out);
        Some(text)
    })?;
    Some(id.value.to_string())
}

fn start(states: &[State]) -> Remarked<Vec<Start>> {
    let open = first_open(states);
    let start = Remarked::from(vec![Start::plain(open.unwrap_or(0))]);
    start.remark(match open {
        Some(_) => "actiTIME does not say where tasks begin: this is the first open status.",
        None => "actiTIME does not say where tasks begin: this is the first status.",
    })
}

fn first_open(states: &[State]) -> Option<usize> {
    states.iter().position(|s| s.category == Category::Open)
}

/// The product keeps no transitions, and so lets any status follow any other. Where those are more
/// than a file may have, each follows one and that one follows each.
fn transitions(states: &[State]) -> Remarked<Vec<Transition>> {
    let lead = |from, to| Transition {
        name: None,
        from,
        to,
        notes: Notes::None,
        more: Vec::new(),
    };
    let every = || Begins::Every { except: Vec::new() };
    let count = states.len();
    if count < 2 {
        return Remarked::default();
    }
    if count.saturating_mul(count - 1) < graph::MAX_MOVES {
        let all = (0..count).map(|to| lead(every(), to)).collect::<Vec<_>>();
        return Remarked::from(all).remark("actiTIME lets any status follow any other.");
    }
    let hub = first_open(states).unwrap_or(0);
    let others = (0..count).filter(|to| *to != hub);
    let away = others.map(|to| lead(Begins::States(vec![hub]), to));
    let all: Vec<Transition> = std::iter::once(lead(every(), hub)).chain(away).collect();
    Remarked::from(all)
        .remark(
            "actiTIME lets any status follow any other. There are too many to write all of that:",
        )
        .remark("here each leads to the start state, and that to each.")
}
