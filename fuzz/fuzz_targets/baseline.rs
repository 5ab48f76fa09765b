//! A baseline of any text can be read as it was written and knows everything; any text may be read
//! as a baseline.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::baseline::{self, Finding};
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
            diagnostic,
        })
        .collect();
    let text = baseline::text(&findings);
    let written = Source::new(SourceId(1), "baseline.toml", Syntax::Toml, text.as_str());
    let mut out = Diagnostics::new();
    let read = baseline::read(&written, &mut out);
    assert!(out.is_empty(), "{text}\n{out:#?}");
    let compared = read.compare(findings.clone(), &written, |_, _| true);
    assert_eq!(
        (compared.new.len(), compared.known),
        (0, findings.len()),
        "{text}"
    );
    assert!(compared.gone.is_none(), "{text}");

    let any = source(Syntax::Toml, data);
    let mut out = Diagnostics::new();
    let read = baseline::read(&any, &mut out);
    let compared = read.compare(Vec::new(), &any, |_, _| true);
    out.extend(compared.gone);
    check_reports(&[&any], &out.into_sorted());
});
