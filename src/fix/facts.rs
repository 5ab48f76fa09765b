//! Many small things that are said, to be held against those that are said after a fix.

/// Each once and in order. A large file says millions of them: a table of hashes, which is never read in order, takes
/// more memory and several times as long.
#[derive(PartialEq)]
pub(super) struct Facts<T>(Vec<T>);

impl<T: Ord> From<Vec<T>> for Facts<T> {
    fn from(mut all: Vec<T>) -> Self {
        all.sort_unstable();
        all.dedup();
        Facts(all)
    }
}

impl<T: Ord> Facts<T> {
    /// Whether all of these are among the others.
    pub fn are_among(&self, others: &Self) -> bool {
        let mut rest = others.0.iter();
        self.0.iter().all(|fact| {
            let next = rest.find(|other| *other >= fact);
            next == Some(fact)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(300))]

        #[test]
        fn facts_are_a_set(
            one in proptest::collection::vec(0..9_u8, 0..6),
            other in proptest::collection::vec(0..9_u8, 0..12),
        ) {
            let set = |all: &[u8]| all.iter().copied().collect::<BTreeSet<u8>>();
            let (first, second) = (Facts::from(one.clone()), Facts::from(other.clone()));
            proptest::prop_assert_eq!(first == second, set(&one) == set(&other));
            proptest::prop_assert_eq!(first.are_among(&second), set(&one).is_subset(&set(&other)));
        }
    }
}
