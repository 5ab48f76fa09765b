//! Any text, any places: reports are drawn, safe, complete, and in time.

use std::time::{Duration, Instant};

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
        prop_assert_eq!(&value["diagnostics"][0]["message"], &says);
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
    let hidden = |line: &str| line.chars().any(printable::is_hidden);
    let commands = |line: &str| {
        let line = line.to_lowercase();
        line.trim_start().starts_with("::") || line.contains("##[") || line.contains("##vso[")
    };
    !text.split('\n').any(|line| hidden(line) || commands(line))
}

/// The shortest of a few runs: the machine may be busy with something else.
fn fastest(run: impl Fn()) -> Duration {
    let time = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..5).map(|_| time()).min().unwrap_or_default()
}

#[test]
fn a_line_of_a_megabyte_takes_no_time() {
    let text = "[".repeat(1_000_000);
    let time = fastest(|| {
        let source = source(&text);
        assert!(pointing(&source, source.at(999_999..1_000_000)).contains(":1:1000000]"));
    });
    println!("one report on a line of 1 MB: {time:?}");
    // Without optimization, and beside other tests, ten times as long is no alarm.
    let most = if cfg!(debug_assertions) { 500 } else { 50 };
    assert!(time < Duration::from_millis(most), "{time:?}");
}

/// Hundreds of reports on one long line: nothing may look at the line from its start each time.
#[test]
fn ten_megabytes_do_not_slow_a_report_down() {
    for line in ["- { name: wrong }\n", "{ name: wrong }, "] {
        let source = source(&line.repeat(10_000_000 / line.len()));
        let at = |n: usize| source.at(n * line.len() + 8..n * line.len() + 13);
        let report = |n: usize| Diagnostic::new(&WRONG, "it is wrong", at(n), "here");
        let found: Vec<Diagnostic> = (0..300).map(|n| report(n * 1500)).collect();
        for format in ALL {
            let start = Instant::now();
            written(format.name, &Report::new([&source], &found));
            let time = start.elapsed();
            println!("{}: {time:?} for {} reports", format.name, found.len());
            // Looking at the line from its start each time would take minutes; a machine that
            // has other work to do takes some seconds.
            assert!(time < Duration::from_secs(30), "{}: {time:?}", format.name);
        }
    }
}
