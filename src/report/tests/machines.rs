//! What CI systems read. That other readers take it is told in `tests/formats.rs`.

use super::*;
use crate::report::fingerprint::{Of, fingerprints};

fn laptop(format: &str) -> String {
    let source = source(LAPTOP);
    let found = [dead_end(&source), misspelt(&source)];
    let clean = named(1, "folder/clean.workflow.yaml", "");
    written(format, &Report::new([&source, &clean], &found))
}

#[test]
fn every_format_says_the_same() {
    for format in [
        "github",
        "gitlab",
        "sarif",
        "junit",
        "checkstyle",
        "rdjson",
        "markdown",
    ] {
        insta::assert_snapshot!(format!("laptop in {format}"), laptop(format));
    }
    let counts = "1  error[undefined-states], 1 has a fix\n1  warning[dead-ends]\n\n\
                  checked 2 files: 1 error, 1 warning; 1 has a fix\n";
    assert_eq!(laptop("statistics"), counts);
}

#[test]
fn nothing_found_is_said_as_well() {
    let source = source(LAPTOP);
    let nothing = |format| written(format, &Report::new([&source], &[]));
    assert_eq!(nothing("github"), "checked 1 file: no mistakes found\n");
    assert_eq!(nothing("gitlab"), "[]\n");
    assert_eq!(
        nothing("markdown"),
        "### Statewright checked 1 file: no mistakes found\n"
    );
    assert_eq!(nothing("statistics"), "checked 1 file: no mistakes found\n");
    assert!(nothing("junit").contains("<testcase name=\"no mistakes found\""));
    assert!(nothing("checkstyle").contains("<file name=\"laptop.workflow.yaml\"/>"));
}

#[test]
fn what_could_not_be_read_is_in_every_format() {
    let clean = named(0, "folder/clean.workflow.yaml", "");
    let not_read = |path: &str, reason: &str, is_empty| Unread {
        path: path.to_owned(),
        reason: reason.to_owned(),
        is_empty,
    };
    let none = "no file in it is named *.workflow.yaml, *.workflow.yml or *.workflow.toml";
    let unread = [
        not_read(
            "folder/none.workflow.yaml",
            "no such file or directory",
            false,
        ),
        not_read("drafts", none, true),
    ];
    let report = Report {
        unread: &unread,
        ..Report::new([&clean], &[])
    };
    let all = ALL.iter().map(|format| {
        let text = written(format.name, &report);
        format!("{}:\n{text}", format.name)
    });
    let all: Vec<String> = all.collect();
    insta::assert_snapshot!("unread in every format", all.join("\n"));
    let told = Style {
        alone: false,
        ..Style::default()
    };
    let said = "checked 1 file, could not read 1 more, found none in a folder: \
         no mistakes found in what could be read\n";
    assert_eq!(written_in(told, "human", &report), said);
}

fn fingerprints_of(format: &str, text: &str) -> Vec<String> {
    let source = source(text);
    let report = |needle: &str| {
        let at = text.find(needle).unwrap();
        let span = source.at(at..at + needle.len());
        Diagnostic::new(&WRONG, format!("`{needle}` is wrong"), span, "here")
    };
    let found = [report("Aproved"), report("Waiting"), report("Waiting")];
    let json = written(format, &Report::new([&source], &found));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let prints: Vec<serde_json::Value> = match format {
        "sarif" => json["runs"][0]["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["partialFingerprints"]["statewright/v2"].clone())
            .collect(),
        _ => json
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["fingerprint"].clone())
            .collect(),
    };
    prints
        .iter()
        .map(|p| p.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn fingerprints_survive_moved_lines_and_differ_from_each_other() {
    for format in ["sarif", "gitlab"] {
        let before = fingerprints_of(format, LAPTOP);
        let moved = fingerprints_of(format, &format!("# a comment\n\n{LAPTOP}"));
        assert_eq!(before, moved);
        assert!(
            before[0] != before[1] && before[1] != before[2],
            "{before:?}"
        );
        let other = fingerprints_of(format, &LAPTOP.replace("Waiting", "Waiting "));
        assert_eq!(before, other);
    }
}

/// What a report says, and where it says what, may change from one release to the next.
#[test]
fn fingerprints_survive_other_words() {
    let source = source(LAPTOP);
    let old = [dead_end(&source), misspelt(&source)];
    let mut new = old.clone();
    for report in &mut new {
        report.message = "quite another sentence".to_owned();
        let labels = report.labels.iter_mut().map(|label| &mut label.message);
        labels.chain(&mut report.help).for_each(|text| text.clear());
        report.notes.push("another note".to_owned());
    }
    let reworded = |report: &Diagnostic| {
        let names: Vec<String> = report.names.iter().map(|n| format!("`{n}`")).collect();
        let message = format!("{} and nothing else", names.join(" or "));
        Diagnostic::new(report.code, message, source.at(0..1), "another place")
    };
    let anew: Vec<Diagnostic> = old.iter().map(reworded).collect();
    for of in [Of::Mistake, Of::MistakeInFile] {
        let prints = |reports: &[Diagnostic]| fingerprints(&Report::new([&source], reports), of);
        assert_eq!(prints(&old), prints(&new));
        assert_eq!(prints(&old), prints(&anew));
        assert_ne!(prints(&old)[0], prints(&old)[1]);
    }
}

#[test]
fn columns_count_what_the_format_counts() {
    let source = source("é完😀x: y\n");
    let at = source.text().find('x').unwrap();
    let found = [Diagnostic::new(
        &WRONG,
        "it is wrong",
        source.at(at..at + 1),
        "here",
    )];
    let report = Report::new([&source], &found);
    let json =
        |format| -> serde_json::Value { serde_json::from_str(&written(format, &report)).unwrap() };
    let region =
        &json("sarif")["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startColumn"], &region["byteOffset"]),
        (&4.into(), &9.into())
    );
    assert_eq!(
        json("rdjson")["diagnostics"][0]["location"]["range"]["start"]["column"],
        10
    );
    assert!(written("github", &report).contains(",col=4,endColumn=5,"));
}

#[test]
fn a_place_of_several_lines_has_no_columns_for_github() {
    let source = source("a:\n  b\n");
    let found = [Diagnostic::new(
        &WRONG,
        "it is wrong",
        source.at(0..6),
        "here",
    )];
    let text = written("github", &Report::new([&source], &found));
    assert!(
        text.starts_with("::error file=laptop.workflow.yaml,line=1,endLine=2,title="),
        "{text}"
    );
}

#[test]
fn several_edits_are_one_suggestion() {
    let source = source("from: [A, B, C]\n");
    let edits = vec![
        Edit::new(source.at(13..14), "c"),
        Edit::new(source.at(7..8), "a"),
    ];
    let found = [Diagnostic::new(&WRONG, "it is wrong", source.span(), "here").edits(true, edits)];
    let json = written("rdjson", &Report::new([&source], &found));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let suggestion = &json["diagnostics"][0]["suggestions"][0];
    assert_eq!(suggestion["text"], "a, B, c");
    assert_eq!(suggestion["range"]["end"]["column"], 15);
}

/// People are told the first members of a group, and how many there are; programs all.
#[test]
fn programs_are_told_every_member_of_a_group() {
    let source = source(&format!("a: [{}]\n", "T, ".repeat(20_000)));
    let group = |places: usize| {
        let places = (1..=places).map(|n| source.at(4 + 3 * n..5 + 3 * n));
        let found = Diagnostic::new(&WRONG, "it is wrong", source.at(4..5), "here");
        found.each(places, 4, "here, too")
    };
    let places = |places: usize| {
        let found = [group(places)];
        let report = Report::new([&source], &found);
        assert_eq!(
            written("human", &report).matches("here, too").count(),
            places.min(4)
        );
        let read = |format: &str| -> serde_json::Value {
            serde_json::from_str(&written(format, &report)).unwrap()
        };
        let json = &read("json")["diagnostics"][0];
        let labels = json["labels"].as_array().unwrap();
        let result = &read("sarif")["runs"][0]["results"][0];
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        assert_eq!(related + 1, labels.len());
        let last = labels.last().unwrap();
        assert_eq!(
            (&last["primary"], &last["message"]),
            (&false.into(), &"here, too".into())
        );
        let unlisted = json["unlisted"].as_u64();
        assert_eq!(result["properties"]["unlistedPlaces"].as_u64(), unlisted);
        (labels.len(), unlisted)
    };
    assert_eq!(places(4), (5, None));
    assert_eq!(places(40), (41, None));
    assert_eq!(places(904), (905, None));
    // No more than GitHub takes of one result.
    assert_eq!(places(10_000), (905, Some(9096)));
    let many = vec![group(900); 20];
    let json = written("json", &Report::new([&source], &many));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let labels = json["diagnostics"].as_array().unwrap().iter();
    let (listed, unlisted) = labels.fold((0, 0), |(listed, unlisted), found| {
        let labels = found["labels"].as_array().map_or(0, Vec::len);
        (
            listed + labels,
            unlisted + found["unlisted"].as_u64().unwrap_or(0),
        )
    });
    assert_eq!((listed, unlisted), (20 * 5 + 10_000, 20 * 896 - 10_000));
}

/// A few bytes of a file are an edit, and an edit is some hundred bytes of a report.
#[test]
fn too_many_edits_are_counted_and_not_listed() {
    let source = source(&format!("a: [{}]\n", "T, ".repeat(100_000)));
    let fixed = |edits: usize| {
        let edits = (0..edits).map(|n| Edit::new(source.at(4 + 3 * n..7 + 3 * n), ""));
        let found = Diagnostic::new(&WRONG, "it is wrong", source.at(0..1), "here");
        found.help("delete them").edits(true, edits.collect())
    };
    let all = |format: &str, found: &[Diagnostic]| {
        let text = written(format, &Report::new([&source], found));
        assert!(text.len() < 8_000_000, "{format}: {}", text.len());
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let json = |found: &[Diagnostic]| {
        let read = all("json", found);
        let fixes = read["diagnostics"].as_array().unwrap().iter();
        let count = |value: &serde_json::Value| value.as_array().map_or(0, Vec::len);
        let counts = fixes.map(|d| (count(&d["fix"]["edits"]), d["fix"]["unlisted"].as_u64()));
        counts.collect::<Vec<_>>()
    };
    assert_eq!(json(&[fixed(1000)]), [(1000, None)]);
    // Half of a fix would be another fix.
    assert_eq!(json(&[fixed(100_000)]), [(0, Some(100_000))]);
    let many = vec![fixed(999); 12];
    let last = (0, Some(999));
    assert_eq!(json(&many), [vec![(999, None); 10], vec![last; 2]].concat());
    let sarif = all("sarif", &[fixed(100_000), fixed(2)]);
    let results = &sarif["runs"][0]["results"];
    assert_eq!(results[0].get("fixes"), None);
    assert_eq!(results[0]["properties"]["unlistedEdits"], 100_000);
    assert_eq!(results[1].get("properties"), None);
    let changes = &results[1]["fixes"][0]["artifactChanges"][0];
    assert_eq!(changes["replacements"].as_array().map(Vec::len), Some(2));
    // Reviewdog gets the text of a whole stretch of the file.
    let rdjson = all("rdjson", &[fixed(100_000), fixed(2)]);
    assert_eq!(rdjson["diagnostics"][0].get("suggestions"), None);
    assert_eq!(rdjson["diagnostics"][1]["suggestions"][0]["text"], "");
}

#[test]
fn of_more_results_than_github_takes_the_errors_come_first_and_the_rest_is_counted() {
    let source = source("a: 1\n");
    let one = |severity| {
        let found = Diagnostic::new(&WRONG, "it is wrong", source.at(0..1), "here");
        found.severity(severity)
    };
    let mut found = vec![one(Severity::Warning); sarif::MOST_RESULTS];
    found.extend(vec![one(Severity::Error); 3]);
    let json = written("sarif", &Report::new([&source], &found));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let run = &json["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), sarif::MOST_RESULTS);
    assert!(
        results[..results.len() - 3]
            .iter()
            .all(|r| r["level"] == "warning")
    );
    assert!(
        results[results.len() - 3..]
            .iter()
            .all(|r| r["level"] == "error")
    );
    let note = &run["invocations"][0]["toolExecutionNotifications"][0];
    let said = "3 results left out: no more than 25000 of a run are taken";
    assert_eq!(
        (&note["level"], &note["message"]["text"]),
        (&"warning".into(), &said.into())
    );
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn a_file_is_called_by_its_path_in_the_repository() {
    for (name, uri) in [
        ("./a b.yaml", "a%20b.yaml"),
        ("a:b#c?d%20.yaml", "a%3Ab%23c%3Fd%2520.yaml"),
        ("é/完.yaml", "%C3%A9/%E5%AE%8C.yaml"),
        ("/abs/x.yaml", "file:///abs/x.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("..//x", "..//x"),
    ] {
        let source = named(0, name, "a: 1\n");
        let found = [Diagnostic::new(
            &WRONG,
            "it is wrong",
            source.at(0..1),
            "here",
        )];
        let json = written("sarif", &Report::new([&source], &found));
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let place = &json["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], uri);
    }
}

#[test]
fn the_name_of_a_file_tells_its_format() {
    let name = |file: &str| of_file_name(file).map(|format| format.name);
    assert_eq!(name("out/Report.SARIF"), Some("sarif"));
    assert_eq!(name("x.sarif.json"), Some("sarif"));
    assert_eq!(name("x.json"), Some("json"));
    assert_eq!(name("gl-code-quality-report.json"), Some("gitlab"));
    assert_eq!(name("TEST-junit.xml"), Some("junit"));
    assert_eq!(name("checkstyle.xml"), Some("checkstyle"));
    assert_eq!(name("summary.md"), Some("markdown"));
    assert_eq!(name("report.xml"), None);
    assert_eq!(name("report"), None);
}

#[test]
fn no_link_is_made_in_a_message() {
    let source = source("a: 1\n");
    let found = [Diagnostic::new(
        &WRONG,
        "state `[x](1)\\` is wrong",
        source.at(0..1),
        "[a] here",
    )];
    let json = written("sarif", &Report::new([&source], &found));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let text = &json["runs"][0]["results"][0]["message"]["text"];
    assert_eq!(text, "state `\\[x\\](1)\\\\` is wrong");
}

#[test]
fn only_so_many_reports_fit_into_a_comment() {
    let source = source("a: 1\n");
    let one = Diagnostic::new(&WRONG, "it is wrong", source.at(0..1), "here");
    let found = vec![one; 130];
    let text = written("markdown", &Report::new([&source], &found));
    assert_eq!(text.matches("\n| <code>").count(), 100);
    assert!(text.contains("\n30 more reports not shown.\n"), "{text}");
    assert!(
        text.contains("<summary>The first 20 reports</summary>"),
        "{text}"
    );
    assert!(text.len() < 65536);
}
