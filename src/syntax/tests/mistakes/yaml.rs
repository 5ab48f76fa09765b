//! Mistakes in YAML.

/// Text, and the reports about it.
pub const CASES: &[(&str, &[&str])] = &[
    (
        "```yaml\na: 1\n```\n",
        &[
            "1:1 invalid-yaml: fence of a Markdown block stands in the text",
            "3:1 invalid-yaml: fence of a Markdown block stands in the text",
        ],
    ),
    (
        "a: { b: c },\nd: 'e',\n",
        &[
            "1:12 invalid-yaml: comma follows a value that has ended",
            "2:7 invalid-yaml: comma follows a value that has ended",
        ],
    ),
    (
        "a:\n  -- { b: c }\n  - { b: d }\n",
        &["2:3 invalid-yaml: list item begins with `--`"],
    ),
    (
        "a: 1\nb:\n\tc: 1\nd:\n\te: 1\n",
        &["3:1 invalid-yaml: tab character indents a line"],
    ),
    (
        "a:\n  b: 1\n\tc: 2\n",
        &["3:1 invalid-yaml: tab character indents a line"],
    ),
    (
        "a: 1\nname:Foo\nb: 1\n",
        &["2:5 invalid-yaml: key `name` has no space after its colon"],
    ),
    (
        "a: 1\ndescription: Note: this\n",
        &["2:18 invalid-yaml: value of `description` has a colon inside and no quotes"],
    ),
    (
        "workflow: & w\nstart: New\n",
        &["1:11 invalid-yaml: value `& w` begins with `&` and has no quotes"],
    ),
    (
        "name: \"New\nstart: New\n",
        &["1:7 invalid-yaml: text that begins with `\"` is never closed"],
    ),
    (
        "name: 'New\nstart: \"New\"\n",
        &["1:7 invalid-yaml: text that begins with `'` is never closed"],
    ),
    (
        "\"a: 1\nb: 2\n",
        &["1:1 invalid-yaml: text that begins with `\"` is never closed"],
    ),
    (
        "\"a: b\nc: \"d\"\n",
        &["1:1 invalid-yaml: text that begins with `\"` is never closed"],
    ),
    (
        "a: [\"x\", \"y]\nb: \"z\"\n",
        &["1:10 invalid-yaml: text that begins with `\"` is never closed"],
    ),
    (
        "applies-to: [A, B\nstart: New\n",
        &["1:13 invalid-yaml: list that begins with `[` is never closed"],
    ),
    (
        "s: { category: open\nstart: New\n",
        &["1:4 invalid-yaml: map that begins with `{` is never closed"],
    ),
    (
        "a: {\n  b: 1\nc: 2\n",
        &["1:4 invalid-yaml: map that begins with `{` is never closed"],
    ),
    (
        "a: [x, {y: 1]\nb: 1\n",
        &["1:8 invalid-yaml: map that begins with `{` is not closed by `}`"],
    ),
    (
        "a: { name: A, from: [B, C, to: D }\n",
        &["1:21 invalid-yaml: list that begins with `[` is not closed by `]`"],
    ),
    (
        "a: ]\nb: [\n",
        &[
            "1:4 invalid-yaml: bracket `]` closes nothing",
            "2:4 invalid-yaml: list that begins with `[` is never closed",
        ],
    ),
    (
        "name: {a: 1, b: 2}}\n",
        &["1:19 invalid-yaml: bracket `}` closes nothing"],
    ),
    (
        "name: { a: b\n} s # x: y\n",
        &["2:3 invalid-yaml: text `s` follows a value that has ended"],
    ),
    (
        "states:\n  New: 1\n   Old: 2\n",
        &["3:4 invalid-yaml: key `Old` is indented deeper than `New`, which has a value already"],
    ),
    (
        "states:\n    New: 1\n  Old: 2\n",
        &["3:3 invalid-yaml: line `Old` is indented like no line above it"],
    ),
    (
        "states:\n  New:\n    category: open\n   color: red\n",
        &["4:4 invalid-yaml: line `color` is indented like no line above it"],
    ),
    (
        "t:\n  - name: A\n   from: B\n",
        &["3:4 invalid-yaml: line `from` is indented like no line above it"],
    ),
    (
        "t:\n  - { name: A }\n   - { name: D }\n",
        &["3:4 invalid-yaml: line `- { name: D }` is indented like no line above it"],
    ),
    (
        " a: 1\nb: 2\n",
        &["2:1 invalid-yaml: line `b` is indented like no line above it"],
    ),
    (
        "name: @foo\n",
        &["1:7 invalid-yaml: value `@foo` begins with `@` and has no quotes"],
    ),
    (
        "name: `foo`\n",
        &["1:7 invalid-yaml: value ``foo`` begins with a backtick and has no quotes"],
    ),
    (
        "a: {from: *, to: b}\n",
        &["1:11 invalid-yaml: value `*` begins with `*` and has no quotes"],
    ),
    (
        "name: & x\n",
        &["1:7 invalid-yaml: value `& x` begins with `&` and has no quotes"],
    ),
    (
        "name: %foo\n",
        &["1:7 invalid-yaml: value `%foo` begins with `%` and has no quotes"],
    ),
    (
        "%foo: 1\n",
        &["1:1 invalid-yaml: line that begins with `%` is not followed by `---`"],
    ),
    (
        "name: {New} x\n",
        &["1:13 invalid-yaml: text `x` follows a value that has ended"],
    ),
    (
        "name: [New] Ticket\n",
        &["1:13 invalid-yaml: text `Ticket` follows a value that has ended"],
    ),
    (
        "a: *b c\n",
        &["1:7 invalid-yaml: text `c` follows a value that has ended"],
    ),
    (
        "name: {a: 1 b: 2}\n",
        &["1:13 invalid-yaml: comma is missing between `1` and `b`"],
    ),
    (
        "a: { name: A\n  from: B }\n",
        &["2:3 invalid-yaml: comma is missing between `A` and `from`"],
    ),
    (
        "a: [\"x\" \"y\"]\n",
        &["1:9 invalid-yaml: comma is missing between `\"x\"` and `\"y\"`"],
    ),
    (
        "a: {x: \"1\" y: 2}\n",
        &["1:12 invalid-yaml: comma is missing between `\"1\"` and `y`"],
    ),
    (
        "a: {name: Note: this}\n",
        &["1:15 invalid-yaml: value of `name` has a colon inside and no quotes"],
    ),
    (
        "a: [,]\n",
        &["1:5 invalid-yaml: comma has no entry before it"],
    ),
    (
        "- a\nb: 1\n",
        &["2:1 invalid-yaml: key `b` stands among list items"],
    ),
    (
        "a: 1\n- b\n",
        &["2:1 invalid-yaml: list item `- b` stands among keys"],
    ),
    (
        "x:\n  - b\n  a: 1\n",
        &["3:3 invalid-yaml: key `a` stands among list items"],
    ),
    (
        "t:\n  - name: A\n  from: B\n",
        &["3:3 invalid-yaml: key `from` stands among list items"],
    ),
    (
        "x:\n  - b\n  c\n",
        &["3:3 invalid-yaml: line `c` has no dash"],
    ),
    (
        "a:\n  - b\n  -c\n",
        &["3:3 invalid-yaml: list item `c` has no space after its dash"],
    ),
    (
        "key: - a\n  - b\n",
        &["1:6 invalid-yaml: list begins on the line of its key"],
    ),
    (
        "workflow\nstart: New\n",
        &["1:1 invalid-yaml: line `workflow` has no colon"],
    ),
    (
        "a: 1\nstart\n",
        &["2:1 invalid-yaml: line `start` has no colon"],
    ),
    (
        "a:\n  - from:x\n    to: y\n",
        &["2:9 invalid-yaml: key `from` has no space after its colon"],
    ),
    (
        "name: \"New\" ticket\n",
        &["1:13 invalid-yaml: text `ticket` follows a closing quote"],
    ),
    (
        "name: 'It's new'\n",
        &["1:11 invalid-yaml: text `s new'` follows a closing quote"],
    ),
    (
        "name: \"a\\qb\"\n",
        &["1:9 invalid-yaml: `\\q` is not an escape sequence"],
    ),
    (
        "name: \"C:\\Users\"\n",
        &["1:10 invalid-yaml: `\\U` is not an escape sequence"],
    ),
    (
        "name: \"\\ud83d\\ude00 \\ud800\"\n",
        &["1:21 invalid-yaml: `\\ud800` is not an escape sequence"],
    ),
    (
        "[a]: 1\nb: 2\n",
        &["1:1 invalid-yaml: key of an entry is a list"],
    ),
    (
        "? {a: 1}\n: 1\n",
        &["1:3 invalid-yaml: key of an entry is a map"],
    ),
    (": a\n", &["1:1 invalid-yaml: colon has no key before it"]),
    (
        "a: | x\n  y\n",
        &["1:4 invalid-yaml: text follows `|` on its line"],
    ),
    (
        "b: |\n  x\n y\n",
        &["3:2 invalid-yaml: line `y` is indented like no line above it"],
    ),
    (
        "a: \"x\"#c\n",
        &["1:7 invalid-yaml: comment has no space before its `#`"],
    ),
    (
        "a: x #c\n  y\n",
        &["1:6 invalid-yaml: comment stands inside a text of several lines"],
    ),
    (
        "a: &nema 1\nb: *name\n",
        &["2:4 invalid-yaml: alias `*name` has no anchor `&name` before it"],
    ),
    (
        "a: &r [*r]\n",
        &["1:8 invalid-yaml: alias `*r` stands inside the value that it stands for"],
    ),
    (
        "a: !foo {x: 1}\nb: !!binary x\n",
        &[
            "1:4 unknown-tags: tag `!foo` has no meaning in a workflow",
            "2:4 unknown-tags: tag `!!binary` has no meaning in a workflow",
        ],
    ),
    (
        "a: !x!y z\n",
        &["1:4 unknown-tags: tag `!x!y` has no meaning in a workflow"],
    ),
    (
        "a: !!str [x]\n",
        &["1:4 unknown-tags: tag `!!str` stands before a list"],
    ),
    (
        "<<: 1\n\"<<\": 2\na: {<<: 1}\n",
        &[
            "1:1 merge-keys: key `<<` merges another map into this one",
            "3:5 merge-keys: key `<<` merges another map into this one",
        ],
    ),
    (
        "a: 1\n---\nb: 2\n---\nc: 3\n",
        &["2:1 multiple-documents: file holds more than one YAML document"],
    ),
    (
        "a: 1\n...\nb: 2\n",
        &["3:1 multiple-documents: file holds more than one YAML document"],
    ),
    (
        "a: 1\nb: {a: 1, c: 2, a: 3}\na: 2\n",
        &[
            "2:17 duplicate-keys: key `a` is written twice in the same map",
            "3:1 duplicate-keys: key `a` is written twice in the same map",
        ],
    ),
    (
        "1: a\n\"1\": b\n",
        &["2:1 duplicate-keys: key `1` is written twice in the same map"],
    ),
    (
        "a: 1\n... x\n",
        &["2:5 invalid-yaml: text `x` is not valid YAML here"],
    ),
    (
        "just some text\nand: more\n",
        &["1:1 invalid-yaml: line `just some text` has no colon"],
    ),
    (
        "a: 1\nb: 2\nfinal true # c\n",
        &["3:7 invalid-yaml: key `final` has no colon"],
    ),
    (
        "a: 1\nin progress\n  b: c\n",
        &["2:1 invalid-yaml: line `in progress` has no colon"],
    ),
    (
        "- name: a\n- c: d\n  name two words\n",
        &["3:8 invalid-yaml: key `name` has no colon"],
    ),
    (
        "[a]\nb: 1\n",
        &["2:1 invalid-yaml: line `b: 1` follows the end of the document"],
    ),
    (
        "a: \"x\u{1}y\"\nb: \0\n",
        &["1:6 invalid-yaml: control character U+0001 stands in the text"],
    ),
    ("a: 1\nb: x\u{feff}\n", &[]),
    (
        "a: 1\rb:1\rc: [\r",
        &[
            "2:2 invalid-yaml: key `b` has no space after its colon",
            "3:4 invalid-yaml: list that begins with `[` is never closed",
        ],
    ),
    (
        "t:\n  - { name: A, from: B, to: C\n  - { name: B, from: *, to: C }\n  - { name: Note: this, from: B }\n  - { name: E, from: B }]\nstates:\n  New: { category: open\n  Old: { category: open }\nname: It's \"quoted\" here: yes\n",
        &[
            "2:5 invalid-yaml: map that begins with `{` is never closed",
            "3:22 invalid-yaml: value `*` begins with `*` and has no quotes",
            "4:17 invalid-yaml: value of `name` has a colon inside and no quotes",
            "5:25 invalid-yaml: bracket `]` closes nothing",
            "7:8 invalid-yaml: map that begins with `{` is never closed",
            "9:25 invalid-yaml: value of `name` has a colon inside and no quotes",
        ],
    ),
    (
        "a:\n    - x\n  - y\n  - z\nb: [\n",
        &[
            "3:3 invalid-yaml: line `- y` is indented like no line above it",
            "5:4 invalid-yaml: list that begins with `[` is never closed",
        ],
    ),
    (
        "a: 1\nb { c: 2 }\nd: 3\n",
        &["2:3 invalid-yaml: key `b` has no colon"],
    ),
    (
        "a: 1\nb [c, d]\ne: 3\n",
        &["2:3 invalid-yaml: key `b` has no colon"],
    ),
    ("a [x]: 1\nb {y}: 2\nc: {d e: f}\n", &[]),
    // A key of two lines is not read as a key and a value: where the colon stands is not known.
    ("a: { b\n  c:d }\n", &[]),
    (
        "a: 1\nb = 2\nc: { d=3 }\n",
        &[
            "2:3 invalid-yaml: key `b` has an equals sign after it",
            "3:7 invalid-yaml: key `d` has an equals sign after it",
        ],
    ),
    (
        "a:\n  - b:\n    - c\n  - d\n    e: 1\n",
        &["4:3 invalid-yaml: list item `d` is indented less than its list"],
    ),
    (
        "a:\n  - b:\n  - d\n    e: 1\n",
        &["3:3 invalid-yaml: list item `d` is indented less than its list"],
    ),
    (
        "%YAML 9.9\n---\na: 1\n",
        &["1:1 invalid-yaml: directive `%YAML 9.9` is none that YAML 1.2 has"],
    ),
    (
        "a: \u{1b}[31mred\n",
        &["1:4 invalid-yaml: control character U+001B stands in the text"],
    ),
    (
        "a: b\u{fffe}c\n",
        &["1:5 invalid-yaml: control character U+FFFE stands in the text"],
    ),
];
