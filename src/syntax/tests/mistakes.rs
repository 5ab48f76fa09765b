//! Every mistake that has words of its own, and where it is said to be.

use super::*;

/// Text, and the reports about it.
const IN_YAML: &[(&str, &[&str])] = &[
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
        &["1:9 invalid-yaml: `\\q` is no escape sequence"],
    ),
    (
        "name: \"C:\\Users\"\n",
        &["1:10 invalid-yaml: `\\U` is no escape sequence"],
    ),
    (
        "name: \"\\ud83d\\ude00 \\ud800\"\n",
        &["1:21 invalid-yaml: `\\ud800` is no escape sequence"],
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
        &["2:5 invalid-yaml: text `x` is no YAML at this place"],
    ),
    (
        "just text\nand: more\n",
        &["1:1 invalid-yaml: line `just text` has no colon"],
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
];

/// Text, and the reports about it.
const IN_TOML: &[(&str, &[&str])] = &[
    (
        "name = New\nstart = \"x\"\n",
        &["1:8 invalid-toml: value `New` has no quotes"],
    ),
    (
        "name = Hardware Repair\n",
        &["1:8 invalid-toml: value `Hardware Repair` has no quotes"],
    ),
    (
        "name = “New”\n",
        &["1:8 invalid-toml: value `“New”` has no quotes"],
    ),
    (
        "b = True\nc = yes\n",
        &[
            "1:5 invalid-toml: value `True` is no boolean",
            "2:5 invalid-toml: value `yes` is no boolean",
        ],
    ),
    (
        "name: x\nstart = \"y\"\n",
        &["1:5 invalid-toml: key `name` has a colon after it"],
    ),
    (
        "a = { x: 1 }\n",
        &["1:8 invalid-toml: key `x` has a colon after it"],
    ),
    (
        "- a\nb = 1\n",
        &["1:1 invalid-toml: line `- a` is a list item of YAML"],
    ),
    (
        "name \"x\"\n",
        &["1:1 invalid-toml: key `name` has no `=` after it"],
    ),
    (
        "name\nstart = \"y\"\n",
        &["1:1 invalid-toml: key `name` has no `=` after it"],
    ),
    (
        "name =\nstart = \"y\"\n",
        &["1:6 invalid-toml: key `name` has no value"],
    ),
    (
        "color = #ff0000\nb = { x = , y = 1 }\n",
        &[
            "1:9 invalid-toml: key `color` has no value",
            "2:9 invalid-toml: key `x` has no value",
        ],
    ),
    (
        "Waiting for Parts = 1\n",
        &["1:1 invalid-toml: key `Waiting for Parts` needs quotes"],
    ),
    (
        "[states.Waiting for Parts]\nx = 1\n[b]\n",
        &["1:9 invalid-toml: key `Waiting for Parts` needs quotes"],
    ),
    (
        "[states.Öffnen]\n",
        &["1:9 invalid-toml: key `Öffnen` needs quotes"],
    ),
    ("é = 4\n", &["1:1 invalid-toml: key `é` needs quotes"]),
    (
        "a = { b c = 1 }\n",
        &["1:7 invalid-toml: key `b c` needs quotes"],
    ),
    (
        "a = { x = 1, b }\n",
        &["1:14 invalid-toml: key `b` has no `=` after it"],
    ),
    (
        "name = \"x\nstart = \"y\"\n",
        &["1:8 invalid-toml: text that begins with `\"` is never closed"],
    ),
    (
        "name = 'x\nstart = \"y\"\n",
        &["1:8 invalid-toml: text that begins with `'` is never closed"],
    ),
    (
        "name = \"\"\"x\nstart = \"y\"\n",
        &["1:8 invalid-toml: text that begins with `\"\"\"` is never closed"],
    ),
    (
        "a = \"x\\qy\"\n",
        &["1:7 invalid-toml: `\\q` is no escape sequence"],
    ),
    (
        "a = \"C:\\Users\"\n",
        &["1:8 invalid-toml: `\\U` is no escape sequence"],
    ),
    (
        "a = [\"x\", \"y\"\nb = \"z\"\n[t]\nc = 1\n",
        &["1:5 invalid-toml: list that begins with `[` is never closed"],
    ),
    (
        "a = [\n  1,\n[t]\nc = 1\n",
        &["1:5 invalid-toml: list that begins with `[` is never closed"],
    ),
    (
        "a = { x = 1, y = 2\nb = 2\n",
        &["1:5 invalid-toml: table that begins with `{` is never closed"],
    ),
    (
        "a = [ { x = 1 }, { y = 2 ]\n",
        &["1:18 invalid-toml: table that begins with `{` is never closed"],
    ),
    (
        "a = [1\n",
        &["1:5 invalid-toml: list that begins with `[` is never closed"],
    ),
    (
        "a = [\"x\" \"y\"]\n",
        &["1:10 invalid-toml: comma is missing between two entries"],
    ),
    (
        "a = [\n  \"x\"\n  \"y\"\n]\nb = 1\n",
        &["3:3 invalid-toml: comma is missing between two entries"],
    ),
    (
        "a = { x = 1 y = 2 }\n",
        &["1:13 invalid-toml: comma is missing between two entries"],
    ),
    (
        "a = [1,,2]\n",
        &["1:8 invalid-toml: comma has no entry before it"],
    ),
    (
        "a = {,}\n",
        &["1:6 invalid-toml: comma has no entry before it"],
    ),
    ("a = ]\n", &["1:5 invalid-toml: bracket `]` closes nothing"]),
    ("]\n", &["1:1 invalid-toml: bracket `]` closes nothing"]),
    (
        "[states\nx = 1\n",
        &["1:1 invalid-toml: header of a table is not closed on its line"],
    ),
    (
        "[[transitions]\nx = 1\n",
        &["1:1 invalid-toml: header of a table is not closed on its line"],
    ),
    (
        "[transitions]]\nx = 1\n",
        &["1:14 invalid-toml: bracket `]` closes nothing"],
    ),
    ("[]\n", &["1:2 invalid-toml: name of a key is missing"]),
    ("[a.]\n", &["1:4 invalid-toml: name of a key is missing"]),
    ("= 1\n", &["1:1 invalid-toml: name of a key is missing"]),
    ("a. = 1\n", &["1:4 invalid-toml: name of a key is missing"]),
    ("a == 1\n", &["1:4 invalid-toml: `=` is written twice"]),
    (
        "a = \"x\" y\n",
        &["1:9 invalid-toml: text `y` follows a value that has ended"],
    ),
    (
        "a = 'It's'\n",
        &["1:9 invalid-toml: text `s'` follows a value that has ended"],
    ),
    (
        "a = \"b\",\n",
        &["1:8 invalid-toml: text `,` follows a value that has ended"],
    ),
    (
        "a = 1 2\n",
        &["1:5 invalid-toml: value `1 2` is neither a number nor a date"],
    ),
    (
        "x = 0x\ny = 1__0\nz = 012\nv = 99999999999999999999\nu = +-1\nd = 1979-13-45\n",
        &[
            "1:5 invalid-toml: value `0x` is neither a number nor a date",
            "2:5 invalid-toml: value `1__0` is neither a number nor a date",
            "3:5 invalid-toml: value `012` is neither a number nor a date",
            "4:5 invalid-toml: value `99999999999999999999` is neither a number nor a date",
            "5:5 invalid-toml: value `+-1` is neither a number nor a date",
            "6:5 invalid-toml: value `1979-13-45` is neither a number nor a date",
        ],
    ),
    (
        "x = 1\nx = 2\n",
        &["2:1 duplicate-keys: key `x` is written twice in the same map"],
    ),
    (
        "[a]\nx = 1\n[a]\ny = 2\n",
        &["3:2 duplicate-keys: key `a` is written twice in the same map"],
    ),
    (
        "[a]\nb.c = 1\n[a.b]\n",
        &["3:4 duplicate-keys: key `b` is written twice in the same map"],
    ),
    (
        "[[a]]\n[a]\n",
        &["2:2 duplicate-keys: key `a` is written twice in the same map"],
    ),
    (
        "[[t]]\nx = 1\n[[t]]\ny = 1\ny = 2\n",
        &["5:1 duplicate-keys: key `y` is written twice in the same map"],
    ),
    (
        "a = 1\na.b = 2\n",
        &["2:1 duplicate-keys: key `a` is written twice in the same map"],
    ),
    (
        "a = {x = 1, x = 2}\n",
        &["1:13 duplicate-keys: key `x` is written twice in the same map"],
    ),
    (
        "a = \"x\u{1}y\"\n# \0\n",
        &["1:7 invalid-toml: control character U+0001 stands in the text"],
    ),
    (
        "a = 1\rb = x\rc = 2\r",
        &[
            "1:6 invalid-toml: line ends with a carriage return alone",
            "2:5 invalid-toml: value `x` has no quotes",
        ],
    ),
];

#[test]
fn mistakes_in_yaml_are_named_where_they_are() {
    for (text, expected) in IN_YAML {
        assert_eq!(lines(Syntax::Yaml, text), *expected, "{text:?}");
    }
}

#[test]
fn mistakes_in_toml_are_named_where_they_are() {
    for (text, expected) in IN_TOML {
        assert_eq!(lines(Syntax::Toml, text), *expected, "{text:?}");
    }
}

#[test]
fn reports_keep_to_the_voice() {
    let yaml = IN_YAML.iter().map(|(text, _)| (Syntax::Yaml, *text));
    let toml = IN_TOML.iter().map(|(text, _)| (Syntax::Toml, *text));
    for (syntax, text) in yaml.chain(toml) {
        for report in reports(syntax, text) {
            let help = report
                .help
                .as_deref()
                .expect("every report of the text has a help");
            let labels = report.labels.iter().map(|label| label.message.as_str());
            for part in labels.chain([report.message.as_str(), help]) {
                assert!(!part.ends_with('.') && !part.is_empty(), "{part}");
                assert!(!part.starts_with(|c: char| c.is_uppercase()), "{part}");
            }
            assert!(report.message.chars().count() <= 100, "{}", report.message);
            for (at, label) in report.labels.iter().enumerate() {
                let clash = |other: &crate::diagnostic::Label| other.span.overlaps(label.span);
                assert!(!report.labels[..at].iter().any(clash), "{report:?}");
            }
        }
    }
}

#[test]
fn fixes_of_one_mistake_leave_none() {
    let yaml = IN_YAML.iter().map(|(text, _)| (Syntax::Yaml, *text));
    let toml = IN_TOML.iter().map(|(text, _)| (Syntax::Toml, *text));
    for (syntax, text) in yaml.chain(toml) {
        let found = reports(syntax, text);
        let [report] = found.as_slice() else { continue };
        let Some(fix) = &report.fix else { continue };
        let mut fixed = text.to_owned();
        for edit in fix.edits.iter().rev() {
            fixed.replace_range(edit.span.range(), &edit.text);
        }
        assert_eq!(lines(syntax, &fixed), [""; 0], "{text:?} became {fixed:?}");
    }
}
