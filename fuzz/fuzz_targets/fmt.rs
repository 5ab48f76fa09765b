//! The layout of any text: it says the same, and is laid out once.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::diagnostic::Diagnostics;
use statewright::source::Source;
use statewright::{format, syntax};
use statewright_fuzz::{added, compiled, documents, given};

fuzz_target!(|data: &[u8]| {
    let before = given(data);
    let Some(text) = format::text(&before) else {
        return;
    };
    if text == before.text() {
        return;
    }
    let after = Source::new(before.id(), before.name(), before.syntax(), text.as_str());
    assert_eq!(
        comments(&before),
        comments(&after),
        "{}\n---\n{text}",
        before.text()
    );
    let (old, new) = (compiled(&before), compiled(&after));
    // Tabs between words are made spaces, where they stand between values: fewer are told, or none.
    let are_tabs = |(code, _): &(&str, String)| *code == "unportable-syntax";
    let mut new_ones = added(&old.diagnostics, &new.diagnostics);
    if old
        .diagnostics
        .iter()
        .any(|d| d.code.name == "unportable-syntax")
    {
        new_ones.retain(|one| !are_tabs(one));
    }
    assert!(
        new_ones.is_empty(),
        "{}\n---\n{text}\n{new_ones:#?}",
        before.text()
    );
    let gone = added(&new.diagnostics, &old.diagnostics);
    assert!(
        gone.iter().all(are_tabs),
        "{}\n---\n{text}\n{gone:#?}",
        before.text()
    );
    assert_eq!(
        documents(&old),
        documents(&new),
        "{}\n---\n{text}",
        before.text()
    );
    let again = format::text(&after);
    assert_eq!(again.as_deref(), Some(text.as_str()), "{}", before.text());
});

fn comments(source: &Source) -> Vec<String> {
    let document = syntax::read_with_comments(source, &mut Diagnostics::new());
    let places = document.map(|document| document.comments);
    let places = places.unwrap_or_default().into_iter();
    let mut words: Vec<String> = places
        .map(|at| source.slice(at).trim_end().to_owned())
        .collect();
    words.sort();
    words
}
