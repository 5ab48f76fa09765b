//! `--add-allows` with and without `--fix`: the comments silence what can be silenced and nothing
//! else, the file says the same, and nothing is added twice.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::diagnostic::{Diagnostic, Diagnostics};
use statewright::fix::{self, Wanted};
use statewright::silencing::{add, can_be_silenced};
use statewright::source::Source;
use statewright::syntax;
use statewright_fuzz::{added as added_reports, compiled, documents, given};

fuzz_target!(|data: &[u8]| {
    let before = given(data);
    check(&before);
    let fixed = fix::apply(&before, Wanted::Safe, compiled);
    if !fixed.done.is_empty() {
        check(&fixed.source);
    }
});

fn check(before: &Source) {
    let reported = |source: &Source| compiled(source).diagnostics;
    let added = add::suppressions(before, reported(before), reported);
    let after = &added.source;
    if after.text() == before.text() {
        assert_eq!(added.count, 0);
        return;
    }
    let read = |source| syntax::read(source, &mut Diagnostics::new());
    let (old, new) = (read(before), read(after));
    let (Some(old), Some(new)) = (&old.root, &new.root) else {
        panic!("it cannot be read: {}", after.text());
    };
    assert!(old.says_the_same(new), "{}", after.text());

    let (old, new) = (compiled(before), compiled(after));
    // What a silenced report told as well is told by itself then.
    let silenced = added_reports(&firm(&new), &firm(&old));
    assert!(silenced.is_empty(), "{}\n{silenced:#?}", after.text());
    let mut loud = new.diagnostics.iter().filter(|d| can_be_silenced(d));
    assert!(loud.next().is_none(), "{}\n{:#?}", after.text(), loud);
    if old.checked().is_some() {
        assert_eq!(documents(&old), documents(&new), "{}", after.text());
    }
    let again = add::suppressions(after, reported(after), reported);
    assert_eq!((again.count, again.source.text()), (0, after.text()));
}

/// What no comment silences.
fn firm(compilation: &statewright::Compilation) -> Vec<Diagnostic> {
    let all = compilation.diagnostics.iter();
    all.filter(|d| d.is_firm()).cloned().collect()
}
