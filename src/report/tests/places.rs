//! Where the marks stand, whatever the text is made of.

use super::*;

#[test]
fn empty_places_are_visible() {
    let source = source("name:\nstart: x\n");
    let drawn = [5, 6, 14, 15].map(|at| pointing(&source, source.at(at..at)));
    insta::assert_snapshot!(drawn.join("\n"), @r"
    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:1:6]
     1 │ name:
       ·      ┬
       ·      ╰── here
     2 │ start: x
       ╰────

    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:2:1]
     1 │ name:
     2 │ start: x
       · ┬
       · ╰── here
       ╰────

    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:2:9]
     1 │ name:
     2 │ start: x
       ·         ┬
       ·         ╰── here
       ╰────

    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:3:1]
     2 │ start: x
     3 │
       · ┬
       · ╰── here
       ╰────
    ");
    let empty = named(0, "empty.yaml", "");
    insta::assert_snapshot!(pointing(&empty, empty.span()), @r"
    error[undefined-states]

      × it is wrong
       ╭─[empty.yaml:1:1]
     1 │
       · ┬
       · ╰── here
       ╰────
    ");
}

#[test]
fn every_line_end_and_a_byte_order_mark_are_understood() {
    let windows = source("\u{feff}a: 1\r\nb: wrong\r\nc: 3\r\n");
    insta::assert_snapshot!(pointing(&windows, find(&windows, "wrong")), @r"
    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:2:4]
     1 │ a: 1
     2 │ b: wrong
       ·    ──┬──
       ·      ╰── here
     3 │ c: 3
       ╰────
    ");
    insta::assert_snapshot!(pointing(&windows, windows.at(0..4)), @r"
    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:1:1]
     1 │ a: 1
       · ┬
       · ╰── here
     2 │ b: wrong
       ╰────
    ");
    let old_mac = source("a: 1\rb: wrong\rc: 3");
    assert!(pointing(&old_mac, find(&old_mac, "wrong")).contains(":2:4]"));
}

#[test]
fn wide_characters_are_underlined_where_they_stand() {
    let source = source("states: [完了, e\u{301}te\u{301}, 😀 ok, \tTab, wrong]");
    let mut found = Diagnostic::new(&WRONG, "it is wrong", find(&source, "wrong"), "wrong");
    for (needle, label) in [
        ("完了", "done"),
        ("e\u{301}te\u{301}", "summer"),
        ("😀", "smile"),
        ("Tab", "tab"),
    ] {
        found = found.label(find(&source, needle), label);
    }
    insta::assert_snapshot!(drawn(&source, &[found]), @r"
    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:1:33]
     1 │ states: [完了, été, 😀 ok,  Tab, wrong]
       ·          ──┬─  ─┬─  ─┬      ─┬─  ──┬──
       ·            │    │    │       │     ╰── wrong
       ·            │    │    │       ╰── tab
       ·            │    │    ╰── smile
       ·            │    ╰── summer
       ·            ╰── done
       ╰────
    ");
}

#[test]
fn long_lines_are_clipped() {
    let deep = source(&format!("a: {}\nb: 1\n", "[".repeat(1_000_000)));
    insta::assert_snapshot!(pointing(&deep, deep.at(500_000..500_001)), @r"
    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:1:500001]
     1 │ …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
       ·                         ┬
       ·                         ╰── here
     2 │ b: 1
       ╰────
    ");
    let row: Vec<String> = (0..400).map(|n| format!("State{n}")).collect();
    let wide = source(&format!("states: [{}]\n", row.join(", ")));
    let found = Diagnostic::new(
        &WRONG,
        "state `State200` is defined twice",
        find(&wide, "State200"),
        "again",
    )
    .label(find(&wide, "State100"), "here")
    .label(find(&wide, "State398"), "and here");
    insta::assert_snapshot!(drawn(&wide, &[found]), @r"
    error[undefined-states]

      × state `State200` is defined twice
       ╭─[laptop.workflow.yaml:1:1900]
     1 │ … State97, State98, State99, State100, State…te199, State200, State…te397, State398, State399]
       ·                              ────┬───               ────┬───               ────┬───
       ·                                  │                      │                      ╰── and here
       ·                                  │                      ╰── again
       ·                                  ╰── here
       ╰────
    ");
}

#[test]
fn a_place_of_several_lines_shows_its_first() {
    let source = source(LAPTOP);
    let span = find(&source, "states:").to(find(&source, "transitions:"));
    insta::assert_snapshot!(pointing(&source, span), @r"
    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:4:1]
     4 │ states:
       · ───┬───
       ·    ╰── here
     5 │   New: { category: open }
       ╰────
    ");
}

#[test]
fn overlapping_places_are_set_apart() {
    let source = source("to: Aproved\n");
    let mut found = Diagnostic::new(&WRONG, "it is wrong", source.at(4..11), "the name");
    for (range, message) in [(0..6, "the start"), (5..7, "the inside"), (4..11, "again")] {
        found.labels.push(crate::diagnostic::Label {
            span: source.at(range),
            message: message.into(),
        });
    }
    insta::assert_snapshot!(drawn(&source, &[found]), @r"
    error[undefined-states]

      × it is wrong
       ╭─[laptop.workflow.yaml:1:5]
     1 │ to: Aproved
       · ───┬────┬──
       ·    │    ╰─┤ the name
       ·    │      │ again
       ·    │      │ the inside
       ·    ╰── the start
       ╰────
    ");
}

#[test]
fn a_place_in_no_known_source_is_not_drawn() {
    let source = source("a: 1\n");
    let elsewhere = Span::new(SourceId(7), 0, 1);
    insta::assert_snapshot!(pointing(&source, elsewhere), @r"
    error[undefined-states]

      × it is wrong
    ");
    let beyond = pointing(&source, source.at(100..200));
    assert!(beyond.contains(":2:1]"));
}
