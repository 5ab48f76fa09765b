//! How many tickets there are in which states, as a product exports them.

use csv::{ReaderBuilder, StringRecord};

use super::pairing::Pair;
use super::{Counts, Difference};
use crate::graph::Resolved;
use crate::hashing::{HashMap, HashSet};
use crate::model::Workflow;
use crate::suggest;

/// What the columns are called that tell of tickets; what is not named is looked for by the names that
/// exports usually have.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The state of the tickets of a row.
    pub state: Option<String>,
    /// Their workflow, by its identifier, its name, or a ticket type that it applies to.
    pub workflow: Option<String>,
    /// How many they are; without it each row is one.
    pub count: Option<String>,
}

/// The names of columns where none is given, in lower case.
const STATE: &[&str] = &["state", "status"];
const WORKFLOW: &[&str] = &["workflow"];
const COUNT: &[&str] = &["count", "tickets"];

/// What separates columns: the one of these by which the first line has the column of the state.
const SEPARATORS: &[u8] = b",;\t";

/// So many rows that cannot be read are told one by one.
const MOST_TOLD: usize = 5;

/// Tickets by workflow, if that is told, and state.
#[derive(Debug, Default)]
pub struct Tickets {
    counts: HashMap<(Option<String>, String), u64>,
    /// What could not be read, a sentence each.
    pub gaps: Vec<String>,
}

impl Tickets {
    /// Reads an export; what to say where it is none.
    pub fn read(bytes: &[u8], columns: &Columns) -> Result<Tickets, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err("it is not UTF-8".to_owned());
        };
        let mut first = Vec::new();
        for separator in SEPARATORS {
            let mut rows = ReaderBuilder::new()
                .delimiter(*separator)
                .flexible(true)
                .from_reader(text.as_bytes());
            let Ok(headers) = rows.headers().cloned() else {
                continue;
            };
            // The right separator is the one that makes the most columns.
            if headers.len() > first.len() {
                first = headers.iter().map(|name| name.trim().to_owned()).collect();
            }
            let Some(state) = position(&headers, columns.state.as_deref(), STATE) else {
                continue;
            };
            let of = |wanted: &Option<String>, usual| {
                let found = position(&headers, wanted.as_deref(), usual);
                match (wanted, found) {
                    (Some(name), None) => Err(format!("it has no column `{name}`")),
                    _ => Ok(found),
                }
            };
            let workflow = of(&columns.workflow, WORKFLOW)?;
            let count = of(&columns.count, COUNT)?;
            return Ok(Tickets::of(rows.records(), [Some(state), workflow, count]));
        }
        let wanted = match &columns.state {
            Some(name) => format!("`{name}`"),
            None => "`state` or `status`: name it with --state-column".to_owned(),
        };
        Err(format!(
            "it has no column {wanted}, but {}",
            suggest::phrase_up_to(&first, 6)
        ))
    }

    fn of(
        rows: impl Iterator<Item = csv::Result<StringRecord>>,
        [state, workflow, count]: [Option<usize>; 3],
    ) -> Self {
        let mut tickets = Tickets::default();
        let mut unread: Vec<u64> = Vec::new();
        for (row, number) in rows.zip(2..) {
            let (Ok(row), line) = (&row, number) else {
                unread.push(number);
                continue;
            };
            let line = row.position().map_or(line, |at| at.line());
            let cell = |column: Option<usize>| column.map(|column| row.get(column).map(str::trim));
            let (state, count) = (cell(state).flatten(), cell(count));
            let workflow = cell(workflow);
            let number = match count {
                None => Some(1),
                Some(text) => text.and_then(|text| text.parse::<u64>().ok()),
            };
            match (state.filter(|state| !state.is_empty()), number, workflow) {
                (Some(_), _, Some(None)) | (None, ..) | (_, None, _) => unread.push(line),
                (Some(state), Some(number), workflow) => {
                    let workflow = workflow.flatten().map(str::to_owned);
                    let known = tickets.counts.entry((workflow, state.to_owned()));
                    let known = known.or_default();
                    *known = known.saturating_add(number);
                }
            }
        }
        if !unread.is_empty() {
            let lines: Vec<String> = unread.iter().map(u64::to_string).collect();
            let s = if lines.len() == 1 { "line" } else { "lines" };
            tickets.gaps.push(format!(
                "no state, or no number of tickets, in {s} {}",
                suggest::phrase_up_to(&lines, MOST_TOLD)
            ));
        }
        tickets
    }

    /// Whether a workflow is told of each.
    pub fn name_workflows(&self) -> bool {
        self.counts.keys().all(|(workflow, _)| workflow.is_some())
    }
}

fn position(headers: &StringRecord, wanted: Option<&str>, usual: &[&str]) -> Option<usize> {
    match wanted {
        Some(name) => headers.iter().position(|header| header.trim() == name),
        None => usual.iter().find_map(|name| {
            let mut headers = headers.iter();
            headers.position(|header| header.trim().eq_ignore_ascii_case(name))
        }),
    }
}

/// What an export may call a workflow.
#[derive(Debug, Default)]
pub struct Called {
    /// Its identifiers, now and before.
    pub identifiers: Vec<String>,
    /// Its names.
    pub names: Vec<String>,
    /// The ticket types that it applies to.
    pub types: Vec<String>,
}

impl Called {
    /// As these versions of it are called.
    pub fn of(versions: &[&Workflow]) -> Self {
        let mut called = Called::default();
        for workflow in versions {
            let was = workflow.was.iter().flat_map(|was| &was.value);
            let identifiers = workflow.identifier.iter().chain(was);
            let identifiers = identifiers.map(|text| text.value.to_string());
            called.identifiers.extend(identifiers);
            let name = workflow.name.iter().map(|text| text.value.to_string());
            called.names.extend(name);
            let types = workflow.applies_to().iter();
            called
                .types
                .extend(types.map(|text| text.value.to_string()));
        }
        called
    }
}

/// The tickets of workflows that are held against older versions.
#[derive(Debug)]
pub struct Census<'t> {
    tickets: &'t Tickets,
    /// The number of the one workflow that is called so, or nothing where several are.
    by_name: HashMap<String, Option<usize>>,
    /// Rows whose states are in a version.
    known: HashSet<&'t (Option<String>, String)>,
}

impl<'t> Census<'t> {
    /// Of these workflows, which are known by their numbers. What they are called first counts more.
    pub fn of(tickets: &'t Tickets, workflows: &[Called]) -> Self {
        let mut by_name: HashMap<String, Option<usize>> = HashMap::default();
        let kinds: [fn(&Called) -> &[String]; 3] = [
            |called| &called.identifiers,
            |called| &called.names,
            |called| &called.types,
        ];
        for kind in kinds {
            let mut found: HashMap<&str, Option<usize>> = HashMap::default();
            for (number, called) in workflows.iter().enumerate() {
                for name in kind(called) {
                    let known = found.entry(name).or_insert(Some(number));
                    *known = known.filter(|known| *known == number);
                }
            }
            for (name, number) in found {
                by_name.entry(name.to_owned()).or_insert(number);
            }
        }
        Census {
            tickets,
            by_name,
            known: HashSet::default(),
        }
    }

    /// The rows of the workflow of this number.
    fn rows(&self, number: usize) -> Vec<(&'t (Option<String>, String), u64)> {
        let rows = self.tickets.counts.iter();
        let rows = rows.filter(|(key, _)| match &key.0 {
            Some(name) => self.by_name.get(name.as_str()) == Some(&Some(number)),
            None => true,
        });
        rows.map(|(key, count)| (key, *count)).collect()
    }

    /// Counts the tickets of the workflow of this number in its old states.
    pub fn count(&mut self, number: usize, pair: &Pair) -> Vec<u64> {
        let mut counts = vec![0_u64; pair.old.workflow().states.len()];
        for (key, count) in self.rows(number) {
            // Tickets are where the old version has them; an export may know the new names already.
            let (old, new) = (pair.old.find(&key.1), pair.new.find(&key.1));
            if old.is_some() || new.is_some() {
                self.known.insert(key);
            }
            if let Some(id) = old.or_else(|| pair.states[new?.index()].old) {
                counts[id.index()] = counts[id.index()].saturating_add(count);
            }
        }
        counts
    }

    /// Counts all tickets of the workflow of this number, whatever their states.
    pub fn count_all(&mut self, number: usize) -> u64 {
        let mut all = 0_u64;
        for (key, count) in self.rows(number) {
            self.known.insert(key);
            all = all.saturating_add(count);
        }
        all
    }

    /// The rows that no version knows, a phrase each.
    pub fn unknown(&self) -> Vec<String> {
        let rows = self.tickets.counts.iter();
        let unknown = rows.filter(|(key, _)| !self.known.contains(key));
        let phrase = |((workflow, state), count): (&(Option<String>, String), &u64)| {
            let tickets = tickets(*count);
            match workflow {
                None => format!("{tickets} in `{state}`"),
                Some(workflow) => format!("{tickets} in `{state}` of `{workflow}`"),
            }
        };
        let mut phrases: Vec<String> = unknown.map(phrase).collect();
        phrases.sort_unstable();
        phrases
    }
}

/// What is found of tickets beside those of each difference.
#[derive(Debug)]
pub struct Counted {
    /// How many each of the workflows has that are gone.
    pub gone: Vec<u64>,
    /// Whether all tickets are known.
    pub is_whole: bool,
    /// The rows that no version knows, a phrase each.
    pub unknown: Vec<String>,
}

impl Counted {
    /// That of some tickets no version has the state.
    pub fn told(&self) -> Option<String> {
        const MOST: usize = 5;
        let (shown, rest) = self.unknown.split_at(self.unknown.len().min(MOST));
        let more = match rest.len() {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        let unknown = shown.join(", ") + &more;
        (!self.unknown.is_empty()).then(|| {
            format!("no version knows the state of {unknown}, so that no report is taken for one that concerns none")
        })
    }
}

/// Gives each difference the tickets in its old states. `removed` are workflows that are gone, `others` what
/// those are called that are as they were.
pub fn count(
    tickets: &Tickets,
    differences: &mut [Option<Difference>],
    removed: &[&Resolved],
    others: Vec<Called>,
) -> Counted {
    let both = differences.iter().map(|difference| match difference {
        Some(Difference { pair, .. }) => Called::of(&[pair.new.workflow(), pair.old.workflow()]),
        None => Called::default(),
    });
    let gone = removed.iter().map(|old| Called::of(&[old.workflow()]));
    let called: Vec<Called> = both.chain(gone).chain(others).collect();
    let mut census = Census::of(tickets, &called);
    let each = differences.iter().enumerate();
    let each = each.map(|(number, one)| Some(census.count(number, &one.as_ref()?.pair)));
    let each: Vec<Option<Vec<u64>>> = each.collect();
    // Of what is as it was, no state is asked for.
    let rest = (differences.len()..called.len()).map(|number| census.count_all(number));
    let mut gone: Vec<u64> = rest.collect();
    gone.truncate(removed.len());
    let unknown = census.unknown();
    let is_whole = unknown.is_empty() && tickets.gaps.is_empty();
    for (difference, of) in differences.iter_mut().zip(each) {
        if let (Some(difference), Some(of)) = (difference, of) {
            difference.tickets = Some(Counts { of, is_whole });
        }
    }
    Counted {
        gone,
        is_whole,
        unknown,
    }
}

/// So many tickets, in words.
pub fn tickets(count: u64) -> String {
    match count {
        1 => "1 ticket".to_owned(),
        _ => format!("{count} tickets"),
    }
}

/// How many tickets are stranded in how many states.
pub fn stranded(count: u64, states: usize) -> String {
    if count == 0 {
        return "no ticket is stranded".to_owned();
    }
    let verb = if count == 1 { "is" } else { "are" };
    let states = match states {
        1 => "1 state".to_owned(),
        _ => format!("{states} states"),
    };
    format!("{} {verb} stranded in {states}", tickets(count))
}
