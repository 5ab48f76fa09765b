//! Words to this program in comments, and comments that it writes itself: they silence what was
//! reported, the file says the same, and nothing is added twice.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::silencing::{add, can_be_silenced};
use statewright::source::Source;
use statewright::syntax;
use statewright_fuzz::{compiled, likely, source};

fuzz_target!(|data: &[u8]| {
    let before = source(likely(data), data);
    let reported = |source: &Source| compiled(source).diagnostics;
    let added = add::suppressions(&before, reported);
    if added.source.text() == before.text() {
        return;
    }
    let (old, new) = (trees(&before), trees(&added.source));
    assert!(old.is_some() && new.is_some());
    let left: Vec<_> = reported(&added.source);
    let left: Vec<_> = left.iter().filter(|d| can_be_silenced(d.code)).collect();
    assert!(left.is_empty(), "{}\n{left:#?}", added.source.text());
    let again = add::suppressions(&added.source, reported);
    assert_eq!((again.count, again.source.text()), (0, added.source.text()));
});

fn trees(source: &Source) -> Option<()> {
    let document = syntax::read(source, &mut statewright::diagnostic::Diagnostics::new());
    document.root.map(drop)
}
