//! Changes for a pull request.

use super::{Shown, sentence, sign};
use crate::changes::Walk;
use crate::report::markdown::{code, sentence as escaped};

/// How long the text may become: GitHub takes comments of 65,536 characters.
const MOST: usize = 60_000;

/// What is kept of that for what stands below the table.
const BELOW: usize = 6_000;

/// How many walks of one workflow are shown.
const MOST_WALKS: usize = 3;

/// A summary, and a table of the changes.
pub fn write(shown: &Shown) -> String {
    let mut text = format!("### Workflows: {}\n", shown.summary());
    let mut rows = Vec::new();
    for (sign, file, identifier) in shown.only_in_one() {
        let word = if sign == '+' { "new" } else { "gone" };
        let what = format!("workflow `{identifier}` is {word}");
        rows.push(format!(
            "| {} | {} | {} |",
            code(file.name()),
            mark(sign),
            escaped(&what)
        ));
    }
    for (file, difference) in shown.differing() {
        for change in &difference.changes {
            let place = change
                .new
                .or(change.old)
                .and_then(|span| shown.position(span));
            let place = place.map_or_else(
                || file.name().to_owned(),
                |(file, line, _)| format!("{file}:{line}"),
            );
            let mark = mark(sign(&change.what));
            rows.push(format!(
                "| {} | {mark} | {} |",
                code(&place),
                escaped(&sentence(change))
            ));
        }
    }
    if !rows.is_empty() {
        text += "\n| place | | what |\n|---|---|---|\n";
        let all = rows.len();
        let mut count = 0;
        for row in rows {
            if text.len() + row.len() > MOST - BELOW {
                break;
            }
            text += &format!("{row}\n");
            count += 1;
        }
        if count < all {
            text += &format!("\n{} more changes not shown.\n", all - count);
        }
    }
    let mut below = String::new();
    for (_, difference) in shown.differing() {
        for advice in difference.advice() {
            below += &format!("\n{}\n", escaped(&advice));
        }
        walks(
            &mut below,
            "Tickets can now be closed so:",
            &difference.new_walks,
        );
        walks(
            &mut below,
            "Tickets can no longer be closed so:",
            &difference.lost_walks,
        );
    }
    let mut gaps = String::new();
    for gap in shown.gaps() {
        gaps += &format!("\n{}\n", escaped(&gap));
    }
    for part in [gaps, below] {
        match text.len() + part.len() < MOST - 100 {
            true => text += &part,
            false => text += "\nMore is not shown: there is no room for it.\n",
        }
    }
    text
}

fn walks(text: &mut String, what: &str, walks: &[Walk]) {
    if walks.is_empty() {
        return;
    }
    *text += &format!("\n{what}\n\n");
    for walk in walks.iter().take(MOST_WALKS) {
        *text += &format!("- {}\n", escaped(&walk.phrase()));
    }
    if let Some(more) = walks.len().checked_sub(MOST_WALKS).filter(|more| *more > 0) {
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
