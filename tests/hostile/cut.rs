//! Hostile files cut at every byte, in the library itself: nothing panics, and every place is one.

use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile};

use super::run::Case;

/// Longer texts have no more kinds of places to be cut at.
const MOST: usize = 300;

#[test]
fn every_short_case_can_be_cut_anywhere() {
    let all = [
        super::yaml::cases(),
        super::toml::cases(),
        super::text::cases(),
    ];
    let mut cuts = 0;
    for case in all.iter().flatten() {
        for (path, bytes) in case.texts().iter().filter(|(_, bytes)| bytes.len() <= MOST) {
            let syntax = Syntax::of_file_name(&path.to_string_lossy()).expect("a syntax");
            for end in 0..=bytes.len() {
                look(case, syntax, &bytes[..end]);
                cuts += 1;
            }
        }
    }
    assert!(cuts > 5_000, "only {cuts} cuts");
}

fn look(case: &Case, syntax: Syntax, bytes: &[u8]) {
    let source = Source::from_bytes(SourceId(0), "x", syntax, bytes.to_vec());
    let compilation = compile(&source, &Options::default());
    for report in &compilation.diagnostics {
        let edits = report.fix.iter().flat_map(|fix| &fix.edits);
        let edits = edits.map(|edit| edit.span);
        for at in report.labels.iter().map(|label| label.span).chain(edits) {
            let is_place = source.text().get(at.range()).is_some();
            assert!(is_place, "{}: {at:?} in {:?}", case.name, source.text());
        }
    }
}
