//! What several tests need.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::Config;

/// `sample` with some of its text replaced, taken out or put in.
pub fn edited(sample: &'static str, pieces: Vec<&'static str>) -> impl Strategy<Value = String> {
    let edit = (0..sample.len(), 0_usize..24, prop::sample::select(pieces));
    prop::collection::vec(edit, 1..5).prop_map(|edits| {
        let mut text = sample.to_owned();
        for (at, cut, piece) in edits {
            let start = text.floor_char_boundary(at.min(text.len()));
            let end = text.floor_char_boundary((start + cut).min(text.len()));
            text.replace_range(start..end.max(start), piece);
        }
        text
    })
}

/// Short texts made of `pieces`.
pub fn short(pieces: Vec<&'static str>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..16).prop_map(|pieces| pieces.concat())
}

/// A property is tried `usual` times, or as many as `PROPTEST_CASES` says.
pub fn cases(usual: u32) -> Config {
    let config = Config::default();
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => config.cases,
        None => usual,
    };
    Config {
        cases,
        failure_persistence: None,
        ..config
    }
}

/// The names and texts of the example workflows that end in `.workflow.EXTENSION`.
pub fn examples(extension: &str) -> Vec<(String, String)> {
    let ending = format!(".workflow.{extension}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = fs::read_dir(folder).expect("the examples are there");
    let found: Vec<(String, String)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.to_string_lossy().ends_with(&ending))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("text");
            (path.display().to_string(), text)
        })
        .collect();
    assert!(!found.is_empty(), "no example ends in {ending}");
    found
}
