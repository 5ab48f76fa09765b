//! What is read fast is what the parser reads: the same tree with the same places, the same comments,
//! the same reports.

use proptest::prelude::*;

use super::super::draft::Draft;
use super::super::{may_speak_to_us, toml, yaml};
use super::document;
use crate::diagnostic::Diagnostics;
use crate::source::{Source, SourceId, Syntax};
use crate::testing::{edited, examples, short};

const YAML_SAMPLE: &str = "\
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

const TOML_SAMPLE: &str = "\
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

/// Texts that are read fast, and some that are left to the parser, each before a `¦` or the end.
const YAML_FAST: &str = "a: b¦---\na:\n¦- a\n- b¦a:\n- b\n- c:\n  - d\ne: f¦  a: b\n  c: [d]\n¦a: {b: c}\n\n\n# end¦\
    <<: a\n.x: /y\n¦[a]¦{\n\"a\": {\"b\": []}\n}\n¦# c\n{a: b} # d\n\n¦a: b\n c\n¦a:\n b\n¦\
    a:\n {b: c}\n¦a: 'it''s'¦a: \"\\n\\u00e9\"¦a: \"b\n  c\"\n¦a: 'b  \n\n \n  ''c\n d'\n¦\
    a: \"b \\n \n  c \\\" \n\n d\" # e\n¦- [\"b\n  c\", d]\n- 'e\n  f'\n- g: h\n¦\
    a:\n  \"b\n  c\"\nd: e\n¦a: b\n...\n¦---\na:\n...\n \n\n¦--- # c\na: b\n¦---  \n\na: b\n¦\
    {a: b}\n...¦a: |\n  b\n...\n¦a: |\n  b\n¦a: |-\n  b\n\n\n¦a: >\n  b\n  c\nd: e\n¦\
    a: &x b\nc: *x\n¦a: &x\n  b: c\nd: [e]\nf: *x\n¦a: [b # c\n  ]¦a: [\n  b,\n]\nc: d\n¦\
    a: {\nb: c}\n";

const YAML_LEFT: &str = "¦# nothing\n¦text¦a: \"b\nc\"\n¦a: \"b\n  c\": d\n¦\"b\n  c\": d\n¦- \"b\n  c\": d\n¦\
    {\"b\n  c\": d}¦a: [\"b\n  c\": d]¦a: \"b\\\n  c\"\n¦a: \"b\n  c¦a: \"b\n---\n\"¦\
    a: 'b\n...\n'¦{a: b}\nc: d\n¦{a: b}: c\n¦a: b\n c: d\n¦a: b # c\n d\n¦a: b\n - c\n¦\
    a: \"\\ud83d\\ude00\"¦a: \"\\q\"¦a: |\n¦a: |\n\n  b\n¦a: |\n  b¦a: |\n   b\n  c\n¦\
    a: |2\n  b\n¦a: |+\n  b\n¦a: >\n  b\n   c\n¦a: |\nb\n¦a: |\n  b\n     \n¦a: &x\nb: c\n¦\
    a: &x {b: *x}\n¦a:\n  - &x b: c\n¦a: &x *x\n¦a: *x\n¦a: !t b\n¦? a\n: b\n¦a : b¦a: b: c¦\
    a:\tb¦a: b\n---\nc: d\n¦---\n---\na: b\n¦---\n# c\n---\n¦a: b\n...\n# c\n¦a: b\n...\nc: d\n¦\
    a: b\n... # c\n¦...\n¦---# c\na: b\n¦--- a: b\n¦a: -5¦a: [b: c]¦a: {b, c}¦a: {b: }¦\
    a: [\n...\n]¦a: [b,\n---\n]¦a: [b\n  c]¦a:\n  b: c\n d: e\n¦a: b\n- c\n¦a: b\rc: d\n¦\
    \u{feff}a: b¦- - a¦-\n¦a: b\n  - c\n";

const TOML_FAST: &str = "¦# nothing\n¦a=1¦a = 1 # b¦[a]¦[[a]]\n[[a]]\nb = 'c'\n¦a = \"\\n\\\"\"¦a = \"\"\"b\"\"\"¦\
    a = \"\"\"\"\"\"¦[a.b.c]\n[a.b]¦[a.b.c]\nx = 1\n[a.d]\n[a.b]\ny = 2\nz = 3\n[a.e]¦[a.b]\n[a.d]\n[a.b.c]\n[a.d.c]¦\
    [a.b.c]\n[a.d.c]\n[a.d]\n[a.b]\n[a.d.e]¦[a]\nb.c = 1¦[a]\nb.c = 1\nd = 2\nb.e = 3\nd2.\"f g\" = 4¦\
    [[a]]\nb.c = 1\n[[a]]\nb.c = 2¦[a.b]\nc.d = 1\n[a.e]¦a = '''b\n\nc'''¦a = [1 # b\n]";

const TOML_LEFT: &str = "a.b = 1¦[a.b.c.d]¦[a.b.c]\n[a.b]\n[a.b]¦[a.b.c]\n[a.b.c]¦[a.b]\nc = 1\n[a.b.c]¦\
    [a]\nb = {}\n[a.b.c]¦[a.b]\n[a.d]\n[a.b]¦[a]\nb.c = 1\n[a.b]¦[a]\nb.c = 1\n[a.b.d]¦[a]\nb.c.d = 1¦[a]\nb = {}\nb.c = 1¦\
    [a]\nb.c = 1\nb.c = 2¦[[a.b]]¦[ a ]¦[a]\n[a]¦[a.b]\n[a]¦[[a]]\n[a]¦\
    [a]\n[[a]]¦a = 1\n[a]¦a = 1\na = 2¦a = {b = 1}\n[a.c]¦[a]\nb = 1\n[a.b]¦[a]\nb = 1\nb = 2¦\
    a = {b = 1, b = 2}¦a = {b = 1,}¦a = \"\\q\"¦a = \"\"\"\nb \\\n  c\"\"\"¦a = \"\"\"b\"\"\"\"¦\
    a = \"b\nc\"¦\"\\n\" = 1¦\"\"\"a\"\"\" = 1¦a = 01¦a = 1_000¦a = 1.5¦a = +1¦a = 0x1¦\
    a = 2026-11-26¦a = 9999999999999999999¦a = [1 2]¦a = [,]¦a = {b = 1\n}¦a = b¦a = 'b¦\
    a = 'b' c¦a\t= 1¦\"\" = 1¦= 1¦a = ¦a = 1\r";

/// What mistakes and seldom things are made of: put into a sample, or one after the other.
const YAML_EDITS: &str = "\t¦\n¦ ¦  ¦\"¦'¦[¦]¦{¦}¦:¦: ¦,¦, ¦#¦ #¦- ¦-¦*¦&a¦!¦|¦>¦=¦\\¦é¦\u{a0}¦\u{feff}¦\u{2028}¦\r¦\
    \r\n¦\0¦---\n¦...\n¦<<: ¦@¦%¦?¦? ¦x¦\n\n  ¦\n- ¦\n  - ¦:\n¦a: b\n¦true¦~¦*wait¦&wait ¦|\n¦\
    >\n¦|-\n¦>-\n¦\n\n¦\\n¦\\u00e9¦''¦\n      ¦\n   ¦    ¦\n    x¦2";

const YAML_PIECES: &str = "a¦b¦a¦b: ¦a: ¦:¦ ¦ ¦  ¦\n¦\n¦\n  ¦\n ¦- ¦-¦[¦]¦{¦}¦, ¦,¦\"¦'¦#¦ # c¦a:\n¦é¦\r\n¦---¦---\n¦\
    --- # c\n¦---\n¦...\n¦.¦<¦~¦\"q\"¦\"q\": ¦'q'¦{a: b}¦[a, b]¦{\"a\":b}¦|\n¦|\n  ¦>\n ¦>-\n  ¦\
    |-\n ¦\n  b\n¦\n b¦&a ¦&a\n¦*a¦*a\n¦\\n¦''¦1";

const TOML_EDITS: &str = "\t¦\n¦ ¦\"¦'¦[¦]¦[[¦]]¦{¦}¦.¦=¦ = ¦,¦#¦\\¦é¦\u{a0}¦\u{feff}¦\r¦\r\n¦\0¦-¦_¦+¦0¦12¦true¦1.5¦\
    x¦[states]\n¦[states.New]\n¦[[transitions]]\n¦name = 1\n¦[a]\n¦[a.b]\n¦[a.b.c]\n¦\
    [targets.itwin.x]\n¦[targets.xurrent.a]\n¦a.b = 1\n¦\"\"\"¦'''¦[targets]\n¦\\n¦\\u00e9¦\\\n¦\
    \n\n";

const TOML_PIECES: &str = "a¦b¦a = ¦b = ¦ = ¦=¦ ¦\n¦\n¦\n¦[a]\n¦[a.b]\n¦[b]\n¦[[a]]\n¦[[b]]\n¦[b.a]\n¦[a.b.a]\n¦\
    [a.b.b]\n¦[b.a.b]\n¦[¦]¦{¦}¦, ¦,¦\"¦'¦# c¦é¦\r\n¦.¦1¦0¦-¦true¦\"q\"¦'q'¦{a = 1}¦[1, 2]¦\
    a = 1\n¦a.b = 1\n¦a.a = ¦b = 'x'\n¦\"a\" = 1\n¦\"a.b\"¦\"\"\"¦'''¦\\n¦\\u00e9¦\\";

/// What both ways of reading make of `text`, as text; the first is `None` where the fast reader declines.
fn both(syntax: Syntax, text: &str) -> (Option<String>, Option<String>) {
    let source = Source::new(SourceId(0), "x", syntax, text);
    let mut out = Diagnostics::new();
    let comments = syntax == Syntax::Yaml || may_speak_to_us(&source);
    let fast = document(&source, comments, &mut out).map(|read| format!("{read:#?}\n{out:#?}"));
    let (draft, mut out) = (Draft::new(&source), Diagnostics::new());
    let parsed = match syntax {
        Syntax::Yaml => yaml::build::parsed(&draft, text, comments, &mut out).ok(),
        _ => toml::build::parsed(&draft, text, &mut out).ok(),
    };
    (fast, parsed.map(|parsed| format!("{parsed:#?}\n{out:#?}")))
}

/// Whether `text` is read fast; fails where it is and the parser reads it otherwise.
fn is_fast(syntax: Syntax, text: &str) -> bool {
    let (fast, parsed) = both(syntax, text);
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
fn what_people_write_is_read_fast() {
    let samples = [
        (Syntax::Yaml, YAML_SAMPLE, YAML_FAST),
        (Syntax::Toml, TOML_SAMPLE, TOML_FAST),
    ];
    for (syntax, sample, others) in samples {
        assert!(is_fast(syntax, sample));
        assert!(is_fast(syntax, &sample.replace('\n', "\r\n")));
        for text in others.split('¦') {
            assert!(is_fast(syntax, text), "{text}");
        }
        for (name, text) in examples(syntax.name()) {
            assert!(is_fast(syntax, &text), "{name}");
        }
    }
}

#[test]
fn the_rest_is_left_to_the_parser() {
    let many: String = (0..100).map(|at| format!("[a{at}]\n")).collect();
    let deep: String = (0..100).map(|at| " ".repeat(at) + "a:\n").collect();
    let brackets = "[".repeat(100) + &"]".repeat(100);
    let long = format!("{}: a", "k".repeat(1001));
    let own = [
        (Syntax::Toml, many),
        (Syntax::Toml, format!("a = {brackets}")),
        (Syntax::Yaml, format!("a: {brackets}")),
        (Syntax::Yaml, deep),
        (Syntax::Yaml, long),
    ];
    let yaml = YAML_LEFT
        .split('¦')
        .map(|text| (Syntax::Yaml, text.to_owned()));
    let toml = TOML_LEFT
        .split('¦')
        .map(|text| (Syntax::Toml, text.to_owned()));
    for (syntax, text) in yaml.chain(toml).chain(own) {
        assert!(!is_fast(syntax, &text), "{text}");
    }
    let long = format!("{}: {}", "k".repeat(1000), "v".repeat(9000));
    assert!(is_fast(Syntax::Yaml, &long));
}

proptest! {
    #![proptest_config(crate::testing::cases(2000))]

    #[test]
    fn an_edited_yaml_file_is_read_the_same(text in edited(YAML_SAMPLE, YAML_EDITS.split('¦').collect())) {
        is_fast(Syntax::Yaml, &text);
    }

    #[test]
    fn an_edited_toml_file_is_read_the_same(text in edited(TOML_SAMPLE, TOML_EDITS.split('¦').collect())) {
        is_fast(Syntax::Toml, &text);
    }

    #[test]
    fn a_short_yaml_text_is_read_the_same(text in short(YAML_PIECES.split('¦').collect())) {
        is_fast(Syntax::Yaml, &text);
    }

    #[test]
    fn a_short_toml_text_is_read_the_same(text in short(TOML_PIECES.split('¦').collect())) {
        is_fast(Syntax::Toml, &text);
    }
}
