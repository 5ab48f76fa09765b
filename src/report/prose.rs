//! The sentences of a report: made safe to show, broken into lines.

use unicode_width::UnicodeWidthChar;

use super::{armed, printable};
use crate::diagnostic::shortened;

/// How many columns a tab takes at most.
const TAB: usize = 4;

/// `text` as it can be shown in one line: nothing hidden in it, and no name that fills the screen.
pub(super) fn sentence(text: &str) -> String {
    printable::in_line(&shortened(text))
}

/// `text` in lines of at most `width` columns where its words allow it. A word is never broken,
/// and a name in backticks only if it alone is wider than a line.
pub fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for (index, word) in words(text, width).into_iter().enumerate() {
        let wide = columns(word);
        if index > 0 {
            if column + 1 + wide > width {
                out.push('\n');
                column = 0;
            } else {
                out.push(' ');
                column += 1;
            }
        }
        out.push_str(word);
        column += wide;
    }
    out
}

/// `text`, each line of it broken so that it takes at most `width` columns, where its words allow it. What
/// is broken goes on below the last column of the line, which two blanks set off from those before it; where
/// that leaves too little room, two columns further in than the line begins.
pub fn hanging(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        match columns(line) > width {
            true => out.push_str(&hung(line, width)),
            false => out.push_str(line),
        }
        out.push_str(end);
    }
    out
}

/// One line that is too wide.
fn hung(line: &str, width: usize) -> String {
    const ROOM: usize = 24;
    let start = line.len() - line.trim_start_matches(' ').len();
    let column = line.rfind("  ").map_or(0, |gap| gap + 2);
    let wide = columns(&line[..column]);
    let is_marked = ["- ", "↓ "]
        .iter()
        .any(|mark| line[start..].starts_with(mark));
    let (first, indent) = match column > start && wide + ROOM <= width {
        true => (column, wide),
        false if is_marked => (
            start + line[start..].find(' ').map_or(0, |blank| blank + 1),
            start + 2,
        ),
        false => (start, start + 2),
    };
    let broken = wrap(&line[first..], width.saturating_sub(indent));
    let between = format!("\n{:indent$}", "");
    format!("{}{}", &line[..first], broken.replace('\n', &between))
}

/// The pieces of `text` between which a line may break: its words, a name in backticks counting
/// as one unless it is wider than `width`.
fn words(text: &str, width: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut in_name = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            // A backtick without a partner opens no name.
            b'`' => in_name = !in_name && text[at + 1..].contains('`'),
            b' ' if !in_name => {
                words.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&text[start..]);
    let too_wide = |word: &&str| columns(word) > width;
    words
        .into_iter()
        .flat_map(|word| word.split(if too_wide(&word) { ' ' } else { '\n' }))
        .collect()
}

/// How many columns `text` takes on a screen, hidden characters counted as they are shown.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// How many columns `c` takes on a screen, a hidden character counted as it is shown.
pub(super) fn columns_of(c: char) -> usize {
    match c {
        '\t' => TAB,
        c if armed::is_hidden(c) => "<U+0000>".len(),
        c => c.width().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("one two three", 100), "one two three");
        assert_eq!(wrap("incomprehensibly so", 4), "incomprehensibly\nso");
    }

    #[test]
    fn names_stay_whole_while_they_fit() {
        let text = "state `In Progress` is a dead end";
        assert_eq!(wrap(text, 14), "state\n`In Progress`\nis a dead end");
        assert_eq!(wrap(text, 12), "state `In\nProgress` is\na dead end");
        assert_eq!(wrap("an odd ` tick", 8), "an odd `\ntick");
    }

    #[test]
    fn a_line_that_is_too_wide_goes_on_below_its_last_column() {
        let list = "svg   a picture to be shown by browsers\npng   pixels\n  - one two three four five six seven eight\n";
        let narrow = "svg   a picture to be shown by\n      browsers\npng   pixels\n  - one two three four five six\n    seven eight\n";
        assert_eq!(hanging(list, 32), narrow);
        assert_eq!(hanging(list, 80), list);
        // A last column far to the right leaves no room.
        assert_eq!(
            hanging("a long first one  b c d e", 24),
            "a long first one  b c\n  d e"
        );
        let said = "statewright: no such file";
        assert_eq!(hanging(said, 20), "statewright: no\n  such file");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(wrap("完了 完了", 8), "完了\n完了");
        assert_eq!(wrap("完了 完了", 9), "完了 完了");
    }

    #[test]
    fn endless_names_lose_their_middle() {
        let name = format!("start{}end", "x".repeat(1_000_000));
        let shown = sentence(&format!("state `{name}` has no way out"));
        assert!(shown.starts_with("state `startxxx"));
        assert!(shown.contains("x…x"));
        assert!(shown.ends_with("xend` has no way out"));
        assert_eq!(
            shown.chars().count(),
            160 + 1 + "state `` has no way out".len()
        );
    }
}
