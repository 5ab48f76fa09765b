//! Changes for a pull request.

use std::collections::BTreeMap;

use super::{Shown, sentence_in, sign};
use crate::changes::advice;
use crate::changes::{Difference, Subject, Walks, picture};
use crate::diagrams::{Style, mermaid};
use crate::report::markdown::{code, sentence as escaped};
use crate::source::Source;

/// How long the text may become: GitHub takes comments of 65,536 characters.
const MOST: usize = 60_000;

/// How long a picture may be. Mermaid draws more, which nobody reads in a comment.
const MOST_OF_A_PICTURE: usize = 12_000;

/// So many workflows have a picture: GitHub draws each in a frame of its own.
const MOST_PICTURES: usize = 5;

/// How many walks of one workflow are shown.
const MOST_WALKS: usize = 3;

/// A summary, a table by kind, and of each workflow its picture and its changes.
pub fn write(shown: &Shown) -> String {
    let mut text = format!("### Workflows: {}\n", shown.summary());
    for line in &shown.tickets {
        text += &format!("\n{}\n", escaped(line));
    }
    kinds(&mut text, shown);
    let gaps = shown.gaps().into_iter();
    let gaps = gaps.map(|gap| format!("\n{}\n", escaped(&gap)));
    let only = shown.only_in_one().into_iter().map(|(sign, file, name)| {
        let (name, mark, file) = (code(name), mark(sign), code(file.name()));
        format!("\n- workflow {name} is {mark}: {file}\n")
    });
    let lines: Vec<String> = gaps.chain(only).collect();
    let fitting = lines.iter().scan(text.len(), |length, line| {
        *length += line.len();
        (*length < MOST / 2).then_some(line.as_str())
    });
    let fitting: Vec<&str> = fitting.collect();
    text += &fitting.concat();
    if let Some(more) = lines
        .len()
        .checked_sub(fitting.len())
        .filter(|more| *more > 0)
    {
        text += &format!("\n- and {more} more\n");
    }
    let all: Vec<_> = shown.differing().collect();
    let mut rows: usize = all.iter().map(|(_, one)| one.changes.len()).sum();
    for (index, (file, difference)) in all.iter().enumerate() {
        let mut part = head(file, difference);
        part += &tickets(shown, difference);
        let picture = (index < MOST_PICTURES).then(|| drawn(shown, difference));
        if let Some(picture) = picture.flatten() {
            part += &picture;
        }
        part += &walks(difference);
        let left = MOST.saturating_sub(text.len() + 200);
        let (details, count) = details(shown, file, difference, left.saturating_sub(part.len()));
        if part.len() + details.len() > left {
            break;
        }
        text += &part;
        text += &details;
        rows -= count;
    }
    if rows > 0 {
        text += &format!("\n{rows} more changes not shown: `statewright diff` tells all.\n");
    }
    text
}

/// How much of each kind is new, gone and changed.
fn kinds(text: &mut String, shown: &Shown) {
    let mut counts: BTreeMap<(u8, &str), [usize; 3]> = BTreeMap::new();
    let mut count = |kind: (u8, &'static str), sign: char| {
        counts.entry(kind).or_default()[match sign {
            '+' => 0,
            '-' => 1,
            _ => 2,
        }] += 1;
    };
    for (sign, ..) in shown.only_in_one() {
        count((0, "workflows"), sign);
    }
    for (_, difference) in shown.differing() {
        for change in &difference.changes {
            count(kind(&change.of), sign(&change.what));
        }
    }
    if counts.is_empty() {
        return;
    }
    *text += "\n| | new | gone | changed |\n|---|---:|---:|---:|\n";
    for ((_, kind), counts) in counts {
        let cells = counts.map(|count| match count {
            0 => String::new(),
            count => count.to_string(),
        });
        *text += &format!("| {kind} | {} |\n", cells.join(" | "));
    }
}

/// The kind of a change, and where it comes in the table.
fn kind(of: &Subject) -> (u8, &'static str) {
    match of {
        Subject::State(_) => (1, "states"),
        Subject::Start { .. } => (2, "starts"),
        Subject::Moves { .. } => (3, "transitions"),
        Subject::Promise(_) => (4, "promises"),
        Subject::Role(_) => (5, "roles"),
        Subject::Migration(_) => (6, "migrations"),
        Subject::Target(_) => (7, "targets"),
        Subject::Workflow | Subject::NewTicket => (8, "other fields"),
    }
}

fn head(file: &Source, difference: &Difference) -> String {
    let identifier = difference.pair.new.workflow().identifier.as_ref();
    match identifier {
        Some(name) => format!("\n#### {} in {}\n", code(&name.value), code(file.name())),
        None => format!("\n#### {}\n", code(file.name())),
    }
}

/// Both versions in one picture, where that shows anything and is small enough to be looked at.
fn drawn(shown: &Shown, difference: &Difference) -> Option<String> {
    let style = Style::default();
    let picture = picture::merged(difference, &style, |span| shown.place(span));
    picture.fates().next()?;
    let text = (mermaid::NOTATION.draw)(&picture, &style);
    if text.len() > MOST_OF_A_PICTURE {
        return Some(
            "\nIts picture is too large for here: `statewright diff` draws it with `--out FILE.svg`.\n".to_owned(),
        );
    }
    Some(format!(
        "\n```mermaid\n{text}```\n\nIn the picture, `+` is new, `-` is gone, `~` is changed.\n"
    ))
}

/// What becomes of tickets, and what to write: before the picture, because it is what a reviewer must not
/// miss.
fn tickets(shown: &Shown, difference: &Difference) -> String {
    let all = advice::on(difference, shown.syntax(difference)).into_iter();
    all.map(|advice| {
        let (first, rest) = advice.split_at(advice.chars().next().map_or(0, char::len_utf8));
        format!(
            "\n{}\n",
            escaped(&format!("{}{rest}", first.to_uppercase()))
        )
    })
    .collect()
}

/// How tickets can be closed now, and how they cannot any more.
fn walks(difference: &Difference) -> String {
    let mut text = String::new();
    let both = [
        (
            "Tickets can now be closed like this:",
            &difference.new_walks,
        ),
        (
            "Tickets can no longer be closed like this:",
            &difference.lost_walks,
        ),
    ];
    for (what, walks) in both {
        walks_of_one(&mut text, what, walks);
    }
    text
}

/// Every change in a table that is folded, as far as there is room; how many of them that are.
fn details(shown: &Shown, file: &Source, difference: &Difference, room: usize) -> (String, usize) {
    let all = difference.changes.len();
    let word = if all == 1 { "change" } else { "changes" };
    let mut text = format!(
        "\n<details><summary>{all} {word}, each with its place</summary>\n\n| place | | what |\n|---|---|---|\n"
    );
    let mut count = 0;
    for change in &difference.changes {
        let place = change.new.or(change.old).and_then(|span| shown.place(span));
        let place = place.unwrap_or_else(|| file.name().to_owned());
        let row = format!(
            "| {} | {} | {} |\n",
            code(&place),
            mark(sign(&change.what)),
            escaped(&sentence_in(difference, change))
        );
        if text.len() + row.len() + 20 > room {
            break;
        }
        text += &row;
        count += 1;
    }
    text += "\n</details>\n";
    (text, count)
}

fn walks_of_one(text: &mut String, what: &str, walks: &Walks) {
    if walks.told.is_empty() {
        return;
    }
    *text += &format!("\n{what}\n\n");
    for walk in walks.told.iter().take(MOST_WALKS) {
        *text += &format!("- {}\n", escaped(&walk.phrase()));
    }
    let more = walks.beyond(MOST_WALKS);
    if more > 0 {
        *text += &format!("- and {more} more\n");
    }
}

fn mark(sign: char) -> &'static str {
    match sign {
        '+' => "new",
        '-' => "gone",
        _ => "changed",
    }
}
