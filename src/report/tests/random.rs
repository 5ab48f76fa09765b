//! Any text, any places: reports are drawn, safe and complete.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::diagnostic::Label;
use crate::report::excerpt::Excerpt;

/// Texts of pieces that are hard to draw or dangerous to print.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "b: ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "é",
        "e\u{301}",
        "完",
        "😀",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "\u{1b}[31m",
        "\u{7}",
        "\u{85}",
        "\u{2028}",
        "#",
        "##[",
        "##vso[",
        "::",
        "::error::",
        "[",
        "`",
        "\0",
        "\u{e0041}",
        "word word word word word word word word",
    ];
    let long = (1..400usize).prop_map(|n| "[".repeat(n));
    let piece = prop_oneof![30 => select(pieces.to_vec()).prop_map(str::to_owned), 1 => long];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A place in a text, as two parts in 1000 of its length.
type Part = (usize, usize);

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        (0..=1000usize, 0..=1000usize),
        (0..=1000usize, 0..=20usize).prop_map(|(start, length)| (start, start + length)),
    ]
}

fn span(source: &Source, (a, b): Part) -> Span {
    let text = source.text();
    let at = |part: usize| text.floor_char_boundary(text.len() * part.min(1000) / 1000);
    source.at(at(a.min(b))..at(a.max(b)))
}

proptest! {
    #[test]
    fn any_report_can_be_written(
        texts in [text(), text()],
        name in text(),
        says in text(),
        labels in prop::collection::vec((any::<bool>(), part()), 1..12),
        width in 0..160usize,
    ) {
        let [a, b] = texts;
        let sources = [named(0, &name, &a), named(1, "b.yaml", &b)];
        let label = |(index, &(other, part)): (usize, &(bool, Part))| Label {
            span: span(&sources[usize::from(other)], part),
            message: format!("label-{index}"),
        };
        let labels: Vec<Label> = labels.iter().enumerate().map(label).collect();
        let mut found = Diagnostic::new(&WRONG, says.clone(), labels[0].span, "")
            .help(says.clone())
            .note(says.clone());
        found.labels = labels;
        let found = [found];
        let report = Report::new(&sources, &found);

        let human = written_in(Style { width, ..Style::default() }, "human", &report);
        prop_assert!(is_safe(&human), "{human}");
        for label in &found[0].labels {
            prop_assert!(human.contains(&label.message), "{human}");
        }
        prop_assert!(!human.contains("Failed to read"), "{human}");
        written_in(Style { color: true, width, ..Style::default() }, "human", &report);

        let short = written("short", &report);
        prop_assert!(is_safe(&short), "{short}");
        prop_assert_eq!(short.lines().count(), 1);

        let json = written("json", &report);
        prop_assert!(is_safe(&json), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        prop_assert_eq!(&value["diagnostics"][0]["message"], &found[0].message);
        prop_assert_eq!(&value["diagnostics"][0]["labels"][0]["message"], "label-0");
    }

    #[test]
    fn the_text_under_a_mark_is_the_text_of_its_place(text in text(), part in part()) {
        let source = source(&text);
        let span = span(&source, part);
        let found = Diagnostic::new(&WRONG, "it is wrong", span, "here");
        let excerpt = Excerpt::new(&Sources::new([&source]), &found, 100_000);
        let mark = &excerpt.marks[0];
        let marked = &excerpt.text[mark.range.clone()];

        let line = source.line_range(mark.position.line);
        let first_line = span.range().start.max(line.start)..span.range().end.min(line.end);
        let expected = source.text().get(first_line).unwrap_or("");
        if !expected.is_empty() && !expected.contains(['\u{feff}', '\t', '#']) {
            prop_assert_eq!(marked, printable::in_line(expected));
        }
        prop_assert!(!marked.is_empty());
        let before = &excerpt.text[..mark.range.start];
        let line_number = excerpt.boxes[0].first_line as usize + before.matches('\n').count();
        prop_assert_eq!(line_number, mark.position.line as usize);
    }
}

/// Whether every line can be printed and no CI system obeys it.
fn is_safe(text: &str) -> bool {
    let hidden = |line: &str| line.chars().any(armed::is_hidden);
    let commands = |line: &str| {
        let line = line.to_lowercase();
        line.trim_start().starts_with("::") || line.contains("##[") || line.contains("##vso[")
    };
    !text.split('\n').any(|line| hidden(line) || commands(line))
}

#[test]
fn the_end_of_a_line_of_a_megabyte_has_a_place() {
    let source = source(&"[".repeat(1_000_000));
    assert!(pointing(&source, source.at(999_999..1_000_000)).contains(":1:1000000]"));
}

/// `cargo bench --bench reports` tells how long it takes with ten megabytes.
#[test]
fn reports_all_along_a_text_have_their_places() {
    const REPORTS: usize = 300;
    for line in ["- { name: wrong }\n", "{ name: wrong }, "] {
        let source = source(&line.repeat(10 * REPORTS));
        let start = |n: usize| 10 * n * line.len() + 8;
        let at = |n: usize| source.at(start(n)..start(n) + 5);
        let report = |n: usize| Diagnostic::new(&WRONG, "it is wrong", at(n), "here");
        let found: Vec<Diagnostic> = (0..REPORTS).map(report).collect();
        let of = |format: &Format| written(format.name, &Report::new([&source], &found));
        let short = of(super::super::find("short").expect("a format"));
        let places = short.lines().map(|line| {
            let mut parts = line.split(':').skip(1);
            let mut next = || parts.next().and_then(|part| part.parse::<usize>().ok());
            (next(), next())
        });
        let expected = (0..REPORTS).map(|n| match line.ends_with('\n') {
            true => (Some(10 * n + 1), Some(9)),
            false => (Some(1), Some(start(n) + 1)),
        });
        assert!(places.eq(expected));
        for format in ALL {
            assert!(of(format).contains(WRONG.name), "{}", format.name);
        }
    }
}
