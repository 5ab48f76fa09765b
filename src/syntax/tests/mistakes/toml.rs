//! Mistakes in TOML.

/// Text, and the reports about it.
pub const CASES: &[(&str, &[&str])] = &[
    (
        "```toml\na = 1\n```\n",
        &[
            "1:1 invalid-toml: fence of a Markdown block stands in the text",
            "3:1 invalid-toml: fence of a Markdown block stands in the text",
        ],
    ),
    (
        "a = 1,\nb = null\n",
        &[
            "1:6 invalid-toml: comma follows a value that has ended",
            "2:5 invalid-toml: value `null` is not one that TOML has",
        ],
    ),
    (
        "a = 1\na = 2\na = 3\n",
        &["2:1 duplicate-keys: key `a` is written 3 times in the same map"],
    ),
    (
        "[[states]]\nNew = {}\n[states]\nClosed = {}\n",
        &["3:2 duplicate-keys: key `states` is written twice in the same map"],
    ),
    (
        "[[states]]\n[states]\nClosed = {}\n",
        &["2:2 duplicate-keys: key `states` is written twice in the same map"],
    ),
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
        "a = { b\n  \"c\" = 1 }\n",
        &["1:7 invalid-toml: key `b` has no `=` after it"],
    ),
    (
        "a = { b, c = 1 }\n",
        &["1:7 invalid-toml: key `b` has no `=` after it"],
    ),
    (
        "a = { c = 1, \"b\" }\n",
        &["1:14 invalid-toml: key `\"b\"` has no `=` after it"],
    ),
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
        &["1:7 invalid-toml: `\\q` is not an escape sequence"],
    ),
    (
        "a = \"C:\\Users\"\n",
        &["1:8 invalid-toml: `\\U` is not an escape sequence"],
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
        &["1:8 invalid-toml: comma follows a value that has ended"],
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
