//! What changed in a text, as a unified diff to look at.

use similar::{ChangeTag, TextDiff};

use super::{armed, printable};

/// How many unchanged lines are shown around each change.
const CONTEXT: usize = 3;

/// The lines in which `new` differs from `old`, both called `name`; empty where they are the
/// same. Safe to print, and `patch` takes it where the lines hold nothing hidden.
pub fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let diff = TextDiff::from_lines(old, new);
    let name = printable::in_line(name);
    let mut out = format!("--- {name}\n+++ {name}\n");
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        out.push_str(&format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let mark = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let line = change.value().trim_end_matches(['\n', '\r']);
            let line = format!("{mark}{}", shown(line));
            out.push_str(&armed::guarded(&line));
            out.push('\n');
            if change.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
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
