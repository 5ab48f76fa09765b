//! What is read line by line is what the parser reads: the same tree with the same places, the
//! same comments, the same reports.

use proptest::prelude::*;

use super::super::super::draft::Draft;
use super::super::super::yaml::build;
use super::super::document;
use crate::diagnostic::Diagnostics;
use crate::source::{Source, SourceId, Syntax};
use crate::testing::{edited, examples, short};

const SAMPLE: &str = "\
# About the file.
workflow: hardware-repair # its name
name: \"Hardware: Repair\"
description: 'Über \u{2013} it #1'
applies-to: [Chromebook, \"Projector\", 'x', 1.5]
start: New

states:
  New:
    category: open   # at first
    color: \"#1f77b4\"
    editable: []
  In Progress: { category: open, final: no, \"a\":b, }
  Done:
  Empty: # a comment
    # another
    description: http://example.org/a:b
  Waiting: &wait
    category: \"wait\\u0069ng \\\"for\\\" parts\"
    description: 'it''s
      on  

      three lines'
  \"On Hold\": *wait
  Quoted:
    description: \"\\n begins, \\t  

     \\u00e9 goes on
       and ends\"
  Long:
    description: goes on
      in the next line,

      and after one
    other:
      on a line of its own
    list:
      [ a, # first
        b ]
  Block:
    description: | # a comment
      as it stands
       further in

      # text

    folded: >-
      folded
      into one line

      and another
    editable: &fields [a, b]
transitions:
- name: Assign
  from: [ New,
    In Progress,

    { a: [b], c: d } ]
  to: Done
  editable: *fields
  nested:
    - a: b
      c:
    - y
    - >
     item
    - &one two
      three
    - *one
-   name: z
    list:
    - 1
    - two words
\"quoted key\": ~
'other': {}
last:
...
";

/// What both ways of reading make of `text`, as text; the first is `None` where the fast reader declines.
fn both(text: &str) -> (Option<String>, Option<String>) {
    let source = Source::new(SourceId(0), "x", Syntax::Yaml, text);
    let mut out = Diagnostics::new();
    let fast = document(&source, true, &mut out).map(|read| format!("{read:#?}\n{out:#?}"));
    let mut out = Diagnostics::new();
    let parsed = build::parsed(&Draft::new(&source), text, true, &mut out).ok();
    (fast, parsed.map(|parsed| format!("{parsed:#?}\n{out:#?}")))
}

/// Whether `text` is read fast; fails where it is and the parser reads it otherwise.
fn is_fast(text: &str) -> bool {
    let (fast, parsed) = both(text);
    match fast {
        None => false,
        Some(_) if fast == parsed => true,
        Some(fast) => {
            let parsed = parsed.unwrap_or("a mistake".to_owned());
            let (fast, parsed) = first_difference(&fast, &parsed);
            panic!("{text:?} is read as\n{fast}\nbut by the parser as\n{parsed}")
        }
    }
}

/// The lines from a few before the first in which the two differ.
fn first_difference(one: &str, other: &str) -> (String, String) {
    let same = one.lines().zip(other.lines());
    let same = same.take_while(|(one, other)| one == other).count();
    let around = |text: &str| {
        let lines: Vec<&str> = text.lines().skip(same.saturating_sub(6)).take(12).collect();
        lines.join("\n")
    };
    (around(one), around(other))
}

#[test]
fn what_people_write_is_fast() {
    assert!(is_fast(SAMPLE));
    assert!(is_fast(&SAMPLE.replace('\n', "\r\n")));
    let all = [
        "a: b",
        "---\na:\n",
        "- a\n- b",
        "a:\n- b\n- c:\n  - d\ne: f",
        "  a: b\n  c: [d]\n",
        "a: {b: c}\n\n\n# end",
        "<<: a\n.x: /y\n",
        "[a]",
        "{\n\"a\": {\"b\": []}\n}\n",
        "# c\n{a: b} # d\n\n",
        "a: b\n c\n",
        "a:\n b\n",
        "a:\n {b: c}\n",
        "a: 'it''s'",
        "a: \"\\n\\u00e9\"",
        "a: \"b\n  c\"\n",
        "a: 'b  \n\n \n  ''c\n d'\n",
        "a: \"b \\n \n  c \\\" \n\n d\" # e\n",
        "- [\"b\n  c\", d]\n- 'e\n  f'\n- g: h\n",
        "a:\n  \"b\n  c\"\nd: e\n",
        "a: b\n...\n",
        "---\na:\n...\n \n\n",
        "--- # c\na: b\n",
        "---  \n\na: b\n",
        "{a: b}\n...",
        "a: |\n  b\n...\n",
        "a: |\n  b\n",
        "a: |-\n  b\n\n\n",
        "a: >\n  b\n  c\nd: e\n",
        "a: &x b\nc: *x\n",
        "a: &x\n  b: c\nd: [e]\nf: *x\n",
        "a: [b # c\n  ]",
        "a: [\n  b,\n]\nc: d\n",
        "a: {\nb: c}\n",
    ];
    for text in all {
        assert!(is_fast(text), "{text}");
    }
}

#[test]
fn every_example_is_fast() {
    for (name, text) in examples("yaml") {
        assert!(is_fast(&text), "{name}");
    }
}

#[test]
fn the_rest_is_left_to_the_parser() {
    let rest = [
        "",
        "# nothing\n",
        "text",
        "a: \"b\nc\"\n",
        "a: \"b\n  c\": d\n",
        "\"b\n  c\": d\n",
        "- \"b\n  c\": d\n",
        "{\"b\n  c\": d}",
        "a: [\"b\n  c\": d]",
        "a: \"b\\\n  c\"\n",
        "a: \"b\n  c",
        "a: \"b\n---\n\"",
        "a: 'b\n...\n'",
        "{a: b}\nc: d\n",
        "{a: b}: c\n",
        "a: b\n c: d\n",
        "a: b # c\n d\n",
        "a: b\n - c\n",
        "a: \"\\ud83d\\ude00\"",
        "a: \"\\q\"",
        "a: |\n",
        "a: |\n\n  b\n",
        "a: |\n  b",
        "a: |\n   b\n  c\n",
        "a: |2\n  b\n",
        "a: |+\n  b\n",
        "a: >\n  b\n   c\n",
        "a: |\nb\n",
        "a: |\n  b\n     \n",
        "a: &x\nb: c\n",
        "a: &x {b: *x}\n",
        "a:\n  - &x b: c\n",
        "a: &x *x\n",
        "a: *x\n",
        "a: !t b\n",
        "? a\n: b\n",
        "a : b",
        "a: b: c",
        "a:\tb",
        "a: b\n---\nc: d\n",
        "---\n---\na: b\n",
        "---\n# c\n---\n",
        "a: b\n...\n# c\n",
        "a: b\n...\nc: d\n",
        "a: b\n... # c\n",
        "...\n",
        "---# c\na: b\n",
        "--- a: b\n",
        "a: -5",
        "a: [b: c]",
        "a: {b, c}",
        "a: {b: }",
        "a: [\n...\n]",
        "a: [b,\n---\n]",
        "a: [b\n  c]",
        "a:\n  b: c\n d: e\n",
        "a: b\n- c\n",
        "a: b\rc: d\n",
        "\u{feff}a: b",
        "- - a",
        "-\n",
        "a: b\n  - c\n",
    ];
    for text in rest {
        assert!(!is_fast(text), "{text}");
    }
}

#[test]
fn deep_and_long_is_left_to_the_parser() {
    let deep = format!("a: {}{}", "[".repeat(100), "]".repeat(100));
    assert!(!is_fast(&deep));
    let deep: String = (0..100).map(|at| " ".repeat(at) + "a:\n").collect();
    assert!(!is_fast(&deep));
    assert!(!is_fast(&format!("{}: a", "k".repeat(1001))));
    assert!(is_fast(&format!(
        "{}: {}",
        "k".repeat(1000),
        "v".repeat(9000)
    )));
}

fn edited_sample() -> impl Strategy<Value = String> {
    edited(
        SAMPLE,
        vec![
            "\t", "\n", " ", "  ", "\"", "'", "[", "]", "{", "}", ":", ": ", ",", ", ", "#", " #",
            "- ", "-", "*", "&a", "!", "|", ">", "=", "\\", "é", "\u{a0}", "\u{feff}", "\u{2028}",
            "\r", "\r\n", "\0", "---\n", "...\n", "<<: ", "@", "%", "?", "? ", "x", "\n\n  ",
            "\n- ", "\n  - ", ":\n", "a: b\n", "true", "~", "*wait", "&wait ", "|\n", ">\n",
            "|-\n", ">-\n", "\n\n", "\\n", "\\u00e9", "''", "\n      ", "\n   ", "    ", "\n    x",
            "2",
        ],
    )
}

/// Texts of the characters that mean something.
fn short_text() -> impl Strategy<Value = String> {
    short(vec![
        "a",
        "b",
        "a",
        "b: ",
        "a: ",
        ":",
        " ",
        " ",
        "  ",
        "\n",
        "\n",
        "\n  ",
        "\n ",
        "- ",
        "-",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "\"",
        "'",
        "#",
        " # c",
        "a:\n",
        "é",
        "\r\n",
        "---",
        "---\n",
        "--- # c\n",
        "---\n",
        "...\n",
        ".",
        "<",
        "~",
        "\"q\"",
        "\"q\": ",
        "'q'",
        "{a: b}",
        "[a, b]",
        "{\"a\":b}",
        "|\n",
        "|\n  ",
        ">\n ",
        ">-\n  ",
        "|-\n ",
        "\n  b\n",
        "\n b",
        "&a ",
        "&a\n",
        "*a",
        "*a\n",
        "\\n",
        "''",
        "1",
    ])
}

proptest! {
    #![proptest_config(crate::testing::cases(2000))]

    #[test]
    fn an_edited_file_is_read_the_same(text in edited_sample()) {
        is_fast(&text);
    }

    #[test]
    fn a_short_text_is_read_the_same(text in short_text()) {
        is_fast(&text);
    }
}
