//! TOML that is built to cost much or to go deep.

use super::run::{Case, DEEP, many, mib};

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

pub fn tidy(more: &str) -> String {
    format!(
        "workflow = \"w\"\nstart = \"New\"\n[states]\nNew = {{ category = \"open\" }}\n\
         Closed = {{ category = \"closed\", final = true }}\n[[transitions]]\nname = \"Close\"\nfrom = \"New\"\nto = \"Closed\"\n{more}"
    )
}

pub fn cases() -> Vec<Case> {
    let mut all = nesting();
    all.extend(huge());
    all.extend(crowds());
    all.extend(broken());
    all
}

fn nesting() -> Vec<Case> {
    let dotted = |count: usize| vec!["a"; count].join(".");
    vec![
        Case::toml(
            "lists opened without end",
            format!("a = {}", "[".repeat(DEEP)),
        ),
        Case::toml(
            "tables opened without end",
            format!("a = {}", "{a=".repeat(DEEP)),
        ),
        Case::toml(
            "lists opened and closed",
            format!("a = {}{}", "[".repeat(DEEP), "]".repeat(DEEP)),
        ),
        Case::toml(
            "a header of very many keys",
            format!("[{}]\n", dotted(DEEP)),
        ),
        Case::toml("a header of very many brackets", "[".repeat(DEEP)),
        Case::toml("a key of very many dots", format!("{} = 1\n", dotted(DEEP))),
        Case::toml("a key of seventy keys", format!("{} = 1\n", dotted(70))),
        Case::toml(
            "a key of nothing but dots",
            format!("{} = 1\n", ".".repeat(DEEP)),
        ),
        Case::toml(
            "headers each deeper than the last",
            numbered(DEEP, |n| format!("[{}]\n", dotted(n + 1))),
        ),
        Case::toml(
            "lists of tables in lists of tables",
            numbered(60, |n| format!("[[{}]]\n", dotted(n + 1))),
        ),
        Case::toml(
            "lists of tables deeper than the limit",
            numbered(78, |n| format!("[[{}]]\n", dotted(n + 1))),
        ),
        Case::toml(
            "brackets closed and never opened",
            format!("a = {}", "]".repeat(DEEP)),
        ),
    ]
}

fn huge() -> Vec<Case> {
    let most = 8 * mib() - 4096;
    let long = |c: &str| c.repeat(most / c.len());
    vec![
        Case::toml("a huge text", format!("workflow = \"{}\"\n", long("w"))),
        Case::toml(
            "a huge text of lines",
            format!("workflow = '''\n{}'''\n", long("w\n")),
        ),
        Case::toml(
            "a huge text of escapes",
            format!("workflow = \"{}\"\n", long("\\n")),
        ),
        Case::toml("a huge key", format!("{} = 1\n", long("k"))),
        Case::toml("a huge key in quotes", format!("\"{}\" = 1\n", long("k"))),
        Case::toml("a huge comment", tidy(&format!("# {}\n", long("c ")))),
        Case::toml("a huge number", format!("workflow = {}\n", long("9"))),
        Case::toml("a huge float", format!("workflow = 1.{}\n", long("9"))),
        Case::toml(
            "a huge date",
            format!("workflow = 2026-01-01T00:00:00.{}\n", long("9")),
        ),
        Case::toml("nothing but blanks", long(" ")),
        Case::toml("nothing but empty lines", long("\n")),
        Case::toml("nothing but equals signs", long("=")),
        Case::toml("nothing but quotes", long("\"")),
        Case::toml("nothing but hashes", long("#")),
        Case::toml("a byte too many", "w".repeat(1001)).argument("--limit=bytes=1000"),
    ]
}

fn crowds() -> Vec<Case> {
    vec![
        Case::toml(
            "very many keys",
            numbered(many(200_000), |n| format!("k{n} = 1\n")),
        ),
        Case::toml(
            "very many tables",
            numbered(many(200_000), |n| format!("[t{n}]\n")),
        ),
        Case::toml(
            "very many tables in one list",
            "[[t]]\n".repeat(many(200_000)),
        ),
        Case::toml(
            "very many items",
            format!("a = [{}]\n", "1,".repeat(many(200_000))),
        ),
        Case::toml("very many equal keys", "a = 1\n".repeat(many(200_000))),
        Case::toml("very many equal tables", "[a]\n".repeat(many(200_000))),
        Case::toml(
            "equal keys with others between",
            numbered(many(50_000), |n| format!("a = 1\nb{n} = 1\n")),
        ),
        Case::toml(
            "a key and a table of one name",
            numbered(2000, |n| format!("a{n} = 1\n[a{n}]\n")),
        ),
        Case::toml("very many mistakes", "a = b\n".repeat(many(100_000))),
        Case::toml(
            "very many lines that are nothing",
            "word\n".repeat(many(100_000)),
        ),
        Case::toml(
            "very many mistakes in one list",
            format!("a = [{}]\n", "b c ".repeat(many(100_000))),
        ),
        Case::toml(
            "dotted keys of one table",
            numbered(many(50_000), |n| format!("a.b{n}.c = 1\n")),
        ),
    ]
}

/// Those that are small, so that they can be cut at every byte, and some that are broken.
pub fn broken() -> Vec<Case> {
    let body = "text that goes on\n".repeat(many(50_000));
    vec![
        Case::toml(
            "a quote never closed",
            format!("workflow = \"w\nstart = 1\n{body}"),
        ),
        Case::toml(
            "three quotes never closed",
            format!("workflow = \"\"\"w\nstart = 1\n{body}"),
        ),
        Case::toml(
            "three single quotes never closed",
            format!("workflow = '''w\n{body}"),
        ),
        Case::toml("a list never closed", format!("workflow = [\n{body}")),
        Case::toml("a table never closed", format!("workflow = {{\n{body}")),
        Case::toml("a header never closed", format!("[states\n{body}")),
        Case::toml(
            "a list opened on every line",
            "a = [\n".repeat(many(20_000)),
        ),
        Case::toml("an escape at the very end", "workflow = \"w\\"),
        Case::toml("an escape of no character", "workflow = \"\\uD800\"\n"),
        Case::toml(
            "a number that fits nothing",
            tidy("x = 99999999999999999999999999\n"),
        ),
        Case::toml("a float that fits nothing", tidy("x = 1e999999999\n")),
        Case::toml("a date that is none", tidy("x = 2026-99-99\n")),
        Case::toml("an equals sign alone", "="),
        Case::toml("a bracket alone", "["),
        Case::toml("an empty file", ""),
        Case::toml("an empty key", "\"\" = 1\n"),
        Case::toml("lone returns", "workflow = \"w\"\rstart = \"New\"\r"),
    ]
}
