//! Any workflow as PNG.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::diagrams::{Style, png};
use statewright_fuzz::drawable;

fuzz_target!(|data: &[u8]| {
    let Some((_, compilation)) = drawable(data) else {
        return;
    };
    let resolved = compilation.resolved().expect("it is drawable");
    let file = png::NOTATION
        .file(resolved, &Style::default())
        .expect("a small picture");
    assert!(file.bytes.starts_with(b"\x89PNG"), "{:?}", file.note);
});
