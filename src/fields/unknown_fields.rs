//! `unknown-fields`: a field that the language does not have.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::fields::{Known, Subject};
use crate::language::{self, elsewhere};
use crate::node::{Entry, Kind, respelt};
use crate::source::{Span, Syntax};
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unknown-fields",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "a field that the language does not have",
    page: include_str!("unknown_fields.md"),
};

fn of_the_file<'w>(written: &'w str, owner: Subject) -> Option<&'w str> {
    let inside = owner.kind != super::WORKFLOW;
    Some(written).filter(|name| inside && language::is_only_of_the_file(name))
}

/// The field of `free` that `written` most likely means.
pub fn meant<'k>(written: &str, free: &[&'k str]) -> Option<&'k str> {
    let elsewhere = || {
        let mut words = elsewhere::fields(written);
        words.find_map(|field| free.iter().copied().find(|name| *name == field))
    };
    suggest::nearest(written, free.iter().copied()).or_else(elsewhere)
}

/// Whether the word `written` can only be meant as the field `near`, the one of its place that is
/// spelt so. Another word may be meant as it stands (`accept`, `disable`, `editable-not`), and what
/// begins with a mark (`_targets`) may be put aside.
fn is_sure(written: &str, near: &str) -> bool {
    let is_marked = !written.starts_with(char::is_alphanumeric);
    let is_british = written.eq_ignore_ascii_case("colour") && near == "color";
    !is_marked && (is_british || suggest::alike(written, near) || suggest::is_typo(written, near))
}

/// `entry` of `owner` is no field, and is taken for the field `near`.
pub fn misspelt(owner: Subject, entry: &Entry, near: &str) -> Diagnostic {
    let written = entry.key.text();
    let message = format!("{owner} has no field `{written}`");
    Diagnostic::new(&CODE, message, entry.key_span(), NO_FIELD)
        .help(format!("change `{written}` to `{near}`"))
        .fix_if(
            is_sure(written, near),
            entry.key_span(),
            respelt(written, entry.key_span(), near),
        )
}

/// The field of `free` that `entry`, which is alone, names, and its value, where the two have no colon between them:
/// `{ name: Close, to Closed }` is read as a key `to Closed` without a value.
pub fn without_colon<'e, 'k>(entry: &'e Entry, free: &[&'k str]) -> Option<(&'k str, &'e str)> {
    let (name, rest) = entry.key.text().split_once(' ')?;
    let exact = free.iter().copied().find(|field| *field == name);
    Some((exact.or_else(|| meant(name, free))?, rest.trim_start()))
}

/// The field before the entry numbered `index`, where that entry is an item of the field's list, which
/// has no brackets: `{ from: New, Assigned, to: Closed }` is read as a key `Assigned` without a value. Or it is more
/// of the field's text, which has no quotes: `{ name: Close, at last, from: New }`.
pub fn item_without_brackets<'e, 's>(
    entries: &'e [Entry<'s>],
    index: usize,
    known: Known,
) -> Option<&'e Entry<'s>> {
    let before = entries[..index].last()?;
    let name = before.key.text();
    let value = before.value.scalar()?;
    let is_first = known.is_list(name) || (known.is_words(name) && value.reading().plain);
    (is_first && is_alone(&entries[index])).then_some(before)
}

/// Whether an entry is a word without quotes and nothing else, not even a colon.
pub fn is_alone(entry: &Entry) -> bool {
    let (value, key) = (&entry.value, &entry.key);
    let is_bare = key.reading().plain && matches!(value.kind(), Kind::Absent(None));
    // Where there is a colon, what is absent has its place after it.
    is_bare && value.span.range().end == entry.key_span().range().end
}

/// `items` of `owner` belong to the list of the field `first`, which has no brackets. Some may have the
/// name of a field, one of `known`.
pub fn no_brackets(
    owner: Subject,
    first: &Entry,
    items: &[&Entry],
    known: Known,
) -> Option<Diagnostic> {
    let last = items.last()?;
    let name = first.key.text();
    let scalar = first.value.scalar()?;
    let names = std::iter::once(scalar.text()).chain(items.iter().map(|item| item.key.text()));
    let place = Span {
        end: last.key_span().end,
        ..first.value.span
    };
    if known.is_words(name) {
        let text = crate::node::quoted(&names.collect::<Vec<_>>().join(", "));
        let message = format!("{owner} has no field `{}`", items[0].key.text());
        let label = format!("a comma ends the text of `{name}` before this");
        return Some(
            Diagnostic::new(&CODE, message, items[0].key_span(), label)
                .help(format!("put the text in quotes: `{name}: {text}`"))
                .unsafe_fix(place, text),
        );
    }
    let names: Vec<String> = names.map(quoted_if_needed).collect();
    let list = format!("[{}]", names.join(", "));
    let report = match items
        .iter()
        .find(|item| !known.names.contains(&item.key.text()))
    {
        Some(item) => Diagnostic::new(
            &CODE,
            format!("{owner} has no field `{}`", item.key.text()),
            item.key_span(),
            format!("an item of the list of `{name}`"),
        ),
        None => super::wrong_types::no_brackets(owner.field(name), place),
    };
    Some(
        report
            .help(format!("put the list in brackets: `{name}: {list}`"))
            .unsafe_fix(place, list),
    )
}

/// `name` as an item of a list in brackets.
fn quoted_if_needed(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    match name.starts_with(char::is_alphabetic) && name.chars().all(is_plain) {
        true => name.to_owned(),
        false => crate::node::quoted(name),
    }
}

/// `entry` of `owner` is the field `near` and its `value`, without a colon.
pub fn no_colon(owner: Subject, entry: &Entry, near: &str, value: &str) -> Diagnostic {
    let message = format!("{owner} has no field `{}`", entry.key.text());
    let spelt = format!("{near}: {value}");
    Diagnostic::new(&CODE, message, entry.key_span(), "a colon is missing here")
        .help(format!("write `{spelt}`"))
        .unsafe_fix(entry.key_span(), spelt)
}

/// How the header of a state begins in TOML.
pub const OF_STATES: &str = "states.";

/// `entries` are no fields of the file: they are states that stand beside `states`, not in it.
pub fn states_outside(entries: &[&Entry], syntax: Syntax) -> Option<Diagnostic> {
    let (entry, rest) = entries.split_first()?;
    let first = entry.key.text();
    let names: Vec<&str> = entries.iter().map(|e| e.key.text()).collect();
    let help = match syntax {
        Syntax::Toml if first.starts_with(OF_STATES) => {
            format!("write `[{first}]`, with quotes around none but the name of the state")
        }
        Syntax::Toml => format!("write `[states.{first}]` for `[{first}]`, and so for each state"),
        _ => format!("indent {} below `states`", suggest::phrase_up_to(&names, 3)),
    };
    let report = strangers(
        Subject::only(super::WORKFLOW),
        entry,
        rest,
        &[],
        Some(syntax),
    );
    Some(report.help(help))
}

/// `owner`, a state, has its transitions in itself, in the field at `span`.
pub fn moves_in_state(owner: Subject, span: Span) -> Diagnostic {
    let message = format!("{owner} has no field `on`");
    Diagnostic::new(&CODE, message, span, "transitions stand beside the states")
}

const NO_FIELD: &str = "no field has this name";

/// `first` and `rest` of `owner` are no fields and near none of `known`, in a text of this syntax: one report
/// for all of them.
pub fn strangers(
    owner: Subject,
    first: &Entry,
    rest: &[&Entry],
    known: &[&str],
    syntax: Option<Syntax>,
) -> Diagnostic {
    const MOST_NAMES: usize = 3;
    const MOST_LABELS: usize = 6;
    let all = std::iter::once(first).chain(rest.iter().copied());
    let names: Vec<&str> = all.map(|e| e.key.text()).collect();
    let fields = if rest.is_empty() { "field" } else { "fields" };
    let listed = suggest::phrase_up_to(&names, MOST_NAMES);
    let message = format!("{owner} has no {fields} {listed}");
    let report = Diagnostic::new(&CODE, message, first.key_span(), NO_FIELD);
    let places = rest.iter().map(|entry| entry.key_span());
    let report = report.each(places, MOST_LABELS - 1, "nor this one");
    if let (true, Some(name)) = (rest.is_empty(), of_the_file(names[0], owner)) {
        let report = report.help(format!(
            "move `{name}` out of {owner}: it is a field of the file"
        ));
        return match syntax {
            Some(Syntax::Toml) => report.note("in TOML, what stands below a header belongs to its table; fields of the file stand above the first header"),
            _ => report,
        };
    }
    let taken = suggest::nearest(names[0], known.iter().copied());
    match (taken, suggest::listing(known.iter().copied())) {
        (Some(taken), _) if rest.is_empty() => {
            report.help(format!("delete it; `{taken}` is already there"))
        }
        (_, Some(all)) => report
            .help(format!("delete {listed}, or use fields that exist"))
            .note(format!("the fields here are {all}")),
        (_, None) => report.help(format!("delete {listed}, or use fields that exist")),
    }
}
