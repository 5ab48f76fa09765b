//! The sentences in which changes are told.

use crate::changes::said::{Fields, without};
use crate::changes::tickets::tickets;
use crate::changes::{Change, Difference, Subject, Value, What};
use crate::model::Duration;
use crate::suggest;

/// How many names a sentence tells; more are counted.
const MOST_NAMES: usize = 5;

/// `+` for what is new, `-` for what is gone, `~` for the rest.
pub fn sign(what: &What) -> char {
    match what {
        What::Added(_) => '+',
        What::Removed(_) => '-',
        _ => '~',
    }
}

/// A change in a sentence: "category of state `Resolved` is `open`, was `closed`".
pub fn sentence(change: &Change) -> String {
    let subject = subject(&change.of);
    let is_migration = matches!(change.of, Subject::Migration(_));
    match &change.what {
        // The field names what is gone, and says where its tickets go.
        What::Added(said) if is_migration => format!("{subject} go to{}", to(said)),
        What::Removed(said) if is_migration => format!("{subject} went to{}", to(said)),
        What::Added(said) => format!("{subject} is new{}", with(said)),
        What::Removed(_) => format!("{subject} is gone"),
        What::Renamed(was) => format!("{subject} was called `{was}` before"),
        What::Redirected(was) => format!("{subject} led to `{was}` before"),
        What::Field { field, old, new } => format!("{subject}: {}", field_words(field, old, new)),
        What::Block(field) => format!("{subject}: `{field}` has changed"),
    }
}

/// The sentence, with how many tickets are in the states that it is about, where that is known.
pub fn sentence_in(difference: &Difference, change: &Change) -> String {
    let sentence = sentence(change);
    // What is new concerns nobody yet.
    let is_new = matches!(change.what, What::Added(_));
    match difference.tickets_of(change).filter(|_| !is_new) {
        Some(count) if count > 0 => format!("{sentence} ({})", tickets(count)),
        _ => sentence,
    }
}

/// What a change is about: "transition `Cancel` from `New` to `Closed`".
fn subject(of: &Subject) -> String {
    match of {
        Subject::Workflow => "workflow".to_owned(),
        Subject::NewTicket => "`new-ticket`".to_owned(),
        Subject::State(name) => format!("state `{name}`"),
        Subject::Start { to, name } if to == name => format!("start in `{to}`"),
        Subject::Start { to, name } => format!("start `{name}` in `{to}`"),
        Subject::Moves { name, from, to } => {
            let from = suggest::phrase_up_to(from, MOST_NAMES);
            format!("transition `{name}` from {from} to `{to}`")
        }
        Subject::Promise(promise) => format!("promise `{promise}`"),
        Subject::Target(name) => format!("target `{name}`"),
        Subject::Role(name) => format!("role `{name}`"),
        Subject::Migration(from) => format!("tickets of `{from}`"),
    }
}

/// A state, and its workflow where that is another one.
fn to(said: &Fields) -> String {
    let of = |wanted: &str| {
        let mut found = said.iter().filter(|(field, _)| *field == wanted);
        found.next().map(|(_, value)| value_words(value))
    };
    let workflow = of("workflow").map_or_else(String::new, |name| format!(" of workflow {name}"));
    format!(" {}{workflow}", of("state").unwrap_or_default())
}

/// What is said of something that is new: ": category `open`, final".
fn with(said: &Fields) -> String {
    let words: Vec<String> = said
        .iter()
        .map(|(field, value)| field_of_new(field, value))
        .collect();
    match words.is_empty() {
        true => String::new(),
        false => format!(": {}", words.join(", ")),
    }
}

fn field_of_new(field: &str, value: &Value) -> String {
    match value {
        Value::Flag(true) => field.to_owned(),
        value => format!("{field} {}", value_words(value)),
    }
}

fn field_words(field: &str, old: &Option<Value>, new: &Option<Value>) -> String {
    match (old, new) {
        (Some(Value::Names(old)), Some(Value::Names(new))) => {
            let only = |these, others| -> Vec<String> {
                let only = without(these, others).into_iter();
                only.map(str::to_owned).collect()
            };
            let (more, less) = (only(new, old), only(old, new));
            let more = (!more.is_empty())
                .then(|| format!("also has {}", suggest::phrase_up_to(&more, MOST_NAMES)));
            let less = (!less.is_empty())
                .then(|| format!("no longer has {}", suggest::phrase_up_to(&less, MOST_NAMES)));
            let parts: Vec<String> = more.into_iter().chain(less).collect();
            format!("`{field}` {}", parts.join(" and "))
        }
        (Some(Value::Pairs(old)), Some(Value::Pairs(new))) => {
            let only = |these, others| -> Vec<String> {
                let only = without(these, others);
                only.iter().map(pair).collect()
            };
            let (is, was) = (only(new, old), only(old, new));
            let is = (!is.is_empty())
                .then(|| format!("now has {}", suggest::phrase_up_to(&is, MOST_NAMES)));
            let was = (!was.is_empty())
                .then(|| format!("no longer has {}", suggest::phrase_up_to(&was, MOST_NAMES)));
            let parts: Vec<String> = is.into_iter().chain(was).collect();
            format!("`{field}` {}", parts.join(" and "))
        }
        (Some(Value::Tree(_)), Some(_)) => format!("`{field}` has changed"),
        (None, Some(Value::Tree(_))) => format!("`{field}` is there now"),
        (Some(Value::Tree(_)), None) => format!("`{field}` is gone"),
        (Some(old), Some(new)) => {
            format!(
                "`{field}` is {}, was {}",
                value_words(new),
                value_words(old)
            )
        }
        (None, Some(new)) => format!("`{field}` is {} now", value_words(new)),
        (Some(old), None) => format!("`{field}` was {} and is gone", value_words(old)),
        (None, None) => format!("`{field}`"),
    }
}

/// A value as a sentence tells it.
pub fn value_words(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("`{}`", head(text)),
        Value::Names(names) if names.is_empty() => "`[]`".to_owned(),
        Value::Names(names) => suggest::phrase_up_to(names, MOST_NAMES),
        Value::Word(word) => format!("`{word}`"),
        Value::Flag(flag) => format!("`{flag}`"),
        Value::Minutes(minutes) => format!("`{}`", Duration::spelt(*minutes)),
        Value::Pairs(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(pair).collect();
            suggest::phrase_up_to(&pairs, MOST_NAMES)
        }
        Value::Tree(_) => "another".to_owned(),
    }
}

/// The beginning of a long text.
fn head(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

fn pair((name, text): &(&str, &str)) -> String {
    match name.is_empty() {
        true => (*text).to_owned(),
        false => format!("{name}: {text}"),
    }
}
