//! YAML that is built to cost much, to go deep, or to be read as something else.

use super::run::{Case, DEEP, many, mib};

/// A workflow with nothing wrong, and `more` after it.
pub fn tidy(more: &str) -> String {
    format!(
        "workflow: w\nstart: New\nstates:\n  New: {{ category: open }}\n  Closed: {{ category: closed, final: true }}\n\
         transitions:\n  - {{ name: Close, from: New, to: Closed }}\n{more}"
    )
}

/// So many lines.
pub fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

pub fn cases() -> Vec<Case> {
    let mut all = bombs();
    all.extend(nesting());
    all.extend(huge());
    all.extend(crowds());
    all.extend(short());
    all
}

/// Those that are small, so that they can be cut at every byte.
pub fn short() -> Vec<Case> {
    let mut all = unclosed();
    all.extend(odd());
    all
}

/// Aliases that multiply, to little more than what is allowed here.
fn bombs() -> Vec<Case> {
    let small = |name: &str, text: String| Case::yaml(name, text).argument("--limit=bytes=1000");
    let laughs = |count: usize, uses: usize| {
        let line = |n: usize| {
            format!(
                "l{}: &l{} [{}]\n",
                n + 1,
                n + 1,
                vec![format!("*l{n}"); uses].join(", ")
            )
        };
        format!("l0: &l0 lol\n{}", numbered(count, line))
    };
    let maps = numbered(6, |n| {
        let (m, next) = (n, n + 1);
        format!("m{next}: &m{next} {{ a: *m{m}, b: *m{m}, c: *m{m} }}\n")
    });
    let names = format!("names: &a [{}]\n", vec!["New"; 100].join(", "));
    let moves = format!("transitions:\n{}", "  - *t\n".repeat(9000));
    vec![
        small("ten laughs, three deep", laughs(3, 10)),
        small("two laughs, twelve deep", laughs(12, 2)),
        Case::yaml("laughs deeper than the limit", laughs(DEEP, 1)),
        small("maps of maps", format!("m0: &m0 x\n{maps}")),
        small(
            "a bomb under states",
            format!(
                "workflow: w\nstart: New\n{}states: {{ New: *l3 }}\n",
                laughs(3, 9)
            ),
        ),
        small(
            "a bomb under a transition",
            format!(
                "workflow: w\nstart: New\n{}transitions: *l3\n",
                laughs(3, 9)
            ),
        ),
        small(
            "a bomb under a target's block",
            tidy(&format!(
                "{}targets: {{ jira: *l3, itwin: {{ issue-types: *l3 }} }}\n",
                laughs(3, 9)
            )),
        ),
        Case::yaml("a bomb laid out", laughs(3, 9))
            .command("fmt --format short --limit=bytes=1000"),
        Case::yaml("a bomb fixed", laughs(3, 9))
            .command("check --fix --format short --limit=bytes=1000"),
        Case::yaml("a bomb drawn", laughs(3, 9))
            .command("diagram --format short x.workflow.yaml --out x.svg --limit=bytes=1000"),
        Case::yaml(
            "quadratic aliases",
            format!("{names}b: [{}]\n", ["*a"; 11].join(", ")),
        )
        .argument("--limit=bytes=5000"),
        Case::yaml(
            "quadratic aliases in from",
            tidy(&format!(
                "x-names: &a [{}]\nexpect: [{}]\n",
                vec!["New"; 300].join(", "),
                vec!["{ forbid: *a }"; 300].join(", ")
            )),
        ),
        Case::yaml(
            "one transition nine thousand times",
            format!(
                "x: &t {{ name: Close, from: New, to: Closed }}\n{}",
                tidy("").replace("transitions:\n", &moves)
            ),
        ),
        Case::yaml(
            "very many aliases",
            tidy(&format!("b: &x y\nc: [{}]\n", "*x, ".repeat(11))),
        )
        .argument("--limit=aliases=10"),
        Case::yaml("a value that holds itself", "a: &a [*a]\n"),
        Case::yaml(
            "two values that hold each other",
            "a: &a { b: &b { c: *a } }\nd: *b\n",
        ),
        Case::yaml(
            "a key that is an alias of its map",
            "&a a: &b { *a : *b }\n",
        ),
        Case::yaml(
            "an anchor defined twice",
            tidy("x: &a New\ny: &a Closed\nz: *a\n"),
        ),
    ]
}

/// Brackets and indentation without end.
fn nesting() -> Vec<Case> {
    let open = [
        ("lists", "["),
        ("maps", "{a: "),
        ("maps and lists", "[{a: "),
        ("dashes", "- "),
        ("question marks", "? "),
        ("explicit maps", "? - "),
        ("anchors", "[&a "),
        ("tags", "[!!seq "),
    ];
    let mut all: Vec<Case> = open
        .iter()
        .map(|(name, open)| Case::yaml(format!("{name} opened without end"), open.repeat(DEEP)))
        .collect();
    let closed = |open: &str, close: &str, count: usize| {
        format!("a: {}{}\n", open.repeat(count), close.repeat(count))
    };
    all.extend([
        Case::yaml("lists opened and closed", closed("[", "]", DEEP)),
        Case::yaml("maps opened and closed", closed("{a: ", "}", DEEP)),
        Case::yaml(
            "lists closed and never opened",
            format!("a: {}", "]".repeat(DEEP)),
        ),
        Case::yaml("maps closed and never opened", "}".repeat(DEEP)),
        Case::yaml(
            "blocks too deep",
            numbered(DEEP, |n| format!("{}a:\n", " ".repeat(n))),
        ),
        Case::yaml(
            "blocks of dashes too deep",
            numbered(DEEP, |n| format!("{}-\n", " ".repeat(n))),
        ),
        Case::yaml(
            "blocks and brackets",
            format!(
                "{}{}x",
                numbered(60, |n| format!("{}a:\n", " ".repeat(n))),
                " ".repeat(60) + &"[".repeat(60)
            ),
        ),
        Case::yaml(
            "a staircase up and down",
            numbered(300, |n| {
                format!(
                    "{}k{n}:\n",
                    " ".repeat(if n % 100 < 50 { n % 100 } else { 100 - n % 100 })
                )
            }),
        ),
        Case::yaml(
            "many lists at the deepest level",
            format!(
                "{}\n",
                numbered(2000, |n| format!(
                    "k{n}: {}x{}\n",
                    "[".repeat(64),
                    "]".repeat(64)
                ))
            ),
        ),
    ]);
    all
}

/// One thing of eight megabytes.
fn huge() -> Vec<Case> {
    let most = 8 * mib() - 4096;
    let long = |c: &str| c.repeat(most / c.len());
    vec![
        Case::yaml("a huge word", format!("workflow: {}\n", long("w"))),
        Case::yaml(
            "a huge text in quotes",
            format!("workflow: \"{}\"\n", long("w")),
        ),
        Case::yaml(
            "a huge text of escapes",
            format!("workflow: \"{}\"\n", long("\\n")),
        ),
        Case::yaml(
            "a huge text under a bar",
            tidy(&format!("description: |\n  {}\n", long("w "))),
        ),
        Case::yaml(
            "a huge text of short lines",
            tidy(&format!("description: >\n{}", long("  w\n"))),
        ),
        Case::yaml("a huge key", format!("{}: 1\n", long("k"))),
        Case::yaml("a huge key in quotes", format!("\"{}\": 1\n", long("k"))),
        Case::yaml("a huge explicit key", format!("? {}\n: 1\n", long("k"))),
        Case::yaml("a huge comment", tidy(&format!("# {}\n", long("c ")))),
        Case::yaml("a huge anchor", tidy(&format!("x: &{} y\n", long("a")))),
        Case::yaml("a huge alias", tidy(&format!("x: *{}\n", long("a")))),
        Case::yaml("a huge tag", tidy(&format!("x: !{} y\n", long("t")))),
        Case::yaml(
            "a huge tag in brackets",
            tidy(&format!("x: !<{}> y\n", long("t"))),
        ),
        Case::yaml(
            "a huge directive",
            format!("%{}\n---\n{}", long("d"), tidy("")),
        ),
        Case::yaml("a huge number", format!("workflow: {}\n", long("9"))),
        Case::yaml("nothing but blanks", long(" ")),
        Case::yaml("nothing but tabs", long("\t")),
        Case::yaml("nothing but empty lines", long("\n")),
        Case::yaml("nothing but lone returns", long("\r")),
        Case::yaml("nothing but colons", long(":")),
        Case::yaml("nothing but hashes", long("#")),
        Case::yaml("nothing but quotes", long("'")),
        Case::yaml("nothing but dashes in a row", long("-")),
        Case::yaml(
            "a huge state",
            format!(
                "workflow: w\nstart: {0}\nstates: {{ {0}: {{ category: open }} }}\n",
                "n".repeat(2 * mib())
            ),
        ),
        Case::yaml("a byte too many", "w".repeat(1001)).argument("--limit=bytes=1000"),
    ]
}

/// Many of one thing.
fn crowds() -> Vec<Case> {
    let states = |count: usize, name: &dyn Fn(usize) -> String| {
        let states = numbered(count, |n| format!("  {}: {{ category: open }}\n", name(n)));
        tidy("").replace("transitions:", &format!("{states}transitions:"))
    };
    let chain = {
        let links = numbered(many(20_000), |n| {
            format!("  - {{ name: N{n}, from: S{n}, to: S{} }}\n", n + 1)
        });
        let all = numbered(20_001, |n| format!("  S{n}: {{ category: open }}\n"));
        format!("workflow: w\nstart: S0\nstates:\n{all}transitions:\n{links}")
    };
    vec![
        Case::yaml(
            "very many keys",
            numbered(many(200_000), |n| format!("k{n}: 1\n")),
        ),
        Case::yaml(
            "very many keys in brackets",
            format!("{{{}}}", numbered(many(200_000), |n| format!("k{n}: 1, "))),
        ),
        Case::yaml(
            "very many anchors",
            numbered(many(200_000), |n| format!("- &a{n} x\n")),
        ),
        Case::yaml("very many dashes", "- x\n".repeat(many(200_000))),
        Case::yaml("very many empty dashes", "-\n".repeat(many(200_000))),
        Case::yaml("very many documents", "---\na: 1\n".repeat(many(200_000))),
        Case::yaml(
            "very many directives",
            "%TAG !a! tag:a,2000:\n".repeat(many(200_000)),
        ),
        Case::yaml(
            "very many merge keys",
            tidy(&format!(
                "x: &x {{ a: 1 }}\ny:\n{}",
                "  <<: *x\n".repeat(many(200_000))
            )),
        ),
        Case::yaml("very many equal keys", "a: 1\n".repeat(many(200_000))),
        Case::yaml(
            "very many unknown aliases",
            format!("a: [{}]\n", "*b, ".repeat(many(200_000))),
        ),
        Case::yaml(
            "very many unknown tags",
            format!("a: [{}]\n", "!t x, ".repeat(many(200_000))),
        ),
        Case::yaml("very many lists as keys", "[a]: b\n".repeat(many(200_000))),
        Case::yaml(
            "very many colons without a key",
            ": b\n".repeat(many(200_000)),
        ),
        Case::yaml(
            "very many comments",
            format!("{}{}", "# c\n".repeat(many(200_000)), tidy("")),
        ),
        Case::yaml(
            "very many suppressions",
            format!(
                "{}{}",
                "# statewright: allow(dead-ends)\n".repeat(many(100_000)),
                tidy("")
            ),
        ),
        Case::yaml(
            "very many misspelt suppressions",
            format!(
                "{}{}",
                "# statewrite: alow(dead-ends)\n".repeat(many(100_000)),
                tidy("")
            ),
        ),
        Case::yaml(
            "very many mistakes of syntax",
            "a: b: c\n".repeat(many(100_000)),
        ),
        Case::yaml(
            "very many lines without a colon",
            "word\n".repeat(many(100_000)),
        ),
        Case::yaml(
            "very many tabs that indent",
            format!("a:\n{}", "\tb: c\n".repeat(many(100_000))),
        ),
        Case::yaml(
            "very many islands",
            states(many(20_000), &|n| format!("Island {n}")),
        ),
        Case::yaml(
            "more states than the limit",
            states(many(100_000), &|n| format!("S{n}")),
        )
        .argument("--limit")
        .argument(&format!("states={}", many(100_000))),
        Case::yaml(
            "states whose names are nearly one",
            states(3000, &|n| {
                format!(
                    "Wait{}ing",
                    "l1I"
                        .chars()
                        .cycle()
                        .skip(n % 3)
                        .take(n % 40)
                        .collect::<String>()
                        + &n.to_string()
                )
            }),
        ),
        Case::yaml(
            "very many unknown states",
            tidy(&numbered(5000, |n| {
                format!("  - {{ name: T{n}, from: New, to: Clo{n}sed }}\n")
            })),
        ),
        Case::yaml(
            "very many unknown fields",
            tidy(&numbered(5000, |n| format!("transition{n}: 1\n"))),
        ),
        Case::yaml("a chain of very many states", chain),
        Case::yaml(
            "from every state to every state",
            states(3000, &|n| format!("S{n}"))
                + &numbered(100, |n| {
                    format!("  - {{ name: T{n}, from: \"*\", to: S{n} }}\n")
                }),
        ),
        Case::yaml(
            "very many promises",
            tidy(&format!(
                "expect:\n{}",
                "  - never: Closed\n    after: New\n".repeat(5000)
            )),
        ),
    ]
}

/// What is open to the end.
fn unclosed() -> Vec<Case> {
    let body = "  text that goes on\n".repeat(many(50_000));
    vec![
        Case::yaml(
            "a double quote never closed",
            format!("workflow: \"w\nstart: New\n{body}"),
        ),
        Case::yaml(
            "a single quote never closed",
            format!("workflow: 'w\nstart: New\n{body}"),
        ),
        Case::yaml(
            "a list never closed",
            format!("workflow: [w\nstart: New\n{body}"),
        ),
        Case::yaml(
            "a map never closed",
            format!("workflow: {{w\nstart: New\n{body}"),
        ),
        Case::yaml(
            "a quote opened on every line",
            "a: \"b\n".repeat(many(50_000)),
        ),
        Case::yaml(
            "a list opened on every line",
            "a: [b\n".repeat(many(50_000)),
        ),
        Case::yaml("an escape at the very end", "workflow: \"w\\"),
        Case::yaml("an escape that is cut", "workflow: \"w\\x4"),
        Case::yaml("half a pair of escapes", "workflow: \"\\uD800\"\n"),
        Case::yaml("a tag that is cut", "workflow: !<tag:yaml"),
        Case::yaml("an anchor without a name", "workflow: & w\n"),
        Case::yaml("an alias without a name", "workflow: *\n"),
        Case::yaml("a bar without a text", "workflow: |"),
        Case::yaml("a bar that asks for nine blanks", "workflow: |9\n w\n"),
        Case::yaml("a directive alone", "%YAML 1.2"),
        Case::yaml(
            "a version of the future",
            format!("%YAML 9.9\n---\n{}", tidy("")),
        ),
        Case::yaml("a question mark alone", "?"),
    ]
}

/// What is read as something else than it looks.
fn odd() -> Vec<Case> {
    vec![
        Case::yaml("an empty file", ""),
        Case::yaml("only a comment", "# nothing\n"),
        Case::yaml("only a document's mark", "---\n"),
        Case::yaml("only the end of a document", "...\n"),
        Case::yaml("null", "null\n"),
        Case::yaml("one word", "workflow\n"),
        Case::yaml("a list", "- workflow\n"),
        Case::yaml("a binary scalar", tidy("x: !!binary aGVsbG8=\n")),
        Case::yaml(
            "a tag of another language",
            tidy("x: !!python/object/apply:os.system [\"ls\"]\n"),
        ),
        Case::yaml("a set", tidy("x: !!set { a, b }\n")),
        Case::yaml(
            "names that are numbers",
            "workflow: 1\nstart: 0x10\nstates: { 0x10: { category: open }, 1e3: { category: closed } }\n",
        ),
        Case::yaml(
            "names that are booleans",
            "workflow: no\nstart: yes\nstates: { yes: { category: open }, no: { category: closed } }\n",
        ),
        Case::yaml(
            "names that commands are made of",
            "workflow: w\nstart: \"::error::x\"\nstates: { \"::error::x\": { category: opn }, \"##[set-output]\": { category: open } }\n",
        ),
        Case::yaml(
            "names with line ends and escapes",
            "workflow: w\nstart: \"a\\nb\\e[31m\"\nstates: { \"a\\nb\\e[31m\": { category: opn } }\n",
        ),
        Case::yaml(
            "a long line of mistakes",
            format!(
                "states: {{ {} }}\n",
                numbered(5000, |n| format!("s{n}: {{ category: opn }}, "))
            ),
        ),
        Case::yaml(
            "mistakes far along a line, drawn",
            format!(
                "states: {{ {} }}\n",
                numbered(5000, |n| format!("s{n}: {{ category: opn }}, "))
            ),
        )
        .command("check"),
        Case::yaml(
            "mistakes on a huge line, drawn",
            format!("workflow: {}\nstart: [", "w".repeat(mib())),
        )
        .command("check"),
    ]
}
