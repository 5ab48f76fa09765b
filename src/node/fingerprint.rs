//! What a tree says, as a number.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::Arc;

use super::{Content, Entry, Kind, Node, Scalar, ScalarKind};

/// Numbers for what trees say, wherever and however it is written: two trees that say the same have
/// the same, and two that do not differ in it, but for one pair in 2⁶⁴ (SipHash: Aumasson and
/// Bernstein 2012). Its key is new in each run, so that nobody can write such a pair. A large tree
/// need not be kept for a second one to be held against it.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints(RandomState);

impl Fingerprints {
    /// For the parts of one tree.
    pub fn of_tree<'s>(&self) -> OfTree<'_, 's> {
        OfTree {
            key: &self.0,
            seen: HashMap::new(),
        }
    }
}

/// The numbers for one tree. What aliases stand for is looked at once, however many they are.
#[derive(Debug)]
pub struct OfTree<'k, 's> {
    key: &'k RandomState,
    /// Those of shared values, by their address and by whether the order of entries counts.
    seen: HashMap<(*const Kind<'s>, Order), u64>,
}

/// Where the order of a map's entries counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Order {
    Everywhere,
    InValues,
    Nowhere,
}

impl<'s> OfTree<'_, 's> {
    /// That of a value with all that it holds. The order of a map's entries counts.
    pub fn of(&mut self, node: &Node<'s>) -> u64 {
        self.node(node, Order::Everywhere)
    }

    /// That of a value; where it is a map, its entries may stand in any order.
    pub fn of_fields(&mut self, node: &Node<'s>) -> u64 {
        self.node(node, Order::InValues)
    }

    /// That of what a value means: no order of a map's entries counts, nor whether text stands in quotes
    /// or, in TOML, is a date.
    pub fn of_meaning(&mut self, node: &Node<'s>) -> u64 {
        self.node(node, Order::Nowhere)
    }

    /// That of things in any order, of these numbers.
    pub fn of_set(&self, numbers: impl Iterator<Item = u64>) -> u64 {
        let mut count = 0_usize;
        let sum = numbers.inspect(|_| count += 1).fold(0, u64::wrapping_add);
        self.key.hash_one((sum, count))
    }

    /// That of anything.
    pub fn of_value(&self, value: impl Hash) -> u64 {
        self.key.hash_one(value)
    }

    /// That of a name.
    pub fn of_scalar(&self, scalar: &Scalar<'_>) -> u64 {
        self.key.hash_one((scalar.reading(), scalar.text()))
    }

    fn node(&mut self, node: &Node<'s>, order: Order) -> u64 {
        let shared = match &node.content {
            Content::Own(kind) => return self.kind(kind, order),
            Content::Shared(shared) => shared,
        };
        let place = (Arc::as_ptr(shared), order);
        if let Some(known) = self.seen.get(&place) {
            return *known;
        }
        let number = self.kind(shared, order);
        self.seen.insert(place, number);
        number
    }

    fn scalar(&self, scalar: &Scalar<'_>, order: Order) -> u64 {
        match (order, scalar.kind()) {
            (Order::Nowhere, ScalarKind::Date) => self.of_value((ScalarKind::Text, scalar.text())),
            (Order::Nowhere, kind) => self.of_value((kind, scalar.text())),
            (Order::Everywhere | Order::InValues, _) => self.of_scalar(scalar),
        }
    }

    fn kind(&mut self, kind: &Kind<'s>, order: Order) -> u64 {
        let inside = match order {
            Order::Nowhere => Order::Nowhere,
            Order::Everywhere | Order::InValues => Order::Everywhere,
        };
        let mut hasher = self.key.build_hasher();
        std::mem::discriminant(kind).hash(&mut hasher);
        match kind {
            Kind::Scalar(scalar) => hasher.write_u64(self.scalar(scalar, order)),
            Kind::List(items) => {
                items.len().hash(&mut hasher);
                for item in items {
                    hasher.write_u64(self.node(item, inside));
                }
            }
            Kind::Map(entries) => {
                let mut entry = |entry: &Entry<'s>| {
                    let name = self.scalar(&entry.key, order);
                    let value = self.node(&entry.value, inside);
                    self.of_value((name, value))
                };
                let numbers: Vec<u64> = entries.iter().map(&mut entry).collect();
                match order {
                    Order::Everywhere => numbers.hash(&mut hasher),
                    _ => hasher.write_u64(self.of_set(numbers.into_iter())),
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
                    let same = numbers.of_tree().of(one) == numbers.of_tree().of(other);
                    assert_eq!(same, one.says_the_same(other));
                });
            }
        }
    }

    #[test]
    fn order_counts_where_it_is_asked_for() {
        let pair = ["a: 1\nb: [x, y]\n", "b: [x, y]\na: 1\n"];
        let judge = |one: &Node, other: &Node| {
            let numbers = Fingerprints::default();
            let (mut one_s, mut other_s) = (numbers.of_tree(), numbers.of_tree());
            (
                one_s.of(one) == other_s.of(other),
                one_s.of_fields(one) == other_s.of_fields(other),
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
