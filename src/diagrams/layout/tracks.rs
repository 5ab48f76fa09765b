//! At which height each edge goes to the side in the space between two layers: no two lie on each
//! other, and none cross that need not.
//!
//! Of two edges to the right that share a stretch the one that begins further right runs above,
//! and of two to the left the one that begins further left: in any other order they would cross.
//! One to the right and one to the left share a stretch only where they cross anyway.

/// Where an edge enters the space, and where it leaves it below.
pub type Way = (f64, f64);

/// For each way its height, in steps from the upper side; ways to the left are half a step lower.
pub fn of(ways: &[Way]) -> Vec<f64> {
    let mut heights = vec![0.0; ways.len()];
    let to_right = stacked(ways.iter().map(|&(from, to)| (from, to)));
    let to_left = stacked(ways.iter().map(|&(from, to)| (-from, -to)));
    for (index, steps) in to_right {
        heights[index] = steps as f64;
    }
    for (index, steps) in to_left {
        heights[index] = steps as f64 + 0.5;
    }
    heights
}

/// The steps of the ways that lead to the right: each below all that begin further right and no
/// further right than where it leads.
fn stacked(ways: impl Iterator<Item = Way>) -> Vec<(usize, usize)> {
    let right = ways.enumerate().filter(|(_, (from, to))| from < to);
    let mut right: Vec<(usize, Way)> = right.collect();
    right.sort_by(|(_, a), (_, b)| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    // By how far left ways begin, the most steps of those that begin there or further right:
    // a tree of maxima over the beginnings, the furthest left first.
    let count = right.len();
    let mut most = vec![0_usize; count + 1];
    let begins: Vec<f64> = right.iter().rev().map(|(_, (from, _))| *from).collect();
    let mut steps = Vec::with_capacity(count);
    for (done, &(index, (_, to))) in right.iter().enumerate() {
        let mut at = begins.partition_point(|from| *from <= to + APART);
        let mut above = 0;
        while at > 0 {
            above = above.max(most[at]);
            at &= at - 1;
        }
        steps.push((index, above));
        let mut at = count - done;
        while at <= count {
            most[at] = most[at].max(above + 1);
            at += at & at.wrapping_neg();
        }
    }
    steps
}

/// Ways this near each other share a stretch.
const APART: f64 = 6.0;

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn ways_that_share_a_stretch_are_nested() {
        assert_eq!(
            of(&[(0.0, 90.0), (10.0, 100.0), (20.0, 110.0)]),
            [2.0, 1.0, 0.0]
        );
        assert_eq!(
            of(&[(90.0, 0.0), (100.0, 10.0), (110.0, 20.0)]),
            [0.5, 1.5, 2.5]
        );
        assert_eq!(of(&[(0.0, 40.0), (60.0, 90.0)]), [0.0, 0.0]);
        assert_eq!(of(&[(0.0, 90.0), (90.0, 0.0)]), [0.0, 0.5]);
    }
}
