//! How the rules speak.

use super::reading::shown;
use super::{NEW_TO_CLOSED, workflow};
use crate::diagnostic::Level;
use crate::rules;

/// What is said where the examples of the pages do not go: several states, several transitions.
#[test]
fn wording() {
    let all: Vec<_> = rules::ALL.iter().map(|r| r.code).collect();
    let good = ["go: New -> Work", "end: Work -> Closed"];
    let cases = [
        ("an empty start", workflow("[]", NEW_TO_CLOSED, &good, "")),
        (
            "a start without a candidate",
            workflow(
                "[]",
                &["A open", "B closed"],
                &["a: A -> B", "b: B -> A"],
                "",
            ),
        ),
        (
            "a start twice",
            workflow("[New, New]", NEW_TO_CLOSED, &good, ""),
        ),
        (
            "starts of one name",
            workflow(
                "[{to: New, name: Create}, {to: Work, name: Create}]",
                NEW_TO_CLOSED,
                &good,
                "",
            ),
        ),
        (
            "look-alikes",
            workflow(
                "New",
                &["New open", "\u{41e}pen open", "Open closed"],
                &["a: New -> \u{41e}pen", "b: \u{41e}pen -> Open"],
                "",
            ),
        ),
        (
            "accents",
            workflow(
                "New",
                &["New open", "R\u{e9}solu open", "Re\u{301}solu closed"],
                &["a: New -> R\u{e9}solu", "b: R\u{e9}solu -> Re\u{301}solu"],
                "",
            ),
        ),
        (
            "spacing",
            workflow(
                "New",
                &[
                    "New open",
                    "InWork open",
                    "in-work closed",
                    "IN_WORK closed",
                ],
                &[
                    "a: New -> InWork",
                    "b: InWork -> in-work",
                    "c: InWork -> IN_WORK",
                ],
                "",
            ),
        ),
        (
            "a list with repetitions",
            workflow(
                "New",
                &[
                    "New open editable: [a, b, a, b]",
                    "Work open",
                    "Closed closed final",
                ],
                &good,
                "applies-to: [Laptop, Laptop]\n",
            ),
        ),
        (
            "`from` with a repetition",
            workflow(
                "New",
                NEW_TO_CLOSED,
                &["go: New -> Work", "end: [Work, Work] -> Closed"],
                "",
            ),
        ),
        (
            "a whole duplicate",
            workflow(
                "New",
                NEW_TO_CLOSED,
                &[
                    "go: New -> Work",
                    "end: Work -> Closed",
                    "end: Work -> Closed",
                ],
                "",
            ),
        ),
        (
            "two stars",
            workflow(
                "New",
                NEW_TO_CLOSED,
                &[
                    "go: New -> Work",
                    "end: \"*\" -> Closed",
                    "end: \"*\" -> Closed",
                ],
                "",
            ),
        ),
        (
            "other notes",
            workflow(
                "New",
                NEW_TO_CLOSED,
                &[
                    "go: New -> Work",
                    "end: Work -> Closed",
                    "end: Work -> Closed, notes: required",
                ],
                "",
            ),
        ),
        (
            "other notes than a star",
            workflow(
                "New",
                NEW_TO_CLOSED,
                &[
                    "go: New -> Work",
                    "end: Work -> Closed, notes: required",
                    "end: \"*\" -> Closed",
                ],
                "",
            ),
        ),
        (
            "ambiguous with a star",
            workflow(
                "New",
                &[
                    "New open",
                    "Work open",
                    "Dropped closed",
                    "Closed closed final",
                ],
                &[
                    "go: New -> Work",
                    "end: [New, Work] -> Dropped",
                    "end: \"*\" -> Closed",
                ],
                "",
            ),
        ),
        (
            "partly covered",
            workflow(
                "New",
                &[
                    "New open",
                    "Work open",
                    "Dropped closed",
                    "Closed closed final",
                ],
                &[
                    "go: New -> Work",
                    "drop: [New, Work] -> Dropped",
                    "end: [New, Work] -> Closed",
                    "end: \"*\" -> Closed, except: [Work]",
                ],
                "",
            ),
        ),
        (
            "an idle `except`",
            workflow(
                "New",
                NEW_TO_CLOSED,
                &[
                    "go: New -> Work",
                    "end: \"*\" -> Closed, except: [New, Closed]",
                ],
                "",
            ),
        ),
        (
            "several ways out of the end",
            workflow(
                "New",
                NEW_TO_CLOSED,
                &[
                    "go: New -> Work",
                    "end: Work -> Closed",
                    "a: Closed -> New",
                    "b: Closed -> Work",
                ],
                "",
            ),
        ),
        (
            "unclosed without a candidate",
            workflow("A", &["A open", "B open"], &["a: A -> B", "b: B -> A"], ""),
        ),
        (
            "an open dead end",
            workflow(
                "New",
                &["New open", "Work open", "Closed closed final"],
                &["go: New -> Work", "end: New -> Closed"],
                "",
            ),
        ),
        (
            "a final state that is not closed",
            workflow(
                "New",
                &["New open", "Rejected open final", "Closed closed final"],
                &["reject: New -> Rejected", "end: New -> Closed"],
                "",
            ),
        ),
        (
            "a trap that others lead to",
            workflow(
                "New",
                &["New open", "A open", "B open", "C open", "Closed closed"],
                &[
                    "a: New -> A",
                    "b: A -> B",
                    "c: B -> C",
                    "d: C -> B",
                    "end: New -> Closed",
                ],
                "",
            ),
        ),
        (
            "a trap after the end",
            workflow(
                "New",
                &["New open", "A open", "B waiting", "Closed closed"],
                &[
                    "end: New -> Closed",
                    "reopen: Closed -> A",
                    "a: A -> B",
                    "b: B -> A",
                ],
                "",
            ),
        ),
        (
            "paused starts",
            workflow(
                "[A, B]",
                &["A waiting", "B closed", "C open"],
                &["a: A -> C", "b: B -> C", "c: C -> B"],
                "",
            ),
        ),
        (
            "one that waits with a draft",
            workflow(
                "New",
                &["New open", "A waiting", "B draft", "Closed closed"],
                &[
                    "a: New -> A",
                    "b: A -> B",
                    "c: B -> A",
                    "end: New -> Closed",
                ],
                "",
            ),
        ),
    ];
    let mut text = String::new();
    for (what, yaml) in cases {
        // Reports that many of these set off by the way.
        let on: Vec<_> = all
            .iter()
            .filter(|c| c.level != Level::Allow)
            .copied()
            .collect();
        text += &format!("--- {what}\n{}\n\n", shown(&yaml, &on));
    }
    insta::assert_snapshot!(text);
}
