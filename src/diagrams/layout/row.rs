//! The least of a row of numbers, to all of which from a place on amounts are added again and again:
//! a tree whose branches hold the sum of what is added in them and the least sum up to a place.

/// A row of numbers.
#[derive(Default)]
pub struct Row {
    /// How many leaves there are, which is a power of two.
    leaves: usize,
    /// The root is at 1, the branches of each at twice its place and the one after.
    tree: Vec<Branch>,
}

#[derive(Clone, Copy)]
struct Branch {
    sum: i64,
    least: i64,
    place: usize,
}

/// Behind the end of the row, and twice of it is a number still.
const NONE: Branch = Branch {
    sum: 0,
    least: i64::MAX / 2,
    place: 0,
};

impl Row {
    /// Takes other numbers.
    pub fn fill(&mut self, numbers: impl ExactSizeIterator<Item = i64>) {
        self.leaves = numbers.len().next_power_of_two();
        self.tree.clear();
        self.tree.resize(2 * self.leaves, NONE);
        let mut before = 0;
        for (place, number) in numbers.enumerate() {
            let sum = number - before;
            before = number;
            self.tree[self.leaves + place] = Branch {
                sum,
                least: sum,
                place,
            };
        }
        for at in (1..self.leaves).rev() {
            self.add_up(at);
        }
    }

    /// Adds an amount to all numbers from a place on.
    pub fn add_from(&mut self, place: usize, amount: i64) {
        let mut at = self.leaves + place;
        if at >= self.tree.len() {
            return;
        }
        self.tree[at].sum += amount;
        self.tree[at].least += amount;
        while at > 1 {
            at /= 2;
            self.add_up(at);
        }
    }

    /// The least number and its place, the first of equal ones.
    pub fn least(&self) -> (i64, usize) {
        (self.tree[1].least, self.tree[1].place)
    }

    fn add_up(&mut self, at: usize) {
        let (left, right) = (self.tree[2 * at], self.tree[2 * at + 1]);
        let other = left.sum + right.least;
        let (least, place) = match other < left.least {
            true => (other, right.place),
            false => (left.least, left.place),
        };
        self.tree[at] = Branch {
            sum: left.sum + right.sum,
            least,
            place,
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Row;

    proptest! {
        #[test]
        fn the_least_is_that_of_the_numbers(
            mut numbers in prop::collection::vec(-50..50_i64, 1..20),
            changes in prop::collection::vec((0..22_usize, -50..50_i64), 0..30),
        ) {
            let mut row = Row::default();
            row.fill(numbers.iter().copied());
            for (place, amount) in changes {
                row.add_from(place, amount);
                numbers.iter_mut().skip(place).for_each(|number| *number += amount);
                let least = numbers.iter().enumerate().map(|(at, number)| (*number, at)).min();
                prop_assert_eq!(Some(row.least()), least);
            }
        }
    }
}
