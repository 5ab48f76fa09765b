//! Stories about reading: what each mistake is called, where it is, and what is still read.

use proptest::prelude::*;
use serde_yaml::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::node::{Kind, Node, ScalarKind};
use crate::source::{Source, SourceId, Syntax};

use super::read;

mod comments;
mod hidden;
mod json;
mod limits;
mod mistakes;

const YAML: &str = include_str!("tests/sample.yaml");
const TOML: &str = include_str!("tests/sample.toml");

fn source(syntax: Syntax, text: &str) -> Source {
    Source::new(SourceId(0), "test", syntax, text)
}

/// The reports about a text, in order of place.
fn reports(syntax: Syntax, text: &str) -> Vec<Diagnostic> {
    let mut out = Diagnostics::new();
    read(&source(syntax, text), &mut out);
    out.into_sorted()
}

/// Each report as `LINE:COLUMN CODE: MESSAGE`.
fn lines(syntax: Syntax, text: &str) -> Vec<String> {
    let source = source(syntax, text);
    let short = |report: &Diagnostic| {
        let at = source.position(report.primary().span.start);
        let (line, column, code) = (at.line, at.column, report.code.name);
        format!("{line}:{column} {code}: {}", report.message)
    };
    reports(syntax, text).iter().map(short).collect()
}

/// Reads a text that must have no mistake, and writes its tree down.
fn tree(syntax: Syntax, text: &str) -> String {
    let source = source(syntax, text);
    let mut out = Diagnostics::new();
    let document = read(&source, &mut out);
    assert!(out.is_empty(), "{text:?}: {out:?}");
    document.root.as_ref().map_or("nothing".to_owned(), draw)
}

/// A node as text: kind, spelling and place of everything in it.
fn draw(node: &Node<'_>) -> String {
    let range = node.span.range();
    let what = match node.kind() {
        Kind::Lost => "lost".to_owned(),
        Kind::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Text => format!("{:?}", scalar.text()),
            kind => format!("{kind:?} {}", scalar.text()),
        },
        Kind::List(items) => format!(
            "[{}]",
            items.iter().map(draw).collect::<Vec<_>>().join(", ")
        ),
        Kind::Map(entries) => {
            let entry = |e: &crate::node::Entry<'_>| {
                let at = e.key_span().range();
                format!(
                    "{}@{}..{}: {}",
                    e.key.text(),
                    at.start,
                    at.end,
                    draw(&e.value)
                )
            };
            format!(
                "{{{}}}",
                entries.iter().map(entry).collect::<Vec<_>>().join(", ")
            )
        }
        Kind::Absent(comment) => match comment {
            Some(comment) => format!("absent #{}..{}", comment.start, comment.end),
            None => "absent".to_owned(),
        },
    };
    format!("{what}@{}..{}", range.start, range.end)
}

/// Reads a text and looks at every span in what comes of it.
fn check_spans(syntax: Syntax, text: &str) {
    let source = source(syntax, text);
    let mut out = Diagnostics::new();
    let document = read(&source, &mut out);
    let good = |span: crate::source::Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}")
    };
    for report in out.iter() {
        report.labels.iter().for_each(|label| good(label.span));
        let edits = report.fix.iter().flat_map(|fix| &fix.edits);
        edits.for_each(|edit| good(edit.span));
    }
    document.lost.iter().for_each(|lost| good(lost.span));
    document
        .aliases
        .iter()
        .for_each(|alias| [alias.used, alias.target].into_iter().for_each(good));
    let mut rest: Vec<&Node<'_>> = document.root.iter().collect();
    // Aliases may multiply what is written without end; a sample of it is enough.
    for _ in 0..10_000 {
        let Some(node) = rest.pop() else { break };
        good(node.span);
        rest.extend(node.items().into_iter().flatten());
        for entry in node.entries().into_iter().flatten() {
            good(entry.key_span());
            rest.push(&entry.value);
        }
        if let Kind::Absent(Some(comment)) = node.kind() {
            good(*comment);
        }
    }
}

#[test]
fn yaml_is_read_with_its_places() {
    let cases = [
        (
            "a: 1\nb: [x, {y: no}]\n",
            r#"{a@0..1: Integer 1@3..4, b@5..6: ["x"@9..10, {y@13..14: "no"@16..18}@12..19]@8..20}@0..20"#,
        ),
        (
            "a:\n  - b: c\n  - d\n\n# end\n",
            r#"{a@0..1: [{b@7..8: "c"@10..11}@7..11, "d"@16..17]@7..17}@0..17"#,
        ),
        (
            "a: # red\nb:   #f00\nc:\nd: ~\n",
            "{a@0..1: absent #3..8@2..2, b@9..10: absent #14..18@11..11, c@19..20: absent@21..21, d@22..23: Null ~@25..26}@0..26",
        ),
        (
            "a: |\n  x\n  y\n\n\nb: \"q\\tz\"\n",
            r#"{a@0..1: "x\ny\n"@7..12, b@15..16: "q\tz"@18..24}@0..24"#,
        ),
        ("&k a: &v b\nc: *v\n*k : d\n", "!"),
        (
            "\u{feff}é: ü\r\nb: 2\rc: 3",
            r#"{é@3..5: "ü"@7..9, b@11..12: Integer 2@14..15, c@16..17: Integer 3@19..20}@3..20"#,
        ),
        ("- \n- a\n", r#"[absent@1..1, "a"@5..6]@1..6"#),
        ("%YAML 1.2\n--- # first\nx\n...\n", r#""x"@22..23"#),
        (
            "a: !!str 1\nb: ! 2\nc: !!int '3'\n",
            r#"{a@0..1: "1"@9..10, b@11..12: "2"@16..17, c@18..19: Integer 3@27..30}@0..30"#,
        ),
        ("", "nothing"),
        ("\u{feff}", "nothing"),
        ("# only\n\n# comments\n", "nothing"),
    ];
    for (text, expected) in cases.into_iter().filter(|(_, expected)| *expected != "!") {
        assert_eq!(tree(Syntax::Yaml, text), expected, "{text:?}");
    }
}

#[test]
fn toml_is_read_with_its_places() {
    let cases = [
        (
            "a = 1\nb = ['x', { y = true }]\n",
            r#"{a@0..1: Integer 1@4..5, b@6..7: ["x"@11..14, {y@18..19: Boolean true@22..26}@16..28]@10..29}@0..29"#,
        ),
        (
            "[s.\"A b\"]\nc = 2026-11-21\n[[t]]\nx = 0x1F\n[[t]]\n",
            r#"{s@1..2: {A b@3..8: {c@10..11: Date 2026-11-21@14..24}@0..9}@1..2, t@27..28: [{x@31..32: Integer 0x1F@35..39}@25..30, {}@40..45]@25..30}@1..45"#,
        ),
        (
            "\u{feff}\"é\" = \"\\u00fc\"\r\n",
            r#"{é@3..7: "ü"@10..18}@3..18"#,
        ),
        (
            "a = 1.5e3\nb = inf\n",
            "{a@0..1: Float 1.5e3@4..9, b@10..11: Float inf@14..17}@0..17",
        ),
        ("", "nothing"),
        ("# only\n", "nothing"),
    ];
    for (text, expected) in cases {
        assert_eq!(tree(Syntax::Toml, text), expected, "{text:?}");
    }
}

#[test]
fn aliases_share_one_value_and_are_listed() {
    let source = source(Syntax::Yaml, "a: &x [1, 2]\nb: *x\nc: [*x]\n*x : d\n");
    let mut out = Diagnostics::new();
    let document = read(&source, &mut out);
    let used: Vec<&str> = document
        .aliases
        .iter()
        .map(|a| source.slice(a.used))
        .collect();
    assert_eq!(used, ["*x", "*x", "*x"]);
    assert!(
        document
            .aliases
            .iter()
            .all(|a| a.name == "x" && source.slice(a.target) == "[1, 2]")
    );
    let root = document.root.as_ref().expect("a map");
    let b = root.get("b").expect("b");
    assert_eq!(source.slice(b.span), "*x");
    assert_eq!(b.items().map(<[_]>::len), Some(2));
    // The last use is a key, and a list is no key.
    assert_eq!(out.len(), 1);
}

#[test]
fn what_is_lost_is_told_and_the_rest_is_read() {
    let source = source(Syntax::Yaml, "a: [1\nb: 2\nc: *no\nd: \"x\n");
    let document = read(&source, &mut Diagnostics::new());
    assert!(document.lost.is_empty());
    assert_eq!(
        document.root.as_ref().map(draw).as_deref(),
        Some(
            "{a@0..1: [Integer 1@4..5]@3..5, b@6..7: Integer 2@9..10, c@11..12: lost@14..17, d@18..19: lost@20..23}@0..23"
        )
    );
}

#[test]
fn bytes_that_are_not_text_are_one_report() {
    let read_bytes = |bytes: &[u8]| {
        let source = Source::from_bytes(SourceId(0), "x", Syntax::Yaml, bytes.to_vec());
        let mut out = Diagnostics::new();
        let document = read(&source, &mut out);
        assert!(document.root.is_none() && document.lost.len() == 1);
        out.into_sorted()
    };
    let found = read_bytes(b"a: [\xff");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "file stops being UTF-8 text after 4 bytes"
    );
    assert_eq!(found[0].primary().span.range(), 4..4);
    let wide: Vec<u8> = "a: [".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let found = read_bytes(&[&[0xfe, 0xff], wide.as_slice()].concat());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "file is UTF-16 text, not UTF-8");
}

#[test]
fn every_prefix_and_every_missing_line_is_read() {
    for (syntax, sample) in [(Syntax::Yaml, YAML), (Syntax::Toml, TOML)] {
        assert_eq!(lines(syntax, sample), [""; 0]);
        for end in (0..=sample.len()).filter(|&end| sample.is_char_boundary(end)) {
            check_spans(syntax, &sample[..end]);
            // A file that was cut off is one mistake, wherever it was cut.
            assert!(
                reports(syntax, &sample[..end]).len() <= 1,
                "{}",
                &sample[..end]
            );
        }
        let all: Vec<&str> = sample.split_inclusive('\n').collect();
        for missing in 0..all.len() {
            let kept = all.iter().enumerate().filter(|(at, _)| *at != missing);
            check_spans(syntax, &kept.map(|(_, line)| *line).collect::<String>());
        }
    }
}

#[test]
fn another_reader_of_yaml_reads_the_same() {
    let pieces = [
        YAML,
        "a: 1\nb: [x, 2.5, true, ~, null, .inf, 0o17, 0x1f, -3]\nc: {d: 'it''s', e: \"\\u00e9\\n\"}\n",
        "a: |\n  one\n  two\nb: >-\n  folded\n  line\n\n  next\nc: |+\n  kept\n\nd: x\n",
        "- a\n- - b\n  - c\n- d: e\n  f:\n  - g\n- >\n  h\n",
        "plain over\n two lines\n",
        "a: &x {b: [1]}\nc: *x\nd: [*x, *x]\n",
        "? a\n: b\n\"q\": 'r'\n'no': on\n",
        "[]\n",
        "{a: {}, b: [], c: }\n",
    ];
    for text in pieces {
        let source = source(Syntax::Yaml, text);
        let mut out = Diagnostics::new();
        let document = read(&source, &mut out);
        assert!(out.is_empty(), "{text}: {out:?}");
        let theirs: Value = serde_yaml::from_str(text).expect(text);
        assert_eq!(
            document.root.as_ref().map_or(Value::Null, value),
            theirs,
            "{text}"
        );
    }
}

/// A node as the other reader has it.
fn value(node: &Node<'_>) -> Value {
    match node.kind() {
        Kind::Scalar(scalar) if scalar.kind() == ScalarKind::Text => scalar.text().into(),
        Kind::Scalar(scalar) => serde_yaml::from_str(scalar.text()).expect("a plain scalar"),
        Kind::List(items) => Value::Sequence(items.iter().map(value).collect()),
        Kind::Map(entries) => {
            let entry = |e: &crate::node::Entry<'_>| (e.key.text().into(), value(&e.value));
            Value::Mapping(entries.iter().map(entry).collect())
        }
        Kind::Absent(_) | Kind::Lost => Value::Null,
    }
}

/// A sample with some of its bytes replaced, taken out or put in.
fn mutated(sample: &'static str) -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\t", "\n", " ", "\"", "'", "[", "]", "{", "}", ":", ": ", ",", "#", "- ", "*", "&a", "*a",
        "!", "|", ">", "=", "\\", "é", "\u{feff}", "\r", "\0", "---\n", "<<: ", "@", "%", "\"\"\"",
        ".", "\n\n  ",
    ]);
    let edit = (0..sample.len(), 0_usize..6, pieces);
    prop::collection::vec(edit, 1..6).prop_map(move |edits| {
        let mut text = sample.to_owned();
        for (at, cut, piece) in edits {
            let start = text.floor_char_boundary(at.min(text.len()));
            let end = text
                .floor_char_boundary((start + cut).min(text.len()))
                .max(start);
            text.replace_range(start..end, piece);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "(?s).{0,80}") {
        check_spans(Syntax::Yaml, &text);
        check_spans(Syntax::Toml, &text);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let source = Source::from_bytes(SourceId(0), "x", Syntax::Yaml, bytes);
        read(&source, &mut Diagnostics::new());
    }

    #[test]
    fn a_damaged_yaml_file_is_read(text in mutated(YAML)) {
        check_spans(Syntax::Yaml, &text);
    }

    #[test]
    fn a_damaged_toml_file_is_read(text in mutated(TOML)) {
        check_spans(Syntax::Toml, &text);
    }
}
