//! A baseline of any text can be read as it was written and knows everything; any text may be read
//! as a baseline.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::baseline::{self, Baseline, Finding};
use statewright::diagnostic::Diagnostics;
use statewright::source::{Source, SourceId, Syntax};
use statewright_fuzz::{check_reports, compiled, likely, source};

fuzz_target!(|data: &[u8]| {
    let checked = source(likely(data), data);
    let found = compiled(&checked).diagnostics.into_iter();
    let file = || "desks/é \"#.yaml".to_owned();
    let findings: Vec<Finding> = found
        .map(|diagnostic| Finding {
            file: file(),
            marked: checked.slice(diagnostic.primary().span).to_owned(),
            diagnostic,
        })
        .collect();
    let updated = Baseline::default().updated(findings.clone(), "statewright check", |_| true);
    let text = updated.text;
    assert_eq!(updated.taken + updated.left.len(), findings.len(), "{text}");
    let written = Source::new(SourceId(1), "baseline.toml", Syntax::Toml, text.as_str());
    let mut out = Diagnostics::new();
    let read = baseline::read(&written, &mut out);
    assert!(out.is_empty(), "{text}\n{out:#?}");
    let compared = read.compare(findings.clone(), &written, |_| true);
    assert_eq!(
        (compared.new.len(), compared.known),
        (updated.left.len(), updated.taken),
        "{text}"
    );
    assert!(compared.outdated.is_empty(), "{text}");

    let any = source(Syntax::Toml, data);
    let mut out = Diagnostics::new();
    let read = baseline::read(&any, &mut out);
    let compared = read.compare(Vec::new(), &any, |_| true);
    out.extend(compared.outdated);
    check_reports(&[&any], &out.into_sorted());
});
