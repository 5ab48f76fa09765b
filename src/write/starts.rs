//! Where tickets begin, for products that do not say.

use super::Start;

/// The first state, and as few others as are needed to come to every state by `next`, which lists
/// for each state those that may follow. In the order of the states.
pub fn guess(next: &[Vec<usize>]) -> Vec<Start> {
    let mut seen = vec![false; next.len()];
    let mut roots = Vec::new();
    for state in 0..next.len() {
        if !seen[state] {
            roots.push(state);
            walk(state, next, &mut seen);
        }
    }
    let Some((first, others)) = roots.split_first() else {
        return Vec::new();
    };
    // No earlier root leads to a later one, but a later one may lead to an earlier one.
    let mut seen = vec![false; next.len()];
    walk(*first, next, &mut seen);
    let mut needed = vec![*first];
    for root in others.iter().rev() {
        if !seen[*root] {
            needed.push(*root);
            walk(*root, next, &mut seen);
        }
    }
    needed.sort_unstable();
    needed.into_iter().map(Start::plain).collect()
}

/// Marks every state to which some walk leads from `from`.
fn walk(from: usize, next: &[Vec<usize>], seen: &mut [bool]) {
    let mut todo = vec![from];
    while let Some(state) = todo.pop() {
        if !std::mem::replace(&mut seen[state], true) {
            todo.extend(next[state].iter().filter(|to| !seen[**to]));
        }
    }
}
