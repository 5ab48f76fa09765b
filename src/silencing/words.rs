//! What a comment says to this program: `# statewright: allow(CODE, …) reason`. On one line there may be
//! several such, and words to other programs before, between and behind them.

use std::ops::Range;

use crate::suggest;

/// The name that such a comment begins with.
const NAME: &str = "statewright";
/// For what starts on the line.
pub(super) const ALLOW: &str = "allow";
/// For the whole file.
pub(super) const ALLOW_FILE: &str = "allow-file";

/// The words, each with what it says.
pub const WORDS: &[(&str, &str)] = &[
    (ALLOW, "on this line, or on the next"),
    (ALLOW_FILE, "in the whole file"),
];

/// Words of other tools, and what they are called here.
const SYNONYMS: &[(&str, &str)] = &[
    ("ignore", ALLOW),
    ("disable", ALLOW),
    ("suppress", ALLOW),
    ("silence", ALLOW),
    ("ignore-file", ALLOW_FILE),
    ("disable-file", ALLOW_FILE),
];

/// A comment that is meant for this program. Ranges are bytes of the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// From the name to the opening bracket, or as far as it could be read.
    pub head: Range<usize>,
    /// [`ALLOW`] or [`ALLOW_FILE`]; of a misspelt word the nearest; `None` where none is near.
    pub word: Option<&'static str>,
    /// Whether the head is spelt right.
    pub is_exact: bool,
    /// What stands in the brackets.
    pub list: List,
    /// Why, in the author's words.
    pub reason: Range<usize>,
    /// Whether it stands in the midst of words for people, and so says nothing to this program.
    pub is_prose: bool,
    /// All of it: from its `#`, or from its name where other words stand after that, to its end.
    pub part: Range<usize>,
}

/// The codes in their brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// There is no opening bracket.
    Missing,
    /// The bracket at this place is not closed.
    Unclosed(usize),
    /// Each code, and where the closing bracket is.
    Codes(Vec<Range<usize>>, usize),
}

/// What `comment`, which begins with `#`, says to this program, one after the other; nothing where it
/// is for people or for other programs.
pub(super) fn read(comment: &str) -> Vec<Words> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < comment.len() {
        let end = next_sign(comment, from);
        found.extend(of_part(comment, from..end));
        from = end;
    }
    found
}

/// Where the next part of the comment begins, after the one that begins at `from`: at a `#` that a
/// blank stands before, unless a number follows, as in "see #12".
fn next_sign(comment: &str, from: usize) -> usize {
    let begins = |at: &usize| {
        let rest = comment[*at..].trim_start_matches('#');
        comment[..*at].ends_with([' ', '\t'])
            && rest.starts_with(|c: char| matches!(c, ' ' | '\t' | ':') || c.is_alphabetic())
    };
    let signs = comment[from..].match_indices('#').map(|(at, _)| from + at);
    let mut signs =
        signs.skip_while(|at| *at == from || comment[from..*at].trim_matches('#').is_empty());
    signs.find(begins).unwrap_or(comment.len())
}

/// What stands in one part of a comment.
fn of_part(comment: &str, part: Range<usize>) -> Vec<Words> {
    let text = &comment[..part.end];
    let signs = text[part.start..].len() - text[part.start..].trim_start_matches('#').len();
    let begin = part.start + signs;
    let begin = begin + text[begin..].len() - text[begin..].trim_start_matches([' ', '\t']).len();
    // Behind words to others, only what is spelt exactly so is meant for this program.
    let inside = text[begin..].match_indices(EXACT).map(|(at, _)| begin + at);
    let inside = inside.filter(|at| *at > begin && text[..*at].ends_with([' ', '\t']));
    let mut starts: Vec<(usize, usize)> = vec![(part.start, begin)];
    starts.extend(inside.map(|at| (at, at)));
    let ends = starts
        .iter()
        .skip(1)
        .map(|(from, _)| *from)
        .chain([part.end]);
    let ends: Vec<usize> = ends.collect();
    let mut is_prose = !is_directive(&text[begin..]);
    let mut found: Vec<Words> = Vec::new();
    for ((from, start), end) in starts.iter().zip(ends) {
        let Some(words) = words(&comment[..end], *start, *from) else {
            continue;
        };
        let is_first = start == &begin;
        if is_first {
            // Another one may follow its reason.
            is_prose = false;
        }
        if is_first || (words.is_exact && matches!(words.list, List::Codes(..))) {
            found.push(Words { is_prose, ..words });
        }
    }
    found
}

/// Whether a part of a comment begins with words to another program, to which nobody writes prose.
fn is_directive(text: &str) -> bool {
    let ends = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_');
    let word = text.split(ends).next().unwrap_or_default();
    OTHER_PROGRAMS
        .iter()
        .any(|other| word.eq_ignore_ascii_case(other))
}

/// How comments begin that other programs read, in YAML and TOML.
const OTHER_PROGRAMS: &[&str] = &[
    "actionlint",
    "ansible-lint",
    "checkov",
    "codespell",
    "cspell",
    "dprint-ignore",
    "editorconfig-checker-disable-line",
    "gitleaks",
    "kics",
    "kics-scan",
    "kube-linter",
    "noinspection",
    "nolint",
    "noqa",
    "nosec",
    "nosemgrep",
    "nosonar",
    "pragma",
    "prettier-ignore",
    "renovate",
    "semgrep",
    "spellchecker",
    "taplo",
    "tfsec",
    "tombi",
    "trivy",
    "vale",
    "yaml-language-server",
    "yamllint",
    "zizmor",
];

/// How words to this program begin.
const EXACT: &str = "statewright: allow";

/// The words that begin at byte `start`, in the part that begins at `from`.
fn words(comment: &str, start: usize, from: usize) -> Option<Words> {
    let mut walk = Walk {
        text: comment,
        at: start,
    };
    let name = walk.word();
    suggest::nearest(name, [NAME])?;
    let addressed = name == NAME && walk.skip_one(':');
    if !addressed {
        walk.skip(|c| matches!(c, ' ' | '\t' | ':' | '=' | ','));
    }
    walk.blanks();
    let written = walk.word();
    let word = word(written);
    let end = walk.at;
    walk.blanks();
    let open = walk.at;
    let list = list(&mut walk);
    // A sentence about this program is no word to it.
    if !addressed && (word.is_none() || list == List::Missing) {
        return None;
    }
    let head_end = if list == List::Missing { end } else { open + 1 };
    let head = start..head_end;
    let proper = word.map(|word| format!("{NAME}: {word}("));
    Some(Words {
        is_exact: list == List::Missing || proper.as_deref() == Some(&comment[head.clone()]),
        head,
        word,
        list,
        reason: walk.rest(),
        is_prose: false,
        part: from..comment.trim_end().len(),
    })
}

/// The word that is written or meant.
fn word(written: &str) -> Option<&'static str> {
    let near = suggest::nearest(written, [ALLOW, ALLOW_FILE]);
    let known = [ALLOW, ALLOW_FILE].into_iter();
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == written);
    let meant = known.into_iter().find(|word| near == Some(word));
    meant.or(synonym.map(|(_, word)| *word))
}

/// Reads `(a, b)`.
fn list(walk: &mut Walk<'_>) -> List {
    let open = walk.at;
    if !walk.skip_one('(') {
        return List::Missing;
    }
    let inside = walk.at;
    let Some(length) = walk.text[inside..].find(')') else {
        return List::Unclosed(open);
    };
    let close = inside + length;
    let mut codes = Vec::new();
    let mut from = inside;
    for part in walk.text[inside..close].split(',') {
        let code = part.trim();
        let start = from + (part.len() - part.trim_start().len());
        if !code.is_empty() {
            codes.push(start..start + code.len());
        }
        from += part.len() + 1;
    }
    walk.at = close + 1;
    List::Codes(codes, close)
}

struct Walk<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Walk<'t> {
    fn skip(&mut self, mut which: impl FnMut(char) -> bool) -> &'t str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c| !which(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn skip_one(&mut self, wanted: char) -> bool {
        let is_there = self.text[self.at..].starts_with(wanted);
        self.at += if is_there { wanted.len_utf8() } else { 0 };
        is_there
    }

    fn blanks(&mut self) {
        self.skip(|c| matches!(c, ' ' | '\t'));
    }

    fn word(&mut self) -> &'t str {
        self.skip(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    }

    /// What is left, without blanks around it and without a mark before it.
    fn rest(&self) -> Range<usize> {
        let rest = &self.text[self.at..];
        let said = rest.trim_start_matches([' ', '\t', ':', '-', '–', '—']);
        let start = self.text.len() - said.len();
        start..start + said.trim_end().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a comment: the word, the codes, the reason.
    fn said(comment: &str) -> Option<String> {
        let all = read(comment);
        let all: Option<Vec<String>> = all.iter().map(|words| one(comment, words)).collect();
        all.filter(|all| !all.is_empty()).map(|all| all.join(" | "))
    }

    fn one(comment: &str, words: &Words) -> Option<String> {
        let exact = if words.is_exact { "" } else { "meant " };
        let exact = if words.is_prose { "prose " } else { exact };
        let codes = match &words.list {
            List::Missing => "no list".to_owned(),
            List::Unclosed(at) => format!("unclosed {at}"),
            List::Codes(codes, _) => {
                let codes = codes.iter().map(|range| &comment[range.clone()]);
                codes.collect::<Vec<_>>().join("+")
            }
        };
        let reason = &comment[words.reason.clone()];
        Some(format!("{exact}{} {codes} [{reason}]", words.word?))
    }

    #[test]
    fn the_proper_form_is_read() {
        let cases = [
            (
                "# statewright: allow(dead-ends) parked by hand",
                "allow dead-ends [parked by hand]",
            ),
            ("#statewright:allow( a ,b, ) : x", "meant allow a+b [x]"),
            ("# statewright: allow-file(a)", "allow-file a []"),
        ];
        for (comment, expected) in cases {
            assert_eq!(said(comment).as_deref(), Some(expected), "{comment}");
        }
    }

    #[test]
    fn a_slip_is_understood() {
        let cases = [
            ("# statewright allow(a)", "meant allow a []"),
            ("# statewright: alow(a)", "meant allow a []"),
            ("# Statewright: allow(a)", "meant allow a []"),
            ("# statewrite: allow (a) x", "meant allow a [x]"),
            ("# statewright: allow_file(a)", "meant allow-file a []"),
            ("# statewright: ignore(a)", "meant allow a []"),
            ("# statewright: allow(a", "allow unclosed 20 [a]"),
            ("# statewright: allow a", "allow no list [a]"),
        ];
        for (comment, expected) in cases {
            assert_eq!(said(comment).as_deref(), Some(expected), "{comment}");
        }
    }

    #[test]
    fn words_to_others_may_stand_beside() {
        let cases = [
            ("# statewright: allow(a) why # noqa", "allow a [why]"),
            ("# noqa # statewright: allow(a) why", "allow a [why]"),
            ("# noqa #statewright allow(a)", "meant allow a []"),
            (
                "# yamllint disable-line rule:colons statewright: allow(a) why",
                "allow a [why]",
            ),
            (
                "# x # statewright: allow(a) why # y # statewright: allow(b) # z",
                "allow a [why] | allow b []",
            ),
            (
                "# statewright: allow(a) one statewright: allow(b) two",
                "allow a [one] | allow b [two]",
            ),
            ("# statewright: allow(a) see #12", "allow a [see #12]"),
            ("## statewright: allow(a)", "allow a []"),
        ];
        for (comment, expected) in cases {
            assert_eq!(said(comment).as_deref(), Some(expected), "{comment}");
        }
    }

    #[test]
    fn a_sentence_that_holds_it_is_prose() {
        let cases = [
            ("# see statewright: allow(a) why", "prose allow a [why]"),
            ("# not statewright: allow(a)", "prose allow a []"),
            (
                "# noqa # see statewright: allow(a) # statewright: allow(b)",
                "prose allow a [] | allow b []",
            ),
        ];
        for (comment, expected) in cases {
            assert_eq!(said(comment).as_deref(), Some(expected), "{comment}");
        }
    }

    #[test]
    fn what_is_for_people_is_left_alone() {
        for comment in [
            "# statewright checks this file",
            "# statewright allows nothing here (see the wiki)",
            "# see `statewright: allow(x)`",
            "# see statewright: hush(x)",
            "# written for Statewright",
            "#",
            "# allow(dead-ends)",
        ] {
            assert_eq!(read(comment), Vec::new(), "{comment}");
        }
        assert!(read("# statewright: hush")[0].word.is_none());
    }
}
