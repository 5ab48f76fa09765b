//! On which level each node stands, and which way through them is the main one.

use super::Graph;

/// How often levels are gone through to shorten edges.
const MOST_ROUNDS: usize = 20;

/// From a node with more ways on than this none is the main one: the node stands in their middle.
const MOST_BRANCHES: usize = 9;

/// The edges in one direction: for each node the nodes before and after it, self-loops left out.
struct Ways {
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
    /// All nodes, each after all before it.
    sorted: Vec<usize>,
}

impl Ways {
    fn of(graph: &Graph, turned: &[bool]) -> Self {
        let count = graph.nodes.len();
        let mut ways = Ways {
            before: vec![Vec::new(); count],
            after: vec![Vec::new(); count],
            sorted: Vec::with_capacity(count),
        };
        for (edge, turned) in graph.edges.iter().zip(turned) {
            let (from, to) = match turned {
                false => (edge.from, edge.to),
                true => (edge.to, edge.from),
            };
            if from != to {
                ways.after[from].push(to);
                ways.before[to].push(from);
            }
        }
        let mut waits_for: Vec<usize> = ways.before.iter().map(Vec::len).collect();
        ways.sorted
            .extend((0..count).filter(|&node| waits_for[node] == 0));
        let mut next = 0;
        while let Some(&node) = ways.sorted.get(next) {
            next += 1;
            for &to in &ways.after[node] {
                waits_for[to] -= 1;
                if waits_for[to] == 0 {
                    ways.sorted.push(to);
                }
            }
        }
        ways
    }
}

/// The level of each node, from 0: below all nodes that lead to it, and as near to its
/// neighbours as single moves bring it. Nothing stands above the first start but its dot.
pub fn of(graph: &Graph, turned: &[bool]) -> Vec<usize> {
    let ways = Ways::of(graph, turned);
    let first = graph.first_start();
    let is_fixed = |node| Some(node) == graph.dot || Some(node) == first;
    let highest = |node| usize::from(graph.dot.is_some_and(|dot| dot != node));
    let mut level = vec![0; graph.nodes.len()];
    for &node in &ways.sorted {
        let above = ways.before[node].iter().map(|&n| level[n] + 1);
        level[node] = above.max().unwrap_or_else(|| highest(node));
    }
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for &node in ways.sorted.iter().rev().filter(|&&node| !is_fixed(node)) {
            let best = best_level(node, &ways, &level);
            changed |= best != level[node];
            level[node] = best;
        }
        if !changed {
            break;
        }
    }
    let least = level.iter().copied().min().unwrap_or(0);
    level.iter().map(|l| l - least).collect()
}

fn best_level(node: usize, ways: &Ways, level: &[usize]) -> usize {
    let (before, after) = (&ways.before[node], &ways.after[node]);
    let lowest = after.iter().map(|&n| level[n] - 1).min();
    let highest = before.iter().map(|&n| level[n] + 1).max();
    match (highest, lowest) {
        (_, Some(lowest)) if after.len() > before.len() => lowest,
        (Some(highest), _) if before.len() > after.len() => highest,
        _ => level[node],
    }
}

/// For each edge whether it lies on the main way: the longest from the first start, or where there
/// is none from what nothing leads to, that ends in a closed node, if one does; of equal ones the
/// one whose edges are listed first.
pub fn main_way(graph: &Graph, turned: &[bool]) -> Vec<bool> {
    let ways = Ways::of(graph, turned);
    // For each node whether the best way from it ends well, its length, and where it leads first.
    let mut best: Vec<(bool, u64, Option<usize>)> = vec![(false, 0, None); graph.nodes.len()];
    for &node in ways.sorted.iter().rev() {
        let mut onward = (graph.nodes[node].closed, 0, None);
        for &to in &ways.after[node] {
            let (closed, length, _) = best[to];
            if (closed, length) > (onward.0, onward.1) {
                onward = (closed, length, Some(to));
            }
        }
        best[node] = (
            onward.0,
            onward.1 + u64::from(graph.nodes[node].weight),
            onward.2,
        );
    }
    let mut main = vec![false; graph.edges.len()];
    let better = |a: usize, b: usize| match (best[b].0, best[b].1) > (best[a].0, best[a].1) {
        true => b,
        false => a,
    };
    let sources = (0..graph.nodes.len()).filter(|&n| ways.before[n].is_empty());
    let source = graph.first_start().or_else(|| sources.reduce(better));
    let mut next_of = vec![None; graph.nodes.len()];
    if let (Some(dot), Some(first)) = (graph.dot, graph.first_start()) {
        next_of[dot] = Some(first);
    }
    let mut at = source;
    while let Some(node) = at {
        next_of[node] = best[node].2;
        at = best[node].2;
    }
    for (index, edge) in graph.edges.iter().enumerate() {
        let spreads = ways.after[edge.from].len() > MOST_BRANCHES;
        if !turned[index] && !spreads && next_of[edge.from] == Some(edge.to) {
            main[index] = true;
            // Of several edges between two nodes only one can be straight.
            next_of[edge.from] = None;
        }
    }
    main
}
