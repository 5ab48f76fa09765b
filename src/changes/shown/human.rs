//! Changes for people.

use super::{Shown, plain, sentence_in, sign};
use crate::changes::Walks;
use crate::changes::advice;

/// How many walks of one workflow are shown; the others are counted.
const MOST_WALKS: usize = 5;

/// All changes, by file.
pub fn write(shown: &Shown) -> String {
    let mut text = String::new();
    for (sign, file, identifier) in shown.only_in_one() {
        let word = if sign == '+' { "new" } else { "gone" };
        text += &format!(
            "{sign} workflow `{}` is {word}: {}\n",
            plain(identifier),
            plain(file.name())
        );
    }
    for (file, difference) in shown.differing() {
        if !text.is_empty() {
            text.push('\n');
        }
        text += &format!("{}\n\n", plain(file.name()));
        for change in &difference.changes {
            text += &format!(
                "  {} {}\n",
                sign(&change.what),
                plain(&sentence_in(difference, change))
            );
        }
        for advice in advice::on(difference, shown.syntax(difference)) {
            text += &format!("\n  {}\n", plain(&advice));
        }
        walks(
            &mut text,
            "tickets can now be closed like this",
            &difference.new_walks,
        );
        walks(
            &mut text,
            "tickets can no longer be closed like this",
            &difference.lost_walks,
        );
    }
    let gaps = shown.gaps();
    if !text.is_empty() {
        text.push('\n');
    }
    for gap in gaps {
        text += &format!("{}\n", plain(&gap));
    }
    text += &format!("{}\n", shown.summary());
    for line in &shown.tickets {
        text += &format!("{}\n", plain(line));
    }
    text
}

fn walks(text: &mut String, what: &str, walks: &Walks) {
    if walks.told.is_empty() {
        return;
    }
    *text += &format!("\n  {what}:\n");
    for walk in walks.told.iter().take(MOST_WALKS) {
        *text += &format!("    {}\n", plain(&walk.phrase()));
    }
    let more = walks.beyond(MOST_WALKS);
    if more > 0 {
        *text += &format!("    and {more} more\n");
    }
}
