//! Where tickets begin, for products that do not say.

use super::Start;

/// The first state, and as few others as are needed to come to every state by `next`, which lists
/// for each state those that may follow. In the order of the states.
pub fn guess(next: &[Vec<usize>]) -> Vec<Start> {
    with_first(0, next)
}

/// The state `first`, of which it is known that tickets begin there, and after it as few others as
/// are needed to come to every state, in their order.
pub fn with_first(first: usize, next: &[Vec<usize>]) -> Vec<Start> {
    if first >= next.len() {
        return Vec::new();
    }
    let mut seen = vec![false; next.len()];
    walk(first, next, &mut seen);
    let mut roots = Vec::new();
    for state in 0..next.len() {
        if !seen[state] {
            roots.push(state);
            walk(state, next, &mut seen);
        }
    }
    // No earlier root leads to a later one, but a later one may lead to an earlier one.
    let mut seen = vec![false; next.len()];
    walk(first, next, &mut seen);
    let mut needed = Vec::new();
    for root in roots.into_iter().rev() {
        if !seen[root] {
            needed.push(root);
            walk(root, next, &mut seen);
        }
    }
    needed.push(first);
    needed.reverse();
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
