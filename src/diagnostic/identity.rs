//! By what a finding is known again, after its sentence is worded anew or its line has moved.

use std::collections::BTreeSet;

use super::wording::{places_of_names, short_name};
use super::{Code, Diagnostic};

/// What stays the same of a finding: its code and the names that it speaks of, whatever sentence
/// they stand in and in whatever order.
///
/// Two findings may have one identity. Whoever compares them counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity<'d> {
    /// The code's name.
    pub code: &'d str,
    /// The names, sorted, each once. The product that it is about is one of them. Never empty: of a
    /// finding that names nothing, the text that it marks is one.
    pub names: Vec<&'d str>,
}

impl<'d> Identity<'d> {
    /// That of a finding of `code` that speaks of `names`.
    pub fn new(code: &'d Code, names: impl IntoIterator<Item = &'d str>) -> Self {
        let names: BTreeSet<&str> = names.into_iter().collect();
        Identity {
            code: code.name,
            names: names.into_iter().collect(),
        }
    }
}

impl Diagnostic {
    /// Whether this is one of the names that it speaks of.
    pub fn speaks_of(&self, name: &str) -> bool {
        let name = short_name(name);
        self.names.iter().any(|named| *named == name)
    }

    /// By what it is known again; `marked` is the text at its primary label.
    pub fn identity<'d>(&'d self, marked: &'d str) -> Identity<'d> {
        let names = self.names.iter().map(String::as_str);
        let says_nothing = self.names.is_empty() && self.aspect.is_none();
        let others = self.aspect.as_deref().into_iter().chain(self.target);
        let marked = says_nothing.then(|| marked_part(marked));
        Identity::new(self.code, names.chain(others).chain(marked))
    }
}

/// So much of a marked text as is kept: the first line of a large one tells it, too.
fn marked_part(marked: &str) -> &str {
    const MOST: usize = 160;
    let line = marked.trim().lines().next().unwrap_or_default();
    let end = line
        .char_indices()
        .nth(MOST)
        .map_or(line.len(), |(at, _)| at);
    &line[..end]
}

/// The names in a sentence.
pub fn names_in(sentence: &str) -> Vec<String> {
    let places = places_of_names(sentence).into_iter();
    places
        .map(|place| short_name(&sentence[place]).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_backticks() {
        for (sentence, names) in [
            ("state `In Progress` is a dead end", &["In Progress"][..]),
            (
                "`editable` of state `a`b` names `c`, twice",
                &["editable", "a`b", "c"],
            ),
            ("workflows `a`, `b` (`c`)", &["a", "b", "c"]),
            ("`a``", &["a`"]),
            ("no name, and `one that does not end", &[]),
            ("", &[]),
        ] {
            assert_eq!(names_in(sentence), names, "{sentence}");
        }
    }

    #[test]
    fn of_a_marked_text_the_beginning_counts() {
        assert_eq!(marked_part("  a: [\n  b\n"), "a: [");
        assert_eq!(marked_part(&"ä".repeat(500)), "ä".repeat(160));
        assert_eq!(marked_part(""), "");
    }
}
