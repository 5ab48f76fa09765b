//! `--write-baseline` and `--baseline` of any text: what can be listed is known and the rest is
//! told, what is gone is taken out, entries of other files stay; any text may be read as a baseline.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::baseline::{self, Baseline, Finding, Known};
use statewright::diagnostic::Diagnostics;
use statewright::source::{Source, SourceId, Syntax};
use statewright_fuzz::{check_reports, compiled, given, source};

/// Those of another file, and of codes that are not known here.
const OTHERS: &str = r##"
["desks/printer.workflow.yaml"]
dead-ends = [
  ["A \" b", "#c"], # remark
  ["A \" b", "#c"],
]

["désks/é \"#.yaml"]
of-another-release = [
  ["x"],
]
"##;

const FILE: &str = "désks/é \"#.yaml";

fuzz_target!(|data: &[u8]| {
    let checked = given(data);
    let found = compiled(&checked).diagnostics.into_iter();
    let findings: Vec<Finding> = found
        .map(|diagnostic| Finding {
            is_part: false,
            file: FILE.to_owned(),
            marked: checked.slice(diagnostic.primary().span).to_owned(),
            diagnostic,
        })
        .collect();
    let others = list(OTHERS);
    let old = read(&others);
    let updated = old.updated(findings.clone(), "statewright check", of_file);
    let text = updated.text;
    assert_eq!(updated.taken + updated.left.len(), findings.len(), "{text}");
    assert!(
        updated.left.iter().all(|d| d.is_firm() || d.others > 0),
        "{text}"
    );
    assert_eq!(updated.kept, 3, "{text}");
    let stay = |text: &str| {
        assert!(
            OTHERS
                .trim()
                .split("\n\n")
                .all(|part| { part.lines().skip(1).all(|line| text.contains(line)) }),
            "{text}"
        )
    };
    stay(&text);

    let written = list(&text);
    let again = read(&written);
    let compared = again.compare(findings.clone(), &written, of_file);
    assert_eq!(
        (compared.new.len(), compared.known),
        (updated.left.len(), updated.taken),
        "{text}"
    );
    assert!(
        compared.outdated.is_empty() && compared.shorter.is_none(),
        "{text}"
    );
    let once_more = again.updated(findings.clone(), "statewright check", of_file);
    assert_eq!(once_more.text, text);

    some_are_gone(&again, &written, findings, stay);
    any_text(data);
});

/// Half of the findings are gone: that is told once, and the list is shorter by those.
fn some_are_gone(
    list_of_all: &Baseline,
    written: &Source,
    findings: Vec<Finding>,
    stay: impl Fn(&str),
) {
    let left: Vec<Finding> = findings.into_iter().step_by(2).collect();
    let compared = list_of_all.compare(left.clone(), written, of_file);
    check_reports(&[written], &compared.outdated);
    let Some(shorter) = compared.shorter else {
        return;
    };
    stay(&shorter);
    let shorter = list(&shorter);
    let again = read(&shorter).compare(left, &shorter, of_file);
    assert_eq!(again.known, compared.known, "{}", shorter.text());
    assert!(again.outdated.is_empty(), "{}", shorter.text());
}

fn of_file(known: &Known) -> bool {
    known.file == FILE
}

fn list(text: &str) -> Source {
    Source::new(SourceId(1), "baseline.toml", Syntax::Toml, text)
}

/// Reads what this program wrote.
fn read(source: &Source) -> Baseline {
    let mut out = Diagnostics::new();
    let baseline = baseline::read(source, &mut out);
    let known = out.iter().all(|d| d.code.name == "unknown-codes");
    assert!(known, "{}\n{out:#?}", source.text());
    baseline
}

fn any_text(data: &[u8]) {
    let any = source(Syntax::Toml, data);
    let mut out = Diagnostics::new();
    let read = baseline::read(&any, &mut out);
    let compared = read.compare(Vec::new(), &any, |_| true);
    out.extend(compared.outdated);
    check_reports(&[&any], &out.into_sorted());
}
