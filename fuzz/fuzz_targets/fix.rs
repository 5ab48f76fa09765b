//! `--fix`, `--unsafe-fixes` and `--diff` of any text: it has no more errors than before, what safe
//! fixes leave means what it meant, and fixing again changes nothing.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::Compilation;
use statewright::fix::{self, Wanted};
use statewright::report::diff;
use statewright::source::Source;
use statewright_fuzz::{added, check_printable, compiled, documents, errors, given, is_readable};

fuzz_target!(|data: &[u8]| {
    let source = given(data);
    let before = compiled(&source);
    for wanted in [Wanted::Safe, Wanted::All] {
        let fixed = fix::apply(&source, wanted, compiled);
        if fixed.done.is_empty() {
            assert_eq!(fixed.source.text(), source.text());
            continue;
        }
        let after = compiled(&fixed.source);
        check(&source, &before, wanted, &fixed.source, &after);
        let again = fix::apply(&fixed.source, wanted, compiled);
        assert_eq!(
            again.source.text(),
            fixed.source.text(),
            "{wanted:?}\n{}",
            source.text()
        );
        let name = source.name();
        check_printable(&diff::unified(name, source.text(), fixed.source.text()));
    }
});

fn check(
    source: &Source,
    before: &Compilation,
    wanted: Wanted,
    fixed: &Source,
    after: &Compilation,
) {
    let shown = || format!("{wanted:?}\n{}\n---\n{}", source.text(), fixed.text());
    let (old, new) = (&before.diagnostics, &after.diagnostics);
    if is_readable(old) {
        assert!(is_readable(new), "{}", shown());
        assert!(
            errors(new) <= errors(old),
            "{}\n{:#?}",
            shown(),
            added(old, new)
        );
    }
    // Of a file with errors not everything is looked at.
    if wanted == Wanted::Safe && before.checked().is_some() {
        let added = added(old, new);
        assert!(added.is_empty(), "{}\n{added:#?}", shown());
        assert_eq!(documents(before), documents(after), "{}", shown());
    }
}
