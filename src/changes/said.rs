//! What is said in fields, to be compared.

use std::hash::Hash;

use crate::hashing::HashSet;
use crate::language::{Absent, Field, Said};
use crate::node::Fingerprints;

/// What is said in a field, however it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value<'c> {
    /// Text, or a name.
    Text(&'c str),
    /// Names: each once and sorted, or in their order where that says something.
    Names(Vec<&'c str>),
    /// A word of the language.
    Word(&'static str),
    /// `true` or `false`.
    Flag(bool),
    /// So many minutes.
    Minutes(u64),
    /// Texts by name, sorted by these.
    Pairs(Vec<(&'c str, &'c str)>),
    /// Anything, as the number of what it means.
    Tree(u64),
}

impl<'c> Value<'c> {
    fn of(field: &Field, said: Said<'c>, numbers: &Fingerprints) -> Self {
        match said {
            Said::Text(text) => Value::Text(text.value.trim()),
            Said::Names(names) if field.kind.is_in_order() => {
                Value::Names(names.iter().map(|name| name.value.as_str()).collect())
            }
            Said::Names(names) => {
                let mut names: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                Value::Names(names)
            }
            Said::Word(word) => Value::Word(word),
            Said::Flag(flag) => Value::Flag(flag),
            Said::Minutes(minutes) => Value::Minutes(minutes),
            Said::Pairs(mut pairs) => {
                pairs.sort_unstable();
                Value::Pairs(pairs)
            }
            Said::Tree(node) => Value::Tree(numbers.of_tree().of_meaning(node)),
        }
    }
}

/// What is said of a thing, field by field, in the order of a tidy file. What is so without the field,
/// too, is not among it.
pub type Fields<'c> = Vec<(&'static str, Value<'c>)>;

/// What `tell` tells of a thing, but for `name`, which is what it is called without that field.
pub fn fields<'c>(
    tell: impl FnOnce(&mut dyn FnMut(&'static Field, Said<'c>)),
    name: Option<&str>,
    numbers: &Fingerprints,
) -> Fields<'c> {
    let mut fields = Vec::new();
    tell(&mut |field, said| {
        let is_nothing = match &said {
            Said::Names(names) => names.is_empty() && matches!(field.absent, Absent::Nothing),
            Said::Text(text) => field.name == "name" && name == Some(text.value.as_str()),
            _ => false,
        };
        if !is_nothing && !field.is_as_absent(&said) {
            fields.push((field.name, Value::of(field, said, numbers)));
        }
    });
    fields
}

/// The fields in which two things differ, in the order of a tidy file, each with what both say.
pub fn differing<'f, 'c>(old: &'f Fields<'c>, new: &'f Fields<'c>) -> Vec<Differing<'f, 'c>> {
    fn value<'f, 'c>(fields: &'f Fields<'c>, name: &str) -> Option<&'f Value<'c>> {
        let mut found = fields.iter().filter(|(field, _)| *field == name);
        found.next().map(|(_, value)| value)
    }
    let gone = old.iter().filter(|(field, _)| value(new, field).is_none());
    let gone = gone.map(|(field, was)| (*field, Some(was), None));
    let there = new
        .iter()
        .map(|(field, is)| (*field, value(old, field), Some(is)));
    gone.chain(there).filter(|(_, was, is)| was != is).collect()
}

/// The name of a field, what it said, and what it says.
type Differing<'f, 'c> = (&'static str, Option<&'f Value<'c>>, Option<&'f Value<'c>>);

/// Those that are not among the others.
pub fn without<T: Copy + Eq + Hash>(these: &[T], others: &[T]) -> Vec<T> {
    let others: HashSet<T> = others.iter().copied().collect();
    let left = these.iter().filter(|one| !others.contains(one));
    left.copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        static COMPARED: Cell<usize> = const { Cell::new(0) };
    }

    #[derive(Clone, Copy, Debug, Eq)]
    struct Counted(u32);

    impl PartialEq for Counted {
        fn eq(&self, other: &Self) -> bool {
            COMPARED.set(COMPARED.get() + 1);
            self.0 == other.0
        }
    }

    impl Hash for Counted {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }

    #[test]
    fn lists_are_compared_in_time_that_grows_with_them_alone() {
        let these: Vec<Counted> = (0..10_000).map(Counted).collect();
        let others: Vec<Counted> = (1..10_001).map(Counted).collect();
        let left = without(&these, &others);
        let compared = COMPARED.get();
        assert_eq!(left, [Counted(0)]);
        assert!(compared < 30_000, "{compared} comparisons");
    }
}
