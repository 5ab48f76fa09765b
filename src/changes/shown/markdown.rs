//! Changes for a pull request.

use super::{Shown, sentence, sign};
use crate::report::markdown::{code, sentence as escaped};

/// How many changes the table has at most: GitHub takes comments of 65,536 characters.
const MOST_ROWS: usize = 150;

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
        let shown = rows.iter().take(MOST_ROWS);
        shown.for_each(|row| text += &format!("{row}\n"));
        if let Some(more) = rows.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
            text += &format!("\n{more} more changes not shown.\n");
        }
    }
    for gap in shown.gaps() {
        text += &format!("\n{}\n", escaped(&gap));
    }
    text
}

fn mark(sign: char) -> &'static str {
    match sign {
        '+' => "new",
        '-' => "gone",
        _ => "changed",
    }
}
