//! How much of a file is read: what is over a limit is one report, whatever it is.

use super::*;
use crate::limits::{ALIASES, BYTES, DEPTH, Limits};
use crate::syntax::MAX_REPORTS;

#[test]
fn hostile_sizes_are_one_report_each() {
    let depth = "lists and maps lie inside each other over the limit of 64 levels";
    let megabyte = 1 << 20;
    let dashes = "- ".repeat(1000);
    let indents: String = (0..200).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    let dotted = format!("{} = 1", vec!["a"; 100].join("."));
    let header = format!("[{}]", vec!["a"; 70].join("."));
    let cases = [
        (Syntax::Yaml, "[".repeat(megabyte), "1:65"),
        (Syntax::Yaml, "{a: ".repeat(megabyte / 4), "1:257"),
        (Syntax::Yaml, dashes, "1:129"),
        (Syntax::Yaml, indents, "65:65"),
        (
            Syntax::Toml,
            format!("a = {}", "[".repeat(megabyte)),
            "1:85",
        ),
        (
            Syntax::Toml,
            format!("a = {}", "{a = ".repeat(megabyte / 8)),
            "1:405",
        ),
        (Syntax::Toml, dotted, "1:1"),
        (Syntax::Toml, header, "1:128"),
    ];
    for (syntax, text, place) in cases {
        let found = lines(syntax, &text);
        assert_eq!(
            found,
            [format!("{place} exceeded-limits: {depth}")],
            "{}",
            &text[..20]
        );
    }
    let large = "a".repeat(BYTES.usual + 1);
    assert_eq!(lines(Syntax::Yaml, &large).len(), 1);
}

#[test]
fn depth_counts_what_aliases_stand_for() {
    // Each line lies one level deeper than the one before, without being written so.
    let mut text = String::from("a0: &a0 [x]\n");
    for n in 1..200 {
        text.push_str(&format!("a{n}: &a{n} [*a{}]\n", n - 1));
    }
    let found = reports(Syntax::Yaml, &text);
    assert!(found.iter().all(|r| r.code.name == "exceeded-limits"));
    let at = source(Syntax::Yaml, &text).position(found[0].primary().span.start);
    assert_eq!(at.line as usize, DEPTH.usual);
}

#[test]
fn aliases_beyond_the_limit_are_one_report() {
    let text = format!("a: &x 1\nb: [{}]\n", "*x, ".repeat(ALIASES.usual + 5));
    let found = lines(Syntax::Yaml, &text);
    assert_eq!(
        found,
        [format!(
            "2:{} exceeded-limits: file uses more aliases than the limit of 10,000",
            5 + 4 * ALIASES.usual
        )]
    );
    let bomb: String = (1..40)
        .map(|n| format!("l{n}: &l{n} [*l{m}, *l{m}]\n", m = n - 1))
        .collect();
    // A tree shares what they stand for, but a workflow that is made of it does not.
    assert_eq!(
        lines(Syntax::Yaml, &format!("l0: &l0 lol\n{bomb}")),
        ["19:18 exceeded-limits: aliases stand for more bytes than the limit of 8,388,608"]
    );
}

#[test]
fn aliases_count_as_much_as_their_values_written_out() {
    let value = "v".repeat(1000);
    let most = BYTES.usual / 1008;
    let text = |uses| format!("a: &x {value}\nb: [{}]\n", "*x, ".repeat(uses));
    assert_eq!(reports(Syntax::Yaml, &text(most)), []);
    assert_eq!(
        lines(Syntax::Yaml, &text(most + 5)),
        [format!(
            "2:{} exceeded-limits: aliases stand for more bytes than the limit of 8,388,608",
            5 + 4 * most
        )]
    );
    // One in another counts with it.
    let text = |uses| {
        format!(
            "a: &x {value}\nb: &y [*x, *x]\nc: [{}]\n",
            "*y, ".repeat(uses)
        )
    };
    let most = (BYTES.usual - 2 * 1008) / (2 * 1008 + 8);
    assert_eq!(reports(Syntax::Yaml, &text(most)), []);
    assert_eq!(reports(Syntax::Yaml, &text(most + 1)).len(), 1);
}

#[test]
fn duplicates_without_end_are_cut_short() {
    let most = MAX_REPORTS + 1;
    assert_eq!(reports(Syntax::Yaml, &"a: 1\n".repeat(5000)).len(), most);
    let apart: String = (0..5000).map(|n| format!("a = 1\nb{n} = 1\n")).collect();
    assert_eq!(reports(Syntax::Toml, &apart).len(), most);
    assert_eq!(reports(Syntax::Toml, &"a = 1\n".repeat(5000)).len(), 1);
    let many: String = (0..5000).map(|n| format!("k{n}: 1\n")).collect();
    assert_eq!(reports(Syntax::Yaml, &format!("{many}k4999: 2\n")).len(), 1);
}

/// A text of each syntax in which lists and maps lie `depth` deep.
fn deep(depth: usize) -> Vec<(Syntax, String)> {
    let lists = depth - 1;
    let flow = |open: &str, close: &str| format!("{}{}", open.repeat(lists), close.repeat(lists));
    let block: String = (0..depth).map(|n| format!("{:n$}a:\n", "")).collect();
    let half = depth / 2;
    let mixed: String = (0..half).map(|n| format!("{:n$}a:\n", "")).collect();
    let rest = depth - half;
    let mixed = format!(
        "{mixed}{:half$}{}{}",
        "",
        "[".repeat(rest),
        "]".repeat(rest)
    );
    let tables = vec!["a"; lists].join(".");
    let dotted = vec!["a"; depth].join(".");
    vec![
        (Syntax::Yaml, format!("a: {}", flow("[", "]"))),
        (
            Syntax::Yaml,
            format!("a: {}x{}", "{a: ".repeat(lists), "}".repeat(lists)),
        ),
        (Syntax::Yaml, format!("{block}{:depth$}b", "")),
        (Syntax::Yaml, mixed),
        // Each bracket holds a list, and that a map of one entry.
        (
            Syntax::Yaml,
            format!("{}x{}", "[a: ".repeat(depth / 2), "]".repeat(depth / 2)),
        ),
        (Syntax::Yaml, format!("{}x", "- ".repeat(depth))),
        (Syntax::Toml, format!("a = {}", flow("[", "]"))),
        (
            Syntax::Toml,
            format!("a = {}{}", "{a=".repeat(lists) + "1", "}".repeat(lists)),
        ),
        (Syntax::Toml, format!("[{tables}]\nb = 1")),
        (Syntax::Toml, format!("{dotted} = 1")),
        (
            Syntax::Json,
            format!("{}{}", "[".repeat(depth), "]".repeat(depth)),
        ),
    ]
}

#[test]
fn as_deep_as_the_limit_is_read_and_one_deeper_is_not() {
    for depth in [2, DEPTH.usual, DEPTH.most] {
        let limits = Limits {
            depth,
            ..Limits::default()
        };
        let codes = |(syntax, text): (Syntax, String)| {
            let mut out = Diagnostics::new();
            read(&source(syntax, &text).with_limits(limits), &mut out);
            let codes: Vec<&str> = out.iter().map(|report| report.code.name).collect();
            (codes.join(" "), text)
        };
        for case in deep(depth) {
            let (codes, text) = codes(case);
            assert_eq!(codes, "", "{depth} levels: {text}");
        }
        for (syntax, text) in deep(depth + 1) {
            // Whoever makes an even number of levels makes no odd one.
            let text = text.replace("x]", "[x]]");
            let (codes, text) = codes((syntax, text));
            assert_eq!(codes, "exceeded-limits", "more than {depth} levels: {text}");
        }
    }
}
