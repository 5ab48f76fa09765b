//! What a table of states or of transitions says of each: the columns that not every workflow needs.

use super::{Fate, Figure, Named, Sign};
use crate::model::{Label, Meta, Text};

/// A column: what stands above it, and what it says of one.
pub struct Column<T> {
    /// What stands above it.
    pub heading: &'static str,
    /// What it says; nothing where there is nothing to say.
    pub cell: fn(&T) -> String,
}

/// Above what became of a transition, where two versions are shown.
pub const CHANGE: &str = "change";

/// Those of a table of states.
pub fn of_states<'r>() -> Vec<Column<Figure<'r>>> {
    vec![
        Column {
            heading: "description",
            cell: |figure| text(figure.state.and_then(|state| state.description.as_ref())),
        },
        Column {
            heading: "name",
            cell: |figure| match &figure.label {
                Some(_) => figure.name.to_string(),
                None => String::new(),
            },
        },
        Column {
            heading: "label",
            cell: |figure| {
                labels(
                    figure
                        .state
                        .and_then(|state| state.details().label.as_ref()),
                )
            },
        },
        Column {
            heading: "formerly",
            cell: |figure| {
                let was = figure.state.and_then(|state| state.details().was.as_ref());
                joined(was.map(|was| &*was.value))
            },
        },
        Column {
            heading: "meta",
            cell: |figure| spelt(figure.state.and_then(|state| state.details().meta.as_ref())),
        },
    ]
}

/// Those of a table of transitions and beginnings of tickets.
pub fn of_transitions<'r>() -> Vec<Column<Named<'r>>> {
    vec![
        Column {
            heading: CHANGE,
            cell: |named| named.fate.map_or("", Fate::word).to_owned(),
        },
        Column {
            heading: "note",
            cell: |named| named.note().to_owned(),
        },
        Column {
            heading: "who",
            cell: |named| named.words(Sign::Who),
        },
        Column {
            heading: "asks",
            cell: |named| named.words(Sign::Asks),
        },
        Column {
            heading: "when",
            cell: |named| named.when.unwrap_or_default().to_owned(),
        },
        Column {
            heading: "by itself",
            cell: Named::after,
        },
        Column {
            heading: "then",
            cell: |named| joined(named.does()),
        },
        Column {
            heading: "description",
            cell: |named| text(named.description()),
        },
        Column {
            heading: "label",
            cell: |named| labels(named.label()),
        },
        Column {
            heading: "meta",
            cell: |named| spelt(named.meta()),
        },
    ]
}

/// Those of them in which anything stands.
pub fn used<'t, T: 't>(
    mut columns: Vec<Column<T>>,
    rows: impl Iterator<Item = &'t T> + Clone,
) -> Vec<Column<T>> {
    columns.retain(|column| rows.clone().any(|row| !(column.cell)(row).is_empty()));
    columns
}

fn text(text: Option<&Text>) -> String {
    text.map_or_else(String::new, |text| text.value.to_string())
}

fn joined(texts: Option<&[Text]>) -> String {
    let texts = texts.into_iter().flatten();
    let texts: Vec<&str> = texts.map(|text| text.value.as_str()).collect();
    texts.join(", ")
}

/// A label in every language.
fn labels(label: Option<&Label>) -> String {
    let texts = label.into_iter().flat_map(|label| &label.texts);
    let texts = texts.map(|(tag, text)| match tag {
        Some(tag) => format!("{}: {}", tag.value, text.value),
        None => text.value.to_string(),
    });
    texts.collect::<Vec<_>>().join(", ")
}

fn spelt(meta: Option<&Meta>) -> String {
    meta.map_or_else(String::new, |meta| meta.on_one_line())
}
