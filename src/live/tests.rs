//! Answers against files: what differs, and what is no difference.

use super::{Answer, Sides};
use crate::changes::words::sentence;
use crate::import::Input;
use crate::rules::Checked;
use crate::source::{Source, SourceId, Syntax};
use crate::{Compilation, Options, compile, targets};

const LIST: &str = r#"{"offset": 0, "limit": 1000, "items": [
  {"id": 1, "name": "New", "type": "open"},
  {"id": 4, "name": "In Progress", "type": "open"},
  {"id": 7, "name": "Done", "type": "completed"}]}"#;

fn file(states: &str, block: &str) -> String {
    let names = states
        .lines()
        .filter_map(|line| line.trim().split(':').next());
    let start: Vec<&str> = names.filter(|name| *name != "Done").collect();
    let start = start.join(", ");
    format!(
        "workflow: desk\nstart: [{start}]\nstates:\n{states}\ntransitions:\n  - {{ from: \"*\", to: Done }}\ntargets:\n  {block}\n"
    )
}

fn compiled(text: &str) -> Compilation {
    let source = Source::new(SourceId(0), "a.workflow.yaml", Syntax::Yaml, text);
    let compilation = compile(&source, &Options::default());
    assert!(!compilation.has_errors(), "{:?}", compilation.diagnostics);
    compilation
}

fn answer(target: &str, document: &str, json: &str) -> Answer {
    let target = targets::find(target).expect("a target");
    let import = target.import(document).expect("it can be imported");
    let source = Source::new(SourceId(9), "live.json", Syntax::Json, json);
    Answer::read(&source, Input { target, import })
}

/// What differs, a sentence each, with whether all could be compared.
fn drift(target: &str, document: &str, json: &str, text: &str) -> (Vec<String>, bool) {
    let compilation = compiled(text);
    let checked: Vec<&Checked> = compilation.checked().into_iter().collect();
    let sides = Sides::of(answer(target, document, json), &checked);
    let differences = sides.differences();
    let changes = differences
        .iter()
        .flat_map(|(_, difference)| &difference.changes);
    (changes.map(sentence).collect(), sides.is_whole())
}

fn statuses(states: &str, block: &str) -> Vec<String> {
    let (found, is_whole) = drift("actitime", "statuses", LIST, &file(states, block));
    assert!(is_whole);
    found
}

const SAME: &str = "  New: { category: open, color: \"#112233\", description: Fresh }
  In Progress: { category: waiting }
  Done: { category: closed, final: true }";

#[test]
fn what_the_product_cannot_say_is_no_difference() {
    for block in ["actitime: {}", "actitime: { ids: { New: 1, Done: 7 } }"] {
        assert_eq!(statuses(SAME, block), Vec::<String>::new());
    }
}

#[test]
fn another_name_of_a_status_with_the_same_id_is_a_rename() {
    let states = SAME.replace("In Progress", "Working");
    assert_eq!(
        statuses(&states, "actitime: { ids: { Working: 4 } }"),
        ["state `Working` was called `In Progress` before"]
    );
    let former = states.replace("category: waiting", "category: waiting, was: [In Progress]");
    assert_eq!(
        statuses(&former, "actitime: {}"),
        ["state `Working` was called `In Progress` before"]
    );
    assert_eq!(
        statuses(&states, "actitime: {}"),
        [
            "state `Working` is new: category `open`",
            "state `In Progress` is gone"
        ]
    );
}

#[test]
fn an_id_that_the_file_has_otherwise_is_a_difference() {
    assert_eq!(
        statuses(SAME, "actitime: { ids: { New: 2 } }"),
        ["target `actitime`: `ids` has changed"]
    );
}

#[test]
fn a_type_that_was_changed_over_there_is_told() {
    let states = SAME.replace("category: waiting", "category: closed");
    let states = states.replace(
        "Done: { category: closed, final: true }",
        "Done: { category: closed }",
    );
    assert_eq!(
        statuses(&states, "actitime: {}"),
        ["state `In Progress`: `category` is `closed`, was `open`"]
    );
}

#[test]
fn an_answer_that_is_not_whole_never_reads_as_the_same() {
    let text = file(SAME, "actitime: {}");
    let page = LIST.replace("\"offset\": 0", "\"offset\": 10");
    let odd = LIST.replace("\"type\": \"completed\"", "\"type\": 7");
    let single = r#"{"id": 1, "name": "New", "type": "open"}"#;
    for json in [page.as_str(), odd.as_str(), single] {
        let (_, is_whole) = drift("actitime", "statuses", json, &text);
        assert!(!is_whole, "{json}");
    }
    for json in [
        "",
        "[",
        "{}",
        r#"{"key": "api.error", "message": "no"}"#,
        "[1]",
    ] {
        assert!(answer("actitime", "statuses", json).has_errors(), "{json}");
    }
}

/// The text with the ids that the answer tells; `by hand: …` where it is not written.
fn with_ids(name: &str, text: &str) -> String {
    let syntax = Syntax::of_file_name(name).expect("a syntax");
    let source = Source::new(SourceId(0), name, syntax, text);
    let compilation = compile(&source, &Options::default());
    let checked = compilation.checked().expect("no error");
    let sides = Sides::of(answer("actitime", "statuses", LIST), &[checked]);
    let all = sides.ids();
    let (_, ids) = all.first().expect("one");
    match super::ids::write(&source, checked, "actitime", ids) {
        super::ids::Written::Same => "the same".to_owned(),
        super::ids::Written::Text(text, _) => text,
        super::ids::Written::ByHand(lines) => format!("by hand: {}", lines.join("; ")),
    }
}

#[test]
fn ids_are_written_where_a_person_would_write_them() {
    const ALL: &str = "{ New: 1, In Progress: 4, Done: 7 }";
    let head = file(SAME, "");
    let head = head.trim_end().trim_end_matches("targets:").trim_end();
    for (block, fresh) in [
        ("", format!("\n\ntargets:\n  actitime:\n    ids: {ALL}\n")),
        ("\ntargets:\n  actitime: {}\n", format!("\ntargets:\n  actitime: {{ ids: {ALL} }}\n")),
        ("\ntargets:\n  actitime: # ours\n", format!("\ntargets:\n  actitime: # ours\n    ids: {ALL}\n")),
        (
            "\ntargets: { actitime: { ids: { New: 1 } } } # one",
            format!("\ntargets: {{ actitime: {{ ids: {ALL} }} }} # one"),
        ),
        (
            "\ntargets:\n  actitime:\n    ids:\n      # the first\n      New: 1\n      Done: 8 # wrong\n",
            "\ntargets:\n  actitime:\n    ids:\n      # the first\n      New: 1\n      Done: 7 # wrong\n      In Progress: 4\n"
                .to_owned(),
        ),
        (
            "\ntargets:\n  itwin: { type: Other }\n",
            format!("\ntargets:\n  actitime:\n    ids: {ALL}\n  itwin: {{ type: Other }}\n"),
        ),
    ] {
        let text = format!("{head}{block}");
        let written = with_ids("a.workflow.yaml", &text);
        assert_eq!(written, format!("{head}{fresh}"), "{block}");
        assert_eq!(with_ids("a.workflow.yaml", &written), "the same");
    }
}

#[test]
fn ids_are_written_in_toml_too() {
    const HEAD: &str = "workflow = \"desk\"\nstart = [\"New\", \"In Progress\"]\n[states]\nNew = { category = \"open\" }\n\"In Progress\" = { category = \"open\" }\nDone = { category = \"closed\" }\n[[transitions]]\nfrom = \"*\"\nto = \"Done\"\n";
    const ALL: &str = "{ New = 1, \"In Progress\" = 4, Done = 7 }";
    for (block, fresh) in [
        ("", format!("\n[targets.actitime]\nids = {ALL}\n")),
        (
            "[targets.actitime] # ours\n",
            format!("[targets.actitime] # ours\nids = {ALL}\n"),
        ),
        (
            "[targets.actitime.ids]\nNew = 1 # known\n",
            "[targets.actitime.ids]\n\"In Progress\" = 4\nDone = 7\nNew = 1 # known\n".to_owned(),
        ),
        (
            "[targets.actitime]\nids = { New = 1 }\n",
            format!("[targets.actitime]\nids = {ALL}\n"),
        ),
    ] {
        let written = with_ids("a.workflow.toml", &format!("{HEAD}{block}"));
        assert_eq!(written, format!("{HEAD}{fresh}"), "{block}");
        assert_eq!(with_ids("a.workflow.toml", &written), "the same");
    }
}
