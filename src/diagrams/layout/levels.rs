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
/// neighbours as single moves bring it.
pub fn of(graph: &Graph, turned: &[bool]) -> Vec<usize> {
    let ways = Ways::of(graph, turned);
    let mut level = vec![0; graph.nodes.len()];
    for &node in &ways.sorted {
        let above = ways.before[node].iter().map(|&n| level[n] + 1);
        level[node] = above.max().unwrap_or(0);
    }
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for &node in ways.sorted.iter().rev() {
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

/// For each edge whether it lies on the main way: the one of the most weight from a node that
/// nothing leads to; of equal ones the one whose edges are listed first.
pub fn main_way(graph: &Graph, turned: &[bool]) -> Vec<bool> {
    let ways = Ways::of(graph, turned);
    let mut best: Vec<(i64, Option<usize>)> = vec![(0, None); graph.nodes.len()];
    for &node in ways.sorted.iter().rev() {
        let mut onward: (i64, Option<usize>) = (0, None);
        for &to in &ways.after[node] {
            if onward.1.is_none() || best[to].0 > onward.0 {
                onward = (best[to].0, Some(to));
            }
        }
        best[node] = (
            onward.0 + i64::from(graph.nodes[node].weight),
            onward.1.filter(|_| onward.0 > 0),
        );
    }
    let mut main = vec![false; graph.edges.len()];
    let sources = (0..graph.nodes.len()).filter(|&n| ways.before[n].is_empty());
    let source = sources.reduce(|a, b| if best[b].0 > best[a].0 { b } else { a });
    let mut next_of = vec![None; graph.nodes.len()];
    let mut at = source;
    while let Some(node) = at {
        next_of[node] = best[node].1;
        at = best[node].1;
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
