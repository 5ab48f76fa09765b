//! What is reported of any files, in every format: its readers can read it, and in text for people
//! nothing is hidden.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::diagnostic::Diagnostic;
use statewright::report::{self, Report, Style};
use statewright_fuzz::{check_json, check_printable, compiled_together, sources, written};

fuzz_target!(|data: &[u8]| {
    let sources = sources(data);
    let compilations = compiled_together(&sources);
    let diagnostics: Vec<Diagnostic> = compilations
        .into_iter()
        .flat_map(|c| c.diagnostics)
        .take(60)
        .collect();
    let report = Report::new(&sources, &diagnostics);
    let narrow = Style {
        width: usize::from(data.first().copied().unwrap_or(80)),
        color: data.len() % 2 == 1,
        ..Style::default()
    };
    for format in report::ALL {
        let text = written(format, &report, &Style::default());
        match format.name {
            "json" | "gitlab" | "sarif" | "rdjson" => drop(check_json(&text)),
            "junit" | "checkstyle" => {
                roxmltree::Document::parse(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
            }
            _ => check_printable(&text),
        }
        // The names of the files would open groups in a log of Buildkite.
        assert!(!text.lines().any(|line| line.starts_with("--- ")), "{text}");
        written(format, &report, &narrow);
    }
    let json = check_json(&written(
        report::find("json").expect("a format"),
        &report,
        &narrow,
    ));
    let told = json["diagnostics"].as_array().expect("a list");
    assert_eq!(told.len(), diagnostics.len());
    for (told, found) in told.iter().zip(&diagnostics) {
        assert_eq!(told["message"], found.message.as_str());
    }
});
