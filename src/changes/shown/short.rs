//! Changes, a line each.

use super::{Shown, plain, sentence_in, sign};

/// All changes, each with its place: in the new version, or else in the old one.
pub fn write(shown: &Shown) -> String {
    let mut text = String::new();
    for (sign, file, identifier) in shown.only_in_one() {
        let word = if sign == '+' { "new" } else { "gone" };
        text += &format!(
            "{}: {sign} workflow `{}` is {word}\n",
            plain(file.name()),
            plain(identifier)
        );
    }
    for (_, difference) in shown.differing() {
        for change in &difference.changes {
            let place = change
                .new
                .or(change.old)
                .and_then(|span| shown.position(span));
            let place = place.map_or_else(String::new, |(file, line, column)| {
                format!("{}:{line}:{column}: ", plain(file))
            });
            text += &format!(
                "{place}{} {}\n",
                sign(&change.what),
                plain(&sentence_in(difference, change))
            );
        }
    }
    for line in &shown.tickets {
        text += &format!("{}\n", plain(line));
    }
    for gap in shown.gaps() {
        text += &format!("{}\n", plain(&gap));
    }
    text
}
