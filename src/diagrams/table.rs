//! Markdown tables, for people who would rather read than look.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagrams::picture::columns::{self, Column};
use crate::diagrams::picture::{Figure, Kind, Named, Picture};
use crate::diagrams::{Notation, Style, text};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "table",
    about: "Markdown tables: from which state to which, and every transition in a list",
    extension: "md",
    signature: "| from ↓ to → |",
    most: text::MOST,
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
    let columns = columns::used(columns::of_states(), states.clone());
    out.push_str("## States\n\n| state | category | |");
    head(out, &columns, 3);
    for figure in states {
        let category = match figure.kind {
            Kind::State(Some(category)) => category.word(),
            _ => "",
        };
        let _ = write!(
            out,
            "| {} | {category} | {} |",
            escaped(figure.shown()),
            escaped(&remarks(figure).join(", "))
        );
        cells(out, &columns, figure);
    }
    out.push('\n');
}

/// The rest of the head of a table, of which `own` columns are written.
fn head<T>(out: &mut String, columns: &[Column<T>], own: usize) {
    for column in columns {
        let _ = write!(out, " {} |", column.heading);
    }
    let _ = writeln!(out, "\n|{}", "---|".repeat(own + columns.len()));
}

/// The rest of a row.
fn cells<T>(out: &mut String, columns: &[Column<T>], row: &T) {
    for column in columns {
        let _ = write!(out, " {} |", escaped(&(column.cell)(row)));
    }
    out.push('\n');
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

fn list(out: &mut String, picture: &Picture) {
    let columns = columns::used(columns::of_transitions(), picture.named());
    out.push_str("## Transitions\n\n| from | transition | to |");
    head(out, &columns, 3);
    let starts = picture.starts.iter();
    let starts = starts.map(|start| ("*a new ticket*".to_owned(), &start.named, start.to));
    let moves = picture.arrows.iter().flat_map(|arrow| {
        let from = escaped(picture.figures[arrow.from].shown());
        let named = arrow.named.iter();
        named.map(move |named| (from.clone(), named, arrow.to))
    });
    for (from, named, to) in starts.chain(moves) {
        let to = escaped(picture.figures[to].shown());
        let _ = write!(out, "| {from} | {} | {to} |", escaped(named.name));
        cells(out, &columns, named);
    }
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
