//! In which lines two texts differ.

use imara_diff::TokenSource as _;
use imara_diff::{Algorithm, Diff, InternedInput, sources::lines};

pub use imara_diff::Hunk;

/// The runs of lines that differ, in order: numbers of lines from 0 in either text, the end not
/// included. A line has its line end, so that a text without the last one differs.
pub fn runs(old: &str, new: &str) -> Vec<Hunk> {
    let input = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    diff.hunks().collect()
}

/// The lines that runs count, each with its line end.
pub fn all(text: &str) -> impl Iterator<Item = &str> {
    lines(text).tokenize()
}
