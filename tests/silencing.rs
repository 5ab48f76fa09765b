//! Comments that silence reports, as their authors write them.

use crate::common::folder::Folder;
use crate::common::twins::{self, Example};
use statewright::compile::{self, Options, Targets};
use statewright::diagnostic::{Blocks, Diagnostic, Diagnostics, Level, Severity};
use statewright::silencing::{add, can_be_silenced};
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets::{self, Output};
use statewright::{Compilation, compile as compile_source, fix};

fn source(syntax: Syntax, text: &str) -> Source {
    let name = format!("example.workflow.{}", syntax.name());
    Source::new(SourceId(0), name, syntax, text)
}

fn compiled(text: &str) -> Compilation {
    compile_source(&source(Syntax::Yaml, text), &Options::default())
}

/// `LINE CODE` of each report.
fn short(compilation: &Compilation, text: &str) -> Vec<String> {
    let source = source(Syntax::Yaml, text);
    let line = |d: &Diagnostic| {
        let at = source.position(d.primary().span.start);
        format!("{} {}", at.line, d.code.name)
    };
    compilation.diagnostics.iter().map(line).collect()
}

const ISLAND: &str = "\
workflow: x
start: New
states:
  New: { category: open }
  Lost: { category: open }
  Closed: { category: closed, final: true }
transitions:
  - { name: Close, from: New, to: Closed }
  - { name: Find, from: Lost, to: New }
";

#[test]
fn an_error_that_is_silenced_does_not_stop_compiling() {
    assert_eq!(short(&compiled(ISLAND), ISLAND), ["5 unreachable-states"]);
    assert!(compiled(ISLAND).checked().is_none());
    let lost = "  Lost: { category: open }";
    let allow = "# statewright: allow(unreachable-states) imported tickets are there";
    for text in [
        ISLAND.replace(lost, &format!("{lost} {allow}")),
        ISLAND.replace(lost, &format!("  {allow}\n{lost}")),
        ISLAND.replace(lost, &format!("{allow}\n\n  # more\n{lost}")),
        format!("{}\n{ISLAND}", allow.replace("allow(", "allow-file(")),
    ] {
        let compilation = compiled(&text);
        assert!(
            compilation.diagnostics.is_empty(),
            "{text}\n{:?}",
            compilation.diagnostics
        );
        assert!(compilation.checked().is_some());
    }
}

#[test]
fn a_suppression_reaches_its_line_and_its_code_alone() {
    let elsewhere = ISLAND.replace(
        "  New: {",
        "  # statewright: allow(unreachable-states) here\n  New: {",
    );
    assert_eq!(
        short(&compiled(&elsewhere), &elsewhere),
        ["6 unreachable-states"]
    );
    let other = ISLAND.replace(
        "open }\n  Closed",
        "open } # statewright: allow(dead-ends) x\n  Closed",
    );
    assert_eq!(short(&compiled(&other), &other), ["5 unreachable-states"]);
}

#[test]
fn what_looks_like_a_suppression_in_a_name_is_none() {
    let named = ISLAND.replace("Lost", "'Lost # statewright: allow(unreachable-states)'");
    assert_eq!(short(&compiled(&named), &named), ["5 unreachable-states"]);
}

#[test]
fn firm_mistakes_stay_errors() {
    let text = ISLAND.replace(
        "to: Closed }",
        "to: Clsed } # statewright: allow(undefined-states) x",
    );
    let found = short(&compiled(&text), &text);
    assert!(
        found.contains(&"8 undefined-states".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"8 unused-suppressions".to_owned()),
        "{found:?}"
    );
}

#[test]
fn nothing_is_unused_that_could_not_be_looked_for() {
    let head = "# statewright: allow-file(lossy-targets, self-transitions) by design\n";
    let faulty = format!("{head}{}", ISLAND.replace("to: New", "to: Nwe"));
    let found = short(&compiled(&faulty), &faulty);
    assert!(
        !found.iter().any(|f| f.ends_with("unused-suppressions")),
        "{found:?}"
    );
    let good = format!("{head}{ISLAND}")
        .replace("from: Lost", "from: New")
        .replace("to: New", "to: Lost");
    let found = short(&compiled(&good), &good);
    assert!(
        found.contains(&"1 unused-suppressions".to_owned()),
        "{found:?}"
    );
}

/// Every code on, so that as much as can be is silenced.
fn everything() -> Options {
    let mut options = Options::default();
    for code in compile::codes() {
        if code.level == Level::Allow && code.name != "missing-reasons" {
            options.levels.set(code, Level::Warn);
        }
    }
    options
}

fn is_parsed(found: &[Diagnostic]) -> bool {
    !found.iter().any(|d| d.code.name.starts_with("invalid-"))
}

#[test]
fn after_adding_suppressions_nothing_is_left_that_can_be_silenced() {
    let options = everything();
    let compile = |s: &Source| compile_source(s, &options).diagnostics;
    let (mut added, mut left) = (0, 0);
    for (index, example) in twins::everywhere().into_iter().enumerate() {
        let Example {
            place,
            syntax,
            text,
        } = example;
        let other = match index % 2 {
            0 => text.replace('\n', "\r\n"),
            _ => format!("\u{feff}{text}"),
        };
        for text in [text, other] {
            let source = source(syntax, &text);
            let before = compile(&source);
            let new = add::suppressions(&source, before.clone(), compile);
            if !is_parsed(&before) {
                continue;
            }
            let after = compile(&new.source);
            let firm = |all: &[Diagnostic]| {
                let firm = all.iter().filter(|d| !can_be_silenced(d));
                firm.filter(|d| d.code.name != "unused-suppressions")
                    .count()
            };
            // Once nothing is said of a hidden character, what it makes wrong comes to light.
            let hides = before.iter().any(|d| d.code.name == "hidden-characters");
            assert!(
                firm(&before) == firm(&after) || (hides && firm(&before) < firm(&after)),
                "{place}\n{}",
                new.source.text()
            );
            let silenceable = after.iter().filter(|d| can_be_silenced(d));
            assert_eq!(
                silenceable.count(),
                0,
                "{place}\n{}\n{after:?}",
                new.source.text()
            );
            let again = add::suppressions(&new.source, after.clone(), compile);
            assert_eq!(again.source.text(), new.source.text(), "{place}");
            added += new.count;
            left += usize::from(new.source.text().contains("allow-file("));
            assert_eq!(text.contains("\r\n"), new.source.text().contains("\r\n"));
        }
    }
    assert!(added > 500, "{added}");
    assert!(left < 100, "{left} files were silenced as a whole");
}

#[test]
fn check_adds_them_and_says_so() {
    let folder = Folder::with(&[("a.workflow.yaml", ISLAND)]);
    let shown = folder.run(&["check", "--add-allows", "--diff"]).is(1);
    let line = "  # statewright: allow(unreachable-states) TODO: say why\n";
    assert!(shown.out.contains(&format!("+{line}")), "{}", shown.out);
    assert_eq!(folder.read("a.workflow.yaml"), ISLAND);
    let ran = folder.run(&["check", "--add-allows"]).is(0);
    assert_eq!(ran.out, "checked 1 file, silenced 1 report: none left\n");
    let lost = "  Lost: {";
    assert_eq!(
        folder.read("a.workflow.yaml"),
        ISLAND.replace(lost, &format!("{line}{lost}"))
    );
    let again = folder.run(&["check", "--add-allows"]).is(0);
    assert_eq!(again.out, "checked 1 file: no mistakes found\n");
    let asked = folder.run(&["check", "--warn", "missing-reasons"]).is(0);
    assert!(
        asked.out.contains("warning[missing-reasons]"),
        "{}",
        asked.out
    );
}

#[test]
fn a_second_code_joins_the_first() {
    let text = ISLAND.replace(
        "  Lost: {",
        "  # statewright: allow(dead-ends) parked\n  Lost: {",
    );
    let folder = Folder::with(&[("a.workflow.yaml", &text)]);
    folder.run(&["check", "--add-allows"]);
    let text = folder.read("a.workflow.yaml");
    assert!(
        text.contains("  # statewright: allow(dead-ends, unreachable-states) parked\n"),
        "{text}"
    );
}

#[test]
fn what_several_files_do_together_is_silenced_in_its_file() {
    let same = ISLAND
        .replace("from: Lost", "from: New")
        .replace("to: New", "to: Lost");
    let folder = Folder::with(&[("a.workflow.yaml", &same), ("b.workflow.yaml", &same)]);
    let ran = folder
        .run(&["check", "--format", "short", "--allow", "dead-ends"])
        .is(1);
    assert!(
        ran.out.contains("error[duplicate-workflows]"),
        "{}",
        ran.out
    );
    let ran = folder.run(&["check", "--add-allows"]).is(0);
    assert!(ran.out.ends_with(": none left\n"), "{}", ran.out);
    let texts = ["a", "b"].map(|name| folder.read(&format!("{name}.workflow.yaml")));
    let allow = "# statewright: allow(duplicate-workflows) TODO: say why\nworkflow: x\n";
    assert!(
        texts.iter().any(|text| text.starts_with(allow)),
        "{texts:?}"
    );
    folder.run(&["check"]).is(0);
}

#[test]
fn a_comment_above_a_text_of_several_lines_is_about_the_text() {
    let text = "\
workflow: x
start: New
states:
  New:
    category: open
    # statewright: allow(omitted-details) nobody reads it in the product
    description: |

      Nobody has looked at it.
  Closed: { category: closed, final: true }
transitions:
  - { name: Close, from: New, to: Closed }
targets: { incident-iq: {} }
";
    let mut options = Options::default();
    let code = compile::code("omitted-details").expect("a code");
    options.levels.set(code, Level::Warn);
    let told = |text: &str| {
        let compilation = compile_source(&source(Syntax::Yaml, text), &options);
        let of_it = |line: &String| line.contains("omitted") || line.contains("unused");
        let all = short(&compilation, text).into_iter();
        all.filter(of_it).collect::<Vec<_>>()
    };
    // The start state and the names of transitions have no place there, either.
    assert_eq!(told(text), ["2 omitted-details", "12 omitted-details"]);
    let comment = "    # statewright: allow(omitted-details) nobody reads it in the product\n";
    assert_eq!(
        told(&text.replace(comment, "")),
        [
            "2 omitted-details",
            "8 omitted-details",
            "11 omitted-details"
        ]
    );
}

/// Where a product would keep one of two states, its document cannot be made, whoever is content with
/// that; where two states may be meant to be one step, it can.
#[test]
fn what_a_document_cannot_be_made_without_stays_an_error() {
    let shared = |target: &str, field: &str, id: &str, allow: &str| {
        let text = ISLAND.replace("from: New", "from: [New, Lost]");
        let text = text.replace("from: Lost, to: New", "from: New, to: Lost");
        format!(
            "{text}targets:\n  {target}:\n    {field}:\n      New: {id}\n      Lost: {id} {allow}\n"
        )
    };
    let allow = "# statewright: allow(target-collisions) one and the same";
    let uuid = "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f01";
    let jira = shared("jira", "status-ids", "10001", allow);
    let found = compiled(&jira).diagnostics;
    let told: Vec<&str> = found.iter().map(|d| d.code.name).collect();
    assert_eq!(told, ["target-collisions", "unused-suppressions"]);
    assert_eq!(found[0].blocks(), Blocks::Target("jira"));
    assert_eq!(
        found[0].notes[1],
        "it stays an error: documents of target `jira` cannot be made while it stands"
    );
    assert_eq!(
        found[1].message,
        "`target-collisions` cannot be silenced here"
    );
    // An option is told the same.
    let mut options = Options::default();
    let code = compile::code("target-collisions").expect("a code");
    options.levels.set(code, Level::Allow);
    let jira = shared("jira", "status-ids", "10001", "");
    let allowed = compile_source(&source(Syntax::Yaml, &jira), &options).diagnostics;
    assert_eq!(allowed, found[..1]);
    let steps = compiled(&shared("incident-iq", "step-ids", uuid, allow));
    assert_eq!(steps.diagnostics, []);
    assert!(steps.checked().is_some());
}

/// Whatever is silenced, a document is made, or an error that stays says why there is none.
#[test]
fn without_a_document_there_is_an_error_whatever_is_silenced() {
    let mut options = Options::default();
    for code in compile::codes() {
        options.levels.set(code, Level::Allow);
    }
    let (mut made, mut missing) = (0, 0);
    let examples = twins::everywhere().into_iter();
    for Example {
        place,
        syntax,
        text,
    } in examples.filter(|example| example.text.contains("targets"))
    {
        let source = source(syntax, &text);
        for target in targets::ALL {
            for document in target.documents {
                options.targets = Targets::Only(vec![Output { target, document }]);
                let compilation = compile_source(&source, &options);
                let checked = compilation.checked_for(target);
                let emitted = checked
                    .and_then(|checked| document.emitted(&[checked], &mut Diagnostics::new()));
                let is_there = emitted.is_some();
                let of_others = |d: &&Diagnostic| d.target.is_some_and(|name| name != target.name);
                let errors = compilation
                    .diagnostics
                    .iter()
                    .filter(|d| d.severity == Severity::Error);
                let in_the_way = errors.filter(|error| !of_others(error)).count();
                assert_eq!(
                    is_there,
                    in_the_way == 0,
                    "{place}\n{text}\n{}",
                    document.name
                );
                made += usize::from(is_there);
                missing += usize::from(!is_there);
            }
        }
    }
    assert!(made > 500 && missing > 500, "{made} {missing}");
}

/// Comments in which ours stands beside words to other programs, and what is left of them without it.
const BESIDE: &[(&str, &str)] = &[
    ("# noqa # statewright: allow(CODE) why", "# noqa"),
    ("# statewright: allow(CODE) why # noqa", "# noqa"),
    ("# statewright: allow(CODE) see #12", ""),
    ("# a # statewright: allow(CODE) why #b", "# a #b"),
    (
        "# yamllint disable-line rule:colons statewright: allow(CODE) why",
        "# yamllint disable-line rule:colons",
    ),
    (
        "# yamllint disable-line rule:colons statewright: allow(CODE) see #12",
        "# yamllint disable-line rule:colons",
    ),
];

#[test]
fn ours_is_seen_beside_words_to_other_programs() {
    let lost = "  Lost: { category: open }";
    for (comment, _) in BESIDE {
        let comment = comment.replace("CODE", "unreachable-states");
        for text in [
            ISLAND.replace(lost, &format!("{lost} {comment}")),
            ISLAND.replace(lost, &format!("  {comment}\n{lost}")),
        ] {
            assert_eq!(short(&compiled(&text), &text), [""; 0], "{text}");
        }
        let toml = format!(
            "workflow = \"x\"\nstart = \"New\"\n[states]\nNew = {{ category = \"open\" }}\nLost = {{ category = \"open\" }} {comment}\nClosed = {{ category = \"closed\" }}\n[[transitions]]\nfrom = [\"New\", \"Lost\"]\nto = \"Closed\"\n"
        );
        let compilation = compile_source(&source(Syntax::Toml, &toml), &Options::default());
        assert!(compilation.diagnostics.is_empty(), "{toml}");
    }
}

/// Prose is for people, and whoever wrote it is told that it silences nothing.
#[test]
fn ours_is_not_obeyed_in_a_sentence() {
    let lost = "  Lost: { category: open }";
    for comment in ["# not CODE", "# see CODE for why", "# noqa # was CODE"] {
        let comment = comment.replace("CODE", "statewright: allow(unreachable-states)");
        for text in [
            ISLAND.replace(lost, &format!("{lost} {comment}")),
            ISLAND.replace(lost, &format!("  {comment}\n{lost}")),
        ] {
            let compilation = compiled(&text);
            let mut codes: Vec<_> = compilation
                .diagnostics
                .iter()
                .map(|d| d.code.name)
                .collect();
            codes.sort_unstable();
            assert_eq!(
                codes,
                ["malformed-suppressions", "unreachable-states"],
                "{text}"
            );
        }
    }
}

#[test]
fn without_ours_the_words_to_others_stay_as_they_were() {
    let good = ISLAND
        .replace("from: Lost", "from: New")
        .replace("  Lost: { category: open }\n", "");
    let good = good.replace("to: New", "to: Closed");
    let new = "  New: { category: open }";
    for (comment, rest) in BESIDE {
        let comment = comment.replace("CODE", "dead-ends");
        for syntax in [Syntax::Yaml, Syntax::Toml] {
            let with = |comment: &str| match syntax {
                Syntax::Toml => format!(
                    "workflow = \"x\"\nstart = \"New\"\n[states]\nNew = {{ category = \"open\" }} {comment}\nClosed = {{ category = \"closed\" }}\n[[transitions]]\nfrom = \"New\"\nto = \"Closed\"\n"
                ),
                _ => good.replace(new, &format!("{new} {comment}")),
            };
            let source = source(syntax, &with(&comment));
            let compile = |source: &Source| compile_source(source, &Options::default());
            let fixed = fix::apply(&source, fix::Wanted::Safe, compile);
            let expected = with(rest).replace("} \n", "}\n");
            assert_eq!(fixed.source.text(), expected, "{comment}");
        }
    }
}

#[test]
fn one_of_ours_goes_and_the_other_stays() {
    let lost = "  Lost: { category: open }";
    let with = |comment: &str| ISLAND.replace(lost, &format!("{lost} {comment}"));
    let used = "statewright: allow(unreachable-states) why";
    for (comment, rest) in [
        (
            format!("# statewright: allow(dead-ends) x {used}"),
            format!("# {used}"),
        ),
        (
            format!("# statewright: allow(dead-ends) x # {used}"),
            format!("# {used}"),
        ),
        (
            format!("# {used} # statewright: allow(dead-ends) x # y"),
            format!("# {used} # y"),
        ),
        (
            format!("# {used} statewright: allow(dead-ends)"),
            format!("# {used}"),
        ),
    ] {
        let compile = |source: &Source| compile_source(source, &Options::default());
        let fixed = fix::apply(
            &source(Syntax::Yaml, &with(&comment)),
            fix::Wanted::Safe,
            compile,
        );
        assert_eq!(fixed.source.text(), with(&rest), "{comment}");
    }
}

#[test]
fn codes_are_added_to_ours_beside_words_to_others() {
    let lost = "  Lost: { category: open }";
    let text = ISLAND.replace(
        lost,
        &format!("{lost} # noqa # statewright: allow(dead-ends) why # nosec"),
    );
    let reports = |source: &Source| compile_source(source, &Options::default()).diagnostics;
    let source = source(Syntax::Yaml, &text);
    let added = add::suppressions(&source, reports(&source), reports);
    let expected = text.replace("(dead-ends)", "(dead-ends, unreachable-states)");
    assert_eq!(added.source.text(), expected);
}

/// What only another file makes wrong is silenced, or cannot be, by a comment that is not unused.
#[test]
fn a_comment_may_be_meant_for_what_is_found_together_with_other_files() {
    let file = |id: u32, name: &str, target: &str| {
        let text = format!(
            "workflow: {name}\nstart: New\nstates:\n  New: {{ category: open }}\n  \
             Closed: {{ category: closed }}\ntransitions:\n  \
             - {{ name: Close, from: New, to: Closed }}\ntargets:\n  \
             {target} # statewright: allow(target-collisions) as it is\n"
        );
        Source::new(SourceId(id), name, Syntax::Yaml, text)
    };
    let told = |one: &str, other: &str| {
        let options = Options::default();
        let sources = [file(0, "a", one), file(1, "b", other)];
        let mut compilations = sources.map(|source| compile_source(&source, &options));
        compile::check_together(&mut compilations, |_| Some(&options));
        let all = compilations.iter().flat_map(|c| &c.diagnostics);
        let of_second = all.filter(|d| d.primary().span.source == SourceId(1));
        let line = |d: &Diagnostic| {
            (
                d.message.clone(),
                d.notes.last().cloned().unwrap_or_default(),
            )
        };
        of_second
            .map(line)
            .filter(|(message, _)| !message.contains("no place"))
            .collect::<Vec<_>>()
    };
    assert_eq!(told("itwin: { type: RFI }", "itwin: { type: RFI }"), []);
    let ids = ["New", "Closed"].map(|state| format!("jira: {{ status-ids: {{ {state}: 1 }} }}"));
    assert_eq!(
        told(&ids[0], &ids[1]),
        [(
            "states `New` of workflow `a` and `Closed` of `b` become one status in target `jira`"
                .to_owned(),
            "it stays an error: documents of target `jira` cannot be made while it stands"
                .to_owned()
        )]
    );
}

/// What concerns several files is not told by one of them, so nothing is said of its suppression.
#[test]
fn a_suppression_of_what_files_do_together_is_kept() {
    let of = |identifier: &str, comment: &str| {
        format!(
            "workflow: {identifier}\nstart: New\nstates:\n  New: {{ category: open }}\n  \
             Closed: {{ category: closed, final: true }}\ntransitions:\n  \
             - {{ name: Close, from: New, to: Closed }}\ntargets: {{ itwin: {{ type: Issue }} }}{comment}\n"
        )
    };
    let b = of("b", " # statewright: allow(target-collisions) two iTwins");
    let folder = Folder::with(&[("a.workflow.yaml", &of("a", "")), ("b.workflow.yaml", &b)]);
    for arguments in [&["check"][..], &["check", "b.workflow.yaml", "--fix"]] {
        let all = [arguments, &["--format", "short"]].concat();
        assert_eq!(folder.run(&all).is(0).out, "", "{arguments:?}");
        assert_eq!(folder.read("b.workflow.yaml"), b);
    }
}
