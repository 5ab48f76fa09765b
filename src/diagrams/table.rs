//! Markdown tables, for people who would rather read than look.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagrams::picture::{Fate, Figure, Kind, Named, Picture, Sign};
use crate::diagrams::{Notation, Style, text};
use crate::model::{Meta, Text};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "table",
    about: "Markdown tables: from which state to which, and every transition in a list",
    extension: "md",
    signature: "| from ↓ to → |",
    most: usize::MAX,
    lists_transitions: false,
    has_arrows: false,
    joins: true,
    has_direction: false,
    draw,
    encode: None,
    caution: None,
};

/// A table of more states than this against each other is too wide to read; the list tells all.
const MOST_COLUMNS: usize = 12;

fn draw(picture: &Picture, _: &Style) -> String {
    let mut out = String::new();
    if let Some(title) = picture.title {
        let _ = writeln!(out, "# {}\n", escaped(title));
    }
    if let Some(description) = picture.description {
        let _ = writeln!(out, "{}\n", escaped(description));
    }
    if let Some(meta) = &picture.resolved.workflow().meta {
        let _ = writeln!(out, "{}\n", escaped(&meta.on_one_line()));
    }
    states(&mut out, picture);
    if picture.figures.len() <= MOST_COLUMNS {
        matrix(&mut out, picture);
    }
    list(&mut out, picture);
    out
}

fn states(out: &mut String, picture: &Picture) {
    let figures = picture.figures.iter();
    let states = figures.filter(|figure| figure.kind != Kind::AnyState);
    out.push_str("## States\n\n");
    table::<&Figure>(
        out,
        &[
            ("state", &|figure| escaped(figure.shown())),
            ("category", &|figure| match figure.kind {
                Kind::State(Some(category)) => category.word().to_owned(),
                _ => String::new(),
            }),
            ("", &|figure| escaped(&remarks(figure).join(", "))),
        ],
        // What only some states have.
        &[
            ("description", &|figure| {
                let description = figure.state.and_then(|state| state.description.as_ref());
                description.map_or_else(String::new, |text| escaped(&text.value))
            }),
            ("formerly", &|figure| {
                let was = figure.state.and_then(|state| state.details().was.as_ref());
                joined(was.map(|was| &*was.value))
            }),
            ("meta", &|figure| {
                spelt(figure.state.and_then(|state| state.details().meta.as_ref()))
            }),
        ],
        &states.collect::<Vec<_>>(),
    );
    out.push('\n');
}

/// A column of a table: what stands above it, and its cell in a row, escaped.
type Column<'c, T> = (&'c str, &'c dyn Fn(&T) -> String);

fn joined(texts: Option<&[Text]>) -> String {
    let texts = texts.into_iter().flatten();
    let texts: Vec<&str> = texts.map(|text| text.value.as_str()).collect();
    escaped(&texts.join(", "))
}

fn spelt(meta: Option<&Meta>) -> String {
    meta.map_or_else(String::new, |meta| escaped(&meta.on_one_line()))
}

/// A table of these columns, and of those others in which anything stands.
fn table<T>(out: &mut String, columns: &[Column<T>], others: &[Column<T>], rows: &[T]) {
    let is_used = |column: &&Column<T>| rows.iter().any(|row| !(column.1)(row).is_empty());
    let others = others.iter().filter(is_used);
    let columns: Vec<&Column<T>> = columns.iter().chain(others).collect();
    for (heading, _) in &columns {
        let _ = write!(
            out,
            "| {heading}{}",
            if heading.is_empty() { "" } else { " " }
        );
    }
    let _ = writeln!(out, "|\n|{}", "---|".repeat(columns.len()));
    for row in rows {
        for (_, cell) in &columns {
            let _ = write!(out, "| {} ", cell(row));
        }
        out.push_str("|\n");
    }
}

fn remarks<'f>(figure: &'f Figure) -> Vec<&'f str> {
    let mut all = Vec::new();
    if figure.is_start {
        all.push("start");
    }
    if figure.is_final {
        all.push("final");
    }
    all.extend(figure.marks());
    all
}

/// Each state against each other: what leads from the one at the left to the one above.
fn matrix(out: &mut String, picture: &Picture) {
    let mut named: BTreeMap<(usize, usize), Vec<&Named>> = BTreeMap::new();
    for arrow in &picture.arrows {
        let all = named.entry((arrow.from, arrow.to)).or_default();
        all.extend(&arrow.named);
    }
    out.push_str("## From each state to each other\n\n| from ↓ to → |");
    let columns: Vec<usize> = (0..picture.figures.len())
        .filter(|&i| picture.figures[i].kind != Kind::AnyState)
        .collect();
    for &column in &columns {
        let _ = write!(out, " {} |", escaped(picture.figures[column].shown()));
    }
    let _ = writeln!(out, "\n|---|{}", "---|".repeat(columns.len()));
    for (row, figure) in picture.figures.iter().enumerate() {
        let _ = write!(out, "| **{}** |", escaped(figure.shown()));
        for &column in &columns {
            let names = named.get(&(row, column)).into_iter().flatten();
            let names: Vec<String> = names.map(|named| escaped(&named.heading())).collect();
            let _ = write!(out, " {} |", names.join("<br>"));
        }
        out.push('\n');
    }
    out.push('\n');
}

/// A transition in the list, or the beginning of a ticket.
struct Row<'p> {
    /// What begins there; nothing where a ticket does.
    from: Option<&'p Figure<'p>>,
    named: &'p Named<'p>,
    to: &'p Figure<'p>,
}

fn list(out: &mut String, picture: &Picture) {
    let starts = picture.starts.iter().map(|start| Row {
        from: None,
        named: &start.named,
        to: &picture.figures[start.to],
    });
    let moves = picture.arrows.iter().flat_map(|arrow| {
        arrow.named.iter().map(|named| Row {
            from: Some(&picture.figures[arrow.from]),
            named,
            to: &picture.figures[arrow.to],
        })
    });
    out.push_str("## Transitions\n\n");
    table::<Row>(
        out,
        &[
            ("from", &|row| match row.from {
                Some(figure) => escaped(figure.shown()),
                None => "*a new ticket*".to_owned(),
            }),
            ("transition", &|row| escaped(row.named.name)),
            ("to", &|row| escaped(row.to.shown())),
        ],
        // What only some transitions have, and some beginnings of tickets.
        &[
            ("change", &|row| {
                row.named.fate.map_or("", Fate::word).to_owned()
            }),
            ("note", &|row| escaped(row.named.note())),
            ("who", &|row| escaped(&row.named.words(Sign::Who))),
            ("asks", &|row| escaped(&row.named.words(Sign::Asks))),
            ("when", &|row| escaped(row.named.when.unwrap_or_default())),
            ("by itself", &|row| escaped(&row.named.after())),
            ("then", &|row| joined(row.named.does())),
            ("description", &|row| {
                let description = row.named.description();
                description.map_or_else(String::new, |text| escaped(&text.value))
            }),
            ("meta", &|row| spelt(row.named.meta())),
        ],
        &starts.chain(moves).collect::<Vec<_>>(),
    );
}

/// Text in a cell or a paragraph: nothing in it is markup, a link or an end of the cell. What is
/// not a letter, a digit or harmless is spelt as an entity, which Markdown does not look into
/// (<https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references>).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A list begins with a sign, or a number and a sign.
    let mut may_be_list = true;
    for c in text::shown(text).chars() {
        let begins_list = may_be_list && matches!(c, '-' | '+' | '.' | ')');
        may_be_list &= c.is_ascii_digit();
        match c {
            '\n' => out.push_str("<br>"),
            // GitHub makes a link of an address after it has read the entities, but for one that a
            // comment cuts, and a mention of a name.
            '@' => out.push_str("&#64;<!-- -->"),
            ' ' | '-' | '.' | ',' | '/' | '(' | ')' | '?' | '+' if !begins_list => out.push(c),
            c if !c.is_ascii() || c.is_ascii_alphanumeric() => out.push(c),
            c => {
                let _ = write!(out, "&#{};", c as u32);
            }
        }
    }
    // Some readers make a link of a bare address.
    out.replace("www.", "www&#46;")
}
