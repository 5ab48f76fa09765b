//! Fixes of any text: it has no more errors than before, and fixing again changes nothing.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::fix::{self, Wanted};
use statewright::source::Source;
use statewright_fuzz::{compiled, errors, is_readable, likely, source};

fuzz_target!(|data: &[u8]| {
    let source = source(likely(data), data);
    let reported = |source: &Source| compiled(source).diagnostics;
    let before = reported(&source);
    for wanted in [Wanted::Safe, Wanted::All] {
        let fixed = fix::apply(&source, wanted, compiled);
        let text = fixed.source.text();
        if fixed.count == 0 {
            assert_eq!(text, source.text());
            continue;
        }
        let after = reported(&fixed.source);
        if is_readable(&before) {
            assert!(
                is_readable(&after),
                "{wanted:?}\n{}\n---\n{text}",
                source.text()
            );
            assert!(
                errors(&after) <= errors(&before),
                "{wanted:?}\n{}\n---\n{text}\n{:#?}",
                source.text(),
                after
                    .iter()
                    .map(|d| (d.code.name, &d.message))
                    .collect::<Vec<_>>()
            );
        }
        let again = fix::apply(&fixed.source, wanted, compiled);
        assert_eq!(again.source.text(), text, "{wanted:?}\n{}", source.text());
    }
});
