//! Markdown tables, for people who would rather read than look.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagrams::picture::{Arrow, Figure, Kind, Picture};
use crate::diagrams::{Notation, Style, text};

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
    states(&mut out, picture);
    if picture.figures.len() <= MOST_COLUMNS {
        matrix(&mut out, picture);
    }
    list(&mut out, picture);
    for asks in picture.asks() {
        let _ = writeln!(out, "\n{} {}", escaped(asks.sign), asks.meaning);
    }
    out
}

fn states(out: &mut String, picture: &Picture) {
    out.push_str("## States\n\n| state | category | |\n|---|---|---|\n");
    for figure in &picture.figures {
        if figure.kind == Kind::AnyState {
            continue;
        }
        let category = match figure.kind {
            Kind::State(Some(category)) => category.word(),
            _ => "",
        };
        let _ = writeln!(
            out,
            "| {} | {category} | {} |",
            escaped(&figure.name),
            escaped(&remarks(figure).join(", "))
        );
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
    let arrows = picture.arrows.iter();
    let named: BTreeMap<(usize, usize), &Arrow> = arrows
        .map(|arrow| ((arrow.from, arrow.to), arrow))
        .collect();
    out.push_str("## From each state to each other\n\n| from ↓ to → |");
    let columns: Vec<usize> = (0..picture.figures.len())
        .filter(|&i| picture.figures[i].kind != Kind::AnyState)
        .collect();
    for &column in &columns {
        let _ = write!(out, " {} |", escaped(&picture.figures[column].name));
    }
    let _ = writeln!(out, "\n|---|{}", "---|".repeat(columns.len()));
    for (row, figure) in picture.figures.iter().enumerate() {
        let _ = write!(out, "| **{}** |", escaped(&figure.name));
        for &column in &columns {
            let arrow = named.get(&(row, column)).into_iter();
            let names = arrow.flat_map(|arrow| arrow.signed());
            let names: Vec<String> = names.map(|name| escaped(&name)).collect();
            let _ = write!(out, " {} |", names.join("<br>"));
        }
        out.push('\n');
    }
    out.push('\n');
}

fn list(out: &mut String, picture: &Picture) {
    out.push_str("## Transitions\n\n| from | transition | to |\n|---|---|---|\n");
    for start in &picture.starts {
        let _ = writeln!(
            out,
            "| *a new ticket* | {} | {} |",
            escaped(start.name.unwrap_or_default()),
            escaped(&picture.figures[start.to].name)
        );
    }
    for arrow in &picture.arrows {
        for name in arrow.signed() {
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                escaped(&picture.figures[arrow.from].name),
                escaped(&name),
                escaped(&picture.figures[arrow.to].name)
            );
        }
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
