//! What a person reads.

use super::*;
use crate::report::Pages;

#[test]
fn a_report_names_the_mistake_and_then_the_other_half() {
    let source = source(LAPTOP);
    insta::assert_snapshot!(drawn(&source, &[misspelt(&source)]), @r"
    error[undefined-states]

      × transition `Approve` leads to undefined state `Aproved`
        ╭─[laptop.workflow.yaml:11:37]
     10 │ transitions:
     11 │   - { name: Approve, from: New, to: Aproved }
        ·                                     ───┬───
        ·                                        ╰── no state has this name
     12 │   - { name: Close, from: Approved, to: Closed }
        ╰────
       ╭─[laptop.workflow.yaml:7:3]
     6 │   Waiting: { category: open }
     7 │   Approved: { category: open }
       ·   ────┬───
       ·       ╰── a state with a similar name is defined here
     8 │   Closed: { category: closed }
       ╰────
      help: change `Aproved` to `Approved`
    ");
}

#[test]
fn a_run_ends_with_a_summary() {
    let source = source(LAPTOP);
    let found = [dead_end(&source), misspelt(&source)];
    let other = named(1, "b.yaml", "");
    insta::assert_snapshot!(written("human", &Report::new([&source, &other], &found)), @r"
    warning[dead-ends]

      ⚠ state `Waiting` is a dead end
       ╭─[laptop.workflow.yaml:6:3]
     5 │   New: { category: open }
     6 │   Waiting: { category: open }
       ·   ───┬───
       ·      ╰── no transition leaves it
     7 │   Approved: { category: open }
       ╰────
      help: add a transition from `Waiting`, or make its category `closed`
      note: a ticket in `Waiting` stays there for good
      note: `New` → `Approved` → `Closed` is the only way to `Closed`

    error[undefined-states]

      × transition `Approve` leads to undefined state `Aproved`
        ╭─[laptop.workflow.yaml:11:37]
     10 │ transitions:
     11 │   - { name: Approve, from: New, to: Aproved }
        ·                                     ───┬───
        ·                                        ╰── no state has this name
     12 │   - { name: Close, from: Approved, to: Closed }
        ╰────
       ╭─[laptop.workflow.yaml:7:3]
     6 │   Waiting: { category: open }
     7 │   Approved: { category: open }
       ·   ────┬───
       ·       ╰── a state with a similar name is defined here
     8 │   Closed: { category: closed }
       ╰────
      help: change `Aproved` to `Approved`

    checked 2 files: 1 error, 1 warning; 1 has a fix
    ");
}

#[test]
fn summaries_count_in_words() {
    let source = source(LAPTOP);
    let last_line = |diagnostics: &[Diagnostic]| {
        let text = written("human", &Report::new([&source], diagnostics));
        text.lines().last().unwrap_or_default().to_owned()
    };
    let (error, warning) = (misspelt(&source), dead_end(&source));
    assert_eq!(last_line(&[]), "checked 1 file: no mistakes found");
    assert_eq!(
        last_line(std::slice::from_ref(&warning)),
        "checked 1 file: 1 warning"
    );
    assert_eq!(
        last_line(&[error.clone(), error, warning]),
        "checked 1 file: 2 errors, 1 warning; 2 have a fix"
    );
}

#[test]
fn colour_changes_nothing_but_colour() {
    let source = source(LAPTOP);
    let found = [dead_end(&source), misspelt(&source)];
    let report = Report::new([&source], &found);
    let style = Style {
        color: true,
        ..Style::default()
    };
    let coloured = written_in(style, "human", &report);
    let mut plain = String::new();
    for part in coloured.split('\x1b') {
        let rest = part.split_once('m').filter(|_| part.starts_with('['));
        plain.push_str(rest.map_or(part, |(_, rest)| rest));
    }
    assert_eq!(plain, written("human", &report));
    let start: Vec<&str> = coloured.lines().take(8).collect();
    insta::assert_snapshot!(start.join("\n").replace('\x1b', "␛"), @r"
    ␛[33mwarning[dead-ends]␛[0m

      ␛[33m⚠␛[0m state `Waiting` is a dead end
       ╭─[␛[36;1;4mlaptop.workflow.yaml:6:3␛[0m]
     ␛[2m5␛[0m │   New: { category: open }
     ␛[2m6␛[0m │   Waiting: { category: open }
       · ␛[33m  ───┬───␛[0m
       ·      ␛[33m╰── ␛[33mno transition leaves it␛[0m␛[0m
    ");
}

#[test]
fn a_code_is_a_link_to_its_page_and_nothing_else_is() {
    let source = named(0, "dead-ends.yaml", LAPTOP);
    let found = [dead_end(&source)];
    let report = Report::new([&source], &found);
    for color in [false, true] {
        let style = Style {
            color,
            ..Style::default()
        };
        let linked = Style {
            pages: Pages::at("https://example.org/codes").ok(),
            links: true,
            ..style.clone()
        };
        let link = "\x1b]8;;https://example.org/codes/dead-ends\x1b\\dead-ends\x1b]8;;\x1b\\";
        let unlinked = written_in(style, "human", &report);
        let expected = unlinked.replacen("dead-ends", link, 1);
        assert_eq!(written_in(linked, "human", &report), expected);
    }
}

#[test]
fn threads_change_nothing_that_is_drawn() {
    let source = named(0, "dead-ends.yaml", LAPTOP);
    for count in [0, 1, 63, 64, 65, 200] {
        let mut found = vec![dead_end(&source); count];
        for (number, one) in found.iter_mut().enumerate() {
            one.message = format!("report {number}");
        }
        let report = Report::new([&source], &found);
        let drawn = |threads| {
            let style = Style {
                threads,
                ..Style::default()
            };
            written_in(style, "human", &report)
        };
        let by_one = drawn(1);
        assert_eq!(by_one.matches("report ").count(), count);
        for threads in [0, 2, 3, 64] {
            assert_eq!(drawn(threads), by_one);
        }
    }
}

#[test]
fn places_in_other_files_have_boxes_of_their_own() {
    let a = named(0, "a.yaml", "ids:\n  prefix: INC\n");
    let b = named(1, "b.yaml", "workflow: B\nids:\n  prefix: INC\n");
    let found = Diagnostic::new(
        &WRONG,
        "two workflows use the prefix `INC`",
        find(&b, "INC"),
        "used again here",
    )
    .label(find(&a, "INC"), "used here first")
    .label(find(&b, "workflow"), "in this workflow");
    insta::assert_snapshot!(human_of(&[&a, &b], &[found]), @r"
    error[undefined-states]

      × two workflows use the prefix `INC`
       ╭─[b.yaml:3:11]
     1 │ workflow: B
       · ────┬───
       ·     ╰── in this workflow
     2 │ ids:
     3 │   prefix: INC
       ·           ─┬─
       ·            ╰── used again here
       ╰────
       ╭─[a.yaml:2:11]
     1 │ ids:
     2 │   prefix: INC
       ·           ─┬─
       ·            ╰── used here first
       ╰────
    ");
}

#[test]
fn a_path_is_marked_step_by_step() {
    let source = source(
        "transitions:\n  - { name: A, from: New, to: X }\n  - { name: B, from: X, to: Y }\n\
         \n\n\n\n\n  - { name: C, from: Y, to: Z }\n",
    );
    let found = Diagnostic::new(
        &WRONG,
        "a ticket can reach `Z` without `Approval`",
        find(&source, "A,"),
        "first this",
    )
    .label(find(&source, "B"), "then this")
    .label(find(&source, "C"), "and then this one")
    .label(find(&source, "New"), "from here");
    insta::assert_snapshot!(drawn(&source, &[found]), @r"
    error[undefined-states]

      × a ticket can reach `Z` without `Approval`
       ╭─[laptop.workflow.yaml:2:13]
     1 │ transitions:
     2 │   - { name: A, from: New, to: X }
       ·             ─┬       ─┬─
       ·              │        ╰── from here
       ·              ╰── first this
     3 │   - { name: B, from: X, to: Y }
       ·             ┬
       ·             ╰── then this
       ╰────
       ╭─[laptop.workflow.yaml:9:13]
     9 │   - { name: C, from: Y, to: Z }
       ·             ┬
       ·             ╰── and then this one
       ╰────
    ");
}

#[test]
fn long_texts_break_between_words_and_not_in_names() {
    let long = "The Very Long Name Of A State That Somebody Has Thought About For A While";
    let source = source(&format!("states:\n  {long}: {{ category: opne }}\n"));
    let found = Diagnostic::new(
        &WRONG,
        format!("state `{long}` has the undefined category `opne`"),
        find(&source, "opne"),
        "none of the categories `open`, `waiting`, `resolved` and `closed` has this name",
    )
    .help(format!(
        "change the category of `{long}` to `open`, or leave it out"
    ))
    .note(format!(
        "a ticket in `{long}` cannot be counted as open or closed by any product"
    ));
    insta::assert_snapshot!(drawn(&source, &[found]), @r"
    error[undefined-states]

      × state `The Very Long Name Of A State That Somebod…ut For A While` has the undefined category
      │ `opne`
       ╭─[laptop.workflow.yaml:2:90]
     1 │ states:
     2 │   The Very Long Name Of A State That Somebody Has Thought About For A While: { category: opne }
       ·                                                                                          ──┬─
       ·                                                                                            ╰─┤ none of the categories
       ·                                                                                              │ `open`, `waiting`,
       ·                                                                                              │ `resolved` and `closed`
       ·                                                                                              │ has this name
       ╰────
      help: change the category of
            `The Very Long Name Of A State That Somebody Has Thought About For A While` to `open`, or
            leave it out
      note: a ticket in `The Very Long Name Of A State That Somebody Has Thought About For A While`
            cannot be counted as open or closed by any product
    ");
}

#[test]
fn too_many_places_are_counted() {
    let lines: String = (0..40).map(|n| format!("line {n}\n\n\n\n")).collect();
    let source = source(&lines);
    let mut found = Diagnostic::new(&WRONG, "it is wrong", source.at(0..4), "here");
    for n in 2..=40 {
        let start = source.line_range(4 * n - 3).start;
        found = found.label(source.at(start..start + 4), "and here");
    }
    let mut fewer = found.clone();
    fewer.labels.truncate(33);
    let text = drawn(&source, &[found]);
    assert_eq!(text.matches("╭─[").count(), 32);
    assert!(text.ends_with("  note: 8 more places are not shown\n"));
    let text = drawn(&source, &[fewer]);
    assert!(text.ends_with("  note: 1 more place is not shown\n"));
}
