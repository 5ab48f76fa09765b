//! What a tree says, as a number.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::Arc;

use super::{Content, Kind, Node, Scalar};

/// Numbers for what trees say, wherever and however it is written: two trees that say the same have
/// the same, and two that do not differ in it, but for one pair in 2⁶⁴ (SipHash: Aumasson and
/// Bernstein 2012). Its key is new in each run, so that nobody can write such a pair. A large tree
/// need not be kept for a second one to be held against it.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints(RandomState);

/// Numbers of shared values, by their address, which tells them apart while their tree is there.
type Seen<'s> = HashMap<*const Kind<'s>, u64>;

impl Fingerprints {
    /// That of a whole tree. The order of a map's entries counts.
    pub fn of(&self, node: &Node<'_>) -> u64 {
        self.node(node, &mut Seen::new())
    }

    /// That of a map whose entries may stand in any order, where `value` is that of the value under
    /// each name; of anything but a map, that of the whole.
    pub fn of_unordered(&self, node: &Node<'_>, value: impl Fn(&str, &Node<'_>) -> u64) -> u64 {
        let Some(entries) = node.entries() else {
            return self.of(node);
        };
        let numbers = entries.iter().map(|entry| {
            let name = self.scalar(&entry.key);
            self.0
                .hash_one((name, value(entry.key.text(), &entry.value)))
        });
        self.of_set(numbers)
    }

    /// That of things in any order, of these numbers.
    pub fn of_set(&self, numbers: impl Iterator<Item = u64>) -> u64 {
        let mut count = 0_usize;
        let sum = numbers.inspect(|_| count += 1).fold(0, u64::wrapping_add);
        self.0.hash_one((sum, count))
    }

    /// That of anything.
    pub fn of_value(&self, value: impl Hash) -> u64 {
        self.0.hash_one(value)
    }

    fn scalar(&self, scalar: &Scalar<'_>) -> u64 {
        self.0.hash_one((scalar.reading(), scalar.text()))
    }

    fn node<'s>(&self, node: &Node<'s>, seen: &mut Seen<'s>) -> u64 {
        let shared = match &node.content {
            Content::Own(kind) => return self.kind(kind, seen),
            Content::Shared(shared) => shared,
        };
        let address = Arc::as_ptr(shared);
        if let Some(known) = seen.get(&address) {
            return *known;
        }
        let number = self.kind(shared, seen);
        seen.insert(address, number);
        number
    }

    fn kind<'s>(&self, kind: &Kind<'s>, seen: &mut Seen<'s>) -> u64 {
        let mut hasher = self.0.build_hasher();
        std::mem::discriminant(kind).hash(&mut hasher);
        match kind {
            Kind::Scalar(scalar) => hasher.write_u64(self.scalar(scalar)),
            Kind::List(items) => {
                items.len().hash(&mut hasher);
                for item in items {
                    hasher.write_u64(self.node(item, seen));
                }
            }
            Kind::Map(entries) => {
                entries.len().hash(&mut hasher);
                for entry in entries {
                    hasher.write_u64(self.scalar(&entry.key));
                    hasher.write_u64(self.node(&entry.value, seen));
                }
            }
            Kind::Absent(_) | Kind::Lost => {}
        }
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::node::Node;
    use crate::source::{Source, SourceId, Syntax};

    const SAMPLE: &str = "\
a: &x { b: 1, c: [yes, 'no'] } # one
d: *x
e:
  - 1.0
  - \"1.0\"
  -
f: { g: [], h: {} }
";

    /// What `judge` says of two texts, where both are YAML.
    fn judged<T>(texts: [&str; 2], judge: impl FnOnce(&Node, &Node) -> T) -> Option<T> {
        let [one, other] = texts.map(|text| Source::new(SourceId(0), "x", Syntax::Yaml, text));
        let mut out = Diagnostics::new();
        let one = crate::syntax::read(&one, &mut out).root?.into_owned_node();
        let other = crate::syntax::read(&other, &mut out).root?;
        Some(judge(&one, &other))
    }

    fn edited() -> impl Strategy<Value = String> {
        let pieces = vec![
            " ", "\n", "1", "'", "\"", "# c\n", "a", ": ", ", ", "*x", "[", "]",
        ];
        crate::testing::edited(SAMPLE, pieces)
    }

    proptest! {
        #![proptest_config(crate::testing::cases(500))]

        #[test]
        fn numbers_are_the_same_where_trees_are(one in edited(), other in edited()) {
            for pair in [[SAMPLE, &one], [&one, &other]] {
                judged(pair, |one, other| {
                    let numbers = Fingerprints::default();
                    assert_eq!(numbers.of(one) == numbers.of(other), one.says_the_same(other));
                });
            }
        }
    }

    #[test]
    fn order_counts_where_it_is_asked_for() {
        let pair = ["a: 1\nb: [x, y]\n", "b: [x, y]\na: 1\n"];
        let judge = |one: &Node, other: &Node| {
            let numbers = Fingerprints::default();
            let unordered = |node| numbers.of_unordered(node, |_, value| numbers.of(value));
            (
                numbers.of(one) == numbers.of(other),
                unordered(one) == unordered(other),
            )
        };
        assert_eq!(judged(pair, judge), Some((false, true)));
        for other in [
            "b: [y, x]\na: 1\n",
            "a: 1\n",
            "a: 1\nb: [x, y]\nc: 1\n",
            "a: [x, y]\nb: 1\n",
        ] {
            assert_eq!(
                judged([pair[0], other], judge),
                Some((false, false)),
                "{other}"
            );
        }
    }
}
