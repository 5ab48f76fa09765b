//! What changed in a text, as a unified diff to look at.

use std::fmt::Write as _;
use std::ops::Range;

use crate::line_diff::{self, Hunk};

use super::{armed, printable};

/// How many unchanged lines are shown around each change.
const CONTEXT: u32 = 3;

/// The lines in which `new` differs from `old`, both called `name`; empty where they are the
/// same. Safe to print, and `patch` takes it where the lines hold nothing hidden.
pub fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let name = printable::in_line(name);
    let mut out = format!("--- {name}\n+++ {name}\n");
    let runs = line_diff::runs(old, new);
    let [old, new] = [old, new].map(|text| line_diff::all(text).collect::<Vec<_>>());
    for near in runs.chunk_by(|a, b| b.before.start - a.before.end <= 2 * CONTEXT) {
        hunk(near, &old, &new, &mut out);
    }
    out
}

/// Runs with no more than their context between them, and that context.
fn hunk(runs: &[Hunk], old: &[&str], new: &[&str], out: &mut String) {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
        return;
    };
    let before = CONTEXT.min(first.before.start);
    let after = CONTEXT.min(old.len() as u32 - last.before.end);
    let whole = first.before.start - before..last.before.end + after;
    let added = first.after.start - before..last.after.end + after;
    let _ = writeln!(out, "@@ -{} +{} @@", place(&whole), place(&added));
    let mut at = whole.start;
    for run in runs {
        write(' ', of(old, at..run.before.start), out);
        write('-', of(old, run.before.clone()), out);
        write('+', of(new, run.after.clone()), out);
        at = run.before.end;
    }
    write(' ', of(old, at..whole.end), out);
}

fn of<'l, 't>(lines: &'l [&'t str], range: Range<u32>) -> &'l [&'t str] {
    let range = range.start as usize..range.end as usize;
    lines.get(range).unwrap_or_default()
}

/// The first line, counted from 1, and how many they are where that is not one. Of none it is the line before.
fn place(lines: &Range<u32>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        many => format!("{},{many}", lines.start + 1),
    }
}

fn write(mark: char, lines: &[&str], out: &mut String) {
    for line in lines {
        let shown = format!("{mark}{}", shown(line.trim_end_matches(['\n', '\r'])));
        out.push_str(&armed::guarded(&shown));
        out.push('\n');
        if !line.ends_with('\n') {
            out.push_str("\\ No newline at end of file\n");
        }
    }
}

/// A line as it can be shown. A tab is no secret, and it is what some files are indented with.
fn shown(line: &str) -> String {
    let pieces: Vec<String> = line.split('\t').map(printable::in_line).collect();
    pieces.join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changed_lines_and_their_neighbours_are_shown() {
        let old = "a\nb\nc\nd\ne\nf\n";
        let new = "a\nb\nc\nd\nE\nf\n";
        let expected = "--- x\n+++ x\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n";
        assert_eq!(unified("x", old, new), expected);
        assert_eq!(unified("x", old, old), "");
    }

    /// What `patch` does, strictly: each hunk where its header says, with as many lines as it says.
    fn patched(old: &str, diff: &str) -> String {
        let old: Vec<&str> = old.lines().collect();
        let (mut new, mut at) = (Vec::new(), 0);
        for hunk in diff.split("\n@@ -").skip(1) {
            let mut lines = hunk.lines();
            let header = lines.next().unwrap().trim_end_matches(" @@");
            let places = header.split_once(" +").unwrap();
            let [(start, count), (added_at, added)] = [places.0, places.1].map(|place| {
                let (line, count) = place.split_once(',').unwrap_or((place, "1"));
                let [line, count] = [line, count].map(|n| n.parse::<usize>().unwrap());
                (if count == 0 { line } else { line - 1 }, count)
            });
            new.extend(&old[at..start]);
            at = start;
            assert_eq!(new.len(), added_at, "{diff}");
            for line in lines {
                let (mark, line) = line.split_at(1);
                if mark != "+" {
                    assert_eq!(old[at], line, "{diff}");
                    at += 1;
                }
                if mark != "-" {
                    new.push(line);
                }
            }
            let ends = (start + count, added_at + added);
            assert_eq!((at, new.len()), ends, "{diff}");
        }
        new.extend(&old[at..]);
        new.iter().map(|line| format!("{line}\n")).collect()
    }

    fn text(lines: &[String]) -> String {
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    proptest::proptest! {
        #[test]
        fn the_new_text_comes_of_the_old_one_and_its_diff(
            old in proptest::collection::vec("[abc]", 0..40),
            new in proptest::collection::vec("[abc]", 0..40),
        ) {
            let (old, new) = (text(&old), text(&new));
            let diff = unified("x", &old, &new);
            assert_eq!(patched(&old, &diff), new, "{diff}");
        }
    }

    #[test]
    fn nothing_hidden_gets_out() {
        let diff = unified("x", "\u{1b}[31m\n::error::x\n", "\t##[group]\n::error::x");
        assert!(
            diff.contains("-<U+001B>[31m\n-::error::x\n+\t<U+0023>#[group]\n+::error::x\n"),
            "{diff}"
        );
        assert!(diff.ends_with("\\ No newline at end of file\n"), "{diff}");
    }
}
