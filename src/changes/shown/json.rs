//! Changes for programs.

use serde::Serialize;

use super::{Shown, sentence};
use crate::changes::said::Fields;
use crate::changes::{Change, Difference, Subject, Value, Walks, What};
use crate::model::Duration;
use crate::report::disarmed;
use crate::source::{Source, Span};

#[derive(Serialize)]
struct All<'a> {
    version: u8,
    differ: bool,
    workflows: Vec<Workflow<'a>>,
    added: Vec<Only<'a>>,
    removed: Vec<Only<'a>>,
    not_compared: Vec<String>,
}

#[derive(Serialize)]
struct Only<'a> {
    workflow: &'a str,
    file: &'a str,
}

#[derive(Serialize)]
struct Workflow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    workflow: Option<&'a str>,
    file: &'a str,
    changes: Vec<Entry<'a>>,
    renamed_perhaps: Vec<Perhaps<'a>>,
    new_walks: Vec<&'a [&'a str]>,
    lost_walks: Vec<&'a [&'a str]>,
    /// How many walks are not listed, where some are not.
    #[serde(skip_serializing_if = "is_zero")]
    more_new_walks: usize,
    #[serde(skip_serializing_if = "is_zero")]
    more_lost_walks: usize,
}

#[derive(Serialize)]
struct Perhaps<'a> {
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    #[serde(flatten)]
    of: Of<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<serde_json::Value>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tickets: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_place: Option<Place<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
enum Of<'a> {
    Workflow,
    NewTicket,
    State {
        name: &'a str,
    },
    Start {
        name: &'a str,
        to: &'a str,
    },
    Transition {
        name: &'a str,
        from: &'a [&'a str],
        to: &'a str,
    },
    Promise {
        name: &'a str,
    },
    Target {
        name: &'a str,
    },
    Role {
        name: &'a str,
    },
    Migration {
        name: &'a str,
    },
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

/// All changes as one object.
pub fn write(shown: &Shown) -> String {
    let only = |wanted: char| {
        let all = shown.only_in_one().into_iter();
        let wanted = all.filter(move |(sign, ..)| *sign == wanted);
        wanted
            .map(|(_, file, workflow)| Only {
                workflow,
                file: file.name(),
            })
            .collect()
    };
    let all = All {
        version: 1,
        differ: shown.differ(),
        workflows: shown
            .differing()
            .map(|(file, d)| workflow(shown, file, d))
            .collect(),
        added: only('+'),
        removed: only('-'),
        not_compared: shown.gaps(),
    };
    let text = serde_json::to_string_pretty(&all).unwrap_or_default();
    disarmed(&text) + "\n"
}

fn workflow<'a>(shown: &'a Shown, file: &'a Source, difference: &'a Difference) -> Workflow<'a> {
    let identifier = difference.pair.new.workflow().identifier.as_ref();
    let names = |walks: &'a Walks| walks.told.iter().map(|walk| &walk.names[..]).collect();
    Workflow {
        workflow: identifier.map(|text| text.value.as_str()),
        file: file.name(),
        changes: difference
            .changes
            .iter()
            .map(|change| entry(shown, difference, change))
            .collect(),
        renamed_perhaps: difference
            .offered
            .iter()
            .map(|(old, new)| Perhaps {
                old: difference.pair.old.name(*old),
                new: difference.pair.new.name(*new),
            })
            .collect(),
        new_walks: names(&difference.new_walks),
        lost_walks: names(&difference.lost_walks),
        more_new_walks: difference.new_walks.more,
        more_lost_walks: difference.lost_walks.more,
    }
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

fn entry<'a>(shown: &'a Shown, difference: &Difference, change: &'a Change) -> Entry<'a> {
    let place = |span: Option<Span>| {
        let (file, line, column) = shown.position(span?)?;
        Some(Place { file, line, column })
    };
    let of = match &change.of {
        Subject::Workflow => Of::Workflow,
        Subject::NewTicket => Of::NewTicket,
        Subject::State(name) => Of::State { name },
        Subject::Start { to, name } => Of::Start { name, to },
        Subject::Moves { name, from, to } => Of::Transition { name, from, to },
        Subject::Promise(name) => Of::Promise { name },
        Subject::Target(name) => Of::Target { name },
        Subject::Role(name) => Of::Role { name },
        Subject::Migration(name) => Of::Migration { name },
    };
    let text = |text: &str| Some(serde_json::Value::from(text));
    let (kind, field, old, new) = match &change.what {
        What::Added(said) => ("added", None, None, Some(all_of(said))),
        What::Removed(said) => ("removed", None, Some(all_of(said)), None),
        What::Renamed(was) => ("renamed", None, text(was), None),
        What::Redirected(was) => ("redirected", None, text(was), None),
        What::Field { field, old, new } => (
            "changed",
            Some(*field),
            old.as_ref().map(value),
            new.as_ref().map(value),
        ),
        What::Block(field) => ("changed", Some(*field), None, None),
    };
    Entry {
        kind,
        of,
        field,
        old,
        new,
        message: sentence(change),
        tickets: difference.tickets_of(change),
        old_place: place(change.old),
        new_place: place(change.new),
    }
}

fn all_of(said: &Fields) -> serde_json::Value {
    let entries = said
        .iter()
        .map(|(field, said)| ((*field).to_owned(), value(said)));
    serde_json::Value::Object(entries.collect())
}

fn value(said: &Value) -> serde_json::Value {
    match said {
        Value::Text(text) => (*text).into(),
        Value::Names(names) => names.clone().into(),
        Value::Word(word) => (*word).into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Minutes(minutes) => Duration::spelt(*minutes).into(),
        Value::Pairs(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).into()));
            serde_json::Value::Object(pairs.collect())
        }
        // What it is, the file says; that it is another, the change.
        Value::Tree(_) => serde_json::Value::Null,
    }
}
