//! Jira's three types of transitions.

use smol_str::SmolStr;

use crate::hashing::{HashMap, HashSet};

use super::super::entries::CREATE;
use super::super::holders::Holder;
use super::super::wire::TransitionKind;
use super::Statuses;
use super::rules::Rules;
use crate::diagnostic::Diagnostic;
use crate::fields::{self, Fields, Subject, invalid_values};
use crate::model::{Notes, Text};
use crate::node::Node;
use crate::source::Span;
use crate::targets::lossy_imports;
use crate::targets::reading::{Index, Reading, given, numbered, subject};
use crate::write::gather::Move;
use crate::write::value::Field;
use crate::write::{Begins, Start, Transition};

const FIELDS: &[&str] = &[
    "actions",
    "conditions",
    "customIssueEventId",
    "description",
    "id",
    "links",
    "name",
    "properties",
    "toPort",
    "toStatusReference",
    "transitionScreen",
    "triggers",
    "type",
    "validators",
];

const KINDS: &[(&str, TransitionKind)] = &[
    ("INITIAL", TransitionKind::Initial),
    ("GLOBAL", TransitionKind::Global),
    ("DIRECTED", TransitionKind::Directed),
];

/// How tickets begin and move.
pub struct Ways {
    pub start: Vec<Start>,
    pub transitions: Vec<Transition>,
    /// One move out of each state that has one.
    pub out: Vec<Move>,
    /// Who each role is that is named.
    pub roles: Vec<(String, Holder)>,
    /// The fields that are asked for.
    pub asked: Vec<String>,
    /// What is kept of transitions in Jira's words.
    pub rules: Vec<Rest>,
    called: Names,
}

/// The transitions that are kept, by their numbers, and by their names and where they begin.
#[derive(Default)]
struct Names {
    /// Each name's place among the names.
    names: HashMap<SmolStr, usize>,
    /// The name of each, and its place.
    of: HashMap<u64, (SmolStr, usize)>,
    /// The numbers of those of one name out of one status, or out of every one.
    leaving: HashMap<(usize, Option<usize>), Vec<u64>>,
}

impl Names {
    fn add(&mut self, found: &Found) {
        let name = SmolStr::new(&found.name.value);
        let next = self.names.len();
        let place = *self.names.entry(name.clone()).or_insert(next);
        self.of.insert(found.id, (name, place));
        let froms: Vec<Option<usize>> = match found.kind {
            TransitionKind::Directed => found.from.iter().copied().map(Some).collect(),
            _ => vec![None],
        };
        for from in froms {
            self.leaving
                .entry((place, from))
                .or_default()
                .push(found.id);
        }
    }
}

impl Ways {
    /// The name of the transition with this number, where it is the only one of its name out of a status.
    pub fn name_of(&self, id: &str, status: usize) -> Option<&str> {
        let id: u64 = id.parse().ok()?;
        let (name, place) = self.called.of.get(&id)?;
        let leaving = |from| {
            self.called
                .leaving
                .get(&(*place, from))
                .map_or(&[][..], |all| all)
        };
        match (leaving(Some(status)), leaving(None)) {
            ([only], []) | ([], [only]) if *only == id => Some(name),
            _ => None,
        }
    }
}

/// What is kept of a transition.
pub struct Rest {
    /// What the file calls the transition.
    pub name: Option<String>,
    /// Where it begins; nothing for the start.
    pub from: Option<Begins>,
    /// Where it leads.
    pub to: usize,
    /// The rules.
    pub kept: Vec<Field>,
}

/// Whether those that only programs may make can be said to happen by themselves: not where two leave
/// one status, and nothing tells which happens, or where they lead round.
fn may_be_automatic(found: &[Found], states: usize) -> bool {
    let mut next: Vec<Option<usize>> = vec![None; states];
    let automatic = found.iter().filter(|found| found.rules.is_automatic());
    for found in automatic {
        let Some((to, _)) = found.to else {
            return false;
        };
        let froms: Vec<usize> = match found.kind {
            TransitionKind::Initial => continue,
            TransitionKind::Global => (0..states).filter(|from| *from != to).collect(),
            TransitionKind::Directed => found.from.clone(),
        };
        for from in froms {
            if next[from].replace(to).is_some() {
                return false;
            }
        }
    }
    // Each is left in one way: whoever goes on for longer than there are states goes round.
    let mut seen = vec![0; states];
    for first in 0..states {
        let mut at = first;
        while seen[at] == 0 {
            seen[at] = first + 1;
            match next[at] {
                Some(to) if seen[to] == first + 1 => return false,
                Some(to) => at = to,
                None => break,
            }
        }
    }
    true
}

/// A transition, its statuses by their position in the workflow.
struct Found<'n, 's> {
    /// Its number, by which transitions are put in order.
    id: u64,
    name: Text,
    kind: TransitionKind,
    from: Vec<usize>,
    /// The end, and its name. A global transition without one leads back to where it began.
    to: Option<(usize, String)>,
    place: Span,
    /// All of it.
    whole: Span,
    rules: Rules<'n, 's>,
}

/// Reads `transitions` of a workflow. `position` says where in it each of the statuses stands.
pub fn read(
    fields: &Fields,
    statuses: &Statuses,
    position: &HashMap<usize, usize>,
    reading: &mut Reading,
) -> Option<Ways> {
    let items = reading.list(fields, "transitions")?;
    let lookup = Lookup { statuses, position };
    let mut ids = Index::of("transition", "id");
    // Without the one that creates issues there is no workflow.
    let (first, others): (Vec<_>, Vec<_>) = items
        .iter()
        .enumerate()
        .partition(|(_, item)| is_initial(item));
    let mut found: Vec<Found> = Vec::with_capacity(items.len());
    for (at, item) in &first {
        found.extend(transition(*at, item, &lookup, &mut ids, reading));
    }
    if !reading.out.has_errors() {
        report_starts(fields, &found, first.len(), reading);
    }
    let places: Vec<usize> = others.iter().map(|(at, _)| *at).collect();
    let others = others.into_iter().map(|(_, item)| item);
    let others = reading.each_or_none("transition", others, |reading, nth, item| {
        let at = places.get(nth).copied().unwrap_or(nth);
        transition(at, item, &lookup, &mut ids, reading)
    });
    found.extend(others);
    // Jira answers in no order; its numbers keep the one in which transitions were drawn.
    found.sort_by_key(|transition| transition.id);
    let mut gathered = Gathered {
        may_be_automatic: may_be_automatic(&found, position.len()),
        ..Gathered::default()
    };
    for transition in found {
        gathered.add(transition, reading);
    }
    Some(Ways {
        out: gathered.ways_out(position.len()),
        start: gathered.start,
        transitions: gathered.transitions,
        roles: gathered.roles,
        asked: gathered.asked,
        rules: gathered.rules,
        called: gathered.called,
    })
}

/// J1. Of `there` some may lead to what could not be read.
fn report_starts(fields: &Fields, all: &[Found], there: usize, reading: &mut Reading) {
    let owner = fields.owner();
    let help = "leave one transition of the type `INITIAL`: the one that creates an issue";
    match all {
        [_] => {}
        [] => {
            let message = match there {
                0 => format!("{owner} has no transition of the type `INITIAL`"),
                _ => format!("{owner} begins in a status that could not be read"),
            };
            let place = fields.get("transitions").map_or(fields.place(), |n| n.span);
            let label = "no issue can be created";
            reading.out.push(invalid_values::other(
                message,
                place,
                label,
                help.to_owned(),
            ));
        }
        [first, second, ..] => {
            let message = format!("{owner} has two transitions of the type `INITIAL`");
            let label = "the second one";
            let report = invalid_values::other(message, second.place, label, help.to_owned());
            reading.out.push(report.label(first.place, "the first one"));
        }
    }
}

fn is_initial(item: &Node) -> bool {
    let kind = item.get("type").and_then(Node::scalar);
    kind.is_some_and(|kind| kind.text() == "INITIAL")
}

struct Lookup<'l> {
    statuses: &'l Statuses,
    position: &'l HashMap<usize, usize>,
}

impl Lookup<'_> {
    /// The position in the workflow of the status that is called `reference`.
    fn find(
        &self,
        reference: &Text,
        speaker: &str,
        reading: &mut Reading,
    ) -> Option<(usize, String)> {
        let at = self.statuses.index.find(reference, speaker, reading.out)?;
        let name = &self.statuses.all.get(at)?.name;
        let Some(position) = self.position.get(&at) else {
            let message = format!("{speaker} `{name}`, which is no status of the workflow");
            let help = format!("add `{name}` to `statuses` of the workflow");
            let label = "not among its statuses";
            let report = invalid_values::other(message, reference.span, label, help);
            reading.out.push(report);
            return None;
        };
        Some((*position, name.clone()))
    }
}

fn transition<'n, 's>(
    at: usize,
    item: &'n Node<'s>,
    lookup: &Lookup,
    ids: &mut Index,
    reading: &mut Reading,
) -> Option<Found<'n, 's>> {
    let number = numbered("transition", at);
    let owner = subject(item, "name", "transition", &number);
    let fields = reading.fields(item, owner, FIELDS)?;
    let rules = Rules::of(&fields, reading);
    // Where lines are drawn.
    if let Some(entry) = fields.entry("toPort") {
        reading.say_no_more(entry.key_span());
    }
    let id = id(&fields, at, ids, reading);
    let kind = reading.word(&fields, "type", KINDS);
    let name = reading.name(&fields, "name");
    let from = froms(&fields, kind, lookup, reading);
    let to = end(&fields, lookup, reading);
    let (kind, name) = (kind?, name?);
    let place = name.span;
    let found = Found {
        id,
        name,
        kind,
        from: from?,
        to: to?,
        place,
        whole: item.span,
        rules,
    };
    match misplaced(&fields, &found) {
        Some(report) => {
            reading.out.push(report);
            None
        }
        None => Some(found),
    }
}

/// J9: a number as text, each its own. Where a request leaves it to Jira, the order of the list
/// counts.
fn id(fields: &Fields, at: usize, ids: &mut Index, reading: &mut Reading) -> u64 {
    let number = reading.optional(fields, "id", |node, field, out| {
        let text = fields::name(node, field, out)?;
        let number = text.value.parse().ok();
        if number.is_none() {
            out.push(invalid_values::malformed(
                field,
                &text.value,
                text.span,
                "a number",
                "11",
            ));
        }
        ids.add(&text, at, out);
        number
    });
    number.unwrap_or(at as u64)
}

/// The statuses of `links`. A link without one says where lines are drawn, or it lacks one.
fn froms(
    fields: &Fields,
    kind: Option<TransitionKind>,
    lookup: &Lookup,
    reading: &mut Reading,
) -> Option<Vec<usize>> {
    const LINK: &[&str] = &["fromPort", "fromStatusReference", "toPort"];
    const KEY: &str = "fromStatusReference";
    if given(fields, "links").is_none() {
        return Some(Vec::new());
    }
    let items = reading.list(fields, "links")?;
    let speaker = format!("{} starts from", fields.owner());
    let mut nameless = None;
    let mut lost = 0;
    let owner = Subject {
        kind: "a link of transition",
        name: fields.owner().name,
    };
    let found = reading.each("link", items, None, |reading, _, item| {
        let link = reading.fields(item, owner, LINK)?;
        let Some(node) = given(&link, KEY) else {
            reading.say_no_more(item.span);
            nameless.get_or_insert((owner, item.span));
            return None;
        };
        let reference = fields::name(node, link.field(KEY), reading.out)?;
        let found = lookup.find(&reference, &speaker, reading);
        lost += usize::from(found.is_none());
        Some(found?.0)
    });
    // From what could not be read alone.
    if found.is_empty() && lost > 0 {
        return None;
    }
    // Where none has a status, the type of the transition is judged by that.
    if let Some((owner, place)) = nameless
        && kind == Some(TransitionKind::Directed)
        && !found.is_empty()
    {
        reading.out.push(lossy_imports::other(
            format!("{owner} names no status, and will be left out"),
            place,
            "from nowhere",
            "add the `fromStatusReference` of the status, if a line is missing",
        ));
    }
    Some(found)
}

/// The status of `toStatusReference`; nothing where there is none.
fn end(fields: &Fields, lookup: &Lookup, reading: &mut Reading) -> Option<Option<(usize, String)>> {
    let Some(node) = given(fields, "toStatusReference") else {
        return Some(None);
    };
    let reference = fields::name(node, fields.field("toStatusReference"), reading.out)?;
    let speaker = format!("{} leads to", fields.owner());
    Some(Some(lookup.find(&reference, &speaker, reading)?))
}

/// J7: what a transition of its type needs, and does not have, or the other way round.
fn misplaced(fields: &Fields, found: &Found) -> Option<Diagnostic> {
    let owner = fields.owner();
    let kind = match found.kind {
        TransitionKind::Initial => "INITIAL",
        TransitionKind::Global => "GLOBAL",
        TransitionKind::Directed => "DIRECTED",
    };
    let is_directed = found.kind == TransitionKind::Directed;
    let (what, help) = match (is_directed, found.from.is_empty(), &found.to) {
        (true, true, _) => (
            "begins in no status",
            "name its statuses under `links`, or give it the type `GLOBAL`",
        ),
        (false, false, _) => (
            "begins in a status of its own",
            "give it the type `DIRECTED`, or leave its `links` empty",
        ),
        (_, _, None) if found.kind != TransitionKind::Global => (
            "leads to no status",
            "name the status that it leads to as `toStatusReference`",
        ),
        _ => return None,
    };
    let message = format!("{owner} is `{kind}` and {what}");
    let label = format!("{what}, unlike others of its type");
    Some(invalid_values::other(
        message,
        found.place,
        &label,
        help.to_owned(),
    ))
}

/// What the language says of a transition, and what is kept of it in Jira's words.
type Words = (Vec<Field>, Vec<Field>);

/// What the transitions make, as far as they are gone through.
#[derive(Default)]
struct Gathered {
    start: Vec<Start>,
    transitions: Vec<Transition>,
    /// The states that a transition with links leaves.
    left: HashSet<usize>,
    /// Where the first global transition leads, and the first that leads elsewhere.
    global_ends: Option<(usize, Option<usize>)>,
    may_be_automatic: bool,
    roles: Vec<(String, Holder)>,
    asked: Vec<String>,
    rules: Vec<Rest>,
    called: Names,
    /// Each, by its name, where it begins and where it leads, with what else is said of it and kept.
    seen: HashMap<(SmolStr, Vec<usize>, usize), Vec<Words>>,
}

impl Gathered {
    /// Whether one before it is the same in everything but its number.
    fn is_repeated(&mut self, found: &Found, to: usize, fields: &[Field], kept: &[Field]) -> bool {
        // A global one begins in no status.
        let key = (SmolStr::new(&found.name.value), found.from.clone(), to);
        let all = self.seen.entry(key).or_default();
        let is_same = |(one, other): &Words| one == fields && other == kept;
        if all.iter().any(is_same) {
            return true;
        }
        all.push((fields.to_vec(), kept.to_vec()));
        false
    }

    fn add(&mut self, mut found: Found, reading: &mut Reading) {
        let Some((to, end)) = found.to.take() else {
            // J11.
            reading.say_no_more(found.whole);
            return reading.out.push(looped(&found.name));
        };
        let is_start = found.kind == TransitionKind::Initial;
        let said = found
            .rules
            .said(self.may_be_automatic && !is_start, !is_start);
        if !is_start && self.is_repeated(&found, to, &said.fields, &said.kept) {
            reading.say_no_more(found.whole);
            return reading.out.push(repeated(&found.name, &end));
        }
        self.roles.extend(said.roles);
        self.asked.extend(said.asked);
        if !is_start {
            self.called.add(&found);
        }
        let name = found.name.value;
        let from = match found.kind {
            TransitionKind::Initial => {
                if !said.kept.is_empty() {
                    self.rules.push(Rest {
                        name: Some(name.to_string()),
                        from: None,
                        to,
                        kept: said.kept,
                    });
                }
                let named = (name != CREATE).then(|| (name.to_string(), Notes::None));
                return self.start.push(Start {
                    to,
                    transition: named,
                    more: said.fields,
                });
            }
            TransitionKind::Global => {
                self.global_ends = match self.global_ends {
                    None => Some((to, None)),
                    Some((first, None)) if first != to => Some((first, Some(to))),
                    ends => ends,
                };
                Begins::Every { except: Vec::new() }
            }
            TransitionKind::Directed => {
                self.left.extend(&found.from);
                Begins::States(found.from)
            }
        };
        let name = (name != end).then_some(name.to_string());
        if !said.kept.is_empty() {
            self.rules.push(Rest {
                name: name.clone(),
                from: Some(from.clone()),
                to,
                kept: said.kept,
            });
        }
        self.transitions.push(Transition {
            name,
            from,
            to,
            notes: Notes::None,
            more: said.fields,
        });
    }

    /// One move out of each state that has one.
    fn ways_out(&self, states: usize) -> Vec<Move> {
        let leads_out = |at: &usize| match self.global_ends {
            Some((_, Some(_))) => true,
            Some((only, None)) => only != *at || self.left.contains(at),
            None => self.left.contains(at),
        };
        let out = |from| Move {
            name: None,
            from,
            to: from,
            notes: Notes::None,
        };
        (0..states).filter(leads_out).map(out).collect()
    }
}

fn repeated(name: &Text, end: &str) -> Diagnostic {
    let name_of_it = &name.value;
    let message =
        format!("transition `{name_of_it}` to `{end}` is there twice, and will be written once");
    let label = "the same but for its number";
    let help = "delete one of the two in Jira: nobody can tell one button from the other";
    lossy_imports::other(message, name.span, label, help)
}

fn looped(name: &Text) -> Diagnostic {
    let name_of_it = &name.value;
    let message = format!(
        "transition `{name_of_it}` leads from every status to itself, and will be left out"
    );
    let label = "changes no status";
    let help = "write a transition from each state to itself, if the button is worth it";
    lossy_imports::other(message, name.span, label, help)
}
