//! Any text as the configuration: its mistakes are reported, and can be fixed.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::config;
use statewright::diagnostic::{Diagnostic, Diagnostics};
use statewright::fix::{self, Wanted};
use statewright::source::{Source, Syntax};
use statewright_fuzz::{check_reports, errors, is_readable, source};

fuzz_target!(|data: &[u8]| {
    let source = source(Syntax::Toml, data);
    let before = read(&source);
    for wanted in [Wanted::Safe, Wanted::All] {
        let fixed = fix::apply(&source, wanted, read);
        let after = read(&fixed.source);
        if is_readable(&before) {
            assert!(errors(&after) <= errors(&before), "{}", fixed.source.text());
        }
        let again = fix::apply(&fixed.source, wanted, read);
        assert_eq!(
            again.source.text(),
            fixed.source.text(),
            "{}",
            source.text()
        );
    }
});

fn read(source: &Source) -> Vec<Diagnostic> {
    let mut out = Diagnostics::new();
    let config = config::read(source, &mut out);
    config
        .files
        .choice(std::path::Path::new("desks/laptop.workflow.yaml"));
    let reports = out.into_sorted();
    check_reports(&[source], &reports);
    reports
}
