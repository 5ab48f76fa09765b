//! What is read fast is what the parser reads: the same tree with the same places, the same
//! reports.

use proptest::prelude::*;

use super::super::super::draft::Draft;
use super::super::super::toml::build;
use super::super::document;
use crate::diagnostic::Diagnostics;
use crate::source::{Source, SourceId, Syntax};
use crate::testing::{edited, examples, short};

const SAMPLE: &str = "\
# About the file.
workflow = \"hardware-repair\" # its name
name = 'Hardware: Repair'
description = \"Über \u{2013} it #1\"
long = \"\"\"
Some \"quoted\" \\u00e9 text,
 and more.
\"\"\"
short = '''it's \\n'''
applies-to = [ \"Chromebook\", # the first
  'x', 1, -20, 0,
  # and more

  true, [], {}, ]
start = \"New\"

[states]
New = { category = \"open\", final=false }
\"In Progress\" = {}
[states.'Waiting for Parts'] # why
category = \"waiting\"
[states.Done]

[[transitions]]
name = \"Assign\"
from = [\"New\", \"In Progress\"]
[[transitions]]
to = \"Done\"
[targets.itwin]
type = { a = { b = [{ c = 1 }] } }
[empty]
[targets.actitime]
ids = { New = 1, \"x y\" = 4 }
[targets.xurrent]
references = 'ids'
[targets.xurrent.record]
manager = 77
[targets.xurrent.\"status\"]
[targets.jira.ids]
New = 1
";

/// Whether `text` is read fast; fails where it is and the parser reads it otherwise.
fn is_fast(text: &str) -> bool {
    let source = Source::new(SourceId(0), "x", Syntax::Toml, text);
    let mut out = Diagnostics::new();
    let Some(fast) = document(&source, false, &mut out) else {
        return false;
    };
    let fast = format!("{fast:#?}");
    let parsed = build::parsed(&Draft::new(&source), text, &mut out);
    let parsed = parsed.map(|parsed| format!("{parsed:#?}"));
    assert!(
        parsed.as_ref().ok() == Some(&fast) && out.is_empty(),
        "{text:?} is read as\n{fast}\nbut by the parser as\n{}\n{out:?}",
        parsed.as_deref().unwrap_or("a mistake")
    );
    true
}

#[test]
fn what_people_write_is_fast() {
    assert!(is_fast(SAMPLE));
    assert!(is_fast(&SAMPLE.replace('\n', "\r\n")));
    for text in [
        "",
        "# nothing\n",
        "a=1",
        "a = 1 # b",
        "[a]",
        "[[a]]\n[[a]]\nb = 'c'\n",
        "a = \"\\n\\\"\"",
        "a = \"\"\"b\"\"\"",
        "a = \"\"\"\"\"\"",
        "a = '''b\n\nc'''",
        "a = [1 # b\n]",
    ] {
        assert!(is_fast(text), "{text}");
    }
}

#[test]
fn every_example_is_fast() {
    for (name, text) in examples("toml") {
        assert!(is_fast(&text), "{name}");
    }
}

#[test]
fn the_rest_is_left_to_the_parser() {
    let rest = [
        "a.b = 1",
        "[a.b.c.d]",
        "[a.b.c]\n[a.b]",
        "[a.b.c]\n[a.b.c]",
        "[a.b]\nc = 1\n[a.b.c]",
        "[a]\nb = {}\n[a.b.c]",
        "[a.b]\n[a.d]\n[a.b.c]",
        "[[a.b]]",
        "[ a ]",
        "[a]\n[a]",
        "[a.b]\n[a]",
        "[[a]]\n[a]",
        "[a]\n[[a]]",
        "a = 1\n[a]",
        "a = 1\na = 2",
        "a = {b = 1}\n[a.c]",
        "[a]\nb = 1\n[a.b]",
        "[a]\nb = 1\nb = 2",
        "a = {b = 1, b = 2}",
        "a = {b = 1,}",
        "a = \"\\q\"",
        "a = \"\"\"\nb \\\n  c\"\"\"",
        "a = \"\"\"b\"\"\"\"",
        "a = \"b\nc\"",
        "\"\\n\" = 1",
        "\"\"\"a\"\"\" = 1",
        "a = 01",
        "a = 1_000",
        "a = 1.5",
        "a = +1",
        "a = 0x1",
        "a = 2026-11-26",
        "a = 9999999999999999999",
        "a = [1 2]",
        "a = [,]",
        "a = {b = 1\n}",
        "a = b",
        "a = 'b",
        "a = 'b' c",
        "a\t= 1",
        "\"\" = 1",
        "= 1",
        "a = ",
        "a = 1\r",
    ];
    for text in rest {
        assert!(!is_fast(text), "{text}");
    }
    let deep = format!("a = {}{}", "[".repeat(20), "]".repeat(20));
    assert!(!is_fast(&deep));
    let many: String = (0..100).map(|at| format!("[a{at}]\n")).collect();
    assert!(!is_fast(&many));
}

fn edited_sample() -> impl Strategy<Value = String> {
    edited(
        SAMPLE,
        vec![
            "\t",
            "\n",
            " ",
            "\"",
            "'",
            "[",
            "]",
            "[[",
            "]]",
            "{",
            "}",
            ".",
            "=",
            " = ",
            ",",
            "#",
            "\\",
            "é",
            "\u{a0}",
            "\u{feff}",
            "\r",
            "\r\n",
            "\0",
            "-",
            "_",
            "+",
            "0",
            "12",
            "true",
            "1.5",
            "x",
            "[states]\n",
            "[states.New]\n",
            "[[transitions]]\n",
            "name = 1\n",
            "[a]\n",
            "[a.b]\n",
            "[a.b.c]\n",
            "[targets.itwin.x]\n",
            "[targets.xurrent.a]\n",
            "a.b = 1\n",
            "\"\"\"",
            "'''",
            "[targets]\n",
            "\\n",
            "\\u00e9",
            "\\\n",
            "\n\n",
        ],
    )
}

/// Texts of the pieces that mean something.
fn short_text() -> impl Strategy<Value = String> {
    short(vec![
        "a",
        "b",
        "a = ",
        "b = ",
        " = ",
        "=",
        " ",
        "\n",
        "\n",
        "\n",
        "[a]\n",
        "[a.b]\n",
        "[b]\n",
        "[[a]]\n",
        "[[b]]\n",
        "[b.a]\n",
        "[a.b.a]\n",
        "[a.b.b]\n",
        "[b.a.b]\n",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "\"",
        "'",
        "# c",
        "é",
        "\r\n",
        ".",
        "1",
        "0",
        "-",
        "true",
        "\"q\"",
        "'q'",
        "{a = 1}",
        "[1, 2]",
        "a = 1\n",
        "b = 'x'\n",
        "\"a\" = 1\n",
        "\"a.b\"",
        "\"\"\"",
        "'''",
        "\\n",
        "\\u00e9",
        "\\",
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
