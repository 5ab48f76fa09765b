//! Any bytes as TOML: nothing panics, every place is in the text, and what is read is what toml's
//! own deserializer reads.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::source::Syntax;
use statewright_fuzz::{compiled, source, trees};

fuzz_target!(|data: &[u8]| {
    let source = source(Syntax::Toml, data);
    compiled(&source);
    let (document, is_whole) = trees::read(&source);
    trees::check_places(&source, &document);
    let theirs = source.text().parse::<toml::Table>();
    match (&document.root, theirs) {
        (Some(root), Ok(theirs)) if is_whole => {
            assert!(
                trees::says(root, &toml::Value::Table(theirs)),
                "{}",
                source.text()
            );
        }
        (Some(_), Err(error)) if is_whole => panic!("{error}: {}", source.text()),
        _ => {}
    }
});
